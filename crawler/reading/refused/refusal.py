"""Why a page is no article: lists, soft 404, errors, login forms, walls, challenges, searches, empty templates."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from archive.schema import NotAnArticle
from crawler.reading.outline.blocks import Block
from crawler.reading.people.names import is_organisation
from crawler.reading.refused import services, words
from crawler.reading.refused.findings import Findings
from crawler.reading.refused.list_signs import list_sign
from crawler.reading.refused.messages import message
from crawler.reading.text.lines import is_meta, is_prose, tells
from crawler.reading.title.words import is_site_title

_A_LONG_TEXT, _A_NOTE = 800, 200  # characters
_HOME = re.compile(r"/?(?:(?:index|default|home|trang-chu)(?:\.\w{2,5})?)?/?", re.IGNORECASE)


def refuse(found: Findings, shaped: bool | None) -> NotAnArticle | None:
    """The reason why a page is no article, None where it may be one; `shaped`: whether its address is an article's."""
    return _by_content(found) or _by_address(found, shaped)


def _by_content(found: Findings) -> NotAnArticle | None:
    return (
        message(found)
        or services.form(found)
        or _is_template(found)
        or services.schedule(found)
        or services.directory(found)
        or _as_list(list_sign(found))
        or services.standing(found)
        or _is_empty(found)
        or _is_of_a_section(found)
    )


def _by_address(found: Findings, shaped: bool | None) -> NotAnArticle | None:
    """A page without a list's signs at a list's address, the home page's, or one that names nothing in particular."""
    if shaped is False and not (found.dated or found.opens):
        return NotAnArticle("list", "its address is a list's, and no posting time stands with its headline")
    address = urlsplit(found.page.url)
    # the cards of a home page carry a day and a name as well as a story does
    if _HOME.fullmatch(address.path) and not address.query and not found.claimed:
        return NotAnArticle("list", "its address is the home page's")
    named = shaped is not None or found.numbered
    if not (named or found.dated or found.signed or found.attached or found.claimed or found.told or found.opens):
        return NotAnArticle("other", "no posting time, no byline, no file, and no number in its address")
    return None


def _as_list(sign: str | None) -> NotAnArticle | None:
    return NotAnArticle("list", sign) if sign else None


def _is_template(found: Findings) -> NotAnArticle | None:
    """The template of an article, by its own name, with nothing filled in."""
    if found.headline is None and found.prose < 200 and words.DETAIL.fullmatch(found.titles[0]):
        return NotAnArticle("empty", "the template of an article without one")
    return None


def _is_empty(found: Findings) -> NotAnArticle | None:
    """Templates without content."""
    if found.headline is None:
        rows = _loose(found.page.outline.blocks)
        if rows >= 3 and found.prose < 200:
            return _as_list(f"{rows} lines of linked headlines, no headline of its own")
        return NotAnArticle("empty" if found.prose < 200 else "other", "no headline")
    if found.prose < (15 if found.posted or (found.dated and not found.short) else 40) and not found.filed:
        return NotAnArticle("empty", "a headline without text, file or picture")
    if found.posted or found.filed:
        return None
    # under an update alone verses may stand, but prices and levels, row by row, are a board's
    board = 2 * sum(map(_fills_a_cell, found.inside)) >= len(found.inside) >= 4
    told = found.dated and not board
    bare = found.short or found.first < 0 or is_organisation(found.name)
    text = found.page.outline.blocks[found.span.start : found.span.end]
    most = _A_NOTE if board and _offers_choice(found) else 0 if bare else -1
    if not told and sum(len(each.text) for each in text if is_prose(each) and (not board or tells(each))) <= most:
        return NotAnArticle("other" if board else "empty", "short lines without a posting time")
    return None


def _offers_choice(found: Findings) -> bool:
    """Whether rows are chosen by a day, a district or a kind: a form in the page's own element has something to pick.

    What little is told beside them says how to read them: "Giá mang tính tham khảo."
    """
    fields = found.span.box.node.iter("select", "input")
    return any(node.tag == "select" or (node.get("type") or "") in ("date", "month", "week") for node in fields)


def _fills_a_cell(block: Block) -> bool:
    return block.box.tag in ("td", "th") or is_meta(block)


def _is_of_a_section(found: Findings) -> NotAnArticle | None:
    """Pages called as sections, offices and sites are: a story with so short a name has a day, a byline or a file."""
    if found.dated or found.signed or found.attached or found.prose >= _A_LONG_TEXT or found.told:
        return None
    under = found.page.outline.blocks[found.first + 1 : found.first + 2] if found.first >= 0 else []
    if any(map(is_meta, under)):
        return None  # a posting line that could not be read
    drawn = found.headline is not None and found.headline.block is None
    if not (found.short or is_site_title(found.name) or (drawn and is_organisation(found.name))):
        return None
    return NotAnArticle(
        "other" if found.prose >= 200 else "empty", "a section's name for a headline, and nothing posted"
    )


def _loose(blocks: list[Block]) -> int:
    """How many rows stand in no zone, and the heading that claims them for another list, if any, in one."""
    count, head = 0, None
    for block in blocks:
        head = None if not block.related else block if head is None else head
        if block.in_row and block.zone is None and (head is None or head.zone is not None):
            count += 1
    return count
