"""What a power cut would have left of a portal's folder, made from what a killed crawl left.

The model, the worst that POSIX allows and ext4 shows, with one step of mercy for folders themselves:

- A file is cut back to the length it had at its last fsync; one that was never synced is empty, if its name is there.
- A folder's names are those of its last fsync: files made since are gone, renames undone, deleted ones back.
- What a run found at its start is durable, contents as they were (files that are changed in place are copied before).
- SQLite runs with WAL and synchronous=FULL: it syncs the log at every commit, so a commit is durable once COMMIT has
  returned. One that was written and had not returned may be there or not, and both are modelled: `wal="whole"` keeps
  it (the ledger as far ahead of the WARCs as it can get), `wal="last"` drops it. The database file keeps what a
  checkpoint wrote, for its frames are still in the log; the shared-memory file is gone.
- Folders that a crawl makes are there.
"""

from __future__ import annotations

import json
import os
import shutil
import struct
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

_SQLITE = ("ledger.sqlite", "ledger.sqlite-wal")
_CHANGED_IN_PLACE = (".open", ".jsonl")
HERE = Path(__file__).parent


@dataclass(slots=True)
class PowerCut:
    """Set before a run starts in `folder` (a portal's), `cut` after it was killed."""

    folder: Path
    trace: Path
    _names: dict[str, dict[str, int]] = field(default_factory=dict)
    _sizes: dict[int, int | None] = field(default_factory=dict)  # None: as the copy has it, or whole
    _commits: Counter[str] = field(default_factory=Counter)  # that have returned, by the log's salt

    def __post_init__(self) -> None:
        shutil.rmtree(self.trace, ignore_errors=True)
        self.trace.mkdir(parents=True)
        salt, ends = _commits(self.folder / _SQLITE[1])
        self._commits[salt] = len(ends)
        for folder in self._folders():
            self._names[str(folder)] = {}
            for each in folder.iterdir():
                if each.is_file():
                    inode = each.stat().st_ino
                    self._names[str(folder)][each.name] = inode
                    self._sizes[inode] = None
                    os.link(each, self.trace / str(inode))
                    if each.name.endswith(_CHANGED_IN_PLACE):
                        shutil.copy(each, self.trace / f"{inode}.before")

    @property
    def env(self) -> dict[str, str]:
        """The environment that makes a crawl note its fsyncs."""
        return {"FAULT_TRACE": str(self.trace), "PYTHONPATH": str(HERE / "trace")}

    def _folders(self) -> list[Path]:
        return [each for each in (self.folder, self.folder / "warc", self.folder / "runs") if each.is_dir()]

    def cut(self, wal: str = "whole") -> None:
        """Make the folder what it would be after the power came back."""
        log = self.trace / "log"
        for line in log.read_text().splitlines() if log.exists() else ():
            note = json.loads(line)
            if "folder" in note:
                self._names[note["folder"]] = note["names"]
            elif "commit" in note:
                self._commits[note["commit"]] += 1
            else:
                self._sizes[note["inode"]] = note["size"]
        for folder in self._folders():
            left = folder.with_name(folder.name + ".left")
            left.mkdir()
            for name, inode in self._names.get(str(folder), {}).items():
                self._restore(folder, left / name, inode)
            for name in _SQLITE:
                if (folder / name).exists():
                    shutil.copy(folder / name, left / name)
            salt, ends = _commits(left / _SQLITE[1])
            if wal == "last" and len(ends) > self._commits[salt]:
                os.truncate(left / _SQLITE[1], ends[-2] if len(ends) > 1 else 32)
            self._replace(folder, left)

    def _restore(self, folder: Path, target: Path, inode: int) -> None:
        if target.name in _SQLITE or target.name.endswith("-shm"):
            return
        size = self._sizes.get(inode, 0)
        kept, before = self.trace / str(inode), self.trace / f"{inode}.before"
        if size is None and before.exists():
            shutil.copy(before, target)
        elif kept.exists():
            shutil.copy(kept, target)
            if size is not None:
                os.truncate(target, size)
        elif not (folder / target.name).is_dir():
            target.touch()  # named, and never synced: empty

    @staticmethod
    def _replace(folder: Path, left: Path) -> None:
        for each in list(folder.iterdir()):
            if each.is_file():
                each.unlink()
        for each in left.iterdir():
            each.rename(folder / each.name)
        left.rmdir()


def _commits(wal: Path) -> tuple[str, list[int]]:
    """The log's salt, and the end of each transaction in it (SQLite format, 4.1: 32 bytes of head, 24 a frame)."""
    data = wal.read_bytes() if wal.exists() else b""
    if len(data) < 32:
        return "", []
    page, salt = struct.unpack(">I", data[8:12])[0], data[16:24]
    ends = []
    for at in range(32, len(data) - 24 - page + 1, 24 + page):
        if data[at + 8 : at + 16] != salt:
            break
        if struct.unpack(">I", data[at + 4 : at + 8])[0]:
            ends.append(at + 24 + page)
    return salt.hex(), ends
