"""A person at a terminal: tables where there is room, where a province went, text that cannot hurt."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from archive.schema import Article, Author

TEN, NINE = "kon-tum/1e6cca0f4635cd86", "kon-tum/8179c6d9c6357097"
Ask = Callable[..., Any]  # words of a verb; gives status, output, errors


def test_a_wide_terminal_has_a_table(ask_on_terminal: Ask) -> None:
    lines = [line.rstrip() for line in ask_on_terminal(100, "list", "--limit", "2").out.splitlines()]
    assert lines == [
        "id                        posted      title                portal",
        f"{TEN}  2019-10-10  Hội nghị lần thứ 10  kon-tum",
        f"{NINE}  2019-10-09  Bài đã gỡ [gone]     kon-tum",
    ]


def test_a_merged_province_says_where_it_went(ask_on_terminal: Ask) -> None:
    answer = ask_on_terminal(80, "list", "--province", "Kon Tum")
    assert TEN in answer.out
    assert answer.err == "archive: Kon Tum: since 2025-07-01 part of Quảng Ngãi\n"
    formed = ask_on_terminal(80, "list", "--province", "Quảng Ngãi").err
    assert formed.startswith("archive: Quảng Ngãi: since 2025-07-01 with Kon Tum; --with-predecessors also finds what")
    assert ask_on_terminal(80, "list", "--province", "Quảng Ngãi", "--with-predecessors").err == ""


HOSTILE = "\x1b]0;owned\x07\x9b31m [bold]đậm[/bold] \u202egnp.exe :smile: \r\n\tcuối"


def test_text_from_a_page_cannot_hurt(
    crawl: Callable[[str], Any],
    sample_article: Callable[..., Article],
    ask_on_terminal: Ask,
    tmp_path: Path,
) -> None:
    run = crawl("kon-tum")
    bad = dict.fromkeys(("title", "body", "lead", "byline_text", "posted_text", "section", "source"), HOSTILE)
    run.page(sample_article("kon-tum", 1, flags=(HOSTILE,), authors=(Author(HOSTILE),), **bad))
    folder = str(tmp_path / "data")
    for verb in (["list"], ["show", run.newest], ["history", run.newest]):
        out = ask_on_terminal(300, "--archive", folder, *verb).out
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", out)
        assert "\\x1b]0;owned\\x07\\x9b31m [bold]đậm[/bold] \\u202egnp.exe" in " ".join(out.split())
        assert ":smile:" in out
        told = ask_on_terminal(120, "--archive", folder, *verb, "--json").out
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", told)
    assert json.loads(ask_on_terminal(120, "--archive", folder, "list", "--json").out)["title"] == HOSTILE
