"""Edits, deletions and returns by name, on a portal that never repeats a byte; of a thousand articles: `recrawl.py`."""

from __future__ import annotations

from pathlib import Path

from recrawl import recrawl


def test_what_happened_is_told_by_name_and_nothing_else(tmp_path: Path) -> None:
    rows = recrawl(tmp_path, 48)
    assert [(what, told) for what, told, _ in rows] == [(what, true) for what, _, true in rows]
