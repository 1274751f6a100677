"""The archive as researchers, the verbs and the web reader see it: typed, lazy, read-only, on the standard library.

    from archive.reader import Archive

    for view in Archive("data").articles(province="Kon Tum", since="2019-10-01"):
        print(view.article.posted_on, view.article.title, len(view.article.cited_documents))

A damaged portal does not keep the others from being read: what is wrong with it stands in `Archive.problems`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from archive.filters import KNOWN, Wanted, citations_of, wanted
from archive.finding import find_article, find_keeper, one_revision, ref_of
from archive.folder import PortalFolder
from archive.portals import Portals
from archive.schema import Citation, SnapshotRef
from archive.storage.tables import LedgerError
from archive.sums import DocumentView, PortalStats, documents, mentions, portal_stats
from archive.vietnam.text import nearest
from archive.views import (
    ArchiveError,
    ArticleView,
    BadFilter,
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

if TYPE_CHECKING:
    from archive.captures import Capture

__all__ = [
    "Archive", "ArchiveError", "ArticleView", "BadFilter", "DocumentView", "Event", "NoArchive", "Opened",
    "PortalStats", "PortalView", "Problem", "Revision", "SnapshotDamaged", "SnapshotMissing", "StoredSnapshot",
    "UnknownArticle", "UnknownPortal",
]  # fmt: skip


class Archive(Portals):
    """An archive's folder, or the folder of one portal copied from it. Raises NoArchive where there is none.

    Nothing is read before it is asked for; a crawl may write meanwhile, and each question sees what is committed.
    """

    def portals(self) -> list[PortalView]:
        """The portals it holds, by slug."""
        return [folder.view for folder in self._folders.values()]

    def portal(self, slug: str) -> PortalView:
        """The portal of that slug; raises UnknownPortal."""
        return self.folder(slug).view

    def articles(
        self,
        portal: str | Iterable[str] | None = None,
        province: str | None = None,
        publisher: str | None = None,
        section: str | None = None,
        since: date | str | None = None,
        until: date | str | None = None,
        author: str | None = None,
        document: str | None = None,
        newest_first: bool = True,
        limit: int | None = None,
    ) -> Iterator[ArticleView]:
        """The newest revision of every article that fits, by posting time; those without one come last.

        `province`: a name or slug; with its year ("quang-ngai.2025") only what was posted while that authority stood.
        `since`, `until`: posting days, both included. `section`, `author`: whole names, marks and case do not count.
        `document`: number or cid of a document it cites. Raises UnknownPortal or BadFilter, at once.
        """
        folders = self.folders(portal)
        choice = wanted(province, publisher, section, since, until, author, document)
        return self._chosen(folders, choice, newest_first, limit)

    def _chosen(
        self, folders: list[PortalFolder], choice: Wanted, newest_first: bool, limit: int | None
    ) -> Iterator[ArticleView]:
        order = [(*row, folder) for folder, row in self.each(folders, lambda folder: folder.order(choice))]
        order.sort(key=lambda row: row[:2], reverse=newest_first)
        if not newest_first:
            order.sort(key=lambda row: not row[0])
        found = 0
        for _, _, serial, folder in order:
            if found == limit:
                return
            try:
                view = ArticleView(folder.item(serial), folder)
            except LedgerError as error:
                self.note(folder, error)
            else:
                found += 1
                yield view

    def article(self, id_or_prefix: str, revision: int | str | None = None) -> ArticleView:
        """The article of an id, an unambiguous beginning of one, its hexadecimal part alone, or an address.

        `revision`: its number from 1, or the beginning of its digest; the newest otherwise. Raises UnknownArticle.
        """
        folder, article = find_article(self, id_or_prefix)
        reading = one_revision(folder.revisions(article), revision)
        return ArticleView(reading.article.to_dict(), folder)

    def revisions(self, id_or_prefix: str) -> list[Revision]:
        """Every reading of an article, oldest first; raises UnknownArticle."""
        folder, article = find_article(self, id_or_prefix)
        return folder.revisions(article)

    def events(self, id_or_prefix: str) -> list[Event]:
        """What happened to an article's page, oldest first; raises UnknownArticle."""
        folder, article = find_article(self, id_or_prefix)
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
        """All that is kept of a snapshot's exchange; raises SnapshotMissing or SnapshotDamaged."""
        from archive.captures import open_capture

        ref = ref_of(snapshot)
        folder, row = find_keeper(self, ref)
        original = folder.snapshot(row.refers_to) if row and row.refers_to else None
        return open_capture(folder.paths, ref, original.ref if original else None)

    def documents(self) -> list[DocumentView]:
        """The documents that the articles cite, most cited first; reads every item."""
        return documents(mention for _, mention in self.each(self.folders(), mentions))

    def citing(self, document: str) -> Iterator[tuple[ArticleView, tuple[Citation, ...]]]:
        """The articles that cite a document, by its number or cid, newest first, each with its mentions of it."""
        for view in self.articles(document=document):
            yield view, citations_of(view.article, document)

    def nearest(self, filter: str, name: str) -> str | None:
        """The section, author or document number in the archive that `name` was most likely meant to be."""
        rows = self.each(self.folders(), lambda folder: folder.rows(KNOWN[filter]))
        return nearest(name, {known for _, (known,) in rows if known})

    def stats(self) -> list[PortalStats]:
        """What every portal's folder holds."""
        return [each for _, each in self.each(self.folders(), lambda folder: [portal_stats(folder)])]
