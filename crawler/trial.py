"""What the rules find on one page, for the person who adds a portal: lines to read, a draft form, a test case."""

from __future__ import annotations

import itertools
import json
import re
import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from archive.schema import Article, Document, NotAnArticle, Publisher
from archive.terminal import clean
from archive.vietnam.provinces import PROVINCES
from archive.vietnam.text import key
from crawler.portal import Portal, Section, portal_for_province
from crawler.reading.article import read_article
from crawler.reading.families import recognise
from crawler.reading.listing import Link, Listing, discover, read_listing
from crawler.reading.page import Page

_PUBLISHERS = ", ".join(typing.get_args(Publisher))
MOST_SECTIONS = 10  # in a draft: a menu has many more than people read


@dataclass(frozen=True, slots=True)
class Saved:
    """A page as it came: the decoded body and what is known of its way here."""

    body: bytes
    url: str
    fetched_at: datetime
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Trial:
    """Everything that one page gives: an article or why it is none, its links, and the sections a home page names."""

    saved: Saved
    portal: Portal | None
    article: Article | NotAnArticle
    listing: Listing
    sections: tuple[Section, ...]
    family: str
    title: str | None  # of the window, not of the article


def read(saved: Saved, portal: Portal | None) -> Trial:
    """What the rules find on the page."""
    page = Page(saved.body, saved.url, saved.headers)
    here = (saved.body, saved.url, saved.fetched_at)
    article = read_article(*here, headers=saved.headers, portal=portal)
    found = discover(*here, headers=saved.headers, portal=portal).links
    family = article.extraction.family if isinstance(article, Article) else recognise(page).name
    return Trial(
        saved=saved,
        portal=portal,
        article=article,
        listing=read_listing(*here, headers=saved.headers, portal=portal),
        sections=tuple(Section(each.title or "", each.url) for each in found if each.kind == "list"),
        family=family,
        title=next((" ".join((each.text or "").split()) for each in page.root.iter("title")), None),
    )


Row = tuple[str, str, str]  # field, value, rule with the words it read


def rows(trial: Trial) -> Iterator[Row]:
    """The findings: what was found, and by which rule from which words."""
    if isinstance(trial.article, Article):
        yield from _of_article(trial.article)
    else:
        yield "article", "no", f"{trial.article.reason}: {trial.article.detail or ''}".rstrip(": ")
        yield "family", trial.family, ""
    links = [each for each in trial.listing.links if each.kind == "article"]
    yield "links", f"{len(links)} to articles", trial.listing.reason or ""
    for link in links[:5]:
        yield "", _link(link), link.posted.isoformat() if link.posted else ""
    if trial.listing.next:
        yield "next page", trial.listing.next, ""
    if trial.listing.postback:
        yield "next page", trial.listing.postback.url, f"postback: {trial.listing.postback.pressed}"
    for section in () if isinstance(trial.article, Article) else trial.sections:
        yield "section", section.title, section.url


def _link(link: Link) -> str:
    return f"{link.title or ''} <{link.url}>".strip()


def _of_article(article: Article) -> Iterator[Row]:
    by = article.extraction
    yield "article", article.kind, f"family {by.family}, layout {by.layout}"
    yield "address", article.canonical_url, ""
    yield "section", article.section or "-", ""
    yield "title", article.title or "-", article.title_basis or ""
    yield "posted", article.posted_at or article.posted_on or "-", _rule(article.posted_basis, article.posted_text)
    if article.updated_text:
        yield "updated", article.updated_at or article.updated_on or "-", _rule(None, article.updated_text)
    people = ", ".join(f"{each.name} ({each.kind}, {each.role})" for each in article.authors)
    yield "authors", people or "-", _rule(article.authors_basis, article.byline_text)
    yield "source", article.source or "-", _rule(None, article.source_text)
    yield "lead", article.lead or "-", article.lead_basis or ""
    paragraphs = article.body.split("\n") if article.body else []
    shown = ", the first and the last:" if len(paragraphs) > 2 else ""
    size = f"{len(article.body)} characters in {len(paragraphs)} paragraphs{shown}"
    yield "body", size, article.body_basis or ""
    for paragraph in (paragraphs[:1] + paragraphs[-1:]) if len(paragraphs) > 1 else paragraphs:
        yield "", paragraph[:200], ""
    if article.document:
        yield from _of_document(article.document)
    for cited in article.cited_documents:
        yield "cites", f"{cited.norm or cited.text} {cited.date or ''}".strip(), _rule(None, cited.text)
    for file in article.attachments:
        yield "attached", f"{file.title or ''} <{file.url}>".strip(), file.media_type or ""
    yield "images", str(len(article.images)), ""
    if article.flags:
        yield "flags", ", ".join(article.flags), "what was doubtful"


def _of_document(document: Document) -> Iterator[Row]:
    """What the page says of the document that it publishes."""
    yield "document", document.type or "-", _rule(None, document.type_text)
    yield "number", document.number or "-", _rule(None, document.number_text)
    yield "date", document.date or "-", _rule(None, document.date_text)
    yield "effective", document.effective_date or "-", _rule(None, document.effective_text)
    yield "issuer", document.issuer or "-", _rule(None, document.issuer_text)
    yield "signer", document.signer or "-", ""


def _rule(basis: str | None, words: str | None) -> str:
    return f"{basis or ''} {f'“{words}”' if words else ''}".strip()


def draft(trial: Trial) -> str:
    """A form for the page's portal, to be checked line by line; what is not known is left out.

    A portal that has a form gets it as it stands, with the sections that it lacks.
    """
    portal = trial.portal or _unknown(trial)
    if portal.text:
        lines = [f"# {portal.slug}.toml, as it stands", *portal.text.splitlines()]
    else:
        lines = [
            f"# {portal.slug}.toml: a draft. Check every line against the site.",
            f"name      = {_quoted(portal.name)}",
            f"province  = {_quoted(portal.province)}"
            + ("" if portal.province else "  # a slug of `scrapy portal list`"),
            f"publisher = {_quoted(portal.publisher or '')}" + ("" if portal.publisher else f"  # {_PUBLISHERS}"),
            f"hosts     = [{', '.join(map(_quoted, portal.hosts))}]",
            *([f"family    = {_quoted(trial.family)}"] if trial.family != "generic" else []),
            "active    = false",
        ]
    for section in () if portal.sections else _draft_sections(trial, portal):
        lines += ["", "[[sections]]", f"title = {_quoted(section.title)}", f"url   = {_quoted(section.url)}"]
    return "\n".join(lines) + "\n"


def _draft_sections(trial: Trial, portal: Portal) -> list[Section]:
    """What a page other than an article names as sections; which of them people read is for a person to say."""
    if isinstance(trial.article, Article):
        return []
    return [each for each in trial.sections if each.title and portal.owns(each.url)][:MOST_SECTIONS]


def _unknown(trial: Trial) -> Portal:
    """What an address alone says of its portal, by the hosts of the registry."""
    host = (urlsplit(trial.saved.url).netloc or "").lower()
    bare = host.removeprefix("www.")
    name = "" if isinstance(trial.article, Article) else trial.title or ""
    for record in PROVINCES.values():
        registered = portal_for_province(record)
        if registered and bare in record.hosts:
            return replace(registered, hosts=tuple(dict.fromkeys((host, *record.hosts))))
        if any(bare == each or bare.endswith(f".{each}") for each in (*record.hosts, *record.newspapers)):
            portal = Portal(_slug(bare), name, record.place, (host,), active=False)
            return replace(portal, publisher="newspaper") if bare in record.newspapers else portal
    return Portal(_slug(bare), name, "", (host,), active=False)


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", key(text)).strip("-")


def _quoted(text: str) -> str:
    return json.dumps(clean(text), ensure_ascii=False)  # a JSON string is a TOML string


def case_of(trial: Trial, slug: str) -> tuple[str, str]:
    """A name for the page as a test case, and the JSON of what it must come out as."""
    article = trial.article
    if isinstance(article, Article):
        name = f"{article.posted_on or 'undated'}-{_slug(article.title or 'untitled')[:48].strip('-')}"
        expected: dict[str, object] = {"item": without_version(article)}
    else:
        name = f"no-article-{article.reason}"
        expected = {"not_an_article": article.reason}
    case = {
        "portal": slug,
        "url": trial.saved.url,
        "fetched_at": trial.saved.fetched_at.isoformat(),
        "headers": {name: trial.saved.headers[name] for name in ("content-type",) if name in trial.saved.headers},
        **expected,
    }
    return name, json.dumps(case, ensure_ascii=False, indent=2) + "\n"


def without_version(article: Article) -> dict[str, object]:
    """The item without what changes when nothing on the page does: the rules' version and the form's digest."""
    item = article.to_dict()
    item["extraction"] = {name: item["extraction"][name] for name in ("family", "layout")}
    return item


def save(trial: Trial, slug: str, folder: Path) -> tuple[Path, Path]:
    """Write the page and its expected item to `folder`/<slug>; returns both.

    Another page of the same name gets a number. Raises FileExistsError for a page that is recorded already.
    """
    name, text = case_of(trial, slug)
    for number in itertools.count(1):
        numbered = name if number == 1 else f"{name}-{number}"
        page, case = (folder / slug / f"{numbered}{ending}" for ending in (".html", ".json"))
        if not case.exists() or json.loads(case.read_bytes()).get("url") == trial.saved.url:
            break
    page.parent.mkdir(parents=True, exist_ok=True)
    for path, content in ((page, trial.saved.body), (case, text.encode())):
        with path.open("xb") as file:
            file.write(content)
    return page, case
