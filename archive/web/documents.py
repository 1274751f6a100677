"""The pages of cited documents: the list, and all that the archive knows of one."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from archive.filters import Wanted, asked_document, wanted
from archive.research.choice import are_of
from archive.research.documents import CitedIn, DocumentRecord
from archive.research.search import Count
from archive.views import ArchiveError
from archive.web import hidden
from archive.web.asked import Asked, BadParameter
from archive.web.house import House
from archive.web.page import Page

SCREENFUL = 100
MENTIONS = 100  # shown at once
RECORDS = 20
ASKED = 20  # mentions asked for a title
FEW = 4  # where twelve documents stand beside a search


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
    """What is cited, most cited first."""
    asked.only("page")
    number = asked.number("page", 1, 1, 10_000)
    found = house.recall("documents", lambda: _counted(house))
    begin = (number - 1) * SCREENFUL
    base, where = house.archive().catalog(), hidden.shown(house.archive())
    rows = [_listed(base, where, *each) for each in found[begin : begin + SCREENFUL]]
    data = {"total": len(found), "page_number": number, "documents": rows, "withheld": hidden.withheld(house.archive())}
    aside = {
        "previous": asked.again(page=number - 1 if number > 2 else None) if number > 1 else None,
        "next": asked.again(page=number + 1) if begin + SCREENFUL < len(found) else None,
    }
    return Page("documents.html", data, aside)


def _counted(house: House) -> list[Count]:
    base = house.archive().catalog()
    house.tally.learn(base)
    return house.tally.documents(house.archive().hidden())


def _listed(base: sqlite3.Connection, where: str, name: str, articles: int, most: int = ASKED) -> Listed:
    """A document with its number, type and title, as one of its mentions has them."""
    wanted = asked_document(name)
    rows = base.execute(
        f"SELECT m.norm, m.type, m.title FROM mentions AS m WHERE {are_of(wanted)} AND {where} LIMIT {most}",
        wanted._asdict(),
    )
    said = list(rows)
    norm, kind, title = (next(filter(None, (row[place] for row in said)), None) for place in range(3))
    return Listed(name, norm, kind, title, articles)


def called(house: House, names: Collection[str]) -> dict[str, Listed]:
    """What documents are called, remembered: the commonest ones stand beside most searches."""
    known: dict[str, Listed] = house.recall("names of documents", dict)
    if len(known) > _REMEMBERED:
        known.clear()
    if unknown := [each for each in names if each not in known]:
        base, where = house.archive().catalog(), hidden.shown(house.archive())  # once: each look at it costs
        known.update({each: _listed(base, where, each, 0, FEW) for each in unknown})
    return known


_REMEMBERED = 10_000


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
