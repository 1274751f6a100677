"""The pictures of an article, and the lines that describe them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from archive.vietnam.text import letters
from crawler.reading.outline.blocks import Block, Box, Media, Outline, standing
from crawler.reading.outline.cells import is_of_data
from crawler.reading.text.captions import is_caption
from crawler.reading.text.lines import is_sentence
from crawler.reading.text.span import Span, is_inside, is_of_others

_SHORTEST_LEAD = 60  # characters; a line under the first picture that is as short is no lead
_LONGEST_SENTENCE = 110  # of a caption that is a sentence among the paragraphs
_LONGEST = 150  # characters of a caption that nothing else marks
_PICTURE = re.compile(
    r"^\s*(?:data:|about:)|blank\.|spacer|pixel|1x1|loading|lazy|placeholder|transparent", re.IGNORECASE
)
_DECORATION = re.compile(
    r"icon|logo|avatar|banner|button|btn|sprite|emoji|smil|arrow|bullet|star|print\.|rss|facebook|zalo|share|captcha|qr-?code",
    re.IGNORECASE,
)
# The signs of page tools and of files by their own names: post-clock.png, fonttang.png, print.svg.
_SIGN = re.compile(
    r"(?:^|[-_])(?:clock|calendar|eye|views?|font(?:tang|giam)?|zoom|contrast|speaker|e?mail|pdf|docx?|xlsx?|word|excel)"
    r"[-_\d]*\.(?:png|gif|svg|ico)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in the text, and the block before which it stands."""

    node: etree._Element
    src: str
    order: int
    caption: str | None


def find_captions(outline: Outline, blocks: list[Block], span: Span) -> Iterator[tuple[int, Block]]:
    """Order of each caption and its block."""
    pictures = {
        each.order: each.node
        for each in standing(outline.media, span.head, span.end + 1)
        if each.tag == "img" and not is_decoration(each) and not _is_over_a_table(each, outline.blocks)
    }
    beside = _captions_in_a_row(outline, blocks, span)
    told = False  # whether the text has begun
    for block in blocks:
        if block.order in beside:
            yield block.order, block
            continue
        picture = pictures.get(block.order)
        # a lead may stand beside a picture too
        short = told or len(block.text) <= _SHORTEST_LEAD
        if picture is not None and short and (_is_alone_with_picture(block) or _is_set_apart(block, outline.blocks)):
            yield block.order, block
            continue
        told = told or is_sentence(block.text)
        named = letters(picture.get("alt") or "") if picture is not None and len(block.text) <= 250 else ""
        if is_caption(block, picture is not None) or (len(named) >= 12 and named == letters(block.text)):
            yield block.order, block


def _is_over_a_table(picture: Media, blocks: list[Block]) -> bool:
    """Whether a table of data follows a picture that stands in none of its cells."""
    if picture.order >= len(blocks) or picture.box.tag in ("td", "th"):
        return False
    return is_of_data(blocks[picture.order], cells=3)


def _is_alone_with_picture(block: Block) -> bool:
    """Whether a short line among the paragraphs stands with the picture before it in a box that holds nothing else."""
    if len(block.text) > _LONGEST_SENTENCE:
        return False
    box = _box_of_one(block)
    return box is not None and box.tag == "div" and _shows(box)


def _is_set_apart(block: Block, blocks: list[Block]) -> bool:
    """Whether a short line behind a picture has a class, or an element with the picture, that none beside it has."""
    box = block.box
    if len(block.text) > _LONGEST_SENTENCE or block.level or block.link_share > 0.5 or block.has("lead"):
        return False
    if box.last - box.first != 1 or not box.words or box.tag not in ("div", "p"):
        return False
    if box.tag == "div" and not _shows(box):
        return False
    near = [each.box for each in blocks[max(0, block.order - 1) : block.order + 2] if each is not block]
    told = any(each.tag == "p" or (each.tag == "div" and not _shows(each)) for each in near)
    return told and all(each.words != box.words for each in near)


def _shows(box: Box) -> bool:
    """Whether a picture stands in the element."""
    return next(box.node.iter("img"), None) is not None


def _captions_in_a_row(outline: Outline, blocks: list[Block], span: Span) -> set[int]:
    """The orders of captions under pictures side by side: cells of a row, or boxes of one picture and one line."""
    found: set[int] = set()
    known = {block.order: block for block in blocks}
    shown = [
        each
        for each in standing(outline.media, span.head, span.end)
        if each.tag == "img" and each.box.zone is None and not is_decoration(each)
    ]
    orders = Counter([each.order for each in shown])
    in_rows = {each.order for each in shown if each.box.tag == "td"}
    for order, count in orders.items():
        cells = [known.get(order + place) for place in range(count)]
        first = cells[0]
        if order in in_rows and count > 1 and first and first.box.tag == "td" and first.box.parent is not None:
            row = first.box.parent
            short = all(cell is not None and len(cell.text) <= _LONGEST for cell in cells)
            if short and row.first == order and row.last == order + count:
                found |= {order + place for place in range(count)}
    alone = {order: _box_of_one(known[order]) for order in orders if order in known}
    for order, box in alone.items():
        for near in (order - 1, order + 1):
            other = alone.get(near)
            if box is not None and other is not None and box is not other and box.parent is other.parent:
                found.add(order)
    return found


def _box_of_one(block: Block) -> Box | None:
    """The element that holds a short line alone, and may hold its picture too."""
    box: Box | None = block.box
    if len(block.text) > _LONGEST or block.level or block.link_share > 0.5:
        return None
    while box is not None and box.parent is not None and box.parent.last - box.parent.first == 1:
        box = box.parent
    return box if box is not None and box is not block.box and box.tag in ("div", "td", "li") else None


def find_pictures(outline: Outline, span: Span, captions: dict[int, Block]) -> Iterator[Picture]:
    seen: set[str] = set()
    places: Counter[int] = Counter()
    known: dict[int, bool] = {}
    for each in standing(outline.media, span.head, span.end + 1):
        if each.tag != "img" or not is_inside(each.box, span.box, known):
            continue
        if each.box.zone is not None or is_decoration(each):
            continue
        if is_of_others(outline, each.order, each.box, span):
            continue
        src = source_of(each.node)
        if src and src not in seen:
            seen.add(src)
            caption = captions.get(each.order)
            beside = captions.get(each.order + places[each.order])
            places[each.order] += 1
            if caption is not None and beside is not None and beside.box.parent is caption.box.parent:
                caption = beside  # the cell under it, in a row of as many
            yield Picture(each.node, src, each.order, caption.text if caption else None)


def source_of(node: etree._Element) -> str | None:
    """The address of a picture, the lazy one where the plain one is a placeholder."""
    for name in ("data-src", "data-original", "data-lazy-src", "src"):
        value = node.get(name)
        if value and not _PICTURE.search(value[:200]):
            return value.strip()
    return None


def is_decoration(media: Media) -> bool:
    """Whether a picture is a sign or a button of the page: by its size or its name."""
    node = media.node
    for name in ("width", "height"):
        digits = re.match(r"\s*(\d+)\s*(?:px)?\s*$", node.get(name) or "")
        if digits and int(digits[1]) < 48:
            return True
    source = source_of(node) or ""
    name = source.rsplit("/", 1)[-1]
    return not source or bool(_DECORATION.search(f"{node.get('class') or ''} {name}") or _SIGN.search(name))
