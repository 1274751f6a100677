"""The tables of a ledger, and connections to them."""

from __future__ import annotations

import errno
import sqlite3
from pathlib import Path

from archive.storage.disk import ArchiveDiskError

FORMAT = 1

SCHEMA = """
CREATE TABLE addresses (
    id             INTEGER PRIMARY KEY,           -- order of discovery
    key            TEXT NOT NULL UNIQUE,          -- canonical address: one row for all its spellings
    url            TEXT NOT NULL,                 -- the spelling to ask for
    host           TEXT NOT NULL,                 -- host, with a port that is not the scheme's: what is paced
    kind           TEXT NOT NULL,                 -- home section list feed sitemap article attachment image requisite
                                                  -- robots; page: came with a file taken in, and is no article
    rank           INTEGER NOT NULL,              -- order of asking within a host
    section        TEXT,
    via            TEXT,                          -- the page that named it
    hops           TEXT NOT NULL DEFAULT '',
    depth          INTEGER NOT NULL DEFAULT 0,    -- pages into a list
    redirects      INTEGER NOT NULL DEFAULT 0,
    state          TEXT NOT NULL,                 -- due done failed refused
    reason         TEXT,                          -- why failed, refused, or done without an article
    due_at         TEXT,                          -- not before; null: at once (due) or never again (others)
    tries          INTEGER NOT NULL DEFAULT 0,    -- in a row without an answer
    run            TEXT,                          -- that asked last
    first_seen     TEXT NOT NULL,
    last_seen      TEXT NOT NULL,                 -- when a page last named it
    checked_at     TEXT,                          -- when its host last answered
    changed_at     TEXT,                          -- when its content was last new
    status         INTEGER,
    etag           TEXT,
    last_modified  TEXT,
    snapshot       INTEGER REFERENCES snapshots,  -- the newest full response
    article        TEXT                           -- id of the article it holds
) STRICT;
CREATE INDEX due ON addresses (host, rank, tries, id) WHERE state = 'due';
CREATE INDEX again ON addresses (due_at) WHERE state <> 'due' AND due_at IS NOT NULL;
CREATE INDEX held ON addresses (article) WHERE article IS NOT NULL;

CREATE TABLE snapshots (
    id             INTEGER PRIMARY KEY,
    key            TEXT NOT NULL,
    url            TEXT NOT NULL,
    date           TEXT NOT NULL,                 -- WARC-Date
    kind           TEXT NOT NULL,                 -- response revisit request (no byte came) metadata (none was sent)
    status         INTEGER,
    media_type     TEXT,
    warc           TEXT NOT NULL,                 -- final file name
    offset         INTEGER NOT NULL,
    length         INTEGER NOT NULL,
    record_id      TEXT NOT NULL UNIQUE,
    payload_digest TEXT,
    payload_length INTEGER,
    truncated      TEXT,
    refers_to      INTEGER REFERENCES snapshots,
    error          TEXT,
    run            TEXT NOT NULL
) STRICT;
CREATE INDEX captures ON snapshots (key, date);
CREATE INDEX files ON snapshots (warc);
CREATE INDEX payloads ON snapshots (payload_digest) WHERE kind = 'response';

CREATE TABLE revisions (
    serial         INTEGER PRIMARY KEY,           -- line number in articles.jsonl
    article        TEXT NOT NULL,
    revision       TEXT NOT NULL,
    cause          TEXT NOT NULL,                 -- new page rules
    snapshot       INTEGER REFERENCES snapshots,
    recorded_at    TEXT NOT NULL,
    item           TEXT NOT NULL                  -- the line of articles.jsonl
) STRICT;
CREATE INDEX versions ON revisions (article, serial);

CREATE TABLE events (
    serial         INTEGER PRIMARY KEY,
    article        TEXT NOT NULL,
    event          TEXT NOT NULL,                 -- missing, then gone or found; gone, then back
    at             TEXT NOT NULL,
    run            TEXT NOT NULL,
    detail         TEXT
) STRICT;
CREATE INDEX history ON events (article, serial);
"""
# Found quicker by them, nothing else: a ledger of the same format that has them not gains them when it is written.
INDEXES = """
CREATE INDEX IF NOT EXISTS runs ON snapshots (run);
CREATE INDEX IF NOT EXISTS troubles ON snapshots (error) WHERE error IS NOT NULL;
CREATE INDEX IF NOT EXISTS sources ON revisions (snapshot, cause);
"""


class LedgerError(Exception):
    """A ledger that cannot be used: a newer format, a damaged file, or none at all."""


class NewerFormat(LedgerError):
    """A ledger that a newer program has written."""


def connect(path: Path, *, write: bool) -> sqlite3.Connection:
    """A connection to the ledger at `path`; raises LedgerError for a newer format or a file that is no ledger."""
    if not write and not path.is_file():
        raise LedgerError(f"{path}: no ledger there")
    base = None
    try:
        base = _open_to_write(path) if write else _open_to_read(path)
        base.execute("PRAGMA cache_size=-256")  # measured: 97 open ledgers cost 27 MB instead of 198
        version = base.execute("PRAGMA user_version").fetchone()[0]
        if version > FORMAT:
            raise NewerFormat(f"{path}: format {version} is newer than this program's {FORMAT}")
        if write:
            base.execute("PRAGMA journal_mode=WAL")
            base.execute("PRAGMA synchronous=FULL")
        if write and version == 0:
            base.executescript(f"BEGIN; {SCHEMA} PRAGMA user_version={FORMAT}; COMMIT;")
        if write:
            base.executescript(INDEXES)
    except UnicodeDecodeError:  # Python's, of SQLite's words on a schema that is no UTF-8
        if base is not None:
            base.close()
        raise LedgerError(f"{path}: malformed database schema") from None
    except (sqlite3.DatabaseError, LedgerError) as error:
        if base is not None:
            base.close()
        if isinstance(error, LedgerError):
            raise
        if disk := refused_by_disk(error, path):
            raise disk from None
        raise LedgerError(f"{path}: {error}") from None
    return base


# What SQLite calls a disk that refuses: full, failing, or read-only since it failed.
_DISK = {
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_IOERR: errno.EIO,
    sqlite3.SQLITE_READONLY: errno.EROFS,
}  # fmt: skip


def refused_by_disk(error: BaseException, path: Path) -> ArchiveDiskError | None:
    """The refusal of the disk that an error of SQLite's is; None for any other error."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the rest says what was being done
    return ArchiveDiskError(_DISK[code], str(error), str(path)) if code in _DISK else None


def _open_to_write(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    return sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=30)


def _open_to_read(path: Path) -> sqlite3.Connection:
    """Read-only also on a read-only disk, where WAL's shared memory cannot be made."""
    base = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, check_same_thread=False, timeout=30)
    try:
        base.execute("SELECT 1 FROM sqlite_schema").fetchone()
    except sqlite3.OperationalError:
        base.close()
        base = sqlite3.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True, check_same_thread=False)
    return base
