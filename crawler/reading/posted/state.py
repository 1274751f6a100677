"""The posting time in what a page hands to its scripts: an application's state, a tag manager's layer, attributes.

JavaScript's objects are no JSON (Nuxt leaves its keys bare, Next and Angular quote them twice), so fields are looked
for by their names: first in the object that holds the headline, else anywhere if all found there name one day.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime

from lxml.etree import _Element

from archive.vietnam.text import nfc
from crawler.reading.dates import printed_day
from crawler.reading.outline.blocks import Block
from crawler.reading.page import Page
from crawler.reading.posted.data import Reading, is_vietnamese, read_time

_VALUE = r"""["']?\s*[:=]\s*(?:["'](?P<text>[^"'<>{}]{8,40})["']|(?P<epoch>\d{13}|\d{10})\b)"""
_FIELD = re.compile(
    r"""["']?\b(?:date[_-]?published|(?:first[_-]?)?publish(?:ed)?[_-]?(?:at|on|date|time)|pub[_-]?date|content[_-]?date"""
    r"""|ngay[_-]?(?:dang|xuat[_-]?ban)|post(?:ed)?[_-]?(?:at|on|date|time)|article[_-]?date)""" + _VALUE,
    re.IGNORECASE,
)
_DRAFTED = re.compile(
    r"""["']?\b(?:created?[_-]?(?:at|on|date|time)|date[_-]?created|ngay[_-]?tao)""" + _VALUE, re.IGNORECASE
)
_NAMED = re.compile(r"""\b(?:title|headline|tieu_?de)["']?\s*[:=]\s*["']""", re.IGNORECASE)
_EPOCH = re.compile(r"/Date\((\d{13})\b.*")  # .NET's
_SHOWN = ".//*"
_TOLD = re.compile(r"publish|date|time|ngay|create", re.IGNORECASE)
_LONGEST_OBJECT = 20_000  # characters to either side of the headline; a whole text may stand between
_MOST_PLACES = 5


def from_state(page: Page, block: Block, fetched_at: datetime) -> Reading | None:
    """The time that a page tells its scripts; None where it tells none, or several days and none with the headline."""
    headline = block.text
    told = [text for text in _told(page, block.box.node) if _FIELD.search(text) or _DRAFTED.search(text)]
    beside = [fields for text in told for fields in _beside(text, headline)]
    of_none = [text for text in told if not _NAMED.search(text) or headline in text]  # not another story's
    vietnamese = is_vietnamese(page)
    for fields, pattern in ((beside, _FIELD), (beside, _DRAFTED), (of_none, _FIELD)):
        values = {_written(found) for text in fields for found in pattern.finditer(text)}
        times = {text: read_time(text, fetched_at, vietnamese) for text in sorted(values)}
        known = {text: posted for text, posted in times.items() if posted is not None}
        if known:
            text, posted = max(known.items(), key=lambda each: each[1].precision != "day")
            alike = len({each.day for each in known.values()}) == 1
            return Reading(posted, text, "state", 60, printed=printed_day(text)) if alike else None
    return None


def _told(page: Page, headline: _Element) -> Iterator[str]:
    """The scripts, those that are no valid data of their own, and the attributes that scripts read.

    A day in an attribute is the article's where its element holds the headline, or shows nothing of its own: not an
    advertisement's, not a card's.
    """
    around = {headline, *headline.iterancestors()}
    for node in page.root.iter():
        if node.tag == "script":
            if node.text and ("ld+json" not in (node.get("type") or "") or not _is_json(node.text)):
                yield nfc(node.text.replace('\\"', '"').replace("&q;", '"'))
        elif node.tag == "input":
            yield f'{node.get("id") or node.get("name")}="{node.get("value")}"'
        else:
            for name, value in ((str(name), str(value)) for name, value in node.items()):
                if not name.startswith(("data-", "wire:")):
                    continue
                if len(value) > 60:
                    yield nfc(value)
                elif _TOLD.search(name) and (node in around or node.find(_SHOWN) is None):
                    yield f'{name}="{value}"'


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _written(found: re.Match[str]) -> str:
    """The value of a field, a count of seconds since 1970 as the instant it is."""
    epoch = found["epoch"] or next(iter(_EPOCH.findall(found["text"] or "")), None)
    if epoch is None:
        return found["text"]
    return datetime.fromtimestamp(int(epoch[:10]), UTC).isoformat()


def _beside(text: str, headline: str) -> Iterator[str]:
    """The objects of which the headline is a field, without those in them."""
    for written in {headline, json.dumps(headline)[1:-1]}:
        place = text.find(written)
        for _ in range(_MOST_PLACES):
            if place < 0:
                break
            yield _fields_around(text, place)
            place = text.find(written, place + 1)


def _fields_around(script: str, place: int) -> str:
    """The text of the object around a place, without the objects and lists in it."""
    before, depth = [], 0
    for char in reversed(script[max(0, place - _LONGEST_OBJECT) : place]):
        depth += (char in "}]") - (char in "{[")
        if depth < 0:
            break
        if depth == 0:
            before.append(char)
    after, depth = [], 0
    for char in script[place : place + _LONGEST_OBJECT]:
        depth += (char in "{[") - (char in "}]")
        if depth < 0:
            break
        if depth == 0:
            after.append(char)
    return "".join(reversed(before)) + "".join(after)
