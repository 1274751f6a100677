"""The verbs about one article: show, history, snapshot."""

from __future__ import annotations

import dataclasses
from typing import Annotated, Any

import typer

from archive.cli.fields import evidence, stated
from archive.cli.output import Column, Output
from archive.cli.session import ArchiveDir, Json, Opened, complain, opened, verb
from archive.exits import Exit
from archive.schema import Article, Citation
from archive.views import ArticleView, Revision, StoredSnapshot
from archive.withheld import Withheld

Id = Annotated[
    str,
    typer.Argument(
        metavar="ID", help="An id, an unambiguous beginning of it, its hexadecimal part alone, or an address."
    ),
]
Which = Annotated[
    str | None, typer.Option("--revision", metavar="N", help="A revision: its number from 1, or its digest.")
]

CITED = (
    Column("document"), Column("type"), Column("date"), Column("issuer"), Column("relation"),
    Column("words"), Column("cid"),
)  # fmt: skip
FILES = (Column("address"), Column("title"), Column("type"), Column("snapshot"))
READINGS = (
    Column("no", whole=True),
    Column("recorded", whole=True),
    Column("cause"),
    Column("title"),
    Column("revision"),
)
CAPTURES = (
    Column("date", whole=True), Column("status", whole=True), Column("kind", whole=True), Column("warc"),
    Column("offset", True, right=True), Column("length", True, right=True), Column("record"),
)  # fmt: skip

CAUSES = {"new": "first reading", "page": "page edited", "rules": "read by other rules"}
SEEN = ("posted", "captured", "first seen", "last seen", "checked", "gone since")


@verb
def show(ctx: typer.Context, id: Id, revision: Which = None, archive: ArchiveDir = None, as_json: Json = False) -> int:
    """Show an article: every field with the words and the rule it was read from."""
    with opened(ctx, archive, as_json) as found:
        view = found.archive.article(id, revision)
        if found.as_json:
            Output().json(_whole(view))
        else:
            _print(Output(), view)
        return found.status


def _whole(view: ArticleView) -> dict[str, Any]:
    return {
        "article": view.item,
        **dataclasses.asdict(view.seen),
        "captured": _captured_first(view),
        "portal": _portal(view),
        "snapshot": _captured(view.snapshot),
        "attachments": [
            {**dataclasses.asdict(held.attachment), "state": held.state, "snapshot": _captured(held.snapshot)}
            for held in view.attachments
        ],
        "revisions": [_reading(each) for each in view.revisions],
        "events": [dataclasses.asdict(each) for each in view.events],
    }


def _portal(view: ArticleView) -> dict[str, Any]:
    portal = view.portal
    return {"slug": portal.slug, "name": portal.name, "province": portal.province, "publisher": portal.publisher}


def _captured_first(view: ArticleView) -> dict[str, Any]:
    captured = view.captured
    return {**dataclasses.asdict(captured), "lag_days": captured.lag(view.article.posted_on)}


def _captured(snapshot: StoredSnapshot | None) -> dict[str, Any] | None:
    return dataclasses.asdict(snapshot) if snapshot else None


def _reading(revision: Revision) -> dict[str, Any]:
    return {
        "number": revision.number,
        "revision": revision.article.revision,
        "cause": revision.article.cause,
        "recorded_at": revision.recorded_at,
        "title": revision.article.title,
    }


def _print(output: Output, view: ArticleView) -> None:
    article = view.article
    output.line(article.title or "(no title)", "bold")
    output.line(article.id, "cyan")
    output.line()
    output.fields(stated(view))
    _document(output, article)
    _cited(output, article)
    _attachments(output, view)
    if article.images:
        _heading(output, f"Images ({len(article.images)})")
        output.table(
            (Column("address"), Column("caption")), [(each.url, each.caption or "") for each in article.images]
        )
    if article.body:
        _heading(output, "Body" + (f" [{article.body_basis}]" if article.body_basis else ""))
        output.text(article.body)


def _heading(output: Output, text: str) -> None:
    output.line()
    output.line(text, "bold")


def _document(output: Output, article: Article) -> None:
    document = article.document
    if document is None:
        return
    _heading(output, "The document it publishes")
    rows = [
        ("number", document.number or "", evidence(document.number_text, None)),
        ("type", document.type or "", evidence(document.type_text, None)),
        ("date", document.date or "", evidence(document.date_text, None)),
        ("effective", document.effective_date or "", evidence(document.effective_text, None)),
        ("issuer", document.issuer or "", evidence(document.issuer_text, None)),
        ("signer", document.signer or "", ""),
        ("title", document.title or "", ""),
        ("cid", document.cid or "", ""),
        *(("file", each.url, each.title or "") for each in document.files),
    ]
    output.fields([row for row in rows if row[1] or row[2]])


def _cited(output: Output, article: Article) -> None:
    if not article.cited_documents:
        return
    _heading(output, f"Cited documents ({len(article.cited_documents)})")
    output.table(CITED, [_citation(cited) for cited in article.cited_documents])


def _citation(cited: Citation) -> tuple[str, ...]:
    implied = " (year implied)" if cited.date_basis == "year_implied" else ""
    doubts = f" ({', '.join(cited.flags)})" if cited.flags else ""
    return (
        cited.norm or cited.title or "",
        cited.type_text or cited.type or "",
        f"{cited.date}{implied}" if cited.date else "",
        cited.issuer_text or cited.issuer or "",
        " ".join(filter(None, (cited.relation, evidence(cited.relation_text, None)))),
        f"“{cited.text}” {cited.field} {cited.start}-{cited.end}{doubts}",
        cited.cid or "",
    )


def _attachments(output: Output, view: ArticleView) -> None:
    files = view.attachments
    if not files:
        return
    _heading(output, f"Attachments ({len(files)})")
    rows = []
    for held in files:
        kept = held.snapshot
        where = f"{kept.warc}, offset {kept.offset}, {kept.record_id}" if kept else held.state or "never asked for"
        rows.append((held.attachment.url, held.attachment.title or "", held.attachment.media_type or "", where))
    output.table(FILES, rows)


@verb
def history(ctx: typer.Context, id: Id, archive: ArchiveDir = None, as_json: Json = False) -> int:
    """Show every reading of an article and what happened to its page."""
    with opened(ctx, archive, as_json) as found:
        view, output = found.archive.article(id), Output()
        readings, events = view.revisions, view.events
        captures, status = _captures(found, view)
        if found.as_json:
            output.json(
                {
                    "id": view.article.id,
                    **dataclasses.asdict(view.seen),
                    "captured": _captured_first(view),
                    "revisions": [_reading(each) for each in readings],
                    "events": [dataclasses.asdict(each) for each in events],
                    "snapshots": [_captured(each) for each in captures],
                }
            )
            return status
        output.line(view.article.id, "cyan")
        output.fields([row for row in stated(view) if row[0] in SEEN])
        _heading(output, f"Revisions ({len(readings)})")
        output.table(
            READINGS,
            [
                (
                    str(each.number),
                    each.recorded_at,
                    CAUSES.get(each.article.cause or "", ""),
                    each.article.title or "",
                    each.article.revision,
                )
                for each in readings
            ],
        )
        if events:
            _heading(output, f"Events ({len(events)})")
            output.table(
                (Column("at", whole=True), Column("event", whole=True), Column("detail"), Column("run")),
                [(each.at, each.event, each.detail or "", each.run) for each in events],
            )
        _heading(output, f"Snapshots ({len(captures)})")
        output.table(CAPTURES, [_capture(each) for each in captures])
        return status


def _captures(found: Opened, view: ArticleView) -> tuple[list[StoredSnapshot], Exit]:
    """The snapshots of an article; none where an older reading than those shown is withheld, and its pages with it."""
    try:
        return found.archive.snapshots(view.article.id), found.status
    except Withheld as error:
        return [], complain(f"its snapshots: {error}", found.status or Exit.FAILURES)


def _capture(each: StoredSnapshot) -> tuple[str, ...]:
    status = str(each.status or each.error or "")
    return each.date, status, each.kind, each.warc, str(each.offset), str(each.length), each.record_id


VERBS = {"show": show, "history": history}
