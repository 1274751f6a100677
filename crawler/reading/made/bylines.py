"""Where on a page the names of those who made the article stand: behind labels, in marked elements, above the text.

Candidates come the most telling first, those of `beside_time`, `last_lines` and `data_authors` among them; `people`
reads the names in them, `credits` chooses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from archive.vietnam.text import fold
from crawler.reading.made.beside_time import (
    BARE_LABEL,
    NEVER,
    NEXT_FIELD,
    after_label,
    beside_the_time,
    parts_beside_time,
    runs,
)
from crawler.reading.made.candidates import Candidate
from crawler.reading.made.data_authors import from_data, from_meta
from crawler.reading.made.last_lines import ending, last_lines
from crawler.reading.outline.blocks import Block, Box
from crawler.reading.page import Page, text_of
from crawler.reading.people import LABEL, labels_in, read_byline, role_of
from crawler.reading.people.names import is_person
from crawler.reading.posted.data import is_vietnamese
from crawler.reading.text.lines import is_caption, is_field_line, is_widget
from crawler.reading.text.span import Span
from crawler.reading.values import DOTS

LONGEST = 160
_LAST = 3  # lines at the end of the text, where bylines stand
_QUOTE = re.compile(r"(?:^|[ _-])(?:block-?)?quotes?(?:$|[ _-])|trich-?dan")
# They need no colon where their value stands in an element beside theirs.
FIELD_NAMES = frozenset((
    "tac gia", "tac gia bai viet", "nguoi viet", "nguon", "nguon tin", "author", "source", "bai va anh", "bai, anh",
    "tin, anh", "tin va anh", "thuc hien", "nguoi thuc hien",
))  # fmt: skip
_DATE = re.compile(r"\d[/.-]\d")
_FIELDS = re.compile(rf"\s*[{DOTS}]\s*")
# Labels that open a paragraph of the text as well.
_IN_TEXTS = frozenset(("noi dung", "story", "text", "bai viet", "tong hop", "ghi", "dua tin"))


def around(page: Page, span: Span, headline: Block | None) -> list[Block]:
    """Blocks of the article and just before and behind it, from the last to the first: bylines stand at the end."""
    first = max(0, (headline.order if headline else span.start) - 3)
    pictures = {each.order for each in page.outline.media if each.tag == "img"}
    found = []
    everything, head = page.outline.blocks, min(span.prose + 8, span.end)
    for block in (*everything[first:head], *everything[max(head, span.end - 25, first) : span.end + 6]):
        if block.related or block.in_row or block.zone in ("nav", "footer", "aside", "header", "comments", "crumb"):
            continue
        # the photographer of one picture is named under it, and is none of the article's
        if is_caption(block, block.order in pictures) and (block.order + 1 < span.end or _credits_a_picture(block)):
            continue
        if block is not headline and block.zone in (None, "widget") and not _is_of_data(block, everything, span):
            found.append(block)
    return found[::-1]


def _is_of_data(block: Block, everything: list[Block], span: Span) -> bool:
    """Whether a line stands under a table inside the text: what it names is the source of the table's figures."""
    if not span.prose < block.order < span.end - 1 or block.box.tag in ("td", "th"):
        return False
    before, after = everything[block.order - 1], everything[block.order + 1]
    under = before.box.tag in ("td", "th") or (before.box.parent or before.box).tag in ("td", "th")
    return under and len(after.text) >= 60 and after.free


def _credits_a_picture(block: Block) -> bool:
    return {role_of(label["label"]) for label in labels_in(block.text, block.folded)} == {"photographer"}


def candidates(
    page: Page, blocks: list[Block], span: Span, used: set[int], dated: frozenset[int], fetched_at: datetime
) -> Iterator[Candidate]:
    """Where names may stand, the most telling first; `used` grows while they are read, `dated` carry the times."""
    yield from _labelled_lines(page, [block for block in blocks if block.order not in used], span)
    foreign = not is_vietnamese(page)
    if foreign:  # in Vietnam the data names who typed the page in
        yield from from_data(page, "person")
    yield from _marked(page, [block for block in blocks if not _is_quoted(block)], dated, fetched_at)
    yield from beside_the_time(blocks, span, dated, fetched_at)
    yield from last_lines(blocks, span, used | dated)
    yield from ending(page.outline.blocks, span, used | dated)
    for block in reversed(blocks):
        if not span.head <= block.order < span.prose or block.zone is not None:
            continue
        if len(block.text) <= 60 and (label := BARE_LABEL.match(block.folded)):
            yield Candidate("above", block.text[label.end() :], False, {block.order})
        set_off = (block.is_bold or block.is_italic or block.align == "right") and not block.level
        if set_off and len(block.text.split()) <= 6:
            yield Candidate("above", block.text, False, {block.order})
    if not foreign:
        yield from from_data(page, "person")
    if foreign:
        yield from from_data(page, "organisation")
    yield from from_meta(page, foreign)
    if not foreign:
        yield from from_data(page, "organisation")


def _marked(page: Page, blocks: list[Block], dated: frozenset[int], fetched_at: datetime) -> Iterator[Candidate]:
    """Elements whose class says that they hold the author, inline ones first."""
    known = {block.order: block for block in blocks}
    for inline in page.outline.inlines:
        block = known.get(inline.order) if "author" in inline.hints else None
        if block is not None and not NEVER.search(block.folded):
            name = text_of(inline.node) or " ".join((inline.node.tail or "").split())  # behind an icon
            alone = {block.order} if len(block.text) <= len(name) + 4 else set()
            yield Candidate("marked", after_label(name), True, alone)
    named = [block for block in blocks if block.has("author") and not NEVER.search(block.folded)]
    for block in named:  # <a>Quốc Hải</a> <a>Lê Mỹ</a>
        told = runs(block)
        if 2 <= len(told) <= 4 and block.link_share > 0.7 and all(map(_names_one, told)):
            yield Candidate("marked", "; ".join(told), True, {block.order})
    for lines in _in_one_element(named):
        yield Candidate("marked", "; ".join(line.text for line in lines), True, {line.order for line in lines})
    for block in named:
        if block.order not in dated and _DATE.search(block.text) is None:
            yield Candidate("marked", after_label(block.text), True, {block.order})
        elif len(told := list(parts_beside_time(block, fetched_at))) == 1:
            yield Candidate("marked", after_label(told[0]), True, set())


def _is_quoted(block: Block) -> bool:
    """Whether a block stands in a quotation or with a picture: the name marked there is a speaker's."""
    box: Box | None = block.box
    for _ in range(4):
        if box is None or box.tag in ("body", "article", "main"):
            return False
        if box.tag in ("blockquote", "figure") or _QUOTE.search(box.words):
            return True
        box = box.parent
    return False


def _in_one_element(named: list[Block]) -> Iterator[list[Block]]:
    """Two to four marked lines of one element, each a name by itself, in the order of the page."""
    lines: list[Block] = []
    for block in reversed(named):
        beside = lines and (block.box is lines[-1].box or block.box.parent is lines[-1].box.parent)
        if lines and not (beside and block.order == lines[-1].order + 1):
            break
        lines.append(block)
    if 2 <= len(lines) <= 4 and all(len(line.text) <= 40 and _names_people(line.text) for line in lines):
        yield lines


def _names_one(text: str) -> bool:
    byline = read_byline(text, True)
    return byline is not None and len(byline.authors) == 1


def _names_people(text: str) -> bool:
    byline = read_byline(text)
    return byline is not None and bool(byline.authors)


def _labelled_lines(page: Page, blocks: list[Block], span: Span) -> Iterator[Candidate]:
    """Labelled bylines, from the page's end; neighbours ("Tin: …" above "Ảnh: …") count as one."""
    for block in blocks:
        if (name := in_cells(block, page.outline.blocks, LABEL)) is not None:
            yield Candidate("label", f"{block.text.rstrip(' :')}: {name}", True, {block.order, block.order + 1})
    found: list[tuple[Block, str]] = []
    for block in blocks:
        text = _labelled(block)
        if text and span.prose <= block.order < span.end - _LAST and not _names_surely(text):
            continue
        if text and (not found or found[-1][0].order == block.order + 1):
            found.append((block, text))
        elif text or (found and block.order < found[-1][0].order - 1):
            break
    if found:
        alone = {block.order for block, text in found if len(block.text) <= len(text) + 4}
        last, text = found[0]
        if len(found) == 1 and not alone and last.order >= span.end - 3 and _ends_in(last, text):
            yield Candidate("label", text, True, alone, ends=last)
        yield Candidate("label", "; ".join(text for _, text in reversed(found)), True, alone)


def _names_surely(text: str) -> bool:
    """Whether a label in the midst of the text names somebody, and no song or film: "Bài: Tiến Quân Ca"."""
    byline = read_byline(text, True)
    return byline is not None and any(
        author.kind == "organisation" or is_person(author.name, strict=True) for author in byline.authors
    )


def _ends_in(block: Block, byline: str) -> bool:
    """Whether a paragraph ends in a byline, behind a full stop."""
    before, _, behind = block.text.rpartition(byline)
    return before.rstrip(" ([").endswith((".", "!", "?", "”", '"')) and not behind.strip(" .)]")


def in_cells(block: Block, blocks: list[Block], label: re.Pattern[str]) -> str | None:
    """The value in the cell after a cell that is nothing but the label."""
    if len(block.text) > 30 or block.order + 1 >= len(blocks):
        return None
    cell = block.box.tag in ("dt", "th", "td", "label")
    if not (cell or block.text.endswith(":") or block.folded in FIELD_NAMES):
        return None
    match = label.match(f"{block.folded.rstrip(' :')}: ")
    value = blocks[block.order + 1]
    if match is None or match.end() < len(block.text.rstrip(" :")) or len(value.text) > 80:
        return None
    if value.box is block.box and not value.after_break:
        return None
    if not cell and value.box is not block.box and value.box.parent not in (block.box, block.box.parent):
        return None
    if (
        LABEL.match(value.folded)
        or value.text.endswith(":")
        or value.related
        or value.in_row
        or is_widget(value)
        or is_field_line(value)
    ):
        return None
    # an empty label takes no line that follows it by chance
    return value.text if cell or read_byline(value.text) is not None or _is_pair(block, value) else None


def _is_pair(label: Block, value: Block) -> bool:
    """Whether an element holds a label and its value, and no more; a tool is no value."""
    beside = value.box is not label.box and value.box.parent is label.box.parent
    box = label.box.parent if beside and label.box.parent is not None else label.box
    one = box.last - box.first == 2 and box.first == label.order
    return one and value.text[0].isupper() and value.link_share < 0.5 and len(value.text.split()) <= 8


def _labelled(block: Block) -> str | None:
    """A labelled byline inside the block."""
    if next(labels_in(block.text, block.folded), None) is None:
        return None
    # who posted the page stands in a field of the same line: the others are read one by one
    pieces = [piece for run in runs(block) for piece in (_FIELDS.split(run) if NEVER.search(fold(run)) else [run])]
    return next(filter(None, map(_labelled_piece, pieces)), None)


def _labelled_piece(piece: str) -> str | None:
    folded = fold(piece)
    if NEVER.search(folded):
        return None
    for match in labels_in(piece, folded):
        tail = folded[match.end() :]
        other = role_of(match["label"]) in ("nobody", "source") and "tac gia" not in match["label"]
        if other or (match["label"] in _IN_TEXTS and len(tail) > 50):
            continue
        stop = NEXT_FIELD.search(tail)
        end = match.end() + (stop.start() if stop and stop.start() > 0 else len(tail))
        text = piece[match.start() : end].strip(f" -–{DOTS};,([")
        if 3 <= len(text) <= 120:
            return text
    return None
