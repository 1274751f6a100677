"""RSS and Atom feeds and sitemaps as lists of links; entities of a document are never resolved, nothing is fetched."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from email.utils import parsedate_to_datetime

from lxml import etree

from archive.schema import VIETNAM
from crawler.portal import Portal
from crawler.reading.dates import parse_posted
from crawler.reading.links import Link, Listing
from crawler.reading.outline.blocks import squeeze
from crawler.reading.page import join

MAX_ENTRIES = 50_000


def read_feed(
    body: bytes,
    url: str,
    fetched_at: datetime,
    *,
    headers: Mapping[str, str] | None = None,
    portal: Portal | None = None,
) -> Listing:
    """The entries of an RSS or Atom feed, in its order; `reason` is set where it is none.

    Takes the arguments of `read_listing`; a feed names its own charset and is not bound to the portal's hosts.
    """
    root = _xml(body)
    if root is None or _name(root) not in ("rss", "feed", "rdf"):
        return Listing(reason="not_a_feed")
    links: list[Link] = []
    for node in root.iter():
        if _name(node) in ("item", "entry") and len(links) < MAX_ENTRIES:
            link = _entry(node, url, fetched_at)
            if link is not None:
                links.append(link)
    return Listing(tuple(links), None, None if links else "empty")


def read_sitemap(
    body: bytes,
    url: str,
    fetched_at: datetime,
    *,
    headers: Mapping[str, str] | None = None,
    portal: Portal | None = None,
) -> Listing:
    """The addresses of a sitemap, or the sitemaps of an index; `posted` stays empty: lastmod is no posting day."""
    root = _xml(body)
    if root is None or _name(root) not in ("urlset", "sitemapindex"):
        return Listing(reason="not_a_sitemap")
    index = _name(root) == "sitemapindex"
    links: list[Link] = []
    for node in root:
        address = join(url, _child(node, "loc"))
        if address is not None and len(links) < MAX_ENTRIES:
            links.append(Link(address, kind="sitemap" if index else "article"))
    return Listing(tuple(links), None, None if links else "empty")


def _entry(node: etree._Element, url: str, fetched_at: datetime) -> Link | None:
    address = join(url, _child(node, "link") or _href(node) or _permalink(node))
    if address is None:
        return None
    when = next(filter(None, (_child(node, name) for name in ("pubDate", "published", "date", "updated"))), None)
    return Link(address, squeeze(_child(node, "title") or "") or None, _day(when, fetched_at))


def _day(text: str | None, fetched_at: datetime) -> date | None:
    """The day in Vietnam of an RFC 822 or ISO time, or of one written as on the portal's pages."""
    if not text:
        return None
    try:
        when = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        posted = parse_posted(squeeze(text)[:80], fetched_at)
        return posted.day if posted is not None else None
    day = (when if when.tzinfo is not None else when.replace(tzinfo=VIETNAM)).astimezone(VIETNAM).date()
    return day if day.year >= 1990 and day <= fetched_at.astimezone(VIETNAM).date() else None


def _xml(body: bytes) -> etree._Element | None:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True, remove_comments=True
    )
    try:
        return etree.fromstring(body.lstrip(), parser)
    except (etree.LxmlError, ValueError):
        return None


def _name(node: etree._Element) -> str:
    """The local name in lower case; the empty string for what is no element."""
    return node.tag.rsplit("}", 1)[-1].lower() if isinstance(node.tag, str) else ""


def _children(node: etree._Element, name: str) -> Iterator[etree._Element]:
    return (each for each in node if _name(each) == name.lower())


def _child(node: etree._Element, name: str) -> str | None:
    for each in _children(node, name):
        if each.text and each.text.strip():
            return each.text.strip()
    return None


def _href(node: etree._Element) -> str | None:
    """Atom's link: the alternate, else the first."""
    links = [each for each in _children(node, "link") if each.get("href")]
    best = [each for each in links if each.get("rel") in (None, "alternate")]
    return (best or links)[0].get("href") if links else None


def _permalink(node: etree._Element) -> str | None:
    guid = next(_children(node, "guid"), None)
    if guid is None or guid.get("isPermaLink") == "false" or not (guid.text or "").strip().startswith("http"):
        return None
    return (guid.text or "").strip()
