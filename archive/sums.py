"""What the articles of an archive add up to: the documents they cite, and how many of each thing a portal holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from archive.folder import PortalFolder
from archive.schema import Article, Citation
from archive.vietnam.text import key


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


def documents(articles: Iterable[Article]) -> list[DocumentView]:
    """The documents cited, most cited first; a mention without number and title is nobody's."""
    found: dict[tuple[str, ...], DocumentView] = {}
    for article in articles:
        met = {}
        for cited in article.cited_documents:
            identity = _identity(cited, article.portal)
            if identity:
                view = found.setdefault(
                    identity, DocumentView(cited.cid, cited.norm, cited.type, cited.title, cited.date)
                )
                _learn(view, cited)
                met[identity] = view
        for view in met.values():
            _count(view, article)
    return sorted(found.values(), key=lambda view: (-view.articles, -view.mentions, view.name))


def _identity(cited: Citation, portal: str) -> tuple[str, ...] | None:
    if cited.cid:
        return (cited.cid,)
    if cited.norm:
        return (portal, cited.type or "", key(cited.norm))
    return (portal, cited.type or "", "", key(cited.title)) if cited.title else None


def _learn(view: DocumentView, cited: Citation) -> None:
    view.mentions += 1
    for name in ("norm", "type", "title", "date"):
        if getattr(view, name) is None:
            setattr(view, name, getattr(cited, name))


def _count(view: DocumentView, article: Article) -> None:
    view.articles += 1
    if article.portal not in view.portals:
        view.portals.append(article.portal)
    if article.posted_on:
        view.first_posted = min(view.first_posted or article.posted_on, article.posted_on)
        view.last_posted = max(view.last_posted or article.posted_on, article.posted_on)


@dataclass(frozen=True, slots=True)
class PortalStats:
    """What one portal's folder holds; `filled`: the share of articles (0 to 1) that state a field, None without any."""

    portal: str
    name: str | None
    articles: int
    gone: int
    revisions: int
    snapshots: int
    bytes: int
    first_posted: str | None
    last_posted: str | None
    citations: int
    documents: int
    filled: dict[str, float | None]


# A field and how the JSON of an item says that it is there.
_FILLED = {
    **{name: f"json_extract(item, '$.{name}') IS NOT NULL" for name in ("title", "lead", "section", "source")},
    "body": "json_extract(item, '$.body') <> ''",
    "posted": "json_extract(item, '$.posted_on') IS NOT NULL",
    "posted time": "json_extract(item, '$.posted_at') IS NOT NULL",
    **{name: f"json_array_length(item, '$.{name}') > 0" for name in ("authors", "cited_documents", "attachments")},
}  # fmt: skip
_NEWEST = "revisions WHERE serial IN (SELECT max(serial) FROM revisions GROUP BY article)"


def portal_stats(folder: PortalFolder) -> PortalStats:
    """What a portal's folder holds; bytes are those of its WARC files on disk. Raises LedgerError."""
    articles, first, last, *counts = next(
        folder.rows(
            "SELECT count(*), min(json_extract(item, '$.posted_on')), max(json_extract(item, '$.posted_on')),"
            f" {', '.join(f'sum({test})' for test in _FILLED.values())} FROM {_NEWEST}"
        )
    )
    citations, cited = next(
        folder.rows(
            "SELECT count(*), count(DISTINCT coalesce(json_extract(c.value, '$.cid'), json_extract(c.value, '$.norm')))"
            f" FROM (SELECT item FROM {_NEWEST}) AS r, json_each(r.item, '$.cited_documents') AS c"
        )
    )
    revisions, snapshots, gone = next(
        folder.rows(
            "SELECT (SELECT count(*) FROM revisions), (SELECT count(*) FROM snapshots),"
            " (SELECT count(*) FROM events WHERE event = 'gone'"
            " AND serial IN (SELECT max(serial) FROM events GROUP BY article))"
        )
    )
    warcs = (*folder.paths.closed_warcs(), *folder.paths.open_warcs())
    return PortalStats(
        portal=folder.slug,
        name=folder.view.name,
        articles=articles,
        gone=gone,
        revisions=revisions,
        snapshots=snapshots,
        bytes=sum(path.stat().st_size for path in warcs),
        first_posted=first,
        last_posted=last,
        citations=citations,
        documents=cited,
        filled={name: (count / articles if articles else None) for name, count in zip(_FILLED, counts, strict=True)},
    )
