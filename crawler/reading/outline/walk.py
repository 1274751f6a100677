"""Walks a page's tree once and writes its outline: where a block ends, what is linked, bold, marked or unseen."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

from crawler.reading.outline.blocks import LONGEST_ADDRESS, Anchor, Block, Box, Inline, Media, Outline, squeeze
from crawler.reading.outline.seams import are_two, run_together
from crawler.reading.outline.zones import BLOCKS, SKIPPED, Zone, hints_of, words_of, zone_of

# A page with more elements than this is read up to here: 300,000 links of a generated page must not cost minutes.
MAX_ELEMENTS = 40_000
MAX_BLOCK = 400_000  # characters of one block
# Of a class, an id or a style; patterns that try every beginning would take minutes for megabytes of them.
_LONGEST_TOLD = 2000

_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# The text of an icon font's element is the name of a picture: <mat-icon>person</mat-icon> (Bạc Liêu).
_UNSEEN = re.compile(
    r"(?:^| )(?:hidden|d-none|hide|sr-only|visually-?hidden|screen-reader-text|ms-hide|hide-accessible"
    r"|element-invisible|mat-icon|material-(?:icon|symbol)s?[\w-]*)(?: |$)"
)
_ICON = re.compile(r"icons?$|emoji")
_ALIGN = re.compile(r"text-align\s*:\s*(right|center|end)", re.IGNORECASE)
_ALIGN_CLASS = re.compile(
    r"(?:^|\s)(?:(?:has-)?text-?(?:align-?)?(right|center|end)|(?:rte|txt-?|(?:ql-)?align-?)?(right)|pull-(right))(?:\s|$)",
    re.IGNORECASE,
)
_BLOCK_STYLE = re.compile(r"display\s*:\s*(?:block|flex|grid|table|list-item)", re.IGNORECASE)
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_ITALIC_STYLE = re.compile(r"font-style\s*:\s*italic", re.IGNORECASE)
_BOLD = frozenset(("b", "strong", "th"))
_ITALIC = frozenset(("i", "em", "cite"))
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_TOLD = frozenset(("class", "id", "itemprop", "style", "align", "hidden"))
_MEDIA = frozenset(("img", "video", "audio", "iframe", "source", "embed", "object"))
_TELLING = frozenset(("a", "br", "input")) | _MEDIA


@dataclass(frozen=True, slots=True)
class _Look:
    """What a start tag alone tells of an element; the same for every element written alike."""

    tag: str
    named: str  # class and id as written
    property: bool  # it has an itemprop
    words: str
    hints: frozenset[str]
    zone: Zone | None
    boxed: bool
    marked: bool  # an inline element with class words of its own
    align: str | None
    bold: bool
    italic: bool
    level: int
    telling: bool  # its tag says more than that it is a box, bold or in italics
    shown: bool  # a picture or a player that is no box of its own
    unread: bool
    styled: bool  # bold or in italics
    opens: bool  # something is to be done when it begins
    closes: bool  # and when it ends


@lru_cache(maxsize=16384)
def _look(told: tuple[str, ...], zoned: bool) -> _Look:
    """What a tag, and behind it names and values of the attributes that tell something (`_TOLD`), say."""
    tag, get = told[0], dict(zip(told[1::2], told[2::2], strict=True)).get
    name, ident, prop, style, align = get("class"), get("id"), get("itemprop"), get("style"), get("align")
    words = words_of(" ".join(filter(None, (name, ident, prop)))) if name or ident or prop else ""
    zone = zone_of(tag, words) if zoned else None
    if style and (found := _ALIGN.search(style)):
        align = found[1]
    elif tag == "table" or not align:
        found = _ALIGN_CLASS.search(name) if name else None
        align = next(filter(None, found.groups())) if found else "center" if tag == "center" else None
    # an element of a component's own name (<app-detail>, <mat-card-title>) is as good as a <div>
    boxed = tag in BLOCKS or zone is not None or ("-" in tag and not _ICON.search(tag))
    boxed = boxed or bool(style and _BLOCK_STYLE.search(style))
    marked = bool(words) or tag == "time"
    bold = tag in _BOLD or tag in _HEADINGS or bool(style and _BOLD_STYLE.search(style))
    italic = tag in _ITALIC or bool(style and _ITALIC_STYLE.search(style))
    unread = tag in SKIPPED or get("hidden") is not None or bool(style and _HIDDEN.search(style))
    unread = unread or bool(words and _UNSEEN.search(words))
    shown = tag in _MEDIA and (unread or not boxed)
    telling = tag in _TELLING and not shown
    closes = not unread and (boxed or marked or bold or italic or tag == "a")
    return _Look(
        tag,
        " ".join(filter(None, (name, ident))),
        prop is not None,
        words,
        hints_of(words),
        zone,
        boxed,
        marked,
        align.lower().replace("end", "right") if align else None,
        bold,
        italic,
        _HEADINGS.get(tag, 0),
        telling=telling,
        shown=shown,
        unread=unread,
        styled=bold or italic,
        opens=closes or (telling and not unread),
        closes=closes,
    )


def is_unseen(node: etree._Element) -> bool:
    """Whether a reader never sees an element: it, or one around it, is hidden or holds no text of the page."""
    up: etree._Element | None = node
    while up is not None:
        if _look(_told_by(up), True).unread:
            return True
        up = up.getparent()
    return False


def _told_by(node: etree._Element) -> tuple[str, ...]:
    """The tag of an element, and behind it names and values of the attributes that tell something."""
    told = [node.tag]
    for each in node.items():
        if each[0] in _TOLD:
            told += each  # type: ignore[arg-type]
    return tuple([word[:_LONGEST_TOLD] for word in told])


class _Pen:
    """The block being written: its text so far, and how much of that is linked, bold, in italics."""

    def __init__(self, out: Outline, root: Box) -> None:
        self.out = out
        self.blocks = out.blocks
        self.box = root
        self.pieces: list[str] = []
        self.linked = self.bold = self.italic = 0
        self.in_link = self.in_bold = self.in_italic = self.level = 0
        self.href: str | None = None
        self.words: list[str] = []
        self.broken = False
        self.begun = False  # whether there is anything that `end` would end
        self.links: list[str | None] = []  # where each open `a` leads, None where nowhere
        self.seam = 0  # marked inline elements that have begun or ended since the last text
        self.boxes, self.anchors, self.inlines, self.media = out.boxes, out.anchors, out.inlines, out.media

    def write(self, text: str) -> None:
        """Add a text node; in preformatted text a line's end is one."""
        if self.box.tag == "pre" and "\n" in text and len(self.blocks) + text.count("\n") < MAX_ELEMENTS:
            for place, line in enumerate(text.split("\n")):
                if place:
                    self.end(broken=True)
                if line:
                    self.write(line)
            return
        seam, self.seam = self.seam, 0
        blank = text.isspace()
        if self.pieces:
            before = self.pieces[-1]
            parted = before[-1].isspace() or text[0].isspace()
            if not parted and (run_together(before, text, two=seam > 1) if seam else are_two(before, text)):
                self.pieces.append(" ")
        elif blank:
            return
        self.begun = True
        self.pieces.append(text)
        if not blank:
            size = len(text)
            if self.in_link:
                self.linked += size
            if self.in_bold:
                self.bold += size
            if self.in_italic:
                self.italic += size

    def end(self, *, broken: bool = False) -> None:
        """End the block; `broken`: by a <br>, so that the next one goes on in the same element."""
        if self.pieces:
            text = squeeze("".join(self.pieces)[:MAX_BLOCK])
            if text:
                self.blocks.append(
                    Block(text, self.box, len(self.blocks), self.box.zone, self.linked, self.bold, self.italic,
                          self.href, tuple(self.words), self.level, self.broken, self.linked / len(text))
                )  # fmt: skip
            self.pieces = []
            self.linked = self.bold = self.italic = 0
        # <a href=…><h3>…</h3><p>…</p></a>: each block in a link leads where it does
        self.href = next(filter(None, reversed(self.links)), None) if self.in_link else None
        if self.words:
            self.words = []
        self.broken = broken
        self.begun = broken or self.in_link > 0

    def enter(self, node: etree._Element, look: _Look) -> None:
        """Begin an element; `leave` undoes it."""
        if look.boxed:
            if self.begun:
                self.end()
            up = self.box
            self.box = self.boxes[node] = Box(
                node, up, look.tag, look.words, look.hints, look.zone, look.zone or up.zone, look.align or up.align,
                len(self.blocks), 3 if look.hints else up.hinted and up.hinted - 1,
            )  # fmt: skip
            if look.zone is not None:
                self.out.zones.append(self.box)
            if look.level:
                self.level = look.level
        elif look.marked:
            self.seam += 1
            self.begun = True
            self.words.append(look.words or "time-tag")
            if look.hints or look.tag == "time":
                self.inlines.append(Inline(node, look.words, look.hints, len(self.blocks), self.box))
        if look.styled:
            self.in_bold += look.bold
            self.in_italic += look.italic
        if look.telling:
            self._hear(node, look)

    def _hear(self, node: etree._Element, look: _Look) -> None:
        """Note what an element does by its tag: it links, shows, breaks the line, asks for a password."""
        tag = look.tag
        if tag == "a":
            if not (look.boxed or look.marked):
                self.seam += 1
            href = node.get("href") or ""
            leads = 0 < len(href) <= LONGEST_ADDRESS
            self.links.append(href if leads else None)
            if leads:
                self.in_link += 1
                self.begun = True
                self.href = self.href or href
                self.anchors.append(Anchor(node, href, len(self.blocks), self.box))
        elif tag in _MEDIA:
            self.media.append(Media(node, tag, len(self.blocks), self.box))
        elif tag == "br":
            self.end(broken=True)
        elif tag == "input" and (node.get("type") or "").lower() == "password":
            self.out.passwords += 1

    def leave(self, look: _Look) -> None:
        """End an element that was entered."""
        if look.boxed:
            if self.begun:
                self.end()
            self.box.last = len(self.blocks)
            self.box = self.box.parent or self.box
            if look.level:
                self.level = 0
        elif look.marked or look.tag == "a":
            self.seam += 1
        if look.styled:
            self.in_bold -= look.bold
            self.in_italic -= look.italic
        if look.tag == "a" and self.links.pop():
            self.in_link -= 1


def outline(root: etree._Element, *, zoned: bool = True) -> Outline:
    """The outline of everything below `root`; `zoned=False` reads a chosen part of a page, where zones mean nothing."""
    top = Box(root, None, "html", "", frozenset(), None, None, None, 0)
    out = Outline(root=top)
    out.boxes[root] = top
    pen = _Pen(out, top)
    if root.text:
        pen.write(root.text)
    around: list[tuple[etree._Element, _Look]] = []  # the elements that are open
    node = root[0] if len(root) else None
    looks: dict[object, _Look] = {}  # those of the page, which are few
    for _ in range(MAX_ELEMENTS):  # to the element in it or next to it, for less than what lxml's `iterwalk` takes
        if node is None:
            break
        told: object = node.tag
        for each in node.items():
            if each[0] in _TOLD:
                told = told, each
        look = looks.get(told)
        if look is None:
            look = looks[told] = _look(_told_by(node), zoned)
        if look.shown:
            out.media.append(Media(node, look.tag, len(out.blocks), pen.box))
        if look.unread:
            pen.seam += 1  # 2024<svg/>3 phút đọc
            if len(node):
                out.unread.append(node)
        else:
            if look.opens:
                pen.enter(node, look)
            if text := node.text:
                pen.write(text)
            if len(node):
                around.append((node, look))
                node = node[0]
                continue
        while True:  # it ends, and with it those around that it is the last in
            if look.closes:
                pen.leave(look)
            if text := node.tail:
                pen.write(text)
            following = node.getnext()
            if following is not None or not around:
                break
            node, look = around.pop()
        node = following
    out.cut = node is not None
    pen.end()
    out.named = [look.named for look in looks.values()]
    out.properties = any(look.property for look in looks.values())
    box: Box | None = pen.box
    while box is not None:  # open still where the page was cut, or only the root
        box.last = len(out.blocks)
        box = box.parent
    return out
