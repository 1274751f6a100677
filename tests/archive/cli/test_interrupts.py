"""Ctrl-C while the program loads, works and ends: the documented status, one line, nothing half written."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from archive.exits import Exit

ROOT = Path(__file__).resolve().parents[3]
# where a verb interrupts itself -> what is done before it is run
MOMENTS = {
    "while the verbs are loaded": "import builtins; old = builtins.__import__\n"
    "def load(name, *more):\n"
    "    name == 'typer' and os.kill(os.getpid(), signal.SIGINT)\n"
    "    return old(name, *more)\n"
    "builtins.__import__ = load",
    "before a verb begins": "import archive.cli.verbs as verbs\n"
    "verbs.paged = lambda words: os.kill(os.getpid(), signal.SIGINT)",
    "outside the verb": "import archive.cli.verbs as verbs\n"
    "verbs.Session.__init__ = lambda *given: os.kill(os.getpid(), signal.SIGINT)",
    "in a verb, before its file has its name": "os.fsync = lambda number: os.kill(os.getpid(), signal.SIGINT)",
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_its_status_is_the_documented_one(moment: str, archive_folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    program = f"import os, signal, sys\n{MOMENTS[moment]}\nfrom archive.cli import main\nsys.exit(main())"
    done = subprocess.run(
        [sys.executable, "-c", program, "--archive", archive_folder, "export", file],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=30,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (Exit.INTERRUPTED, "", "archive: interrupted\n")
    assert list(tmp_path.iterdir()) == []


def test_once_all_is_done_it_changes_nothing(archive_folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    program = "status = main()\nos.kill(os.getpid(), signal.SIGINT)\nsys.exit(status)"
    assert (_status(program, archive_folder, "export", str(file)), file.exists()) == (0, True)


def test_a_program_told_to_ignore_it_does(archive_folder: Path) -> None:
    program = "signal.signal(signal.SIGINT, signal.SIG_IGN)\nos.kill(os.getpid(), signal.SIGINT)\nsys.exit(main())"
    assert _status(program, archive_folder, "stats") == 0


def _status(program: str, *words: str | Path) -> int:
    begin = f"import os, signal, sys\nfrom archive.cli import main\n{program}"
    command = [sys.executable, "-c", begin, "--archive", *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, check=False, timeout=30).returncode
