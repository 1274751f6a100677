"""Which elements side by side are columns of a page, and which are parts of one story."""

from __future__ import annotations

import re
from itertools import islice

from crawler.reading.outline.blocks import Block, Box, Outline
from crawler.reading.outline.cells import is_of_data
from crawler.reading.text.lines import is_prose, is_sentence, tells

ONE_SENTENCE = 60  # characters
LONGEST_BOX = 3  # lines, between two parts of a text
_COLUMN = re.compile(
    r"(?:^|[ :])(?:col-(?:[a-z]+-)?|span|col-span-|(?:small|medium|large)-)(?:\d|1[01])(?= |$)|(?:^|[ :])w-\d/\d"
)
_LONGEST_TABLE = 200  # cells
_LINES = 2  # and more, that are told without a sentence's length
_LISTS = frozenset(("ul", "ol", "dl"))
_MOST_PARTS = 40  # on either side
_PARTS = frozenset(("div", "section"))


def are_others(blocks: list[Block], own: Box, boxes: list[Box]) -> bool:
    """Whether elements beside that of the headline are columns with headings or links of their own."""
    return all(
        is_column(box) and (box is own or any(each.level or each.linked for each in blocks[box.first : box.last]))
        for box in boxes
    )


def parts_with(down: Box, head: int, weight: dict[Box, int], outline: Outline) -> list[Box]:
    """An element and those like it beside it, behind block `head`, that tell too: the parts of one story, in order."""
    if down.tag not in _PARTS:
        return [down]
    beside = [
        *islice(down.node.itersiblings(down.tag, preceding=True), _MOST_PARTS),
        *islice(down.node.itersiblings(down.tag), _MOST_PARTS),
    ]
    boxes = [outline.boxes[node] for node in beside if node in outline.boxes]
    alike = [box for box in boxes if box.words == down.words and head < box.first < box.last]
    told = [box for box in alike if _tells_too(outline.blocks, box, down, weight.get(box, 0))]
    return sorted([down, *told], key=lambda box: box.first)


def is_led_to(box: Box, blocks: list[Block]) -> bool:
    """Whether a line right over a list leads to it."""
    over = blocks[box.first - 1]
    return box.tag in _LISTS and over.box.parent is box.parent and over.text.endswith(":") and over.free


def follows_data(box: Box, blocks: list[Block], head: int) -> bool:
    """Whether a sentence and a table of data stand over an element in the one that holds it."""
    first = max(head, box.parent.first if box.parent is not None else head)
    over = blocks[max(first, box.first - _LONGEST_TABLE) : box.first]
    told = next((each.order for each in over if is_prose(each) and not each.has("lead")), None)
    return told is not None and any(each.free and is_of_data(each, cells=3) for each in blocks[told + 1 : box.first])


def _tells_too(blocks: list[Block], box: Box, down: Box, weight: int) -> bool:
    """Whether an element opens with a paragraph, or stands behind the text with lines or a table and no link."""
    opening = blocks[box.first]
    if box.first < down.first:  # one line alone is the lead
        return box.last - box.first > 1 and weight >= ONE_SENTENCE and not opening.level and is_prose(opening)
    if weight >= ONE_SENTENCE and not opening.level and is_prose(opening):
        return True
    inside = blocks[box.first : min(box.last, box.first + _LONGEST_TABLE)]
    if len(inside) < _LINES or any(each.linked or not each.free for each in inside):
        return False
    return any(is_sentence(each.text) or is_of_data(each, cells=3) for each in inside)


def goes_on(blocks: list[Block], around: Box | None) -> bool:
    """Whether the text goes on right in the element that holds it, behind a box of links or a heading."""
    return any(
        block.box.parent is around and block.box.tag == "p" and is_prose(block) and tells(block) for block in blocks
    )


def is_column(box: Box) -> bool:
    """Whether an element is one of several columns, by its tag or the classes of Bootstrap, Foundation or Tailwind."""
    if box.tag == "td":
        return box.parent is not None and box.parent.tag == "tr"
    return _COLUMN.search(box.words) is not None
