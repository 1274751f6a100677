"""A search as it is typed: any input has an answer, and every query is an expression the index takes."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.reader import Archive
from archive.research.query import BadQuery, parse, snippet, spans
from archive.vietnam.text import nfc
from archive.vietnam.words import bare_words, coded, marked_words


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "no word to search for"),
        ("  \u0323\u0301 … — \0 \u200b", "no word to search for"),
        ('""', "no word to search for"),
        ("-đường", "only words to leave out"),
        ("từ " * 3000, "a search of 3000 words; allowed: at most 64"),
    ],
)
def test_a_search_for_nothing_says_so(news: Path, typed: str, said: str) -> None:
    with Archive(news) as archive, pytest.raises(BadQuery, match=said):
        archive.search(typed)


@pytest.mark.parametrize(
    ("typed", "starred"), [("c*", True), ("cà ph*", True), ('"hội ngh*"', True), ("* hội nghị", False), ("hội", False)]
)
def test_an_asterisk_is_told_to_say_nothing(typed: str, starred: bool) -> None:
    assert parse(typed).starred is starred
    assert parse(typed).terms == parse(typed.replace("*", "")).terms


@given(st.text(max_size=80) | st.text('"-()*:^+AND OR{} đường\0', max_size=40))
@settings(max_examples=150, deadline=None)
def test_every_query_is_an_expression_the_index_takes(typed: str) -> None:
    base = sqlite3.connect(":memory:")
    base.execute(
        "CREATE VIRTUAL TABLE words USING fts5(title, text, marked_title, marked_text, content='', tokenize='ascii')"
    )
    text = coded(nfc(typed))
    base.execute("INSERT INTO words (text, marked_text) VALUES (?, ?)", (bare_words(text), marked_words(text)))
    try:
        query = parse(typed)
    except BadQuery:
        return
    for exact in (True, False):
        found = base.execute(
            "SELECT count(*) FROM words WHERE words MATCH ?", (query.expression(exact=exact),)
        ).fetchone()
        if '"' not in typed and not any(term.without for term in query.terms):
            assert found == (1,)
    piece = snippet(typed, query, exact=True)
    assert all(0 <= begin < end <= len(piece.text) for begin, end in piece.spans)


def test_snippets_show_the_words_where_they_stand() -> None:
    text = "Mở đầu. " * 60 + "Tại Hoà Bình, đường sạt lở. " + "Kết. " * 90
    piece = snippet(text, parse('"hòa bình" duong'), exact=True)
    assert [piece.text[begin:end] for begin, end in piece.spans] == ["Hoà Bình", "đường"]
    assert piece.text.startswith("… ")
    assert piece.text.endswith(" …")
    assert len(piece.text) <= 250
    assert snippet("ngắn", parse("khác"), exact=True).text == "ngắn"


@pytest.mark.parametrize(
    ("asked", "exact", "found"),
    [
        ("lũ", True, ["lũ", "LŨ"]),
        ("lu", False, ["lũ", "LŨ", "lu"]),
        ('"mưa lũ" ứng', True, ["Ứng", "mưa lũ"]),
        ("hạn -lũ", True, []),
    ],
)
def test_words_of_a_headline_are_found_in_it(asked: str, exact: bool, found: list[str]) -> None:
    title = "Ứng phó mưa lũ: LŨ về, xe lu"
    assert [title[begin:end] for begin, end in spans(title, parse(asked), exact=exact)] == found
