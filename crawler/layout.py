"""Where on a site's pages the fields of an article stand, for as long as they stand there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Layout:
    """CSS selectors valid for captures up to and including the day `until` (None: to this day)."""

    until: date | None = None
    title: str | None = None
    posted: str | None = None
    body: str | None = None
    byline: str | None = None
    lead: str | None = None
    source: str | None = None
    attachments: str | None = None
    links: str | None = None
    next: str | None = None
