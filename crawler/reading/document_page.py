"""Pages that publish an official document: a table of labels and values read into a Document, each with its words."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from datetime import datetime

from archive.schema import Document
from archive.vietnam.documents import TYPE_NAMES
from archive.vietnam.text import key, letters
from crawler.reading.dates import parse_posted
from crawler.reading.document_fields import Field, fields_of
from crawler.reading.outline.blocks import Block, Box
from crawler.reading.page import Page
from crawler.reading.people.names import is_person
from crawler.reading.title.headline import Headline
from crawler.reading.title.over_the_story import line_before
from crawler.reading.title.words import is_site_title

_FEWEST = 3  # fields that make a document of a page
_LEAST_SAID = 8  # letters of a headline besides the document's type and number
_TELLING = frozenset(("number", "date", "effective", "issuer", "signer", "type", "title"))


def find_document(page: Page, fetched_at: datetime) -> tuple[Document, frozenset[int]] | None:
    """The document a page publishes, without its files, and the blocks that say it; None for less than three fields."""
    found: dict[str, str] = {}
    orders: set[int] = set()
    fields = list(fields_of(page))
    sheet = _sheet(fields, page.outline.blocks)
    for name, value, used in sorted(fields, key=lambda each: _unlikely(each, sheet)):
        if name == "day" and not used <= sheet:
            continue  # the page's own
        if not value or found.setdefault(name, value) == value:
            orders |= used
    if len(_TELLING & found.keys()) < _FEWEST or not {"number", "date"} & found.keys() or _are_many(fields):
        return None
    said = found.get("date") or found.get("day")
    issued = parse_posted(said, fetched_at) if said else None
    effective = parse_posted(found["effective"], fetched_at) if "effective" in found else None
    return (
        Document(
            type_text=found.get("type"),
            number_text=found.get("number"),
            date=issued.day.isoformat() if issued else None,
            date_text=said,
            effective_date=effective.day.isoformat() if effective else None,
            effective_text=found.get("effective"),
            issuer_text=found.get("issuer"),
            signer=_name(found["signer"]) if "signer" in found else None,
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
    apart = headline is not None and (headline.block is None or headline.block.order not in sheet)
    if headline is not None and apart and _says_more(headline.text, document) and not is_site_title(headline.text):
        return headline
    if document.title:
        return told
    block = line_before(page.outline, min(sheet)) if sheet else None
    return Headline(block.text, "position", block) if block is not None else headline or told


def with_title(document: Document, headline: Headline | None) -> Document:
    """The document with what its page's headline says it is about, where no field does."""
    if document.title or headline is None or headline.basis == "document" or not _says_more(headline.text, document):
        return document
    return replace(document, title=headline.text)


def _says_more(text: str, document: Document) -> bool:
    """Whether a headline says more than the document's type and number."""
    rest = key(text)
    for said in (document.number_text, document.type_text, "số"):
        rest = rest.replace(key(said or ""), "", 1)
    return len(letters(rest)) >= _LEAST_SAID and rest.strip() not in TYPE_NAMES


def _unlikely(field: Field, sheet: frozenset[int]) -> tuple[bool, bool]:
    """What speaks against a field: it stands off the sheet; "Số văn bản: 12" is less than "12/2023/QĐ-UBND" is."""
    name, value, used = field
    return not used <= sheet, name == "number" and "/" not in value


def _name(signer: str) -> str:
    """A signer's name without the office: "Phó Chủ tịch Lê Văn Bình", "Nguyễn Thị Hoa - Chủ tịch HĐND"."""
    for part in re.split(r"\s[-–—]\s|[(),;]", signer):
        words = part.split()
        for first in range(len(words)):
            if is_person(name := " ".join(words[first:]), strict=True):
                return name
    return signer


def _are_many(pairs: list[Field]) -> bool:
    """Whether every field has several values: the page lists documents and publishes none."""
    values: defaultdict[str, set[str]] = defaultdict(set)
    for name, value, _ in pairs:
        if value and name in _TELLING:
            values[name].add(value)
    return all(len(each) > 1 for each in values.values())


def _sheet(pairs: list[Field], blocks: list[Block]) -> frozenset[int]:
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
