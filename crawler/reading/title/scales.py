"""The line of a page for which most speaks: what the titles say of it, how it looks and where it stands, weighed."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from crawler.reading.outline.blocks import Block
from crawler.reading.outline.related import is_related_heading
from crawler.reading.page import Page
from crawler.reading.people.names import is_organisation
from crawler.reading.text.lines import is_day
from crawler.reading.title.evidence import EXACT, Evidence
from crawler.reading.title.headlike import is_made_by, is_posted, is_posted_in, is_slogan
from crawler.reading.title.over_the_story import StoryPlace, heads_rows, place_of
from crawler.reading.title.words import CLOCK, LONGEST_SECTION, TEMPLATE, is_site_title, without_posted

DEEPEST = 1500  # blocks; no headline stands further down
_NEVER_IN = ("nav", "crumb", "related", "comments", "tags", "form", "footer")
_LEVELS = (0, 5, 4, 3, 2, 1, 1)
_TITLING = (2, 3)  # the levels of headlines, however short they are
_OWN, _LABELLED = 8, 8  # for a line that links to its own page, or stands behind its label
_LONGEST_LABEL = 16  # characters
_LONGEST_META = 120
_A_LEAD = 100  # characters of a sentence; no headline is so long
_LABELLED_VALUE = 6  # against what stands behind another label: "Người đăng:" | "Phí Thị Thu Hường"
_NUMBERED = re.compile(r"(?:\d{1,2}|[IVX]{1,4}|[a-e])[.)]\s")  # a part of a text: "1. Vị trí địa lý"
_TITLE_LABEL = re.compile(r"(?:tieu de|ten bai(?: viet)?|title)\s*:?")
_MANY = 3  # lines of one mark
_BESIDE_LONGER = 5  # against a section's name over the headline, and a second line under it


@dataclass(frozen=True, slots=True)
class Weighed:
    """A line with what its marks and the titles say for it, and what its place does."""

    block: Block
    score: int
    place: int

    @property
    def weight(self) -> int:
        """All that speaks for it."""
        return self.score + self.place


def heaviest(page: Page, evidence: Evidence) -> Weighed | None:
    """The line for which most speaks, of equals the one nearer to the text; None where nothing speaks for any."""
    scales = _Scales.of(page, evidence)
    shown = (each for each in page.outline.blocks[:DEEPEST] if each.zone not in _NEVER_IN and not each.related)
    found = [each for each in map(scales.weigh, shown) if each is not None and each.weight > 0]
    found.sort(key=scales.rank)
    # the best is asked whether it is a byline or a posting line, which takes longer than to weigh it
    told = next((each for each in found if not scales.is_meta(each.block)), None)
    # capitals alone may be read as a name: "VÕ NINH VÔ ĐỊCH"
    return told or next((each for each in found if each.block.text.isupper()), None)


@dataclass(frozen=True, slots=True)
class _Scales:
    blocks: list[Block]
    evidence: Evidence
    place: StoryPlace
    masthead: int
    own: frozenset[int]  # the blocks that are a link to the page itself
    marks: Counter[tuple[str, str, str]]  # of headings and titled elements; what marks many lines marks no headline

    @classmethod
    def of(cls, page: Page, evidence: Evidence) -> _Scales:
        outline = page.outline
        place, marks = place_of(outline), _marks(outline.blocks)
        shown = Counter(_mark(outline.blocks[each]) for each in place.pictures if each < len(outline.blocks))
        marks += Counter({mark: _MANY for mark, count in shown.items() if count > 1 and mark in marks})
        return cls(outline.blocks, evidence, place, outline.masthead, _own(page), marks)

    def rank(self, found: Weighed) -> tuple[int, int, int]:
        """Where a line comes among those weighed: the heavier first, of equals the nearest over the text."""
        order, told = found.block.order, self.place.told
        return -found.weight, -found.place, order if told is None or order >= told else -order

    def weigh(self, block: Block) -> Weighed | None:
        """What speaks for a line, None for one that cannot be the headline."""
        text = block.text
        if not 6 <= len(text) <= 400 or (not block.level and (block.in_row or " " not in text)):
            return None
        said = self.evidence.says(block)
        if block.order < self.masthead and said < EXACT:
            return None
        said += _OWN * (block.order in self.own) + max(0, label := self._label(block))
        if not said and not block.level and not (self.place.may_hold(block) and self.place.may_be(block)):
            return None
        if is_day(text) or not any(map(str.isalpha, text)) or TEMPLATE.search(text) or is_related_heading(block):
            return None
        score = said + _looks(block) + min(0, label) - self._against(block, exact=said >= EXACT)
        return Weighed(block, score, self.place.weigh(block) - self._doubt(block, said))

    def _label(self, block: Block) -> int:
        """What the line before says: that this is the title ("Tiêu đề:"), or the value of another field."""
        label = self.blocks[block.order - 1] if block.order and block.box.tag != "th" else None
        if label is None or len(label.text) > _LONGEST_LABEL:
            return 0
        if _TITLE_LABEL.fullmatch(label.folded) is not None:
            return _LABELLED
        return -_LABELLED_VALUE if label.text.endswith(":") and label.free and not block.level else 0

    def _against(self, block: Block, *, exact: bool) -> int:
        """What says that a line is something else: a list's, a section's, the site's, a lead, a picture's."""
        against = (
            6 * (block.zone is not None and not _in_page_header(block))
            + 8 * block.in_row
            + 4 * (self.marks[_mark(block)] >= _MANY)
        )
        against += 8 * is_site_title(block.text) + 5 * self.evidence.names_frame(block)
        against += (3 if exact else 8) * (block.link_share > 0.5) + 3 * heads_rows(block, self.blocks)
        if exact:
            return against
        against += 3 * (len(block.text) < 15 and block.level not in _TITLING)
        against += 3 * (is_organisation(block.text) or is_slogan(block))
        against += 3 * (not 0 < block.level < 3 and _NUMBERED.match(block.text) is not None)
        against += 4 * block.has("caption")
        if (
            block.order in self.place.pictures and not block.level
        ):  # the picture's caption, or a headline behind an icon
            over = self.blocks[max(0, block.order - 3) : block.order]
            parted = any(map(self.place.may_be, over)) and not self.place.is_over_posted(block)
            against += 8 if parted else 4
        if block.has("lead") or is_told(block):
            against += 8 if len(block.text) >= _A_LEAD else 5
        return against

    def is_meta(self, block: Block) -> bool:
        """Whether a line that no title says tells when the story was posted or who made it, not whom it tells of."""
        if len(block.text) > _LONGEST_META or self.evidence.says(block) == EXACT:
            return False
        titling = 0 < block.level < 3
        if titling and not CLOCK.match(block.folded):  # a blog heads the stories of a day with its date
            return False
        if (is_posted(block) and without_posted(block.text) == block.text) or is_posted_in(block):
            return True
        told = self.blocks[self.place.told].text if self.place.told is not None else ""
        return not titling and is_made_by(block, told)

    def _doubt(self, block: Block, said: int) -> int:
        """What says that a short line is a section's name over the headline, or a second line under it."""
        longer = self.place.longer_beside(block)
        if longer is None:
            return 0
        if block.has("title") and not block.level and not (block.text.isupper() and not longer.text.isupper()):
            return 0
        if said == EXACT and 0 < block.level < (longer.level or 9):
            return 0
        return max(said, _BESIDE_LONGER)  # `<title>` may be the section's too


def _in_page_header(block: Block) -> bool:
    """Whether a heading stands in the box that Bootstrap and Joomla 3 put around the headline of a page."""
    around = block.box.parent
    return block.level > 1 and around is not None and around.last - around.first <= 2 and "page-header" in around.words


def is_told(block: Block) -> bool:
    """Whether a line is a sentence, as a lead is, in a heading's element or not."""
    return len(block.text) >= 60 and block.text.endswith(".")


def _looks(block: Block) -> int:
    """What a line's marks say for it: its level, its class, its weight, its length."""
    heavy = _LEVELS[block.level] if block.level else 2 * block.is_bold
    return heavy + 3 * block.has("title") + (len(block.text) >= 25) + (len(block.text) >= LONGEST_SECTION)


def _own(page: Page) -> frozenset[int]:
    """The lines of a headline's length that link to the page they stand on (Joomla 1.5)."""
    long = (block for block in page.outline.free() if block.linked >= 25 and block.link_share > 0.8)
    return frozenset(block.order for block in long if page.is_own(page.link(block.href) or ""))


def _mark(block: Block) -> tuple[str, str, str]:
    around = block.box.parent
    return block.box.tag, block.box.words, around.words if around is not None else ""


def _marks(blocks: list[Block]) -> Counter[tuple[str, str, str]]:
    """How many different lines each mark bears, those of lists of other stories left out."""
    lines = {(_mark(block), block.text) for block in blocks if not block.in_row and (block.level or block.has("title"))}
    return Counter(mark for mark, _ in lines)
