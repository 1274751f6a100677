"""What stands before a document's number: its type word, "số", the name of a law, the office of "Quyết định của …"."""

from __future__ import annotations

import re
from typing import NamedTuple

from archive.vietnam.documents import TYPE_NAMES
from crawler.reading.citations.lexicon import (
    ABBREVIATED,
    BARE_ABBREVIATED,
    LAW_BEFORE,
    OWNED_BEFORE,
    SO_BEFORE,
    TITLED_BEFORE,
    TYPE_BEFORE,
)
from crawler.reading.citations.numbers import Printed
from crawler.reading.citations.phrases import Phrase, phrase_at
from crawler.reading.citations.views import View


class Before(NamedTuple):
    """What stands before a number: where the citation begins, its type word, whether "số" is there."""

    start: int
    type: str | None = None
    text: str | None = None
    so: bool = False
    capital: bool = False
    bare: bool = False  # an abbreviation that a bare number may follow, or a type word
    owner: Phrase | None = None
    head: int | None = None


def introduction(view: View, at: int, right: Printed, done: int) -> Before:
    """What introduces the number at `at`, nothing of it before `done`, where the citation before this one ends."""
    low, floor = view.low, max(done, at - 70)
    floor = max(floor, low.rfind(". ", floor, at - 3) + 1)  # a full stop parts them, but for that of "số."
    if (match := TYPE_BEFORE.search(low, floor, at)) and not _another(match, right):
        return _typed(view, match)
    so = SO_BEFORE.search(low, max(done, at - 8), at)
    is_so = bool(so) and _says_so(view, so.start())  # type: ignore[union-attr]
    bare = Before(so.start() if so and is_so else at, so=is_so)
    if so is None and not _COLON.search(low, max(0, at - 3), at):
        return bare
    floor = max(view.sentence_start(at, 170), at - 170, done)
    law = (
        _last(LAW_BEFORE, low, floor, at)
        if is_so and right.number and right.number.issuer in ("qh", "ubtvqh")
        else None
    )
    if law and (view.shape[law.start()].isupper() or view.shape[law.end("word") + 1].isupper()):
        amended = _AMENDING.search(low, floor, law.start())
        spoken = amended or law
        start, word = _law(view, spoken.start(), spoken["word"])
        return Before(start, TYPE_NAMES[word].code, view.text[start : start + len(word)], True, True)
    named = TITLED_BEFORE.search(low, floor, at) if is_so and right.number else None
    if named and right.number and TYPE_NAMES[named["word"]].code == right.number.type:
        text = view.text[named.start() : named.end("word")]
        owner = phrase_at(view, named.end("word") + 1)  # "Nghị quyết HĐND tỉnh số 14/NQ-HĐND"
        owner = owner if owner and not view.shape[owner.end : bare.start].strip() else None
        return Before(named.start(), right.number.type, text, True, True, owner=owner)
    owned = _last(OWNED_BEFORE, low, floor, at)
    if owned and (owner := phrase_at(view, owned.start("owner"))) and owner.end >= owned.end("owner"):
        kind = TYPE_NAMES[owned["word"]].code
        text = view.text[owned.start("word") : owned.end("word")]
        start, head = (bare.start, owned.start()) if owned["colon"] or owned["open"] else (owned.start(), None)
        return Before(start, kind, text, is_so, True, owner=owner, head=head)
    return bare


def _another(match: re.Match[str], right: Printed) -> bool:
    """Whether a bracket opens between a type word and a number of another type: "phê duyệt Đề án (số 899/QĐ-TTg)"."""
    symbol = right.number.type if right.number and right.number.abbr else None
    return match["open"] == "(" and match["word"] is not None and symbol not in (None, TYPE_NAMES[match["word"]].code)


def _typed(view: View, match: re.Match[str]) -> Before:
    start, so = match.start(), match["so"] is not None and _says_so(view, match.start("so"))
    if match["abbr"]:
        printed = view.text[start : match.end("abbr")]
        official = view.shape[match.start("abbr") : match.end("abbr")]
        code = ABBREVIATED.get(official) or ABBREVIATED.get(official.replace("D", "Đ"))
        if code is None:
            return Before(match.start("so") if so else match.end(), so=so)
        return Before(start, code, printed, so, True, official in BARE_ABBREVIATED)
    start, word = _law(view, start, match["word"])
    printed, code, capital = view.text[start : start + len(word)], TYPE_NAMES[word].code, view.shape[start].isupper()
    head = start if match["colon"] and so else None
    if head is not None:  # "tại các Công điện: số 41/CĐ-TTg": the head is not part of the first item
        start = match.start("so")
    return Before(start, code, printed, so, capital, bare=True, head=head)


def _law(view: View, start: int, word: str) -> tuple[int, str]:
    """ "công bố Luật Nhà ở" folds to a "bộ luật" and is none."""
    no_code = word == "bo luat" and view.text[start : start + 2].lower() not in ("bộ", "bo")
    return (start + 3, "luat") if no_code else (start, word)


def _says_so(view: View, at: int) -> bool:
    return view.text[at : at + 2].lower() in ("số", "sô", "so")


def _last(pattern: re.Pattern[str], low: str, start: int, end: int) -> re.Match[str] | None:
    """The match that begins nearest to `end`; for patterns anchored there."""
    found = pattern.search(low, start, end)
    while found and (nearer := pattern.search(low, found.start() + 1, end)):
        found = nearer
    return found


_COLON = re.compile(r": ?\n?$")
_AMENDING = re.compile(
    r"(?<!\w)(?P<word>bo luat|luat|phap lenh) sua doi,? (?:va )?bo sung[^.;:\n]{0,80}cua (?:cac |[^.;:\n]{3,90} va )?$"
)
