"""What a page shows of the posting and the update time: dates in lines round the headline and the text, each weighed.

Never the header's clock, a row of a list, a licence, a print page's day, the date of a cited document or an event.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from crawler.reading.dates import (
    FoundDate,
    date_label,
    find_dates,
    is_date_label,
    kinds_of,
    may_hold_a_date,
    printed_day,
)
from crawler.reading.dates.labels import Label
from crawler.reading.outline.blocks import Block
from crawler.reading.outline.rows import is_file_link, is_title_link
from crawler.reading.posted.beside import dates_a_link, label_over, row_of
from crawler.reading.posted.clocks import dates_of
from crawler.reading.posted.data import Reading
from crawler.reading.posted.dated_line import Line
from crawler.reading.posted.place import Place, Spot, is_named_posted
from crawler.reading.posted.weight import A_FIELD, BELOW, HEADS_A_DAY, IN_TEXT, LABELLED, strength

_LONGEST_LINE = 260
_LONGEST_BYLINE = 60
_LONGEST_LABEL = 40
_LONGEST_WEEKDAY = 30  # "Thứ Năm, 08:21:05 (GMT+7)"
_A_DAY = 1  # the precision of a reading without a clock
_DIGIT = re.compile(r"\d")
# By the first sign or letter, which is found fastest: "thang 5", "truoc", "ago", "today" …
_DATED = re.compile(
    r"[\dthaycv](?:(?<=\d)(?:\s?[/.\-]\s?\d{1,2}\s?[/.\-]\s?\d|\d{3})|hang (?:(?<=thang )\d|(?<=\bthang )[a-z]{2})"
    r"|ruoc\b(?<=\btruoc)|om (?:qua|nay|kia)(?<=hom ...)|go\b(?<=\bago)|esterday|oday|ach day(?<=cach day)"
    r"|ua xong(?<=vua xong))"
)
# "Đăng bởi System Account lúc …" (SharePoint), "Đăng bởi truyenthong ngày …" (Drupal)
POSTED_BY = re.compile(
    r"(?:^|[|•·]\s*)(?:(?:tin |bai )?(?:duoc )?(?:dang|viet|gui|tao)(?: tai)? boi"
    r"|(?:posted|published|written|created|submitted) by|nguoi (?:dang|gui)(?: tin| bai)?):? "
    r"[^|•·.;]{2,50}?(?:ngay|luc|vao|on|at)?\W*$"
)
# The header's clock, a licence, a print page: never the posting time, wherever it stands. Folded.
_LICENCE = re.compile(
    r"giay phep|\bgp\b|ban quyen|copyright|©|hom nay|bay gio|ngay in\b|today is"
    r"|\bin (?:(?:vao )?luc\b|ngay(?! (?:dang|xuat|tao|cap)))"
    r"|\bhom qua\W{0,3}\d[\d.,]*(?![\d.,]*\s*(?:[:h/]|gio))"  # so many visitors; not "Hôm qua, 16:40"
    r"|tu dong cap nhat|\bdia diem\b|\d ?[km]b\b"  # the figures of a counter, an event's place, a file's size
)
# "Hôm nay, 08:21" alone, or behind a label, is no header's clock, which names the day
_TODAY = re.compile(
    r"\W*(?:(?:ngay |da |duoc |tin |bai )*(?:dang|dua|cap nhat)(?: (?:tin|bai|luc|ngay))*\W+)?"
    r"(?:hom nay\W{1,3}(?:luc )?\d{1,2}[:h]\d\d|(?:luc )?\d{1,2}[:h]\d\d\W{1,3}hom nay)(?![\d/:-])\W*(?:[|•·-] .*)?"
)
_FILE_NAME = re.compile(r"\w\.(?:pdf|docx?|xlsx?|pptx?|zip|rar)\b")
_A_WEEKDAY = re.compile("r*W?r*[Tt]?Z?r*")  # by the kinds of its words
# The words before a date, up to a colon: "Thời điểm đóng thầu: 12/10/2026". Folded.
_LABEL = re.compile(
    r"(?:^|[|/•·;()\[\]–—-])([^|/•·;:()\[\]–—-]*[a-z][^|/•·;:()\[\]–—-]*)[:：]\W*(?:(?:luc|ngay|vao|hoi)\b\W*)*$"
)
# "Ngày khảo sát 12/10/2026", "Đóng thầu lúc 08:21 …": what was done then, without a colon
_DONE_THEN = re.compile(
    r"(?:^|[|•·(]\s*)ngay (?!thu |chu |tin|bai)[a-z]+(?: [a-z]+){0,2} *$"
    r"|\b(?:(?:dong|mo) thau|binh luan|dang nhap|du bao|khoi cong|khanh thanh|xay ra|dien ra|hop|do)"
    r" (?:vao )?(?:luc|ngay|hoi) *$"
)
# báo Tây Ninh prints "Thứ sáu: 15:00 ngày 09/02/2024".
_NO_LABEL = re.compile(
    r"(?:(?:thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat|cn|t[2-7]|ngay|luc|gio(?: dang)?|tin|time|on|at|by|von|por"
    r"|par)\b\W*)+"
)
_EVENT = re.compile(
    r"\b(?:thoi (?:diem|gian|han)|han|dong|mo|nop|hop|thi|sinh|mat|ket thuc|bat dau|khai mac|be mac|hieu luc|ky|cap"
    r"|ban hanh|to chuc|du kien|dien ra|tiep nhan|het|den|tu)\b"
)
_JOINT = re.compile(r"\W*(?:(?:ngay|luc|vao|hoi(?!:))\b\W*)*")  # "Ngày hỏi:" is another


def seen_times(place: Place) -> tuple[list[Reading], list[Reading]]:
    """The posting and the update times that the page shows, each with what speaks for it."""
    posted: list[Reading] = []
    updated: list[Reading] = []
    for block in place.lines():
        if block.related or (block.in_row and not _is_byline_of_links(block, place)):
            continue
        for reading, label in _in_line(block, place):
            (updated if label == "updated" else posted).append(reading)
    if not any(each.strength >= LABELLED for each in posted) and _unreadable(place):
        posted = []  # the page does name its day, in words that cannot be read: no other line stands in for it
    return _without_schedule(_without_rows(posted, place)), updated


def _without_rows(posted: list[Reading], place: Place) -> list[Reading]:
    """Without labelled days behind the story of which others follow in the same words: "Đã trả lời ngày 12/10/2026"."""
    blocks = place.page.outline.blocks
    behind = blocks[place.span.end : place.span.end + 60]

    def is_row(reading: Reading) -> bool:
        if reading.strength < LABELLED or (reading.order or 0) < place.span.end:
            return False
        words = _DIGIT.sub("", blocks[reading.order or 0].folded)
        alike = (block for block in behind if _DIGIT.sub("", block.folded) == words)
        return len({block.text for block in alike if date_label(block.text) is not None}) > 1

    return [each for each in posted if not is_row(each)]


def _without_schedule(posted: list[Reading]) -> list[Reading]:
    """Without unmarked days of the text where several stand alone in lines: they head a schedule, or a live report."""
    alone = {each.precision for each in posted if each.strength in IN_TEXT}
    if len({each.posted.day for each in posted if each.strength == A_FIELD}) > 1:
        alone.add(_A_DAY)
    alike = [each for each in posted if each.precision in alone and _is_loose(each)]
    if len({each.posted.day for each in alike}) > 1:
        return [each for each in posted if each not in alike]
    return [each for each in posted if each.strength > HEADS_A_DAY]


def _is_loose(reading: Reading) -> bool:
    return reading.basis == "position" and reading.strength <= BELOW + 5


def _in_line(block: Block, place: Place) -> Iterator[tuple[Reading, Label | None]]:
    if len(block.text) > _LONGEST_LINE or not may_hold_a_date(block.text):
        return
    if not _DATED.search(block.folded) or (_LICENCE.search(block.folded) and not _TODAY.fullmatch(block.folded)):
        return
    spot = place.spot(block)
    admitted = place.admits(block, spot)
    if admitted is None or (spot != "headline" and dates_a_link(place, block, spot)):
        return
    blocks = place.page.outline.blocks
    under = place.headline is not None and block.order == place.headline.order + 1  # words of a headline are no label
    before = None if under else label_before(block, blocks)
    before = before or (_label_over(block, place) if spot == "below" else None)
    marked = block.has("date")
    named = marked and is_named_posted(block) and (admitted == "labelled" or (spot == "after" and place.holds(block)))
    for found in dates_of(block, blocks, place.fetched_at):
        alone = _JOINT.fullmatch(block.folded[: found.start]) is not None
        label = found.label or (before if alone else None)
        if spot == "headline" and block.text[: found.start].endswith(("(", "[")):
            label = None  # the headline's last word is no label: "… về đích trước hạn (18/03/2008)"
        if label != "posted" and _dates_file(block, found, spot):
            continue
        read_at = label == "event" and Line(block, found, label, spot, place).is_read_at
        label = None if read_at else label
        if label is None and (named or POSTED_BY.search(block.folded[: found.start])):
            label = "posted"
        words = blocks[block.order - 1].folded if alone and block.order else block.folded[: found.start]
        if label is None and not read_at and _names_another(words[-_LONGEST_LABEL:], spot):
            continue
        if weight := strength(Line(block, found, label, spot, place), admitted):
            basis = f"label:{label}" if label else ("marked" if marked else "position")
            printed = printed_day(found.text) if found.posted.precision != "day" else None
            yield Reading(found.posted, found.text.strip(), basis, weight, block.order, printed), label


def _is_byline_of_links(block: Block, place: Place) -> bool:
    """Whether a single row directly under the headline links its day and its writer (Blogger), and dates no story."""
    blocks, headline = place.page.outline.blocks, place.headline
    if headline is None or block.order != headline.order + 1 or len(block.text) > _LONGEST_BYLINE:
        return False
    return block.order + 1 < len(blocks) and not blocks[block.order + 1].in_row


def _names_another(before: str, spot: Spot) -> bool:
    """Whether the words before a date are the label of something else; under the headline unknown ones may pass."""
    if _DONE_THEN.search(before):
        return True
    label = _LABEL.search(before)
    if label is None or _NO_LABEL.fullmatch(label[1].strip()):
        return False
    other_day = label[1].strip().startswith("ngay ")  # "Ngày xét xử:", "Ngày làm việc:"
    return spot not in ("below", "above") or other_day or _EVENT.search(label[1]) is not None


def _label_over(block: Block, place: Place) -> Label | None:
    """What the head of a date's column says it is."""
    head = label_over(place, block)
    if head is None or len(head.text) > 40 or _DIGIT.search(head.text):
        return None
    return date_label(head.text)


def _unreadable(place: Place) -> bool:
    """Whether a line labelled as the posting time holds digits but no day that can be read (31/02, a day to come)."""
    return any(
        len(block.text) <= 80 and block.free and block.text[-1:].isdigit() and date_label(block.text) == "posted"
        and not find_dates(block.text, place.fetched_at, either_order=True)
        for block in place.lines()
    )  # fmt: skip


def label_before(block: Block, blocks: list[Block]) -> Label | None:
    """The label in the block before, where that is nothing but a label: two table cells, dt and dd.

    Who posted it is one for a time in the next cell: "Đăng bởi: vanphong", "Lúc 16h25 ngày 12/10/2026".
    """
    above = blocks[max(0, block.order - 3) : block.order][::-1]
    before = next((each for each in above if not _is_weekday(each)), None)
    if (
        before is None
        or _closes_table(before, block)
        or len(before.text) > _LONGEST_LABEL
        or is_title_link(before)
        or _DIGIT.search(before.text)
    ):
        return None
    if before.box.parent is block.box.parent and block.folded.startswith("luc ") and POSTED_BY.search(before.folded):
        return "posted"
    whole = before.text.endswith((":", "：")) or is_date_label(before.text)  # "Ngọc Hân" is no "hạn"
    return date_label(before.text) if whole else None


def _is_weekday(block: Block) -> bool:
    """Whether a line holds but a weekday or a clock, which belong to the date beside it."""
    return len(block.text) <= _LONGEST_WEEKDAY and _A_WEEKDAY.fullmatch(kinds_of(block.text)) is not None


def _dates_file(block: Block, found: FoundDate, spot: Spot) -> bool:
    """Whether the line links or names a file before its date; over the text tools may offer the page as one."""
    if _FILE_NAME.search(block.folded, 0, found.start):
        return True
    return spot in ("inside", "after") and is_file_link(block.href or "")


def _closes_table(before: Block, block: Block) -> bool:
    """Whether it is a cell of a table that the line does not stand in: "Bế mạc" ends the schedule above."""
    row, own = row_of(before)[0], row_of(block)[0]
    return row is not None and row.parent is not None and (own is None or own.parent is not row.parent)
