"""The pages of provinces and portals, and of what was covered when."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from archive.folder import PortalFolder
from archive.reader import Archive
from archive.storage.tables import LedgerError
from archive.vietnam import provinces
from archive.vietnam.text import sort_key
from archive.views import PortalView
from archive.web.asked import Asked
from archive.web.house import House
from archive.web.page import Page

RUNS = 30
Months = Counter[tuple[str, str | None, str]]  # articles by portal, place, month
_MONTHS = tuple(f"{number:02d}" for number in range(1, 13))


@dataclass(frozen=True, slots=True)
class Place:
    """A province as it stands or stood; `day`: since when it is part of `successor`."""

    place: str
    name: str
    successor: str | None
    day: str | None
    formed_from: tuple[str, ...]
    portals: tuple[str, ...]
    articles: int


@dataclass(frozen=True, slots=True)
class Held:
    """A portal and how much of it is held; `last_run`: its newest report."""

    portal: PortalView
    articles: int
    first_posted: str | None
    last_posted: str | None
    last_run: dict[str, Any] | None


def places(house: House, asked: Asked) -> Page:
    """All provinces, before and after the mergers of 2025, and the portals that the archive holds."""
    asked.only()
    return house.recall(("places", asked.language, asked.chosen), lambda: _places(house))


def _places(house: House) -> Page:
    archive, months = house.archive(), months_of(house)
    counted = _bounds(months)
    held = []
    for view in archive.portals():
        articles, first, last = counted.get(view.slug, (0, None, None))
        reports = runs(archive.folder(view.slug), 1)
        held.append(Held(view, articles, first, last, reports[0] if reports else None))
    data = {"provinces": _provinces(months, held), "portals": held, "withheld": withheld(archive)}
    return Page("places.html", data)


def _bounds(months: Months) -> dict[str, tuple[int, str | None, str | None]]:
    """Articles, first and last posting month of every portal."""
    found: dict[str, tuple[int, str | None, str | None]] = {}
    for portal, counts in by_portal(months).items():
        dated = sorted(month for month in counts if month)
        found[portal] = (sum(counts.values()), dated[0] if dated else None, dated[-1] if dated else None)
    return found


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


def shown(archive: Archive) -> str:
    """The condition, in SQL over the catalog, that a row is not withheld."""
    hidden = archive.hidden()
    return f"row NOT IN ({', '.join(map(str, sorted(hidden)))})" if hidden else "TRUE"


def withheld(archive: Archive) -> int:
    """How many articles are withheld."""
    return len(archive.hidden())


def _provinces(months: Months, held: list[Held]) -> list[Place]:
    portals: dict[str, list[str]] = defaultdict(list)
    for each in held:
        if each.portal.province:
            portals[each.portal.province.partition(".")[0]].append(each.portal.slug)
    articles: Counter[str | None] = Counter()
    for (_, place, _), count in months.items():
        articles[place] += count
    found = [
        _place(provinces.province(place), tuple(portals[place]), articles[place])
        for place in {each.place for each in provinces.PROVINCES.values()}
    ]
    return sorted(found, key=lambda each: sort_key(each.name))


def _place(record: provinces.Province, portals: tuple[str, ...], articles: int) -> Place:
    successor = provinces.successor_of(record.slug)
    merged = successor if successor and successor.place != record.place else None
    day = (record.valid_to + timedelta(days=1)).isoformat() if merged and record.valid_to else None
    earlier = [provinces.PROVINCES[slug].name for slug in record.predecessors if slug != record.place]
    return Place(record.place, record.name, merged.name if merged else None, day, tuple(earlier), portals, articles)


def portal(house: House, asked: Asked, slug: str) -> Page:
    """One portal: its form, its runs with what they found amiss, its months, and what could not be fetched."""
    asked.only()
    archive = house.archive()
    view = archive.portal(slug)
    folder = archive.folder(slug)
    reports = runs(folder, RUNS)
    months = by_portal(months_of(house)).get(slug, {})
    addresses = house.recall(("addresses", slug), lambda: _addresses(folder))
    years = grid(months)
    rows = [(year, None, slug, year, total, cells) for year, total, cells in years]
    read = next((each for each in reports if each.get("filled")), None)
    data = {
        "portal": view,
        "runs": reports,
        "months": months,
        "addresses": addresses,
        "filled": read["filled"] if read else {},
    }
    aside = {"grid": years, "rows": rows, "filled_by": read["run"] if read else None}
    return Page("portal.html", data, aside)


def runs(folder: PortalFolder, most: int) -> list[dict[str, Any]]:
    """The reports of a portal's runs, newest first; of one that cannot be read only its name."""
    try:
        paths = sorted(folder.paths.runs.glob("*.json"), reverse=True)[:most]
    except OSError:
        return []
    return [report(path) for path in paths]


_REPORT: dict[str, Any] = {
    "run": "", "started": None, "seconds": None, "mode": None, "verdict": None, "counts": {}, "failures": [],
    "filled": {}, "drift": [],
}  # fmt: skip


def report(path: Path) -> dict[str, Any]:
    """A run's report with what the pages show of it, whatever is missing or odd in it."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        told = None
    if not isinstance(told, dict):
        return {**_REPORT, "run": path.stem, "unreadable": path.name}
    kept = {name: told.get(name, default) for name, default in _REPORT.items()}
    for name, default in _REPORT.items():
        if isinstance(default, (dict, list)) and not isinstance(kept[name], type(default)):
            kept[name] = default
    return {**kept, "run": str(kept["run"] or path.stem), "unreadable": None}


@dataclass(frozen=True, slots=True)
class Cell:
    """A month, or a year, of a portal; `level` from 0 to 5 by the count, `gap`: none between others."""

    month: str
    articles: int
    level: int
    gap: bool


def grid(months: dict[str, int], years: list[str] | None = None) -> list[tuple[str, int, list[Cell]]]:
    """A portal's months by years, newest first, each year with its sum."""
    dated = {month: count for month, count in months.items() if month}
    if not dated:
        return []
    first, last = min(dated), max(dated)
    most = max(dated.values())
    rows = []
    for year in years or [str(each) for each in range(int(last[:4]), int(first[:4]) - 1, -1)]:
        cells = [_cell(f"{year}-{number}", dated, first, last, most) for number in _MONTHS]
        rows.append((year, sum(each.articles for each in cells), cells))
    return rows


def _cell(month: str, dated: dict[str, int], first: str, last: str, most: int) -> Cell:
    count = dated.get(month, 0)
    level = 0 if not count else 1 + min(4, 4 * count // most)
    return Cell(month, count, level, not count and first < month < last)


def _addresses(folder: PortalFolder) -> dict[str, Any] | None:
    """Of the article addresses that lists named, how many are held; None where the ledger cannot be read."""
    try:
        rows = list(
            folder.rows(
                "SELECT CASE WHEN article IS NOT NULL THEN 'held' WHEN state = 'done' THEN 'no_article' ELSE state END"
                " AS what, count(*) FROM addresses WHERE kind = 'article' GROUP BY what"
            )
        )
        ((since,),) = folder.rows("SELECT min(date) FROM snapshots")
    except LedgerError:
        return None
    counts = dict(rows)
    seen = sum(counts.values()) - counts.get("no_article", 0)  # what turned out to be no article was wrongly listed
    return {
        "seen": seen,
        **{name: counts.get(name, 0) for name in ("held", "no_article", "failed", "refused", "due")},
        "share": counts.get("held", 0) / seen if seen else None,
        "archived_since": since,
    }


def coverage(house: House, asked: Asked) -> Page:
    """Articles by portal and month of a year, and how much of what the lists named is held."""
    asked.only("year")
    archive = house.archive()
    months = by_portal(months_of(house))
    totals: dict[str, int] = defaultdict(int)
    for counts in months.values():
        for month, count in counts.items():
            totals[month[:4]] += count
    years = sorted((year for year in totals if year), reverse=True)
    year = str(asked.number("year", int(years[0]) if years else 2026, 1, 9999)).zfill(4)
    listed = archive.portals()
    held = {each.slug: house.recall(("addresses", each.slug), _asker(archive, each.slug)) for each in listed}
    data = {
        "year": year,
        "years": {each: totals[each] for each in years},
        "undated": totals.get("", 0),
        "portals": {each.slug: _year(months.get(each.slug, {}), year) for each in listed},
        "addresses": held,
        "withheld": withheld(archive),
    }
    rows = [
        (each.name or each.slug, asked.link(f"/portals/{each.slug}"), each.slug, *line)
        for each in listed
        for line in grid(months.get(each.slug, {}), [year]) or [(year, 0, [])]
    ]
    failed = {
        slug: {what: told[what] for what in ("failed", "refused") if told and told[what]} for slug, told in held.items()
    }
    unknown = {each.portal for each in archive.problems}
    return Page("coverage.html", data, {"rows": rows, "unknown": unknown, "failed": failed})


def _asker(archive: Archive, slug: str) -> Any:
    return lambda: _addresses(archive.folder(slug))


def _year(months: dict[str, int], year: str) -> dict[str, int]:
    return {month: count for month, count in sorted(months.items()) if month.startswith(f"{year}-")}
