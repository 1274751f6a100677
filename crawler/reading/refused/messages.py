"""What a page says of itself in few words: that something is missing or broken, found, or to be logged in for."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

from archive.schema import NotAnArticle
from archive.vietnam.text import fold
from crawler.reading.people.names import is_organisation
from crawler.reading.refused import words
from crawler.reading.refused.findings import Findings
from crawler.reading.refused.instead import cut_off, said_instead
from crawler.reading.refused.services import box_of_field
from crawler.reading.title.words import is_site_title

_ASKING = frozenset(("q", "keyword", "keywords", "s", "search", "tukhoa", "tu-khoa", "query"))
_HARDLY_ANY = 120  # characters
_LARGEST_FAILURE = 60_000  # bytes


def message(found: Findings) -> NotAnArticle | None:
    """The reason that the page itself gives, None where it gives none."""
    return _failed(found) or _searches(found) or _says_so(found) or _breaks_off(found)


def _breaks_off(found: Findings) -> NotAnArticle | None:
    """A teaser, and the wall behind it."""
    behind = found.page.outline.blocks[found.span.end : found.span.end + 3]
    told = (*found.story.paragraphs, *(each.text for each in behind if each.zone is None and not each.related))
    wall = cut_off(told) if not found.attached else None
    return NotAnArticle("login", wall) if wall is not None else None


def _failed(found: Findings) -> NotAnArticle | None:
    """A server's own error page, however long it goes on about what failed."""
    if found.posted and found.prose >= _HARDLY_ANY:
        return None
    headings = [block.folded for block in found.own[:20] if 0 < block.level <= 2]
    for title in (*found.titles, *headings):
        if match := words.FAILED.match(title):
            return NotAnArticle("error", match[0])
    if found.page.size < _LARGEST_FAILURE and any(words.TRACE.search(block.opening(500)) for block in found.own):
        return NotAnArticle("error", "prints where its program failed")
    return None


def _searches(found: Findings) -> NotAnArticle | None:
    """Result pages, by what their address asks for, or by their title and what they found."""
    asks = {name.lower() for name, value in parse_qsl(urlsplit(found.page.url).query) if value}
    named = any(map(words.SEARCH_TITLE.fullmatch, found.titles))
    if asks & _ASKING and (named or found.rows >= 3 or found.prose < 200):
        return NotAnArticle("search", "its address asks for words")
    if named and found.dated and found.prose < 200 and _has_field(found):
        return NotAnArticle("search", "its title names a search, over a form")
    if named and found.prose < 200 and any(words.FOUND_SO_MANY.search(block.folded) for block in found.own):
        return NotAnArticle("search", "its title names a search, its text what was found")
    return None


def _says_so(found: Findings) -> NotAnArticle | None:
    """Pages that say in few words that there is nothing to read, and why."""
    if not found.posted and not found.filed and _is_only(words.MISSING, found.titles[1]):
        return NotAnArticle("soft_404", found.titles[1])  # whatever boxes stand beside it
    if found.prose >= 500 or (found.dated and found.prose > 200):
        return None
    text = fold(" ".join(block.text for block in found.own if not block.in_row)[:4000])
    head = fold(f"{found.page.head_title} {found.name}")
    if not found.dated and any(map(words.SEARCH_TITLE.fullmatch, found.titles)):
        return NotAnArticle("search", "its title names a search")
    few = found.prose < 200 and not (found.opens and words.LOGIN.search(fold(" ".join(found.story.paragraphs))) is None)
    asks = found.page.outline.passwords and (words.LOGIN.search(head) or few or _asks_first(found))
    named = found.prose < 200 and any(map(words.LOGIN_TITLE.match, found.titles))
    # the day of the system's version may stand under its form
    if (asks and named) or ((asks or named) and not found.posted) or (named and found.short and _has_field(found)):
        return NotAnArticle("login", "a form that asks for a password" if asks else "its title asks to log in")
    tells = found.prose >= 200 and _has_headline(found)
    for reason, pattern in words.SAYINGS:
        if tells and not found.dated and (match := _said_of_itself(pattern, found.titles[1], text)):
            return NotAnArticle(reason, match[0])
        if not found.dated and not tells and (match := pattern.search(head) or pattern.search(text)):
            return NotAnArticle(reason, match[0])
    told = found.story.paragraphs
    if not found.filed and (instead := said_instead((*filter(None, (found.story.lead,)), *told))):
        return NotAnArticle(*instead)
    if found.dated and found.prose < _HARDLY_ANY and not found.filed:
        said = re.split(r"[.!?]", fold(told[0]))[0] if told and (found.short or found.first < 0) else ""
        for words_of_it in (found.titles[1], said):
            for reason, pattern in (("soft_404", words.MISSING), ("error", words.ERROR)):
                if _is_only(pattern, words_of_it):
                    return NotAnArticle(reason, words_of_it[:80])
        if found.short and (match := words.ASKS_TO_LOG_IN.search(fold(" ".join(told)))):
            return NotAnArticle("login", match[0])
        fails = words.ERROR.search(said)
        if fails is not None and fails.start() and words.ITSELF.fullmatch(said[: fails.start()]):
            return NotAnArticle("error", fails[0])
    if len(told) == 1 and words.NOTHING.fullmatch(fold(told[0][:100])) and not found.filed:
        return NotAnArticle("empty", told[0])
    if match := words.CHALLENGE.search(head):
        return NotAnArticle("challenge", match[0])
    if found.prose < (60 if found.dated else 200) and not found.filed and words.SOON.search(text):
        return NotAnArticle("empty", "announces content to come")
    return None


def _asks_first(found: Findings) -> bool:
    """Whether a password is asked for between the headline and a text: that tells how to keep it."""
    if found.dated or found.signed or found.first < 0:
        return False
    fields = (node for node in found.span.box.node.iter("input") if (node.get("type") or "").lower() == "password")
    boxes = (box_of_field(found, node) for node in fields)
    return any(box is not None and found.first < box.first <= found.span.prose for box in boxes)


def _has_headline(found: Findings) -> bool:
    """Whether it is called as a story may be; where no headline is seen, not as its site: "Sở Y tế tỉnh Cao Bằng"."""
    if found.headline is None or found.short:
        return False
    return found.first >= 0 or not (is_site_title(found.name) or is_organisation(found.name))


def _has_field(found: Findings) -> bool:
    """Whether something is to be filled in beside the headline."""
    kinds = ((node.get("type") or "text").lower() for node in found.span.box.node.iter("input"))
    return any(kind in ("text", "email", "password", "search", "date") for kind in kinds)


def _is_only(pattern: re.Pattern[str], title: str) -> bool:
    """Whether words say nothing but that the page is missing or broken; the day on such a page is the visit's."""
    bare, count = pattern.subn(" ", title)
    return count > 0 and words.ITSELF.fullmatch(bare) is not None


def _said_of_itself(pattern: re.Pattern[str], title: str, text: str) -> re.Match[str] | None:
    """Where a headline that has text under it says so of the site or the page, or the text says it again.

    "Hệ thống đang được bảo trì" speaks of itself, "Nhiều hộ không tìm thấy tên trong danh sách" of others.
    """
    match = pattern.search(title)
    if match is None or words.ITSELF.fullmatch(title[: match.start()]):
        return match
    return match if pattern.search(text.replace(title, "")) else None
