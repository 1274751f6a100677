"""Where a page says who made an article and where it was taken from: labels, marked elements, the last line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from archive.vietnam.text import fold
from crawler.reading.blocks import Block
from crawler.reading.lines import is_caption, is_field_line, is_tag_line, is_widget
from crawler.reading.page import Page, text_of
from crawler.reading.people import Byline, read_byline
from crawler.reading.story import Span
from crawler.reading.zones import hints_of

_LONGEST = 160
# Folded. What follows the colon is a name; where the label also names photographs, people.py reads the roles.
_LABEL = re.compile(
    r"(?:^|[|•;(\[]\s*|\s[-–]\s|\s{1,3}|\b)(?<!nguon )(?<!nguon anh )((?:tac gia(?: bai viet)?|nguoi viet"
    r"|nguoi thuc hien|but danh|nhom (?:tac gia|pv|phong vien)"
    r"|thuc hien|phong vien|pv|ctv|cong tac vien|bien tap(?: vien)?|bien soan|tong hop|bai viet|noi dung"
    r"|(?:tin|bai|anh|clip|video|hinh anh)(?:\s*(?:,|va|-|/|&|\+)\s*(?:tin|bai|anh|clip|video|hinh anh))*"
    r"|bt|btv|author|by|written by|reporter|story|photos?)\s*:\s*)"
)
_SOURCE = re.compile(
    r"(?:^|[|•;(\[]\s*|\s[-–]\s|\s)(?:nguon(?: tin| bai| bai viet| trich)?|source|theo nguon)\s*:\s*(?P"
    r"<name>[^|•;\])]{2,120})"
)
_SOURCE_LABEL = re.compile(r"(?:nguon(?: tin| bai)?|source): ")
# Not after "Nguồn:": a photograph's, a budget's.
_PHOTO_SOURCE = re.compile(r"(?:anh|hinh|photo|video|clip)\W*$")
_ACCOUNT = re.compile(r"(?:admin\w*|quan tri\w*|administrator|root|superuser|webmaster|editor|user\d*|test)(?: .*)?")
_OFFICE = re.compile(
    r"^(?:kt|tm|tl|tuq)\.|^(?:pho )?(?:chu tich|giam doc|bi thu|truong ban|chanh van phong|bo truong)\b|noi nhan|da ky"
)
_NEVER = re.compile(
    r"nguoi ky|chiu trach nhiem|tong bien tap|giay phep|ban bien tap\s*:|truong ban bien tap|nguoi dang"
)
_NEXT_FIELD = re.compile(
    r"\s*[|•;–-]?\s*(?:[(\[]?\b(?:nguon(?: tin)?|ngay dang|dang luc|luot xem|so lan xem|so luot xem|cap nhat"
    r"|source|theo)\b"
    r"|\b(?:thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat)\b,?|\d{1,2}[/.:h-]\d{1,2}|ngay \d)"
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
    source, source_text, used = _source(blocks, page.outline.blocks)
    found: list[tuple[str, Byline]] = []
    for basis, text, labelled, orders in _bylines(page, blocks, span, used):
        if _ACCOUNT.fullmatch(fold(text)):  # nobody, and no text either (Hà Nội: "Admin English")
            used |= orders
            continue
        byline = read_byline(text, labelled)
        if byline is None or (found and not _writes(byline)):
            continue
        if source is None and byline.source:
            source, source_text = byline.source, text
            used |= orders
        if byline.authors:
            found.append((basis, byline))
            used |= orders
            if _writes(byline):
                break
    if not found:
        return Credits(source=source, source_text=source_text, orders=frozenset(used))
    # a photographer named on a line of his own stands behind the writer
    found.reverse()
    authors = tuple(author for _, byline in found for author in byline.authors)
    text = "; ".join(byline.text for _, byline in found)
    return Credits(Byline(authors, source, text), text, found[0][0], source, source_text, frozenset(used))


def _writes(byline: Byline) -> bool:
    return any(author.role != "photographer" for author in byline.authors)


def _around(page: Page, span: Span, headline: Block | None) -> list[Block]:
    """Blocks of the article and just before and behind it, from the last to the first: bylines stand at the end."""
    first = max(0, (headline.order if headline else span.start) - 3)
    pictures = {each.order for each in page.outline.media if each.tag == "img"}
    found = []
    everything, head = page.outline.blocks, min(span.prose + 8, span.end)
    for block in (*everything[first:head], *everything[max(head, span.end - 25, first) : span.end + 6]):
        if block.related or block.in_row or block.zone in ("nav", "footer", "aside", "header", "comments", "crumb"):
            continue
        # the photographer of one picture is named under it, and is none of the article's
        if is_caption(block, block.order in pictures) and block.order + 1 < span.end:
            continue
        if block is not headline and block.zone in (None, "widget"):
            found.append(block)
    return found[::-1]


def _bylines(page: Page, blocks: list[Block], span: Span, used: set[int]) -> Iterator[tuple[str, str, bool, set[int]]]:
    """Candidates, the most telling first: (basis, verbatim text, whether a label stands before it, its own blocks)."""
    yield from _labelled_lines(page, [block for block in blocks if block.order not in used])
    known = {block.order: block for block in blocks}
    for inline in page.outline.inlines:
        block = known.get(inline.order)
        if block is not None and "author" in hints_of(inline.words) and not _NEVER.search(block.folded):
            name = text_of(inline.node)
            yield "marked", name, True, {block.order} if len(block.text) <= len(name) + 4 else set()
    for block in blocks:
        if block.has("author") and not _NEVER.search(block.folded):
            yield "marked", block.text, True, {block.order}
    last = [
        b
        for b in blocks
        if span.prose <= b.order < span.end + 2 and b.zone is None and b.order not in used and not _is_frame(b)
    ][:3]
    signed = any(_OFFICE.search(block.folded) for block in last)  # under an office: the signer of a document
    for block in last if not signed else ():
        if _set_apart(block, last) and not any(char.isdigit() for char in block.text):
            yield "last_line", block.text, False, {block.order}
    for block in last[:1] if not signed else ():
        # "HÀ NAM - LÊ HOA": two provinces by name, a byline by how it is set (Đà Nẵng)
        if block.align == "right" and (block.is_bold or block.is_italic) and _set_apart(block, last):
            yield "last_line", block.text, True, {block.order}
    for block in reversed(blocks):
        set_off = (block.is_bold or block.is_italic or block.align == "right") and not block.level
        if set_off and span.head <= block.order < span.prose and block.zone is None and len(block.text.split()) <= 6:
            yield "above", block.text, False, {block.order}
    yield from _machine(page)


def _is_frame(block: Block) -> bool:
    return is_widget(block) or is_field_line(block) or is_tag_line(block)


def _labelled_lines(page: Page, blocks: list[Block]) -> Iterator[tuple[str, str, bool, set[int]]]:
    """Labelled bylines, from the page's end; neighbours ("Tin: …" above "Ảnh: …") count as one."""
    for block in blocks:
        if (name := _in_cells(block, page.outline.blocks, _LABEL)) is not None:
            yield "label", f"{block.text.rstrip(' :')}: {name}", True, {block.order, block.order + 1}
    found: list[tuple[Block, str]] = []
    for block in blocks:
        text = _labelled(block)
        if text and (not found or found[-1][0].order == block.order + 1):
            found.append((block, text))
        elif text or (found and block.order < found[-1][0].order - 1):
            break
    if found:
        alone = {block.order for block, text in found if len(block.text) <= len(text) + 4}
        yield "label", "; ".join(text for _, text in reversed(found)), True, alone


def _in_cells(block: Block, blocks: list[Block], label: re.Pattern[str]) -> str | None:
    """The value in the cell after a cell that is nothing but the label."""
    if len(block.text) > 30 or block.order + 1 >= len(blocks):
        return None
    match = label.match(f"{block.folded.rstrip(' :')}: ")
    value = blocks[block.order + 1]
    if match is None or match.end() < len(block.text.rstrip(" :")) or len(value.text) > 80 or value.box is block.box:
        return None
    if block.box.tag not in ("dt", "th", "td", "label") and not block.text.endswith(":"):
        return None
    return value.text


def _labelled(block: Block) -> str | None:
    """A labelled byline inside the block."""
    folded = block.folded
    if _NEVER.search(folded):
        return None
    for match in _LABEL.finditer(folded):
        label = match[1].strip(" :")
        tail = folded[match.end() :]
        if label in ("noi dung", "story", "bai viet", "tong hop") and len(tail) > 50:
            continue
        stop = _NEXT_FIELD.search(tail)
        end = match.end() + (stop.start() if stop and stop.start() > 0 else len(tail))
        text = block.text[match.start(1) : end].strip(" -–|•;,([")
        if 3 <= len(text) <= 120:
            return text
    return None


def _set_apart(block: Block, last: list[Block]) -> bool:
    """Whether a last line is set as a byline: to the right, bold, or short and alone as the very last."""
    words = block.text.split()
    if not 1 <= len(words) <= 14 or len(block.text) > 90 or block.text.endswith((".", ":", "!", "?", ";", ",")):
        return False
    if block.level or (block.box.tag in ("td", "th", "li", "dd") and not block.after_break):
        return False
    if block.align == "right" or block.is_bold or block.is_italic:
        return True
    return block is last[0] and len(words) <= 6


def _machine(page: Page) -> Iterator[tuple[str, str, bool, set[int]]]:
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
                yield "json_ld", ", ".join(names), True, set()
    for name in ("author", "article:author", "dc.creator", "parsely-author", "sailthru.author"):
        value = page.meta.get(name, "")
        if value and value.lower() not in site and 2 <= len(value.split()) <= 5 and "http" not in value:
            yield f"meta:{name}", value, False, set()


def _names(author: Any) -> list[str]:
    if isinstance(author, str):
        return [author] if "http" not in author else []
    if isinstance(author, list):
        return [name for each in author[:12] for name in _names(each)]
    if isinstance(author, dict) and "rgani" not in str(author.get("@type", "")):
        name = author.get("name")
        return _names(name) if isinstance(name, (str, list)) else []
    return []


def _source(blocks: list[Block], everything: list[Block]) -> tuple[str | None, str | None, set[int]]:
    """The source the page names, verbatim too, and the blocks that hold nothing else."""
    for block in blocks:
        if (name := _in_cells(block, everything, _SOURCE_LABEL)) is not None:
            return name.strip(" .-–,"), f"{block.text} {name}", {block.order, block.order + 1}
        match = _SOURCE.search(block.folded)
        if match and not _PHOTO_SOURCE.search(block.folded[: match.start()]):
            name = block.text[match.start("name") : match.end("name")]
            stop = _NEXT_FIELD.search(match["name"])
            if stop and stop.start() > 1:
                name = name[: stop.start()]
            text = block.text[match.start() : match.start("name") + len(name)].strip(" -–|•;([")
            alone = len(block.text) <= len(text) + 6
            return name.strip(" .-–,"), text, {block.order} if alone else set()
    return None, None, set()


def read_marked(text: str) -> tuple[Byline | None, str]:
    """The byline in an element that a layout names as one; its label may stand in it."""
    folded = fold(text)
    byline = None if _NEVER.search(folded) or _ACCOUNT.fullmatch(folded) else read_byline(text, True)
    return (byline if byline is not None and byline.authors else None), text
