"""The verbs that sum up and describe: stats, usage, schema."""

from __future__ import annotations

import dataclasses
from typing import Annotated

import typer

from archive.cli.filtering import OF_PORTALS, filtered, left_out, none_found, remark, told
from archive.cli.listing import Limit, more, most_shown
from archive.cli.output import Column, Output, size
from archive.cli.session import ArchiveDir, BadInput, Json, Opened, complain, opened, verb
from archive.filters import Filters, OfPortals
from archive.schema import json_schema
from archive.sums import PortalStats
from archive.usage import PURPOSES, ArticleUsage, Usage, article_usage, not_shown
from archive.usage import usage as years_of

SUMS = (
    Column("portal", whole=True), Column("articles", True, True), Column("gone", True, True),
    Column("revisions", True, True), Column("snapshots", True, True), Column("bytes", True, True),
    Column("first posted", True), Column("last posted", True), Column("documents cited", True, True),
)  # fmt: skip

USAGE = (
    Column("portal", whole=True), Column("year", whole=True), Column("articles", True, True),
    *(Column(name, True, True) for name in (*PURPOSES, "total", "per article")),
)  # fmt: skip
BY_ARTICLE = (Column("id", whole=True), *(Column(name, True, True) for name in (*PURPOSES, "total")))


@verb
@filtered()
def stats(ctx: typer.Context, filters: Filters, archive: ArchiveDir = None, as_json: Json = False) -> int:
    """Count what each portal holds, and how often its articles state a field; bytes only of whole portals."""
    with opened(ctx, archive, as_json) as found:
        output = Output()
        portals = found.archive.stats(**filters)
        if found.as_json:
            output.json({"portals": [dataclasses.asdict(each) for each in portals]})
        elif output.terminal:
            output.table(SUMS, [_sums(each, people=True) for each in portals])
            output.line()
            output.line("Share of articles that state", "bold")
            output.table(_filled_columns(portals), [(each.portal, *_filled(each)) for each in portals])
        else:
            columns = (*SUMS, *_filled_columns(portals)[1:])
            output.table(columns, [(*_sums(each), *_filled(each)) for each in portals], headed=True)
        fits = any(each.articles for each in portals)
        if filters and not fits:
            none_found(found, "no article fits", told(filters))
        if filters:
            withheld, erased = (sum(getattr(each, name) for each in portals) for name in ("withheld", "erased"))
            remark(filters if fits else {}, withheld, erased)
        elif said := _left_out(found, {}):  # portals withheld as a whole are none of those above
            complain(said)
        return found.status


def _sums(each: PortalStats, people: bool = False) -> tuple[str, ...]:
    on_disk = "" if each.bytes is None else size(each.bytes) if people else str(each.bytes)
    return (
        each.portal, str(each.articles), str(each.gone), str(each.revisions), _number(each.snapshots), on_disk,
        each.first_posted or "", each.last_posted or "", str(each.documents),
    )  # fmt: skip


def _number(count: int | None) -> str:
    return "" if count is None else str(count)


def _filled_columns(portals: list[PortalStats]) -> tuple[Column, ...]:
    names = portals[0].filled if portals else ()
    return (Column("portal", whole=True), *(Column(name.replace("_", " "), True, True) for name in names))


def _filled(each: PortalStats) -> tuple[str, ...]:
    return tuple("" if share is None else f"{share:.0%}" for share in each.filled.values())


@verb
@filtered(*OF_PORTALS)
def usage(
    ctx: typer.Context,
    filters: OfPortals,
    articles: Annotated[bool, typer.Option("--articles", help="Article by article, the biggest first.")] = False,
    limit: Limit = None,
    archive: ArchiveDir = None,
    as_json: Json = False,
) -> int:
    """Tell what the bytes are for, by portal and year: pages, rechecks, images, attachments; or article by article."""
    with opened(ctx, archive, as_json) as found:
        output = Output()
        if articles:
            return _by_article(found, output, filters, limit)
        if limit is not None:
            raise BadInput("--limit is for --articles; years are all told")
        years = [each for _, each in found.archive.each(found.archive.folders_of(**filters), years_of)]
        if found.as_json:
            told = [{**dataclasses.asdict(e), "total": e.total, "per_article": e.per_article} for e in years]
            output.json({"years": told})
        else:
            output.table(USAGE, [_used(each, people=output.terminal) for each in years], headed=True)
        if said := _left_out(found, filters):
            complain(f"{said}; the bytes of what is withheld are counted")
        return found.status


def _left_out(found: Opened, filters: OfPortals) -> str:
    """How many articles of these portals are withheld and erased."""
    folders = found.archive.folders_of(**filters)
    counts = [each for _, each in found.archive.each(folders, lambda folder: [not_shown(folder)])]
    return left_out(sum(withheld for withheld, _ in counts), sum(erased for _, erased in counts))


def _by_article(found: Opened, output: Output, filters: OfPortals, limit: int | None) -> int:
    most = most_shown(limit, output, found.as_json)
    told = [each for _, each in found.archive.each(found.archive.folders_of(**filters), article_usage)]
    told.sort(key=lambda each: (-each.total, each.id))
    if found.as_json:
        output.json({"articles": [{**dataclasses.asdict(each), "total": each.total} for each in told[:most]]})
    else:
        output.table(BY_ARTICLE, [_spent(each, people=output.terminal) for each in told[:most]], headed=True)
    more(output, limit, most is not None and len(told) > most)
    if said := _left_out(found, filters):
        complain(said)
    return found.status


def _spent(each: ArticleUsage, people: bool) -> tuple[str, ...]:
    bytes_of = [*(getattr(each, name) for name in PURPOSES), each.total]
    return (each.id, *(size(count) if people else str(count) for count in bytes_of))


def _used(each: Usage, people: bool) -> tuple[str, ...]:
    bytes_of = [getattr(each, name) for name in PURPOSES] + [each.total, each.per_article]
    told = ["" if count is None else size(count) if people else str(count) for count in bytes_of]
    return (each.portal, each.year, str(each.articles), *told)


@verb
def schema(ctx: typer.Context, archive: ArchiveDir = None, as_json: Json = False) -> int:
    """Print the JSON Schema that every line of articles.jsonl satisfies."""
    Output().json(json_schema())
    return 0


VERBS = {"stats": stats, "usage": usage, "schema": schema}
