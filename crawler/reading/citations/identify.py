"""Giving a citation its identity: the level from the words, the authority that stood on the day, the canonical id."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import NamedTuple

from archive.vietnam.documents import ISSUERS, TYPES, make_cid
from archive.vietnam.provinces import PROVINCES, Province, province
from crawler.reading.citations.mention import Mention
from crawler.reading.citations.phrases import Phrase, agrees
from crawler.reading.citations.places import Level

REFORM = date(2025, 7, 1)  # Nghị quyết 202/2025/QH15: the new provinces work from this day


class Identity(NamedTuple):
    """Issuer code, level, canonical id or what it may be, and what was doubtful."""

    issuer: str | None
    level: Level | None
    year: int | None
    cid: str | None = None
    candidates: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()


def identify(mention: Mention, posted_on: date | None, portal: str | None) -> Identity:
    """The identity of a mention on a page of a province's portal, posted on a day; no cid where words leave it open."""
    number, phrase = mention.number, mention.issuer
    kind = TYPES.get(mention.type or "")
    issuer = number.issuer or (phrase.code if phrase else None)
    if issuer is None and kind and kind.issuer and not number.bodies:
        issuer = kind.issuer
    year = number.year or (int(mention.date[:4]) if mention.date else mention.year)
    level, unit, place = _seat(mention, issuer, year, posted_on, portal)
    suffix = issuer or (number.bodies[0] if number.bodies and phrase and phrase.level else None)
    bare = Identity(issuer, level, year)
    if _foreign(mention):
        return Identity(issuer, level, year, flags=("issuer_conflict",))
    if not suffix or not level or not year or kind is None or kind.code in ("vb", "ba", "tcvn"):
        return bare
    if "type_conflict" in mention.flags and not number.abbr:
        return bare
    if level == "central":
        return Identity(issuer, level, year, make_cid(suffix, kind.code, year, number.number))
    if level in ("district", "commune") and unit is None:
        return bare
    if issuer == "du" and level != "commune":
        return bare
    if level == "commune" and (mention.date or f"{year}") < REFORM.isoformat():
        return bare  # while there were districts, a province had several communes of one name
    if level == "district" and (mention.date or f"{year}") >= REFORM.isoformat():
        return bare  # there are no districts any more
    places, flags = _authorities(mention, place, year, posted_on, portal)
    ids = tuple(
        make_cid(suffix, kind.code, year, number.number, each, unit if level != "province" else None) for each in places
    )
    if len(ids) == 1:
        return Identity(issuer, level, year, ids[0], flags=flags)
    return Identity(issuer, level, year, None, ids, flags)


def _seat(
    mention: Mention, issuer: str | None, year: int | None, posted_on: date | None, portal: str | None
) -> tuple[Level | None, str | None, str | None]:
    """Level, unit and named province of the authority: from the words, else from a suffix that has one level only."""
    phrase, row = mention.issuer, ISSUERS.get(issuer or "")
    if phrase and phrase.city:
        return _city(phrase, _day(mention, year, posted_on), portal)
    if phrase and phrase.level:
        return phrase.level, phrase.unit, phrase.place
    if row is None or row.level == "words" or (row.level == "province" and _may_be_a_towns(mention, portal)):
        return None, None, None
    return row.level, None, phrase.place if phrase else None


def _may_be_a_towns(mention: Mention, portal: str | None) -> bool:
    """Whether a provincial town may have signed: its Thành ủy signs -CT/TU like the Tỉnh ủy, its police -CATP."""
    body = mention.number.bodies[0] if mention.number.bodies else ""
    return body.endswith(("TU", "TP")) and (portal is None or _record(portal, None).kind_on(REFORM) != "city")


def _city(phrase: Phrase, day: date | None, portal: str | None) -> tuple[Level | None, str | None, str | None]:
    """A bare "thành phố" is the province itself on the portal of a city, a district on the portal of a province."""
    named = phrase.place or portal
    if named is None or named.partition(".")[0] not in _RECORDS:
        return None, None, None
    if _record(named, day).kind_on(day or REFORM) == "city":
        return "province", None, phrase.place
    return "district", f"d.{phrase.place}" if phrase.place else None, phrase.place


def _day(mention: Mention, year: int | None, posted_on: date | None) -> date | None:
    """A day on which the document's authority stood, as near as the words tell."""
    if mention.date:
        return date.fromisoformat(mention.date)
    return min(date(year, 12, 31), posted_on or date(year, 12, 31)) if year else posted_on


def _foreign(mention: Mention) -> bool:
    """Whether the words name another office than the symbol's: "Kế hoạch số 12/KH-UBND của Sở Y tế"."""
    phrase, signed = mention.issuer, mention.number.issuer
    if phrase is None or signed is None or phrase.code == signed:
        return False
    if phrase.code is None:
        return ISSUERS[signed].level == "central" and phrase.level not in (None, "central")
    return not agrees(phrase, signed)


def _authorities(
    mention: Mention, named: str | None, year: int, posted_on: date | None, portal: str | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The provinces, as slugs of records, whose paper this may be."""
    if named is None and portal is None:
        return (), ()
    place = (named or portal or "").partition(".")[0]
    if mention.issuer and mention.issuer.old:
        earliest, latest = date(year, 1, 1), min(date(year, 12, 31), date(2025, 6, 30))
        if latest < earliest:
            return (), ()
        return _standing(place, latest, latest), ()
    earliest = date.fromisoformat(mention.date) if mention.date else date(year, 1, 1)
    latest = earliest if mention.date else min(date(year, 12, 31), posted_on or date(year, 12, 31))
    if named:
        found = _standing(place, earliest, latest)
        return found, ("ambiguous_predecessor",) if len(found) > 1 else ()
    if mention.elsewhere and mention.elsewhere != place:  # an office of there, or of here on a visit there
        both = (*_standing(place, earliest, latest), *_standing(mention.elsewhere, earliest, latest))
        return both, ("ambiguous_province",)
    return _of_portal(portal or place, earliest, latest, posted_on)


def _of_portal(
    portal: str, earliest: date, latest: date, posted_on: date | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """A bare "UBND tỉnh": the portal's own province, unless the page is younger than the reform and the paper older."""
    record = _record(portal, posted_on)
    if posted_on is not None and posted_on < REFORM and "." not in portal:
        return _standing(record.place, earliest, min(latest, posted_on)), ()
    if earliest >= REFORM and record.successor and not record.successor.startswith(f"{record.place}."):
        return (record.successor,), ()  # merged away: what sits there now is the successor's
    reformed = f"{record.place}.2025" in PROVINCES
    if not reformed or earliest >= REFORM:
        return _standing(record.place, earliest, latest), ()
    predecessors = PROVINCES[f"{record.place}.2025"].predecessors
    after = (f"{record.place}.2025",) if latest >= REFORM else ()
    return (*predecessors, *after), ("ambiguous_predecessor",)


def _standing(place: str, earliest: date, latest: date) -> tuple[str, ...]:
    """The records of a place that stood between two days."""
    return tuple(
        each.slug for each in _RECORDS.get(place, ())
        if (each.valid_from or latest) <= latest and (each.valid_to or earliest) >= earliest
    )  # fmt: skip


@lru_cache(maxsize=512)
def _record(slug: str, day: date | None) -> Province:
    return province(slug, day or REFORM)


_RECORDS: dict[str, list[Province]] = {}
for _each in PROVINCES.values():
    _RECORDS.setdefault(_each.place, []).append(_each)
