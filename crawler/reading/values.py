"""A field's value as printed, and what of it is no name: brackets, the day, a number, a telephone, "N/A"."""

from __future__ import annotations

import re

from archive.vietnam.text import fold
from crawler.reading.people import names as names

DOTS = "|•·∙‧●▪⋅◆♦"  # bars and dots that part the fields of a line
WRAPPING = f" \t\n-–—{DOTS}*_~©✍✎,;\"“”'‘’"
_BRACKETED = re.compile(r"\((?P<inside>[^()]*)\)\.?$|\[(?P<inside_>[^\[\]]*)\]\.?$")
# TTXVN/Vietnam+ 22/9; nhandan.vn (ngày 12/10/2022)
_DAY_BEHIND = re.compile(
    r"[\s,(–-]+(?:(?:số\s+(?:\d+,?\s+)?)?(?:ra\s+)?ngày\s+)?\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?\)?$"
)
# of a unit, a class at school, an office of the police, a doctor's degree
_NUMBER_OF_A_UNIT = re.compile(
    r"(?<= )([^\W\d_]+) (?:số )?\d{1,3}(?=\)?$)|\b(?:P[ACHKTVX]\d\d|(?:BS|DS)\.?\s?CK\d"
    r"|[Ll]ớp [A-ZĐ]{0,3}\d{1,3}(?:[A-ZĐ]\d?)?)\b"
)
_CONTACT_BEHIND = re.compile(
    r"(?<=\w)\s*[-–,;|(]\s*(?:(?:(?:s?đt|điện thoại|tel|mobile)\b\W*)?\(?[+0]\d[\d .()-]{7,14}"
    r"|(?:e-?mail\b\W*)?\S+@\S+)\)?$",
    re.IGNORECASE,
)
_UNSAID = re.compile(r"n/a|khac|tong hop|suu tam|khong(?: co| ro)?|chua (?:co|ro)|(?:dang |chua )?cap nhat")


def without_brackets(value: str) -> tuple[str, str | None]:
    """The value without a bracketed end, and what stood in it; a value that is all brackets loses only these."""
    if value.endswith(")") and value.count(")") == value.count("(") + 1:  # "(Bài và ảnh: Lê Hoa (CTV))"
        value = value[:-1]
    while value[:1] in "([" and value[-1:] in ")]" and value.count("(") + value.count("[") == 1:
        value = value[1:-1].strip()
    if (found := _BRACKETED.search(value)) and found.start():
        return value[: found.start()].strip(WRAPPING), (found["inside"] or found["inside_"] or "").strip()
    return value.strip(")]("), None


def without_contact(value: str) -> str:
    """The value without a telephone number or address of mail behind it: "Lê Hoa - ĐT: 0905123456"."""
    return _CONTACT_BEHIND.sub("", value)


def without_day(value: str) -> str:
    """The value without the day behind it."""
    return _DAY_BEHIND.sub("", value)


def without_number(value: str) -> str:
    """The value without the number of a unit: "Lê Hoa - Đồn Biên phòng 701", "Đội Quản lý thị trường số 2"."""
    return _NUMBER_OF_A_UNIT.sub(r"\1", value)


def is_unsaid(value: str) -> bool:
    """Whether a value is what a form prints where nothing was entered: "Đang cập nhật", "N/A"."""
    return _UNSAID.fullmatch(fold(value).strip(" .")) is not None


def source_name(value: str) -> str | None:
    """The source as named, its brackets and full stop taken off; a sentence is none."""
    name = without_day(value).strip(WRAPPING + "()[]")
    name = name if name.count(".") > 1 else name.rstrip(".")
    named = names.reads_as_name(name) or names.is_host(name)
    return name if 2 <= len(name) <= 100 and named and not is_unsaid(name) else None
