"""Bylines behind labels: "Tin, ảnh: …" in a line of its own, in a part of one, or in the cell before the name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive.vietnam.text import fold
from crawler.reading.made.beside_time import NEVER, NEXT_FIELD, runs
from crawler.reading.made.candidates import Candidate
from crawler.reading.outline.blocks import Block
from crawler.reading.page import Page
from crawler.reading.people import LABEL, labels_in, read_byline, role_of
from crawler.reading.people.makers import are_people
from crawler.reading.people.names import is_person
from crawler.reading.text.lines import is_widget
from crawler.reading.text.span import Span
from crawler.reading.values import DOTS

_LAST = 3  # lines at the end of the text, where bylines stand
# They need no colon where their value stands in an element beside theirs.
FIELD_NAMES = frozenset((
    "tac gia", "tac gia bai viet", "nguoi viet", "nguon", "nguon tin", "author", "source", "bai va anh", "bai, anh",
    "tin, anh", "tin va anh", "thuc hien", "nguoi thuc hien",
))  # fmt: skip
_FIELDS = re.compile(rf"\s*[{DOTS}]\s*")
# Labels that open a paragraph of the text as well.
_IN_TEXTS = frozenset(("noi dung", "story", "text", "bai viet", "tong hop", "ghi", "dua tin"))


def labelled_lines(page: Page, blocks: list[Block], span: Span) -> Iterator[Candidate]:
    """Labelled bylines, from the page's end; neighbours ("Tin: …" above "Ảnh: …") count as one."""
    for block in blocks:
        if (name := in_cells(block, page.outline.blocks, LABEL)) is not None:
            names = [name, *_names_below(block.order + 2, page.outline.blocks)] if are_people(name) else [name]
            orders = set(range(block.order, block.order + 1 + len(names)))
            yield Candidate("label", f"{block.text.rstrip(' :')}: {'; '.join(names)}", True, orders)
    found: list[tuple[Block, str]] = []
    for block in blocks:
        text = _labelled(block)
        beside = bool(found) and found[-1][0].order == block.order + 1
        if text and not beside and span.prose <= block.order < span.end - _LAST and not _names_surely(text):
            continue
        if text and (not found or beside):
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
    if not cell and value.box is not block.box and value.box.parent not in (block.box, block.box.parent):
        return None
    if LABEL.match(value.folded) or value.text.endswith(":") or value.related or value.in_row or is_widget(value):
        return None
    # an empty label takes no line that follows it by chance
    return value.text if cell or read_byline(value.text) is not None or _is_pair(block, value) else None


def _names_below(order: int, blocks: list[Block]) -> Iterator[str]:
    """The names in the lines below a labelled one that are set as it is."""
    for block in blocks[order : order + 3]:
        if block.box.tag != blocks[order - 1].box.tag or block.box.words != blocks[order - 1].box.words:
            return
        if not block.free or block.level or len(block.text) > 40 or not are_people(block.text):
            return
        yield block.text


def _is_pair(label: Block, value: Block) -> bool:
    """Whether an element holds a label and its value, and no more; a tool is no value."""
    beside = value.box is not label.box and value.box.parent is label.box.parent
    box = label.box.parent if beside and label.box.parent is not None else label.box
    one = box.last - box.first == 2 and box.first == label.order
    return one and value.text[0].isupper() and value.link_share < 0.5 and len(value.text.split()) <= 8


def _labelled(block: Block) -> str | None:
    """A labelled byline inside the block."""
    if next(labels_in(block.text, block.folded), None) is None:
        told = runs(block) if len(block.text) <= 80 else []
        pair = len(told) == 2 and fold(told[0]) in FIELD_NAMES and read_byline(told[1]) is not None
        return ": ".join(told) if pair else None
    # who posted the page stands in a field of the same line: the others are read one by one
    pieces = [piece for run in runs(block) for piece in (_FIELDS.split(run) if NEVER.search(fold(run)) else [run])]
    return "; ".join(filter(None, map(_labelled_piece, pieces))) or None  # "Bài: Lê Hoa" • "Ảnh: Trần Nam"


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
