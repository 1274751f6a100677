"""What provinces, portals and documents are called, where a province went, and where a month's articles are."""

from __future__ import annotations

import calendar
from collections.abc import Collection
from datetime import timedelta
from functools import cache

from archive.research.documents import Called
from archive.research.documents import called as document_called
from archive.vietnam import provinces
from archive.web.asked import Asked
from archive.web.house import House


def month_path(asked: Asked, portal: str | None, month: str, document: str | None = None) -> str:
    """The articles of a month, or of a year, of a portal, or that cite a document."""
    year, _, number = month.partition("-")
    last = calendar.monthrange(int(year), int(number))[1] if number else 31
    since, until = f"{year}-{number or '01'}-01", f"{year}-{number or 12}-{last}"
    return asked.link("/search", portal=portal, document=document, since=since, until=until)


def place_name(value: str) -> str:
    """A province's name by its slug; the slug where there is none of it."""
    try:
        return provinces.province(value).name
    except provinces.UnknownProvince:
        return value


@cache
def place_names() -> list[tuple[str, str]]:
    """Every place with its name, for a list to choose from."""
    named = sorted({(each.name, each.place) for each in provinces.PROVINCES.values()})
    return [(place, name) for name, place in named]


def portal_names(house: House) -> dict[str, str]:
    """The portals that are shown, by slug: what each calls itself."""
    return house.recall(
        "portal names", lambda: {each.slug: each.name or each.slug for each in house.archive().portals()}
    )


def of_whom(cid: str | None) -> str | None:
    """Whose a document is and of which year, by its canonical id: "Kon Tum, 2025"; the year alone of a central one."""
    parts = (cid or "").split("/")
    if len(parts) < 5 or parts[0] != "vn":
        return None
    place = place_name(parts[1])
    return parts[-2] if place == parts[1] else f"{place}, {parts[-2]}"


def went(asked: str | None) -> dict[str, str] | None:
    """Where a province went that is no more; None for one that stands, and for none."""
    try:
        record = provinces.province(asked) if asked else None
    except provinces.UnknownProvince:
        return None
    successor = provinces.successor_of(record.slug) if record else None
    if record is None or successor is None or record.valid_to is None or successor.place == record.place:
        return None
    day = (record.valid_to + timedelta(days=1)).isoformat()
    return {"name": record.name, "day": day, "successor": successor.name, "place": successor.place}


def called(house: House, names: Collection[str]) -> dict[str, Called]:
    """What documents are called, remembered: the commonest ones stand beside most searches."""
    known: dict[str, Called] = house.recall("names of documents", dict)
    if len(known) > _REMEMBERED:
        known.clear()
    if unknown := [each for each in names if each not in known]:
        base, hidden = house.archive().catalog(), house.archive().hidden()
        known.update({each: document_called(base, hidden, each) for each in unknown})
    return known


_REMEMBERED = 10_000
