"""What the reader says: every text in both languages, none missing, none forgotten; numbers and days as written."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

from archive.web import language, strings

WEB = Path(strings.__file__).parent
SOURCES = {path: path.read_text(encoding="utf-8") for path in (*WEB.glob("*.py"), *WEB.glob("templates/*"))}
WRITTEN = "\n".join(text for path, text in SOURCES.items() if path.name != "strings.py")


def test_every_text_that_is_asked_for_is_there() -> None:
    asked = set(re.findall(r"""\bt\(["']([\w.]+)["'][,)]""", WRITTEN)) | set(
        re.findall(r'say\(\S+ "([\w.]+)"', WRITTEN)
    )
    assert len(asked) > 100
    assert asked <= strings.STRINGS.keys()


def test_no_text_is_forgotten() -> None:
    named = {name for name in strings.STRINGS if "." not in name}
    assert {name for name in named if not re.search(rf"""["']{name}["']""", WRITTEN)} == set()


def test_both_languages_say_the_same_of_the_same() -> None:
    for name, texts in strings.STRINGS.items():
        assert len(texts) in (2, 3), name
        assert all(text.strip() == text and text for text in texts), name
        fields = [{field for _, field, _, _ in string.Formatter().parse(text) if field} for text in texts]
        assert all(each == fields[0] for each in fields), name


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (language.number("vi", 12345), "12.345"),
        (language.number("en", 12345), "12,345"),
        (language.day("vi", "2025-07-01"), "01/07/2025"),
        (language.day("en", "2025-07-01"), "1 July 2025"),
        (language.day("vi", None), ""),
        (language.moment("vi", "2019-10-10T20:21:00+07:00"), "20:21, 10/10/2019 (+07:00)"),
        (language.moment("en", "2026-11-23T08:00:00.123456Z"), "08:00, 23 November 2026 (UTC)"),
        (language.say("en", "articles", 1), "1 article"),
        (language.say("en", "articles", 1000), "1,000 articles"),
        (language.say("vi", "articles", 1000), "1.000 bài"),
        (language.named("vi", "relation", "amends"), "sửa đổi, bổ sung"),
        (language.named("vi", "relation", "unheard"), "unheard"),
    ],
)
def test_as_people_write(said: str, expected: str) -> None:
    assert said == expected
