"""What is withheld is told to pywb, address by address, and nothing else is."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from archive.cli import main
from archive.reader import Archive
from archive.research.access import write_access

EIGHT = "kon-tum/c083172e72b424ec"
TEN_FILE = "https://www.kon-tum.example/tep/111.pdf"


def told(folder: Path, *words: str) -> list[tuple[str, str]]:
    """Key and address of each line of the access file, once this is withheld."""
    if words:
        assert main(["--archive", str(folder), "withhold", *words, "--reason", "r", "--by", "b"]) == 0
    path = folder / "access.aclj"
    with Archive(folder) as archive:
        count = write_access(archive, path)
    lines = path.read_text(encoding="utf-8").splitlines()
    assert count == len(lines)
    assert lines == sorted(lines, reverse=True)
    rules = [(line.split(" - ")[0], json.loads(line.split(" - ")[1])) for line in lines]
    assert {rule["access"] for _, rule in rules} <= {"block"}
    return [(key, rule["url"]) for key, rule in rules]


@pytest.fixture
def folder(archive_folder: Path, tmp_path: Path) -> Path:
    """A copy of the small archive."""
    return shutil.copytree(archive_folder, tmp_path / "data")


def test_nothing_withheld_is_an_empty_file(folder: Path) -> None:
    assert told(folder) == []


def test_an_article_is_blocked_by_its_address_alone(folder: Path) -> None:
    assert told(folder, "--id", EIGHT) == [("example,kon-tum)/tin/8###", "https://www.kon-tum.example/tin/8")]
    assert told(folder, "--address", TEN_FILE)[1:] == [
        ("example,kon-tum)/tep/111.pdf###", TEN_FILE)
    ]  # fmt: skip


def test_a_portal_is_blocked_address_by_address_and_a_person_wherever_named(folder: Path) -> None:
    shutil.copytree(folder, folder.parent / "b")
    assert {key for key, _ in told(folder, "--portal", "quang-ngai")} == {
        "example,quang-ngai)/tin/9###", "example,quang-ngai)/tin/1###",
    }  # fmt: skip
    named = {url for _, url in told(folder.parent / "b", "--person", "Thái Ninh")}
    assert "https://www.kon-tum.example/tin/8" in named
    assert "https://www.kon-tum.example/tin/9" not in named
