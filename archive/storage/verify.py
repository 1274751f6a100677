"""Proves a portal's folder whole: every byte of its WARCs; ledger, articles, index and forms against them.

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
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path
from typing import Any

from archive.storage import index
from archive.storage.away import Away, away
from archive.storage.damage import Damage, FileCheck, Row
from archive.storage.forms import wrong_forms
from archive.storage.members import iter_members
from archive.storage.paths import OPEN, PortalPaths
from archive.storage.rows import wrong_rows
from archive.storage.tables import LedgerError, connect

__all__ = ["Counts", "Damage", "verify_portal"]

_ROW = ", ".join(Row.__slots__)
_FILENAME = re.compile(rb'"filename": "([^"]*)"')


@dataclass(slots=True)
class Counts:
    """What was looked at."""

    files: int = 0
    bytes: int = 0
    records: int = 0
    exchanges: int = 0
    snapshots: int = 0
    articles: int = 0
    erased: int = 0  # exchanges whose place a tombstone holds, by `archive erase`
    unfinished: int = 0  # WARCs still open: of a running crawl, or for the next one to mend
    offline: list[Away] = field(default_factory=list)  # WARCs kept elsewhere, which were not looked into
    missing: int = 0  # WARCs that are not there while others are; each is a damage too
    damages: int = 0


@dataclass(slots=True)
class _Index:
    """The lines an index should have, as a sum that does not depend on their order."""

    files: set[bytes] = field(default_factory=set)
    total: int = 0

    def add(self, line: bytes) -> None:
        self.total += int.from_bytes(hashlib.sha256(line).digest(), "big")


def verify_portal(paths: PortalPaths, counts: Counts | None = None, *, held: bool = False) -> Iterator[Damage]:
    """Every damage of a portal's folder, as it is found; `counts` is filled in meanwhile.

    `held`: the lock is the caller's own, so nobody else is about to write what is missing.
    """
    counts = Counts() if counts is None else counts
    for damage in _portal(paths, counts, running=not held and _is_held(paths.lock)):
        counts.damages += 1
        yield damage


def _portal(paths: PortalPaths, counts: Counts, *, running: bool) -> Iterator[Damage]:
    if not paths.root.is_dir():
        yield Damage("", "the portal's folder is missing")
        return
    closed, unfinished = paths.closed_warcs(), paths.open_warcs()
    try:
        ledger = connect(paths.ledger, write=False)
        ledger.execute("BEGIN")  # one view of it, whatever a crawl commits meanwhile
        yield from wrong_rows(ledger)
    except (LedgerError, sqlite3.DatabaseError) as error:
        yield Damage(paths.ledger.name, str(error).removeprefix(f"{paths.ledger}: "))
        ledger = None
    forms: set[str] = set()
    try:
        lines = _Index()
        before = counts.damages
        for path in closed:
            yield from _file(path, path.name, ledger, lines, counts)
        for path in unfinished:
            counts.unfinished += 1
            yield from _file(path, path.name.removesuffix(OPEN), ledger, lines, counts)
        if ledger is not None:
            yield from _absent(away(paths, ledger.execute), counts)
            yield from _articles(paths.articles, ledger, running, counts, forms)
            ((counts.erased,),) = ledger.execute("SELECT count(*) FROM snapshots WHERE error GLOB 'erased *'")
        if counts.damages == before:
            yield from _index(paths.index, lines)
    except sqlite3.DatabaseError as error:
        yield Damage(paths.ledger.name, str(error))
    finally:
        if ledger is not None:
            ledger.close()
    if paths.form.exists() or counts.snapshots or counts.articles:  # it is written before any capture
        yield from (Damage(paths.form.name, problem) for problem in wrong_forms(paths.form, forms))


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


def _file(path: Path, name: str, ledger: sqlite3.Connection | None, lines: _Index, counts: Counts) -> Iterator[Damage]:
    """One WARC; of an unfinished one only what the ledger has acknowledged."""
    counts.files += 1
    where = f"warc/{path.name}"
    rows = (
        [Row(*row) for row in ledger.execute(f"SELECT {_ROW} FROM snapshots WHERE warc = ?", (name,))] if ledger else []
    )
    check = FileCheck(where, name, {row.record_id: row for row in rows}, _knower(ledger))
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
                line = index.line_of(member, name)
                if line:
                    lines.files.add(name.encode())
                    lines.add(line.encode())
    except OSError as error:
        yield Damage(where, f"cannot be read: {error.strerror}")
    yield from check.end(finished)
    counts.exchanges += check.exchanges
    counts.snapshots += len(rows)


def _knower(ledger: sqlite3.Connection | None) -> Callable[[str], bool] | None:
    """Tells whether the ledger has a snapshot of that record, in whatever file."""
    if ledger is None:
        return None
    query = "SELECT 1 FROM snapshots WHERE record_id = ?"
    return lambda record_id: ledger.execute(query, (record_id,)).fetchone() is not None


def _absent(gone: list[Away], counts: Counts) -> Iterator[Damage]:
    """The WARCs that are not there: those offline are only counted."""
    for each in gone:
        if each.state == "offline":
            counts.offline.append(each)
        else:
            counts.missing += 1
            yield Damage(each.file, str(each).partition(": ")[2])


def _articles(
    path: Path, ledger: sqlite3.Connection, running: bool, counts: Counts, forms: set[str]
) -> Iterator[Damage]:
    """articles.jsonl is the ledger's revisions, line by line; every item names a snapshot. `forms`: those they name."""
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
        try:
            said = json.loads(item)
        except ValueError as error:
            yield Damage("ledger.sqlite", f"an item of it is no JSON: {error}", url=article)
        else:
            forms.update(filter(None, [(said.get("extraction") or {}).get("form")]))
            yield from (Damage(name, problem, offset, article) for problem in _reference(said, snapshot))
        offset += len(line or b"")


def _lines(path: Path) -> Iterator[bytes]:
    if path.exists():
        with path.open("rb") as file:
            yield from file


def _reference(item: dict[str, Any], snapshot: list[Any]) -> Iterator[str]:
    """What is wrong with an item's reference to its capture."""
    named = item.get("snapshot")
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
