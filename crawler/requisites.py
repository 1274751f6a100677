"""Page requisites in a crawl: what a stylesheet that answered names, and how many may be asked for."""

from __future__ import annotations

from collections.abc import Iterable

from scrapy.http import Response

from archive.storage.content import content_type
from archive.storage.entries import Found
from crawler.frontier import Asking
from crawler.portal_run import PortalRun
from crawler.reading.requisites import stylesheet_requisites
from crawler.unpacked import unpacked

MOST = 2_000  # of one portal, new in one run: addresses that never repeat must not grow without end
MOST_CSS = 1 << 20  # bytes of a stylesheet, unpacked


def named_in(asking: Asking, response: Response) -> tuple[str, ...]:
    """What a page's stylesheet names; nothing for another file, nor for a stylesheet that one names."""
    stated = response.headers.get("Content-Type")
    media, _ = content_type(stated.decode("latin-1") if stated else None)
    if asking.address.kind != "requisite" or asking.address.depth or media != "text/css":
        return ()
    return stylesheet_requisites(unpacked(response, MOST_CSS).body, response.url)


def within_bounds(portal: PortalRun, offers: Iterable[Found]) -> list[Found]:
    """Those of the offers that are not known yet, as many as this run may still ask for."""
    by_key = {each.key: each for each in offers}
    known = portal.archive.ledger.known(by_key)
    fresh = [each for key, each in by_key.items() if key not in known][: max(0, MOST - portal.tally["requisites"])]
    portal.tally["requisites"] += len(fresh)
    return fresh
