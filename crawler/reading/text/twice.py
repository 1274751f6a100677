"""What a page says over again: the whole text once more for small screens or for print, "Xem chi tiết" in each line."""

from __future__ import annotations

import re
from dataclasses import replace

from crawler.reading.outline.blocks import Block

_LONG = 60  # characters; shorter lines come twice in a text
_A_COPY = 2  # lines
_MOST_TRIED = 20  # lines that come twice
_DETAILS = re.compile(r"(?<=[.;:!?…)])\s*[(\[]?(?:(?:xem|doc) (?:chi tiet|them|tiep)|chi tiet)\W*$")
_LONGEST_DETAILS = 14  # characters: "Xem chi tiết", with a sign


def without_copy(lead: list[Block], body: list[Block]) -> list[Block]:
    """The body without the lines that say all of it once more, word for word and in the same order."""
    told = [*lead, *body]
    places: dict[str, int] = {}
    again = 0
    for place, block in enumerate(told):
        if len(block.text) < _LONG:
            continue
        first = places.setdefault(block.text, place)
        again += first < place
        if again > _MOST_TRIED:
            break
        if place - first >= _A_COPY and _is_copied(told, first, place):
            copy = {id(each) for each in told[place : 2 * place - first]}
            return [each for each in body if id(each) not in copy]
    return body


def _is_copied(told: list[Block], first: int, place: int) -> bool:
    """Whether the lines from `first` to before `place` follow there once more."""
    if 2 * place - first > len(told):
        return False
    return all(told[each].text == told[each + place - first].text for each in range(first, place))


def without_details(body: list[Block]) -> list[Block]:
    """The body without the link to more of it that ends each of several lines, as in a list of steps."""
    ends = {id(block): found.start() for block in body if (found := _details(block)) is not None}
    if len(ends) < _A_COPY:
        return body
    return [replace(each, text=each.text[: ends[id(each)]], _folded="") if id(each) in ends else each for each in body]


def _details(block: Block) -> re.Match[str] | None:
    return _DETAILS.search(block.folded) if 0 < block.linked <= _LONGEST_DETAILS else None
