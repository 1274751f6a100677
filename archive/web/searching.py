"""The search page: words and filters, the stories found, what they may be narrowed down to, and the same as a feed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from archive.filters import FILTERS
from archive.reader import Archive
from archive.research.search import Hit, Search, Totals
from archive.research.tally import Count
from archive.web.asked import Asked
from archive.web.filtering import chips, fields, filters, given, question, value_name
from archive.web.house import House
from archive.web.language import say
from archive.web.names import called, went
from archive.web.page import FeedEntry, Page

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
    asked.only("q", *FILTERS, "order", "each", "page")
    number = asked.number("page", 1, 1, _LAST_PAGE)
    order = asked.one_of("order", ("newest", "ranked"))
    archive = house.archive()
    found = searched(archive, asked, ranked=order == "ranked")
    found.remember(house.recall)
    feed = asked.form == "atom"
    totals, facets = _NOTHING if feed else house.recall(question(asked, "search"), lambda: _count(house, asked, found))
    most, begin = (FEED, 0) if feed else (SCREENFUL + 1, (number - 1) * SCREENFUL)
    hits = list(found.hits(most, begin, stories=not asked.yes("each")))
    more, hits = len(hits) > SCREENFUL and not feed, hits if feed else hits[:SCREENFUL]
    data = {
        "query": asked.text("q"),
        "filters": given(asked),
        "order": order,
        "each": asked.yes("each"),
        "page_number": number,
        "more": more,
        **_counted(totals),
        "exact": found.exact,
        "bare": found.bare,
        "starred": found.starred,
        "hits": hits,
        "facets": facets,
        "went": went(asked.text("province")),
    }
    return Page(
        "search.html",
        data,
        {**_aside(house, asked, facets, number, more), "spans": found.spans},
        feed=[_entry(hit, asked) for hit in hits],
        feed_title=_feed_title(house, asked),
    )


_NOTHING: tuple[Totals, dict[str, list[Count]]] = (Totals(0, 0, 0), {})  # a feed does not say how much there is


def _count(house: House, asked: Asked, found: Search) -> tuple[Totals, dict[str, list[Count]]]:
    archive = house.archive()
    house.tally.learn(archive.catalog())
    if not any(map(asked.text, ("q", *FILTERS))):
        hidden = archive.hidden()
        stories, facets = house.tally.count(None, 12, hidden)
        return Totals(len(house.tally) - len(hidden), stories, len(hidden)), facets
    rows, withheld = found.row_numbers()
    stories, facets = house.tally.count(rows, 12)
    return Totals(len(rows), stories, withheld), facets


def searched(archive: Archive, asked: Asked, *, ranked: bool = False) -> Search:
    """The question that the parameters put to the catalog. Raises UnknownPortal, BadFilter or BadQuery."""
    return archive.search(asked.text("q"), **filters(asked), ranked=ranked)


def _counted(totals: Totals) -> dict[str, int]:
    return {"articles": totals.articles, "stories": totals.stories, "withheld": totals.withheld}


def _aside(house: House, asked: Asked, facets: dict[str, list[Count]], number: int, more: bool) -> dict[str, Any]:
    return {
        "filtering": fields(house, asked, FILTERS),
        "facet_choices": {name: choices for name in facets if (choices := _choices(house, asked, name, facets[name]))},
        "carried": asked.without("page", "order", "each"),
        "screenful": SCREENFUL,
        "previous": asked.again(page=number - 1 if number > 2 else None) if number > 1 else None,
        "next": asked.again(page=number + 1) if more and number < _LAST_PAGE else None,
    }


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
    said = [asked.text("q") or "", *(chip for _, chip, _ in chips(house, asked, FILTERS))]
    return " · ".join([say(asked.language, "site"), *filter(None, said)])
