"""What the reader answers with: articles with their history, portals, snapshots; and the errors that say why not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from archive.errors import (
    ArchiveError,
    BadFilter,
    Erased,
    NoArchive,
    SnapshotDamaged,
    SnapshotMissing,
    UnknownArticle,
    UnknownPortal,
)
from archive.folder import PortalFolder
from archive.records import Captured, Event, PortalView, Revision, Seen, StoredSnapshot
from archive.schema import Article, Attachment

__all__ = [
    "ArchiveError",
    "ArticleView",
    "BadFilter",
    "Captured",
    "Erased",
    "Event",
    "Held",
    "NoArchive",
    "Opened",
    "PortalView",
    "Problem",
    "Revision",
    "Seen",
    "SnapshotDamaged",
    "SnapshotMissing",
    "StoredSnapshot",
    "UnknownArticle",
    "UnknownPortal",
]


class Opened(NamedTuple):
    """A snapshot's answer: its head as received, its body decoded, and the fields of its WARC record.

    `body` is None where no byte came, and for a revisit whose original is not at hand.
    """

    head: bytes
    body: bytes | None
    headers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one portal's folder; what cannot be read of it is left out of the answers."""

    portal: str
    message: str
    damaged: bool = True  # False: written by a newer program, or not ours to read


class Held(NamedTuple):
    """An attachment of an article and the newest snapshot of its address; `state`: what became of the address."""

    attachment: Attachment
    snapshot: StoredSnapshot | None
    state: str | None


class ArticleView:
    """The newest revision of an article (or the one asked for), when it was seen, and what belongs to it.

    `item` is its line of articles.jsonl; all else is read when it is asked for, and may raise LedgerError.
    """

    __slots__ = ("_article", "_folder", "_seen", "item")

    def __init__(self, item: dict[str, Any], folder: PortalFolder) -> None:
        self.item = item
        self._folder = folder
        self._article: Article | None = None
        self._seen: Seen | None = None

    def __repr__(self) -> str:
        return f"ArticleView({self.id!r}, {self.item['posted_on']}, {self.item['title']!r})"

    @property
    def id(self) -> str:
        """Of the article: portal and 16 hexadecimal digits."""
        return str(self.item["id"])

    @property
    def article(self) -> Article:
        """The item, typed."""
        if self._article is None:
            self._article = self._folder.article(self.item)
        return self._article

    @property
    def seen(self) -> Seen:
        """When it was seen."""
        if self._seen is None:
            self._seen = self._folder.seen(self.id)
        return self._seen

    @property
    def first_seen(self) -> str | None:
        """When a page first named it, UTC."""
        return self.seen.first_seen

    @property
    def last_seen(self) -> str | None:
        """When a page last named it, UTC."""
        return self.seen.last_seen

    @property
    def checked_at(self) -> str | None:
        """When its host last answered for it, UTC."""
        return self.seen.checked_at

    @property
    def gone(self) -> str | None:
        """Since when its page is known to be gone, UTC; None while it stands."""
        return self.seen.gone

    @property
    def captured(self) -> Captured:
        """When its page was first captured."""
        return self._folder.captured(self.id)

    @property
    def attachments(self) -> tuple[Held, ...]:
        """Its attachments, each with the snapshot of its address."""
        return tuple(Held(each, *self._folder.held(each.url)) for each in self.article.attachments)

    @property
    def snapshot(self) -> StoredSnapshot | None:
        """The ledger's row of the exchange it was read from."""
        return self._folder.snapshot(self.article.snapshot.record_id) if self.article.snapshot else None

    @property
    def revisions(self) -> list[Revision]:
        """Every reading of it, oldest first."""
        return self._folder.revisions(self.id)

    @property
    def events(self) -> list[Event]:
        """What happened to its page, oldest first."""
        return self._folder.events(self.id)

    @property
    def portal(self) -> PortalView:
        """The portal it was published on."""
        return self._folder.view
