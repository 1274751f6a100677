"""What was covered when: articles by portal and month, what could not be got, how much of what was listed is held."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from archive.web.asked import Asked
from archive.web.behind import standing
from archive.web.filtering import fields, given, portals_asked
from archive.web.hidden import erased, withheld
from archive.web.house import House
from archive.web.page import Page

Months = Counter[tuple[str, str | None, str]]  # articles by portal, place, month
_MONTHS = tuple(f"{number:02d}" for number in range(1, 13))


@dataclass(frozen=True, slots=True)
class Cell:
    """A month of a portal; `level` from 0 to 5 by the count, `gap`: none between others.

    `not_got`: article addresses that lists first named in this month and that failed or were refused.
    """

    month: str
    articles: int
    level: int
    gap: bool
    not_got: int


def coverage(house: House, asked: Asked) -> Page:
    """Articles by portal and month of a year, and how much of what the lists named is held; of all portals or some."""
    asked.only("year", *OF_PORTALS)
    archive = house.archive()
    listed = archive.portals(**portals_asked(asked))
    slugs = [each.slug for each in listed]
    months = {slug: counts for slug, counts in by_portal(months_of(house)).items() if slug in slugs}
    totals: dict[str, int] = defaultdict(int)
    for counts in months.values():
        for month, count in counts.items():
            totals[month[:4]] += count
    held = {each.slug: standing(house, archive.folder(each.slug)) for each in listed}
    not_got = {slug: told["not_got_in"] if told else {} for slug, told in held.items()}
    named = {month[:4] for months_not_got in not_got.values() for month in months_not_got}
    years = sorted({*filter(None, totals), *named}, reverse=True)
    year = str(asked.number("year", int(years[0]) if years else 2026, 1, 9999)).zfill(4)
    data = {
        "year": year,
        "filters": given(asked, OF_PORTALS),
        "years": {each: totals.get(each, 0) for each in years},
        "undated": totals.get("", 0),
        "portals": {each.slug: _year(months.get(each.slug, {}), year) for each in listed},
        "addresses": held,
        "withheld": withheld(archive, slugs if given(asked, OF_PORTALS) else None),
        "erased": erased(house, *slugs) if slugs else 0,
    }
    rows = [
        (each.name or each.slug, asked.link(f"/portals/{each.slug}"), each.slug, *line)
        for each in listed
        for line in grid(months.get(each.slug, {}), not_got[each.slug], [year]) or [(year, 0, [])]
    ]
    failed = {slug: told["not_got"] if told else 0 for slug, told in held.items()}
    unknown = {each.portal for each in archive.problems}
    aside = {"filtering": fields(house, asked, OF_PORTALS), "rows": rows, "unknown": unknown, "failed": failed}
    # what leads to articles of several years or portals names these portals
    aside |= {"of": ",".join(slugs) if given(asked, OF_PORTALS) else None, "carried": given(asked, OF_PORTALS)}
    return Page("coverage.html", data, aside)


OF_PORTALS = ("portal", "province", "with_predecessors")


def _year(months: dict[str, int], year: str) -> dict[str, int]:
    return {month: count for month, count in sorted(months.items()) if month.startswith(f"{year}-")}


def months_of(house: House) -> Months:
    """How many articles shown there are by portal, place and month of posting ("": not known)."""
    return house.recall("months", lambda: _months(house))


def _months(house: House) -> Months:
    base = house.archive().catalog()
    house.tally.learn(base)
    return house.tally.months(house.archive().hidden())


def by_portal(months: Months) -> dict[str, dict[str, int]]:
    """How many articles each portal posted in each month."""
    found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for (portal, _, month), articles in months.items():
        found[portal][month] += articles
    return found


def grid(
    months: Mapping[str, int], not_got: Mapping[str, int], years: list[str] | None = None
) -> list[tuple[str, int, list[Cell]]]:
    """A portal's months by years, newest first, each year with its sum."""
    dated = {month: count for month, count in months.items() if month}
    known = [*dated, *not_got]
    if not known:
        return []
    rows = []
    for year in years or [str(each) for each in range(int(max(known)[:4]), int(min(known)[:4]) - 1, -1)]:
        cells = [_cell(f"{year}-{number}", dated, not_got) for number in _MONTHS]
        rows.append((year, sum(each.articles for each in cells), cells))
    return rows


def _cell(month: str, dated: Mapping[str, int], not_got: Mapping[str, int]) -> Cell:
    count = dated.get(month, 0)
    level = 0 if not count else 1 + min(4, 4 * count // max(dated.values()))
    gap = bool(dated) and not count and min(dated) < month < max(dated)
    return Cell(month, count, level, gap, not_got.get(month, 0))
