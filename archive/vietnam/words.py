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
# That news is full of; all others take a slower way.
_SIGNS = "\t\n\r" + "".join(char for char in map(chr, range(32, 127)) if not char.isalnum()) + "“”‘’„«»–—−…•·\u00a0"
_SMALL = "abcdefghijklmnopqrstuvwxyz" + _ACCENTED
# Every sign and letter, small and capital, in a place of 256: the last is left for what separates parts, the first for
# NUL, without which the table would be a slow one.
_PLACES = "\0" + _SIGNS + "0123456789" + _SMALL + _SMALL.upper()
_CODED = codecs.charmap_build(_PLACES.ljust(256, "\ufffe"))
_SEPARATOR = 255
# A word nobody can type, between the parts of a text: no phrase runs from the byline into the source.
BETWEEN = bytes((_PLACES.index(" "), _SEPARATOR, _PLACES.index(" ")))


def coded(text: str) -> bytes:
    """An NFC text with a byte for every letter or sign, from which `bare_words` and `marked_words` are made."""
    return codecs.charmap_encode(text, "archive.words", _CODED)[0]


def bare_words(text: bytes) -> bytes:
    """The words of a coded text as the index takes them: small ASCII letters, figures, blanks."""
    return text.translate(_FOLDED)


def marked_words(text: bytes) -> bytes:
    """The words of a coded text with their marks: an accented letter is a byte of our own, above 127."""
    return text.translate(_WRITTEN)


def _table(accented: bytes) -> bytes:
    """From the places of a coded text to what the index takes; signs become blanks."""
    plain = b"0123456789abcdefghijklmnopqrstuvwxyz" + accented
    signs = b" " * (1 + len(_SIGNS))
    return (signs + plain + plain[10:]).ljust(_SEPARATOR, b" ") + bytes((_SEPARATOR,))


_WRITTEN = _table(bytes(range(128, 128 + len(_ACCENTED))))
_FOLDED = _table(fold(_ACCENTED).encode())


def folded(text: str) -> str:
    """The words of an NFC text without marks, single blanks between them."""
    return " ".join(bare_words(coded(text)).decode("ascii").split())


def written(word: str) -> bytes | None:
    """What the spellings of an accented word share, hoà and hòa; None for one without any mark."""
    forms = spellings(word)
    return None if forms[0].isascii() else forms[0]


def spellings(word: str) -> tuple[bytes, ...]:
    """A word as the index has it written, with its tone where it was put once and where it is put now."""
    form = marked_words(coded(word))
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
    return "".join(map(_spelt, fold(char.casefold())))


def _spelt(char: str) -> str:
    return char if char.isascii() else "" if unicodedata.category(char) in _SHAPELESS else f"u{ord(char):x}"


codecs.register_error("archive.words", _otherwise)

# hoà and hòa, khoẻ and khỏe, uỷ and ủy: the tone on the second vowel, or on the first.
_PLACEMENTS = [
    (marked_words(coded(nfc(first + second + tone))), marked_words(coded(nfc(first + tone + second))))
    for first, second in ("oa", "oe", "uy")
    for tone in _TONES
]
