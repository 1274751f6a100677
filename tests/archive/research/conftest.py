"""What the tests of research share: a copy of the small archive and its verbs, and three articles to search."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from archive.cli import main
from archive.reader import Archive
from archive.schema import Article

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


@pytest.fixture
def news(crawl: Callable[[str], Any], sample_article: Callable[..., Article], tmp_path: Path) -> Path:
    """Three articles on two portals: one story printed by both, one of its own."""
    story = {"title": "Sạt lở đường Hồ Chí Minh", "body": "Uỷ ban tỉnh Hòa Bình họp.", "lead": None, "text_key": "1"}
    run = crawl("kon-tum")
    run.page(sample_article("kon-tum", 3, **story, cited_documents=()))
    run.page(sample_article("kon-tum", 5, title="Mùa dưỡng sinh", body="Nẵng và nắng.", lead=None, text_key="2"))
    run.close()
    other = crawl("quang-ngai")
    other.page(sample_article("quang-ngai", 4, **story, cited_documents=()))
    other.close()
    return tmp_path / "data"


@pytest.fixture
def titles() -> Callable[..., list[str]]:
    """What a search finds, a story as "portal day prints"."""

    def found(folder: Path, words: str | None, **filters: Any) -> list[str]:
        with Archive(folder) as archive:
            return [f"{hit.portal} {hit.posted_on} {hit.printed_by}" for hit in archive.search(words, **filters).hits()]

    return found
