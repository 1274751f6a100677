"""The catalog: one SQLite file over all portals' ledgers, with a full-text index; it can be made again from them alone.

`top_up` brings in what the ledgers have and it has not: the crawl calls it at the end of a run, a search when a ledger
is newer. Both are safe beside running crawls and beside each other: SQLite lets one write, and all others read on.
"""

from __future__ import annotations

import itertools
import json
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from archive.folder import PortalFolder
from archive.portals import Portals
from archive.research import entries
from archive.research.entries import ARTICLE, MENTION, Entry, entry
from archive.storage.disk import ArchiveDiskError
from archive.storage.paths import ArchivePaths
from archive.storage.tables import LedgerError, refused_by_disk
from archive.views import ArchiveError, Problem

FORMAT = 1  # of the tables, and of the words in them: another way to fold is another format
BATCH = 4000  # articles sorted into posting order together: the index takes ascending rows in memory, others one by one

SCHEMA = f"""
CREATE TABLE portals (
    slug     TEXT PRIMARY KEY,
    stamp    TEXT NOT NULL,               -- size and time of the ledger when it was read
    serial   INTEGER NOT NULL,            -- last revision taken in
    mark     TEXT,                        -- its digest: a ledger that says otherwise is another one
    event    INTEGER NOT NULL             -- last event taken in
) STRICT;
CREATE TABLE articles (
    row           INTEGER PRIMARY KEY,    -- in posting order
    id            TEXT NOT NULL UNIQUE,
    portal        TEXT NOT NULL,
    serial        INTEGER NOT NULL,       -- of the newest revision, in the portal's ledger
    kind          TEXT NOT NULL,
    publisher     TEXT,
    place         TEXT,                   -- province's slug without its year
    section       TEXT,
    section_key   TEXT,
    posted_on     TEXT,
    posted_at     TEXT,
    title         TEXT,
    text_key      TEXT,                   -- the same for a story printed elsewhere
    url           TEXT NOT NULL,
    canonical_url TEXT NOT NULL,
    checksum      INTEGER NOT NULL,
    gone          TEXT
) STRICT;
CREATE INDEX stories ON articles (text_key) WHERE text_key IS NOT NULL;
CREATE TABLE authors (row INTEGER NOT NULL, key TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (row, key))
    STRICT, WITHOUT ROWID;
CREATE INDEX people ON authors (key);
CREATE TABLE mentions (row INTEGER NOT NULL, nth INTEGER NOT NULL, {", ".join(MENTION)}, PRIMARY KEY (row, nth))
    WITHOUT ROWID;
CREATE TABLE names (name TEXT NOT NULL, row INTEGER NOT NULL, nth INTEGER NOT NULL, PRIMARY KEY (name, row, nth))
    STRICT, WITHOUT ROWID;
CREATE TABLE ties (row INTEGER NOT NULL, nth INTEGER NOT NULL, other INTEGER NOT NULL, relation TEXT NOT NULL,
    text TEXT NOT NULL) STRICT;
CREATE INDEX tied ON ties (row);
CREATE TABLE held (name TEXT NOT NULL, row INTEGER NOT NULL, by TEXT NOT NULL, url TEXT NOT NULL,
    PRIMARY KEY (name, row, by, url)) STRICT, WITHOUT ROWID;
-- No content kept: the words are in the ledgers. `written`: the words that bear marks, as they are written.
CREATE VIRTUAL TABLE words USING fts5(title, text, written, content='', tokenize='ascii');
INSERT INTO words (words, rank) VALUES ('hashsize', {16 << 20});
INSERT INTO words (words, rank) VALUES ('automerge', 8);
"""
_TABLES = ("portals", "articles", "authors", "mentions", "names", "ties", "held")


class CatalogError(ArchiveError):
    """A catalog that cannot be used; the message says what to do."""


class CatalogBusy(CatalogError):
    """Another process is writing the catalog."""


class _Unlike(Exception):
    """The ledgers are not those that the catalog was made from: it must be made anew."""


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
    """Make the catalog anew from the ledgers alone; readers have the old one until the new one is whole."""
    return bring_up(portals, path, anew=True)


def bring_up(portals: Portals, path: Path, *, anew: bool = False, wait: float = 60.0) -> ToppedUp:
    """Top up the catalog at `path`, or make it anew; another process's writing is waited for, `wait` seconds."""
    folders = portals.folders()
    with _writing(path, wait) as base:
        if not anew and not stale(base, folders):
            return ToppedUp(0, problems=portals.problems)
        base.execute("BEGIN IMMEDIATE")
        try:
            taken = _renew(base, portals) if anew else _add(base, portals)
        except _Unlike:
            anew, taken = True, _renew(base, portals)
        base.execute("COMMIT")
    return ToppedUp(taken, anew, portals.problems)


def stale(base: sqlite3.Connection, folders: list[PortalFolder]) -> bool:
    """Whether some ledger was written, came or went since it was last read; looks at file times only."""
    known = dict(base.execute("SELECT slug, stamp FROM portals"))
    return known != {folder.slug: _stamp(folder) for folder in folders}


def open_catalog(path: Path) -> sqlite3.Connection:
    """The catalog, to be read; raises CatalogError where it is damaged, of another format, or not there."""
    try:
        base = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=30)
        try:
            _check(base, path)
        except sqlite3.OperationalError:  # on a read-only disk SQLite cannot make the shared memory of its log
            base.close()
            base = sqlite3.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True)
            _check(base, path)
    except sqlite3.DatabaseError as error:
        raise CatalogError(f"{path}: {error}; `archive reindex` makes it anew") from None
    base.execute("PRAGMA mmap_size=268435456")
    base.execute("PRAGMA temp_store=MEMORY")
    return base


def _check(base: sqlite3.Connection, path: Path) -> None:
    version = base.execute("PRAGMA user_version").fetchone()[0]
    if version != FORMAT:
        newer = "newer than" if version > FORMAT else "not"
        raise CatalogError(
            f"{path}: format {version} is {newer} this program's {FORMAT}; `archive reindex` makes it anew"
        )


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
        if not path.exists():
            return _made_for_now(portals)
        note = f"{path}: {error.strerror}; what follows may lack what was crawled last"
    return Catalog(open_catalog(path), note)


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
    """Whether the catalog lacks something of these portals; that it knows others, which came later, is no lack."""
    known = dict(base.execute("SELECT slug, stamp FROM portals"))
    return any(known.get(folder.slug) != _stamp(folder) for folder in portals.folders())


def _bring_up_now(portals: Portals, path: Path) -> None:
    """Top up with the portals that are there now: an archive that was opened long ago may not know them all."""
    with Portals(portals.path) as now:
        bring_up(now, path, wait=5.0)
        portals.learn(now)


def _made_for_now(portals: Portals) -> Catalog:
    kept = tempfile.TemporaryDirectory(prefix="archive-")
    path = Path(kept.name) / "catalog.sqlite"
    bring_up(portals, path)
    return Catalog(open_catalog(path), None, kept)


@contextmanager
def _writing(path: Path, wait: float) -> Iterator[sqlite3.Connection]:
    """A connection to write with; a file that is no catalog of ours, or of an older format, is put anew."""
    base = None
    try:
        base = _connected(path, wait)
        yield base
    except sqlite3.OperationalError as error:
        if disk := refused_by_disk(error, path):
            raise disk from None
        if "locked" in str(error) or "busy" in str(error):
            raise CatalogBusy(f"{path}: another process is writing it; try again later") from None
        raise CatalogError(f"{path}: {error}") from None
    except sqlite3.DatabaseError as error:
        raise CatalogError(f"{path}: {error}; delete it: `archive reindex` makes it anew") from None
    finally:
        if base is not None:
            base.close()  # rolls back what was not committed


def _connected(path: Path, wait: float) -> sqlite3.Connection:
    base = sqlite3.connect(path, isolation_level=None, timeout=wait)
    try:
        version = base.execute("PRAGMA user_version").fetchone()[0]
    except sqlite3.DatabaseError as error:
        base.close()
        if error.sqlite_errorcode != sqlite3.SQLITE_NOTADB:
            raise
        for ending in ("", "-wal", "-shm"):
            path.with_name(path.name + ending).unlink(missing_ok=True)
        return _connected(path, wait)
    if version > FORMAT:
        base.close()
        raise CatalogError(
            f"{path}: format {version} is newer than this program's {FORMAT}; deleted, `archive reindex` makes it anew"
        )
    base.execute("PRAGMA journal_mode=WAL")
    base.execute("PRAGMA synchronous=NORMAL")  # a power cut may lose the last commits, which are taken in again
    base.execute("PRAGMA cache_size=-65536")
    if version < FORMAT:
        _make(base)
    return base


def _make(base: sqlite3.Connection) -> None:
    """The tables, by whoever comes first; those of an older format are dropped."""
    base.execute("BEGIN IMMEDIATE")
    if base.execute("PRAGMA user_version").fetchone()[0] < FORMAT:
        for name in ("words", *_TABLES):
            base.execute(f"DROP TABLE IF EXISTS {name}")
        for statement in filter(str.strip, SCHEMA.split(";\n")):
            base.execute(statement)
        base.execute(f"PRAGMA user_version={FORMAT}")
    base.execute("COMMIT")


def _renew(base: sqlite3.Connection, portals: Portals) -> int:
    for name in _TABLES:
        base.execute(f"DELETE FROM {name}")
    base.execute("INSERT INTO words (words) VALUES ('delete-all')")
    return _add(base, portals)


def _add(base: sqlite3.Connection, portals: Portals) -> int:
    """Take in, of every portal, each article that has a new revision, and what happened to pages."""
    known = {row[0]: _Read(*row[1:]) for row in base.execute("SELECT slug, stamp, serial, mark, event FROM portals")}
    folders = {folder.slug: folder for folder in portals.folders()}
    if known.keys() - folders.keys():
        raise _Unlike  # the words of a portal that is gone can only be left out by making all anew
    reads = [_Reading(folder, known.get(slug, _Read())) for slug, folder in folders.items()]
    taken = 0
    news = itertools.chain.from_iterable(each.entries(portals) for each in reads)
    while batch := list(itertools.islice(news, BATCH)):
        taken += len(batch)
        _take_in(base, folders, batch)
    for each in reads:
        each.finish(base)
    return taken


@dataclass(frozen=True, slots=True)
class _Read:
    """How far a ledger was read: its stamp, last revision with its digest, last event."""

    stamp: str = ""
    serial: int = 0
    mark: str | None = None
    event: int = 0


class _Reading:
    """The reading of what one ledger has beyond what was read of it; an error ends it, what came before counts."""

    def __init__(self, folder: PortalFolder, before: _Read) -> None:
        self._folder, self._before = folder, before
        self._stamp = _stamp(folder)  # looked at first: what is committed meanwhile makes it old
        self._serial = before.serial
        self._events: list[tuple[int, str, str, str]] = []

    def entries(self, portals: Portals) -> Iterator[Entry]:
        """The newest revision of each article that has a new one."""
        if self._stamp == self._before.stamp:
            return
        try:
            yield from self._entries()
        except LedgerError as error:
            self._stamp = ""  # to be tried again
            portals.note(self._folder, error)

    def _entries(self) -> Iterator[Entry]:
        folder, before = self._folder, self._before
        if before.serial and before.mark != _mark(folder, before.serial):
            raise _Unlike
        ((end, happened),) = folder.rows("SELECT (SELECT max(serial) FROM revisions), (SELECT max(serial) FROM events)")
        rows = folder.rows(
            "SELECT serial, item FROM revisions WHERE serial IN"
            " (SELECT max(serial) FROM revisions WHERE serial > ? AND serial <= ? GROUP BY article) ORDER BY serial",
            (before.serial, end or 0),
        )
        for serial, item in rows:
            yield entry(folder.read_item(item), folder.slug, serial)
            self._serial = serial
        self._events = list(
            folder.rows(
                "SELECT serial, event, at, article FROM events WHERE serial > ? AND serial <= ? ORDER BY serial",
                (before.event, happened or 0),
            )
        )

    def finish(self, base: sqlite3.Connection) -> None:
        """Note what happened to pages, and how far the ledger was read."""
        if self._stamp == self._before.stamp:
            return
        for _, happened, at, article in self._events:
            base.execute("UPDATE articles SET gone = ? WHERE id = ?", (at if happened == "gone" else None, article))
        event = self._events[-1][0] if self._events else self._before.event
        mark = self._before.mark if self._serial == self._before.serial else _mark(self._folder, self._serial)
        values = (self._folder.slug, self._stamp, self._serial, mark, event)
        base.execute("INSERT OR REPLACE INTO portals VALUES (?, ?, ?, ?, ?)", values)


def _take_in(base: sqlite3.Connection, folders: dict[str, PortalFolder], batch: list[Entry]) -> None:
    _take_out(base, folders, batch)
    _place(base, batch)
    base.executemany(
        "INSERT INTO words (rowid, title, text, written) VALUES (?, ?, ?, ?)",
        ((each.row, each.title, each.text, each.written) for each in batch),
    )
    base.executemany(f"INSERT INTO articles VALUES ({_marks(ARTICLE)})", (each.article() for each in batch))
    for table, rows, columns in _DETAILS:
        base.executemany(
            f"INSERT OR IGNORE INTO {table} VALUES ({', '.join('?' * columns)})",
            (row for each in batch for row in rows(each)),
        )


_DETAILS = (
    ("authors (row, key, name)", entries.authors, 3),
    ("mentions", entries.mentions, 2 + len(MENTION)),
    ("names", entries.names, 3),
    ("ties", entries.ties, 5),
    ("held", entries.held, 4),
)


def _place(base: sqlite3.Connection, batch: list[Entry]) -> None:
    """Give each entry a row of its own, and put the batch into the order of rows."""
    batch.sort(key=lambda each: (each.row, each.id))
    asked = json.dumps([each.row for each in batch])
    taken = {
        row
        for (row,) in base.execute("SELECT row FROM articles WHERE row IN (SELECT value FROM json_each(?))", (asked,))
    }
    for each in batch:
        while each.row in taken:
            each.row += 1
            if base.execute("SELECT 1 FROM articles WHERE row = ?", (each.row,)).fetchone():
                taken.add(each.row)
        taken.add(each.row)
    batch.sort(key=lambda each: each.row)


def _take_out(base: sqlite3.Connection, folders: dict[str, PortalFolder], batch: list[Entry]) -> None:
    """Take the former revisions of these articles out; what an article has been through stays with it."""
    asked = {each.id: each for each in batch}
    former = []
    for article, portal, row, serial, checksum, gone in base.execute(
        "SELECT id, portal, row, serial, checksum, gone FROM articles WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(asked)),),
    ):
        asked[article].gone = gone
        old = entry(folders[portal].item(serial), portal, serial)
        if old.checksum != checksum:
            raise _Unlike
        former.append((row, old))
    for row, old in sorted(former, key=lambda each: each[0]):
        base.execute(
            "INSERT INTO words (words, rowid, title, text, written) VALUES ('delete', ?, ?, ?, ?)",
            (row, old.title, old.text, old.written),
        )
        for table in ("articles", "authors", "mentions", "ties"):
            base.execute(f"DELETE FROM {table} WHERE row = ?", (row,))
        for table, rows in (("names", entries.names), ("held", entries.held)):  # these are kept by name
            base.executemany(f"DELETE FROM {table} WHERE name = ? AND row = ?", ((each[0], row) for each in rows(old)))


def _marks(columns: tuple[str, ...]) -> str:
    return ", ".join("?" * len(columns))


def _mark(folder: PortalFolder, serial: int) -> str | None:
    row = next(folder.rows("SELECT revision || ' ' || recorded_at FROM revisions WHERE serial = ?", (serial,)), None)
    return row[0] if row else None


def _stamp(folder: PortalFolder) -> str:
    """Size and time of a ledger and of its log: what changes when anything is committed."""
    ledger = folder.paths.ledger
    parts = []
    for path in (ledger, ledger.with_name(ledger.name + "-wal")):
        try:
            told = path.stat()
        except OSError:
            continue
        if told.st_size:
            parts.append(f"{told.st_size}:{told.st_mtime_ns}")
    return " ".join(parts)
