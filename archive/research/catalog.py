"""The catalog: one SQLite file over all portals' ledgers, with a full-text index; it can be made again from them alone.

`top_up` brings in what the ledgers have and it has not: the crawl calls it at the end of a run, a search when a ledger
is newer. Both are safe beside running crawls and beside each other: SQLite lets one write, and all others read on.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from dataclasses import dataclass
from pathlib import Path

from archive.folder import PortalFolder
from archive.portals import Portals
from archive.research.intake import Unlike, add, renew, stamp
from archive.research.tables import (
    CatalogBusy,
    CatalogDamaged,
    CatalogError,
    CatalogNewer,
    open_catalog,
    remove,
    writing,
)
from archive.storage.disk import ArchiveDiskError
from archive.storage.paths import ArchivePaths
from archive.views import Problem

__all__ = ["Catalog", "CatalogBusy", "CatalogDamaged", "CatalogError", "ToppedUp", "bring_up", "current_catalog",
           "open_catalog", "outdated", "reindex", "top_up"]  # fmt: skip

PATIENCE = 5.0  # seconds that a question waits for another process's writing


@dataclass(frozen=True, slots=True)
class ToppedUp:
    """What a topping up brought: articles taken in, whether all was made anew, what could not be read."""

    articles: int
    anew: bool = False
    problems: tuple[Problem, ...] = ()


def top_up(paths: ArchivePaths) -> ToppedUp:
    """Take in what the ledgers have and the catalog has not. Cheap where that is nothing.

    Raises CatalogError, and ArchiveDiskError where the disk refuses; the catalog is then as it was.
    """
    with Portals(paths.root) as portals:
        return bring_up(portals, paths.catalog)


def reindex(portals: Portals, path: Path) -> ToppedUp:
    """Make the catalog anew from the ledgers alone; readers have the old one until the new one is whole.

    One that is damaged, or of a newer program, gives way: nothing is in it that the ledgers have not.
    """
    try:
        return bring_up(portals, path, anew=True)
    except (CatalogDamaged, CatalogNewer):
        remove(path)
        return bring_up(portals, path, anew=True)


def bring_up(portals: Portals, path: Path, *, anew: bool = False, wait: float = 60.0) -> ToppedUp:
    """Top up the catalog at `path`, or make it anew; another process's writing is waited for, `wait` seconds."""
    folders = portals.folders()
    with writing(path, wait) as base:
        if not anew and not stale(base, folders):
            return ToppedUp(0, problems=portals.problems)
        base.execute("BEGIN IMMEDIATE")
        try:
            taken = renew(base, portals) if anew else add(base, portals)
        except Unlike:
            anew, taken = True, renew(base, portals)
        base.execute("COMMIT")
    return ToppedUp(taken, anew, portals.problems)


def stale(base: sqlite3.Connection, folders: list[PortalFolder]) -> bool:
    """Whether some ledger was written, came or went since it was last read; looks at file times only."""
    known = dict(base.execute("SELECT slug, stamp FROM portals"))
    return known != {folder.slug: stamp(folder) for folder in folders}


@dataclass(slots=True)
class Catalog:
    """A catalog opened to be read; `note` says why it may be older than the ledgers."""

    base: sqlite3.Connection
    note: str | None = None
    kept: tempfile.TemporaryDirectory[str] | None = None

    def close(self) -> None:
        """Close it."""
        self.base.close()
        if self.kept:
            self.kept.cleanup()


def current_catalog(portals: Portals, path: Path) -> Catalog:
    """The catalog at `path`, topped up where a ledger is newer; on a disk not to be written on, one made for now.

    Raises CatalogError where none can be had.
    """
    note = None
    try:
        if not _fresh(path, portals):
            if not os.access(path if path.exists() else path.parent, os.W_OK):
                return _made_for_now(portals)
            _bring_up_now(portals, path)
    except CatalogBusy as error:
        note = f"{error}; what follows may lack what was crawled last"
    except ArchiveDiskError as error:
        note = f"{path}: {error.strerror}; what follows may lack what was crawled last"
    try:
        return Catalog(open_catalog(path), note)
    except CatalogError:
        if note is None:
            raise
        return _made_for_now(portals)


def outdated(catalog: Catalog, portals: Portals) -> bool:
    """Whether a ledger was written since; looks at file times only. One that was made for now stays as it is."""
    return catalog.kept is None and _behind(catalog.base, portals)


def _fresh(path: Path, portals: Portals) -> bool:
    if not path.exists():
        return False
    try:
        base = open_catalog(path)
    except CatalogError:
        return False
    try:
        return not _behind(base, portals)
    finally:
        base.close()


def _behind(base: sqlite3.Connection, portals: Portals) -> bool:
    """Whether the catalog lacks something of these portals, or has one whose folder was taken away.

    That it knows others, which came later, is no lack; a ledger that cannot be read always is, so that it is told.
    """
    known = dict(base.execute("SELECT slug, stamp FROM portals"))
    for folder in portals.folders():
        told = stamp(folder)
        if known.pop(folder.slug, "") != told or (not told and folder.paths.root.is_dir()):
            return True
    return bool(known) and not known.keys() <= {folder.slug for folder in Portals(portals.path).folders()}


def _bring_up_now(portals: Portals, path: Path) -> None:
    """Top up with the portals that are there now: an archive that was opened long ago may not know them all."""
    with Portals(portals.path) as now:
        bring_up(now, path, wait=PATIENCE)
        portals.learn(now)


def _made_for_now(portals: Portals) -> Catalog:
    kept = tempfile.TemporaryDirectory(prefix="archive-")
    path = Path(kept.name) / "catalog.sqlite"
    bring_up(portals, path)
    return Catalog(open_catalog(path), None, kept)
