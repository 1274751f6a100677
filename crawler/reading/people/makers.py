"""Who made an article, read from what one label of a byline names: people, organisations, and the units behind them."""

from __future__ import annotations

import re
from typing import Literal

from archive.schema import Author
from archive.vietnam.text import fold
from crawler.reading.people import names as names
from crawler.reading.values import (
    DOTS,
    WRAPPING,
    source_name,
    without_brackets,
    without_contact,
    without_day,
    without_number,
)

Role = Literal["writer", "photographer", "compiler", "editor"]

_COMPILED = re.compile(
    r"(?:^|[ (–-])(?:tong hop(?: va bien soan)?|t/h|bien soan|suu tam|luoc ghi|bien dich|luoc dich|dich|st)\)?$"
)
_SEPARATOR = re.compile(rf"\s*(?:[–—/;,&+_{DOTS}]|\s-+|-+\s|\s(?:và|VÀ|Và|and|und|et)\s)(?:\s*(?:và|and)\s)?\s*")
# "Minh Đức - Thu Hà thực hiện", "Minh Đức ghi"
_MADE = re.compile(r"(?<=\w)(?<!\bban)(?<!\bBan)[ (–-]+(?:thực hiện|biên tập|ghi(?: chép)?)\)?$")
# "Minh Đức – Theo Báo Nhân Dân"
_TAKEN_FROM = re.compile(
    r"(?<=\w)(?:\s*[-–—/|,]\s*theo|\s*[ (–-](?P<compiled>tong hop|luoc dich|dich) (?:tu|theo))\s*:?\s+"
)
_TAKEN_IN_BRACKETS = re.compile(r"(?:(?:tong hop|t/h|dich) )?(?:theo|tu|nguon)\s*:?\s*")
# Without blanks a hyphen joins as well as it separates: Y-Thắng, but THANH HÀ-LÊ HOA.
_TIGHT_HYPHEN = re.compile(r"(?<=[^\W\d_]{2})-(?=[^\W\d_]{2})")
# "CTV xã Đăk Hà: Lê Hoa"
_UNIT_BEFORE = re.compile(r"(?:ctv|pv|cộng tác viên|phóng viên) [^:]{2,40}:\s*(?=\S)")
_UNIT_BETWEEN = re.compile(r"\s*\([^()]*\)(?=\s*[-–—|/;,&+]|\s+và\s)")
_MEDIUM_BESIDE = re.compile(r"\s+[-–—]+\s+|\s*[/(|,]\s*")
_SIGNATURE = re.compile(
    r"da ky|(?:^|\W)(?:kt|tm|tl|tuq)\.|chu tich|giam doc|bi thu|chanh van phong|truong (?:phong|ban)|noi nhan"
    r"|^het\.?$"
)
_OFFICE_BEHIND = re.compile(r"\s+[-–—(]\s*")
_UNIT_FIRST = re.compile(r"\s*(?:[/–—]|-\s)")
# Who is named so is written of, and does not write.
_SPOKEN_OF = re.compile(
    r"(?:đồng chí|đ/c|ông(?! thị )|bà|(?:kính )?(?:tặng|gửi|viếng))\s|(?:ban tổ chức|hội đồng thi|ban giám khảo)$"
)
_ADDRESSED = re.compile(r"(?:em|chị|anh|cô|thầy|bác|cháu) (?=\S+ \S)")
_BORN = re.compile(r"sinh nam|sn\b|\d")


def people_and_medium(value: str, role: Role = "writer") -> tuple[list[Author], str]:
    """Who wrote and what for, in "Đoàn Dũng - Báo Đắk Nông" or "chinhphu.vn - Minh Đức"; else nobody and the value."""
    for between in _MEDIUM_BESIDE.finditer(value):
        before, behind = value[: between.start()].strip(WRAPPING), value[between.end() :].strip(WRAPPING + "()")
        for people, medium in ((before, behind), (behind, before)):
            if people and names.is_medium(without_day(medium)) and are_people(people):
                return [Author(each, "person", role) for each in _parts(people)], without_day(medium)
    return [], value


def people_and_source(value: str) -> tuple[list[Author], str]:
    """The same behind a label of sources, where any name before the people is one: "Sở Y tế - Minh Đức"."""
    people, source = people_and_medium(value)
    before, dash, behind = value.replace(" – ", " - ").rpartition(" - ")
    if people or not dash or not are_people(behind) or are_people(before) or not names.reads_as_name(before):
        return people, source
    return [Author(each) for each in _parts(behind)], before


def are_people(value: str) -> bool:
    """Whether a value is made of names that can hardly be anything but people's."""
    parts = _parts(value)
    return bool(parts) and all(
        names.is_person(part, strict=True) and not names.is_place(part) and not names.is_medium(part) for part in parts
    )


def may_be_pen_names(value: str) -> bool:
    """Whether a value is made of names that no table need know, behind which units may stand."""
    if is_spoken_of(value) or any(map(str.isdigit, value)):
        return False
    parts = _parts(names.without_titles(without_brackets(value)[0]))
    who = [names.may_be_pen_name(part) or are_people(part) for part in parts]
    return any(who[:1]) and all(
        told or names.is_unit(part) or names.is_organisation(part) for told, part in zip(who, parts, strict=True)
    )


def are_nobody(value: str) -> bool:
    """Whether a value names accounts of the site or reporters without a name: "PV - CTV", "PV (tổng hợp)"."""
    before, inside = without_brackets(_MADE.sub("", value))
    if compiled := _COMPILED.search(fold(before)):
        before = before[: compiled.start()]
    parts = [*_parts(before), *([inside] if inside else [])]
    return names.is_login(before) or names.is_nobody(before) or all(map(names.is_nobody, parts))


def read_makers(value: str, role: Role, *, strict: bool) -> tuple[list[Author], str | None]:
    """The people or the organisation of one piece, and the agency where a person's unit is one."""
    value, inside = without_brackets(without_contact(value))
    role, source = _in_brackets(without_day(inside), role) if inside else (role, None)
    strict = strict and not (inside and _tells_a_deed(inside) and not _no_byline(value))
    value, role = _without_deed(value, role)
    if taken := _TAKEN_FROM.search(fold(value)):
        source = source or source_name(value[taken.end() :])
        role = "compiler" if taken["compiled"] and role == "writer" else role
        value = value[: taken.start()]
    if names.is_document(names.without_titles(without_day(value))):
        return [], source
    people, medium = people_and_medium(value, role)
    if people:
        return people, source or medium
    if names.is_medium(medium := without_day(value)):
        value = medium
        if strict:
            named = names.reads_as_name(value) and not names.is_common(value)
            return [], source_name(value) if named else None
    if (unit_before := _UNIT_BEFORE.match(value.lower())) and are_people(value[unit_before.end() :]):
        value = value[unit_before.end() :]
    if ":" in names.without_titles(value) or (strict and inside and _BORN.match(fold(inside))):
        return [], source
    if strict and value.endswith(".") and are_people(value[:-1]):
        value = value[:-1]
    if strict and _no_byline(value):
        return [], None
    value = value.strip(WRAPPING)
    value = value if names.is_initials(value) else value.rstrip(". ")
    authors, unit = _named(value, role, strict=strict)
    if unit and authors and names.is_medium(unit):
        source = source or unit
    return authors, source if authors or not strict else None


def _tells_a_deed(inside: str) -> bool:
    """Whether brackets behind a name say that its bearer made the article: "(thực hiện)", "(t/h)", "(CTV)"."""
    made = _MADE.search(f"a ({inside.lower()}") or _COMPILED.search(fold(inside))
    return made is not None or inside.lower() in ("ctv", "pv")


def _in_brackets(inside: str, role: Role) -> tuple[Role, str | None]:
    """What brackets behind a name say: that its bearer compiled ("tổng hợp"), and from what ("theo TTXVN")."""
    level = fold(inside)
    if role == "writer" and (_COMPILED.search(level) or level.startswith("tong hop")):
        role = "compiler"
    if taken := _TAKEN_IN_BRACKETS.match(level):
        return role, source_name(inside[taken.end() :])
    return role, inside if names.is_medium(inside) else None


def _without_deed(value: str, role: Role) -> tuple[str, Role]:
    """The value without what is said behind a name that its bearer did: "tổng hợp", "thực hiện"."""
    compiled = _COMPILED.search(fold(value)) if role == "writer" else None
    if compiled and not (names.is_organisation(value) and value[compiled.start() :].lstrip()[:1].isupper()):
        role, value = "compiler", value[: compiled.start()].strip(WRAPPING)
    made = _MADE.search(value.lower())
    return (value[: made.start()] if made else value), role


def _no_byline(value: str) -> bool:
    """Whether an unlabelled line is too long, too numeric, or a sentence or signature."""
    return (
        len(value) > 90
        or any(char.isdigit() for char in without_number(value))
        or (value.endswith((".", "!", "?", ":", ";", "…")) and not names.is_initials(value))
        or _is_signed(value)
        or is_spoken_of(value)
    )


def _is_signed(value: str) -> bool:
    """Whether a line tells an office, which stands over a signer's name; behind a name it is its bearer's."""
    name = _OFFICE_BEHIND.split(value, maxsplit=1)
    return _SIGNATURE.search(fold(value)) is not None and not (
        len(name) > 1 and are_people(names.without_titles(name[0]))
    )


def is_spoken_of(value: str) -> bool:
    """Whether somebody is named as people are who are written of: "Đồng chí Đặng Văn Minh"."""
    lower = value.lower()
    if (addressed := _ADDRESSED.match(lower)) is not None:  # "Chị Lê Hoa"; Anh Thư is a name
        return names.has_family_name(value[addressed.end() :])
    return _SPOKEN_OF.match(lower) is not None


def _named(value: str, role: Role, *, strict: bool) -> tuple[list[Author], str | None]:
    """The authors that a value without label and brackets names, and the unit behind them."""
    told = _UNIT_BETWEEN.sub("", value)
    value = names.without_titles(told)
    if value != told and value[:1].islower() and not names.is_medium(value):
        return [], None  # "Phóng viên ban Văn hóa, quê ở Mỹ Tho" says what somebody is
    parts = _parts(value)
    if len(parts) > 1:  # "Hồng Thái, Nguyễn Dương và nhóm PV"
        parts = [part for part in parts if not names.is_group(part)] or parts
    known = [part for part in parts[1:] if names.has_family_name(part) and names.is_person(part, strict=True)]
    if names.is_organisation(value) and not known:
        return _organisation(value, role, strict=strict), None
    if all(names.is_place(part) and (strict or not names.has_family_name(part)) for part in parts):
        return [], None
    if (
        known
        and len(known) == len(parts) - 1
        and names.is_organisation(parts[0])
        and _UNIT_FIRST.match(value[len(parts[0]) :])
    ):
        parts = known  # "Phòng Y tế - Lê Hoa"
    people: list[Author] = []
    for place, part in enumerate(parts):
        unit = value[value.find(part) :].strip(WRAPPING)
        if people and _is_unit(part, people):
            return people, unit if place == len(parts) - 1 or names.is_organisation(unit) else part
        author = _maker(part, role, strict=strict)
        if author is None and strict:
            return [], None
        if author is not None:
            people.append(author)
    return people, None


def _parts(value: str) -> list[str]:
    parts = [part.strip(WRAPPING) for part in _SEPARATOR.split(value)]
    for part in list(parts):
        halves = _TIGHT_HYPHEN.split(part)
        if len(halves) == 2 and " " in halves[0] and names.are_syllables(halves[0]) and _is_beside(*halves):
            place = parts.index(part)
            parts[place : place + 1] = halves
    return [part for part in parts if part]


def _is_beside(name: str, other: str) -> bool:
    """Whether what a hyphen without blanks joins to a name is a second one, or the unit of its bearer."""
    if " " in other and names.are_syllables(other):
        return True
    unit = names.is_organisation(other) or names.is_unit(other) or names.is_nobody(other)
    return unit and (names.is_person(name, strict=True) or names.may_be_pen_name(name))


def _is_unit(part: str, people: list[Author]) -> bool:
    """Whether a part behind people is their unit: an organisation, or capitals behind a name that is written out."""
    if names.is_organisation(part) or names.is_unit(part):
        return True
    written_out = people[-1].kind == "person" and not people[-1].name.isupper()
    return names.is_letters(part) and written_out


def _organisation(value: str, role: Role, *, strict: bool) -> list[Author]:
    # Letterheads and signatures are printed in capitals ("UBND TỈNH KON TUM"); bylines of offices are not.
    letterhead = value.isupper() and len(value.split()) > 1 and fold(value) != "ban bien tap"
    if names.is_nobody(value) or (strict and (letterhead or names.is_common(value))):
        return []
    return [Author(value, "organisation", role)]


def _maker(part: str, role: Role, *, strict: bool) -> Author | None:
    """The author that one part names."""
    name = names.without_titles(part)
    if names.is_nobody(name):
        return None
    if names.is_initials(name):
        return Author(name, "initials", role)
    if names.is_organisation(name):
        return Author(name, "organisation", role)
    if names.is_person(name, strict=strict) or names.is_shortened(name):
        return Author(name, "person" if " " in name or names.is_prefixed(name) else "pen_name", role)
    return None
