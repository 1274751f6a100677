"""A portal in a run: its open folder, what the run did to it, and the addresses it begins with."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from typing import Any

from archive.schema import Exchange
from archive.storage.entries import FILES, Address, Found
from archive.storage.room import share_of
from archive.storage.store import Form, PortalArchive
from crawler.absences import Absences
from crawler.portal import Portal
from crawler.reading.article import canonical_url
from crawler.traps import Traps

FAILURES, SLOWEST = 100, 10  # addresses that a report names


class PortalRun:
    """A portal in a run: its form, its open folder, its tallies, and how much it may still ask for.

    `limit` counts articles, `pages` requests, `most` bytes of its folder; None for no bound.
    """

    def __init__(
        self,
        form: Portal,
        archive: PortalArchive,
        delay: float,
        limit: int | None,
        pages: int | None = None,
        most: int | None = None,
    ) -> None:
        self.form = form
        self.archive = archive
        self.tally: Counter[str] = Counter()
        self.documents: set[str] = set()
        self.failures: list[tuple[str, str]] = []
        self.slowest: list[tuple[int, str]] = []  # milliseconds and address, the slowest first
        self.last_links: dict[str | None, tuple[str, ...]] = {}  # by section: the keys its last list page named
        self.chains: dict[str, set[int]] = {}  # by list: what the pages named that a form was sent from or for
        self.starts = frozenset(each.key for each in starts(form))  # without them there is nothing to crawl
        self.barren: list[str] = []  # sections that were guessed, and name nothing
        self.traps = Traps()
        self.absences = Absences(form.relaunched)
        self._delay = delay
        self._limit = limit
        self._pages = pages
        self._share = share_of(archive.paths.root, most)

    def delay_for(self, host: str) -> float:
        """Seconds between two requests to a host; the form speaks for its own hosts, a loopback form for all."""
        own = host in self.form.hosts or self.form.loopback
        return self.form.network.delay if own and self.form.network.delay is not None else self._delay

    @property
    def spent(self) -> bool:
        """Whether the run has asked the portal for as many pages as it may, or its share of the disk is full."""
        return not self.room or (self._pages is not None and self.tally["requests"] >= self._pages)

    @property
    def room(self) -> float:
        """What is left of the portal's share of the disk, from 1 to 0."""
        return self._share.left(self.archive.bytes_written)

    def next_due(self, host: str, now: str) -> Address | None:
        """What to ask the host for next. At the limit, only the files that fetched articles named."""
        if self.spent:
            return None
        return self.archive.ledger.next_due(host, now, self._kinds)

    def next_due_at(self, host: str) -> str | None:
        """When the host's first postponed address may be asked for."""
        return None if self.spent else self.archive.ledger.next_due_at(host, self._kinds)

    @property
    def _kinds(self) -> tuple[str, ...] | None:
        """What may still be asked for; None: all."""
        full = self._limit is not None and self.tally["asked.article"] >= self._limit
        return FILES if full else None

    def count(self, exchange: Exchange, kept: int) -> None:
        """Count an exchange that was recorded, in `kept` bytes of WARC."""
        self.tally["requests"] += 1
        self.tally["bytes.received"] += exchange.size
        self.tally["bytes.kept"] += kept
        self.slowest = sorted([*self.slowest, (exchange.duration_ms, exchange.url)], reverse=True)[:SLOWEST]

    def settle_absences(self) -> None:
        """Enter which articles are missing or gone; called once, when all that the run asked for has answered."""
        outcomes = self.absences.outcomes()
        self.archive.commit(outcomes)
        self.tally.update(f"article.{each.event[0]}" for each in outcomes if each.event)

    def fail(self, url: str, reason: str) -> None:
        """Count a failure and remember it for the report."""
        self.tally[f"failed.{reason.split(':')[0]}"] += 1
        self.tally["failed"] += 1
        if len(self.failures) < FAILURES:
            self.failures.append((url, reason))


def starts(form: Portal) -> list[Found]:
    """Where a run begins: the form's sections, or the home page, from which sections are discovered."""
    if not form.sections:
        return [found(form, form.home, "home", again=True)]
    return [found(form, each.url, "section", section=each.title, again=True) for each in form.sections]


def found(form: Portal, url: str, kind: str, **more: Any) -> Found:
    """An address as the ledger keeps it, under its canonical key."""
    return Found(key=canonical_url(url, form), url=url, host=host_of(url), kind=kind, **more)


def host_of(url: str) -> str:
    """Host, with a port that is not the scheme's: what is paced as one."""
    scheme, _, rest = url.partition("://")
    host = rest.partition("/")[0].partition("?")[0].rpartition("@")[2].lower()
    return host.removesuffix(":443" if scheme == "https" else ":80")


def form_kept(form: Portal) -> Form:
    """The form as its portal's folder keeps it; a portal known from the registry alone gets one that says just that."""
    if form.digest:
        return Form(form.slug, form.digest, form.text)
    told = {"name": form.name, "province": form.province, "hosts": list(form.hosts)}
    text = "".join(f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in told.items())
    return Form(form.slug, "sha256:" + hashlib.sha256(text.encode()).hexdigest(), text)
