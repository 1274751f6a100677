"""Hands out the ledgers' due addresses, and is the one place where hosts are paced.

A heap of hosts by the time they may be asked again, one address in flight per host, and nothing held in memory but the
hosts: whatever is due stands in the ledgers. A host's robots.txt is its first address, so no request gets past it.
"""

from __future__ import annotations

import asyncio
import heapq
import itertools
import random
import time
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from urllib.parse import urlsplit

from archive.schema import stamp
from archive.storage.entries import Address, Found
from crawler.portal_run import PortalRun
from crawler.robots import Robots

JITTER = 0.25  # share of the delay; it only ever adds
TROUBLES = 5  # in a row, before a host is left for the next run
ROBOTS_AGE = 86_400.0  # seconds; RFC 9309 2.4


@dataclass(slots=True)
class Host:
    """What is known of a host in this run."""

    name: str
    delay: float
    portals: list[PortalRun] = field(default_factory=list)
    robots: Robots | None = None
    robots_at: float = float("-inf")
    asking: bool = False
    queued: bool = False
    ready_at: float = 0.0
    silences: int = 0  # in a row
    busy: int = 0  # answers in a row that asked us to ask less
    reached: bool | None = None  # whether it was ever connected to; None: not tried
    robots_tries: int = 0  # in a row, that brought no rules
    closed: str | None = None  # why nothing more is asked of it in this run
    refused: str | None = None  # why nothing may ever be asked of it
    cookie: str | None = None  # that its cookie wall set, for the rest of the run


@dataclass(frozen=True, slots=True)
class Asking:
    """One address on its way: whoever takes it brings it back to `Frontier.release`."""

    portal: PortalRun
    host: Host
    address: Address
    refusal: str | None = None  # why it must not be asked for; it still has to be settled and released


class Frontier:
    """An async iterator over what is due; ends when nothing is due, nothing in flight, or `stop` was called."""

    def __init__(self, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._now = now
        self._hosts: dict[str, Host] = {}
        self._heap: list[tuple[float, int, Host]] = []
        self._order = itertools.count()
        self._flying = 0
        self._wake = asyncio.Event()
        self.stopped: str | None = None
        self.deadline: float | None = None

    @property
    def hosts(self) -> list[Host]:
        """All hosts met in this run."""
        return list(self._hosts.values())

    def take_up(self, portal: PortalRun) -> None:
        """Hand out what the portal's ledger says is due."""
        for host in portal.archive.ledger.due_hosts():
            self.notice(portal, host)

    def notice(self, portal: PortalRun, name: str) -> None:
        """Something is due for `portal` at that host."""
        host = self._hosts.get(name)
        if host is None:
            host = self._hosts[name] = Host(name, portal.delay_for(name))
        if portal not in host.portals:
            host.portals.append(portal)
            host.delay = max(host.delay, portal.delay_for(name))
        self._queue(host, host.ready_at)

    def release(
        self,
        asking: Asking,
        *,
        silent: bool = False,
        busy: bool = False,
        wait: float = 0.0,
        found: Iterable[Found] = (),
    ) -> None:
        """The address is settled in the ledger; its host may be asked again after its delay, and `wait` at least.

        `silent`: no answer came; `busy`: the answer was to ask less (403, 429, 503). Each in a row doubles the pause.
        """
        host = asking.host
        host.asking = False
        self._flying -= 1
        if asking.refusal is None:
            host.silences = host.silences + 1 if silent else 0
            host.busy = host.busy + 1 if busy else 0
            if host.silences >= TROUBLES or host.busy >= TROUBLES:
                host.closed = host.closed or ("does not answer" if silent else "asks to be left alone")
            pause = host.delay * (1 + random.random() * JITTER) * 2 ** (host.silences + host.busy)
            host.ready_at = time.monotonic() + max(pause, wait)
        self._queue(host, host.ready_at)
        for name in {each.host for each in found}:
            self.notice(asking.portal, name)
        self._wake.set()

    def stop(self, reason: str) -> None:
        """Hand out nothing more; what is in flight may come back."""
        self.stopped = self.stopped or reason
        self._wake.set()

    def _queue(self, host: Host, when: float) -> None:
        if not (host.queued or host.asking or host.closed):
            host.queued = True
            heapq.heappush(self._heap, (when, next(self._order), host))
            self._wake.set()

    def __aiter__(self) -> AsyncIterator[Asking]:
        return self

    async def __anext__(self) -> Asking:
        while not self.stopped:
            now = time.monotonic()
            if self.deadline is not None and now >= self.deadline:
                self.stop("minutes")
                break
            self._wake.clear()
            if self._heap and self._heap[0][0] <= now:
                host = heapq.heappop(self._heap)[2]
                host.queued = False
                asking = self._take(host, now)
                if asking is not None:
                    return asking
            elif self._heap or self._flying:
                await self._rest(self._heap[0][0] - now if self._heap else None)
            else:
                break
        raise StopAsyncIteration

    async def _rest(self, seconds: float | None) -> None:
        if self.deadline is not None:
            left = max(0.0, self.deadline - time.monotonic())
            seconds = left if seconds is None else min(seconds, left)
        try:
            await asyncio.wait_for(self._wake.wait(), seconds)
        except TimeoutError:
            return

    def _take(self, host: Host, now: float) -> Asking | None:
        """The host's next address, its portals in turn; a host without one leaves the heap until it is noticed."""
        if host.closed:
            return None
        moment = stamp(self._now())
        for _ in range(len(host.portals)):
            portal = host.portals.pop(0)
            host.portals.append(portal)
            address = portal.next_due(host.name, moment)
            if address is None:
                continue
            refusal = host.refused
            if refusal is None and host.robots is not None and now - host.robots_at <= ROBOTS_AGE:
                refusal = None if host.robots.allows(address.url) else "robots.txt disallows it"
            elif refusal is None:
                address = robots_address(address)
            host.asking = True
            self._flying += 1
            return Asking(portal, host, address, refusal)
        self._postpone(host, now)
        return None

    def _postpone(self, host: Host, now: float) -> None:
        """Look again when the first of the host's postponed addresses may be asked for."""
        times = [at for portal in host.portals if (at := portal.next_due_at(host.name))]
        if times:
            seconds = (datetime.fromisoformat(min(times)) - self._now()).total_seconds()
            self._queue(host, now + max(0.05, seconds))


def robots_address(address: Address) -> Address:
    """The robots.txt that governs an address."""
    parts = urlsplit(address.url)
    url = f"{parts.scheme}://{parts.netloc}/robots.txt"
    key = f"robots:{parts.scheme}://{parts.netloc.lower()}"
    return replace(address, key=key, url=url, kind="robots", section=None, via=None, hops="P", etag=None,
                   last_modified=None, snapshot=None, article=None, tries=0)  # fmt: skip
