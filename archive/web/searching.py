"""The search page: words and filters, the stories found, what they may be narrowed down to, and the same as a feed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, get_args

from archive.filters import asked_document
from archive.reader import Archive
from archive.research.search import Count, Hit, Search, Totals
from archive.schema import Publisher
from archive.web.asked import Asked
from archive.web.documents import called
from archive.web.house import House
from archive.web.language import day, month, named, say
from archive.web.names import of_whom, place_name, place_names, portal_names, went
from archive.web.page import FeedEntry, Page

FILTERS = ("portal", "province", "publisher", "section", "since", "until", "author", "document")
SCREENFUL = 20
FEED = 50
_LAST_PAGE = 500


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet: what it is called, how many articles have it, and where the narrower search is.

    `more` tells it from others of the same name: a document's title, or whose it is and of which year.
    """

    value: str
    name: str
    articles: int
    path: str
    more: str | None = None


def search(house: House, asked: Asked) -> Page:
    """The articles that fit: each story once, or with `each` its reprints too."""
    asked.only("q", *FILTERS, "with_predecessors", "order", "each", "page")
    number = asked.number("page", 1, 1, _LAST_PAGE)
    order = asked.one_of("order", ("newest", "ranked"))
    archive = house.archive()
    found = searched(archive, asked, ranked=order == "ranked")
    feed = asked.form == "atom"
    totals, facets = _NOTHING if feed else house.recall(_question(asked), lambda: _count(house, asked, found))
    most, begin = (FEED, 0) if feed else (SCREENFUL + 1, (number - 1) * SCREENFUL)
    hits = list(found.hits(most, begin, stories=not asked.yes("each")))
    more, hits = len(hits) > SCREENFUL and not feed, hits if feed else hits[:SCREENFUL]
    data = {
        "query": asked.text("q"),
        "filters": {name: asked.text(name) for name in FILTERS if asked.text(name)},
        "order": order,
        "each": asked.yes("each"),
        "page_number": number,
        "more": more,
        **_counted(totals),
        "exact": found.exact,
        "bare": found.bare,
        "hits": hits,
        "facets": facets,
        "went": went(asked.text("province")),
    }
    return Page(
        "search.html",
        data,
        _aside(house, asked, facets, number, more),
        feed=[_entry(hit, asked) for hit in hits],
        feed_title=_feed_title(house, asked),
    )


_NOTHING: tuple[Totals, dict[str, list[Count]]] = (Totals(0, 0, 0), {})  # a feed does not say how much there is


def _count(house: House, asked: Asked, found: Search) -> tuple[Totals, dict[str, list[Count]]]:
    archive = house.archive()
    house.tally.learn(archive.catalog())
    if not any(asked.text(name) for name in ("q", *FILTERS)):
        return house.tally.all(archive.hidden(), 12)
    return house.tally.count(found, 12)


def searched(archive: Archive, asked: Asked, *, ranked: bool = False) -> Search:
    """The question that the parameters put to the catalog. Raises UnknownPortal, BadFilter or BadQuery."""
    filters: dict[str, Any] = {name: asked.text(name) for name in FILTERS}
    if filters["portal"]:
        filters["portal"] = [each.strip() for each in filters["portal"].split(",") if each.strip()]
    return archive.search(asked.text("q"), **filters, ranked=ranked, with_predecessors=asked.yes("with_predecessors"))


def _question(asked: Asked) -> tuple[Any, ...]:
    """What totals and facets depend on: neither the order nor the page."""
    given = {name: value for name, value in asked.parameters.items() if name not in ("order", "each", "page")}
    return ("search", *sorted(given.items()))


def _counted(totals: Totals) -> dict[str, int]:
    return {"articles": totals.articles, "stories": totals.stories, "withheld": totals.withheld}


def _aside(house: House, asked: Asked, facets: dict[str, list[Count]], number: int, more: bool) -> dict[str, Any]:
    named_portals = [(each.slug, each.name or each.slug) for each in house.archive().portals()]
    return {
        "facet_choices": {name: choices for name in facets if (choices := _choices(house, asked, name, facets[name]))},
        "chips": [
            (name, _chip(house, asked, name), asked.again(**{name: None, "page": None})) for name in _given(asked)
        ],
        "publishers": [(each, named(asked.language, "publisher", each)) for each in get_args(Publisher)],
        "portals": named_portals,
        "portal_names": dict(named_portals),
        "screenful": SCREENFUL,
        "places": place_names(),
        "previous": asked.again(page=number - 1 if number > 2 else None) if number > 1 else None,
        "next": asked.again(page=number + 1) if more and number < _LAST_PAGE else None,
    }


def _given(asked: Asked) -> list[str]:
    return [name for name in (*FILTERS, "with_predecessors") if asked.text(name)]


def _chip(house: House, asked: Asked, name: str) -> str:
    value = asked.text(name) or ""
    return "" if name == "with_predecessors" else value_name(house, asked, name, value)[0]


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


def _choices(house: House, asked: Asked, facet: str, counts: list[Count]) -> list[Choice]:
    """The values that narrow the search down: one alone does not."""
    chosen = asked.text(facet)
    if chosen and facet in ("author", "document"):  # of several an article has, another would not narrow but replace it
        return []
    if facet == "year" and (len(counts) > 1 or not (asked.text("since") or asked.text("until"))):
        return [
            Choice(value, value, n, asked.again(**_year(asked, value), page=None)) for value, n in counts
        ]  # fmt: skip
    if facet == "year" or (chosen and len(counts) < 2):
        return []
    if facet == "document":
        called(house, [value for value, _ in counts])  # all at once
    names = [value_name(house, asked, facet, value) for value, _ in counts]
    return [
        Choice(value, name, n, asked.again(**{facet: value, "page": None}), more)
        for (value, n), (name, more) in zip(counts, names, strict=True)
    ]


def _year(asked: Asked, year: str) -> dict[str, str]:
    """The days of a year, within those already asked for."""
    since, until = f"{year}-01-01", f"{year}-12-31"
    return {"since": max(since, asked.text("since") or since), "until": min(until, asked.text("until") or until)}


def _entry(hit: Hit, asked: Asked) -> FeedEntry:
    day = f"{hit.posted_on}T00:00:00+07:00" if hit.posted_on else "1970-01-01T00:00:00Z"
    summary = hit.snippet.text if hit.snippet else None
    return FeedEntry(hit.id, hit.title, hit.posted_at or day, asked.link(f"/a/{hit.id}"), summary, hit.url)


def _feed_title(house: House, asked: Asked) -> str:
    said = [asked.text("q") or "", *(_chip(house, asked, name) for name in _given(asked))]
    return " · ".join([say(asked.language, "site"), *filter(None, said)])
