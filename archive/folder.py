"""One portal's folder, read: its ledger and its forms, also from a read-only disk and while a crawl writes to it."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from archive.errors import Erased
from archive.filters import Wanted
from archive.guard import Guard, erased_at, is_tombstone
from archive.records import Captured, Event, PortalView, Revision, Seen, StoredSnapshot
from archive.schema import VERSION, Article
from archive.storage.entries import Snapshot
from archive.storage.paths import PortalPaths
from archive.storage.tables import LedgerError, NewerFormat, connect
from archive.vietnam.text import key
from archive.withheld import Withheld

_NEWEST = "serial IN (SELECT max(serial) FROM revisions GROUP BY article)"
_SNAPSHOT = ", ".join("o.record_id" if name == "refers_to" else f"s.{name}" for name in Snapshot.__slots__)
_SNAPSHOTS = f"SELECT {_SNAPSHOT}, s.id FROM snapshots AS s LEFT JOIN snapshots AS o ON o.id = s.refers_to"


class NotReadable(LedgerError):
    """A ledger that this user may not read."""


class PortalFolder(Guard):
    """Answers about one portal, each read when it is asked for.

    Opened at the first question; every question may raise LedgerError for a ledger that is damaged, missing or newer.
    """

    def __init__(self, paths: PortalPaths) -> None:
        super().__init__()
        self.paths = paths
        self.slug, self._form, self.problem = _form(paths)
        self._base: sqlite3.Connection | None = None
        self._copy: tempfile.TemporaryDirectory[str] | None = None

    def close(self) -> None:
        """Close the ledger; the next question opens it again."""
        if self._base:
            self._base.close()
        if self._copy:
            self._copy.cleanup()
        self._base = self._copy = self._stones = None

    def open(self) -> sqlite3.Connection:
        """The ledger, read-only; opened once."""
        if self._base is None:
            self._base = self._connect()
        return self._base

    @property
    def view(self) -> PortalView:
        """What the portal's own form says of it."""
        form = self._form
        hosts = form.get("hosts")
        return PortalView(
            slug=self.slug,
            name=_text(form.get("name")),
            province=_text(form.get("province")),
            publisher=_text(form.get("publisher")),
            hosts=tuple(filter(None, map(_text, hosts))) if isinstance(hosts, list) else (),
            path=self.paths.root,
        )

    def order(self, wanted: Wanted) -> list[tuple[str, str, int]]:
        """Posting time ('' where none is known), id and serial of the newest revision of every article wanted."""
        where, values = wanted.condition()
        return list(
            self._rows(
                "SELECT coalesce(json_extract(item, '$.posted_at'), json_extract(item, '$.posted_on'), ''), article,"
                f" serial FROM revisions WHERE {_NEWEST} AND {where}",
                values,
            )
        )

    def item(self, serial: int) -> dict[str, Any]:
        """One line of articles.jsonl; withheld or not."""
        return self._item(next(self._rows("SELECT item FROM revisions WHERE serial = ?", (serial,)))[0])

    def items(self, article: str) -> Iterator[dict[str, Any]]:
        """Every reading of an article, as a line of articles.jsonl, oldest first; withheld or not."""
        rows = self._rows("SELECT item FROM revisions WHERE article = ? ORDER BY serial", (article,))
        return (self._item(line) for (line,) in rows)

    def ids(self, begin: str = "") -> list[str]:
        """Ids whose hexadecimal part begins with `begin`."""
        rows = self._rows(
            "SELECT DISTINCT article FROM revisions WHERE substr(article, instr(article, '/') + 1, ?) = ?",
            (len(begin), begin),
        )
        return [article for (article,) in rows]

    def ids_at(self, url: str) -> list[str]:
        """Ids of the articles that an address, in any of its known spellings, holds."""
        rows = self._rows(
            "SELECT article FROM addresses WHERE article IS NOT NULL AND (key = :url OR url = :url)"
            " UNION SELECT article FROM revisions WHERE snapshot IN (SELECT s.id FROM addresses a JOIN snapshots AS s"
            " USING (key) WHERE a.reason = 'erased' AND :url IN (a.key, a.url))",
            {"url": url},
        )
        return [article for (article,) in rows]

    def revisions(self, article: str) -> list[Revision]:
        """Every reading of an article that is shown, oldest first; raises Withheld, Erased where the newest is not."""
        rows = self._rows("SELECT recorded_at, item FROM revisions WHERE article = ? ORDER BY serial", (article,))
        items = [(number, at, self._item(line)) for number, (at, line) in enumerate(rows, 1)]
        if items:
            self.refuse(items[-1][2])
        return [Revision(number, at, self.article(item)) for number, at, item in items if self.shows(item)]

    def events(self, article: str) -> list[Event]:
        """What happened to an article's page, oldest first."""
        rows = self._rows(
            "SELECT article, event, at, run, detail FROM events WHERE article = ? ORDER BY serial", (article,)
        )
        return [Event(*row) for row in rows]

    def seen(self, article: str) -> Seen:
        """When an article was seen; None where the ledger does not know the address it came from."""
        first, last, checked = next(
            self._rows(
                "SELECT min(first_seen), max(last_seen), max(checked_at) FROM addresses WHERE article = ?", (article,)
            )
        )
        newest = self.events(article)[-1:]
        return Seen(first, last, checked, newest[0].at if newest and newest[0].event == "gone" else None)

    def captured(self, article: str) -> Captured:
        """When the article's page was first captured, and since when the portal is."""
        first, since = next(
            self._rows(
                "SELECT (SELECT min(s.date) FROM snapshots AS s JOIN addresses AS a ON a.key = s.key"
                " WHERE a.article = ? AND s.kind <> 'request'), (SELECT min(date) FROM snapshots)",
                (article,),
            )
        )
        return Captured(first, since)

    def snapshots(self, address: str) -> list[StoredSnapshot]:
        """Every snapshot of an address, by its key or another spelling of it, oldest first; raises Withheld, Erased."""
        rows = self._rows(
            f"{_SNAPSHOTS} WHERE s.key = :a OR s.key IN (SELECT key FROM addresses WHERE url = :a)"
            " ORDER BY s.date, s.id",
            {"a": address},
        )
        found = [self._snapshot(row) for row in rows]
        if found:
            self.refuse_address(found[0].key, found[0].url)
            if all(map(is_tombstone, found)):
                raise erased_at(found[0].url, found[-1].error)
        return [each for each in found if not is_tombstone(each)]

    def keys_of(self, article: str) -> list[str]:
        """The keys of the addresses that hold an article."""
        return [k for (k,) in self._rows("SELECT key FROM addresses WHERE article = ? ORDER BY id", (article,))]

    def snapshot(self, record_id: str) -> StoredSnapshot | None:
        """The snapshot of that record; raises Withheld where its address is, Erased where a tombstone lies there."""
        found = next(
            (self._snapshot(row) for row in self._rows(f"{_SNAPSHOTS} WHERE s.record_id = ?", (record_id,))), None
        )
        if found:
            self.refuse_address(found.key, found.url, record_id)
            if is_tombstone(found):
                raise erased_at(record_id, found.error)
        return found

    def held(self, url: str) -> tuple[StoredSnapshot | None, str | None]:
        """The newest full response of an address, and its state in the ledger with the reason for it."""
        rows = list(
            self._rows(
                "SELECT key, snapshot, state, reason FROM addresses WHERE key = :url"
                " UNION ALL SELECT key, snapshot, state, reason FROM addresses WHERE url = :url AND key <> :url"
                " LIMIT 1",
                {"url": url},
            )
        )
        if not rows:
            return None, None
        key, serial, state, reason = rows[0]
        try:
            self.refuse_address(key, url)
        except Withheld:
            return None, "withheld"
        except Erased:
            return None, "erased"
        found = next((self._snapshot(row) for row in self._rows(f"{_SNAPSHOTS} WHERE s.id = ?", (serial,))), None)
        return found, f"{state}: {reason}" if reason else state

    def rows(self, question: str, values: Any = ()) -> Iterator[tuple[Any, ...]]:
        """The rows of a question in SQL, for sums; `key` folds a name."""
        return self._rows(question, values)

    def read_item(self, line: str) -> dict[str, Any]:
        """The item that a line of articles.jsonl holds."""
        return self._item(line)

    def _snapshot(self, row: tuple[Any, ...]) -> StoredSnapshot:
        values = dict(zip((*Snapshot.__slots__, "id"), row, strict=True))
        return StoredSnapshot(portal=self.slug, **values)

    def article(self, item: dict[str, Any]) -> Article:
        """An item, typed."""
        try:
            return Article.from_dict(item)
        except (ValueError, TypeError, KeyError) as error:
            raise LedgerError(f"{self.paths.ledger}: an item cannot be read: {error!r}") from None

    def _item(self, line: str) -> dict[str, Any]:
        try:
            item: dict[str, Any] = json.loads(line)
            version = item["schema"]
        except (ValueError, TypeError, KeyError) as error:
            raise LedgerError(f"{self.paths.ledger}: an item cannot be read: {error!r}") from None
        if version != VERSION:
            raise NewerFormat(f"{self.paths.ledger}: schema {version} is newer than this program's {VERSION}")
        return item

    def _rows(self, question: str, values: Any = ()) -> Iterator[tuple[Any, ...]]:
        try:
            # not `yield from`, which would close the cursor, of a ledger that may be closed by then
            for row in self.open().execute(question, values):  # noqa: UP028
                yield row
        except sqlite3.DatabaseError as error:
            raise LedgerError(f"{self.paths.ledger}: {error}") from None

    def _connect(self) -> sqlite3.Connection:
        path = self.paths.ledger
        if not os.access(self.paths.root, os.R_OK | os.X_OK) or (path.exists() and not os.access(path, os.R_OK)):
            raise NotReadable(f"{path}: this user may not read it")
        if _needs_copy(path):
            self._copy = tempfile.TemporaryDirectory(prefix="archive-")
            for each in (path, _beside(path, "-wal")):
                shutil.copyfile(each, Path(self._copy.name) / each.name)
            path = Path(self._copy.name) / path.name
        base = connect(path, write=False)
        base.create_function("shown", 1, self.is_shown_line, deterministic=True)
        base.create_function("key", 1, lambda text: key(text) if isinstance(text, str) else None, deterministic=True)
        return base


def _needs_copy(ledger: Path) -> bool:
    """Whether the write-ahead log holds what the ledger does not, on a disk where SQLite cannot open it.

    That is a folder copied to a read-only disk after a crash: opened as immutable, its last commits would be missing.
    """
    log = _beside(ledger, "-wal")
    if not log.is_file() or not log.stat().st_size or _beside(ledger, "-shm").exists():
        return False
    return not os.access(ledger.parent, os.W_OK)


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)


def _form(paths: PortalPaths) -> tuple[str, dict[str, Any], str | None]:
    """Slug, current form and what is wrong with portal.toml; without it the folder's name is the slug."""
    try:
        kept = tomllib.loads(paths.form.read_text(encoding="utf-8"))
        form = tomllib.loads(kept["forms"][kept["current"]]["text"])
        return _text(kept.get("slug")) or paths.slug, form, None
    except FileNotFoundError:
        return paths.slug, {}, None
    except (OSError, ValueError, KeyError, TypeError) as error:
        return paths.slug, {}, f"{paths.form}: cannot be read: {type(error).__name__}: {error}"


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
