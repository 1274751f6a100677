"""Text from pages before a terminal: nothing that drives it is left, and JSON still says the same."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.terminal import clean, to_json

HARMLESS = [
    "Nghị quyết số 57-NQ/TW, “đột phá” … 100 %",
    "Hoà Bình e\u0301 \u00a0 \u00ad 🇻🇳 日本",
    "[bold]đậm[/bold] :smile:",
]
HARMFUL = [
    ("\x1b[31mđỏ", "\\x1b[31mđỏ"),
    ("\x9b2J", "\\x9b2J"),
    ("a\rb\nc\td", "ab c d"),
    ("\x00\x7f", "\\x00\\x7f"),
    ("\u202egnp.exe\u2069", "\\u202egnp.exe\\u2069"),
    ("a\u2028b\ufeff", "a\\u2028b\\ufeff"),
    ("\ud800", "\\ud800"),
    ("\U000e0041", "\\U000e0041"),
]
ANY = st.text(st.characters())  # lone surrogates too


@pytest.mark.parametrize("text", HARMLESS)
def test_harmless_text_stays(text: str) -> None:
    assert clean(text) == text
    assert clean(f"{text}\n{text}", lines=True) == f"{text}\n{text}"


@pytest.mark.parametrize(("text", "shown"), HARMFUL)
def test_harmful_text_is_shown_as_its_escape(text: str, shown: str) -> None:
    assert clean(text) == shown


@given(ANY)
def test_nothing_that_drives_a_terminal_is_left(text: str) -> None:
    for shown in (clean(text), clean(text, lines=True).replace("\n", ""), to_json(text)):
        assert not [char for char in shown if unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp")]
        assert not {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"} & set(
            map(unicodedata.bidirectional, shown)
        )
        shown.encode()


@given(st.recursive(ANY, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ANY, inner, max_size=3)))
def test_json_reads_back_the_same(value: object) -> None:
    assert json.loads(to_json(value)) == value
    assert json.loads(to_json(value, indent=2)) == value
