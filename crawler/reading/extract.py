"""A page, a portal's form and a family's knowledge become one RawArticle of verbatim strings, each naming its rule.

For every field the form's layout is asked first, then the family's, then the generic rules; the first that yields wins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlsplit

from archive.schema import Attachment, Document, Kind, NotAnArticle
from archive.vietnam.text import letters
from crawler.portal import Portal
from crawler.reading.document_page import find_document
from crawler.reading.families.generic import Generic
from crawler.reading.files import find_attachments, media_type_of, name_of, unwrapped
from crawler.reading.kinds import find_players, is_of_recordings, kind_of
from crawler.reading.layouts import Layouts, block_in
from crawler.reading.made.credits import Credits, find_credits, read_marked
from crawler.reading.made.sources import source_in
from crawler.reading.outline.blocks import Block, squeeze
from crawler.reading.outline.own_story import free_own, free_starved
from crawler.reading.outline.walk import is_unseen
from crawler.reading.page import Page, text_of
from crawler.reading.people import read_source_prefix
from crawler.reading.posted.layout import layout_times
from crawler.reading.posted.posting import Times, find_times
from crawler.reading.refused.findings import Findings
from crawler.reading.refused.refusal import refuse
from crawler.reading.refused.walls import refuse_early
from crawler.reading.text.pictures import Picture
from crawler.reading.text.span import Span, find_span, span_around, span_of
from crawler.reading.text.story import Story, read_story
from crawler.reading.title.headline import Headline, find_headline
from crawler.reading.title.over_the_story import line_before
from crawler.reading.title.words import is_site_title

# An address that names one thing of many: a static page (a department, an office) carries neither number nor sentence.
_NUMBER = re.compile(r"\d{2,}|(?:[a-z0-9]+-){6,}[a-z0-9]+")
_HOME = re.compile(r"/?(?:(?:index|default|home|trang-chu)(?:\.\w{2,5})?)?/?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class RawArticle:
    """What a page says, verbatim, with the rule that found each field."""

    kind: Kind
    title: str | None
    title_basis: str | None
    story: Story
    body_basis: str
    times: Times
    credits: Credits
    attachments: tuple[Attachment, ...]
    document: Document | None
    layout: str
    flags: tuple[str, ...]


def extract(page: Page, family: Generic, portal: Portal | None, fetched_at: datetime) -> RawArticle | NotAnArticle:
    """The article of a page, or why it is none."""
    refused = refuse_early(page)
    if refused is not None:
        return refused
    layouts = Layouts.of(page, family, portal, fetched_at)
    headline = _headline(page, layouts)
    block = headline.block if headline else None
    span, body_basis = _span(page, layouts, block)
    if block is not None:
        starved = span.prose >= span.end and free_starved(page.outline, block, says_article=_says_article(page))
        if starved or free_own(page.outline, block.order, span.prose, span.box):
            span, body_basis = _span(page, layouts, block)
    times = layout_times(layouts, fetched_at, find_times(page, fetched_at, block, span), block)
    told_document = find_document(page, fetched_at)
    document, document_orders = told_document if told_document is not None else (None, frozenset[int]())
    if times.posted is not None and times.posted.order in document_orders:
        times = replace(times, posted=None)  # the day of the document, not of the page
    files = _files(page, layouts) or find_attachments(page, span_around(page.outline, document_orders, span))
    if document is not None:
        document = replace(document, files=files)
    # beside the day of a document stand its issuer and its signer
    beside = replace(times, orders=times.orders - document_orders)
    credits = _credits(page, layouts, span, block, beside, fetched_at)
    used = times.orders | credits.orders | document_orders
    story = _story(page, layouts, span, headline, used)
    if story.size < 40 and (data := _told_story(page)):
        story, body_basis = replace(story, paragraphs=data), "json_ld"
    prose = story.size
    players = find_players(page, span)
    dated = headline is not None and _dated(times)
    # pictures and players without a day and a number are a department's staff, a gallery's cover, a home page's film
    numbered = dated or _NUMBER.search(page.url.split("/", 3)[-1])
    attached = bool(files or document)
    filed = attached or bool(numbered and (players or story.pictures))
    posted, signed = dated and times.posted is not None, credits.byline is not None
    found = Findings(page, span, headline, prose, attached, filed, dated, posted, signed)
    refused = refuse(found)
    if refused is None and family.is_article(page.url) is False and not _dated(times):
        refused = NotAnArticle("list", "its address is a list's, and no posting time stands with its headline")
    if refused is None and _HOME.fullmatch(urlsplit(page.url).path) and not urlsplit(page.url).query:
        # the cards of a home page carry a day and a name as well as a story does
        refused = None if _says_article(page) else NotAnArticle("list", "its address is the home page's")
    if refused is not None and document is None:
        return refused
    if document is not None:
        headline = _headline_of_document(page, headline, document, document_orders)
    told = found.told or _dated(times) or signed or attached or _says_article(page)
    if not told and family.is_article(page.url) is None and not _NUMBER.search(page.url.split("/", 3)[-1]):
        return NotAnArticle("other", "no posting time, no byline, no file, and no number in its address")
    kind, flags = kind_of(
        story, span, files, players, document, recorded=is_of_recordings(page, headline.text if headline else None)
    )
    if credits.source is None:
        opening = (each for each in (story.lead, *story.paragraphs[:1]) if each)
        prefix = next(filter(None, map(read_source_prefix, opening)), None)
        credits = replace(credits, source=prefix, source_text=prefix) if prefix else credits
    if not times.posted and not times.flags:
        flags = (*flags, "posted_not_found")
    return RawArticle(
        kind,
        headline.text if headline else None,
        headline.basis if headline else None,
        story,
        body_basis,
        times,
        credits,
        files,
        document,
        layouts.used(body_basis, headline.basis if headline else None, times.posted.basis if times.posted else None),
        (*page.flags, *times.flags, *flags, *_doubts(page, layouts)),
    )


def _headline(page: Page, layouts: Layouts) -> Headline | None:
    for name, node in layouts.find("title"):
        text = text_of(node)
        if 3 <= len(text) <= 500:
            return Headline(text, name, block_in(page, node), 20)
    return find_headline(page)


def _is_value(headline: Headline) -> bool:
    """Whether a line that only its place makes a headline fills a cell behind another: the value of a field."""
    cell = headline.block.box if headline.block is not None else None
    row = cell.parent if cell is not None and cell.tag == "td" else None
    return row is not None and cell is not None and row.tag == "tr" and row.first < cell.first


def _headline_of_document(
    page: Page, headline: Headline | None, document: Document, orders: frozenset[int]
) -> Headline | None:
    """The headline of a document's page; what the document is about, where the headline says its number or the site."""
    number = (document.number_text or "") if any(map(str.isdigit, document.number_text or "")) else ""
    named = document.title or f"{document.type_text or ''} {number}".strip()
    told = Headline(named, "document") if named else None
    if headline is not None and not (headline.block is not None and headline.block.order in orders):
        if _is_value(headline) or (document.title and headline.basis == "position"):
            return told
        bare = letters(headline.text)
        for said in (document.number_text, document.type_text, "số"):
            bare = bare.replace(letters(said or ""), "", 1)
        if len(bare) >= 8 and not is_site_title(headline.text):
            return headline
    if document.title:
        return told
    block = line_before(page.outline, min(orders)) if orders else None
    return Headline(block.text, "position", block) if block is not None else headline or told


def _span(page: Page, layouts: Layouts, headline: Block | None) -> tuple[Span, str]:
    """Where the text stands, and by which rule."""
    for name, node in layouts.find("body"):
        box = page.outline.boxes.get(node)
        if box is not None and box.last > box.first:
            return span_of(page.outline, box, headline), name
    return find_span(page.outline, headline), "generic"


def _credits(
    page: Page, layouts: Layouts, span: Span, headline: Block | None, times: Times, fetched_at: datetime
) -> Credits:
    credits = find_credits(page, span, headline, times.orders, fetched_at)
    for name, node in layouts.find("byline"):
        byline, text = read_marked(text_of(node))
        if byline is not None:
            block = block_in(page, node)
            orders = credits.orders | ({block.order} if block else set())
            credits = replace(
                credits,
                byline=byline,
                byline_text=text,
                byline_basis=name,
                source=credits.source or byline.source,
                source_text=credits.source_text or (text if byline.source else None),
                orders=frozenset(orders),
            )
            break
    for _, node in layouts.find("source"):
        text = text_of(node)
        if (source := source_in(text)) is not None:
            return replace(credits, source=source, source_text=text)
    return credits


def _story(page: Page, layouts: Layouts, span: Span, headline: Headline | None, used: frozenset[int]) -> Story:
    for name, node in layouts.find("lead"):
        lead = text_of(node)
        # NukeViet's eGovernment theme repeats the headline in a hidden `itemprop=description` before the lead
        if is_unseen(node) or (headline is not None and letters(lead) == letters(headline.text)):
            continue
        box = page.outline.boxes.get(node)
        inside = frozenset(range(box.first, box.last)) if box is not None else frozenset()
        story = read_story(page.outline, span, headline.text if headline else None, used | inside)
        if story.paragraphs and story.paragraphs[0] == lead:
            story = replace(story, paragraphs=story.paragraphs[1:])
        return replace(story, lead=lead, lead_basis=name)
    return read_story(page.outline, span, headline.text if headline else None, used)


def _doubts(page: Page, layouts: Layouts) -> Iterator[str]:
    if page.outline.cut:
        yield "page_cut"
    if layouts.missed:
        yield "layout_missed"


def _files(page: Page, layouts: Layouts) -> tuple[Attachment, ...]:
    """The files that a layout names: every link in the element, or the link itself."""
    found: dict[str, Attachment] = {}
    for _, node in layouts.find("attachments"):
        for link in node.iter("a"):
            url = page.link(link.get("href"))
            if url is not None:
                url = unwrapped(url)
                found.setdefault(url, Attachment(url, text_of(link) or name_of(url), media_type_of(url)))
    return tuple(found.values())


def _told_story(page: Page) -> tuple[str, ...]:
    """The text that a page rendered by a script carries in its data alone (Anadolu Ajansı)."""
    for each in page.linked_data:
        text = each.get("articleBody")
        if isinstance(text, str) and len(text) >= 100 and "Article" in str(each.get("@type", "")):
            return tuple(filter(None, map(squeeze, text.splitlines())))
    return ()


def _dated(times: Times) -> bool:
    return times.posted is not None or (times.updated is not None and times.updated.order is not None)


def _says_article(page: Page) -> bool:
    """Whether the page itself claims to be an article."""
    return page.meta.get("og:type", "").lower() == "article" or any(
        "Article" in str(each.get("@type", "")) for each in page.linked_data
    )


def pictures_of(page: Page, pictures: tuple[Picture, ...]) -> Iterator[tuple[str, str | None]]:
    """Absolute address and caption of each picture."""
    for each in pictures:
        url = page.link(each.src)
        if url is not None:
            yield url, each.caption
