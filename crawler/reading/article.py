"""`read_article`: the bytes of a page become an Article or the reason why they are none; no network, no clock."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from functools import cache
from operator import attrgetter
from typing import Any
from urllib.parse import urlsplit

from archive.schema import CONTENT_FIELDS, Article, Citation, Document, Extraction, Image, NotAnArticle
from archive.vietnam.text import letters
from crawler.portal import SHIPPED, Portal, load_portal
from crawler.reading.address import canonical_url
from crawler.reading.citations import find_citations, find_in_fields
from crawler.reading.extract import RawArticle, extract, pictures_of
from crawler.reading.families import FAMILIES, recognise
from crawler.reading.families.generic import Generic
from crawler.reading.origin import home_of
from crawler.reading.page import Page
from crawler.reading.posted.data import Reading
from crawler.reading.section import section_of, tongue_of

__all__ = ["READING_VERSION", "canonical_url", "read_article"]

# Raised whenever a rule changes what an unchanged page is read as.
READING_VERSION = "1"
# Longer texts are data dumps; citations are looked for in their beginning.
_MOST_CITED = 200_000
_FILES_CITED, _TITLE_CITED = 200, 1000  # so many files' titles, and so much of each
_NOT_HTML = ("%PDF", "PK\x03\x04", "\x89PNG", "GIF8", "\xff\xd8\xff", "\xd0\xcf\x11\xe0", "Rar!", "{\\rtf")


def read_article(
    body: bytes,
    url: str,
    fetched_at: datetime,
    *,
    headers: Mapping[str, str] | None = None,
    portal: Portal | str | None = None,
) -> Article | NotAnArticle:
    """The article that a fetched page holds, or NotAnArticle with the reason.

    `body` is content-decoded, `fetched_at` aware, `headers` the response's (content type and charset are read),
    `portal` a Portal, the slug of a shipped one, or None for family detection and generic rules alone. An answer with
    an error status is the caller's concern. Raises ValueError for a naive `fetched_at` and for a `url` that none can be
    (http://[::1), PortalError for an unknown slug.
    """
    if fetched_at.tzinfo is None:
        raise ValueError("fetched_at must be aware")
    if not _is_html(body, headers or {}):
        return NotAnArticle("not_html", _content_type(headers or {}) or None)
    known = load_portal(SHIPPED / f"{portal}.toml") if isinstance(portal, str) else portal
    page = Page(body, url, headers)
    family = FAMILIES.get(known.family, None) if known is not None and known.family else None
    family = family or recognise(page)
    raw = extract(page, family, known, fetched_at)
    if isinstance(raw, NotAnArticle):
        return raw
    return _normalise(raw, page, family, known, fetched_at)


def _content_type(headers: Mapping[str, str]) -> str:
    return next((value for name, value in headers.items() if name.lower() == "content-type"), "").lower()


def _is_html(body: bytes, headers: Mapping[str, str]) -> bool:
    """By the bytes first: portals serve PDF as text/html and HTML as text/plain."""
    head = body[:8].decode("latin-1")
    if head.startswith(_NOT_HTML):
        return False
    kind = _content_type(headers).split(";")[0].strip()
    if not kind or "html" in kind or kind in ("text/plain", "application/octet-stream", "text/xml", "application/xml"):
        start = body[:400].lstrip().lower()
        return not (
            start.startswith((b"<?xml", b"<rss", b"<feed", b"<urlset", b"<sitemapindex"))
            and b"<html" not in body[:2000].lower()
        )
    return False


def _normalise(raw: RawArticle, page: Page, family: Generic, portal: Portal | None, fetched_at: datetime) -> Article:
    canonical = canonical_url(page.url, portal)
    slug = portal.slug if portal is not None else _slug_of(page.url)
    body = "\n".join(raw.story.paragraphs)
    posted, updated = raw.times.posted, raw.times.updated
    byline = raw.credits.byline
    province = portal.province if portal is not None else None
    day = posted.posted.day if posted is not None else None
    home = home_of(province, raw.credits.source, day)
    own = _as_cited(raw.document, day, home) if raw.document is not None else None
    article = Article(
        id=f"{slug}/{hashlib.sha256(canonical.encode()).hexdigest()[:16]}",
        kind=raw.kind,
        portal=slug,
        publisher=portal.publisher if portal is not None else None,
        province=province,
        section=section_of(page, portal),
        url=page.url,
        canonical_url=canonical,
        language=tongue_of(page, f"{raw.title or ''} {raw.story.lead or ''} {body}"),
        title=raw.title,
        title_basis=raw.title_basis,
        lead=raw.story.lead,
        lead_basis=raw.story.lead_basis,
        body=body,
        body_basis=raw.body_basis if body else None,
        text_key=_text_key(body or raw.story.lead or ""),
        posted_on=day.isoformat() if day is not None else None,
        posted_at=_clock(posted),
        posted_precision=posted.posted.precision if posted else "none",
        posted_text=posted.text if posted else None,
        posted_basis=posted.basis if posted else None,
        updated_on=updated.posted.day.isoformat() if updated else None,
        updated_at=_clock(updated),
        updated_text=updated.text if updated else None,
        authors=byline.authors if byline is not None else (),
        byline_text=raw.credits.byline_text,
        authors_basis=raw.credits.byline_basis,
        source=raw.credits.source,
        source_text=raw.credits.source_text,
        document=_identified(raw.document, own) if raw.document is not None else None,
        cited_documents=_citations(raw, body, day, home, own),
        attachments=raw.attachments,
        images=tuple(Image(url, caption) for url, caption in pictures_of(page, raw.story.pictures)),
        flags=tuple(dict.fromkeys(raw.flags)),
        fetched_at=f"{fetched_at.astimezone(UTC).isoformat()[:19]}Z",
        extraction=Extraction(READING_VERSION, family.name, raw.layout, portal.digest if portal is not None else None),
    )
    return replace(article, revision=revision_of(article))


def _clock(reading: Reading | None) -> str | None:
    if reading is None or not isinstance(reading.posted.value, datetime):
        return None
    return reading.posted.value.isoformat(timespec="seconds")


def revision_of(article: Article) -> str:
    """sha256 of the content fields as JSON: two captures that say the same are one revision.

    The query behind a file's name does not count: signatures, tokens and cache busters differ in every answer.
    """
    content: dict[str, Any] = {name: getattr(article, name) for name in sorted(CONTENT_FIELDS)}
    for name in ("images", "attachments"):
        content[name] = tuple(map(_unsigned, content[name]))
    if article.document is not None:
        content["document"] = replace(article.document, files=tuple(map(_unsigned, article.document.files)))
    return hashlib.sha256(_as_json(content).encode()).hexdigest()


def _unsigned(file: Any) -> Any:
    """An image or an attachment, its address without the query."""
    url = _QUERY_OF_FILE.sub(r"\1", file.url)
    return file if url == file.url else replace(file, url=url)


def _fields_of(record: Any) -> dict[str, Any]:
    """The fields of a record by name, in the order of names."""
    kind: Any = type(record)
    names, values = _names_and_values(kind)
    return dict(zip(names, values(record), strict=True))


@cache
def _names_and_values(kind: Any) -> tuple[list[str], attrgetter[tuple[Any, ...]]]:
    names = sorted(field.name for field in fields(kind))
    return names, attrgetter(*names)


_as_json = json.JSONEncoder(ensure_ascii=False, check_circular=False, default=_fields_of).encode
_QUERY_OF_FILE = re.compile(
    r"(\.(?:jpe?g|png|gif|webp|svg|bmp|avif|pdf|docx?|xlsx?|pptx?|odt|ods|rtf|zip|rar|7z|mp[34]|m4a|webm))\?[^#]*$",
    re.I,
)


def _text_key(text: str) -> str | None:
    """Digest of the folded letters: the same story reprinted with other blanks, marks or case meets."""
    bare = letters(text)
    return hashlib.sha256(bare.encode()).hexdigest()[:32] if len(bare) >= 80 else None


def _citations(
    raw: RawArticle, body: str, posted_on: date | None, home: str | None, own: Citation | None
) -> tuple[Citation, ...]:
    fields = {"title": raw.title or "", "lead": raw.story.lead or "", "body": body[:_MOST_CITED]}
    for place, each in enumerate(raw.attachments[:_FILES_CITED]):
        fields[f"attachments.{place}.title"] = (each.title or "")[:_TITLE_CITED]
    return find_in_fields(fields, posted_on, home, own)


def _as_cited(document: Document, posted_on: date | None, home: str | None) -> Citation | None:
    """The document as a citation of it would be read: so both meet."""
    words = [document.type_text, f"số {document.number_text}" if document.number_text else None]
    if document.date is not None:
        words.append(date.fromisoformat(document.date).strftime("ngày %d/%m/%Y"))
    words.append(f"của {document.issuer_text}" if document.issuer_text else None)
    return next(iter(find_citations(" ".join(filter(None, words)), posted_on, home)), None)


def _identified(document: Document, own: Citation | None) -> Document:
    """The document with type, number, issuer and identity."""
    if own is None:
        return document
    return replace(document, type=own.type, number=own.norm, issuer=own.issuer, cid=own.cid)


def _slug_of(url: str) -> str:
    """A name for a portal without a form: its host's own label (`kontum` of www.kontum.gov.vn)."""
    host = urlsplit(url).hostname or "unknown"
    labels = [label for label in host.split(".") if label not in ("www", "m")]
    while len(labels) > 1 and labels[-1] in ("vn", "gov", "com", "org", "net", "edu", "info", "dcs"):
        labels.pop()
    return "-".join(labels) or "unknown"
