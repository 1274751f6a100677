"""Who issues, read from the words: "Chủ tịch UBND tỉnh", "Ban Thường vụ Tỉnh ủy", "Sở Y tế tỉnh Kon Tum"."""

from __future__ import annotations

import re
from typing import NamedTuple

from archive.vietnam.documents import ISSUERS
from crawler.reading.citations.lexicon import any_of, folded, printed, words
from crawler.reading.citations.places import (
    CITIES,
    LATE_CITIES,
    Level,
    Seat,
    is_a_persons,
    name_at,
    province_at,
    seat_at,
)
from crawler.reading.citations.views import View


class Phrase(NamedTuple):
    """An authority as printed: its code in issuers.csv, its level and seat (see `Seat`); `old` after "(cũ)"."""

    start: int
    end: int
    code: str | None
    level: Level | None
    unit: str | None = None
    place: str | None = None
    city: bool = False
    old: bool = False


def phrase_at(view: View, at: int) -> Phrase | None:
    """The authority whose name begins at `at`; None where none does."""
    cursor = at
    for _ in range(3):
        if name := _NAME.match(view.low, cursor):
            code = _CODES[name[0]]
            end = _rest_of_name(view, name.end()) if code in _OPEN else name.end()
            return _seated(view, at, end, code)
        if not (role := _ROLE.match(view.low, cursor)):
            break
        cursor = role.end()
    if view.shape[cursor : cursor + 1].isupper() and (head := _HEAD.match(view.low, cursor)):
        phrase = _seated(view, at, _rest_of_name(view, head.end()), None)
        if head[0] == "cong an" and phrase.level in ("province", None):
            phrase = phrase._replace(code="cat", level="province" if not phrase.city else None)
        return phrase if phrase.end > head.end() else None
    if match := _ABBREVIATION.match(view.shape, at):
        return _seated(view, at, match.end(), _ABBREVIATED[match[0]])
    if cursor == at and (seat := seat_at(view, at)).end > at:  # "Kế hoạch số 12/KH-UBND của tỉnh"
        return Phrase(
            at, seat.end, None, seat.level, seat.unit, seat.province, seat.city, bool(_OLD.match(view.low, seat.end))
        )
    return None


def agrees(phrase: Phrase, signed: str | None) -> bool:
    """Whether an authority can have signed under a symbol's suffix, a code of issuers.csv; unknown ones are given."""
    if signed is None:
        return True
    if phrase.code is None:
        return phrase.level is None or signed in _SHARED
    both = frozenset((signed, phrase.code))
    return len(both) == 1 or both in _SAME or both <= _COMMITTEES


def phrases_between(view: View, start: int, end: int) -> list[Phrase]:
    """The authorities named between two offsets, in order, none inside another."""
    found: list[Phrase] = []
    for match in _STARTS.finditer(view.low, start, end):
        at = match.start()
        if (found and at < found[-1].end) or _belongs(view, at):
            continue
        if phrase := phrase_at(view, at):
            found.append(phrase)
    return found


def _belongs(view: View, at: int) -> bool:
    """Whether a kind of place is a part of the name before it: the "tỉnh" of "Hội Người cao tuổi tỉnh"."""
    return _SEAT.match(view.low, at) is not None and _APART.search(view.low, max(0, at - 9), at) is None


def _seated(view: View, start: int, end: int, code: str | None) -> Phrase:
    """The phrase with the level and the place that follow its name."""
    row = ISSUERS.get(code or "")
    level: Level | None = None if row is None or row.level == "words" else row.level
    if level == "central":
        end = seat_at(view, end).end if _TERM_NEXT.match(view.low, end) else end
        return Phrase(start, end, code, level)
    seat = seat_at(view, end, start)
    if code in _COMMITTEES:
        seat = _committee_seat(view, end, seat, view.low[start:end], start)
    elif seat.end == end and view.shape[end : end + 1] == " ":
        slug, name_end = province_at(view, end + 1)
        seat = Seat(name_end, "province", None, slug) if slug else seat
    if view.low.endswith("trung uong", start, end):
        return Phrase(start, end, code, "central")
    if level == "province" and (town := _TOWN.search(view.low, start, end)) and code != "tu":
        # "Công an thành phố", "Văn phòng Thành ủy": a provincial town's, too.
        if town["kind"] == "thanh uy":
            seat = _committee_seat(view, end, seat_at(view, end, start), "thanh uy", start)
        else:
            seat = seat_at(view, town.start(), start)
    elif level == "province" and code != "tu":
        # A department is the province's, whatever place its name goes on with.
        seat = Seat(seat.end, "province", None, seat.province)
    return Phrase(
        start, seat.end, code, seat.level or (None if seat.city else level), seat.unit, seat.province, seat.city,
        bool(_OLD.match(view.low, seat.end)),
    )  # fmt: skip


def _committee_seat(view: View, at: int, seat: Seat, name: str, office: int) -> Seat:
    """A Party committee's seat, whose name says its level: "Tỉnh ủy Kon Tum", "Thành ủy Pleiku"."""
    if seat.end > at and not name.endswith(" uy"):
        return seat
    level: Level | None = "province" if _PROVINCE.search(name) else "district" if _DISTRICT.search(name) else None
    city = name.endswith(("thanh uy", "dang bo thanh pho"))
    if seat.end > at:
        return Seat(seat.end, seat.level or level, seat.unit, seat.province, seat.city)
    slug, end = province_at(view, at + 1) if view.shape[at : at + 1] == " " else (None, 0)
    if slug and (level == "province" or slug in CITIES):
        return Seat(end, "province", None, slug)
    if slug and city:
        return (
            Seat(end, None, None, slug, city=True) if slug in LATE_CITIES else Seat(end, "district", f"d.{slug}", slug)
        )
    named, end = name_at(view, at + 1) if view.shape[at : at + 1] == " " else (None, 0)
    if named and (city or level == "district") and not is_a_persons(view, office, named):
        return Seat(end, "district", f"d.{named}")
    return Seat(at, level, city=city)


def _rest_of_name(view: View, at: int) -> int:
    """Where the name of an office goes on to: capitalised words and the small words that names of offices have."""
    end = at
    for _ in range(16):
        match = _WORD.match(view.text, end)
        if match is None:
            break
        word = match["word"].lower()
        following = _WORD.match(view.text, match.end())
        follower = following["word"].lower() if following else ""
        pair = f"{word} {follower}"
        if not _STOPS.isdisjoint((word, pair)) or (match["comma"] and pair not in _AFTER_COMMA and word != "chống"):
            break
        if word == "và":
            if following is None or follower in _STOPS or _NAME.match(view.low, following.start("word")):
                break
            if not following["word"][0].isupper() and follower not in _SMALL:
                break
        elif not (match["word"][0].isupper() or word in _SMALL or (word.isdigit() and end == at)):
            break  # the digits are those of "Ban Chỉ đạo 35", named after what founded it
        end = match.end()
    return end


_CODES: dict[str, str] = {}
for _issuer in ISSUERS.values():
    for _each in (_issuer.name, *_issuer.names):
        _CODES.setdefault(folded(_each), _issuer.code)
_NAME = re.compile(rf"(?:{any_of(list(_CODES))})(?!\w)")
# BCT is the Politburo in Party prose and a ministry elsewhere; a committee's BTV says nothing of whose it is.
_ABBREVIATED = {
    row.abbr: row.code for row in ISSUERS.values() if len(row.abbr) > 2 and row.abbr not in ("BCT", "BTV", "CCB", "TCT")
}
_ABBREVIATION = re.compile(rf"(?:{any_of(list(_ABBREVIATED))})(?!\w)")
_ROLE = re.compile(rf"(?:{any_of(words('names', 'roles'))}) ")
_HEAD = re.compile(rf"(?:{any_of(words('names', 'heads'))})(?!\w)")
_FIRST_WORDS = {name.split()[0] for name in (*_CODES, *words("names", "roles"), *words("names", "heads"))}
_SEAT = re.compile(r"(?:tinh|huyen|xa|thanh pho|tp|quan|thi xa|phuong|thi tran)(?!\w)(?! uy| doan)")
_APART = re.compile(r"(?:^|[^\w\s] ?|\n|(?<!\w)(?:cua|do|va|khi|sau|nay|boi) )$")
_STARTS = re.compile(rf"(?<!\w)(?=(?:{any_of(_FIRST_WORDS)})(?!\w))")

_COMMITTEES = frozenset(("tu", "thu", "hu", "qu", "du"))
# Offices that write each other's suffix.
_SAME = frozenset(
    map(frozenset, (
        ("hdnd", "tthdnd"), ("ubnd", "vpubnd"), ("cp", "ttg"), ("tand", "tandtc"), ("du", "duk"), ("mttq", "mttw"),
        ("bcd", "ubnd"), ("bhxh", "bhxhvn"), ("btvhpn", "dct"), ("hnd", "hndtw"),
    ))
)  # fmt: skip
# Suffixes under which offices sign that no table names.
_SHARED = frozenset(
    ("bcd", "btvhpn", "dct", "hdtdkt", "cat", "bchqs", "bqlkkt", "bdt", "cb", "ttt", "tdtn", "du", "duk", "mttq", "hnd")
) | {"ldld", "ccb", "hdnd"}
_TOWN = re.compile(r" (?P<kind>thanh pho|thanh uy)$")
_PROVINCE = re.compile(r"(?:tinh uy|dang bo tinh)$")
_DISTRICT = re.compile(r"(?:(?:huyen|thi|quan) uy|dang bo (?:huyen|thi xa|quan))$")
_TERM_NEXT = re.compile(r"(?: \d{1,2},?)? (?:khoa|nhiem ky) ")
# Names that go on after what the table holds: "Ban Chỉ đạo phòng, chống dịch".
_OPEN = frozenset(("bcd", "bqlkkt", "hdtdkt", "du", "duk"))
_WORD = re.compile(r"(?P<comma>,)? ?(?:[-–] ?)?(?P<word>[^\W_][\w&\-]*)")
_AFTER_COMMA = frozenset(("thể thao", "tìm kiếm", "chữa cháy", "cứu nạn"))
_LEVELS = frozenset(("tỉnh", "huyện", "quận", "xã", "phường", "tp", "tx", "thành phố", "thị xã", "thị trấn"))
_STOPS = printed("names", "stops") | _LEVELS | {"cấp tỉnh", "cấp huyện", "cấp xã"}
_SMALL = printed("names", "small")
_OLD = re.compile(
    r" ?[(,]? ?(?:cu(?= ?[,.);]|$| )|truoc (?:day|khi|sap nhap|hop nhat|ngay|thoi diem)|(?:nay|bay gio) (?:la|thuoc) )"
)
