"""Pages of a list that are asked for by sending the form of the page before: their place in the ledger, and the form.

Such a page has no address of its own, so it gets that of the form and the key of the list, each with `#post=N` behind
it, N being the page's number; nothing after `#` is ever sent. What is sent is read, when it is asked for, from the page
before as the archive keeps it: a run that was killed goes on where it stood, and nothing is held in memory.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from archive.storage.content import head_end, parse_head
from archive.storage.entries import POSTED, Address, Found
from archive.storage.snapshots import Kept, moment, read_exchange
from crawler.portal_run import PortalRun, host_of
from crawler.reading.links import Postback
from crawler.reading.listing import read_listing

FORM = "application/x-www-form-urlencoded"
_PLACE = re.compile(rf"(.+){re.escape(POSTED)}=(\d+)")
_PAIR = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+=[\x21\x23-\x3a\x3c-\x7e]*")  # RFC 6265 4.1.1, as loose as browsers
_OVER = re.compile(r";\s*max-age\s*=\s*(?:0|-)", re.IGNORECASE)


class NoForm(Exception):
    """The page before is not kept, or has no such form; the message is one line."""


@dataclass(frozen=True, slots=True)
class Form:
    """What is sent for a page, and the cookies that go with it."""

    body: bytes = field(repr=False)
    cookies: tuple[str, ...]


def is_posted(address: Address) -> bool:
    """Whether an address is asked for by sending a form."""
    return POSTED in address.key


def list_of(key: str) -> tuple[str, int]:
    """The key of the list that a page is of, and the page's number, counted from the one that has an address."""
    place = _PLACE.fullmatch(key)
    return (place[1], int(place[2])) if place else (key, 1)


def page_behind(address: Address, postback: Postback) -> Found:
    """The next page of the list that `address` is a page of."""
    key, number = list_of(address.key)
    mark = f"{POSTED}={number + 1}"
    return Found(
        key=key + mark, url=postback.url + mark, host=host_of(postback.url), kind="list", section=address.section,
        via=address.url, hops=f"{address.hops}L"[-20:], depth=address.depth + 1, again=True,
    )  # fmt: skip


def form_for(portal: PortalRun, address: Address, cap: int) -> Form:
    """What a browser that shows the page before would send for this one; raises NoForm.

    The newest capture of that page is the one of this run, where this run has asked for it. A host that the page is not
    of gets none of its cookies.
    """
    key, number = list_of(address.key)
    number -= 1
    before = portal.archive.ledger.address(f"{key}{POSTED}={number}" if number > 1 else key)
    row = portal.archive.ledger.snapshot(before.snapshot) if before and before.snapshot else None
    taken = moment(row.date) if row else None
    if row is None or taken is None:
        raise NoForm("no form: the page before is not kept")
    try:
        kept = read_exchange(portal.archive.paths, row.ref)
        headers = {name.lower(): value for name, value in kept.head.headers}
        body = kept.decode(cap).body
        listing = read_listing(body, row.url, taken, headers=headers, portal=portal.form, number=number)
    except (OSError, ValueError) as error:
        raise NoForm(f"no form: the page before cannot be read: {error}") from None
    if listing.postback is None:
        raise NoForm("no form: the page before names no next one")
    same_host = host_of(row.url) == host_of(address.url)
    return Form(listing.postback.body, tuple(_cookies(kept)) if same_host else ())


def _cookies(kept: Kept) -> list[str]:
    """The cookies that were sent for a page, with those that it set: without them some sites take no form of theirs."""
    request = (kept.request or b"")[: head_end(kept.request or b"")]
    pairs = [each.strip() for line in parse_head(request).all("Cookie") for each in line.split(";")]
    jar = {each.partition("=")[0]: each for each in pairs if _PAIR.fullmatch(each)}
    for line in kept.head.all("Set-Cookie"):
        pair = line.partition(";")[0].strip()
        if _PAIR.fullmatch(pair):
            name, _, value = pair.partition("=")
            jar.pop(name, None)
            jar |= {name: pair} if value and not _OVER.search(line) else {}
    return list(jar.values())
