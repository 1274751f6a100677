"""Which revisions a capture adds: two captures are compared under the same rules, so an upgrade is never an edit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import Any

from archive.schema import Article

# Ages at which an article is looked at again after it was new or changed: a day, a week, a month, a quarter, a year.
RECHECK_DAYS = (1, 7, 30, 91, 365)
SHORT = 0.5  # of a portal's disk budget: with less left, rechecks are spaced further


def new_revisions(
    previous: dict[str, Any] | None, article: Article, reread: Callable[[dict[str, Any]], Article | None]
) -> tuple[Article, ...]:
    """The revisions to append for a fresh reading, in order, each with its cause.

    `previous` is the newest item held; `reread` reads its capture again by today's rules, or gives None where that
    capture cannot be read.
    """
    if previous is None:
        return (replace(article, cause="new"),)
    standing: str = previous["revision"]
    added: tuple[Article, ...] = ()
    if previous["extraction"] != asdict(article.extraction):
        again = reread(previous)
        if again is not None and again.revision != standing:
            standing, added = again.revision, (replace(again, cause="rules"),)
    if article.revision != standing:
        added = (*added, replace(article, cause="page"))
    return added


def next_check(changed: datetime, now: datetime, room: float = 1.0) -> datetime:
    """When an article that last changed at `changed` is due again: at the next of the growing ages.

    `room` is the share of the portal's disk budget that is left: under a half, every check waits longer in proportion
    (at a tenth five times), since each leaves a record; never longer than the last age.
    """
    longest = timedelta(days=RECHECK_DAYS[-1])
    ages = (changed + timedelta(days=days) for days in RECHECK_DAYS)
    due = next((each for each in ages if each > now), now + longest)
    if room >= SHORT:
        return due
    return now + min(longest, (due - now) * (SHORT / max(room, 0.001)))
