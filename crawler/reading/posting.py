"""Where on a page the posting time stands: label, position, structure and machine-readable data weighed together.

A labelled line beside the headline is believed before a machine's word, that before an unlabelled line. Where the
page contradicts itself and nothing decides, there is no answer but a flag.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from archive.schema import VIETNAM, Posted
from crawler.reading.address import canonical_url
from crawler.reading.blocks import Block, Box
from crawler.reading.dates import FoundDate, date_label, find_dates, parse_posted
from crawler.reading.page import Page
from crawler.reading.rows import is_title_link

_LONGEST_LINE = 260
_HAS_TIME = re.compile(r"\d|trước|hôm|ago|day", re.IGNORECASE)
_DATED = re.compile(
    r"\d\s?[/.\-]\s?\d{1,2}\s?[/.\-]\s?\d|thang \d|\bthang [a-z]{2,}|\btruoc\b|hom (?:qua|nay|kia)|\bago\b|\d{4}"
    r"|yesterday|today"
)
# The header's clock, a licence, a print page: never the posting time, wherever it stands. Folded.
_LICENCE = re.compile(r"giay phep|\bgp\b|ban quyen|copyright|©|hom nay|bay gio|ngay in\b|in ngay|today is")
_SLASHED = re.compile(r"\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b")
_ISO = re.compile(r"\s*\d{4}-\d{2}-\d{2}")
_IN_URL = re.compile(r"/((?:19|20)\d\d)/(\d{1,2})/(\d{1,2})/|/((?:19|20)\d\d)(\d\d)(\d\d)/")
_ARTICLE_TYPES = re.compile(r"Article|BlogPosting|NewsArticle|Report|WebPage|CreativeWork|Posting", re.IGNORECASE)
_META_POSTED = (
    "article:published_time", "og:article:published_time", "datepublished", "article.published", "pubdate",
    "publishdate", "publish_date", "publish-date", "published_time", "published-date", "dc.date.issued",
    "dcterms.created",
    "dc.date", "dcterms.date", "dc.date.created", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime",
    "date", "article_date_original", "originalpublicationdate", "creation_date", "og:pubdate", "og:published_time",
)  # fmt: skip
_META_UPDATED = ("article:modified_time", "og:updated_time", "datemodified", "last-modified", "dcterms.modified")


_Said = tuple[str, str, int]  # what a machine-readable field says, the field, how far it is believed


@dataclass(frozen=True, slots=True)
class Reading:
    """One time the page states, and how it was found."""

    posted: Posted
    text: str
    basis: str
    strength: int
    order: int | None = None


@dataclass(frozen=True, slots=True)
class Times:
    """The posting and the update time of an article; `orders` are the blocks that carry them."""

    posted: Reading | None = None
    updated: Reading | None = None
    flags: tuple[str, ...] = ()
    orders: frozenset[int] = frozenset()


def find_times(page: Page, fetched_at: datetime, headline: Block | None, start: int, end: int, first: int) -> Times:
    """The times of the article whose text is the blocks `start` to before `end`, in an element beginning at `first`."""
    posted: list[Reading] = []
    updated: list[Reading] = []
    for block in _where_times_stand(page.outline.blocks, headline, start, end):
        for reading, label in _visible(block, page, fetched_at, headline, start, end, first):
            (updated if label == "updated" else posted).append(reading)
    if not any(each.strength >= 100 for each in posted) and _unreadable(page, headline, start, end):
        posted = []  # the page does name its day, in words that cannot be read: no other line stands in for it
    strings = list(_machine_strings(page))
    machine, slashed = _machine_posted(strings, fetched_at, _time_elements(page, headline, start))
    chosen, flags = _decide(posted, machine, slashed, fetched_at)
    if chosen is None and not flags and (found := _from_url(page.url, fetched_at)):
        chosen, flags = found, ["posted_from_url"]
    changed = max(updated, key=lambda each: each.strength, default=None) or _machine_updated(
        page, fetched_at, chosen, {text for text, _, _ in strings}
    )
    if chosen is None and updated:
        flags.append("posted_only_as_update")
    orders = {each.order for each in (*posted, *updated) if each.order is not None}
    blocks = page.outline.blocks
    orders |= {order - 1 for order in orders if order and _label_before(blocks[order], blocks) is not None}
    return Times(chosen, changed, tuple(flags), frozenset(orders))


def _where_times_stand(blocks: list[Block], headline: Block | None, start: int, end: int) -> Iterator[Block]:
    """The blocks round the headline, at the beginning and the end of the text, and some way behind it."""
    first = max(0, (headline.order if headline is not None else start) - 4)
    head = min(start + 10, max(end, first))
    yield from blocks[first:head]
    yield from blocks[max(head, end - 6) : end + 60]


# -- what people see ---------------------------------------------------------------------------------------------


def _visible(
    block: Block, page: Page, fetched_at: datetime, headline: Block | None, start: int, end: int, first: int
) -> Iterator[tuple[Reading, str | None]]:
    if block.related or block.in_row or len(block.text) > _LONGEST_LINE:
        return
    if block.zone in ("nav", "footer", "aside", "related", "comments", "crumb", "tags", "form"):
        return
    if (
        not _HAS_TIME.search(block.text)
        or not _DATED.search(block.folded)
        or _LICENCE.search(block.folded)
        or _of_a_link(block, page)
    ):
        return
    place = _place(block, headline, start, end, first)
    if block.zone == "header" and place not in ("below", "beside"):
        return
    before = _label_before(block, page.outline.blocks)
    for found in _dates_of(block, fetched_at):
        label = found.label or (before if found.start <= 2 else None)
        marked = block.has("date")
        strength = _strength(block, found, label, place, marked, fetched_at)
        if strength:
            basis = f"label:{label}" if label else ("marked" if marked else "position")
            yield Reading(found.posted, found.text.strip(), basis, strength, block.order), label


def _unreadable(page: Page, headline: Block | None, start: int, end: int) -> bool:
    """Whether a line labelled as the posting time holds digits but no day that can be read (31/02, a day to come)."""
    for block in _where_times_stand(page.outline.blocks, headline, start, end):
        if len(block.text) <= 80 and block.free and block.text[-1:].isdigit() and date_label(block.text) == "posted":
            return True
    return False


def _of_a_link(block: Block, page: Page) -> bool:
    """Whether the line dates a linked headline just above it: the row of a list that holds but one story."""
    for before in page.outline.blocks[max(0, block.order - 2) : block.order][::-1]:
        if before.zone is not None:
            return False
        if is_title_link(before):
            return page.link(before.href) not in (None, page.url) and canonical_url(
                page.link(before.href) or ""
            ) != canonical_url(page.url)
        if before.level or len(before.text) > 30:
            return False
    return False


def _dates_of(block: Block, fetched_at: datetime) -> list[FoundDate]:
    found = find_dates(block.text, fetched_at)
    if not found and (whole := parse_posted(block.text, fetched_at)) is not None:
        return [FoundDate(0, len(block.text), block.text, whole, date_label(block.text))]
    return found


def _place(block: Block, headline: Block | None, start: int, end: int, first: int) -> str:
    """Where the block stands to the headline and the text: above, beside (same block), below, inside, after, far."""
    if headline is not None:
        if block is headline:
            return "headline"
        if block.order < headline.order:
            return "above" if headline.order - block.order <= 4 and block.order >= first else "far"
    elif block.order < start:
        return "below" if start - block.order <= 4 and block.order >= first else "far"
    if block.order < start:
        return "below"
    if block.order < end:
        return "inside"
    return "after" if block.order - end <= 8 else "far"


_PLACES = {"below": 30, "above": 12, "after": 10, "inside": 4, "far": 0, "headline": 0}


def _strength(block: Block, found: FoundDate, label: str | None, place: str, marked: bool, fetched_at: datetime) -> int:
    """How much the date speaks for being the posting (or update) time; 0 where it does not."""
    if label in ("issued", "effective", "expired", "event") or place == "headline":
        return 0
    clock = 5 if found.posted.precision != "day" else 0
    if label in ("posted", "updated"):
        if place == "inside" and len(block.text) > 120:
            return 0
        if place == "far" and block.zone is not None:
            return 0
        return 100 + _PLACES[place] + clock
    rest = len(block.text) - (found.end - found.start)
    if rest > (90 if marked else 60) or block.link_share > 0.5:
        return 0
    if place == "below" and (marked or not _in_data(block)):
        return (70 if marked else 45) + clock if marked or rest <= 60 else 0
    today = found.posted.day == fetched_at.astimezone(VIETNAM).date()
    if place in ("above", "after") and (marked or clock) and not (today and place == "above"):
        if block.zone is not None:
            return 0
        if place == "after" and not marked:
            return 0
        return 30 + (10 if marked else 0) + clock
    return 35 + clock if place == "inside" and marked and clock and rest <= 12 else 0


def _in_data(block: Block) -> bool:
    """Whether the line is one of several filled cells of a table's row: a schedule's day, not the article's."""
    box: Box | None = block.box
    while box is not None and box.tag not in ("table", "body"):
        if box.tag == "tr":
            return 2 <= box.last - box.first <= 8
        box = box.parent
    return False


def _label_before(block: Block, blocks: list[Block]) -> str | None:
    """The label in the block before, where that is nothing but a label: two table cells, dt and dd."""
    if block.order == 0:
        return None
    before = blocks[block.order - 1]
    if len(before.text) > 40 or any(char.isdigit() for char in before.text):
        return None
    return date_label(before.text)


# -- what machines see -------------------------------------------------------------------------------------------


def _time_elements(page: Page, headline: Block | None, start: int) -> list[str]:
    """Values of `time` elements between the headline and the text."""
    blocks = page.outline.blocks
    after = headline.order if headline is not None else start - 4
    found = []
    for inline in page.outline.inlines:
        if inline.node.tag == "time" and after <= inline.order < start and inline.order < len(blocks):
            block = blocks[inline.order]
            if not (block.related or block.in_row) and date_label(block.text) in (None, "posted"):
                found.append(inline.node.get("datetime") or "")
    return found


def _machine_posted(
    strings: list[_Said], fetched_at: datetime, elements: list[str]
) -> tuple[list[Reading], list[tuple[str, str]]]:
    """Readings of ISO and worded dates, and slash dates that say nothing on their own with their basis."""
    readings: list[Reading] = []
    slashed: list[tuple[str, str]] = []
    named = [(text, "time", 78) for text in elements if text]
    for text, basis, strength in (*strings, *named):
        if _SLASHED.match(text) and not _ISO.match(text):
            slashed.append((text, basis))
            continue
        posted = parse_posted(text, fetched_at)
        if posted is None:
            continue
        if isinstance(posted.value, datetime):
            moment = posted.value
            if moment >= fetched_at - timedelta(minutes=2):
                continue  # made by the server while it answered
            if moment.time() == time(0, 0) or "T00:00:00" in text:
                posted = Posted(moment.date(), "day", posted.basis)
            elif moment.second == 0:  # ISO always writes seconds: these are none
                posted = Posted(moment, "minute", posted.basis)
        readings.append(Reading(posted, text, basis, strength))
    return readings, slashed


def _machine_strings(page: Page) -> Iterator[_Said]:
    for each in page.linked_data:
        if _ARTICLE_TYPES.search(str(each.get("@type", ""))) and isinstance(each.get("datePublished"), str):
            yield each["datePublished"], "json_ld", 90 if "rticle" in str(each["@type"]) else 80
    values = set(page.microdata.get("datePublished", ()))
    if len(values) == 1:
        yield values.pop(), "microdata", 85
    for name in _META_POSTED:
        if name in page.meta:
            yield page.meta[name], f"meta:{name}", 84 if "publish" in name else 75


def _decide(
    visible: list[Reading], machine: list[Reading], slashed: list[tuple[str, str]], fetched_at: datetime
) -> tuple[Reading | None, list[str]]:
    """The reading to believe, and flags for what contradicted it."""
    seen = max(visible, key=lambda each: (each.strength, -(each.order or 0)), default=None)
    said = max(machine, key=lambda each: (each.strength, _precision(each)), default=None)
    flags: list[str] = []
    if seen is not None:
        rivals = {each.posted.day for each in visible if each.strength >= seen.strength - 4}
        if len(rivals) > 1 and seen.strength >= 100:
            return None, ["posted_conflict"]
        if len(rivals) > 1 and said is None:
            first = min((each for each in visible if each.strength >= seen.strength - 4), key=lambda e: e.order or 0)
            seen, flags = first, ["posted_first_of_several"]
    if seen is not None and said is not None:
        if seen.posted.day == said.posted.day:
            return (said if _precision(said) > _precision(seen) else seen), flags
        if seen.strength >= 100:
            return seen, [*flags, "posted_differs_from_machine"]
        return said, [*flags, "posted_differs_from_visible"]
    if seen is not None or said is not None:
        return seen or said, flags
    return _from_slashed(slashed, fetched_at)


def _precision(reading: Reading) -> int:
    return {"none": 0, "day": 1, "minute": 2, "second": 2}[reading.posted.precision]


def _from_slashed(slashed: list[tuple[str, str]], fetched_at: datetime) -> tuple[Reading | None, list[str]]:
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


def _machine_updated(page: Page, fetched_at: datetime, posted: Reading | None, published: set[str]) -> Reading | None:
    """A machine's modified time, unless it only repeats the posting time (NukeViet fills both from one variable)."""
    strings: list[tuple[Any, str]] = [(each.get("dateModified"), "json_ld") for each in page.linked_data]
    strings += [(page.meta.get(name), f"meta:{name}") for name in _META_UPDATED]
    strings += [(value, "microdata") for value in page.microdata.get("dateModified", ())[:1]]
    for text, basis in strings:
        if not isinstance(text, str) or text in published or not _ISO.match(text):
            continue
        changed = parse_posted(text, fetched_at)
        if (
            changed is None
            or not isinstance(changed.value, datetime)
            or changed.value >= fetched_at - timedelta(minutes=2)
        ):
            continue
        if posted is None or _later(changed.value, posted.posted.value):
            return Reading(changed, text, basis, 50)
    return None


def _later(changed: datetime, posted: datetime | date) -> bool:
    if isinstance(posted, datetime):
        return changed - posted >= timedelta(minutes=1)
    return changed.date() > posted


def _from_url(url: str, fetched_at: datetime) -> Reading | None:
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
