"""The verb for whoever runs the crawls: health."""

from __future__ import annotations

import dataclasses
from typing import Annotated

import typer

from archive.cli.listing import Portal, slugs
from archive.cli.output import Column, Output
from archive.cli.session import ArchiveDir, BadInput, Json, opened, verb
from archive.exits import Exit
from archive.research.health import Alarm, Health, prometheus
from archive.research.health import health as health_of
from archive.vietnam.provinces import today

PORTALS = (
    Column("portal", whole=True), Column("last run", whole=True), Column("verdict", whole=True),
    Column("newest", whole=True), Column("days", True, right=True), Column("new", True, right=True), Column("wrong"),
)  # fmt: skip


@verb
def health(
    ctx: typer.Context,
    portal: Portal = None,
    silent_after: Annotated[
        int | None, typer.Option(metavar="DAYS", help="Days without a newer article that are an alarm.")
    ] = None,
    metrics: Annotated[bool, typer.Option("--prometheus", help="In Prometheus' text format.")] = False,
    archive: ArchiveDir = None,
    as_json: Json = False,
) -> int:
    """Tell how the portals do; exit status 3 where something fails newly, or for the third run."""
    if silent_after is not None and silent_after < 1:
        raise BadInput(f"--silent-after {silent_after}: allowed: a number of days above 0")
    with opened(ctx, archive, as_json) as found:
        folders = found.archive.folders(slugs(portal))
        day = today()
        told = [
            each for _, each in found.archive.each(
                folders, lambda folder: [health_of(folder, day, silent_after=silent_after)]
            )
        ]  # fmt: skip
        output = Output()
        if metrics:
            print(prometheus(told), end="")
        elif found.as_json:
            output.json({"portals": [{**dataclasses.asdict(each), "news": len(each.news)} for each in told]})
        else:
            output.table(PORTALS, map(_row, told))
        return found.status or (Exit.FAILURES if any(each.news for each in told) else Exit.DONE)


def _row(each: Health) -> tuple[str, ...]:
    days = "" if each.days_since_newest is None else str(each.days_since_newest)
    return (
        each.portal, each.last_run or "never", each.verdict or "", each.newest_posted or "", days,
        str(each.new_in_last_run), "; ".join(map(_alarm, each.alarms)),
    )  # fmt: skip


def _alarm(alarm: Alarm) -> str:
    since = "new" if alarm.runs == 1 else f"for {alarm.runs} runs"
    return f"{alarm.what} {alarm.detail} ({since})"


VERBS = {"health": health}
