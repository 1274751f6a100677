"""Reads captures again: their records, through the decoder and the `read_article` of the live crawl."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

from archive.schema import Article, NotAnArticle, SnapshotRef
from archive.storage.entries import Capture
from archive.storage.ledger import Ledger
from archive.storage.paths import PortalPaths
from archive.storage.snapshots import moment, read_exchange
from crawler.portal import Portal
from crawler.reading.article import read_article

PAGE_CAP = 10 * 1024 * 1024  # bytes; MAXSIZE_PAGE of the crawl
AT_ONCE = 64  # captures handed to a process at a time


@dataclass(frozen=True, slots=True)
class Reading:
    """A capture read again: what it says now, or why it says nothing."""

    capture: Capture
    article: Article | None
    problem: str | None = None

    @property
    def verdict(self) -> str:
        """In a word: `same`, `revised`, `new`, `no article`, `unreadable`; `differs` where only evidence changed."""
        held = self.capture.item
        if self.article is None:
            return "unreadable" if self.problem else "no article"
        if held is None:
            return "new"
        if self.article.revision != held["revision"]:
            return "revised"
        return "same" if replace(self.article, cause=held["cause"]).to_dict() == held else "differs"


def reread(paths: PortalPaths, ledger: Ledger, form: Portal | None, item: dict[str, Any]) -> Article | None:
    """The article of an item's capture by today's rules; None where it cannot be read or is none any more."""
    if item["snapshot"] is None:
        return None
    ref = SnapshotRef(**item["snapshot"])
    try:
        original = ledger.original_of(ref.record_id)
        read = read_capture(paths, form, item["url"], ref, original.ref if original else None)
    except (OSError, ValueError):
        return None
    return read if isinstance(read, Article) else None


def reread_all(paths: PortalPaths, ledger: Ledger, form: Portal | None, processes: int) -> Iterator[Reading]:
    """Every capture of a portal that holds or may hold an article, in the order of the records."""
    captures = list(ledger.captures())
    if processes == 1 or len(captures) < AT_ONCE:
        yield from (_reading((paths, form, capture)) for capture in captures)
        return
    with ProcessPoolExecutor(processes) as pool:
        yield from pool.map(_reading, ((paths, form, capture) for capture in captures), chunksize=AT_ONCE)


def _reading(job: tuple[PortalPaths, Portal | None, Capture]) -> Reading:
    paths, form, capture = job
    try:
        original = capture.original.ref if capture.original else None
        read = read_capture(paths, form, capture.url, capture.snapshot.ref, original)
    except (OSError, ValueError) as error:
        return Reading(capture, None, f"{type(error).__name__}: {error}")
    return Reading(capture, read if isinstance(read, Article) else None)


def read_capture(
    paths: PortalPaths, form: Portal | None, url: str, ref: SnapshotRef, original: SnapshotRef | None
) -> Article | NotAnArticle:
    """What a capture says; a revisit's body is that of `original`. OSError or ValueError where it cannot be read."""
    taken = moment(ref.date)
    if taken is None:
        raise ValueError(f"{ref.warc} at {ref.offset}: {ref.date!r} is no date")
    kept = read_exchange(paths, ref, original=original)
    body = kept.decode(PAGE_CAP).body
    headers = {name.lower(): value for name, value in kept.head.headers}
    read = read_article(body, url, taken, headers=headers, portal=form)
    return replace(read, snapshot=ref) if isinstance(read, Article) else read


def revisions_of(readings: Iterator[Reading], counts: Counter[str]) -> Iterator[tuple[str, Article]]:
    """The revisions that readings add, by address key; `counts` learns every verdict."""
    for reading in readings:
        counts[reading.verdict] += 1
        if reading.article is not None and reading.verdict in ("new", "revised"):
            yield reading.capture.key, replace(reading.article, cause="rules" if reading.capture.item else "new")
