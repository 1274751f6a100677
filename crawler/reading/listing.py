"""Section pages: which articles they lead to, what day stands beside each, and where the next page is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from archive.schema import VIETNAM, Posted
from crawler.layout import Layout
from crawler.portal import Portal
from crawler.reading.address import canonical_url, of_portal, same_page, without_session
from crawler.reading.dates import find_dates
from crawler.reading.dates.labels import POSTING
from crawler.reading.discover import discover
from crawler.reading.families import FAMILIES, recognise
from crawler.reading.families.generic import Generic
from crawler.reading.feeds import read_feed, read_sitemap
from crawler.reading.links import Link, Listing, grows, is_trap, words_of
from crawler.reading.outline.blocks import Anchor, Block, Outline
from crawler.reading.outline.rows import is_file_link, is_title_link
from crawler.reading.page import Page
from crawler.reading.paging import MAX_ANCHORS, next_page, turns_pages
from crawler.reading.postbacks import next_postback
from crawler.reading.refused.walls import refuse_early

__all__ = ["Link", "Listing", "discover", "read_feed", "read_listing", "read_sitemap"]

MAX_LINKS = 2000
_ALIKE = 2  # rows
_ONE_OF_MANY = re.compile(r"\d{3,}")


def read_listing(
    body: bytes,
    url: str,
    fetched_at: datetime,
    *,
    headers: Mapping[str, str] | None = None,
    portal: Portal | None = None,
    number: int = 1,
) -> Listing:
    """What a section page leads to; links off the portal's hosts are left out.

    `reason` says why it is no list (a wall, an error, a page without article links). `next` never repeats the page
    itself, never counts down, and is None on a page that leads to nothing; `postback` is the next page of a pager that
    has no addresses, as which `number` counts this one.
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
    following = next_page(page, family, portal, layouts, growing)
    found = _unique(_articles(page, family, portal, layouts, fetched_at, growing), portal)
    links = tuple(each for each in found if each.url != following)
    if not links:
        return Listing(reason="no_links", growing=tuple(growing))
    rows = {each.url for each in links}
    postback = next_postback(page, portal, layouts, rows, number) if following is None else None
    return Listing(links, following, growing=tuple(growing), postback=postback)


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
    rows: list[tuple[Anchor, Link, bool]] = []
    times: list[Posted | None] = []
    for anchor in outline.anchors[:MAX_ANCHORS]:
        if named is not None and anchor.node not in named:
            continue
        title = words_of(anchor)
        if turns_pages(title):
            continue
        url = page.link(anchor.href)
        if url is None or is_file_link(url) or not of_portal(url, page.url, portal) or same_page(url, page.url):
            continue
        shaped = family.is_article(url)
        posted = _time_beside(anchor, outline, fetched_at)
        sure = named is not None or _leads_to_article(anchor, title, shaped, outline, dated=posted is not None)
        if not sure and not _may_lead_to_article(anchor, title, shaped, outline):
            continue
        if is_trap(url):
            growing.update({url: None} if sure and grows(url) else {})
            continue
        times.append(posted)
        rows.append((anchor, Link(without_session(url), title or None, posted.day if posted else None), sure))
    doubts = _may_be_months(times)
    rows = [(a, replace(b, posted=None) if no else b, c) for (a, b, c), no in zip(rows, doubts, strict=True)]
    alike = Counter(_place(anchor, link) for anchor, link, sure in rows if sure)
    for anchor, link, sure in rows:
        if sure or (link.posted is not None and alike[_place(anchor, link)] >= _ALIKE):
            yield link


def _may_be_months(times: list[Posted | None]) -> list[bool]:
    """Which days of a list are none that can be told: beside 04/13/2016, as SharePoint writes, 04/05/2016 is not."""
    american = any(each is not None and each.basis == "month_first" for each in times)
    return [american and each is not None and each.basis == "day_first" and each.day.day <= 12 for each in times]


def _place(anchor: Anchor, link: Link) -> tuple[str, ...]:
    """How a link is marked, with what is around it, and the address it has but for its last part."""
    parts = urlsplit(link.url)
    folder, _, name = parts.path.rstrip("/").rpartition("/")
    around = anchor.box.parent
    marks = (anchor.box.tag, anchor.box.words, *((around.tag, around.words) if around is not None else ()))
    return (*marks, parts.netloc, folder, name.rpartition(".")[2] if "." in name else "", str("-" in name))


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


def _may_lead_to_article(anchor: Anchor, title: str, shaped: bool | None, outline: Outline) -> bool:
    """Whether a link of a row may be a short headline: "Lễ ra quân"; its day or its neighbours tell."""
    if shaped is False or anchor.box.zone is not None or anchor.order >= len(outline.blocks):
        return False
    return " " in title and len(title) >= 8 and outline.blocks[anchor.order].link_share >= 0.5


def _time_beside(anchor: Anchor, outline: Outline, fetched_at: datetime) -> Posted | None:
    """The time printed in the row of a link: in its own block, or in the ones after it up to the next link's."""
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
                    return found.posted
    return None


def _same_row(block: Block, blocks: list[Block], anchor: Anchor) -> bool:
    """Whether a block before a link belongs to the link's own row."""
    box = anchor.box
    for _ in range(4):
        if box.first <= block.order < box.last:  # and behind no other headline, as where few titles make no rows
            before = (each for each in blocks[box.first : block.order] if each.href != anchor.href)
            return not any(map(is_title_link, before))
        if box.many_titles or box.parent is None or box.parent.many_titles:
            return False
        box = box.parent
    return False
