"""The contract: what an article, a cited document, a snapshot and an exchange are, and their JSON Schema.

Times are aware: those of the crawl in UTC, those a page prints in +07:00. Text is NFC; `start` and `end` count code
points. What a page does not say is None.
"""

from __future__ import annotations

import dataclasses
import functools
import types
import typing
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Annotated, Any, BinaryIO, Literal

VERSION = "1"
VIETNAM = timezone(timedelta(hours=7), "+07")

Kind = Literal["text", "document", "attachment", "photo", "video", "audio"]
Publisher = Literal["government", "party", "newspaper", "department", "district", "commune", "other"]
Precision = Literal["second", "minute", "day", "none"]
Cause = Literal["new", "page", "rules"]
Relation = Literal["announces", "implements", "based_on", "amends", "replaces", "repeals", "guides", "mentions"]


# What the strings of an item look like, for its JSON Schema.
DAY = r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$"
MOMENT = r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+07:00$"
UTC_MOMENT = r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$"
DIGEST = r"^sha256:[0-9a-f]{64}$"


def stamp(moment: datetime) -> str:
    """A moment of the crawl as the archive writes it: ISO 8601, UTC, whole seconds, Z."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(frozen=True, slots=True)
class Posted:
    """A time as a page prints it, read; `value` is an aware datetime in +07:00, or a date where no clock is printed."""

    value: datetime | date
    precision: Precision
    basis: Annotated[str, "the rule that read it"]

    @property
    def day(self) -> date:
        """The day in Vietnam."""
        return self.value.date() if isinstance(self.value, datetime) else self.value


@dataclass(frozen=True, slots=True)
class Author:
    """Somebody a page names as having made the article."""

    name: str
    kind: Literal["person", "organisation", "pen_name", "initials"] = "person"
    role: Literal["writer", "photographer", "compiler", "editor"] = "writer"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that the page offers; the reader joins it to its snapshot by address."""

    url: str
    title: str | None = None
    media_type: Annotated[str | None, "from the page or the file name's ending, never fetched for it"] = None


@dataclass(frozen=True, slots=True)
class Image:
    """A picture of the article's body."""

    url: str
    caption: str | None = None


@dataclass(frozen=True, slots=True)
class Tie:
    """What one sentence says of two cited documents: this one stands in `relation` to the one at index `to`."""

    relation: Relation
    to: Annotated[int, "index in cited_documents"]
    text: Annotated[str, "the words that say so, verbatim"]


@dataclass(frozen=True, slots=True)
class Citation:
    """One mention of an official document (văn bản được viện dẫn), with the words it was read from."""

    kind: Literal["numbered", "short", "named", "unnumbered"]
    text: Annotated[str, "verbatim, from the type word to the end of the symbol"]
    start: Annotated[int, "code points in the NFC text that `field` names"]
    end: int
    type: Annotated[str | None, "code of doc_types.csv"] = None
    type_text: str | None = None
    number: Annotated[str | None, "with its letter, as printed: 30a"] = None
    symbol: Annotated[str | None, "what follows the number, normalised: UBND-NCXDPL"] = None
    norm: Annotated[str | None, "the number in its official form: 2623/UBND-NCXDPL"] = None
    year: int | None = None
    issuer_text: str | None = None
    issuer: Annotated[str | None, "code of issuers.csv"] = None
    level: Literal["central", "province", "district", "commune"] | None = None
    date: Annotated[str | None, "ISO day", DAY] = None
    date_basis: Literal["stated", "year_implied", "none"] = "none"
    title: Annotated[str | None, "what the document is about, where the words say so"] = None
    relation: Annotated[Relation | None, "what the article says of the document"] = None
    relation_text: str | None = None
    field: Annotated[str, "title, lead, body, or attachments.<index>.title"] = "body"
    cid: Annotated[str | None, "canonical id, null where year or level is not known"] = None
    candidates: Annotated[tuple[str, ...], "ids it may be, where the words leave it open"] = ()
    ties: tuple[Tie, ...] = ()
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """What a document page says of the document it publishes; every `*_text` is verbatim."""

    type: str | None = None
    type_text: str | None = None
    number: Annotated[str | None, "normalised: 12/QĐ-UBND"] = None
    number_text: str | None = None
    date: Annotated[str | None, "ISO day", DAY] = None
    date_text: str | None = None
    effective_date: Annotated[str | None, "ISO day", DAY] = None
    effective_text: str | None = None
    issuer: str | None = None
    issuer_text: str | None = None
    signer: str | None = None
    title: str | None = None
    files: tuple[Attachment, ...] = ()
    cid: str | None = None


@dataclass(frozen=True, slots=True)
class SnapshotRef:
    """Where in the portal's folder an exchange is kept."""

    warc: Annotated[str, "final file name in the portal's warc/ folder"]
    offset: Annotated[int, "bytes, of the gzip member"]
    length: Annotated[int, "bytes, of the gzip member"]
    record_id: Annotated[str, "urn:uuid:… without angle brackets", r"^urn:uuid:[0-9a-f-]{36}$"]
    date: Annotated[str, "WARC-Date: start of the exchange, UTC", UTC_MOMENT]
    payload_digest: Annotated[str | None, "sha256:<hex>; transfer coding removed, content coding kept", DIGEST]


@dataclass(frozen=True, slots=True)
class Extraction:
    """Which rules read the article."""

    version: Annotated[str, "of the reading rules"]
    family: str
    layout: str
    form: Annotated[str | None, "digest of the portal's form; null without one", DIGEST]


@dataclass(frozen=True, slots=True)
class Article:
    """One reading of an article page; `to_dict()` is the JSON item."""

    id: Annotated[str, "<portal>/<16 hex of sha256 of the canonical URL>", r"^[^/]+/[0-9a-f]{16}$"]
    kind: Kind
    portal: str
    url: Annotated[str, "as requested"]
    canonical_url: str
    title: str | None
    fetched_at: Annotated[str, "ISO date-time, UTC", UTC_MOMENT]
    extraction: Extraction
    schema: str = VERSION
    revision: Annotated[str, "sha256 of the normalised content", r"^([0-9a-f]{64})?$"] = ""
    cause: Annotated[Cause | None, "what made this revision; null until it is committed"] = None
    publisher: Publisher | None = None
    province: Annotated[str | None, "slug of archive/vietnam/provinces.toml"] = None
    section: str | None = None
    language: str | None = None
    lead: str | None = None
    body: Annotated[str, "paragraphs joined by a line feed, NFC"] = ""
    text_key: Annotated[str | None, "digest of the folded text: the same story reprinted elsewhere"] = None
    posted_on: Annotated[str | None, "ISO day in +07:00", DAY] = None
    posted_at: Annotated[str | None, "ISO date-time with +07:00; null where no time is printed", MOMENT] = None
    posted_precision: Precision = "none"
    posted_text: str | None = None
    posted_basis: str | None = None
    updated_on: Annotated[str | None, "ISO day in +07:00", DAY] = None
    updated_at: Annotated[str | None, "as posted_at", MOMENT] = None
    updated_text: str | None = None
    authors: tuple[Author, ...] = ()
    byline_text: str | None = None
    authors_basis: str | None = None
    source: str | None = None
    source_text: str | None = None
    title_basis: str | None = None
    lead_basis: str | None = None
    body_basis: str | None = None
    document: Document | None = None
    cited_documents: tuple[Citation, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    images: tuple[Image, ...] = ()
    flags: Annotated[tuple[str, ...], "what was doubtful"] = ()
    snapshot: SnapshotRef | None = None

    def to_dict(self) -> dict[str, Any]:
        """The JSON item: plain dicts, lists, strings, numbers and None, in the order of `ITEM_ORDER`."""
        return _item(self, ITEM_ORDER)

    @classmethod
    def from_dict(cls, item: dict[str, Any]) -> Article:
        """The article a JSON item holds; the inverse of `to_dict`. Raises KeyError or TypeError for another shape."""
        return typing.cast(Article, _typed(cls, item))


ITEM_ORDER = (
    "schema", "id", "revision", "cause", "kind", "portal", "publisher", "province", "section", "url", "canonical_url",
    "language", "title", "title_basis", "lead", "lead_basis", "body", "body_basis", "text_key",
    "posted_on", "posted_at", "posted_precision", "posted_text", "posted_basis",
    "updated_on", "updated_at", "updated_text", "authors", "byline_text", "authors_basis", "source", "source_text",
    "document", "cited_documents", "attachments", "images", "flags", "fetched_at", "snapshot", "extraction",
)  # fmt: skip

# What a page says, and nothing of when or how it was read: two captures with the same values are one revision.
CONTENT_FIELDS = (
    "kind", "title", "lead", "body", "posted_on", "posted_at", "updated_on", "updated_at", "authors", "byline_text",
    "source", "source_text", "document", "cited_documents", "attachments", "images", "section", "language",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class NotAnArticle:
    """Why a page is no article."""

    reason: Annotated[str, "list, soft_404, error, login, cookie_wall, challenge, search, empty, not_html, other"]
    detail: str | None = None


@dataclass(slots=True)
class Exchange:
    """A request and its response as on the wire; what the capture hands to the archive, once, complete."""

    url: Annotated[str, "as requested, without its fragment, ASCII"]
    started_at: Annotated[datetime, "UTC"]
    request: Annotated[bytes, "head and body as sent; empty where nothing was sent"] = b""
    response: Annotated[BinaryIO | None, "head and body as received, at position 0; None where no byte came"] = None
    size: Annotated[int, "bytes in `response`"] = 0
    head_length: Annotated[int, "bytes of the final head, its blank line included"] = 0
    status: int | None = None
    ip: Annotated[str | None, "of the peer, RFC 5952"] = None
    protocols: Annotated[tuple[str, ...], "WARC-Protocol values: http/1.1, tls/1.3"] = ()
    cipher: Annotated[str | None, "IANA name"] = None
    certificate: Annotated[str | None, "verdict: valid, or what is wrong with it; None without TLS"] = None
    truncated: Literal["length", "time", "disconnect", "unspecified"] | None = None
    error: Annotated[str | None, "class and message of the failure"] = None
    interim: Annotated[int, "bytes of 1xx heads kept out of the block"] = 0
    surplus: Annotated[int, "bytes after the message's end, cut off"] = 0
    duration_ms: int = 0
    via: str | None = None
    hops: Annotated[str, "hops from the section: L link, R redirect, E embedded, P robots or feed"] = ""
    notes: dict[str, str] = field(default_factory=dict)


def _plain(value: Any) -> Any:
    if isinstance(value, (tuple, list)):
        return [_plain(each) for each in value]
    kind: Any = type(value)
    return _item(value, names) if (names := _names(kind)) else value


def _item(value: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: each if type(each := getattr(value, name)) in _SCALARS else _plain(each) for name in names}


@functools.cache
def _names(kind: type) -> tuple[str, ...]:
    """The fields of a dataclass, none of another type."""
    return tuple(f.name for f in dataclasses.fields(kind)) if dataclasses.is_dataclass(kind) else ()


def _typed(kind: Any, value: Any) -> Any:
    """The value of type `kind` that the plain `value` stands for."""
    for option in _options(kind):
        if dataclasses.is_dataclass(option) and isinstance(value, dict):
            hints = _hints(typing.cast(type, option))
            return option(**{name: _typed(hints[name], each) for name, each in value.items()})  # type: ignore[operator]
        if typing.get_origin(option) is tuple and isinstance(value, list):
            return tuple(_typed(typing.get_args(option)[0], each) for each in value)
    return value


@functools.cache  # an item costs 1.2 ms without, 0.3 ms with it (measured)
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _options(kind: Any) -> Iterator[Any]:
    if typing.get_origin(kind) in (typing.Union, types.UnionType):
        yield from typing.get_args(kind)
    else:
        yield kind


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) that every line of articles.jsonl satisfies."""
    definitions: dict[str, Any] = {}
    article = _object(Article, definitions, order=ITEM_ORDER)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:province-archive:article:{VERSION}",
        "title": "Article",
        **article,
        "$defs": definitions,
    }


_SCALARS: dict[Any, dict[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    type(None): {"type": "null"},
}


def _object(kind: Any, definitions: dict[str, Any], order: tuple[str, ...] | None = None) -> dict[str, Any]:
    hints = typing.get_type_hints(kind, include_extras=True)
    names = order or tuple(f.name for f in dataclasses.fields(kind))
    return {
        "description": (kind.__doc__ or "").split("\n")[0],
        "type": "object",
        "properties": {name: _schema_of(hints[name], definitions) for name in names},
        "required": list(names),
        "additionalProperties": False,
    }


def _schema_of(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    if typing.get_origin(kind) is Annotated:
        inner, note, *pattern = typing.get_args(kind)
        said = _schema_of(inner, definitions)
        for each in (said, *said.get("anyOf", ())):
            if pattern and each.get("type") == "string":
                each["pattern"] = pattern[0]
        return {**said, "description": note}
    if kind in _SCALARS:
        return dict(_SCALARS[kind])
    if typing.get_origin(kind) is Literal:
        return {"enum": list(typing.get_args(kind))}
    if typing.get_origin(kind) is tuple:
        return {"type": "array", "items": _schema_of(typing.get_args(kind)[0], definitions)}
    if dataclasses.is_dataclass(kind):
        if kind.__name__ not in definitions:  # type: ignore[union-attr]
            definitions[kind.__name__] = _object(kind, definitions)  # type: ignore[union-attr]
        return {"$ref": f"#/$defs/{kind.__name__}"}  # type: ignore[union-attr]
    return {"anyOf": [_schema_of(option, definitions) for option in _options(kind)]}
