"""The provinces before and after 1 July 2025: names, codes, who went into whom, and the hosts of their portals."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, Literal

from archive.vietnam.text import key, nearest

Kind = Literal["province", "city"]

_LOCAL = timezone(timedelta(hours=7))


@dataclass(frozen=True, slots=True)
class Code:
    """A code of the General Statistics Office and the days it stood for its province; None: no bound is recorded."""

    value: str
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class Province:
    """One provincial authority, for as long as its borders stood.

    A re-formed province is two of them: `quang-ngai` until 2025-06-30 and `quang-ngai.2025` after. `valid_from` None
    means that the beginning is not recorded. `hosts` are those of the portal, without scheme.
    """

    slug: str
    name: str
    name_en: str
    kind: Kind  # at the end of the record; `kind_on` knows the day
    valid_from: date | None
    valid_to: date | None
    codes: tuple[Code, ...]
    iso: str
    predecessors: tuple[str, ...]
    successor: str | None
    hosts: tuple[str, ...]
    evidence: str
    confidence: str
    newspapers: tuple[str, ...] = ()
    newspaper_evidence: str | None = None
    cms: str | None = None
    city_since: date | None = None
    former_name: str | None = None

    @property
    def place(self) -> str:
        """The slug without its year: what a portal's form and `-a province=` call it."""
        return self.slug.partition(".")[0]

    def valid_on(self, day: date) -> bool:
        """Whether this authority stood on that day."""
        return (self.valid_from or day) <= day <= (self.valid_to or day)

    def kind_on(self, day: date) -> Kind:
        """Province or city on that day: Huế and Đồng Nai became cities while their records ran."""
        return "province" if self.city_since and day < self.city_since else self.kind

    def name_on(self, day: date) -> str:
        """What it was called on that day."""
        return self.former_name if self.former_name and self.city_since and day < self.city_since else self.name


class UnknownProvince(KeyError):
    """A name or slug that no province has or had; `nearest` is the slug it may have meant."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.nearest = nearest(name, _RECORDS)
        super().__init__(name)

    def __str__(self) -> str:
        meant = f"; nearest: {self.nearest}" if self.nearest else ""
        return f"no province is called {self.name!r}{meant}"


def province(name: str, on: date | None = None) -> Province:
    """The authority of that name or slug which stood on the day `on` (default: today in Vietnam).

    Marks, case, blanks and a leading "tỉnh" or "thành phố" do not count. A slug with its year is that record; one
    merged away is its last record. Raises UnknownProvince.
    """
    if name in PROVINCES and "." in name:
        return PROVINCES[name]
    place = _PLACES.get(_spelling(name))
    if place is None:
        raise UnknownProvince(name)
    records, day = _RECORDS[place], on or today()
    return next((record for record in records if record.valid_on(day)), records[-1])


def successor_of(slug: str) -> Province | None:
    """The authority that took over from the record `slug`; None where it still stands. Raises KeyError."""
    successor = PROVINCES[slug].successor
    return PROVINCES[successor] if successor else None


def today() -> date:
    """The day it is in Vietnam."""
    return datetime.now(_LOCAL).date()


_LASTING = (
    "name", "name_en", "kind", "iso", "hosts", "evidence", "confidence", "newspapers", "newspaper_evidence", "cms",
)  # fmt: skip


def _read(text: str) -> dict[str, Province]:
    """The records of provinces.toml; one with a year takes from its namesake what it does not state itself."""
    tables = tomllib.loads(text)
    for slug, table in tables.items():
        earlier = tables[slug.partition(".")[0]]
        table.update({name: earlier[name] for name in _LASTING if name in earlier and name not in table})
    return {slug: _record(slug, dict(table), tables) for slug, table in tables.items()}


def _record(slug: str, table: dict[str, Any], tables: dict[str, Any]) -> Province:
    since, until = table.pop("valid_from", None), table.pop("valid_to", None)
    return Province(
        slug=slug,
        valid_from=since,
        valid_to=until,
        codes=(Code(table.pop("code"), since, until),),
        predecessors=tuple(earlier for earlier, other in tables.items() if other.get("successor") == slug),
        successor=table.pop("successor", None),
        hosts=tuple(table.pop("hosts")),
        newspapers=tuple(table.pop("newspapers", ())),
        **table,
    )


def _spelling(name: str) -> str:
    """What the ways to write a province's name share: "Tỉnh Bà Rịa – Vũng Tàu" and "ba-ria-vung-tau"."""
    untitled = re.sub(r"^(tinh|thanh pho|tp)\b", "", key(name))
    return re.sub(r"[^a-z0-9]", "", untitled)


PROVINCES: dict[str, Province] = _read(Path(__file__).with_name("provinces.toml").read_text(encoding="utf-8"))

# Oldest first, by the slug without its year.
_RECORDS: dict[str, list[Province]] = {}
for _each in PROVINCES.values():
    _RECORDS.setdefault(_each.place, []).append(_each)

_PLACES: dict[str, str] = {
    _spelling(name): record.place
    for record in PROVINCES.values()
    for name in (record.place, record.name, record.name_en, record.former_name)
    if name
}
