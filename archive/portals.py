"""The folders of an archive's portals: found, opened one by one, and what is wrong with one kept from the others."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar, Unpack

from archive.filters import OfPortals, wanted
from archive.folder import NotReadable, PortalFolder
from archive.storage.paths import ArchivePaths, PortalPaths
from archive.storage.tables import LedgerError, NewerFormat
from archive.vietnam.text import hint
from archive.views import NoArchive, Problem, UnknownPortal

T = TypeVar("T")
NOT_DAMAGE = (NewerFormat, NotReadable)


class Portals:
    """The portals under an archive's folder, or the one whose folder it is. Raises NoArchive where there is none."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = Path(path)
        self._folders: dict[str, PortalFolder] = {}
        self._problems: dict[str, Problem] = {}
        for folder in map(PortalFolder, _portal_folders(self.path)):
            self._add(folder)

    def _add(self, folder: PortalFolder) -> None:
        """A second folder of one portal, a forgotten copy, is left out: whose name is not the slug, else the later."""
        kept = self._folders.get(folder.slug)
        if kept and folder.paths.slug == folder.slug:
            kept, folder = folder, kept
        self._folders[folder.slug] = kept or folder
        if kept:
            root = folder.paths.root
            self._problems[root.name] = Problem(root.name, f"{root}: a second folder of the portal {folder.slug}")
        elif folder.problem:
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
        return [self.folder(slug) for slug in ([portals] if isinstance(portals, str) else portals)]

    def folders_of(self, **filters: Unpack[OfPortals]) -> list[PortalFolder]:
        """The folders of these portals, and of those that speak for a province; raises UnknownPortal or BadFilter."""
        choice = wanted(**filters)
        folders = self.folders(choice.portals)
        if choice.places is None:
            return folders
        return [each for each in folders if (each.view.province or "").partition(".")[0] in choice.places]

    def holds(self, slug: str) -> bool:
        """Whether a portal of that slug is there."""
        return slug in self._folders

    def readable(self, portals: str | Iterable[str] | None = None) -> Iterator[PortalFolder]:
        """Those of the folders that this program and user can read; why not the others is noted."""
        for folder in self.folders(portals):
            try:
                folder.open()
            except NOT_DAMAGE as error:
                self.note(folder, error)
                continue
            except LedgerError:
                pass  # for the caller to find: a ledger that cannot be opened is damage to be named
            yield folder

    def folder(self, slug: str) -> PortalFolder:
        """The folder of a portal; raises UnknownPortal."""
        if slug not in self._folders:
            held = ", ".join(self._folders) if len(self._folders) <= 12 else f"{len(self._folders)} portals"
            raise UnknownPortal(f"{self.path}: no portal {slug!r}{hint(slug, self._folders)}; held: {held or 'none'}")
        return self._folders[slug]

    def each(
        self, folders: list[PortalFolder], ask: Callable[[PortalFolder], Iterable[T]]
    ) -> Iterator[tuple[PortalFolder, T]]:
        """What each folder answers; where one cannot, that is noted and the others go on."""
        for folder in folders:
            try:
                for each in ask(folder):
                    yield folder, each
            except LedgerError as error:
                self.note(folder, error)

    def note(self, folder: PortalFolder, error: LedgerError) -> None:
        """Keep in mind what is wrong with a folder."""
        self._problems[folder.slug] = Problem(folder.slug, str(error), damaged=not isinstance(error, NOT_DAMAGE))

    def learn(self, other: Portals) -> None:
        """Know what another reading of the same folders found wrong."""
        self._problems.update(other._problems)


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
    return [each for each in paths.portals() if _was_crawled(each)]


def _was_crawled(paths: PortalPaths) -> bool:
    """Whether there is anything to read; a folder that may not be looked into counts, so that it is named."""
    try:
        return paths.ledger.exists() or any(paths.warc_dir.glob("*.warc.gz*"))
    except PermissionError:
        return True
