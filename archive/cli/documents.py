"""One official document, told to a person: what it is called, who cites it and how, where the archive holds it."""

from __future__ import annotations

from collections import Counter

from archive.cli.output import Column, Output
from archive.research.documents import DocumentRecord

CITED = (
    Column("posted", whole=True), Column("article", whole=True), Column("relation"), Column("words"), Column("title"),
)  # fmt: skip
HELD = (Column("by", whole=True), Column("article", whole=True), Column("address"))
EDGES = (
    Column("document"),
    Column("relation", whole=True),
    Column("other"),
    Column("article", whole=True),
    Column("words"),
)


def tell(output: Output, record: DocumentRecord) -> None:
    """Everything known of the document."""
    output.line(record.name, "bold")
    first = record.first
    rows = [
        ("cid", record.cid or "", "" if record.cid else _unbound(record)),
        ("type", record.type or "", ""),
        ("title", _counted(record.titles), ""),
        ("date", _counted(record.dates), ""),
        ("issuer", _counted(record.issuers), ""),
        ("cited by", f"{_many(record.articles, 'article')}, {_many(len(record.mentions), 'mention')}", ""),
        ("relations", _counted(record.relations), ""),
        ("spellings", _counted(record.spellings), ""),
        ("provinces", _counted(record.provinces), ""),
        ("first cited", f"{first.posted_on} {first.article} {first.article_title or ''}" if first else "", ""),
        ("months", ", ".join(f"{month}: {count}" for month, count in record.timeline.items()), ""),
    ]
    output.fields([row for row in rows if row[1] or row[2]])
    for title, columns, cells in (
        ("Held by the archive", HELD, [(each.by, each.article, each.url) for each in record.held]),
        ("Ties", EDGES, [(each.document, each.relation, each.other, each.article, each.text) for each in record.edges]),
        (
            "Mentions",
            CITED,
            [
                (each.posted_on or "", each.article, each.relation or "", each.text, each.article_title or "")
                for each in record.mentions
            ],
        ),
    ):
        if cells:
            output.line()
            output.line(f"{title} ({len(cells)})", "bold")
            output.table(columns, cells)
    output.line()


def _unbound(record: DocumentRecord) -> str:
    """Why a document has no cid, as far as its mentions tell."""
    if record.level and record.dates:
        return "its issuer may be one of several"
    return "its year, level or issuer is not known"


def _counted(counter: Counter[str]) -> str:
    return "; ".join(value + (f" ×{count}" if count > 1 else "") for value, count in counter.most_common())


def _many(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"
