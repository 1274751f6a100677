"""Why a page is no article: lists, soft 404, errors, login forms, walls, challenges, searches, empty templates."""

from __future__ import annotations

import re
from collections import Counter
from urllib.parse import parse_qsl, urlsplit

from lxml import etree

from archive.schema import NotAnArticle
from archive.vietnam.text import fold
from crawler.reading.outline.blocks import Block
from crawler.reading.page import Page
from crawler.reading.people.names import is_organisation
from crawler.reading.posted.dated_line import names_weekday
from crawler.reading.refused import words as words
from crawler.reading.refused.findings import Findings
from crawler.reading.refused.list_signs import list_sign
from crawler.reading.text.lines import is_meta
from crawler.reading.text.span import is_prose
from crawler.reading.title.standing import is_standing
from crawler.reading.title.words import POSTED, is_site_title

_COOKIE_WALL = re.compile(r"document\.cookie\s*=|setcookie\s*\(", re.IGNORECASE)
_RELOAD = re.compile(
    r"location\.(?:reload|href|replace)|location\s*=|window\.location|\.submit\(\)|http-equiv=.?refresh", re.IGNORECASE
)
_ASKING = frozenset(("q", "keyword", "keywords", "s", "search", "tukhoa", "tu-khoa", "query"))
_OF_VERSIONS = frozenset(("history", "diff", "edit", "compare", "revisions"))
_A_TEXT, _A_LONG_TEXT = 400, 800  # characters
_LONGEST_NAME = 25  # of a page that is kept standing, and dated
_LARGEST_FAILURE = 60_000  # bytes
_LONGEST_COUNT = 120  # "Tìm thấy 127 kết quả cho từ khóa …"
_REFRESH = re.compile(r"http-equiv=.?refresh", re.IGNORECASE)


def refuse_early(page: Page) -> NotAnArticle | None:
    """What can be told from the page as a whole, before anything is looked for."""
    text = page.source
    if not page.outline.blocks and not text.strip():
        return NotAnArticle("empty", "no bytes")
    if _is_of_versions(page):
        return NotAnArticle("other", "compares or lists the versions of a page")
    if len(text) >= 12_000:
        return None
    visible = sum(len(block.text) for block in page.outline.blocks)
    if visible < 1500:
        folded = fold(text)
        shown = fold(" ".join(block.text for block in page.outline.blocks))
        posted = visible >= _A_TEXT and POSTED.search(shown) is not None
        for pattern in (words.CHECKING, *(() if posted else (words.MAY_CHECK,))):
            if "<article" not in folded and (match := pattern.search(shown)):
                return NotAnArticle("challenge", match[0])
        if _COOKIE_WALL.search(text) and _RELOAD.search(text) and visible < 400:
            return NotAnArticle("cookie_wall", "a script sets a cookie and loads the page again")
        if not posted and words.NO_COOKIES.search(shown) and visible < 400:
            return NotAnArticle("cookie_wall", _found(words.NO_COOKIES, shown))
        if words.CHALLENGE.search(folded) and visible < 1200 and "<article" not in folded:
            return NotAnArticle("challenge", _found(words.CHALLENGE, folded))
        if words.CAPTCHA.search(folded) and visible < 300 and not page.outline.passwords:
            return NotAnArticle("challenge", _found(words.CAPTCHA, folded))
        if visible < 400 and _REFRESH.search(text) and not words.MISSING.search(folded) and words.MOVED.search(folded):
            return NotAnArticle("other", "sends on to another address")
    return None


def refuse(found: Findings) -> NotAnArticle | None:
    """The reason why a page is no article, None where it may be one."""
    return (
        _failed(found)
        or _search(found)
        or _says_so(found)
        or _form(found)
        or _is_template(found)
        or _is_schedule(found)
        or _is_directory(found)
        or _as_list(list_sign(found))
        or _stands(found)
        or _is_empty(found)
        or _is_of_a_section(found)
    )


def _is_of_versions(page: Page) -> bool:
    """Whether a wiki or a content system shows how a page was changed: two versions side by side, or its history."""
    asked = dict(parse_qsl(urlsplit(page.url).query))
    if asked.get("action") in _OF_VERSIONS or (asked.get("diff") and asked.get("oldid")):
        return True
    return page.names >= {"diff-otitle", "diff-ntitle"}


def _as_list(sign: str | None) -> NotAnArticle | None:
    return NotAnArticle("list", sign) if sign else None


def _failed(found: Findings) -> NotAnArticle | None:
    """A server's own error page, however long it goes on about what failed."""
    if found.dated:
        return None
    headings = [block.folded for block in found.own[:20] if 0 < block.level <= 2]
    for title in (*found.titles, *headings):
        if match := words.FAILED.match(title):
            return NotAnArticle("error", match[0])
    if found.page.size < _LARGEST_FAILURE and any(words.TRACE.search(block.folded[:500]) for block in found.own):
        return NotAnArticle("error", "prints where its program failed")
    return None


def _says_so(found: Findings) -> NotAnArticle | None:
    """Pages that say in few words that there is nothing to read, and why."""
    if found.prose >= 500 or (found.dated and found.prose > 200):
        return None
    text = fold(" ".join(block.text for block in found.own if not block.in_row)[:4000])
    head = fold(f"{found.page.head_title} {found.name}")
    if not found.dated and any(map(words.SEARCH_TITLE.fullmatch, found.titles)):
        return NotAnArticle("search", "its title names a search")
    asks = found.page.outline.passwords and (words.LOGIN.search(head) or found.prose < 200)
    named = found.prose < 200 and any(map(words.LOGIN_TITLE.match, found.titles))
    # the day of the system's version may stand under its form
    if (asks and named) or ((asks or named) and not found.dated):
        return NotAnArticle("login", "a form that asks for a password" if asks else "its title asks to log in")
    tells = found.prose >= 200 and found.headline is not None and not found.short
    for reason, pattern in words.SAYINGS:
        if tells and not found.dated and (match := _said_of_itself(pattern, found.titles[1], text)):
            return NotAnArticle(reason, match[0])
        if not found.dated and not tells and (match := pattern.search(head) or pattern.search(text)):
            return NotAnArticle(reason, match[0])
    if words.CHALLENGE.search(head):
        return NotAnArticle("challenge", _found(words.CHALLENGE, head))
    if found.prose < 200 and not found.filed and not found.dated and words.SOON.search(text):
        return NotAnArticle("empty", "announces content to come")
    return None


def _said_of_itself(pattern: re.Pattern[str], title: str, text: str) -> re.Match[str] | None:
    """Where a headline that has text under it says so of the site or the page, or the text says it again.

    "Hệ thống đang được bảo trì" speaks of itself, "Nhiều hộ không tìm thấy tên trong danh sách" of others.
    """
    match = pattern.search(title)
    if match is None or words.ITSELF.fullmatch(title[: match.start()]):
        return match
    return match if pattern.search(text.replace(title, "")) else None


def _stands(found: Findings) -> NotAnArticle | None:
    """Pages that a portal keeps standing: contacts, the organisation, weather; the description of a procedure."""
    steps = (words.PROCEDURE.match(block.folded[:60]) for block in found.own)
    if not found.dated and len({step[0] for step in steps if step}) >= 4:
        return NotAnArticle("other", "describes an administrative procedure")
    # "Hướng dẫn sử dụng dịch vụ công trực tuyến", posted that day; its `<title>` is the section's
    if found.told or (found.dated and len(found.name) >= _LONGEST_NAME):
        return None
    named = [found.name]
    if found.prose < 500 and not (found.dated and found.filed):
        heads = [block.text for block in found.own if 0 < block.level <= 2 and not block.in_row and found.short]
        named = [found.page.head_title, found.name, *heads[:3]]
    return NotAnArticle("other", "a standing page by its title") if any(map(is_standing, named)) else None


def _search(found: Findings) -> NotAnArticle | None:
    """Result pages, by what their address asks for and what they say they found."""
    asks = {name.lower() for name, value in parse_qsl(urlsplit(found.page.url).query) if value}
    named = any(map(words.SEARCH_TITLE.fullmatch, found.titles))
    if asks & _ASKING and (named or found.rows >= 3 or found.prose < 200):
        return NotAnArticle("search", "its address asks for words")
    lines = (block.folded for block in found.own[:20] if len(block.text) <= _LONGEST_COUNT)
    if not found.dated and any(map(words.FOUND_SO_MANY.search, lines)):
        return NotAnArticle("search", "it says how much it found")
    return None


def _is_schedule(found: Findings) -> NotAnArticle | None:
    """The appointments of a week, which a portal keeps standing; as a notice they have a day of their own."""
    if found.dated or found.attached or not any(map(words.SCHEDULE.match, found.titles)):
        return None
    listed = sum(map(names_weekday, found.own)) >= 3 or not any(map(is_prose, found.inside))
    return NotAnArticle("other", "a week's appointments, day by day") if listed else None


def _form(found: Findings) -> NotAnArticle | None:
    """Pages to fill in: a survey's questions, a question to an office, an application."""
    if found.dated or found.attached or found.prose >= 500 or found.headline is None:
        return None
    asked: set[str] = set()
    for node in found.span.box.node.iter("input", "textarea"):
        kind = "text" if node.tag == "textarea" else (node.get("type") or "text").lower()
        if kind in ("text", "radio", "checkbox", "email", "tel", "number", "date", "file") and not _is_in_zone(
            found, node
        ):
            asked.add(node.get("name") or node.get("id") or node.get("placeholder") or "")
    return NotAnArticle("other", f"a form with {len(asked)} fields") if len(asked) >= 3 else None


def _is_in_zone(found: Findings, node: etree._Element) -> bool:
    """Whether a field stands in a side column, a header, a poll, or with the comments; a form is no such zone here."""
    around: etree._Element | None = node
    boxes, blocks = found.page.outline.boxes, found.page.outline.blocks
    while around is not None and around not in boxes:
        around = around.getparent()
    if around is None:
        return False
    box = boxes[around]
    # under "Ý kiến bình luận"
    return box.zone not in (None, "form") or any(each.related for each in blocks[max(0, box.first - 1) : box.first + 1])


def _is_template(found: Findings) -> NotAnArticle | None:
    """The template of an article, by its own name, with nothing filled in."""
    if found.headline is None and found.prose < 200 and words.DETAIL.fullmatch(found.titles[0]):
        return NotAnArticle("empty", "the template of an article without one")
    return None


def _is_directory(found: Findings) -> NotAnArticle | None:
    """Who can be reached how, or was born when: three persons with the same label or a number, and hardly a text."""
    if found.dated or sum(len(block.text) for block in found.inside if is_prose(block)) >= 200:
        return None
    lines = {block.folded for block in found.inside if len(block.text) <= 60 and not block.in_row}
    labels = Counter(said[1] for line in lines if (said := words.OF_A_PERSON.match(line)))
    labels["reached"] = sum(1 for line in lines if words.REACHED_AT.fullmatch(line))
    return NotAnArticle("other", "a directory of persons") if max(labels.values()) >= 3 else None


def _is_empty(found: Findings) -> NotAnArticle | None:
    """Templates without content."""
    if found.headline is None:
        rows = sum(1 for block in found.page.outline.blocks if block.in_row and _is_loose(found, block))
        if rows >= 3 and found.prose < 200:
            return _as_list(f"{rows} lines of linked headlines, no headline of its own")
        return NotAnArticle("empty" if found.prose < 200 else "other", "no headline")
    if found.prose < 40 and not found.filed:
        return NotAnArticle("empty", "a headline without text, file or picture")
    # under an update alone verses may stand, but prices and levels, row by row, are a board's
    told = found.posted or found.filed or (found.dated and not all(_fills_a_cell(block) for block in found.inside))
    bare = found.short or found.first < 0 or is_organisation(found.name)
    if bare and not told and not any(map(is_prose, found.page.outline.blocks[found.span.start : found.span.end])):
        return NotAnArticle("empty", "short lines without a posting time")
    return None


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


def _is_loose(found: Findings, row: Block) -> bool:
    """Whether a row stands in no zone, and the heading that claims it for another list stands in one."""
    if row.zone is not None:
        return False
    blocks, head = found.page.outline.blocks, row
    while head.related and head.order and blocks[head.order - 1].related:
        head = blocks[head.order - 1]
    return not head.related or head.zone is not None


def _found(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return match[0] if match else ""
