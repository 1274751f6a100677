"""What a copied archive needs to be looked at: not the packages that write WARCs or undo rare codings."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
WITHOUT = """
import sys

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"brotli", "isal", "warcio"}:
            raise ImportError(f"No module named {name!r}")

sys.meta_path.insert(0, Absent())
from archive.cli import main
main()
"""


@pytest.mark.parametrize("verb", ["list", "verify", "usage", "copy", "show", "snapshot"])
def test_a_reader_needs_no_writer(archive_folder: Path, tmp_path: Path, verb: str) -> None:
    first = (archive_folder / "portals/kon-tum/articles.jsonl").read_text(encoding="utf-8").partition("\n")[0]
    article = json.loads(first)["id"]
    more = {"copy": [str(tmp_path / "copy")], "show": [article], "snapshot": [article]}.get(verb, [])
    command = [sys.executable, "-c", WITHOUT, "--archive", str(archive_folder), verb, *more]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")
