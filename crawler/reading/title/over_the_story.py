"""How much the place of a line speaks for its being the headline: over the story's text, beside the posting line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from archive.vietnam.text import fold
from crawler.reading.outline.blocks import Block, Box, Outline
from crawler.reading.outline.rows import is_title_link
from crawler.reading.text.lines import tells
from crawler.reading.title.headlike import is_posted, may_be
from crawler.reading.title.words import CLOCK, LONGEST_SECTION, POSTED, without_posted

_LEAST_PROSE = 100  # characters of a page's prose, for it to have a story
_POSTED_UNDER = (6, 5, 3, 3, 3)  # by how many lines the posting line stands under a headline
_POSTED_OVER, _POSTED_BEHIND, _TEXT_SOON = 3, 6, 2
_OVER_TEXT = 4  # less one for every line between that may be a headline, two for a row of a list, three for a menu
_IN_TEXT = -8
_YEAR = re.compile(r"(?:19|20)\d\d")
_FARTHEST = 40  # blocks over the text
_VERSES, _DEEPEST_VERSE = 6, 300
_Kind = tuple[str, str, Box | None]
_A_LIST = 3  # lines of one kind, each beside a day


@dataclass(frozen=True, slots=True)
class StoryPlace:
    """Where the story of a page stands: its first line that tells, and what parts it from the lines over it."""

    outline: Outline
    told: int | None
    dated: Counter[_Kind]  # how many plain lines stand beside a posting line each, by tag and class
    pictures: frozenset[int]  # the blocks directly behind a picture
    may_be: Callable[[Block], bool]  # whether a line may be a headline by its words; asked often, it remembers

    def weigh(self, block: Block) -> int:
        """How much the place of a line speaks for it."""
        if self.dated[_row_kind(block)] >= _A_LIST and not _bears_day(block):
            return min(0, self._of_text(block))
        return self._beside(block) + self._of_text(block)

    def _of_text(self, block: Block) -> int:
        """What it says for a line that it stands over the story's text, or in it."""
        if self.told is None or self.told - block.order > _FARTHEST:
            return 0
        if block.order >= self.told:
            told = self.outline.blocks[self.told]
            verse = _kind(block) == _kind(told) and not tells(told)  # the last one may stand over the posting line
            return _IN_TEXT if verse or not self.is_over_posted(block) else 0
        left = _OVER_TEXT
        for between in self.outline.blocks[block.order + 1 : self.told]:
            left -= _parts(between, self.may_be)
            if left <= 0:
                return 0
        return left

    def may_hold(self, block: Block) -> bool:
        """Whether a line that nothing marks may be the headline there: over the text, or a posting line under it."""
        if self.told is None or block.order < self.told:
            return True
        return any(map(is_posted, self.outline.blocks[block.order + 1 : block.order + 3]))

    def is_over_posted(self, block: Block) -> bool:
        """Whether a posting line follows at once, or some words behind."""
        return self._beside(block) >= _POSTED_UNDER[1]

    def longer_beside(self, block: Block) -> Block | None:
        """The longer line under a short one that may be a section's name, or over it where it may be a second line."""
        if len(block.text) >= LONGEST_SECTION:
            return None
        blocks, least = self.outline.blocks, max(20, len(block.text) + 8)
        for later in blocks[block.order + 1 : block.order + 5]:
            told = not later.level and (tells(later) or later.order == self.told)
            if later.in_row or later.related or told or later.has("lead"):
                break
            caption = later.order in self.pictures and not later.level and not self.is_over_posted(later)
            if len(later.text) >= least and not caption and self.may_be(later):
                return later
        over = blocks[block.order - 1] if block.order else None
        if over is None or not (over.box is block.box or over.box.parent is block.box.parent):
            return None  # the words on a slide, the heading of another box
        return over if len(over.text) >= LONGEST_SECTION and over.is_bold and self.may_be(over) else None

    def _beside(self, block: Block) -> int:
        """What a posting line under or over a line, or text soon after it, says for it."""
        if _bears_day(block):
            return _POSTED_BEHIND
        blocks = self.outline.blocks
        over = blocks[block.order - 1] if block.order else None
        best = _POSTED_OVER if over is not None and over.free and is_posted(over) and not _is_clock(over) else 0
        for far, later in enumerate(blocks[block.order + 1 : block.order + 1 + len(_POSTED_UNDER)]):
            if later.in_row or later.related or is_title_link(later):
                break
            if later.zone in (None, "header") and is_posted(later):
                under = blocks[later.order + 1] if later.order + 1 < len(blocks) else None
                parted = under is not None and len(under.text) >= 25 and self.may_be(under) and not tells(under)
                return max(best, _POSTED_UNDER[-1 if parted else far])
            if later.free and tells(later):
                best = max(best, _TEXT_SOON)
        return best


def place_of(outline: Outline) -> StoryPlace:
    """Where the story of the page stands."""
    told = _first_told(outline)
    posted = [block.order for block in outline.free() if _bears_any_day(block)]
    pictures = frozenset(each.order for each in outline.media if each.tag == "img")
    known = _Known().__getitem__
    return StoryPlace(outline, told, _dated(outline.blocks, posted, known), pictures, known)


class _Known(dict[Block, bool]):
    """Whether a line may be a headline, asked of each line once; `functools.cache` costs more to make."""

    def __missing__(self, block: Block) -> bool:
        known = self[block] = may_be(block)
        return known


def _dated(blocks: list[Block], posted: list[int], known: Callable[[Block], bool]) -> Counter[_Kind]:
    """How many lines of each kind stand beside a posting line, each of them beside one of its own."""
    found: Counter[_Kind] = Counter()
    taken: set[int] = set()
    for order in posted:
        kinds: set[_Kind] = set()
        for near in (order - 1, order, order + 1, order - 2):
            if not 0 <= near < len(blocks) or near in taken or (kind := _row_kind(blocks[near])) in kinds:
                continue
            if known(blocks[near]):
                kinds.add(kind)
                taken.add(near)
        found.update(kinds)
    return found


def _bears_any_day(block: Block) -> bool:
    opening = block.text[:160]  # folded alone: most blocks with a year are paragraphs, folded nowhere else
    dated = ("20" in opening or "19" in opening) and _YEAR.search(opening) is not None
    return dated and POSTED.search(block.folded if len(block.text) <= 160 else fold(opening)) is not None


def _kind(block: Block) -> tuple[str, str]:
    return block.box.tag, block.box.words


def _row_kind(block: Block) -> _Kind:
    """What a line of a list has in common with the others: its class, or the element that holds their rows."""
    rows = block.box.parent.parent if block.box.parent is not None else None
    return *_kind(block), None if block.box.words else rows


def _first_told(outline: Outline) -> int | None:
    """The first line that tells something in the element of most prose; what stands under a link is another story's.

    Where no line does, the first of several short ones of one kind: verses.
    """
    core = _core(outline)
    for block in outline.blocks[core.first : core.last] if core is not None else ():
        if block.free and tells(block) and not _bears_day(block):
            over = outline.blocks[block.order - 1] if block.order else None
            if over is None or not is_title_link(over):
                return block.order
    lines: list[Block] = []
    for block in outline.blocks[:_DEEPEST_VERSE]:
        goes_on = not lines or _kind(lines[-1]) == _kind(block)
        plain = block.free and not block.linked and not block.level and not _bears_any_day(block)
        lines = [*lines, block] if plain and goes_on else [block] if plain else []
        if len(lines) == _VERSES:  # where breaks part them, over the first may stand a section, a headline, a name
            parted = next((each.order - 1 for each in lines if each.after_break), block.order)
            return parted if parted < block.order - 1 else lines[0].order
    return None


def _parts(block: Block, known: Callable[[Block], bool]) -> int:
    """How much a line between another and the text parts the two."""
    if block.zone == "nav":
        return 3
    if block.in_row or block.related:
        return 2
    return int(known(block))


def line_before(outline: Outline, order: int) -> Block | None:
    """The nearest line of a headline's length over a block, of the three before it."""
    above = reversed(outline.blocks[max(0, order - 3) : order])
    return next((block for block in above if len(block.text) >= 25 and may_be(block)), None)


def _core(outline: Outline) -> Box | None:
    """The smallest element with most of the page's prose."""
    root = outline.root
    if root is None or root.prose < _LEAST_PROSE:
        return None
    # such boxes lie in each other, the smallest last
    return next(box for box in reversed(outline.boxes.values()) if box.prose >= 0.7 * root.prose)


def heads_rows(block: Block, blocks: list[Block]) -> bool:
    """Whether a list of other stories follows a line at once: it is that list's."""
    under = blocks[block.order + 1] if block.order + 1 < len(blocks) else None
    return under is not None and under.in_row and is_title_link(under)


def _bears_day(block: Block) -> bool:
    """Whether the posting time stands behind a headline in its line: "Năm ngày Tết: … (22h10, 07/02/2011)"."""
    return len(block.text) <= 250 and without_posted(block.text) != block.text


def _is_clock(block: Block) -> bool:
    """Whether a day may be the page's own: it names its weekday."""
    return CLOCK.match(block.folded) is not None
