"""Pages that publish an official document: a table of labels and values read into a Document, each with its words."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime

from lxml import etree

from archive.schema import Document
from archive.vietnam.text import fold, letters
from crawler.reading.dates import parse_posted
from crawler.reading.outline.blocks import Block, Box, Outline
from crawler.reading.page import Page
from crawler.reading.title.headline import Headline
from crawler.reading.title.over_the_story import line_before
from crawler.reading.title.words import is_site_title

# Folded labels as the laws modules of NukeViet, Liferay's and SharePoint's document lists print them.
_FIELDS = {
    "number": r"so\s*(?:[/,]|va)?\s*(?:k[yi] )?hieu(?: van ban)?|so van ban|k[yi] hieu(?: van ban)?",
    "date": r"ngay ban hanh|ngay van ban|ngay ky|ban hanh ngay|ngay ra van ban",
    "effective": r"ngay (?:co |bat dau )?hieu luc|hieu luc tu(?: ngay)?|ngay hieu luc|co hieu luc tu(?: ngay)?"
    r"|thoi gian hieu luc",
    "expiry": r"ngay het hieu luc|het hieu luc",
    "issuer": r"co quan(?: ban hanh|/don vi ban hanh)?|don vi ban hanh|noi ban hanh|cap ban hanh|co quan, don "
    r"vi ban hanh",
    "signer": r"nguoi ky(?: van ban| duyet)?|ky boi",
    "type": r"loai van ban|hinh thuc van ban|the loai(?: van ban)?|hinh thuc",
    "title": r"trich yeu(?: noi dung| van ban)?|ten van ban|noi dung trich yeu|ve viec|trich yeu/noi dung",
    "field": r"linh vuc(?: van ban)?|chuyen muc van ban|nganh",
    "files": r"(?:tep|file|tap tin|van ban|toan van)(?: van ban)?(?: dinh kem)?|dinh kem|tai ve|tai lieu dinh "
    r"kem|noi dung van ban|file van ban|tep tin",
    "status": r"tinh trang(?: hieu luc)?|trang thai",
}
_LABEL = re.compile(
    r"\W*(?:" + "|".join(f"(?P<{name}>{pattern})" for name, pattern in _FIELDS.items()) + r")\s*(?::|\s*$)"
)
_LONGEST_LABEL = 60
# What a form for searching documents prints beside its fields; no value, even where the field itself is a script's.
_PROMPT = re.compile(r"[\W_]*(?:chon|nhap)\b.*|(?:tu|den|ngay|tat ca|tim|kiem|tra cuu|[\W_])+")
_MOST_CONTROLS = 400
_FEWEST = 3  # fields that make a document of a page
_TELLING = frozenset(("number", "date", "effective", "issuer", "signer", "type", "title"))


def find_document(page: Page, fetched_at: datetime) -> tuple[Document, frozenset[int]] | None:
    """The document a page publishes, without its files, and the blocks that say it; None for less than three fields."""
    found: dict[str, str] = {}
    orders: set[int] = set()
    pairs = list(_pairs(page))
    sheet = _sheet(pairs, page.outline.blocks)
    for name, value, used in sorted(pairs, key=lambda pair: not pair[2] <= sheet):
        if not value or found.setdefault(name, value) == value:
            orders |= used
    if len(_TELLING & found.keys()) < _FEWEST or not {"number", "date"} & found.keys() or _are_many(pairs):
        return None
    issued = parse_posted(found["date"], fetched_at) if "date" in found else None
    effective = parse_posted(found["effective"], fetched_at) if "effective" in found else None
    return (
        Document(
            type_text=found.get("type"),
            number_text=found.get("number"),
            date=issued.day.isoformat() if issued else None,
            date_text=found.get("date"),
            effective_date=effective.day.isoformat() if effective else None,
            effective_text=found.get("effective"),
            issuer_text=found.get("issuer"),
            signer=found.get("signer"),
            title=found.get("title"),
        ),
        frozenset(orders),
    )


def headline_of_document(
    page: Page, headline: Headline | None, document: Document, sheet: frozenset[int]
) -> Headline | None:
    """The headline of a document's page; what the document is about, where the headline says its number or the site."""
    number = (document.number_text or "") if any(map(str.isdigit, document.number_text or "")) else ""
    named = document.title or f"{document.type_text or ''} {number}".strip()
    told = Headline(named, "document") if named else None
    if headline is not None and (headline.block is None or headline.block.order not in sheet):
        bare = letters(headline.text)
        for said in (document.number_text, document.type_text, "số"):
            bare = bare.replace(letters(said or ""), "", 1)
        if len(bare) >= 8 and not is_site_title(headline.text):
            return headline
    if document.title:
        return told
    block = line_before(page.outline, min(sheet)) if sheet else None
    return Headline(block.text, "position", block) if block is not None else headline or told


Pair = tuple[str, str, frozenset[int]]


def _are_many(pairs: list[Pair]) -> bool:
    """Whether every field has several values: the page lists documents and publishes none."""
    values: defaultdict[str, set[str]] = defaultdict(set)
    for name, value, _ in pairs:
        if value and name in _TELLING:
            values[name].add(value)
    return all(len(each) > 1 for each in values.values())


def _sheet(pairs: list[Pair], blocks: list[Block]) -> frozenset[int]:
    """The blocks of the smallest element with three fields: what it says outweighs a menu beside it."""
    names: defaultdict[Box, set[str]] = defaultdict(set)
    for name, value, orders in pairs:
        box: Box | None = blocks[min(orders)].box
        while box is not None and value and name in _TELLING:
            names[box].add(name)
            box = box.parent
    told = [box for box, fields in names.items() if len(fields) >= _FEWEST]
    smallest = min(told, key=lambda box: box.last - box.first, default=None)
    return frozenset(range(smallest.first, smallest.last)) if smallest is not None else frozenset()


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


def _pairs(page: Page) -> Iterator[Pair]:
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
            value = "" if _heads_list(block, following) else following.text
            yield name, value, frozenset((block.order, following.order))


def _of_row(block: Block, blocks: list[Block]) -> Iterator[Pair]:
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


def _is_value(name: str, text: str) -> bool:
    """Whether a text can be the value of a field: no prompt of a form; a day has figures."""
    if name == "date" and not any(map(str.isdigit, text)):
        return False
    return len(text) > _LONGEST_LABEL or _PROMPT.fullmatch(fold(text)) is None


def _head(block: Block) -> str:
    """The folded beginning of a block, where its label stands; one that could hold none is not folded."""
    if len(block.text) <= _LONGEST_LABEL:
        return block.folded
    head = block.text[:_LONGEST_LABEL]
    return f"{fold(head)}…" if ":" in head else ""
