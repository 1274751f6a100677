"""Which number of 9/3/2026 is the month's, by the page's other dates; readings that are the page's own clock."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from crawler.reading.dates import find_dates, printed_weekday
from crawler.reading.dates.values import EITHER_ORDER
from crawler.reading.outline.blocks import Block
from crawler.reading.page import Page
from crawler.reading.posted.data import Reading
from crawler.reading.posted.place import is_named_posted

_SLASHED = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(\d{4})(?!\d)")
# Without the first number, which a search that begins with a sign finds fastest: it stands before it.
_FROM_SECOND = re.compile(r"/(\d{1,2})/(?:19|20)\d\d(?![\d/])")
_NO_MONTH_SECOND = re.compile(r"/(?:1[3-9]|[2-9]\d)/(?:19|20)\d\d(?![\d/])")
_FIRST = re.compile(r"(?:^|[^\d/])(\d{1,2})$")
_AMERICAN = re.compile(r"\d *[AP]\.?M\b", re.IGNORECASE)
_CLOCK_BEHIND = re.compile(r"[^\w/]{1,3}\d{1,2}:\d\d(?::\d\d)? *[AP]\.?M\b", re.IGNORECASE)
_VIETNAMESE = re.compile(r"\d *(?:SA|CH)\b", re.IGNORECASE)
# A clock is written while the page is fetched.
_JUST_NOW = timedelta(minutes=2)


def in_page_order(
    readings: list[Reading], page: Page, fetched_at: datetime, known: frozenset[date]
) -> tuple[list[Reading], frozenset[Reading]]:
    """The readings, those month first whose page writes so; and those whose order the page leaves open.

    ASP.NET set to en-US writes 8/29/2026 beside 9/3/2026 10:30 AM. One date with its day first settles all the
    others but those with AM or PM, and so does a weekday, or a day in `known`. What is written as ASP.NET writes it, to
    the second (9/3/2026 10:30:11 AM), is settled by nothing but `known` or a date of the same make, and else left out.
    """
    open_ones = [each for each in readings if _may_be_american(each) and each.posted.day not in known]
    if not open_ones:
        return readings, frozenset()
    text = "\n".join([block.text for block in page.outline.blocks])
    if _NO_MONTH_SECOND.search(text) is None and all(
        each.posted.basis != EITHER_ORDER and not (known and _AMERICAN.search(each.text)) for each in open_ones
    ):  # as on most pages
        return readings, frozenset()
    pairs = [pair for block in page.outline.blocks if "/" in block.text for pair in _pairs(block)]
    months = [first for first, second, _ in pairs if 0 < int(first) <= 12 < int(second) <= 31]
    days = [alike for first, second, alike in pairs if 0 < int(second) <= 12 < int(first) <= 31]
    turned: dict[Reading, Reading] = {}
    unclear = set[Reading]()
    for each in open_ones:
        either = each.posted.basis == EITHER_ORDER
        bare = _is_bare(each.text)
        alike = bool(months) and (bare is None or any(_is_like(month, bare=bare) for month in months))
        american = _AMERICAN.search(each.text) is not None
        mixed = any(days) if american else bool(days)  # the editor's 14/09/2026, the system's 8/29/2026
        swapped = _month_first(each, fetched_at) if either or american or alike else None
        if swapped is not None and (either or american) and swapped.posted.day in known:
            turned[each] = swapped
            continue
        if swapped is None or not (either or alike) or (either and any(days) and not months):
            continue  # written by something else than 8/29/2026 or 08/29/2026, or as 29/8/2026 10:30:11 AM is
        if alike and not mixed and (bare or american):
            turned[each] = swapped
        elif either or american or not mixed:
            unclear.add(each)
    # what stands in for a line that may mean two days must be believed more than it
    least = max((each.strength + 1 for each in unclear if each.posted.basis == EITHER_ORDER), default=0)
    return [turned.get(each, each) for each in readings if each.strength >= least], frozenset(unclear)


def _month_first(reading: Reading, fetched_at: datetime) -> Reading | None:
    """The reading with its month first; None where that is no day, or one to come."""
    swapped = _SLASHED.sub(r"\2/\1/\3", reading.text, count=1)
    found = find_dates(swapped, fetched_at, either_order=True)
    if len(found) != 1:
        return None
    return replace(reading, posted=replace(found[0].posted, basis="month_first"), printed=None)


def _pairs(block: Block) -> Iterator[tuple[str, str, bool]]:
    """The first two numbers of each date with slashes, and whether a program wrote it: in a list, or with AM or PM."""
    listed = block.in_row or block.related or block.linked > 0
    for found in _FROM_SECOND.finditer(block.text):
        first = _FIRST.search(block.text, max(0, found.start() - 3), found.start())
        if first is not None:
            bare = int(found[1]) < 10 and len(found[1]) == 1
            yield first[1], found[1], bare and (listed or bool(_CLOCK_BEHIND.match(block.text, found.end())))


def _may_be_american(reading: Reading) -> bool:
    """Whether a day was read first of two numbers that may both be months, with no weekday to tell."""
    numbers = _SLASHED.search(reading.text) if reading.posted.basis in ("day_first", EITHER_ORDER) else None
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
