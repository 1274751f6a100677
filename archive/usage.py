"""What an archive's bytes are for, by portal and year and for each article: pages, rechecks, images, attachments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import NamedTuple

from archive.folder import PortalFolder

PURPOSES = ("pages", "rechecks", "images", "attachments")

_FILES = {"attachment": "attachments", "image": "images", "requisite": "images"}


class _Bytes:
    """What is spent by purpose."""

    __slots__ = ()

    def add(self, purpose: str, size: int) -> None:
        """Bytes more."""
        setattr(self, purpose, getattr(self, purpose) + size)

    @property
    def total(self) -> int:
        """All bytes."""
        return sum(getattr(self, name) for name in PURPOSES)


@dataclass(slots=True)
class Usage(_Bytes):
    """Bytes on disk of one portal's exchanges in one year of capture (UTC), requests, metadata and withheld included.

    `rechecks`: every capture of a page after its first. `images`: with what else a page needs to be looked at.
    """

    portal: str
    year: str
    articles: int = 0  # first captured in that year
    pages: int = 0
    rechecks: int = 0
    images: int = 0
    attachments: int = 0

    @property
    def per_article(self) -> int | None:
        """Bytes for each article first captured in that year; None where none was."""
        return round(self.total / self.articles) if self.articles else None


@dataclass(slots=True)
class ArticleUsage(_Bytes):
    """Bytes on disk of an article's page, with the images and attachments that it was the first to name."""

    id: str
    pages: int = 0
    rechecks: int = 0
    images: int = 0
    attachments: int = 0


def usage(folder: PortalFolder) -> list[Usage]:
    """The years of a portal. Raises LedgerError."""
    years: dict[str, Usage] = {}
    for each in _exchanges(folder):
        year = years.setdefault(each.date[:4], Usage(folder.slug, each.date[:4]))
        year.add(each.purpose, each.size)
        year.articles += bool(each.first and each.article)
    return [years[year] for year in sorted(years)]


def article_usage(folder: PortalFolder) -> list[ArticleUsage]:
    """The articles of a portal that are shown; home pages and lists are nobody's. Raises LedgerError."""
    pages: dict[str, str] = {}
    for key, url, article in folder.rows("SELECT key, url, article FROM addresses WHERE article IS NOT NULL"):
        pages[key] = pages[url] = article
    away = {article for (article,) in folder.rows("SELECT DISTINCT article FROM revisions WHERE NOT shown(item)")}
    articles: dict[str, ArticleUsage] = {}
    for each in _exchanges(folder):
        article = each.article or (pages.get(each.via) if each.via else None)
        if article and article not in away:
            articles.setdefault(article, ArticleUsage(article)).add(each.purpose, each.size)
    return list(articles.values())


def not_shown(folder: PortalFolder) -> tuple[int, int]:
    """How many articles of a portal are withheld, and how many erased. Raises LedgerError."""
    newest = "serial IN (SELECT max(serial) FROM revisions GROUP BY article)"
    (hidden,) = next(folder.rows(f"SELECT count(*) FROM revisions WHERE {newest} AND NOT shown(item)"))
    erased = len(folder.erased())
    return hidden - erased, erased


class _Exchange(NamedTuple):
    """`via`: the page that named its address; `first`: no capture of the address came before."""

    size: int
    date: str
    kind: str
    article: str | None
    via: str | None
    first: bool

    @property
    def purpose(self) -> str:
        return _FILES.get(self.kind) or ("pages" if self.first else "rechecks")


def _exchanges(folder: PortalFolder) -> Iterator[_Exchange]:
    """Every exchange: its records lie behind each other, so it reaches to where the next begins."""
    rows = folder.rows(
        "SELECT s.warc, s.offset, s.length, s.date, coalesce(a.kind, ''), a.article, a.via,"
        " row_number() OVER (PARTITION BY s.key ORDER BY s.date, s.id) = 1"
        " FROM snapshots AS s LEFT JOIN addresses AS a ON a.key = s.key ORDER BY s.warc, s.offset"
    )
    for row, following in pairwise(chain(rows, [None])):
        assert row is not None
        warc, offset, length, date, kind, article, via, first = row
        end = following[1] if following and following[0] == warc else _end(folder, warc, offset + length)
        yield _Exchange(end - offset, date, kind, article, via, bool(first))


def _end(folder: PortalFolder, warc: str, end: int) -> int:
    """Where the last exchange of a file ends: with it, or where the file is away with its record."""
    path = folder.paths.warc(warc)
    return path.stat().st_size if path.exists() else end
