"""Counts what was found by facet from columns kept in memory: the catalog's tables would be walked for every question.

At 100,000 articles the columns take some 40 MB and half a second to read, once; what is crawled later is added.
"""

from __future__ import annotations

import heapq
import sqlite3
import sys
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from itertools import chain
from operator import itemgetter
from typing import cast

from archive.research.search import OF_OTHERS, Count, Search, Totals

# facets that an article has one value of, as columns of the catalog's table
_OF_ARTICLES = {"province": "place", "portal": "portal", "publisher": "publisher", "section": "section"}
_WHEN = "substr(posted_on, 1, 7), substr(posted_on, 1, 4)"
_SCANS = 5  # portals with news that are asked one by one; with more all is read anew

Kind = tuple[str | None, ...]  # of _OF_ARTICLES, and year
# of an article: the number of its kind, from 1; month of posting, "" where not known; then as OF_OTHERS
Known = tuple[int, str, tuple[str, ...], tuple[str, ...]]


class Tally:
    """The facets of every article, by its row in the catalog."""

    def __init__(self) -> None:
        self._forget()

    def _forget(self) -> None:
        self._at: tuple[sqlite3.Connection, int] | None = None  # the catalog and its state when it was last read
        self._read: dict[str, int] = {}  # portal -> last revision known
        self._known: dict[int, Known] = {}  # by row: one look-up for all facets
        self._numbers: dict[Kind, int] = {}
        self._stories: dict[int, str] = {}  # of articles whose text stands elsewhere too
        self._all: tuple[Counter[int], dict[str, Counter[str]]] | None = None  # what all articles count to

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
        if len(self._known) != base.execute("SELECT count(*) FROM articles").fetchone()[0]:
            self._forget()  # many portals' news, a catalog made anew, an article that moved to another day
            self._take(base, "TRUE", ())
        self._read, self._at = serials, at

    def _take(self, base: sqlite3.Connection, where: str, values: tuple[str | int, ...]) -> None:
        self._all = None
        among = "" if where == "TRUE" else f" WHERE row IN (SELECT row FROM articles WHERE {where})"
        authors, documents = (_several(base, name, among, values) for name in OF_OTHERS)
        for row, month, year, *kind in base.execute(
            f"SELECT row, {_WHEN}, {', '.join(_OF_ARTICLES.values())} FROM articles WHERE {where}", values
        ):
            number = self._numbers.setdefault((*kind, year), len(self._numbers) + 1)
            self._known[row] = number, sys.intern(month or ""), authors.get(row, ()), documents.get(row, ())
        self._stories = dict(
            base.execute(
                "SELECT row, text_key FROM articles WHERE text_key IN"
                " (SELECT text_key FROM articles WHERE text_key IS NOT NULL GROUP BY text_key HAVING count(*) > 1)"
            )
        )

    def months(self, hidden: Collection[int]) -> Counter[tuple[str, str | None, str]]:
        """How many articles shown there are by portal, place and month of posting ("": not known)."""
        known = (each for row, each in self._known.items() if row not in hidden) if hidden else self._known.values()
        numbers = Counter(map(itemgetter(0, 1), known))
        kinds = list(self._numbers)
        found: Counter[tuple[str, str | None, str]] = Counter()
        for (number, month), articles in numbers.items():
            place, portal, *_ = kinds[number - 1]
            found[portal or "", place, month] += articles
        return found

    def documents(self, hidden: Iterable[int]) -> list[Count]:
        """Every document that articles shown cite, by its id, and by how many; most cited first."""
        counts = self._everything()[1]["document"].copy()
        counts.subtract(self._counted(list(hidden))[1]["document"])
        return _commonest(+counts, len(counts))

    def documents_of(self, rows: list[int]) -> list[Count]:
        """The same of the articles of these rows."""
        counts = self._counted(rows)[1]["document"]
        return _commonest(counts, len(counts))

    def all(self, hidden: Collection[int], most: int) -> tuple[Totals, dict[str, list[Count]]]:
        """The same as `count` where everything was asked for."""
        numbers, others = self._everything()
        numbers_away, others_away = self._counted(list(hidden))
        told = [story for row, story in self._stories.items() if row not in hidden]
        shown = {name: counts - others_away[name] if others_away[name] else counts for name, counts in others.items()}
        return self._told(numbers - numbers_away, shown, told, len(hidden), most)

    def count(self, found: Search, most: int) -> tuple[Totals, dict[str, list[Count]]]:
        """How much a question found, and for each facet its commonest values."""
        rows, withheld = found.row_numbers()
        told = list(filter(None, map(self._stories.get, rows)))
        return self._told(*self._counted(rows), told, withheld, most)

    def _everything(self) -> tuple[Counter[int], dict[str, Counter[str]]]:
        if self._all is None:
            self._all = _sums(list(self._known.values()))
        return self._all

    def _counted(self, rows: list[int]) -> tuple[Counter[int], dict[str, Counter[str]]]:
        """The kinds of these articles, and what they may have several of."""
        return _sums(list(filter(None, map(self._known.get, rows))))

    def _told(
        self, numbers: Counter[int], others: dict[str, Counter[str]], told: list[str], withheld: int, most: int
    ) -> tuple[Totals, dict[str, list[Count]]]:
        kinds, articles = list(self._numbers), numbers.total()
        counts = {
            name: _summed(numbers, [kind[place] for kind in kinds])
            for place, name in enumerate((*_OF_ARTICLES, "year"))
        }
        facets = {name: _commonest(each, most) for name, each in (counts | others).items()}
        return Totals(articles, articles - len(told) + len(set(told)), withheld), facets


def _several(
    base: sqlite3.Connection, name: str, among: str, values: tuple[str | int, ...]
) -> dict[int, tuple[str, ...]]:
    """By row, the values of a facet that an article may have several of; articles of the same values share them."""
    value, table = OF_OTHERS[name]
    found: dict[int, tuple[str, ...]] = {}
    source = f"articles AS a CROSS JOIN {table} USING (row)"
    for row, text in base.execute(f"SELECT DISTINCT row, {value} FROM {source}{among} ORDER BY row", values):
        if text is not None and text not in found.get(row, ()):
            found[row] = (*found.get(row, ()), text)
    shared: dict[tuple[str, ...], tuple[str, ...]] = {}
    return {row: shared.setdefault(each, each) for row, each in found.items()}


def _sums(known: list[Known]) -> tuple[Counter[int], dict[str, Counter[str]]]:
    """How many articles there are of each kind, and with each value that they may have several of."""
    # lists before counting: looked up and counted by turns, each drives the other out of the processor's cache
    others = [each[2] for each in known], [each[3] for each in known]
    counts = (Counter(chain.from_iterable(each)) for each in others)
    return Counter([each[0] for each in known]), dict(zip(OF_OTHERS, counts, strict=True))


def _summed(numbers: Counter[int], values: list[str | None]) -> Counter[str]:
    """The counts of kinds as counts of one of their values, in the order of the kinds' numbers."""
    found: defaultdict[str | None, int] = defaultdict(int)
    for number, n in numbers.items():
        found[values[number - 1]] += n
    found.pop(None, None)
    return Counter(cast("dict[str, int]", found))


def _commonest(counter: Counter[str], most: int) -> list[Count]:
    least = heapq.nlargest(most, counter.values())[-1] if 0 < most < len(counter) else 0
    among = [each for each in counter.items() if each[1] >= least]  # many documents are cited once
    ordered: Iterable[tuple[str, int]] = sorted(among, key=lambda each: (-each[1], each[0]))[:most]
    return [Count(*each) for each in ordered]
