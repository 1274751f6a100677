"""When an article was posted: what the page shows and what its data says, weighed against each other.

A labelled line beside the headline is believed before a machine's word, that before an unlabelled line. Where the
page contradicts itself and nothing decides, there is no answer but a flag.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from crawler.reading.outline.blocks import Block
from crawler.reading.page import Page
from crawler.reading.posted.data import (
    WEAK,
    Reading,
    Said,
    clock_of_slashed,
    from_slashed,
    from_url,
    is_vietnamese,
    said_posted,
    said_updated,
)
from crawler.reading.posted.elements import opening_time, time_elements, with_clock_behind
from crawler.reading.posted.lines import label_before, seen_times
from crawler.reading.posted.order import contradicts_weekday, in_page_order, is_own_clock
from crawler.reading.posted.place import Place
from crawler.reading.posted.state import from_state
from crawler.reading.posted.weight import BELOW, LABELLED
from crawler.reading.text.span import Span

_HALF_A_DAY_AND_MORE = timedelta(hours=15)
_NUMERIC = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b")
_HALF = re.compile(r"\d\s*[AP]\.?M\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Times:
    """The posting and the update time of an article; `orders` are the blocks that carry them.

    `known` are the days that the page's data names as that of the posting.
    """

    posted: Reading | None = None
    updated: Reading | None = None
    flags: tuple[str, ...] = ()
    orders: frozenset[int] = frozenset()
    known: frozenset[date] = frozenset()


def find_times(page: Page, fetched_at: datetime, headline: Block | None, span: Span) -> Times:
    """The times of the article that stands in `span` under `headline`."""
    place = Place.of(page, headline, span, fetched_at)
    posted, updated = seen_times(place)
    said = said_posted(page, fetched_at, time_elements(place, posted))
    known = frozenset(day for each in said.readings for day in each.days)
    seen = [each for each in posted if not is_own_clock(each, page, fetched_at, known)]
    seen, unclear = in_page_order(seen, page, fetched_at, known)
    updated, unclear_too = in_page_order(updated, page, fetched_at, known)
    chosen, flags = _decide(seen, said, fetched_at, vietnamese=is_vietnamese(page))
    if chosen is not None and chosen.order is None and any(_repeats(chosen, each) for each in updated):
        chosen = None  # data that calls "Cập nhật lúc 16:05 08/09/2020" the posting: nothing says when it was posted
    if chosen in unclear:
        chosen, flags = None, ["posted_order_unclear"]
    chosen = with_clock_behind(place, chosen) if chosen is not None else None
    if chosen is None and not flags and not updated and (opens := opening_time(place)):
        chosen, start = opens
        page.outline.blocks[chosen.order or 0].open_at(start)
    if chosen is None and not flags and not updated and headline is not None:
        chosen = from_state(page, headline, fetched_at)
    if chosen is None and not flags and (found := from_url(page.url, fetched_at)):
        chosen, flags = found, ["posted_from_url"]
    if chosen is None and not flags and unclear:
        flags = ["posted_order_unclear"]
    if chosen is not None and chosen.posted.day not in known and contradicts_weekday(chosen):
        flags.append("posted_weekday_differs")
    clear = [each for each in updated if each not in unclear_too]
    changed = max(clear, key=lambda each: each.strength, default=None)
    changed = changed or said_updated(said, chosen)
    if chosen is None and updated:
        flags.append("posted_only_as_update")
    orders = {each.order for each in (*posted, *updated) if each.order is not None}
    orders -= {headline.order} if headline is not None else set()
    blocks = page.outline.blocks
    orders |= {order - 1 for order in orders if order and label_before(blocks[order], blocks) is not None}
    return Times(chosen, changed, tuple(flags), frozenset(orders), known)


def _decide(
    visible: list[Reading], machine: Said, fetched_at: datetime, *, vietnamese: bool
) -> tuple[Reading | None, list[str]]:
    """The reading to believe, and flags for what contradicted it."""
    seen = max(visible, key=lambda each: (each.strength, -(each.order or 0)), default=None)
    said = machine.best
    flags: list[str] = []
    if seen is not None:
        rivals = [each for each in visible if each.strength >= seen.strength - 4]
        if len({each.posted.day for each in rivals}) > 1:
            apart = len({each.order for each in rivals}) > 1
            if seen.strength >= LABELLED or (said is None and apart and seen.basis == "position"):
                return None, ["posted_conflict"]
            if said is None:
                seen, flags = min(rivals, key=lambda each: each.order or 0), ["posted_first_of_several"]
    if seen is not None and said is None:
        clock = clock_of_slashed(machine.slashed, seen, fetched_at) if seen.precision == 1 else None
        return clock or seen, flags
    if seen is None or said is None:
        return (said, flags) if said else from_slashed(machine.slashed, fetched_at)
    if _agree(seen, said, vietnamese=vietnamese):
        believed = said if _tells_more(said, seen, vietnamese=vietnamese) else seen
        return believed, flags
    return _between(seen, said, machine, flags, vietnamese=vietnamese)


def _between(
    seen: Reading, said: Reading, machine: Said, flags: list[str], *, vietnamese: bool
) -> tuple[Reading | None, list[str]]:
    """Of a visible and a machine's day that differ, the one that more speaks for; none where nothing decides.

    What readers see under the headline is looked after; data is often left from a draft, an import or a relaunch.
    """
    if seen.strength < BELOW and said.strength <= WEAK and vietnamese:
        return None, [*flags, "posted_conflict"]
    if seen.strength < BELOW or seen.posted.basis == "relative" or _swapped(seen, said, vietnamese=vietnamese):
        return said, [*flags, "posted_differs_from_visible"]
    if seen.strength >= LABELLED:
        return seen, [*flags, "posted_differs_from_machine"]
    if said.strength <= WEAK and vietnamese:
        return seen, [*flags, "posted_differs_from_machine"]  # one value for all pages, or the day of an import
    for other in machine.readings:
        if other.basis != "time" and _agree(seen, other, vietnamese=vietnamese):
            believed = other if _tells_more(other, seen, vietnamese=vietnamese) else seen
            return believed, [*flags, "posted_differs_from_machine"]
    if any(seen.days & each.days for each in machine.updated):
        return said, [*flags, "posted_differs_from_visible"]  # it shows when it was changed
    if seen.basis == "marked" or seen.precision > 1:
        return seen, [*flags, "posted_differs_from_machine"]
    return None, [*flags, "posted_conflict"]


def _swapped(seen: Reading, said: Reading, *, vietnamese: bool) -> bool:
    """Whether a visible 6/1/2025 is the machine's 1 June: month first, where the page is foreign or counts to noon."""
    numbers = _NUMERIC.search(seen.text)
    if numbers is None or all((day.month, day.day, day.year) != tuple(map(int, numbers.groups())) for day in said.days):
        return False
    return not vietnamese or _HALF.search(seen.text) is not None


def _agree(seen: Reading, said: Reading, *, vietnamese: bool) -> bool:
    """Whether both can mean the same time: the same day, in Vietnam or where the words were written."""
    if seen.posted.day == said.posted.day or (not vietnamese and seen.days & said.days):
        return True
    if seen.posted.basis == "relative":  # "1 day ago" is right within a day
        return abs(seen.posted.day - said.posted.day) <= timedelta(days=1)
    return not vietnamese and _is_elsewhere(seen, said)


def _tells_more(said: Reading, seen: Reading, *, vietnamese: bool) -> bool:
    """Whether the machine's time is to be taken of two that agree; midnight in UTC is a day made an instant."""
    if (
        seen.precision == 1
        and isinstance(said.posted.value, datetime)
        and said.posted.value.astimezone(UTC).time() == time()
    ):
        return False
    if said.precision != seen.precision:
        return said.precision > seen.precision
    return seen.posted.basis == "relative" or (not vietnamese and _is_elsewhere(seen, said))


def _is_elsewhere(seen: Reading, said: Reading) -> bool:
    """Whether a clock shown without a zone is the machine's instant told in the page's own: quarters of hours off.

    Vietnamese pages keep the clock they show: there the machine's zone is the one that is wrong (local time with a Z).
    """
    shown, instant = seen.posted.value, said.posted.value
    if not isinstance(shown, datetime) or not isinstance(instant, datetime) or seen.is_zoned or not said.is_zoned:
        return False
    apart = abs(shown - instant)
    quarters = round(apart / timedelta(minutes=15))
    return apart <= _HALF_A_DAY_AND_MORE and abs(apart - quarters * timedelta(minutes=15)) < timedelta(minutes=1)


def _repeats(said: Reading, shown: Reading) -> bool:
    """Whether data tells the minute that the page shows as its update."""
    one, other = said.posted.value, shown.posted.value
    return (
        isinstance(one, datetime)
        and isinstance(other, datetime)
        and one.replace(second=0, microsecond=0) == other.replace(second=0, microsecond=0)
    )
