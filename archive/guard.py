"""What of one portal's folder is not shown: what withheld.toml names, what would show it, and what was erased."""

from __future__ import annotations

import json
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from archive.errors import Erased
from archive.filters import EVERYTHING, Wanted
from archive.items import is_erased
from archive.records import StoredSnapshot
from archive.storage.entries import Snapshot
from archive.storage.paths import PortalPaths
from archive.withheld import Rule, Rules, Withheld

if TYPE_CHECKING:
    from archive.captures import Capture
    from archive.disclosure import Secrets


class Guard(ABC):
    """Answers whether articles, snapshots and files of a portal are shown, and refuses them where not."""

    slug: str
    paths: PortalPaths

    def __init__(self) -> None:
        self.rules: Rules | None = None  # what is withheld; None: nothing
        self.secrets: Callable[[], Secrets] | None = None  # what its pages must not show of it
        self._stones: tuple[int, bool] | None = None

    @abstractmethod
    def rows(self, question: str, values: Any = ()) -> Iterator[tuple[Any, ...]]:
        """The rows of a question in SQL to the ledger."""

    @abstractmethod
    def read_item(self, line: str) -> dict[str, Any]:
        """The item that a line of articles.jsonl holds."""

    @abstractmethod
    def snapshot(self, record_id: str) -> StoredSnapshot | None:
        """The snapshot of that record."""

    def rule_of(self, item: dict[str, Any]) -> Rule | None:
        """Why an item is withheld; None: it is not."""
        return self.rules.of_item(item) if self.rules else None

    def shows(self, item: dict[str, Any]) -> bool:
        """Whether an item is neither withheld nor erased."""
        return not is_erased(item) and self.rule_of(item) is None

    def refuse(self, item: dict[str, Any]) -> None:
        """Raise Erased or Withheld where an item is not shown."""
        if is_erased(item):
            raise self._tombstone_of(str(item["id"]))
        if rule := self.rule_of(item):
            raise Withheld(str(item["id"]), rule)

    def _tombstone_of(self, article: str) -> Erased:
        rows = self.rows(
            "SELECT s.error FROM revisions AS r JOIN snapshots AS s ON s.id = r.snapshot"
            " WHERE r.article = ? AND s.error GLOB 'erased *' ORDER BY r.serial DESC",
            (article,),
        )
        return erased_at(article, next((error for (error,) in rows), ""))

    def erased(self, wanted: Wanted = EVERYTHING) -> list[str]:
        """The ids of the articles wanted that were erased and not read since; of each little more is known."""
        where, values = wanted.condition()
        rows = self.rows(
            "WITH stones AS (SELECT id FROM snapshots WHERE error GLOB 'erased *')"
            " SELECT article FROM revisions WHERE serial IN (SELECT max(serial) FROM revisions WHERE article IN"
            " (SELECT article FROM revisions WHERE snapshot IN stones) GROUP BY article)"
            f" AND snapshot IN stones AND {where} ORDER BY article",
            values,
        )
        return [article for (article,) in rows]

    def refuse_address(self, key: str, url: str, asked: str | None = None) -> None:
        """Raise Withheld where an address is, or the article that it holds, or one that names it, in any reading.

        `asked`: what it was asked for by, where that does not tell the address. Raises Erased for a file of what was.
        """
        self._refuse_file_of_erased(key, asked or url)
        if not self.rules:
            return
        if rule := self.rules.of_address(key, url) or self.rules.of_portal(self.slug):
            raise Withheld(asked or url, rule)
        lines = self.rows(
            "WITH asked AS (SELECT article, via, kind FROM addresses WHERE key = ?) SELECT item FROM revisions"
            " WHERE article IN (SELECT article FROM asked UNION SELECT a.article FROM addresses AS a JOIN asked"
            " ON asked.via IN (a.key, a.url) WHERE asked.kind IN ('attachment', 'image'))",
            (key,),
        )
        for (line,) in lines:
            if rule := self.rule_of(self.read_item(line)):
                raise Withheld(asked or url, rule)
        if self.secrets and (rule := self.secrets().of_file(key, url)):
            raise Withheld(asked or url, rule)
        if (rule := self.rules.of_file(key, url)) and self._is_file(key):
            raise Withheld(asked or url, rule)

    def _is_file(self, key: str) -> bool:
        return any(self.rows("SELECT 1 FROM addresses WHERE key = ? AND kind IN ('attachment', 'image')", (key,)))

    def _refuse_file_of_erased(self, key: str, asked: str) -> None:
        """Raise Erased for a file or an image whose page was erased: what it belongs to is known no more."""
        if not self._has_tombstones():
            return
        named = self.rows("SELECT via FROM addresses WHERE key = ? AND kind IN ('attachment', 'image')", (key,))
        via = next((via for (via,) in named), None)
        if via is None:
            return
        # a page is mostly named by its key, which has an index
        pages = list(self.rows("SELECT key, reason FROM addresses WHERE key = ?", (via,)))
        for page, reason in pages or list(self.rows("SELECT key, reason FROM addresses WHERE url = ?", (via,))):
            if reason == "erased":
                rows = self.rows("SELECT error FROM snapshots WHERE key = ? AND error GLOB 'erased *'", (page,))
                raise erased_at(f"{asked}: a file of a page that was", next((error for (error,) in rows), None))

    def _has_tombstones(self) -> bool:
        """Whether anything was erased; looked up once for what is committed."""
        version = next(self.rows("PRAGMA data_version"))[0]
        if self._stones is None or self._stones[0] != version:
            found = any(self.rows("SELECT 1 FROM snapshots WHERE error GLOB 'erased *' LIMIT 1"))
            self._stones = version, found
        return self._stones[1]

    def refuse_page(self, row: StoredSnapshot, capture: Capture | None = None) -> bool:
        """Raise Withheld where the stored page shows what is withheld elsewhere; False where it cannot be read."""
        if not self.rules or not self.secrets:
            return True
        from archive.captures import open_capture
        from archive.errors import SnapshotDamaged, SnapshotMissing

        original = self.snapshot(row.refers_to) if row.refers_to else None
        try:
            opened = capture or open_capture(self.paths, row.ref, original.ref if original else None)
        except (SnapshotMissing, SnapshotDamaged):
            return False
        if rule := self.secrets().shown_by(opened, row.url):
            raise Withheld(row.record_id, rule, shows=True)
        return True

    def is_shown_line(self, line: str) -> bool:
        """Whether the item in a line of articles.jsonl is shown; for questions in SQL."""
        return not ('"erased"' in line and is_erased(json.loads(line))) and (not self.rules or self.rules.shown(line))


_ERASED = re.compile(r"erased (\S+)(?: by (.+?): (.+))?", re.DOTALL)


def erased_at(asked: str, error: str | None) -> Erased:
    """The answer for what was erased, by what the ledger says of its place."""
    said = _ERASED.fullmatch(error or "")
    return Erased(asked, *said.groups()) if said else Erased(asked, "an unknown day")


def is_tombstone(snapshot: Snapshot) -> bool:
    return (snapshot.error or "").startswith("erased ")
