"""What the folder of one portal answers with: the portal, its snapshots, and what articles have been through."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from archive.schema import VIETNAM, Article
from archive.storage.entries import Snapshot


@dataclass(frozen=True, slots=True)
class PortalView:
    """A portal as the form it was last read with names it; None: the form does not say, or there is none."""

    slug: str
    name: str | None
    province: str | None
    publisher: str | None
    hosts: tuple[str, ...]
    path: Path


@dataclass(frozen=True, slots=True)
class StoredSnapshot(Snapshot):
    """A snapshot and the portal whose folder keeps it."""

    portal: str
    id: int


@dataclass(frozen=True, slots=True)
class Revision:
    """One reading of an article whose content differs from the last; `number` counts from 1."""

    number: int
    recorded_at: str
    article: Article


@dataclass(frozen=True, slots=True)
class Event:
    """What happened to an article's page: missing (once not there), gone (confirmed), back."""

    article: str
    event: str
    at: str
    run: str
    detail: str | None


@dataclass(frozen=True, slots=True)
class Seen:
    """When pages first and last named an article's address, when its host last answered, since when it is gone; UTC."""

    first_seen: str | None
    last_seen: str | None
    checked_at: str | None
    gone: str | None


@dataclass(frozen=True, slots=True)
class Captured:
    """When an article's page was first captured, and when the first page of its portal was, UTC; None: not known."""

    first: str | None
    portal_since: str | None

    def lag(self, posted_on: str | None) -> int | None:
        """Days from the posting day to the day, in Vietnam, of the first capture: what was changed in them is lost."""
        if self.first is None or posted_on is None:
            return None
        return (date.fromisoformat(in_vietnam(self.first)[:10]) - date.fromisoformat(posted_on)).days


def in_vietnam(moment: str) -> str:
    """An ISO moment, to the second, as clocks in Vietnam show it: 2026-11-24T03:38:51+07:00; else what it is."""
    try:
        return datetime.fromisoformat(moment).astimezone(VIETNAM).isoformat(timespec="seconds")
    except ValueError:
        return moment
