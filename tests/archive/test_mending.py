"""copy, verify --against and repair as a person meets them: what is lost is named, taken, and sound after."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from archive.cli import main
from archive.storage.paths import ArchivePaths, PortalPaths


class Answer(NamedTuple):
    """What a verb said and how it ended."""

    status: int
    out: str
    err: str


class Kept(NamedTuple):
    """An archive and its copy."""

    root: Path
    copy: Path
    ask: Callable[..., Answer]

    @property
    def paths(self) -> PortalPaths:
        """The portal that is harmed."""
        return ArchivePaths(self.root).portal("kon-tum")


@pytest.fixture
def kept(archive_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Kept:
    """A whole archive of two portals with a whole copy."""
    root = shutil.copytree(archive_folder, tmp_path / "data")

    def ask(*words: str) -> Answer:
        status = main(("--archive", str(root), *words))
        return Answer(status, *capsys.readouterr())

    assert ask("copy", str(tmp_path / "copy")).status == 0
    return Kept(root, tmp_path / "copy", ask)


def content(paths: PortalPaths) -> dict[str, bytes]:
    """The files that are the same whenever they are made anew."""
    return {path.name: path.read_bytes() for path in (paths.articles, paths.index, *paths.closed_warcs())}


def lose(*names: str) -> Callable[[PortalPaths], None]:
    """Takes files out of a portal's folder."""

    def harm(paths: PortalPaths) -> None:
        for name in names:
            (paths.root / name).unlink()

    return harm


LOST_LINES: dict[str, Callable[[PortalPaths], object]] = {
    "no articles": lose("articles.jsonl"),
    "articles cut within a line": lambda paths: os.truncate(paths.articles, 1000),
    "articles cut to nothing": lambda paths: os.truncate(paths.articles, 0),
    "a line too many": lambda paths: paths.articles.write_bytes(paths.articles.read_bytes() + b"{}\n"),
    "no articles, no index": lose("articles.jsonl", "index.cdxj"),
    "no ledger, no articles, no index": lose("ledger.sqlite", "articles.jsonl", "index.cdxj"),
}


@pytest.mark.parametrize("harm", LOST_LINES)
def test_lost_lines_are_made_anew(kept: Kept, harm: str) -> None:
    """Repair holds the lock itself: what is missing is then no running crawl's, which may still write it."""
    whole = content(kept.paths)
    LOST_LINES[harm](kept.paths)
    assert kept.ask("verify").status == 9
    mended = kept.ask("repair", "--from", str(kept.copy))
    assert (mended.status, mended.out.splitlines()[-2:]) == (0, ["kon-tum: sound", "quang-ngai: sound"])
    assert "kon-tum: articles.jsonl: made anew from the ledger" in mended.out
    assert content(kept.paths) == whole
    assert kept.ask("verify").status == 0
    assert json.loads(kept.ask("repair", "--from", str(kept.copy), "--json").out)["sound"] is True
