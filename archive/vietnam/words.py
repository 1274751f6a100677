"""How text becomes what is searched: its words folded, and beside them as they are written, marks and all.

The folded words let "duong" find "đường"; the written ones let "đường" leave out "dương".
Every Vietnamese letter becomes one byte, so that tables in C do the work: a fifth of what looking up words costs.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

from archive.vietnam.text import fold, nfc

WORD = re.compile(r"[^\W_]+")

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_ACCENTED = "đ" + "".join(
    nfc(letter + tone) for letter in "aăâeêioôơuưy" for tone in ("", *_TONES) if not (letter + tone).isascii()
)
_MARKS = "“”‘’„«»–—−…•·\u00a0"  # that news is full of; all others take a slower way
_LETTERS = codecs.charmap_build(
    "".join(map(chr, range(128))) + _ACCENTED + _MARKS + "\ufffe" * (128 - len(_ACCENTED) - len(_MARKS))
)
_BLANKS = bytes(range(32)) + bytes(range(128 + len(_ACCENTED), 128 + len(_ACCENTED) + len(_MARKS)))
_WRITTEN = bytes.maketrans(_BLANKS, b" " * len(_BLANKS))
_FOLDED = bytes.maketrans(
    _BLANKS + bytes(range(128, 128 + len(_ACCENTED))), b" " * len(_BLANKS) + fold(_ACCENTED).encode()
)


def searched(text: str) -> tuple[str, str]:
    """The words of an NFC text as the index takes them: folded, and as they are written (in letters of our own)."""
    coded: bytes = codecs.charmap_encode(text.lower(), "archive.words", _LETTERS)[0]
    return coded.translate(_FOLDED).decode("ascii"), coded.translate(_WRITTEN).decode("latin-1")


def folded(text: str) -> str:
    """The words of an NFC text without marks, single blanks between them."""
    return " ".join(WORD.findall(searched(text)[0]))


def written(word: str) -> str | None:
    """What the spellings of an accented word share, hoà and hòa; None for one without any mark."""
    forms = spellings(word)
    return None if forms[0].isascii() else forms[0]


def spellings(word: str) -> tuple[str, ...]:
    """A word as the index has it written, with its tone where it was put once and where it is put now."""
    form = searched(word)[1]
    for first, second in _PLACEMENTS:
        if first in form or second in form:
            return form.replace(first, second), form.replace(second, first)
    return (form,)


def words_of(text: str) -> list[str]:
    """The words of an NFC text, in lower case."""
    return WORD.findall(strip_shapeless(text).lower())


def strip_shapeless(text: str) -> str:
    """An NFC text without what stands in words and is no letter: soft hyphens, zero-width blanks, stray marks."""
    return _ODD.sub(_shaped, text)


# Beside Latin letters with their marks, and the punctuation of news.
_ODD = re.compile("[^\x00-\xac\xae-\u02ff\u1e00-\u1fff\u2010-\u2027\u2030-\u205e]")


def _shaped(match: re.Match[str]) -> str:
    return "" if unicodedata.category(match[0]) in _SHAPELESS else match[0]


_SHAPELESS = ("Cf", "Mn")


def _otherwise(error: UnicodeError) -> tuple[str, int]:
    """What stands for characters that are no Vietnamese letters: é is there, ü is u, 中 is u4e2d, ™ is a blank."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(_other, error.object[error.start : error.end])), error.end


def _other(char: str) -> str:
    if not char.isalnum():
        return "" if unicodedata.category(char) in _SHAPELESS else " "
    plain = fold(char)
    return plain if plain.isascii() else f"u{ord(char):x}"


codecs.register_error("archive.words", _otherwise)

# hoà and hòa, khoẻ and khỏe, uỷ and ủy: the tone on the second vowel, or on the first.
_PLACEMENTS = [
    (searched(nfc(first + second + tone))[1], searched(nfc(first + tone + second))[1])
    for first, second in ("oa", "oe", "uy")
    for tone in _TONES
]
