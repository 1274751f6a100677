"""What the catalog keeps of an article: its row, the words it is found by, whom it names as author, what it cites."""

from __future__ import annotations

import functools
import sys
import zlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from operator import itemgetter
from typing import Any

from archive.items import files_of, texts
from archive.vietnam import text as vietnamese
from archive.vietnam.words import BETWEEN, bare_words, coded, marked_words
from archive.withheld import words_in

key = functools.lru_cache(50_000)(vietnamese.key)  # names of people, sections and documents come again and again
_EPOCH = datetime(1900, 1, 1, tzinfo=timezone(timedelta(hours=7)))
_DAY = timedelta(days=1)
_LAST = datetime(2200, 1, 1, tzinfo=timezone(timedelta(hours=7)))
_LAST_MINUTE = int((_LAST - _EPOCH).total_seconds()) // 60
# Articles of one minute before the next minute's places are taken: a day without clock times is one minute.
SHIFT = 12

ARTICLE = (
    "row", "id", "portal", "serial", "kind", "publisher", "place", "section", "section_key", "posted_on", "posted_at",
    "title", "text_key", "url", "canonical_url", "checksum", "gone",
)  # fmt: skip
MENTION = (
    "cid", "norm", "type", "number", "year", "level", "issuer", "issuer_text", "date", "date_basis", "title",
    "relation", "relation_text", "text", "field",
)  # fmt: skip
_MENTION = itemgetter(*MENTION)
# What an article may have several of: tables and their columns after the row.
DETAILS = {
    "authors": ("key", "name"),
    "mentions": ("nth", *MENTION),
    "names": ("name", "nth"),
    "ties": ("nth", "other", "relation", "text"),
    "held": ("name", "by", "url"),
    "files": ("words",),
}
# Tuples, which the collector of garbage soon leaves alone: lists of ten thousands of articles it looks through again.
_Rows = tuple[tuple[Any, ...], ...]


@dataclass(slots=True)
class Entry:
    """One article as the catalog keeps it; `row` is its place in posting order, which may be found taken."""

    row: int
    id: str
    title: bytes  # coded, as the text
    text: bytes
    values: tuple[Any, ...]  # of ARTICLE, between the row and the checksum
    details: tuple[_Rows, ...]  # of each of DETAILS
    gone: str | None = None

    @property
    def checksum(self) -> int:
        """Of the words: an entry can only be taken out of the index by the very words that went in."""
        return zlib.crc32(self.text, zlib.crc32(self.title + BETWEEN))

    def words(self) -> tuple[int, bytes, bytes, bytes, bytes]:
        """The row of `words`: title and text without marks, then both as they are written."""
        title, text = self.title, self.text
        return self.row, bare_words(title), bare_words(text), marked_words(title), marked_words(text)

    def article(self) -> tuple[Any, ...]:
        """The row of `articles`, in the order of ARTICLE."""
        return self.row, *self.values, self.checksum, self.gone


def entry(item: dict[str, Any], portal: str, serial: int) -> Entry:
    """The entry of an item; its row is the first of its minute that its id asks for."""
    title, section, place, cited = item["title"], item["section"], item["province"], item["cited_documents"]
    values = (
        item["id"], portal, serial, item["kind"], item["publisher"], place and place.partition(".")[0], section,
        section and key(section), item["posted_on"], item["posted_at"], title, item["text_key"], item["url"],
        item["canonical_url"],
    )  # fmt: skip
    details = (_authors(item["authors"]), _mentions(cited), _names(cited), _ties(cited), _held(item), _files(item))
    text = BETWEEN.join(map(coded, texts(item)))
    return Entry(_row(item), str(item["id"]), coded(title or ""), text, values, details)


def _row(item: dict[str, Any]) -> int:
    """Minutes since 1900 of the posting time, then twelve bits of the id: rows stand in posting order.

    FTS5 gives rows in their order for nothing, so the newest hits come first at no cost. No posting day: minute 0.
    """
    slot = int(str(item["id"])[-3:], 16)
    at, on = item["posted_at"], item["posted_on"]
    if not (at or on):
        return slot
    return _first_row(datetime.fromisoformat(at) if at else _midnight(on)) + slot


def _first_row(moment: datetime) -> int:
    """The first row of a minute."""
    since = moment - _EPOCH
    minutes = since.days * 1440 + since.seconds // 60
    return min(max(minutes, 0), _LAST_MINUTE) + 1 << SHIFT


def rows_within(since: str | None, until: str | None) -> tuple[int, int]:
    """The rows among which all articles of these days (ISO, both included) lie, and some of the days beside them.

    A day more on either side: a row that was taken is looked for in the minutes after it.
    """
    first = date.fromisoformat(since) if since else date.min
    last = date.fromisoformat(until) if until else date.max
    begin = _first_row(_midnight((first - _DAY).isoformat())) if first > _EPOCH.date() else 0
    if last > _LAST.date() - 2 * _DAY:
        return begin, sys.maxsize
    return begin, _first_row(_midnight((max(last, _EPOCH.date()) + 2 * _DAY).isoformat()))


def _midnight(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), datetime.min.time(), _EPOCH.tzinfo)


def _authors(authors: list[dict[str, Any]]) -> _Rows:
    return tuple((key(name), name) for name in dict.fromkeys(author["name"] for author in authors))


def _mentions(cited: list[dict[str, Any]]) -> _Rows:
    return tuple((place, *_MENTION(each)) for place, each in enumerate(cited))


def _names(cited: list[dict[str, Any]]) -> _Rows:
    """What a cited document may be asked for by: its cid, number (or title), candidates, folded."""
    return tuple(
        (name, place)
        for place, each in enumerate(cited)
        for name in {key(name) for name in (each["cid"], each["norm"] or each["title"], *each["candidates"]) if name}
    )


def _ties(cited: list[dict[str, Any]]) -> _Rows:
    """The citation that says so, the one it says it of, the relation, the words."""
    return tuple(
        (place, tie["to"], tie["relation"], tie["text"]) for place, each in enumerate(cited) for tie in each["ties"]
    )


def _held(item: dict[str, Any]) -> _Rows:
    """Name of a document, how the article holds it (page, attachment), the address."""
    document, attachments = item["document"], item["attachments"]
    found = []
    if document:
        for name in {key(name) for name in (document["cid"], document["number"]) if name}:
            found.append((name, "page", item["url"]))
            found += [(name, "attachment", file["url"]) for file in document["files"]]
    for cited in item["cited_documents"] if attachments else ():
        where, _, rest = cited["field"].partition(".")
        number = rest.partition(".")[0]
        if where == "attachments" and number.isdigit() and int(number) < len(attachments):
            for name in {key(name) for name in (cited["cid"], cited["norm"]) if name}:
                found.append((name, "attachment", attachments[int(number)]["url"]))
    return tuple(found)


def _files(item: dict[str, Any]) -> _Rows:
    """The words in the addresses of its files: a person's name may stand there alone."""
    return tuple((words,) for words in {words_in(address) for address in files_of(item)})
