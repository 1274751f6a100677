"""The posting time in what a page hands to its scripts: the state of a rendered application, a tag manager's layer.

JavaScript's objects are no JSON (Nuxt leaves its keys bare), so fields are looked for by their names: first in the
object that holds the headline, else anywhere if all that is found there is one and the same.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime

from crawler.reading.dates import printed_day
from crawler.reading.page import Page
from crawler.reading.posted_data import Reading, is_vietnamese, read_time

_FIELD = re.compile(
    r"""["']?\b(?:date_?published|(?:first_?)?publish(?:ed)?_?(?:at|on|date|time)|pub_?date|ngay_?(?:dang|xuat_?ban)"""
    r"""|post(?:ed)?_?(?:at|on|date|time)|content_?date|article_?date)["']?\s*[:=]\s*["']([^"'<>{}]{8,40})["']""",
    re.IGNORECASE,
)
_LONGEST_OBJECT = 20_000  # characters to either side of the headline; a whole text may stand between
_MOST_PLACES = 5


def from_state(page: Page, headline: str, fetched_at: datetime) -> Reading | None:
    """The time that a script of the page names; None where it names none, or several and none with the headline."""
    nodes = (node for node in page.root.iter("script") if "ld+json" not in (node.get("type") or ""))
    scripts = [node.text for node in nodes if node.text and _FIELD.search(node.text)]
    told = [text for script in scripts for text in _beside(script, headline)]
    told = told or [text for script in scripts for text in _FIELD.findall(script)]
    vietnamese = is_vietnamese(page)
    times = {text: read_time(text, fetched_at, vietnamese) for text in told}
    known = {text: posted for text, posted in times.items() if posted is not None}
    if not known or len({posted.day for posted in known.values()}) > 1:
        return None
    text, posted = max(known.items(), key=lambda each: each[1].precision != "day")
    return Reading(posted, text, "state", 60, printed=printed_day(text))


def _beside(script: str, headline: str) -> Iterator[str]:
    """The values of such fields in the objects of which the headline is a field."""
    for written in {headline, json.dumps(headline)[1:-1]}:
        place = script.find(written)
        for _ in range(_MOST_PLACES):
            if place < 0:
                break
            yield from _FIELD.findall(_fields_around(script, place))
            place = script.find(written, place + 1)


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
