"""Vietnamese text made comparable: normal form, folding that keeps offsets, keys, dictionary order, nearest word."""

from __future__ import annotations

import codecs
import difflib
import re
import unicodedata
from collections.abc import Iterable

# Ð and Ɖ are other letters that look like Đ; pages converted from the old eight-bit encodings print them in its place.
_D_WITH_STROKE = dict.fromkeys("đĐðÐɖƉ", "d")
# Tones in the order dictionaries use: none, huyền, hỏi, ngã, sắc, nặng.
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_NOT_LETTERS = re.compile(r"[\W_]+")
_OWN = re.compile("[ăâđêôơưĂÂĐÊÔƠƯ\u1ea0-\u1ef9]")
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"


def nfc(text: str) -> str:
    """The text in normal form C: the form of everything stored."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """Lower case, đ to d, marks dropped; one code point out for each one in, so offsets into NFC text survive.

    A mark that NFC leaves standing alone has no letter to be dropped from and stays.
    """
    try:  # as `code` and `fold_coded`, which would cost as much again to call
        coded = codecs.charmap_encode(text, "strict", _CODES)[0]
    except UnicodeEncodeError:
        return text.translate(_FOLDED)
    bare = coded.translate(_ASCII_OF)
    return bare.decode("ascii") if bare.isascii() else codecs.charmap_decode(coded, "strict", _BARE)[0]


def code(text: str) -> bytes | None:
    """The text in one byte a letter; None where it holds a letter or sign that Vietnamese pages hardly print.

    In C, coding takes a tenth of the time that a translation takes. A text that can be coded is in NFC.
    """
    try:
        return codecs.charmap_encode(text, "strict", _CODES)[0]
    except UnicodeEncodeError:
        return None


def fold_coded(coded: bytes) -> str:
    """A coded text folded."""
    bare = coded.translate(_ASCII_OF)
    return bare.decode("ascii") if bare.isascii() else codecs.charmap_decode(coded, "strict", _BARE)[0]


def letters(text: str) -> str:
    """Its letters and digits alone, folded: what two spellings of a headline share, or two prints of one story."""
    coded = code(text)
    bare = coded.translate(_ASCII_OF, _NO_LETTERS) if coded is not None else None
    if bare is None or not bare.isascii():  # Lao, Khmer, Chinese; ½ and ² are letters, too
        return _NOT_LETTERS.sub("", fold(text))
    return bare.decode("ascii")  # the same, ten times as fast


def own_letters(text: str) -> int:
    """How many letters of an NFC text hardly another language has: ă â đ ê ô ơ ư, vowels with a dot or two marks."""
    coded = code(text)
    return len(_OWN.findall(text)) if coded is None else len(coded.translate(None, _NOT_OWN))


def letters_of(lines: list[str]) -> list[str]:
    """The letters of each line, at once: most of what short ones cost is to ask for each."""
    coded = code("\n".join(lines))
    bare = coded.translate(_ASCII_OF, _NO_LETTERS_OF_LINES) if coded is not None else b"\xff"
    found = bare.decode("ascii").split("\n") if bare.isascii() else []
    return found if len(found) == len(lines) else list(map(letters, lines))


def key(text: str) -> str:
    """What two spellings of one name share: folded, which also levels tone placement (Hoà, Hòa), and blanks squeezed.

    Characters without a shape (zero-width blanks, soft hyphens, direction marks), frequent in pasted text, are dropped.
    """
    visible = "".join(char for char in nfc(text) if unicodedata.category(char) != "Cf")
    return " ".join(fold(visible).split())


def sort_key(text: str) -> str:
    """A string that sorts as Vietnamese dictionaries do: the 29 letters first, then tones, then case."""
    letters, tones = [], []
    for char in nfc(text):
        letter, tone = _letter_and_tone(char)
        letters.append(letter)
        tones.append(tone)
    return "\0".join(("".join(letters), "".join(tones), text.swapcase()))


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """The choice that `word` was most likely meant to be, for error messages; None where none comes near.

    Marks, case and the hyphens of slugs do not count: "Quảng Ngãi" is near "quang-ngai".
    """
    keys = {_unhyphened(choice): choice for choice in choices}
    found = difflib.get_close_matches(_unhyphened(word), keys, n=1, cutoff=0.6)
    return keys[found[0]] if found else None


def hint(word: str, choices: Iterable[str]) -> str:
    """What a refused word's message says of the choice it was near to: "; nearest: kon-tum", or nothing."""
    meant = nearest(word, choices)
    return f"; nearest: {meant}" if meant else ""


def _unhyphened(word: str) -> str:
    return key(word.replace("-", " ").replace("_", " "))


class _Folding(dict[int, str]):
    """Code point to folded character, filled as characters are met."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _folded(chr(code))
        return folded


def _folded(char: str) -> str:
    if char in _D_WITH_STROKE:
        return _D_WITH_STROKE[char]
    decomposed = unicodedata.normalize("NFD", char.lower())
    return decomposed[0] if all(map(unicodedata.combining, decomposed[1:])) else char


_FOLDED = _Folding()
# What Vietnamese text is made of fits into one byte a letter.
_MARKED = "àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
_LETTERS = "\0\t\n\r" + "".join(map(chr, range(32, 127))) + _MARKED + _MARKED.upper() + "\xa0«»°·–—‘’“”•…₫²³½"
_CODES = codecs.charmap_build(_LETTERS.ljust(256, "\ufffe"))
_BARE = "".join(map(_folded, _LETTERS))
_ASCII_OF = bytes(ord(char) if char.isascii() else 255 for char in _BARE).ljust(256, b"\xff")  # 255: none
_NO_LETTERS = bytes(place for place, char in enumerate(_BARE) if not char.isalnum())
_NOT_OWN = bytes(place for place, char in enumerate(_LETTERS) if not _OWN.match(char))
_NO_LETTERS_OF_LINES = _NO_LETTERS.replace(bytes([_LETTERS.index("\n")]), b"")
_ORDER = {letter: chr(ord("a") + place) for place, letter in enumerate(_ALPHABET)}


def _letter_and_tone(char: str) -> tuple[str, str]:
    decomposed = unicodedata.normalize("NFD", char.lower())
    tone = next((_TONES[mark] for mark in decomposed if mark in _TONES), "0")
    letter = nfc("".join(part for part in decomposed if part not in _TONES))
    return _ORDER.get(letter, letter), tone
