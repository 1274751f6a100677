"""What a list, feed, sitemap or home page leads to: addresses to keep, and a next page while they bring anything."""

from __future__ import annotations

from scrapy.http import Response

from archive.schema import stamp
from archive.storage.entries import Found, Outcome
from crawler.failures import Trouble
from crawler.frontier import Asking
from crawler.heads import fetched_at, headers
from crawler.outcomes import in_trouble, outcome, taken
from crawler.portal_run import found
from crawler.postbacks import is_posted, list_of, page_behind
from crawler.reading.links import Link
from crawler.reading.listing import Listing, discover, read_feed, read_listing, read_sitemap
from crawler.run import Run
from crawler.traps import GROWS

LISTS = ("home", "section", "feed", "sitemap", "list")
# The page is there, it is we who may not see it, or not now: no word on what it holds.
UNSEEN = ("cookie_wall", "challenge", "error", "login")

_LIST_READERS = {"home": discover, "feed": read_feed, "sitemap": read_sitemap}
_LINK_KINDS = {"article": "article", "list": "section", "feed": "feed", "sitemap": "sitemap"}
_HOPS = {"attachment": "E", "image": "E", "requisite": "E", "feed": "P", "sitemap": "P"}


def read_list(run: Run, asking: Asking, response: Response, page: bytes) -> Outcome:
    """The links of a list, feed, sitemap or home page, and its next page while lists bring anything new."""
    address, portal, plan = asking.address, asking.portal, run.plan
    listing = _listing(asking, response, page)
    if listing.reason in UNSEEN:
        return in_trouble(run, asking, Trouble(listing.reason), response)
    for url in listing.growing:
        portal.traps.leave(GROWS, address.section, url)
    links = [link for link in listing.links if portal.form.owns(link.url)]
    wanted = [link for link in links if link.kind != "article" or plan.wants(link.posted)]
    keep = [_linked(asking, link) for link in wanted]
    portal.tally["list.empty"] += not links
    seen = tuple(each.key for each in keep)
    repeated = bool(seen) and _repeats(asking, listing, seen)
    past = plan.since is not None and bool(links) and all(link.posted and link.posted < plan.since for link in links)
    fresh = set(seen) - portal.archive.ledger.known(seen)
    listed = portal.archive.ledger.listed(seen, stamp(run.started), stamp(run.now()))
    portal.tally["article.listed"] += listed
    if wanted or not links:
        portal.traps.page(address.section)
    if listed:
        portal.traps.fruitful(address.section)
    goes_on = plan.mode == "full" or fresh or (links and not wanted)
    keep = [each for each in keep if each.depth == 0 or portal.traps.allows(each.url, each.kind, None, each.depth)]
    following = _following(asking, listing) if goes_on and not repeated and not past else None
    if following and portal.traps.allows(following.url, "list", address.section, following.depth):
        keep.append(following)
    if not links and address.key in portal.starts:
        return in_trouble(run, asking, Trouble(listing.reason or "no links", transient=False), response)
    if not links and is_posted(address):  # the page before said that there is one
        portal.traps.leave("form that brings no list", address.section, address.url)
    if not links:
        portal.barren += [address.url] if address.kind == "section" else []
        return outcome(run, asking, "done", response, reason=listing.reason or "no links")
    whole = len(wanted) == len(links)  # else the next run looks at it again, which may have other bounds
    return taken(run, asking, response, whole=whole, found=tuple(keep), due_at=None if whole else stamp(run.now()))


def _repeats(asking: Asking, listing: Listing, seen: tuple[str, ...]) -> bool:
    """Whether a list page names what the one before did: many portals repeat the last page beyond it.

    Others repeat the first, or bring it whatever form is sent; by addresses, that one is known.
    """
    portal, address = asking.portal, asking.address
    repeated = portal.last_links.get(address.section) == seen
    portal.last_links[address.section] = seen
    if listing.postback or is_posted(address):
        key, number = list_of(address.key)
        chain = portal.chains.setdefault(key, set())
        repeated = repeated or (is_posted(address) and hash(seen) in chain)
        if repeated and number == 2:
            portal.traps.leave("form that brings the same page", address.section, address.url)
        chain.add(hash(seen))
    return repeated


def _following(asking: Asking, listing: Listing) -> Found | None:
    """The list's next page, within the portal's hosts."""
    form, address = asking.portal.form, asking.address
    if listing.next:
        owned = form.owns(listing.next)
        return offer(asking, listing.next, "list", again=True, depth=address.depth + 1) if owned else None
    return page_behind(address, listing.postback) if listing.postback else None  # its reader has looked at the host


def _linked(asking: Asking, link: Link) -> Found:
    """What a list names; feeds and sitemaps count how deep they lie in one another."""
    nested = link.kind in ("feed", "sitemap") and asking.address.kind in ("feed", "sitemap")
    depth = asking.address.depth + 1 if nested else 0
    return offer(asking, link.url, _LINK_KINDS[link.kind], again=link.kind != "article", depth=depth)


def _listing(asking: Asking, response: Response, page: bytes) -> Listing:
    here, told = (page, response.url, fetched_at(response)), headers(response)
    if read := _LIST_READERS.get(asking.address.kind):
        return read(*here, headers=told, portal=asking.portal.form)
    return read_listing(*here, headers=told, portal=asking.portal.form, number=list_of(asking.address.key)[1])


def offer(asking: Asking, url: str, kind: str, *, again: bool = False, depth: int = 0) -> Found:
    """An address that a page names, as the ledger keeps it."""
    address = asking.address
    hops = (address.hops + _HOPS.get(kind, "L"))[-20:]
    return found(
        asking.portal.form, url, kind, section=address.section, via=address.url, hops=hops, depth=depth, again=again
    )
