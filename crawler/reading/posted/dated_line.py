"""A line of a page that holds a date: what it is called, where it stands, and what else the line holds."""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.schema import VIETNAM
from crawler.reading.dates import FoundDate
from crawler.reading.dates.labels import Label
from crawler.reading.outline.blocks import Block, squeeze
from crawler.reading.people.makers import are_people
from crawler.reading.posted.place import Place, Spot
from crawler.reading.text.lines import says_tools

# Before the day in a line of fields: "Tác giả: Lê Hoa Ngày: 12/10/2026", "admin 12/10/2026 0 bình luận"
_FIELD_BEFORE = re.compile(
    r"\W*(?:tac gia|chuyen muc|danh muc|nguon(?: tin)?|tin(?: bai)?(?= ngay)|tin bai"
    r"|bai viet|nguoi dang|admin\w*|administrator|bbt|by|boi)\b"
)
_COUNTED = re.compile(r"\W*(?:\d[\d.,]* )?(?:luot(?! (?:online|truy cap))|lan|so luot|so lan|da|views?|hits)\b")
_TIME_FIELD = re.compile(r"\W*thoi gian\W*")
_WEEKDAY = re.compile(
    r"\bthu (?:hai|ba|tu|nam|sau|bay|[2-7])\b|\bt[2-7],|chu nhat|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day"
)
_ANNOUNCED = re.compile(r"(?:^|[|•] *)(?:ngay |thoi gian )?(?:cong bo|duyet)(?: luc| ngay)?\W*$")
_JOINTS = re.compile(r"\W*(?:(?:ngay|luc|vao|hoi)\b\W*)*")
_BY = re.compile(r"^\W*(?:bởi|by)\s|\W+(?:(?:lúc|ngày|vào|hồi)\W*)*$", re.IGNORECASE)
# "Tin trong tỉnh / Ban Biên tập / 12/10/2026 08:21 / 254 lượt đọc": the date is a whole part of the line.
_PART_ENDS = re.compile(r"(?:^|[|/•·»›–—-]|\s{2})\s*(?:(?:ngày|lúc|vào|date|time)\s*:?\s*)*$", re.IGNORECASE)
_PART_BEGINS = re.compile(r"[)\]]?\s*(?:uhr\b|\(?gmt ?\+7\)?)?\s*(?:$|[|/•·«–—-])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """A line that holds a date: `label` is what it is called, `spot` where the line stands to the article."""

    block: Block
    found: FoundDate
    label: Label | None
    spot: Spot
    place: Place

    @property
    def marked(self) -> bool:
        """Whether its class says that it holds a date."""
        return self.block.has("date")

    @property
    def is_first(self) -> bool:
        """Whether it follows the headline at once."""
        return self.place.headline is not None and self.block.order == self.place.headline.order + 1

    @property
    def clock(self) -> int:
        """What the printing of a clock adds."""
        return 5 if self.found.posted.precision != "day" else 0

    @property
    def rest(self) -> int:
        """How many characters the line holds beside the date."""
        return len(self.block.text) - (self.found.end - self.found.start)

    @property
    def named_weekday(self) -> bool:
        """Whether it names the weekday, as the page's own clock and a schedule do."""
        return names_weekday(self.block)

    @property
    def is_part(self) -> bool:
        """Whether the date fills a part of the line, between its ends, bars and dashes."""
        text, found = self.block.text, self.found
        begins = found.start <= 4 or _PART_ENDS.search(text[: found.start])
        end = found.start + len(found.text.rstrip(" -–—,"))
        return bool(begins and _PART_BEGINS.match(text[end:]))

    @property
    def is_signed(self) -> bool:
        """Whether only people stand beside the date: "Lê Hoa & Tường Vi (12/10/2026)", "12/10/2026 bởi Lê Hoa"."""
        before, behind = self.block.text[: self.found.start], self.block.text[self.found.end :]
        return are_people(_BY.sub("", before if before.strip() else behind).strip(" -–—|,:()[]"))

    @property
    def is_alone(self) -> bool:
        """Whether the line holds the date and hardly anything else but the words of tools and counters."""
        folded, found = self.block.folded, self.found
        beside = f"{folded[: found.start]} {folded[found.end :]}"
        return self.rest <= 6 or _JOINTS.fullmatch(beside) is not None or (self.rest <= 60 and says_tools(beside))

    @property
    def is_field(self) -> bool:
        """Whether the date is one of the line's fields: a part of it, or behind "Người đăng: Lê Hoa,"."""
        return self.is_part or _FIELD_BEFORE.match(self.block.folded[: self.found.start]) is not None

    @property
    def fills_element(self) -> bool:
        """Whether an element of the line holds the date and nothing else: <span>12/10/2026</span>."""
        wanted = self.found.text.strip(" ()[]-–|,")
        texts = (squeeze("".join(map(str, each.itertext()))) for each in self.block.box.node.iterdescendants())
        longest = len(wanted) + (7 if self.label is None else 30)
        return any(wanted in text and len(text) <= longest for text in texts if text)

    @property
    def is_counted(self) -> bool:
        """Whether the count of readers stands beside the date."""
        folded = self.block.folded
        return bool(_COUNTED.match(folded[self.found.end :]) or _COUNTED.match(folded[: self.found.start]))

    @property
    def is_read_at(self) -> bool:
        """Whether its "Thời gian:" stands beside a count of readers, which no event has."""
        if not _TIME_FIELD.fullmatch(self.block.folded[: self.found.start]):
            return False
        after = self.place.next_line(self.block)
        return self.is_counted or (after is not None and _COUNTED.match(after.folded) is not None)

    @property
    def is_announced(self) -> bool:
        """Whether "Ngày công bố" or "Ngày duyệt" names the hour, which is the page's: a document is of a day."""
        return self.clock > 0 and _ANNOUNCED.search(self.block.folded[: self.found.start]) is not None

    def may_be_clock(self, kept: int = 0) -> bool:
        """Whether it may be the page's own clock, of the fetch's day or kept for days; another one shows it is not.

        No clock stands in one line with a count of readers, or with who wrote something. The weekday of the
        fetch without an hour stays one beside another, for a page may have one for telephones and one for wide
        screens; not in an element with the headline's own words.
        """
        if self.is_counted or self.is_signed:
            return False
        today = self.place.fetched_at.astimezone(VIETNAM).date()
        headline = self.place.headline
        apart = headline is None or headline.box is not self.block.box
        if apart and self.named_weekday and not self.clock and self.found.posted.day == today:
            return True
        return (today - self.found.posted.day).days <= kept and not self.place.has_clock_before(self.block)


def names_weekday(block: Block) -> bool:
    """Whether a line names a day of the week."""
    return _WEEKDAY.search(block.folded) is not None
