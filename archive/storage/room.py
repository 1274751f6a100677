"""Room on the disk: a crawl stops before it is full, so that what was begun can still be ended and read."""

from __future__ import annotations

import errno
import os
from dataclasses import dataclass
from pathlib import Path

from archive.storage.disk import ArchiveDiskError

SHARE = 20  # a small disk keeps a twentieth of itself free, where that is less than the floor asked for


@dataclass(frozen=True, slots=True)
class Room:
    """The free bytes that writing must leave on the disk of a folder; `floor` 0 asks for none."""

    folder: Path
    floor: int

    def need(self, size: int) -> None:
        """Raise ArchiveDiskError where `size` more bytes would go below the floor; costs one statvfs, a microsecond."""
        if not self.floor:
            return
        disk = os.statvfs(self.folder)
        floor = min(self.floor, disk.f_blocks * disk.f_frsize // SHARE)
        free = disk.f_bavail * disk.f_frsize
        if free - size < floor:
            raise ArchiveDiskError(
                errno.ENOSPC, f"only {_mega(free)} free, and {_mega(floor)} are to stay so", str(self.folder)
            )


def _mega(size: int) -> str:
    return f"{size / 1e6:.1f} MB"
