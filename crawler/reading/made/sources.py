"""What an article was taken from, as its page names it: behind a label, in a marked element, beside the time."""

from __future__ import annotations

import re
from datetime import datetime

from archive.vietnam.text import fold
from crawler.reading.made.beside_time import NEXT_FIELD, parts_beside_time, runs
from crawler.reading.made.labelled import in_cells
from crawler.reading.outline.blocks import Block
from crawler.reading.page import Page, text_of
from crawler.reading.people import read_byline
from crawler.reading.people.makers import are_people, people_and_source
from crawler.reading.people.names import is_common, is_medium, is_organisation, reads_as_name
from crawler.reading.text.lines import is_widget, says_tools
from crawler.reading.text.span import Span
from crawler.reading.values import DOTS, is_unsaid, source_name, without_day

_SOURCE = re.compile(
    rf"(?:^|[{DOTS};(\[]\s*|\s[-–]\s|\s)"
    r"(?:(?:trich |dan |theo )?nguon(?: tin(?: bai)?| bai(?: viet)?| (?:trich )?dan| trich)?"
    r"|source|(?:bai|tin|link) goc|(?:trich )?dan theo|trich (?:tu|theo))\s*:"
    rf"\s*(?:theo\s+)?(?P<name>[^{DOTS};\])]{{2,120}})"
)
_BRACKETED = re.compile(r"^[(\[]([^()\[\]]+)[)\]]$")
_JOINT = re.compile(r"(?:/|\s[&+])\s*$")  # before the next field
_DIGITS = re.compile(r"\d\d")
_SOURCE_LABEL = re.compile(r"(?:nguon(?: tin| bai)?|source): ")
_TAKEN = re.compile(r"[(\[ ]*(?:theo|tong hop (?:tu|theo)) ")
_WORD_BEFORE = re.compile(r"^(?:theo|nguồn)\s*:?\s+", re.IGNORECASE)
_TOOL_BEHIND = re.compile(r"\s+(?:copy link|sao chep(?: lien ket| link)?|lay link|(?:xem )?(?:link|bai) goc)\W*$")
# Not after "Nguồn:": a photograph's, a budget's.
_PHOTO_SOURCE = re.compile(r"(?:anh|hinh|photo|video|clip)\W*$")


Found = tuple[str | None, str | None, set[int]]


def find_source(page: Page, blocks: list[Block], span: Span, dated: frozenset[int]) -> Found:
    """The source the page names, verbatim too, and the blocks that hold nothing else; `dated` carry the times."""
    # what stands over the headline is another column's: "Nguồn: Sở Tài chính" under its prices
    told = [block for block in blocks if block.order >= span.head or block.order in dated]
    return _behind_a_label(page, told) or _marked(page, blocks, span, dated) or (None, None, set())


def _behind_a_label(page: Page, blocks: list[Block]) -> Found | None:
    for block in blocks:
        if (name := in_cells(block, page.outline.blocks, _SOURCE_LABEL)) is not None:
            return name.strip(" .-–,"), f"{block.text} {name}", {block.order, block.order + 1}
        if ":" not in block.text or _SOURCE.search(block.folded) is None:
            continue
        for piece in runs(block):
            if (labelled := _labelled_source(piece)) is not None:
                name, text, people = labelled
                rest = without_day(block.text.replace(text, "")).strip(" (.")
                alone = not people and (len(rest) <= 6 or says_tools(fold(rest)))
                return name, text, {block.order} if alone else set()
    return None


def _marked(page: Page, blocks: list[Block], span: Span, dated: frozenset[int]) -> Found | None:
    """What stands in an element that is marked as the source's, or behind "Theo" in a line of its own."""
    known = {block.order: block for block in blocks}
    for inline in page.outline.inlines:
        if "source" not in inline.hints or "author" in inline.hints or inline.order not in known:
            continue
        text = _without_tools(text_of(inline.node))
        if _is_bare_source(text):
            return _WORD_BEFORE.sub("", text), text, set()
    for block in blocks:
        marked = block.has("source")
        # "Theo Văn phòng UBND tỉnh", a line of its own behind the text
        if len(block.text) <= 80 and block.text[-1] not in ".,;:" and _TAKEN.match(block.folded):
            named = read_byline(block.text, marked or _is_last(block, blocks, span))
            whose = named is not None and named.source and block.has("author") and are_people(named.source)
            if named is not None and named.source and not whose:  # CafeF marks "Theo Hồ Hương" as the author
                return named.source, block.text, set() if named.authors else {block.order}
        if _closes(block, blocks, span):
            return source_name(block.text), block.text, {block.order}
        alone = marked and block.order not in dated and not block.has("author")
        name = _BRACKETED.sub(r"\1", block.text)
        if alone and _is_bare_source(name, block.box.hints):
            return name, block.text, {block.order}
    return None


def _closes(block: Block, blocks: list[Block], span: Span) -> bool:
    """Whether a line set to the right at the end of the text is a newspaper's name and nothing else: "(TTXVN)"."""
    if block.align != "right" or len(block.text) > 60 or block.order < span.prose:
        return False
    name = without_day(block.text.strip("()[] "))
    alone = is_medium(name) and not is_common(name) and reads_as_name(name) and not people_and_source(name)[0]
    return alone and _is_last(block, blocks, span)


def source_in(text: str) -> str | None:
    """The name in an element that a layout names as the source's: without a label, a "Theo" and brackets."""
    name = _BRACKETED.sub(r"\1", text.split(":", 1)[-1].strip() if not is_medium(text) else text)
    return _WORD_BEFORE.sub("", name).strip(" -–") or None


def _without_tools(text: str) -> str:
    """The text of a marked element without the tool that stands behind the name: "Theo Đại Đoàn kết Copy link"."""
    tool = _TOOL_BEHIND.search(fold(text))
    return text[: tool.start()] if tool is not None else text


def _is_last(block: Block, blocks: list[Block], span: Span) -> bool:
    """Whether a short line is one of the last three of the text."""
    text = [each for each in blocks if block.order < each.order < span.end and not is_widget(each)]
    return block.order < span.end and len(text) < 3 and len(block.text.split()) <= 8


def _labelled_source(piece: str) -> tuple[str, str, bool] | None:
    """The source behind "Nguồn:" in a line or a part of one, the words that say so, and whether they name people."""
    folded = fold(piece)
    match = _SOURCE.search(folded)
    if match is None or _PHOTO_SOURCE.search(folded[: match.start()]):
        return None
    name = _without_tools(piece[match.start("name") : match.end("name")])
    if is_unsaid(name):
        return None
    if name.count("(") > name.count(")") and piece[match.end("name") :][:1] == ")":
        name += ")"  # "Cổng TTĐT Chính phủ (chinhphu.vn)"
    stop = NEXT_FIELD.search(match["name"])
    if stop and stop.start() > 1:
        name = name[: stop.start()]
    text = piece[match.start() : match.start("name") + len(name)].strip(f" -–{DOTS};([")
    people, name = people_and_source(name)  # "Nguồn: Lê Hoa - Báo Kon Tum"
    name = _JOINT.sub("", without_day(name)).strip(f" .-–—,{DOTS}").removesuffix(" (")
    return (name, text, bool(people)) if _can_be_source(name) else None


def source_beside_time(lines: list[Block], fetched_at: datetime) -> tuple[str | None, str | None]:
    """A source in the line of the posting time: "18/05/2021 08:30 | Theo VGP"."""
    for block in lines:
        for part in parts_beside_time(block, fetched_at) if "theo" in block.folded else ():
            told = fold(part).startswith("theo ") and not fold(part).startswith("theo doi ")
            named = read_byline(part, len(part.split()) <= 8) if told else None
            if named is not None and named.source:
                return named.source, part
    return None, None


def _can_be_source(name: str) -> bool:
    """Whether a labelled value begins like a name: no share of a budget, no thing."""
    return name[:1].isupper() or is_medium(name) or is_organisation(name) or name.lower() == "internet"


def _is_bare_source(text: str, hints: frozenset[str] = frozenset(("source",))) -> bool:
    """Whether an element marked as the source's holds a name and nothing else; by itself the mark vouches for it."""
    if not 2 <= len(text) <= 80 or text[-1] in ".,;:" or "(" in text:
        return False
    vouched = "source" in hints and text[:1].isupper() and reads_as_name(text) and not _DIGITS.search(text)
    return vouched or is_organisation(text) or is_medium(text)
