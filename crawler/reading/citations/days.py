"""Days as news prints them beside a number: 23/9/2019, 09-6-2015, 9.10.2019, 05 tháng 3 năm 2020, 17/4."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from crawler.reading.citations.views import View

_DIGITS = r"(?P<d>\d{1,2}) ?[/\-.] ?(?P<m>\d{1,2})(?: ?[/\-.] ?(?P<y>\d{4}|\d{2})(?!\d))?(?! ?[/\-.]? ?\d)(?!%)"
_WORDS = r"(?P<dw>\d{1,2}) ?thang (?P<mw>\d{1,2})(?!\d)(?:[ ,]{1,2}nam (?P<yw>\d{4})(?!\d)| ?/ ?(?P<yz>\d{4})(?!\d))?"
DAY = rf"(?:{_DIGITS}|{_WORDS})"
_SIGNED = (
    r"(?:(?:vua |da |cung |deu )?(?:duoc )?"
    r"(?:(?:phe duyet|ky|ban hanh|phat hanh|thong qua|lap|de|ra|ky ban hanh) )?(?:vao |trong )?ngay |ky |ngay)"
)
# "Từ ngày", "đến hết ngày", "trong 2 ngày" name spans of time, not the day of an act.
_BEFORE = re.compile(
    r"(?<!\w)(?P<lead>(?:tu|den|het|truoc|sau|ke tu|khoang|toi)(?: cac)? |trong (?:ca )?\d+ )?"
    r"(?:ngay|sang|trua|chieu|toi|dem|hom nay|hom qua|vua qua)(?:,? ?(?:ngay|nay|qua|hom nay|hom qua|mai))?,? "
    rf"\(?(?:ngay )?(?:thu \w+,? )?\(?{DAY}\)?"
)
# "… lên tỉnh; đến ngày 22/6/2012, UBND tỉnh ban hành": what a clause opens with is a moment.
_CLAUSE_OPENS = re.compile(r"(?:^|[;.\n])\s?$")


class Day(NamedTuple):
    """A day in the text: where it stands and what it is; `year` None means that only day and month are printed."""

    start: int
    end: int
    day: int
    month: int
    year: int | None

    def on(self, posted_on: date | None, year: int | None = None) -> date | None:
        """The date; a year not printed is `year`, else the latest such day not after the posting date."""
        stated = self.year or year
        if stated:
            return _date(stated, self.month, self.day)
        if posted_on is None:
            return None
        years = (posted_on.year - back for back in range(5))
        found = (_date(each, self.month, self.day) for each in years)
        return next((each for each in found if each and each <= posted_on), None)


def day_of(match: re.Match[str]) -> Day | None:
    """The day that a match of a pattern with DAY holds; None where no calendar has it."""
    day, month, year = match.group("d", "m", "y")
    if day is None:
        day, month, year = match["dw"], match["mw"], match["yw"] or match["yz"]
    full = None if not year else int(year) if len(year) == 4 else 2000 + int(year)
    if full is not None and not 1945 <= full <= 2100:
        return None
    if not _date(full or 2000, int(month), int(day)):
        return None
    return Day(match.start(), match.end(), int(day), int(month), full)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


# Telegrams print their hour: "hồi 10h ngày 3/10/2020".
_HOUR = r"(?:(?:hoi|luc|vao luc) \d{1,2} ?(?:h|g|gio)(?: ?\d{1,2})?(?: ?phut)?,? )?"
_AFTER_WORDED = re.compile(rf"(?P<open>\)? {{0,2}}[,(]? {{0,2}}){_HOUR}{_SIGNED} {{0,2}}{DAY}")
_AFTER_BARE = re.compile(rf"(?P<open> {{0,2}}[,(] {{0,2}}| ){_DIGITS}")


def day_after(view: View, at: int) -> Day | None:
    """The day printed directly after `at`: "ngày 23/9/2019", ", ký ngày …", "(17/4/2020)"."""
    match = _AFTER_WORDED.match(view.low, at)
    if match and (day := day_of(match)):
        return day
    match = _AFTER_BARE.match(view.low, at)
    if match and match["y"] and len(match["y"]) == 4:
        return day_of(match)
    return None


def days_before(view: View, start: int, end: int) -> list[Day]:
    """The days named between `start` and `end` as the time of an act: "Ngày 25-5", "Chiều 9/10"; not spans of time."""
    found = []
    for match in _BEFORE.finditer(view.low, start, end):
        if not (match["lead"] and _spans(view, match)) and (day := day_of(match)):
            found.append(day)
    return found


def _spans(view: View, match: re.Match[str]) -> bool:
    """Whether the words before a day make it the end of a span of time: "đến ngày", but not as a clause opens."""
    at = match.start("lead")
    if view.text[at:].lower().startswith("tối"):  # folding makes "tới ngày" and "tối ngày" one
        return False
    opens = match["lead"] == "den " and _CLAUSE_OPENS.search(view.low, max(0, at - 3), at) is not None
    return not opens
