"""One text seen three ways, with the same offsets: as stored, with look-alikes levelled, and folded for words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.vietnam.documents import LOOKALIKES
from archive.vietnam.text import code, fold, fold_coded, nfc


@dataclass(frozen=True, slots=True)
class View:
    """`text` is NFC; `shape` has ASCII dashes, slashes, blanks and digits; `low` is `shape` without case and marks."""

    text: str
    shape: str
    low: str

    @classmethod
    def of(cls, text: str) -> View:
        """The views of a text in any normal form; all offsets refer to its NFC form."""
        coded = code(text)
        if coded is None:
            normal = nfc(text)
            shape = _levelled(normal)
            return cls(normal, shape, fold(shape))
        level = coded.translate(_LEVEL_CODES)
        return cls(text, text if level == coded else _levelled(text), fold_coded(level))

    def sentence_start(self, at: int, reach: int = 320) -> int:
        """Where the sentence around `at` begins, looking back at most `reach` code points."""
        floor = max(0, at - reach)
        start = floor
        for mark in ".!?…\n":  # sought from behind, one by one: marks are rare, a pattern tries every letter
            end = at
            while (end := self.shape.rfind(mark, start, end)) >= 0:
                if _SENTENCE_END.match(self.shape, end, at):
                    start = end + 1
                    break
        return start

    def sentence_end(self, at: int, reach: int = 320) -> int:
        """Where the sentence around `at` ends, looking at most `reach` code points ahead."""
        match = _SENTENCE_END.search(self.shape, at, at + reach)
        return match.start() if match else min(len(self.shape), at + reach)


# Look-alikes are rare: finding them takes a twentieth of the time that translating all letters does.
_LOOKALIKE = re.compile(f"[{re.escape(''.join(map(chr, LOOKALIKES)))}]")
_CODED = {code(chr(sign)): code(level) for sign, level in LOOKALIKES.items() if code(chr(sign))}
_LEVEL_CODES = bytes.maketrans(b"".join(filter(None, _CODED)), b"".join(filter(None, _CODED.values())))


def _levelled(text: str) -> str:
    return _LOOKALIKE.sub(lambda found: LOOKALIKES[ord(found[0])], text)


# The capitals of Vietnamese, for the inside of a class: ranges of Unicode would take in small letters.
CAPITALS = "A-ZÀ-ÃÈ-ÊÌÍÒ-ÕÙÚÝĂĐĨŨƠƯ" + "".join(map(chr, range(0x1EA0, 0x1EFA, 2)))

# A full stop ends a sentence only before a capital that no abbreviation explains (TP. Hồ Chí Minh, Tx. Kỳ Anh).
_SENTENCE_END = re.compile(
    r"[.!?…\n](?:(?<=\n)|(?<!TP\.)(?<!Tp\.)(?<!TX\.)(?<![Tt]x\.)(?<!\b[PQH]\.)"
    rf"(?=[\s\"”’]+[{CAPITALS}]|\s*$))"
)
