"""The posting time in the element that a form or a family names, held against what the page shows by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from archive.schema import VIETNAM
from crawler.reading.dates import find_dates, parse_posted
from crawler.reading.dates.labels import POSTING
from crawler.reading.layouts import Layouts, block_in
from crawler.reading.outline.blocks import Block
from crawler.reading.page import Page, text_of
from crawler.reading.posted.data import Reading
from crawler.reading.posted.dated_line import names_weekday
from crawler.reading.posted.order import contradicts_weekday, in_page_order, is_own_clock
from crawler.reading.posted.posting import Times
from crawler.reading.posted.weight import LABELLED

_STRENGTH = 200  # a selector was written for this page
# Who writes a form has looked: portals that print "Cập nhật:" over every article mean when it was posted.
_MEANT = {"form": POSTING | {"updated"}}


def layout_times(layouts: Layouts, fetched_at: datetime, found: Times, headline: Block | None) -> Times:
    """The times by the first element that holds one; `found`, what the rules say, where no layout names any."""
    today = fetched_at.astimezone(VIETNAM).date()
    for name, node in layouts.find("posted"):
        text = text_of(node)
        block = block_in(layouts.page, node)
        order = block.order if block is not None else None
        dates = find_dates(text, fetched_at, either_order=True)
        for each in dates:
            read = Reading(each.posted, each.text, name, _STRENGTH, order)
            chosen = _held_against(read, layouts.page, fetched_at, found.known, labelled=each.label is not None)
            if (
                chosen is None
                or each.label not in _MEANT.get(name, POSTING)
                or (name not in _MEANT and _is_counter(chosen))
                or (block is not None and _is_another(block, chosen, found, headline, name, today))
            ):
                continue
            orders = found.orders | (frozenset() if order is None else {order})
            flags = tuple(flag for flag in found.flags if not flag.startswith("posted_"))
            if chosen.posted.day not in found.known and contradicts_weekday(chosen):
                flags += ("posted_weekday_differs",)
            updated = found.updated if each.label != "updated" else None
            return Times(_with_clock(chosen, found.posted), updated, flags, orders)
        whole = parse_posted(text, fetched_at) if not dates else None
        if whole is not None and (name in _MEANT or "cập nhật" not in text.lower()):
            return Times(Reading(whole, text, name, _STRENGTH), found.updated, (), found.orders)
    return found


def _held_against(
    reading: Reading, page: Page, fetched_at: datetime, known: frozenset[date], *, labelled: bool
) -> Reading | None:
    """The reading in the page's own order of day and month; None where that is open, or it is the fetch's own clock."""
    if not labelled and is_own_clock(reading, page, fetched_at, known):
        return None
    ordered, unclear = in_page_order([reading], page, fetched_at, known)
    return ordered[0] if ordered and not unclear else None


def _is_another(block: Block, chosen: Reading, found: Times, headline: Block | None, name: str, today: date) -> bool:
    """Whether the element dates another story, or is the head's clock: a redesign may give that the same name.

    The clock stands over the headline and shows a later day than the article's own labelled line, or it has
    but the weekday of the fetch, and no hour, in an element that a family names.
    """
    if block.in_row or block.related:
        return True
    if headline is None or block.order >= headline.order:
        return False
    if name not in _MEANT and names_weekday(block) and chosen.precision == 1 and chosen.posted.day == today:
        return found.posted is None or found.posted.posted.day != today
    if found.posted is None:
        return False
    return found.posted.strength >= LABELLED and found.posted.posted.day < chosen.posted.day


def _is_counter(reading: Reading) -> bool:
    """Whether no more than "Hôm nay" was read, over a count of visitors as a rule: "Hôm nay: 3.871"."""
    return reading.posted.basis == "relative" and reading.precision == 1


def _with_clock(chosen: Reading, seen: Reading | None) -> Reading:
    """The named day with the clock that stands beside its element, where both are of that day."""
    if seen is None or chosen.precision > 1 or seen.precision < 2 or seen.posted.day != chosen.posted.day:
        return chosen
    return replace(seen, basis=chosen.basis, strength=chosen.strength)
