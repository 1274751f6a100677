"""A WACZ of the demo archive, made as docs/replay.md says, is valid, and its pages are the articles."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


def pages_code() -> str:
    """The lines of the documentation that write pages.jsonl."""
    found = re.search(r"```python\n(.*?)```", (ROOT / "docs/replay.md").read_text(encoding="utf-8"), re.DOTALL)
    assert found
    return found[1]


def test_a_wacz_is_valid_and_whole(
    demo: Any, tool: Callable[[str], list[str]], environment: Any, tmp_path: Path, monkeypatch: Any
) -> None:
    wacz = tool("wacz")
    (tmp_path / "data").symlink_to(demo.paths.root.parents[1])
    monkeypatch.chdir(tmp_path)
    exec(pages_code(), {})
    made = [*wacz, "create", "-o", "demo.wacz", "-p", "pages.jsonl", *map(str, demo.warcs)]
    subprocess.run(made, env=environment, capture_output=True, timeout=60, check=True)
    checked = [*wacz, "validate", "-f", "demo.wacz"]
    subprocess.run(checked, env=environment, capture_output=True, timeout=60, check=True)
    # what its validation passes over: pages that are not there, and a file that is not the one archived
    with zipfile.ZipFile("demo.wacz") as package:
        names = package.namelist()
        assert sorted(name for name in names if name.startswith("archive/")) == [
            f"archive/{w.name}" for w in demo.warcs
        ]
        for path in demo.warcs:
            assert package.read(f"archive/{path.name}") == path.read_bytes()
        pages = [json.loads(line) for line in package.read("pages/pages.jsonl").splitlines()]
        stated = json.loads(package.read("datapackage.json"))["resources"]
        for each in stated:
            assert each["hash"] == f"sha256:{hashlib.sha256(package.read(each['path'])).hexdigest()}"
        index = gzip.decompress(package.read("indexes/index.cdx.gz")).decode()
    items = [json.loads(line) for line in demo.paths.articles.read_text(encoding="utf-8").splitlines()]
    assert pages[0]["format"] == "json-pages-1.0"
    assert {page["url"] for page in pages[1:]} == {item["url"] for item in items}
    indexed = {json.loads(line.split(" ", 2)[2])["url"] for line in index.splitlines() if not line.startswith("!")}
    assert {page["url"] for page in pages[1:]} <= indexed
