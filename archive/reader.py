"""The archive as researchers, the verbs and the web reader see it: typed, lazy, read-only, on the standard library.

    from archive.reader import Archive

    for view in Archive("data").articles(province="Kon Tum", since="2019-10-01"):
        print(view.article.posted_on, view.article.title, len(view.article.cited_documents))

A damaged portal does not keep the others from being read: what is wrong with it stands in `Archive.problems`.
"""

from __future__ import annotations

import itertools
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Unpack

from archive.filters import EVERYTHING, KNOWN, Filters, OfPortals, Undated, Wanted, citations_of, day_span, wanted
from archive.finding import chosen, find_article, find_keeper, one_revision, ref_of
from archive.folder import PortalFolder
from archive.portals import Portals
from archive.research.catalog import Catalog, current_catalog, outdated
from archive.research.search import Hit, Search
from archive.research.withhold import hidden_rows
from archive.results import Articles
from archive.schema import Citation, SnapshotRef
from archive.storage.tables import LedgerError
from archive.sums import DocumentView, PortalStats, documents, mentions, portal_stats
from archive.vietnam.text import nearest
from archive.views import (
    ArchiveError,
    ArticleView,
    BadFilter,
    Erased,
    Event,
    NoArchive,
    Opened,
    PortalView,
    Problem,
    Revision,
    SnapshotDamaged,
    SnapshotMissing,
    StoredSnapshot,
    UnknownArticle,
    UnknownPortal,
)
from archive.withheld import Rules, Withheld, load

if TYPE_CHECKING:
    from archive.captures import Capture
    from archive.disclosure import Secrets
    from archive.research.changes import PageChange
    from archive.research.documents import DocumentRecord
    from archive.research.query import Query

__all__ = [
    "Archive",
    "ArchiveError",
    "ArticleView",
    "Articles",
    "BadFilter",
    "DocumentView",
    "Erased",
    "Event",
    "Filters",
    "Hit",
    "NoArchive",
    "Opened",
    "PortalStats",
    "PortalView",
    "Problem",
    "Revision",
    "Search",
    "SnapshotDamaged",
    "SnapshotMissing",
    "StoredSnapshot",
    "UnknownArticle",
    "UnknownPortal",
    "Withheld",
]


class Archive(Portals):
    """An archive's folder, or the folder of one portal copied from it. Raises NoArchive where there is none.

    Nothing is read before it is asked for; a crawl may write meanwhile, and each question sees what is committed.
    `watched`: whoever opens it opens another when a file of it changes, so that not every question looks for news.
    """

    def __init__(self, path: str | os.PathLike[str], *, watched: bool = False) -> None:
        super().__init__(path)
        self._watched = watched
        self.rules = Rules(rule for place in _said_at(self.path) for rule in load(place).rules)
        self.withheld: set[str] = set()  # the ids that answers left out so far
        self._catalog: Catalog | None = None
        self._hidden: tuple[object, frozenset[int]] | None = None
        self._secrets: tuple[frozenset[int], Secrets] | None = None
        for folder in self.folders():
            folder.rules = self.rules or None
            folder.secrets = self._withheld_secrets

    def portals(self, **filters: Unpack[OfPortals]) -> list[PortalView]:
        """The portals it holds and shows, by slug; raises UnknownPortal or BadFilter."""
        return [folder.view for folder in self.folders_of(**filters) if not self.rules.of_portal(folder.slug)]

    def portal(self, slug: str) -> PortalView:
        """The portal of that slug; raises UnknownPortal, or Withheld."""
        folder = self.folder(slug)
        if rule := self.rules.of_portal(slug):
            raise Withheld(slug, rule)
        return folder.view

    def articles(self, *, newest_first: bool = True, limit: int | None = None, **filters: Unpack[Filters]) -> Articles:
        """The newest revision of every article that fits, by posting time; those without one come last.

        `filters`: see `archive.filters.Filters`. Raises UnknownPortal or BadFilter, at once.
        """
        choice, folders = self._choice(filters)

        def table(full_text: bool) -> Iterator[dict[str, Any]]:
            every = self._asked(None, choice).rows(full_text=full_text)
            return itertools.islice(every if newest_first else reversed(list(every)), limit)

        return Articles(chosen(self, folders, choice, newest_first, limit, self.withheld), table)

    def _choice(self, filters: OfPortals) -> tuple[Wanted, list[PortalFolder]]:
        """The filters, checked, and the folders of their portals; raises UnknownPortal or BadFilter."""
        choice = wanted(**filters)
        return choice, self.folders(choice.portals)

    def article(self, id_or_prefix: str, revision: int | str | None = None) -> ArticleView:
        """The article of an id, an unambiguous beginning of one, its hexadecimal part alone, or an address.

        `revision`: its number from 1, or the beginning of its digest; the newest otherwise. Raises UnknownArticle.
        """
        folder, article = find_article(self, id_or_prefix)
        readings = folder.revisions(article)
        reading = one_revision(readings, revision)
        return ArticleView(reading.article.to_dict(), folder)

    def search(self, words: str | None, *, ranked: bool = False, **filters: Unpack[Filters]) -> Search:
        """The articles that hold all the words, from the catalog, which is topped up where ledgers are newer.

        `words`: "a phrase", -word to leave out, with or without marks: a word typed with marks is found as it is
        written, where any article has it so. None: all articles. Newest first, or the best `ranked` first.
        `filters`: see `archive.filters.Filters`. Raises UnknownPortal, BadFilter, BadQuery or CatalogError, at once.
        """
        from archive.research.query import parse

        choice, _ = self._choice(filters)
        return self._asked(parse(words) if words is not None else None, choice, ranked)

    def _asked(self, query: Query | None, choice: Wanted, ranked: bool = False) -> Search:
        return Search(self.catalog(), query, choice, self.hidden(), ranked=ranked, item_of=self.item)

    def _among(self, filters: Filters) -> Callable[[int], bool]:
        """Whether a row of the catalog is shown and fits; raises as `search`."""
        choice, _ = self._choice(filters)
        if choice == EVERYTHING:
            hidden = self.hidden()
            return lambda row: row not in hidden
        return set(self._asked(None, choice).row_numbers()[0]).__contains__

    def hidden(self) -> frozenset[int]:
        """The rows of the catalog that withheld.toml keeps from being shown; looked up once for what is committed."""
        base = self.catalog()
        state = base, base.execute("PRAGMA data_version").fetchone()[0]
        if self._hidden is None or self._hidden[0] != state:
            self._hidden = state, frozenset(hidden_rows(base, self.rules))
        return self._hidden[1]

    def _withheld_secrets(self) -> Secrets:
        """What stored pages must not show: links, headlines and names of what is withheld. Raises CatalogError."""
        state = self.hidden()
        if self._secrets is None or self._secrets[0] is not state:
            from archive.research.withhold import secrets

            self._secrets = state, secrets(self)
        return self._secrets[1]

    def reprints(self, id_or_prefix: str) -> list[Hit]:
        """Where the text of an article stands, the article itself included, oldest first; raises UnknownArticle."""
        story = self.story(id_or_prefix)
        hits = story.hits(stories=False) if story else ()
        return sorted(hits, key=lambda hit: (hit.posted_at or hit.posted_on or "9", hit.id))

    def story(self, id_or_prefix: str) -> Search | None:
        """All articles of the same text; None where it has too little to be known again. Raises UnknownArticle."""
        text_key = self.article(id_or_prefix).article.text_key
        return self._asked(None, Wanted(story=text_key)) if text_key else None

    def catalog(self) -> sqlite3.Connection:
        """The catalog of this archive, as new as its ledgers where it can be written, to be read."""
        settled = self._catalog is not None and self._watched and self._catalog.note is None
        if self._catalog is None or (not settled and outdated(self._catalog, self)):
            self._catalog = current_catalog(self, self.path / "catalog.sqlite")
        return self._catalog.base

    @property
    def catalog_note(self) -> str | None:
        """Why the catalog may be older than the ledgers; None: it is not."""
        return self._catalog.note if self._catalog else None

    def close(self) -> None:
        """Close every ledger that was opened, and the catalog."""
        super().close()
        if self._catalog:
            self._catalog.close()
            self._catalog = None

    def item(self, portal: str, serial: int) -> dict[str, Any] | None:
        """A line of a portal's articles.jsonl; None where it is not shown or cannot be read, or came after opening."""
        if not self.holds(portal):
            return None
        folder = self.folder(portal)
        try:
            item = folder.item(serial)
        except LedgerError as error:
            self.note(folder, error)
            return None
        return item if folder.shows(item) else None

    def revisions(self, id_or_prefix: str) -> list[Revision]:
        """Every reading of an article, oldest first; raises UnknownArticle."""
        folder, article = find_article(self, id_or_prefix)
        return folder.revisions(article)

    def events(self, id_or_prefix: str) -> list[Event]:
        """What happened to an article's page, oldest first; raises UnknownArticle, Withheld or Erased."""
        folder, article = find_article(self, id_or_prefix)
        folder.revisions(article)  # refuses what is not shown
        return folder.events(article)

    def snapshots(self, address_or_id: str) -> list[StoredSnapshot]:
        """Every snapshot of an address, or of the addresses of an article, by date; raises UnknownArticle."""
        found = [each for _, each in self.each(self.folders(), lambda folder: folder.snapshots(address_or_id))]
        if not found:
            folder, article = find_article(self, address_or_id)
            found = [each for address in folder.keys_of(article) for each in folder.snapshots(address)]
        return sorted(found, key=lambda each: (each.date, each.id))

    def open_snapshot(self, snapshot: SnapshotRef | StoredSnapshot | ArticleView) -> Opened:
        """Head, decoded body and record fields of a snapshot; raises SnapshotMissing or SnapshotDamaged."""
        capture = self.capture(snapshot)
        content = capture.decode()
        return Opened(capture.head, content.body if content else None, capture.record.fields)

    def capture(self, snapshot: SnapshotRef | StoredSnapshot | ArticleView) -> Capture:
        """All that is kept of a snapshot's exchange; raises SnapshotMissing, SnapshotDamaged or Withheld."""
        from archive.captures import open_capture

        ref = ref_of(snapshot)
        folder, row = find_keeper(self, ref)
        original = folder.snapshot(row.refers_to) if row and row.refers_to else None
        capture = open_capture(folder.paths, ref, original.ref if original else None)
        if row:
            folder.refuse_page(row, capture)
        return capture

    def documents(self, **filters: Unpack[Filters]) -> list[DocumentView]:
        """The documents that the articles cite, most cited first, from the catalog.

        `filters`: of the articles that cite. Raises UnknownPortal or BadFilter.
        """
        among = self._among(filters)
        return documents(mentions(self.catalog(), among))

    def document(self, asked: str, **filters: Unpack[Filters]) -> list[DocumentRecord]:
        """The documents that a number, cid or title in any spelling may mean, from the catalog, most cited first.

        `filters`: of the articles that cite; `document` then is another that they cite too. Raises UnknownPortal or
        BadFilter.
        """
        from archive.research.documents import find

        among = self._among(filters)
        return find(self.catalog(), asked, self.hidden(), among)

    def citing(
        self, document: str, /, **filters: Unpack[Filters]
    ) -> Iterator[tuple[ArticleView, tuple[Citation, ...]]]:
        """The articles that cite a document, by its number or cid, newest first, each with its mentions of it.

        `filters`: of the articles; `document` then is another that they cite too. Raises UnknownPortal or BadFilter.
        """
        among = self._among(filters)
        for each in self.search(None, document=document).all():
            if among(each.row) and (item := self.item(each.portal, each.serial)) is not None:
                view = ArticleView(item, self.folder(each.portal))
                yield view, citations_of(view.article, document)

    def changes(
        self,
        since: date | str,
        until: date | str | None = None,
        what: Iterable[str] = ("edited", "gone", "back"),
        **filters: Unpack[Undated],
    ) -> list[PageChange]:
        """What the archive found changed on these days (both included), newest first: edited, gone, back, new.

        A day is one of Vietnam's. `filters`: of the articles, by their newest reading; see `archive.filters.Undated`.
        Raises UnknownPortal or BadFilter.
        """
        from archive.research.changes import changes

        begin, end = day_span(since, until)
        kinds, (choice, folders) = set(what), self._choice(filters)
        among = self._asked(None, choice).ids() if choice.narrow else None
        found = [each for _, each in self.each(folders, lambda folder: changes(folder, begin, end, among))]
        return sorted((each for each in found if each.what in kinds), key=lambda each: each.at, reverse=True)

    def nearest(self, filter: str, name: str) -> str | None:
        """The section, author or document number in the archive that `name` was most likely meant to be."""
        rows = self.each(self.folders(), lambda folder: folder.rows(KNOWN[filter]))
        return nearest(name, {known for _, (known,) in rows if known})

    def erased(self, **filters: Unpack[Filters]) -> list[str]:
        """The ids of the articles that were erased, by portal; all that is known of one is what its address tells.

        So of `filters` those of portals and publishers tell, and all others fit none. Asked for by its id, one raises
        Erased.
        """
        choice, folders = self._choice(filters)
        shown = [folder for folder in folders if not self.rules.of_portal(folder.slug)]
        return [each for _, each in self.each(shown, lambda folder: folder.erased(choice))]

    def stats(self, **filters: Unpack[Filters]) -> list[PortalStats]:
        """What every portal's folder holds; with filters what of it fits, where anything does.

        Raises UnknownPortal or BadFilter.
        """
        choice, folders = self._choice(filters)
        shown = [folder for folder in folders if not self.rules.of_portal(folder.slug)]
        told = [each for _, each in self.each(shown, lambda folder: [portal_stats(folder, choice)])]
        return [each for each in told if each.articles or each.withheld or not choice.narrow]


def _said_at(path: Path) -> list[Path]:
    """Where withheld.toml may lie: in the archive's folder, also for one portal's folder in it, or copied from it."""
    inside = path.absolute().parent
    return [path / "withheld.toml", *([inside.parent / "withheld.toml"] if inside.name == "portals" else [])]
