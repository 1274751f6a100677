"""What the articles of an archive add up to: the documents they cite, and how many of each thing a portal holds."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from archive.filters import EVERYTHING, Wanted, document_id
from archive.folder import PortalFolder


@dataclass(slots=True)
class DocumentView:
    """An official document as the articles of the archive cite it.

    `cid` None: the words leave open which document it is, so mentions on two portals are kept apart.
    """

    cid: str | None
    norm: str | None
    type: str | None
    title: str | None
    date: str | None
    articles: int = 0
    mentions: int = 0
    first_posted: str | None = None
    last_posted: str | None = None
    portals: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """What to ask for it by: the number where it has one."""
        return self.norm or self.title or self.cid or ""


class Mention(NamedTuple):
    """One mention of a document, as far as it takes part in counting."""

    portal: str
    article: str
    posted_on: str | None
    cid: str | None
    norm: str | None
    type: str | None
    title: str | None
    date: str | None


def mentions(base: sqlite3.Connection, among: Callable[[int], bool]) -> Iterator[Mention]:
    """Every mention in the newest revision of every article whose row counts, from the catalog."""
    said = ", ".join(f"m.{name}" for name in Mention._fields[3:])
    rows = base.execute(
        f"SELECT a.row, a.portal, a.id, a.posted_on, {said} FROM mentions AS m JOIN articles AS a USING (row)"
        " ORDER BY a.portal, a.serial, m.nth"
    )
    return (Mention(*values) for row, *values in rows if among(row))


def documents(mentions: Iterable[Mention]) -> list[DocumentView]:
    """The documents mentioned, most cited first; a mention without number and title is nobody's.

    The mentions of one article must follow each other.
    """
    found: dict[str, DocumentView] = {}
    last: dict[str, str] = {}
    for each in mentions:
        identity = document_id(each.cid, each.norm, each.title, each.portal)
        if identity is None:
            continue
        view = found.setdefault(identity, DocumentView(each.cid, each.norm, each.type, each.title, each.date))
        _learn(view, each)
        if last.get(identity) != each.article:
            _count(view, each)
        last[identity] = each.article
    return sorted(found.values(), key=lambda view: (-view.articles, -view.mentions, view.name))


def _learn(view: DocumentView, each: Mention) -> None:
    view.mentions += 1
    for name in ("norm", "type", "title", "date"):
        if getattr(view, name) is None:
            setattr(view, name, getattr(each, name))


def _count(view: DocumentView, each: Mention) -> None:
    view.articles += 1
    if each.portal not in view.portals:
        view.portals.append(each.portal)
    if each.posted_on:
        view.first_posted = min(view.first_posted or each.posted_on, each.posted_on)
        view.last_posted = max(view.last_posted or each.posted_on, each.posted_on)


@dataclass(frozen=True, slots=True)
class PortalStats:
    """What one portal's folder holds; `filled`: the share of articles (0 to 1) that state a field, None without any.

    `snapshots` and `bytes` are what lies on the disk, None where filters leave out some articles; all else is what is
    shown; `gone`: articles whose page is gone now.
    """

    portal: str
    name: str | None
    articles: int
    gone: int
    revisions: int
    snapshots: int | None
    bytes: int | None
    first_posted: str | None
    last_posted: str | None
    citations: int
    documents: int
    withheld: int
    erased: int
    filled: dict[str, float | None]


# A field and how the JSON of an item says that it is there.
FILLED = {
    **{name: f"json_extract(item, '$.{name}') IS NOT NULL" for name in ("title", "lead", "section", "source")},
    "body": "json_extract(item, '$.body') <> ''",
    "posted": "json_extract(item, '$.posted_on') IS NOT NULL",
    "posted time": "json_extract(item, '$.posted_at') IS NOT NULL",
    **{name: f"json_array_length(item, '$.{name}') > 0" for name in ("authors", "cited_documents", "attachments")},
}  # fmt: skip


def portal_stats(folder: PortalFolder, choice: Wanted = EVERYTHING) -> PortalStats:
    """What a portal's folder holds of a choice; bytes are those of its WARC files on disk. Raises LedgerError."""
    where, values = choice.condition()
    every = f"revisions WHERE serial IN (SELECT max(serial) FROM revisions GROUP BY article) AND {where}"
    newest = f"{every} AND shown(item)"
    articles, first, last, *counts = next(
        folder.rows(
            "SELECT count(*), min(json_extract(item, '$.posted_on')), max(json_extract(item, '$.posted_on')),"
            f" {', '.join(f'sum({test})' for test in FILLED.values())} FROM {newest}",
            values,
        )
    )
    citations, cited = next(
        folder.rows(
            "SELECT count(*), count(DISTINCT coalesce(json_extract(c.value, '$.cid'), json_extract(c.value, '$.norm'),"
            f" json_extract(c.value, '$.title'))) FROM (SELECT item FROM {newest}) AS r,"
            " json_each(r.item, '$.cited_documents') AS c",
            values,
        )
    )
    (known,) = next(folder.rows(f"SELECT count(*) FROM {every}", values))
    revisions, snapshots, gone = next(
        folder.rows(
            f"WITH shown AS (SELECT article FROM {newest}) SELECT"
            " (SELECT count(*) FROM revisions WHERE article IN shown AND shown(item)),"
            " (SELECT count(*) FROM snapshots),"
            " (SELECT count(*) FROM events WHERE event = 'gone' AND article IN shown"
            " AND serial IN (SELECT max(serial) FROM events GROUP BY article))",
            values,
        )
    )
    erased = len(folder.erased(choice))
    warcs = (*folder.paths.closed_warcs(), *folder.paths.open_warcs())
    return PortalStats(
        portal=folder.slug,
        name=folder.view.name,
        articles=articles,
        gone=gone,
        revisions=revisions,
        snapshots=None if choice.narrow else snapshots,
        bytes=None if choice.narrow else sum(path.stat().st_size for path in warcs),
        first_posted=first,
        last_posted=last,
        citations=citations,
        documents=cited,
        withheld=known - articles - erased,
        erased=erased,
        filled={name: (count / articles if articles else None) for name, count in zip(FILLED, counts, strict=True)},
    )
