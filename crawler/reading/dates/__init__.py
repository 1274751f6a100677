"""Reads the dates that Vietnamese portals print: day first, in +07:00, with the precision that stands there, no more.

A line is cut into words of known kinds, and the string of kinds is matched as a whole, so whatever the grammar does not
know makes it say None. dateparser is asked only where no day was recognised, and believed only where its answer
accounts for every digit of the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from archive.schema import VIETNAM, Posted
from archive.vietnam.text import nfc
from crawler.reading.dates.labels import LABELS, Label
from crawler.reading.dates.values import EARLIEST, EITHER_ORDER, day_of, is_in_time, time_of, weekday_of
from crawler.reading.dates.words import Word, read_words

# Nobody prints a posting time in more characters; what is longer is prose.
_LONGEST_LINE = 200
_LONGEST_SCAN = 1000
_DIGIT = re.compile(r"\d")
# "trước", "hôm nay", "vừa mới", with or without their marks, in lower case.
_AGO = re.compile(r"tr.{1,3}c|h.{1,2}m|v.{1,2}a|m.{1,3}i|today|yester|just|ago")

# A day with the clock on either side, the weekday anywhere; "hôm nay" beside a printed day is a page's own clock.
_MOMENT = (
    "(?:Hr*(?:Wr*)?DZ?(?:r*[Tt]Z?)?|(?:Wr*)?(?:Dr*(?:Wr*)?[Tt]r*Z?|[Tt]r*Z?r*(?:Wr*)?DZ?|D(?:W(?!r*D)|Z)?"
    "|Hr*[Tt]Z?|[Tt]r*H|H|R))"
)
_MOMENTS = re.compile(_MOMENT)
_WHOLE = re.compile(f"(?>{_MOMENT}|[rNLWZ])*+")
# 12.50 is a number in prose, and a clock directly behind a day
_DOTTED = re.compile("(?<!D)(?<!Dr)t|t(?=x)")
_DATED = re.compile("[DHR]")
_PUT = re.compile(r"\W*đăng\W*", re.IGNORECASE)  # with its marks and alone it is no Đảng and no đang
_LABEL_BEFORE = re.compile("[Le][rWZNe]*$")
# M stands for what belongs to a moment: a range is two of them, two clocks, or a number before one (23-25/7/2025).
_RANGE_BEFORE = re.compile("(?:[Tt][re]*|[nM][re]+|X[re]*)$")
_RANGE_AFTER = re.compile("[re]*(?:[TtX])|[re]+M|e")


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date inside a line: its place in code points of the NFC text, and what the label directly before it says."""

    start: int
    end: int
    text: str
    posted: Posted
    label: Label | None


def parse_posted(text: str, fetched_at: datetime) -> Posted | None:
    """The posting time that `text` states as a whole, once labels and tails such as view counts are taken off.

    `fetched_at` is aware; relative times are counted from it, and nothing later than a day after it is believed.
    None for a range, a lunar date, an impossible day, two different days, a date without its year, and a date that is
    labelled as something else than posting or update. Raises ValueError for a naive `fetched_at`, never for a text.
    """
    if fetched_at.tzinfo is None:
        raise ValueError("fetched_at must be aware")
    if len(text) > _LONGEST_LINE or not may_hold_a_date(text):
        return None
    now = fetched_at.astimezone(VIETNAM)
    words = read_words(nfc(text))
    kinds = "".join(word.kind for word in words)
    if not _DATED.search(kinds):
        return _ask_dateparser(nfc(text), kinds, now)
    if not _WHOLE.fullmatch(kinds):
        return None
    moments = ((time_of(words[start:end], now), label) for start, end, label in _moments(words, kinds))
    return _agreed([(None if _is_open(posted) else posted, label) for posted, label in moments])


def find_dates(text: str, fetched_at: datetime | None = None, *, either_order: bool = False) -> list[FoundDate]:
    """The dates inside a short line, in text order, each with the clock and the weekday that belong to it.

    With `fetched_at` relative ones too, and none later than a day after it. Ranges are left out; the date of a cited
    document ("12/QĐ-UBND ngày …") and of a place line ("Kon Tum, ngày …") is labelled `issued`, a bound ("đến ngày …")
    `event`. A text of more than 1,000 characters is prose and gives nothing. With `either_order` those too whose day
    and month may be swapped (9/3/2026 10:30:11 AM): read day first, with that basis, for the page to settle.
    """
    if len(text) > _LONGEST_SCAN or not may_hold_a_date(text):
        return []
    now = fetched_at.astimezone(VIETNAM) if fetched_at else None
    line = nfc(text)
    words = read_words(line)
    # In prose 12.50 is a number, not a clock.
    kinds = _DOTTED.sub("n", "".join(word.kind for word in words))
    outside = _MOMENTS.sub(lambda moment: "M" * len(moment[0]), kinds)
    found = []
    for start, end, label in _moments(words, kinds):
        if _RANGE_BEFORE.search(outside, 0, start) or _RANGE_AFTER.match(outside, end):
            continue
        posted = time_of(words[start:end], now)
        if posted is not None and (either_order or not _is_open(posted)):
            first, last = words[start].match.start(), words[end - 1].match.end()
            label = label or _of_a_document(kinds[:start], line[:first], words[start])
            found.append(FoundDate(first, last, line[first:last], posted, label))
    return found


def may_hold_a_date(text: str) -> bool:
    """Whether a text holds a digit or a word such as "trước" at all: most lines of a page do not."""
    return _DIGIT.search(text) is not None or _AGO.search(text.lower()) is not None


def printed_day(text: str) -> date | None:
    """The first day that a short text spells out, as it stands there: in whatever zone its clock may name."""
    for word in read_words(nfc(text[:_LONGEST_LINE])):
        if word.kind == "D":
            read = day_of(word, None, proven=True)
            return read[0] if read else None
    return None


def printed_weekday(text: str) -> int | None:
    """The weekday that a short text names in Vietnamese or English; Monday is 0."""
    return weekday_of(read_words(nfc(text[:_LONGEST_LINE])))


def kinds_of(text: str) -> str:
    """The kinds of a short text's words, a letter each as `dates.words` names them; joints have none."""
    return "".join(word.kind for word in read_words(nfc(text[:_LONGEST_LINE])))


def is_date_label(text: str) -> bool:
    """Whether a text is the label of a date and nothing else: "Ngày đăng:", "Cập nhật lúc"."""
    return {*kinds_of(text)} == {"L"} or _PUT.fullmatch(nfc(text[:_LONGEST_LINE])) is not None


def date_label(text: str) -> Label | None:
    """What the words directly before a date, or at the end of a text without one, say that it is the date of."""
    line = nfc(text[:_LONGEST_SCAN])
    if _PUT.fullmatch(line):
        return "posted"
    words = read_words(line)
    kinds = "".join(word.kind for word in words)
    dated = re.search("[DHRTtnc]", kinds)
    return _label_before(words, kinds, 0, dated.start() if dated else len(kinds))


def _moments(words: Sequence[Word], kinds: str) -> Iterator[tuple[int, int, Label | None]]:
    """Each moment as a range of words, with the label that stands between it and the one before."""
    end = 0
    for moment in _MOMENTS.finditer(kinds):
        label = _label_before(words, kinds, end, moment.start())
        end = moment.end()
        yield moment.start(), end, label


def _label_before(words: Sequence[Word], kinds: str, start: int, end: int) -> Label | None:
    if not (found := _LABEL_BEFORE.search(kinds, start, end)):
        return None
    name = words[found.start()].name
    return name if name in LABELS else "event"


def _of_a_document(kinds: str, before: str, first: Word) -> Label | None:
    """`issued` after a document's number, and after a place: "Kon Tum, ngày 10 tháng 10 năm 2019"."""
    in_place_line = first.name == "words" and re.search(r"[^\W\d_], *ng[aà]y *$", before, re.IGNORECASE)
    return "issued" if kinds.endswith(("c", "cr")) or in_place_line else None


def _is_open(posted: Posted | None) -> bool:
    return posted is not None and posted.basis == EITHER_ORDER


def _agreed(moments: list[tuple[Posted | None, Label | None]]) -> Posted | None:
    """The posting time among a line's moments: what is labelled so, else what has no label, else the update."""
    for wanted in ("posted", "drafted", None, "updated"):
        values = [value for value, label in moments if label == wanted]
        if values:
            known = {value for value in values if value}
            if None in values or len({value.day for value in known}) != 1:
                return None
            clocks = {value for value in known if isinstance(value.value, datetime)} or known
            return clocks.pop() if len({value.value for value in clocks}) == 1 else None
    return None


# -- fallback --------------------------------------------------------------------------------------------------------


def _ask_dateparser(text: str, kinds: str, now: datetime) -> Posted | None:
    """dateparser's reading of a short line with a year in which no day was recognised, if it explains every digit."""
    if len(text) > 60 or "X" in kinds or kinds.count("x") > 3:
        return None
    groups = [int(group) for group in re.findall("[0-9]{1,4}", text)]
    if not 2 <= len(groups) <= 6 or not any(EARLIEST.year <= number <= now.year + 1 for number in groups):
        return None
    found = _dateparser()(text)
    if found is None or groups[:2] == [found.month, found.day] != [found.day, found.month]:
        return None
    parts = Counter((found.year, found.month, found.day, found.hour, found.minute, found.second, found.hour % 12 or 12))
    if Counter(groups) - parts or Counter((found.year, found.day)) - Counter(groups):
        return None
    posted = Posted(found.date(), "day", "dateparser")
    if (found.hour, found.minute) != (0, 0) or len(groups) > 3:
        posted = Posted(found.astimezone(VIETNAM), "minute", "dateparser")
    return posted if is_in_time(posted, now) else None


@cache
def _dateparser() -> Callable[[str], datetime | None]:
    """The tuned parser; loading it costs a tenth of a second, so it waits until it is needed."""
    from dateparser.date import DateDataParser

    parser = DateDataParser(
        languages=["vi"],
        settings={
            "DATE_ORDER": "DMY",
            "TIMEZONE": "Asia/Ho_Chi_Minh",
            "RETURN_AS_TIMEZONE_AWARE": True,
            "PREFER_DATES_FROM": "past",
            "REQUIRE_PARTS": ["day", "month", "year"],
            # A whole day is asked for, so the base never shows; a fixed one keeps the machine's clock out.
            "RELATIVE_BASE": datetime(2000, 1, 1),  # noqa: DTZ001 - dateparser wants it naive, in TIMEZONE
        },
    )
    return lambda text: parser.get_date_data(text).date_obj
