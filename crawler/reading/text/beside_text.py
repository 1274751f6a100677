"""What stands in the element of the text and is none of it: links before it begins, cards, box titles, notices."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml import etree

from crawler.reading.outline.blocks import Anchor, Block, Box, Outline
from crawler.reading.outline.rows import is_title_link
from crawler.reading.text.lines import is_sentence
from crawler.reading.text.span import Span

_NOWHERE = re.compile(r"#?$|javascript:", re.IGNORECASE)
_LONGEST_TITLE = 60
# What templates print over a part of the page before its text begins; whole line.
_PART = re.compile(
    r"\W*(?:noi dung(?: chinh| chi tiet| bai viet)?|thong tin chi tiet|chi tiet|muc luc|tom tat|hinh anh|tu khoa|audio"
    r"|nghe (?:audio|bai(?: viet)?|doc(?: bai)?|noi dung))\W*"
)
_LARGEST_CARD = 4  # blocks
_LARGEST_POLL = 8  # blocks
_LONGEST_ANSWER = 100  # characters
_SHORTEST_TITLE = 18  # characters
_DEEPEST_CARD = 8  # elements
_LONGEST_SUMMARY = 400
# "Việc đăng lại bài viết trên ở website … mà không ghi rõ nguồn … là vi phạm bản quyền" (NukeViet)
_ON_REPRINTS = re.compile(
    r"\W*(?:(?:chu|luu) y\W+)?(?:(?:moi )?(?:viec|hinh thuc|hanh vi) )?(?:dang|su dung|sao chep|phat hanh|trich dan)\b"
    r"(?=.*\b(?:website|bai viet (?:tren|nay)|(?:trang|cong) (?:nay|thong tin))\b)"
    r".{0,240}\b(?:vi pham ban quyen|ghi ro nguon|bang van ban)"
    r"|\W*(?:(?:vui long|yeu cau|de nghi|xin|phai) )?ghi ro nguon\b.{0,160}\b(?:phat hanh|dang|su dung|trich|sao chep)"
)


def beside_text(outline: Outline, blocks: list[Block], span: Span, lead: frozenset[int]) -> frozenset[int]:
    """The orders of those of an article's blocks that are no text of it; `lead` are the blocks of its lead."""
    return frozenset((
        *_first_links(blocks, lead),
        *_cards(outline, span),
        *_links_between(outline.blocks, blocks, span),
        *_polls(outline, span),
        *(block.order for block in blocks[-3:] if len(block.text) <= 400 and _ON_REPRINTS.match(block.folded)),
    ))  # fmt: skip


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
    """Pictures behind the first paragraph that lead where the linked headline under them leads, and its summary."""
    for anchor in outline.anchors:
        if span.prose < anchor.order < span.end and _is_picture(anchor):
            headline = outline.blocks[anchor.order]
            if headline.href == anchor.href and is_title_link(headline):
                card = _around(headline.box, anchor)
                if card is None or card.first != anchor.order or card.last - card.first > _LARGEST_CARD:
                    continue
                if sum(len(line.text) for line in outline.blocks[card.first + 1 : card.last]) <= _LONGEST_SUMMARY:
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
        over, *answers = outline.blocks[max(box.first - 1, 0) : box.last]
        if all(len(each.text) <= _LONGEST_ANSWER for each in answers):
            yield from range(box.first - over.text.endswith("?"), box.last)


def _of_buttons(node: etree._Element, outline: Outline) -> Box | None:
    """The element of a button among others, or of what one can choose, with its words."""
    if node.tag == "button":
        beside = (node.getprevious(), node.getnext())
        return outline.boxes.get(node) if any(each is not None and each.tag == "button" for each in beside) else None
    if (node.get("type") or "").lower() != "radio":
        return None
    return next((outline.boxes[each] for each in islice(node.iterancestors(), 4) if each in outline.boxes), None)


def _is_picture(anchor: Anchor) -> bool:
    return next(anchor.node.iter("img"), None) is not None and not "".join(map(str, anchor.node.itertext())).strip()


def _around(box: Box, picture: Anchor) -> Box | None:
    """The smallest box that holds both, some steps above the first at most."""
    above = set(islice(picture.node.iterancestors(), _DEEPEST_CARD))
    for _ in range(_DEEPEST_CARD):
        if box.node in above or box.parent is None:
            break
        box = box.parent
    return box if box.node in above else None
