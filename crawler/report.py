"""What a run came to: the verdict on each portal, and the report that is kept in its folder."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from archive.exits import Exit, overall
from archive.schema import stamp
from archive.storage.disk import put_whole
from archive.storage.warc import ArchiveDiskError
from crawler.diagnosis import drift, fill_rates, unreachable
from crawler.portal_run import PortalRun
from crawler.run import Run


def verdict(run: Run) -> Exit:
    """The exit status of the run."""
    if run.defects:
        return Exit.DEFECT
    return overall([verdict_on(run, each) for each in run.portals] + [status for status, _ in run.shut.values()])


def verdict_on(run: Run, portal: PortalRun) -> Exit:
    """What the run did to one portal, as an exit status; drift is a failure, though every page answered."""
    ended = _ended(run, portal)
    return Exit.FAILURES if ended is Exit.DONE and drift_of(run, portal) else ended


def _ended(run: Run, portal: PortalRun) -> Exit:
    if run.ended_by == "disk":
        return Exit.DISK
    if run.ended_by == "interrupted":
        return Exit.INTERRUPTED
    if (run.ended_by == "minutes" or portal.spent) and portal.tally["left"]:
        return Exit.BUDGET
    if not portal.tally["answered"]:
        return Exit.NOTHING
    left_alone = any(host.closed for host in run.hosts_of(portal))
    return Exit.FAILURES if portal.tally["failed"] or left_alone else Exit.DONE


def drift_of(run: Run, portal: PortalRun) -> list[dict[str, Any]]:
    """Where the portal has changed, as far as can be seen, and where the run stayed below what its form expects."""
    bounded = run.plan.limit or run.plan.since or run.plan.until
    whole = _ended(run, portal) in (Exit.DONE, Exit.FAILURES) and not bounded
    changed = portal.absences.drift()
    return [*([changed] if changed else []), *drift(portal.form.expect, portal.tally, whole=whole)]


def unreachable_from_here(run: Run) -> bool:
    """Whether so few portals could be connected to that the cause is likelier here than there."""
    return unreachable(
        next((host.reached for host in run.hosts_of(portal) if host.name == portal.form.hosts[0]), None)
        for portal in run.portals
    )


def write_reports(run: Run) -> None:
    """Write runs/<run id>.json of every portal, once the run is closed."""
    for portal in run.portals:
        report = json.dumps(report_on(run, portal), ensure_ascii=False, indent=2)
        try:
            put_whole(portal.archive.paths.run(run.id), report + "\n")
        except (OSError, ArchiveDiskError) as error:
            run.refused(portal, error)


def report_on(run: Run, portal: PortalRun) -> dict[str, Any]:
    """What the report says of one portal; durations in seconds, those of addresses in milliseconds."""
    return {
        "run": run.id,
        "portal": portal.form.slug,
        "started": stamp(run.started),
        "ended": stamp(run.now()),
        "seconds": round((run.now() - run.started).total_seconds(), 1),
        "verdict": verdict_on(run, portal).name.lower(),
        "stopped": run.stop_detail,
        "mode": run.plan.mode,
        "recovered": asdict(portal.archive.recovered),
        "documents_cited": len(portal.documents),
        "counts": dict(sorted(portal.tally.items())),
        "failures": [{"url": url, "reason": reason} for url, reason in portal.failures],
        "slowest": [{"url": url, "milliseconds": milliseconds} for milliseconds, url in portal.slowest],
        "filled": fill_rates(portal.tally),
        "drift": drift_of(run, portal),
        "traps": [asdict(trap) for trap in portal.traps.found],
        "barren_sections": portal.barren,
        "unreachable_from_here": unreachable_from_here(run),
        "closed_hosts": {host.name: host.closed for host in run.hosts_of(portal) if host.closed},
    }
