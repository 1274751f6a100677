"""The verb that says what is not shown: withhold."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated

import typer

from archive import withheld as rules
from archive.cli.output import Column, Output
from archive.cli.session import ArchiveDir, BadInput, Json, Opened, complain, opened, verb
from archive.exits import Exit
from archive.finding import find_article
from archive.folder import PortalFolder
from archive.reader import Archive
from archive.research.reach import Reach, reach
from archive.research.withhold import Shown, showing_keys
from archive.storage.away import state_of
from archive.vietnam.provinces import today
from archive.views import UnknownArticle
from archive.withheld import Rule, What

RULES = (
    Column("what", whole=True), Column("value"), Column("since", whole=True), Column("by"), Column("reason"),
)  # fmt: skip


@verb
def withhold(
    ctx: typer.Context,
    id: Annotated[
        str | None, typer.Option("--id", metavar="ID", help="An article: its id, or the beginning of one.")
    ] = None,
    address: Annotated[str | None, typer.Option(metavar="URL", help="What lies at an address.")] = None,
    portal: Annotated[str | None, typer.Option(metavar="SLUG", help="A whole portal.")] = None,
    person: Annotated[str | None, typer.Option(metavar="NAME", help="Every article that names a person.")] = None,
    reason: Annotated[str | None, typer.Option(metavar="TEXT", help="Why; readers are told.")] = None,
    by: Annotated[str | None, typer.Option(metavar="NAME", help="Who decided it.")] = None,
    pages: Annotated[
        bool, typer.Option("--pages", help="List the stored pages held back for what they show of it; reads them all.")
    ] = False,
    release: Annotated[bool, typer.Option("--release", help="Show it again.")] = False,
    archive: ArchiveDir = None,
    as_json: Json = False,
) -> int:
    """Withhold an article, address, portal or person from every answer; alone, list what is withheld."""
    given: dict[What, str | None] = {"id": id, "address": address, "portal": portal, "person": person}
    asked = [(what, value) for what, value in given.items() if value is not None]
    with opened(ctx, archive, as_json) as found:
        path = found.archive.path / "withheld.toml"
        known = list(rules.load(path).rules)
        if asked:
            if len(asked) > 1:
                raise BadInput("several named; allowed: one of --id, --address, --portal, --person at a time")
            what, value = asked[0][0], spelled(found.archive, *asked[0])
            known = _changed(known, what, value, reason, by, release=release)
            rules.save(path, known)
        elif release or reason or by:
            raise BadInput("nothing named; allowed: --id, --address, --portal or --person")
        output = Output()
        if pages:
            return _pages(found, output)
        if found.as_json:
            output.json({"withheld": [dataclasses.asdict(each) for each in known]})
        else:
            output.table(RULES, [(each.what, each.value, each.date, each.by, each.reason) for each in known])
        if not known:
            complain(f"{path}: nothing is withheld")
        for each in known if not asked else known[-1:] if not release else ():
            _tell(each, reach(found.archive, each), new=bool(asked))
        return found.status


def _pages(found: Opened, output: Output) -> int:
    """The addresses of which some stored page shows what is withheld elsewhere, by all rules there are now."""
    with Archive(found.archive.path) as archive:
        looked = list(archive.each(list(archive.readable()), lambda folder: [showing_keys(folder)]))
        found.archive.learn(archive)
    held = [(folder.slug, address) for folder, shown in looked for address in sorted(shown.found)]
    unread = [each for folder, shown in looked for each in _unread(folder, shown)]
    if found.as_json:
        pages = [{"portal": slug, "address": address} for slug, address in held]
        output.json({"pages": pages, "unread": [dataclasses.asdict(each) for each in unread]})
    else:
        output.table((Column("portal", whole=True), Column("address", whole=True)), held)
        plural = "es of stored pages are" if len(held) != 1 else " of a stored page is"
        complain(f"{len(held)} address{plural} held back for what they show")
    for each in unread:
        many = f"{each.pages} stored page{'s' * (each.pages != 1)}"
        complain(f"portal {each.portal}: {many} not looked into, in {each.file}: {each.state}")
    damaged = any(each.state != "offline" for each in unread)
    return Exit.DAMAGE if damaged else found.status or (Exit.FAILURES if unread else Exit.DONE)


@dataclass(frozen=True, slots=True)
class _Unread:
    """Stored pages of one WARC that could not be looked into, and why: offline, missing or damaged."""

    portal: str
    file: str
    state: str
    pages: int


def _unread(folder: PortalFolder, shown: Shown) -> list[_Unread]:
    counts = Counter(each.warc for each in shown.unread)
    return [
        _Unread(folder.slug, f"warc/{name}", state_of(folder.paths, name) or "damaged", counts[name])
        for name in sorted(counts)
    ]


def spelled(archive: Archive, what: What, value: str) -> str:
    """What a person named, as the archive spells it: an id from its beginning, a slug in lower case.

    Raises UnknownArticle where an id is no whole one and nothing begins so.
    """
    value = value.strip()
    if what == "portal":
        return value if archive.holds(value) else value.lower()
    if what != "id":
        return value
    try:
        return find_article(archive, value)[1]
    except UnknownArticle:
        if re.fullmatch(r"[a-z0-9.-]+/[0-9a-f]{16}", value):  # it may come yet
            return value
        raise


def named(known: Iterable[Rule], what: What, value: str) -> Rule | None:
    """The rule that names this thing, an address in whatever spelling."""
    same = rules.bare if what == "address" else str
    return next((each for each in known if each.what == what and same(each.value) == same(value)), None)


def _changed(
    known: list[Rule], what: What, value: str, reason: str | None, by: str | None, *, release: bool
) -> list[Rule]:
    before = named(known, what, value)
    others = [each for each in known if each is not before]
    if release:
        if before is None:
            raise BadInput(f"{what} {value!r} is not withheld; allowed: what `archive withhold` lists")
        return others
    missing = [name for name, said in (("--reason", reason), ("--by", by)) if not (said and said.strip())]
    if missing:
        raise BadInput(f"{' and '.join(missing)} not given; allowed: why it is withheld, and who decided it")
    return [*others, rules.made(what, value, str(reason), today().isoformat(), str(by))]


def _tell(rule: Rule, reached: Reach, *, new: bool) -> None:
    """Say what a rule keeps back; one that reaches nothing may be a slip of the pen."""
    said = [f"{reached.articles} article{'s' if reached.articles != 1 else ''}"] if reached.articles else []
    said += [f"{reached.addresses} other address{'es' if reached.addresses != 1 else ''}"] if reached.addresses else []
    said += [f"{reached.erased} erased"] if reached.erased else []
    older = f"older readings of {reached.older} article{'s' * (reached.older != 1)} shown, and all their stored pages"
    said += [older] if reached.older else []
    if not said:
        complain(f"{rule.what} {rule.value!r} reaches nothing in this archive yet")
    elif new:
        complain(f"{rule.what} {rule.value!r} reaches {' and '.join(said)}")
        if reached.linking:
            complain(f"held back too: pages that link to it or print its headline (--pages): {_some(reached.linking)}")


def _some(addresses: tuple[str, ...]) -> str:
    return ", ".join(addresses[:3]) + (f" and {len(addresses) - 3} more" if len(addresses) > 3 else "")


VERBS = {"withhold": withhold}
