"""Every field of an article as people read it: its value, the words it was read from, the rule that read them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from archive.records import in_vietnam
from archive.schema import Article, Citation, Document
from archive.vietnam import provinces
from archive.views import ArticleView, Revision
from archive.web.asked import Asked
from archive.web.language import day as day_name
from archive.web.language import document_type, issuer, moment, named, say
from archive.web.strings import Language


@dataclass(frozen=True, slots=True)
class Value:
    """A value, where in the reader the articles with the same one are, and the code that it is the words for."""

    text: str
    path: str | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """A field: `evidence` is verbatim from the page, `rule` what read it, `note` ours."""

    name: str
    values: tuple[Value, ...]
    evidence: str | None = None
    rule: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text; `cited`: the place in the list of cited documents of the one it mentions, from 0."""

    text: str
    cited: int | None = None


def of_page(said: Article, asked: Asked) -> list[Field]:
    """What the page says."""
    return _stated(_of_page(said, asked))


def of_ledger(view: ArticleView, reading: Revision, readings: int, asked: Asked) -> list[Field]:
    """What the archive knows: whose the page is, when it was seen, where its bytes are, by what it was read."""
    return _stated(_of_ledger(view, reading, readings, asked))


def _stated(found: Iterator[Field]) -> list[Field]:
    return [each for each in found if any(value.text for value in each.values) or each.evidence]


def _field(name: str, text: str | None, evidence: str | None = None, rule: str | None = None, **more: str) -> Field:
    return Field(name, (Value(text or "", more.get("path"), more.get("code")),), evidence, rule, more.get("note"))


def _coded(name: str, prefix: str, codes: Iterable[str], language: Language) -> Field:
    """Codes by what they are called; one without words is its own name."""
    called = ((code, named(language, prefix, code)) for code in codes)
    return Field(name, tuple(Value(words, None, code if words != code else None) for code, words in called))


def _of_page(said: Article, asked: Asked) -> Iterator[Field]:
    language = asked.language
    yield _field("title", said.title, None, said.title_basis)
    if said.lead:
        yield _field("lead", say(language, "above"), None, said.lead_basis)
    if said.body:
        yield _field("body", say(language, "above"), None, said.body_basis)
    yield Field("posted", (_posted(said, asked),), said.posted_text, said.posted_basis)
    yield _field("updated", moment(language, said.updated_at or said.updated_on), said.updated_text)
    people = tuple(Value(_person(each.name, each.role, asked), _by(each.name, said, asked)) for each in said.authors)
    yield Field("authors", people, said.byline_text, said.authors_basis)
    yield _field("source", said.source, said.source_text)
    if said.section:
        yield _field("section", said.section, path=asked.link("/search", portal=said.portal, section=said.section))
    yield _coded("kind", "kind", (said.kind,), language)
    yield _coded("language", "language", filter(None, (said.language,)), language)
    yield _coded("flags", "flag", said.flags, language)


def _of_ledger(view: ArticleView, reading: Revision, readings: int, asked: Asked) -> Iterator[Field]:
    said, seen, language = reading.article, view.seen, asked.language
    yield _field("portal", view.portal.name or said.portal, path=asked.link(f"/portals/{said.portal}"))
    yield _coded("publisher", "publisher", filter(None, (said.publisher,)), language)
    if said.province:
        yield _field(
            "province", province_name(said.province, said.posted_on), path=asked.link("/search", province=said.province)
        )
    yield _field("url", said.url)
    if said.canonical_url != said.url:
        yield _field("canonical_url", said.canonical_url)
    yield _field("captured", moment(language, view.captured.first), note=_lag(view, said, asked))
    for name in ("first_seen", "last_seen", "checked_at", "gone"):
        yield _field(name, moment(language, getattr(seen, name)))
    yield _field("fetched_at", moment(language, said.fetched_at))
    if said.snapshot:
        ref = said.snapshot
        path = asked.link(f"/s/{said.portal}/{ref.record_id}")
        yield _field("snapshot", f"{ref.warc}, {ref.offset} + {ref.length}", path=path)
        yield _field("payload_digest", ref.payload_digest)
    cause = named(language, "cause", said.cause) if said.cause else ""
    yield _field("revision", f"{reading.number} / {readings}", note=cause)
    rules = said.extraction
    read_by = say(language, "read_by", version=rules.version, family=rules.family, layout=rules.layout)
    yield _field("extraction", read_by, note=f"{say(language, 'rule.form')}: {rules.form}" if rules.form else "")
    yield _field("id", said.id)


def _posted(said: Article, asked: Asked) -> Value:
    text = moment(asked.language, said.posted_at) if said.posted_at else day_name(asked.language, said.posted_on)
    path = asked.link("/search", portal=said.portal, since=said.posted_on, until=said.posted_on)
    return Value(text, path if said.posted_on else None)


def _person(name: str, role: str, asked: Asked) -> str:
    return name if role == "writer" else f"{name} ({named(asked.language, 'role', role)})"


def _by(name: str, said: Article, asked: Asked) -> str:
    return asked.link("/search", author=name, portal=said.portal)


def province_name(slug: str, posted_on: str | None) -> str:
    """A province's name on a posting day; the slug where there is none of it."""
    try:
        day = date.fromisoformat(posted_on) if posted_on else provinces.today()
        return provinces.province(slug, day).name_on(day)
    except (provinces.UnknownProvince, ValueError):
        return slug


def _lag(view: ArticleView, said: Article, asked: Asked) -> str:
    """How long after its posting day it was first captured: what was changed before is not known."""
    captured = view.captured
    days = captured.lag(said.posted_on)
    if days is None:
        return ""
    late = say(asked.language, "lag", days)
    if not captured.portal_since or days <= 1:
        return late
    since = day_name(asked.language, in_vietnam(captured.portal_since)[:10])
    return f"{late}; {say(asked.language, 'portal_since', day=since)}"


def pieces(said: Article, field: str) -> list[Piece]:
    """A text of an article, cut where it mentions documents; of mentions that overlap the first."""
    text: str = getattr(said, field) or ""
    found: list[Piece] = []
    last = 0
    for place, cited in sorted(enumerate(said.cited_documents), key=lambda each: (each[1].start, -each[1].end)):
        if cited.field != field or not last <= cited.start < cited.end <= len(text):
            continue
        found += [Piece(text[last : cited.start]), Piece(text[cited.start : cited.end], place)]
        last = cited.end
    return [each for each in (*found, Piece(text[last:])) if each.text]


def paragraphs(found: list[Piece]) -> list[list[Piece]]:
    """The pieces by paragraphs; a mention that runs over a line feed is in both."""
    made: list[list[Piece]] = [[]]
    for each in found:
        first, *rest = each.text.split("\n")
        made[-1].append(Piece(first, each.cited))
        made += [[Piece(text, each.cited)] for text in rest]
    return [kept for each in made if (kept := [piece for piece in each if piece.text])]


def name_of(cited: Citation) -> str | None:
    """What to ask for a cited document by; None where the words give no name."""
    return cited.cid or cited.norm or cited.title


@dataclass(frozen=True, slots=True)
class Stated:
    """What a page says of its own document: value, the code it is the words for, the page's words where they differ."""

    name: str
    text: str
    code: str | None
    evidence: str | None


def own_document(said: Document | None, language: Language) -> list[Stated]:
    """What a page says of the document it publishes; what it does not say is left out."""
    if said is None:
        return []
    rows = (
        ("number", said.number, None, said.number_text),
        ("type", document_type(language, said.type) if said.type else None, said.type, said.type_text),
        ("title", said.title, None, None),
        ("date", day_name(language, said.date), None, said.date_text),
        ("effective_date", day_name(language, said.effective_date), None, said.effective_text),
        ("issuer", issuer(language, said.issuer) if said.issuer else None, said.issuer, said.issuer_text),
        ("signer", said.signer, None, None),
        ("cid", said.cid, None, None),
        *(("file", each.title or each.url, None, each.url) for each in said.files),
    )
    found = (
        Stated(name, value or words or "", code, words if value and words != value else None)
        for name, value, code, words in rows
    )
    return [each for each in found if each.text]
