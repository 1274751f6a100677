"""The article's own text: which blocks of a page it is, cleaned into lead, paragraphs, pictures and captions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from archive.vietnam.text import letters
from crawler.reading.outline.blocks import Block, Box, Outline
from crawler.reading.outline.cells import is_of_data, row_of
from crawler.reading.outline.rows import is_title_link
from crawler.reading.text.beside_text import beside_text
from crawler.reading.text.captions import is_under_picture
from crawler.reading.text.lines import (
    field_values,
    is_field_line,
    is_file_line,
    is_pointer,
    is_sentence,
    is_tag_line,
    is_widget,
)
from crawler.reading.text.pictures import Picture, find_captions, find_pictures
from crawler.reading.text.span import Span, with_rows
from crawler.reading.text.twice import without_copy, without_details

# What a page tells of an event or a file before its text, and what a reader asks: no lead.
_LABELLED = re.compile(
    r"\W*(?:(?:cau )?hoi|bat dau|ket thuc|thoi gian|dia diem|thanh phan|so hieu|so ky hieu|ngay [a-z ]{2,20}):"
)
_LONGEST_LEAD = 2  # blocks, where nothing but captions stands beside it


@dataclass(frozen=True, slots=True)
class Story:
    """The text of an article, read."""

    lead: str | None
    lead_basis: str | None
    paragraphs: tuple[str, ...]
    pictures: tuple[Picture, ...]

    @property
    def size(self) -> int:
        """Characters of lead and paragraphs."""
        return sum(map(len, self.paragraphs)) + len(self.lead or "")


def read_story(outline: Outline, span: Span, title: str | None, used: frozenset[int]) -> Story:
    """Lead, paragraphs and pictures of the span; blocks in `used` (times, byline, source) are left out."""
    if span.start not in used:  # a sheet of what a document is has its own readers
        span = with_rows(outline.blocks, span)
    used |= {order for order in field_values(outline.blocks[span.head : span.end]) if order >= span.end - 6}
    blocks = [
        block
        for block in outline.blocks[span.head : span.end]
        if block.order not in used and _belongs(block, span, title)
    ]
    captions = dict(find_captions(outline, blocks, span))
    pictures = tuple(find_pictures(outline, span, captions))
    taken = set(captions)
    parts = _parts_before(blocks, span, taken)
    lead_blocks, basis = _lead(blocks, span, captions, parts)
    lead = " ".join(block.text for block in lead_blocks) or None
    taken |= {block.order for block in lead_blocks}
    taken |= beside_text(outline, blocks, span, frozenset(block.order for block in lead_blocks))
    # before and behind the element of the text only sentences are more of it; labels and tools stand there too
    body = [
        block
        for block in blocks
        if block.order not in taken
        and (
            span.start <= block.order < span.behind
            or block.box.parent in parts
            or _is_told(block)
            or _heads(block, blocks, span)
            or (block.order >= span.behind and _is_said(block))
        )
    ]
    while body and _leads_off(body[-1], outline.blocks):
        body.pop()
    body = without_details(without_copy(lead_blocks, body))
    paragraphs = [text for text in _paragraphs(body) if text]
    if lead and paragraphs and letters(paragraphs[0]) == letters(lead):
        paragraphs = paragraphs[1:]
    return Story(lead, basis if lead else None, tuple(paragraphs), pictures)


def _belongs(block: Block, span: Span, title: str | None) -> bool:
    if block.zone is not None or block.related or block.in_row:
        return False
    if (is_widget(block) and not is_of_data(block)) or is_tag_line(block) or is_file_line(block) or is_pointer(block):
        return False
    if block.box.tag == "summary" and len(block.text) <= 40 and not _is_one_of_folds(block):
        return False  # the handle of a fold
    # inside the text "Thời gian: …" is told, at its edges it is the page's frame
    first = max(span.start + 3, span.prose)
    if is_field_line(block) and (block.order < first or (block.order >= span.end - 4 and _is_short(block))):
        return False
    return not (title and block.order < span.start + 2 and letters(block.text) == letters(title))


def _is_one_of_folds(block: Block) -> bool:
    """Whether a fold stands beside another: their handles are the headings of the text."""
    fold = block.box.node.getparent()
    beside = (fold.getprevious(), fold.getnext()) if fold is not None else ()
    return any(each is not None and each.tag == "details" for each in beside)


def _leads_off(block: Block, blocks: list[Block]) -> bool:
    """Whether a last line is of other stories: a linked headline, or the line over such links, whatever it says."""
    if is_title_link(block):
        return True
    if len(block.text) > 60 or block.text.endswith((".", "!", "?", "…", ";")) or is_of_data(block):
        return False
    under = next((each for each in blocks[block.order + 1 : block.order + 8] if each.box.tag != "th"), None)
    return under is not None and under.zone is None and (under.in_row or is_title_link(under))


def _is_told(block: Block) -> bool:
    """Whether a line outside of the element of the text is text too: a sentence, and no link."""
    return is_sentence(block.text) and block.link_share < 0.5


def _heads(block: Block, blocks: list[Block], span: Span) -> bool:
    """Whether a line is the heading of the text's first part, over the element that holds it, as other parts have."""
    if block.order != span.start - 1 or block.level <= 1 or block.linked:
        return False
    return any(each.level == block.level and each.order > span.start for each in blocks)


def _is_said(block: Block) -> bool:
    """Whether a short line behind the element of the text ends as one that is said: "Xin cảm ơn ông!"."""
    return block.text.endswith(("!", "?", ".")) and not block.linked


def _is_short(block: Block) -> bool:
    return len(block.text) <= 80


def _parts_before(blocks: list[Block], span: Span, captions: set[int]) -> set[Box | None]:
    """The elements before that of the text that hold a sentence and two lines beside it: more of it, and no lead."""
    lines = Counter(b.box.parent for b in blocks if b.order < span.start and b.order not in captions)
    told = (b.box.parent for b in blocks if b.order < span.start and _is_told(b) and not b.has("lead"))
    return {box for box in told if box is not None and box.last <= span.start and lines[box] > 2}


def _lead(
    blocks: list[Block], span: Span, captions: dict[int, Block], parts: set[Box | None]
) -> tuple[list[Block], str | None]:
    """The blocks of the lead: marked as one, or standing alone between the headline and the element of the text.

    A bold first paragraph among the others is none: no class tells it from any other, and it stays in the body.
    """
    many = len(blocks)
    # `mota-anh`, `desc-img` describe a picture
    blocks = [
        block
        for block in blocks
        if block.order not in captions or not (block.has("caption") or is_under_picture(block))
    ]
    marked: list[Block] = []
    for block in blocks[:8]:
        if block.has("lead") and len(block.text) >= 20:
            if not marked or block.order <= marked[-1].order + 2:
                marked.append(block)
        elif marked or block.order > span.start + 1:
            break
    if len(marked) > 1 and marked[0].text.endswith(":"):
        return [], None  # the programme of a recording
    # a vendor's `excerpt` may hold the whole text
    if marked and len(marked) < (many if len(marked) <= _LONGEST_LEAD else len(blocks)):
        return marked, "marked"
    if len(blocks) > 1 and blocks[0].level >= 2 and len(blocks[0].text) >= 80:
        return blocks[:1], "heading"  # newspapers set the lead as a second heading
    if len(blocks) > 2 and len(blocks[0].text) >= 60 and _is_set_off(blocks[0]):
        if _stands_apart(blocks):
            return blocks[:1], "position"
        if _is_marked_alone(blocks):
            return blocks[:1], "marked"
    before = [b for b in blocks if b.order < span.start and b.order not in captions and b.box.parent not in parts]
    alone = [b for b in before if _is_told(b) and not _LABELLED.match(b.folded)]
    if len(alone) == 1 and len(blocks) > 1 and not any(b.box.tag == "button" for b in blocks[1:3]):
        return alone, "position"
    return [], None


def _is_set_off(block: Block) -> bool:
    return block.is_bold or block.is_italic or block.box.tag == "blockquote"


def _stands_apart(blocks: list[Block]) -> bool:
    """Whether the first block stands in an element of its own, and all others in one beside it."""
    box = blocks[1].box
    while box.parent is not None and box.last <= blocks[-1].order:
        box = box.parent
    return box.first > blocks[0].order


def _is_marked_alone(blocks: list[Block]) -> bool:
    """Whether the first paragraph is set apart from all others.

    By a class that no other bears, `<p class="sp"><strong>`, or as loose text before elements: `<i>…</i><br><p>…`.
    """
    box, others = blocks[0].box, [each.box for each in blocks[1:] if each.link_share < 0.5]
    if all(each.tag == "p" and box.first < each.first < box.last for each in others):
        return True
    return bool(box.words) and box.tag in ("p", "div") and all(each.words != box.words for each in others)


def _paragraphs(blocks: list[Block]) -> Iterator[str]:
    """Texts of the blocks, the cells of a table's row in one line."""
    row: Box | None = None
    cells: list[tuple[Box | None, str]] = []
    for block in blocks:
        mine, cell = row_of(block)
        if mine is None or mine is not row:
            yield _row_text(cells)
            cells = []
        row = mine
        if mine is None:
            yield block.text
        else:
            cells.append((cell, block.text))
    yield _row_text(cells)


def _row_text(cells: list[tuple[Box | None, str]]) -> str:
    """Cells joined by bars, paragraphs inside one cell by blanks."""
    parts: list[str] = []
    last: Box | None = None
    for cell, text in cells:
        if parts and cell is last:
            parts[-1] += " " + text
        else:
            parts.append(text)
        last = cell
    return " | ".join(parts)
