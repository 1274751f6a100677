"""What an answer means for its address: redirect, missing, unchanged, a list's links, an article's revisions.

Every function gives one `Outcome`; nothing here asks for anything or makes anything durable.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from scrapy.http import Response

from archive.schema import Article, stamp
from archive.storage.entries import FILES, Address, Found, Outcome
from crawler.diagnosis import count_filled
from crawler.failures import MONTH, Trouble, trouble_with
from crawler.frontier import Asking
from crawler.heads import fetched_at, headers, location
from crawler.lists import LISTS, UNSEEN, offer, read_list
from crawler.outcomes import due_again, in_trouble, outcome, taken
from crawler.portal_run import PortalRun, found
from crawler.postbacks import is_posted
from crawler.reading.article import read_article
from crawler.reading.requisites import page_requisites
from crawler.requisites import named_in, within_bounds
from crawler.rereading import reread
from crawler.revisions import new_revisions
from crawler.run import Run
from crawler.unpacked import page_of

REDIRECTS = 20  # RFC 9110 15.4 leaves the number open; browsers stop at 20
PASSING = ("error", "login", "soft_404", "empty")  # what an article's page may be for an hour, or for good
MISSING = ("soft_404", "list", "search", "empty")  # what stands where an article was taken away

_HOME = re.compile(
    r"/?(?:(?:vi|vn|en|web|guest|portal|pages)/)*(?:(?:index|default|home|homepage|trang-?chu)(?:\.\w{2,5})?/?)?",
    re.IGNORECASE,
)


_ERROR = re.compile(r"aspxerrorpath=|/[^/?]*(?:error|loi\b)[^/?]*(?:$|\?)", re.IGNORECASE)

_CAUSES = {"new": "new", "page": "changed", "rules": "read anew"}


def read_answer(run: Run, asking: Asking, response: Response) -> Outcome:
    """The outcome of an address that answered."""
    tally, kind, status = asking.portal.tally, asking.address.kind, response.status
    if trouble := trouble_with(status):
        return in_trouble(run, asking, trouble, response)
    if status == 304:
        return unchanged(run, asking, response)
    if status in (404, 410):
        return missing(run, asking, response, f"HTTP {status}")
    if status != 200:
        return redirected(run, asking, response)
    tally[f"page.{kind}"] += 1
    if kind in FILES:
        return taken(run, asking, response, found=tuple(_needed(asking, named_in(asking, response), 1)))
    page = page_of(response, run.page_cap)
    if isinstance(page, Trouble):
        return in_trouble(run, asking, page, response)
    return (read_list if kind in LISTS else read_page)(run, asking, response, page)


def unchanged(run: Run, asking: Asking, response: Response) -> Outcome:
    """Not modified since the capture whose validators were sent."""
    sent = response.request.headers if response.request else {}
    if not ("If-None-Match" in sent or "If-Modified-Since" in sent):
        return in_trouble(run, asking, Trouble("HTTP 304 to a request without a condition"), response)
    asking.portal.tally["page.not_modified"] += 1
    article = asking.address.article
    if article is None:
        asking.portal.tally["list.unchanged"] += asking.address.kind in LISTS
        return outcome(run, asking, "done", response)
    asking.portal.tally["article.unchanged"] += 1
    asking.portal.traps.fruitful(asking.address.section)
    return outcome(
        run, asking, "done", response, article=article, due_at=due_again(run, asking), event=_present(asking)
    )


def missing(run: Run, asking: Asking, response: Response, reason: str) -> Outcome:
    """No page there; an article counts as gone only when two runs have seen it so, and others still answer."""
    portal, article = asking.portal, asking.address.article
    if asking.address.key in portal.starts:
        return in_trouble(run, asking, Trouble(reason, transient=False), response)
    if article is None:
        portal.tally["page.not_found"] += 1
        return outcome(run, asking, "done", response, reason=f"not found: {reason}", due_at=due_again(run, asking))
    event = None
    last, seen_by = portal.archive.ledger.last_event(article) or (None, None)
    if last not in ("missing", "gone"):
        event = ("missing", reason)
    elif last == "missing" and seen_by != run.id:
        event = ("gone", reason)
    gone = last == "gone" or (event is not None and event[0] == "gone")
    usual, tomorrow = due_again(run, asking), stamp(run.now() + timedelta(days=1))
    due_at = usual if gone else tomorrow
    absence = outcome(run, asking, "done", response, reason=reason, article=article, event=event, due_at=due_at)
    if event is None:
        return absence
    portal.absences.hold(absence, usual, missed=last == "missing", first_seen=asking.address.first_seen)
    return replace(absence, event=None, due_at=tomorrow)


def redirected(run: Run, asking: Asking, response: Response) -> Outcome:
    """A redirect makes its target an address of its own, known or new, within the portal's hosts."""
    address, portal = asking.address, asking.portal
    portal.tally["page.redirect"] += 1
    target = location(response)
    if target is None:
        return in_trouble(
            run, asking, Trouble(f"HTTP {response.status} to nowhere", transient=False, later=MONTH), response
        )
    if address.kind not in FILES and not portal.form.owns(target):
        reason = f"redirect off site: {target}"[:500]
        if address.key in portal.starts:
            return in_trouble(run, asking, Trouble(reason, transient=False), response)
        return outcome(run, asking, "done", response, reason=reason)
    if is_posted(address) and _ERROR.search(target):  # ASP.NET's customErrors; by GET it is a page like any other
        return in_trouble(run, asking, Trouble(f"redirect to an error: {target}"[:500], transient=False), response)
    if address.redirects >= REDIRECTS:
        return in_trouble(run, asking, Trouble("too many redirects", transient=False, later=MONTH), response)
    led_to = found(
        portal.form, target, address.kind, section=address.section, via=address.url, hops=address.hops + "R",
        depth=address.depth, redirects=address.redirects + 1, again=address.kind in LISTS,
    )  # fmt: skip
    if led_to.key == address.key:  # another spelling of the same page: ask for that one
        return outcome(run, asking, "due", response, url=target, redirects=address.redirects + 1)
    if address.article is None:
        return outcome(run, asking, "done", response, reason=f"redirect to {led_to.key}", found=(led_to,))
    known = portal.archive.ledger.address(led_to.key)
    if elsewhere := _no_article_there(target, known):
        return missing(run, asking, response, f"redirected to {elsewhere}")
    # Looked at again when it is known what stands there: a page that is no article means that this one is gone.
    due_at = due_again(run, asking) if known else stamp(run.now() + timedelta(days=1))
    return outcome(
        run, asking, "done", response, reason=f"redirect to {led_to.key}", article=address.article, found=(led_to,),
        due_at=due_at,
    )  # fmt: skip


def _no_article_there(target: str, known: Address | None) -> str | None:
    """What an article's redirect leads to where that is no article, as far as is known."""
    parts = urlsplit(target)
    if _HOME.fullmatch(parts.path) and not parts.query:
        return "the home page"
    if known is None:
        return None
    if known.kind in LISTS:
        return "a list"
    return "a page that is no article" if known.article is None and known.snapshot is not None else None


def read_page(run: Run, asking: Asking, response: Response, page: bytes) -> Outcome:
    """An article's new revisions and its files, or the reason why the page is none."""
    portal, row = asking.portal, response.meta["snapshot"]
    read = read_article(page, asking.address.url, fetched_at(response), headers=headers(response), portal=portal.form)
    if not isinstance(read, Article):
        portal.tally[f"not_article.{read.reason}"] += 1
        if asking.address.article and read.reason in MISSING:
            return missing(run, asking, response, read.reason)
        if asking.address.article or read.reason in UNSEEN[:2]:
            return in_trouble(run, asking, Trouble(read.reason), response)
        passing = read.reason in PASSING
        return taken(
            run, asking, response, whole=not passing, reason=f"not an article: {read.reason}",
            due_at=due_again(run, asking) if passing else None,
        )  # fmt: skip
    article = replace(read, snapshot=row.ref)
    portal.traps.fruitful(asking.address.section)
    count_filled(portal.tally, article)
    previous = portal.archive.ledger.last_revision(article.id)
    revisions = new_revisions(previous, article, reread_by(portal))
    _count(portal.tally, portal.documents, revisions)
    files = [offer(asking, each.url, "attachment") for each in article.attachments]
    if run.plan.requisites != "none":
        files += [offer(asking, each.url, "image") for each in article.images]
    if run.plan.requisites == "all":
        files += _needed(asking, page_requisites(page, response.url, headers(response)))
    due_at = due_again(run, asking, changed=bool(revisions))
    return taken(
        run, asking, response, article=article.id, revisions=revisions, found=tuple(files), due_at=due_at,
        event=_present(asking),
    )  # fmt: skip


def _needed(asking: Asking, urls: Iterable[str], depth: int = 0) -> list[Found]:
    """What a page or stylesheet needs, within what one run may ask for."""
    return within_bounds(asking.portal, (offer(asking, url, "requisite", depth=depth) for url in urls))


def reread_by(portal: PortalRun) -> Callable[[dict[str, Any]], Article | None]:
    """Reads the capture of an item of the portal again, by today's rules."""
    archive = portal.archive
    return lambda item: reread(archive.paths, archive.ledger, portal.form, item)


def _count(tally: Any, documents: set[str], revisions: Iterable[Article]) -> None:
    tally["article.unchanged"] += not revisions
    for revision in revisions:
        tally[f"article.{_CAUSES[revision.cause or 'new']}"] += 1
        documents |= {name for each in revision.cited_documents if (name := each.cid or each.norm)}


def _present(asking: Asking) -> tuple[str, str | None] | None:
    """The event of an article that is there after it was missed."""
    article = asking.address.article
    asking.portal.absences.present(known=article is not None, first_seen=asking.address.first_seen)
    last = asking.portal.archive.ledger.last_event(article) if article else None
    if last is None or last[0] not in ("missing", "gone"):
        return None
    event = "back" if last[0] == "gone" else "found"  # missed once is no absence that anybody was told of
    asking.portal.tally[f"article.{event}"] += 1
    return (event, None)
