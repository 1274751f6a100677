"""What a page's titles for machines say of its lines: `<title>`, meta, microdata and JSON-LD, without the site's name.

Templates write the site's or the section's name into every one of them; such a name is also printed over the menu or
in it, where no headline stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.vietnam.text import fold, letters, letters_of
from crawler.reading.outline.blocks import Block
from crawler.reading.page import Page
from crawler.reading.people.names import is_organisation
from crawler.reading.title.sections import names_section
from crawler.reading.title.words import (
    LONGEST_SECTION,
    LONGEST_TITLE,
    SEPARATORS,
    is_site_title,
    without_posted,
    without_site,
)

EXACT, CUT, PART = 10, 7, 5  # a title says the line, its beginning, or the line among other words
_SHORTEST_CUT = 16  # letters of a title that was cut short
_FEWEST_WORDS = 5  # of an abridged title
_FEWEST = 6  # letters of a title that tells one line from another
_LONGEST_FRAME = 120  # characters
_LONGEST_MENUS = 20_000  # characters of all menus; every short line is looked for in them
_PATH = re.compile(r"(?:trang chu|trang nhat|home)\s*[»›>/|:-]")


@dataclass(frozen=True, slots=True)
class Evidence:
    """The titles of a page as letters: those that say its headline, `<title>` whole, what is behind it; its menus."""

    exact: frozenset[str]
    title: str
    tails: frozenset[str]
    frame: frozenset[str]
    menus: str  # folded
    words: frozenset[str]  # of the first part of `<title>`, folded, where they are enough to tell

    def says(self, block: Block) -> int:
        """How much the titles speak for a line."""
        short = letters(without_posted(block.text))
        if short in self.exact:
            return EXACT
        if (
            len(short) >= 12
            and short in self.title
            and not (is_site_title(block.text) or self._is_framed(block, short))
        ):
            return PART
        cut = len(short) >= 20 and any(len(each) >= _SHORTEST_CUT and short.startswith(each) for each in self.exact)
        if cut:  # "Chỉ đạo tiếp tục thực hiện…"
            return CUT
        # "Khai giảng lớp Trung cấp khóa 88" of "Khai giảng lớp Trung cấp Lý luận chính trị - Hành chính khóa 88"
        told = block.level and self.words and self.words <= {*block.folded.split()}
        return PART if told and not self._is_framed(block, short) else 0

    def names_frame(self, block: Block) -> bool:
        """Whether the line is printed in the page's frame too, or stands behind the headline in `<title>`."""
        short = letters(block.text)
        return short not in self.exact and (short in self.tails or self._is_framed(block, short))

    def _is_framed(self, block: Block, short: str) -> bool:
        return short in self.frame or _is_in(self.menus, block.folded) or names_section(block.folded)

    def names_site(self, title: str) -> bool:
        """Whether a title is the site's: by its words, or because it is printed in the page's frame."""
        return is_site_title(title) or letters(title) in self.frame


def evidence_of(page: Page) -> Evidence:
    """What the titles of a page say."""
    title = page.head_title[:LONGEST_TITLE]
    frame = _frame(page)
    first, *behind = _parts(title, frame)
    said = [
        *page.titles,
        *(without_site(each) for each in page.titles),
        *([first] if behind or not (is_site_title(first) or is_organisation(first)) else []),
    ]
    menus = " | ".join(["", *[block.text for block in page.outline.blocks if block.zone == "nav"], ""])
    menus = fold(menus[:_LONGEST_MENUS])
    own = (letters(each) for each in said if not (_is_in(menus, folded := fold(each)) or names_section(folded)))
    exact = frozenset(short for short in own if len(short) >= _FEWEST and short not in frame)
    words = frozenset(fold(first).split())
    told = words if len(words) >= _FEWEST_WORDS and not is_organisation(first) else frozenset[str]()
    tails = frozenset(letters(part) for part in behind if part)
    return Evidence(exact, letters(title), tails, frame, menus, told)


def _is_in(menus: str, name: str) -> bool:
    """Whether a short name is one of a menu's, which may print them all in one line."""
    return 0 < len(name) <= LONGEST_SECTION and f" {name} " in menus


def _parts(title: str, frame: frozenset[str]) -> list[str]:
    """The parts of a `<title>` without the site's name before the others: "Huyện M | Vui Trung thu sớm"."""
    parts = SEPARATORS.split(title)
    while len(parts) > 1 and (is_site_title(parts[0]) or is_organisation(parts[0]) or letters(parts[0]) in frame):
        parts = parts[1:]
    return parts


def _frame(page: Page) -> frozenset[str]:
    """What names the site or its sections: lines over the menu, short links, the path to the page, the site's name."""
    outline = page.outline
    first = next((block.order for block in outline.blocks if block.zone == "nav"), 0)
    names = [page.meta.get("og:site_name", "")]
    top = max(first, outline.masthead)
    for block in outline.blocks:
        text = block.text
        if block.order < top and (
            block.order < outline.masthead or block.zone == "header" or is_organisation(text[:_LONGEST_FRAME])
        ):
            names.append(text[:_LONGEST_FRAME])
        elif len(text) <= LONGEST_SECTION:
            if block.link_share > 0.8:
                names.append(text)
        elif text[0] in "TtHh" and len(text) <= _LONGEST_FRAME and _PATH.match(block.folded):
            names += SEPARATORS.split(text)[:-1]
    return frozenset(filter(None, letters_of(names)))
