"""Posting times that stand in no line of their own: before the first words of the text, or in elements' attributes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from lxml.etree import _Element

from archive.vietnam.text import fold
from crawler.reading.dates import date_label, parse_posted
from crawler.reading.dates.labels import POSTING
from crawler.reading.outline.blocks import Block, squeeze
from crawler.reading.posted.beside import dates_a_link
from crawler.reading.posted.data import Reading, is_vietnamese
from crawler.reading.posted.lines import POSTED_BY
from crawler.reading.posted.place import Place, size_of
from crawler.reading.posted.weight import BELOW

_TOLD_IN = (
    "title", "data-original-title", "data-time", "data-date", "data-datetime", "data-timestamp", "aria-label", "content"
)  # fmt: skip
_CHANGED = re.compile("[Mm]odified|(?<!published )[Uu]pdated?(?![a-z])(?! published)")
_EPOCH = re.compile(r"\d{10}(?:\d{3})?")
_AGE = re.compile(r"(?:khoang |hon )?(?:\d{1,2}|mot|hai|ba|vai) (?:tuan|thang|nam|years?|months?|weeks?) (?:truoc|ago)")
_LONGEST_OPENING = 60
_LONGEST_SIGNATURE = 120
_NEAR_END = 4  # blocks
# at the end of a line, or before the next of its fields
_LAST_CLOCK = re.compile(r"(?<![\d/.:-])\d{1,2}[:h]\d{2}(?: *(?:[AP]M|SA|CH))?(?= *$| +[|•·-])", re.IGNORECASE)
_ISO_CLOCK = re.compile(r"(\d{4}-\d\d-\d\dT(\d\d:\d\d)(?::\d\d)?)")
_PUBLISHED = re.compile(r"(?:^| )(?:dt-)?published(?: |$)")
_OPENING = re.compile(
    r"(?P<date>\d[\d/.:h|,\s–-]{7,}\d)\s*(?P<dash>[-–—:|]\s*)?(?=[^\W\d_]|[“\"])"
    r"|[(\[]\s*(?P<wrapped>[^()\[\]]{8,45})[)\]]\s*(?:[-–—:|]\s*)?(?=[^\W\d_]|[“\"])"
)


def opening_time(place: Place) -> tuple[Reading, int] | None:
    """A time set before the first words of the text, and where they begin: "(12/10/2026 08:21) Sáng nay, …".

    In brackets, or in an element of its own, or a day with its clock before a dash; never "Ngày 12/10/2026, tại …".
    """
    if place.span.prose >= min(place.span.end, len(place.page.outline.blocks)):
        return None
    block = place.page.outline.blocks[place.span.prose]
    opening = _OPENING.match(block.text[:_LONGEST_OPENING]) if block.free else None
    words = opening["date"] or opening["wrapped"] if opening is not None else ""
    posted = parse_posted(words, place.fetched_at) if words and date_label(words) in POSTING else None
    if opening is None or posted is None:
        return None
    dashed = opening["dash"] is not None and posted.precision != "day"
    if opening["wrapped"] or dashed or _opens_apart(block, words):
        return Reading(posted, words, "opening", BELOW - 2, block.order), opening.end()
    return None


def _opens_apart(block: Block, words: str) -> bool:
    """Whether these words fill the first element inside a paragraph: <b>12/10/2026 08:21</b> Sáng nay, …"""
    node = block.box.node
    if len(node) == 0 or (node.text or "").strip() or not isinstance(node[0].tag, str):
        return False
    return squeeze("".join(map(str, node[0].itertext()))).strip(" ()[]:-–") == words


def time_elements(place: Place, posted: list[Reading]) -> list[str]:
    """Times written into the elements between the headline and the text: a `time`'s, or the title of "2 giờ trước".

    Those of the blocks that show one in `posted`, wherever they stand, and of lines of a time alone.
    """
    outline = place.page.outline
    shown = {each.order for each in posted}
    after = place.headline.order if place.headline is not None else place.span.prose - 4
    found = []
    for inline in outline.inlines:
        if not ("date" in inline.hints or inline.node.tag == "time") or inline.order >= len(outline.blocks):
            continue
        block = outline.blocks[inline.order]
        if not (after <= inline.order < place.span.prose or inline.order in shown or _is_of_article(block, place)):
            continue
        if block.related or block.in_row or date_label(block.text) not in POSTING:
            continue
        if inline.node.tag == "time":
            found.append(_instant(inline.node, inline.node.get("datetime") or "", place))
        found += _told_by(inline.node)
    return found or [*_told_of_shown(place, posted)] or [*_told_of_ages(place)] or _published(place)


def _told_by(node: _Element) -> Iterator[str]:
    """What an element's attributes may tell of its time; a count of seconds since 1970 as the instant it is."""
    if _CHANGED.search(f"{node.get('itemprop')} {node.get('class')}"):
        return
    for text in map(node.get, _TOLD_IN):
        if text and _EPOCH.fullmatch(text):
            yield datetime.fromtimestamp(int(text[:10]), UTC).isoformat()
        elif text and len(text) <= _LONGEST_OPENING and date_label(text) in POSTING:
            yield text


def _told_of_shown(place: Place, posted: list[Reading]) -> Iterator[str]:
    """The clocks of days that are shown without one, in attributes of elements that nothing marks as a date's."""
    for reading in posted:
        if reading.precision > 1 or reading.order is None:
            continue
        box = place.page.outline.blocks[reading.order].box
        slack = timedelta(days=1 if reading.posted.basis == "relative" else 0)
        for text in (text for node in box.node.iter("*") for text in _told_by(node)) if size_of(box) == 1 else ():
            told = parse_posted(text, place.fetched_at)
            if told is not None and told.precision != "day" and abs(told.day - reading.posted.day) <= slack:
                yield text


def _told_of_ages(place: Place) -> Iterator[str]:
    """What elements under the headline tell that show but an age too coarse for a day: "1 năm trước" of a tooltip."""
    first = place.headline.order + 1 if place.headline is not None else place.span.prose
    for block in place.page.outline.blocks[first : min(place.span.prose, first + _NEAR_END)]:
        if size_of(block.box) > 1 or block.zone is not None or not _AGE.search(block.folded):
            continue
        for node in (block.box.node, *block.box.node.iterdescendants("*")):
            if _AGE.fullmatch(fold(squeeze("".join(map(str, node.itertext()))))):
                yield from _told_by(node)


def _instant(node: _Element, text: str, place: Place) -> str:
    """What an element says to machines; without its zone where it shows that clock to readers of a Vietnamese page.

    A blog that was never told where it is writes California's zone behind the hour of Vietnam (Blogger).
    """
    clock = _ISO_CLOCK.match(text)
    if clock is None or clock[2].lstrip("0") not in "".join(map(str, node.itertext())):
        return text
    return clock[1] if is_vietnamese(place.page) else text


def _is_of_article(block: Block, place: Place) -> bool:
    """Whether the block is a short line over the headline, behind the lead or at the end that dates no other story."""
    if len(block.text) > _LONGEST_OPENING or "time-tag" not in block.words or not place.holds(block):
        return False
    spot = place.spot(block)
    return (
        spot in ("above", "lead", "after")
        and place.admits(block, spot) == "any"
        and not dates_a_link(place, block, spot)
    )


def with_clock_behind(place: Place, day: Reading) -> Reading:
    """A day over the headline with the clock behind the text: "Người đăng: Lê Hoa vào lúc 08:21" (Blogger)."""
    blocks, end = place.page.outline.blocks, place.span.end
    over = place.headline is not None and day.order is not None and day.order < place.headline.order
    if not over or day.precision > 1:
        return day
    for block in blocks[max(place.span.prose, end - 2) : end + _NEAR_END]:
        clock = _LAST_CLOCK.search(block.text) if place.holds(block) and len(block.text) <= _LONGEST_SIGNATURE else None
        if clock is None or not POSTED_BY.search(block.folded[: clock.start()]):
            continue
        posted = parse_posted(f"{clock[0]} {day.posted.day:%d/%m/%Y}", place.fetched_at)
        if posted is not None and posted.day == day.posted.day:
            return replace(day, posted=replace(posted, basis=day.posted.basis), text=f"{day.text} {clock[0]}")
    return day


def _published(place: Place) -> list[str]:
    """What hAtom's `published` says behind the text in the article's element, where it says one thing (Blogger)."""
    told = set()
    blocks = place.page.outline.blocks
    for inline in place.page.outline.inlines:
        if "published" in inline.words and _PUBLISHED.search(inline.words):
            if inline.order < min(place.span.end, place.span.prose) or inline.order >= len(blocks):
                continue
            block = blocks[inline.order]
            if place.holds(block) and not (block.related or block.in_row):
                told.add(_instant(inline.node, inline.node.get("datetime") or inline.node.get("title") or "", place))
    return [*told] if len(told) == 1 else []
