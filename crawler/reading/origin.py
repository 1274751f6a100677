"""Whose papers "UBND tỉnh" means: the portal's province's, unless the page was taken from another province's.

Portals reprint each other: a plan of "UBND tỉnh" in a text of the newspaper Báo Gia Lai is none of Quảng Ngãi's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from archive.vietnam import provinces
from archive.vietnam.text import fold


def home_of(province: str | None, source: str | None, day: date | None) -> str | None:
    """The province that a text's own words mean; None where its source is of other provinces alone.

    `province` is the portal's slug, `source` what the page names as such, `day` that of posting: since a merger, the
    papers of what a province was formed from are its own.
    """
    if province is None or source is None:
        return province
    named = set(_named_in(source))
    return province if not named or named & _kin(province, day) else None


def _named_in(source: str) -> Iterator[str]:
    """The places that a source names, by their names or by the hosts of their portals and newspapers."""
    folded = fold(source)
    pattern, places = _names()
    for found in pattern.finditer(folded):
        yield places[found[0]]


@cache
def _names() -> tuple[re.Pattern[str], dict[str, str]]:
    places = {}
    for each in provinces.PROVINCES.values():
        for name in (each.name, *each.hosts, *each.newspapers):
            places[fold(name).removeprefix("www.")] = each.place
    longest_first = sorted(places, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b"), places


def _kin(province: str, day: date | None) -> set[str]:
    """The places that are one with a province on a day."""
    try:
        record = provinces.province(province, day)
    except provinces.UnknownProvince:
        return set()
    successor = provinces.successor_of(record.slug)
    merged = {successor.place} if successor and day and not record.valid_on(day) else set()
    return {record.place, *(provinces.PROVINCES[each].place for each in record.predecessors), *merged}
