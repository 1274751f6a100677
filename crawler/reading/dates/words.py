"""Cuts a line into the words that dates are made of: days, clocks, weekdays, labels, zones, counts of readers.

Every word has a kind, one letter, so that the grammar in `dates` can be a pattern over the string of kinds:

    D day      T clock         t clock with a dot   Z zone            W weekday
    H today    R time ago      L label              e bound (từ, đến) r dash, comma, "và"
    N tail     c document number   n other number   f figure         x other word      X lunar calendar
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from archive.vietnam.text import fold
from crawler.reading.dates.labels import LABELS, any_of
from crawler.reading.dates.names import MONTH_OF, WEEKDAYS, ZONES

_COUNTED = ("mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin", "muoi")
COUNT_OF = {word: place for place, word in enumerate(_COUNTED, start=1)}

_COUNTS = (
    "so luot xem", "luot xem", "luot doc", "luot truy cap", "so lan xem", "so lan doc", "lan xem", "lan doc", "da xem",
    "view count", "views", "view", "hits", "binh luan", "phan hoi", "comments", "comment", "luot thich", "luot tai",
    "luot nghe", "doc", "xem",
)  # fmt: skip
_PAGE_TOOLS = (
    "in trang nay", "in trang", "ban in", "in bai viet", "in bai", "in", "print", "gui email", "gui mail", "email",
    "chia se facebook", "chia se zalo", "chia se", "facebook", "twitter", "zalo", "co chu", "mac dinh",
    "nghe doc bai viet", "nghe bai viet", "indochina time", "gio viet nam", "gio ha noi",
)  # fmt: skip
_CREDITS = (
    "tac gia", "nguoi dang", "dang boi", "nguoi viet", "nguoi gui", "nguon tin", "nguon", "bien tap", "chuyen muc",
    "danh muc", "the loai", "posted by", "author", "source", "category",
)  # fmt: skip


_A_LABEL = "|".join(LABELS.values())
_A_COUNT = any_of(_COUNTS)
_A_MONTH = r"(?P<month>\d{1,2}|" + any_of(MONTH_OF) + ")"
_A_MONTH_NAME = f"(?P<month>{any_of(MONTH_OF)})"
# WordPress prints the day of publishing and that of the update without a blank between them: 19. Juni 201620. Juni 2016
_A_TWIN = rf"(?=\d{{1,2}}(?:[-/.]\d{{1,2}}[-/.]\d{{4}}(?!\d)|(?:st|nd|rd|th|\.)? *{any_of(MONTH_OF)}))"
_A_YEAR = rf"(?P<year>\d{{4}})(?:(?!\d)|{_A_TWIN})"
_A_ZONE = rf"(?P<named>{'|'.join(sorted(ZONES, key=len, reverse=True))})(?![a-z])"
_AN_AGE = (
    r"(?P<unit>(?:giay|phut|gio|tieng|h|ngay|tuan|thang|nam|(?:second|minute|min|hour|day|week|month|year)s?)(?![a-z]))"
    r"(?: +\d{1,2} +(?:phut|giay))?"
)
_HALF = r"(?: *(?P<half>[ap]\.?m\.?|ch|sa|sang|trua|chieu|toi|ص|م)(?![a-z]))?"
_OFFSET = (
    r"(?: *(?P<offset>\+\d{2}:?\d{2}(?!\d)|(?<=:\d{2} )-\d{4}(?!\d)"
    r"|(?:(?<=:\d{2}:\d{2})|(?<=:\d{2}:\d{2} ))-\d{2}:?\d{2}(?![\d:/])|z(?![a-z])))?"
)
# A year may be glued to a clock (10/10/201920:21); where a number or a file name goes on, it is no year.
_YEAR_ENDS = (
    rf"(?:(?=\d{{2}}:\d{{2}})|{_A_TWIN}|(?!\d)(?!:\d\d))"
    r"(?! */(?! +[a-z0-9]))(?!\.[a-z0-9])(?!-\d{3})"
)
# Two elements side by side have no blank between them: <span>15h45</span><span>22/01/2023</span>
_A_DAY_FOLLOWS = r"(?=\d{2}[-/.]\d{2}[-/.]\d{4}(?!\d))"
# "20h 10/10/2019" is eight in the evening, not ten past: what begins a day is no minute.
_MINUTE = (
    rf"(?P<minute>\d{{1,2}})(?:(?!\d)|{_A_DAY_FOLLOWS})"
    r"(?! *(?P<cut>[-/.]) *\d{1,2} *(?P=cut) *\d{4})(?! *thang)"
)

# Tried in this order on the levelled text, by the character a word begins with: name, kind, pattern.
_AT_DIGIT = (
    # a recording's length, or where its player stands: 00:00 / 03:25
    ("duration", "N", r"\d{1,3}:\d{2}(?::\d{2})? *(?:(?:phut|giay|min(?:utes?)?)(?![a-z])"
                      r"|/ *\d{1,3}:\d{2}(?::\d{2})?(?![\d/:]))"),
    ("numeric", "D", r"(?P<day>\d{1,2}) *(?P<mark>[-/.]) *(?P<month>\d{1,2}) *(?P=mark) *(?P<year>\d{4}|\d{2})"
                     + _YEAR_ENDS),
    ("chinese", "T", r"(?P<hour>\d{1,2}) *[时時点點시] *(?P<minute>\d{1,2}) *[分분](?: *(?P<second>\d{1,2}) *秒)?"),
    ("clock", "T", r"(?P<hour>\d{1,2}) *: *(?P<minute>\d{2}|\d(?! *[:.,\d]))(?: *: *(?P<second>\d{2})(?:[.,]\d+)?)?"
                   rf"(?:(?!:?\d)|{_A_DAY_FOLLOWS})" + _HALF + _OFFSET),
    ("year_first", "D", r"(?P<year>\d{4}) *(?P<mark>[-/.]) *(?P<month>\d{1,2}) *(?P=mark) *(?P<day>\d{1,2})(?![\d/])"),
    ("ago", "R", r"(?P<count>\d{1,3}) *" + _AN_AGE + " +(?:truoc|ago)(?![a-z])"),
    ("words", "D", rf"(?P<day>\d{{1,2}})[ ,/.-]*(?:thang|thg|th(?=\d))[ .]*{_A_MONTH}"
                   rf"(?:[ ,/.-]+|(?<=[a-z ]\d\d)(?=\d{{4}}))(?:nam *)?{_A_YEAR}"),
    ("month_name", "D", rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|\.)?[ -]*(?:de +)?{_A_MONTH_NAME}[ .,-]+(?:de +)?"
                        + _A_YEAR),
    ("chinese", "D", r"(?P<year>\d{4}) *[年년] *(?P<month>\d{1,2}) *[月월] *(?P<day>\d{1,2}) *[日일]"),
    ("count", "N", rf"\d[\d.,]* *{_A_COUNT}"),
    # 20h:21 is how a form joins what two fields hold
    ("spoken", "T", rf"(?P<hour>\d{{1,2}}) *(?:gio|h|g)(?![a-z])(?:(?: *|:(?=\d\d)){_MINUTE} *(?:phut|ph|p|m|')?"
                    r"(?:(?![a-z])|(?=ngay +\d))"
                    rf"(?: *(?P<second>\d{{1,2}}) *(?:giay|s)(?![a-z]))?)?{_HALF}"),
    ("document", "c", r"\d+[a-z]? */ *(?:\d{4} */ *)?[a-z][a-z0-9/-]*"),
    # 08.21, and 9:5 where nobody padded it
    ("dotted", "t", r"(?P<hour>\d{1,2})(?:\.(?=\d{2})|:(?=\d(?!\d)))(?P<minute>\d{1,2})(?![\d.,:/-])"),
    # a count of readers is no day: "5680 - 03/07/2024", as "23-25/7/2025" is a range
    ("figure", "f", r"\d{3,}(?![/.,:-]*\d)"),
    ("number", "n", r"\d+(?:[/.,:-]+\d+)*"),
)  # fmt: skip
_AT_LETTER = (
    ("duration", "N", r"(?:thoi luong|do dai|duration|length) *:? *\d{1,3}:\d{2}(?::\d{2})?"),
    *((label, "L", pattern) for label, pattern in LABELS.items()),
    ("weekday", "W", r"thu *(?:hai|ba|tu|nam|sau|bay|[2-7])(?![a-z0-9])|chu +nhat|cn(?![a-z])|th\.? ?[2-7](?= *[,-])"
                     r"|t\.?[2-7](?![\d:/])"
                     r"|(?:mon|tues?|wed(?:nes)?|thurs|fri|sat(?:ur)?|sun)(?:day)?(?![a-z])"
                     # Thư is a name: "Anh Thư - 18/05/2021"
                     r"|thu(?=,? +(?:\d{1,2} +[a-z]{3}|[a-z]{3,9}\.? +\d))"
                     rf"|{any_of(WEEKDAYS)}"),
    ("lunar", "X", r"am +lich|(?:mung|mong) +\d{1,2}|(?:ngay +)?ram +thang|thang +chap|nham +ngay"),
    ("ago", "R", rf"(?:cach +day +)?(?P<count>\d{{1,3}}|{any_of(COUNT_OF)}) +{_AN_AGE} +(?:truoc|ago)(?![a-z])"),
    ("ago", "R", rf"cach +day +(?P<count>\d{{1,3}}) +{_AN_AGE}"),
    ("now", "R", r"(?:vua +(?:xong|dang|moi)|moi +day|just +now)(?![a-z])"),
    ("near", "H", r"(?:hom +(?P<near>nay|qua|kia)|today|(?P<yesterday>yesterday))(?![a-z])"),
    # WordPress in Vietnamese keeps the English order, "F j, Y"
    ("words", "D", rf"(?:thang|thg|th(?=\d)) *{_A_MONTH} +(?P<day>\d{{1,2}}) *, *{_A_YEAR}"),
    # what Java and C write of a time: Mon Oct 11 14:57:21 CEST 2021
    ("month_name", "D", rf"{_A_MONTH_NAME} +(?P<day>\d{{1,2}}) +(?P<hour>\d\d):(?P<minute>\d\d):(?P<second>\d\d)(?: +"
                        rf"(?:{_A_ZONE}|(?P<offset>(?:gmt|utc)(?:[+-]\d\d:?\d\d)?|z)|(?P<local>ict)))? +"
                        r"(?P<year>\d{4})(?!\d)"),
    ("month_name", "D", rf"{_A_MONTH_NAME}\.? +(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? +{_A_YEAR}"),
    ("clock", "T", r"t(?P<hour>\d{2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?"
                   r" *(?P<offset>z|[-+]\d{2}(?::?\d{2})?)?(?!\d)"),
    ("zone", "Z", r"(?:gmt|utc)(?: *(?P<offset>[-+] *\d{1,2}(?::?\d{2})?)(?!\d))?(?![a-z])|(?P<local>ict)(?![a-z])"
                  rf"|(?:(?<=[\dm.] )|(?<=\()){_A_ZONE}"),
    ("credit", "N", rf"{any_of(_CREDITS)} *:[^\d|]*?(?=$|[\d|]| - | +(?:{_A_LABEL})| +(?:ngay|luc|thu)(?![a-z]))"),
    ("count", "N", rf"{_A_COUNT}(?: *[:(\[]? *\d[\d.,]*(?![\d/:h-]))?"),
    ("tool", "N", rf"{any_of(_PAGE_TOOLS)}|a[-+](?![a-z])"),
    ("bound", "e", r"(?:ke +tu|tinh +den|cho +den|den|tu|truoc|sau|toi)(?: +het)?(?: +luc)?(?: +ngay)?(?= *(?:\d|$))"),
    ("and", "r", r"va(?![a-z])"),
    ("joint", "", r"(?:ngay|luc|vao|at|on|of|uhr|gio +dang)(?![a-z])|gio(?= *: *\d)"
                  r"|(?:(?:hoi|gio|um|om|kl|klo|a las|alle|alle ore|ore|pukul|saat|godz)\.?|(?<=\d )as?)(?= +\d)"),
    ("other", "x", r"[a-z]+|(?s:.)"),
)  # fmt: skip
_AT_SIGN = (
    ("joint", "", r"[ |•·:;،()\[\]{}<>«»“”‘’\"'*_#/\\.@]+"),
    ("dash", "r", r"[-,~&]"),
    ("other", "x", r"(?s:.)"),
)


_Rule = tuple[str, str, re.Pattern[str]]


def _compiled(table: tuple[tuple[str, str, str], ...]) -> list[_Rule]:
    return [(name, kind, re.compile(pattern, re.ASCII)) for name, kind, pattern in table]


_DIGIT, _LETTER, _SIGN = _compiled(_AT_DIGIT), _compiled(_AT_LETTER), _compiled(_AT_SIGN)
_OTHER = _LETTER[-1][-1]
# "từ 12/10", not "Cơ Tu 12/10" or "Đầu tư 12/10": folded they are one; a line without any mark is given the doubt.
_BOUND = re.compile(r"kể +từ|tính +đến|cho +đến|đến|từ|trước|sau|tới", re.IGNORECASE)
_CUT_WEEKDAYS = frozenset(("mon", "tue", "wed", "fri", "sat", "sun"))  # "Cảnh sát 12/10/2026" names no Saturday
# "8:21 tối 12/10", not "8:21 tới 12/10"; without marks only where nothing follows that a bound could lead to
_EVENING = re.compile(r"tối|toi(?= *(?:$|[,|)]))", re.IGNORECASE)
_LONGEST_SPELLED = 5  # letters of a word that is never two written as one
_CLASS = re.compile(r"\[(?:\\.|[^\]\\])*\]|\\.|\?P<\w+>")


def _openings(pattern: str) -> Iterator[str]:
    """The words with which a match may begin, and some more: all but those that stand behind a blank."""
    inside = [False]  # of each group that is open, whether it stands behind a blank
    for blank, part in re.findall("( [+*?]?)?([()]|[a-z]+)", _CLASS.sub("|", pattern)):
        if part == "(":
            inside.append(bool(blank) or inside[-1])
        elif part == ")":
            inside.pop()
        elif not blank and not inside[-1]:
            yield part


def _by_opening() -> dict[str, list[_Rule]]:
    """The rules of letters that may match where a word begins, by that word, and the last, which matches all."""
    found: dict[str, list[_Rule]] = {}
    for rule in _LETTER[:-1]:
        pattern = rule[2].pattern
        for word in {*_openings(pattern), *_openings(re.sub("[a-z][?]", "|", pattern))}:  # "date" of "dated?"
            found.setdefault(word, []).append(rule)
    return {word: [*rules, _LETTER[-1]] for word, rules in found.items()}


# Most words of a page are in no table, and few of those that are begin more than two of its patterns.
_BEGUN_BY = _by_opening()


class Word(NamedTuple):
    """A piece of the line: its kind, the rule that recognised it, and the match, whose span is the line's."""

    kind: str
    name: str
    match: re.Match[str]


@lru_cache(maxsize=64)  # several rules ask of one line
def read_words(line: str) -> tuple[Word, ...]:
    """The words of an NFC line, joints left out; spans are code points of `line`. Never raises."""
    level = line.translate(_LEVEL)
    words, place = list[Word](), 0
    while place < len(level):
        char = level[place]
        if char in "0123456789":
            rules = _DIGIT
        elif char.isalpha():
            other = _OTHER.match(level, place)
            rules = _rules_of(other[0]) if other is not None else _LETTER
            if other is not None and not rules:  # as of most words
                words.append(Word("x", "other", other))
                place = other.end()
                continue
        else:
            rules = _SIGN
        for name, kind, pattern in rules:
            if match := pattern.match(level, place):
                if name == "bound" and not (_BOUND.match(line, place) or line.isascii()):
                    continue
                if kind == "W" and match[0] in _CUT_WEEKDAYS and not line[place : match.end()].isascii():
                    continue
                if kind == "T" and not _says_half(match, line):
                    match = pattern.match(level, place, match.start("half")) or match
                if kind:
                    words.append(Word(kind, name, match))
                place = match.end()
                break
    return tuple(words)


def _rules_of(word: str) -> list[_Rule]:
    """The rules of letters that may match where a word begins; none for a word in no table."""
    if len(word) > _LONGEST_SPELLED or not word.isascii():
        return _LETTER
    return _BEGUN_BY.get(word, [])


def _says_half(clock: re.Match[str], line: str) -> bool:
    """Whether what was folded to "toi" behind a clock is the evening, and no "tới" (until)."""
    return clock.groupdict().get("half") != "toi" or _EVENING.match(line, clock.start("half")) is not None


# Copyrights, degrees, numbers of documents; behind a player's sign a clock is a length.
_TELLING_SIGNS = "©®°№⏱⏲▶►🎧🎬🎥🎞📹📺🔊"


class _Levelling(dict[int, str]):
    """Folds, and gives every blank, dash and full-width sign its ASCII form; one code point out for each one in."""

    def __missing__(self, code: int) -> str:
        char = unicodedata.normalize("NFKC", chr(code))
        char = fold(char) if len(char) == 1 else chr(code)
        category = unicodedata.category(char)
        if category in ("Zs", "Zl", "Zp", "Cc", "Cf"):
            char = " "
        elif category == "Nd":
            char = str(unicodedata.digit(char))  # ១២/១០/២០២៦ on the Khmer pages of Mekong portals
        elif category == "Pd" or char == "−":
            char = "-"
        elif char in "⁄∕":
            char = "/"
        elif (category in ("So", "Co") and char not in _TELLING_SIGNS) or char in "\ufe0e\ufe0f":
            char = " "  # 📅 12/10/2026 🕑 08:21, and the private letters of icon fonts
        self[code] = char
        return char


_LEVEL = _Levelling()
