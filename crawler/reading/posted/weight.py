"""How far the date in a line is believed to be the posting time: by its label, its place, and what else the line holds.

Where a rule names numbers, only their order counts: a label over a place under the headline, that over one behind the
lead, over the headline or at the end.
"""

from __future__ import annotations

import re

from crawler.reading.made.signers import OFFICE
from crawler.reading.posted.beside import is_dated_elsewhere, is_in_data, is_in_text_list
from crawler.reading.posted.dated_line import Line, names_weekday
from crawler.reading.posted.place import Admitted, Spot, is_named_posted

# From here on its label says what it is, or its place under the headline.
LABELLED, BELOW = 100, 45
_DRAFTED = 75
_BROADCAST = _BRACKETED = 20  # less than any other line
HEADS_A_DAY = 1  # "Thứ Hai, 12/10/2026" alone in the text is no posting time, but shows what others are
IN_TEXT = (HEADS_A_DAY, 38, 43)
A_FIELD = 40  # "Lê Hoa - 12/10/2026" behind the lead
_PLACES: dict[Spot, int] = {"below": 30, "above": 12, "after": 10, "lead": 8, "inside": 4, "far": 0, "headline": 0}

# "Cuộc họp ngày 12/10/2026": a word that is no name, and its day
_ITS_DAY = re.compile(r"(?:^|\s)[^\W\dA-ZĐÀ-Ỵ][^\W\d]* (?:vào )?ngày\W*$")
_ITS_OWN_NAME = re.compile(r"\W*(?:tin|tin bai|bai|bai viet|bai dang|viet|vao)\W*ngay\W*")
# The source's own day: "Nguồn: Báo Nhân Dân, 12/10/2026", "Theo VGP - 12/10/2026"
_OF_THE_SOURCE = re.compile(r"\W*(?:nguon|theo|trich|dan)\b")
# "Nguồn: Báo Kon Tum, ngày 12/10/2026", not "Nguồn: Báo Kon Tum - 12/10/2026"
_ISSUE_OF_THE_SOURCE = re.compile(
    r"\W*(?:nguon|theo|trich|dan)\b[^|/•·–—-]*[^|/•·–—:-],? (?:so \d+,? )?(?:ra )?ngay\W*$"
)
# "16h30 ngày 12/10/2026: Nước sông lên mức báo động 2", "Ngày 12/10/2026: 120 lượt": a live report, a count
_HEADS_WORDS = re.compile(r"\s*:\s*[^\W_]")
# "… (Ngày đăng: 14/06/2023)"
_LABELLED_BRACKET = re.compile(r"[(\[]\s*(?:[^\W\d]+ ){0,3}[^\W\d]*:?\s*$")
_BRACKET = re.compile(r"[(\[]\W*(?:(?:lúc|ngày|vào|hồi)\W*)*$", re.IGNORECASE)
# Under the day of a schedule: "8h00: Họp giao ban", "- Sáng: Tiếp công dân"
_AGENDA = re.compile(
    r"\W*(?:(?:buoi )?(?:sang|trua|chieu|toi)\s*(?:[:(–-]|$)|(?:tu |luc )?\d{1,2} ?(?:h|g|gio|:)(?:\W|\d))"
)
_TOLD = re.compile(r"[^\W\d_]{2}[.!?…]$")
_JOINED = re.compile(r"\b(?:lúc|hồi|vào|ngày|của|từ|đến)\s*$", re.IGNORECASE)
# "Lúc 10:00 ngày 12/10/2026, vị trí tâm bão ở vào khoảng 15 độ vĩ bắc"
_GOES_ON = re.compile(r"\s*,\s+(?:[a-zà-ỹđ]+\s+){3}[^:|]{8,}$")
# What is held then: "Tối 12/10/2026", "Trực tiếp 12/10/2026 09:00"; "20 giờ, ngày 12/10/2026, tại Quảng trường 16-3".
# No house that writes news itself: "12/10/2026 08:21, Trung tâm Văn hóa".
_HELD_BEFORE = re.compile(
    r"\W*(?:(?:buoi )?(?:sang|trua|chieu|toi|dem)|(?:tuong thuat |phat )?truc tiep)\W+(?:(?:luc|vao|hoi|ngay)\b\W*)*"
)
_HELD_AT = re.compile(
    r"[^\w()]*(?:tại\b|(?:ở )?(?:hội trường|quảng trường|nhà (?:văn hóa|thi đấu|hát)|sân (?:vận động|khấu)|phòng họp"
    r"|công viên|khách sạn|rạp)\b)",
    re.IGNORECASE,
)
_LONGEST_HOUR = 8  # a clock alone is none


def strength(line: Line, admitted: Admitted) -> int:
    """How much the date speaks for being the posting (or update) time; 0 where it does not.

    `admitted` says which lines count where this one stands.
    """
    if line.label not in ("posted", "drafted"):
        if admitted == "labelled" or (admitted == "bare" and line.rest > 30):
            return 0
        if admitted == "stopped":  # a clock shows the day of the fetch, or of another reader's visit not long before
            return 28 + line.clock if line.label is None and line.rest <= 30 and not line.may_be_clock(kept=1) else 0
        if admitted == "clock":
            return BELOW - 10 if line.label is None and _closes_way(line) else 0
    return _anywhere(line)


def _closes_way(line: Line) -> bool:
    """Whether a time ends the breadcrumbs and is not the page's own, which shows the day of the visit.

    That names the weekday as a rule: such a one is the article's where the clock stands elsewhere.
    """
    if line.found.end < len(line.block.text) - 2 or (
        line.named_weekday and not line.place.has_clock_before(line.block)
    ):
        return False
    return not line.may_be_clock(kept=1)


def _anywhere(line: Line) -> int:
    """The same, of a line that counts whatever it holds."""
    block, label, spot = line.block, line.label, line.spot
    if label in ("issued", "effective", "expired", "event"):
        return 0 if not line.is_announced else LABELLED + _PLACES[spot]
    if label == "broadcast":
        return _BROADCAST if spot in ("below", "lead", "inside", "after") else 0
    if spot == "headline":
        return _in_headline(line)
    if label in ("posted", "drafted", "updated"):
        if (spot in ("lead", "inside") and len(block.text) > 120) or (spot == "far" and block.zone is not None):
            return 0
        if label == "updated" and spot in ("after", "far") and not line.place.holds(block):
            return 0  # the site's, below all that is the article's
        return (_DRAFTED if label == "drafted" else LABELLED) + _PLACES[spot] + line.clock
    if line.rest > (90 if line.marked else 130 if line.is_part else 60):
        return 0
    if _is_held_then(line) or (not line.marked and _HEADS_WORDS.match(block.text, line.found.end)):
        return 0
    if block.linked > line.rest + 2 and not _may_link(line):
        return 0
    if block.has("caption") and line.rest:  # a time alone describes no picture: Vuetify's small print is a `caption`
        return 0
    told = spot in ("below", "above") and (_TOLD.search(block.text) or _GOES_ON.match(block.text, line.found.end))
    if told and not line.is_part and not line.is_counted:
        return 0  # "Sáng 12/10/2026, tỉnh khai mạc lễ hội."
    if spot == "below":
        return _below(line)
    if spot == "above":
        return _above(line)
    if spot == "after":
        return _after(line)
    return _in_text(line)


def _is_held_then(line: Line) -> bool:
    """Whether the line says when and where something is held: a part of the day before the date, a place behind it."""
    block, found = line.block, line.found
    if _HELD_AT.match(block.text, found.end):
        return True
    return not line.marked and found.start > 2 and _HELD_BEFORE.fullmatch(block.folded, 0, found.start) is not None


def _may_link(line: Line) -> bool:
    """Whether a date may itself be a link where the line stands, to the news of that day; not over another text."""
    told = line.marked or line.is_field
    beside = (line.spot in ("below", "above") and told) or (line.spot == "below" and line.fills_element)
    return beside or line.is_signed


def _below(line: Line) -> int:
    """A line without a label under the headline; not "Phỏng vấn thực hiện ngày 12/10/2026"."""
    if line.marked:
        return 70 + line.clock
    before = line.block.text[: line.found.start]
    if is_in_data(line.place, line.block):
        return 0
    if _ISSUE_OF_THE_SOURCE.match(line.block.folded[: line.found.start]):
        return 0
    if _heads_agenda(line):
        return HEADS_A_DAY if line.is_first else 0
    if line.clock or line.found.start <= 5 or line.is_field or line.is_signed:
        return BELOW + line.clock
    if _ITS_DAY.search(before) and not _ITS_OWN_NAME.fullmatch(line.block.folded[: len(before)]):
        return 0
    return BELOW if line.rest <= 16 or line.fills_element else 0


def _above(line: Line) -> int:
    """A line without a label over the headline, where it cannot be the page's own clock.

    That shows the day of the fetch, or of another reader's visit; it names the weekday, and stands in no head of the
    article's.
    """
    block, place = line.block, line.place
    if block.level and not line.is_alone:
        return 0
    if place.is_heading_over(block):
        return 28 + line.clock if is_named_posted(block) or not line.may_be_clock(kept=1) else 0
    if block.zone is not None or (line.may_be_clock() and not is_named_posted(block)):
        return 0
    if line.named_weekday and not (line.clock and (line.marked or place.heads(block))):
        own = place.opens_article(block) or place.is_column(block) or place.is_row_over(block)
        return 28 + line.clock if own and not line.may_be_clock(kept=1) else 0
    if line.marked or line.clock:
        return 30 + (10 if line.marked else 0) + line.clock
    return 28 if line.rest <= 40 else 0


def _after(line: Line) -> int:
    """A line without a label behind the text."""
    own = line.place.holds(line.block)
    if is_dated_elsewhere(line.place, line.block):
        return 0
    if line.marked or (line.clock and line.rest <= 12 and own):
        return 30 + (10 if line.marked else 0) + line.clock
    return _at_end(line) if line.place.ends_article(line.block) else 0


def _at_end(line: Line) -> int:
    """A line that ends the article: the day alone, with its readers, or behind the writer's name."""
    after = line.place.next_line(line.block)
    if _is_of_source(line) or (after is not None and OFFICE.search(after.folded)):
        return 0
    if line.is_counted and line.rest <= 30:
        return 32  # "12/10/2026 - 25 lượt xem"
    if is_in_data(line.place, line.block) or is_dated_elsewhere(line.place, line.block):
        return 0
    if line.is_alone:
        return 29
    return 28 if line.rest <= 40 and (line.is_field or line.is_signed) else 0


def _in_text(line: Line) -> int:
    """A line without a label in the text: behind its lead or at its end, where it holds little else."""
    block, place, clock, rest = line.block, line.place, line.clock, line.rest
    if (_is_of_source(line) and not line.is_first) or _heads_agenda(line):
        return 0
    if line.spot == "lead" and block.zone is None and not is_in_data(place, block):
        if line.marked and rest <= 60:
            return 62 + clock
        if line.is_alone and (clock or not (is_in_text_list(place, block) or _is_of_schedule(line))):
            return 43 if clock else 38
        own = line.is_field or (clock and line.is_signed)  # a person's day alone may be that of a birth
        if not line.is_alone and line.found.start <= 40 and len(block.text) <= 80 and own:
            # taken for the text's first line: "Do 25.04.24 | 14:07 Uhr | Von Eva K." (RBB)
            return 44 if clock else A_FIELD
    if place.closes_text(block):
        if clock and rest <= (40 if line.is_part or line.is_signed else 6) and not is_dated_elsewhere(place, block):
            return 33
        if rest <= 6 and place.is_among_credits(block):
            return 31
        if found := _at_end(line):
            return found
    if line.spot == "inside" and line.marked and clock and rest <= 12 and not is_dated_elsewhere(place, block):
        return 35 + clock
    if line.spot == "far" or rest > 12 or line.marked or is_in_data(place, block):
        return 0
    return 0 if any(map(str.isdigit, block.text[: line.found.start])) else HEADS_A_DAY  # "Số 33 ngày 12/10/2026"


def _is_of_source(line: Line) -> bool:
    """Whether the date is the source's own, in its words and in no element of its own."""
    return _OF_THE_SOURCE.match(line.block.folded) is not None and not line.fills_element


def _heads_agenda(line: Line) -> bool:
    """Whether the hours of that day follow."""
    after = line.place.next_line(line.block)
    if line.clock or after is None or len(after.text) <= _LONGEST_HOUR:
        return False
    return _AGENDA.match(after.folded) is not None


def _is_of_schedule(line: Line) -> bool:
    """Whether hours follow the day, or other days stand alone in the text."""
    if not line.named_weekday:
        return False
    text = line.place.page.outline.blocks[line.place.span.start : line.place.span.end]
    return any(len(each.text) <= 60 and each is not line.block and names_weekday(each) for each in text)


def _in_headline(line: Line) -> int:
    """A time that ends the headline's line: in an element of its own, labelled in brackets, or with its clock.

    The headline's own is what `<title>` has too, "Kết quả xổ số (12/10/2026)", and what a preposition joins to it,
    "Mực nước lúc 07:00 ngày 12/10/2026". Another day in brackets counts where no other line does.
    """
    block, found = line.block, line.found
    before, behind = block.text[: found.start], block.text[found.end :].strip(" )]'’")
    if found.start < 15 or behind:
        return 0
    bracketed = _BRACKET.search(before) or (line.label and _LABELLED_BRACKET.search(before))
    own = found.text in line.place.page.head_title or _JOINED.search(before) is not None
    if (line.clock and not own) or line.fills_element or (bracketed and line.label):
        return 60 + line.clock
    return _BRACKETED if bracketed and found.text not in line.place.page.head_title else 0
