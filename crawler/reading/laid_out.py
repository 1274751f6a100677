"""The fields of an article where a layout names them, the form's before the family's; else by the generic rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from archive.schema import Attachment
from archive.vietnam.text import letters
from crawler.reading.files import find_attachments, media_type_of, name_of, unwrapped
from crawler.reading.layouts import Layouts, block_in
from crawler.reading.made.credits import Credits, find_credits, read_marked
from crawler.reading.made.sources import source_in
from crawler.reading.outline.blocks import Block
from crawler.reading.outline.walk import is_unseen
from crawler.reading.page import text_of
from crawler.reading.text.span import Span, find_span, span_around, span_of
from crawler.reading.text.story import Story, read_story
from crawler.reading.title.headline import Headline, find_headline


def headline_by(layouts: Layouts) -> Headline | None:
    """The headline, None where nothing is one."""
    for name, node in layouts.find("title"):
        text = text_of(node)
        if 3 <= len(text) <= 500:
            return Headline(text, name, block_in(layouts.page, node), 20)
    return find_headline(layouts.page)


def span_by(layouts: Layouts, headline: Block | None) -> tuple[Span, str]:
    """Where the text stands, and by which rule."""
    outline = layouts.page.outline
    for name, node in layouts.find("body"):
        box = outline.boxes.get(node)
        if box is not None and box.last > box.first:
            return span_of(outline, box, headline), name
    return find_span(outline, headline), "generic"


def credits_by(
    layouts: Layouts, span: Span, headline: Block | None, dated: frozenset[int], fetched_at: datetime
) -> Credits:
    """Byline and source; `dated` are the blocks that carry the times."""
    credits = find_credits(layouts.page, span, headline, dated, fetched_at)
    for name, node in layouts.find("byline"):
        byline, text = read_marked(text_of(node))
        if byline is not None:
            block = block_in(layouts.page, node)
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


def story_by(layouts: Layouts, span: Span, headline: Headline | None, used: frozenset[int]) -> Story:
    """Lead, paragraphs and pictures; the blocks in `used` are left out."""
    outline, title = layouts.page.outline, headline.text if headline else None
    for name, node in layouts.find("lead"):
        lead = text_of(node)
        # NukeViet's eGovernment theme repeats the headline in a hidden `itemprop=description` before the lead
        if is_unseen(node) or (title is not None and letters(lead) == letters(title)):
            continue
        box = outline.boxes.get(node)
        inside = frozenset(range(box.first, box.last)) if box is not None else frozenset()
        story = read_story(outline, span, title, used | inside)
        if story.paragraphs and story.paragraphs[0] == lead:
            story = replace(story, paragraphs=story.paragraphs[1:])
        return replace(story, lead=lead, lead_basis=name)
    return read_story(outline, span, title, used)


def files_by(layouts: Layouts, span: Span, sheet: frozenset[int]) -> tuple[Attachment, ...]:
    """The files: every link in the element that a layout names; else those of the text and of a document's `sheet`."""
    page = layouts.page
    found: dict[str, Attachment] = {}
    for _, node in layouts.find("attachments"):
        for link in node.iter("a"):
            url = page.link(link.get("href"))
            if url is not None:
                url = unwrapped(url)
                found.setdefault(url, Attachment(url, text_of(link) or name_of(url), media_type_of(url)))
    return tuple(found.values()) or find_attachments(page, span_around(page.outline, sheet, span))
