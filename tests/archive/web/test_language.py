"""What the reader says: every text in both languages, none missing, none forgotten; numbers and days as written."""

from __future__ import annotations

import re
import string
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from archive import schema
from archive.exits import Exit
from archive.web import app, changes, language, runs, strings
from crawler import plan

WEB = Path(strings.__file__).parent
SOURCES = {path: path.read_text(encoding="utf-8") for path in (*WEB.glob("*.py"), *WEB.glob("templates/*"))}
READING = "\n".join(path.read_text(encoding="utf-8") for path in WEB.parents[1].glob("crawler/reading/**/*.py"))
# "posted_by" is the basis of an author
FLAG = r'"((?:body|posted(?!_by")|page|charset|ambiguous|ocr)_[a-z]+(?:_[a-z]+)*|[a-z]+_conflict|inherited|reordered)"'
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


def test_every_code_has_words() -> None:
    """What the reader shows as words: a code that is added somewhere is named here too."""
    codes = {
        "kind": get_args(schema.Kind),
        "publisher": get_args(schema.Publisher),
        "relation": get_args(schema.Relation),
        "cause": get_args(schema.Cause),
        "role": get_args(get_type_hints(schema.Author)["role"]),
        "mode": get_args(plan.Mode),
        "verdict": [each.name.lower() for each in Exit],
        "counted": runs.COUNTED,
        "reason": get_type_hints(schema.NotAnArticle, include_extras=True)["reason"].__metadata__[0].split(", "),
        "flag": re.findall(FLAG, READING),
        "what": changes.WHAT,
        "told": changes.WHAT,
        "hint": [str(status) for _, status in app._STATUS],
    }
    wanted = {f"{prefix}.{code}" for prefix, some in codes.items() for code in some}
    assert len(codes["flag"]) > 8
    assert wanted - strings.STRINGS.keys() == set()


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (language.number("vi", 12345), "12.345"),
        (language.number("en", 12345), "12,345"),
        (language.day("vi", "2025-07-01"), "01/07/2025"),
        (language.day("en", "2025-07-01"), "1 July 2025"),
        (language.day("vi", None), ""),
        (language.moment("vi", "2019-10-10T20:21:00+07:00"), "20:21, 10/10/2019 (+07:00)"),
        (language.moment("en", "2026-11-23T08:00:00.123456Z"), "15:00, 23 November 2026 (+07:00)"),
        (language.moment("vi", "2026-12-31T17:00:00Z"), "00:00, 01/01/2027 (+07:00)"),
        (language.say("en", "articles", 1), "1 article"),
        (language.say("en", "articles", 1000), "1,000 articles"),
        (language.say("vi", "articles", 1000), "1.000 bài"),
        (language.named("vi", "relation", "amends"), "sửa đổi, bổ sung"),
        (language.named("vi", "relation", "unheard"), "unheard"),
        (language.percent("vi", 0.986, 1), "98,6%"),
        (language.percent("en", 0.986, 1), "98.6%"),
        (language.month("vi", "2019-10"), "10/2019"),
        (language.month("en", "2019-10"), "October 2019"),
        (language.month("vi", "2019"), "2019"),
        (language.document_type("vi", "qd"), "Quyết định"),
        (language.document_type("en", "qd"), "Decision"),
        (language.issuer("vi", "cp"), "Chính phủ"),
        (language.issuer("vi", "unheard"), "unheard"),
        (language.rule("vi", "label:posted"), "theo nhãn ngày đăng"),
        (language.rule("vi", "meta:article:published_time"), "theo thẻ meta của trang"),
        (language.rule("vi", "kontum.posted"), "theo mẫu trang đã biết"),
        (language.reason("vi", "not an article: soft_404"), "không phải bài viết: trang báo không tồn tại"),
        (language.reason("vi", "redirect to http://a.example/b"), "chuyển hướng đến http://a.example/b"),
        (language.reason("vi", "not found: HTTP 404"), "không có trang: HTTP 404"),
        (language.reason("vi", "errors galore"), "errors galore"),
        (language.reason("vi", None), ""),
    ],
)
def test_as_people_write(said: str, expected: str) -> None:
    assert said == expected
