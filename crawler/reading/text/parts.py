"""Which elements side by side are columns of a page, and which are parts of one story."""

from __future__ import annotations

import re

from crawler.reading.outline.blocks import Block, Box
from crawler.reading.outline.cells import is_of_data
from crawler.reading.text.lines import is_prose

ONE_SENTENCE = 60  # characters
_COLUMN = re.compile(
    r"(?:^|[ :])(?:col-(?:[a-z]+-)?|span|col-span-|(?:small|medium|large)-)(?:\d|1[01])(?= |$)|(?:^|[ :])w-\d/\d"
)
_LONGEST_TABLE = 200  # cells
_LISTS = frozenset(("ul", "ol", "dl"))
_PARTS = frozenset(("div", "section"))


def are_others(blocks: list[Block], own: Box, boxes: list[Box]) -> bool:
    """Whether elements beside that of the headline are columns with headings or links of their own."""
    return all(
        is_column(box) and (box is own or any(each.level or each.linked for each in blocks[box.first : box.last]))
        for box in boxes
    )


def parts_with(down: Box, below: list[Box], weight: dict[Box, int], blocks: list[Block]) -> list[Box]:
    """An element and those like it beside it that tell a sentence or more each, the parts of one story, in order."""
    alike = [box for box in below if box is not down and (box.tag, box.words) == (down.tag, down.words)]
    told = [box for box in alike if weight[box] >= ONE_SENTENCE and _tells_too(blocks, box, down)]
    return sorted([down, *told], key=lambda box: box.first) if down.tag in _PARTS else [down]


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


def _tells_too(blocks: list[Block], box: Box, down: Box) -> bool:
    """Whether an element holds paragraphs, and no heading or link to another story over them."""
    opening = blocks[box.first]
    if box.first < down.first and box.last - box.first < 2:
        return False  # the lead
    return opening.free and not opening.linked and not opening.level and is_prose(opening)


def is_column(box: Box) -> bool:
    """Whether an element is one of several columns, by its tag or the classes of Bootstrap, Foundation or Tailwind."""
    if box.tag == "td":
        return box.parent is not None and box.parent.tag == "tr"
    return _COLUMN.search(box.words) is not None
