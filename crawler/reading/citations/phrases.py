"""Who issues, read from the words: "Chủ tịch UBND tỉnh", "Ban Thường vụ Tỉnh ủy", "Sở Y tế tỉnh Kon Tum"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from archive.vietnam.documents import ISSUERS
from archive.vietnam.provinces import PROVINCES
from archive.vietnam.text import fold

from .lexicon import any_of, folded, printed, words
from .views import View

Level = Literal["central", "province", "district", "commune"]


@dataclass(frozen=True, slots=True)
class Phrase:
    """An authority as printed. `city` marks a bare "thành phố", whose level only the portal's province can tell."""

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
    cursor, code = at, None
    for _ in range(3):
        if name := _NAME.match(view.low, cursor):
            code = _CODES[name[0]]
            end = _rest_of_name(view, name.end()) if code in _OPEN else name.end()
            return _with_place(view, at, end, code)
        if not (role := _ROLE.match(view.low, cursor)):
            break
        cursor = role.end()
    if view.shape[cursor : cursor + 1].isupper() and (head := _HEAD.match(view.low, cursor)):
        end = _rest_of_name(view, head.end())
        phrase = _with_place(view, at, end, _code_of_head(view.low[cursor:end]))
        return phrase if phrase.end > head.end() else None
    return None


def phrases_between(view: View, start: int, end: int) -> list[Phrase]:
    """The authorities named between two offsets, in order, none inside another."""
    found: list[Phrase] = []
    for match in _STARTS.finditer(view.low, start, end):
        if (not found or match.start() >= found[-1].end) and (phrase := phrase_at(view, match.start())):
            found.append(phrase)
    return found


def _with_place(view: View, start: int, end: int, code: str | None) -> Phrase:
    """The phrase with its terms, level words and place names: "khóa XV", "huyện Đăk Glei, tỉnh Kon Tum"."""
    issuer = ISSUERS.get(code or "")
    level: Level | None = None if issuer is None or issuer.level == "words" else issuer.level
    unit = place = None
    city = False
    committee = code in ("tu", "thu", "hu", "qu", "du", "cb")
    if committee and view.low[start:end].endswith("thanh uy"):
        level, city = None, True
    for _ in range(4):
        if term := _TERM.match(view.shape, end):
            end = term.end()
            continue
        if (step := _PLACE.match(view.low, end)) is None:
            break
        kind, name_start = _kind(step["kind"]), step.end()
        if kind == "province":
            slug, name_end = province_at(view, name_start)
            if step["comma"] and not slug:
                break
            place, end, level = place or slug, name_end or step.end("kind"), level or "province"
            if issuer and issuer.level == "province":
                level = "province"
            continue
        slug, name_end = province_at(view, name_start) if kind == "city" else (None, None)
        if slug and name_end and _was_city(slug):
            if not step["comma"] or place is None:
                place, end, level, city = slug, name_end, level or "province", False
            continue
        name, name_end = _name_at(view, name_start)
        if step["comma"] and not name:
            break
        end = name_end or step.end("kind")
        if kind == "city":
            if name:
                level, unit, city = level or "district", unit or f"d.{name}", False
            elif level is None:
                city = True
        elif level in (None, "district", "commune") and unit is None:
            level = level or kind
            unit = f"{'x' if level == 'commune' else 'd'}.{name}" if name else None
    else:
        step = None
    if place is None and unit is None and not (issuer and issuer.level == "central"):
        slug, name_end = province_at(view, end + 1) if view.shape[end : end + 1] == " " else (None, None)
        if slug and name_end:
            place, end = slug, name_end
            if city:
                level, city = ("province" if _was_city(slug) else "district"), False
                unit = None if level == "province" else f"d.{slug}"
                place = slug if level == "province" else None
            elif level is None or code == "hnd":
                level = level or "province"
        elif committee and (city or code in ("hu", "thu", "qu", "du")) and view.shape[end : end + 1] == " ":
            name, name_end = _name_at(view, end + 1)
            if name and name_end:
                level = "district" if code != "du" else None
                unit, city, end = (f"d.{name}" if code != "du" else None), False, name_end
    return Phrase(start, end, code, level, unit, place, city, bool(_OLD.match(view.low, end)))


def _kind(words: str) -> Literal["province", "city", "district", "commune"]:
    words = words.replace(".", "").removeprefix("cap ").strip()
    if words == "tinh":
        return "province"
    if words in ("thanh pho", "tp", "tphcm"):
        return "city"
    return "commune" if words in ("xa", "phuong", "thi tran", "tt", "dac khu") else "district"


def _was_city(slug: str) -> bool:
    return any(each.kind == "city" and each.place == slug and slug not in _LATE_CITIES for each in PROVINCES.values())


def province_at(view: View, at: int) -> tuple[str | None, int | None]:
    """The province named at `at` (its slug without a year) and where its name ends."""
    match = _PROVINCE.match(view.low, at)
    if match and view.shape[at].isupper():
        return _PROVINCE_SLUGS[match[0]], match.end()
    return None, None


def _name_at(view: View, at: int) -> tuple[str | None, int | None]:
    """A district's or commune's name at `at` as a slug, and its end: up to four capitalised syllables, or a number."""
    end, parts = at, []
    while match := _SYLLABLE.match(view.shape, end):
        word = match["word"]
        if not (word[0].isupper() or (word.isdigit() and not parts)) or len(parts) >= (
            4 if match["hyphen"] is None else 6
        ):
            break
        # "UBND huyện Ngọc Hồi Nguyễn Văn A": a surname after the place begins a person.
        if parts and fold(word) in _SURNAMES and match["hyphen"] is None and _SYLLABLE.match(view.shape, match.end()):
            follower = _SYLLABLE.match(view.shape, match.end())
            if follower and follower["word"][0].isupper():
                break
        parts.append(fold(word))
        end = match.end("word")
        if word.isdigit():
            break
    slug = "-".join(parts)
    return (slug, end) if parts else (None, None)


def _rest_of_name(view: View, at: int) -> int:
    """Where the name of an office goes on to: capitalised words and the small words that names of offices are made of."""
    end = at
    for _ in range(16):
        match = _WORD.match(view.text, end)
        if match is None:
            break
        start, stop = match.span("word")
        word = match["word"].lower()
        following = _WORD.match(view.text, stop)
        follower = following["word"].lower() if following else ""
        pair = f"{word} {follower}"
        if word in _STOPS or pair in _STOPS or word in _LEVEL_WORDS or pair in _LEVEL_WORDS:
            break
        if match["comma"] and pair not in _AFTER_COMMA and word != "chống":
            break
        if word == "và":
            if following is None or _NAME.match(view.low, following.start("word")) or follower in _STOPS:
                break
            if not following["word"][0].isupper() and follower not in _SMALL:
                break
        elif not match["word"][0].isupper() and word not in _SMALL:
            break
        end = stop
    return end


def _code_of_head(low: str) -> str | None:
    return "bcd" if low.startswith("ban chi dao") else "cat" if low.startswith("cong an") else None


_CODES: dict[str, str] = {}
for _issuer in ISSUERS.values():
    for _each in (_issuer.name, *_issuer.names):
        _CODES.setdefault(folded(_each), _issuer.code)
_NAME = re.compile(rf"(?:{any_of(list(_CODES))})(?!\w)")

_ROLES = words("names", "roles")
_ROLE = re.compile(rf"(?:{any_of(list(_ROLES))}) ")

_HEADS = words("names", "heads")
_HEAD = re.compile(rf"(?:{any_of(list(_HEADS))})(?!\w)")
_STARTS = re.compile(rf"(?<!\w)(?=(?:{any_of([*_ROLES, *_HEADS, *(name.split()[0] for name in _CODES)])})(?!\w))")

_TERM = re.compile(r" (?:[Kk]h[oó]+[aá]|KHÓA|nhiệm kỳ) (?:[IVXL]+|\d{1,2}|\d{4} ?- ?\d{4})(?!\w)")
_LEVELS = "thanh pho|tp\\.?|tp|tinh|huyen|quan|thi xa|tx\\.?|xa|phuong|thi tran|dac khu|cap tinh|cap huyen|cap xa"
_PLACE = re.compile(rf"(?P<comma>,)? ?(?<![^\s,])(?P<kind>{_LEVELS})(?![^\W\d_]) ?")
_LEVEL_WORDS = frozenset(
    "tỉnh|huyện|quận|xã|phường|tp|tx|thành phố|thị xã|thị trấn|cấp tỉnh|cấp huyện|cấp xã".split("|")
)
_SYLLABLE = re.compile(r"(?:(?P<hyphen> ?- ?)| ?)(?P<word>[^\W_]+(?:'[^\W_]+)?)")
_WORD = re.compile(r"(?P<comma>,)? ?(?:[-–] ?)?(?P<word>[^\W_][\w&\-]*)")
_AFTER_COMMA = frozenset(("thể thao", "tìm kiếm", "chữa cháy", "cứu nạn"))
# Names that go on after what the table holds: "Ban Chỉ đạo phòng, chống dịch".
_OPEN = frozenset(("bcd", "bqlkkt", "hdtdkt", "du", "duk"))
_STOPS, _SMALL, _SURNAMES = printed("names", "stops"), printed("names", "small"), words("names", "surnames")
_LATE_CITIES = frozenset(each.place for each in PROVINCES.values() if each.city_since)
_OLD = re.compile(
    r" ?[(,]? ?(?:cu(?= ?[,.);]|$| )|truoc (?:day|khi|sap nhap|hop nhat|ngay|thoi diem)|(?:nay|bay gio) (?:la|thuoc) )"
)


@lru_cache(maxsize=1)
def _provinces() -> dict[str, str]:
    slugs = {folded(name): each.place for each in PROVINCES.values() for name in (each.name, each.former_name) if name}
    return slugs | {"hcm": "ho-chi-minh", "ha noi": "ha-noi", "br-vt": "ba-ria-vung-tau", "ba ria-vung tau": "ba-ria-vung-tau",
                    "dac lac": "dak-lak", "dac nong": "dak-nong", "daklak": "dak-lak", "kontum": "kon-tum"}  # fmt: skip


_PROVINCE_SLUGS = _provinces()
_PROVINCE = re.compile(rf"(?:{any_of(list(_PROVINCE_SLUGS))})(?!\w)")
