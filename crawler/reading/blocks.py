"""A page's tree as a flat outline: blocks of text in document order, each knowing where it stands and what marks it.

One pass over the tree; everything later asks the outline instead of walking the tree again.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from lxml import etree

from archive.vietnam.text import fold
from crawler.reading.zones import BLOCKS, SKIPPED, Zone, hints_of, words_of, zone_of

# A page with more elements than this is read up to here: 300,000 links of a generated page must not cost minutes.
MAX_ELEMENTS = 60_000
MAX_BLOCK = 400_000  # characters of one block

_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_UNSEEN = re.compile(r"(?:^| )(?:hidden|d-none|hide|sr-only|visually-hidden|screen-reader-text|ms-hide)(?: |$)")
_ALIGN = re.compile(r"text-align\s*:\s*(right|center|end)", re.IGNORECASE)
_ALIGN_CLASS = re.compile(r"(?:^|\s)(?:text-?(right|center|end)|(?:align)?(right)|pull-(right))(?:\s|$)", re.IGNORECASE)
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_ITALIC_STYLE = re.compile(r"font-style\s*:\s*italic", re.IGNORECASE)
_BOLD = frozenset(("b", "strong", "th"))
_ITALIC = frozenset(("i", "em", "cite"))
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_MEDIA = frozenset(("video", "audio", "iframe", "source", "embed", "object"))


_SHAPELESS = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]")


def squeeze(text: str) -> str:
    """The text in NFC with every run of blanks (nbsp included) as one space, and characters without a shape dropped."""
    text = " ".join(text.split())
    if text.isascii():
        return text
    if _SHAPELESS.search(text):
        text = " ".join(_SHAPELESS.sub("", text).split())
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


@dataclass(slots=True, eq=False)
class Box:
    """A block-level element: a node of the outline's tree."""

    node: etree._Element
    parent: Box | None
    tag: str
    words: str
    own_zone: Zone | None
    zone: Zone | None
    align: str | None
    first: int  # index of its first block, of the next one where it has none
    depth: int
    last: int = -1  # index after its last block
    prose: int = 0
    title_href: str | None = None
    many_titles: bool = False
    is_row: bool = False

    @property
    def hints(self) -> frozenset[str]:
        """What its class words say it may hold."""
        return hints_of(self.words) if self.words else frozenset()


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
    def link_share(self) -> float:
        """Share of its characters that are link text."""
        return self.linked / max(1, len(self.text))

    @property
    def is_bold(self) -> bool:
        """All of it is bold."""
        return self.bold >= 0.9 * len(self.text.replace(" ", ""))

    @property
    def is_italic(self) -> bool:
        """All of it is in italics."""
        return self.italic >= 0.9 * len(self.text.replace(" ", ""))

    @property
    def align(self) -> str | None:
        """`right`, `center`, or None."""
        return self.box.align

    @property
    def free(self) -> bool:
        """Stands in no zone, list row or related block."""
        return self.zone is None and not self.related and not self.in_row

    def has(self, hint: str) -> bool:
        """Whether its element, the two around it or an inline element in it are marked as holding that."""
        if any(hint in hints_of(words) for words in self.words):
            return True
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
    """A marked inline element (span class="date", time, itemprop) and the block in which it begins."""

    node: etree._Element
    words: str
    order: int
    box: Box


@dataclass(slots=True, eq=False)
class Anchor:
    """A link and the block in which it begins."""

    node: etree._Element
    href: str
    order: int
    box: Box
    zone: Zone | None


@dataclass(slots=True, eq=False)
class Media:
    """An image or a player and the block before which it stands."""

    node: etree._Element
    tag: str
    order: int
    box: Box
    zone: Zone | None


@dataclass(slots=True)
class Outline:
    """The blocks of a page and what stands between them."""

    blocks: list[Block] = field(default_factory=list)
    boxes: dict[etree._Element, Box] = field(default_factory=dict)
    inlines: list[Inline] = field(default_factory=list)
    anchors: list[Anchor] = field(default_factory=list)
    media: list[Media] = field(default_factory=list)
    cut: bool = False
    passwords: int = 0
    root: Box | None = None


class _Walk:
    """The state of the one pass."""

    def __init__(self, root: etree._Element, zoned: bool) -> None:
        self.out = Outline()
        self.zoned = zoned
        self.box = Box(root, None, "html", "", None, None, None, 0, 0)
        self.out.root = self.out.boxes[root] = self.box
        self.pieces: list[str] = []
        self.linked = self.bold = self.italic = 0
        self.in_link = self.in_bold = self.in_italic = 0
        self.href: str | None = None
        self.words: list[str] = []
        self.level = 0
        self.broken = False

    def text(self, text: str | None) -> None:
        """Take a text node."""
        if text:
            self.pieces.append(text)
            if self.in_link or self.in_bold or self.in_italic:
                size = len(text.strip())
                if self.in_link:
                    self.linked += size
                if self.in_bold or self.level:
                    self.bold += size
                if self.in_italic:
                    self.italic += size

    def flush(self, *, broken: bool = False) -> None:
        """End the block in progress."""
        if self.pieces:
            text = squeeze("".join(self.pieces)[:MAX_BLOCK])
            if text:
                self.out.blocks.append(
                    Block(text, self.box, len(self.out.blocks), self.box.zone, self.linked, self.bold, self.italic, self.href,
                          tuple(self.words), self.level, self.broken)
                )  # fmt: skip
            self.pieces.clear()
        self.linked = self.bold = self.italic = 0
        self.href = None
        self.words.clear()
        self.broken = broken

    def open(self, node: etree._Element, tag: str) -> bool:
        """Enter an element; False where nothing below it is read."""
        if tag in SKIPPED:
            if tag in ("object", "embed"):
                self.out.media.append(Media(node, tag, len(self.out.blocks), self.box, self.box.zone))
            return False
        if tag == "br":
            self.flush(broken=True)
            return True
        name, ident, style, prop = node.get("class"), node.get("id"), node.get("style"), node.get("itemprop")
        words = words_of(" ".join(filter(None, (name, ident, prop)))) if name or ident or prop else ""
        if (style and _HIDDEN.search(style)) or node.get("hidden") is not None or (words and _UNSEEN.search(words)):
            return False
        zone = zone_of(tag, words) if self.zoned and (words or tag in ("nav", "footer", "aside", "menu")) else None
        if tag in BLOCKS or zone is not None:
            self.flush()
            self._enter(node, tag, words, zone, style)
        elif words or tag == "time":
            self.words.append(words or "time-tag")
            self.out.inlines.append(Inline(node, words, len(self.out.blocks), self.box))
        self._mark(node, tag, style, 1)
        return True

    def _enter(self, node: etree._Element, tag: str, words: str, zone: Zone | None, style: str | None) -> None:
        parent, name = self.box, node.get("class")
        align = parent.align
        if style and (found := _ALIGN.search(style)):
            align = found.group(1).lower().replace("end", "right")
        elif tag != "table" and (asked := node.get("align")):
            align = asked.lower()
        elif name and (found := _ALIGN_CLASS.search(name)):
            align = next(filter(None, found.groups())).lower().replace("end", "right")
        elif tag == "center":
            align = "center"
        self.box = self.out.boxes[node] = Box(
            node, parent, tag, words, zone, zone or parent.zone, align, len(self.out.blocks), parent.depth + 1
        )

    def _mark(self, node: etree._Element, tag: str, style: str | None, step: int) -> None:
        """Count the element into (1) or out of (-1) the marks its text carries."""
        if tag == "a":
            href = node.get("href")
            if href:
                self.in_link += step
                if step > 0:
                    self.href = self.href or href
                    self.out.anchors.append(Anchor(node, href, len(self.out.blocks), self.box, self.box.zone))
        elif tag in _BOLD or (style and _BOLD_STYLE.search(style)):
            self.in_bold += step
        elif tag in _ITALIC or (style and _ITALIC_STYLE.search(style)):
            self.in_italic += step
        elif tag in _HEADINGS:
            self.level = _HEADINGS[tag] if step > 0 else 0
        elif step > 0 and (tag == "img" or tag in _MEDIA):
            self.out.media.append(Media(node, tag, len(self.out.blocks), self.box, self.box.zone))
        elif step > 0 and tag == "input" and (node.get("type") or "").lower() == "password":
            self.out.passwords += 1

    def close(self, node: etree._Element, tag: str) -> None:
        """Leave an element that was entered."""
        box = self.box
        if box.node is node:
            self.flush()
            box.last = len(self.out.blocks)
            if box.parent is not None:
                self.box = box.parent
        self._mark(node, tag, node.get("style"), -1)


def outline(root: etree._Element, *, zoned: bool = True) -> Outline:
    """The outline of everything below `root`; `zoned=False` reads a chosen part of a page, where zones mean nothing."""
    walk = _Walk(root, zoned)
    events = etree.iterwalk(root, events=("start", "end"))
    skipped: etree._Element | None = None
    count = 0
    walk.text(root.text)
    for event, node in events:
        tag = node.tag
        if node is root:
            continue
        if event == "start":
            count += 1
            if count > MAX_ELEMENTS:
                walk.out.cut = True
                break
            if walk.open(node, tag):
                walk.text(node.text)
            else:
                skipped = node
                events.skip_subtree()
        else:
            if node is skipped:
                skipped = None
            else:
                walk.close(node, tag)
            walk.text(node.tail)
    while walk.box.parent is not None:
        walk.close(walk.box.node, walk.box.tag)
    walk.flush()
    walk.box.last = len(walk.out.blocks)
    return walk.out
