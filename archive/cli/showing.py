"""The verbs about one article: show, history, snapshot."""

from __future__ import annotations

import dataclasses
from typing import Annotated, Any

import typer

from archive.cli.output import Column, Output
from archive.cli.session import ArchiveDir, Json, opened, verb
from archive.schema import Article
from archive.views import ArticleView, Revision, StoredSnapshot

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
    Column("document"), Column("type", whole=True), Column("date", whole=True), Column("issuer"), Column("relation"),
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

SEEN = ("posted", "first seen", "last seen", "checked", "gone since")


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
        "article": view.article.to_dict(),
        **dataclasses.asdict(view.seen),
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
    output.fields(_stated(view))
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


def _stated(view: ArticleView) -> list[tuple[str, str, str]]:
    return [row for row in _fields(view) if row[1] or row[2]]


def _fields(view: ArticleView) -> list[tuple[str, str, str]]:
    """Name, value and evidence (verbatim text, rule) of every field; empty where the page does not say."""
    article, portal = view.article, view.portal
    readings = view.revisions
    number = next((each.number for each in readings if each.article.revision == article.revision), len(readings))
    return [
        ("title", article.title or "", _evidence(None, article.title_basis)),
        ("lead", article.lead or "", _evidence(None, article.lead_basis)),
        ("posted", _moment(article.posted_at, article.posted_on), _evidence(article.posted_text, article.posted_basis)),
        ("updated", _moment(article.updated_at, article.updated_on), _evidence(article.updated_text, None)),
        ("authors", _people(article), _evidence(article.byline_text, article.authors_basis)),
        ("source", article.source or "", _evidence(article.source_text, None)),
        ("section", article.section or "", ""),
        ("kind", article.kind, ""),
        ("portal", f"{portal.slug} ({portal.name})" if portal.name else portal.slug, ""),
        ("publisher", article.publisher or "", ""),
        ("province", _province(article), ""),
        ("language", article.language or "", ""),
        ("address", article.url, ""),
        ("canonical", article.canonical_url if article.canonical_url != article.url else "", ""),
        ("first seen", view.first_seen or "", ""),
        ("last seen", view.last_seen or "", ""),
        ("checked", view.checked_at or "", ""),
        ("gone since", view.gone or "", ""),
        ("revision", f"{number} of {len(readings)}", _evidence(None, article.cause)),
        ("doubts", ", ".join(article.flags), ""),
        ("fetched", article.fetched_at, ""),
        ("snapshot", _place(article), ""),
        ("record", article.snapshot.record_id if article.snapshot else "", ""),
        ("digest", (article.snapshot.payload_digest or "") if article.snapshot else "", ""),
        ("read by", _rules(article), article.extraction.form or ""),
    ]


def _evidence(words: str | None, rule: str | None) -> str:
    return " · ".join(filter(None, (f"“{words}”" if words else "", rule)))


def _moment(at: str | None, on: str | None) -> str:
    return at.replace("T", " ").replace("+07:00", " +07:00") if at else on or ""


def _people(article: Article) -> str:
    return ", ".join(each.name + (f" ({each.role})" if each.role != "writer" else "") for each in article.authors)


def _province(article: Article) -> str:
    """The province's name on the posting day, and where it went if it is no more."""
    if not article.province:
        return ""
    from datetime import date

    from archive.vietnam import provinces

    try:
        day = date.fromisoformat(article.posted_on) if article.posted_on else provinces.today()
        record = provinces.province(article.province, day)
    except (provinces.UnknownProvince, ValueError):
        return article.province
    successor = provinces.successor_of(record.slug)
    went = f"; since 2025-07-01 part of {successor.name}" if successor and successor.place != record.place else ""
    return f"{record.name_on(day)} ({article.province}){went}"


def _place(article: Article) -> str:
    ref = article.snapshot
    return f"{ref.warc}, offset {ref.offset}, {ref.length} bytes, {ref.date}" if ref else ""


def _rules(article: Article) -> str:
    rules = article.extraction
    return f"rules {rules.version}, family {rules.family}, layout {rules.layout}"


def _heading(output: Output, text: str) -> None:
    output.line()
    output.line(text, "bold")


def _document(output: Output, article: Article) -> None:
    document = article.document
    if document is None:
        return
    _heading(output, "The document it publishes")
    rows = [
        ("number", document.number or "", _evidence(document.number_text, None)),
        ("type", document.type or "", _evidence(document.type_text, None)),
        ("date", document.date or "", _evidence(document.date_text, None)),
        ("effective", document.effective_date or "", _evidence(document.effective_text, None)),
        ("issuer", document.issuer or "", _evidence(document.issuer_text, None)),
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
    rows = [
        (
            cited.norm or cited.title or "", cited.type or cited.type_text or "", cited.date or "",
            cited.issuer_text or cited.issuer or "", cited.relation or "",
            f"“{cited.text}” {cited.field} {cited.start}-{cited.end}", cited.cid or "",
        )
        for cited in article.cited_documents
    ]  # fmt: skip
    output.table(CITED, rows)


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
        if found.as_json:
            output.json(
                {
                    "id": view.article.id,
                    **dataclasses.asdict(view.seen),
                    "revisions": [_reading(each) for each in readings],
                    "events": [dataclasses.asdict(each) for each in events],
                    "snapshots": [_captured(each) for each in found.archive.snapshots(view.article.id)],
                }
            )
            return found.status
        output.line(view.article.id, "cyan")
        output.fields([row for row in _stated(view) if row[0] in SEEN])
        _heading(output, f"Revisions ({len(readings)})")
        output.table(
            READINGS,
            [
                (
                    str(each.number),
                    each.recorded_at,
                    each.article.cause or "",
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
        captures = found.archive.snapshots(view.article.id)
        _heading(output, f"Snapshots ({len(captures)})")
        output.table(CAPTURES, [_capture(each) for each in captures])
        return found.status


def _capture(each: StoredSnapshot) -> tuple[str, ...]:
    status = str(each.status or each.error or "")
    return each.date, status, each.kind, each.warc, str(each.offset), str(each.length), each.record_id


VERBS = {"show": show, "history": history}
