"""Official documents (văn bản): their types, who issues them, how a number is read, written and made an identity.

The number forms are those of Nghị định 30/2020/NĐ-CP (state), Hướng dẫn 36-HD/VPTW (Party) and Luật 80/2015/QH13
(normative acts). The two tables beside this file hold the words; a ministry more is a line more in issuers.csv.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from archive.vietnam.document_tables import (
    ISSUERS,
    TYPE_NAMES,
    TYPES,
    DocumentType,
    Issuer,
    issuer_of,
    type_of,
)
from archive.vietnam.text import fold, key, nfc

__all__ = [
    "ISSUERS", "LOOKALIKES", "SAME_SYMBOL", "TYPES", "TYPE_NAMES", "DocumentNumber", "DocumentType", "Issuer",
    "issuer_of", "make_cid", "norm", "parse_number", "plain", "read_number", "read_standard", "type_named", "type_of",
]  # fmt: skip

Order = Literal["state", "party", "joint", "old", "standard"]

# Every dash, slash and blank that pages and keyboards give in place of the ASCII one; one code point for one.
LOOKALIKES = str.maketrans(
    dict.fromkeys("‐‑‒–—―−﹣－⁃", "-")
    | dict.fromkeys("⁄∕／⧸╱\\＼", "/")
    | dict.fromkeys("\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t", " ")
    | dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad", " ")
    | dict.fromkeys("ÐƉ", "Đ")
    | {"：": ":", "＆": "&", "．": "."}
    | {chr(0xFF10 + digit): str(digit) for digit in range(10)}
)


class DocumentNumber(NamedTuple):
    """A document's number taken apart; `norm` is its official spelling, `number` has no leading zeros."""

    number: str
    year: int | None = None
    type: str | None = None
    abbr: str = ""
    bodies: tuple[str, ...] = ()
    unit: str = ""
    order: Order = "state"
    issuer: str | None = None
    flags: tuple[str, ...] = ()
    cid: str | None = None

    @property
    def symbol(self) -> str | None:
        """What follows the number and year: "UBND-NCXDPL", "KH/TU"; None where nothing is known of it."""
        return _symbol(self.order, self.abbr, self.bodies, self.unit)

    @property
    def norm(self) -> str | None:
        """The official spelling: "2623/UBND-NCXDPL", "05-CT/TW", "30/2020/NĐ-CP"; None without a symbol."""
        if not (symbol := self.symbol):
            return None
        if self.order == "standard":
            return f"{self.abbr} {self.number}:{self.year}{''.join(f'/{body}' for body in self.bodies)}"
        padded = self.number if len(self.number.rstrip(_LETTERS)) > 1 else f"0{self.number}"
        year = f"/{self.year}" if self.year else ""
        return f"{padded}{year}{'-' if self.order in ('party', 'old') and not year else '/'}{symbol}"


@lru_cache(maxsize=4096)
def _symbol(order: Order, abbr: str, bodies: tuple[str, ...], unit: str) -> str | None:
    if order == "standard":
        return "/".join((abbr, *bodies))
    joined = "-".join(bodies)
    if order == "old":
        return "/".join(filter(None, (joined, abbr))) or None
    between = "-" if order == "state" else "/"
    return "-".join(filter(None, (between.join(filter(None, (abbr, joined))), unit))) or None


def parse_number(text: str) -> DocumentNumber | None:
    """A document's number in any spelling a person types: "57 nq tw", "Nghị quyết 57-NQ/TW", "30/2020/nd-cp", a cid.

    What goes on after the number is not looked at: "ngày 9/11/2021", "của UBND tỉnh", "về giá đất".
    """
    typed = _AFTERWARDS.sub("", nfc(text).translate(LOOKALIKES).strip()).rstrip(".,; ")
    if typed.lower().startswith("vn/"):
        return _parse_cid(typed.lower())
    if standard := read_standard(typed):
        return standard[0]
    if not (match := _TYPED.match(typed)):
        return None
    word = type_named(match["words"])
    if not match["symbol"]:
        return DocumentNumber(plain(match["number"]), _year(match["year"]), word.code) if word else None
    groups = [each for each in re.split(r"[\s/\-._]+", match["symbol"]) if each]
    separators = [each.strip()[:1] or " " for each in re.findall(r"[\s/\-._]+", match["symbol"])]
    if match["symbol"][:1] not in "/-._ ":
        separators.insert(0, "")
    found = read_number(match["number"], _year(match["year"]), groups, separators)
    return (
        found._replace(type=word.code) if found and word and found.type in (None, SAME_SYMBOL.get(word.code)) else found
    )


def norm(text: str) -> str | None:
    """The official spelling of a number typed in any way; None where it is no document's number."""
    found = parse_number(text)
    return found.norm if found else None


def make_cid(
    issuer: str, type_code: str, year: int, number: str, province: str | None = None, unit: str | None = None
) -> str:
    """The canonical id: vn[/province[/unit]]/issuer/type/year/number.

    `issuer` is a code of issuers.csv or a suffix, `province` a slug (with .2025 for the re-formed ones), `unit`
    "d.<district>" or "x.<commune>". Two papers of one office, type, year and number are one paper.
    """
    place = [part for part in (province, unit) if part]
    return "/".join(["vn", *place, re.sub(r"[^a-z0-9]", "", fold(issuer)), type_code, str(year), plain(number)])


def plain(number: str) -> str:
    """The number without leading zeros, its letter in lower case: "05" is "5", "30A" is "30a", "07-9" is "7-9"."""
    if number.isdigit():
        return number.lstrip("0") or "0"
    return "-".join(part.lstrip("0") or "0" for part in number.lower().split("-"))


def read_number(
    number: str, year: int | None, groups: Sequence[str], separators: Sequence[str]
) -> DocumentNumber | None:
    """A number from its parts: the letter groups after it, and the separator that stood before each of them.

    None where there is no group. An unknown body stays as printed, an unknown type leaves `type` None.
    """
    if not groups:
        return None
    said = _of_symbol(tuple(groups), tuple(separators), dated=bool(year))
    return DocumentNumber(
        plain(number), year, said.type, said.abbr, said.bodies, said.unit, said.order, said.issuer, said.flags
    )


@lru_cache(maxsize=4096)  # a few hundred symbols stand on most papers
def _of_symbol(groups: tuple[str, ...], separators: tuple[str, ...], *, dated: bool) -> DocumentNumber:
    """What a symbol says without its number; `dated` where a year stands before it."""
    first, rest = groups[0], list(groups[1:])
    if court := _court(groups):
        return DocumentNumber("", None, "ba", unit=court)
    known = type_of(first)
    if known is None and issuer_of(first) is None and (cut := _split(first)):
        (first, second), known = cut, type_of(cut[0])
        rest.insert(0, second)
        separators = (*separators[:1], "-", *separators[1:])
    if known is None:
        return _without_type(groups, separators, dated=dated)
    if not rest:
        return DocumentNumber("", None, known.code, _official(first, known.code))
    return _with_type(known, _official(first, known.code), rest, separators, dated=dated)


def _with_type(
    kind: DocumentType, abbr: str, rest: list[str], separators: tuple[str, ...], *, dated: bool
) -> DocumentNumber:
    issuer, lead, consumed = _lead(rest)
    signed, tail = issuer.code if issuer else None, rest[consumed:]
    flags = ("ocr_fixed",) if issuer and lead == "TW" and re.sub(r"\W", "", rest[0]).upper() == "TƯ" else ()
    printed = [each for each in separators[:2] if each in ("/", "-")]
    by_marks: Order = "party" if printed == ["-", "/"] else "state"
    if abbr.endswith(("LT", "PH", "LN")):
        bodies = (lead, *map(_body, tail))
        joint: Order = "joint" if separators[1:2] == ("/",) and (by_marks == "state" or dated) else by_marks
        return DocumentNumber("", None, kind.code, abbr, bodies, "", joint, signed, flags)
    order: Order = by_marks
    if abbr == "CĐ" and lead == "TW" and by_marks == "state":
        signed = None  # the storm committee signs CĐ-TW; the Party's telegrams are CĐ/TW
    elif dated:
        order = "state"
    elif issuer and issuer.order in ("state", "party"):
        order = issuer.order
        if order != by_marks and printed in (["-", "/"], ["/", "-"]):
            flags = (*flags, "reordered")
    return DocumentNumber("", None, kind.code, abbr, (lead,), "-".join(map(_unit, tail)), order, signed, flags)


def _without_type(groups: tuple[str, ...], separators: tuple[str, ...], *, dated: bool) -> DocumentNumber:
    issuer, lead, consumed = _lead(list(groups))
    signed, tail = issuer.code if issuer else None, groups[consumed:]
    if issuer and tail and separators[-1] == "/" and (kind := type_of(tail[-1])):
        bodies = (lead, *map(_body, tail[:-1]))
        return DocumentNumber("", None, kind.code, _official(tail[-1], kind.code), bodies, "", "old", signed)
    unit = "-".join(map(_unit, tail))
    if issuer and separators[:1] == ("-",) and not dated and (not tail or issuer.order == "old"):
        return DocumentNumber("", None, None, "", (lead,), unit, "old", signed)
    if issuer and issuer.code in ("qh", "ubtvqh"):
        return DocumentNumber("", None, None, "", (lead,), issuer=signed)
    return DocumentNumber("", None, "cv" if issuer and not dated else None, "", (lead,), unit, issuer=signed)


def type_named(words: str) -> DocumentType | None:
    """The type whose name or abbreviation ends `words`: "Công văn số", "các Nghị quyết", "NQ"."""
    spoken = key(words).rstrip(" .:").removesuffix("so").split()
    for taken in range(min(6, len(spoken)), 0, -1):
        if found := TYPE_NAMES.get(" ".join(spoken[-taken:])):
            return found
    return type_of(spoken[-1]) if spoken else None


def read_standard(text: str) -> tuple[DocumentNumber, int] | None:
    """A standard's designation at the start of `text`, and its length: "QCVN 07-9:2016/BXD"."""
    if not (match := _STANDARD.match(text)):
        return None
    family = match["family"].upper().replace("QCDP", "QCĐP")
    kind = type_of(family)
    body = (match["body"].upper(),) if match["body"] else ()
    issuer = issuer_of(body[0]) if body else None
    number = re.sub(r"\s", "", match["number"])
    abbr = " ".join(filter(None, (family, (match["prefix"] or "").upper())))
    found = DocumentNumber(
        number,
        int(match["year"]),
        kind.code if kind else None,
        abbr,
        body,
        order="standard",
        issuer=issuer.code if issuer else None,
    )
    return found, match.end()


def _court(groups: Sequence[str]) -> str | None:
    joined = "-".join(groups[:2]).upper()
    return f"{found[1]}-{found[2]}" if (found := _COURT.fullmatch(joined)) else None


def _lead(groups: list[str]) -> tuple[Issuer | None, str, int]:
    """The first body of a symbol: its row, its abbreviation, and how many groups it took (QLTA-THA takes 2)."""
    for taken in (2, 1):
        joined = "-".join(groups[:taken])
        if len(groups) >= taken and (issuer := issuer_of(joined)):
            return issuer, _body(joined), taken
    return None, _unit(groups[0]), 1


@lru_cache(maxsize=4096)
def _body(group: str) -> str:
    issuer = issuer_of(group)
    if issuer is None:
        return _unit(group)
    if fold(group.upper().rstrip("0123456789")) == fold(issuer.abbr) or group.upper() in ("TƯ", "T.Ư"):
        return issuer.abbr + group[len(group.rstrip("0123456789")) :]
    return next((each for each in issuer.variants if each.upper() == group.upper()), _unit(group))


def _unit(group: str) -> str:
    return group if any(map(str.isupper, group)) else group.upper()


@lru_cache(maxsize=4096)
def _official(abbr: str, code: str) -> str:
    kind = TYPES[code]
    spellings = (kind.abbr, kind.party_abbr, *kind.variants)
    return next((each for each in spellings if each and fold(each) == fold(abbr)), abbr)


def _split(group: str) -> tuple[str, str] | None:
    """A type and an issuer printed without the hyphen between them: NQCP, QĐUBND. The longest type wins."""
    for at in range(min(5, len(group) - 2), 0, -1):
        if type_of(group[:at]) and issuer_of(group[at:]):
            return group[:at], group[at:]
    return None


def _year(digits: str | None) -> int | None:
    return int(digits) if digits else None


def _parse_cid(cid: str) -> DocumentNumber | None:
    parts = cid.split("/")
    if not 5 <= len(parts) <= 7 or not parts[-2].isdigit() or parts[-3] not in TYPES:
        return None
    return DocumentNumber(parts[-1], int(parts[-2]), parts[-3], issuer=parts[-4], cid=cid)


# Types that share another's abbreviation: only the word tells a Quy định 66-QĐ/TW from a Quyết định.
SAME_SYMBOL = {"qyd": "qd", "ctrang": "ct", "ttri": "tt", "sacl": "sl"}

_LETTERS = "abcdefghijklmnopqrstuvwxyzđ"
_COURT = re.compile(r"(HS|DS|HC|KDTM|HNGĐ|LĐ|HNGD|LD)-?(ST|PT|GĐT|GDT)(?:-.*)?")
_STANDARD = re.compile(
    r"(?P<family>TCVN|QCVN|QCĐP|QCDP)(?: {0,2}(?P<prefix>ISO/IEC|ISO|IEC|ISO/TS))?[ :]{0,2}"
    r"(?P<number>\d{1,5}(?: ?- ?(?:\d{1,3}|MT)){0,3}) ?: ?(?P<year>(?:19|20)\d\d)"
    r"(?: ?/ ?(?P<body>[A-Za-zĐđ]{2,10})(?![^\W\d_]))?",
    re.IGNORECASE,
)
_AFTERWARDS = re.compile(r"(?<=[\w.,)]),? (?:ngày|ký|của|về|do|v/v|năm|ban hành|\().*$", re.IGNORECASE | re.DOTALL)
_TYPED = re.compile(
    r"(?P<words>(?:[^\W\d_]++[\s.:]*+){0,8}?)(?P<number>\d{1,5}(?:[a-zđA-EĐ](?![^\W\d_]))?)"
    r"(?:[\s/\-._]+(?P<year>(?:19|20)\d\d)(?!\d))?(?P<symbol>[\s/\-._]*[^\W\d_].*)?$"
)
