"""A text all of whose lines are short: verses, a table, a notice; and what ends it."""

from __future__ import annotations

import re

from crawler.reading.outline.blocks import Block
from crawler.reading.text.lines import is_file_line, is_meta, is_sentence, is_tag_line, is_widget

_OF_AN_EVENT = re.compile(r"\W*(?:thoi gian|bat dau|ket thuc|khai mac)\b(?! (?:dang|cap nhat))[^:]{0,30}:")


def short_lines(blocks: list[Block], pictures: set[int]) -> Block | None:
    """Where a text begins all of whose lines are short: verses, a table, a notice; None where there are only labels."""
    lines = [block for block in blocks if block.order not in pictures and _may_be_text(block)]
    many = len(lines) >= 3 and sum(len(block.text) for block in lines) >= 60
    table = sum(1 for block in lines if block.box.tag in ("td", "th")) >= 4
    if not (many or table or any(is_sentence(block.text) for block in lines)):
        return None
    return next((block for block in blocks if block.box is lines[0].box), None)


def heads_links(block: Block, blocks: list[Block]) -> bool:
    """Whether it is the heading of a list of links: poems by others, under one."""
    under = blocks[block.order + 1 : block.order + 3]
    return block.level > 0 and len(under) == 2 and all(each.href is not None and not each.level for each in under)


def _may_be_text(block: Block) -> bool:
    if not block.free or block.link_share >= 0.5 or block.level:
        return False
    meta = is_meta(block) and _OF_AN_EVENT.match(block.folded) is None
    return not (is_widget(block) or meta or is_file_line(block) or is_tag_line(block))
