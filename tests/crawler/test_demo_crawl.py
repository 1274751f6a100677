"""The main job, end to end, on the demo portal: what a crawl keeps equals the demo's truth, edition after edition."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import archive
from archive.schema import Article, json_schema
from archive.storage import verify
from archive.storage.content import payload
from archive.storage.members import iter_members
from archive.storage.snapshots import read_exchange
from archive.storage.tables import connect
from crawler.demo.truth import moves, not_articles, truth


def told(expected: Any, got: Any) -> Any:
    """`got`, cut down to what `expected` says, so that the two can be compared as wholes."""
    if isinstance(expected, dict) and isinstance(got, dict):
        return {key: told(value, got.get(key)) for key, value in expected.items()}
    if isinstance(expected, list) and isinstance(got, list) and len(expected) == len(got):
        return [told(each, other) for each, other in zip(expected, got, strict=True)]
    return got


def test_it_ends_well_and_says_what_next(crawled):
    assert crawled.ended.status == 0, crawled.ended.err
    assert crawled.ended.err == ""
    for words in ("articles", "documents cited", "bytes", "The files are in", "archive", "show <id>"):
        assert words in crawled.ended.out
    assert (crawled.work.root / "data" / "archive.toml").read_text(encoding="utf-8").endswith("format = 1\n")


def test_every_article_is_there_once_and_nothing_else(crawled):
    found = [item["canonical_url"] for item in crawled.work.items()]
    assert sorted(found) == sorted(truth(1, crawled.port))


def test_every_item_equals_the_truth(crawled):
    items = {item["canonical_url"]: item for item in crawled.work.items()}
    for url, expected in truth(1, crawled.port).items():
        assert told(expected, items[url]) == expected, url


def test_every_item_is_valid_and_is_the_feed_s(crawled):
    lines = crawled.work.portal.articles.read_text(encoding="utf-8").splitlines()
    validator = jsonschema.Draft202012Validator(json_schema())
    for line in lines:
        item = json.loads(line)
        validator.validate(item)
        assert Article.from_dict(item).to_dict() == item
    assert sorted((crawled.work.root / "items.jsonl").read_text(encoding="utf-8").splitlines()) == sorted(lines)


def test_every_item_s_snapshot_opens_and_has_its_digest(crawled):
    for item in crawled.work.items():
        kept = read_exchange(crawled.work.portal, Article.from_dict(item).snapshot)
        assert kept.record.url == item["url"]
        digest = hashlib.sha256(b"".join(payload(kept.head, kept.payload))).hexdigest()
        assert item["snapshot"]["payload_digest"] == f"sha256:{digest}"


def test_what_is_no_article_has_its_reason(crawled):
    base = connect(crawled.work.portal.ledger, write=False)
    rows = dict(base.execute("SELECT url, state || ': ' || coalesce(reason, '') FROM addresses"))
    base.close()
    words = {
        "status_404": "not found", "redirect_known": "redirect to", "redirect_offsite": "redirect off site",
        "robots": "robots.txt", "list": "list", "soft_404": "soft_404", "error": "error", "login": "login",
    }  # fmt: skip
    seen = {url: rows[url] for url in not_articles(crawled.port)}
    assert {url: words[reason] in seen[url] for url, reason in not_articles(crawled.port).items()} == dict.fromkeys(
        seen, True
    ), seen


def test_the_archive_is_sound_by_every_judge(crawled):
    assert list(verify.verify_portal(crawled.work.portal)) == []
    tools = Path(sys.executable).parent
    for path in crawled.work.portal.closed_warcs():
        for judge in (["gzip", "-t"], [tools / "fastwarc", "check", "-q"]):
            done = subprocess.run([*judge, path], capture_output=True, text=True, check=False)
            assert done.returncode == 0, (judge, done.stdout, done.stderr)
        done = subprocess.run([tools / "warcio", "check", "-v", path], capture_output=True, text=True, check=False)
        assert {offset for offset, failed in _complaints(done.stdout) if failed != "payload"} == set()
        assert {offset for offset, _ in _complaints(done.stdout)} == _chunked(path)


def _complaints(told_by_warcio: str) -> list[tuple[int, str]]:
    """Offset of each record that `warcio check` complains of, and which digest."""
    found, offset = [], 0
    for line in told_by_warcio.splitlines():
        if at := re.match(r"\s+offset (\d+) ", line):
            offset = int(at[1])
        if failed := re.match(r"\s+(\w+) digest failed", line):
            found.append((offset, failed[1]))
    return found


def _chunked(path: Path) -> set[int]:
    """Responses sent in chunks: warcio hashes the chunk framing too (its issue 74), the standard leaves it out."""
    return {
        member.offset
        for member in iter_members(path)
        if member.record.type == "response" and member.http.get("Transfer-Encoding") == "chunked"
    }


def test_a_second_run_asks_for_no_article_and_adds_no_line(crawled, tmp_path, serve_demo):
    work = _copied(crawled, tmp_path)
    serve_demo(port=crawled.port)
    before = work.portal.articles.read_bytes()
    assert work.crawl("-a", "portal=demo").status == 0
    assert work.report()["counts"].get("asked.article", 0) == 0
    assert work.crawl("-a", "portal=demo", "-a", "mode=full").status == 0
    counts = work.report()["counts"]
    assert counts["article.unchanged"] == len(truth(1, crawled.port))
    assert counts["page.not_modified"] >= 0.95 * counts["asked.article"]
    assert work.portal.articles.read_bytes() == before
    assert list(verify.verify_portal(work.portal)) == []


def test_editions_are_told_apart(crawled, tmp_path, serve_demo):
    work = _copied(crawled, tmp_path)
    known = len(work.items())
    server = serve_demo(2, crawled.port)
    full = ("-a", "portal=demo", "-a", "mode=full")
    assert work.crawl(*full).status == 0
    changes = moves(2, crawled.port)
    fresh = work.items()[known:]
    by_cause = {
        cause: sorted(item["url"] for item in fresh if item["cause"] == cause) for cause in ("new", "page", "rules")
    }
    assert by_cause == {"new": changes["new"], "page": changes["edited"], "rules": []}
    assert work.report()["counts"].get("article.gone", 0) == 0  # once is not enough
    assert work.crawl(*full).status == 0
    assert _gone(work) == changes["gone"]
    assert work.crawl(*full).status == 0
    assert work.report()["counts"].get("article.gone", 0) == 0  # it is told once
    server.stop()
    serve_demo(3, crawled.port)
    assert work.crawl(*full).status == 0
    assert work.report()["counts"]["article.back"] == len(moves(3, crawled.port)["back"])
    assert list(verify.verify_portal(work.portal)) == []


def _gone(work) -> list[str]:
    base = connect(work.portal.ledger, write=False)
    rows = base.execute(
        "SELECT a.url FROM events e JOIN addresses a ON a.article = e.article WHERE e.event = 'gone' GROUP BY e.article"
    )
    found = sorted(url for (url,) in rows)
    base.close()
    return found


def _copied(crawled, tmp_path):
    shutil.copytree(crawled.work.root, tmp_path / "work")
    return type(crawled.work)(tmp_path / "work")


def test_a_run_that_was_killed_goes_on_where_it_stood(tmp_path, workplace, serve_demo):
    server = serve_demo()
    workplace.demo_form(server.port)
    process = subprocess.Popen(
        workplace.command("-a", "portal=demo"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    articles = workplace.portal.articles
    for _ in range(2000):
        if articles.exists() and articles.read_bytes().count(b"\n") >= 15:
            break
        try:
            process.wait(0.01)
        except subprocess.TimeoutExpired:
            continue
    process.kill()
    process.wait(10)
    held = articles.read_bytes().count(b"\n")
    assert workplace.crawl("-a", "portal=demo").status == 0
    assert sorted(item["canonical_url"] for item in workplace.items()) == sorted(truth(1, server.port))
    assert held < len(workplace.items())
    assert list(verify.verify_portal(workplace.portal)) == []


def test_a_crawl_goes_on_where_nobody_reads(workplace, serve_demo):
    server = serve_demo()
    workplace.demo_form(server.port)
    read, write = os.pipe()
    os.close(read)
    ended = subprocess.run(
        workplace.command("-a", "portal=demo", "-a", "limit=2"), stdout=write, stderr=write, timeout=60, check=False,
        cwd=Path(__file__).parents[2],
    )  # fmt: skip
    os.close(write)
    assert (ended.returncode, len(workplace.items())) == (0, 2)


def test_limit(workplace, serve_demo):
    server = serve_demo()
    workplace.demo_form(server.port)
    assert workplace.crawl("-a", "portal=demo", "-a", "limit=5").status == 0
    assert workplace.report()["counts"]["asked.article"] == 5


def test_bounds_of_the_posting_day_steer_what_is_followed(workplace, serve_demo):
    server = serve_demo()
    workplace.demo_form(server.port)
    assert workplace.crawl("-a", "portal=demo", "-a", "since=2025-01-01").status == 0
    found = {item["canonical_url"] for item in workplace.items()}
    inside = {url for url, item in truth(1, server.port).items() if (item["posted_on"] or "") >= "2025-01-01"}
    assert inside <= found
    assert len(found) < len(truth(1, server.port)) / 2  # links without a day are followed, those before it are not


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["-a", "portal=nowhere"], "no portal is called"),
        (["-a", "speed=1"], "no such argument"),
        (["-a", "portal=demo", "-a", "since=yesterday"], "YYYY-MM-DD"),
        (["-a", "portal=demo", "-a", "since=20250101"], "YYYY-MM-DD"),
        (["-a", "province=kon-tom"], "nearest: kon-tum"),
        (["-a", "portal=demo", "-s", "ARCHIVE_DIR="], "must name a folder"),
        (["-a", "portal=demo", "-O", "/etc/hostname/a/x.jsonl"], "Not a directory; must be a file"),
        (["-a", "portal=demo", "-O", "/proc/x.jsonl"], "must be a file that can be written to"),
    ],
)
def test_bad_input_is_one_line_and_makes_nothing(workplace, arguments, line):
    ended = workplace.crawl(*arguments)
    assert (ended.status, ended.out, ended.err.count("\n")) == (2, "", 1), ended
    assert line in ended.err
    assert not (workplace.root / "data").exists()


def test_a_misspelt_spider_is_one_line(tmp_path):
    command = [sys.executable, "-m", "scrapy", "crawl", "province_new", "-s", f"ARCHIVE_DIR={tmp_path / 'data'}"]
    ended = subprocess.run(
        command, cwd=Path(__file__).parents[2], capture_output=True, text=True, timeout=60, check=False
    )
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == ("scrapy crawl: no spider 'province_new'; nearest: province_news; allowed: province_news\n")
    assert not list(tmp_path.iterdir())


def test_an_archive_that_is_a_file(workplace):
    (workplace.root / "data").write_text("not a folder")
    ended = workplace.crawl("-a", "portal=demo")
    assert (ended.status, ended.err.count("\n")) == (2, 1)


def test_a_portal_held_by_another_run(workplace, serve_demo, tmp_path):
    server = serve_demo()
    workplace.demo_form(server.port)
    workplace.portal.make()
    with workplace.portal.lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        held.write("process 1 on elsewhere\n")
        held.flush()
        ended = workplace.crawl("-a", "portal=demo")
    assert ended.status == 8
    assert "process 1 on elsewhere" in ended.out


def test_a_damaged_folder_holds_no_other_portal_up(workplace, serve_demo):
    server = serve_demo()
    workplace.demo_form(server.port)
    shutil.copy(workplace.root / "forms" / "demo.toml", workplace.root / "forms" / "other.toml")
    workplace.portal.make()
    workplace.portal.form.write_text("%%%")
    ended = workplace.crawl("-a", "portal=demo,other", "-a", "limit=1")
    assert (ended.status, ended.err) == (9, "")
    assert "portal.toml: damaged" in ended.out
    assert "1 new" in ended.out


def test_a_copied_folder_is_read_where_only_the_archive_package_is(crawled, tmp_path):
    """The package `archive` alone, without crawler, Scrapy or lxml on the path."""
    alone = tmp_path / "site"
    shutil.copytree(Path(archive.__file__).parent, alone / "archive")
    shutil.copytree(crawled.work.portal.root, tmp_path / "elsewhere" / "demo")
    script = (
        "from archive.reader import Archive; a = Archive('elsewhere/demo');"
        "views = list(a.articles());"
        "print(len(views), a.portal('demo').name, views[0].article.title is not None)"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", f"import sys; sys.path.insert(0, {str(alone)!r}); {script}"],
        cwd=tmp_path, capture_output=True, text=True, check=False, env={"PYTHONUTF8": "1"},
    )  # fmt: skip
    expected = f"{len(truth(1, crawled.port))} Cổng thông tin điện tử tỉnh Kon Tum (trình diễn) True"
    assert (done.stdout.strip(), done.stderr) == (expected, "")
