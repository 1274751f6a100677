"""The pages of files that were taken in: which captures may hold an article, and each of them read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from urllib.parse import urlsplit

from archive.schema import Article, NotAnArticle
from archive.storage.entries import POSTED, Snapshot
from archive.storage.imports import in_order
from archive.storage.paths import PortalPaths
from archive.storage.snapshots import read_exchange
from archive.storage.store import PortalArchive
from crawler.portal import Portal
from crawler.reading.links import is_trap
from crawler.rereading import AT_ONCE, read_capture

# Print pages have addresses that no key can lead back to their article's (Kon Tum: /pages/print/53101).
_PRINT = re.compile(r"/(?:print\w*|in-?bai\w*|(?:xem-)?ban-in|savefile)(?:[/.]|$)", re.IGNORECASE)
_PAGES = ("html", "text/plain", "octet-stream", "/xml")  # what portals call their pages; read_article tells them apart


@dataclass(frozen=True, slots=True)
class Page:
    """A captured page read: what it says, or the problem that kept it from being read."""

    row: Snapshot
    original: Snapshot | None
    read: Article | NotAnArticle | None
    etag: str | None = None
    last_modified: str | None = None
    problem: str | None = None
    defect: bool = False


def read_pages(archive: PortalArchive, form: Portal, warcs: Iterable[str], processes: int) -> Iterator[Page]:
    """Every page of the portal's hosts in those WARCs, by date."""
    jobs = [
        (archive.paths, form, row, archive.ledger.original_of(row.record_id) if row.kind == "revisit" else None)
        for row in pages_of(archive, form, warcs)
    ]
    if processes == 1 or len(jobs) < AT_ONCE:
        yield from map(_page, jobs)
        return
    with ProcessPoolExecutor(processes) as pool:
        yield from pool.map(_page, jobs, chunksize=AT_ONCE // 4)


def pages_of(archive: PortalArchive, form: Portal, warcs: Iterable[str]) -> list[Snapshot]:
    """The captures that may hold an article, by date; print pages come last, since their articles may be there too.

    Many addresses share one key (print pages, sessions): where the key itself was captured, only that is read, else the
    first of the others, since a twin that says it otherwise would look like an edit.
    """
    rows = [row for row in in_order(archive.ledger.of_warcs(warcs)) if _may_hold_article(row, form)]
    plain = {row.key for row in rows if _is_plain(row)}
    twins: dict[str, str] = {}
    for row in rows:
        if row.key not in plain:
            twins.setdefault(row.key, row.url)
    once = [row for row in rows if (_is_plain(row) if row.key in plain else row.url == twins[row.key])]
    return sorted(once, key=lambda row: is_print(row.url))


def is_print(url: str) -> bool:
    """Whether an address is that of a page made for printing, by its words."""
    return bool(_PRINT.search(urlsplit(url).path))


def _may_hold_article(row: Snapshot, form: Portal) -> bool:
    if row.truncated or not form.owns(row.url) or is_trap(row.url) or POSTED in row.key:
        return False
    if row.kind == "revisit":
        return row.refers_to is not None and row.status in (200, 304)
    media = row.media_type or "html"
    return (row.kind == "resource" or row.status == 200) and any(each in media for each in _PAGES)


def _is_plain(row: Snapshot) -> bool:
    """Whether an address is its key but for scheme and the spelling of the host."""
    url, key = urlsplit(row.url), urlsplit(row.key)
    return (url.path or "/", url.query) == (key.path, key.query)


def _page(job: tuple[PortalPaths, Portal, Snapshot, Snapshot | None]) -> Page:
    paths, form, row, original = job
    try:
        read = read_capture(paths, form, row.url, row.ref, original.ref if original else None)
        head = read_exchange(paths, (original or row).ref).head
    except (OSError, ValueError) as error:
        return Page(row, original, None, problem=f"{row.warc} at {row.offset}: {type(error).__name__}: {error}")
    except Exception as error:  # a defect of ours costs one page its reading, as in a crawl
        told = f"{row.warc} at {row.offset}: defect: {type(error).__name__}: {error} ({row.url})"
        return Page(row, original, None, problem=told, defect=True)
    return Page(row, original, read, head.get("ETag"), head.get("Last-Modified"))
