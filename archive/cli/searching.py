"""The verbs that work on the catalog: search, reindex."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from typing import Annotated, Any

import typer
from rich.text import Text

from archive.cli.filtering import erased_of, filtered, none_found, remark, told
from archive.cli.output import Column, Output
from archive.cli.session import ArchiveDir, BadInput, Json, Opened, complain, opened, verb
from archive.filters import Filters
from archive.research.catalog import reindex as make_anew
from archive.research.documents import called
from archive.research.search import Hit, Search
from archive.terminal import clean

SCREENFUL = 20
HITS = (Column("id"), Column("posted"), Column("title"), Column("portal"), Column("printed by"), Column("text"))

COUNTS = (
    Column("facet", whole=True), Column("value"), Column("articles", True, right=True), Column("name"),
)  # fmt: skip


@verb
@filtered()
def search(
    ctx: typer.Context,
    filters: Filters,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="WORDS…",
            help="Words, '\"a phrase\"' (in quotes of its own), a number; after -- also -word to leave out."
            " Marks may be left out.",
        ),
    ] = None,
    ranked: Annotated[bool, typer.Option("--ranked", help="Best first; newest first otherwise.")] = False,
    facets: Annotated[
        bool, typer.Option("--facets", help="Count what was found by province, portal, year and so on.")
    ] = False,
    limit: Annotated[int, typer.Option(metavar="N", help="At most N stories; 0: all.")] = SCREENFUL,
    offset: Annotated[int, typer.Option(metavar="N", help="Leave out the first N.")] = 0,
    archive: ArchiveDir = None,
    as_json: Json = False,
) -> int:
    """Search titles and texts; the same story on several portals is shown once."""
    if limit < 0 or offset < 0:
        raise BadInput("--limit and --offset: allowed: 0 or a number above it")
    with opened(ctx, archive, as_json) as found:
        asked = found.archive.search(typed(words or []), **filters, ranked=ranked)
        totals, output = asked.totals(), Output()
        hits = list(asked.hits(limit or None, offset))
        if found.as_json:
            output.json(
                {
                    **dataclasses.asdict(totals),
                    "exact": asked.exact,
                    "hits": [dataclasses.asdict(hit) for hit in hits],
                    **({"facets": _counted(asked)} if facets else {}),
                }
            )  # fmt: skip
        else:
            _facets(output, found, asked) if facets else _show(output, hits)
        _remarks(found, asked, typed(words or []), filters, offset + len(hits))
        return found.status


def _counted(asked: Search) -> dict[str, list[dict[str, Any]]]:
    return {name: [each._asdict() for each in counts] for name, counts in asked.facets().items()}


def typed(words: list[str]) -> str | None:
    """The query as one text, as the reader and Python have it: quotes that the shell takes away make no phrase."""
    return " ".join(words) if words else None


def _facets(output: Output, found: Opened, asked: Search) -> None:
    """Counts of values as the filters take them, and what a place or document is called."""
    from archive.vietnam.provinces import PROVINCES

    base, hidden = found.archive.catalog(), found.archive.hidden()

    def named(facet: str, value: str) -> str:
        if facet == "document":
            told = called(base, hidden, value)
            return " · ".join(filter(None, (told.number, told.title)))
        return PROVINCES[value].name if facet == "province" and value in PROVINCES else ""

    counts = asked.facets(10)
    rows = [
        (facet, each.value, str(each.articles), named(facet, each.value)) for facet in counts for each in counts[facet]
    ]
    output.table(COUNTS, rows)


def _show(output: Output, hits: Iterable[Hit]) -> None:
    if not output.terminal:
        output.table(HITS, map(_row, hits))
        return
    for hit in hits:
        printed = f", printed by {hit.printed_by} portals" if hit.printed_by > 1 else ""
        output.line((hit.title or "(no title)") + (" [gone]" if hit.gone else ""), "bold")
        output.line(f"{hit.id}  {hit.posted_on or 'no day'}{printed}", "cyan")
        if hit.snippet:
            output.styled(highlighted(hit.snippet.text, hit.snippet.spans))
        output.line()


def shortened(text: str, most: int) -> str:
    """A text of at most so many characters; what is left out is marked."""
    return text if len(text) <= most else text[: most - 1] + "…"


def highlighted(text: str, spans: Iterable[tuple[int, int]]) -> Text:
    """A text harmless on a terminal, with the words found in bold."""
    shown, last = Text(), 0
    for begin, end in spans:
        shown.append(clean(text[last:begin]))
        shown.append(clean(text[begin:end]), style="bold yellow")
        last = end
    return shown.append(clean(text[last:]))


def _row(hit: Hit) -> tuple[str, ...]:
    title = (hit.title or "(no title)") + (" [gone]" if hit.gone else "")
    snippet = hit.snippet.text if hit.snippet else ""
    return hit.id, hit.posted_on or "", title, hit.portal, str(hit.printed_by), snippet


def _remarks(found: Opened, asked: Search, query: str | None, filters: Filters, shown: int) -> None:
    """What a person must know of the answer, on stderr."""
    totals = asked.totals()
    if found.archive.catalog_note:
        complain(found.archive.catalog_note)
    if asked.starred:
        complain("an asterisk says nothing here: words are looked for whole, with or without their marks")
    if asked.bare:
        complain("no article has these words with these marks; shown are those that have them with others")
    if not totals.articles:
        said = f"nothing found for {shortened(query, 100)!r}" if query else "nothing found"
        none_found(found, said, told(filters))
    elif shown < totals.stories:
        complain(f"{totals.stories} stories in {totals.articles} articles; --limit and --offset show more of them")
    remark(filters if totals.articles else {}, totals.withheld, erased_of(found, query, filters))


@verb
def reindex(ctx: typer.Context, archive: ArchiveDir = None, as_json: Json = False) -> int:
    """Make the catalog anew from the ledgers."""
    with opened(ctx, archive, as_json) as found:
        made = make_anew(found.archive, found.archive.path / "catalog.sqlite")
        unread = len({each.portal for each in made.problems})
        answer: dict[str, Any] = {
            "articles": made.articles, "portals": len(found.archive.folders()), "not_whole": unread
        }  # fmt: skip
        if found.as_json:
            Output().json(answer)
        else:
            Output().line(
                f"{made.articles} articles of {answer['portals']} portals"
                + (f", {unread} of them not whole" if unread else "")
            )
        return found.status


VERBS = {"search": search, "reindex": reindex}
