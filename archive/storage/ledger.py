"""The ledger of one portal: every address and what became of it, every snapshot, every revision of every article.

One SQLite file in WAL mode with synchronous=FULL: what is committed survives a power cut. Writing belongs to the one
committer thread; the frontier reads over a connection of its own. Times are ISO 8601 in UTC: text order is time order.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from archive.schema import Article, stamp
from archive.storage.entries import POSTED, Address, Capture, Found, Outcome, Snapshot
from archive.storage.tables import connect, refused_by_disk

# Order of asking within a host: what is new before what lies deeper, rechecks last.
RANKS = {
    "robots": 0, "home": 1, "section": 1, "feed": 1, "sitemap": 1, "article": 2, "attachment": 3, "image": 3,
    "requisite": 3, "list": 4,
    "page": 4,  # came with a file that was taken in, and is no article: nothing is known of its use
}  # fmt: skip
RECHECK = 5
FAILED = 6  # after all others: pages refused night after night must not use up a host's patience before the rest
EARLY = timedelta(hours=8)  # what ripens in the course of a night is ripe at its start: a day is a night, not two
FARTHEST = timedelta(days=400)  # a year is the longest age at which anything is looked at again


_PAGES = "kind IN ('article', 'attachment', 'image', 'requisite')"  # what lists lead to
_ADDRESS = ", ".join(Address.__slots__)
_SNAPSHOT = ", ".join(name for name in Snapshot.__slots__ if name != "refers_to")

# A revisit may stand only for a whole response of its payload: others point them at revisits, or at nothing.
_REFER_ELSEWHERE = (
    "UPDATE snapshots SET refers_to = NULL WHERE kind = 'revisit' AND refers_to IS NOT NULL AND EXISTS (SELECT 1"
    " FROM snapshots AS o WHERE o.id = snapshots.refers_to AND (o.kind <> 'response'"
    " OR (o.payload_digest <> snapshots.payload_digest)))"
)
_SAME_PAYLOAD = (
    "FROM snapshots AS o WHERE o.payload_digest = snapshots.payload_digest AND o.kind = 'response'"
    " AND o.status = 200 AND o.truncated IS NULL"
)
_REFER_BY_DIGEST = (
    f"UPDATE snapshots SET refers_to = coalesce((SELECT min(o.id) {_SAME_PAYLOAD} AND o.url = snapshots.url),"
    f" (SELECT min(o.id) {_SAME_PAYLOAD})) WHERE kind = 'revisit' AND refers_to IS NULL"
    f" AND EXISTS (SELECT 1 {_SAME_PAYLOAD}) RETURNING warc"
)
_WHOLE = (
    "FROM snapshots AS s WHERE s.key = addresses.key AND s.truncated IS NULL"
    " AND (s.kind = 'resource' OR (s.kind = 'response' AND s.status = 200))"
)
_FILES_CAPTURED = (
    "UPDATE addresses SET state = 'done', status = 200,"
    f" snapshot = (SELECT s.id {_WHOLE} ORDER BY s.date DESC LIMIT 1),"
    f" checked_at = (SELECT max(s.date) {_WHOLE})"
    " WHERE kind IN ('attachment', 'image', 'requisite') AND state = 'due'"
    f" AND snapshot IS NULL AND EXISTS (SELECT 1 {_WHOLE})"
)


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
        row = self._read.execute(
            f"SELECT {_ADDRESS} FROM addresses WHERE state = 'due' AND host = ?"
            f" AND (due_at IS NULL OR due_at <= ?){_only(kinds)} ORDER BY rank, tries, id LIMIT 1",
            (host, now),
        ).fetchone()
        return Address(*row) if row else None

    def next_due_at(self, host: str, kinds: Iterable[str] | None = None) -> str | None:
        """When the earliest postponed address of `host`, of one of `kinds` where given, may be asked for."""
        row = self._read.execute(
            f"SELECT min(due_at) FROM addresses WHERE state = 'due' AND host = ?{_only(kinds)}", (host,)
        ).fetchone()
        return row[0] if row else None

    def address(self, key: str) -> Address | None:
        """The address with that key."""
        row = self._read.execute(f"SELECT {_ADDRESS} FROM addresses WHERE key = ?", (key,)).fetchone()
        return Address(*row) if row else None

    def known(self, keys: Iterable[str]) -> set[str]:
        """Those of `keys` that the ledger holds."""
        wanted = json.dumps(list(keys))
        rows = self._read.execute(
            "SELECT key FROM addresses WHERE kind <> 'page' AND key IN (SELECT value FROM json_each(?))", (wanted,)
        )
        return {key for (key,) in rows}

    def listed(self, keys: Iterable[str], since: str, now: str) -> int:
        """How many of `keys` hold an article and were not named between the two moments."""
        row = self._read.execute(
            "SELECT count(*) FROM addresses WHERE key IN (SELECT value FROM json_each(?))"
            " AND article IS NOT NULL AND last_seen NOT BETWEEN ? AND ?",
            (json.dumps(list(keys)), since, now),
        ).fetchone()
        return int(row[0])

    def original(self, url: str, payload_digest: str) -> tuple[str, str, str] | None:
        """Record id, address and date of a whole answer to a GET of that payload, that of `url` first."""
        row: tuple[str, str, str] | None = self._read.execute(
            "SELECT record_id, url, date FROM snapshots WHERE payload_digest = ? AND kind = 'response'"
            " AND truncated IS NULL AND status = 200 AND instr(key, ?) = 0 ORDER BY url <> ?, id LIMIT 1",
            (payload_digest, POSTED, url),
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

    def of_warcs(self, names: Iterable[str]) -> Iterator[Snapshot]:
        """The snapshots in those WARC files."""
        rows = self._read.execute(
            f"SELECT {_SNAPSHOT}, (SELECT record_id FROM snapshots AS o WHERE o.id = s.refers_to)"
            " FROM snapshots AS s WHERE warc IN (SELECT value FROM json_each(?)) ORDER BY id",
            (json.dumps(list(names)),),
        )
        yield from map(_snapshot, rows)

    def wordings(self, article: str) -> set[str]:
        """The digests of all revisions of an article."""
        return {each for (each,) in self._read.execute("SELECT revision FROM revisions WHERE article = ?", (article,))}

    def titles(self) -> set[str]:
        """The titles of all articles."""
        rows = self._read.execute("SELECT DISTINCT json_extract(item, '$.title') FROM revisions")
        return {title for (title,) in rows if title}

    def line(self, serial: int) -> str | None:
        """The text of that line of articles.jsonl."""
        row = self._read.execute("SELECT item FROM revisions WHERE serial = ?", (serial,)).fetchone()
        return row[0] if row else None

    # Writing, in the committer's thread, or at start before it runs.

    def begin_run(self, run: str, now: str, found: Iterable[Found], *, full: bool) -> None:
        """Make due what a run asks for: where it starts, what is ripe; when `full`, what is known.

        A full run asks for every known article and for all that failed or was refused, but never for what was erased.
        What a former run left due begins anew, its tries, redirects and pauses were that run's. No recheck is further
        off than a year: one that is was noted by a clock that was wrong, and is ripe.
        """
        began = datetime.fromisoformat(now)
        ripe, far = stamp(began + EARLY), stamp(began + FARTHEST)
        with self._transaction():
            self._base.execute(
                "UPDATE addresses SET due_at = NULL, tries = 0, redirects = 0,"
                f" rank = CASE WHEN tries > 0 AND {_PAGES} THEN {FAILED} ELSE rank END"
                " WHERE state = 'due' AND (tries > 0 OR redirects > 0 OR due_at IS NOT NULL)"
            )
            self._base.execute(
                "UPDATE addresses SET state = 'due', due_at = NULL, tries = 0, redirects = 0,"
                f" rank = CASE WHEN state = 'failed' AND {_PAGES} THEN {FAILED}"
                f" WHEN article IS NULL THEN rank ELSE {RECHECK} END"
                " WHERE (state <> 'due' AND (due_at <= :ripe OR due_at > :far))"
                " OR (:full AND reason IS NOT 'erased'"
                " AND (state IN ('failed', 'refused') OR state = 'done' AND article IS NOT NULL))",
                {"ripe": ripe, "far": far, "full": full},
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

    def settle_imports(self) -> set[str]:
        """Lead revisits that other tools wrote to their originals, and give files their captures, where now possible.

        Returns the names of the WARCs that such a revisit is in.
        """
        with self._transaction():
            self._base.execute(_REFER_ELSEWHERE)
            warcs = {warc for (warc,) in self._base.execute(_REFER_BY_DIGEST)}
            self._base.execute(_FILES_CAPTURED)
        return warcs

    def captures(self) -> list[tuple[str, str, int | None, int]]:
        """What can be read again: every article's newest reading, and every page that was read as none.

        By record: address key, address, serial of the revision, id of the snapshot.
        """
        return self._read.execute(
            "SELECT a.key, a.url, r.serial, r.snapshot FROM addresses a JOIN revisions r ON r.serial ="
            " (SELECT max(serial) FROM revisions WHERE article = a.article) UNION ALL"
            " SELECT key, url, NULL, snapshot FROM addresses"
            " WHERE kind IN ('article', 'page') AND article IS NULL AND snapshot IS NOT NULL AND status = 200"
            " ORDER BY 4"
        ).fetchall()

    def capture(self, key: str, url: str, revision: int | None, snapshot: int) -> Capture | None:
        """One of `captures` with all that is to be compared; None where its snapshot is not in the ledger."""
        row = self.snapshot(snapshot)
        item = self.line(revision) if revision is not None else None
        if row is None:
            return None
        return Capture(key, row.url or url, row, self.original_of(row.record_id), json.loads(item) if item else None)

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
            " etag = CASE WHEN :snapshot IS NULL THEN etag ELSE :etag END,"
            " last_modified = CASE WHEN :snapshot IS NULL THEN last_modified ELSE :last_modified END,"
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
            yield self._append(outcome.key, article, outcome.recorded_at or outcome.at, changed_at=outcome.at)

    def _append(self, key: str, article: Article, at: str, *, changed_at: str | None = None) -> tuple[int, str]:
        """A revision's snapshot is the one its item names, which for a reading by other rules is an older one."""
        item = json.dumps(article.to_dict(), ensure_ascii=False)
        record = article.snapshot.record_id if article.snapshot else None
        serial = self._base.execute(
            "INSERT INTO revisions (article, revision, cause, snapshot, recorded_at, item)"
            " VALUES (?, ?, ?, (SELECT id FROM snapshots WHERE record_id = ?), ?, ?)",
            (article.id, article.revision, article.cause, record, at, item),
        ).lastrowid
        if article.cause == "rules":  # the page did not change, our reading did
            changed_at = None
        self._base.execute(
            "UPDATE addresses SET article = :article, changed_at = coalesce(:changed_at, changed_at, :at)"
            " WHERE key = :key",
            {"article": article.id, "changed_at": changed_at, "at": at, "key": key},
        )
        return serial or 0, item

    def _offer(self, found: Found, at: str, run: str) -> bool:
        """Keep an address; true where it was not known. A known one is asked again only where the offer says so."""
        cursor = self._base.execute(
            "INSERT INTO addresses (key, url, host, kind, rank, section, via, hops, depth, redirects, state,"
            " first_seen, last_seen) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'due', ?, ?) ON CONFLICT (key) DO UPDATE SET"
            " url = excluded.url, kind = excluded.kind, rank = excluded.rank, section = excluded.section,"
            " via = excluded.via, hops = excluded.hops, depth = excluded.depth, state = 'due', reason = NULL"
            " WHERE addresses.kind = 'page' AND excluded.kind <> 'page'",
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


def _only(kinds: Iterable[str] | None) -> str:
    return f" AND kind IN ({', '.join(repr(kind) for kind in kinds)})" if kinds is not None else ""


def _snapshot(row: tuple[Any, ...]) -> Snapshot:
    return Snapshot(**dict(zip((*_SNAPSHOT.split(", "), "refers_to"), row, strict=True)))
