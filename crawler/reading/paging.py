"""Where the next page of a list is, by its address, and the words by which pagers name it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive.vietnam.text import fold
from crawler.layout import Layout
from crawler.portal import Portal
from crawler.reading.address import of_portal, same_page
from crawler.reading.families.generic import Generic
from crawler.reading.links import grows, is_trap
from crawler.reading.outline.blocks import Anchor, squeeze
from crawler.reading.page import Page, text_of

MAX_ANCHORS = 10_000
MAX_PAGE = 5000

NEXT_WORDS = re.compile(
    r"(?:[>»›→]+|[>»›→]?\s*(?:trang (?:sau|tiep|ke|ke tiep|tiep theo)|tiep(?: theo)?|sau|xem tiep|next(?: "
    r"page)?|older(?: posts)?|cu hon)"
    r"\s*[>»›→]*)"
)
LAST_WORDS = re.compile(r"(?:>>|»»|[»›>]\||trang cuoi|cuoi|last)\W*")
_NUMBERED = re.compile(
    r"(?P<head>.*(?:[?&](?:page|trang|pageindex|p|paged|pg|pageno|page_no|currentpage|_\w+_cur|cur|start-page)="
    r"|/(?:page|trang)[-/]|[-_](?:page|trang)-?))"
    r"(?P<number>\d{1,5})(?P<tail>(?:[/&.].*)?)$",
    re.IGNORECASE,
)


def next_page(
    page: Page, family: Generic, portal: Portal | None, layouts: list[Layout], growing: dict[str, None]
) -> str | None:
    """The address of the next page: never this page, a lower number or another host; `growing` learns of traps."""
    here = _number(page.url)
    for url in _candidates(page, family, layouts):
        if url is None or not of_portal(url, page.url, portal) or same_page(url, page.url):
            continue
        if is_trap(url):
            growing.update({url: None} if grows(url) else {})
            continue
        number = _number(url)
        if number is not None and (number <= (here or 1) or number > MAX_PAGE):
            continue
        return url
    return None


def says_next(words: str) -> bool:
    """Whether folded words are those by which a pager names the next page, and not the last one."""
    return len(words) <= 24 and NEXT_WORDS.fullmatch(words) is not None and not LAST_WORDS.fullmatch(words)


def _candidates(page: Page, family: Generic, layouts: list[Layout]) -> Iterator[str | None]:
    """Addresses that may be the next page's, the most telling first."""
    for layout in layouts:
        if layout.next:
            for node in page.all(layout.next):
                yield page.link(node.get("href"))
    yield family.next_page(page)
    for node in page.all("link[rel~=next][href], a[rel~=next][href]"):
        yield page.link(node.get("href"))
    anchors = page.outline.anchors[:MAX_ANCHORS]
    for anchor in anchors:
        said = squeeze(text_of(anchor.node)) or anchor.node.get("title") or anchor.node.get("aria-label") or ""
        if says_next(fold(said).strip()):
            yield page.link(anchor.href)
    yield from _counted(page, anchors)


def _counted(page: Page, anchors: list[Anchor]) -> Iterator[str | None]:
    """The page numbered one higher than this one, among links that are nothing but numbers."""
    here = _number(page.url) or _current(page) or 1
    for anchor in anchors:
        words = text_of(anchor.node).strip(" []()")
        if words == str(here + 1):
            url = page.link(anchor.href)
            if url is not None and _number(url) == here + 1:
                yield url


def _current(page: Page) -> int | None:
    """The number that the pager marks as this page's."""
    for node in page.all(
        ".pagination .active, .pager .active, .paging .active, .pagination .current, .paging .current, span.current"
    ):
        words = text_of(node)
        if words.isdigit() and len(words) <= 4:
            return int(words)
    return None


def _number(url: str) -> int | None:
    match = _NUMBERED.match(url)
    return int(match["number"]) if match else None
