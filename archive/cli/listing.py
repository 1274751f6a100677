"""The verbs that choose articles and documents: list, documents, cites."""

from __future__ import annotations

import dataclasses
import itertools
from typing import Annotated

import typer

from archive.cli.documents import tell
from archive.cli.filtering import filtered, none_found, remark, told
from archive.cli.output import Column, Output
from archive.cli.session import ArchiveDir, BadInput, Json, Opened, complain, opened, verb
from archive.filters import Filters
from archive.views import ArticleView

# On a terminal more than this only scrolls away; pipes and programs get everything.
SCREENFUL = 50

Limit = Annotated[
    int | None, typer.Option(metavar="N", help=f"At most N; 0: all. Default: {SCREENFUL} on a terminal, else all.")
]

ARTICLES = (Column("id", whole=True), Column("posted", whole=True), Column("title"), Column("portal"))
CITING = (*ARTICLES[:2], Column("province"), Column("relation"), Column("words"), ARTICLES[2])
DOCUMENTS = (
    Column("number"), Column("type", whole=True), Column("date", whole=True), Column("articles", True, right=True),
    Column("mentions", True, right=True), Column("first", True), Column("last", True), Column("cid"), Column("title"),
)  # fmt: skip


@verb
@filtered()
def list_(
    ctx: typer.Context,
    filters: Filters,
    limit: Limit = None,
    archive: ArchiveDir = None,
    as_json: Json = False,
) -> int:
    """List articles, newest first; --json gives them as the lines of articles.jsonl."""
    with opened(ctx, archive, as_json) as found:
        output = Output()
        most = most_shown(limit, output, found.as_json)
        views = found.archive.articles(**filters, limit=most and most + 1)
        first = next(views, None)
        if first is None:
            none_found(found, "no article fits", told(filters))
            remark({}, len(found.archive.withheld), len(found.archive.erased(**filters)))
            return found.status
        shown = itertools.islice(itertools.chain([first], views), most)
        if found.as_json:
            for view in shown:
                output.json_line(view.item)
        else:
            output.table(ARTICLES, map(_row, shown))
        more(output, limit, next(views, None) is not None)
        remark(filters, len(found.archive.withheld), len(found.archive.erased(**filters)))
        return found.status


@verb
@filtered()
def cites(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(metavar="NUMBER", help="A document's number or cid: 2623/UBND-NCXDPL.")],
    filters: Filters,
    limit: Limit = None,
    archive: ArchiveDir = None,
    as_json: Json = False,
) -> int:
    """List the articles that cite a document, with what they say of it and the words they do it in."""
    with opened(ctx, archive, as_json) as found:
        output = Output()
        most = most_shown(limit, output, found.as_json)
        citing = found.archive.citing(number, **filters)
        rows = list(itertools.islice(citing, most))
        if found.as_json:
            for view, mentions in rows:
                said = {name: view.item[name] for name in ("id", "posted_on", "title", "portal", "province")}
                output.json_line({**said, "mentions": [dataclasses.asdict(each) for each in mentions]})
        else:
            output.table(
                CITING,
                (
                    (*_row(view)[:2], view.item["province"] or "", each.relation or "", each.text, _row(view)[2])
                    for view, mentions in rows
                    for each in mentions
                ),
            )
        if not rows:
            none_found(found, f"no article cites {number!r}", {"document": number, **told(filters)})
        more(output, limit, next(citing, None) is not None)
        remark(filters if rows else {}, _withheld(found, number, filters))
        return found.status


@verb
def reprints(
    ctx: typer.Context,
    id: Annotated[str, typer.Argument(metavar="ID", help="An article's id, the beginning of one, or an address.")],
    archive: ArchiveDir = None,
    as_json: Json = False,
) -> int:
    """List everywhere the text of an article was printed, oldest first, the article itself included."""
    with opened(ctx, archive, as_json) as found:
        hits, output = found.archive.reprints(id), Output()
        story = found.archive.story(id)
        withheld = story.totals().withheld if story else 0
        for hit in hits if found.as_json else ():
            output.json_line({**dataclasses.asdict(hit), "snippet": hit.snippet and hit.snippet.text})
        if not found.as_json:
            output.table(
                ARTICLES, [(hit.id, hit.posted_on or "", hit.title or "(no title)", hit.portal) for hit in hits]
            )
        complain(_printed(len(hits), len({hit.portal for hit in hits}), withheld))
        return found.status


def _printed(times: int, portals: int, withheld: int) -> str:
    if withheld:
        return f"{times} {'print' if times == 1 else 'prints'} shown; {withheld} withheld"
    if times < 2:
        return "printed here alone" if times else "the article has too little text to be known again elsewhere"
    return f"printed {times} times by {portals} portal{'s' if portals > 1 else ''}"


@verb
@filtered()
def documents(
    ctx: typer.Context,
    filters: Filters,
    number: Annotated[
        str | None,
        typer.Argument(metavar="NUMBER", help="Only this one, with all that is known of it: number, cid or title."),
    ] = None,
    limit: Limit = None,
    archive: ArchiveDir = None,
    as_json: Json = False,
) -> int:
    """List the documents that articles cite, most cited first; or tell all that articles say of one."""
    with opened(ctx, archive, as_json) as found:
        output = Output()
        if number is not None:
            return _one_document(found, output, number, filters)
        most = most_shown(limit, output, found.as_json)
        views = found.archive.documents(**filters)
        if found.as_json:
            for view in views[:most]:
                output.json_line(dataclasses.asdict(view))
        else:
            output.table(
                DOCUMENTS,
                (
                    (
                        view.norm or "", view.type or "", view.date or "", str(view.articles), str(view.mentions),
                        view.first_posted or "", view.last_posted or "", view.cid or "", view.title or "",
                    )
                    for view in views[:most]
                ),
            )  # fmt: skip
        if not views:
            none_found(found, "no document is cited", told(filters))
        more(output, limit, most is not None and len(views) > most)
        remark(filters if views else {}, found.archive.search(None, **filters).totals().withheld)
        return found.status


def _one_document(found: Opened, output: Output, number: str, filters: Filters) -> int:
    records = found.archive.document(number, **filters)
    for record in records:
        if found.as_json:
            output.json_line(record.to_dict())
        else:
            tell(output, record)
    if not records:
        none_found(found, f"no article cites {number!r}", {"document": number, **told(filters)})
    remark(filters if records else {}, _withheld(found, number, filters))
    return found.status


def _withheld(found: Opened, number: str, filters: Filters) -> int:
    """How many articles that cite a document, and fit, are withheld."""
    citing, fitting = found.archive.search(None, document=number), found.archive.search(None, **filters)
    return len(citing.withheld & fitting.withheld)


def most_shown(limit: int | None, output: Output, as_json: bool) -> int | None:
    if limit is not None and limit < 0:
        raise BadInput(f"--limit {limit}: allowed: 0 (all) or a number above it")
    if limit is None:
        return SCREENFUL if output.terminal and not as_json else None
    return limit or None


def _row(view: ArticleView) -> tuple[str, str, str, str]:
    item = view.item
    gone = " [gone]" if view.gone else ""
    return view.id, item["posted_on"] or "", (item["title"] or "(no title)") + gone, item["portal"]


def more(output: Output, limit: int | None, more: bool) -> None:
    if more and limit is None:
        complain(f"the first {SCREENFUL} are shown; --limit 0 shows all")


VERBS = {"list": list_, "documents": documents, "cites": cites, "reprints": reprints}
