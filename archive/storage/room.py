"""Room: a crawl stops before the disk is full, or its portal's share of it, so that what was begun can be ended."""

from __future__ import annotations

import errno
import os
from dataclasses import dataclass
from pathlib import Path

from archive.storage.disk import ArchiveDiskError

SHARE = 20  # a small disk keeps a twentieth of itself free, where that is less than the floor asked for
WORK = 8_000_000  # bytes that come and go while a run writes: the ledger's log (SQLite folds it at 4 MB), the index


@dataclass(frozen=True, slots=True)
class Share:
    """The bytes that a portal's folder may come to; `held` when the run began, `most` None for no bound."""

    held: int = 0
    most: int | None = None

    def left(self, written: int) -> float:
        """What is left of it after so many more bytes, from 1 (all) to 0 (nothing)."""
        if self.most is None:
            return 1.0
        return max(0.0, 1 - (self.held + written) / self.most)


def share_of(folder: Path, most: int | None) -> Share:
    """A portal's share of the disk as it stands; its files are looked at only where it has a bound."""
    if most is None:
        return Share()
    return Share(sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()), most)


@dataclass(frozen=True, slots=True)
class Room:
    """The free bytes that writing must leave on the disk of a folder; `floor` 0 asks for none."""

    folder: Path
    floor: int

    def need(self, size: int) -> None:
        """Raise ArchiveDiskError where writing `size` more bytes would go below the floor; costs one statvfs.

        A large record lies in a temporary file beside its place for a moment: it needs its size twice.
        """
        if not self.floor:
            return
        disk = os.statvfs(self.folder)
        floor = min(self.floor, disk.f_blocks * disk.f_frsize // SHARE)
        free = disk.f_bavail * disk.f_frsize
        wanted = floor + WORK + 2 * size
        if free < wanted:
            raise ArchiveDiskError(
                errno.ENOSPC, f"{_mega(free)} free, and writing on wants {_mega(wanted)}", str(self.folder)
            )


def _mega(size: int) -> str:
    return f"{size / 1e6:.1f} MB"
