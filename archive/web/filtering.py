"""The filters of a page: read from its parameters, shown as fields to fill in, and one by one to be taken away."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, cast, get_args

from archive.filters import FILTERS, Filters, OfPortals, asked_document
from archive.schema import Publisher
from archive.web.asked import Asked
from archive.web.house import House
from archive.web.language import day, month, named
from archive.web.names import called, of_whom, place_name, place_names, portal_names


def filters(asked: Asked, names: Collection[str] = FILTERS) -> Filters:
    """The filters among a request's parameters, as `Archive` takes them."""
    told: dict[str, Any] = {
        name: asked.text(name) for name in names if name != "with_predecessors" and asked.text(name)
    }
    if asked.yes("with_predecessors"):
        told["with_predecessors"] = True
    return cast(Filters, told)


def portals_asked(asked: Asked) -> OfPortals:
    """Those of portals, as `Archive.portals` takes them."""
    return {
        "portal": asked.text("portal"),
        "province": asked.text("province"),
        "with_predecessors": asked.yes("with_predecessors"),
    }


def given(asked: Asked, names: Collection[str] = FILTERS) -> dict[str, str]:
    """The same as the JSON form tells them."""
    return {name: text for name in names if (text := asked.text(name))}


def question(asked: Asked, of: str) -> tuple[Any, ...]:
    """What counts depend on: neither the order nor the page."""
    return (of, *sorted(asked.without("order", "each", "page").items()))


@dataclass(frozen=True, slots=True)
class Fields:
    """The filters of a page for its template: their names, those given, and what some may be chosen from."""

    names: Collection[str]
    chips: list[tuple[str, str, str]]
    publishers: list[tuple[str, str]]
    portals: list[tuple[str, str]]
    places: list[tuple[str, str]]


def fields(house: House, asked: Asked, names: Collection[str]) -> Fields:
    """What a template needs to show them; each choice as its value and its name."""
    publishers = [(each, named(asked.language, "publisher", each)) for each in get_args(Publisher)]
    return Fields(names, chips(house, asked, names), publishers, list(portal_names(house).items()), place_names())


def chips(house: House, asked: Asked, names: Collection[str]) -> list[tuple[str, str, str]]:
    """Each filter given, what its value is called, and the page without it."""
    return [
        (name, _called(house, asked, name, text), asked.again(**{name: None, "page": None}))
        for name, text in given(asked, names).items()
    ]


def _called(house: House, asked: Asked, name: str, text: str) -> str:
    return "" if name == "with_predecessors" else value_name(house, asked, name, text)[0]


def value_name(house: House, asked: Asked, facet: str, value: str) -> tuple[str, str | None]:
    """What a value of a facet is called for people, and what tells it from others of the same name."""
    language = asked.language
    if facet in ("since", "until"):
        return month(language, value) if len(value) == 7 else day(language, value), None
    if facet == "publisher":
        return named(language, "publisher", value), None
    if facet == "document":
        told, portal = called(house, [value])[value], asked_document(value).portal
        name = told.number or told.title or value
        whose = portal_names(house).get(portal, portal) if portal else of_whom(value)
        return name, (told.title if told.title != name else None) or whose
    return place_name(value) if facet == "province" else value, None
