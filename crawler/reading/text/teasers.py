"""What announces another story: its linked headline with a line or two in one element, and columns of such."""

from __future__ import annotations

import re

from crawler.reading.outline.blocks import Block, Box
from crawler.reading.outline.rows import is_file_link, is_title_link

_DETAILS = re.compile(r"\W*(?:(?:xem|doc) (?:chi tiet|them|tiep)|chi tiet|read more|details)\W*")
_LONGEST_TEASER = 400  # characters: of one line, and of all in a card
_PARAGRAPHS = 2  # and more, each a sentence, are told
_LONGEST_LIST = 200  # lines
_DEEPEST_CARD = 8  # elements
_CARD = 3  # lines: of another story's headline, teaser and day


def teaser_around(block: Block, blocks: list[Block], first: int) -> Box | None:
    """The element of a line from block `first` on that stands with another story's linked headline over it."""
    if len(block.text) > _LONGEST_TEASER:
        return None
    over = next((each for each in blocks[max(first, block.order - 2) : block.order][::-1] if is_title_link(each)), None)
    if over is None:
        return _around_details(block, blocks)
    if over.text.endswith(".") and not over.text.endswith(".."):
        return None  # a sentence of the story's own, linked as a whole
    box = over.box
    for _ in range(_DEEPEST_CARD):
        if box.last > block.order or box.parent is None:
            break
        box = box.parent
    if box.first != over.order or not block.order < box.last <= box.first + 1 + _CARD:
        return None
    under = blocks[box.first + 1 : box.last]
    if sum(len(each.text) for each in under) > _LONGEST_TEASER or _are_paragraphs(under):
        return None
    return box


def _are_paragraphs(lines: list[Block]) -> bool:
    """Whether all lines under a linked one are sentences in paragraphs of their own: a teaser is one, over a day."""
    told = all(each.box.tag == "p" and each.text.endswith((".", "!", "”")) and not each.linked for each in lines)
    return told and len(lines) >= _PARAGRAPHS


def _around_details(block: Block, blocks: list[Block]) -> Box | None:
    """The element of a line with "Xem chi tiết" under it, one of several alike."""
    box, under = block.box.parent, blocks[min(block.order + 1, len(blocks) - 1)]
    if box is None or not box.last - box.first <= 1 + _CARD or box.last - 1 != under.order or under.link_share < 0.9:
        return None
    if _DETAILS.fullmatch(under.folded) is None or under.href is None or is_file_link(under.href):
        return None
    beside = (box.node.getprevious(), box.node.getnext())
    alike = (each is not None and (each.tag, each.get("class")) == (box.tag, box.node.get("class")) for each in beside)
    return box if any(alike) else None


def lists_others(blocks: list[Block], box: Box) -> bool:
    """Whether an element opens with a heading and goes on with linked lines, each with a few lines under it at most."""
    name = blocks[box.first]
    if not name.level or name.linked or not 2 * _CARD <= box.last - box.first <= _LONGEST_LIST:
        return False
    linked = [each.order for each in blocks[box.first : box.last] if each.link_share >= 0.9 and len(each.text) >= 18]
    ends = [*linked[1:], box.last]
    return (
        len(linked) >= 2
        and linked[0] == box.first + 1
        and all(b - a <= _CARD for a, b in zip(linked, ends, strict=True))
    )
