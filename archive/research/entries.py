"""What the catalog keeps of an article: its row, the words it is found by, whom it names as author, what it cites."""

from __future__ import annotations

import functools
import sys
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Any

from archive.items import texts
from archive.vietnam import text as vietnamese
from archive.vietnam.words import searched

key = functools.lru_cache(50_000)(vietnamese.key)  # names of people, sections and documents come again and again
_EPOCH = datetime(1900, 1, 1, tzinfo=timezone(timedelta(hours=7)))
_DAY = timedelta(days=1)
_LAST = datetime(2200, 1, 1, tzinfo=timezone(timedelta(hours=7)))
# Articles of one minute before the next minute's places are taken: a day without clock times is one minute.
SHIFT = 12
# A word nobody can type, between the parts of a text: no phrase runs from the byline into the source.
_END = " \xff "

ARTICLE = (
    "row", "id", "portal", "serial", "kind", "publisher", "place", "section", "section_key", "posted_on", "posted_at",
    "title", "text_key", "url", "canonical_url", "checksum", "gone",
)  # fmt: skip
MENTION = (
    "cid", "norm", "type", "number", "year", "level", "issuer", "issuer_text", "date", "date_basis", "title",
    "relation", "relation_text", "text", "field",
)  # fmt: skip


@dataclass(slots=True)
class Entry:
    """One article as the catalog keeps it; `row` is its place in posting order."""

    item: dict[str, Any]
    portal: str
    serial: int
    row: int
    title: str
    text: str
    written: str
    gone: str | None = None

    @property
    def id(self) -> str:
        return str(self.item["id"])

    @property
    def checksum(self) -> int:
        """Of the words: an entry can only be taken out of the index by the very words that went in."""
        return zlib.crc32("\n".join((self.title, self.text, self.written)).encode())

    def article(self) -> tuple[Any, ...]:
        """The row of `articles`, in the order of ARTICLE."""
        item = self.item
        section, place = item["section"], item["province"]
        return (
            self.row, item["id"], self.portal, self.serial, item["kind"], item["publisher"],
            place and place.partition(".")[0], section, section and key(section), item["posted_on"], item["posted_at"],
            item["title"], item["text_key"], item["url"], item["canonical_url"], self.checksum, self.gone,
        )  # fmt: skip


def entry(item: dict[str, Any], portal: str, serial: int) -> Entry:
    """The entry of an item; its row is the first of its minute that its id asks for, which may be taken."""
    title, marked = searched(item["title"] or "")
    parts = [searched(part) for part in texts(item)]
    text, written = (_END.join(part) for part in zip(*parts, strict=True)) if parts else ("", "")
    return Entry(item, portal, serial, _row(item), title, text, f"{marked}{_END}{written}")


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
    minutes = int((min(max(moment, _EPOCH), _LAST) - _EPOCH).total_seconds()) // 60
    return minutes + 1 << SHIFT


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


def authors(each: Entry) -> Iterator[tuple[int, str, str]]:
    """Rows of `authors`: row, key, name."""
    for name in dict.fromkeys(author["name"] for author in each.item["authors"]):
        yield each.row, key(name), name


def mentions(each: Entry) -> Iterator[tuple[Any, ...]]:
    """Rows of `mentions`: row, place among the citations, and the columns of MENTION."""
    for place, cited in enumerate(each.item["cited_documents"]):
        yield each.row, place, *(cited[name] for name in MENTION)


def names(each: Entry) -> Iterator[tuple[str, int, int]]:
    """Rows of `names`: what a cited document may be asked for by: its cid, number (or title), candidates, folded."""
    for place, cited in enumerate(each.item["cited_documents"]):
        for name in {
            key(name) for name in (cited["cid"], cited["norm"] or cited["title"], *cited["candidates"]) if name
        }:
            yield name, each.row, place


def ties(each: Entry) -> Iterator[tuple[int, int, int, str, str]]:
    """Rows of `ties`: row, the citation that says so, the one it says it of, the relation, the words."""
    for place, cited in enumerate(each.item["cited_documents"]):
        for tie in cited["ties"]:
            yield each.row, place, tie["to"], tie["relation"], tie["text"]


def held(each: Entry) -> Iterator[tuple[str, int, str, str]]:
    """Rows of `held`: name of a document, row, how the article holds it (page, attachment), the address."""
    item, document = each.item, each.item["document"]
    if document:
        for name in {key(name) for name in (document["cid"], document["number"]) if name}:
            yield name, each.row, "page", item["url"]
            for file in document["files"]:
                yield name, each.row, "attachment", file["url"]
    for cited in item["cited_documents"]:
        where, _, rest = cited["field"].partition(".")
        number = rest.partition(".")[0]
        if where == "attachments" and number.isdigit() and int(number) < len(item["attachments"]):
            for name in {key(name) for name in (cited["cid"], cited["norm"]) if name}:
                yield name, each.row, "attachment", item["attachments"][int(number)]["url"]
