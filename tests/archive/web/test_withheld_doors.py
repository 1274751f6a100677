"""What is withheld, sought through every door of the reader: by id, by address, by portal and by a person's name."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from archive.research.erase import erase
from archive.storage.paths import ArchivePaths
from archive.withheld import Rule

SECRET = "Bài đã gỡ"  # the title of kon-tum/9
AUTHOR = "Thái Ninh"  # of all the others


def rule(what: str, value: str) -> str:
    return f'[[withheld]]\n{what} = "{value}"\nreason = "court order 12"\ndate = 2026-11-23\nby = "Trần B"\n'


def secret(folder: Path) -> dict[str, Any]:
    """Id, address, records and portal of the article that is to be hidden."""
    base = sqlite3.connect(folder / "portals/kon-tum/ledger.sqlite")
    found, url = base.execute(
        "SELECT article, json_extract(item, '$.url') FROM revisions WHERE item LIKE ?", (f"%{SECRET}%",)
    ).fetchone()
    records = base.execute("SELECT record_id FROM snapshots WHERE url = ?", (url,)).fetchall()
    base.close()
    return {"id": found, "url": url, "records": [record for (record,) in records]}


def plain(html: str) -> str:
    """A page without the marks around the words that were found."""
    return html.replace("<mark>", "").replace("</mark>", "")


DOORS = [
    "/", "/search?q=", "/search?portal=kon-tum", "/search?q=gỡ", "/search?document=2623/UBND-NCXDPL", "/search.json",
    "/search.atom", "/changes?what=gone", "/changes.json?what=gone", "/changes.atom?what=gone", "/changes?what=new",
    "/changes.atom", "/documents", "/documents.json", "/d/2623/UBND-NCXDPL", "/d/vn/kon-tum/UBND/CV/2019/2623.json",
    "/portals", "/portals.json", "/portals/kon-tum/runs/run-1", "/portals/kon-tum/runs/run-1.json?what=gone",
    "/portals/kon-tum", "/portals/kon-tum.json", "/portals/kon-tum/addresses", "/undated", "/coverage",
    "/portals/kon-tum/addresses.json?what=held", "/export?format=csv", "/export?format=jsonl", "/export?format=graphml",
    "/export?format=bibtex", "/export?format=csl",
]  # fmt: skip


@pytest.mark.parametrize("what", ["id", "address", "portal"])
def test_a_withheld_article_is_found_through_no_door(
    archive_folder: Path, tmp_path: Path, opened: Any, what: str
) -> None:
    folder = tmp_path / "data"
    shutil.copytree(archive_folder, folder)
    hidden = secret(folder)
    report = folder / "portals/kon-tum/runs/run-1.json"
    report.parent.mkdir(exist_ok=True)
    report.write_text(json.dumps({"run": "run-1", "failures": [{"url": hidden["url"], "reason": "HTTP 503"}]}))
    pages, stored = opened(folder)
    assert SECRET in plain(pages.get("/search?q=gỡ").text)
    value = {"id": hidden["id"], "address": hidden["url"], "portal": "kon-tum"}[what]
    (folder / "withheld.toml").write_text(rule(what, value), encoding="utf-8")
    for way in DOORS:
        answer = pages.get(way)
        assert answer.status_code in (200, 400, 404, 451), way
        for each in (SECRET, hidden["id"], hidden["url"], *hidden["records"]):
            assert each not in plain(answer.text).replace("court order", ""), (way, each)
    ways = [f"/a/{hidden['id']}", f"/a/{hidden['id']}/1", f"/a/{hidden['id']}.json", f"/a/{hidden['id']}/cite"]
    ways += [f"/a/{hidden['id']}/difference", *(f"/s/kon-tum/{record}" for record in hidden["records"])]
    for way in ways:
        answer = pages.get(way)
        assert (answer.status_code, SECRET in answer.text) == (451, False), way
        assert "court order 12" in answer.text
    for record in hidden["records"]:
        assert stored.get(f"/kon-tum/{record}").status_code == 451
        assert stored.get(f"/kon-tum/{record}?download=1").status_code == 451
    assert "withheld" in pages.get("/search?lang=en").text
    if what != "portal":
        assert pages.get("/changes.json?what=new").json()["withheld"] == 1
        assert "1 withheld" in pages.get("/changes?what=new&lang=en").text
    counted = {way: pages.get(f"/coverage.json{way}").json()["withheld"] for way in ("", "?portal=quang-ngai")}
    assert (counted[""] > 0, counted["?portal=quang-ngai"]) == (True, 0)


def test_a_person_is_named_through_no_door(archive_folder: Path, tmp_path: Path, opened: Any) -> None:
    folder = tmp_path / "data"
    shutil.copytree(archive_folder, folder)
    pages, _ = opened(folder)
    assert AUTHOR in pages.get("/search").text
    (folder / "withheld.toml").write_text(rule("person", AUTHOR), encoding="utf-8")
    for way in DOORS:
        assert AUTHOR not in pages.get(way).text, way


def test_a_withheld_file_that_cannot_be_read_shows_nothing(archive_folder: Path, tmp_path: Path, opened: Any) -> None:
    folder = tmp_path / "data"
    shutil.copytree(archive_folder, folder)
    pages, stored = opened(folder)
    (folder / "withheld.toml").write_text("[[withheld]]\nid = ", encoding="utf-8")
    for client, way in ((pages, "/"), (pages, "/search.json"), (stored, "/kon-tum/x")):
        answer = client.get(way)
        assert (answer.status_code, SECRET in answer.text) == (503, False)


def test_an_erased_article_is_answered_with_who_and_why_and_found_through_no_door(
    archive_folder: Path, tmp_path: Path, opened: Any
) -> None:
    folder = tmp_path / "data"
    shutil.copytree(archive_folder, folder)
    hidden = secret(folder)
    given = Rule("id", hidden["id"], "court order 12", "2026-11-23", "Trần B")
    erase(ArchivePaths(folder).portal("kon-tum"), given, "2026-11-24")
    pages, stored = opened(folder)
    ways = [f"/a/{hidden['id']}", f"/a/{hidden['id']}/cite", f"/a/{hidden['id']}/difference"]
    ways += [f"/s/kon-tum/{record}" for record in hidden["records"]]
    for way in ways:
        answer = pages.get(f"{way}?lang=vi")
        assert answer.status_code == 410, way
        assert "xóa hẳn ngày 24/11/2026. Người quyết định: Trần B. Lý do: court order 12" in answer.text.replace(
            "\n", " "
        )
    told = pages.get(f"/a/{hidden['id']}.json").json()
    assert told["erased"] == {"day": "2026-11-24", "by": "Trần B", "reason": "court order 12"}
    for record in hidden["records"]:
        assert stored.get(f"/kon-tum/{record}").status_code == 410
    for way in DOORS:
        answer = pages.get(way)
        assert answer.status_code == (404 if "/runs/" in way else 200), way
        for each in (hidden["id"], hidden["url"], *hidden["records"]):
            assert each not in answer.text, (way, each)
    for way in ("/portals", "/coverage", "/portals/kon-tum"):
        assert "1 erased" in pages.get(way).text, way
    addresses = pages.get("/portals/kon-tum.json").json()["addresses"]
    assert (addresses["seen"], addresses["held"], addresses["refused"]) == (2, 2, 0)
