"""WARCs that the ledger names and that are not there, kept elsewhere, which is no damage, or lost; and those cut."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from archive.storage.paths import PortalPaths

State = Literal["offline", "missing"]
Ask = Callable[[str, tuple[str, ...]], Iterable[tuple[Any, ...]]]  # SQL with its values


@dataclass(frozen=True, slots=True)
class Away:
    """A WARC that is not there, and how many snapshots lie in it."""

    file: str  # within the portal's folder
    state: State
    snapshots: int

    def __str__(self) -> str:
        why = "" if self.state == "offline" else ", while other WARCs are there: lost, or moved elsewhere"
        return f"{self.file}: {self.state}, {self.snapshots} snapshot{'s' * (self.snapshots != 1)}{why}"


def away(paths: PortalPaths, ask: Ask) -> list[Away]:
    """The WARCs that a ledger names and that are not there, by name; `ask` puts a question to it."""
    gone = [(name, state) for (name,) in list(ask(_NAMES, ())) if (state := state_of(paths, name))]
    return [
        Away(f"warc/{name}", state, count)
        for name, state in gone
        for (count,) in ask("SELECT count(*) FROM snapshots WHERE warc = ?", (name,))
    ]


def cut(paths: PortalPaths, ask: Ask) -> list[str]:
    """The WARCs that end before the record that was last put into them, by a look at their sizes alone."""
    return [
        name
        for (name,) in list(ask(_NAMES, ()))
        for (end,) in ask(_LAST_END, (name,))
        if state_of(paths, name) is None and _size(paths.warc(name)) < end
    ]


def _size(path: Path) -> float:
    try:
        return path.stat().st_size
    except FileNotFoundError:  # closed, and so renamed, after it was looked for
        return math.inf


# By the index of names, which has the ids in it: no look at every snapshot.
_LAST_END = "SELECT offset + length FROM snapshots WHERE warc = ? ORDER BY id DESC LIMIT 1"
# From name to name along the index: there are few of them to many snapshots.
_NAMES = """
WITH RECURSIVE names (name) AS (SELECT min(warc) FROM snapshots UNION ALL
    SELECT (SELECT min(warc) FROM snapshots WHERE warc > name) FROM names WHERE name IS NOT NULL)
SELECT name FROM names WHERE name IS NOT NULL
"""


def state_of(paths: PortalPaths, name: str) -> State | None:
    """Why a WARC of that name cannot be read; None: it is there.

    Offline: no WARC at all is (the folder was moved, its disk is not mounted), or a link stands in its place and leads
    nowhere. Missing: others are there, and nothing tells that it was moved.
    """
    try:
        path = paths.warc(name)
    except ValueError:  # no name of a file in the folder
        return "missing"
    if path.exists():
        return None
    return "offline" if path.is_symlink() or not (paths.closed_warcs() or paths.open_warcs()) else "missing"


def is_elsewhere(paths: PortalPaths, name: str) -> bool:
    """Whether an offline WARC's place itself is away, the folder or what a link leads to: nothing is put there."""
    return not paths.warc_dir.is_dir() or (paths.warc_dir / name).is_symlink()


def not_there(paths: PortalPaths, name: str) -> str:
    """That a WARC is not there, in words that errors share."""
    path = paths.warc_dir / name
    if state_of(paths, name) == "missing":
        return f"{path}: missing, while other WARCs are there"
    return f"{path}: not there, so offline"
