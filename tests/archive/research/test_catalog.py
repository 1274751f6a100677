"""The catalog: topped up it is what it is made anew, and what befalls it or its ledgers is told."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.cli import main
from archive.reader import Archive
from archive.research import catalog, intake
from archive.research.catalog import CatalogError, open_catalog, reindex, top_up
from archive.research.entries import _row, rows_within
from archive.schema import Article, Author
from archive.storage.disk import ArchiveDiskError
from archive.storage.paths import ArchivePaths

Make = Callable[..., Article]
Titles = Callable[..., list[str]]


def contents(path: Path) -> dict[str, list[Any]]:
    """All that a catalog says, without its own numbering."""
    base = open_catalog(path)
    tables = {
        "articles": "SELECT id, portal, serial, posted_on, title, text_key, checksum, gone FROM articles ORDER BY id",
        "authors": "SELECT id, key, name FROM authors JOIN articles USING (row) ORDER BY 1, 2",
        "mentions": "SELECT id, nth, cid, mentions.text FROM mentions JOIN articles USING (row) ORDER BY 1, 2",
        "names": "SELECT id, nth, name FROM names JOIN articles USING (row) ORDER BY 1, 2, 3",
    }
    found = {name: base.execute(sql).fetchall() for name, sql in tables.items()}
    base.execute("CREATE VIRTUAL TABLE temp.terms USING fts5vocab('main', 'words', 'instance')")
    found["words"] = base.execute(
        "SELECT hex(term), id, col, offset FROM temp.terms JOIN articles ON row = doc ORDER BY 1, 2, 3, 4"
    ).fetchall()
    found["left"] = base.execute(
        "SELECT count(*) FROM temp.terms WHERE doc NOT IN (SELECT row FROM articles)"
    ).fetchall()
    base.close()
    return found


def test_topped_up_it_is_what_it_is_made_anew(
    crawl: Callable[[str], Any], sample_article: Make, tmp_path: Path
) -> None:
    paths = ArchivePaths(tmp_path / "data")
    run = crawl("kon-tum")
    first, gone = sample_article("kon-tum", 1), sample_article("kon-tum", 2)
    for article in (first, gone):
        run.page(article)
    assert top_up(paths).articles == 2
    run.page(
        sample_article(
            "kon-tum", 1, title="Sửa", body="Thân bài mới", posted_on="2020-01-01", posted_at=None, cause="page"
        )
    )
    run.event(gone, "gone", "404")
    run.page(sample_article("kon-tum", 3, authors=(Author("Lê Hoa"),)))
    run.close()
    assert top_up(paths).articles == 2
    assert top_up(paths).articles == 0
    topped = contents(paths.catalog)
    assert topped["left"] == [(0,)]
    assert [row[-1] is not None for row in topped["articles"]].count(True) == 1
    with Archive(paths.root) as archive:
        assert reindex(archive, paths.catalog).articles == 3
    assert contents(paths.catalog) == topped
    paths.catalog.unlink()
    top_up(paths)
    assert contents(paths.catalog) == topped


@pytest.mark.parametrize("change", ["old format", "many at once", "one at once"])
def test_however_it_is_made_it_is_the_same(
    titles: Titles, news: Path, change: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = ArchivePaths(news)
    top_up(paths)
    whole = contents(paths.catalog)
    if change == "old format":
        base = sqlite3.connect(paths.catalog)
        base.executescript("DROP TABLE words; CREATE TABLE words (title); PRAGMA user_version=1")
        base.close()
        assert len(titles(news, None)) == 2  # nobody needs to be told
    else:
        monkeypatch.setattr(intake, "MANY", 1)
        monkeypatch.setattr(intake, "MUCH", 1 << 30 if change == "many at once" else 1)
        paths.catalog.unlink()
        assert top_up(paths).articles == 3
    assert contents(paths.catalog) == whole


@pytest.mark.parametrize("change", ["portal gone", "ledger replaced", "no catalog of ours"])
def test_ledgers_that_are_others_make_it_anew(news: Path, archive_folder: Path, change: str) -> None:
    paths = ArchivePaths(news)
    top_up(paths)
    if change == "portal gone":
        shutil.rmtree(news / "portals/quang-ngai")
    elif change == "ledger replaced":
        shutil.copyfile(archive_folder / "portals/kon-tum/ledger.sqlite", news / "portals/kon-tum/ledger.sqlite")
    else:
        paths.catalog.write_bytes(b"something else" * 1000)
    assert top_up(paths).anew or change == "no catalog of ours"
    left = contents(paths.catalog)
    paths.catalog.unlink()
    top_up(paths)
    assert contents(paths.catalog) == left


@pytest.mark.parametrize("damage", ["zeroed", "cut", "no database"])
def test_a_damaged_catalog_is_named_and_made_anew(news: Path, damage: str, capsys: pytest.CaptureFixture[str]) -> None:
    """It holds nothing that the ledgers have not: a line, a status, and `archive reindex` does what the line says."""
    paths = ArchivePaths(news)
    top_up(paths)
    whole, data = contents(paths.catalog), paths.catalog.read_bytes()
    middle = data[:8192] + bytes(len(data) - 12_288) + data[-4096:]
    paths.catalog.write_bytes({"zeroed": middle, "cut": data[: len(data) // 2], "no database": b"x" * 9000}[damage])
    for beside in news.glob("catalog.sqlite-*"):
        beside.unlink()
    status = main(["--archive", str(news), "search", "tinh"])
    if damage == "no database":  # whatever it is, it is no catalog of ours
        assert status == 0
    else:
        assert status == 9
        assert "archive reindex" in capsys.readouterr().err
    with Archive(news) as archive:
        reindex(archive, paths.catalog)
    assert contents(paths.catalog) == whole


def test_two_at_once_take_in_everything_once(news: Path) -> None:
    paths = ArchivePaths(news)
    taken: list[int] = []
    threads = [threading.Thread(target=lambda: taken.append(top_up(paths).articles)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(taken) == [0, 0, 0, 3]


def test_a_newer_catalog_is_left_alone(news: Path) -> None:
    paths = ArchivePaths(news)
    top_up(paths)
    base = sqlite3.connect(paths.catalog)
    base.execute("PRAGMA user_version=99")
    base.close()
    with pytest.raises(CatalogError, match="format 99 is newer"):
        top_up(paths)
    with Archive(news) as archive, pytest.raises(CatalogError, match="format 99 is newer"):
        archive.search("x")


def test_a_catalog_of_a_newer_program_is_made_anew_when_asked(
    archive_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = str(shutil.copytree(archive_folder, tmp_path / "data"))
    assert main(["reindex", "--archive", folder]) == 0
    base = sqlite3.connect(f"{folder}/catalog.sqlite")
    base.execute("PRAGMA user_version = 99")
    base.close()
    assert main(["search", "hội", "--archive", folder]) == 3
    assert "format 99 is newer than this program's" in capsys.readouterr().err
    assert [main([verb, *words, "--archive", folder]) for verb, *words in (("reindex",), ("search", "hội"))] == [0, 0]


@pytest.mark.parametrize("left", [None, b""], ids=["lost", "emptied"])
def test_a_lost_ledger_is_told_by_every_question(
    news: Path, left: bytes | None, capsys: pytest.CaptureFixture[str]
) -> None:
    ledger = ArchivePaths(news).portal("kon-tum").ledger
    ledger.unlink()
    if left is not None:
        ledger.write_bytes(left)
    for words in (["reindex"], ["search", "mưa"], ["search", "mưa"], ["documents"]):
        assert main(["--archive", str(news), *words]) == 9, words
        assert "portal kon-tum: " in capsys.readouterr().err


def test_a_damaged_portal_keeps_the_others_found(news: Path) -> None:
    ledger = news / "portals/kon-tum/ledger.sqlite"
    ledger.write_bytes(b"gone" * 5000)
    with Archive(news) as archive:
        assert [hit.portal for hit in archive.search("duong").hits()] == ["quang-ngai"]
        assert [problem.portal for problem in archive.problems] == ["kon-tum"]


def test_one_bad_item_hides_no_other(news: Path) -> None:
    base = sqlite3.connect(news / "portals/kon-tum/ledger.sqlite")
    base.execute("UPDATE revisions SET item = json_object('schema', '1') WHERE serial = 1")
    base.commit()
    base.close()
    with Archive(news) as archive:
        assert len(list(archive.search(None, portal="kon-tum").rows())) > 0
        assert "revision 1 cannot be read: KeyError" in archive.problems[0].message


@pytest.mark.parametrize("opened_before", [False, True])
def test_a_portals_folder_that_was_taken_away_is_found_no_more(news: Path, opened_before: bool) -> None:
    with Archive(news) as archive:
        assert archive.search(None).totals().articles == 3
        shutil.rmtree(news / "portals/quang-ngai")
        if opened_before:
            assert archive.search(None).totals().articles == 2
            assert not catalog.outdated(archive._catalog, archive)  # type: ignore[arg-type]  # not made anew each time
    with Archive(news) as archive:
        assert [each.value for each in archive.search(None).facets()["portal"]] == ["kon-tum"]


def test_an_archive_opened_long_ago_sees_what_came_since(
    titles: Titles, crawl: Callable[[str], Any], sample_article: Make, tmp_path: Path
) -> None:
    run = crawl("kon-tum")
    run.page(sample_article("kon-tum", 1))
    with Archive(tmp_path / "data") as archive:
        earlier = archive.search("hội nghị").hits()
        assert archive.search("hội nghị").totals().articles == 1
        run.page(sample_article("kon-tum", 2))
        assert archive.search("hội nghị").totals().articles == 2
        other = crawl("quang-ngai")
        other.page(sample_article("quang-ngai", 3))
        assert top_up(ArchivePaths(tmp_path / "data")).articles == 1
        assert archive.search("hội nghị").totals().articles >= 2
        assert [hit.posted_on for hit in earlier] != []
    assert not top_up(ArchivePaths(tmp_path / "data")).anew
    assert len(titles(tmp_path / "data", "hội nghị")) == 3


@pytest.mark.parametrize("number", [1, 2])
def test_a_search_beside_a_writer_answers(news: Path, number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another process holds the catalog: what it had before is found, and it is said that something may be lacking."""
    monkeypatch.setattr(catalog, "PATIENCE", 0.2)
    paths = ArchivePaths(news)
    if number == 2:
        top_up(paths)
        (news / "portals/kon-tum/ledger.sqlite").touch()
    else:
        top_up(paths)
    writer = sqlite3.connect(paths.catalog, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    with Archive(news) as archive:
        assert archive.search("duong").totals().articles == 3
        assert (archive.catalog_note is not None) == (number == 2)
    writer.close()


def test_a_full_disk_does_not_keep_a_search_from_answering(
    titles: Titles, news: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, asked = catalog.bring_up, []

    def full(portals: Any, path: Path, **options: Any) -> Any:
        asked.append(path)
        if path.parent == news:
            path.touch()
            raise ArchiveDiskError(28, "database or disk is full", str(path))
        return real(portals, path, **options)

    monkeypatch.setattr(catalog, "bring_up", full)
    assert titles(news, "đường") == ["quang-ngai 2019-10-04 2"]
    assert len(asked) == 2
    assert not asked[1].exists()


@given(st.dates(), st.sampled_from([None, "00:00:00", "23:59:59"]), st.integers(0, 5000), st.dates(), st.dates())
def test_rows_of_days_hold_all_their_articles(
    day: date, clock: str | None, moved: int, since: date, until: date
) -> None:
    at = f"{day}T{clock}+07:00" if clock else None
    row = _row({"id": "p/0fff", "posted_at": at, "posted_on": str(day)}) + moved  # a taken row gives way to the next
    for begin, end in ((since, until), (since, None), (None, until)):
        if (begin is None or begin <= day) and (end is None or day <= end):
            first, last = rows_within(str(begin) if begin else None, str(end) if end else None)
            assert first <= row <= last
