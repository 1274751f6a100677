"""The pages of cited documents: the list, and all that the archive knows of one."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from archive.filters import FILTERS, Wanted, wanted
from archive.research.documents import CitedIn, DocumentRecord
from archive.research.tally import Count
from archive.views import ArchiveError
from archive.web.asked import Asked, BadParameter
from archive.web.filtering import fields, filters, given, question
from archive.web.house import House
from archive.web.names import called
from archive.web.page import Page

SCREENFUL = 100
MENTIONS = 100  # shown at once
RECORDS = 20


class UnknownDocument(ArchiveError):
    """A document that no article shown cites."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A document of the list; `name` is its id, what to ask for it by."""

    name: str
    number: str | None
    type: str | None
    title: str | None
    articles: int


def documents(house: House, asked: Asked) -> Page:
    """What is cited, most cited first; by the articles that words and filters choose, or by all."""
    asked.only("q", *ALLOWED, "page")
    number = asked.number("page", 1, 1, 10_000)
    counts, withheld = house.recall(question(asked, "documents"), lambda: _counted(house, asked))
    begin = (number - 1) * SCREENFUL
    shown = counts[begin : begin + SCREENFUL]
    names = called(house, [name for name, _ in shown])
    rows = [Listed(name, *names[name], articles) for name, articles in shown]
    data = {
        "query": asked.text("q"), "filters": given(asked, ALLOWED), "total": len(counts), "page_number": number,
        "documents": rows, "withheld": withheld,
    }  # fmt: skip
    aside = {
        "filtering": fields(house, asked, ALLOWED),
        "previous": asked.again(page=number - 1 if number > 2 else None) if number > 1 else None,
        "next": asked.again(page=number + 1) if begin + SCREENFUL < len(counts) else None,
    }
    return Page("documents.html", data, aside)


# Not by another document: the search behind a number would have to ask for both.
ALLOWED = tuple(name for name in FILTERS if name != "document")


def _counted(house: House, asked: Asked) -> tuple[list[Count], int]:
    """The documents with how many articles cite each, and how many of the articles are withheld."""
    archive = house.archive()
    house.tally.learn(archive.catalog())
    if not asked.without("page"):
        return house.tally.documents(None, archive.hidden()), len(archive.hidden())
    found = archive.search(asked.text("q"), **filters(asked, ALLOWED))
    rows, withheld = found.row_numbers()
    return house.tally.documents(rows), withheld


# A parameter and what of a mention it must be; NOT_SAID asks for those without.
MENTIONED = {
    "title": "title", "date": "date", "issuer": "issuer", "relation": "relation", "spelling": "text",
    "province": "province", "portal": "portal",
}  # fmt: skip
NOT_SAID = "-"


def asked_for(house: House, asked: Asked) -> Page:
    """The document whose name was typed into the form."""
    asked.only("name", "since", "until", "page", *MENTIONED)
    name = asked.text("name")
    if name is None:
        raise BadParameter("name: not given; allowed: a document's number, id or title")
    return _document(house, asked, name)


def document(house: House, asked: Asked, name: str) -> Page:
    """The documents that a number, id or title may mean, each with all that articles say of it."""
    asked.only("since", "until", "page", *MENTIONED)
    return _document(house, asked, name)


def _document(house: House, asked: Asked, name: str) -> Page:
    number = asked.number("page", 1, 1, 10_000)
    records = house.archive().document(name)
    if not records:
        raise UnknownDocument(f"{name!r}: no article cites it; allowed: a document's number, id or title")
    within = wanted(since=asked.text("since"), until=asked.text("until"))
    dated = [_within(each, within) for each in records]
    provinces = [_by_province(each) for each in dated]
    chosen = {each: value for each in MENTIONED if (value := asked.text(each))}
    mentions = [[each for each in said if _is_so(each, chosen)] for said in dated]
    data = {
        "name": name,
        "since": within.since,
        "until": within.until,
        "documents": records,
        "by_province": provinces,
        "chosen": chosen,
        "page_number": number,
    }
    shown = list(zip(records, mentions, provinces, strict=True))[:RECORDS]
    more = max(len(said) for _, said, _ in shown) > number * MENTIONS
    tied = {name for each, _, _ in shown for edge in each.edges[:MENTIONS] for name in (edge.document, edge.other)}
    names = called(house, tied)
    aside = {
        "asked_for": name, "shown": shown, "begin": (number - 1) * MENTIONS, "most_shown": MENTIONS,
        "not_said": NOT_SAID, "mentioned": dict.fromkeys(MENTIONED),
        "called": {each: names[each].number or each for each in tied},
        "previous": asked.again(page=number - 1 if number > 2 else None) if number > 1 else None,
        "next": asked.again(page=number + 1) if more else None,
    }  # fmt: skip
    return Page("document.html", data, aside)


def _within(record: DocumentRecord, days: Wanted) -> list[CitedIn]:
    """Its mentions on the days asked for, newest first."""
    return [
        each
        for each in reversed(record.mentions)
        if (not days.since or (each.posted_on or "") >= days.since)
        and (not days.until or (each.posted_on and each.posted_on <= days.until))
    ]


def _is_so(mention: CitedIn, chosen: dict[str, str]) -> bool:
    """Whether a mention says what is asked for; blanks around words, which parameters lose, do not count."""
    said = {name: getattr(mention, MENTIONED[name]) for name in chosen}
    return all((said[name] or NOT_SAID).strip() == value for name, value in chosen.items())


@dataclass(frozen=True, slots=True)
class Citing:
    """A province whose articles cite a document, and how they relate to it: mentions by relation, "": not said."""

    province: str | None
    articles: int
    relations: dict[str, int]


def _by_province(mentions: list[CitedIn]) -> list[Citing]:
    """The provinces of these mentions, those with most articles first."""
    found: dict[str | None, list[CitedIn]] = defaultdict(list)
    for each in mentions:
        found[each.province].append(each)
    rows = [
        Citing(
            province,
            len({each.article for each in said}),
            dict(Counter(each.relation or "" for each in said).most_common()),
        )
        for province, said in found.items()
    ]
    return sorted(rows, key=lambda row: (-row.articles, row.province or ""))
