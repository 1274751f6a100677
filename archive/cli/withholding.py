"""The verb that says what is not shown: withhold."""

from __future__ import annotations

import dataclasses
from typing import Annotated

import typer

from archive import withheld as rules
from archive.cli.output import Column, Output
from archive.cli.session import ArchiveDir, BadInput, Json, complain, opened, verb
from archive.vietnam.provinces import today
from archive.withheld import Rule, What

RULES = (
    Column("what", whole=True), Column("value"), Column("since", whole=True), Column("by"), Column("reason"),
)  # fmt: skip


@verb
def withhold(
    ctx: typer.Context,
    id: Annotated[str | None, typer.Option("--id", metavar="ID", help="An article, by its whole id.")] = None,
    address: Annotated[str | None, typer.Option(metavar="URL", help="What lies at an address.")] = None,
    portal: Annotated[str | None, typer.Option(metavar="SLUG", help="A whole portal.")] = None,
    person: Annotated[str | None, typer.Option(metavar="NAME", help="Every article that names a person.")] = None,
    reason: Annotated[str | None, typer.Option(metavar="TEXT", help="Why; readers are told.")] = None,
    by: Annotated[str | None, typer.Option(metavar="NAME", help="Who decided it.")] = None,
    release: Annotated[bool, typer.Option("--release", help="Show it again.")] = False,
    archive: ArchiveDir = None,
    as_json: Json = False,
) -> int:
    """Withhold an article, address, portal or person from every answer; alone, list what is withheld."""
    given: dict[What, str | None] = {"id": id, "address": address, "portal": portal, "person": person}
    named = [(what, value) for what, value in given.items() if value is not None]
    with opened(ctx, archive, as_json) as found:
        path = found.archive.path / "withheld.toml"
        known = list(rules.load(path).rules)
        if named:
            if len(named) > 1:
                raise BadInput("several named; allowed: one of --id, --address, --portal, --person at a time")
            known = _changed(known, *named[0], reason, by, release=release)
            rules.save(path, known)
        elif release or reason or by:
            raise BadInput("nothing named; allowed: --id, --address, --portal or --person")
        output = Output()
        if found.as_json:
            output.json({"withheld": [dataclasses.asdict(each) for each in known]})
        else:
            output.table(RULES, [(each.what, each.value, each.date, each.by, each.reason) for each in known])
        if not known:
            complain(f"{path}: nothing is withheld")
        return found.status


def _changed(
    known: list[Rule], what: What, value: str, reason: str | None, by: str | None, *, release: bool
) -> list[Rule]:
    others = [each for each in known if (each.what, each.value) != (what, value.strip())]
    if release:
        if len(others) == len(known):
            raise BadInput(f"{what} {value!r} is not withheld; allowed: what `archive withhold` lists")
        return others
    missing = [name for name, said in (("--reason", reason), ("--by", by)) if not (said and said.strip())]
    if missing:
        raise BadInput(f"{' and '.join(missing)} not given; allowed: why it is withheld, and who decided it")
    return [*others, rules.made(what, value, str(reason), today().isoformat(), str(by))]


VERBS = {"withhold": withhold}
