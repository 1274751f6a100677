"""What an archive's bytes are for, by portal and year and for each article: pages, rechecks, images, attachments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, pairwise

from archive.folder import PortalFolder

PURPOSES = ("pages", "rechecks", "images", "attachments")

_FILES = {"attachment": "attachments", "image": "images", "requisite": "images"}


@dataclass(slots=True)
class Usage:
    """Bytes on disk of one portal's exchanges in one year of capture (UTC), requests and metadata included.

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
    def total(self) -> int:
        """All bytes of the year."""
        return sum(getattr(self, name) for name in PURPOSES)

    @property
    def per_article(self) -> int | None:
        """Bytes for each article first captured in that year; None where none was."""
        return round(self.total / self.articles) if self.articles else None


def usage(folder: PortalFolder) -> list[Usage]:
    """The years of a portal. Raises LedgerError."""
    years: dict[str, Usage] = {}
    for size, date, kind, article, first in _exchanges(folder):
        year = years.setdefault(date[:4], Usage(folder.slug, date[:4]))
        purpose = _FILES.get(kind) or ("pages" if first else "rechecks")
        setattr(year, purpose, getattr(year, purpose) + size)
        year.articles += bool(first and article)
    return [years[year] for year in sorted(years)]


def _exchanges(folder: PortalFolder) -> Iterator[tuple[int, str, str, str | None, bool]]:
    """Bytes, date, kind of address, article and whether it is the address's first, of each exchange.

    An exchange's records lie behind each other, so it reaches to where the next begins.
    """
    rows = folder.rows(
        "SELECT s.warc, s.offset, s.length, s.date, coalesce(a.kind, ''), a.article,"
        " row_number() OVER (PARTITION BY s.key ORDER BY s.date, s.id) = 1"
        " FROM snapshots AS s LEFT JOIN addresses AS a ON a.key = s.key ORDER BY s.warc, s.offset"
    )
    for row, following in pairwise(chain(rows, [None])):
        assert row is not None
        warc, offset, length, date, kind, article, first = row
        end = following[1] if following and following[0] == warc else _end(folder, warc, offset + length)
        yield end - offset, date, kind, article, bool(first)


def _end(folder: PortalFolder, warc: str, end: int) -> int:
    """Where the last exchange of a file ends: with it, or where the file is away with its record."""
    path = folder.paths.warc(warc)
    return path.stat().st_size if path.exists() else end
