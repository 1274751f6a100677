"""Which number of 9/3/2026 is the month's, by the page's other dates; readings that are the page's own clock."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from crawler.reading.dates import parse_posted, printed_weekday
from crawler.reading.page import Page
from crawler.reading.posted.data import Reading
from crawler.reading.posted.place import is_named_posted

_SLASHED = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(\d{4})(?!\d)")
# Without the first number, which a search that begins with a sign finds fastest: it stands before it.
_FROM_SECOND = re.compile(r"/(\d{1,2})/(?:19|20)\d\d(?![\d/])")
_FIRST = re.compile(r"(?:^|[^\d/])(\d{1,2})$")
_AMERICAN = re.compile(r"\d *[AP]\.?M\b", re.IGNORECASE)
_VIETNAMESE = re.compile(r"\d *(?:SA|CH)\b", re.IGNORECASE)
# A clock is written while the page is fetched.
_JUST_NOW = timedelta(minutes=2)


def in_page_order(
    readings: list[Reading], page: Page, fetched_at: datetime, known: frozenset[date]
) -> tuple[list[Reading], frozenset[Reading]]:
    """The readings, those month first whose page writes so; and those whose order the page leaves open.

    ASP.NET set to en-US writes 8/29/2026 beside 9/3/2026 10:30 AM. One date with its day first settles all the
    others but those with AM or PM, and so does a weekday, or a day in `known`.
    """
    open_ones = [each for each in readings if _may_be_american(each) and each.posted.day not in known]
    if not open_ones:
        return readings, frozenset()
    pairs = [pair for block in page.outline.blocks if "/" in block.text for pair in _pairs(block.text)]
    months = [first for first, second in pairs if 0 < int(first) <= 12 < int(second) <= 31]
    # the editor's 14/09/2026, the system's 8/29/2026
    mixed = bool(months) and any(0 < int(second) <= 12 < int(first) <= 31 for first, second in pairs)
    if not months:
        return readings, frozenset()
    turned, unclear = {}, set[Reading]()
    for each in open_ones:
        bare = _is_bare(each.text)
        if bare is not None and not any(_is_like(month, bare=bare) for month in months):
            continue  # written by something else than 8/29/2026 or 08/29/2026
        if mixed and not _AMERICAN.search(each.text):
            continue
        posted = parse_posted(_SLASHED.sub(r"\2/\1/\3", each.text, count=1), fetched_at)
        if posted is None:
            continue
        if not mixed and (bare or _AMERICAN.search(each.text)):
            turned[each] = replace(each, posted=replace(posted, basis="month_first"), printed=None)
        else:
            unclear.add(each)
    return [turned.get(each, each) for each in readings], frozenset(unclear)


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    """The first two numbers of each date with slashes."""
    for found in _FROM_SECOND.finditer(text):
        first = _FIRST.search(text, max(0, found.start() - 3), found.start())
        if first is not None:
            yield first[1], found[1]


def _may_be_american(reading: Reading) -> bool:
    """Whether a day was read first of two numbers that may both be months, with no weekday to tell."""
    numbers = _SLASHED.search(reading.text) if reading.posted.basis == "day_first" else None
    if numbers is None or max(int(numbers[1]), int(numbers[2])) > 12 or int(numbers[1]) == int(numbers[2]):
        return False
    return _VIETNAMESE.search(reading.text) is None and printed_weekday(reading.text) is None


def _is_bare(text: str) -> bool | None:
    """Whether a date's numbers are written without a nought (9/3/2026), None where they need none (10/11/2026)."""
    numbers = _SLASHED.search(text)
    small = [number for number in numbers.groups()[:2] if int(number) < 10] if numbers else []
    return any(len(number) == 1 for number in small) if small else None


def _is_like(month: str, *, bare: bool) -> bool:
    """Whether a month is written as that date is: 8 or 08; both alike from October on."""
    return int(month) > 9 or (len(month) == 1) == bare


def contradicts_weekday(reading: Reading) -> bool:
    """Whether the words name a weekday that no day of the reading is."""
    named = printed_weekday(reading.text)
    return named is not None and all(day.weekday() != named for day in reading.days)


def is_own_clock(reading: Reading, page: Page, fetched_at: datetime, known: frozenset[date]) -> bool:
    """Whether a time without a label is the moment of the fetch, as a header's clock is, and no data names its day."""
    shown = reading.posted.value
    if not isinstance(shown, datetime) or reading.basis.startswith("label:") or abs(shown - fetched_at) > _JUST_NOW:
        return False
    named = reading.order is not None and is_named_posted(page.outline.blocks[reading.order])
    return not named and reading.posted.day not in known
