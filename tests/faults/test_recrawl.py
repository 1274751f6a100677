"""Edits, deletions and returns by name, on a portal that never repeats a byte; of a thousand articles: `recrawl.py`."""

from __future__ import annotations

from pathlib import Path

from recrawl import recrawl, unchanged


def test_what_happened_is_told_by_name_and_nothing_else(tmp_path: Path) -> None:
    rows = recrawl(tmp_path, 48)
    assert [(what, told) for what, told, _ in rows] == [(what, true) for what, _, true in rows]


def test_an_unchanged_portal_adds_no_response_and_no_line(tmp_path: Path) -> None:
    told = {what: value for what, value, _ in unchanged(tmp_path)}
    assert told.pop("share of article checks answered 304") >= 0.95
    assert told == {"status": 0, "new response records": 0, "new lines": 0}
