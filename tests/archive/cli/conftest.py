"""The verbs run on the small archive: as in a pipe, as on a terminal, and in a process of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from archive.cli import main

ROOT = Path(__file__).resolve().parents[3]


class Answer(NamedTuple):
    """What a verb said and how it ended."""

    status: int
    out: str
    err: str


@pytest.fixture
def ask(
    archive_folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Answer]:
    """Runs a verb on the small archive, as in a pipe."""
    monkeypatch.setenv("ARCHIVE_DIR", str(archive_folder))
    monkeypatch.delenv("COLUMNS", raising=False)

    def run(*words: str) -> Answer:
        status = main(words)
        return Answer(status, *capsys.readouterr())

    return run


@pytest.fixture
def ask_on_terminal(ask: Callable[..., Answer], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Answer]:
    """Runs a verb as on a terminal of some width, without colour."""

    def run(width: int, *words: str) -> Answer:
        monkeypatch.setenv("TTY_COMPATIBLE", "1")
        monkeypatch.setenv("COLUMNS", str(width))
        monkeypatch.setenv("NO_COLOR", "1")
        return ask(*words)

    return run


@pytest.fixture
def run_apart() -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """Runs a verb in a process of its own, with nothing of this one's environment but the path."""

    def run(folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
        variables = {"PATH": os.environ["PATH"], "ARCHIVE_DIR": str(folder), **environment}
        command = [sys.executable, "-m", "archive", *words]
        return subprocess.run(command, cwd=ROOT, env=variables, capture_output=True, timeout=60, check=False)

    return run
