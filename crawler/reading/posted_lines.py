"""What a page shows of the posting and the update time: dates in lines round the headline and the text, each weighed.

Never the header's clock, a row of a list, a licence, a print page's day, the date of a cited document or an event.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from archive.schema import VIETNAM
from crawler.reading.address import canonical_url
from crawler.reading.blocks import Block, Box
from crawler.reading.dates import FoundDate, date_label, find_dates, parse_posted, printed_day
from crawler.reading.page import Page
from crawler.reading.posted_data import Reading
from crawler.reading.rows import is_title_link
from crawler.reading.story import Span

_LONGEST_LINE = 260
_HAS_TIME = re.compile(r"\d|trước|hôm|ago|day", re.IGNORECASE)
_DATED = re.compile(
    r"\d\s?[/.\-]\s?\d{1,2}\s?[/.\-]\s?\d|thang \d|\bthang [a-z]{2,}|\btruoc\b|hom (?:qua|nay|kia)|\bago\b|\d{4}"
    r"|yesterday|today"
)
# The header's clock, a licence, a print page: never the posting time, wherever it stands. Folded.
_LICENCE = re.compile(r"giay phep|\bgp\b|ban quyen|copyright|©|hom nay|bay gio|ngay in\b|in ngay|today is")
_NEVER_IN = ("nav", "footer", "aside", "related", "comments", "crumb", "tags", "form")

# How far a visible reading is believed: from here on its label says what it is, or its place under the headline.
LABELLED, BELOW = 100, 45

Spot = Literal["headline", "above", "below", "inside", "after", "far"]
_PLACES: dict[Spot, int] = {"below": 30, "above": 12, "after": 10, "inside": 4, "far": 0, "headline": 0}


@dataclass(frozen=True, slots=True)
class Place:
    """Where the article stands on its page: its headline, and the span of its text."""

    page: Page
    headline: Block | None
    span: Span

    @property
    def first(self) -> int:
        """The first block of the article's own element; past the head where that is no smaller than the page."""
        return self.span.box.first if self._own else self.span.head

    @property
    def _own(self) -> bool:
        return self.span.box.tag not in ("body", "html")

    def holds(self, block: Block) -> bool:
        """Whether the block stands in the article's own element."""
        return self._own and self.span.box.first <= block.order < self.span.box.last

    def lines(self) -> Iterator[Block]:
        """The blocks round the headline, at the beginning and the end of the text, and some way behind it."""
        blocks, start, end = self.page.outline.blocks, self.span.prose, self.span.end
        first = max(0, (self.headline.order if self.headline is not None else start) - 4)
        head = min(start + 10, max(end, first))
        yield from blocks[first:head]
        yield from blocks[max(head, end - 6) : end + 60]

    def spot(self, block: Block) -> Spot:
        """Where a block stands to the headline and the text."""
        start, end = self.span.prose, self.span.end
        if self.headline is not None:
            if block is self.headline:
                return "headline"
            if block.order < self.headline.order:
                return "above" if self.headline.order - block.order <= 4 and block.order >= self.first else "far"
        elif block.order < start:
            return "below" if start - block.order <= 4 and block.order >= self.first else "far"
        if block.order < start:
            return "below"
        if block.order < end:
            return "inside"
        return "after" if block.order - end <= 8 else "far"


def seen_times(place: Place, fetched_at: datetime) -> tuple[list[Reading], list[Reading]]:
    """The posting and the update times that the page shows, each with what speaks for it."""
    posted: list[Reading] = []
    updated: list[Reading] = []
    for block in place.lines():
        for reading, label in _in_line(block, place, fetched_at):
            (updated if label == "updated" else posted).append(reading)
    if not any(each.strength >= LABELLED for each in posted) and _unreadable(place):
        posted = []  # the page does name its day, in words that cannot be read: no other line stands in for it
    return posted, updated


def _in_line(block: Block, place: Place, fetched_at: datetime) -> Iterator[tuple[Reading, str | None]]:
    if block.related or block.in_row or len(block.text) > _LONGEST_LINE or not _HAS_TIME.search(block.text):
        return
    spot = place.spot(block)
    if not _DATED.search(block.folded) or _LICENCE.search(block.folded):
        return
    if spot != "headline" and _of_a_link(block, place.page):
        return
    # WordPress prints the posting line in the entry's footer, beside its tags
    labelled_only = block.zone in _NEVER_IN
    if (labelled_only and not place.holds(block)) or (block.zone == "header" and spot != "below"):
        return
    before = label_before(block, place.page.outline.blocks)
    marked = block.has("date")
    for found in _dates_of(block, fetched_at):
        label = found.label or (before if found.start <= 2 else None)
        if labelled_only and (label != "posted" or block.zone not in ("footer", "tags", "comments")):
            continue
        strength = _strength(block, found, label, spot, marked, fetched_at)
        if strength:
            basis = f"label:{label}" if label else ("marked" if marked else "position")
            printed = printed_day(found.text) if found.posted.precision != "day" else None
            yield Reading(found.posted, found.text.strip(), basis, strength, block.order, printed), label


def _unreadable(place: Place) -> bool:
    """Whether a line labelled as the posting time holds digits but no day that can be read (31/02, a day to come)."""
    for block in place.lines():
        if len(block.text) <= 80 and block.free and block.text[-1:].isdigit() and date_label(block.text) == "posted":
            return True
    return False


def _of_a_link(block: Block, page: Page) -> bool:
    """Whether the line dates a linked headline just above it: the row of a list that holds but one story."""
    for before in page.outline.blocks[max(0, block.order - 2) : block.order][::-1]:
        if before.zone is not None:
            return False
        if is_title_link(before):
            return page.link(before.href) not in (None, page.url) and canonical_url(
                page.link(before.href) or ""
            ) != canonical_url(page.url)
        if before.level or len(before.text) > 30:
            return False
    return False


def _dates_of(block: Block, fetched_at: datetime) -> list[FoundDate]:
    found = find_dates(block.text, fetched_at)
    if not found and (whole := parse_posted(block.text, fetched_at)) is not None:
        return [FoundDate(0, len(block.text), block.text, whole, date_label(block.text))]
    return found


def _strength(block: Block, found: FoundDate, label: str | None, spot: Spot, marked: bool, fetched_at: datetime) -> int:
    """How much the date speaks for being the posting (or update) time; 0 where it does not."""
    if label in ("issued", "effective", "expired", "event"):
        return 0
    clock = 5 if found.posted.precision != "day" else 0
    if spot == "headline":
        return 60 + clock if _closes_headline(block, found) else 0
    if label in ("posted", "updated"):
        if (spot == "inside" and len(block.text) > 120) or (spot == "far" and block.zone is not None):
            return 0
        return LABELLED + _PLACES[spot] + clock
    rest = len(block.text) - (found.end - found.start)
    if rest > (90 if marked else 60) or (block.link_share > 0.5 and not (marked and spot == "below")):
        return 0
    if spot == "below" and (marked or not _in_data(block)):
        return (70 if marked else BELOW) + clock
    if spot in ("above", "after"):
        return _apart(block, rest, spot, marked, clock, fetched_at, found)
    return 35 + clock if spot == "inside" and marked and clock and rest <= 12 else 0


def _apart(
    block: Block, rest: int, spot: Spot, marked: bool, clock: int, fetched_at: datetime, found: FoundDate
) -> int:
    """A line without a label over the headline or behind the text."""
    today = found.posted.day == fetched_at.astimezone(VIETNAM).date()
    if block.zone is not None or (today and spot == "above") or (spot == "after" and not marked):
        return 0
    if marked or clock:
        return 30 + (10 if marked else 0) + clock
    return 28 if rest <= 40 else 0


def _closes_headline(block: Block, found: FoundDate) -> bool:
    """Whether the day stands in brackets behind the headline's words, in one line with them."""
    return found.start >= 15 and block.text[found.start - 1] in "([" and block.text[found.end :].strip() in (")", "]")


def _in_data(block: Block) -> bool:
    """Whether the line is one of several filled cells of a table's row: a schedule's day, not the article's."""
    box: Box | None = block.box
    while box is not None and box.tag not in ("table", "body"):
        if box.tag == "tr":
            return 2 <= box.last - box.first <= 8
        box = box.parent
    return False


def label_before(block: Block, blocks: list[Block]) -> str | None:
    """The label in the block before, where that is nothing but a label: two table cells, dt and dd."""
    if block.order == 0:
        return None
    before = blocks[block.order - 1]
    if len(before.text) > 40 or any(char.isdigit() for char in before.text):
        return None
    return date_label(before.text)


def time_elements(place: Place) -> list[str]:
    """Values of `time` elements between the headline and the text."""
    outline = place.page.outline
    after = place.headline.order if place.headline is not None else place.span.prose - 4
    found = []
    for inline in outline.inlines:
        if (
            inline.node.tag == "time"
            and after <= inline.order < place.span.prose
            and inline.order < len(outline.blocks)
        ):
            block = outline.blocks[inline.order]
            if not (block.related or block.in_row) and date_label(block.text) in (None, "posted"):
                found.append(inline.node.get("datetime") or "")
    return found
