"""Where a line stands to the article: over its headline, under it, behind the lead, in the text, after it, far away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from archive.schema import VIETNAM
from crawler.reading.dates import printed_day
from crawler.reading.outline.blocks import Block, Box
from crawler.reading.outline.rows import is_title_link
from crawler.reading.page import Page
from crawler.reading.text.lines import is_prose, is_sentence, is_widget
from crawler.reading.text.span import Span

Spot = Literal["headline", "above", "below", "lead", "inside", "after", "far"]
# Any lines, labelled ones, those that hold little but a date, a day with its clock at the end of the breadcrumbs, a
# time whose name is a clock's.
Admitted = Literal["any", "labelled", "bare", "clock", "stopped"]

# Zones that hold no line of the article, unless something says so.
_NEVER_IN = ("nav", "footer", "aside", "related", "comments", "crumb", "tags", "form", "header")
# In the article's own element a labelled line counts there too: WordPress prints it in the entry's footer.
_OF_ITS_OWN = ("footer", "tags", "comments", "header", "nav", "crumb")
_POSTED = re.compile(
    r"(?:post|pub|news|article|entry|tin|bai|dang)[a-z]*[-_ ]?(?:date|time|ngay|on\b)|ngay-?dang"
    r"|date-?(?:post|publ|header)"
)
_CLOCK = re.compile(r"(?:^|[ _-])(?:clock|egov-date|today|hom-?nay|current-?(?:date|time)|date-?now)")
_CREDIT = re.compile(r"\W*(?:nguon(?: tin| bai)?|tac gia|nguoi viet|tin,? (?:bai|anh)|bai,? anh)\s*:")
_WAY = 8  # blocks of a row with the breadcrumbs, and those looked at over the headline
_NEAR = 4  # lines
_FARTHEST_CLOCK = 200  # blocks from the page's top
_DAY = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|tháng", re.IGNORECASE)
_READERS = re.compile(r"\d (?:luot|lan) (?:xem|doc)\b|\b(?:luot|lan) (?:xem|doc)\W{1,3}\d")
_ROW = re.compile(r"(?:^|[ _-])(?:row|flex|grid|media|d-flex|columns?)(?:[ _-]|$)")
_COLUMN = re.compile(r"(?:^|[ _-])(?:col|left|date|ngay|time|meta|info|media)(?:[ _-]|$)")
_SIDE = re.compile(r"[ _-](?:left|date|day|ngay|time)(?:[ _-]|$)")  # "detail__left" beside "detail__right"
_META = re.compile(r"(?:^|[ _-])(?:meta|info|post|news|article|detail|tin|bai)(?:[ _-]|$)")


@dataclass(frozen=True, slots=True)
class Place:
    """Where the article stands on its page, fetched when it was: its headline, and the span of its text."""

    page: Page
    headline: Block | None
    span: Span
    fetched_at: datetime

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

    @classmethod
    def of(cls, page: Page, headline: Block | None, span: Span, fetched_at: datetime) -> Place:
        """The place of an article: where a list stands in the text's own element, the text ends before it."""
        blocks = page.outline.blocks
        end = next(
            (order + 1 for order in range(span.end - 1, span.prose - 1, -1) if is_prose(blocks[order])), span.end
        )
        while end < span.end and blocks[end].free and not is_title_link(blocks[end]):
            end += 1
        return cls(page, headline, replace(span, end=end), fetched_at)

    def lines(self) -> Iterator[Block]:
        """The blocks round the headline, at the beginning and the end of the text, and some way behind it."""
        blocks, start, end = self.page.outline.blocks, self.span.prose, self.span.end
        first = max(0, (self.headline.order if self.headline is not None else start) - _WAY)
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
                near = self._lines_between(block) < _NEAR
                own = block.order >= self.first or is_named_posted(block) or block.zone == "crumb" or _is_read(block)
                own = own or (self.is_over(block) and block.box.parent is self.headline.box.parent)
                own = own or self.is_heading_over(block)
                return "above" if near and (own or self.is_column(block) or self._is_beside_way(block)) else "far"
        elif block.order < start:
            return "below" if start - block.order <= 4 and block.order >= self.first else "far"
        if block.order < start:
            return "below"
        if block.order < end:
            return "lead" if self._begins(block) else "inside"
        return "after" if block.order - end <= 8 else "far"

    def _lines_between(self, block: Block) -> int:
        """How many lines part a line from the headline under it; the page's tools do not."""
        end = self.headline.order if self.headline is not None else block.order
        between = self.page.outline.blocks[block.order + 1 : end]
        return sum(not (each.box.tag == "button" or is_widget(each)) for each in between)

    def is_column(self, block: Block) -> bool:
        """Whether it stands in a narrow column beside the article: a cell, or a box by its class, of short lines."""
        box, headline = block.box, self.headline
        while (
            headline is not None and box.parent is not None and not box.parent.first <= headline.order < box.parent.last
        ):
            box = box.parent
        row = box.parent
        if row is None or row.tag in ("body", "html") or size_of(box) > 5 or not box.first <= block.order < box.last:
            return False
        if not (row.tag == "tr" or (_ROW.search(row.words) and _COLUMN.search(box.words)) or _SIDE.search(box.words)):
            return False
        blocks = self.page.outline.blocks[box.first : box.last]
        # a card of the article's may be an `aside`, of which only labelled lines count
        return all(len(each.text) <= 40 and not _links_away(each) and each.zone in (None, "aside") for each in blocks)

    def _is_beside_way(self, block: Block) -> bool:
        """Whether it stands in one small element with the breadcrumbs: a row of the way and the day."""
        row = block.box.parent
        if row is None or row.tag in ("body", "html") or size_of(row) > _WAY or block.zone is not None:
            return False
        return any(each.zone == "crumb" for each in self.page.outline.blocks[row.first : block.order])

    def _begins(self, block: Block) -> bool:
        """Whether it stands behind a lead, or behind tools taken for text: a player, a table of contents."""
        before = self.page.outline.blocks[self.span.prose : block.order]
        long = sum(len(each.text) >= 100 for each in before)
        return long == 0 if len(before) > 3 else long <= 2

    def heads(self, block: Block) -> bool:
        """Whether the block is the head's of the article: by its class, or in an element with the headline alone."""
        if _META.search(block.box.words):
            return True
        box: Box | None = block.box
        while box is not None and (self.headline is None or not box.first <= self.headline.order < box.last):
            box = box.parent
        return box is not None and box.last <= self.span.prose

    def opens_article(self, block: Block) -> bool:
        """Whether it stands in the article's own element over the headline, with nothing of the site's between."""
        between = self.page.outline.blocks[block.order + 1 : self.headline.order] if self.headline is not None else []
        return self.holds(block) and all(each.zone is None and not each.in_row for each in between)

    def is_over(self, block: Block) -> bool:
        """Whether it is the last block before the headline."""
        return self.headline is not None and block.order + 1 == self.headline.order

    def is_heading_over(self, block: Block) -> bool:
        """Whether it is a heading directly over the headline: a blog heads the stories of a day with it."""
        return block.level > 0 and block.zone is None and self.is_over(block)

    def is_row_over(self, block: Block) -> bool:
        """Whether it fills the row of a table over that of the headline."""
        over, head = block.box.parent, self.headline.box.parent if self.headline is not None else None
        rows = over is not None and head is not None and over.tag == head.tag == "tr" and over.parent is head.parent
        return rows and over is not None and head is not None and size_of(over) == 1 and over.last == head.first

    def has_clock_before(self, block: Block) -> bool:
        """Whether the page shows its own clock, the day of the fetch, over all that is the article's."""
        today = self.fetched_at.astimezone(VIETNAM).date()
        return any(
            printed_day(each.text) == today
            for each in self.page.outline.blocks[: min(block.order, self.span.box.first, _FARTHEST_CLOCK)]
            if len(each.text) <= 100 and _DAY.search(each.text)
        )

    def closes_text(self, block: Block) -> bool:
        """Whether it is one of the text's last two lines, and no sentence follows."""
        after = self.next_line(block)
        return 0 < self.span.end - block.order <= 2 and not (
            after is not None and after.order < self.span.end and is_sentence(after.text)
        )

    def ends_article(self, block: Block) -> bool:
        """Whether nothing but credits, files and tools stands between the text and the line; a list has not begun."""
        between = self.page.outline.blocks[self.span.end : block.order]
        if self.span.prose == self.span.end or (len(between) > 2 and not self.holds(block)):
            return False
        return not any(
            each.related or each.in_row or each.level or is_sentence(each.text) or is_title_link(each)
            for each in between
            if not is_widget(each)
        )

    def next_line(self, block: Block) -> Block | None:
        """The line that follows, where it is free text too."""
        blocks = self.page.outline.blocks
        after = blocks[block.order + 1] if block.order + 1 < len(blocks) else None
        return after if after is not None and after.free else None

    def is_among_credits(self, block: Block) -> bool:
        """Whether it stands directly under or over the line of the source or the author, in one element with it."""
        blocks = self.page.outline.blocks
        beside = blocks[max(0, block.order - 1) : block.order] + blocks[block.order + 1 : block.order + 2]
        return any(each.box.parent is block.box.parent and _CREDIT.match(each.folded) for each in beside)

    def admits(self, block: Block, spot: Spot) -> Admitted | None:
        """Which lines count where the block stands, None for none."""
        if block.zone not in _NEVER_IN:
            beside = spot == "above" and block.order < self.first and self._is_beside_way(block)
            return "clock" if beside and not is_named_posted(block) else "any"
        opened = _opening(block)
        if spot == "below":
            return "any" if block.zone == "header" else "bare" if opened is not None and self._between(opened) else None
        if block.zone == "crumb" and spot == "above":
            return "clock"
        if block.zone == "header" and spot == "above" and opened is not None and _CLOCK.search(opened.words):
            # SharePoint's `lblCurrentDate` over the text held the posting time (Quảng Ngãi)
            return "stopped" if self.opens_article(block) else None
        if block.zone == "aside":
            return "labelled" if opened is not None and self._is_card(opened) else None
        if block.zone == "footer" and spot == "after" and self.holds(block):
            return "bare"
        return "labelled" if block.zone in _OF_ITS_OWN and self.holds(block) else None

    def _between(self, zone: Box) -> bool:
        """Whether a zone opens and ends between the headline and the text.

        A toolbar built as a `nav`, a list or an `aside` holds the day there, beside the view count.
        """
        head = self.headline.order if self.headline is not None else self.span.head
        return head <= zone.first and zone.last <= self.span.prose + 1

    def _is_card(self, zone: Box) -> bool:
        """Whether a zone tells of the article and of no other: some lines without a linked headline."""
        return size_of(zone) <= 12 and not any(map(is_title_link, self.page.outline.blocks[zone.first : zone.last]))


def _links_away(block: Block) -> bool:
    """Whether it links another place than one of this page ("#comments")."""
    return bool(block.linked) and not (block.href or "").startswith("#")


def is_named_posted(block: Block) -> bool:
    """Whether its class names the posting time itself (`post-date`, `ngay-dang`), not any date or clock."""
    return any(map(_POSTED.search, (*block.words, block.box.words)))


def _is_read(block: Block) -> bool:
    """Whether it tells how often something was read, as a line of the article's does over its element too."""
    return block.zone is None and not block.linked and _READERS.search(block.folded) is not None


def _opening(block: Block) -> Box | None:
    """What gives a block its zone."""
    box: Box | None = block.box
    while box is not None and box.own_zone is None:
        box = box.parent
    return box


def size_of(box: Box) -> int:
    """How many blocks an element holds."""
    return box.last - box.first
