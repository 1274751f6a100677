"""Reads captures again: their records, through the decoder and the `read_article` of the live crawl."""

from __future__ import annotations

import signal
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, replace
from itertools import chain, islice
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
    defect: bool = False  # the problem is ours

    @property
    def verdict(self) -> str:
        """In a word: `same`, `revised`, `new`, `no article`, `unreadable`; `differs` where only evidence changed."""
        held = self.capture.item
        if self.article is None:
            return "defect" if self.defect else "unreadable" if self.problem else "no article"
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


def reread_all(
    paths: PortalPaths, captures: Iterable[Capture], form: Portal | None, processes: int
) -> Iterator[Reading]:
    """Captures that hold or may hold an article, read in their order; few of them are in memory at a time."""
    captures = iter(captures)
    first = list(islice(captures, AT_ONCE))
    if processes == 1 or len(first) < AT_ONCE:
        yield from (_reading(paths, form, capture) for capture in chain(first, captures))
        return
    with ProcessPoolExecutor(processes, initializer=_begin) as pool:
        under_way: deque[Future[list[Reading]]] = deque()
        batch = first
        while batch or under_way:
            if batch:
                under_way.append(pool.submit(_readings, paths, form, batch))
                batch = list(islice(captures, AT_ONCE))
            if len(under_way) > 2 * processes or not batch:
                yield from under_way.popleft().result()


def _begin() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches every process of a terminal; the first one ends us


def _readings(paths: PortalPaths, form: Portal | None, captures: list[Capture]) -> list[Reading]:
    return [_reading(paths, form, capture) for capture in captures]


def _reading(paths: PortalPaths, form: Portal | None, capture: Capture) -> Reading:
    try:
        original = capture.original.ref if capture.original else None
        read = read_capture(paths, form, capture.url, capture.snapshot.ref, original)
    except Exception as error:  # a defect of ours costs one page its reading, as in a crawl
        row, defect = capture.snapshot, not isinstance(error, (OSError, ValueError))
        what = f"{'defect: ' if defect else ''}{type(error).__name__}: {error}"
        return Reading(capture, None, f"{row.warc} at {row.offset}: {what} ({capture.url})", defect)
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
