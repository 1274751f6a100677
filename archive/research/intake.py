"""Takes articles from the ledgers into the catalog: the newest revision of each, and what became of its page."""

from __future__ import annotations

import itertools
import json
import os
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from archive.folder import PortalFolder
from archive.items import is_erased
from archive.portals import Portals
from archive.research.entries import ARTICLE, DETAILS, Entry, entry
from archive.research.tables import TABLES
from archive.storage.tables import LedgerError

# Bytes of text that are sorted into posting order together: what FTS5 is given in ascending order it gathers in memory
# and writes at once. A crawl that tops up holds little at once; what many articles cost outweighs the memory.
LITTLE, MUCH = 1 << 20, 24 << 20
MANY = 20_000  # revisions


class Unlike(Exception):
    """The ledgers are not those that the catalog was made from: it must be made anew."""


def renew(base: sqlite3.Connection, portals: Portals) -> int:
    """Empty the catalog and take in everything; how many articles. Within a transaction, which readers do not see."""
    for name in TABLES:
        base.execute(f"DELETE FROM {name}")
    base.execute("INSERT INTO words (words) VALUES ('delete-all')")
    return add(base, portals)


def add(base: sqlite3.Connection, portals: Portals) -> int:
    """Take in, of every portal, each article that has a new revision, and what happened to pages; how many articles.

    Raises Unlike where only making it all anew would help. What cannot be read is noted in `portals`.
    """
    rows = base.execute("SELECT slug, stamp, serial, mark, event, erased FROM portals")
    known = {slug: _Read(*read) for slug, *read in rows}
    folders = {folder.slug: folder for folder in portals.folders()}
    if known.keys() - folders.keys():
        raise Unlike  # the words of a portal that is gone can only be left out by making all anew
    reads = [_Reading(folder, known.get(slug, _Read())) for slug, folder in folders.items()]
    taken = 0
    most = MUCH if sum(each.behind() for each in reads) > MANY else LITTLE
    for batch in _batches(itertools.chain.from_iterable(each.entries(portals) for each in reads), most):
        taken += len(batch)
        _take_in(base, folders, batch)
    for each in reads:
        each.finish(base)
    return taken


def _batches(news: Iterator[Entry], most: int) -> Iterator[list[Entry]]:
    """Entries together, until they come to so many bytes: their text, and about what else is kept of each."""
    batch, held = [], 0
    for each in news:
        batch.append(each)
        held += len(each.text) + 500
        if held >= most:
            yield batch
            batch, held = [], 0
    if batch:
        yield batch


@dataclass(frozen=True, slots=True)
class _Read:
    """How far a ledger was read: its stamp, last revision with its digest, last event, how many articles are erased."""

    stamp: str = ""
    serial: int = 0
    mark: str | None = None
    event: int = 0
    erased: int = 0


class _Reading:
    """The reading of what one ledger has beyond what was read of it; an error ends it, what came before counts."""

    def __init__(self, folder: PortalFolder, before: _Read) -> None:
        self._folder, self._before = folder, before
        self._stamp = stamp(folder)  # looked at first: what is committed meanwhile makes it old
        self._serial = before.serial
        self._erased = before.erased
        self._events: list[tuple[int, str, str, str]] = []

    def behind(self) -> int:
        """About how many revisions are new."""
        if self._stamp == self._before.stamp:
            return 0
        try:
            ((last,),) = self._folder.rows("SELECT max(serial) FROM revisions")
        except LedgerError:
            return 0  # `entries` tells
        return max(0, (last or 0) - self._before.serial)

    def entries(self, portals: Portals) -> Iterator[Entry]:
        """The newest revision of each article that has a new one; a ledger that is not there is noted each time."""
        if self._stamp and self._stamp == self._before.stamp:
            return
        try:
            yield from self._entries(portals)
        except LedgerError as error:
            self._stamp = ""  # to be tried again
            portals.note(self._folder, error)

    def _entries(self, portals: Portals) -> Iterator[Entry]:
        folder, before = self._folder, self._before
        self._erased = len(folder.erased())
        if before.serial and (before.mark != _mark(folder, before.serial) or before.erased != self._erased):
            raise Unlike  # what was erased meanwhile can only be left out by making all anew
        ((end, happened),) = folder.rows("SELECT (SELECT max(serial) FROM revisions), (SELECT max(serial) FROM events)")
        rows = folder.rows(
            "SELECT serial, item FROM revisions WHERE serial IN"
            " (SELECT max(serial) FROM revisions WHERE serial > ? AND serial <= ? GROUP BY article) ORDER BY serial",
            (before.serial, end or 0),
        )
        for serial, line in rows:
            taken = self._entry(portals, serial, line)
            self._serial = serial
            if taken is not None:
                yield taken
        self._events = list(
            folder.rows(
                "SELECT serial, event, at, article FROM events WHERE serial > ? AND serial <= ? ORDER BY serial",
                (before.event, happened or 0),
            )
        )

    def _entry(self, portals: Portals, serial: int, line: str) -> Entry | None:
        """The entry of a revision; None: it was erased. One that is no item is noted, and hides no other."""
        try:
            item = self._folder.read_item(line)
            return None if is_erased(item) else entry(item, self._folder.slug, serial)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            where = f"{self._folder.paths.ledger}: revision {serial}"
            portals.note(self._folder, LedgerError(f"{where} cannot be read: {error!r}"))
            return None

    def finish(self, base: sqlite3.Connection) -> None:
        """Note what happened to pages, and how far the ledger was read."""
        if self._stamp == self._before.stamp:
            return
        for _, happened, at, article in self._events:
            base.execute("UPDATE articles SET gone = ? WHERE id = ?", (at if happened == "gone" else None, article))
        event = self._events[-1][0] if self._events else self._before.event
        mark = self._before.mark if self._serial == self._before.serial else _mark(self._folder, self._serial)
        values = (self._folder.slug, self._stamp, self._serial, mark, event, self._erased)
        base.execute("INSERT OR REPLACE INTO portals VALUES (?, ?, ?, ?, ?, ?)", values)


def _take_in(base: sqlite3.Connection, folders: dict[str, PortalFolder], batch: list[Entry]) -> None:
    _take_out(base, folders, batch)
    _place(base, batch)
    base.executemany(f"INSERT INTO words ({_WORDS}) VALUES (?, ?, ?, ?, ?)", (each.words() for each in batch))
    base.executemany(f"INSERT INTO articles VALUES ({_marks(ARTICLE)})", (each.article() for each in batch))
    for nth, (table, columns) in enumerate(DETAILS.items()):
        base.executemany(
            f"INSERT OR IGNORE INTO {table} (row, {', '.join(columns)}) VALUES (?, {_marks(columns)})",
            [(each.row, *detail) for each in batch for detail in each.details[nth]],
        )


_WORDS = "rowid, title, text, marked_title, marked_text"


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
            raise Unlike
        former.append((row, old))
    for row, old in sorted(former, key=lambda each: each[0]):
        base.execute(f"INSERT INTO words (words, {_WORDS}) VALUES ('delete', ?, ?, ?, ?, ?)", (row, *old.words()[1:]))
        base.execute("DELETE FROM articles WHERE row = ?", (row,))
        for (table, columns), details in zip(DETAILS.items(), old.details, strict=True):
            if columns[0] == "name":  # kept by name
                named = ((detail[0], row) for detail in details)
                base.executemany(f"DELETE FROM {table} WHERE name = ? AND row = ?", named)
            else:
                base.execute(f"DELETE FROM {table} WHERE row = ?", (row,))


def _marks(columns: tuple[str, ...]) -> str:
    return ", ".join("?" * len(columns))


def _mark(folder: PortalFolder, serial: int) -> str | None:
    row = next(folder.rows("SELECT revision || ' ' || recorded_at FROM revisions WHERE serial = ?", (serial,)), None)
    return row[0] if row else None


def stamp(folder: PortalFolder) -> str:
    """Size and time of a ledger and of its log: what changes when anything is committed."""
    ledger = str(folder.paths.ledger)  # every portal's, for each question: made as paths they cost more than to look at
    parts = []
    for path in (ledger, f"{ledger}-wal"):
        try:
            told = os.stat(path)  # noqa: PTH116
        except OSError:
            continue
        if told.st_size:
            parts.append(f"{told.st_size}:{told.st_mtime_ns}")
    return " ".join(parts)
