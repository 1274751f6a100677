"""`scrapy reextract --from`: takes in WARCs that other tools made, and enters the articles of the portal in them."""

from __future__ import annotations

import json
import multiprocessing
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console, RenderableType
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn, track

from archive.exits import Exit, overall
from archive.schema import stamp
from archive.storage.disk import put_whole
from archive.storage.entries import POSTED, Snapshot
from archive.storage.imports import NotTaken, Prepared, foreign_hosts, place, prepare
from archive.storage.paths import PortalPaths
from archive.storage.recut import Unread
from archive.storage.store import PortalArchive
from crawler.imported_pages import read_pages
from crawler.keeper import Keeper
from crawler.offline import disk_status, open_portal
from crawler.portal import Portal
from crawler.reading.article import canonical_url

_MOST_TOLD = 20  # stretches that could not be read, of one file, on the terminal; the report has all


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that lies in the portal's folder now."""

    given: Path
    digest: str
    size: int
    warc: str
    fresh: bool  # whether it was not there before
    records: int
    captures: int
    unread: tuple[Unread, ...]


def import_files(files: list[Path], paths: PortalPaths, form: Portal, processes: int) -> Exit:
    """Take the files in, read their pages by date, and say what came of it, a line for each file and one for all."""
    now = datetime.now(UTC)
    archive = open_portal(paths, form, "import")
    if isinstance(archive, Exit):
        return archive
    keeper = Keeper(archive, form, now)
    try:
        try:
            taken, verdicts = _take_in(files, archive, form, processes)
            _read(archive, form, taken, processes, keeper)
        finally:
            archive.close()
        verdicts.append(Exit.DAMAGE if keeper.counts["unreadable"] else Exit.DONE)
        _report(archive, taken, keeper.counts, now)
    except OSError as problem:
        return disk_status(problem)
    except KeyboardInterrupt:
        print("interrupted; the same command goes on where this one stood", file=sys.stderr)
        return Exit.INTERRUPTED
    if taken:
        told = ", ".join(f"{count} {verdict}" for verdict, count in sorted(keeper.counts.items()) if count)
        print(f"{form.slug}: {told or 'nothing to read'}")
    if keeper.counts["defect"]:
        return Exit.DEFECT
    if Exit.BAD_INPUT in verdicts and Exit.DAMAGE not in verdicts:
        return Exit.BAD_INPUT
    return overall(verdicts)


def _take_in(files: list[Path], archive: PortalArchive, form: Portal, processes: int) -> tuple[list[Taken], list[Exit]]:
    taken: list[Taken] = []
    verdicts: list[Exit] = []
    with _progress(files) as counter:
        for result in take_in(files, archive, form, processes, counter):
            if isinstance(result, NotTaken):
                print(result, file=sys.stderr)
                verdicts.append(Exit.DAMAGE if result.damaged else Exit.BAD_INPUT)
                continue
            taken.append(result)
            verdicts.append(Exit.DAMAGE if result.unread else Exit.DONE)
            _tell_of(result)
    return taken, verdicts


def _tell_of(taken: Taken) -> None:
    new = "" if taken.fresh else ", was there already"
    print(f"{taken.given}: {taken.captures} captures in {taken.records} records, as {taken.warc}{new}")
    for each in taken.unread[:_MOST_TOLD]:
        print(f"{taken.given} {each}", file=sys.stderr)
    if len(taken.unread) > _MOST_TOLD:
        print(f"{taken.given}: {len(taken.unread)} such places in all; the run's report names them", file=sys.stderr)


def _read(archive: PortalArchive, form: Portal, taken: list[Taken], processes: int, keeper: Keeper) -> None:
    """Revisits whose originals came only now are read with the rest, in whatever file they are."""
    warcs = {each.warc for each in taken} | archive.ledger.settle_imports()
    pages = read_pages(archive, form, warcs, processes)
    console = Console(stderr=True)
    for page in track(pages, form.slug, console=console, transient=True, disable=not console.is_terminal):
        if page.problem:
            print(page.problem, file=sys.stderr)
        keeper.keep(page)
    keeper.flush()
    archive.ledger.settle_imports()


def _report(archive: PortalArchive, taken: list[Taken], counts: Counter[str], now: datetime) -> None:
    """What runs/<run id>.json says; nothing where nothing was new."""
    if not any(each.fresh or each.unread for each in taken) and not counts["new"] + counts["changed"]:
        return
    files = [
        {
            "file": each.given.name, "sha256": each.digest.partition(":")[2], "bytes": each.size, "warc": each.warc,
            "records": each.records, "captures": each.captures,
            "unread": [{"offset": place.offset, "what": place.what} for place in each.unread],
        }
        for each in taken
    ]  # fmt: skip
    report = {
        "run": archive.run, "portal": archive.paths.slug, "mode": "import", "started": stamp(now),
        "ended": stamp(datetime.now(UTC)), "files": files, "counts": dict(sorted(counts.items())),
    }  # fmt: skip
    put_whole(archive.paths.run(archive.run), json.dumps(report, ensure_ascii=False, indent=2) + "\n")


class _Walking(Progress):
    """A bar that follows a shared integer, whenever it is drawn."""

    counter: Any

    def get_renderables(self) -> Iterator[RenderableType]:
        for task in self.tasks:
            self.update(task.id, completed=min(self.counter.value, task.total or 0))
        yield from super().get_renderables()


@contextmanager
def _progress(files: list[Path]) -> Iterator[Any]:
    """A shared count of bytes, drawn on standard error where that is a terminal."""
    counter = multiprocessing.Value("q", 0)
    console = Console(stderr=True)
    if not console.is_terminal:
        yield counter
        return
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with _Walking(*columns, console=console, transient=True) as bar:
        bar.counter = counter
        bar.add_task("taking in", total=sum(path.stat().st_size for path in files))
        yield counter


_tell: Callable[[int], None] = lambda count: None  # noqa: E731 - replaced in each worker


def take_in(
    files: list[Path], archive: PortalArchive, form: Portal, processes: int, counter: Any
) -> Iterator[Taken | NotTaken]:
    """Put each file into the archive, or say why not; `counter` (a shared integer) grows by the bytes walked through.

    A file without any capture of the portal's hosts is left out: it was most likely meant for another portal.
    """
    jobs = ((path, archive.paths, archive.run) for path in files)
    with ProcessPoolExecutor(min(processes, len(files)), initializer=_begin, initargs=(counter,)) as pool:
        for result in pool.map(_prepare, jobs):
            if isinstance(result, NotTaken):
                yield result
            elif not any(form.owns(row.url) for row in result.rows):
                result.discard()
                hosts = ", ".join(form.hosts)
                yield NotTaken(
                    f"{result.given}: holds nothing of {hosts}, but of {foreign_hosts(result)}; not taken in"
                )
            else:
                result.rows = [replace(row, key=_key(row, form)) for row in result.rows]
                yield _taken(result, place(archive, result))


def _key(row: Snapshot, form: Portal) -> str:
    return canonical_url(row.url, form) + (POSTED if POSTED in row.key else "")


def _begin(counter: Any) -> None:
    global _tell

    def tell(count: int) -> None:
        with counter.get_lock():
            counter.value += count

    _tell = tell


def _prepare(job: tuple[Path, PortalPaths, str]) -> Prepared | NotTaken:
    try:
        return prepare(*job, tell=_tell)
    except NotTaken as error:
        return error


def _taken(ready: Prepared, fresh: bool) -> Taken:
    return Taken(
        ready.given, ready.digest, ready.size, ready.name, fresh, ready.records, len(ready.rows), tuple(ready.unread)
    )
