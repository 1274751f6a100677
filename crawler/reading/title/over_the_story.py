"""Which line is the headline where nothing marks any line as one: the one that stands over the story's text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from crawler.reading.outline.blocks import Block, Box, Outline
from crawler.reading.outline.rows import is_title_link
from crawler.reading.people.names import is_organisation
from crawler.reading.text.lines import (
    is_field_line,
    is_file_line,
    is_pointer,
    is_sentence,
    is_tag_line,
    is_widget,
    tells,
)
from crawler.reading.title.words import CLOCK, CONTACT, POSTED, SITE_NAME, is_site_title, without_day

_LEAST_PROSE = 100  # characters of a page's prose, for it to have a story
_PATH = re.compile(r"trang chu\b|.{2,40}\s[»›>]\s")
# The names of fields, and of who made what.
_LABEL = re.compile(
    r"(?:ngay|so|co quan|nguoi|loai|trang thai|linh vuc)\b.{0,16}$|so (?:ky )?hieu\b|[a-z ]{2,24} so\s*:\s*\d"
    r"|(?:viet|dang|gui) boi\b|(?:written|posted|published|created) (?:by|on|in)\b|(?:category|author)\s*:"
    r"|[a-z, ]{0,12}(?:tac gia|tin|bai|anh|nguon)\s*:"
)
# "Thông báo / Đăng lúc 08h00 - 16.10.2021 / Số lượt xem: 3.120"
_POSTING = re.compile(r"\b(?:dang (?:luc|ngay)|ngay dang|luot xem|cap nhat luc|posted|published)\b")
_SLOGAN = re.compile(
    r"doc lap - tu do - hanh phuc|cong hoa xa hoi chu nghia|(?:nhiet liet )?chao mung\b|ra suc thi dua|quyet tam\b"
)
_PLAIN = 5  # a line of a headline's length directly over the posting line
_FARTHEST = 40  # blocks over the text


def line_over(outline: Outline) -> tuple[Block, int] | None:
    """The line over the text that looks most like its headline, with how much speaks for it.

    The lines of the story's own element count first, then those of the elements around it: the nearest with any.
    """
    found: tuple[Block, int] | None = None
    pictures = {each.order for each in outline.media if each.tag == "img"}
    sections = {block.casefolded for block in outline.blocks if block.zone == "nav"}
    for lines in _lines_over(outline):
        for block in lines:
            score = _speaks(block, outline.blocks, pictures) - 4 * (block.casefolded in sections)
            if found is None or score > found[1]:
                found = (block, score)
        if found is not None and found[1] >= _PLAIN:
            break
    if found is not None and found[1] < -2 and _heads_rows(found[0], outline.blocks):
        return None  # a short line over a list
    return found


def line_before(outline: Outline, order: int) -> Block | None:
    """The nearest line of a headline's length over a block, of the three before it."""
    above = reversed(outline.blocks[max(0, order - 3) : order])
    return next((block for block in above if len(block.text) >= 25 and _may_be(block)), None)


def _lines_over(outline: Outline) -> Iterator[list[Block]]:
    """Lines between the beginning of an element and the text in it, of larger and larger elements."""
    blocks = outline.blocks
    core = _core(outline)
    inside = blocks[core.first : core.last] if core is not None else []
    told = next((block for block in inside if block.free and tells(block) and not _bears_day(block)), None)
    if core is None or told is None:
        # a text of short lines, a file, a player: what stands directly over a posting line
        yield _over_posting_lines(blocks)
        under = (block for over, block in pairwise(blocks) if over.free and _is_posted(over) and not _is_clock(over))
        yield [block for block in under if len(block.text) >= 25 and _is_weighty(block) and _may_be(block)]
        return
    box: Box | None = core
    end = told.order
    while box is not None:
        start = max(box.first, told.order - _FARTHEST)
        lines = [block for block in blocks[start:end] if _may_be(block)]
        if lines:
            yield lines
        end = min(end, start)
        box = box.parent
    over = _over_posting_lines(blocks)
    if len(over) == 1 and any(is_sentence(each.text) and each.free for each in blocks[over[0].order + 2 :][:3]):
        yield over  # what is told first is little, and a side column's


def _over_posting_lines(blocks: list[Block]) -> list[Block]:
    over = (block for block, under in pairwise(blocks) if under.free and _is_posted(under))
    return [block for block in over if len(block.text) >= 15 and _may_be(block)]


def _core(outline: Outline) -> Box | None:
    """The smallest element with most of the page's prose."""
    root = outline.root
    if root is None or root.prose < _LEAST_PROSE:
        return None
    # such boxes lie in each other, the smallest last
    return [box for box in outline.boxes.values() if box.prose >= 0.7 * root.prose][-1]


def _may_be(block: Block) -> bool:
    text = without_day(block.text)
    if not block.free or block.link_share > 0.5 or not 6 <= len(text) <= 250 or text.endswith((".", ":")):
        return False
    if (
        (text[0] == "(" and text[-1] == ")")
        or " " not in text
        or _PATH.match(block.folded)
        or CONTACT.match(block.folded)
        or CLOCK.match(block.folded)
    ):
        return False
    if _LABEL.match(block.folded) or is_site_title(text) or (SITE_NAME.match(block.folded) and text.isupper()):
        return False
    if len(text) == len(block.text) and _is_posted(block):
        return False
    return not any(sign(block) for sign in (is_widget, is_field_line, is_file_line, is_tag_line, is_pointer))


def _heads_rows(block: Block, blocks: list[Block]) -> bool:
    """Whether a list of other stories follows a line at once: it is that list's."""
    under = blocks[block.order + 1] if block.order + 1 < len(blocks) else None
    return under is not None and under.in_row and is_title_link(under)


def _bears_day(block: Block) -> bool:
    """Whether the posting time stands behind a headline in its line: "Năm ngày Tết: … (22h10, 07/02/2011)"."""
    return len(block.text) <= 250 and without_day(block.text) != block.text


def _is_posted(block: Block) -> bool:
    """Whether the line tells when the page was posted; a headline may name a day too, in a sentence of its own."""
    if len(block.text) > 120 or (day := POSTED.search(block.folded)) is None:
        return False
    before = block.folded[: day.start()].strip(" -|(,")
    return len(before) < 20 or is_field_line(block) or _POSTING.search(block.folded) is not None


def _is_weighty(block: Block) -> bool:
    return block.is_bold or block.level > 0 or block.has("title")


def _is_clock(block: Block) -> bool:
    """Whether a day may be the page's own: it names its weekday."""
    return CLOCK.match(block.folded) is not None


def _speaks(block: Block, blocks: list[Block], pictures: set[int]) -> int:
    """How much speaks for a line: its length, its weight, a posting line under it; against it, what else it may be."""
    score = 2 * _is_weighty(block) + (len(block.text) >= 25)
    score -= 3 * (len(block.text) < 15) + 3 * _heads_rows(block, blocks)
    score += 4 * _bears_day(block)
    for far, each in enumerate(blocks[block.order + 1 : block.order + 3]):
        if is_title_link(each):
            break  # the day is another story's
        if each.zone is None and _is_posted(each):
            score += 4 - far
            break
    if block.has("caption") or block.order in pictures:
        score -= 4
    return score - 3 * (is_organisation(block.text) or _SLOGAN.match(block.folded) is not None)
