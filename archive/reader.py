"""The archive as researchers, the verbs and the web reader see it: typed, lazy, read-only, on the standard library.

    from archive.reader import Archive

    for view in Archive("data").articles(province="Kon Tum", since="2019-10-01"):
        print(view.article.posted_on, view.article.title, len(view.article.cited_documents))

A damaged portal does not keep the others from being read: what is wrong with it stands in `Archive.problems`.
"""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeVar

from archive.filters import Wanted, citations_of, wanted
from archive.folder import PortalFolder
from archive.schema import Article, Citation, SnapshotRef
from archive.storage.ledger import LedgerError
from archive.storage.paths import ArchivePaths, PortalPaths
from archive.sums import DocumentView, PortalStats, documents, portal_stats
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
    is_newer,
)

if TYPE_CHECKING:
    from archive.captures import Capture

__all__ = [
    "Archive", "ArchiveError", "ArticleView", "BadFilter", "DocumentView", "Event", "NoArchive", "PortalStats",
    "PortalView", "Problem", "Revision", "SnapshotDamaged", "SnapshotMissing", "StoredSnapshot", "UnknownArticle",
    "UnknownPortal",
]  # fmt: skip

T = TypeVar("T")


class Archive:
    """An archive's folder, or the folder of one portal copied from it. Raises NoArchive where there is none.

    Nothing is read before it is asked for; a crawl may write meanwhile, and each question sees what is committed.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = Path(path)
        self._folders = {folder.slug: folder for folder in map(PortalFolder, _portal_folders(self.path))}
        self._problems: dict[str, Problem] = {}
        for folder in self._folders.values():
            if folder.problem:
                self._problems[folder.slug] = Problem(folder.slug, folder.problem)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close every ledger that was opened."""
        for folder in self._folders.values():
            folder.close()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was found wrong so far: it grows while ledgers are opened."""
        return tuple(self._problems.values())

    def folders(self, portals: str | Iterable[str] | None = None) -> list[PortalFolder]:
        """The folders of these portals, or of all; raises UnknownPortal."""
        if portals is None:
            return list(self._folders.values())
        return [self._folder(slug) for slug in ([portals] if isinstance(portals, str) else portals)]

    def readable(self, portals: str | Iterable[str] | None = None) -> Iterator[PortalFolder]:
        """Those of the folders whose format is known; what is wrong with another is noted."""
        for folder in self.folders(portals):
            try:
                folder.open()
            except LedgerError as error:
                if is_newer(error):
                    self._note(folder, error)
                    continue
            yield folder

    def portals(self) -> list[PortalView]:
        """The portals it holds, by slug."""
        return [folder.view for folder in self._folders.values()]

    def portal(self, slug: str) -> PortalView:
        """The portal of that slug; raises UnknownPortal."""
        return self._folder(slug).view

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
        order = [(*row, folder) for folder, row in self._each(folders, lambda folder: folder.order(choice))]
        order.sort(key=lambda row: row[:2], reverse=newest_first)
        if not newest_first:
            order.sort(key=lambda row: not row[0])
        found = 0
        for _, _, serial, folder in order:
            if found == limit:
                return
            try:
                view = _view(folder, folder.item(serial))
            except LedgerError as error:
                self._note(folder, error)
            else:
                found += 1
                yield view

    def article(self, id_or_prefix: str, revision: int | str | None = None) -> ArticleView:
        """The article of an id, an unambiguous beginning of one, its hexadecimal part alone, or an address.

        `revision`: its number from 1, or the beginning of its digest; the newest otherwise. Raises UnknownArticle.
        """
        folder, article = self._find(id_or_prefix)
        readings = folder.revisions(article)
        if revision is None:
            return _view(folder, readings[-1].article)
        return _view(folder, _one_revision(readings, revision).article)

    def revisions(self, id_or_prefix: str) -> list[Revision]:
        """Every reading of an article, oldest first; raises UnknownArticle."""
        folder, article = self._find(id_or_prefix)
        return folder.revisions(article)

    def events(self, id_or_prefix: str) -> list[Event]:
        """What happened to an article's page, oldest first; raises UnknownArticle."""
        folder, article = self._find(id_or_prefix)
        return folder.events(article)

    def snapshots(self, address_or_id: str) -> list[StoredSnapshot]:
        """Every snapshot of an address, or of the addresses of an article, by date; raises UnknownArticle."""
        found = [each for _, each in self._each(self.folders(), lambda folder: folder.snapshots(address_or_id))]
        if not found:
            folder, article = self._find(address_or_id)
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

        ref = _ref(snapshot)
        folder, row = self._keeper(ref)
        original = folder.snapshot(row.refers_to) if row and row.refers_to else None
        return open_capture(folder.paths, ref, original.ref if original else None)

    def _keeper(self, ref: SnapshotRef) -> tuple[PortalFolder, StoredSnapshot | None]:
        """The folder that keeps a record, and its row; without a row the one whose slug the WARC's name begins with."""
        named = [folder for folder in self.folders() if ref.warc.startswith(f"{folder.slug}-")]
        found = next(
            self._each(named or self.folders(), lambda folder: filter(None, [folder.snapshot(ref.record_id)])), None
        )
        if found:
            return found
        if not named:
            raise SnapshotMissing(f"{self.path}: no portal keeps {ref.warc}")
        return max(named, key=lambda folder: len(folder.slug)), None

    def documents(self) -> list[DocumentView]:
        """The documents that the articles cite, most cited first; reads every article."""
        return documents(view.article for view in self.articles())

    def citing(self, document: str) -> Iterator[tuple[ArticleView, tuple[Citation, ...]]]:
        """The articles that cite a document, by its number or cid, newest first, each with its mentions of it."""
        for view in self.articles(document=document):
            yield view, citations_of(view.article, document)

    def stats(self) -> list[PortalStats]:
        """What every portal's folder holds."""
        return [each for _, each in self._each(self.folders(), lambda folder: [portal_stats(folder)])]

    def _folder(self, slug: str) -> PortalFolder:
        if slug not in self._folders:
            meant = nearest(slug, self._folders)
            held = ", ".join(self._folders) if len(self._folders) <= 12 else f"{len(self._folders)} portals"
            raise UnknownPortal(
                f"{self.path}: no portal {slug!r}"
                + (f"; nearest: {meant}" if meant else "")
                + f"; held: {held or 'none'}"
            )
        return self._folders[slug]

    def _each(
        self, folders: list[PortalFolder], ask: Callable[[PortalFolder], Iterable[T]]
    ) -> Iterator[tuple[PortalFolder, T]]:
        """What each folder answers; where one cannot, that is noted and the others go on."""
        for folder in folders:
            try:
                for each in ask(folder):
                    yield folder, each
            except LedgerError as error:
                self._note(folder, error)

    def _note(self, folder: PortalFolder, error: LedgerError) -> None:
        self._problems[folder.slug] = Problem(folder.slug, str(error), newer=is_newer(error))

    def _find(self, asked: str) -> tuple[PortalFolder, str]:
        found = {article: folder for folder, article in self._matches(asked.strip())}
        if asked.strip() in found:
            return found[asked.strip()], asked.strip()
        if len(found) == 1:
            return next((folder, article) for article, folder in found.items())
        if found:
            ids = tuple(sorted(found))
            more = f" and {len(ids) - 5} more" if len(ids) > 5 else ""
            raise UnknownArticle(f"{asked!r} may be any of {', '.join(ids[:5])}{more}; give more of the id", ids)
        near = self._near(asked.strip())
        raise UnknownArticle(
            f"{self.path}: no article {asked!r}"
            + (f"; nearest: {', '.join(near)}" if near else "")
            + "; allowed: an id (portal/16 hexadecimal digits), the beginning of one, or an address",
            near,
        )

    def _matches(self, asked: str) -> Iterator[tuple[PortalFolder, str]]:
        if "://" in asked:
            address = asked.partition("#")[0]
            yield from self._each(self.folders(), lambda folder: folder.ids_at(address))
            return
        slug, _, digits = asked.lower().rpartition("/")
        if re.fullmatch(r"[0-9a-f]{1,16}", digits) and (not slug or slug in self._folders):
            yield from self._each(self.folders(slug or None), lambda folder: folder.ids(digits))

    def _near(self, asked: str) -> tuple[str, ...]:
        """Ids like the one asked for; compared with those that share its first digits, or with all."""
        slug, _, digits = asked.lower().rpartition("/")
        folders = self.folders(slug if slug in self._folders else None)
        ids = [article for _, article in self._each(folders, lambda folder: folder.ids(digits[:2]) or folder.ids())]
        spelled = {article if slug else article.rpartition("/")[2]: article for article in ids[:20_000]}
        return tuple(spelled[each] for each in difflib.get_close_matches(asked.lower(), spelled, n=3, cutoff=0.7))


def _portal_folders(path: Path) -> list[PortalPaths]:
    """The folders to read under `path`; one without ledger and WARCs was never crawled."""
    if not path.exists():
        raise NoArchive(f"{path}: no such folder; allowed: an archive's folder, or one portal's folder from it")
    if not path.is_dir():
        raise NoArchive(f"{path}: a file; allowed: an archive's folder, or one portal's folder from it")
    if (path / "ledger.sqlite").exists() or (path / "portal.toml").exists():
        return [PortalPaths(path.absolute())]
    paths = ArchivePaths(path)
    if not paths.portals_dir.is_dir() and not paths.form.exists():
        raise NoArchive(
            f"{path}: holds no archive; allowed: a folder with portals/ or archive.toml, or one with ledger.sqlite"
        )
    return [each for each in paths.portals() if each.ledger.exists() or any(each.warc_dir.glob("*.warc.gz*"))]


def _view(folder: PortalFolder, article: Article) -> ArticleView:
    return ArticleView(article, folder.seen(article.id), folder)


def _ref(snapshot: SnapshotRef | StoredSnapshot | ArticleView) -> SnapshotRef:
    if isinstance(snapshot, StoredSnapshot):
        return snapshot.ref
    ref = snapshot.article.snapshot if isinstance(snapshot, ArticleView) else snapshot
    if ref is None:
        raise SnapshotMissing("the article names no snapshot")
    return ref


def _one_revision(readings: list[Revision], wanted: int | str) -> Revision:
    text = str(wanted)
    found = [each for each in readings if text == str(each.number)]
    if not found and len(text) >= 4:
        digits = text.removeprefix("sha256:")
        found = [each for each in readings if each.article.revision.removeprefix("sha256:").startswith(digits)]
    if not found:
        raise UnknownArticle(
            f"{readings[-1].article.id}: no revision {text!r}; allowed: 1 to {len(readings)}, or a digest's beginning"
        )
    return found[-1]
