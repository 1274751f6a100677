"""Names in the line of an article's posting time and in the lines beside it; in these lines every field is one part."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise, takewhile

from lxml import etree

from archive.vietnam.text import fold
from crawler.reading.dates import find_dates
from crawler.reading.made.candidates import Candidate
from crawler.reading.made.signers import holds_office, signs_for
from crawler.reading.outline.blocks import Block, Box
from crawler.reading.outline.zones import SKIPPED
from crawler.reading.page import text_of
from crawler.reading.people.makers import are_people, may_be_pen_names
from crawler.reading.people.names import is_organisation, is_place, is_unit
from crawler.reading.text.lines import is_widget
from crawler.reading.text.span import Span
from crawler.reading.values import DOTS

_ICONS = frozenset(("i", "svg", "img", "span", "em"))
_DOTS = re.compile(f"[{DOTS}]")
_BARS = re.compile(rf"\s*[{DOTS}–—;]\s*|\s+-\s+|^\s*-\s*")
# Folded; labels that stand before a name without a colon.
BARE_LABEL = re.compile(r"\W*(?:(?:duoc )?viet boi|bai viet cua|bai cua|tac gia|written by|boi|by)\s+(?=\S)")
# "Phòng Văn hóa - Thông tin huyện"
_OFFICE_IN_TWO = re.compile(
    r"(?:phòng|sở|ban|trung tâm|ủy ban|công chức) [^\d|–-]+ [–-] "
    r"(?:thông tin|xã hội|thể thao|báo chí|thương binh|hạ tầng|kế hoạch|hành chính|văn h[óo][áa]|du lịch|kỹ thuật"
    r"|truyền (?:thông|hình|thanh)|tổng hợp|tuyên truyền|gia đình|môi trường|nghiệp vụ|quản trị)[^\d:|–-]*$"
)
_TAKEN = re.compile(r"Theo\s+")
_SEVERAL = re.compile(r",| [-–—&] | và ")  # names, some of which no table may know
_BETWEEN = " -–—(),;:/"
_SIGNS = re.compile(r"^[^\w(\[“\"]+|[^\w)\].”\"]+$")  # pictograms beside a name
_SLASH = re.compile(r"\s/\s")
# "Bởi Lê Hoa vào 18/05/2021"
_BEFORE_TIME = re.compile(r"\s+(?:vào|lúc|ngày|vào lúc|vào ngày|on|at)$", re.IGNORECASE)
_SHORT = re.compile(r"(?:[A-ZĐ]\.){1,2}[A-ZĐ]|BBT")
# "Sơn Hà, ngày 12/3/2024" tells where a paper was made out.
_MADE_OUT = re.compile(r"\W*\w+(?: \w+)?,? ngay \d[\d/.\s-]*(?:thang \d+ nam \d+)?\W*$")
NEVER = re.compile(
    r"nguoi ky|chiu trach nhiem|tong bien tap|giay phep|ban bien tap\s*:|truong ban bien tap"
    r"|nguoi (?:dang|nhap|duyet|kiem duyet|phe duyet|cap nhat|gui|tao|phu trach)\b|can bo (?:dang|nhap)\b"
    r"|\b(?:nhap|tao|duyet|cap nhat|gui) boi\b|^\W*(?:duoc )?dang\b.{0,60}\bboi\b|\b(?:dang tin|duyet bai|xuat ban)\s*:"
)
NEXT_FIELD = re.compile(
    rf"\s*[{DOTS};–-]?\s*(?:[(\[]?\b(?:nguon(?: tin)?|tac gia|nguoi viet|ngay dang|dang (?:luc|ngay|vao)|luot xem"
    r"|so lan xem|so luot xem|cap nhat|source|(?<!\()theo)\b"
    r"|\b(?:thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat)\b,?|\d{1,2}[/.:h-]\d{1,2}|ngay\s*:?\s*\d"
    # the page's tools
    r"|\d[\d.,]* (?:luot|lan|views?|binh luan|phan hoi|y kien|comments?)\b|"
    r"\b(?:luot|da xem|chuyen muc|danh muc|mau chu|tuong phan|chia se|(?:doc|nghe) bai)\b"
    r"|\ba[-+](?=\s|$)|\bin [a-z]|\b(?:xem )?(?:voi )?co chu\b)"
)


def beside_the_time(
    blocks: list[Block], span: Span, dated: frozenset[int], fetched_at: datetime
) -> Iterator[Candidate]:
    """A name in the line of the posting time, or in a line beside it in the same list: "29.12.2021 08:17 Lư Dũng"."""
    known = {block.order: block for block in blocks}
    for order in sorted(dated & known.keys()):
        block = known[order]
        for part in parts_beside_time(block, fetched_at):
            label = BARE_LABEL.match(fold(part))
            several = label is None and _SEVERAL.search(part) is not None and may_be_pen_names(part)
            yield Candidate("beside_time", part[label.end() :] if label else part, several or label is not None, set())
        for near in sorted(known.values(), key=lambda each: abs(each.order - order)):
            before = known.get(near.order - 1)  # "Người ký" in the cell before: another field's value
            if before is not None and len(before.text) < 30 and (before.text[-1] == ":" or NEVER.search(before.folded)):
                continue
            if holds_office(near, known) or is_widget(near):  # "Aa Lưu Nghe"
                continue
            # further off only in a list: in a table or <dl> each value has a label of its own
            listed = span.head <= near.order < span.prose and near.box.tag not in ("dd", "dt", "td", "th")
            beside = abs(near.order - order) == 1
            signed = near.order >= span.prose and before is not None and signs_for(before, near)
            if _are_neighbours(near, block, beside=beside) and (beside or listed) and not signed:
                yield Candidate("beside_time", _with_unit(near), False, {near.order})


def _with_unit(block: Block) -> str:
    """The line, with a dash between a name and the unit of its bearer where but elements part them."""
    told = runs(block)
    parted = len(told) == 2 and are_people(told[0]) and (is_unit(told[1]) or is_organisation(told[1]))
    return " - ".join(told) if parted else block.text


def _are_neighbours(one: Block, other: Block, *, beside: bool) -> bool:
    """Whether two blocks are items of one list, cells of one row, or lines that breaks part.

    `beside`: they follow each other, and each may be wrapped in elements of its own.
    """
    if one is other or one.level or NEVER.search(one.folded):
        return False
    if one.box is other.box:
        return one.after_break or other.after_break
    if one.box.parent is other.box.parent:
        return True
    around = (_wrapping(one).parent, _wrapping(other).parent)
    return beside and (around[0] is around[1] or one.box is around[1] or other.box is around[0])


def _wrapping(block: Block) -> Box:
    """The largest element that holds nothing but this block."""
    box = block.box
    while box.parent is not None and box.parent.last - box.parent.first == 1:
        box = box.parent
    return box


def runs(block: Block) -> list[str]:
    """The texts of the inline elements that make up a line, a label with its value; the whole line where they do not.

    Themes print posting lines as spans that only style sheets set apart: <span>Lê Hoa</span> <span>Lượt xem: 3</span>.
    """
    node = block.box.node
    if block.box.first != block.order or len(node) < 2:  # to count children is to walk over them all
        return [block.text]
    found: list[str] = []
    line = takewhile(lambda each: each.tag != "br", node)
    for text in filter(None, (text_of(each) for each in line if each.tag not in SKIPPED)):
        if found and found[-1].endswith(":"):
            found[-1] += " " + text
        else:
            found.append(text)
    whole = "".join(found).replace(" ", "") == block.text.replace(" ", "")
    if whole and len(found) > 1:
        return found
    return list(_between_icons(node)) or [block.text]


def _between_icons(node: etree._Element) -> Iterator[str]:
    """The texts of a line whose fields are parted by nothing but icons: elements without text."""
    icons = [each for each in node if each.tag in _ICONS and not text_of(each)]
    if len(icons) < 2 or len(icons) < len(node):
        return
    for told in (node.text, *(icon.tail for icon in icons)):
        if told and told.strip():
            yield " ".join(told.split())


def parts_beside_time(block: Block, fetched_at: datetime) -> Iterator[str]:
    """What a line of the posting time says beside it, in parts; who posted the page is left out."""
    told = runs(block)
    if len(told) == 1 and (NEVER.search(block.folded) or _MADE_OUT.match(block.folded)):
        return
    for run in told:
        if not NEVER.search(fold(run)):
            yield from _without_times(run, fetched_at)


def _without_times(text: str, fetched_at: datetime) -> Iterator[str]:
    """The parts of a line between its dates, bars, dots and dashes, each up to the next label."""
    for found in reversed(find_dates(text, fetched_at)):
        text = f"{text[: found.start]}|{text[found.end :]}"
    parts = [each.strip(_BETWEEN) for each in _DOTS.split(text)]
    for one, other in pairwise(parts):  # "Minh Đức | Thu Hà"
        if " " in one and " " in other and are_people(one) and are_people(other):
            yield f"{one}; {other}"
    for field in (*text.split("|"), *parts):
        told = field.strip(_BETWEEN)
        if _BARS.search(told) is None:
            continue
        if (stop := NEXT_FIELD.search(fold(told))) is not None and stop.start():
            told = told[: stop.start()].strip(_BETWEEN)
        if _BARS.search(told) and (_OFFICE_IN_TWO.match(told.lower()) or are_people(told) or may_be_pen_names(told)):
            yield told
    taken = text.strip(" |")
    if "|" not in taken and fold(taken).startswith("theo ") and " - " in taken:
        yield taken  # "Theo Đoàn Dũng - Báo Đắk Nông"
    for part in _BARS.split(text):
        stop = NEXT_FIELD.search(fold(part))
        name = part[: stop.start()].strip() if stop and stop.start() else part.strip()
        name = _SIGNS.sub("", _BEFORE_TIME.sub("", name.removesuffix(" /")))
        if " / " in name:
            yield from filter(are_people, map(str.strip, _SLASH.split(name)))
        several = [each.strip() for each in name.split(",")]
        if (len(name) >= 4 or _SHORT.fullmatch(name)) and not any(map(is_place, several)):  # "Sơn Hà, Kon Tum"
            yield name
            if len(several) > 1:  # names, or a name among other things
                yield from (each for each in several if len(each) >= 4)


def after_label(text: str) -> str:
    """The words behind a label without a colon: "Viết bởi Lường Thu Trang" (Joomla)."""
    label = BARE_LABEL.match(fold(text)) or (_TAKEN.match(text) if are_people(_TAKEN.sub("", text)) else None)
    return text[label.end() :] if label else text
