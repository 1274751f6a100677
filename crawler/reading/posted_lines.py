"""What a page shows of the posting and the update time: dates in lines round the headline and the text, each weighed.

Never the header's clock, a row of a list, a licence, a print page's day, the date of a cited document or an event.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from archive.schema import VIETNAM
from crawler.reading.blocks import Block
from crawler.reading.dates import FoundDate, date_label, find_dates, parse_posted, printed_day
from crawler.reading.posted_data import Reading
from crawler.reading.posted_place import Place, Spot, is_named_posted

_LONGEST_LINE = 260
_HAS_TIME = re.compile(r"\d|trước|hôm|ago|day|vừa", re.IGNORECASE)
_DATED = re.compile(
    r"\d\s?[/.\-]\s?\d{1,2}\s?[/.\-]\s?\d|thang \d|\bthang [a-z]{2,}|\btruoc\b|hom (?:qua|nay|kia)|\bago\b|\d{4}"
    r"|yesterday|today|cach day|vua xong"
)
# "Đăng bởi System Account lúc …" (SharePoint), "Đăng bởi truyenthong ngày …" (Drupal)
_POSTED_BY = re.compile(
    r"(?:^|[|•·]\s*)(?:(?:tin |bai )?(?:duoc )?(?:dang|viet)(?: tai)? boi|(?:posted|published|written|created) by):? "
    r"[^|•·.;]{2,50}?(?:ngay|luc|vao|on|at)?\W*$"
)
# Before the day in a line of fields: "Tác giả: Lê Hoa Ngày: 12/10/2026", "admin 12/10/2026 0 bình luận"
_FIELD_BEFORE = re.compile(
    r"\W*(?:tac gia|chuyen muc|danh muc|nguon(?: tin)?|tin bai|bai viet|nguoi dang|admin\w*|administrator|bbt|by|boi)\b"
)
_COUNTED = re.compile(r"\W*(?:\d[\d.,]* )?(?:luot|lan|so luot|so lan|da|views?|hits)\b")
# The header's clock, a licence, a print page: never the posting time, wherever it stands. Folded.
_LICENCE = re.compile(r"giay phep|\bgp\b|ban quyen|copyright|©|hom nay|bay gio|ngay in\b|in ngay|today is")
_WEEKDAY = re.compile(r"\bthu (?:hai|ba|tu|nam|sau|bay|[2-7])\b|chu nhat|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day")
_A_CLOCK = re.compile(
    r"\W*(?:luc |gio(?: dang)?\W+)?\d{1,2} ?[:hg] ?\d{2}(?: ?: ?\d{2})?(?: ?(?:sa|ch|am|pm|sang|chieu|toi))?\W*"
)
# The words before a date, up to a colon: "Thời điểm đóng thầu: 12/10/2026". Folded.
_LABEL = re.compile(
    r"(?:^|[|/•·;()\[\]–—-])([^|/•·;:()\[\]–—-]*[a-z][^|/•·;:()\[\]–—-]*)[:：]\W*(?:(?:luc|ngay|vao|hoi)\b\W*)*$"
)
# báo Tây Ninh prints "Thứ sáu: 15:00 ngày 09/02/2024".
_NO_LABEL = re.compile(
    r"(?:(?:thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat|cn|t[2-7]|ngay|luc|gio|tin|time|on|at|by|von|por|par)\b\W*)+"
)
_EVENT = re.compile(
    r"\b(?:thoi (?:diem|gian|han)|han|dong|mo|nop|hop|thi|sinh|mat|ket thuc|bat dau|khai mac|be mac|hieu luc|ky|cap"
    r"|ban hanh|to chuc|du kien|dien ra|tiep nhan|het|den|tu)\b"
)
# "Tin trong tỉnh / Ban Biên tập / 12/10/2026 08:21 / 254 lượt đọc": the date is a whole part of the line.
_CLOCK_LABEL = re.compile(r"\W*gio(?: dang)?\W*")
_PART_ENDS = re.compile(r"(?:^|[|/•·»›–—-]|\s{2})\s*(?:(?:ngày|lúc|vào|date|time)\s*:?\s*)*$", re.IGNORECASE)
_PART_BEGINS = re.compile(r"\s*(?:uhr\b|\(?gmt ?\+7\)?)?\s*(?:$|[|/•·«–—-])", re.IGNORECASE)

# How far a visible reading is believed: from here on its label says what it is, or its place under the headline.
LABELLED, BELOW = 100, 45
_PLACES: dict[Spot, int] = {"below": 30, "above": 12, "after": 10, "lead": 8, "inside": 4, "far": 0, "headline": 0}


def seen_times(place: Place, fetched_at: datetime) -> tuple[list[Reading], list[Reading]]:
    """The posting and the update times that the page shows, each with what speaks for it."""
    posted: list[Reading] = []
    updated: list[Reading] = []
    for block in place.lines():
        for reading, label in _in_line(block, place, fetched_at):
            (updated if label == "updated" else posted).append(reading)
    if not any(each.strength >= LABELLED for each in posted) and _unreadable(place):
        posted = []  # the page does name its day, in words that cannot be read: no other line stands in for it
    return _without_schedule(posted), updated


def _without_schedule(posted: list[Reading]) -> list[Reading]:
    """Without unmarked days of the text where several stand alone in lines: they head a schedule, or a live report."""
    alone = {each.precision for each in posted if each.strength in _IN_TEXT}
    alike = [each for each in posted if each.precision in alone and _is_loose(each)]
    if len({each.posted.day for each in alike}) > 1:
        return [each for each in posted if each not in alike]
    return [each for each in posted if each.strength > _HEADS_A_DAY]


def _is_loose(reading: Reading) -> bool:
    return reading.basis == "position" and reading.strength <= BELOW + 5


def _in_line(block: Block, place: Place, fetched_at: datetime) -> Iterator[tuple[Reading, str | None]]:
    if block.related or block.in_row or len(block.text) > _LONGEST_LINE or not _HAS_TIME.search(block.text):
        return
    if not _DATED.search(block.folded) or _LICENCE.search(block.folded):
        return
    spot = place.spot(block)
    admitted = place.admits(block, spot)
    if admitted is None or (spot != "headline" and place.dates_a_link(block, spot)):
        return
    blocks = place.page.outline.blocks
    under = place.headline is not None and block.order == place.headline.order + 1  # words of a headline are no label
    before = None if under else label_before(block, blocks)
    before = before or (_label_over(block, place) if spot == "below" else None)
    marked = block.has("date")
    named = marked and is_named_posted(block) and (admitted == "labelled" or (spot == "after" and place.holds(block)))
    for found in _dates_of(block, blocks, fetched_at):
        label = found.label or (before if found.start <= 2 else None)
        if label is None and (named or _POSTED_BY.search(block.folded[: found.start])):
            label = "posted"
        if label is None and _names_another(block.folded[: found.start], spot):
            continue
        if admitted in ("labelled", "clock") and label != "posted":
            if admitted == "labelled" or label or not _closes_way(block, found, fetched_at):
                continue
            yield Reading(found.posted, found.text.strip(), "position", BELOW - 10, block.order), None
            continue
        if admitted == "bare" and label != "posted" and len(block.text) - len(found.text) > 30:
            continue
        strength = _strength(block, found, label, spot, marked, place, fetched_at)
        if strength:
            basis = f"label:{label}" if label else ("marked" if marked else "position")
            printed = printed_day(found.text) if found.posted.precision != "day" else None
            yield Reading(found.posted, found.text.strip(), basis, strength, block.order, printed), label


def _closes_way(block: Block, found: FoundDate, fetched_at: datetime) -> bool:
    """Whether a clock ends the breadcrumbs and is not the page's own, which shows the day of the visit."""
    if found.posted.precision == "day" or _WEEKDAY.search(block.folded) or found.end < len(block.text) - 2:
        return False
    return found.posted.day < fetched_at.astimezone(VIETNAM).date() - timedelta(days=1)


def _names_another(before: str, spot: Spot) -> bool:
    """Whether the words before a date are the label of something else; under the headline unknown ones may pass."""
    label = _LABEL.search(before)
    if label is None or _NO_LABEL.fullmatch(label[1].strip()):
        return False
    return spot not in ("below", "above") or _EVENT.search(label[1]) is not None


def _label_over(block: Block, place: Place) -> str | None:
    """What the head of a date's column says it is."""
    head = place.label_over(block)
    return (
        date_label(head.text) if head is not None and len(head.text) <= 40 and not _HAS_TIME.search(head.text) else None
    )


def _unreadable(place: Place) -> bool:
    """Whether a line labelled as the posting time holds digits but no day that can be read (31/02, a day to come)."""
    for block in place.lines():
        if len(block.text) <= 80 and block.free and block.text[-1:].isdigit() and date_label(block.text) == "posted":
            return True
    return False


def _dates_of(block: Block, blocks: list[Block], fetched_at: datetime) -> list[FoundDate]:
    found = find_dates(block.text, fetched_at)
    if not found and (whole := parse_posted(block.text, fetched_at)) is not None:
        return [FoundDate(0, len(block.text), block.text, whole, date_label(block.text))]
    if len(found) == 1 and found[0].posted.precision == "day" and (clock := _clock_beside(block, blocks)):
        both = parse_posted(f"{found[0].text} {clock}", fetched_at)
        if both is not None and both.day == found[0].posted.day:
            first = found[0]
            return [FoundDate(first.start, first.end, f"{first.text} {clock}", both, first.label)]
    return found


def _clock_beside(block: Block, blocks: list[Block]) -> str | None:
    """The clock that stands alone in the block behind or before a day's, in one element with it or with its label."""
    behind = blocks[block.order + 1 : block.order + 3]
    if len(behind) == 2 and _CLOCK_LABEL.fullmatch(behind[0].folded) and _A_CLOCK.fullmatch(behind[1].folded):
        return behind[1].text
    for beside in behind[:1] + blocks[max(0, block.order - 1) : block.order]:
        if len(beside.text) <= 24 and _A_CLOCK.fullmatch(beside.folded) and beside.box.parent is block.box.parent:
            return beside.text
    return None


def _strength(
    block: Block, found: FoundDate, label: str | None, spot: Spot, marked: bool, place: Place, fetched_at: datetime
) -> int:
    """How much the date speaks for being the posting (or update) time; 0 where it does not."""
    if label in ("issued", "effective", "expired", "event"):
        return 0
    clock = 5 if found.posted.precision != "day" else 0
    if spot == "headline":
        return 60 + clock if _closes_headline(block, found) else 0
    if label in ("posted", "updated"):
        if (spot in ("lead", "inside") and len(block.text) > 120) or (spot == "far" and block.zone is not None):
            return 0
        return LABELLED + _PLACES[spot] + clock
    rest = len(block.text) - (found.end - found.start)
    if rest > (90 if marked else 130 if _is_a_part(block.text, found) else 60):
        return 0
    if block.linked > rest + 2 and not ((marked or (clock and rest <= 4)) and spot == "below"):
        return 0  # the date itself is linked
    if block.has("caption"):
        return 0
    if spot == "below" and marked:
        return 70 + clock
    if spot == "below":
        # not "Phỏng vấn thực hiện ngày 12/10/2026"
        named = clock or rest <= 16 or found.start <= 5 or _is_a_part(block.text, found)
        named = named or _FIELD_BEFORE.match(block.folded[: found.start]) is not None
        return BELOW + clock if named and not place.is_in_data(block) else 0
    if spot == "above":
        return _above(block, rest, marked, clock, place, found, fetched_at)
    if spot == "after":
        return _after(block, rest, marked, clock, place)
    return _in_text(block, rest, spot, marked, clock, place, found)


def _above(
    block: Block, rest: int, marked: bool, clock: int, place: Place, found: FoundDate, fetched_at: datetime
) -> int:
    """A line without a label over the headline, where it cannot be the page's own clock.

    That shows the day of the fetch, or of another reader's visit; it names the weekday, and stands in no head of the
    article's.
    """
    today = found.posted.day == fetched_at.astimezone(VIETNAM).date()
    weekday = _WEEKDAY.search(block.folded) is not None
    if block.zone is not None or today or (weekday and not (clock and (marked or place.heads(block)))):
        return 0
    if marked or clock:
        return 30 + (10 if marked else 0) + clock
    return 28 if rest <= 40 else 0


def _after(block: Block, rest: int, marked: bool, clock: int, place: Place) -> int:
    """A line without a label behind the text."""
    if block.zone is not None or not (marked or (clock and rest <= 12 and place.holds(block))):
        return 0
    return 30 + (10 if marked else 0) + clock


_HEADS_A_DAY = 1  # "Thứ Hai, 12/10/2026" alone in the text is no posting time, but shows what others are
_IN_TEXT = (_HEADS_A_DAY, 38, 43)


def _in_text(block: Block, rest: int, spot: Spot, marked: bool, clock: int, place: Place, found: FoundDate) -> int:
    """A line without a label in the text: behind its lead, where it holds little else."""
    if spot == "lead" and block.zone is None and not place.is_in_data(block):
        if marked and rest <= 60:
            return 62 + clock
        if rest <= 6 and (clock or not (block.box.tag == "li" or _WEEKDAY.search(block.folded))):
            return _IN_TEXT[2 if clock else 1]
        if clock and found.start <= 12 and len(block.text) <= 80 and _is_a_part(block.text, found):
            return BELOW - 1  # taken for the text's first line: "Do 25.04.24 | 14:07 Uhr | Von Eva K." (RBB)
    if clock and rest <= (40 if _is_a_part(block.text, found) else 6) and place.closes_text(block):
        return 33
    counted = _COUNTED.match(block.folded[found.end :]) or _COUNTED.match(block.folded[: found.start])
    if counted and rest <= 30 and place.closes_text(block):
        return 32  # "12/10/2026 - 25 lượt xem"
    if rest <= 6 and place.closes_text(block) and place.is_among_credits(block):
        return 31
    if spot == "inside" and marked and clock and rest <= 12:
        return 35 + clock
    return _HEADS_A_DAY if spot != "far" and rest <= 12 and not marked else 0


def _is_a_part(text: str, found: FoundDate) -> bool:
    begins = found.start <= 4 or _PART_ENDS.search(text[: found.start])
    end = found.start + len(found.text.rstrip(" -–—,"))
    return bool(begins and _PART_BEGINS.match(text[end:]))


def _closes_headline(block: Block, found: FoundDate) -> bool:
    """Whether the time stands behind the headline's words, in one line with them: in brackets, or with its clock."""
    if found.start < 15:
        return False
    if block.text[found.start - 1] in "([":
        return block.text[found.end :].strip() in (")", "]")
    return found.posted.precision != "day" and found.end == len(block.text)


def label_before(block: Block, blocks: list[Block]) -> str | None:
    """The label in the block before, where that is nothing but a label: two table cells, dt and dd."""
    if block.order == 0:
        return None
    before = blocks[block.order - 1]
    if len(before.text) > 40 or any(char.isdigit() for char in before.text):
        return None
    return date_label(before.text)
