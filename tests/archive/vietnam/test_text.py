import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.vietnam.text import fold, key, letters, nearest, nfc, sort_key

FOLDED = [
    ("Đắk Lắk", "dak lak"),
    ("ĐIỆN BIÊN", "dien bien"),
    ("Quyết định số 2623/UBND-NCXDPL", "quyet dinh so 2623/ubnd-ncxdpl"),
    ("nghiên cứu ư ơ ă â ê ô", "nghien cuu u o a a e o"),
    # Icelandic Eth, printed for Đ by pages converted from VNI or TCVN3
    ("Ðồng Nai", "dong nai"),
    ("ÿ İ ß €", "y i ß €"),
    # Hangul decomposes into letters, not into a letter and marks
    ("한", "한"),
    ("K’Brêu", "k’breu"),
    ("", ""),
]

SAME_KEY = [
    ("Khánh Hoà", "Khánh Hòa"),
    ("Uỷ ban nhân dân", "Ủy ban  nhân\u00a0dân"),
    ("Đắk Lắk", "ĐẮK LẮK"),
    ("Quảng Ngãi", unicodedata.normalize("NFD", "Quảng Ngãi")),
    ("Kon Tum", " Kon\u200b Tum\n"),
    ("Thừa Thiên\u00adHuế", "Thừa ThiênHuế"),
]

NEAREST = [
    ("kon-tom", ["kon-tum", "quang-ngai"], "kon-tum"),
    ("Quảng Ngải", ["kon-tum", "quang-ngai", "quang-nam"], "quang-ngai"),
    ("sectoins", ["sections", "layouts"], "sections"),
    ("zzz", ["sections", "layouts"], None),
    ("", [], None),
]


@pytest.mark.parametrize(("text", "expected"), FOLDED)
def test_fold(text: str, expected: str) -> None:
    assert fold(text) == expected


@pytest.mark.parametrize(("one", "other"), SAME_KEY)
def test_spellings_of_one_name_share_a_key(one: str, other: str) -> None:
    assert key(one) == key(other)


def test_keys_tell_names_apart() -> None:
    assert key("Hà Nam") != key("Hà Nội")


def test_sort_key_follows_the_dictionary() -> None:
    ordered = ["Ba", "Bà", "Bả", "Bã", "Bá", "Bạ", "Bắc Kạn", "Bấc", "Da", "Đà Nẵng", "Hà Nam", "Hàm", "Y", "Ý"]
    assert sorted(set(ordered), key=sort_key) == ordered


def test_sort_key_puts_small_letters_first() -> None:
    assert sorted(["Nam", "nam"], key=sort_key) == ["nam", "Nam"]


@pytest.mark.parametrize(("word", "choices", "expected"), NEAREST)
def test_nearest(word: str, choices: list[str], expected: str | None) -> None:
    assert nearest(word, choices) == expected


def test_fold_reads_rare_letters_as_it_reads_common_ones() -> None:
    letters = [chr(code) for code in range(0x10000) if not 0xD800 <= code < 0xE000]
    assert [fold(letter) for letter in letters] == [fold(letter + "\u4e00")[0] for letter in letters]


@given(st.text())
def test_fold_keeps_the_length(text: str) -> None:
    assert len(fold(nfc(text))) == len(nfc(text))


@given(st.text())
def test_fold_and_key_are_stable(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert key(key(text)) == key(text)


@given(st.text())
def test_key_does_not_see_the_normal_form(text: str) -> None:
    assert key(unicodedata.normalize("NFD", text)) == key(text)


@given(st.text() | st.text("aĐ́ễ–“”½²ກ한_- 7"))
def test_letters_are_what_folding_leaves_without_signs(text: str) -> None:
    assert letters(text) == re.sub(r"[\W_]+", "", fold(text))
