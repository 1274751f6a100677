"""An official document as the whole archive knows it: who cites it, how and when, and where the archive holds it.

A document is known by its cid. Where year or level is not known, the mentions of one number on one portal are taken
together, and those of another portal apart: 12/QĐ-UBND is another paper in every province and every year.
"""

from __future__ import annotations

import dataclasses
import sqlite3
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Literal, NamedTuple

from archive.filters import AskedDocument, asked_document, document_id
from archive.research.choice import IDENTITY, NAMED, are_of
from archive.vietnam.text import key


class CitedIn(NamedTuple):
    """One mention: the article, the words it stands in, and what the article says of the document."""

    article: str
    posted_on: str | None
    portal: str
    province: str | None
    article_title: str | None
    relation: str | None
    relation_text: str | None
    text: str
    field: str
    issuer: str | None  # as the words have it, else the code
    date: str | None  # with its basis: "2025-01-10 (stated)"
    title: str | None  # of the document


class Holding(NamedTuple):
    """Where the archive holds the document: the page that publishes it, or a file offered with an article."""

    by: Literal["page", "attachment"]
    article: str
    url: str


class Edge(NamedTuple):
    """What an article says of two documents: `document` `relation` `other`; ids, else numbers or titles."""

    document: str
    relation: str
    other: str
    article: str
    posted_on: str | None
    text: str


@dataclass(slots=True)
class DocumentRecord:
    """All that the archive's articles say of one document; counters count mentions, `timeline` articles by month."""

    cid: str | None
    norm: str | None
    type: str | None
    level: str | None
    articles: int = 0
    first: CitedIn | None = None
    mentions: list[CitedIn] = field(default_factory=list)
    spellings: Counter[str] = field(default_factory=Counter)
    titles: Counter[str] = field(default_factory=Counter)
    dates: Counter[str] = field(default_factory=Counter)
    issuers: Counter[str] = field(default_factory=Counter)
    relations: Counter[str] = field(default_factory=Counter)
    provinces: Counter[str] = field(default_factory=Counter)
    portals: Counter[str] = field(default_factory=Counter)
    timeline: dict[str, int] = field(default_factory=dict)
    held: list[Holding] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)

    @property
    def id(self) -> str:
        """What to ask for it alone by."""
        title = next(iter(self.titles), None)
        return document_id(self.cid, self.norm, title, next(iter(self.portals), "")) or self.name

    @property
    def name(self) -> str:
        """What to call it: its number, else its title, else its id."""
        title = next(iter(self.titles), None)
        return self.norm or title or self.cid or ""

    def to_dict(self) -> dict[str, Any]:
        """As JSON has it: counters with the commonest first."""
        return {each.name: _plain(getattr(self, each.name)) for each in dataclasses.fields(self)}


def _plain(value: Any) -> Any:
    if isinstance(value, Counter):
        return dict(value.most_common())
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value._asdict() if hasattr(value, "_asdict") else value


class Called(NamedTuple):
    """A document's number, type and title, as its first mentions have them."""

    number: str | None
    type: str | None
    title: str | None


_ASKED = 20  # mentions asked for a title


def called(base: sqlite3.Connection, hidden: Collection[int], name: str) -> Called:
    """What a document is called; `name` as `document_id` gives it, `hidden` as for `find`."""
    wanted = asked_document(name)
    rows = base.execute(
        f"SELECT m.row, m.norm, m.type, m.title FROM mentions AS m WHERE {are_of(wanted)}", wanted._asdict()
    )
    said = list(islice(((norm, kind, title) for row, norm, kind, title in rows if row not in hidden), _ASKED))
    if not said:
        return Called(None, None, None)
    return Called(*(next(filter(None, column), None) for column in zip(*said, strict=True)))


def find(
    base: sqlite3.Connection, asked: str, hidden: Collection[int], among: Callable[[int], bool]
) -> list[DocumentRecord]:
    """The documents that a number, cid or title in any spelling may mean, the most cited first.

    `among`: whether the article of a row counts; `hidden`: rows that hold nothing that may be shown.
    One that no article cites is known by its cid alone, where the archive holds the page or file that publishes it.
    """
    found: dict[str | None, DocumentRecord] = {}
    places: dict[str | None, list[tuple[int, int]]] = {}
    for row, nth, values, cited in _mentions(base, asked):
        if not among(row):
            continue
        name = document_id(values["cid"], values["norm"], values["title"], cited.portal)
        record = found.setdefault(name, DocumentRecord(values["cid"], values["norm"], values["type"], values["level"]))
        _learn(record, values, cited)
        places.setdefault(name, []).append((row, nth))
    for name, record in found.items():
        _sum_up(record)
        record.held = _holdings(base, record, hidden)
        record.edges = _edges(base, places[name])
    if not found and (asked := asked.strip()).lower().startswith("vn/"):
        record = DocumentRecord(asked, None, None, None)
        record.held = _holdings(base, record, hidden)
        return [record] if record.held else []
    return sorted(found.values(), key=lambda record: (-record.articles, record.name))


_SAID = ("cid", "norm", "type", "level", "issuer", "issuer_text", "date", "date_basis", "title")
_COLUMNS = (
    f"m.row, m.nth, {', '.join(f'm.{name}' for name in _SAID)},"
    " a.id, a.posted_on, a.portal, a.place, a.title, m.relation, m.relation_text, m.text, m.field"
)


def _mentions(base: sqlite3.Connection, asked: str) -> Iterator[tuple[int, int, dict[str, Any], CitedIn]]:
    """The mentions of what is asked for; for a cid also all of each document that may be it."""
    wanted = [asked_document(asked)]
    if wanted[0].cid is not None:
        maybe = base.execute(
            f"SELECT DISTINCT {IDENTITY} FROM mentions AS m JOIN articles AS a USING (row)"
            f" WHERE {NAMED} AND m.cid IS NULL",
            wanted[0]._asdict(),
        )
        wanted += [asked_document(each) for (each,) in maybe if each]
    for one in wanted:
        yield from _mentions_of(base, one)


def _mentions_of(base: sqlite3.Connection, asked: AskedDocument) -> Iterator[tuple[int, int, dict[str, Any], CitedIn]]:
    """In posting order."""
    rows = base.execute(
        f"SELECT {_COLUMNS} FROM mentions AS m JOIN articles AS a USING (row) WHERE {are_of(asked)}"
        " ORDER BY m.row, m.nth",
        asked._asdict(),
    )
    for row, nth, *rest in rows:
        values = dict(zip(_SAID, rest, strict=False))
        day = values["date"] and f"{values['date']} ({values['date_basis']})"
        said = values["issuer_text"] or values["issuer"], day, values["title"]
        yield row, nth, values, CitedIn(*(*rest[len(_SAID) :], *said))


def _learn(record: DocumentRecord, values: dict[str, Any], cited: CitedIn) -> None:
    record.mentions.append(cited)
    record.norm = record.norm or values["norm"]
    record.type = record.type or values["type"]
    record.spellings[cited.text] += 1
    for counter, value in (
        (record.titles, cited.title),
        (record.dates, cited.date),
        (record.issuers, cited.issuer),
        (record.relations, cited.relation),
    ):
        if value:
            counter[value] += 1


def _sum_up(record: DocumentRecord) -> None:
    """What is counted once for every article."""
    articles = {each.article: each for each in record.mentions}.values()
    record.articles = len(articles)
    record.first = next((each for each in record.mentions if each.posted_on), None)
    record.provinces.update(each.province for each in articles if each.province)
    record.portals.update(each.portal for each in articles)
    record.timeline = dict(sorted(Counter(each.posted_on[:7] for each in articles if each.posted_on).items()))


def _holdings(base: sqlite3.Connection, record: DocumentRecord, hidden: Collection[int]) -> list[Holding]:
    """By its cid; by its number only on the portals whose articles cite it so."""
    names: list[tuple[str, str | None]] = [(key(record.cid), None)] if record.cid else []
    if record.norm and not record.cid:
        names += [(key(record.norm), portal) for portal in record.portals]
    found: dict[Holding, None] = {}
    for name, portal in names:
        for row, *held in base.execute(
            "SELECT h.row, h.by, a.id, h.url FROM held AS h JOIN articles AS a USING (row)"
            " WHERE h.name = :name AND (:portal IS NULL OR a.portal = :portal) ORDER BY h.by DESC, h.row",
            {"name": name, "portal": portal},
        ):
            if row not in hidden:
                found[Holding(*held)] = None
    return list(found)


def _edges(base: sqlite3.Connection, places: list[tuple[int, int]]) -> list[Edge]:
    found = []
    for row, nth in places:
        found += [edge for _, edge in edges(base, "t.row = ? AND ? IN (t.nth, t.other)", (row, nth))]
    return list(dict.fromkeys(found))


def edges(base: sqlite3.Connection, where: str = "TRUE", values: tuple[Any, ...] = ()) -> Iterator[tuple[int, Edge]]:
    """Every tie between two documents that an article states, with the article's row."""
    name = "coalesce({0}.cid, {0}.norm, {0}.title, {0}.text)"
    rows = base.execute(
        f"SELECT t.row, {name.format('m')}, t.relation, {name.format('o')}, a.id, a.posted_on, t.text FROM ties AS t"
        " JOIN mentions AS m ON m.row = t.row AND m.nth = t.nth JOIN mentions AS o ON o.row = t.row AND o.nth = t.other"
        f" JOIN articles AS a ON a.row = t.row WHERE {where} ORDER BY t.row, t.nth",
        values,
    )
    for row, *rest in rows:
        yield row, Edge(*rest)
