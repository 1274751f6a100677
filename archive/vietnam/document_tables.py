"""The tables of official documents: doc_types.csv and issuers.csv, and what an abbreviation stands for in them."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal

from archive.vietnam.text import fold, key


@dataclass(frozen=True, slots=True)
class DocumentType:
    """A kind of document: a row of doc_types.csv. `short` says when a bare number after its name is a citation."""

    code: str
    name: str
    words: tuple[str, ...]
    abbr: str
    party_abbr: str
    variants: tuple[str, ...]
    name_en: str
    systems: tuple[str, ...]
    issuer: str | None
    short: Literal["word", "so", "dated", "no"]
    valid_from: date | None
    valid_to: date | None
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Issuer:
    """An office that issues documents: a row of issuers.csv.

    `level` "words" means that the suffix is shared by several levels (UBND). `order` is how it writes a number: "state"
    12/KH-UBND, "party" 12-KH/TU, "old" 196-HĐBT, "either" as printed.
    """

    code: str
    abbr: str
    variants: tuple[str, ...]
    name: str
    names: tuple[str, ...]
    name_en: str
    level: Literal["central", "province", "district", "commune", "words"]
    order: Literal["state", "party", "old", "either"]
    valid_from: date | None
    valid_to: date | None
    examples: tuple[str, ...]


@lru_cache(maxsize=4096)
def type_of(abbr: str) -> DocumentType | None:
    """The type an abbreviation stands for in a symbol; case does not count, D is Đ where only Đ is known."""
    return _TYPES_BY_ABBR.get(abbr.upper()) or _TYPES_BY_LOOSE_ABBR.get(fold(abbr))


@lru_cache(maxsize=4096)
def issuer_of(abbr: str) -> Issuer | None:
    """The issuer that a suffix stands for, its legislature dropped (QH15); None where the table has no such suffix."""
    exact = abbr.upper()
    for spelling in (exact, exact.rstrip("0123456789")):
        if found := _ISSUERS_BY_ABBR.get(spelling) or _ISSUERS_BY_LOOSE_ABBR.get(fold(spelling)):
            return found
    return None


def _rows(name: str) -> Iterator[dict[str, str]]:
    with Path(__file__).with_name(name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _several(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def _day(cell: str) -> date | None:
    return date.fromisoformat(cell) if cell else None


def _type(row: dict[str, str]) -> DocumentType:
    return DocumentType(
        row["code"], row["name"], _several(row["words"]), row["abbr"], row["party_abbr"], _several(row["variants"]),
        row["name_en"], _several(row["systems"]), row["issuer"] or None, row["short"],  # type: ignore[arg-type]
        _day(row["valid_from"]), _day(row["valid_to"]), _several(row["examples"]),
    )  # fmt: skip


def _issuer(row: dict[str, str]) -> Issuer:
    return Issuer(
        row["code"], row["abbr"], _several(row["variants"]), row["name"], _several(row["names"]), row["name_en"],
        row["level"], row["order"],  # type: ignore[arg-type]
        _day(row["valid_from"]), _day(row["valid_to"]), _several(row["examples"]),
    )  # fmt: skip


TYPES: dict[str, DocumentType] = {row["code"]: _type(row) for row in _rows("doc_types.csv")}
ISSUERS: dict[str, Issuer] = {row["code"]: _issuer(row) for row in _rows("issuers.csv")}

# By folded name: "quyet dinh".
TYPE_NAMES: dict[str, DocumentType] = {
    key(name): kind for kind in reversed(TYPES.values()) for name in (*kind.words, kind.name)
}
_TYPES_BY_ABBR: dict[str, DocumentType] = {}
for _kind in TYPES.values():
    for _spelling in filter(None, (_kind.abbr, _kind.party_abbr, *_kind.variants)):
        # First come, first served: QĐ is a Quyết định unless the words say Quy định, CT a Chỉ thị.
        _TYPES_BY_ABBR.setdefault(_spelling.upper(), _kind)
_TYPES_BY_LOOSE_ABBR = {fold(each): kind for each, kind in reversed(_TYPES_BY_ABBR.items())} | {
    fold(each): kind for each, kind in _TYPES_BY_ABBR.items() if each.isascii()
}
_ISSUERS_BY_ABBR = {
    each.upper(): issuer for issuer in reversed(ISSUERS.values()) for each in (*issuer.variants, issuer.abbr)
}
_ISSUERS_BY_LOOSE_ABBR = {fold(each): issuer for each, issuer in _ISSUERS_BY_ABBR.items()} | {
    fold(issuer.abbr): issuer for issuer in ISSUERS.values()
}
