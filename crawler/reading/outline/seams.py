"""Whether two text nodes without a blank between them are two words, as where only style sheets part them."""

from __future__ import annotations

import re

# <span>13/05/2024</span><span>254 lượt xem</span>: a date is whole where its element ends, and where another's begins.
_WHOLE_DATE = re.compile(r"\d[/.-]\d{4}$|\d:\d\d$")
_HALF_ENDS = re.compile(r"\d ?(?:SA|CH|AM|PM)$")
_A_DATE = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{1,2}:\d\d\b")


def are_two(before: str, after: str) -> bool:
    """Whether two text nodes without a blank between them are two words: a name and a label, a count and a date.

    Word splits words anywhere, but never before a capital; and a day, not a count, may lose its first digit to a span.
    """
    last, first = before[-1], after[0]
    if first.isupper():
        return last.islower() or (last.isdigit() and _WHOLE_DATE.search(before) is not None)
    if not first.isdigit() or not last.isalnum():
        return False
    if last.isdigit() and _WHOLE_DATE.search(before):
        return True
    return (last.isalpha() or before[-3:].isdigit()) and len(before) > 2 and _A_DATE.match(after) is not None


def run_together(before: str, after: str, *, two: bool) -> bool:
    """Whether two neighbours would read as one word or number: <span>06/03/2026</span><span>14:05</span>.

    `two`: a marked element ends and another begins between them: <b class="name">Hồng Phúc</b><i class="view">Lượt xem
    """
    last, first = before[-1], after[0]
    if not (last.isalnum() and first.isalnum()):
        return False
    if last.isdigit() or first.isdigit():
        return True
    # <a>Lê Hoa</a><span>Đoàn xã</span>; of capitals "3:18 PM</span><span>Lượt xem"
    if first.isupper() and (last.islower() or _HALF_ENDS.search(before)):
        return True
    return two and first.isupper() and len(before) > 1 and after[1:2].islower()
