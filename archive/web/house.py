"""Keeps the archive open between requests, and opens it anew when anything in its folder has changed."""

from __future__ import annotations

import os
from collections.abc import Callable, Hashable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar, cast

from archive.reader import Archive
from archive.research.tally import Tally
from archive.storage.tables import LedgerError
from archive.views import ArchiveError

T = TypeVar("T")
_MOST = 200  # answers kept in mind


class House:
    """An archive's folder as the reader serves it. Raises NoArchive where there is none.

    All requests are answered in one thread: SQLite's connections and this memory need no locks.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._stamp = stamp(path)
        self._archive = Archive(path, watched=True)
        self._known: dict[Hashable, Any] = {}
        self.tally = Tally()

    def look(self) -> None:
        """Open the archive anew where anything changed. Once a request: withheld.toml is obeyed from the next on."""
        now = stamp(self.path)
        if now != self._stamp:
            fresh = Archive(self.path, watched=True)
            self._archive.close()
            self._archive, self._stamp = fresh, now
            self._known.clear()

    def archive(self) -> Archive:
        """The archive as it was when this request began."""
        return self._archive

    def warm(self) -> None:
        """Read what counting needs before anybody asks; what is wrong with the archive the pages will tell."""
        with suppress(ArchiveError, LedgerError):
            self.tally.learn(self._archive.catalog())

    def recall(self, asked: Hashable, answer: Callable[[], T]) -> T:
        """What was answered to the same question since the folder last changed; the oldest answers are forgotten."""
        if asked not in self._known:
            if len(self._known) >= _MOST:
                del self._known[next(iter(self._known))]
            self._known[asked] = answer()
        return cast(T, self._known[asked])

    def close(self) -> None:
        """Close the archive."""
        self._archive.close()


def stamp(path: Path) -> tuple[tuple[str, int, int], ...]:
    """Size and time of every file that answers come from; empty ones do not count: SQLite makes them to read."""
    found = []
    for place in (path, path.parent, path.parent.parent):  # one portal's folder obeys its archive's withheld.toml
        found += _told(place, ("withheld.toml", "archive.toml"))
    for place in (path, *_folders(path / "portals")):
        found += _told(place, ("portal.toml", "ledger.sqlite", "ledger.sqlite-wal"))
    return tuple(found)


def _folders(path: Path) -> list[Path]:
    try:
        return sorted(Path(each.path) for each in os.scandir(path))
    except OSError:
        return []


def _told(place: Path, names: tuple[str, ...]) -> list[tuple[str, int, int]]:
    found = []
    for name in names:
        path = f"{place}/{name}"  # hundreds for each request: joined as paths they cost more than to look at
        try:
            told = os.stat(path)  # noqa: PTH116
        except OSError:
            continue
        if told.st_size or name == "withheld.toml":
            found.append((path, told.st_size, told.st_mtime_ns))
    return found
