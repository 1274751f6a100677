"""Counts what was found by facet: a single question in the catalog's tables, the reader's many from columns in memory.

The columns of 100,000 articles take some 20 MB and less than a second to read, once; what is crawled later is added.
"""

from __future__ import annotations

import heapq
import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple, cast

from archive.research.choice import IDENTITY

FACETS = ("province", "portal", "publisher", "section", "year", "author", "document")
_MONTH = "substr(posted_on, 1, 7)"
# what an article has one of, and what it may have several of: value, and the tables that tell it
_KIND = "place, portal, publisher, section, substr(posted_on, 1, 4)"
_OTHERS = {"author": ("name", ("authors",)), "document": (IDENTITY, ("articles AS a", "mentions AS m"))}
_SCANS = 5  # portals with news that are asked one by one; with more all is read anew

Kind = tuple[str | None, ...]
Sums = dict[str, Counter[str]]  # by facet how many articles have each value


class Count(NamedTuple):
    """A value of a facet and how many of the articles found have it."""

    value: str
    articles: int


class Column:
    """What each article has of one thing, as a number: many articles share a value. Number 0 is nothing."""

    __slots__ = ("at", "numbers")

    def __init__(self) -> None:
        self.at = [0]
        self.numbers: dict[Any, int] = {None: 0}

    def put(self, place: int, value: Any) -> None:
        """Say what the article of a place has; the first place is 1, and the next one a new article's."""
        number = self.numbers.setdefault(value, len(self.numbers))
        if place == len(self.at):
            self.at.append(number)
        else:
            self.at[place] = number

    def numbered(self, places: Sequence[int] | None) -> Counter[int]:
        """How many of these articles have each value, by its number; None: of all."""
        found = Counter(self.at if places is None else map(self.at.__getitem__, places))
        found.pop(0, None)
        return found

    def count(self, places: Sequence[int] | None) -> Counter[Any]:
        """The same by the values themselves."""
        values = list(self.numbers)
        return Counter({values[number]: articles for number, articles in self.numbered(places).items()})


class Tally:
    """The facets of every article, by its row in the catalog."""

    def __init__(self) -> None:
        self._forget()

    def _forget(self) -> None:
        self._at: tuple[sqlite3.Connection, int] | None = None  # the catalog and its state when it was last read
        self._read: dict[str, int] = {}  # portal -> last revision known
        self._places: dict[int, int] = {}  # row -> place in the columns
        self._kinds, self._months, self._stories = Column(), Column(), Column()
        self._others = {name: Column() for name in _OTHERS}
        self._all: Sums | None = None

    def learn(self, base: sqlite3.Connection) -> None:
        """Know what the catalog knows now; cheap where nothing is new."""
        at = base, base.execute("PRAGMA data_version").fetchone()[0]
        if self._at == at:
            return
        serials: dict[str, int] = dict(base.execute("SELECT slug, serial FROM portals"))
        news = [slug for slug, serial in serials.items() if serial != self._read.get(slug)]
        if self._read and len(news) <= _SCANS:
            for slug in news:
                self._take(base, "portal = ? AND serial > ?", (slug, self._read.get(slug, 0)))
        if len(self._places) != base.execute("SELECT count(*) FROM articles").fetchone()[0]:
            self._forget()  # many portals' news, a catalog made anew, an article that moved to another day
            self._take(base, "TRUE", ())
        self._read, self._at = serials, at
        self._stories = Column()
        self._stories.at = [0] * (len(self._places) + 1)
        for row, story in base.execute(_TOLD_TWICE):
            self._stories.put(self._places[row], story)

    def _take(self, base: sqlite3.Connection, where: str, values: tuple[str | int, ...]) -> None:
        self._all = None
        among = "" if where == "TRUE" else f" WHERE row IN (SELECT row FROM articles WHERE {where})"
        others = [(column, _several(base, name, among, values)) for name, column in self._others.items()]
        for row, month, *kind in base.execute(f"SELECT row, {_MONTH}, {_KIND} FROM articles WHERE {where}", values):
            place = self._places.setdefault(row, len(self._places) + 1)
            self._kinds.put(place, tuple(kind))
            self._months.put(place, (kind[1], kind[0], month or ""))
            for column, found in others:
                column.put(place, found.get(row))

    def __len__(self) -> int:
        return len(self._places)

    def months(self, hidden: Collection[int]) -> Counter[tuple[str, str | None, str]]:
        """How many articles shown there are by portal, place and month of posting ("": not known)."""
        counts = self._months.count(None)
        counts.subtract(self._months.count(self._of(hidden)))
        return +counts

    def documents(self, rows: Iterable[int] | None, hidden: Collection[int] = ()) -> list[Count]:
        """Every document that these articles cite, by its id, and how many do; most cited first."""
        counts = self._sums(None if rows is None else self._of(rows), hidden)["document"]
        return _commonest(counts, len(counts))

    def count(
        self, rows: Iterable[int] | None, most: int, hidden: Collection[int] = ()
    ) -> tuple[int, dict[str, list[Count]]]:
        """How many stories these articles tell, and for each facet the commonest values; None: all but those hidden."""
        places = None if rows is None else self._of(rows)
        told = self._stories.numbered(places)
        told.subtract(self._stories.numbered(self._of(hidden)))
        articles = (len(self._places) if places is None else len(places)) - len(hidden)
        sums = self._sums(places, hidden)
        return articles - told.total() + len(+told), {name: _commonest(sums[name], most) for name in FACETS}

    def _of(self, rows: Iterable[int]) -> list[int]:
        """The places of these rows; of those that are not known none."""
        return list(filter(None, map(self._places.get, rows)))

    def _sums(self, places: list[int] | None, hidden: Collection[int]) -> Sums:
        if places is not None:
            return self._counted(places)
        if self._all is None:
            self._all = self._counted(None)
        if not hidden:
            return self._all
        away = self._counted(self._of(hidden))
        return {name: counts - away[name] for name, counts in self._all.items()}

    def _counted(self, places: list[int] | None) -> Sums:
        others = {}
        for name, column in self._others.items():
            counts: defaultdict[str, int] = defaultdict(int)
            for values, articles in column.count(places).items():
                for value in values:
                    counts[value] += articles
            others[name] = Counter(counts)
        return _summed(self._kinds.count(places), others)


def count_facets(base: sqlite3.Connection, rows: list[int], most: int) -> dict[str, list[Count]]:
    """For each facet the commonest values among the articles of these rows."""
    base.execute("DROP TABLE IF EXISTS temp.found")
    base.execute("CREATE TEMP TABLE found (row INTEGER PRIMARY KEY)")
    base.execute("INSERT INTO temp.found SELECT value FROM json_each(?)", (json.dumps(rows),))
    kinds = base.execute(
        f"SELECT {_KIND}, count(*) FROM temp.found CROSS JOIN articles USING (row) GROUP BY 1, 2, 3, 4, 5"
    )
    counted = Counter({tuple(kind): articles for *kind, articles in kinds})
    others = {}
    for name, (value, tables) in _OTHERS.items():
        source = "".join(f" CROSS JOIN {table} USING (row)" for table in tables)
        found = f"SELECT {value} AS value, count(DISTINCT row) FROM temp.found{source}"
        others[name] = Counter(dict(base.execute(f"{found} WHERE value IS NOT NULL GROUP BY value").fetchall()))
    base.execute("DROP TABLE temp.found")
    sums = _summed(counted, others)
    return {name: _commonest(sums[name], most) for name in FACETS}


def _summed(kinds: Mapping[Kind, int], others: Sums) -> Sums:
    """By facet how many articles have each value: of kinds one value each, of others as they are."""
    found: dict[str, defaultdict[str | None, int]] = {name: defaultdict(int) for name in FACETS if name not in others}
    for kind, articles in kinds.items():
        for counts, value in zip(found.values(), kind, strict=True):
            counts[value] += articles
    for counts in found.values():
        counts.pop(None, None)
    return {**{name: Counter(cast("dict[str, int]", counts)) for name, counts in found.items()}, **others}


_TOLD_TWICE = (
    "SELECT row, text_key FROM articles WHERE text_key IN"
    " (SELECT text_key FROM articles WHERE text_key IS NOT NULL GROUP BY text_key HAVING count(*) > 1)"
)


def _several(
    base: sqlite3.Connection, name: str, among: str, values: tuple[str | int, ...]
) -> dict[int, tuple[str, ...]]:
    """By row, the values of a facet that an article may have several of."""
    value, (first, *rest) = _OTHERS[name]
    found: dict[int, tuple[str, ...]] = {}
    source = first + "".join(f" CROSS JOIN {table} USING (row)" for table in rest)
    for row, text in base.execute(f"SELECT DISTINCT row, {value} FROM {source}{among} ORDER BY row", values):
        if text is not None and text not in found.get(row, ()):
            found[row] = (*found.get(row, ()), text)
    return found


def _commonest(counter: Counter[str], most: int) -> list[Count]:
    least = heapq.nlargest(most, counter.values())[-1] if 0 < most < len(counter) else 0
    among = [each for each in counter.items() if each[1] >= least]  # many documents are cited once
    return [Count(*each) for each in sorted(among, key=lambda each: (-each[1], each[0]))[:most]]
