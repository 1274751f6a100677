"""Snapshots and what is in them: whole, revisited, moved away, damaged."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.reader import Archive, SnapshotDamaged, SnapshotMissing
from archive.storage.paths import ArchivePaths

TEN, NINE, EIGHT = "kon-tum/1e6cca0f4635cd86", "kon-tum/8179c6d9c6357097", "kon-tum/c083172e72b424ec"


def test_snapshots_and_what_is_in_them(archive_folder: Path) -> None:
    with Archive(archive_folder) as archive:
        first, second = archive.snapshots(EIGHT)
        assert [each.url for each in (first, second)] == ["https://www.kon-tum.example/tin/8"] * 2
        assert archive.snapshots(first.url) == [first, second]
        opened = archive.open_snapshot(archive.article(EIGHT))
        assert opened.head.startswith(b"HTTP/1.1 200 OK\r\nContent-Type: text/html")
        assert opened.body == "<h1>Hội nghị lần thứ tám</h1>".encode() * 90
        assert ("WARC-Record-ID", f"<{second.record_id}>") in opened.headers
        assert archive.open_snapshot(second.ref) == opened


def test_a_revisit_has_its_own_head_and_its_originals_body(archive_folder: Path) -> None:
    with Archive(archive_folder) as archive:
        (revisit,) = archive.snapshots(NINE)
        original = next(each for each in archive.snapshots(TEN) if each.record_id == revisit.refers_to)
        opened = archive.open_snapshot(revisit)
        assert revisit.kind == "revisit"
        assert ("WARC-Type", "revisit") in opened.headers
        assert opened.body == archive.open_snapshot(original).body == "<h1>Hội nghị</h1>".encode() * 100


def test_warcs_moved_away_are_offline_and_changed_ones_damaged(copy: Path) -> None:
    with Archive(copy) as archive:
        row = archive.article(TEN).snapshot
        assert row is not None
        path = ArchivePaths(copy).portal("kon-tum").warc(row.warc)
        data = bytearray(path.read_bytes())
        data[row.offset + row.length // 2] ^= 1
        path.write_bytes(data)
        with pytest.raises(SnapshotDamaged, match=str(row.offset)):
            archive.open_snapshot(row)
        path.unlink()
        with pytest.raises(SnapshotMissing, match="offline"):
            archive.open_snapshot(row)
