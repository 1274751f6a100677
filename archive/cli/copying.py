"""The verbs that keep a second copy and mend from it: copy, repair."""

from __future__ import annotations

import dataclasses
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from archive.cli.filtering import Portal, slugs
from archive.cli.output import Output, size
from archive.cli.session import ArchiveDir, BadInput, Json, Opened, complain, opened, session, verb
from archive.exits import Exit
from archive.reader import Archive
from archive.storage import about
from archive.storage.paths import ArchivePaths, PortalPaths

if TYPE_CHECKING:
    from archive.storage.away import Away
    from archive.storage.bag import Bag
    from archive.storage.copies import Tell
    from archive.storage.damage import Damage


@verb
def copy(
    ctx: typer.Context,
    dest: Annotated[
        Path, typer.Argument(metavar="DEST", help="A new or empty folder, or an earlier copy to go on with.")
    ],
    portal: Portal = None,
    archive: ArchiveDir = None,
    as_json: Json = False,
) -> int:
    """Copy the archive, or portals of it, also during a crawl; with SHA-256 sums, in BagIt layout."""
    from archive.storage.bag import Bag, NotABag
    from archive.storage.copies import copy_portals

    with opened(ctx, archive, as_json) as found:
        source = _root(found)
        folders = [folder.paths for folder in found.archive.folders(slugs(portal))]
        if dest.resolve().is_relative_to(found.archive.path.resolve()):
            raise BadInput(f"{dest}: lies in the archive; allowed: a folder outside {found.archive.path}")
        bag = Bag(dest)
        try:
            bag.begin()
        except NotABag as error:
            raise BadInput(str(error)) from None
        with _progress(folders, hidden=found.as_json) as tell:
            done = copy_portals(source, folders, bag, tell)
        told = about.load(source.form)
        info = {"Source-Organization": told.operator, "Contact-Name": told.contact, "External-Description": told.name}
        bag.seal(done.sums, info, datetime.now(UTC).date())
        output = Output()
        if found.as_json:
            output.json(dataclasses.asdict(done))
        else:
            for trouble in done.troubles:
                output.line(trouble, "red")
            for away in done.offline:
                output.line(f"{away}; not copied", "yellow")
            output.line(f"{dest}: {done.files} files copied, {size(done.bytes)}; {done.kept} were there")
        return Exit.DAMAGE if done.troubles else found.status or (Exit.FAILURES if done.offline else Exit.DONE)


@verb
def repair(
    ctx: typer.Context,
    source: Annotated[Path, typer.Option("--from", metavar="DEST", help="A copy made by `archive copy`.")],
    portal: Portal = None,
    archive: ArchiveDir = None,
    as_json: Json = False,
) -> int:
    """Take from a copy what is damaged here; whole records stay, damaged bytes are kept beside the file."""
    from archive.storage.disk import put_whole

    bag = copied(source)
    told = session(ctx, archive, as_json)
    output = Output()
    files = missing(told.folder, bag)
    for path, good in files:
        put_whole(path, good.read_text(encoding="utf-8"))
        if not told.as_json:
            output.line(f"{path.name}: taken from {good}")
    report = []
    for paths in _mendable(told.folder, slugs(portal), bag):
        report.append(_mend(paths, bag))
        if not told.as_json:
            _tell(report[-1], output)
    left, offline = any(each.damage for each in report), any(each.offline for each in report)
    if told.as_json:
        portals = [dataclasses.asdict(each) for each in report]
        output.json({"sound": not (left or offline), "files": [str(path) for path, _ in files], "portals": portals})
    elif not report and not files:
        output.line(f"{told.folder}: nothing to mend")
    return Exit.DAMAGE if left else Exit.FAILURES if offline else Exit.DONE


@dataclass(frozen=True, slots=True)
class Mended:
    """What was done to a portal's folder, and what is still wrong with it."""

    portal: str
    steps: list[str]
    damage: list[Damage]
    offline: list[Away]


def _mend(paths: PortalPaths, bag: Bag) -> Mended:
    """Mend a portal's folder under its lock and look through it again; exits with LOCKED where a crawl holds it."""
    from archive.storage.repair import repair as mend
    from archive.storage.store import ArchiveLocked, hold
    from archive.storage.verify import Counts, verify_portal

    if paths.ledger.exists():
        paths.runs.mkdir(exist_ok=True)  # no folder of WARCs: where it is away, they are offline
    else:
        paths.make()
    try:
        lock = hold(paths.lock)
    except ArchiveLocked as error:
        message = f"{error}; a folder that is written to cannot be mended"
        raise typer.Exit(complain(message, Exit.LOCKED)) from None
    try:
        steps = list(mend(paths, _of(bag, paths), bag))
        counts = Counts()
        damages = list(verify_portal(paths, counts, held=True))
    finally:
        os.close(lock)
    return Mended(paths.slug, steps, damages, counts.offline)


def _tell(mended: Mended, output: Output) -> None:
    for step in mended.steps:
        output.line(f"{mended.portal}: {step}")
    for damage in mended.damage:
        output.line(f"{mended.portal}/{damage}", "red")
    output.line(f"{mended.portal}: {'still damaged' if mended.damage else 'sound'}{_offline(len(mended.offline))}")


def _offline(files: int) -> str:
    return f", {files} WARC file{'s' * (files > 1)} offline" if files else ""


def _mendable(folder: Path, wanted: list[str] | None, bag: Bag) -> list[PortalPaths]:
    """The portals' folders, and those to be that only the copy has; raises UnknownPortal for one that neither has."""
    with Archive(folder) as found:
        gone, held = lost(found, wanted, bag)
        return [*(each.paths for each in found.folders(held)), *gone]


def lost(archive: Archive, wanted: list[str] | None, bag: Bag) -> tuple[list[PortalPaths], list[str] | None]:
    """The folders-to-be of the portals wanted that only the copy has, and what else is wanted (None: all)."""
    if _is_portal(archive.path):
        return [], wanted
    root = ArchivePaths(archive.path.absolute())
    held = {folder.paths.slug for folder in archive.folders()}
    gone = [
        root.portal(copy.slug)
        for copy in ArchivePaths(bag.data).portals()
        if copy.slug not in held and copy.ledger.exists() and (wanted is None or copy.slug in wanted)
    ]
    names = {paths.slug for paths in gone}
    return gone, None if wanted is None else [slug for slug in wanted if slug not in names]


def missing(folder: Path, bag: Bag) -> list[tuple[Path, Path]]:
    """archive.toml and withheld.toml, where only the copy has them: without the second, what was withheld is shown."""
    if _is_portal(folder):
        return []
    here, there = ArchivePaths(folder), ArchivePaths(bag.data)
    pairs = ((here.form, there.form), (here.withheld, there.withheld))
    return [(path, good) for path, good in pairs if good.is_file() and not path.exists()]


def copied(path: Path) -> Bag:
    """The copy in a folder; BadInput where there is none."""
    from archive.storage.bag import Bag, NotABag

    bag = Bag(path)
    try:
        bag.check()
    except NotABag as error:
        raise BadInput(str(error)) from None
    return bag


def good_copies(bag: Bag, paths: PortalPaths) -> list[str]:
    """For each damage of a portal, where its good copy is, or that there is none."""
    from archive.storage.repair import compare

    return [str(finding) for finding in compare(paths, _of(bag, paths), bag)]


def _of(bag: Bag, paths: PortalPaths) -> PortalPaths:
    return ArchivePaths(bag.data).portal(paths.slug)


def _root(found: Opened) -> ArchivePaths:
    """The archive's folder, also where the one of a single portal was named."""
    path = found.archive.path.absolute()
    return ArchivePaths(path.parent.parent if _is_portal(path) else path)


def _is_portal(path: Path) -> bool:
    """Whether it is one portal's folder."""
    return PortalPaths(path).ledger.exists() or PortalPaths(path).form.exists()


@contextmanager
def _progress(folders: list[PortalPaths], *, hidden: bool) -> Iterator[Tell]:
    """A bar on standard error, where that is a terminal; gives what hears of bytes."""
    console = Console(file=sys.stderr)
    if hidden or not console.is_terminal:
        yield lambda count: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        files = (path for paths in folders for path in paths.root.rglob("*") if path.is_file())
        task = bar.add_task("copying", total=sum(path.stat().st_size for path in files))
        yield lambda count: bar.update(task, advance=count)


VERBS = {"copy": copy, "repair": repair}
