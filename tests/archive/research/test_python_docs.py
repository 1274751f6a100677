"""docs/python.md names every public method there is, and its examples run."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

from archive.portals import Portals
from archive.reader import Archive
from archive.views import ArticleView

TEXT = (Path(__file__).resolve().parents[3] / "docs" / "python.md").read_text(encoding="utf-8")


def public(kind: type) -> set[str]:
    return {name for name, _ in inspect.getmembers(kind) if not name.startswith("_")}


def test_every_method_is_told() -> None:
    assert set(re.findall(r"`archive\.(\w+)", TEXT)) - {"problems"} == (public(Archive) - public(Portals)) | {"close"}
    assert set(re.findall(r"`\.(\w+)`", TEXT.rpartition("An `ArticleView` has")[2])) >= public(ArticleView) - {
        "id", "seen", "last_seen", "checked_at", "first_seen",
    }  # fmt: skip


def test_the_examples_run(
    archive_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "data").symlink_to(archive_folder)
    monkeypatch.chdir(tmp_path)
    for block in re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL):
        exec(block, names := {"Archive": Archive})
    names["archive"].close()
    assert capsys.readouterr().out.splitlines() == [
        "2019-10-10 Hội nghị lần thứ 10", "2019-10-09 Bài đã gỡ", "2019-10-09 Hội nghị lần thứ 9",
        "3", "[('2019', 4)]",
    ]  # fmt: skip
