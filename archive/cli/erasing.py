"""The verb that takes withheld content out for good: erase."""

from __future__ import annotations

import dataclasses
import os
from typing import TYPE_CHECKING, Annotated, Any

import typer

from archive.cli.output import Output
from archive.cli.session import ArchiveDir, BadInput, Json, complain, opened, verb
from archive.cli.withholding import named, spelled
from archive.exits import Exit
from archive.research.catalog import reindex
from archive.research.tables import remove
from archive.storage.paths import PortalPaths
from archive.vietnam.provinces import today
from archive.withheld import Rule, What

if TYPE_CHECKING:
    from archive.research.erase import Found


@verb
def erase(
    ctx: typer.Context,
    id: Annotated[str | None, typer.Option("--id", metavar="ID", help="An article that is withheld by its id.")] = None,
    address: Annotated[str | None, typer.Option(metavar="URL", help="What is withheld by its address.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do it; without, only tell what would be erased.")] = False,
    archive: ArchiveDir = None,
    as_json: Json = False,
) -> int:
    """Erase withheld bytes for good; a tombstone with the old digests stays. Copies elsewhere are not reached."""
    from archive.research.erase import what

    asked: dict[What, str | None] = {"id": id, "address": address}
    given = [(name, value) for name, value in asked.items() if value is not None]
    if len(given) != 1:
        raise BadInput(f"{'both' if given else 'nothing'} named; allowed: one of --id and --address")
    (name, value) = given[0]
    with opened(ctx, archive, as_json) as found:
        rule = named(found.archive.rules.rules, name, spelled(found.archive, name, value))
        if rule is None:
            raise BadInput(f"{name} {value!r} is not withheld; allowed: what `archive withhold` lists by id or address")
        told: list[dict[str, Any]] = []
        for folder in found.archive.readable(rule.value.partition("/")[0] if name == "id" else None):
            reached = what(folder.paths, rule)
            if not reached:
                continue
            folder.close()
            told.append({"portal": folder.slug, **(_erased(folder.paths, rule) if yes else _planned(reached))})
        if not told:
            raise BadInput(f"{found.archive.path}: holds nothing of {name} {value!r}")
        if yes:
            reindex(found.archive, found.archive.path / "catalog.sqlite")
            if (portals := found.archive.path.absolute().parent).name == "portals":
                remove(portals.parent / "catalog.sqlite")  # which has the words too, and is made anew when asked
        output = Output()
        if found.as_json:
            output.json({"erased": yes, "portals": told})
        else:
            for each in told:
                _tell(output, each, yes)
        return found.status


def _planned(reached: Found) -> dict[str, Any]:
    return {
        "exchanges": len(reached.snapshots), "articles": reached.articles, "addresses": reached.keys,
        "same_bytes": reached.same_bytes, "files": reached.files,
    }  # fmt: skip


def _erased(paths: PortalPaths, rule: Rule) -> dict[str, Any]:
    from archive.research.erase import erase as take_out
    from archive.storage.store import ArchiveLocked, hold

    try:
        lock = hold(paths.lock)
    except ArchiveLocked as error:
        raise typer.Exit(complain(str(error), Exit.LOCKED)) from None
    try:
        return dataclasses.asdict(take_out(paths, rule, today().isoformat()))
    finally:
        os.close(lock)


def _tell(output: Output, told: dict[str, Any], done: bool) -> None:
    if not done:
        output.line(f"{told['portal']}: {told['exchanges']} exchanges would be erased; --yes does it")
        for address in told["addresses"]:
            output.line(f"  {address}")
    else:
        parts = f"{told['exchanges']} exchanges, {told['bytes']} bytes, {told['readings']} readings"
        output.line(f"{told['portal']}: erased {parts}")
    for address in told["same_bytes"]:
        complain(f"{address} has or had the same bytes; it is to be withheld and erased by itself")
    for address in told["files"]:
        complain(f"{address} is a file or an image of it, and stays; it is to be withheld and erased by itself")


VERBS = {"erase": erase}
