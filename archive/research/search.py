"""Questions to the catalog: which articles hold these words, how many there are, and who printed the same story."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from archive.filters import Wanted
from archive.items import texts
from archive.research.choice import conditions
from archive.research.frames import Frames
from archive.research.query import Query, Snippet, snippet, spans
from archive.research.rows import Found
from archive.research.rows import row as row_of
from archive.research.tally import Count, count_facets

_RANK = "bm25(words, 8.0, 1.0, 8.0, 1.0)"  # a word in the title counts as eight in the text
_MANY = 200  # best articles looked for at once: for some pages of twenty stories
_ALL = -1  # a LIMIT that is none
Recall = Callable[[Hashable, Callable[[], list[int]]], list[int]]


@dataclass(frozen=True, slots=True)
class Hit:
    """An article found; `printed_by`: on how many portals its story stands, this one included, `prints`: how often."""

    id: str
    posted_on: str | None
    posted_at: str | None
    title: str | None
    portal: str
    province: str | None
    section: str | None
    kind: str
    url: str
    gone: str | None
    printed_by: int
    prints: int
    snippet: Snippet | None


@dataclass(frozen=True, slots=True)
class Totals:
    """How much was found in all; the same text on several portals is one story."""

    articles: int
    stories: int
    withheld: int


class Search(Frames):
    """One question to the catalog. `exact`: accented words as they are written; where none has them, as if bare.

    `hidden`: rows of the catalog that are withheld. `item_of` reads an article, by portal and serial: for the snippet.
    """

    def __init__(
        self,
        base: sqlite3.Connection,
        query: Query | None,
        wanted: Wanted,
        hidden: set[int] | frozenset[int] = frozenset(),
        *,
        ranked: bool = False,
        item_of: Callable[[str, int], dict[str, Any] | None] | None = None,
    ) -> None:
        self._base, self._query, self._hidden = base, query, hidden
        self._conditions, self._values = conditions(wanted)
        self._ranked, self._item_of = ranked, item_of
        self._recall: Recall = lambda asked, answer: answer()
        self.starred = query is not None and query.starred  # a word was typed as a beginning, and looked for whole
        self.exact = query is not None and query.accented
        self.bare = False  # True: no article has the accented words as they were typed, but some have them otherwise
        if self.exact and not self._any():
            self.exact = False
            self.bare = self._any()

    def remember(self, recall: Recall) -> None:
        """Have the best rows remembered by `recall`, which answers a question once, until the archive changes."""
        self._recall = recall

    def hits(self, limit: int | None = None, offset: int = 0, *, stories: bool = True) -> Iterator[Hit]:
        """The stories found, each once, as the newest (or best) article that tells it; else every article."""
        if limit == 0:
            return
        told: set[str] = set()
        passed = 0
        for *values, row, serial, text_key in self._ordered(limit is not None):
            if row in self._hidden or text_key in told:
                continue
            if text_key and stories:
                told.add(text_key)
            passed += 1
            if passed > offset:
                yield self._hit(values, serial, text_key)
            if limit is not None and passed == offset + limit:
                return

    @property
    def withheld(self) -> frozenset[int]:
        """The rows of the catalog of all articles found that are not shown."""
        return frozenset(self._hidden).intersection(self._found()) if self._hidden else frozenset()

    def totals(self) -> Totals:
        """How many articles and stories were found; withheld ones are counted apart."""
        withheld = articles = alone = 0
        stories: set[str] = set()
        for row, text_key in self._rows("a.row, a.text_key"):
            if row in self._hidden:
                withheld += 1
                continue
            articles += 1
            if text_key:
                stories.add(text_key)
            else:
                alone += 1
        return Totals(articles, len(stories) + alone, withheld)

    def row_numbers(self) -> tuple[list[int], int]:
        """The rows of the catalog of all articles found that are shown, in no order, and how many are withheld."""
        if self._query and self._conditions == "TRUE":
            found = self._in_index("json_group_array(rowid)")
        else:
            found = self._rows("json_group_array(a.row)")
        rows: list[int] = json.loads(next(found)[0])
        shown = [row for row in rows if row not in self._hidden] if self._hidden else rows
        return shown, len(rows) - len(shown)

    def ids(self) -> set[str]:
        """The ids of all articles found that are shown."""
        return {article for row, article in self._rows("a.row, a.id") if row not in self._hidden}

    def facets(self, most: int = 20) -> dict[str, list[Count]]:
        """For each facet its commonest values among all articles found."""
        return count_facets(self._base, self.row_numbers()[0], most)

    def all(self) -> Iterator[Found]:
        """Every article found, reprints too, newest first: for exports."""
        order = "ORDER BY words.rowid DESC" if self._query else "ORDER BY a.row DESC"
        for row, portal, serial, gone, text_key in self._rows("a.row, a.portal, a.serial, a.gone, a.text_key", order):
            if row not in self._hidden:
                yield Found(row, portal, serial, gone, self._prints(text_key)[0])

    def rows(self, *, full_text: bool = False) -> Iterator[dict[str, Any]]:
        """All that was found, as `archive export` has it."""
        for each in self.all():
            if self._item_of and (item := self._item_of(each.portal, each.serial)):
                yield row_of(item, each, full_text=full_text)

    def _prints(self, text_key: str | None) -> tuple[int, int]:
        """On how many portals a story stands, and in how many articles."""
        if not text_key:
            return 1, 1
        found = self._base.execute("SELECT row, portal FROM articles WHERE text_key = ?", (text_key,))
        portals = [portal for row, portal in found if row not in self._hidden]
        return len(set(portals)), len(portals)

    def _found(self) -> Iterator[int]:
        return (row for (row,) in self._rows("a.row"))

    def _any(self) -> bool:
        return next(self._rows("1"), None) is not None

    def _ordered(self, few: bool) -> Iterator[tuple[Any, ...]]:
        """The articles found in the order asked for; `few`: the first will do."""
        what = f"{', '.join(f'a.{name}' for name in _HIT)}, a.row, a.serial, a.text_key"
        if not (self._query and self._ranked):
            yield from self._rows(what, "ORDER BY words.rowid DESC" if self._query else "ORDER BY a.row DESC")
            return
        # Most texts may have a word that few titles have: what has it there stands first, and of most nobody asks. Of
        # several words the texts that have all are fewer, and each is looked for anew.
        for titled in (True, False) if self._query.one_word else (None,):
            begin, size = 0, _MANY if few else _ALL
            while size:
                rows = self._best(titled, begin, size)
                found = f"SELECT {what} FROM json_each(?) AS j CROSS JOIN articles AS a ON a.row = value ORDER BY j.key"
                yield from self._base.execute(found, (json.dumps(rows),))
                begin, size = begin + size, 4 * size if len(rows) == size else 0  # whoever asks for more asks for much

    def _best(self, titled: bool | None, begin: int, size: int) -> list[int]:
        """Rows of the best articles from place `begin`, of those `titled` so.

        Few are sorted more quickly than all, and by rows alone.
        """
        order = f"ORDER BY {_RANK}, words.rowid DESC LIMIT {size} OFFSET {begin}"
        if self._conditions == "TRUE":
            found = partial(self._in_index, "rowid", order, titled)
        else:
            found = partial(self._rows, "a.row", order, titled=titled)
        asked = self._query, self.exact, self._conditions, *sorted(self._values.items()), titled, begin, size
        return self._recall(asked, lambda: [row for (row,) in found()])

    def _in_index(self, what: str, order: str = "", titled: bool | None = None) -> sqlite3.Cursor:
        """What the index alone tells: no article is looked up."""
        assert self._query
        asked = self._query.expression(exact=self.exact, titled=titled)
        return self._base.execute(f"SELECT {what} FROM words WHERE words MATCH ? {order}", (asked,))

    def _rows(self, what: str, order: str = "", titled: bool | None = None) -> sqlite3.Cursor:
        values = dict(self._values)
        where = self._conditions
        source = "articles AS a"
        if self._query:
            # CROSS JOIN: the index leads, so that its order stands and nothing is sorted
            source = "words CROSS JOIN articles AS a ON a.row = words.rowid"
            where = f"words MATCH :query AND {where}"
            values |= {"query": self._query.expression(exact=self.exact, titled=titled)}
        return self._base.execute(f"SELECT {what} FROM {source} WHERE {where} {order}", values)

    def spans(self, title: str) -> tuple[tuple[int, int], ...]:
        """Where the words asked for stand in a headline, in code points."""
        return spans(title, self._query, exact=self.exact) if self._query else ()

    def _hit(self, values: list[Any], serial: int, text_key: str | None) -> Hit:
        known = dict(zip(_HIT, values, strict=True))
        printed_by, prints = self._prints(text_key)
        piece = None
        if self._item_of and (item := self._item_of(known["portal"], serial)):
            piece = snippet("\n".join(texts(item)), self._query or Query(()), exact=self.exact)
        known["province"] = known.pop("place")
        return Hit(**known, printed_by=printed_by, prints=prints, snippet=piece)


_HIT = ("id", "posted_on", "posted_at", "title", "portal", "place", "section", "kind", "url", "gone")
