"""What folders the reader takes for an archive or a portal, and what it says of harmed ones."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from archive.folder import PortalFolder
from archive.reader import Archive, NoArchive, PortalView, Problem, UnknownArticle
from archive.storage.paths import ArchivePaths, PortalPaths

TEN, NINE, EIGHT = "kon-tum/1e6cca0f4635cd86", "kon-tum/8179c6d9c6357097", "kon-tum/c083172e72b424ec"
DAY_ONLY, BARE = "quang-ngai/71163cf31371ca6d", "quang-ngai/7da4d93f4f011597"
ALL = [TEN, NINE, DAY_ONLY, EIGHT, BARE]


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda path: None, "no such folder"),
        (lambda path: path.write_text("x"), "a file; allowed: an archive's folder"),
        (lambda path: path.mkdir(), "holds no archive; allowed: a folder with portals/"),
    ],
)
def test_no_archive(tmp_path: Path, make: Callable[[Path], object], said: str) -> None:
    make(tmp_path / "data")
    with pytest.raises(NoArchive, match="data: ") as raised:
        Archive(tmp_path / "data")
    assert said in str(raised.value)


def test_an_archive_without_articles(tmp_path: Path) -> None:
    (tmp_path / "portals").mkdir()
    archive = Archive(tmp_path)
    assert (list(archive.articles()), archive.stats(), archive.documents()) == ([], [], [])
    with pytest.raises(UnknownArticle):
        archive.article("1e6c")


def test_a_portals_folder_alone_is_named_and_read(archive_folder: Path, tmp_path: Path) -> None:
    moved = shutil.copytree(archive_folder / "portals/kon-tum", tmp_path / "from a colleague")
    with Archive(moved) as archive:
        assert archive.portals() == [
            PortalView(
                slug="kon-tum",
                name="Cổng thông tin điện tử tỉnh Kon Tum",
                province="kon-tum",
                publisher="government",
                hosts=("www.kon-tum.example",),
                path=moved,
            )
        ]
        assert [view.article.id for view in archive.articles()] == [TEN, NINE, EIGHT]
        assert archive.open_snapshot(archive.article("1e6c")).body == "<h1>Hội nghị</h1>".encode() * 100


def test_without_its_form_a_portal_goes_by_its_folder(copy: Path) -> None:
    (copy / "portals/kon-tum/portal.toml").unlink()
    assert Archive(copy).portal("kon-tum").name is None
    (copy / "portals/kon-tum/portal.toml").write_text("current = 5")
    archive = Archive(copy)
    assert archive.portal("kon-tum").name is None
    assert [each.portal for each in archive.problems] == ["kon-tum"]
    assert len(list(archive.articles())) == 5


def test_a_portal_never_crawled_is_no_portal(copy: Path) -> None:
    ArchivePaths(copy).portal("ha-noi").make()
    archive = Archive(copy)
    assert [each.slug for each in archive.portals()] == ["kon-tum", "quang-ngai"]
    assert archive.problems == ()


@pytest.mark.parametrize("name", ["kon-tum.bak", "an-old-copy"])
def test_a_forgotten_copy_of_a_portal_is_left_out_and_told(copy: Path, name: str) -> None:
    shutil.copytree(copy / "portals/kon-tum", copy / "portals" / name)
    with Archive(copy) as archive:
        assert [view.id for view in archive.articles()] == ALL
        assert archive.portal("kon-tum").path == copy / "portals/kon-tum"
        assert archive.problems == (Problem(name, f"{copy}/portals/{name}: a second folder of the portal kon-tum"),)


def _overwrite(path: Path) -> None:
    path.write_bytes(b"no database at all" * 100)


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _cut(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)


def _newer(path: Path) -> None:
    with sqlite3.connect(path) as base:
        base.execute("PRAGMA user_version = 2")
    base.close()


def _newer_item(path: Path) -> None:
    with sqlite3.connect(path) as base:
        base.execute("UPDATE revisions SET item = json_set(item, '$.schema', '2')")
    base.close()


def _no_json(path: Path) -> None:
    with sqlite3.connect(path) as base:
        base.execute("UPDATE revisions SET item = '{' WHERE serial = 1")
    base.close()


@pytest.mark.parametrize(
    ("harm", "newer"),
    [
        (_overwrite, False),
        (_empty, False),
        (_cut, False),
        (Path.unlink, False),
        (_no_json, False),
        (_newer, True),
        (_newer_item, True),
    ],
)
def test_a_harmed_portal_is_named_and_the_others_are_served(
    copy: Path, harm: Callable[[Path], None], newer: bool
) -> None:
    harm(copy / "portals/kon-tum/ledger.sqlite")
    with Archive(copy) as archive:
        assert [view.article.id for view in archive.articles()] == [DAY_ONLY, BARE]
        (problem,) = archive.problems
        assert (problem.portal, problem.damaged) == ("kon-tum", not newer)
        assert "kon-tum/ledger.sqlite" in problem.message
        assert "\n" not in problem.message
        assert archive.article("7116").article.id == DAY_ONLY


def test_a_problem_is_told_once(copy: Path) -> None:
    _overwrite(copy / "portals/kon-tum/ledger.sqlite")
    archive = Archive(copy)
    list(archive.articles())
    archive.stats()
    path = copy / "portals/kon-tum/ledger.sqlite"
    assert archive.problems == (Problem("kon-tum", f"{path}: file is not a database"),)


def test_a_folder_opens_its_ledger_only_when_asked(tmp_path: Path) -> None:
    assert PortalFolder(PortalPaths(tmp_path / "nothing")).view.name is None
