"""Proves a portal's folder whole: every byte of its WARCs, and ledger, articles and index against them.

Reads on after damage, names each with file, offset and address, and holds no more than one file's record ids. What a
running crawl has not committed yet is no damage.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path
from typing import Any

from archive.storage import index
from archive.storage.ledger import LedgerError, connect
from archive.storage.members import Member, iter_members
from archive.storage.paths import OPEN, PortalPaths
from archive.storage.record import RecordHead, bare, target

_ROW = "record_id, url, date, kind, offset, length, payload_digest"
_FILENAME = re.compile(rb'"filename": "([^"]*)"')


@dataclass(frozen=True, slots=True)
class Damage:
    """Something that is not as it was written."""

    file: str  # within the portal's folder
    what: str
    offset: int | None = None  # bytes, of the gzip member or the line
    url: str | None = None  # the address whose capture it is, or the article's

    def __str__(self) -> str:
        place = f"{self.file} at {self.offset}" if self.offset is not None else self.file
        return f"{place}: {self.what}" + (f" ({self.url})" if self.url else "")


@dataclass(slots=True)
class Counts:
    """What was looked at."""

    files: int = 0
    bytes: int = 0
    records: int = 0
    exchanges: int = 0
    snapshots: int = 0
    articles: int = 0
    unfinished: int = 0  # WARCs still open: of a running crawl, or for the next one to mend
    damages: int = 0


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of `snapshots`."""

    record_id: str
    url: str
    date: str
    kind: str
    offset: int
    length: int
    payload_digest: str | None


@dataclass(slots=True)
class _Index:
    """The lines an index should have, as a sum that does not depend on their order."""

    files: set[bytes] = field(default_factory=set)
    total: int = 0

    def add(self, line: bytes) -> None:
        self.total += int.from_bytes(hashlib.sha256(line).digest(), "big")


def verify_portal(paths: PortalPaths, counts: Counts | None = None) -> Iterator[Damage]:
    """Every damage of a portal's folder, as it is found; `counts` is filled in meanwhile."""
    counts = Counts() if counts is None else counts
    for damage in _portal(paths, counts):
        counts.damages += 1
        yield damage


def _portal(paths: PortalPaths, counts: Counts) -> Iterator[Damage]:
    running = _is_held(paths.lock)
    closed, unfinished = paths.closed_warcs(), paths.open_warcs()
    try:
        ledger = connect(paths.ledger, write=False)
        ledger.execute("BEGIN")  # one view of it, whatever a crawl commits meanwhile
        yield from _sound(ledger)
    except (LedgerError, sqlite3.DatabaseError) as error:
        yield Damage(paths.ledger.name, str(error).removeprefix(f"{paths.ledger}: "))
        ledger = None
    try:
        lines = _Index()
        before = counts.damages
        for path in closed:
            yield from _file(path, path.name, ledger, lines, counts)
        for path in unfinished:
            counts.unfinished += 1
            yield from _file(path, path.name.removesuffix(OPEN), ledger, lines, counts)
        if ledger is not None:
            yield from _absent(ledger, {path.name.removesuffix(OPEN) for path in (*closed, *unfinished)})
            yield from _articles(paths.articles, ledger, running, counts)
        if counts.damages == before:
            yield from _index(paths.index, lines)
    except sqlite3.DatabaseError as error:
        yield Damage(paths.ledger.name, str(error))
    finally:
        if ledger is not None:
            ledger.close()


def _is_held(lock: Path) -> bool:
    """Whether a crawl writes to the folder."""
    try:
        descriptor = os.open(lock, os.O_RDONLY)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(descriptor)
    return False


def _sound(ledger: sqlite3.Connection) -> Iterator[Damage]:
    """The ledger by itself: its pages, and its rows by each other."""
    for (problem,) in ledger.execute("PRAGMA integrity_check(20)"):
        if problem != "ok":
            yield Damage("ledger.sqlite", problem)
    for table, row, parent, _ in ledger.execute("PRAGMA foreign_key_check"):
        yield Damage("ledger.sqlite", f"row {row} of {table} names a row of {parent} that is not there")
    wrong = (
        "SELECT s.id, s.url FROM snapshots AS s JOIN snapshots AS o ON o.id = s.refers_to"
        " WHERE o.kind <> 'response' OR o.payload_digest IS NOT s.payload_digest"
    )
    for serial, url in ledger.execute(wrong):
        yield Damage("ledger.sqlite", f"snapshot {serial} refers to another payload than its own", url=url)


def _file(path: Path, name: str, ledger: sqlite3.Connection | None, lines: _Index, counts: Counts) -> Iterator[Damage]:
    """One WARC; of an unfinished one only what the ledger has acknowledged."""
    counts.files += 1
    where = f"warc/{path.name}"
    rows = (
        [_Row(*row) for row in ledger.execute(f"SELECT {_ROW} FROM snapshots WHERE warc = ?", (name,))]
        if ledger
        else []
    )
    check = _FileCheck(where, name, {row.record_id: row for row in rows}, ledger is not None)
    finished = path.name == name
    end = None if finished else max((row.offset + row.length for row in rows), default=0)
    try:
        for member in iter_members(path, known=check.rows or None):
            if end is not None and member.offset >= end:
                break
            counts.bytes += member.length
            counts.records += member.record is not None
            yield from check.member(member)
            if finished and member.record is not None:
                line = index.line(member.record, member.http, member.offset, member.length, name)
                if line:
                    lines.files.add(name.encode())
                    lines.add(line.encode())
    except OSError as error:
        yield Damage(where, f"cannot be read: {error.strerror}")
    yield from check.end(finished)
    counts.exchanges += check.exchanges
    counts.snapshots += len(rows)


class _FileCheck:
    """What is known of a WARC while it is walked through."""

    def __init__(self, where: str, name: str, rows: dict[str, _Row], has_ledger: bool) -> None:
        self.where = where
        self.name = name
        self.rows = rows
        self.exchanges = 0
        self._has_ledger = has_ledger
        self._first = True
        self._damaged = False
        self._seen: set[str] = set()
        self._unknown: list[Member] = []  # snapshots that the ledger does not name
        self._ids: set[str] = set()
        self._dangling: list[tuple[Member, str]] = []  # what a record names beside itself
        self._incomplete: dict[str, Member] = {}  # exchanges whose metadata record has not come yet
        self._own = 0
        self._foreign: list[Member] = []

    def member(self, member: Member) -> Iterator[Damage]:
        record = member.record
        if member.problem:
            self._damaged = True
            yield Damage(self.where, member.problem, member.offset, self._address(member))
        if member.lost or record is None:
            return
        self._own += member.own
        if not member.own:
            self._foreign.append(member)
        if self._first and (problem := self._beginning(member, record)):
            yield Damage(self.where, problem, member.offset)
        self._first = False
        yield from self._against_ledger(member, record)
        self._companions(member, record)

    def _address(self, member: Member) -> str | None:
        """The address of a damaged member: by itself, else the first that the ledger has in its bytes."""
        if member.record is not None and member.record.url:
            return member.record.url
        inside = [row for row in self.rows.values() if member.offset <= row.offset < member.end]
        return min(inside, key=lambda row: row.offset).url if inside else None

    def _beginning(self, member: Member, record: RecordHead) -> str | None:
        if record.type != "warcinfo":
            return "does not begin with a warcinfo record" if member.own else None
        inside = record.get("WARC-Filename")
        return f"is the file {inside}" if member.own and inside != self.name else None

    def _against_ledger(self, member: Member, record: RecordHead) -> Iterator[Damage]:
        row = self.rows.get(record.record_id)
        if row is None:
            if record.type in ("response", "revisit"):
                self._unknown.append(member)
            return
        if row.record_id in self._seen:
            yield Damage(self.where, f"a second record {row.record_id}", member.offset, row.url)
        self._seen.add(row.record_id)
        pairs: dict[str, tuple[object, object]] = {
            "offset": (member.offset, row.offset),
            "length": (member.length, row.length),
            "kind": (record.type, row.kind),
            "date": (record.date, row.date),
            "address": (record.url, target(row.url)),
            "payload digest": (record.get("WARC-Payload-Digest"), row.payload_digest),
        }
        for name, (here, there) in pairs.items():
            if here != there:
                yield Damage(self.where, f"its {name} is {here}, in the ledger {there}", member.offset, row.url)

    def _companions(self, member: Member, record: RecordHead) -> None:
        beside = [bare(each) for each in record.all("WARC-Concurrent-To")]
        self._ids.add(record.record_id)
        self._dangling += [(member, each) for each in beside if each not in self._ids]
        if record.type == "metadata":
            for each in beside:
                self._incomplete.pop(each, None)
        if record.type in ("response", "revisit") or (record.type in ("request", "metadata") and not beside):
            self.exchanges += 1
            if record.type != "metadata":
                self._incomplete[record.record_id] = member

    def end(self, finished: bool) -> Iterator[Damage]:
        """What only the whole file can tell."""
        own = self._own > len(self._foreign)
        for member in self._foreign if own else ():
            yield Damage(self.where, "gzip: its head is not as written", member.offset, self._address(member))
        for row in self.rows.values():
            if row.record_id not in self._seen and not self._damaged:
                yield Damage(self.where, f"no {row.kind} record {row.record_id} there", row.offset, row.url)
        if finished and self._has_ledger and (own or self.rows):
            for member in self._unknown:
                yield Damage(self.where, "the ledger does not know it", member.offset, self._address(member))
        if finished and own and not self._damaged:
            for member, beside in self._dangling:
                if beside not in self._ids:
                    yield Damage(self.where, f"{beside} is not beside it", member.offset, self._address(member))
            for member in self._incomplete.values():
                yield Damage(self.where, "its metadata record is missing", member.offset, self._address(member))


def _absent(ledger: sqlite3.Connection, names: Iterable[str]) -> Iterator[Damage]:
    """Snapshots whose WARC is not in the folder."""
    there = json.dumps(sorted(names))
    query = "SELECT warc, offset, url FROM snapshots WHERE warc NOT IN (SELECT value FROM json_each(?)) ORDER BY id"
    for name, offset, url in ledger.execute(query, (there,)):
        yield Damage(f"warc/{name}", "the file is missing", offset, url)


def _articles(path: Path, ledger: sqlite3.Connection, running: bool, counts: Counts) -> Iterator[Damage]:
    """articles.jsonl is the ledger's revisions, line by line, and every item names a snapshot."""
    rows = ledger.execute(
        "SELECT r.article, r.item, s.warc, s.offset, s.length, s.record_id, s.date, s.payload_digest"
        " FROM revisions AS r LEFT JOIN snapshots AS s ON s.id = r.snapshot ORDER BY r.serial"
    )
    name = path.name
    offset = 0
    for line, row in zip_longest(_lines(path), rows):
        if row is None:
            if not running:
                yield Damage(name, "more lines than the ledger has revisions", offset)
            return
        article, item, *snapshot = row
        counts.articles += 1
        if line is None and not running:
            yield Damage(name, "its line is missing", offset, article)
        elif line is not None and line != item.encode() + b"\n" and not (running and not line.endswith(b"\n")):
            yield Damage(name, "the line is not the ledger's", offset, article)
        yield from (Damage(name, problem, offset, article) for problem in _reference(item, snapshot))
        offset += len(line or b"")


def _lines(path: Path) -> Iterator[bytes]:
    if path.exists():
        with path.open("rb") as file:
            yield from file


def _reference(item: str, snapshot: list[Any]) -> Iterator[str]:
    """What is wrong with an item's reference to its capture."""
    named = json.loads(item).get("snapshot")
    if not named:
        yield "the item names no snapshot"
        return
    names = ("warc", "offset", "length", "record_id", "date", "payload_digest")
    if [named.get(each) for each in names] != snapshot:
        yield f"the item's snapshot {named.get('record_id')} is not the ledger's {snapshot[3]}"


def _index(path: Path, expected: _Index) -> Iterator[Damage]:
    """The index is sorted and says what the WARCs say."""
    found = _Index()
    last = b""
    offset = 0
    for line in _lines(path):
        if line <= last:
            yield Damage(path.name, "not in order", offset)
            return
        name = _FILENAME.search(line)
        if name is None or name[1] in expected.files:
            found.add(line.rstrip(b"\n"))
        last = line
        offset += len(line)
    if found.total != expected.total:
        yield Damage(path.name, "does not say what the WARCs hold; it can be made anew from them")
