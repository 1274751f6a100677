"""The pages of one article: every field with its evidence, its documents marked in the text, two readings compared."""

from __future__ import annotations

import sqlite3
from typing import Any

from archive.finding import nothing_before, one_revision
from archive.folder import PortalFolder
from archive.reader import Archive
from archive.research import cite as citing
from archive.research.catalog import CatalogError
from archive.research.compare import TEXTS, compare
from archive.storage import about
from archive.storage.paths import ArchivePaths
from archive.views import ArticleView, Revision, StoredSnapshot, UnknownArticle
from archive.web.asked import Asked, BadParameter
from archive.web.evidence import name_of, of_ledger, of_page, own_document, paragraphs, pieces
from archive.web.house import House
from archive.web.page import Page
from archive.web.snapshots import stored_at
from archive.withheld import Withheld

REPRINTS = 1000  # shown


def article(house: House, asked: Asked, portal: str, digits: str, revision: str | None = None) -> Page:
    """An article, in its newest reading or the one asked for."""
    asked.only()
    archive = house.archive()
    folder, readings = find(archive, portal, digits)
    reading = one_revision(readings, revision)
    view = ArticleView(reading.article.to_dict(), folder)
    snapshots, hidden = _snapshots(folder, view.id)
    newest = reading.number == readings[-1].number
    source = cited_as(archive, view, None if newest else reading.number)
    reprints = _reprints(archive, view)
    data = {
        "article": view.item,
        "seen": view.seen,
        "captured": view.captured,
        "lag_days": view.captured.lag(reading.article.posted_on),
        "revision": reading.number,
        "revisions": [_reading(each) for each in readings],
        "events": view.events,
        "attachments": view.attachments,
        "snapshots": snapshots,
        "snapshots_withheld": hidden,
        "reprints": reprints,
        "read_otherwise": _read_otherwise(archive, view) if reprints else [],
        "pwid": citing.pwid(source),
    }
    printed: dict[str, list[dict[str, Any]]] = {view.portal.slug: [{name: view.item[name] for name in _REPRINT}]}
    for each in reprints:
        printed.setdefault(each["portal"], []).append(each)
    return Page("article.html", data, _shown(folder, view, reading, readings, asked) | {
        "printed": printed,
        "newest": newest,
        "bibtex": citing.bibtex(source),
    })  # fmt: skip


def _shown(
    folder: PortalFolder, view: ArticleView, reading: Revision, readings: list[Revision], asked: Asked
) -> dict[str, Any]:
    said = reading.article
    last = view.events[-1:]
    return {
        "view": view,
        "fields": of_page(said, asked),
        "archival": of_ledger(view, reading, len(readings), asked),
        "title_pieces": pieces(said, "title"),
        "lead_pieces": pieces(said, "lead"),
        "paragraphs": paragraphs(pieces(said, "body")),
        "own_document": own_document(said.document, asked.language),
        "images": stored_at(folder, [each.url for each in said.images]) if said.images else {},
        "missing": last[0].at if last and last[0].event == "missing" else None,  # not yet confirmed as gone
        "name_of": name_of,
    }


def cited_as(archive: Archive, view: ArticleView, number: int | None) -> citing.Source:
    """An article as a source that is cited; `number`: of its reading, where not the newest is meant."""
    return citing.Source(view.article, view.portal.name, about.load(ArchivePaths(archive.path).form), number)


def difference(house: House, asked: Asked, portal: str, digits: str) -> Page:
    """Two readings of an article, word by word; by default the last two."""
    asked.only("from", "to")
    _, readings = find(house.archive(), portal, digits)
    newer = one_revision(readings, asked.text("to"))
    before = [each for each in readings if each.number < newer.number]
    if asked.text("from"):
        older = one_revision(readings, asked.text("from"))
    elif before:
        older = before[-1]
    else:
        raise BadParameter(f"{nothing_before(newer)}; there is nothing to compare")
    made = compare(readings, older, newer)
    return Page("difference.html", {"comparison": made, "edited": made.edited}, {"said": newer.article, "texts": TEXTS})


def find(archive: Archive, portal: str, digits: str) -> tuple[PortalFolder, list[Revision]]:
    """The folder and the readings of an article; raises UnknownPortal, UnknownArticle or Withheld."""
    archive.portal(portal)  # may be withheld, or not be there
    folder = archive.folder(portal)
    readings = folder.revisions(f"{portal}/{digits}")
    if not readings:
        archive.article(f"{portal}/{digits}")  # names the nearest
        raise UnknownArticle(f"{portal}/{digits}: no article of that id; allowed: portal/16 hexadecimal digits")
    return folder, readings


def _snapshots(folder: PortalFolder, article: str) -> tuple[list[StoredSnapshot], str | None]:
    """The snapshots of an article's addresses, and why not: what an earlier reading says may be withheld."""
    try:
        return [each for key in folder.keys_of(article) for each in folder.snapshots(key)], None
    except Withheld as error:
        return [], str(error)


def _reading(each: Revision) -> dict[str, Any]:
    said = each.article
    return {
        "number": each.number,
        "revision": said.revision,
        "cause": said.cause,
        "recorded_at": each.recorded_at,
        "title": said.title,
    }


def _reprints(archive: Archive, view: ArticleView) -> list[dict[str, Any]]:
    """Other articles with the same text; none where the catalog cannot be had."""
    if not view.item["text_key"]:
        return []
    try:
        base = archive.catalog()
        rows = base.execute(
            "SELECT row, id, portal, posted_on, title FROM articles WHERE text_key = ? AND id <> ? ORDER BY row",
            (view.item["text_key"], view.id),
        )
        hidden = archive.hidden()
        return [dict(zip(_REPRINT, each, strict=True)) for row, *each in rows if row not in hidden][:REPRINTS]
    except (CatalogError, sqlite3.DatabaseError):
        return []


def _read_otherwise(archive: Archive, view: ArticleView) -> list[dict[str, Any]]:
    """Where a reprint's number was taken for another document: "UBND tỉnh" was read as each portal's own.

    One of the two is wrong, and neither page may say which.
    """
    ours = {(each["norm"], each["cid"]) for each in view.item["cited_documents"] if each["norm"] and each["cid"]}
    rows = archive.catalog().execute(
        "SELECT DISTINCT row, m.norm, m.cid, a.id, a.portal FROM articles AS a JOIN mentions AS m USING (row)"
        " WHERE a.text_key = ? AND a.id <> ? AND m.norm IS NOT NULL AND m.cid IS NOT NULL ORDER BY row, m.nth",
        (view.item["text_key"], view.id),
    )
    numbers = {norm for norm, _ in ours}
    hidden = archive.hidden()
    return [
        {"norm": norm, "cid": cid, "id": article, "portal": portal}
        for row, norm, cid, article, portal in rows
        if row not in hidden and norm in numbers and (norm, cid) not in ours
    ]


_REPRINT = ("id", "portal", "posted_on", "title")
