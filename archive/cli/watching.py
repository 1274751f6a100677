"""The verb for whoever runs the crawls: health."""

from __future__ import annotations

import dataclasses
import errno
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from archive.cli.filtering import OF_PORTALS, filtered
from archive.cli.output import Column, Output
from archive.cli.session import ArchiveDir, BadInput, Json, complain, opened, verb
from archive.exits import Exit
from archive.filters import OfPortals
from archive.folder import PortalFolder
from archive.research.health import Health, prometheus
from archive.research.health import health as health_of
from archive.research.told import NEVER, Alarm, Told, load_told, save_told

MEMORY = "health.json"  # what was told, in the folder that was named
PORTALS = (
    Column("portal", whole=True), Column("last run", whole=True), Column("verdict", whole=True),
    Column("newest", whole=True), Column("days", True, right=True), Column("new", True, right=True), Column("wrong"),
)  # fmt: skip


@verb
@filtered(*OF_PORTALS)
def health(
    ctx: typer.Context,
    filters: OfPortals,
    silent_after: Annotated[
        int | None, typer.Option(metavar="DAYS", help="Days without a newer article that are an alarm.")
    ] = None,
    metrics: Annotated[
        bool, typer.Option("--prometheus", help="In Prometheus' text format; what is news stays news.")
    ] = False,
    look: Annotated[bool, typer.Option("--no-remember", help="Only look: what is news stays news.")] = False,
    archive: ArchiveDir = None,
    as_json: Json = False,
) -> int:
    """Tell how the portals do; exit status 3 where something fails that was not told, or now for the third run."""
    if silent_after is not None and silent_after < 1:
        raise BadInput(f"--silent-after {silent_after}: allowed: a number of days above 0")
    now = datetime.now(UTC)
    with opened(ctx, archive, as_json) as found:
        memory = found.archive.path / MEMORY
        before = load_told(memory)

        def ask(folder: PortalFolder) -> list[Health]:
            return [health_of(folder, now, silent_after=silent_after, told=before.get(folder.slug, NEVER))]

        told = [each for _, each in found.archive.each(found.archive.folders_of(**filters), ask)]
        _tell(told, metrics=metrics, as_json=found.as_json)
        if not (metrics or look):
            _remember(memory, before, told)
        return found.status or (Exit.FAILURES if any(each.news for each in told) else Exit.DONE)


def _tell(told: list[Health], *, metrics: bool, as_json: bool) -> None:
    output = Output()
    if metrics:
        print(prometheus(told), end="")
    elif as_json:
        output.json({"portals": [{**dataclasses.asdict(each), "news": len(each.news)} for each in told]})
    else:
        output.table(PORTALS, map(_row, told))
    sys.stdout.flush()  # only what has left is told


def _remember(memory: Path, before: dict[str, Told], told: list[Health]) -> None:
    """Keep what was told; an archive that cannot be written to is told of again, which is better than never."""
    now = dict(before)
    for each in told:
        kept = before.get(each.portal, NEVER).after(each.run, each.newest, each.alarms)
        if kept != NEVER:
            now[each.portal] = kept
    if now == before:
        return
    try:
        save_told(memory, now)
    except OSError as error:
        if error.errno not in (errno.EROFS, errno.EACCES, errno.EPERM):
            raise
        complain(f"{memory}: {error.strerror}; what was told now is told again next time")


def _row(each: Health) -> tuple[str, ...]:
    days = "" if each.days_since_newest is None else str(each.days_since_newest)
    newest = each.newest_posted or (f"{each.newest_captured} (captured)" if each.newest_captured else "")
    wrong = [_alarm(alarm) for alarm in each.alarms]
    if each.runs_ahead:
        wrong.append(f"left out: {each.runs_ahead} dated after now")
    return (
        each.portal, each.last_run or "never", each.verdict or "", newest, days, str(each.new_in_last_run),
        "; ".join(wrong),
    )  # fmt: skip


def _alarm(alarm: Alarm) -> str:
    if alarm.what in ("offline", "missing", "cut"):
        return f"{alarm.what}: {alarm.detail}{' (new)' * alarm.news}"
    unit = "day" if alarm.what == "silent" else "run"
    lasted = f"for {alarm.runs} {unit}{'s' * (alarm.runs > 1)}"
    if alarm.news:
        lasted = "new" if (alarm.runs, unit) == (1, "run") else f"news, {lasted}"
    return f"{alarm.what} {alarm.detail} ({lasted}{', over' * alarm.over})"


VERBS = {"health": health}
