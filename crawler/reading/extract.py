"""A page, a portal's form and a family's knowledge become one RawArticle of verbatim strings, each naming its rule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from archive.schema import Attachment, Document, Kind, NotAnArticle
from crawler.portal import Portal
from crawler.reading.document_page import find_document, headline_of_document, with_title
from crawler.reading.document_text import find_document_text
from crawler.reading.families.generic import Generic
from crawler.reading.kinds import find_players, is_of_recordings, kind_of
from crawler.reading.laid_out import credits_by, files_by, headline_by, span_by, story_by
from crawler.reading.layouts import Layouts
from crawler.reading.made.credits import Credits
from crawler.reading.outline.blocks import Block, squeeze
from crawler.reading.outline.own_story import free_own, free_starved
from crawler.reading.page import Page
from crawler.reading.people import read_source_prefix
from crawler.reading.posted.layout import layout_times
from crawler.reading.posted.posting import Times, find_times
from crawler.reading.refused.findings import Findings, says_article
from crawler.reading.refused.refusal import refuse
from crawler.reading.refused.walls import refuse_early
from crawler.reading.text.pictures import Picture
from crawler.reading.text.span import Span
from crawler.reading.text.story import Story


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
    found = _find(layouts, fetched_at)
    refused = refuse(found, family.is_article(page.url)) if found.document is None else None
    return refused or _article(found, layouts)


def _find(layouts: Layouts, fetched_at: datetime) -> Findings:
    """Every field in turn: what one has used is not another's."""
    page = layouts.page
    headline = headline_by(layouts)
    block = headline.block if headline else None
    span, body_basis = _own_span(layouts, block)
    times = layout_times(layouts, fetched_at, find_times(page, fetched_at, block, span), block)
    document, sheet = find_document(page, fetched_at) or (None, frozenset[int]())
    if times.posted is not None and times.posted.order in sheet:
        times = replace(times, posted=None)  # the day of the document, not of the page
    files = files_by(layouts, span, sheet)
    # beside the day of a document stand its issuer and its signer
    credits = credits_by(layouts, span, block, times.orders - sheet, fetched_at)
    story = story_by(layouts, span, headline, times.orders | credits.orders | sheet)
    if story.size < 40 and (told := _told_story(page)):
        story, body_basis = replace(story, paragraphs=told), "json_ld"
    if document is not None:
        headline = headline_of_document(page, headline, document, sheet)
    else:
        text = [each for each in page.outline.blocks[span.head : span.end] if each.free]
        document = find_document_text(headline.text if headline else "", text, fetched_at)
    if document is not None:
        document = with_title(replace(document, files=files), headline)
    players = find_players(page, span)
    return Findings(page, span, headline, story, body_basis, times, credits, files, document, players)


def _own_span(layouts: Layouts, headline: Block | None) -> tuple[Span, str]:
    """Where the text stands, and by which rule; looked for again where zones that hold it are let go."""
    span, basis = span_by(layouts, headline)
    if headline is None:
        return span, basis
    outline = layouts.page.outline
    starved = span.prose >= span.end and free_starved(outline, headline, says_article=says_article(layouts.page))
    if starved or free_own(outline, headline.order, span.prose, span.box):
        return span_by(layouts, headline)
    return span, basis


def _article(found: Findings, layouts: Layouts) -> RawArticle:
    title, title_basis = (found.headline.text, found.headline.basis) if found.headline else (None, None)
    recorded = is_of_recordings(found.page, title)
    kind, flags = kind_of(found.story, found.span, found.files, found.players, found.document, recorded=recorded)
    posted = found.times.posted
    return RawArticle(
        kind,
        title,
        title_basis,
        found.story,
        found.body_basis,
        found.times,
        _with_prefix(found.credits, found.story),
        found.files,
        found.document,
        layouts.used(found.body_basis, title_basis, posted.basis if posted else None),
        (*found.page.flags, *found.times.flags, *flags, *_doubts(found, layouts)),
    )


def _with_prefix(credits: Credits, story: Story) -> Credits:
    """The credits with the source that opens the text, where none is named elsewhere: "(TTXVN) - …"."""
    opening = (story.lead, *story.paragraphs[:1]) if credits.source is None else ()
    prefix = next(filter(None, map(read_source_prefix, filter(None, opening))), None)
    return replace(credits, source=prefix, source_text=prefix) if prefix else credits


def _doubts(found: Findings, layouts: Layouts) -> Iterator[str]:
    if not found.times.posted and not found.times.flags:
        yield "posted_not_found"
    if found.page.outline.cut:
        yield "page_cut"
    if layouts.missed:
        yield "layout_missed"


def _told_story(page: Page) -> tuple[str, ...]:
    """The text that a page rendered by a script carries in its data alone (Anadolu Ajansı)."""
    for each in page.linked_data:
        text = each.get("articleBody")
        if isinstance(text, str) and len(text) >= 100 and "Article" in str(each.get("@type", "")):
            return tuple(filter(None, map(squeeze, text.splitlines())))
    return ()


def pictures_of(page: Page, pictures: tuple[Picture, ...]) -> Iterator[tuple[str, str | None]]:
    """Absolute address and caption of each picture."""
    for each in pictures:
        url = page.link(each.src)
        if url is not None:
            yield url, each.caption
