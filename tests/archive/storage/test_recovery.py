"""A file that a dead run left: nothing whole is lost, and every reader reads it again."""

import gzip
import random
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator as FastIterator
from warcio.archiveiterator import ArchiveIterator

from archive.storage.members import iter_members
from archive.storage.recovery import Hole, filler, recover
from archive.storage.warc import ArchiveDiskError, Original, RecoveredRecord, WarcWriter

BEGUN = datetime(2026, 11, 23, 8, tzinfo=UTC)


@pytest.fixture
def left_open(folder, exchange):
    """The file of a run that was killed after six exchanges, and what it had been told of them."""
    out = WarcWriter(folder, {"software": "tests"}, host="vm", now=lambda: BEGUN)
    original = []

    def find(url, digest):
        return original[0] if original else None

    written = []
    for number in range(4):
        written.append(out.write(exchange(url=f"http://h.example/{number}"), find_original=find))
        first = written[0].snapshot
        original = [Original(first.record_id, "http://h.example/0", first.date, first.payload_digest)]
    written.append(out.write(exchange(url="http://h.example/4", head=b"", body=b"", error="Timeout")))
    written.append(out.write(exchange(url="http://h.example/5", head=b"", body=b"", request=b"", error="DNS")))
    out.sync()
    (path,) = folder.open_warcs()
    return path, written


def ids(path):
    return [each.record.record_id for each in iter_members(path) if not each.problem]


def readable(path):
    """The record ids that warcio and FastWARC see, which must be the same."""
    with path.open("rb") as file:
        theirs = [each.rec_headers.get_header("WARC-Record-ID")[1:-1] for each in ArchiveIterator(file)]
    with path.open("rb") as file:
        fast = [each.record_id[1:-1] for each in FastIterator(file)]
    assert theirs == fast
    return theirs


def test_a_whole_file_only_gets_its_name_and_its_index(left_open, folder):
    path, written = left_open
    before = path.read_bytes()
    report = recover(path)
    assert (report.torn, report.holes, report.end) == (0, [], len(before))
    assert report.path.read_bytes() == before
    assert folder.open_warcs() == []
    assert len(folder.index.read_text().splitlines()) == 4
    first = written[0].snapshot
    assert report.records[0] == RecoveredRecord(
        "http://h.example/0", first, "response", 200, "text/html", 2400, None, None
    )
    assert report.records[1] == RecoveredRecord(
        "http://h.example/1", written[1].snapshot, "revisit", 200, "text/html", None, None, first.record_id
    )
    assert [(each.kind, each.snapshot) for each in report.records] == [(each.kind, each.snapshot) for each in written]


def test_only_what_the_ledger_does_not_know_is_reported(left_open):
    path, written = left_open
    known = written[2].snapshot
    entered = []
    report = recover(path, known_end=known.offset + known.length, enter=lambda records: entered.append(path.exists()))
    assert [each.url for each in report.records] == [f"http://h.example/{number}" for number in (3, 4, 5)]
    assert entered == [True]  # while the file could still be found as unfinished


@pytest.mark.parametrize("seed", range(25))
def test_a_file_cut_anywhere_keeps_every_whole_record(left_open, folder, seed):
    path, _ = left_open
    data = path.read_bytes()
    cut = random.Random(seed).randrange(len(data))
    path.write_bytes(data[:cut])
    whole = ids(path)
    report = recover(path)
    if len(whole) < 2:
        assert not report.path.exists()
        return
    assert readable(report.path) == ids(report.path)
    # the exchange that was cut in two gets the metadata record that says so
    assert ids(report.path)[: len(whole)] == whole
    assert all(not each.problem for each in iter_members(report.path))
    torn = report.path.with_name(report.path.name + ".torn")
    kept = report.path.read_bytes()
    aside = torn.read_bytes() if torn.exists() else b""
    assert len(aside) == report.torn
    assert kept.startswith(data[: cut - report.torn])
    assert data[:cut] == data[: cut - report.torn] + aside
    last = list(iter_members(report.path))[-1].record
    assert last.type == "metadata"
    assert list(iter_members(report.path))[-1].end == report.end


@pytest.mark.parametrize("place", [1, 2, 5])
def test_damage_ahead_of_whole_records_leaves_their_offsets(left_open, place):
    path, _ = left_open
    data = bytearray(path.read_bytes())
    members = list(iter_members(path))
    hurt = members[place]
    data[hurt.offset : hurt.offset + 60] = bytes(60)
    path.write_bytes(data)
    report = recover(path)
    assert report.holes == [Hole(hurt.offset, hurt.length, "stray bytes")]
    left = list(iter_members(report.path))
    assert [each.offset for each in left] == [each.offset for each in members]
    assert [each for each in left if each.problem] == []
    assert readable(report.path) == ids(report.path)
    assert left[place].record.type == "metadata"
    aside = report.path.with_name(f"{report.path.name}.{hurt.offset}.torn")
    assert aside.read_bytes() == bytes(data[hurt.offset : hurt.end])
    done = subprocess.run(
        [Path(sys.executable).parent / "warcio", "check", report.path], capture_output=True, timeout=60, check=False
    )
    assert done.returncode == 0


def test_rubbish_is_set_aside_and_leaves_no_file(folder):
    path = folder.warc_dir / "kon-tum-1-0-vm.warc.gz.open"
    for rubbish in (b"", b"rubbish" * 1000):
        path.write_bytes(rubbish)
        report = recover(path)
        assert (report.torn, report.records, report.path.exists(), path.exists()) == (len(rubbish), [], False, False)
    assert folder.warc_dir.joinpath("kon-tum-1-0-vm.warc.gz.torn").read_bytes() == rubbish


def test_a_finished_file_is_never_replaced(left_open):
    path, _ = left_open
    final = path.with_name(path.name.removesuffix(".open"))
    final.write_bytes(b"precious")
    with pytest.raises(ArchiveDiskError, match="by hand"):
        recover(path)
    assert final.read_bytes() == b"precious"
    assert path.exists()


@pytest.mark.parametrize("length", [*range(180, 700, 13), 65_000, 65_535 + 33, 65_535 + 34, 65_540 * 2 + 32, 200_000])
def test_fillers_have_any_length(length, tmp_path):
    made = filler(length, "40 damaged bytes were set aside: cut")
    assert (made is None) == (length < 196)
    if made:
        assert len(made) == length
        assert gzip.decompress(made).endswith(b"\r\n\r\n")
        path = tmp_path / "a.warc.gz"
        path.write_bytes(made)
        assert [(each.problem, each.own, each.record.type) for each in iter_members(path)] == [(None, True, "metadata")]
