"""Section pages: which articles they lead to, what day stands beside each, and where the next page is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from urllib.parse import urlsplit

from archive.schema import VIETNAM
from archive.vietnam.text import fold
from crawler.layout import Layout
from crawler.portal import Portal
from crawler.reading.address import canonical_url, without_session
from crawler.reading.dates import find_dates
from crawler.reading.dates.words import POSTING
from crawler.reading.discover import discover
from crawler.reading.families import FAMILIES, recognise
from crawler.reading.families.generic import Generic
from crawler.reading.feeds import read_feed, read_sitemap
from crawler.reading.links import Link, Listing, grows, is_trap
from crawler.reading.outline.blocks import Anchor, Block, Outline, squeeze
from crawler.reading.outline.rows import is_file_link
from crawler.reading.page import Page, text_of
from crawler.reading.refused.refusal import refuse_early

__all__ = ["Link", "Listing", "discover", "read_feed", "read_listing", "read_sitemap"]

MAX_LINKS = 2000
MAX_ANCHORS = 10_000
MAX_PAGE = 5000

_NEXT_WORDS = re.compile(
    r"(?:[>»›→]+|[>»›→]?\s*(?:trang (?:sau|tiep|ke|ke tiep|tiep theo)|tiep(?: theo)?|sau|xem tiep|next(?: "
    r"page)?|older(?: posts)?|cu hon)"
    r"\s*[>»›→]*)"
)
_LAST_WORDS = re.compile(r"(?:>>|»»|[»›>]\||trang cuoi|cuoi|last)\W*")
_ONE_OF_MANY = re.compile(r"\d{3,}")
_NUMBERED = re.compile(
    r"(?P<head>.*(?:[?&](?:page|trang|pageindex|p|paged|pg|pageno|page_no|currentpage|_\w+_cur|cur|start-page)="
    r"|/(?:page|trang)[-/]|[-_](?:page|trang)-?))"
    r"(?P<number>\d{1,5})(?P<tail>(?:[/&.].*)?)$",
    re.IGNORECASE,
)


def read_listing(
    body: bytes,
    url: str,
    fetched_at: datetime,
    *,
    headers: Mapping[str, str] | None = None,
    portal: Portal | None = None,
) -> Listing:
    """What a section page leads to; links off the portal's hosts are left out.

    `reason` says why it is no list (a wall, an error, a page without article links). `next` never repeats the page
    itself, never counts down, and is None on a page that leads to nothing.
    """
    if fetched_at.tzinfo is None:
        raise ValueError("fetched_at must be aware")
    page = Page(body, url, headers)
    refused = refuse_early(page)
    if refused is not None:
        return Listing(reason=refused.reason)
    family = FAMILIES[portal.family] if portal is not None and portal.family in FAMILIES else recognise(page)
    form = portal.layout_on(fetched_at.astimezone(VIETNAM).date()) if portal is not None else None
    layouts = [each for each in (form, *family.layouts(page)) if each is not None]
    growing: dict[str, None] = {}
    links = tuple(_unique(_articles(page, family, portal, layouts, fetched_at, growing), portal))
    following = _next(page, family, portal, layouts, growing) if links else None
    return Listing(links, following, None if links else "no_links", tuple(growing))


def _unique(links: Iterator[Link], portal: Portal | None) -> Iterator[Link]:
    """Each address once, with the best title and day that any of its links carries, in page order."""
    found: dict[str, Link] = {}
    for link in links:
        key = canonical_url(link.url, portal)
        known = found.get(key)
        if known is None:
            if len(found) >= MAX_LINKS:
                break
            found[key] = link
        else:
            found[key] = Link(known.url, known.title or link.title, known.posted or link.posted, known.kind)
    yield from found.values()


def _articles(
    page: Page,
    family: Generic,
    portal: Portal | None,
    layouts: list[Layout],
    fetched_at: datetime,
    growing: dict[str, None],
) -> Iterator[Link]:
    outline = page.outline
    named = _named(page, layouts)
    for anchor in outline.anchors[:MAX_ANCHORS]:
        if named is not None and anchor.node not in named:
            continue
        url = page.link(anchor.href)
        if url is None or is_file_link(url) or not _own(url, page, portal):
            continue
        if _same(url, page.url):
            continue
        title = squeeze(text_of(anchor.node)) or squeeze(anchor.node.get("title") or "")
        shaped = family.is_article(url)
        day = _day_beside(anchor, outline, fetched_at)
        if named is None and not _leads_to_article(anchor, title, shaped, outline, dated=day is not None):
            continue
        if is_trap(url):
            growing.update({url: None} if grows(url) else {})
            continue
        yield Link(without_session(url), title or None, day)


def _named(page: Page, layouts: list[Layout]) -> set[object] | None:
    """The link elements a layout names, None where none does."""
    for layout in layouts:
        if layout.links:
            found: set[object] = set()
            for node in page.all(layout.links):
                found.update([node] if node.tag == "a" else node.iter("a"))
            if found:
                return found
    return None


def _leads_to_article(anchor: Anchor, title: str, shaped: bool | None, outline: Outline, *, dated: bool) -> bool:
    if anchor.box.zone in ("nav", "crumb", "footer", "header", "comments", "tags"):
        return False
    if shaped is False:
        return False
    if anchor.box.zone is not None and not shaped:
        return False
    if shaped:
        return True
    block = outline.blocks[anchor.order] if anchor.order < len(outline.blocks) else None
    if block is None or block.link_share < 0.5:
        return False
    # one of many rows, or, on a page with few, a headline with its day or whose address names one thing of many
    if block.in_row and len(title) >= 25 and title.count(" ") >= 4:
        return True
    return len(title) >= 24 and title.count(" ") >= 3 and (dated or _ONE_OF_MANY.search(anchor.href) is not None)


def _day_beside(anchor: Anchor, outline: Outline, fetched_at: datetime) -> date | None:
    """The day printed in the row of a link: in its own block, or in the ones after it up to the next link's."""
    blocks = outline.blocks
    for block in blocks[max(0, anchor.order - 1) : anchor.order + 4]:
        if (
            block.order > anchor.order
            and block.href is not None
            and block.href != anchor.href
            and block.link_share > 0.5
        ):
            return None
        if block.order < anchor.order and (block.href is not None or not _same_row(block, blocks, anchor)):
            continue
        if len(block.text) <= 300 and any(char.isdigit() for char in block.text):
            own = block.order == anchor.order
            for found in find_dates(block.text, fetched_at):
                bare = len(block.text) - (found.end - found.start) <= 40
                if found.label in POSTING and (bare or (own and found.end >= len(block.text) - 3)):
                    return found.posted.day
    return None


def _same_row(block: Block, blocks: list[Block], anchor: Anchor) -> bool:
    """Whether a block before a link belongs to the link's own row."""
    box = anchor.box
    for _ in range(4):
        if box.first <= block.order < box.last:
            return True
        if box.many_titles or box.parent is None or box.parent.many_titles:
            return False
        box = box.parent
    return False


def _own(url: str, page: Page, portal: Portal | None) -> bool:
    """Whether the address is on the portal's hosts, or on the page's own host without a portal."""
    if portal is not None:
        return portal.owns(url)
    return (urlsplit(url).hostname or "").removeprefix("www.") == (urlsplit(page.url).hostname or "").removeprefix(
        "www."
    )


def _same(url: str, other: str) -> bool:
    return canonical_url(url) == canonical_url(other)


# -- the next page -----------------------------------------------------------------------------------------------


def _next(
    page: Page, family: Generic, portal: Portal | None, layouts: list[Layout], growing: dict[str, None]
) -> str | None:
    here = _number(page.url)
    for url in _candidates(page, family, layouts):
        if url is None or not _own(url, page, portal) or _same(url, page.url):
            continue
        if is_trap(url):
            growing.update({url: None} if grows(url) else {})
            continue
        number = _number(url)
        if number is not None and (number <= (here or 1) or number > MAX_PAGE):
            continue
        return url
    return None


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
        words = fold(
            squeeze(text_of(anchor.node)) or anchor.node.get("title") or anchor.node.get("aria-label") or ""
        ).strip()
        if len(words) <= 24 and _NEXT_WORDS.fullmatch(words) and not _LAST_WORDS.fullmatch(words):
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
