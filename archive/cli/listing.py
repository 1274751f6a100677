"""The verbs that choose articles and documents: list, documents, cites."""

from __future__ import annotations

import dataclasses
import itertools
from typing import Annotated, Any

import typer

from archive.cli.documents import tell
from archive.cli.fields import whereabouts
from archive.cli.output import Column, Output
from archive.cli.session import ArchiveDir, BadInput, Json, Opened, complain, opened, verb
from archive.filters import KNOWN
from archive.views import ArticleView

# On a terminal more than this only scrolls away; pipes and programs get everything.
SCREENFUL = 50

Portal = Annotated[str | None, typer.Option(metavar="SLUG[,…]", help="Of these portals.")]
Province = Annotated[str | None, typer.Option(metavar="NAME", help="Of a province: name or slug.")]
WithPredecessors = Annotated[
    bool, typer.Option("--with-predecessors", help="With the provinces it was formed from: Quảng Ngãi with Kon Tum.")
]
Publisher = Annotated[
    str | None,
    typer.Option(
        metavar="KIND", help="Of such portals: government, party, newspaper, department, district, commune, other."
    ),
]
Section = Annotated[str | None, typer.Option(metavar="TITLE", help="Of a section; marks and case do not count.")]
Since = Annotated[str | None, typer.Option(metavar="DAY", help="Posted on this ISO day or later.")]
Until = Annotated[str | None, typer.Option(metavar="DAY", help="Posted on this ISO day or earlier.")]
Author = Annotated[str | None, typer.Option(metavar="NAME", help="By an author; marks and case do not count.")]
CitedDocument = Annotated[
    str | None, typer.Option("--document", metavar="NUMBER", help="Citing a document: number or cid.")
]
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
def list_(
    ctx: typer.Context,
    portal: Portal = None,
    province: Province = None,
    with_predecessors: WithPredecessors = False,
    publisher: Publisher = None,
    section: Section = None,
    since: Since = None,
    until: Until = None,
    author: Author = None,
    document: CitedDocument = None,
    limit: Limit = None,
    archive: ArchiveDir = None,
    as_json: Json = False,
) -> int:
    """List articles, newest first; --json gives them as the lines of articles.jsonl."""
    with opened(ctx, archive, as_json) as found:
        output = Output()
        most = most_shown(limit, output, found.as_json)
        views = found.archive.articles(
            portal=slugs(portal),
            province=province,
            publisher=publisher,
            section=section,
            since=since,
            until=until,
            author=author,
            document=document,
            limit=most and most + 1,
            with_predecessors=with_predecessors,
        )
        first = next(views, None)
        if first is None:
            filters = {"portal": portal, "publisher": publisher, "since": since, "until": until, "section": section}
            none_found(found, "no article fits", **filters, author=author, document=document, province=province)
            if found.archive.withheld:
                complain(f"{len(found.archive.withheld)} withheld")
            return found.status
        shown = itertools.islice(itertools.chain([first], views), most)
        if found.as_json:
            for view in shown:
                output.json_line(view.item)
        else:
            output.table(ARTICLES, map(_row, shown))
        more(output, limit, next(views, None) is not None)
        if where := whereabouts(province):
            complain(where)
        if found.archive.withheld:
            complain(f"{len(found.archive.withheld)} withheld")
        return found.status


@verb
def cites(
    ctx: typer.Context,
    document: Annotated[str, typer.Argument(metavar="NUMBER", help="A document's number or cid: 2623/UBND-NCXDPL.")],
    portal: Portal = None,
    province: Province = None,
    with_predecessors: WithPredecessors = False,
    publisher: Publisher = None,
    since: Since = None,
    until: Until = None,
    limit: Limit = None,
    archive: ArchiveDir = None,
    as_json: Json = False,
) -> int:
    """List the articles that cite a document, with what they say of it and the words they do it in."""
    with opened(ctx, archive, as_json) as found:
        output = Output()
        most = most_shown(limit, output, found.as_json)
        filters: dict[str, Any] = {
            "portal": slugs(portal), "province": province, "publisher": publisher, "since": since, "until": until,
            "with_predecessors": with_predecessors,
        }  # fmt: skip
        citing = found.archive.citing(document, **filters)
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
            none_found(found, f"no article cites {document!r}", document=document, province=province)
        more(output, limit, next(citing, None) is not None)
        if where := whereabouts(province):
            complain(where)
        if hidden := found.archive.search(None, document=document, **filters).totals().withheld:
            complain(f"{hidden} withheld")
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
def documents(
    ctx: typer.Context,
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
            return _one_document(found, output, number)
        most = most_shown(limit, output, found.as_json)
        views = found.archive.documents()
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
            none_found(found, "no document is cited")
        more(output, limit, most is not None and len(views) > most)
        if hidden := len(found.archive.hidden()):
            complain(f"{hidden} withheld")
        return found.status


def _one_document(found: Opened, output: Output, number: str) -> int:
    records = found.archive.document(number)
    for record in records:
        if found.as_json:
            output.json_line(record.to_dict())
        else:
            tell(output, record)
    if not records:
        none_found(found, f"no article cites {number!r}", document=number)
    if hidden := found.archive.search(None, document=number).totals().withheld:
        complain(f"{hidden} withheld")
    return found.status


def slugs(portal: str | None) -> list[str] | None:
    """The slugs of a list with commas; None: of every portal."""
    return [slug.strip() for slug in portal.split(",") if slug.strip()] if portal is not None else None


def most_shown(limit: int | None, output: Output, as_json: bool) -> int | None:
    if limit is not None and limit < 0:
        raise BadInput(f"--limit {limit}: allowed: 0 (all) or a number above it")
    if limit is None:
        return SCREENFUL if output.terminal and not as_json else None
    return limit or None


def _row(view: ArticleView) -> tuple[str, str, str, str]:
    item = view.item
    gone = " [gone]" if view.gone else ""
    untitled = "(erased)" if "erased" in item["flags"] else "(no title)"
    return view.id, item["posted_on"] or "", (item["title"] or untitled) + gone, item["portal"]


def none_found(found: Opened, said: str, **filters: str | None) -> None:
    """Say on stderr why nothing is shown, so that a pipe stays clean, and what the filters may have meant."""
    archive = found.archive
    if next(archive.articles(limit=1), None) is None:
        complain(f"{archive.path}: no articles in this archive")
        return
    given = {name: value for name, value in filters.items() if value}
    near = [archive.nearest(name, value) for name, value in given.items() if name in KNOWN]
    meant = [f"; nearest: {each}" for each in near if each and each not in given.values()]
    went = [f"; {where}" for where in [whereabouts(given.get("province"))] if where]
    asked = ", ".join(f"{name} {value}" for name, value in given.items() if repr(value) not in said)
    complain(f"{archive.path}: {said}{asked and f' ({asked})'}{''.join(meant + went)}")


def more(output: Output, limit: int | None, more: bool) -> None:
    if more and limit is None:
        complain(f"the first {SCREENFUL} are shown; --limit 0 shows all")


VERBS = {"list": list_, "documents": documents, "cites": cites, "reprints": reprints}
