"""A page as a flat outline: blocks of text in document order, each knowing where it stands and what marks it.

Everything later asks the outline instead of walking the tree again.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass, field
from operator import attrgetter
from typing import TypeVar

from lxml import etree

from archive.vietnam.text import fold
from crawler.reading.outline.zones import Zone, hints_of

LONGEST_ADDRESS = 8000  # characters; beyond it are files written into the page, and pages made to hurt
_SHAPELESS = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]")


def squeeze(text: str) -> str:
    """The text in NFC with every run of blanks (nbsp included) as one space, and characters without a shape dropped."""
    # no blank but the plain one is printable, and nothing without a shape
    even = text.isprintable() and "  " not in text
    return unicodedata.normalize("NFC", text.strip(" ") if even else " ".join(_SHAPELESS.sub("", text).split()))


@dataclass(slots=True, eq=False)
class Box:
    """A block-level element: a node of the outline's tree."""

    node: etree._Element
    parent: Box | None
    tag: str
    words: str
    hints: frozenset[str]  # what its class words say it may hold
    own_zone: Zone | None
    zone: Zone | None
    align: str | None
    first: int  # index of its first block, of the next one where it has none
    hinted: int = 0  # 3 where it has hints, and one less in each box below: none of the three that `has` asks do at 0
    last: int = -1  # index after its last block
    prose: int = 0
    title_href: str | None = None
    many_titles: bool = False


@dataclass(slots=True, eq=False)
class Block:
    """One run of text between block boundaries, blanks squeezed, NFC."""

    text: str
    box: Box
    order: int
    zone: Zone | None
    linked: int  # characters inside links
    bold: int
    italic: int
    href: str | None
    words: tuple[str, ...]  # class words of the inline elements that begin in it
    level: int  # 1 to 6 inside a heading, else 0
    after_break: bool  # begins after <br>, in the same element as the block before
    link_share: float  # of its characters
    related: bool = False
    in_row: bool = False
    _folded: str = ""

    @property
    def folded(self) -> str:
        """The text folded, same length."""
        if not self._folded:
            self._folded = fold(self.text)
        return self._folded

    @property
    def casefolded(self) -> str:
        """The text without its case."""
        return self.text.casefold()

    @property
    def is_bold(self) -> bool:
        """All of it is bold."""
        return self.bold >= 0.9 * len(self.text)

    @property
    def is_italic(self) -> bool:
        """All of it is in italics."""
        return self.italic >= 0.9 * len(self.text)

    @property
    def align(self) -> str | None:
        """`right`, `center`, or None."""
        return self.box.align

    @property
    def free(self) -> bool:
        """Stands in no zone, list row or related block."""
        return self.zone is None and not self.related and not self.in_row

    def opening(self, length: int) -> str:
        """Its folded beginning; of a text that nothing has folded whole, no more than that is."""
        return self._folded[:length] or fold(self.text[:length])

    def cut(self, length: int) -> None:
        """Keep the first `length` characters of the text."""
        self.text, self._folded = self.text[:length], self._folded[:length]
        self.link_share = self.linked / (len(self.text) or 1)

    def open_at(self, place: int) -> None:
        """Drop the characters before `place`."""
        self.text, self._folded = self.text[place:], self._folded[place:]
        self.link_share = self.linked / (len(self.text) or 1)

    def has(self, hint: str) -> bool:
        """Whether its element, the two around it or an inline element in it are marked as holding that."""
        for words in self.words:
            if hint in hints_of(words):
                return True
        if not self.box.hinted:
            return False
        box: Box | None = self.box
        for _ in range(3):
            if box is None or box.tag in ("body", "html"):
                return False
            if hint in box.hints:
                # the mark of a large box says nothing of each of its many blocks
                return box.last - box.first <= 6 or hint in ("body", "caption")
            box = box.parent
        return False


@dataclass(slots=True, eq=False)
class Inline:
    """An inline element marked as holding something (span class="date", time) and the block in which it begins."""

    node: etree._Element
    words: str
    hints: frozenset[str]  # what these words say it may hold
    order: int
    box: Box


@dataclass(slots=True, eq=False)
class Anchor:
    """A link and the block in which it begins."""

    node: etree._Element
    href: str
    order: int
    box: Box


@dataclass(slots=True, eq=False)
class Media:
    """An image or a player and the block before which it stands."""

    node: etree._Element
    tag: str
    order: int
    box: Box


_Placed = TypeVar("_Placed", Inline, Anchor, Media)
_order = attrgetter("order")


def standing(found: list[_Placed], first: int, end: int) -> list[_Placed]:
    """Those of links, pictures or marked elements that stand from block `first` on and before `end`; sought by halves.

    They stand in the order of the page, and most pages have more of them in their menus than in their story.
    """
    return found[bisect_left(found, first, key=_order) : bisect_left(found, end, key=_order)]


@dataclass(slots=True)
class Outline:
    """The blocks of a page and what stands between them."""

    blocks: list[Block] = field(default_factory=list)
    boxes: dict[etree._Element, Box] = field(default_factory=dict)
    zones: list[Box] = field(default_factory=list)  # the boxes that open one
    inlines: list[Inline] = field(default_factory=list)
    anchors: list[Anchor] = field(default_factory=list)
    media: list[Media] = field(default_factory=list)
    named: list[str] = field(default_factory=list)  # classes and ids, as written
    unread: list[etree._Element] = field(default_factory=list)  # elements of which nothing is read, with others in them
    properties: bool = False  # whether an element has an itemprop, those in `unread` not asked
    cut: bool = False
    passwords: int = 0
    root: Box | None = None
    masthead: int = 0  # the blocks before this one stand over the site's menu

    def free(self, first: int = 0) -> list[Block]:
        """The blocks from `first` on that are free, at less cost than asking each."""
        blocks = self.blocks[first:] if first else self.blocks
        return [block for block in blocks if block.zone is None and not block.in_row and not block.related]
