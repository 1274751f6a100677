"""One run over one or more portals: their open folders, its clock, and why it ended."""

from __future__ import annotations

import asyncio
import errno
import secrets
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from scrapy import Request
from scrapy.settings import BaseSettings

from archive.exits import Exit
from archive.schema import Exchange, stamp
from archive.storage import about
from archive.storage.committer import Committer
from archive.storage.entries import Address, Outcome, Snapshot
from archive.storage.paths import ArchivePaths
from archive.storage.store import ArchiveLocked, PortalArchive
from archive.storage.tables import LedgerError, NewerFormat
from archive.storage.warc import ArchiveDiskError
from crawler.frontier import Frontier, Host
from crawler.plan import Plan
from crawler.portal import Portal
from crawler.portal_run import PortalRun, form_kept, starts
from crawler.warcinfo import user_agent, warcinfo

RELEASED = datetime(2025, 7, 1, tzinfo=UTC)  # a clock before it has never been set: a machine just started says 1970
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EIO)  # a folder that could be used, on a disk that cannot


class BadArchive(Exception):
    """An archive folder that cannot be written to; the message is one line."""


class Run:
    """Takes the portals' folders; `start` makes addresses due, `settle` outcomes durable, `close` ends it.

    Raises BadArchive for a folder that cannot be used, ArchiveDiskError for a disk that is full. Portals whose folder
    another process holds, or is damaged, are in `shut` with the reason.
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
        self.shut: dict[str, tuple[Exit, str]] = {}
        self.page_cap = settings.getint("MAXSIZE_PAGE")
        self.file_cap = settings.getint("MAXSIZE_FILE")
        self._pages = settings.getint("PAGES_PER_RUN") or None
        self._most = settings.getint("PORTAL_MAX_BYTES") or None
        self._min_free = settings.getint("ARCHIVE_MIN_FREE")
        self.defects = 0
        self.stop_reason: str | None = None
        self.stop_detail: str | None = None
        self._clock = time.monotonic()
        self._closed = False
        self.committer = Committer()
        self.frontier = Frontier(self.now)
        try:
            for form in plan.portals:
                first = warcinfo(form, plan, self.about, settings, self.id)
                self._open(form, settings.getfloat("HOST_DELAY"), first)
            self._begin()
        except BaseException:
            self.close()
            raise

    def _open(self, form: Portal, delay: float, first: dict[str, str]) -> None:
        paths = self.paths.portal(form.slug)
        try:
            archive = PortalArchive(paths, form_kept(form), self.id, first, self._min_free)
        except ArchiveLocked as held:
            self.shut[form.slug] = (Exit.LOCKED, str(held))
        except NewerFormat as error:
            raise BadArchive(str(error)) from None
        except LedgerError as error:
            self.shut[form.slug] = (Exit.DAMAGE, str(error))
        except OSError as error:
            if error.errno in FULL:
                raise ArchiveDiskError(error.errno, error.strerror or str(error), str(paths.root)) from None
            where = error.filename or paths.root
            raise BadArchive(
                f"{where}: {error.strerror or error}; ARCHIVE_DIR must be a folder that can be written to"
            ) from None
        else:
            self.portals.append(PortalRun(form, archive, delay, self.plan.limit, self._pages, self._most))

    def now(self) -> datetime:
        """The moment, by a clock that goes on evenly from the run's start, whatever the machine's is set to."""
        return self.started + timedelta(seconds=time.monotonic() - self._clock)

    def _begin(self) -> None:
        """Make due what the run is to ask for."""
        if not self.portals:
            return
        if not self.paths.form.exists():  # says of which format the folder is
            about.save(self.paths.form, self.about)
        now = stamp(self.started)
        for portal in self.portals:
            portal.archive.ledger.begin_run(self.id, now, starts(portal.form), full=self.plan.mode == "full")

    def start(self) -> Frontier:
        """Take up what is due; the frontier hands it out."""
        for portal in self.portals:
            self.frontier.take_up(portal)
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
        portal.count(exchange, row.length)
        return row

    async def settle(self, portal: PortalRun, outcome: Outcome) -> Outcome:
        """Make an outcome durable; whatever it says counts only afterwards. Raises what the disk or ledger raised."""
        return await asyncio.wrap_future(self.committer.submit(portal.archive, outcome))

    def stop(self, reason: str, detail: str | None = None) -> None:
        """End the run early: `interrupted`, `disk` or `defect`; `detail` is for the person who reads the summary."""
        if self.stop_reason is None:
            self.stop_reason, self.stop_detail = reason, detail
        self.frontier.stop(reason)

    def close(self) -> None:
        """Close every folder; may be called twice."""
        if self._closed:
            return
        self._closed = True
        self.committer.close()
        for portal in self.portals:
            portal.tally["left"] = portal.archive.ledger.counts().get("due", 0)
            try:
                portal.settle_absences()
                portal.archive.close()
            except (OSError, ArchiveDiskError) as error:
                self.refused(portal, error)

    @property
    def ended_by(self) -> str | None:
        """What ended the run before everything due was asked for: interrupted, disk, defect or minutes."""
        return self.stop_reason or self.frontier.stopped

    def hosts_of(self, portal: PortalRun) -> list[Host]:
        """The hosts met in the run that the portal has to do with."""
        return [host for host in self.frontier.hosts if portal in host.portals]

    def refused(self, portal: PortalRun, error: OSError) -> None:
        """Note that the disk would not have the end of a portal's files or its report."""
        self.stop_reason, self.stop_detail = "disk", str(error)
        portal.fail(str(portal.archive.paths.root), f"disk: {error}")


def _about(paths: ArchivePaths) -> about.About:
    if paths.root.exists() and not paths.root.is_dir():
        raise BadArchive(f"{paths.root}: is a file; ARCHIVE_DIR must be a folder")
    try:
        return about.load(paths.form, write=True)
    except about.AboutError as error:
        raise BadArchive(str(error)) from None
