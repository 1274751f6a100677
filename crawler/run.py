"""One run over one or more portals: their open folders, what they did, and the verdict."""

from __future__ import annotations

import asyncio
import errno
import hashlib
import json
import platform
import secrets
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any

from scrapy import Request
from scrapy.settings import BaseSettings

from archive.exits import Exit, overall
from archive.schema import Exchange, stamp
from archive.storage import about
from archive.storage.committer import Committer
from archive.storage.disk import put_whole
from archive.storage.entries import Address, Found, Outcome, Snapshot
from archive.storage.paths import ArchivePaths
from archive.storage.store import ArchiveLocked, Form, PortalArchive
from archive.storage.tables import LedgerError
from archive.storage.warc import ArchiveDiskError
from crawler.diagnosis import drift, fill_rates, unreachable
from crawler.frontier import Frontier
from crawler.plan import Plan
from crawler.portal import Portal
from crawler.reading.article import canonical_url
from crawler.traps import Traps

RELEASED = datetime(2025, 7, 1, tzinfo=UTC)  # a clock before it has never been set: a machine just started says 1970
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EIO)  # a folder that could be used, on a disk that cannot


class BadArchive(Exception):
    """An archive folder that cannot be written to; the message is one line."""


class PortalRun:
    """A portal in a run: its form, its open folder, its tallies, and how much it may still ask for.

    `limit` counts articles, `pages` requests; None for no bound.
    """

    def __init__(
        self, form: Portal, archive: PortalArchive, delay: float, limit: int | None, pages: int | None = None
    ) -> None:
        self.form = form
        self.archive = archive
        self.tally: Counter[str] = Counter()
        self.documents: set[str] = set()
        self.failures: list[tuple[str, str]] = []
        self.last_links: dict[str | None, tuple[str, ...]] = {}  # by section: the keys its last list page named
        self.traps = Traps()
        self._delay = delay
        self._limit = limit
        self._pages = pages

    def delay_for(self, host: str) -> float:
        """Seconds between two requests to a host; the form speaks for its own hosts, a loopback form for all."""
        own = host in self.form.hosts or self.form.loopback
        return self.form.network.delay if own and self.form.network.delay is not None else self._delay

    @property
    def spent(self) -> bool:
        """Whether the run has asked the portal for as many pages as it may."""
        return self._pages is not None and self.tally["requests"] >= self._pages

    def next_due(self, host: str, now: str) -> Address | None:
        """What to ask the host for next. At the limit, only the files that fetched articles named."""
        if self.spent:
            return None
        full = self._limit is not None and self.tally["asked.article"] >= self._limit
        return self.archive.ledger.next_due(host, now, ("attachment", "image", "requisite") if full else None)

    def next_due_at(self, host: str) -> str | None:
        """When the host's first postponed address may be asked for."""
        return None if self.spent else self.archive.ledger.next_due_at(host)

    def fail(self, url: str, reason: str) -> None:
        """Count a failure and remember it for the report."""
        self.tally[f"failed.{reason.split(':')[0]}"] += 1
        self.tally["failed"] += 1
        if len(self.failures) < 100:
            self.failures.append((url, reason))


class Run:
    """Takes the portals' folders; `start` makes addresses due, `settle` outcomes durable, `close` writes the reports.

    Raises BadArchive for a folder that cannot be used, ArchiveDiskError for a disk that is full. Portals that another
    process holds are in `locked`.
    """

    def __init__(self, plan: Plan, settings: BaseSettings) -> None:
        self.plan = plan
        self.started = datetime.now(UTC)
        if self.started < RELEASED:
            raise BadArchive(f"the clock of this machine says {stamp(self.started)}: set it, captures carry its date")
        self.id = f"{self.started:%Y%m%dT%H%M%SZ}-{secrets.token_hex(2)}"
        self.paths = ArchivePaths(Path(settings["ARCHIVE_DIR"]))
        self.about = _about(self.paths)
        self.agent = user_agent(self.about)
        self.portals: list[PortalRun] = []
        self.locked: dict[str, str] = {}
        self.page_cap = settings.getint("MAXSIZE_PAGE")
        self.file_cap = settings.getint("MAXSIZE_FILE")
        self._pages = settings.getint("PAGES_PER_RUN") or None
        self._min_free = settings.getint("ARCHIVE_MIN_FREE")
        self.defects = 0
        self.stop_reason: str | None = None
        self.stop_detail: str | None = None
        self._clock = time.monotonic()
        self._closed = False
        for form in plan.portals:
            self._open(form, settings.getfloat("HOST_DELAY"))
        self.committer = Committer()
        self.frontier: Frontier

    def _open(self, form: Portal, delay: float) -> None:
        paths = self.paths.portal(form.slug)
        try:
            archive = PortalArchive(paths, form_kept(form), self.id, self._warcinfo(form), self._min_free)
        except ArchiveLocked as held:
            self.locked[form.slug] = str(held)
        except (LedgerError, OSError) as error:
            self.close()
            if isinstance(error, OSError) and error.errno in FULL:
                raise ArchiveDiskError(error.errno, error.strerror or str(error), str(paths.root)) from None
            raise BadArchive(str(error)) from None
        else:
            self.portals.append(PortalRun(form, archive, delay, self.plan.limit, self._pages))

    def _warcinfo(self, form: Portal) -> dict[str, str]:
        """The warcinfo record: who made this file, with what, and by which rules (WARC 1.1, 6.1)."""
        software = ", ".join(f"{name}/{version(name)}" for name in ("province-archive", "Scrapy", "Twisted"))
        told = {
            "software": f"{software}, Python/{platform.python_version()}",
            "format": "WARC File Format 1.1",
            "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
            "isPartOf": self.about.name,
            "operator": self.about.operator,
            "http-header-from": self.about.contact,
            "vantage": self.about.vantage,
            "robots": "obey (RFC 9309)",
            "http-header-user-agent": self.agent,
            "portal": form.slug,
            "form": form.digest,
            "run": self.id,
            "mode": self.plan.mode,
        }
        return {name: value for name, value in told.items() if value}

    def now(self) -> datetime:
        """The moment, by a clock that goes on evenly from the run's start, whatever the machine's is set to."""
        return self.started + timedelta(seconds=time.monotonic() - self._clock)

    def start(self) -> Frontier:
        """Make due what the run is to ask for; the frontier hands it out."""
        now = stamp(self.started)
        for portal in self.portals:
            portal.archive.ledger.begin_run(self.id, now, starts(portal.form), full=self.plan.mode == "full")
        self.frontier = Frontier(self.portals, self.now)
        if self.plan.minutes is not None:
            self.frontier.deadline = self._clock + 60 * self.plan.minutes
        return self.frontier

    def record(self, exchange: Exchange, request: Request) -> Snapshot:
        """Write an exchange into the folder of the portal that asked; called by the capture handler."""
        portal: PortalRun = request.meta["asking"].portal
        address: Address = request.meta["asking"].address
        exchange.via, exchange.hops = address.via, address.hops
        original = request.meta.get("original")
        row = portal.archive.record(exchange, address.key, original)
        portal.tally["requests"] += 1
        portal.tally["bytes.received"] += exchange.size
        portal.tally["bytes.kept"] += row.length
        return row

    async def settle(self, portal: PortalRun, outcome: Outcome) -> Outcome:
        """Make an outcome durable; whatever it says counts only afterwards. Raises what the disk or ledger raised."""
        return await asyncio.wrap_future(self.committer.submit(portal.archive, outcome))

    def stop(self, reason: str, detail: str | None = None) -> None:
        """End the run early: `interrupted`, `disk` or `defect`; `detail` is for the person who reads the summary."""
        if self.stop_reason is None:
            self.stop_reason, self.stop_detail = reason, detail
        if hasattr(self, "frontier"):
            self.frontier.stop(reason)

    def close(self) -> None:
        """Close every folder and write the reports; may be called twice."""
        if self._closed:
            return
        self._closed = True
        if hasattr(self, "committer"):
            self.committer.close()
        for portal in self.portals:
            left = portal.archive.ledger.counts().get("due", 0)
            portal.tally["left"] = left
            try:
                portal.archive.close()
            except (OSError, ArchiveDiskError) as error:
                self._refused(portal, error)
            try:
                report = json.dumps(self.report_on(portal), ensure_ascii=False, indent=2)
                put_whole(portal.archive.paths.run(self.id), report + "\n")
            except (OSError, ArchiveDiskError) as error:
                self._refused(portal, error)

    def _refused(self, portal: PortalRun, error: OSError) -> None:
        self.stop_reason, self.stop_detail = "disk", str(error)
        portal.fail(str(portal.archive.paths.root), f"disk: {error}")

    def verdict_on(self, portal: PortalRun) -> Exit:
        """What the run did to one portal, as an exit status."""
        reason = self.stop_reason or getattr(getattr(self, "frontier", None), "stopped", None)
        if reason == "disk":
            return Exit.DISK
        if reason == "interrupted":
            return Exit.INTERRUPTED
        if (reason == "minutes" or portal.spent) and portal.tally["left"]:
            return Exit.BUDGET
        if not portal.tally["answered"]:
            return Exit.NOTHING
        left_alone = any(host.closed for host in self._hosts_of(portal))
        return Exit.FAILURES if portal.tally["failed"] or left_alone else Exit.DONE

    @property
    def verdict(self) -> Exit:
        """The exit status of the run."""
        if self.defects:
            return Exit.DEFECT
        return overall([self.verdict_on(each) for each in self.portals] + [Exit.LOCKED] * len(self.locked))

    def report_on(self, portal: PortalRun) -> dict[str, Any]:
        """What runs/<run id>.json says of one portal."""
        return {
            "run": self.id,
            "portal": portal.form.slug,
            "started": stamp(self.started),
            "ended": stamp(self.now()),
            "seconds": round(time.monotonic() - self._clock, 1),
            "verdict": self.verdict_on(portal).name.lower(),
            "stopped": self.stop_detail,
            "mode": self.plan.mode,
            "recovered": asdict(portal.archive.recovered),
            "documents_cited": len(portal.documents),
            "counts": dict(sorted(portal.tally.items())),
            "failures": [{"url": url, "reason": reason} for url, reason in portal.failures],
            "filled": fill_rates(portal.tally),
            "drift": self.drift_of(portal),
            "traps": [asdict(trap) for trap in portal.traps.found],
            "unreachable_from_here": self.unreachable,
            "closed_hosts": {host.name: host.closed for host in self._hosts_of(portal) if host.closed},
        }

    def drift_of(self, portal: PortalRun) -> list[dict[str, Any]]:
        """Where the run stayed below what the portal's form expects."""
        whole = self.verdict_on(portal) in (Exit.DONE, Exit.FAILURES) and self.plan.limit is None
        return drift(portal.form.expect, portal.tally, whole=whole)

    @property
    def unreachable(self) -> bool:
        """Whether so few portals could be connected to that the cause is likelier here than there."""
        return unreachable(
            next((host.reached for host in self._hosts_of(portal) if host.name == portal.form.hosts[0]), None)
            for portal in self.portals
        )

    def _hosts_of(self, portal: PortalRun) -> Iterable[Any]:
        frontier = getattr(self, "frontier", None)
        return [host for host in frontier.hosts if portal in host.portals] if frontier else []


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


def user_agent(told: about.About) -> str:
    """The name this crawler gives itself: product, version, and whom to write to."""
    whom = "; ".join(part for part in (told.operator, told.contact) if part)
    return f"province-archive/{version('province-archive')} (+{whom or 'no operator named'})"


def _about(paths: ArchivePaths) -> about.About:
    if paths.root.exists() and not paths.root.is_dir():
        raise BadArchive(f"{paths.root}: is a file; ARCHIVE_DIR must be a folder")
    try:
        return about.load(paths.form, write=True)
    except about.AboutError as error:
        raise BadArchive(str(error)) from None
