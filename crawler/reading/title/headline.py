"""Which words of a page are the headline: its visible headings weighed against its machine-readable titles."""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.vietnam.text import fold
from crawler.reading.outline.blocks import Block
from crawler.reading.page import Page
from crawler.reading.people.names import is_organisation
from crawler.reading.text.lines import says_tools
from crawler.reading.title.evidence import Evidence, evidence_of
from crawler.reading.title.headlike import is_posted, may_be
from crawler.reading.title.letterhead import document_title
from crawler.reading.title.scales import DEEPEST, Weighed, heaviest, is_told
from crawler.reading.title.words import LONGEST_TITLE, SEPARATORS, TEMPLATE, without_posted, without_site

_ENOUGH = 4  # what marks and titles must say for a line
_WELL_PLACED = 8  # what place and looks must say for a line that titles say nothing of
_KICKER_COLON = re.compile(r"\s*:\s*")
_NOTICE = re.compile(r"thong bao|tin buon|thu (?:moi|ngo)|cao pho")
_JOINS = (":", ",", ";")  # behind these the heading goes on


@dataclass(frozen=True, slots=True)
class Headline:
    """The headline, the rule that found it, and its block where it is visible."""

    text: str
    basis: str
    block: Block | None = None
    score: int = 0


def find_headline(page: Page) -> Headline | None:
    """The page's headline, None where nothing on it is one."""
    evidence = evidence_of(page)
    best = heaviest(page, evidence)
    marked = best is not None and best.score >= _ENOUGH
    if best is None or not (marked or best.weight >= _WELL_PLACED):
        found = _of_a_document(page.outline.blocks) or _from_data(page, evidence) or _unmarked(page, evidence, best)
        return found or _of_a_notice(page.outline.blocks)
    text, last = _whole(best.block, page.outline.blocks)
    found = Headline(
        _without_kicker(without_posted(text), page.titles), "heading" if marked else "position", last, best.score
    )
    return found if marked else _of_a_document(page.outline.blocks) or found


def _of_a_document(blocks: list[Block]) -> Headline | None:
    """What a document printed whole is called, where nothing else on the page is a headline."""
    found = document_title(blocks[:DEEPEST])
    return Headline(found[0], "document", found[1], 1) if found is not None else None


def _of_a_notice(blocks: list[Block]) -> Headline | None:
    """The name of a section that is the whole headline of many a notice: "THÔNG BÁO" over its day and its sentences."""
    for head, day, text in zip(blocks[:DEEPEST], blocks[1:DEEPEST], blocks[2:DEEPEST], strict=False):
        if not _NOTICE.fullmatch(head.folded) or not (head.level or head.is_bold):
            continue
        # such a name may have been taken for that of a box beside the story
        named = head.zone == "aside" and head.box.zone is None and not head.related and not head.linked
        own = all(each.free and not each.linked for each in (day, text)) and (named or (head.free and not head.linked))
        if own and is_posted(day) and (is_told(text) or (len(text.text) >= 40 and text.text.endswith(":"))):
            return Headline(head.text, "position", head, 1)
    return None


def _without_kicker(text: str, titles: list[str]) -> str:
    """A heading without the kicker set in it, where the data gives the bare headline; with its colon, where it has one.

    "Premier League Rückschlag im Titelkampf" beside "Rückschlag im Titelkampf"; "Kenia Nairobi von unten" beside
    "Kenia: Nairobi von unten".
    """
    for title in titles:
        before = text.removesuffix(title)
        parted = (
            title[:1].isupper()
            and 0 < len(before) < len(title)
            and before[-1].isspace()
            and not before.rstrip().endswith(_JOINS)
        )
        if len(title) >= 20 and parted:
            return title
        if title != text and _KICKER_COLON.sub(" ", title, count=1) == _KICKER_COLON.sub(" ", text, count=1):
            return title
    return text


def _whole(block: Block, blocks: list[Block]) -> tuple[str, Block]:
    """The words of a heading or of bold lines that breaks part, and its last block."""
    while block.order and _goes_on(blocks[block.order - 1], block):
        block = blocks[block.order - 1]
    text, last = _without_tool(block), block
    for later in blocks[block.order + 1 : block.order + 4]:
        if len(text) > 300 or not _goes_on(last, later):
            break
        text, last = f"{text} {later.text}", later
    return text, last


def _goes_on(block: Block, later: Block) -> bool:
    """Whether a line is more of the heading before it, behind a break."""
    if later.box is not block.box or not later.after_break or is_posted(later):
        return False
    if block.level or is_told(later):
        return block.level > 0
    # "Diễn văn của Bí thư Tỉnh ủy / tại Lễ kỷ niệm 30 năm tái lập tỉnh"
    return block.is_bold == later.is_bold and (block.is_bold or later.text[0].islower())


def _without_tool(block: Block) -> str:
    """A heading's words without the link before them that leads back: <h3><a>Trở về</a> Xã X họp dân</h3> (Liferay)."""
    linked, words = block.linked, block.text
    if 0 < linked < len(words) and words[linked].isspace() and says_tools(block.folded[:linked]):
        return words[linked:].strip()
    return words


def _from_data(page: Page, evidence: Evidence) -> Headline | None:
    """A title that only machines see, without the site's name."""
    for each in page.linked_data:
        said = each.get("headline")
        if isinstance(said, str) and said.strip() and not evidence.names_site(said):
            return Headline(" ".join(said.split()), "json_ld")
    for name in ("og:title", "twitter:title"):
        title = page.meta.get(name, "")
        if title and not evidence.names_site(title) and not TEMPLATE.search(title):
            return Headline(without_site(title), name)
    return None


def _unmarked(page: Page, evidence: Evidence, best: Weighed | None) -> Headline | None:
    """What `<title>` says, or the line over the text, of which it may be a part, or which it says nothing of."""
    title = without_site(page.head_title[:LONGEST_TITLE])
    named = any(evidence.names_site(each) or is_organisation(each) for each in (title, SEPARATORS.split(title)[0]))
    said = len(title) >= 15 and not named and not TEMPLATE.search(title)
    if best is not None and best.place > 0 and may_be(best.block):
        text = without_posted(_without_tool(best.block))
        # "Details - My ASP.NET Application", "Dai PTTH huyen Y" over a line in Vietnamese
        foreign = title.isascii() and not text.isascii()
        if not said or foreign or best.block.level or _shares(title, text):
            return Headline(text, "position", best.block, 1)
    return Headline(title, "head_title") if said else None


def _shares(title: str, text: str) -> bool:
    """Whether most words of a line are the title's, or most of the title's are the line's."""
    mine, told = set(fold(text).split()), set(fold(SEPARATORS.split(title)[0]).split())
    return len(mine & told) >= 0.6 * min(len(mine), len(told)) and min(len(mine), len(told)) >= 4
