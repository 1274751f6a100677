"""What stands before a page, or in its place: a firewall's check, a cookie to set first, another address, a diff."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

from archive.schema import NotAnArticle
from archive.vietnam.text import fold
from crawler.reading.page import Page
from crawler.reading.refused import words
from crawler.reading.title.words import POSTED

_COOKIE_WALL = re.compile(r"document\.cookie\s*=|setcookie\s*\(", re.IGNORECASE)
_RELOAD = re.compile(
    r"location\.(?:reload|href|replace)|location\s*=|window\.location|\.submit\(\)|http-equiv=.?refresh", re.IGNORECASE
)
_REFRESH = re.compile(r"http-equiv=.?refresh", re.IGNORECASE)
_OF_VERSIONS = frozenset(("history", "diff", "edit", "compare", "revisions"))
_A_TEXT = 400  # characters


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
        if not posted and visible < 400 and (match := words.NO_COOKIES.search(shown)):
            return NotAnArticle("cookie_wall", match[0])
        if words.CHALLENGE.search(folded) and visible < 1200 and "<article" not in folded:
            return NotAnArticle("challenge", _found(words.CHALLENGE, folded))
        if words.CAPTCHA.search(folded) and visible < 300 and not page.outline.passwords:
            return NotAnArticle("challenge", _found(words.CAPTCHA, folded))
        if visible < 400 and _REFRESH.search(text) and not words.MISSING.search(folded) and words.MOVED.search(folded):
            return NotAnArticle("other", "sends on to another address")
    return None


def _is_of_versions(page: Page) -> bool:
    """Whether a wiki or a content system shows how a page was changed: two versions side by side, or its history."""
    asked = dict(parse_qsl(urlsplit(page.url).query))
    if asked.get("action") in _OF_VERSIONS or (asked.get("diff") and asked.get("oldid")):
        return True
    return page.names >= {"diff-otitle", "diff-ntitle"}


def _found(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return match[0] if match else ""
