"""Names in the last lines of an article's text, set apart as a byline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from crawler.reading.made.beside_time import NEVER
from crawler.reading.made.candidates import Candidate
from crawler.reading.made.signers import is_saying, is_speaker, signs_for, stands_under
from crawler.reading.outline.blocks import Block
from crawler.reading.people import names_nobody, read_byline
from crawler.reading.people.makers import are_people, is_spoken_of, may_be_pen_names
from crawler.reading.people.names import (
    is_common,
    is_initials,
    is_medium,
    is_organisation,
    is_place,
    is_unit,
    without_titles,
)
from crawler.reading.text.lines import field_values, is_field_line, is_file_line, is_tag_line, is_widget
from crawler.reading.text.span import Span
from crawler.reading.values import without_contact, without_day, without_number

# "Trần Văn A - Trường Chính trị tỉnh"
_UNIT_BEHIND = re.compile(r"\w(?:\s+[-–—(]|,)\s*\w")
_COMRADE = re.compile(r"(?:d/c|dong chi) [\w ]+\s[-–—(]\s*\w")  # "Đ/c Lê Hoa - Bí thư Chi bộ"
_LONGEST_LABEL = 12  # characters of a byline's, such as "Tin và ảnh:"
_LISTED = 8  # lines of other stories that may stand in the element of the text, before the byline
_FOOTNOTE = re.compile(r"[(\[]\d{1,2}[)\]]\s")
_CHANNEL = re.compile(r"(?<=[A-Z]{2})\d\b")


def last_lines(blocks: list[Block], span: Span, used: set[int]) -> Iterator[Candidate]:
    """The last lines of the text, where they are set as a byline and no signer's office stands over them."""
    known = {block.order: block for block in blocks}
    last = _last_of(blocks, span, used, known)
    told = next((block for block in last[:3] if not _is_no_text(block)), None)
    if told is not None and _are_listed(told, known):
        return
    for block in last[:2]:  # "Nguồn ảnh: Internet"
        if len(block.text) <= 60 and names_nobody(block.text):
            yield _line(block)
            last.remove(block)
    last = [block for block in last if NEVER.search(block.folded) is None]
    right = _only_to_the_right(last)
    signed = next((b for b in last[1:9] if b.order + 1 in known and known[b.order + 1].level and _is_signed(b)), None)
    if signed is not None:  # over a part of its own: what readers asked, a gallery
        yield _line(signed)
    offices = [block.order for block in last[:6] if signs_for(block, known.get(block.order + 1))]
    signers = {block.order for block in last for office in offices if stands_under(office, block, known)}
    if last and last[0].order in signers:  # a document
        return
    right = right if right is None or right.order not in signers else None
    last = [block for block in last[:3] if block.order not in signers.union(offices)]
    yield from _pairs(last)
    yield from (_line(block) for block in last if _set_apart(block, last) and not _has_figures(block.text))
    for block in (*last[:1], *([right] if right is not None and right not in last else [])):
        if _signs_to_the_right(block):
            yield _line(block, labelled=not is_medium(without_day(block.text.strip("()[] "))))


def _line(block: Block, *, labelled: bool = False) -> Candidate:
    return Candidate("last_line", block.text, labelled, {block.order})


def _last_of(blocks: list[Block], span: Span, used: set[int], known: dict[int, Block]) -> list[Block]:
    """The lines at the end of the text that may name somebody, and those behind it that are set so; the last first."""
    values = field_values(blocks[::-1])
    end = max(
        min(span.end + 2, span.box.last), min(span.end + _LISTED, span.behind), span.end, _behind_files(span, known)
    )
    return [
        block
        for block in blocks
        if span.prose <= block.order < end
        and block.zone is None
        and block.order not in used
        and block.order not in values
        and (block.order < span.end or _may_sign(block))
        and not is_frame(block)
        and not is_of_another_field(block, known.get(block.order - 1))
        and not _is_of_a_list(block, (known.get(block.order - 1), known.get(block.order + 1)))
    ]


def _behind_files(span: Span, known: dict[int, Block]) -> int:
    """Where the line ends that follows the files offered under the text."""
    order = span.end
    while (block := known.get(order)) is not None and is_file_line(block):
        order += 1
    return order + 1 if order > span.end else order


def _pairs(last: list[Block]) -> Iterator[Candidate]:
    """A name, and in the next line the unit of who bears it, or a second name set like the first."""
    for below, above in pairwise(last[:2]):
        alike = _is_set_like(above, below)
        beside = below.text.strip("() ")  # the unit may stand in brackets
        unit = is_organisation(beside) or is_unit(beside)
        named = _set_apart(above, last) or (unit and len(above.text) <= 40 and are_people(without_titles(above.text)))
        if named and _set_apart(below, last) and (alike or unit):
            text = f"{above.text} - {beside if unit else below.text}"
            yield Candidate("last_line", text, False, {above.order, below.order})


def _signs_to_the_right(block: Block) -> bool:
    """Whether how a line is set makes a byline of any name: "HÀ NAM - LÊ HOA" may be two provinces (Đà Nẵng)."""
    if is_common(block.text) or (block.text.isupper() and is_organisation(block.text)):
        return False  # a section, a letterhead
    if block.align != "right" or is_place(block.text) or any(map(str.isdigit, block.text)):
        return False
    signs = not is_spoken_of(block.text) or _COMRADE.match(block.folded) is not None
    return signs and _set_apart(block, [block])


def _only_to_the_right(lines: list[Block]) -> Block | None:
    """The one line set to the right among many: what readers wrote may stand under it."""
    right = [block for block in lines if block.align == "right"]
    return right[0] if len(right) == 1 and (right[0].is_bold or right[0].is_italic) else None


def is_frame(block: Block) -> bool:
    """Whether a line is none of the text: a tool, a field, a tag, a file, or a note under the byline."""
    return is_widget(block) or is_field_line(block) or is_tag_line(block) or is_file_line(block) or _is_note(block.text)


def _may_sign(block: Block) -> bool:
    """Whether a line behind the text can be a byline, and is no heading of other stories ("Đọc tiếp") and no link."""
    if block.align == "right":
        return True
    told = block.is_bold or block.is_italic or names_nobody(block.text) or read_byline(block.text) is not None
    return told and block.link_share <= 0.5


def _is_note(text: str) -> bool:
    """Whether a line under the byline tells something beside the text: "* Bài viết dự thi …", "(Mời bạn đọc …)"."""
    closed = text[0] == "*" or _FOOTNOTE.match(text) is not None or (text[0] == "(" and text[-1] == ")")
    return closed and len(text.split()) >= 6 and read_byline(text) is None


def _set_apart(block: Block, last: list[Block]) -> bool:
    """Whether a last line is set as a byline: to the right, bold, or short and alone as the very last."""
    words = block.text.split()
    text = block.text.removesuffix("./.")
    text = text[:-1] if text.endswith(".") and (are_people(text[:-1]) or is_initials(text)) else text
    if not 1 <= len(words) <= 14 or len(text) > 90 or text.endswith((".", ":", "!", "?", ";", ",")):
        return False
    if block.level and not (block.align == "right" or (block.level > 3 and _names_somebody(block, text))):
        return False
    if block.box.tag in ("td", "th", "li", "dd") and not (block.after_break or _alone_in_row(block)):
        return False
    if block.align == "right" or block.is_bold or block.is_italic:
        return True
    if block is last[0]:
        return len(words) <= 8 or _UNIT_BEHIND.search(text) is not None
    # under it only what is no text: "Bình quân (0 đánh giá)", "Tài liệu khác"
    named = names_a_person(block) or may_be_pen_names(block.text)
    return named and all(_is_no_text(each) for each in last if each.order > block.order)


def _is_no_text(block: Block) -> bool:
    """Whether a line at the end is a tool's or a heading's, and neither a sentence nor a name."""
    return len(block.text) <= 40 and block.text[-1] not in ".!?…" and not names_a_person(block)


def _names_somebody(block: Block, text: str) -> bool:
    """Whether a heading is a name: of more than one, of who bears a unit, of words that no table knows."""
    return are_people(text) or is_initials(text) or names_a_person(block) or may_be_pen_names(text)


def _is_signed(block: Block) -> bool:
    """Whether a line is a name with the unit of its bearer: "KS. Phan Văn An - Trạm Khuyến nông huyện"."""
    name = _UNIT_BEHIND.search(block.text)
    before = block.text[: name.start() + 1] if name is not None and len(block.text) <= 90 else ""
    unit = block.text[len(before) :].strip(" -–—()")
    return bool(before) and are_people(without_titles(before)) and is_organisation(unit)


def is_of_another_field(block: Block, before: Block | None) -> bool:
    """Whether the line before is a label of those who only posted the page: "Người đăng", and below it a name."""
    if before is None or len(before.text) >= 30 or NEVER.search(before.folded) is None:
        return False
    return before.text.endswith(":") or NEVER.fullmatch(before.folded) is not None


def _is_of_a_list(block: Block, beside: tuple[Block | None, Block | None]) -> bool:
    """Whether people are listed, and do not write: two lines begin with the same dash or dot, or a colon is before.

    Nor does he whose words are quoted in the line before: "Trăm năm trồng người".
    """
    sign = block.text[0]
    if sign in "•▪●■" or is_speaker(block) or any(each is not None and is_saying(each) for each in (block, beside[0])):
        return True
    if beside[0] is not None and beside[0].text.endswith(":") and not _is_label_of(beside[0].text, block.text):
        return True
    return sign in "-–+•*" and any(each is not None and each.text[0] == sign for each in beside)


def _is_label_of(label: str, name: str) -> bool:
    """Whether a line with a colon is a byline's label, "Tin và ảnh:", and none of a list or of whom to call."""
    byline = read_byline(f"{label} {name}") if len(label) <= _LONGEST_LABEL else None
    return byline is not None and bool(byline.authors)


def _are_listed(last: Block, known: dict[int, Block]) -> bool:
    """Whether people are named line by line at the end, and nothing sets them apart as makers: who won.

    Three lines are a list however they are set, unless to the right; two are where they are set like the text.
    """
    lines = [last]
    while (above := known.get(lines[-1].order - 1)) is not None and len(lines) < 3 and names_a_person(above):
        lines.append(above)
    if len(lines) < 2 or not names_a_person(last) or last.align == "right":
        return False
    return len(lines) > 2 or not _is_set_like(lines[1], last)


def names_a_person(block: Block) -> bool:
    """Whether a line begins with a person's name, behind which his unit may stand."""
    if len(block.text) > 80:
        return False
    between = _UNIT_BEHIND.search(block.text)
    if between is None or are_people(block.text):
        return are_people(without_titles(block.text))
    unit = block.text[between.end() - 1 :].strip("() ")
    return are_people(without_titles(block.text[: between.start() + 1])) and (is_unit(unit) or is_organisation(unit))


def _is_set_like(one: Block, other: Block) -> bool:
    """Whether two lines are set apart from the text in the same way."""
    same = one.align == other.align and (one.is_bold, one.is_italic) == (other.is_bold, other.is_italic)
    return same and (one.is_bold or one.is_italic or one.align == "right")


def _has_figures(text: str) -> bool:
    """Whether a line holds digits that are no number of a unit, a medium, a title or a telephone."""
    return any(map(str.isdigit, without_number(_without_medium(without_contact(text)))))


def _without_medium(text: str) -> str:
    """A line without what of a medium is figures: "TTXVN/Vietnam+ 12/10", "Minh Đức (Theo VTV1)"."""
    told = without_day(text.strip("()[] "))
    return "" if is_medium(told) or ("(" in told and told != text) else _CHANNEL.sub("", text)


def _alone_in_row(block: Block) -> bool:
    """Whether a cell to the right is the only filled one of its row or list: old editors align bylines by tables."""
    row = block.box.parent
    if row is not None and row.tag in ("ul", "ol"):
        return row.last - row.first == 1 and block.align == "right"
    if row is None or row.tag != "tr" or row.last - row.first != 1:
        return False
    table = row.parent.parent if row.parent is not None and row.parent.tag == "tbody" else row.parent
    whole = table is not None and table.tag == "table" and table.last - table.first == 1
    return whole or block.align == "right" or block.is_bold or block.is_italic
