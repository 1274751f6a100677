"""Where an authority sits, read from the words after its name: "tỉnh Kon Tum", "xã Đăk Pék, huyện Đăk Glei"."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from archive.vietnam.documents import TYPE_NAMES
from archive.vietnam.provinces import PROVINCES
from archive.vietnam.text import fold
from crawler.reading.citations.lexicon import any_of, folded, words
from crawler.reading.citations.views import CAPITALS, View

Level = Literal["central", "province", "district", "commune"]
Kind = Literal["province", "city", "district", "commune"]


class Seat(NamedTuple):
    """The level and place that words name, and where they end.

    `unit` is "d.<district>" or "x.<commune>", `province` a slug without a year. `city` is True where the words say only
    "thành phố", or name one that became a provincial city late: the day and the portal tell its level.
    """

    end: int
    level: Level | None = None
    unit: str | None = None
    province: str | None = None
    city: bool = False


def seat_at(view: View, at: int, office: int | None = None) -> Seat:
    """The seat that begins at `at`; an empty one, ending there, where the words name none.

    `office` is where the office's own words begin: after a role there ("Chủ tịch UBND huyện") a person may be named.
    """
    seat = Seat(at)
    for _ in range(4):
        following = _step(view, seat, office)
        if following is None:
            break
        seat = following
    return seat


def _step(view: View, seat: Seat, office: int | None) -> Seat | None:
    """The seat with one more "huyện X" read; None where there is no more. After a comma only a named place counts."""
    match = _PLACE.match(view.low, seat.end)
    if match is None:
        term = _TERM.match(view.shape, seat.end)
        return seat._replace(end=term.end()) if term else None
    if not _is_kind(view.text[slice(*match.span("kind"))]):
        return None
    kind, comma = _kind(match["kind"]), match["comma"] is not None
    slug, end = province_at(view, match.end()) if kind in ("province", "city") else (None, 0)
    if slug and kind == "province" and (second := _SECOND.match(view.low, end)):
        # "Quảng Nam - Đà Nẵng", "Gia Lai - Kon Tum": provinces of their own until the 1990s
        slug, end = f"{slug}-{_SLUGS[second['name']]}", second.end()
    if slug and (kind == "province" or slug in CITIES):
        return Seat(end, seat.level or "province", seat.unit, seat.province or slug, seat.city and seat.level is None)
    if slug and slug in LATE_CITIES:
        return Seat(end, seat.level, seat.unit, slug, city=seat.level is None)
    if kind == "province":
        unknown, end = _unknown_province(view, match)
        if comma and not unknown:
            return None
        return Seat(end or match.end("kind"), seat.level or "province", seat.unit, unknown, seat.city)
    name, end = name_at(view, match.end())
    if name and office is not None and not comma and is_a_persons(view, office, name):
        name, end = None, 0
    if comma and not name:
        return None
    if seat.level is not None or seat.city:
        return Seat(end or match.end("kind"), seat.level, seat.unit, seat.province, seat.city)
    if kind == "city" and not name:
        return Seat(match.end("kind"), city=True)
    level: Level = "commune" if kind == "commune" else "district"
    unit = f"{'x' if level == 'commune' else 'd'}.{name}" if name else None
    # A town that bears a province's name lies in it.
    inside = slug if slug and slug == name else None
    return Seat(end or match.end("kind"), level, unit, seat.province or inside)


def _unknown_province(view: View, match: re.Match[str]) -> tuple[str | None, int]:
    """A province that no record has, of a neighbour or of long ago: "tỉnh Xiêng Khoảng", "tỉnh Hà Tây".

    Such a paper is not the portal's. The name has two capitalised syllables that no person or headline has.
    """
    name, end = name_at(view, match.end())
    if name is None or name.count("-") != 1:
        return None, 0
    if view.shape[slice(*match.span("kind"))].isupper() or _TERM.match(view.shape, match.end("kind")):
        return None, 0
    spoken = name.partition("-")[0] in _FIRST_OF_PERSONS or _NO_NAME.match(view.low, match.end())
    return (None, 0) if spoken else (name, end)


def is_a_persons(view: View, office: int, name: str) -> bool:
    """ "Phó Chủ tịch UBND thành phố Dương Tấn Hiển": a person's, not a town's name; doubtful ones name no place."""
    first, *rest = name.split("-")
    personal = first in ("a", "y") or (first in _SURNAMES | _MORE_SURNAMES and len(rest) >= 2)
    if not personal or name in ("duong-minh-chau", "tran-van-thoi", "a-luoi"):
        return False
    # a role of one person opens the office's words or stands before them
    before = _ROLE_BEFORE.search(view.low, max(0, office - 24), office)
    return before is not None or _ROLE.match(view.low, office) is not None


@lru_cache(maxsize=256)
def _is_kind(word: str) -> bool:
    """Whether a word that folds to a kind of place is one: "quận", not the "Quản" or "Quan" of Quản Bạ, Quan Sơn."""
    return word.lower().replace(".", "") in _KINDS or (word.isascii() and word.islower())


@lru_cache(maxsize=256)
def _kind(printed: str) -> Kind:
    word = printed.replace(".", "").removeprefix("cap ").strip()
    if word == "tinh":
        return "province"
    if word in ("thanh pho", "tp"):
        return "city"
    return "commune" if word in ("xa", "phuong", "thi tran", "dac khu") else "district"


def province_at(view: View, at: int) -> tuple[str | None, int]:
    """The province named at `at` (its slug without a year) and where its name ends."""
    match = _PROVINCE.match(view.low, at) if view.shape[at : at + 1].isupper() else None
    return (_SLUGS[match[0]], match.end()) if match else (None, 0)


def province_before(view: View, start: int, end: int) -> str | None:
    """The province (not a city) that a sentence says it is about: "Tại Gia Lai,", "(Gia Lai)", "Tỉnh Gia Lai:"."""
    found = [match for match in _ABOUT.finditer(view.low, start, end) if view.shape[match.start("name")].isupper()]
    slug = _SLUGS[found[-1]["name"]] if found else None
    return None if slug in CITIES else slug


def name_at(view: View, at: int) -> tuple[str | None, int]:
    """A district's or commune's name at `at` as a slug, and its end: up to four capitalised syllables, or a number."""
    if view.shape[at : at + 1].islower():  # as after most kinds: no name
        return None, 0
    end, parts = 0, list[str]()
    cursor = at
    while len(parts) < 5 and (match := _SYLLABLE.match(view.shape, cursor)):
        word = match["word"]
        numbered = word.isdigit() and not parts
        if not (word[0].isupper() or numbered) or (len(parts) == 4 and not match["hyphen"]):
            break
        if parts and not match["hyphen"] and (_begins_a_person(view, match, len(parts)) or _opens_place(view, cursor)):
            break
        parts.append(_APOSTROPHES.sub("", fold(word)))
        cursor = end = match.end("word")
        if numbered:
            break
    return ("-".join(parts), end) if parts else (None, 0)


def _opens_place(view: View, at: int) -> bool:
    """Whether another place begins at `at`: the TP of "huyện Hòa Vang TP Đà Nẵng"."""
    match = _PLACE.match(view.low, at)
    return match is not None and _is_kind(view.text[slice(*match.span("kind"))])


def _begins_a_person(view: View, match: re.Match[str], before: int) -> bool:
    """ "UBND huyện Ngọc Hồi Nguyễn Văn A": a surname after the place, but not the Tô of "Đăk Tô Nguyễn Văn A"."""
    following = _CAPITAL_NEXT.match(view.shape, match.end())
    if following is None or fold(match["word"]) not in _SURNAMES:
        return False
    another = fold(following["word"]) in _SURNAMES and _CAPITAL_NEXT.match(view.shape, following.end())
    return before > 1 or not another


def _slugs() -> dict[str, str]:
    named = {folded(name): each.place for each in PROVINCES.values() for name in (each.name, each.former_name) if name}
    return named | {
        "hcm": "ho-chi-minh", "ba ria-vung tau": "ba-ria-vung-tau", "br-vt": "ba-ria-vung-tau",
        "dac lac": "dak-lak", "dac nong": "dak-nong", "daklak": "dak-lak", "daknong": "dak-nong", "kontum": "kon-tum",
        "thua thien-hue": "hue", "thua thien - hue": "hue", "tt-hue": "hue", "bac can": "bac-kan",
    }  # fmt: skip


_SLUGS = _slugs()
LATE_CITIES = frozenset(each.place for each in PROVINCES.values() if each.city_since)
CITIES = frozenset(each.place for each in PROVINCES.values() if each.kind == "city") - LATE_CITIES
_PROVINCE = re.compile(rf"(?:{any_of(list(_SLUGS))})(?!\w)")
_SECOND = re.compile(rf" ?- ?(?P<name>{any_of(list(_SLUGS))})(?!\w)")
_APOSTROPHES = re.compile("['’‘`]")  # Ea H'leo and Ea H’leo are one district
_ABOUT = re.compile(rf"(?<!\w)(?:tai |o |tai tinh |o tinh |tinh |\()(?P<name>{any_of(list(_SLUGS))})(?= ?[,:)])")
_SURNAMES = words("names", "surnames")
_MORE_SURNAMES = words("names", "more_surnames")
_PERSONAL = (
    r"(?<!\w)(?:chu tich|bi thu|giam doc|truong|chanh|cuc truong|thu truong|vien truong|chanh an|chi huy truong)"
    r"(?: thuong truc)?"
)
_ROLE = re.compile(rf"(?:pho |quyen )?{_PERSONAL}(?!\w)")
_ROLE_BEFORE = re.compile(rf"{_PERSONAL} $")
_FIRST_OF_PERSONS = _SURNAMES | (_MORE_SURNAMES - {"ha"}) | {"a", "y"}
_NO_NAME = re.compile(rf"(?:{any_of(set(TYPE_NAMES) | words('names', 'heads') | words('names', 'roles'))})(?!\w)")
_TERM = re.compile(r"(?: \d{1,2},?)? (?:[Kk]h[oó]+[aá]|KHÓA|nhiệm kỳ) (?:[IVXL]+|\d{1,2}|\d{4} ?- ?\d{4})(?!\w)")
_KINDS = frozenset((
    "tỉnh", "huyện", "xã", "cấp tỉnh", "cấp huyện", "cấp xã", "thành phố", "tp", "quận", "thị xã", "tx", "phường",
    "thị trấn", "đặc khu",
))  # fmt: skip
_PLACE = re.compile(
    r"(?P<comma>,)? ?(?<![^\s,])"
    r"(?P<kind>(?:cap )?(?:tinh|huyen|xa)|thanh pho|t\.?p\.?|quan|thi xa|tx\.?|phuong|thi tran|dac khu)"
    r"(?:(?![^\W\d_])|(?=hcm)) ?"
)
_SYLLABLE = re.compile(r"(?:(?P<hyphen> ?- ?)| ?)(?P<word>[^\W_]+(?:['’][^\W_]+)?)")
_CAPITAL_NEXT = re.compile(rf" (?P<word>[{CAPITALS}][^\W_]*)")
