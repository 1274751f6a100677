"""A person at a terminal gets a pager, a pipe never does; the shell can complete verbs and options."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

EIGHT = "kon-tum/c083172e72b424ec"


def on_terminal(folder: Path, *words: str, **environment: str) -> tuple[int, str]:
    """Status of a verb run on a terminal of its own, and what appears there."""
    master, slave = pty.openpty()
    command = [sys.executable, "-m", "archive", "--archive", str(folder), *words]
    given = {**os.environ, "TERM": "dumb", "COLUMNS": "100", "LINES": "40", **environment}
    ran = subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave, env=given)
    os.close(slave)
    shown = b""
    while True:
        try:
            piece = os.read(master, 4096)
        except OSError:  # the last writer has gone
            break
        if not piece:
            break
        shown += piece
    os.close(master)
    return ran.wait(timeout=30), shown.decode()


def test_a_person_gets_a_pager(archive_folder: Path) -> None:
    status, shown = on_terminal(archive_folder, "show", EIGHT, PAGER="sed s/^/|/")
    assert status == 0
    assert "|Hội nghị lần thứ tám\r\n" in shown


@pytest.mark.parametrize("pager", ["", "cat", "no-such-pager"])
def test_or_none(archive_folder: Path, pager: str) -> None:
    status, shown = on_terminal(archive_folder, "show", EIGHT, PAGER=pager)
    assert status == 0
    assert shown.startswith("Hội nghị lần thứ tám\r\n")


def test_whoever_has_seen_enough_leaves(archive_folder: Path) -> None:
    assert on_terminal(archive_folder, "show", EIGHT, PAGER="true") == (0, "")
    assert on_terminal(archive_folder, "show", "kon-tum/ffff", PAGER="true")[0] == 2


def test_what_works_for_long_is_not_held_back(archive_folder: Path) -> None:
    assert on_terminal(archive_folder, "verify", PAGER="sed s/^/|/")[1].count("|") == 0


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_shell_can_complete(shell: str) -> None:
    command = [sys.executable, "-m", "archive"]
    asked = {**os.environ, "_ARCHIVE_COMPLETE": f"complete_{shell}", "COMP_WORDS": "archive sea", "COMP_CWORD": "1",
             "_TYPER_COMPLETE_ARGS": "archive sea", "_TYPER_COMPLETE_FISH_ACTION": "get-args"}  # fmt: skip
    ran = subprocess.run(command, env=asked, capture_output=True, text=True, timeout=30, check=False)
    assert "search" in ran.stdout
