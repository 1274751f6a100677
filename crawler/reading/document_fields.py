"""What a page prints of an official document: labels and values, in one line, in two cells, in one row of several."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from lxml import etree

from archive.vietnam.text import fold
from crawler.reading.outline.blocks import Block, Box, Outline
from crawler.reading.page import Page

# Folded labels as the laws modules of NukeViet, Liferay's and SharePoint's document lists print them; each may end in
# "văn bản". "Số:", "Ngày:" and "Về việc:" alone name a document's only beside other fields of one.
_FIELDS = {
    "number": r"so\s*(?:[/,]|va)?\s*(?:k[yi] )?hieu|so van ban|k[yi] hieu|so(?=\s*:)",
    "date": r"ngay ban hanh|ngay van ban|ngay ky|ban hanh ngay|ngay ra",
    "day": r"ngay(?=\s*:)",
    "effective": r"ngay (?:co |bat dau )?hieu luc|(?:co )?hieu luc tu(?: ngay)?|thoi gian hieu luc",
    "expiry": r"ngay het hieu luc|het hieu luc",
    "issuer": r"(?:co quan|don vi|noi|cap|co quan(?:,|/) ?don vi) ban hanh|co quan",
    "signer": r"nguoi ky(?: duyet)?|ky boi",
    "type": r"(?:the )?loai|hinh thuc",
    "title": r"(?:noi dung )?trich yeu(?: ?/? ?noi dung)?|ten van ban|ve viec",
    "field": r"linh vuc|chuyen muc van ban|nganh",
    "files": r"(?:tep|file|tap tin|van ban|toan van)(?: van ban)?(?: dinh kem)?|dinh kem|tai ve|tai (?:tep|file|lieu)"
    r"(?: dinh kem)?|noi dung van ban|tep tin",
    "status": r"tinh trang(?: hieu luc)?|trang thai",
}
_LABEL = re.compile(
    r"\W*(?:" + "|".join(f"(?P<{name}>{pattern})" for name, pattern in _FIELDS.items()) + r")(?: van ban)?\s*(?::|\s*$)"
)
_LONGEST_LABEL = 60
# What a form for searching documents prints beside its fields; no value, even where the field itself is a script's.
_PROMPT = re.compile(r"[\W_]*(?:chon|nhap)\b.*|(?:tu|den|ngay|tat ca|tim|kiem|tra cuu|[\W_])+")
_MOST_CONTROLS = 400

Field = tuple[str, str, frozenset[int]]
"""A field's name, its value, "" where none is told, and the orders of the blocks that say it."""


def fields_of(page: Page) -> Iterator[Field]:
    """Label and value, in one block ("Số ký hiệu: 12/QĐ-UBND") or in two that follow each other (table cells)."""
    blocks, asking = page.outline.blocks, None
    for index, block in enumerate(blocks):
        if block.related or block.in_row or block.zone not in (None, "widget", "aside") or len(block.text) > 600:
            continue
        match = _LABEL.match(_head(block))
        if match is None or match.lastgroup is None:
            if "/" in block.text and len(block.text) <= _LONGEST_LABEL:
                yield from _of_row(block, blocks)
            continue
        asking = _asking(page) if asking is None else asking
        if block.order in asking:
            continue
        name = match.lastgroup
        rest = block.text[match.end() :].strip(" :\t-")
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        if rest:
            yield name, rest if _is_value(name, rest) else "", frozenset((block.order,))
        elif following is None or _LABEL.match(_head(following)) or not _is_value(name, following.text):
            yield name, "", frozenset((block.order,))
        else:
            value = (
                "" if _heads_list(block, following) or _ends_row(block, following) else following.text.strip(" :\t-")
            )
            yield name, value, frozenset((block.order, following.order))


def _of_row(block: Block, blocks: list[Block]) -> Iterator[Field]:
    """Fields that one cell names for as many: "Cơ quan ban hành/ Chức danh / Người ký" (vbpl.vn)."""
    row, labels = block.box.parent, [part.strip() for part in block.folded.split("/")]
    if row is None or row.tag != "tr" or row.first != block.order or row.last - row.first != 1 + len(labels):
        return
    for place, label in enumerate(labels, 1):
        match = _LABEL.match(label)
        if match is not None and match.lastgroup is not None:
            value = blocks[block.order + place]
            yield match.lastgroup, value.text, frozenset((block.order, value.order))


def _heads_list(label: Block, value: Block) -> bool:
    """Whether a label stands over a list whose first item is no value of it: "Loại văn bản" over a menu of types."""
    items = value.box.parent
    if value.box.tag != "li" or items is None:
        return False
    return items.last - items.first > 1 and not items.first <= label.order < items.last


def _ends_row(label: Block, value: Block) -> bool:
    """Whether a label is the last of its row's cells and the value stands in the next row: a head over columns."""
    row = label.box.parent
    return row is not None and row.tag == "tr" and row.first < label.order and value.order >= row.last


def _is_value(name: str, text: str) -> bool:
    """Whether a text can be the value of a field: no prompt of a form; a day has figures."""
    if name in ("date", "day", "number") and not any(map(str.isdigit, text)):
        return False
    return len(text) > _LONGEST_LABEL or _PROMPT.fullmatch(fold(text)) is None


def _head(block: Block) -> str:
    """The folded beginning of a block, where its label stands; one that could hold none is not folded."""
    if len(block.text) <= _LONGEST_LABEL:
        return block.folded
    head = block.text[:_LONGEST_LABEL]
    return f"{fold(head)}…" if ":" in head else ""


def _asking(page: Page) -> frozenset[int]:
    """The orders of blocks that stand in a form: few lines beside many fields. What they name is asked, not told."""
    counts: Counter[Box] = Counter()
    for number, node in enumerate(page.root.iter("input", "select", "textarea")):
        if number >= _MOST_CONTROLS:
            break
        if node.tag != "input" or (node.get("type") or "text").lower() in ("text", "date", "search"):
            counts.update(_around(node, page.outline))
    forms = (box for box, count in counts.items() if box.last - box.first <= 2 * count + (count > 1))
    return frozenset(order for form in forms for order in range(form.first, form.last))


def _around(node: etree._Element, outline: Outline) -> Iterator[Box]:
    up: etree._Element | None = node
    while up is not None and up not in outline.boxes:
        up = up.getparent()
    box = outline.boxes[up] if up is not None else None
    while box is not None:
        yield box
        box = box.parent
