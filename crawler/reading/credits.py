"""Where a page says who made the article and where it was taken from: labelled lines, marked elements, the last line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from crawler.reading.blocks import Block
from crawler.reading.page import Page
from crawler.reading.story import Span

try:
    from crawler.reading.people import Byline, read_byline
except ImportError:  # until it is written
    from crawler.reading.standin import Byline, read_byline

_LONGEST = 160
# Folded. What follows the colon is a name; where the label also names photographs, people.py reads the roles.
_LABEL = re.compile(
    r"(?:^|[|•;(\[]\s*|\s[-–]\s|\s{1,3}|\b)((?:tac gia(?: bai viet)?|nguoi viet|nguoi thuc hien|but danh|nhom (?:tac gia|pv|phong vien)"
    r"|thuc hien|phong vien|pv|ctv|cong tac vien|bien tap(?: vien)?|bien soan|tong hop|bai viet|noi dung"
    r"|(?:tin|bai|anh|clip|video|hinh anh)(?:\s*(?:,|va|-|/|&|\+)\s*(?:tin|bai|anh|clip|video|hinh anh))*"
    r"|bt|btv|author|by|written by|reporter|story|photos?)\s*:\s*)"
)
_SOURCE = re.compile(
    r"(?:^|[|•;(\[]\s*|\s[-–]\s|\s)(?:nguon(?: tin| bai| bai viet| trich)?|source|theo nguon)\s*:\s*(?P<name>[^|•;\])]{2,120})"
)
_ACCORDING = re.compile(r"[(\[]?\s*(?:theo|trich|dan theo|nguon)\s+(?P<name>[^:;|)\]]{2,80}?)\s*[)\]]?\.?$")
_LEAD_PREFIX = re.compile(
    r"^\s*(?:[(\[](?P<a>[A-ZĐ][A-Za-zĐ.&/ ]{1,24})[)\]]\s*[-–—:.]?\s|(?P<b>[A-ZĐ]{2,8}|[A-Z][a-z]+[Pp]ortal)\s*[-–—]\s)"
)
_PLACES = frozenset(("TPHCM", "HCM", "HN", "VN", "TP", "UBND", "HĐND", "QH", "USA", "UAE", "GDP", "COVID"))
# Not after "Nguồn:": a photograph's, a budget's.
_PHOTO_SOURCE = re.compile(r"(?:anh|hinh|photo|video|clip)\W*$")
_NEVER = re.compile(
    r"nguoi ky|chiu trach nhiem|tong bien tap|giay phep|ban bien tap\s*:|truong ban bien tap|nguoi dang"
)
_NEXT_FIELD = re.compile(
    r"\s*(?:[|•;]|\s[-–]\s(?=(?:ngay|nguon|luot|cap nhat|\d))|[(\[]?\s*(?:nguon(?: tin)?|ngay dang|luot xem|cap nhat|theo)\s*:?\s*(?=[^ ]*:)"
    r"|\d{1,2}[/.:-]\d{1,2}|(?:nguon|ngay dang|luot xem|so lan xem|cap nhat|source|thu (?:hai|ba|tu|nam|sau|bay)|chu nhat)\b)"
)


@dataclass(frozen=True, slots=True)
class Credits:
    """Byline and source of an article, verbatim and read; `orders` are the blocks that hold nothing else."""

    byline: Byline | None = None
    byline_text: str | None = None
    byline_basis: str | None = None
    source: str | None = None
    source_text: str | None = None
    orders: frozenset[int] = frozenset()


def find_credits(page: Page, span: Span, headline: Block | None) -> Credits:
    """The credits of the article that stands in `span`."""
    blocks = [b for b in _around(page, span, headline) if len(b.text) <= _LONGEST]
    source, source_text, used_by_source = _source(blocks, span)
    for basis, text, labelled, order in _bylines(page, blocks, span):
        byline = read_byline(text, labelled)
        if byline is None or not (byline.authors or byline.source):
            continue
        if not byline.authors:
            if source is None:
                source, source_text = byline.source, text
                used_by_source |= {order} if order is not None else set()
            continue
        if source is None and byline.source:
            source, source_text = byline.source, text
        used = {order} if order is not None else set()
        return Credits(byline, text, basis, source, source_text, frozenset(used_by_source | used))
    return Credits(source=source, source_text=source_text, orders=frozenset(used_by_source))


def _around(page: Page, span: Span, headline: Block | None) -> list[Block]:
    """Blocks of the article and just before and behind it, from the last to the first: bylines stand at the end."""
    first = max(0, (headline.order if headline else span.start) - 3)
    found = []
    for block in page.outline.blocks[first : span.end + 6]:
        if block.related or block.in_row or block.zone in ("nav", "footer", "aside", "header", "comments", "crumb"):
            continue
        if block is not headline and block.zone in (None, "widget"):
            found.append(block)
    return found[::-1]


def _bylines(page: Page, blocks: list[Block], span: Span) -> Iterator[tuple[str, str, bool, int | None]]:
    """Candidates, the most telling first: (basis, verbatim text, whether a label stands before it, block)."""
    for block in blocks:
        if found := _labelled(block, page.outline.blocks):
            yield "label", found, True, block.order if len(block.text) <= len(found) + 4 else None
    for block in blocks:
        if block.has("author") and not _NEVER.search(block.folded) and not _is_account(block):
            yield "marked", block.text, False, block.order
    last = [b for b in blocks if span.start <= b.order < span.end + 2 and b.zone is None][:3]
    for block in last:
        if _set_apart(block, last) and not any(char.isdigit() for char in block.text):
            yield "last_line", block.text, False, block.order
    for block in reversed(blocks):
        if span.head <= block.order < span.start and block.zone is None and 2 <= block.text.count(" ") + 1 <= 6:
            if (block.is_bold or block.is_italic or block.align == "right") and not block.level:
                yield "above", block.text, False, block.order
    yield from _machine(page)


def _labelled(block: Block, blocks: list[Block]) -> str | None:
    """A labelled byline inside the block, or in this block with the label in the one before (table cells)."""
    folded = block.folded
    if _NEVER.search(folded):
        return None
    for match in _LABEL.finditer(folded):
        label = match[1].strip(" :")
        tail = folded[match.end() :]
        if not tail.strip():
            following = blocks[block.order + 1] if block.order + 1 < len(blocks) else None
            if following is not None and len(following.text) <= 60 and match.start(1) <= 2:
                return f"{block.text} {following.text}"
            continue
        if label in ("noi dung", "story", "bai viet", "tong hop") and len(tail) > 50:
            continue
        stop = _NEXT_FIELD.search(tail)
        end = match.end() + (stop.start() if stop and stop.start() > 0 else len(tail))
        text = block.text[match.start(1) : end].strip(" -–|•;,([")
        if 3 <= len(text) <= 120:
            return text
    return None


def _is_account(block: Block) -> bool:
    return (
        re.fullmatch(r"(?:admin\w*|quan tri\w*|administrator|root|superuser|webmaster)(?: .*)?", block.folded)
        is not None
    )


def _set_apart(block: Block, last: list[Block]) -> bool:
    """Whether a last line is set as a byline: to the right, bold, or short and alone as the very last."""
    words = block.text.split()
    if not 1 <= len(words) <= 14 or len(block.text) > 90 or block.text.endswith((".", ":", "!", "?", ";", ",")):
        return False
    if block.level or block.box.tag in ("td", "th", "li", "dd"):
        return False
    if block.align == "right" or block.is_bold or block.is_italic:
        return True
    return block is last[0] and len(words) <= 6


def _machine(page: Page) -> Iterator[tuple[str, str, bool, None]]:
    """People named in JSON-LD, then in meta; sites and publishers are nobody."""
    site = {page.meta.get("og:site_name", "").lower()}
    for each in page.linked_data:
        publisher = each.get("publisher")
        if isinstance(publisher, dict):
            site.add(str(publisher.get("name", "")).lower())
    for each in page.linked_data:
        if "datePublished" in each or "headline" in each:
            names = [name for name in _names(each.get("author")) if name.lower() not in site]
            if names:
                yield "json_ld", ", ".join(names), True, None
    for name in ("author", "article:author", "dc.creator", "parsely-author", "sailthru.author"):
        value = page.meta.get(name, "")
        if value and value.lower() not in site and 2 <= len(value.split()) <= 5 and "http" not in value:
            yield f"meta:{name}", value, False, None


def _names(author: Any) -> list[str]:
    if isinstance(author, str):
        return [author] if "http" not in author else []
    if isinstance(author, list):
        return [name for each in author[:12] for name in _names(each)]
    if isinstance(author, dict) and "rgani" not in str(author.get("@type", "")):
        name = author.get("name")
        return _names(name) if isinstance(name, (str, list)) else []
    return []


def _source(blocks: list[Block], span: Span) -> tuple[str | None, str | None, set[int]]:
    """The source the page names, verbatim too, and the blocks that hold nothing else."""
    for block in blocks:
        match = _SOURCE.search(block.folded)
        if match and not _PHOTO_SOURCE.search(block.folded[: match.start()]):
            name = block.text[match.start("name") : match.end("name")]
            stop = _NEXT_FIELD.search(match["name"])
            if stop and stop.start() > 1:
                name = name[: stop.start()]
            text = block.text[match.start() : match.start("name") + len(name)].strip(" -–|•;([")
            alone = len(block.text) <= len(text) + 6
            return name.strip(" .-–,"), text, {block.order} if alone else set()
    for block in blocks[:3]:
        match = _ACCORDING.fullmatch(block.folded)
        if match and span.start <= block.order and len(block.text) <= 80 and block.text[match.start("name")].isupper():
            return block.text[match.start("name") : match.end("name")].strip(), block.text, {block.order}
    return None, None, set()


def read_marked(text: str) -> tuple[Byline | None, str]:
    """The byline in an element that a layout names as one; its label may stand in it."""
    labelled = ":" in text[:40]
    byline = read_byline(text, labelled)
    return (byline if byline is not None and byline.authors else None), text


def lead_prefix(text: str) -> str | None:
    """The agency that a lead opens with: "(TTXVN) - …", "TTĐT - …", "PhuthoPortal - …"."""
    match = _LEAD_PREFIX.match(text)
    if match is None:
        return None
    name = (match["a"] or match["b"]).strip()
    return None if name.upper().replace(".", "") in _PLACES else name
