"""The pages of provinces and portals."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from archive.folder import PortalFolder
from archive.storage.away import Away, away
from archive.storage.tables import LedgerError
from archive.vietnam import provinces
from archive.vietnam.text import sort_key
from archive.views import PortalView
from archive.web.asked import Asked
from archive.web.behind import standing
from archive.web.coverage import Months, by_portal, grid, months_of
from archive.web.hidden import erased, withheld
from archive.web.house import House
from archive.web.page import Page
from archive.web.reports import reports
from archive.web.runs import STATING, counted

RUNS = 30


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
    bounds = _bounds(months)
    held = []
    for view in archive.portals():
        newest = reports(house, archive.folder(view.slug), 1)
        held.append(Held(view, *bounds.get(view.slug, (0, None, None)), newest[0] if newest else None))
    data = {
        "provinces": _provinces(months, held),
        "portals": held,
        "withheld": withheld(archive),
        "erased": erased(house),
    }
    return Page("places.html", data)


def _bounds(months: Months) -> dict[str, tuple[int, str | None, str | None]]:
    """Articles, first and last posting month of every portal."""
    found: dict[str, tuple[int, str | None, str | None]] = {}
    for portal, counts in by_portal(months).items():
        dated = sorted(month for month in counts if month)
        found[portal] = (sum(counts.values()), dated[0] if dated else None, dated[-1] if dated else None)
    return found


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
    told = reports(house, folder, RUNS)
    counts = _counted(house, folder, [each["run"] for each in told], ("requests", "new", "edited", "gone"))
    months = by_portal(months_of(house)).get(slug, {})
    addresses = standing(house, folder)
    years = grid(months, addresses["not_got_in"] if addresses else {})
    rows = [(year, None, slug, year, total, cells) for year, total, cells in years]
    read = next((each["run"] for each in told if each["filled"]), None)
    data = {
        "portal": view,
        "runs": [{**each, "counted": counts.get(each["run"], {})} for each in told],
        "months": months,
        "addresses": addresses,
        "erased": erased(house, slug),
        "warcs_away": _away(folder),
        "filled": _counted(house, folder, [read], ("read", *STATING)).get(read, {}) if read else {},
    }
    return Page("portal.html", data, {"grid": years, "rows": rows, "filled_by": read})


def _counted(house: House, folder: PortalFolder, runs: list[str], names: tuple[str, ...]) -> dict[str, dict[str, int]]:
    """The numbers of these runs; none where the ledger cannot be read."""
    try:
        return counted(house, folder, runs, names)
    except LedgerError:
        return {}


def _away(folder: PortalFolder) -> list[Away]:
    """The WARCs that are not there; none where the ledger cannot be read."""
    try:
        return away(folder.paths, folder.rows)
    except LedgerError:
        return []
