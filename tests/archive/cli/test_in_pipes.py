"""A program at the other end of a pipe: UTF-8 whatever the locale, and no error where it has left."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

TEN = "kon-tum/1e6cca0f4635cd86"
ROOT = Path(__file__).resolve().parents[3]
Ask = Callable[..., Any]  # words of a verb; gives status, output, errors


@pytest.mark.parametrize("locale", ["C", "POSIX", "vi_VN.ISO-8859-1"])
def test_vietnamese_in_a_pipe_whatever_the_locale(
    archive_folder: Path, run_apart: Callable[..., Any], locale: str
) -> None:
    run = run_apart(archive_folder, "list", "--limit", "1", LC_ALL=locale, PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert (run.returncode, run.stderr) == (0, b"")
    assert run.stdout.decode() == f"{TEN}\t2019-10-10\tHội nghị lần thứ 10\tkon-tum\n"


@pytest.mark.parametrize("verb", [["list"], ["schema"], ["show", TEN]], ids=lambda verb: verb[0])
def test_a_reader_that_has_left_is_no_error(archive_folder: Path, verb: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as pipe:
        run = subprocess.run(
            [sys.executable, "-m", "archive", *verb],
            cwd=ROOT,
            env={"PATH": os.environ["PATH"], "ARCHIVE_DIR": str(archive_folder)},
            stdout=pipe,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
        )
    assert (run.returncode, run.stderr) == (0, b"")
