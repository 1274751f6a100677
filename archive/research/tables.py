"""The catalog's file: its tables, how it is opened to be read and to be written, and what may be wrong with it."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from archive.errors import ArchiveError
from archive.research.entries import MENTION
from archive.storage.tables import refused_by_disk

FORMAT = 4  # of the tables, and of the words in them: another way to fold is another format

SCHEMA = f"""
CREATE TABLE portals (
    slug     TEXT PRIMARY KEY,
    stamp    TEXT NOT NULL,               -- size and time of the ledger when it was read
    serial   INTEGER NOT NULL,            -- last revision taken in
    mark     TEXT,                        -- its digest: a ledger that says otherwise is another one
    event    INTEGER NOT NULL,            -- last event taken in
    erased   INTEGER NOT NULL             -- articles that were erased, which are not here
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
CREATE TABLE files (row INTEGER NOT NULL, words TEXT NOT NULL, PRIMARY KEY (row, words)) STRICT, WITHOUT ROWID;
-- No content kept: the words are in the ledgers. Title and text without marks, then both as they are written.
CREATE VIRTUAL TABLE words USING fts5(title, text, marked_title, marked_text, content='', tokenize='ascii');
INSERT INTO words (words, rank) VALUES ('hashsize', {64 << 20});
INSERT INTO words (words, rank) VALUES ('automerge', 16);
"""
TABLES = ("portals", "articles", "authors", "mentions", "names", "ties", "held", "files")


class CatalogError(ArchiveError):
    """A catalog that cannot be used; the message says what to do."""


class CatalogDamaged(CatalogError):
    """A catalog whose file is damaged; it holds nothing that the ledgers have not."""


class CatalogNewer(CatalogError):
    """A catalog of a newer program's format; it holds nothing that the ledgers have not."""


class CatalogBusy(CatalogError):
    """Another process is writing the catalog."""


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
        kind = CatalogError if isinstance(error, sqlite3.OperationalError) else CatalogDamaged
        raise kind(f"{path}: {error}; `archive reindex` makes it anew") from None
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


@contextmanager
def writing(path: Path, wait: float) -> Iterator[sqlite3.Connection]:
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
        raise CatalogDamaged(f"{path}: {error}; `archive reindex` makes it anew") from None
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
        remove(path)
        return _connected(path, wait)
    if version > FORMAT:
        base.close()
        raise CatalogNewer(
            f"{path}: format {version} is newer than this program's {FORMAT}; `archive reindex` makes it anew, for this"
            " program"
        )
    _to_wal(base, wait)
    base.execute("PRAGMA synchronous=NORMAL")  # a power cut may lose the last commits, which are taken in again
    base.execute("PRAGMA cache_size=-16384")
    if version < FORMAT:
        _make(base)
    return base


def _to_wal(base: sqlite3.Connection, wait: float) -> None:
    """Turn to a write-ahead log; where several turn at once SQLite calls all but one busy without waiting."""
    until = time.monotonic() + wait
    while True:
        try:
            base.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(0.02)


def remove(path: Path) -> None:
    """Delete a catalog with what SQLite keeps beside it; who reads it goes on reading."""
    for ending in ("", "-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)


def _make(base: sqlite3.Connection) -> None:
    """The tables, by whoever comes first; those of an older format are dropped."""
    base.execute("BEGIN IMMEDIATE")
    if base.execute("PRAGMA user_version").fetchone()[0] < FORMAT:
        for name in ("words", *TABLES):
            base.execute(f"DROP TABLE IF EXISTS {name}")
        for statement in filter(str.strip, SCHEMA.split(";\n")):
            base.execute(statement)
        base.execute(f"PRAGMA user_version={FORMAT}")
    base.execute("COMMIT")
