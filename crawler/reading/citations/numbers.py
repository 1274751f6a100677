"""Reading a document's number as printed: digits and letter, year, and the symbol's groups with their separators."""

from __future__ import annotations

import re
from typing import NamedTuple

from archive.vietnam.documents import DocumentNumber, issuer_of, read_number, type_of
from crawler.reading.citations.lexicon import ABBREVIATED, any_of
from crawler.reading.citations.views import CAPITALS, View


class Printed(NamedTuple):
    """A number as printed from its first digit on."""

    end: int
    printed: str
    number: DocumentNumber | None
    year: int | None = None
    ocr: bool = False


def may_have_symbol(view: View, at: int) -> bool:
    """Whether a symbol may follow the digits that end at `at`: the cheap test that most numbers of prose fail."""
    return _SYMBOL_AHEAD.match(view.shape, at) is not None


def printed_at(view: View, at: int) -> Printed | None:
    """The number whose first digit is at `at`, with its year and symbol; None where it is no document's."""
    match = _NUMBER.match(view.shape, at)
    if match is None:
        return None
    printed, end = match[0], match.end()
    if view.shape[end : end + 1].isdigit() or (match["thousands"] and not _PART.match(view.shape, end)):
        return None
    year_match = _YEAR.match(view.shape, end)
    year, symbol_at = (int(year_match[1]), year_match.end()) if year_match else (None, end)
    groups, marks, symbol_end = _symbol(view.shape, symbol_at)
    term = year_match and _YEAR_LIKE.fullmatch(printed) and not (groups and "/" in year_match[0])
    if term or (year_match and not groups and "/" not in year_match[0]):
        return None  # 2020-2025, 12-2020
    if not groups:
        stands_alone = not _CHAIN.match(view.shape, symbol_at) or LIST_RUN.match(view.shape, symbol_at)
        return Printed(symbol_at, printed, None, year) if stands_alone else None
    repaired = printed.translate(_OCR) if _SMUDGED.search(printed) else printed
    number = read_number(repaired.replace(".", ""), year, groups, marks)
    return Printed(symbol_end, printed, number, year, ocr=repaired != printed)


def _symbol(shape: str, at: int) -> tuple[list[str], list[str], int]:
    """The letter groups after a number, the mark before each, and where the last ends."""
    groups: list[str] = []
    marks: list[str] = []
    end = at
    if glued := _GLUED.match(shape, at):
        groups, marks, end = [glued["type"]], [""], glued.end("type")
    while len(groups) < 7 and (match := _PART.match(shape, end)):
        left, mark, right, group = match.groups()
        if (left or right or mark == ".") and _ends(shape, groups, match):
            break
        groups.append(group)
        marks.append(mark)
        end = match.end()
    if not groups and (match := _LOWER.match(shape, at)):
        parts = re.split(r"[/\-_]", match[0].lstrip("/-_ "))
        office = issuer_of(parts[0])
        if (type_of(parts[0]) and issuer_of(parts[1])) or (office and office.code in ("ubnd", "ttg", "hdnd")):
            return parts, re.findall(r"[/\-_]", match[0]), match.end()
    return groups, marks, end


def _ends(shape: str, groups: list[str], part: re.Match[str]) -> bool:
    """Whether a symbol is complete before a part that blanks or a full stop set off: a next office, a next sentence."""
    left, mark, right, group = part.groups()
    spaced = bool(left) + bool(right)
    body_read = len(groups) >= (2 if groups and type_of(groups[0]) else 1)
    unit = not spaced and _CODE.fullmatch(group) and not _is_office(group)
    if mark == "." and (spaced or (body_read and not unit)):
        return True
    joint = groups and groups[0].upper().endswith(("LT", "PH", "LN"))
    if body_read and spaced and mark != "/" and not joint and _is_office(group):
        return True
    return body_read and spaced == 2 and not _UNIT.match(shape, part.start())


def _is_office(group: str) -> bool:
    """Whether a group names another office; "VP" of "2917/SGDĐT - VP" is the office's own."""
    return len(group) > 2 and issuer_of(group) is not None


_SMUDGED = re.compile(r"\d[OolI]|[OolI]\d")
_OCR = str.maketrans("OolI", "0011")
_NUMBER = re.compile(
    r"(?:(?P<thousands>\d{1,2}\.\d{3})(?!\d)|[OlI]?\d(?:\d|[OolI](?=[\dOolI]*\d|[/\-]))*+)"
    r"(?:[a-zđ](?![^\W\d_])|[A-EĐ](?= ?/ ?[A-ZĐ\d]))?"
)
_YEAR = re.compile(r" {0,2}[/\-_.] {0,2}((?:19|20)\d\d)(?!\d)")
_GROUP = r"[A-ZĐƯ](?:[A-ZĐƯ\d&]|[a-zđ]{1,2}(?![^\W\d_A-ZĐƯ])){0,19}"
_GLUE = r"(?:(?![^\W\d_])|(?=(?:của|ngày|về|do|và|năm)(?!\w)))"
_PART = re.compile(rf"(?P<left> {{0,2}})(?P<mark>[/\-._])(?P<right> {{0,2}})(?P<group>{_GROUP}){_GLUE}")
# "1287/UBND - NC": blanks on both sides of a dash, believed before a short unit in a text that is not all capitals.
_UNIT = re.compile(
    rf" {{0,2}}- {{0,2}}(?:[A-ZĐ][A-ZĐ&]{{1,7}}|[A-ZĐ])(?![\w\-/.&]*[^\W_])(?! ?[{CAPITALS}]{{2}})(?! ?\d)"
)
_CODE = re.compile(r"(?!T[PXT]$)[A-ZĐ]{2,6}")  # the unit of "1234/UBND.KT", but not a town after a full stop
_LOWER = re.compile(r" ?[/\-_] ?[a-zđ]{2,8}(?:[/\-_][a-zđư0-9&]{2,14}){1,3}(?![^\W_])")
_GLUED = re.compile(rf" ?(?P<type>{any_of([each for each in ABBREVIATED if len(each) > 1])})(?= ?[/\-] ?[A-ZĐ]{{2}})")
# What must follow a number for a symbol to follow it: the cheap test that most numbers of prose fail.
_SYMBOL_AHEAD = re.compile(
    r"[\dOolI.]{0,4}[a-zđA-EĐ]? {0,2}[/\-._] {0,2}(?:[A-Za-zĐđ]|(?:19|20)\d\d(?!\d))| ?[A-ZĐ]{1,5} ?[/\-] ?[A-ZĐ]"
)
# "số 101, 102 và 103/QĐ-UBND": numbers that wait for the symbol of the last.
LIST_RUN = re.compile(r"(?: ?(?:,|và) ?\d{1,5}){1,12} ?[/\-] ?[A-ZĐ]")
_YEAR_LIKE = re.compile(r"(?:19|20)\d\d")
_CHAIN = re.compile(r"[.\-/:]\d|[/%]|-?[^\W\d_]|-$|,\d")
