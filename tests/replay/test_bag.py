"""The reference implementation of BagIt takes a copy for a valid bag, and tells a changed byte."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any


def test_a_copy_is_a_bag(demo: Any, tool: Callable[[str], list[str]], environment: Any, tmp_path: Path) -> None:
    check = [*tool("bagit.py"), "--validate", str(tmp_path / "copy")]
    archive = demo.paths.root.parents[1]
    copy = [sys.executable, "-m", "archive", "--archive", str(archive), "copy", str(tmp_path / "copy")]
    subprocess.run(copy, capture_output=True, timeout=60, check=True)
    assert subprocess.run(check, env=environment, capture_output=True, timeout=60, check=False).returncode == 0
    (held,) = (tmp_path / "copy").rglob(demo.warcs[0].name)
    data = bytearray(held.read_bytes())
    data[len(data) // 2] ^= 1
    held.write_bytes(data)
    assert subprocess.run(check, env=environment, capture_output=True, timeout=60, check=False).returncode == 1
