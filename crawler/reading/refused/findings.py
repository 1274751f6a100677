"""What was found on a page before it is known whether it is an article: what every rule of refusal asks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile
from urllib.parse import urlsplit

from archive.schema import Attachment, Document
from archive.vietnam.text import fold, letters
from crawler.reading.made.credits import Credits
from crawler.reading.outline.blocks import Block
from crawler.reading.outline.rows import is_title_link
from crawler.reading.page import Page
from crawler.reading.posted.posting import Times
from crawler.reading.text.lines import is_prose, tells
from crawler.reading.text.span import Span
from crawler.reading.text.story import Story
from crawler.reading.title.headline import Headline

_NUMBER = re.compile(r"\d{2,}|(?:[a-z0-9]+-){6,}[a-z0-9]+")
_PARTS = re.compile(r"\s[|»›–—-]\s")
_WORD = re.compile(r"[\u2e80-\U0003ffff]|[^\W\u2e80-\U0003ffff]+")  # scripts without blanks count by the character
# What is kept standing however long it is told: an office's duties, the terms of a site, its answers to everybody.
_KEPT = re.compile(
    r"(?:vi tri,? )?chuc nang,? (?:va )?(?:nhiem vu|quyen han)|(?:cac )?cau hoi thuong gap\b|faqs?\b|privacy policy"
    r"|(?:chinh sach|dieu khoan|quy dinh)(?: ve)? (?:bao mat|su dung|(?:quyen )?rieng tu)\b"
)
_WORDS_OF_A_SECTION, _WORDS_OF_A_SENTENCE = 5, 8
_PARAGRAPHS, _LETTERS = 3, 300  # of a text that is told


@dataclass(frozen=True)
class Findings:
    """What was found on a page before it is known whether it is an article; `body_basis` is how its text was."""

    page: Page
    span: Span
    headline: Headline | None
    story: Story
    body_basis: str
    times: Times
    credits: Credits
    files: tuple[Attachment, ...]
    document: Document | None
    players: dict[str, int]

    @cached_property
    def prose(self) -> int:
        """Characters of its own text."""
        return self.story.size

    @cached_property
    def dated(self) -> bool:
        """Whether a posting time stands with its headline, or an update."""
        updated = self.times.updated is not None and self.times.updated.order is not None
        return self.headline is not None and (self.times.posted is not None or updated)

    @property
    def posted(self) -> bool:
        """Whether it is dated, and not by an update alone."""
        return self.dated and self.times.posted is not None

    @property
    def signed(self) -> bool:
        """Whether it has a byline."""
        return self.credits.byline is not None

    @property
    def attached(self) -> bool:
        """Whether it offers files or is a document's."""
        return bool(self.files or self.document)

    @cached_property
    def numbered(self) -> bool:
        """Whether its address names one thing of many: a static page's (a department's) has no number, no sentence."""
        return _NUMBER.search(self.page.url.split("/", 3)[-1]) is not None

    @cached_property
    def filed(self) -> bool:
        """Whether it offers files, pictures or a player.

        Without a day, or a number and a headline, these are an office's staff, a gallery's cover, a home page's film.
        """
        one = self.dated or (self.numbered and self.first >= 0)
        shown = one and (self.players or self.story.pictures)
        return self.attached or bool(shown)

    @property
    def claimed(self) -> bool:
        """Whether the page itself claims to be an article."""
        return says_article(self.page)

    @cached_property
    def own(self) -> list[Block]:
        """Blocks outside every zone and related list."""
        return [block for block in self.page.outline.blocks if block.zone is None and not block.related]

    @cached_property
    def name(self) -> str:
        """What the page calls itself: its headline, else its headings."""
        if self.headline is not None:
            return self.headline.text
        return " ".join(block.text for block in self.own[:40] if block.level)[:300]

    @cached_property
    def short(self) -> bool:
        """Whether its name is as short as a section's: "Giáo dục | Huyện Đắk Hà"; such names bear no number.

        Behind the dash of a headline a part may tell: "Thác Bảy Tầng - điểm đến hấp dẫn của du khách".
        """
        words, *more = map(_WORD.findall, _PARTS.split(self.name))
        told = any(len(part) > _WORDS_OF_A_SECTION and part[0][0].islower() for part in more)
        return len(words) <= _WORDS_OF_A_SECTION and not told and not any(map(str.isdigit, words))

    @cached_property
    def opens(self) -> bool:
        """Whether it opens as a story does: with a headline as long as a sentence, over two paragraphs before any row.

        One paragraph will do where the `<title>` says that headline too, and six words where the address does besides.
        Over the rows of a section or a topic stands a name, over those of a tag's page one that its address has.
        """
        if self.headline is None or self.headline.block is None or self.headline.block.linked or self.short:
            return False
        opening = takewhile(lambda block: not (block.in_row or block.level or is_title_link(block)), self.inside)
        told = sum(1 for block in opening if is_prose(block) and tells(block))
        name = letters(self.headline.text)
        titled = any(name in letters(each) for each in (self.page.head_title, self.page.meta.get("og:title", "")))
        if len(_WORD.findall(self.headline.text)) >= _WORDS_OF_A_SENTENCE:
            return told >= 2 or (told == 1 and titled)
        return told >= 2 and titled and name in letters(urlsplit(self.page.url).path)

    @cached_property
    def titles(self) -> list[str]:
        """The folded `<title>` and name."""
        return [fold(each).strip() for each in (self.page.head_title, self.name)]

    @cached_property
    def first(self) -> int:
        """The block of the headline, -1 where none is visible."""
        return self.headline.block.order if self.headline is not None and self.headline.block is not None else -1

    @cached_property
    def behind(self) -> list[Block]:
        """Blocks behind the headline, in its and the text's element; to the end where that holds nothing else."""
        blocks, last = self.page.outline.blocks, self.span.box.last
        return blocks[self.first + 1 : last if last > self.first + 1 else len(blocks)]

    @cached_property
    def inside(self) -> list[Block]:
        """Those of them that are its own."""
        return [block for block in self.behind if block.zone is None and not block.related]

    @cached_property
    def told(self) -> bool:
        """Whether several paragraphs of sentences are most of what it holds: an article, whatever it is called.

        A portal keeps such stories standing without a day: "Giới thiệu khái quát về xã Ia Pnôn". What an office is
        there for is none: "Chức năng, nhiệm vụ của Phòng Thanh tra" (Sở TT-TT Hà Nội).
        """
        if _KEPT.match(fold(self.name)):
            return False
        inside = self.inside
        told = [len(block.text) for block in inside if is_prose(block) and tells(block)]
        letters = sum(told)
        return len(told) >= _PARAGRAPHS and letters >= max(_LETTERS, sum(len(block.text) for block in inside) / 2)

    @cached_property
    def rows(self) -> int:
        """Lines of linked headlines; of a dated page only those behind the headline: tickers stand above."""
        after = self.first if self.dated else -1
        return sum(1 for block in self.own if block.in_row and block.order > after)


def says_article(page: Page) -> bool:
    """Whether a page's data claims that it is an article."""
    return page.meta.get("og:type", "").lower() == "article" or any(
        "Article" in str(each.get("@type", "")) for each in page.linked_data
    )
