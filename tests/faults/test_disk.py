"""A disk that fills up, one that runs low, one that is read-only; many sizes with `python tests/faults/disk.py`."""

from __future__ import annotations

from pathlib import Path

import pytest
from disk import fill, read_only


@pytest.mark.parametrize(("kilobytes", "floor"), [(2000, 0), (24_000, 200_000_000)], ids=["full", "low"])
def test_a_disk_without_room(tmp_path: Path, kilobytes: int, floor: int) -> None:
    ended = fill(tmp_path, kilobytes, 60, floor=floor)
    if ended is None:
        pytest.skip("no tmpfs can be mounted here")
    assert (ended.status, ended.lost, ended.problems) == (7, [], [])
    assert (ended.again, ended.missing, ended.defects) == (0, 0, False)
    assert ended.items > 0
    assert ("wants" in ended.line) is bool(floor), ended.line


def test_an_archive_that_cannot_be_written_to(tmp_path: Path) -> None:
    rows = read_only(tmp_path)
    if not rows:
        pytest.skip("no tmpfs can be mounted here")
    assert [status for _, status, _ in rows] == [2, 2, 0]
    assert all(said.count("\n") == 0 for _, _, said in rows)
