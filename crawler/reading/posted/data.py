"""What a page's machine-readable data says of the posting and the update time: JSON-LD, microdata, meta, `time`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlsplit

from archive.schema import VIETNAM, Posted
from crawler.reading.dates import find_dates, parse_posted, printed_day
from crawler.reading.dates.names import ZONES
from crawler.reading.page import Page

_SLASHED = re.compile(r"\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b")
_ISO = re.compile(r"\s*\d{4}-\d{2}-\d{2}")
_ZONED = re.compile(
    r":\d\d(?:[.,]\d+)?\s*(?:Z|(?:GMT|UTC)?\s*[+-]\d\d?:?(?:\d\d)?)\W*$|\b(?:GMT|UTC)\b|\d\s*(?:[AP]M\s*)?\(?"
    rf"(?:{'|'.join(ZONES).upper()})\b"
)
_OUR_ZONE = re.compile(r"[+-]0?7:?(?:00)?\W*$")
_OFFSET = re.compile(r":\d\d(?:[.,]\d+)?\s*[+-]\d\d:?\d\d\W*$")
_OUR_LETTERS = re.compile("[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")
_IN_URL = re.compile(r"/((?:19|20)\d\d)/(\d{1,2})/(\d{1,2})/|/((?:19|20)\d\d)(\d\d)(\d\d)/")
_ARTICLE_TYPES = re.compile(r"Article|BlogPosting|NewsArticle|Report|WebPage|CreativeWork|Posting", re.IGNORECASE)
_MADE_TYPES = re.compile(r"Article|BlogPosting|VideoObject")
_META_POSTED = (
    "article:published_time", "og:article:published_time", "datepublished", "article.published", "pubdate",
    "publishdate", "publish_date", "publish-date", "published_time", "published-date", "dc.date.issued",
    "dcterms.created",
    "dc.date", "dcterms.date", "dc.date.created", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime",
    "date", "article_date_original", "originalpublicationdate", "creation_date", "og:pubdate", "og:published_time",
)  # fmt: skip
_META_UPDATED = ("article:modified_time", "og:updated_time", "datemodified", "last-modified", "dcterms.modified")
WEAK = 75  # so far is a name believed that says no more than "date"
_NEW_YEAR = re.compile(r"\s*\d{4}-01-01\b")
# A server that answers writes the moment of its answer.
_JUST_NOW = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Reading:
    """One time the page states, and how it was found; `strength` is how far it is believed.

    `printed` is the day in the zone that the words themselves name, where that is another than Vietnam's.
    """

    posted: Posted
    text: str
    basis: str
    strength: int
    order: int | None = None
    printed: date | None = None

    @property
    def days(self) -> frozenset[date]:
        """The days it can be said to name."""
        return frozenset(filter(None, (self.posted.day, self.printed)))

    @property
    def precision(self) -> int:
        """0 to 2: nothing, a day, a clock."""
        return {"none": 0, "day": 1, "minute": 2, "second": 2}[self.posted.precision]

    @property
    def is_zoned(self) -> bool:
        """Whether the words name a zone."""
        return _ZONED.search(self.text) is not None


@dataclass(frozen=True, slots=True)
class Said:
    """All that machine-readable data says of the posting time; slash dates apart, which alone can mean two days."""

    readings: tuple[Reading, ...]
    slashed: tuple[tuple[str, str], ...]
    updated: tuple[Reading, ...]

    @property
    def best(self) -> Reading | None:
        """The reading believed most; of two clocks that differ by whole hours the earlier.

        Local time written with a false Z runs ahead of the true instant in Asia, Europe and Australia.
        """
        first = max(self.readings, key=lambda each: (each.strength, each.precision), default=None)
        for each in self.readings:
            if first is not None and each.strength >= 80 and _is_hours_before(each, first):
                return each
        return first


def is_vietnamese(page: Page) -> bool:
    """Whether a clock without a zone is Vietnam's: by the host, the page's language, or else its own letters."""
    if (urlsplit(page.url).hostname or "").endswith(".vn") or page.language == "vi":
        return True
    return page.language is None and any(
        _OUR_LETTERS.search(block.text) for block in page.outline.blocks[:400] if len(block.text) <= 1000
    )


def said_posted(page: Page, fetched_at: datetime, elements: list[str]) -> Said:
    """The posting times of the page's data; `elements` are the values of `time` elements by the headline."""
    strings = [*_strings(page), *((text, "time", 78) for text in elements if text)]
    vietnamese = is_vietnamese(page)
    readings: list[Reading] = []
    slashed: list[tuple[str, str]] = []
    today = fetched_at.astimezone(VIETNAM).date()
    for text, basis, strength in strings:
        if _SLASHED.match(text) and not (basis == "time" and vietnamese):
            slashed.append((text, basis))
        elif (posted := read_time(text, fetched_at, vietnamese)) is not None:
            if strength <= WEAK and (posted.day == today or (posted.precision == "day" and _NEW_YEAR.match(text))):
                continue  # `date` and its like are often the server's clock, or a year made a day
            readings.append(Reading(posted, text, basis, strength, printed=printed_day(text)))
    published = frozenset(text for text, _, _ in strings)
    return Said(tuple(readings), tuple(slashed), tuple(_updates(page, fetched_at, published)))


def _strings(page: Page) -> Iterator[tuple[str, str, int]]:
    """What is written, where, and how far it is believed."""
    for each in page.linked_data:
        if _ARTICLE_TYPES.search(str(each.get("@type", ""))) and isinstance(each.get("datePublished"), str):
            yield each["datePublished"], "json_ld", 90 if "rticle" in str(each["@type"]) else 80
        for name in ("dateCreated", "uploadDate"):
            if _MADE_TYPES.search(str(each.get("@type", ""))) and isinstance(each.get(name), str):
                yield each[name], "json_ld", 74
    values = set(page.microdata.get("datePublished", ()))
    if len(values) == 1:
        yield values.pop(), "microdata", 85
    for name in _META_POSTED:
        if name in page.meta:
            yield page.meta[name], f"meta:{name}", 84 if "publish" in name else WEAK


def read_time(text: str, fetched_at: datetime, vietnamese: bool) -> Posted | None:
    """What a machine wrote as a time, None for the moment of the answer itself; a midnight is no clock."""
    posted = parse_posted(text, fetched_at)
    if posted is None or not isinstance(posted.value, datetime):
        return posted
    moment = posted.value
    if moment >= fetched_at - _JUST_NOW:
        return None
    zoned = _ZONED.search(text) is not None
    ours = (vietnamese and not _OFFSET.search(text)) or not zoned or _OUR_ZONE.search(text) is not None
    if "T00:00:00" in text and _ISO.match(text) and not ours and not text.rstrip().endswith("Z"):
        # a midnight in its own zone is no clock (Taipei Times)
        return Posted(date.fromisoformat(text.strip()[:10]), "day", posted.basis)
    if (moment.time() == time(0, 0) and ours) or "T00:00:00" in text:
        return Posted(moment.date(), "day", posted.basis)
    # ISO always writes seconds: :00 are none
    return Posted(moment, "minute", posted.basis) if moment.second == 0 else posted


def from_slashed(slashed: tuple[tuple[str, str], ...], fetched_at: datetime) -> tuple[Reading | None, list[str]]:
    """A slash date of the meta data on its own: only where it can be read in one way."""
    for text, basis in slashed:
        match = _SLASHED.match(text)
        if match is None:
            continue
        first, second = int(match[1]), int(match[2])
        if first == second or first > 12:
            posted = parse_posted(text, fetched_at)
            if posted is not None:
                return Reading(posted, text, basis, 70), []
        elif second <= 12:
            return None, ["meta_date_ambiguous"]
    return None, []


def clock_of_slashed(slashed: tuple[tuple[str, str], ...], seen: Reading, fetched_at: datetime) -> Reading | None:
    """The clock of a slash date of the meta data, where it names the day that is shown: in one order or the other."""
    for text, basis in slashed:
        turned = _SLASHED.sub(r"\2/\1/\3", text, count=1)
        for written in (text, turned):
            for found in find_dates(written, fetched_at, either_order=True):
                moment = found.posted.value
                same = found.posted.day == seen.posted.day
                if same and isinstance(moment, datetime) and moment < fetched_at - _JUST_NOW:
                    return Reading(replace(found.posted, basis=seen.posted.basis), text, basis, seen.strength)
    return None


def said_updated(said: Said, posted: Reading | None) -> Reading | None:
    """A machine's modified time, unless it only repeats the posting time (NukeViet fills both from one variable)."""
    for each in said.updated:
        if isinstance(each.posted.value, datetime) and (
            posted is None or _is_later(each.posted.value, posted.posted.value)
        ):
            return each
    return None


def _updates(page: Page, fetched_at: datetime, published: frozenset[str]) -> Iterator[Reading]:
    """The modified times of the page's data that are no posting time told twice, nor the moment of the answer."""
    strings: list[tuple[Any, str]] = [(each.get("dateModified"), "json_ld") for each in page.linked_data]
    strings += [(page.meta.get(name), f"meta:{name}") for name in _META_UPDATED]
    strings += [(value, "microdata") for value in page.microdata.get("dateModified", ())[:1]]
    for text, basis in dict.fromkeys(strings):
        if isinstance(text, str) and text not in published and _ISO.match(text):
            changed = parse_posted(text, fetched_at)
            moment = changed.value if changed is not None else None
            if changed is not None and not (isinstance(moment, datetime) and moment >= fetched_at - _JUST_NOW):
                yield Reading(changed, text, basis, 50, printed=printed_day(text))


def _is_hours_before(early: Reading, late: Reading) -> bool:
    """Whether both are clocks that name a zone, the same but for some quarters of an hour."""
    one, other = early.posted.value, late.posted.value
    if not (isinstance(one, datetime) and isinstance(other, datetime) and early.is_zoned and late.is_zoned):
        return False
    apart = other - one
    return timedelta() < apart <= timedelta(hours=14) and apart % timedelta(minutes=30) == timedelta()


def _is_later(changed: datetime, posted: datetime | date) -> bool:
    if isinstance(posted, datetime):
        return changed - posted >= timedelta(minutes=1)
    return changed.date() > posted


def from_url(url: str, fetched_at: datetime) -> Reading | None:
    """The day in a permalink like /2023/05/17/; a folder like /2019-5-7/ is the day of an upload and no answer."""
    match = _IN_URL.search(url)
    if match is None:
        return None
    year, month, day = (int(part) for part in match.groups() if part is not None)
    try:
        value = date(year, month, day)
    except ValueError:
        return None
    if not date(1995, 1, 1) <= value <= fetched_at.astimezone(VIETNAM).date():
        return None
    return Reading(Posted(value, "day", "url"), match[0].strip("/"), "url", 20)
