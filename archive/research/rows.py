"""One row per article for tables and programs: metadata, what it cites, a snippet, and where the proof lies."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, NamedTuple

from archive.research.query import Query, snippet


class Found(NamedTuple):
    """Where an article found is kept, since when its page is gone, and on how many portals its story stands."""

    row: int
    portal: str
    serial: int
    gone: str | None
    printed_by: int


@dataclass(frozen=True, slots=True)
class Row:
    """An article's newest reading; every row names the WARC record it was read from."""

    id: str
    revision: Annotated[str, "sha256 of the content"]
    portal: str
    province: Annotated[str | None, "slug; .2025 for the re-formed provinces"]
    publisher: str | None
    section: str | None
    kind: str
    url: str
    canonical_url: str
    language: str | None
    title: str | None
    snippet: Annotated[str | None, "the beginning of lead and body, at most about 240 characters"]
    posted_on: Annotated[str | None, "ISO day in +07:00, as the page says"]
    posted_at: Annotated[str | None, "ISO date-time with +07:00; null where the page prints no clock"]
    posted_precision: str
    posted_text: Annotated[str | None, "verbatim"]
    year: Annotated[int | None, "of posting"]
    authors: tuple[str, ...]
    source: str | None
    cited_documents: Annotated[tuple[str, ...], "cid, else number, else title, in text order, each once"]
    attachments: tuple[str, ...]
    flags: Annotated[tuple[str, ...], "what was doubtful"]
    story: Annotated[str, "the same for a text printed elsewhere"]
    printed_by: Annotated[int, "portals in the archive that print the story, this one included"]
    gone_since: Annotated[str | None, "UTC; null while the page stands"]
    fetched_at: str
    captured_at: Annotated[str | None, "WARC-Date"]
    warc_record_id: str | None
    warc_file: str | None
    warc_offset: int | None
    warc_length: int | None
    payload_digest: str | None
    lead: Annotated[str | None, "only with full text"] = None
    body: Annotated[str | None, "only with full text"] = None


COLUMNS = tuple(each.name for each in dataclasses.fields(Row))
TEXT = ("lead", "body")


def columns(*, full_text: bool) -> tuple[str, ...]:
    """The columns of an export; lead and body only with full text."""
    return COLUMNS if full_text else tuple(name for name in COLUMNS if name not in TEXT)


def row(item: dict[str, Any], found: Found, *, full_text: bool) -> dict[str, Any]:
    """The row of an item, as plain values in the order of the columns."""
    place = item["snapshot"] or {}
    text = "\n".join(filter(None, (item["lead"], item["body"])))
    cited = (each["cid"] or each["norm"] or each["title"] or each["text"] for each in item["cited_documents"])
    made = Row(
        **{name: item[name] for name in _AS_IT_IS},
        snippet=snippet(text[:1000], Query(()), exact=False).text if text else None,
        year=int(item["posted_on"][:4]) if item["posted_on"] else None,
        authors=tuple(each["name"] for each in item["authors"]),
        cited_documents=tuple(dict.fromkeys(cited)),
        attachments=tuple(each["url"] for each in item["attachments"]),
        flags=tuple(item["flags"]),
        story=item["text_key"] or item["id"],
        printed_by=found.printed_by,
        gone_since=found.gone,
        captured_at=place.get("date"),
        warc_record_id=place.get("record_id"),
        warc_file=place.get("warc"),
        warc_offset=place.get("offset"),
        warc_length=place.get("length"),
        payload_digest=place.get("payload_digest"),
        lead=item["lead"] if full_text else None,
        body=item["body"] if full_text else None,
    )
    return {name: getattr(made, name) for name in columns(full_text=full_text)}


_AS_IT_IS = (
    "id", "revision", "portal", "province", "publisher", "section", "kind", "url", "canonical_url", "language", "title",
    "posted_on", "posted_at", "posted_precision", "posted_text", "source", "fetched_at",
)  # fmt: skip

CITATION = (
    "article", "posted_on", "portal", "province", "place", "cid", "norm", "type", "number", "year", "level", "issuer",
    "issuer_text", "date", "date_basis", "title", "relation", "relation_text", "text", "field", "start", "end",
)  # fmt: skip


def citations(item: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The rows of an item's mentions of documents, with the words they were read from."""
    for place, cited in enumerate(item["cited_documents"]):
        of = {
            "article": item["id"],
            "place": place,
            **{name: item[name] for name in ("posted_on", "portal", "province")},
        }
        yield {name: of[name] if name in of else cited[name] for name in CITATION}
