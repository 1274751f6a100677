"""Bad input is one line that says what was wrong and what is allowed, with status 2; nothing is touched."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

TEN = "kon-tum/1e6cca0f4635cd86"
DAY_ONLY, BARE = "quang-ngai/71163cf31371ca6d", "quang-ngai/7da4d93f4f011597"
Ask = Callable[..., Any]  # words of a verb; gives status, output, errors

# Words, and what the one line must say: what was wrong, and what is allowed or nearest.
BAD = [
    (["lst"], "no verb 'lst'; nearest: list; allowed: list, documents"),
    (["list", "--potral", "x"], "no option '--potral'; nearest: --portal; allowed: see --help"),
    (["list", "--portal"], "requires an argument"),
    (["list", "--limit", "many"], "Invalid value for '--limit'"),
    (["list", "--limit", "-1"], "--limit -1: allowed: 0 (all) or a number above it"),
    (["list", "--portal", "kontum"], "nearest: kon-tum"),
    (["list", "--province", "Con Tum"], "nearest: kon-tum"),
    (["list", "--publisher", "goverment"], "nearest: government"),
    (["list", "--since", "yesterday"], "since 'yesterday' is no day; allowed: an ISO day"),
    (["export", "-", "--author", " "], "author is empty; allowed: a name, or no author at all"),
    (["cites", ""], "document is empty; allowed: a document's number, cid or title"),
    (["documents", "\t "], "document is empty; allowed: a document's number, cid or title"),
    (["list", "--document", ""], "document is empty; allowed: a document's number, cid or title"),
    (["show"], "Missing argument 'ID'"),
    (["show", "1e6cca0f4635cd87"], f"nearest: {TEN}"),
    (["show", "7"], f"may be any of {DAY_ONLY}, {BARE}"),
    (["show", TEN, "--revision", "7"], "no revision '7'; allowed: 1 to 1"),
    (["show", "a\x1b[31mb\nc"], "a\\x1b[31mb\\nc"),
    (["snapshot", "urn:uuid:0"], "no record urn:uuid:0"),
    (["snapshot", "https://elsewhere.example/"], "no article 'https://elsewhere.example/'"),
    (["verify", "--portal", "kontum"], "nearest: kon-tum"),
    (["init", "--operator", "A"], "--contact not given; allowed: an e-mail or web address"),
    (["init", "--operator", "A", "--contact", "b"], "contact: 'b' is no address"),
    (["init", "--operator", "A\nB", "--contact", "a@b.vn"], "operator: 'A\\nB' holds a character"),
]


@pytest.mark.parametrize(("words", "said"), BAD)
def test_bad_input_is_one_line_and_status_2(ask: Ask, archive_folder: Path, words: list[str], said: str) -> None:
    before = sorted(archive_folder.rglob("*"))
    answer = ask(*words)
    assert (answer.status, answer.out) == (2, "")
    assert said in answer.err
    assert answer.err.startswith("archive: ")
    assert answer.err.count("\n") == 1
    assert sorted(archive_folder.rglob("*")) == before


@pytest.mark.parametrize("there", ["a file", "newer"])
def test_init_refuses_what_it_must_not_touch(ask: Ask, tmp_path: Path, there: str) -> None:
    path = tmp_path / "data"
    if there == "a file":
        path.write_text("x")
    else:
        path.mkdir()
        (path / "archive.toml").write_text("format = 2\n")
    answer = ask("--archive", str(path), "init", "--operator", "A", "--contact", "a@b.vn")
    assert (answer.status, answer.err.count("\n")) == (2, 1)
    assert str(path) in answer.err
