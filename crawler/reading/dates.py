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
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache

from archive.schema import VIETNAM, Posted
from archive.vietnam.text import nfc
from crawler.reading.date_names import ENGLISH_WEEKDAYS, MONTH_OF, ZONES
from crawler.reading.date_words import COUNT_OF, LABEL_OF, Label, Word, read_words

# No portal of a Vietnamese authority is older.
_EARLIEST = date(1990, 1, 1)
_SLACK = timedelta(days=1)
# Nobody prints a posting time in more characters; what is longer is prose.
_LONGEST_LINE = 200
_LONGEST_SCAN = 1000
# Most lines of a page hold neither a digit nor "trước" or "hôm nay", with or without their marks.
_DIGIT = re.compile(r"\d")
_AGO = re.compile(r"tr.{1,3}c|h.{1,2}m|v.{1,2}a|m.{1,3}i|today|yester|just|ago")  # in lower case

# A day with the clock on either side, the weekday anywhere; "hôm nay" beside a printed day is a page's own clock.
_MOMENT = (
    "(?:Hr*(?:Wr*)?DZ?(?:r*[Tt]Z?)?|(?:Wr*)?(?:Dr*(?:Wr*)?[Tt]r*Z?|[Tt]r*Z?r*(?:Wr*)?DZ?|DZ?|Hr*[Tt]Z?|[Tt]r*H|H|R))"
)
_MOMENTS = re.compile(_MOMENT)
_WHOLE = re.compile(f"(?>{_MOMENT}|[rNLWZ])*+")
_ENGLISH_WEEKDAY = re.compile(r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?")
_DOTTED = re.compile("(?<!D)t|t(?=x)")  # 12.50 is a number in prose, and a clock directly behind a day
_DATED = re.compile("[DHR]")
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
    if len(text) > _LONGEST_LINE or not _may_hold_a_date(text):
        return None
    now = fetched_at.astimezone(VIETNAM)
    words = read_words(nfc(text))
    kinds = "".join(word.kind for word in words)
    if not _DATED.search(kinds):
        return _ask_dateparser(nfc(text), kinds, now)
    if not _WHOLE.fullmatch(kinds):
        return None
    return _agreed([(_posted(words[start:end], now), label) for start, end, label in _moments(words, kinds)])


def find_dates(text: str, fetched_at: datetime | None = None) -> list[FoundDate]:
    """The dates inside a short line, in text order, each with the clock and the weekday that belong to it.

    With `fetched_at` relative ones too, and none later than a day after it. Ranges are left out; the date of a cited
    document ("12/QĐ-UBND ngày …") and of a place line ("Kon Tum, ngày …") is labelled `issued`, a bound ("đến ngày …")
    `event`. A text of more than 1,000 characters is prose and gives nothing.
    """
    if len(text) > _LONGEST_SCAN or not _may_hold_a_date(text):
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
        if posted := _posted(words[start:end], now):
            first, last = words[start].match.start(), words[end - 1].match.end()
            label = label or _of_a_document(kinds[:start], line[:first], words[start])
            found.append(FoundDate(first, last, line[first:last], posted, label))
    return found


def _may_hold_a_date(text: str) -> bool:
    return _DIGIT.search(text) is not None or _AGO.search(text.lower()) is not None


def printed_day(text: str) -> date | None:
    """The first day that a short text spells out, as it stands there: in whatever zone its clock may name."""
    for word in read_words(nfc(text[:_LONGEST_LINE])):
        if word.kind == "D":
            read = _printed_day(word, None, proven=True)
            return read[0] if read else None
    return None


def date_label(text: str) -> Label | None:
    """What the words directly before a date, or at the end of a text without one, say that it is the date of."""
    words = read_words(nfc(text[:_LONGEST_SCAN]))
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
    return LABEL_OF.get(" ".join(words[found.start()].match[0].split()), "event")


def _of_a_document(kinds: str, before: str, first: Word) -> Label | None:
    """`issued` after a document's number, and after a place: "Kon Tum, ngày 10 tháng 10 năm 2019"."""
    in_place_line = first.name == "words" and re.search(r"[^\W\d_], *ng[aà]y *$", before, re.IGNORECASE)
    return "issued" if kinds.endswith(("c", "cr")) or in_place_line else None


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


# -- values ----------------------------------------------------------------------------------------------------------


def _posted(words: Sequence[Word], now: datetime | None) -> Posted | None:
    """What the words of one moment state; None where it cannot be, or lies outside the years that count."""
    days = [word for word in words if word.kind in "DHR"]
    if len(days) != 1:
        return None
    whole = days[0] if days[0].match.groupdict().get("hour") else None  # Java's dates hold clock and zone
    clock = whole or next((word for word in words if word.kind in "Tt"), None)
    zone = next((word for word in words if word.kind == "Z"), None)
    if whole and (whole.match["named"] or whole.match["offset"] or whole.match["local"]):
        zone = whole
    proven = clock is not None or any(word.kind == "W" for word in words)
    if clock and not _possible(clock):
        return None
    read = _printed_day(days[0], now, proven) if days[0].kind == "D" else _day_before(days[0], now)
    if read is not None and read[1] == "day_first":
        read = _by_weekday(read[0], words) or read
    if read is None or read[0] < _EARLIEST or (read[1] == "day_first" and clock and _is_american(days[0], clock)):
        return None
    posted = _with_clock(*read, clock, zone)
    return posted if _in_time(posted, now) else None


def _in_time(posted: Posted, now: datetime | None) -> bool:
    if posted.day < _EARLIEST:
        return False
    if now is None:
        return True
    return posted.value <= now + _SLACK if isinstance(posted.value, datetime) else posted.value <= (now + _SLACK).date()


def _printed_day(word: Word, now: datetime | None, proven: bool) -> tuple[date, str] | None:
    """The day a word spells out and the rule that read it."""
    year, month, day = word.match["year"], word.match["month"], int(word.match["day"])
    # In news text "tháng Giêng" is the lunar month; a posting line, with its weekday or clock, means January.
    if month == "gieng" and not proven:
        return None
    number = int(month) if month.isdigit() else MONTH_OF[" ".join(month.split())]
    basis = "day_first" if word.name == "numeric" else word.name
    if basis == "day_first" and number > 12 >= day:
        # Bình Dương's lists print US dates beside day-first articles: believed where no other reading is left.
        day, number, basis = number, day, "month_first"
    try:
        return date(_full_year(year, now), number, day), basis
    except ValueError:
        return None


def _by_weekday(day: date, words: Sequence[Word]) -> tuple[date, str] | None:
    """The day with its month first, where the weekday beside it is that one's and not the other's (Drupal's m/d/Y)."""
    named = next((word.match[0] for word in words if word.kind == "W"), "")
    if not _ENGLISH_WEEKDAY.fullmatch(named) or day.day > 12:
        return None
    wanted = ENGLISH_WEEKDAYS.index(named[:3])
    if day.weekday() == wanted:
        return None
    swapped = date(day.year, day.day, day.month)
    return (swapped, "month_first") if swapped.weekday() == wanted else None


def _is_american(day: Word, clock: Word) -> bool:
    """Whether 3/12/2022 8:21:00 AM may be March: ASP.NET's own form, whose Vietnamese one says SA and CH."""
    first, second, found = day.match["day"], day.match["month"], clock.match.groupdict()
    bare = min(len(first), len(second)) == 1 and max(int(first), int(second)) <= 12 and first != second
    return bare and found.get("second") is not None and (found.get("half") or "").replace(".", "") in ("am", "pm")


def _full_year(year: str, now: datetime | None) -> int:
    if len(year) == 4:
        return int(year)
    recent = 2000 + int(year)
    return recent if recent <= (now.year + 1 if now else 2069) else recent - 100


def _day_before(word: Word, now: datetime | None) -> tuple[date, str] | None:
    """The day that lies a stated time before `now`; None where the words leave the day open."""
    if now is None:
        return None
    found: dict[str, str] = word.match.groupdict()
    if word.kind == "H":
        days = 1 if found["yesterday"] else {"nay": 0, "qua": 1, "kia": 2}.get(found["near"] or "nay", 0)
        return (now - timedelta(days=days)).date(), "relative"
    if word.name == "now":
        return now.date(), "relative"
    count, unit = found["count"], found["unit"]
    number = int(count) if count.isdigit() else COUNT_OF[count]
    if unit.startswith(("ngay", "day")):
        return (now - timedelta(days=number)).date(), "relative"
    hours = number if unit.startswith(("gio", "tieng", "h")) else 0
    minutes = number if unit.startswith(("phut", "min")) else 0
    if not hours and not minutes and not unit.startswith(("giay", "sec")):
        return None
    # "3 giờ trước" means from three to four hours: a day only where both ends lie in it.
    latest = now - timedelta(hours=hours, minutes=minutes)
    earliest = latest - timedelta(hours=1 if hours else 0)
    return (latest.date(), "relative") if earliest.date() == latest.date() else None


def _with_clock(day: date, basis: str, clock: Word | None, zone: Word | None) -> Posted:
    """The day at its clock, in +07:00; the day alone where no clock is printed or it contradicts itself.

    Midnight in whatever zone is no clock either: a column of days printed as times (Java, ASP.NET, JDBC).
    """
    read = _clock(clock.match.groupdict()) if clock else None
    if clock is None or read is None or not any(filter(None, read)):
        return Posted(day, "day", basis)
    hour, minute, second = read
    offset = clock.match.groupdict().get("offset")
    if zone and not offset:
        said: dict[str, str | None] = zone.match.groupdict()
        if said["named"] and not ZONES[said["named"]]:
            return Posted(day, "day", basis)  # in a zone nobody can know
        offset = ZONES[said["named"]] if said["named"] else said["offset"] or (None if said["local"] else "z")
    value = datetime(day.year, day.month, day.day, hour, minute, second or 0, tzinfo=_zone(offset))
    return Posted(value.astimezone(VIETNAM), "minute" if second is None else "second", basis)


def _possible(clock: Word) -> bool:
    found = clock.match.groupdict()
    return int(found["hour"]) < 24 and int(found["minute"] or 0) < 60 and int(found.get("second") or 0) < 60


def _clock(found: dict[str, str | None]) -> tuple[int, int, int | None] | None:
    """Hour, minute and second of a possible clock; None for a morning hour after noon."""
    hour, minute, second = int(found["hour"] or 0), int(found["minute"] or 0), found.get("second")
    half = (found.get("half") or "").replace(".", "")
    if half in ("am", "sa", "sang", "ص"):
        if hour > 12:
            return None
        hour %= 12
    elif half and hour < 12:
        hour += 12
    return hour, minute, int(second) if second else None


def _zone(offset: str | None) -> timezone:
    if offset is None:
        return VIETNAM
    digits = re.sub(r"[^0-9]", "", offset)
    if not digits:
        return UTC
    hours, minutes = (int(digits), 0) if len(digits) < 3 else (int(digits[:-2]), int(digits[-2:]))
    span = timedelta(hours=hours, minutes=minutes)
    return timezone(-span if "-" in offset else span) if span < timedelta(days=1) else VIETNAM


# -- fallback --------------------------------------------------------------------------------------------------------


def _ask_dateparser(text: str, kinds: str, now: datetime) -> Posted | None:
    """dateparser's reading of a short line with a year in which no day was recognised, if it explains every digit."""
    if len(text) > 60 or "X" in kinds or kinds.count("x") > 3:
        return None
    groups = [int(group) for group in re.findall("[0-9]{1,4}", text)]
    if not 2 <= len(groups) <= 6 or not any(_EARLIEST.year <= number <= now.year + 1 for number in groups):
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
    return posted if _in_time(posted, now) else None


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
