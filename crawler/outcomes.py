"""How an asking ends: done, due again later, failed or refused, and when its address is asked for again."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from scrapy.http import Response

from archive.schema import stamp
from archive.storage.entries import Outcome, Snapshot
from crawler.failures import BUSY, TRIES, Trouble
from crawler.frontier import Asking
from crawler.heads import header
from crawler.postbacks import is_posted
from crawler.revisions import next_check
from crawler.run import Run


def outcome(run: Run, asking: Asking, state: str, response: Response | None, **more: Any) -> Outcome:
    """An outcome; `response` None where no answer came."""
    more.setdefault("answered", response is not None)
    status = response.status if response is not None else None
    return Outcome(key=asking.address.key, state=state, at=stamp(run.now()), run=run.id, status=status, **more)


def taken(run: Run, asking: Asking, response: Response, *, whole: bool = True, **more: Any) -> Outcome:
    """The outcome of an answer that was read; `whole`: a later 304 may stand for it.

    An error page, a wall or a soft 404 has validators too, and so has a list whose links were not all kept; a 304 to
    them would say that there is nothing more to be had.
    """
    row: Snapshot = response.meta["snapshot"]
    if whole:
        more |= {"etag": header(response, "ETag"), "last_modified": header(response, "Last-Modified")}
    capture = row.record_id if row.kind == "response" else row.refers_to
    return outcome(run, asking, "done", response, snapshot=capture, **more)


def in_trouble(run: Run, asking: Asking, trouble: Trouble, response: Response | None) -> Outcome:
    """Due again later in this run, or failed until it is worth another try, or refused for good."""
    address, portal, now = asking.address, asking.portal, run.now()
    if trouble.refused:
        portal.tally["refused"] += 1
        return outcome(run, asking, "refused", response, reason=trouble.reason, due_at=due_again(run, asking))
    if run.frontier.stopped:
        return outcome(run, asking, "due", response, reason=trouble.reason, answered=False)
    # A form that is not taken, most often for its old view state, is not taken the next time either.
    lost = is_posted(address) and response is not None and response.status not in BUSY
    if trouble.transient and not lost and address.tries + 1 < TRIES:
        later = stamp(now + timedelta(seconds=30 * asking.host.delay * (address.tries + 1)))
        return outcome(run, asking, "due", response, reason=trouble.reason, due_at=later, answered=False)
    portal.fail(address.url, trouble.reason)
    again = stamp(now + trouble.later) if trouble.later else None
    return outcome(run, asking, "failed", response, reason=trouble.reason, due_at=again, answered=False)


def due_again(run: Run, asking: Asking, changed: bool = False) -> str:
    """When a page is to be looked at again, by the age of its last change, or of its address where it was never read.

    A change in the future was noted by a clock that was wrong.
    """
    now, since = run.now(), asking.address.changed_at or asking.address.first_seen
    changed_at = now if changed else min(now, datetime.fromisoformat(since))
    return stamp(next_check(changed_at, now, asking.portal.room))
