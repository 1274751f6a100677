"""Which articles are meant: filters checked, and put as conditions on the ledger's items."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple, TypedDict, get_args

from archive.errors import BadFilter
from archive.schema import VIETNAM, Article, Citation, Publisher, stamp
from archive.vietnam.text import hint, key


class OfPortals(TypedDict, total=False):
    """Which portals; None: all. `portal`: slugs, or one text with commas. `province`: a name or slug.

    `with_predecessors`: of a province also what it was formed from, Quảng Ngãi with Kon Tum.
    """

    portal: str | Iterable[str] | None
    province: str | None
    with_predecessors: bool


class Undated(OfPortals, total=False):
    """The filters of articles, but for their days; None is none. Of names marks and case do not count.

    `province` with its year ("quang-ngai.2025") means only what was posted while that authority stood.
    `section`, `author`: whole names. `document`: number or cid of a document that an article cites.
    """

    publisher: str | None
    section: str | None
    author: str | None
    document: str | None


class Filters(Undated, total=False):
    """What every question about articles may be narrowed down to, the same for `Archive`, the verbs and the pages.

    `since`, `until`: posting days, both included.
    """

    since: date | str | None
    until: date | str | None


# In the order in which they are told.
FILTERS = ("portal", "province", "with_predecessors", "publisher", "section", "since", "until", "author", "document")


class AskedDocument(NamedTuple):
    """A document as a person names it: a whole number, cid or title; or, as in "Nghị quyết 57", `number` and `type`.

    By its cid it is asked for alone; by a number whatever bears it. With `portal` it is what that portal alone calls
    so, as `document_id` has it.
    """

    document: str  # as names are compared; lower case for a cid
    number: str | None = None
    type: str | None = None
    year: int | None = None
    cid: str | None = None
    portal: str | None = None
    name: str | None = None  # as it is written, where `portal` is given


def document_id(cid: str | None, norm: str | None, title: str | None, portal: str) -> str | None:
    """What a document is known by everywhere: its cid; else, on the one portal that says no more, its number or title.

    12/QĐ-UBND is another paper in every province and every year. None: nobody's.
    """
    name = norm or title
    return cid or (f"{portal}:{name}" if name else None)


_ON_PORTAL = re.compile(r"([a-z0-9][a-z0-9-]*):(\S.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Filters, checked; names are compared as `archive.vietnam.text.key` gives them, days are ISO."""

    portals: tuple[str, ...] | None = None
    places: tuple[str, ...] | None = None
    publisher: str | None = None
    section: str | None = None
    since: str | None = None
    until: str | None = None
    author: str | None = None
    document: AskedDocument | None = None
    story: str | None = None  # the text_key of a text, wherever it was printed

    @property
    def narrow(self) -> bool:
        """Whether it leaves out some articles of a portal."""
        return any(getattr(self, each.name) is not None for each in fields(self) if each.name != "portals")

    def condition(self) -> tuple[str, dict[str, Any]]:
        """As SQL over a portal's table `revisions`, and its values; the connection must know the function `key`."""
        values = {name: value for name in _CONDITIONS if (value := getattr(self, name)) is not None}
        conditions = ["TRUE", *(_CONDITIONS[name] for name in values)]
        if self.places is not None:
            values["places"] = json.dumps(self.places)
        if self.document is not None:
            values |= self.document._asdict()
        return " AND ".join(conditions), values


EVERYTHING = Wanted()

_CONDITIONS = {
    "places": "substr(json_extract(item, '$.province'), 1, instr(json_extract(item, '$.province') || '.', '.') - 1)"
    " IN (SELECT value FROM json_each(:places))",
    "publisher": "json_extract(item, '$.publisher') = :publisher",
    "section": "key(json_extract(item, '$.section')) = :section",
    "since": "json_extract(item, '$.posted_on') >= :since",
    "until": "json_extract(item, '$.posted_on') <= :until",
    "author": "EXISTS (SELECT 1 FROM json_each(item, '$.authors') AS a"
    " WHERE key(json_extract(a.value, '$.name')) = :author)",
    "document": "EXISTS (SELECT 1 FROM json_each(item, '$.cited_documents') AS c WHERE CASE"
    " WHEN :cid IS NOT NULL THEN lower(json_extract(c.value, '$.cid')) = :cid"
    " WHEN :portal IS NOT NULL THEN json_extract(item, '$.portal') = :portal AND json_extract(c.value, '$.cid') IS NULL"
    " AND coalesce(json_extract(c.value, '$.norm'), json_extract(c.value, '$.title')) = :name"
    " WHEN :number IS NULL THEN"
    " key(coalesce(json_extract(c.value, '$.norm'), json_extract(c.value, '$.title'))) = :document"
    " ELSE json_extract(c.value, '$.number') = :number AND json_extract(c.value, '$.type') = :type"
    " AND (:year IS NULL OR json_extract(c.value, '$.year') = :year) END)",
    "story": "json_extract(item, '$.text_key') = :story",
}


# Where the names are that a filter compares with; to tell the nearest where none fits.
KNOWN = {
    "section": "SELECT DISTINCT json_extract(item, '$.section') FROM revisions WHERE shown(item)",
    "author": "SELECT DISTINCT json_extract(a.value, '$.name') FROM revisions, json_each(item, '$.authors') AS a"
    " WHERE shown(item)",
    "document": "SELECT DISTINCT json_extract(c.value, '$.norm')"
    " FROM revisions, json_each(item, '$.cited_documents') AS c WHERE shown(item)",
}


def wanted(
    portal: str | Iterable[str] | None = None,
    province: str | None = None,
    with_predecessors: bool = False,
    publisher: str | None = None,
    section: str | None = None,
    since: date | str | None = None,
    until: date | str | None = None,
    author: str | None = None,
    document: str | None = None,
) -> Wanted:
    """`Filters`, checked but for the portals, which an archive knows; raises BadFilter, for an empty name too."""
    named = {"portal": portal, "section": section, "author": author}
    if empty := next((name for name, value in named.items() if isinstance(value, str) and not value.strip()), None):
        raise BadFilter(f"{empty} is empty; allowed: a name, or no {empty} at all")
    if isinstance(portal, str):
        portal = [slug.strip() for slug in portal.split(",") if slug.strip()]
    places, (first, last) = None, (_day("since", since), _day("until", until))
    if first and last and first > last:
        raise BadFilter(f"since {first} is after until {last}")
    if province is not None:
        place, valid_from, valid_to = _place(province)
        places = _formed_from(place) if with_predecessors else (place,)
        first = max(filter(None, (first, None if with_predecessors else valid_from)), default=None)
        last = min(filter(None, (last, valid_to)), default=None)
    if publisher is not None and publisher not in get_args(Publisher):
        allowed = get_args(Publisher)
        raise BadFilter(f"publisher {publisher!r}{hint(publisher, allowed)}; allowed: {', '.join(allowed)}")
    return Wanted(
        portals=None if portal is None else tuple(portal),
        places=places,
        publisher=publisher,
        section=key(section) if section else None,
        since=first,
        until=last,
        author=key(author) if author else None,
        document=asked_document(document) if document is not None else None,
    )


def asked_document(typed: str) -> AskedDocument:
    """A document in whatever way it was typed: "57 nq tw" is 57-nq/tw, "nq 57" any resolution of that number.

    Raises BadFilter for an empty name, which would be that of every mention without number and title.
    """
    from archive.vietnam.documents import norm, parse_number

    if not typed.strip():
        raise BadFilter("document is empty; allowed: a document's number, cid or title")
    found = parse_number(typed)
    if found and found.type and not found.symbol and not found.cid:
        return AskedDocument(key(typed), found.number, found.type, found.year)
    if typed.strip().lower().startswith("vn/"):
        return AskedDocument(key(typed), cid=typed.strip().lower())
    if on_portal := _ON_PORTAL.fullmatch(typed.strip()):
        return AskedDocument(key(on_portal[2]), portal=on_portal[1], name=on_portal[2])
    return AskedDocument(key(norm(typed) or typed))


def _day(name: str, value: date | str | None) -> str | None:
    if value is None:
        return None
    if isinstance(value, date):
        return value.isoformat()[:10]
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise BadFilter(f"{name} {value!r} is no day; allowed: an ISO day such as 2019-10-10") from None


def day_span(since: date | str, until: date | str | None) -> tuple[str, str]:
    """From the first moment in Vietnam of a day to the last of another, as UTC; raises BadFilter."""
    first, last = _day("since", since), _day("until", until) or "9998-12-31"
    if first and first > last:
        raise BadFilter(f"since {first} is after until {last}")
    begin, end = date.fromisoformat(first or "0002-01-01"), date.fromisoformat(last) + timedelta(days=1)
    return tuple(stamp(datetime.combine(day, time(), VIETNAM)) for day in (begin, end))  # type: ignore[return-value]


def _place(name: str) -> tuple[str, str | None, str | None]:
    """The place's slug, and the days of its authority where a slug with its year asks for that one alone."""
    from archive.vietnam import provinces

    try:
        record = provinces.province(name)
    except provinces.UnknownProvince as error:
        raise BadFilter(f"province: {error}; allowed: a name or slug, such as kon-tum") from None
    if "." not in name:
        return record.place, None, None
    return record.place, _day("valid_from", record.valid_from), _day("valid_to", record.valid_to)


def _formed_from(place: str) -> tuple[str, ...]:
    """The place and, through all mergers, those whose land it took over."""
    from archive.vietnam.provinces import PROVINCES

    found = [place]
    for each in found:
        records = [record for record in PROVINCES.values() if record.place == each]
        earlier = {slug.partition(".")[0] for record in records for slug in record.predecessors}
        found += sorted(earlier.difference(found))
    return tuple(found)


def citations_of(article: Article, document: str) -> tuple[Citation, ...]:
    """The mentions of a document, however it was typed, in an article."""
    asked = asked_document(document)
    return tuple(cited for cited in article.cited_documents if _is_asked(cited, asked, article.portal))


def _is_asked(cited: Citation, asked: AskedDocument, portal: str) -> bool:
    if asked.cid is not None:
        return (cited.cid or "").lower() == asked.cid
    if asked.portal is not None:
        return (portal, cited.cid, cited.norm or cited.title) == (asked.portal, None, asked.name)
    if asked.number is not None:
        return (cited.number, cited.type) == (asked.number, asked.type) and asked.year in (None, cited.year)
    return key(cited.norm or cited.title or "") == asked.document
