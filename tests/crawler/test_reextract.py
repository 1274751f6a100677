"""Reading the archive again: the same rules give the same bytes, other rules a revision that is no edit."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from archive.storage import verify

ROOT = Path(__file__).parents[2]


@pytest.fixture
def work(crawled, tmp_path):
    shutil.copytree(crawled.work.root, tmp_path / "work")
    return type(crawled.work)(tmp_path / "work")


def reextract(work, *arguments):
    settings = ["-s", f"ARCHIVE_DIR={work.root / 'data'}", "-s", f"PORTALS_DIR={work.root / 'forms'}"]
    command = [sys.executable, "-m", "scrapy", "reextract", *settings, *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)


def test_the_same_rules_give_the_same_bytes(work):
    before = work.portal.articles.read_bytes()
    for arguments in ((), ("demo", "--processes", "2")):
        done = reextract(work, *arguments)
        assert (done.returncode, done.stderr) == (0, "")
        assert f"{len(work.items())} same" in done.stdout
        assert "differs" not in done.stdout
    assert work.portal.articles.read_bytes() == before
    assert list(verify.verify_portal(work.portal)) == []


def test_another_form_is_another_reading_and_no_edit(work):
    form = work.root / "forms" / "demo.toml"
    text = form.read_text(encoding="utf-8")
    # a form that takes another element for the headline, so that every page with one reads otherwise
    form.write_text(text.replace("[expect]", '[[layouts]]\ntitle = "title"\n\n[expect]'), encoding="utf-8")
    held = len(work.items())
    done = reextract(work, "demo")
    assert done.returncode == 0, done.stderr
    added = work.items()[held:]
    assert {item["cause"] for item in added} == {"rules"}
    assert len({item["snapshot"]["record_id"] for item in work.items()}) == held  # the same captures
    assert reextract(work, "demo").returncode == 0
    assert len(work.items()) == held + len(added)


@pytest.mark.parametrize(("name", "line"), [("dem", "nearest: demo"), ("nowhere", "holds no portal 'nowhere'")])
def test_an_unknown_portal_is_one_line(work, name, line):
    done = reextract(work, name)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert line in done.stderr


def test_a_damaged_record_is_named_and_the_others_are_read(work):
    item = work.items()[0]
    path = work.portal.warc(item["snapshot"]["warc"])
    data = bytearray(path.read_bytes())
    data[item["snapshot"]["offset"] + item["snapshot"]["length"] // 2] ^= 255
    path.write_bytes(data)
    done = reextract(work, "demo")
    assert done.returncode == 9
    assert "1 unreadable" in done.stdout
    [line] = done.stderr.splitlines()
    assert line.startswith(f"{path.name} at {item['snapshot']['offset']}: ")
    assert line.endswith(f"({item['url']})")
    assert json.dumps(item, ensure_ascii=False) in work.portal.articles.read_text(encoding="utf-8")


def test_an_archive_that_cannot_be_written_to_is_one_line(work):
    """A link that leads nowhere refuses root too, as a read-only disk does."""
    work.portal.lock.unlink()
    work.portal.lock.symlink_to(work.root / "nowhere" / "lock")
    done = reextract(work, "demo")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert str(work.portal.lock) in done.stderr
