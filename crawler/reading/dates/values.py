"""What the words of one moment state: a day or an instant in +07:00, with the precision that stands there, no more."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

from archive.schema import VIETNAM, Posted
from crawler.reading.dates.names import MONTH_OF, WEEKDAY_OF, ZONES
from crawler.reading.dates.words import COUNT_OF, Word

# No portal of a Vietnamese authority is older.
EARLIEST = date(1990, 1, 1)
EITHER_ORDER = "either_order"  # the basis of a day that may as well be read with its month first
_SLACK = timedelta(days=1)
_WEEKDAY = re.compile(r"(mon|tue|wed|fri|sat|sun|thu(?= *$|rs))[a-z]*|(?:thu|th|t)[ .]*([a-z]+|[2-7])|(chu|cn)\b.*")


def time_of(words: Sequence[Word], now: datetime | None) -> Posted | None:
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
    read = day_of(days[0], now, proven) if days[0].kind == "D" else _day_before(days[0], now)
    if read is not None and read[1] == "day_first":
        read = _by_weekday(read[0], words) or read
    if read is None or read[0] < EARLIEST:
        return None
    readings = [read]
    if read[1] == "day_first" and clock and _is_american(days[0], clock) and weekday_of(words) is None:
        readings.append((date(read[0].year, read[0].day, read[0].month), "month_first"))
    times = [_with_clock(*each, clock, zone) for each in readings]
    in_time = [each for each in times if is_in_time(each, now)]
    return replace(in_time[0], basis=EITHER_ORDER) if len(in_time) > 1 else next(iter(in_time), None)


def is_in_time(posted: Posted, now: datetime | None) -> bool:
    """Whether the day is no older than the first portal, and the time no later than a day after `now`."""
    if posted.day < EARLIEST:
        return False
    if now is None:
        return True
    return posted.value <= now + _SLACK if isinstance(posted.value, datetime) else posted.value <= (now + _SLACK).date()


def day_of(word: Word, now: datetime | None, proven: bool) -> tuple[date, str] | None:
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
    wanted = weekday_of(words)
    if wanted is None or day.day > 12 or day.weekday() == wanted:
        return None
    swapped = date(day.year, day.day, day.month)
    return (swapped, "month_first") if swapped.weekday() == wanted else None


def weekday_of(words: Sequence[Word]) -> int | None:
    """The weekday that stands among the words, in Vietnamese or English; Monday is 0."""
    named = next((_WEEKDAY.fullmatch(word.match[0]) for word in words if word.kind == "W"), None)
    return WEEKDAY_OF.get(named[1] or named[2] or named[3]) if named else None


def _is_american(day: Word, clock: Word) -> bool:
    """Whether 3/12/2022 8:21:00 AM may be March: ASP.NET's own form, whose Vietnamese one says SA and CH."""
    first, second, found = day.match["day"], day.match["month"], clock.match.groupdict()
    bare = min(len(first), len(second)) == 1 and max(int(first), int(second)) <= 12 and first != second
    own = day.match["mark"] == "/" and day.match.start() < clock.match.start() and found.get("second") is not None
    return bare and own and (found.get("half") or "").replace(".", "") in ("am", "pm")


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
    elif half == "trua":
        hour += 12 if hour < 4 else 0
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
