"""The words round a document's number (words.toml), and the patterns made of them and of the table of types."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import get_args
from unicodedata import normalize

from archive.schema import Relation
from archive.vietnam.documents import LOOKALIKES, TYPE_NAMES, TYPES
from archive.vietnam.text import fold, nfc

_TABLE = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))


def folded(phrase: str) -> str:
    """A phrase as it stands in `View.low`, its blanks squeezed."""
    return " ".join(fold(nfc(phrase).translate(LOOKALIKES)).split())


def printed(section: str, name: str) -> frozenset[str]:
    """The phrases of a list of words.toml, with their marks, in lower case."""
    return frozenset(
        nfc(" ".join(each.split())).lower() for each in re.split(r"[|\n]", _TABLE[section][name]) if each.strip()
    )


def words(section: str, name: str) -> frozenset[str]:
    """The phrases of a list of words.toml, folded."""
    return frozenset(map(folded, printed(section, name)))


def any_of(phrases: frozenset[str] | set[str] | list[str]) -> str:
    """A pattern for any of the phrases, the longest first; grouped by first letter, so it fails fast where none is."""
    rests: dict[str, list[str]] = {}
    for each in sorted(set(phrases), key=len, reverse=True):
        rests.setdefault(each[:1], []).append(_literal(each[1:]))
    return "|".join(f"{_literal(first)}(?:{'|'.join(ends)})" for first, ends in rests.items())


def _literal(phrase: str) -> str:
    return re.escape(phrase).replace(r"\ ", " ")


def said(phrase: str, text: str) -> bool:
    """Whether `text`, which folds to a phrase of [relations], is that phrase: "dẫn", not "dân"; unmarked, it may be."""
    return text.isascii() or _marks(text.lower()) in _SPELLED[phrase]


def _marks(text: str) -> str:
    """The letters and marks of a text in one order, so that "hủy" is "huỷ"."""
    return "".join(sorted(normalize("NFD", text)))


RELATIONS: dict[str, Relation] = {
    phrase: relation for relation in get_args(Relation) for phrase in words("relations", relation)
}
_SPELLED: dict[str, set[str]] = {}
for _name in get_args(Relation):
    for _phrase in printed("relations", _name):
        _SPELLED.setdefault(folded(_phrase), set()).add(_marks(_phrase))
SOFT = frozenset(word for phrase in words("relations", "soft") for word in phrase.split())

# Abbreviations that stand for a type word in prose: "NĐ 72/2023/NĐ-CP", "CT 1792".
ABBREVIATED = {
    each: kind.code
    for kind in reversed(TYPES.values())
    if kind.short in ("word", "so")
    for each in (kind.abbr, kind.party_abbr, *kind.variants)
    if each
}
# Those that a bare number may follow; TT is also a market town, KH and TB are also other things.
BARE_ABBREVIATED = frozenset({"NQ", "CT", "QĐ", "NĐ", "KL", "CV", "CĐ"})

_TYPE_WORDS = any_of(list(TYPE_NAMES))
_LOW_ABBREVIATED = frozenset(map(fold, ABBREVIATED))
_QUALIFIERS = words("before", "qualifiers")
SO = r"so {0,2}[:.]? {0,2}"

# Directly before a number: type word or abbreviation, qualifiers, số.
TYPE_BEFORE = re.compile(
    rf"(?<![\w/\-.])(?:(?P<word>{_TYPE_WORDS})|(?P<abbr>{any_of(_LOW_ABBREVIATED)}))"
    rf"(?P<qualifiers>(?: (?:{any_of(_QUALIFIERS)})){{0,3}})(?P<gloss> ?\([^()\n]{{1,14}}\))?"
    rf" {{0,2}}(?P<colon>:)? {{0,2}}\n?(?P<open>[(“\"])?(?P<so>{SO})?$"
)
SO_BEFORE = re.compile(rf"(?<!\w){SO}$")
# "Quyết định của Thủ tướng Chính phủ số", "các Nghị định của Chính phủ: Số".
OWNED_BEFORE = re.compile(
    rf"(?<!\w)(?P<word>{_TYPE_WORDS}) cua (?P<owner>[^.;:\n]{{2,70}}?)"
    rf" ?(?P<colon>:)? {{0,2}}\n?(?P<open>\()?(?P<so>{SO})?$"
)
# "Quyết định khởi tố số 12/QĐ-CSĐT": a word or two of a title, believed where the symbol repeats the type.
TITLED_BEFORE = re.compile(
    rf"(?<!\w)(?P<word>{_TYPE_WORDS})(?: (?!cua |va |theo |tai |ngay |cac |nay |tren |so )[^\W\d_]+){{1,6}} {SO}$"
)
LAW_BEFORE = re.compile(rf"(?<!\w)(?P<word>bo luat|(?<!bo )luat|phap lenh) (?:[^\s.;:]+ ){{1,18}}?(?P<open>\()?{SO}$")
LIST_LINK = re.compile(
    r"[)\s]*(?:[,;]\s*(?:(?:va|cung|cung voi|hoac|dong thoi)\s+)?|(?:va|cung|cung voi|hoac|&)\s+)(?:cac\s+)?"
)

_LAST_WORDS = frozenset(phrase.split()[-1] for phrase in (*TYPE_NAMES, *_QUALIFIERS, *_LOW_ABBREVIATED, "so"))
_LAST_WORD = re.compile(r"([^\W\d_]+)[)\"” ]{0,2}[ :.(“\"\n]{0,4}$")


def promises(low: str, at: int) -> bool:
    """Whether the word before `at` could introduce a document's number; a cheap test that spares the others."""
    if low.endswith("so ", 0, at):
        return True
    match = _LAST_WORD.search(low, max(0, at - 16), at)
    return match is not None and (match[1] in _LAST_WORDS or match[1].endswith("so"))


_COUNTED = words("after", "counted")
_COUNTED_SPELLED = frozenset(map(_marks, printed("after", "counted")))
_AFTER_NUMBER = re.compile(r" {0,2}(?P<mark>%)?(?P<first>[^\W\d_]+\d?)?(?: (?P<second>[^\W\d_]+))?")
_DAY_FOLLOWS = re.compile(r" {0,2}(?:ngay|nam) {0,2}\d")


def counts(low: str, text: str, end: int) -> bool:
    """Whether the word after a number says that it counts or measures something: "lần", not the "lan" of "lan tỏa"."""
    match = _AFTER_NUMBER.match(low, end)
    if match is None or match["mark"]:
        return match is not None
    # "ngày" after a document's number opens its date: "Chỉ thị số 17 ngày 3/4/2020".
    if _DAY_FOLLOWS.match(low, end) or not match["first"]:
        return False
    for last in ("first", "second"):
        if match[last] and low[match.start("first") : match.end(last)] in _COUNTED:
            spelled = text[match.start("first") : match.end(last)].lower()
            return text.isascii() or _marks(spelled) in _COUNTED_SPELLED
    return False
