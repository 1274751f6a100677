"""What stands in the element of the text and is none of it: links before it begins, cards, box titles, notices."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, takewhile

from lxml import etree

from crawler.reading.outline.blocks import Anchor, Block, Box, Media, Outline, standing
from crawler.reading.outline.rows import is_file_link, is_title_link
from crawler.reading.text.lines import is_day, is_file_line, is_sentence, is_widget
from crawler.reading.text.pictures import is_decoration
from crawler.reading.text.span import Span
from crawler.reading.text.teasers import teaser_around

_NOWHERE = re.compile(r"#?$|javascript:", re.IGNORECASE)
_LONGEST_TITLE = 60
# What templates print over a part of the page before its text begins; whole line.
_PART = re.compile(
    r"\W*(?:noi dung(?: chinh| chi tiet| bai viet)?|thong tin chi tiet|chi tiet|muc luc|tom tat|hinh anh|tu khoa|audio"
    r"|nghe (?:audio|bai(?: viet)?|doc(?: bai)?|noi dung))\W*"
)
_LARGEST_CARD = 4  # blocks
_LARGEST_POLL = 8  # blocks
_LARGEST_BOX = 40  # blocks
_MOST_HEADS = 6  # of a table's columns
_COUNTED = re.compile(r"[\d.,]+ ?(?:[kmg]?b|bytes?)?")
_LONGEST_ANSWER = 100  # characters
_SHORTEST_TITLE = 18  # characters
_DEEPEST_CARD = 8  # elements
_LONGEST_SUMMARY = 400
# "Việc đăng lại bài viết trên ở website … mà không ghi rõ nguồn … là vi phạm bản quyền" (NukeViet)
_ON_REPRINTS = re.compile(
    r"\W*(?:(?:chu|luu) y\W+)?(?:(?:moi )?(?:viec|hinh thuc|hanh vi) )?(?:dang|su dung|sao chep|phat hanh|trich dan)\b"
    r"(?=.*\b(?:website|bai viet (?:tren|nay)|(?:trang|cong) (?:nay|thong tin))\b)"
    r".{0,240}\b(?:vi pham ban quyen|ghi ro nguon|bang van ban)"
    r"|\W*(?:(?:vui long|yeu cau|de nghi|xin|phai) )?(?:ghi ro|trich dan) nguon\b"
    r".{0,160}\b(?:phat hanh|dang|su dung|trich|sao chep)"
)


def beside_text(outline: Outline, blocks: list[Block], span: Span, lead: frozenset[int]) -> frozenset[int]:
    """The orders of those of an article's blocks that are no text of it; `lead` are the blocks of its lead."""
    gone = {
        *_first_links(blocks, lead),
        *_cards(outline, span),
        *_teasers(outline.blocks, blocks, span),
        *_links_between(outline.blocks, blocks, span),
        *_polls(outline, span),
        *_lists_of_links(outline, span),
        *(block.order for block in blocks[-3:] if len(block.text) <= 400 and _ON_REPRINTS.match(block.folded)),
    }
    return frozenset((*gone, *_names_of_boxes(outline.blocks, blocks, gone)))


def _first_links(blocks: list[Block], lead: frozenset[int]) -> Iterator[int]:
    """Links before the text begins: other stories set round the lead (mojoPortal), titles of boxes (CafeF)."""
    links: list[int] = []
    for block in blocks:
        if is_title_link(block) or _leads_nowhere(block) or _names_a_part(block):
            links.append(block.order)
        elif is_sentence(block.text) and block.order not in lead:
            yield from links
            return


def _names_a_part(block: Block) -> bool:
    return len(block.text) <= _LONGEST_TITLE and _PART.fullmatch(block.folded) is not None


def _leads_nowhere(block: Block) -> bool:
    """Whether a short line is a link for scripts alone."""
    if block.href is None or block.link_share < 0.9 or len(block.text) > _LONGEST_TITLE:
        return False
    return _NOWHERE.match(block.href.strip()) is not None


def _cards(outline: Outline, span: Span) -> Iterator[int]:
    """Pictures behind the first paragraph over a linked headline, to which they lead if anywhere, and its summary."""
    first = span.prose + 1
    shown: list[Anchor | Media] = [*standing(outline.media, first, span.end)]
    shown += standing(outline.anchors, first, span.end)
    for picture in shown:
        headline = outline.blocks[picture.order]
        if is_title_link(headline) and _is_picture(picture, headline.href):
            card = _around(headline.box, picture)
            if card is None or card.first != picture.order or card.last - card.first > _LARGEST_CARD:
                continue
            if sum(len(line.text) for line in outline.blocks[card.first + 1 : card.last]) <= _LONGEST_SUMMARY:
                yield from range(card.first, card.last)


def _teasers(around: list[Block], blocks: list[Block], span: Span) -> Iterator[int]:
    """Linked headlines of other stories with a line or two under them, in elements of their own."""
    for block in blocks:
        card = teaser_around(block, around, span.head)
        if card is not None:
            yield from range(card.first, card.last)


def _links_between(around: list[Block], blocks: list[Block], span: Span) -> Iterator[int]:
    """Links to other stories that stand between paragraphs, each the only line of a box of its own."""
    for block in blocks:
        if not (span.prose < block.order < span.end and block.linked >= _SHORTEST_TITLE):
            continue
        if not (is_title_link(block) or _is_card(block)):
            continue
        box = block.box
        while box.parent is not None and box.parent.last - box.parent.first == 1:
            box = box.parent
        beside = around[block.order - 1], around[min(block.order + 1, len(around) - 1)]
        if box.tag in ("div", "ul", "aside", "section") and all(each.box.tag == "p" for each in beside):
            yield block.order


def _is_card(block: Block) -> bool:
    """Whether a line has an element of its own with a picture: another story's linked headline and its teaser."""
    box = block.box
    return box.tag == "div" and box.last - box.first == 1 and next(box.node.iter("img"), None) is not None


def _polls(outline: Outline, span: Span) -> Iterator[int]:
    """What a reader may answer to: buttons side by side, or of which one is chosen, and the question over them."""
    for node in span.box.node.iter("input", "button"):
        box = _of_buttons(node, outline)
        if box is None or not 0 < box.last - box.first <= _LARGEST_POLL:
            continue
        lines = outline.blocks[max(box.first - 1, 0) : box.last]
        short = [each for each in lines if each.text.endswith("?") and len(each.text) <= _LONGEST_ANSWER]
        asked = short[-1].order if short else None
        answers = outline.blocks[box.first if asked is None else asked + 1 : box.last]
        if not any(len(each.text) > _LONGEST_ANSWER or is_sentence(each.text) for each in answers):
            yield from range(box.first if asked is None else asked, box.last)


def _of_buttons(node: etree._Element, outline: Outline) -> Box | None:
    """The element of a button among others or that hands out a file, or of what one can choose, with its words."""
    if node.tag == "button":
        beside = (node.getprevious(), node.getnext())
        one_of_many = any(each is not None and each.tag == "button" for each in beside)
        return outline.boxes.get(node) if one_of_many or any(map(is_file_link, node.attrib.values())) else None
    if (node.get("type") or "").lower() != "radio":
        return None
    return next((outline.boxes[each] for each in islice(node.iterancestors(), 4) if each in outline.boxes), None)


def _lists_of_links(outline: Outline, span: Span) -> Iterator[int]:
    """Tables of files or of other stories: under their heads nothing but links to them, numbers, days and sizes."""
    seen: set[int] = set()
    for anchor in standing(outline.anchors, span.start, span.end):
        box: Box | None = anchor.box
        if not (is_file_link(anchor.href) or is_title_link(outline.blocks[anchor.order])):
            continue
        for _ in range(_DEEPEST_CARD):
            if box is not None and box.tag != "table":
                box = box.parent
        if box is None or box.tag != "table" or id(box) in seen or box.first < span.start:
            continue
        seen.add(id(box))
        lines = outline.blocks[box.first : box.last]
        heads = [*takewhile(lambda line: line.href is None, lines)]
        # in a table for the layout a whole story may stand over its file
        if len(heads) > _MOST_HEADS or any(len(each.text) > _LONGEST_TITLE for each in heads):
            continue
        if all(map(_is_of_a_link, lines[len(heads) :])):
            yield from range(box.first, box.last)


def _is_of_a_link(block: Block) -> bool:
    """Whether a cell links to a file or another story, or tells its number, day or size."""
    if is_file_line(block) or is_title_link(block) or is_widget(block) or is_day(block.text):
        return True
    return _COUNTED.fullmatch(block.folded) is not None


def _names_of_boxes(around: list[Block], blocks: list[Block], gone: set[int]) -> Iterator[int]:
    """Headings of elements, and heads of columns, of which all other lines are none of the text."""
    for block in blocks:
        box = _named(block)
        if box is None or not 1 < box.last - box.first <= _LARGEST_BOX:
            continue
        others = [each for each in around[box.first : box.last] if each is not block and each.box.tag != "th"]
        if others and all(each.order in gone or each.in_row or each.related for each in others):
            yield block.order


def _named(block: Block) -> Box | None:
    """The element that a heading opens, or the table of a column's head."""
    box = block.box.parent
    if block.box.tag != "th":
        return box if block.level and box is not None and box.first == block.order else None
    while box is not None and box.tag != "table":
        box = box.parent
    return box


def _is_picture(shown: Anchor | Media, href: str | None) -> bool:
    """Whether an image, or a link that holds one and no words, leads nowhere else than a headline does."""
    if isinstance(shown, Media):
        return shown.tag == "img" and not is_decoration(shown)
    if shown.href != href or next(shown.node.iter("img"), None) is None:
        return False
    return not "".join(map(str, shown.node.itertext())).strip()


def _around(box: Box, picture: Anchor | Media) -> Box | None:
    """The smallest box that holds both, some steps above the first at most."""
    above = set(islice(picture.node.iterancestors(), _DEEPEST_CARD))
    for _ in range(_DEEPEST_CARD):
        if box.node in above or box.parent is None:
            break
        box = box.parent
    return box if box.node in above else None
