"""Copies: consistent at any moment, gone on with, never over a good file by a bad one; and what is damaged, mended."""

import hashlib
import json
import os
import shutil
import subprocess
from datetime import date

import pytest

from archive.schema import Article, Extraction
from archive.storage import bag as bags
from archive.storage import copies
from archive.storage.copies import copy_portals
from archive.storage.disk import ArchiveDiskError
from archive.storage.entries import Found, Outcome
from archive.storage.paths import ArchivePaths
from archive.storage.repair import compare, repair
from archive.storage.store import Form, PortalArchive
from archive.storage.verify import Counts, verify_portal

_TEXT = 'name = "x"\n'
FORM = Form("kon-tum", "sha256:" + hashlib.sha256(_TEXT.encode()).hexdigest(), _TEXT)
AT = "2026-11-23T08:00:00Z"


def opened(folder, run="run-1"):
    return PortalArchive(folder, FORM, run, {"software": "test"})


def fetch(archive, exchange, number, body=None):
    """One article page recorded and committed, as a crawl does it."""
    url = f"http://www.kontum.example/tin/{number}"
    row = archive.record(exchange(url, body or os.urandom(40).hex().encode() * 60), url)
    article = Article(
        id=f"kon-tum/{number:016x}", revision=hashlib.sha256(os.urandom(8)).hexdigest(), cause="new", kind="text",
        portal="kon-tum", url=url, canonical_url=url, title=f"Tin {number}", fetched_at=AT, snapshot=row.ref,
        extraction=Extraction("1", "generic", None, None),
    )  # fmt: skip
    found = Found(url, url, "www.kontum.example", "article")
    archive.commit(
        [
            Outcome(
                url,
                "done",
                AT,
                archive.run,
                status=200,
                snapshot=row.record_id,
                article=article.id,
                revisions=(article,),
                found=(found,),
            )
        ]
    )


@pytest.fixture
def crawled(folder, exchange):
    archive = opened(folder)
    for number in range(6):
        fetch(archive, exchange, number)
    archive.close()
    return folder


@pytest.fixture
def bag(tmp_path):
    return bags.Bag(tmp_path / "copy")


def root(folder):
    return ArchivePaths(folder.root.parent.parent)


def copied(folder, bag):
    bag.begin()
    done = copy_portals(root(folder), [folder], bag)
    bag.seal(done.sums, {"Source-Organization": "Kho\nlưu trữ"}, date(2026, 11, 23))
    return done


def there(folder, bag):
    return ArchivePaths(bag.data).portal(folder.slug)


def test_a_copy_is_the_archive_and_a_valid_bag(crawled, bag):
    done = copied(crawled, bag)
    copy = there(crawled, bag)
    assert list(verify_portal(copy)) == []
    assert copy.articles.read_bytes() == crawled.articles.read_bytes()
    assert copy.index.read_bytes() == crawled.index.read_bytes()
    assert [path.read_bytes() for path in copy.closed_warcs()] == [path.read_bytes() for path in crawled.closed_warcs()]
    payload = {path.relative_to(bag.root).as_posix() for path in bag.data.rglob("*") if path.is_file()}
    assert set(bag.sums()) == set(done.sums) == payload
    for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        subprocess.run(["sha256sum", "--check", "--strict", "--quiet", manifest], cwd=bag.root, check=True)
    size = sum((bag.root / name).stat().st_size for name in payload)
    assert f"Payload-Oxum: {size}.{len(payload)}" in (bag.root / "bag-info.txt").read_text()
    assert (bag.root / "bagit.txt").read_text().startswith("BagIt-Version: 1.0\n")


def test_a_second_copy_copies_no_warc_again(crawled, bag, exchange):
    copied(crawled, bag)
    stamps = {path: path.stat().st_mtime_ns for path in there(crawled, bag).closed_warcs()}
    archive = opened(crawled, "run-2")
    fetch(archive, exchange, 77)
    archive.close()
    done = copied(crawled, bag)
    assert done.kept == 1
    assert {path: path.stat().st_mtime_ns for path in stamps} == stamps
    assert len(there(crawled, bag).closed_warcs()) == 2
    assert list(verify_portal(there(crawled, bag))) == []


def test_a_copy_during_a_crawl_is_of_one_moment(folder, exchange, bag, monkeypatch):
    archive = opened(folder)
    for number in range(4):
        fetch(archive, exchange, number)
    before = copies._backup

    def meanwhile(path, part):
        fetch(archive, exchange, 98)  # between the look at the files and the ledger's copy
        ends = before(path, part)
        fetch(archive, exchange, 99)  # and after it
        return ends

    monkeypatch.setattr(copies, "_backup", meanwhile)
    copied(folder, bag)
    monkeypatch.undo()
    copy = there(folder, bag)
    assert [json.loads(line)["title"] for line in copy.articles.read_text().splitlines()] == [
        "Tin 0", "Tin 1", "Tin 2", "Tin 3", "Tin 98",
    ]  # fmt: skip
    assert list(verify_portal(copy)) == []
    archive.close()
    done = copied(folder, bag)
    assert [path.name for path in copy.warc_dir.iterdir()] == [path.name for path in folder.closed_warcs()]
    assert not [name for name in done.sums if name.endswith(".open")]
    assert list(verify_portal(copy)) == []


def test_a_copy_can_be_crawled_on_with(folder, exchange, bag):
    archive = opened(folder)
    fetch(archive, exchange, 1)
    copied(folder, bag)
    archive.close()
    archive = opened(there(folder, bag), "run-2")
    fetch(archive, exchange, 2)
    archive.close()
    assert list(verify_portal(there(folder, bag))) == []


def test_a_copy_that_was_broken_off_is_gone_on_with(crawled, exchange, bag, monkeypatch):
    archive = opened(crawled, "run-2")
    fetch(archive, exchange, 7)
    archive.close()
    written = []

    def broken(self, target, pieces, write=copies._Copying._write):
        if target.suffix == ".gz" and written:
            raise KeyboardInterrupt
        written.append(target)
        write(self, target, pieces)

    monkeypatch.setattr(copies._Copying, "_write", broken)
    written.append(1)
    with pytest.raises(KeyboardInterrupt):
        copied(crawled, bag)
    monkeypatch.undo()
    copied(crawled, bag)
    assert list(verify_portal(there(crawled, bag))) == []


def test_a_good_copy_is_not_overwritten_by_a_cut_file(crawled, bag):
    copied(crawled, bag)
    [path] = crawled.closed_warcs()
    whole = path.read_bytes()
    path.write_bytes(whole[:-300])
    done = copied(crawled, bag)
    assert "the copy is kept" in done.troubles[0]
    assert there(crawled, bag).closed_warcs()[0].read_bytes() == whole


def test_a_damaged_ledger_does_not_replace_its_copy(crawled, bag):
    copied(crawled, bag)
    data = bytearray(crawled.ledger.read_bytes())
    data[4096:] = os.urandom(len(data) - 4096)
    crawled.ledger.write_bytes(data)
    assert copied(crawled, bag).troubles
    assert list(verify_portal(there(crawled, bag))) == []


@pytest.mark.parametrize("what", ["file", "full", "other"])
def test_where_no_copy_can_be_made(tmp_path, what):
    place = tmp_path / "dest"
    if what == "file":
        place.write_text("x")
    else:
        place.mkdir()
        (place / ("bag-info.txt" if what == "other" else "notes.txt")).write_text("Bag-Software-Agent: another\n")
    with pytest.raises(bags.NotABag, match="allowed"):
        bags.Bag(place).begin()


def test_a_full_disk_leaves_no_part_and_says_so(crawled, bag, monkeypatch):
    bag.begin()
    monkeypatch.setattr(copies.os, "fsync", lambda descriptor: (_ for _ in ()).throw(OSError(28, "No space left")))
    with pytest.raises(ArchiveDiskError, match="No space left"):
        copy_portals(root(crawled), [crawled], bag)
    monkeypatch.undo()
    assert not list(bag.root.rglob("*.part"))
    copied(crawled, bag)
    assert list(verify_portal(there(crawled, bag))) == []


def damages(folder):
    counts = Counts()
    return [str(each) for each in (*verify_portal(folder, counts), *counts.offline)]


def flip(path, at):
    data = bytearray(path.read_bytes())
    data[at] ^= 255
    path.write_bytes(data)


HARMS = {
    "one record": lambda folder, warc: flip(warc, warc.stat().st_size // 2),
    "two records": lambda folder, warc: (flip(warc, 2000), flip(warc, warc.stat().st_size - 1500)),
    "the warcinfo": lambda folder, warc: flip(warc, 40),
    "a cut": lambda folder, warc: os.truncate(warc, warc.stat().st_size - 700),
    "a cut to nothing": lambda folder, warc: os.truncate(warc, 0),
    "a byte lost": lambda folder, warc: warc.write_bytes(warc.read_bytes()[:3000] + warc.read_bytes()[3001:]),
    "a byte more": lambda folder, warc: warc.write_bytes(warc.read_bytes()[:3000] + b"x" + warc.read_bytes()[3000:]),
    "no file": lambda folder, warc: warc.unlink(),
    "the ledger": lambda folder, warc: folder.ledger.write_bytes(b"\0" * 9000),
    "no ledger": lambda folder, warc: folder.ledger.unlink(),
    "the articles": lambda folder, warc: flip(folder.articles, 30),
    "the articles' end": lambda folder, warc: os.truncate(folder.articles, 100),
    "the index": lambda folder, warc: folder.index.write_bytes(folder.index.read_bytes()[:-50]),
    "ledger and record": lambda folder, warc: (folder.ledger.write_bytes(b"x"), flip(warc, warc.stat().st_size // 2)),
}


@pytest.mark.parametrize("harm", HARMS)
def test_what_is_damaged_is_taken_from_the_copy(crawled, bag, harm, tmp_path):
    copied(crawled, bag)
    [warc] = crawled.closed_warcs()
    kept = (warc.read_bytes(), crawled.articles.read_bytes(), crawled.index.read_bytes())
    HARMS[harm](crawled, warc)
    harmed = warc.read_bytes() if warc.exists() else b""
    assert damages(crawled)
    findings = list(compare(crawled, there(crawled, bag), bag))
    assert all(each.good for each in findings)
    assert list(repair(crawled, there(crawled, bag), bag))
    assert damages(crawled) == []
    assert (warc.read_bytes(), crawled.articles.read_bytes(), crawled.index.read_bytes()) == kept
    for finding in findings:
        if finding.file.startswith("warc/") and finding.length:
            bad = harmed[finding.offset or 0 :][: finding.length]
            assert bad in [path.read_bytes() for path in crawled.warc_dir.glob("*.torn")]
    assert list(repair(crawled, there(crawled, bag), bag)) == []


def test_what_the_copy_has_not_is_left_and_named(crawled, bag, exchange):
    copied(crawled, bag)
    archive = opened(crawled, "run-2")
    fetch(archive, exchange, 7)
    archive.close()
    newer = crawled.closed_warcs()[-1]
    flip(newer, newer.stat().st_size // 2)
    data = newer.read_bytes()
    [finding] = compare(crawled, there(crawled, bag), bag)
    assert finding.good is None
    steps = list(repair(crawled, there(crawled, bag), bag))
    assert steps == [str(finding)]
    assert "no good copy" in steps[0]
    assert newer.read_bytes() == data


def test_each_side_may_be_damaged_elsewhere(crawled, bag):
    copied(crawled, bag)
    [here], [other] = crawled.closed_warcs(), there(crawled, bag).closed_warcs()
    whole = here.read_bytes()
    flip(here, len(whole) // 4)
    flip(other, 3 * len(whole) // 4)
    assert list(repair(crawled, there(crawled, bag), bag))
    assert here.read_bytes() == whole


def test_a_ledger_from_an_older_copy_learns_what_came_after(crawled, bag, exchange):
    copied(crawled, bag)
    archive = opened(crawled, "run-2")
    fetch(archive, exchange, 7)
    archive.close()
    articles = crawled.articles.read_bytes()
    crawled.ledger.write_bytes(b"not a ledger")
    for ending in ("-wal", "-shm"):
        crawled.ledger.with_name(crawled.ledger.name + ending).unlink(missing_ok=True)
    assert any("1 captures and 1 revisions" in step for step in repair(crawled, there(crawled, bag), bag))
    assert crawled.articles.read_bytes() == articles
    assert damages(crawled) == []


def test_a_copy_of_one_portal_stays_when_another_is_copied(crawled, bag, exchange):
    copied(crawled, bag)
    other = root(crawled).portal("dak-lak")
    shutil.copytree(crawled.root, other.root)
    copied(other, bag)
    assert {name.split("/")[2] for name in bag.sums()} == {"kon-tum", "dak-lak"}
    subprocess.run(["sha256sum", "--check", "--quiet", "manifest-sha256.txt"], cwd=bag.root, check=True)
