"""The spider `province_news`: a page's life, from an address that is due to an outcome that is durable.

1. The frontier hands out one due address per host, robots.txt first, at the host's pace (`start`).
2. `request` asks for it, with the validators of the last capture, or, for a list's page that has no address, with the
   form of the page before; the capture handler records request and response as on the wire, and puts the snapshot's row
   at `meta["snapshot"]`, before the answer arrives here (`answered`) or the failure does (`failed`).
3. What the answer is decides what is read from it (`crawler/answers.py`): the links of a list (`crawler/lists.py`), an
   article, nothing of a file, another address for a redirect. Reading is pure; all that follows from it is one
   `Outcome`.
4. `settle` makes the outcome durable (snapshot rows, address state, found addresses, revisions: one transaction),
   then gives the host back to the frontier. Only then are the new revisions yielded as items.

Every address that is asked for ends in exactly one outcome: done, failed, refused, or due again.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from archive.storage.entries import FILES, Found, Outcome
from archive.storage.warc import ArchiveDiskError
from crawler.answers import read_answer
from crawler.failures import BUSY, TRIES, Trouble, retry_after, trouble_of
from crawler.frontier import Asking
from crawler.heads import location
from crawler.lists import LISTS
from crawler.outcomes import due_again, in_trouble, outcome
from crawler.postbacks import FORM, NoForm, form_for, is_posted
from crawler.robots import REDIRECTS, read_robots
from crawler.run import Run
from crawler.unpacked import broken, unpacked
from crawler.walls import literal_cookie

log = logging.getLogger(__name__)

Step = Request | Outcome  # the same address once more, or what became of it
HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "vi,en;q=0.5",
    "Accept-Encoding": "gzip, deflate, br",
}


class ProvinceNews(Spider):
    """Crawls the portals of a run into their folders; see the module's docstring for a page's life."""

    name = "province_news"

    def __init__(self, run: Run, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.run = run

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> ProvinceNews:
        """The spider of a run that `scrapy crawl` has opened."""
        crawler.recorder = kwargs["run"]  # type: ignore[attr-defined]  # where the capture handler looks for it
        return super().from_crawler(crawler, *args, **kwargs)

    async def start(self) -> AsyncIterator[Any]:
        """Ask for what the frontier hands out, until it has nothing more."""
        cancelled = True
        try:
            async for asking in self.run.start():
                step = self.guarded(asking, None, partial(self.begin, asking))
                if isinstance(step, Request):
                    yield step
                else:
                    await self.settle(asking, step)
            cancelled = False
        except OSError as error:
            self.run.stop("disk", str(error))
        except Exception:
            self.run.defects += 1
            self.run.stop("defect")
            raise
        finally:
            if cancelled:  # the first public sign of SIGTERM and Ctrl-C
                self.run.stop("interrupted")

    def request(self, asking: Asking) -> Request:
        """The request for an address, conditional where a capture is held that a 304 can refer to; raises NoForm."""
        address = asking.address
        form = form_for(asking.portal, address, self.run.page_cap) if is_posted(address) else None
        # A list that is to be followed to its end has to be read: a 304 would not say where it goes on.
        whole = self.run.plan.mode == "full" and address.kind in LISTS
        held = address.snapshot if not (whole or form) else None
        original = asking.portal.archive.ledger.snapshot(held) if held else None
        headers = {**HEADERS, "User-Agent": self.run.agent}
        if original is not None and address.etag:
            headers["If-None-Match"] = address.etag
        if original is not None and address.last_modified:
            headers["If-Modified-Since"] = address.last_modified
        cookies = [*(form.cookies if form else ()), *filter(None, [asking.host.cookie])]
        if cookies:
            headers["Cookie"] = "; ".join(dict.fromkeys(cookies))
        if form:
            headers["Content-Type"] = FORM
        asking.portal.tally[f"asked.{address.kind}"] += 1
        return Request(
            address.url,
            method="POST" if form else "GET",
            body=form.body if form else b"",
            callback=self.answered,
            errback=self.failed,
            headers=headers,
            dont_filter=True,
            meta={
                "asking": asking,
                "original": original,
                "tls": asking.portal.form.network.tls,
                "download_maxsize": self.run.file_cap if address.kind in ("attachment", "image") else self.run.page_cap,
                "download_slot": asking.host.name,
            },
        )

    async def answered(self, response: Response) -> AsyncIterator[Any]:
        """Read an answer, settle it, and yield what it brought."""
        asking: Asking = response.meta["asking"]
        asking.host.reached = True
        told = response.status in BUSY or 300 <= response.status < 400  # where it has a meaning (RFC 9110 10.2.3)
        wait = retry_after(response.headers.get("Retry-After") if told else None, datetime.now(UTC))
        step = self.guarded(asking, response, partial(self.step, asking, response))
        if isinstance(step, Request):
            await asyncio.sleep(asking.host.delay)
            yield step
            return
        await self.settle(asking, step, busy=response.status in BUSY, wait=wait)
        for article in step.revisions:
            yield article.to_dict()

    def begin(self, asking: Asking) -> Step:
        """The request for an address, or its outcome where it is not to be, or cannot be, asked for."""
        if asking.refusal:
            asking.portal.tally["refused"] += 1
            again = due_again(self.run, asking)
            return outcome(self.run, asking, "refused", None, reason=asking.refusal, due_at=again)
        try:
            return self.request(asking)
        except NoForm as error:
            trouble = Trouble(str(error), transient=False)
        except ValueError as error:  # a page can name anything: a port that is none, half an IPv6 address
            trouble = Trouble(f"no address: {error}", transient=False, refused=True)
        if asking.address.kind == "robots":
            return self.shut_host(asking, trouble, None)
        return in_trouble(self.run, asking, trouble, None)

    def step(self, asking: Asking, response: Response) -> Step:
        """What an answer leads to: the same address once more, in another way, or its outcome."""
        again = self.robots_moved(asking, response) or self.past_the_wall(asking, response)
        if again is not None:
            return again
        if asking.address.kind == "robots":
            return self.open_host(asking, response)
        asking.portal.tally["answered"] += 1
        return read_answer(self.run, asking, response)

    def guarded(self, asking: Asking, response: Response | None, step: Callable[[], Step]) -> Step:
        """A step; a defect of ours in it costs one address its reading, never its record, its host or the crawl."""
        try:
            return step()
        except OSError as error:
            self.run.stop("disk", str(error))
            return outcome(self.run, asking, "due", None, reason=f"disk: {error}")
        except Exception as error:
            log.exception("%s: %s: defect while reading", asking.portal.form.slug, asking.address.url)
            self.run.defects += 1
            reason = f"defect: {type(error).__name__}: {error}"
            asking.portal.fail(asking.address.url, reason)
            if asking.address.kind == "robots":
                asking.host.closed = reason
            return outcome(self.run, asking, "failed", response, reason=reason)

    def past_the_wall(self, asking: Asking, response: Response) -> Request | None:
        """The same request with the cookie that the host's wall sets, once a run."""
        if asking.host.cookie or response.status != 200 or asking.address.kind in FILES:
            return None
        asking.host.cookie = literal_cookie(unpacked(response, self.run.page_cap).body)
        if asking.host.cookie is None:
            return None
        asking.portal.tally["page.cookie_wall"] += 1
        asking.portal.tally[f"asked.{asking.address.kind}"] -= 1  # the page is asked for once more, not another
        return self.request(asking)

    async def failed(self, failure: Failure) -> None:
        """Settle an address whose transfer failed; what came of it is in the WARC."""
        asking: Asking = failure.request.meta["asking"]  # type: ignore[attr-defined]
        error = failure.value or RuntimeError("a failure without a cause")
        if isinstance(error, ArchiveDiskError):
            self.run.stop("disk", str(error))
        trouble = trouble_of(error)
        came = getattr(getattr(error, "snapshot", None), "status", None) is not None  # a head at least
        asking.host.reached = asking.host.reached or came or trouble.reached
        if asking.address.kind == "robots":
            # Rules that were moved to where we may not look are out of reach; the host itself may still be asked.
            moved = "robots_redirects" in failure.request.meta  # type: ignore[attr-defined]
            result = self.shut_host(asking, replace(trouble, refused=trouble.refused and not moved), None)
        else:
            result = in_trouble(self.run, asking, trouble, None)
        # A host that sends half a page, or keeps silent on one address a second time, is not a host that is silent.
        await self.settle(asking, result, silent=not (trouble.refused or came or asking.address.tries))

    async def settle(self, asking: Asking, result: Outcome, **pace: Any) -> None:
        """Make the outcome durable, then give the host back, `pace` being what its next request waits for."""
        try:
            await self.run.settle(asking.portal, result)
        except Exception as error:
            disk = isinstance(error, (OSError, ArchiveDiskError))
            if not disk:
                log.critical("%s: nothing more can be kept", asking.portal.form.slug, exc_info=True)
            self.run.defects += not disk
            self.run.stop("disk" if disk else "defect", str(error))
            result.revisions = ()
        self.run.frontier.release(asking, found=result.found, **pace)

    # robots.txt: not an address of the portal's, but what opens or shuts a host.

    def robots_moved(self, asking: Asking, response: Response) -> Request | None:
        """The next request where robots.txt is redirected, five times at most (RFC 9309 2.3.1.2)."""
        times = response.meta.get("robots_redirects", 0)
        target = location(response) if asking.address.kind == "robots" else None
        if target is None or times >= REDIRECTS:
            return None
        request = self.request(asking).replace(url=target)
        request.meta["robots_redirects"] = times + 1
        return request

    def open_host(self, asking: Asking, response: Response) -> Outcome:
        """Let the host's addresses be asked for by the rules of its robots.txt."""
        host, body = asking.host, unpacked(response, self.run.page_cap)
        if response.status == 200 and (problem := broken(body)):
            return self.shut_host(asking, Trouble(f"robots.txt: {problem}"), response)
        host.robots = read_robots(response.status, body.body, self.run.agent.partition("/")[0])
        if host.robots is None:
            return self.shut_host(asking, Trouble(f"robots.txt: HTTP {response.status}"), response)
        host.robots_at, host.robots_tries = time.monotonic(), 0
        host.delay = max(host.delay, host.robots.delay)
        result = outcome(self.run, asking, "done", response)
        result.found = (self._robots_row(asking),)
        return result

    def shut_host(self, asking: Asking, trouble: Trouble, response: Response | None) -> Outcome:
        """No rules, no pages (RFC 9309 2.3.1.4): ask again a few times, then leave the host for the next run."""
        asking.host.robots_tries += 1
        if trouble.refused:
            asking.host.refused = trouble.reason
        elif asking.host.robots_tries >= TRIES or not trouble.transient:
            asking.host.closed = trouble.reason
            asking.portal.fail(asking.address.url, trouble.reason)
        result = outcome(self.run, asking, "failed", response, reason=trouble.reason, answered=False)
        result.found = (self._robots_row(asking),)
        return result

    @staticmethod
    def _robots_row(asking: Asking) -> Found:
        address = asking.address
        return Found(key=address.key, url=address.url, host=asking.host.name, kind="robots", hops="P")
