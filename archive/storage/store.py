"""A portal's folder, open for one run: locked, recovered, written to, and closed whole.

The order that loses nothing: an exchange is written to the WARC before anybody interprets it; `commit` makes the WARC
durable, then the ledger, then appends to articles.jsonl. So the ledger never names a record that a power cut can take,
and articles.jsonl can always be topped up from the ledger.
"""

from __future__ import annotations

import fcntl
import os
import socket
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from archive.schema import Article, Exchange, stamp
from archive.storage import recovery, warc
from archive.storage.entries import POSTED, Outcome, Snapshot
from archive.storage.forms import Forms, KeptForm, load_forms, save_forms
from archive.storage.ledger import Ledger
from archive.storage.lines import Lines
from archive.storage.paths import PortalPaths
from archive.storage.room import Room
from archive.storage.tables import LedgerError


class ArchiveLocked(Exception):
    """Another process writes to the portal's folder; the message says which."""


@dataclass(frozen=True, slots=True)
class Form:
    """The text of the form a portal was read with."""

    slug: str
    digest: str
    text: str


@dataclass(frozen=True, slots=True)
class Recovered:
    """What the start of a run found that a dead run had left: whole records, and bytes of a torn one set aside."""

    records: int
    torn: int


class PortalArchive:
    """One portal's folder, held by this process until `close`.

    `record` belongs to the thread that captures, `commit` to the committer's. Raises ArchiveLocked where another
    process holds the folder, LedgerError for a newer format or a damaged folder, warc.ArchiveDiskError when the disk
    refuses.
    """

    def __init__(self, paths: PortalPaths, form: Form, run: str, info: dict[str, str], min_free: int = 0) -> None:
        self.paths = paths
        self.run = run
        paths.make()
        self._room = Room(paths.root, min_free)
        self._room.need(0)
        self._lock = hold(paths.lock)
        try:
            _expect_ledger(paths)
            self.ledger = Ledger(paths.ledger)
            self.recovered = self._recover()
            keep_form(paths.form, form)
            self._lines = Lines(paths.articles, self.ledger)
            self._writer = warc.WarcWriter(paths, info)
        except BaseException:
            os.close(self._lock)
            raise
        self._pending: list[Snapshot] = []
        self._guard = threading.Lock()
        self.bytes_written = 0

    def record(self, exchange: Exchange, key: str, original: Snapshot | None = None) -> Snapshot:
        """Write an exchange; a 304 refers to `original`, the capture whose validators were sent."""
        self._room.need(exchange.size)
        not_modified = _original(original) if original is not None and exchange.status == 304 else None
        # a reader finds what a revisit stands for by its address, and so never the answer to a POST
        find_original = None if POSTED in key else self._find_original
        written = self._writer.write(exchange, find_original=find_original, not_modified=not_modified)
        row = Snapshot(
            key=key,
            url=exchange.url,
            date=written.snapshot.date,
            kind=written.kind,
            status=exchange.status,
            media_type=written.media_type,
            warc=written.snapshot.warc,
            offset=written.snapshot.offset,
            length=written.snapshot.length,
            record_id=written.snapshot.record_id,
            payload_digest=written.snapshot.payload_digest,
            payload_length=written.payload_length,
            truncated=exchange.truncated,
            refers_to=written.refers_to,
            error=exchange.error,
            run=self.run,
        )
        with self._guard:
            self._pending.append(row)
        self.bytes_written += written.size
        return row

    def _find_original(self, url: str, payload_digest: str) -> warc.Original | None:
        with self._guard:
            for row in self._pending:
                if row.payload_digest == payload_digest and row.may_be_referred_to:
                    return _original(row)
        found = self.ledger.original(url, payload_digest)
        return warc.Original(*found, payload_digest) if found else None

    def commit(self, outcomes: Sequence[Outcome]) -> None:
        """Make durable every exchange written so far, then all that the outcomes say, in one transaction."""
        with self._guard:
            covered, self._pending = self._pending, []
        try:
            self._writer.sync()
            lines = self.ledger.commit(covered, outcomes)
        except BaseException:
            with self._guard:
                self._pending = covered + self._pending
            raise
        self._lines.append(lines)

    def append(self, readings: Iterable[tuple[str, Article]], at: str) -> int:
        """Keep revisions that come of reading captures again, by address key; gives their number."""
        lines = self.ledger.append(readings, at)
        self._lines.append(lines)
        return len(lines)

    def close(self) -> None:
        """Commit what is left, close the WARC under its final name, and let go of the folder."""
        try:
            self.commit(())
            self._writer.close()
        finally:
            self.ledger.close()
            self._lines.close()
            os.close(self._lock)

    def _recover(self) -> Recovered:
        """Close what a dead run left open at its last whole record, and enter the records its ledger never saw."""
        for path in self.paths.warc_dir.glob("*.part"):  # of an import or a repair that died: both hold the lock
            path.unlink()
        records = torn = 0
        for path in self.paths.open_warcs():
            left = recovery.recover(path, self.ledger.warc_end(path.name.removesuffix(".open")), self._enter)
            records += len(left.records)
            torn += left.torn
        return Recovered(records, torn)

    def _enter(self, records: list[recovery.RecoveredRecord]) -> None:
        """Before the file gets its name: no start looks for records in a file that is closed."""
        self.ledger.commit([_row(record, self.run) for record in records], ())


def _row(record: recovery.RecoveredRecord, run: str) -> Snapshot:
    return Snapshot(
        key=record.url + POSTED if record.posted else record.url,
        url=record.url,
        date=record.snapshot.date,
        kind=record.kind,
        status=record.status,
        media_type=record.media_type,
        warc=record.snapshot.warc,
        offset=record.snapshot.offset,
        length=record.snapshot.length,
        record_id=record.snapshot.record_id,
        payload_digest=record.snapshot.payload_digest,
        payload_length=record.payload_length,
        truncated=record.truncated,
        refers_to=record.refers_to,
        error=None,
        run=run,
    )


def _original(row: Snapshot) -> warc.Original:
    return warc.Original(row.record_id, row.url, row.date, row.payload_digest)


def hold(path: Path) -> int:
    """A lock that a dead process cannot leave behind: flock, on a file that is never deleted."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.read(descriptor, 300).decode(errors="replace").strip() or "another process"
        os.close(descriptor)
        raise ArchiveLocked(f"{path.parent}: being written to by {holder}") from None
    os.ftruncate(descriptor, 0)
    holder = f"process {os.getpid()} on {socket.gethostname()} since {stamp(datetime.now(UTC))}\n"
    os.write(descriptor, holder.encode())
    return descriptor


def keep_form(path: Path, form: Form) -> None:
    """Enter the form into the folder's portal.toml, by digest, as the current one; older ones stay."""
    kept = load_forms(path) if path.exists() else Forms(form.slug, form.digest)
    known = kept.forms.get(form.digest)
    if known and known.text == form.text and kept.current == form.digest:
        return
    kept.current = form.digest
    kept.forms[form.digest] = KeptForm(known.first_used if known else stamp(datetime.now(UTC)), form.text)
    save_forms(path, kept)


def _expect_ledger(paths: PortalPaths) -> None:
    """A new ledger beside captures would begin the portal's history anew, and cut articles.jsonl to it."""
    lost = not paths.ledger.exists() or not paths.ledger.stat().st_size
    if lost and (any(paths.warc_dir.glob("*.warc.gz")) or (paths.articles.exists() and paths.articles.stat().st_size)):
        raise LedgerError(
            f"{paths.ledger}: missing or empty beside what it led to; take it from a copy (archive repair --from), or"
            f" move {paths.root} away and take its WARCs in (scrapy reextract --from)"
        )
