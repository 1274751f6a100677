"""The dates of a line, each with the clock that belongs to it: in the line, or alone in an element beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from itertools import pairwise

from archive.vietnam.text import fold
from crawler.reading.dates import FoundDate, date_label, find_dates, kinds_of, parse_posted
from crawler.reading.outline.blocks import Block, squeeze
from crawler.reading.outline.rows import FULL_DAY
from crawler.reading.outline.zones import words_of

_LONGEST = 40  # characters of a line with a clock and its label
_CLOCK_LABEL = re.compile(r"\W*gio(?: dang)?\W*")
# By the kinds of their words; the last stands before a day in its line: "Giờ đăng: 08:21 - Ngày đăng: 12/10/2026".
_A_CLOCK, _A_LABELLED_CLOCK, _A_CLOCK_AND_LABEL = (
    re.compile("r?[Tt]Z?r?"),
    re.compile("L?r*W?r*[Tt]Z?r?"),
    re.compile("r*TZ?r*Lr*"),
)
# A calendar's leaf: 12 over "Tháng 10" over 2026
_YEAR_OF_LEAF = re.compile(r"(?:(?:thang|thg|th) ?\d{1,2} ?[,/-]? ?|\d{1,2} ?/ ?)?20\d\d")
_LEAF = re.compile(r"\d{1,2} (?:(?:thang|thg|th) ?)?\d{1,2}[ ,/-]+20\d\d")
_MONTH_FIRST = re.compile(r"(?:thang|thg|th) ?(\d{1,2}) (\d{1,2}) (20\d\d)")  # "Tháng 10" over 12 over 2026
_LENGTH = re.compile(r"(?:^|[ _-])(?:len|length|dur|duration|thoi-?luong|runtime|play-?time)(?:[ _-]|$)")
# what stands round a recording, and the icons before its length; not `video-date`, no icon of a clock beside them
_RECORDED = re.compile(
    r"(?:^|[ _-])(?:play|player|headphones?|audio|video|volume|podcast|microphone|sound|speaker|film)(?:[ _-]|$)"
)
_TELLS_TIME = re.compile(r"clock|date|ngay|gio(?:[ _-]|$)|dang|post|publish|calendar")
_BARE_CLOCK = re.compile(r"\W*(\d{1,3}:\d\d(?::\d\d)?)\W*")
_PLAYERS = ("audio", "video", "iframe", "object", "embed")
_HOURS_BELOW = 30  # blocks in which a live report tells its next hour
_PLAYING = re.compile("[⏱⏲▶►🎧🎬🎥🎞📹📺🔊]")


def dates_of(block: Block, blocks: list[Block], fetched_at: datetime) -> list[FoundDate]:
    """The dates of a block; a single day with the clock beside it, without the length of a recording."""
    text = _without_lengths(block)
    found = find_dates(text, fetched_at, either_order=True)
    leaf = None if found else _calendar_leaf(block, blocks)
    if not found and (whole := parse_posted(text, fetched_at)) is not None:
        return [FoundDate(0, len(text), block.text, whole, date_label(text))]
    if leaf is not None and (day := parse_posted(leaf, fetched_at)):
        found = [FoundDate(0, len(block.text), leaf, day, None)]
    if len(found) != 1 or found[0].posted.precision != "day":
        return found
    one = found[0]
    for words in _with_clock(one, block, blocks, is_leaf=leaf is not None):
        both = find_dates(words, fetched_at, either_order=True)
        if [each.posted.day for each in both] == [one.posted.day] and both[0].posted.precision != "day":
            return [replace(both[0], start=one.start, end=one.end, label=one.label or both[0].label)]
    return found


def _with_clock(one: FoundDate, block: Block, blocks: list[Block], *, is_leaf: bool) -> Iterator[str]:
    """The words of a day with those of a clock that may be its own."""
    before = block.text[: one.start]
    if one.label and _A_CLOCK_AND_LABEL.fullmatch(kinds_of(before)):
        yield f"{one.text} {before}"
    clock = _clock_beside(block, blocks, is_leaf=is_leaf)
    if clock is not None:
        yield f"{one.text} {clock.text}" if clock.order > block.order else f"{clock.text} {one.text}"


def _calendar_leaf(block: Block, blocks: list[Block]) -> str | None:
    """A day whose year, or month and year, stands in this block and the rest alone in those before, in one element."""
    around = block.box.parent
    if around is None or around.last - around.first > 4 or not _YEAR_OF_LEAF.fullmatch(block.folded):
        return None
    leaf = " ".join(each.text for each in blocks[max(around.first, block.order - 2) : block.order + 1])
    if month_first := _MONTH_FIRST.fullmatch(fold(leaf)):
        return "{1}/{0}/{2}".format(*month_first.groups())
    return leaf if _LEAF.fullmatch(fold(leaf)) else None


def _clock_beside(block: Block, blocks: list[Block], *, is_leaf: bool) -> Block | None:
    """The block behind or before a day's, in one element with it, that holds a clock and no more than its label."""
    behind = blocks[block.order + 1 : block.order + 6]
    dated = (place for place, each in enumerate(behind) if FULL_DAY.search(each.text))
    behind = behind[: next(dated, len(behind))]  # from there on a clock is another day's
    for label, clock in pairwise(behind):
        if _CLOCK_LABEL.fullmatch(label.folded) and _A_CLOCK.fullmatch(kinds_of(clock.text)):
            return clock
    if behind and not behind[0].folded.strip(" -|–/"):
        behind = behind[1:]
    around = block.box.parent
    for beside in behind[:1] + blocks[max(0, block.order - 2) : block.order][::-1]:
        together = beside.box.parent is around or (
            is_leaf and around is not None and beside.box.parent is around.parent
        )
        if len(beside.text) > _LONGEST or not together or _is_length(beside, block):
            continue
        if beside in behind and _heads_report(beside, blocks):
            continue
        if (_A_CLOCK if beside in behind else _A_LABELLED_CLOCK).fullmatch(kinds_of(beside.text)):
            return beside
    return None


def _heads_report(clock: Block, blocks: list[Block]) -> bool:
    """Whether a clock is the first hour of a live report: a heading, or others stand below it as it does."""
    if clock.level:
        return True
    below = blocks[clock.order + 1 : clock.order + _HOURS_BELOW]
    return any(
        len(each.text) <= _LONGEST and each.free and each.box.tag == clock.box.tag and each.words == clock.words
        and _A_CLOCK.fullmatch(kinds_of(each.text))
        for each in below
    )  # fmt: skip


def _is_length(block: Block, day: Block) -> bool:
    """Whether a clock is a recording's length: by its class, a player's sign before it, or a player in its element."""
    words = (*block.words, block.box.words)
    if _PLAYING.search(block.text) or any(map(_LENGTH.search, words)):
        return True
    if not any(map(_TELLS_TIME.search, words)) and any(map(_RECORDED.search, words)):
        return True
    return block.box is not day.box and next(block.box.node.iter(*_PLAYERS), None) is not None


def _without_lengths(block: Block) -> str:
    """The line with blanks for what fills elements named a length: <b>12/10/2026</b> <i class=duration>03:25</i>.

    And for a clock alone that fills an element of a recording, or follows its icon.
    """
    text = block.text
    if not any(_LENGTH.search(words) or _RECORDED.search(words) for words in block.words):
        return text
    for node in block.box.node.iterdescendants("*"):
        words = words_of(node.get("class") or "")
        shown = squeeze("".join(map(str, node.itertext())))
        if _LENGTH.search(words):
            length = shown
        elif _RECORDED.search(words) and not _TELLS_TIME.search(words):
            clock = _BARE_CLOCK.fullmatch(shown or node.tail or "")
            length = clock[1] if clock is not None else ""
        else:
            continue
        text = text.replace(length or " ", " " * len(length or " "))
    return text
