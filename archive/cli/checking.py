"""The verb that proves the archive whole: verify."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console, RenderableType
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from archive.cli.copying import copied, good_copies, lost, missing
from archive.cli.filtering import Portal, slugs
from archive.cli.output import Output, size
from archive.cli.session import ArchiveDir, Json, opened, verb
from archive.exits import Exit
from archive.storage.paths import PortalPaths

if TYPE_CHECKING:
    from archive.storage.verify import Counts, Damage


@verb
def verify(
    ctx: typer.Context,
    portal: Portal = None,
    against: Annotated[
        Path | None, typer.Option(metavar="DEST", help="A copy made by `archive copy`: name what of it is good.")
    ] = None,
    archive: ArchiveDir = None,
    as_json: Json = False,
) -> int:
    """Prove that every byte is as it was written; status 9 where one is not, 3 where WARCs are offline."""
    from archive.storage.verify import Counts, verify_portal

    bag = copied(against) if against else None
    with opened(ctx, archive, as_json) as found:
        output = Output()
        report = []
        files = missing(found.archive.path, bag) if bag else []
        damaged, offline = bool(files), False
        for path, good in files if not found.as_json else ():
            output.line(f"{path.name}: the file is missing; good in {good}", "red")
        gone, held = lost(found.archive, slugs(portal), bag) if bag else ([], slugs(portal))
        for paths in (*(folder.paths for folder in found.archive.readable(held)), *gone):
            counts = Counts()
            with _progress(paths, counts, hidden=found.as_json):
                damages = list(verify_portal(paths, counts))
            damaged, offline = damaged or bool(damages), offline or bool(counts.offline)
            copies = good_copies(bag, paths) if bag else []
            report.append(_told(paths.slug, damages, counts) | ({"against": copies} if bag else {}))
            if not found.as_json:
                for damage in damages:
                    output.line(f"{paths.slug}/{damage}", "red")
                for away in counts.offline:
                    output.line(f"{paths.slug}/{away}", "yellow")
                for each in copies:
                    output.line(f"{paths.slug}/{each}")
                output.line(_verdict(paths.slug, counts), "bold red" if damages else "green")
        if found.as_json:
            named = {"missing": [str(path) for path, _ in files]} if bag else {}
            output.json({"sound": not (damaged or offline), **named, "portals": report})
        elif not report and not files:
            output.line(f"{found.archive.path}: nothing to verify")
        return Exit.DAMAGE if damaged else found.status or (Exit.FAILURES if offline else Exit.DONE)


def _told(slug: str, damages: list[Damage], counts: Counts) -> dict[str, object]:
    return {"portal": slug, **dataclasses.asdict(counts), "damage": [dataclasses.asdict(each) for each in damages]}


def verdict_of(counts: Counts) -> str:
    """What came of verifying a portal, in a few words."""
    places, offline = counts.damages - counts.missing, len(counts.offline)
    said = [f"damaged in {places} place{'s' * (places > 1)}"] if places else []
    said += [f"{counts.missing} WARC file{'s' * (counts.missing > 1)} missing"] if counts.missing else []
    said += [f"{offline} WARC file{'s' * (offline > 1)} offline"] if offline else []
    return ", ".join(said or ["sound"]) + (", the rest sound" if offline and not counts.damages else "")


def _verdict(slug: str, counts: Counts) -> str:
    verdict = verdict_of(counts)
    seen = f"{size(counts.bytes)}, WARC files: {counts.files}, records: {counts.records}, revisions: {counts.articles}"
    erased = f", erased: {counts.erased}" if counts.erased else ""
    unfinished = f", still being written or left by a dead run: {counts.unfinished}" if counts.unfinished else ""
    return f"{slug}: {verdict} ({seen}{erased}{unfinished})"


class _Reading(Progress):
    """A bar that follows the bytes read, whenever it is drawn."""

    counts: Counts

    def get_renderables(self) -> Iterator[RenderableType]:
        for task in self.task_ids:
            self.update(task, completed=self.counts.bytes)
        yield from super().get_renderables()


@contextmanager
def _progress(paths: PortalPaths, counts: Counts, *, hidden: bool) -> Iterator[None]:
    """A bar on standard error, where that is a terminal."""
    console = Console(file=sys.stderr)
    if hidden or not console.is_terminal:
        yield
        return
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with _Reading(*columns, console=console, transient=True, redirect_stdout=False) as bar:
        bar.counts = counts
        warcs = (*paths.closed_warcs(), *paths.open_warcs())
        bar.add_task(paths.slug, total=sum(path.stat().st_size for path in warcs))
        yield


VERBS = {"verify": verify}
