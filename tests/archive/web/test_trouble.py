"""The reader over archives in trouble: a damaged portal, WARCs that are elsewhere, a broken catalog, nothing at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from archive.views import NoArchive
from archive.web.app import Reader

WAYS = ("/", "/search?q=hội+nghị", "/documents", "/portals", "/portals/quang-ngai", "/coverage", "/changes", "/undated")


@pytest.fixture
def folder(archive_folder: Path, tmp_path: Path) -> Path:
    """A copy to be spoilt."""
    shutil.copytree(archive_folder, tmp_path / "data")
    return tmp_path / "data"


def test_a_damaged_portal_is_named_and_the_others_are_served(folder: Path, opened: Any) -> None:
    (folder / "portals/kon-tum/ledger.sqlite").write_bytes(b"not a database" * 1000)
    pages, _ = opened(folder)
    for way in WAYS:
        answer = pages.get(way)
        assert answer.status_code == 200, (way, answer.text)
    assert "Portal kon-tum" in pages.get("/").text
    assert pages.get("/portals/kon-tum").status_code in (200, 503)
    assert pages.get("/a/kon-tum/0123456789abcdef").status_code == 503


def test_warcs_elsewhere_are_offline_not_damaged(folder: Path, opened: Any) -> None:
    pages, stored = opened(folder)
    change = pages.get("/changes.json").json()["changes"][0]
    record = pages.get(f"/a/{change['id']}.json").json()["article"]["snapshot"]["record_id"]
    for path in folder.glob("portals/*/warc/*"):
        path.unlink()
    assert pages.get(f"/a/{change['id']}").status_code == 200
    for client, way in ((pages, f"/s/{change['portal']}/{record}"), (stored, f"/{change['portal']}/{record}")):
        answer = client.get(way)
        assert (answer.status_code, "offline" in answer.text) == (404, True)
    [away] = pages.get("/portals/kon-tum.json").json()["warcs_away"]
    assert (away["state"], away["snapshots"]) == ("offline", 5)
    assert "1 file offline" in pages.get("/portals/kon-tum").text


def test_a_record_that_is_damaged(folder: Path, opened: Any) -> None:
    pages, stored = opened(folder)
    change = pages.get("/changes.json").json()["changes"][0]
    record = pages.get(f"/a/{change['id']}.json").json()["article"]["snapshot"]["record_id"]
    for path in folder.glob("portals/*/warc/*"):
        path.write_bytes(b"\0" * path.stat().st_size)
    for client, way in ((pages, f"/s/{change['portal']}/{record}"), (stored, f"/{change['portal']}/{record}")):
        assert client.get(way).status_code == 503


@pytest.mark.parametrize("size", [0, 600])
def test_there_is_no_evidence_of_what_a_cut_warc_has_lost(folder: Path, opened: Any, size: int) -> None:
    pages, _ = opened(folder)
    way = f"/a/{pages.get('/changes.json').json()['changes'][0]['id']}"
    kept = pages.get(f"{way}.json").json()["article"]["snapshot"]
    assert pages.get(f"{way}/evidence").status_code == 200
    for path in folder.glob("portals/*/warc/*"):
        os.truncate(path, size)
    for answer in (pages.get(f"{way}/evidence"), pages.get(f"/s/{way.split('/')[2]}/{kept['record_id']}")):
        assert (answer.status_code, f"{kept['warc']} at {kept['offset']}: " in answer.text) == (503, True)


def test_a_catalog_that_is_broken(folder: Path, opened: Any) -> None:
    (folder / "catalog.sqlite").write_bytes(b"SQLite format 3\0" + b"x" * 5000)
    pages, _ = opened(folder)
    answer = pages.get("/")
    assert answer.status_code in (200, 503)
    assert "Traceback" not in answer.text
    assert pages.get("/changes").status_code == 200


def test_one_portals_folder_is_an_archive(folder: Path, opened: Any) -> None:
    pages, _ = opened(folder / "portals/kon-tum")
    for way in ("/", "/search?q=hội+nghị", "/documents", "/portals", "/portals/kon-tum", "/coverage", "/changes"):
        assert pages.get(way).status_code == 200, way


def test_an_archive_without_articles(tmp_path: Path, opened: Any) -> None:
    (tmp_path / "portals").mkdir()
    pages, _ = opened(tmp_path)
    for way in ("/", "/search?q=x", "/documents", "/portals", "/coverage", "/changes", "/search.atom", "/undated"):
        assert pages.get(way).status_code == 200, way


def test_no_archive(tmp_path: Path) -> None:
    with pytest.raises(NoArchive):
        Reader(tmp_path / "none", 1, 2)


def test_what_is_crawled_meanwhile_is_shown(
    crawl: Callable[[str], Any], sample_article: Callable[..., Any], tmp_path: Path, opened: Any
) -> None:
    run = crawl("kon-tum")
    run.page(sample_article("kon-tum", 1))
    pages, _ = opened(tmp_path / "data")
    assert pages.get("/search.json").json()["articles"] == 1
    for number in range(2, 5):
        run.page(sample_article("kon-tum", number, text_key="d" * 64))
        told = pages.get("/search.json").json()
        assert (told["articles"], told["stories"]) == (number, 2)
        assert told["facets"]["portal"] == [{"value": "kon-tum", "articles": number}]


IN_ENGLISH = "Lời báo của chương trình, bằng tiếng Anh"
WRONG = [
    "/search?q=-x", "/search?q=...", "/search?since=x", "/search?since=2026-02-01&until=2026-01-01",
    "/search?province=x",
    "/search?province=kon-tun", "/search?portal=kontum", "/search?publisher=state", "/search?page=0", "/search?pag=1",
    "/search?q=a&q=b", f"/search?q={'a+' * 70}", f"/search?q={'a' * 2000}", "/search?each=2", "/search?q=%01",
    "/a/kon-tum/ffffffffffffffff", "/a/kon-tom/1", "/a/kon-tum/1e6cca0f4635cd86/99", "/a/kon-tum/x.y",
    "/a/kon-tum/1e6cca0f4635cd86/difference", "/d/no/such", "/portals/x", "/portals/kon-tum/runs/x", "/changes?what=x",
    "/portals/kon-tum/addresses?what=x", "/portals/kon-tum/addresses?month=2026", "/s/kon-tum/x", "/no/such/page",
    "/documents.atom", "/undated?portal=x",
]  # fmt: skip


@pytest.mark.parametrize("way", WRONG)
def test_what_is_wrong_is_said_in_vietnamese(archive_folder: Path, opened: Any, way: str) -> None:
    answer = opened(archive_folder)[0].get(way + ("&" if "?" in way else "?") + "lang=vi")
    assert 400 <= answer.status_code < 500
    assert ("Cụ thể:" in answer.text, IN_ENGLISH in answer.text) == (True, False), answer.text


def test_trouble_is_told_in_vietnamese(folder: Path, opened: Any) -> None:
    (folder / "portals/kon-tum/ledger.sqlite").write_bytes(b"not a database" * 1000)
    pages, _ = opened(folder)
    assert "không phải là cơ sở dữ liệu SQLite" in pages.get("/?lang=vi").text
    assert IN_ENGLISH not in pages.get("/a/kon-tum/1e6cca0f4635cd86?lang=vi").text
