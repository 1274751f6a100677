"""Where the next page of a list is, by its address: what pagers call it, and what their numbers count."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from lxml import etree

from archive.vietnam.text import fold
from crawler.layout import Layout
from crawler.portal import Portal
from crawler.reading.address import canonical_url, of_portal
from crawler.reading.families.generic import Generic
from crawler.reading.links import grows, is_trap, words_of
from crawler.reading.outline.blocks import Anchor
from crawler.reading.page import Page, text_of

MAX_ANCHORS = 10_000
MAX_PAGE = 5000
_LONGEST = 25  # letters a pager says
_MOST_LINKS = 1000  # that are numbers
_MOST_NUMBERS = 40  # in one address

NEXT_WORDS = re.compile(
    r"(?:[>»›→]+|[>»›→]?\s*(?:trang (?:sau|tiep|ke|ke tiep|tiep theo)|tiep(?: theo)?|sau|next(?: "
    r"page)?|older(?: (?:posts|entries))?|(?:(?:tin|bai|bai dang|bai viet) )?cu hon)"
    r"\s*[>»›→]*)"
)
LAST_WORDS = re.compile(r"(?:>>|»»|[»›>]\||trang cuoi|cuoi|last)\W*")
# Where the address counts one page more, these lead on too; elsewhere they open an article or turn a picture.
_MORE = re.compile(r"(?:(?:xem|tai|doc) (?:them|tiep)(?: (?:tin|bai)(?: (?:khac|cu))?)?|load more|more)\s*[>»›→]*")
_MORE_MARKS = re.compile(r"\bnext\b|(?:angle|chevron|arrow|caret)-right", re.IGNORECASE)
_NUMBERED = re.compile(
    r".*(?P<name>[?&](?:page|trang|pageindex|p|paged|pg|pageno|page_no|currentpage|_\w+_cur|cur|start-page)="
    r"|/(?:currentpage|page|trang)[-/:]?|/p/?|[-_,](?:page|trang|p)-?)"
    r"(?P<number>\d{1,5})(?:[/&.].*)?$",
    re.IGNORECASE,
)
_OFFSET = re.compile(r"[?&](?:limit)?(?:start|offset|from)=$", re.IGNORECASE)
# The days of a calendar and the stars of a vote are links that count, too.
_NO_PAGER = re.compile(
    r"(?:19|20)\d\d[-/.]\d|[?&](?:d|m|y|day|month|year|date|ngay|thang|nam|tuan|week|rat(?:e|ing)|vote|star|diem)=",
    re.IGNORECASE,
)


def next_page(
    page: Page, family: Generic, portal: Portal | None, layouts: list[Layout], growing: dict[str, None]
) -> str | None:
    """The address of the next page: never this page, a lower number or another host; `growing` learns of traps."""
    anchors = page.outline.anchors[:MAX_ANCHORS]
    own = canonical_url(page.url, portal)
    count = _count(page, own, anchors, portal)
    far = None
    for url, must_count in islice(_candidates(page, family, layouts, anchors, count), MAX_ANCHORS):
        if url is None or not of_portal(url, page.url, portal) or (key := canonical_url(url, portal)) == own:
            continue
        if is_trap(url):
            growing.update({url: None} if grows(url) else {})
            continue
        ahead = _pages_ahead(key, own, count)
        if ahead == 1 or (ahead is None and not must_count):
            return url
        if ahead and ahead > 1 and not must_count:
            far = far or url  # a bare arrow is the last page's where another link counts one more
    return far


def says_next(words: str) -> bool:
    """Whether folded words are those by which a pager names the next page, and not the last one."""
    return len(words) < _LONGEST and NEXT_WORDS.fullmatch(words) is not None and not LAST_WORDS.fullmatch(words)


def turns_pages(words: str) -> bool:
    """Whether a link's words are a pager's: a number, or the name of the next page."""
    return words.strip(" []()|").isdigit() or says_next(fold(words).strip())


def _candidates(
    page: Page, family: Generic, layouts: list[Layout], anchors: list[Anchor], count: _Count | None
) -> Iterator[tuple[str | None, bool]]:
    """Addresses that may be the next page's, the most telling first, and whether they must count one page more."""
    for layout in layouts:
        for node in page.all(layout.next) if layout.next else ():
            yield page.link(node.get("href")), False
    yield family.next_page(page), False
    for node in page.all("link[rel~=next][href], a[rel~=next][href]"):
        yield page.link(node.get("href")), False
    words = [words_of(anchor) for anchor in anchors]
    headlined = {anchor.href for anchor, said in zip(anchors, words, strict=True) if len(said) >= _LONGEST}
    more: list[Anchor] = []
    for anchor, said in zip(anchors, words, strict=True):
        said = fold(said[:_LONGEST]).strip()
        if anchor.href in headlined:
            continue  # "Tiếp" under a story's beginning is the way to the story
        if says_next(said):
            yield page.link(anchor.href), False
        elif _MORE.fullmatch(said) or (not said and _MORE_MARKS.search(_marks(anchor))):
            more.append(anchor)
    if count is not None:
        yield count.pages.get(count.here + 1), False
    for anchor in more:
        yield page.link(anchor.href), True


def _marks(anchor: Anchor) -> str:
    return " ".join(each.get("class") or "" for each in anchor.node.iter(etree.Element))


def _pages_ahead(key: str, own: str, count: _Count | None) -> int | None:
    """How many pages further than the page's own an address lies; None where it does not count."""
    if count is not None and (number := count.number(key)) is not None:
        return number - count.here if number <= MAX_PAGE else 0
    there, here = _NUMBERED.match(key), _NUMBERED.match(own)
    if there is None:
        return None
    number = int(there["number"])
    if here is None or here["name"] != there["name"]:
        # Drupal counts from 0: its second page is 1
        return max(number - 1, min(number, 1)) if number <= MAX_PAGE else 0
    return number - int(here["number"]) if number <= MAX_PAGE else 0


# -- what numbers count ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Count:
    """Links that are numbers, with addresses that count as they do: 2 is `?page=2`, Drupal's `?page=1`, `?start=10`."""

    before: str  # of the addresses' keys, around what counts
    behind: str
    first: int
    step: int
    pages: dict[int, str]
    here: int = 1

    def number(self, key: str) -> int | None:
        """Which page an address is, None where it is none of these."""
        if len(key) <= len(self.before) + len(self.behind):
            return None
        told = key[len(self.before) : len(key) - len(self.behind)]
        if not (key.startswith(self.before) and key.endswith(self.behind) and told.isdecimal()):
            return None
        number, rest = divmod(int(told) - self.first, self.step)
        return None if rest or number < 0 else number + 1


def _count(page: Page, own: str, anchors: list[Anchor], portal: Portal | None) -> _Count | None:
    """What the page's numbers count: of several pagers the one whose addresses are most like the page's own."""
    values: defaultdict[tuple[str, str], dict[int, int]] = defaultdict(dict)
    addresses: dict[tuple[str, str], dict[int, str]] = defaultdict(dict)
    for number, url in islice(_numbers(page, anchors), _MOST_LINKS):
        if is_trap(url) or not of_portal(url, page.url, portal) or _NO_PAGER.search(key := canonical_url(url, portal)):
            continue
        for match in islice(re.finditer(r"(?<!\d)\d{1,6}(?!\d)", key), _MOST_NUMBERS):
            around = key[: match.start()], key[match.end() :]
            values[around].setdefault(number, int(match[0]))
            addresses[around].setdefault(number, url)
    found = [
        _Count(*around, *scale, addresses[around])
        for around, counted in values.items()
        if (scale := _scale(counted, around, own)) is not None
    ]
    if not found:
        return None
    best = max(found, key=lambda each: (_alike(each.before, own), len(each.pages)))
    return replace(best, here=best.number(own) or _current(page) or _gap(best.pages) or 1)


def _numbers(page: Page, anchors: list[Anchor]) -> Iterator[tuple[int, str]]:
    """The links whose words are a page's number, and their addresses."""
    for anchor in anchors:
        words = text_of(anchor.node).strip(" []()|")
        if words.isdecimal() and len(words) <= 4 and int(words) and (url := page.link(anchor.href)) is not None:
            yield int(words), url


def _alike(one: str, other: str) -> int:
    """How many letters two addresses begin with alike."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _scale(counted: dict[int, int], around: tuple[str, str], own: str) -> tuple[int, int] | None:
    """What the first page would count, and how much each page more; None where the addresses do not count so."""
    (page, value), *others = counted.items()
    before, behind = around
    if others:
        step, rest = divmod(others[0][1] - value, others[0][0] - page)
    elif _OFFSET.search(before) and page > 1:
        step, rest = divmod(value, page - 1)
    elif _NUMBERED.match(f"{before}{value}{behind}") or re.sub(r"[?&][^?&=]+=$", "", before) + behind == own:
        step, rest = 1, 0
    else:
        return None
    first = value - step * (page - 1)
    if rest or step < 1 or first not in (0, 1):
        return None
    return (first, step) if all(first + step * (each - 1) == value for each, value in counted.items()) else None


def _current(page: Page) -> int | None:
    """The number that the pager marks as this page's."""
    for node in page.all(
        ".pagination .active, .pager .active, .paging .active, .pagination .current, .paging .current, span.current"
    ):
        words = text_of(node)
        if words.isdecimal() and len(words) <= 4:
            return int(words)
    return None


def _gap(pages: dict[int, str]) -> int | None:
    """The one number that a pager leaves without a link between its neighbours: the page's own."""
    return next(
        (each for each in range(2, max(pages)) if each not in pages and {each - 1, each + 1} <= set(pages)), None
    )
