"""Which words of a page are the headline: its visible headings weighed against its machine-readable titles."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from archive.vietnam.text import fold, letters
from crawler.reading.outline.blocks import Block, Box
from crawler.reading.outline.rows import is_related_heading
from crawler.reading.page import Page
from crawler.reading.people.names import is_organisation
from crawler.reading.text.lines import is_day, says_tools
from crawler.reading.title.letterhead import document_title
from crawler.reading.title.over_the_story import line_over
from crawler.reading.title.words import (
    LONGEST_TITLE,
    POSTED,
    SEPARATORS,
    TEMPLATE,
    is_site_title,
    without_day,
    without_site,
)

_NEVER_IN = ("nav", "crumb", "related", "comments", "tags", "form", "footer")
_SECTION = 30  # characters; no name of a section is longer, few headlines are shorter
_DEEPEST = 1500  # blocks; no headline stands further down
_TITLE_LABEL = re.compile(r"(?:tieu de|ten bai(?: viet)?|title)\s*:?")
_PLACE = re.compile(r"(?:dang bo )?(?:tinh|thanh pho|huyen|quan|thi xa|thi tran|xa|phuong|dac khu)\b")
_LONGEST_PLACE = 7  # words
_KICKER_COLON = re.compile(r"\s*:\s*")


@dataclass(frozen=True, slots=True)
class Headline:
    """The headline, the rule that found it, and its block where it is visible."""

    text: str
    basis: str
    block: Block | None = None
    score: int = 0


def find_headline(page: Page) -> Headline | None:
    """The page's headline, None where nothing on it is one."""
    evidence = _evidence(page)
    blocks = page.outline.blocks
    best: tuple[int, Block] | None = None
    seen = 0
    story = _story_of_the_page(page)
    for block in blocks[:_DEEPEST]:
        if 6 <= len(block.text) <= 400 and not block.related and block.zone not in _NEVER_IN:
            score = _score(block, evidence, blocks)
            if story is not None and block.order >= story.last and score < 10:
                continue  # a heading behind the page's own story is a side column's
            if score > 0 and (best is None or score > best[0]):
                best = (score, block)
        if block.free and len(block.text) >= 200 and block.link_share < 0.3:
            seen += 1
            if seen >= 3 and best is not None:
                break  # headings this deep belong to the text
    if best is not None and _may_be_a_section(*best, blocks):
        best = (best[0], _under_section(best[1], page))
    if best is not None and best[0] >= 4:
        text, last = _whole(best[1], blocks)
        return Headline(_without_kicker(without_day(text), page.titles), "heading", last, best[0])
    return _from_data(page) or _of_a_document(blocks) or _unmarked(page)


def _of_a_document(blocks: list[Block]) -> Headline | None:
    """What a document printed whole is called, where nothing else on the page is a headline."""
    found = document_title(blocks[:_DEEPEST])
    return Headline(found[0], "document", found[1], 1) if found is not None else None


def _may_be_a_section(score: int, block: Block, blocks: list[Block]) -> bool:
    """Whether a short line may be the name of a section, which `<title>` gives too where a story's is the section's."""
    if len(block.text) >= _SECTION:
        return False
    plain = not block.level and not block.has("title")
    if plain or (score < 10 and block.level != 1):
        return True
    return any(each.zone == "nav" and each.casefolded == block.casefolded for each in blocks)


def _under_section(block: Block, page: Page) -> Block:
    """The longer line directly over the posting line, under a heading that may be a section's or a box's."""
    over = line_over(page.outline)
    if over is None or over[1] < 4 or over[0].order < block.order or over[0].box is block.box:
        return block
    return over[0] if len(over[0].text) > len(block.text) else block


def _without_kicker(text: str, titles: list[str]) -> str:
    """A heading without the kicker set in it, where the data gives the bare headline; with its colon, where it has one.

    "Premier League Rückschlag im Titelkampf" beside "Rückschlag im Titelkampf"; "Kenia Nairobi von unten" beside
    "Kenia: Nairobi von unten".
    """
    for title in titles:
        before = text.removesuffix(title)
        if len(title) >= 20 and 0 < len(before) < len(title) and before[-1].isspace() and before.rstrip()[-1:] != ":":
            return title
        if title != text and _KICKER_COLON.sub(" ", title, count=1) == _KICKER_COLON.sub(" ", text, count=1):
            return title
    return text


def _whole(block: Block, blocks: list[Block]) -> tuple[str, Block]:
    """The words of a heading that a line break parts, and its last block."""
    while block.level and block.after_break and blocks[block.order - 1].box is block.box:
        block = blocks[block.order - 1]
    text, last = _without_tool(block), block
    for later in blocks[block.order + 1 : block.order + 4] if block.level else ():
        if later.box is not block.box or not later.after_break or len(text) > 300 or POSTED.search(later.folded):
            break
        text, last = f"{text} {later.text}", later
    return text, last


def _without_tool(block: Block) -> str:
    """A heading's words without the link before them that leads back: <h3><a>Trở về</a> Xã X họp dân</h3> (Liferay)."""
    linked, words = block.linked, block.text
    if 0 < linked < len(words) and words[linked].isspace() and says_tools(block.folded[:linked]):
        return words[linked:].strip()
    return words


def _story_of_the_page(page: Page) -> Box | None:
    """The smallest element with four fifths of the page's prose, None where there is little prose."""
    root = page.outline.root
    if root is None or root.prose < 500:
        return None
    # such boxes lie in each other, the smallest last
    return [box for box in page.outline.boxes.values() if box.prose >= 0.8 * root.prose][-1]


@dataclass(frozen=True, slots=True)
class _Evidence:
    exact: frozenset[str]
    title_key: str
    tail_keys: frozenset[str]
    masthead: int
    home: frozenset[int]  # the blocks that are a link to the page itself
    marks: Counter[tuple[str, str, str]]  # of headings and titled elements; what marks many lines marks no headline


def _evidence(page: Page) -> _Evidence:
    exact = set(map(letters, page.titles))
    title = page.head_title[:LONGEST_TITLE]
    parts = SEPARATORS.split(title)
    tails = {letters(part) for part in parts[1:] if part}
    first = letters(parts[0]) if parts else ""
    over_the_menu = {letters(block.text) for block in page.outline.blocks[: page.outline.masthead]}
    if first and not is_site_title(parts[0]) and first not in over_the_menu:
        exact.add(first)
    long = frozenset(each for each in exact if len(each) >= 6)
    outline = page.outline
    return _Evidence(long, letters(title), frozenset(tails), outline.masthead, _home(page), _marks(outline.blocks))


def _home(page: Page) -> frozenset[int]:
    """The lines of a headline's length that link to the page they stand on (Joomla 1.5)."""
    long = (block for block in page.outline.blocks if block.linked >= 25 and block.free and block.link_share > 0.8)
    return frozenset(block.order for block in long if page.link(block.href) == page.url)


def _mark(block: Block) -> tuple[str, str, str]:
    around = block.box.parent
    return block.box.tag, block.box.words, around.words if around is not None else ""


def _marks(blocks: list[Block]) -> Counter[tuple[str, str, str]]:
    """How many different lines each mark bears, those of lists of other stories left out."""
    lines = {(_mark(block), block.text) for block in blocks if not block.in_row and (block.level or block.has("title"))}
    return Counter(mark for mark, _ in lines)


_LEVELS = {0: 0, 1: 5, 2: 4, 3: 3, 4: 2, 5: 1, 6: 1}


def _score(block: Block, evidence: _Evidence, blocks: list[Block]) -> int:
    if not block.level and (block.in_row or " " not in block.text):
        return 0
    marked = block.has("title")
    short = letters(block.text)
    if is_day(block.text) or not any(map(str.isalpha, block.text)):
        return 0
    if block.order < evidence.masthead and short not in evidence.exact:
        return 0
    score = _LEVELS[block.level] + (3 if marked else 0)
    if block.box.tag != "th" and block.order and _is_label(blocks[block.order - 1]):
        score += 8
    score += 8 * (block.order in evidence.home)
    if short in evidence.exact and len(short) >= 6:
        score += 10
    elif len(short) >= 12 and short in evidence.title_key and not _is_of_the_site(block.text, short, evidence):
        score += 5
    elif len(short) >= 20 and any(len(each) >= 20 and short.startswith(each) for each in evidence.exact):
        score += 7  # cut in the meta: "Chỉ đạo tiếp tục thực hiện…"
    if not score or is_related_heading(block) or TEMPLATE.search(block.text):
        return 0
    if block.zone is not None:
        score -= 6
    if block.in_row:
        score -= 8
    if evidence.marks[_mark(block)] >= 3:
        score -= 4
    if block.link_share > 0.5 and block.level != 1:
        score -= 3
    if is_site_title(block.text):
        score -= 8
    if len(block.text) < 15 and short not in evidence.exact:
        score -= 2
    if short in evidence.tail_keys and short not in evidence.exact:
        score -= 4
    score += _followed(block, blocks)
    return score


def _is_of_the_site(text: str, short: str, evidence: _Evidence) -> bool:
    """Whether the words name the site: by themselves, or an office that stands behind the headline in `<title>`."""
    behind = short in evidence.tail_keys and bool(evidence.exact)
    return is_site_title(text) or (behind and (text.isupper() or is_organisation(text)))


def _is_label(block: Block) -> bool:
    return len(block.text) < 16 and _TITLE_LABEL.fullmatch(block.folded) is not None


def _followed(block: Block, blocks: list[Block]) -> int:
    """A posting line or a paragraph soon after speaks for a headline; another heading at once, against."""
    score = 0
    for later in blocks[block.order + 1 : block.order + 6]:
        if later.in_row or later.related:
            break
        if len(block.text) < _SECTION and later.link_share > 0.8 and not says_tools(later.folded):
            break  # a box of links: "Công báo"
        if len(later.text) <= 160 and later.link_share < 0.8 and POSTED.search(later.folded):
            return score + 3
        if len(later.text) >= 120 and later.link_share < 0.3:
            return score + 2
    return score


def _from_data(page: Page) -> Headline | None:
    """A title that only machines see, without the site's name."""
    for each in page.linked_data:
        if isinstance(each.get("headline"), str) and each["headline"].strip():
            return Headline(" ".join(each["headline"].split()), "json_ld")
    for name in ("og:title", "twitter:title"):
        title = page.meta.get(name, "")
        if title and not is_site_title(title) and not TEMPLATE.search(title):
            return Headline(without_site(title), name)
    return None


def _unmarked(page: Page) -> Headline | None:
    """What `<title>` says, or the line over the text, of which it may be a part, or which it says nothing of."""
    title = without_site(page.head_title[:LONGEST_TITLE])
    named = is_site_title(title) or is_site_title(SEPARATORS.split(title)[0])
    said = len(title) >= 15 and not named and not TEMPLATE.search(title)
    over = line_over(page.outline)
    if over is not None:
        block, score = over
        text = without_day(_without_tool(block))
        # "Details - My ASP.NET Application", "Dai PTTH huyen Y" over a line in Vietnamese
        foreign = title.isascii() and not text.isascii()
        if not said or score >= 4 or (foreign and score >= 0) or _shares(title, text) or _is_of_an_office(page, title):
            return Headline(text, "position", block, 1)
    if said and not _is_of_an_office(page, title):
        return Headline(title, "head_title")
    return Headline(title, "head_title") if said else None


def _shares(title: str, text: str) -> bool:
    """Whether most words of a line are the title's, or most of the title's are the line's."""
    mine, told = set(fold(text).split()), set(fold(SEPARATORS.split(title)[0]).split())
    return len(mine & told) >= 0.6 * min(len(mine), len(told)) and min(len(mine), len(told)) >= 4


def _is_of_an_office(page: Page, title: str) -> bool:
    """Whether the title names who runs the site: an office, a place in capitals, or what stands over the menu."""
    over_the_menu = (letters(block.text) for block in page.outline.blocks[: page.outline.masthead])
    place = title.isupper() and len(title.split()) <= _LONGEST_PLACE and _PLACE.match(fold(title)) is not None
    return place or is_organisation(title) or letters(title) in over_the_menu
