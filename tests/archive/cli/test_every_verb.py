"""What holds for every verb: --json in either place, no archive, narrow terminals, no crawler."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

TEN, NINE, EIGHT = "kon-tum/1e6cca0f4635cd86", "kon-tum/8179c6d9c6357097", "kon-tum/c083172e72b424ec"
ROOT = Path(__file__).resolve().parents[3]
Ask = Callable[..., Any]  # words of a verb; gives status, output, errors

VERBS = [
    ["list"], ["show", TEN], ["history", EIGHT], ["snapshot", TEN], ["documents"], ["cites", "111-KH/TU"], ["stats"],
    ["verify"], ["schema"],
]  # fmt: skip


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb[0])
def test_json_and_archive_are_taken_before_and_after_the_verb(
    ask: Ask, archive_folder: Path, monkeypatch: pytest.MonkeyPatch, verb: list[str]
) -> None:
    monkeypatch.setenv("ARCHIVE_DIR", "nowhere")
    before = ask("--json", "--archive", str(archive_folder), *verb)
    after = ask(*verb, "--json", "--archive", str(archive_folder))
    assert before == after
    assert (before.status, before.err) == (0, "")
    lines = before.out.splitlines() if verb[0] in ("list", "documents", "cites") else [before.out]
    for line in lines:
        assert isinstance(json.loads(line), dict)


@pytest.mark.parametrize("verb", [each for each in VERBS if each[0] != "schema"], ids=lambda verb: verb[0])
@pytest.mark.parametrize("there", ["nothing", "a file", "an empty folder"])
def test_no_archive_is_one_line_and_status_2(ask: Ask, tmp_path: Path, verb: list[str], there: str) -> None:
    path = tmp_path / "data"
    if there == "a file":
        path.write_text("x")
    elif there == "an empty folder":
        path.mkdir()
    answer = ask("--archive", str(path), *verb)
    assert (answer.status, answer.out, answer.err.count("\n")) == (2, "", 1)
    assert answer.err.startswith(f"archive: {path}: ")
    assert "allowed: " in answer.err


@pytest.mark.parametrize("width", [30, 40, 60, 80, 120])
@pytest.mark.parametrize("verb", VERBS[:-1], ids=lambda verb: verb[0])
def test_narrow_terminals(ask_on_terminal: Ask, width: int, verb: list[str]) -> None:
    answer = ask_on_terminal(width, *verb)
    assert answer.status == 0
    assert max(map(len, answer.out.splitlines())) <= width
    assert "\x1b" not in answer.out
    if verb[0] in ("list", "cites"):
        for article in (TEN, NINE, EIGHT):
            assert article in answer.out


def test_no_verb_needs_the_crawler(archive_folder: Path, tmp_path: Path) -> None:
    """All that the verbs import besides the package itself is what a reader's environment holds."""
    code = (
        "import sys\n"
        "from archive.cli import main\n"
        f"for verb in {[*VERBS, ['--help']]!r}:\n"
        "    assert main(verb) == 0, verb\n"
        "names = {name.partition('.')[0] for name in sys.modules}\n"
        "print(sorted(names & {'crawler', 'scrapy', 'twisted', 'lxml', 'dateparser'}), file=sys.stderr)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "ARCHIVE_DIR": str(archive_folder)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert run.stderr == "[]\n"
