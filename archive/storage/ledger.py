"""The ledger of one portal: every address and what became of it, every snapshot, every revision of every article.

One SQLite file in WAL mode with synchronous=FULL: what is committed survives a power cut. Writing belongs to the one
committer thread; the frontier reads over a connection of its own. Times are ISO 8601 in UTC: text order is time order.
"""

from __future__ import annotations

import errno
import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from archive.schema import Article, SnapshotRef
from archive.storage.disk import ArchiveDiskError

FORMAT = 1

SCHEMA = """
CREATE TABLE addresses (
    id             INTEGER PRIMARY KEY,           -- order of discovery
    key            TEXT NOT NULL UNIQUE,          -- canonical address: one row for all its spellings
    url            TEXT NOT NULL,                 -- the spelling to ask for
    host           TEXT NOT NULL,                 -- host, with a port that is not the scheme's: what is paced
    kind           TEXT NOT NULL,                 -- home section list feed sitemap article attachment image robots
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
    kind           TEXT NOT NULL,                 -- response revisit request (no byte came)
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
    event          TEXT NOT NULL,                 -- missing gone back
    at             TEXT NOT NULL,
    run            TEXT NOT NULL,
    detail         TEXT
) STRICT;
CREATE INDEX history ON events (article, serial);
"""

# Order of asking within a host: what is new before what lies deeper, rechecks last.
RANKS = {
    "robots": 0, "home": 1, "section": 1, "feed": 1, "sitemap": 1, "article": 2, "attachment": 3, "image": 3, "list": 4,
}  # fmt: skip
RECHECK = 5


class LedgerError(Exception):
    """A ledger that cannot be used: a newer format, a damaged file, or none at all."""


class NewerFormat(LedgerError):
    """A ledger that a newer program has written."""


@dataclass(frozen=True, slots=True)
class Found:
    """An address to keep; `again`: ask for it in this run although it is known."""

    key: str
    url: str
    host: str
    kind: str
    section: str | None = None
    via: str | None = None
    hops: str = ""
    depth: int = 0
    redirects: int = 0
    again: bool = False


@dataclass(frozen=True, slots=True)
class Address:
    """A row of `addresses`, as the frontier hands it out."""

    id: int
    key: str
    url: str
    host: str
    kind: str
    rank: int
    section: str | None
    via: str | None
    hops: str
    depth: int
    redirects: int
    tries: int
    first_seen: str
    checked_at: str | None
    changed_at: str | None
    etag: str | None
    last_modified: str | None
    snapshot: int | None
    article: str | None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A row of `snapshots`; `refers_to` is the record id of the original a revisit stands for."""

    key: str
    url: str
    date: str
    kind: str
    status: int | None
    media_type: str | None
    warc: str
    offset: int
    length: int
    record_id: str
    payload_digest: str | None
    payload_length: int | None
    truncated: str | None
    refers_to: str | None
    error: str | None
    run: str

    @property
    def ref(self) -> SnapshotRef:
        """Where the record is, as an item says it."""
        return SnapshotRef(self.warc, self.offset, self.length, self.record_id, self.date, self.payload_digest)

    @property
    def may_be_referred_to(self) -> bool:
        """Whether a revisit may stand for it: a whole response, never a revisit itself."""
        return self.kind == "response" and self.status == 200 and self.truncated is None


@dataclass(frozen=True, slots=True)
class Capture:
    """A page that can be read again: its record, the original of a revisit, and the newest item read from it."""

    key: str
    url: str
    snapshot: Snapshot
    original: Snapshot | None
    item: dict[str, Any] | None


@dataclass(slots=True)
class Outcome:
    """What became of one asking: the address's new state, what it led to, and the article's new revisions."""

    key: str
    state: str
    at: str
    run: str
    reason: str | None = None
    url: str | None = None
    due_at: str | None = None
    status: int | None = None
    answered: bool = True
    etag: str | None = None
    last_modified: str | None = None
    snapshot: str | None = None
    article: str | None = None
    redirects: int | None = None
    revisions: tuple[Article, ...] = ()
    found: tuple[Found, ...] = ()
    event: tuple[str, str | None] | None = None
    new: list[str] = field(default_factory=list)


_ADDRESS = ", ".join(Address.__slots__)
_SNAPSHOT = ", ".join(name for name in Snapshot.__slots__ if name != "refers_to")


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


class Ledger:
    """The ledger of one portal, opened for writing."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._base = connect(path, write=True)
        self._read = connect(path, write=False)

    def close(self) -> None:
        """Close both connections; SQLite folds the write-ahead log into the file."""
        self._read.close()
        self._base.close()

    # The frontier's questions, asked in the reactor's thread.

    def due_hosts(self) -> list[str]:
        """Hosts that have an address due."""
        return [host for (host,) in self._read.execute("SELECT DISTINCT host FROM addresses WHERE state = 'due'")]

    def next_due(self, host: str, now: str, kinds: Iterable[str] | None = None) -> Address | None:
        """The address of `host` to ask for next, of one of `kinds` where given."""
        only = f"AND kind IN ({', '.join(repr(kind) for kind in kinds)})" if kinds is not None else ""
        row = self._read.execute(
            f"SELECT {_ADDRESS} FROM addresses WHERE state = 'due' AND host = ?"
            f" AND (due_at IS NULL OR due_at <= ?) {only} ORDER BY rank, tries, id LIMIT 1",
            (host, now),
        ).fetchone()
        return Address(*row) if row else None

    def next_due_at(self, host: str) -> str | None:
        """When the earliest postponed address of `host` may be asked for."""
        row = self._read.execute(
            "SELECT min(due_at) FROM addresses WHERE state = 'due' AND host = ?", (host,)
        ).fetchone()
        return row[0] if row else None

    def address(self, key: str) -> Address | None:
        """The address with that key."""
        row = self._read.execute(f"SELECT {_ADDRESS} FROM addresses WHERE key = ?", (key,)).fetchone()
        return Address(*row) if row else None

    def known(self, keys: Iterable[str]) -> set[str]:
        """Those of `keys` that the ledger holds."""
        wanted = json.dumps(list(keys))
        rows = self._read.execute("SELECT key FROM addresses WHERE key IN (SELECT value FROM json_each(?))", (wanted,))
        return {key for (key,) in rows}

    def original(self, url: str, payload_digest: str) -> tuple[str, str, str] | None:
        """Record id, address and date of a whole response of that payload, that of `url` first."""
        row: tuple[str, str, str] | None = self._read.execute(
            "SELECT record_id, url, date FROM snapshots WHERE payload_digest = ? AND kind = 'response'"
            " AND truncated IS NULL AND status = 200 ORDER BY url <> ?, id LIMIT 1",
            (payload_digest, url),
        ).fetchone()
        return row

    def snapshot(self, serial: int) -> Snapshot | None:
        """The snapshot of that number."""
        row = self._read.execute(
            f"SELECT {_SNAPSHOT}, (SELECT record_id FROM snapshots AS o WHERE o.id = s.refers_to)"
            " FROM snapshots AS s WHERE id = ?",
            (serial,),
        ).fetchone()
        return _snapshot(row) if row else None

    def original_of(self, record_id: str) -> Snapshot | None:
        """The response that the revisit of that record id stands for; None for a record that is no revisit."""
        row = self._read.execute("SELECT refers_to FROM snapshots WHERE record_id = ?", (record_id,)).fetchone()
        return self.snapshot(row[0]) if row and row[0] else None

    def last_revision(self, article: str) -> dict[str, Any] | None:
        """The newest item of an article."""
        row = self._read.execute(
            "SELECT item FROM revisions WHERE article = ? ORDER BY serial DESC LIMIT 1", (article,)
        ).fetchone()
        return json.loads(row[0]) if row else None

    def last_event(self, article: str) -> tuple[str, str] | None:
        """Name and run of the newest event of an article."""
        row: tuple[str, str] | None = self._read.execute(
            "SELECT event, run FROM events WHERE article = ? ORDER BY serial DESC LIMIT 1", (article,)
        ).fetchone()
        return row

    def counts(self) -> dict[str, int]:
        """How many addresses stand in which state."""
        return dict(self._read.execute("SELECT state, count(*) FROM addresses GROUP BY state"))

    def warc_end(self, warc: str) -> int:
        """The byte after the last record of a WARC that the ledger knows."""
        row = self._read.execute("SELECT max(offset + length) FROM snapshots WHERE warc = ?", (warc,)).fetchone()
        return row[0] or 0

    def lines(self, after: int = 0) -> Iterator[tuple[int, str]]:
        """Serial and text of every line of articles.jsonl after a serial."""
        yield from self._read.execute("SELECT serial, item FROM revisions WHERE serial > ? ORDER BY serial", (after,))

    def line(self, serial: int) -> str | None:
        """The text of that line of articles.jsonl."""
        row = self._read.execute("SELECT item FROM revisions WHERE serial = ?", (serial,)).fetchone()
        return row[0] if row else None

    # Writing, in the committer's thread, or at start before it runs.

    def begin_run(self, run: str, now: str, found: Iterable[Found], *, full: bool) -> None:
        """Make due what this run is to ask for: where it starts, what is ripe, and every known article when `full`."""
        with self._transaction():
            self._base.execute(
                "UPDATE addresses SET state = 'due', due_at = NULL, tries = 0,"
                f" rank = CASE WHEN article IS NULL THEN rank ELSE {RECHECK} END"
                " WHERE (state <> 'due' AND due_at <= :now) OR (:full AND state = 'done' AND article IS NOT NULL)",
                {"now": now, "full": full},
            )
            for each in found:
                self._offer(each, now, run)

    def commit(self, snapshots: Iterable[Snapshot], outcomes: Iterable[Outcome]) -> list[tuple[int, str]]:
        """One transaction: the snapshots and all that follows from them; returns the new lines of articles.jsonl."""
        lines: list[tuple[int, str]] = []
        with self._transaction():
            for snapshot in snapshots:
                self._insert_snapshot(snapshot)
            for outcome in outcomes:
                lines += self._apply(outcome)
        return lines

    def append(self, readings: Iterable[tuple[str, Article]], at: str) -> list[tuple[int, str]]:
        """Revisions that come of reading captures again, by the address's key; returns the lines of articles.jsonl."""
        with self._transaction():
            return [self._append(key, article, at) for key, article in readings]

    def captures(self) -> Iterator[Capture]:
        """What can be read again: every article's newest reading, and every page that was read as none."""
        rows = self._read.execute(
            "SELECT a.key, a.url, r.item, r.snapshot FROM addresses a JOIN revisions r ON r.serial ="
            " (SELECT max(serial) FROM revisions WHERE article = a.article) UNION ALL"
            " SELECT key, url, NULL, snapshot FROM addresses"
            " WHERE kind = 'article' AND article IS NULL AND snapshot IS NOT NULL AND status = 200 ORDER BY 4"
        )
        for key, url, item, serial in rows.fetchall():
            if (row := self.snapshot(serial)) is not None:
                yield Capture(
                    key, row.url or url, row, self.original_of(row.record_id), json.loads(item) if item else None
                )

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        try:
            self._base.execute("BEGIN IMMEDIATE")
            yield
            self._base.execute("COMMIT")
        except BaseException as error:
            if self._base.in_transaction:  # SQLite has rolled back by itself where the disk was full
                self._base.execute("ROLLBACK")
            raise refused_by_disk(error, self._path) or error from None

    def _insert_snapshot(self, snapshot: Snapshot) -> None:
        values = [getattr(snapshot, name) for name in Snapshot.__slots__ if name != "refers_to"]
        self._base.execute(
            f"INSERT INTO snapshots ({_SNAPSHOT}, refers_to)"
            f" VALUES ({', '.join('?' * len(values))}, (SELECT id FROM snapshots WHERE record_id = ?))"
            " ON CONFLICT (record_id) DO NOTHING",
            (*values, snapshot.refers_to),
        )

    def _apply(self, outcome: Outcome) -> Iterator[tuple[int, str]]:
        base = self._base
        for found in outcome.found:
            if self._offer(found, outcome.at, outcome.run):
                outcome.new.append(found.key)
        snapshot = base.execute("SELECT id FROM snapshots WHERE record_id = ?", (outcome.snapshot,)).fetchone()
        tries = "0" if outcome.answered else "tries + 1"
        base.execute(
            "UPDATE addresses SET state = :state, reason = :reason, due_at = :due_at, run = :run, status = :status,"
            f" url = coalesce(:url, url), redirects = coalesce(:redirects, redirects), tries = {tries},"
            " checked_at = CASE WHEN :answered THEN :at ELSE checked_at END,"
            " etag = coalesce(:etag, etag), last_modified = coalesce(:last_modified, last_modified),"
            " snapshot = coalesce(:snapshot, snapshot), article = coalesce(:article, article) WHERE key = :key",
            {
                "state": outcome.state, "reason": outcome.reason, "due_at": outcome.due_at, "run": outcome.run,
                "status": outcome.status, "url": outcome.url, "redirects": outcome.redirects,
                "answered": outcome.answered, "at": outcome.at, "etag": outcome.etag,
                "last_modified": outcome.last_modified, "snapshot": snapshot[0] if snapshot else None,
                "article": outcome.article, "key": outcome.key,
            },
        )  # fmt: skip
        if outcome.event and outcome.article:
            event, detail = outcome.event
            base.execute(
                "INSERT INTO events (article, event, at, run, detail) VALUES (?, ?, ?, ?, ?)",
                (outcome.article, event, outcome.at, outcome.run, detail),
            )
        for article in outcome.revisions:
            yield self._append(outcome.key, article, outcome.at)

    def _append(self, key: str, article: Article, at: str) -> tuple[int, str]:
        """A revision's snapshot is the one its item names, which for a reading by other rules is an older one."""
        item = json.dumps(article.to_dict(), ensure_ascii=False)
        record = article.snapshot.record_id if article.snapshot else None
        serial = self._base.execute(
            "INSERT INTO revisions (article, revision, cause, snapshot, recorded_at, item)"
            " VALUES (?, ?, ?, (SELECT id FROM snapshots WHERE record_id = ?), ?, ?)",
            (article.id, article.revision, article.cause, record, at, item),
        ).lastrowid
        changed = "changed_at" if article.cause == "rules" else ":at"  # the page did not change, our reading did
        self._base.execute(
            f"UPDATE addresses SET article = :article, changed_at = {changed} WHERE key = :key",
            {"article": article.id, "at": at, "key": key},
        )
        return serial or 0, item

    def _offer(self, found: Found, at: str, run: str) -> bool:
        """Keep an address; true where it was not known. A known one is asked again only where the offer says so."""
        cursor = self._base.execute(
            "INSERT INTO addresses (key, url, host, kind, rank, section, via, hops, depth, redirects, state,"
            " first_seen, last_seen) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'due', ?, ?) ON CONFLICT (key) DO NOTHING",
            (
                found.key, found.url, found.host, found.kind, RANKS[found.kind], found.section, found.via, found.hops,
                found.depth, found.redirects, at, at,
            ),
        )  # fmt: skip
        if cursor.rowcount:
            return True
        self._base.execute(
            "UPDATE addresses SET last_seen = ?, section = coalesce(section, ?) WHERE key = ?",
            (at, found.section, found.key),
        )
        if found.again:
            self._base.execute(
                "UPDATE addresses SET state = 'due', due_at = NULL, url = ?, depth = ?, via = ?, redirects = ?"
                " WHERE key = ? AND state <> 'due' AND run IS NOT ?",
                (found.url, found.depth, found.via, found.redirects, found.key, run),
            )
        return False


def _snapshot(row: tuple[Any, ...]) -> Snapshot:
    return Snapshot(**dict(zip((*_SNAPSHOT.split(", "), "refers_to"), row, strict=True)))
