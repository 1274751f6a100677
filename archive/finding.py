"""Finds one thing in an archive by what people and programs call it: an article, a revision, the keeper of a record."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from archive.filters import Wanted
from archive.folder import PortalFolder
from archive.items import is_erased
from archive.portals import Portals
from archive.schema import SnapshotRef
from archive.storage.tables import LedgerError
from archive.views import ArticleView, Revision, SnapshotMissing, StoredSnapshot, UnknownArticle


def chosen(
    portals: Portals,
    folders: list[PortalFolder],
    choice: Wanted,
    newest_first: bool,
    limit: int | None,
    withheld: set[str],
) -> Iterator[ArticleView]:
    """The newest revision of every article wanted, by posting time; ids that are not shown are noted in `withheld`."""
    order = [(*row, folder) for folder, row in portals.each(folders, lambda folder: folder.order(choice))]
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
            portals.note(folder, error)
            continue
        if not folder.shows(view.item):
            withheld.update([view.id] if folder.rule_of(view.item) and not is_erased(view.item) else [])
            continue
        found += 1
        yield view


def find_article(portals: Portals, asked: str) -> tuple[PortalFolder, str]:
    """The folder and the id of the article asked for; raises UnknownArticle, with the nearest."""
    found = {article: folder for folder, article in _matches(portals, asked.strip())}
    if asked.strip() in found:
        return found[asked.strip()], asked.strip()
    if len(found) == 1:
        return next((folder, article) for article, folder in found.items())
    if found:
        ids = tuple(sorted(found))
        more = f" and {len(ids) - 5} more" if len(ids) > 5 else ""
        raise UnknownArticle(f"{asked!r} may be any of {', '.join(ids[:5])}{more}; give more of the id", ids)
    near = _near(portals, asked.strip())
    raise UnknownArticle(
        f"{portals.path}: no article {asked!r}"
        + (f"; nearest: {', '.join(near)}" if near else "")
        + "; allowed: an id (portal/16 hexadecimal digits), the beginning of one, or an address",
        near,
    )


def _matches(portals: Portals, asked: str) -> Iterator[tuple[PortalFolder, str]]:
    if "://" in asked:
        address = asked.partition("#")[0]
        yield from portals.each(portals.folders(), lambda folder: folder.ids_at(address))
        return
    slug, _, digits = asked.lower().rpartition("/")
    if re.fullmatch(r"[0-9a-f]{1,16}", digits) and (not slug or portals.holds(slug)):
        yield from portals.each(portals.folders(slug or None), lambda folder: folder.ids(digits))


def _near(portals: Portals, asked: str) -> tuple[str, ...]:
    """Ids like the one asked for; compared with those that share its first digits, or with all."""
    slug, _, digits = asked.lower().rpartition("/")
    folders = portals.folders(slug if portals.holds(slug) else None)
    ids = [article for _, article in portals.each(folders, lambda folder: folder.ids(digits[:2]) or folder.ids())]
    spelled = {article if slug else article.rpartition("/")[2]: article for article in ids[:20_000]}
    return tuple(spelled[each] for each in difflib.get_close_matches(asked.lower(), spelled, n=3, cutoff=0.7))


def ref_of(snapshot: SnapshotRef | StoredSnapshot | ArticleView) -> SnapshotRef:
    """The reference of a snapshot, however it is named; raises SnapshotMissing where an article has none."""
    if isinstance(snapshot, StoredSnapshot):
        return snapshot.ref
    ref = snapshot.article.snapshot if isinstance(snapshot, ArticleView) else snapshot
    if ref is None:
        raise SnapshotMissing("the article names no snapshot")
    return ref


def one_revision(readings: list[Revision], asked: int | str | None) -> Revision:
    """The reading of that number or digest, the newest by default; raises UnknownArticle."""
    if asked is None:
        return readings[-1]
    text = str(asked)
    found = [each for each in readings if text == str(each.number)]
    if not found and len(text) >= 4:
        digits = text.removeprefix("sha256:")
        found = [each for each in readings if each.article.revision.removeprefix("sha256:").startswith(digits)]
    if not found:
        last, all_shown = readings[-1], len(readings) == readings[-1].number
        allowed = f"1 to {last.number}" if all_shown else ", ".join(str(each.number) for each in readings)
        hidden = text.isdecimal() and 0 < int(text) < last.number  # what is not shown keeps its number
        what = f"revision {text} is withheld" if hidden else f"no revision {text!r}"
        raise UnknownArticle(f"{last.article.id}: {what}; allowed: {allowed}, or a digest's beginning")
    return found[-1]


def nothing_before(reading: Revision) -> str:
    """Why there is no reading to compare one with: it is the first, or those before it are withheld."""
    said = "is its first" if reading.number == 1 else "is the first that is shown; those before it are withheld"
    return f"{reading.article.id}: revision {reading.number} {said}"


def find_keeper(portals: Portals, ref: SnapshotRef) -> tuple[PortalFolder, StoredSnapshot | None]:
    """The folder that keeps a record, and its row; without a row the one whose slug the WARC's name begins with."""
    named = [folder for folder in portals.folders() if ref.warc.startswith(f"{folder.slug}-")]
    found = next(
        portals.each(named or portals.folders(), lambda folder: filter(None, [folder.snapshot(ref.record_id)])), None
    )
    if found:
        return found
    if not named:
        raise SnapshotMissing(f"{portals.path}: no portal keeps {ref.warc}")
    return max(named, key=lambda folder: len(folder.slug)), None
