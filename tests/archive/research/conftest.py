"""What the tests that change an archive share: a copy of the small one, and its verbs."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from archive.cli import main

Tell = Callable[..., tuple[int, str, str]]


@pytest.fixture
def folder(archive_folder: Path, tmp_path: Path) -> Path:
    """A copy of the small archive."""
    return shutil.copytree(archive_folder, tmp_path / "data")


@pytest.fixture
def tell(folder: Path, capsys: pytest.CaptureFixture[str]) -> Tell:
    """Runs a verb on the copy: status, output, errors."""

    def run(*words: str) -> tuple[int, str, str]:
        status = main(["--archive", str(folder), *words])
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return run
