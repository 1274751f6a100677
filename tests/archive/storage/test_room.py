"""A portal's share of the disk, and the room that a crawl leaves on it."""

from pathlib import Path

import pytest

from archive.storage.disk import ArchiveDiskError
from archive.storage.room import Room, share_of


def test_a_share_counts_what_the_folder_holds_and_what_is_written(tmp_path: Path) -> None:
    (tmp_path / "warc").mkdir()
    (tmp_path / "warc" / "a").write_bytes(bytes(600))
    (tmp_path / "ledger").write_bytes(bytes(100))
    share = share_of(tmp_path, 1000)
    assert (share.left(0), share.left(200), share.left(400)) == (pytest.approx(0.3), pytest.approx(0.1), 0.0)


def test_without_a_bound_there_is_always_room(tmp_path: Path) -> None:
    assert share_of(tmp_path / "away", None).left(10**15) == 1.0


def test_a_floor_that_a_record_would_break(tmp_path: Path) -> None:
    Room(tmp_path, 0).need(10**15)
    with pytest.raises(ArchiveDiskError, match="free, and writing on wants"):
        Room(tmp_path, 1).need(10**15)
