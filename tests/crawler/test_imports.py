"""`scrapy reextract --from`: what another tool captured is read as if we had."""

from __future__ import annotations

import gzip
import json
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from archive.schema import CONTENT_FIELDS
from archive.storage import verify
from archive.storage.members import iter_members
from crawler.demo.site import COOKIE

ROOT = Path(__file__).parents[2]
WGET = shutil.which("wget")


def take_in(work, *arguments):
    settings = ["-s", f"ARCHIVE_DIR={work.root / 'data'}", "-s", f"PORTALS_DIR={work.root / 'forms'}"]
    command = [sys.executable, "-m", "scrapy", "reextract", *settings, *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)


def by_address(items):
    return {item["canonical_url"]: {name: item[name] for name in CONTENT_FIELDS} for item in items}


@pytest.fixture(scope="module")
def fetched(crawled, tmp_path_factory):
    """The demo portal as `wget --warc-file` captures it, from its sections on."""
    if WGET is None:
        pytest.skip("wget is not installed")
    folder = tmp_path_factory.mktemp("wget")
    form = (crawled.work.root / "forms/demo.toml").read_text(encoding="utf-8")
    server_class = sys.modules[type(crawled).__module__].DemoServer
    server = server_class(port=crawled.port)
    try:
        subprocess.run(
            [
                WGET, "--quiet", "--recursive", "--level=inf", "--page-requisites", "--warc-file=demo",
                f"--header=Cookie: D1N={COOKIE}", "--compression=auto", "--no-directories", "--delete-after",
                "--reject-regex=lich-cong-tac|/(vi|en)/?$", *re.findall(r'^url\s*= "(.*)"', form, re.MULTILINE),
            ],
            cwd=folder, timeout=120, check=False,
        )  # fmt: skip  # it says 8 where any page was a 404
    finally:
        server.stop()
    return folder / "demo.warc.gz"


@pytest.fixture
def work(crawled, tmp_path):
    """A workplace with the demo's form and no archive yet."""
    made = type(crawled.work)(tmp_path / "work")
    shutil.copytree(crawled.work.root / "forms", made.root / "forms")
    return made


def test_wget_s_capture_gives_the_same_articles(crawled, fetched, work):
    done = take_in(work, "--from", fetched, "--portal", "demo")
    assert (done.returncode, done.stderr) == (0, "")
    assert by_address(work.items()) == by_address(crawled.work.items())
    assert {item["cause"] for item in work.items()} == {"new"}
    assert list(verify.verify_portal(work.portal)) == []


def test_taking_it_in_again_changes_nothing_and_it_can_be_read_again(fetched, work):
    take_in(work, "--from", fetched, "--portal", "demo")
    files = (work.portal.articles, work.portal.index, *work.portal.runs.iterdir(), *work.portal.warc_dir.iterdir())
    before = {path: path.read_bytes() for path in files}
    again = take_in(work, "--from", fetched, "--portal", "demo")
    assert (again.returncode, again.stderr) == (0, "")
    assert "was there already" in again.stdout
    assert {path: path.read_bytes() for path in before} == before
    assert len(list(work.portal.runs.iterdir())) == 1
    done = take_in(work, "demo")
    assert done.returncode == 0
    assert f"{len(work.items())} same" in done.stdout
    assert work.portal.articles.read_bytes() == before[work.portal.articles]


@pytest.mark.parametrize("packing", ["plain", "whole", "cut", "two files"])
def test_packings_and_several_files(fetched, work, packing, tmp_path):
    plain = gzip.decompress(fetched.read_bytes())
    middle = plain.index(b"WARC/1.0\r\nWARC-Type: response", len(plain) // 2)
    parts = {
        "plain": [plain], "whole": [gzip.compress(plain)], "cut": [fetched.read_bytes()[:-9]],
        "two files": [gzip.compress(plain[middle:]), plain[:middle]],
    }[packing]  # fmt: skip
    files = []
    for number, data in enumerate(parts):
        files.append(tmp_path / f"{number}.warc")
        files[-1].write_bytes(data)
    done = take_in(work, "--from", *files, "--portal", "demo")
    assert done.returncode == (9 if packing == "cut" else 0), done.stderr
    assert done.stderr.count("\n") == (packing == "cut")
    whole = type(work)(tmp_path / "whole")
    shutil.copytree(work.root / "forms", whole.root / "forms")
    take_in(whole, "--from", fetched, "--portal", "demo")
    assert by_address(work.items()) == by_address(whole.items())
    assert list(verify.verify_portal(work.portal)) == []


def test_a_wacz_gives_each_of_its_warcs(crawled, work, tmp_path):
    [warc] = crawled.work.portal.warc_dir.iterdir()
    starts = [member.offset for member in iter_members(warc) if member.record.type == "response"]
    data = warc.read_bytes()
    middle = starts[len(starts) // 2]
    package = tmp_path / "demo.wacz"
    with zipfile.ZipFile(package, "w") as out:
        out.writestr("datapackage.json", "{}")
        out.writestr("archive/a.warc.gz", data[:middle])
        out.writestr("archive/../b.warc.gz", b"leads elsewhere")
        out.writestr("archive/b.warc.gz", data[middle:])
    done = take_in(work, "--from", package, "--portal", "demo")
    assert (done.returncode, done.stderr) == (0, "")
    assert re.findall(r"/demo.wacz/(\S+): ", done.stdout) == ["archive/a.warc.gz", "archive/b.warc.gz"]
    assert by_address(work.items()) == by_address(crawled.work.items())
    assert list((work.root / "data").glob(".wacz-*")) == []
    assert list(verify.verify_portal(work.portal)) == []


@pytest.mark.parametrize(
    ("names", "line"), [(("a.warc.gz",), "holds no WARC file"), (("archive/a.warc",), "archive/a.warc cannot be")]
)
def test_a_wacz_that_gives_nothing_is_one_line(work, tmp_path, names, line):
    package = tmp_path / "demo.wacz"
    with zipfile.ZipFile(package, "w") as out:
        for name in names:
            out.writestr(name, "WARC/1.1 and more")
    package.write_bytes(package.read_bytes().replace(b"and more", b"and less", 1))
    done = take_in(work, "--from", package, "--portal", "demo")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
    assert line in done.stderr


def test_an_older_capture_becomes_history_and_the_newest_reading_stays(crawled, fetched, tmp_path):
    shutil.copytree(crawled.work.root, tmp_path / "work")
    work = type(crawled.work)(tmp_path / "work")
    held = work.items()
    # as if wget had been there before us, when one headline ended otherwise
    plain = re.sub(rb"WARC-Date: \S+", b"WARC-Date: 2026-11-21T00:00:00Z", gzip.decompress(fetched.read_bytes()))
    plain = re.sub(rb"WARC-(?:Block|Payload)-Digest: \S+\r\n", b"", plain)
    title = next(item["title"] for item in held if item["url"].endswith("Cat-nuoc-de-sua-chua-duong-ong.html"))
    other = title.encode()[:-1] + b"?"
    given = tmp_path / "old.warc"
    given.write_bytes(plain.replace(title.encode(), other))
    assert take_in(work, "--from", given, "--portal", "demo").returncode == 0
    added = work.items()[len(held) :]
    # another page says "today", which was another day then
    told = [item for item in added if item["title"] in (title, other.decode())]
    assert [(item["title"], item["cause"]) for item in told] == [(other.decode(), "page"), (title, "page")]
    assert told[1] == {**next(item for item in held if item["title"] == title), "cause": "page"}
    assert list(verify.verify_portal(work.portal)) == []
    take_in(work, "--from", given, "--portal", "demo")
    assert len(work.items()) == len(held) + len(added)


def test_a_crawl_goes_on_from_what_was_taken_in(crawled, fetched, work, serve_demo):
    take_in(work, "--from", fetched, "--portal", "demo")
    items = work.items()
    serve_demo(port=crawled.port)
    assert work.crawl("-a", "portal=demo").status == 0
    assert work.items() == items  # the lists were read, and every article was known
    assert work.report()["counts"].get("asked.section") == 4
    assert list(verify.verify_portal(work.portal)) == []


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (("--from", "no.warc", "--portal", "demo"), "no such file"),
        (("--from", ".", "--portal", "demo"), "a folder"),
        (("--from", "README.md", "--portal", "demo"), "no WARC"),
        (("--from", "README.md", "--portal", "dem"), "nearest: demo"),
        (("--from", "README.md"), "belong together"),
        (("--portal", "demo"), "belong together"),
        (("--from", "README.md", "--portal", "demo,kon-tum"), "allowed: one"),
    ],
)
def test_bad_input_is_one_line_and_makes_nothing(work, arguments, line):
    done = take_in(work, *arguments)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
    assert line in done.stderr
    assert not (work.root / "data").exists()


def test_a_file_of_another_portal_is_left_out(fetched, work):
    done = take_in(work, "--from", fetched, "--portal", "kon-tum")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "holds nothing of" in done.stderr
    assert list((work.root / "data/portals/kon-tum/warc").iterdir()) == []


def test_the_report_names_what_came(fetched, work):
    take_in(work, "--from", fetched, "--portal", "demo")
    [path] = work.portal.runs.iterdir()
    report = json.loads(path.read_text(encoding="utf-8"))
    [file] = report["files"]
    assert (report["mode"], file["file"], file["unread"]) == ("import", "demo.warc.gz", [])
    assert report["counts"]["new"] == len(work.items())
