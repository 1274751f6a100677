"""Every number that the reader prints leads to just as many items: on all pages, whatever is withheld."""

from __future__ import annotations

import html
import json
import re
import shutil
import sqlite3
import sys
from pathlib import Path
from typing import Any

import pytest

from archive.reader import Archive
from archive.research.erase import erase
from archive.schema import Citation, Document
from archive.storage.paths import ArchivePaths
from archive.web import runs
from archive.withheld import Rule

sys.path.append(str(Path(__file__).parent))  # for the walk beside this file, which is a script too

from traced import walked

RUN = "run-1"
NOT_GOT = [
    ("https://www.kon-tum.example/loi/1", "failed", "2019-10-15T20:00:00Z"),
    ("https://www.kon-tum.example/loi/2", "refused", "2019-10-20T00:00:00Z"),
    ("https://www.kon-tum.example/loi/3", "failed", "2019-10-31T18:00:00Z"),  # in Vietnam November
]


@pytest.fixture
def folder(archive_folder: Path, tmp_path: Path) -> Path:
    """The small archive, with the reports of its runs and what was not got."""
    folder = shutil.copytree(archive_folder, tmp_path / "data")
    for slug in ("kon-tum", "quang-ngai"):
        path = folder / "portals" / slug / "runs" / f"{RUN}.json"
        path.parent.mkdir(exist_ok=True)
        failures = [{"url": f"https://www.{slug}.example/loi", "reason": "HTTP 503"}]
        told = {"run": RUN, "started": "2026-11-23T08:00:00Z", "counts": {"requests": 99, "read": 7}, "verdict": "done"}
        path.write_text(json.dumps({**told, "failures": failures, "filled": {"title": 1.0}}), encoding="utf-8")
    base = sqlite3.connect(folder / "portals/kon-tum/ledger.sqlite")
    for url, state, seen in NOT_GOT:
        base.execute(
            "INSERT INTO addresses (key, url, host, kind, rank, state, run, first_seen, last_seen)"
            " VALUES (?1, ?1, 'www.kon-tum.example', 'article', 2, ?2, ?3, ?4, ?4)",
            (url, state, RUN, seen),
        )
    base.commit()
    base.close()
    return folder


def withhold(folder: Path, what: str, value: str) -> None:
    rule = f'[[withheld]]\n{what} = "{value}"\nreason = "r"\ndate = 2026-11-23\nby = "b"\n'
    (folder / "withheld.toml").write_text(rule, encoding="utf-8")


@pytest.mark.parametrize("hidden", [None, ("person", "Thái Ninh"), ("address", "https://www.kon-tum.example/tin/9")])
def test_every_number_leads_to_just_as_many_items(folder: Path, hidden: tuple[str, str] | None) -> None:
    if hidden:
        withhold(folder, *hidden)
    walk = walked(folder)
    assert walk.wrong == []
    assert walk.held["links"] >= (60 if hidden and hidden[0] == "person" else 300), walk.held


def test_every_number_holds_where_an_article_was_erased(folder: Path) -> None:
    article = "kon-tum/c083172e72b424ec"  # that was edited once
    erase(ArchivePaths(folder).portal("kon-tum"), Rule("id", article, "r", "2026-11-23", "b"), "2026-11-24")
    walk = walked(folder)
    assert (walk.wrong, walk.held["links"] > 200) == ([], True)


def test_the_walk_finds_a_number_that_does_not_hold(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    counted = runs._counted

    def wrongly(*asked: Any) -> Any:
        found = counted(*asked)
        return {run: {name: n + (name == "gone") for name, n in counts.items()} for run, counts in found.items()}

    monkeypatch.setattr(runs, "_counted", wrongly)
    wrong = walked(folder).wrong
    assert wrong
    assert all("what=gone" in each for each in wrong)


@pytest.mark.parametrize(("language", "words"), [("vi", "Không tải được:"), ("en", "Not got:")])
def test_what_was_not_got_stands_in_its_month(folder: Path, opened: Any, language: str, words: str) -> None:
    pages = opened(folder)[0]
    text = pages.get(f"/coverage?year=2019&lang={language}").text
    marks = re.findall(r'<a class="missed" href="([^"]+)"[^>]*><span aria-hidden="true">✕</span>(.*?)</a>', text)
    assert [re.sub("<[^>]+>", "", said) for _, said in marks] == [f"{words} 2", f"{words} 1"]
    listed = pages.get(html.unescape(marks[0][0]).replace("?", ".json?")).json()["addresses"]
    assert [each["url"] for each in listed] == [url for url, _, _ in NOT_GOT[:2]]
    assert pages.get("/portals/kon-tum/addresses?month=2019-13").status_code == 400


def test_a_document_that_nobody_cites_is_known_by_the_page_that_publishes_it(
    crawl: Any, sample_article: Any, opened: Any, tmp_path: Path
) -> None:
    cid = "vn/kon-tum/ubnd/qd/2023/412"
    own = Document(type="QĐ", number="412/QĐ-UBND", cid=cid, files=())
    run = crawl("kon-tum")
    kept = run.page(sample_article("kon-tum", 1, kind="document", document=own, cited_documents=()))
    run.close()
    pages = opened(tmp_path / "data")[0]
    assert f"/d/{cid}" in pages.get(f"/a/{kept.id}").text
    assert f"/a/{kept.id}" in pages.get(f"/d/{cid}").text
    assert pages.get("/d/vn/kon-tum/ubnd/qd/2023/413").status_code == 404


def test_a_number_that_reprints_bind_to_different_provinces_is_marked(
    crawl: Any, sample_article: Any, opened: Any, tmp_path: Path
) -> None:
    kept = {}
    for slug in ("kon-tum", "gia-lai"):
        cited = Citation("numbered", "số 88/KH-UBND", 0, 13, norm="88/KH-UBND", cid=f"vn/{slug}/ubnd/kh/2024/88")
        same = Citation("numbered", "số 57-NQ/TW", 20, 31, norm="57-NQ/TW", cid="vn/tw/nq/2024/57")
        run = crawl(slug)
        kept[slug] = run.page(sample_article(slug, 1, text_key="a" * 32, cited_documents=(cited, same))).id
        run.close()
    pages = opened(tmp_path / "data")[0]
    told = pages.get(f"/a/{kept['kon-tum']}.json").json()["read_otherwise"]
    other = {"norm": "88/KH-UBND", "cid": "vn/gia-lai/ubnd/kh/2024/88", "id": kept["gia-lai"], "portal": "gia-lai"}
    assert told == [other]
    assert pages.get(f"/a/{kept['kon-tum']}").text.count("In a reprint taken for another document:") == 1
    assert walked(tmp_path / "data").wrong == []  # a story that two portals printed


def test_the_number_beside_a_document_is_the_length_of_its_list(
    crawl: Any, sample_article: Any, opened: Any, tmp_path: Path
) -> None:
    number, title = "102/QĐ-UBND", "Luật Đất đai"
    bound = Citation("numbered", number, 0, 11, type="qd", norm=number, cid="vn/kon-tum/ubnd/qd/2025/102")
    bare = Citation("numbered", number, 0, 11, type="qd", norm=number, candidates=(bound.cid,))  # may be it
    untyped = Citation("numbered", number, 0, 11, norm=number)
    named = [Citation("titled", name, 0, 12, title=name) for name in (title, title.lower())]
    cited = {"kon-tum": [(bound,), (bound, bare), (untyped, *named)], "gia-lai": [(bare,), (named[0],)]}
    for slug, each in cited.items():
        run = crawl(slug)
        for day, mentions in enumerate(each, 1):
            run.page(sample_article(slug, day, cited_documents=mentions))
        run.close()
    folder = tmp_path / "data"
    known = {
        bound.cid: 2, f"kon-tum:{number}": 2, f"gia-lai:{number}": 1, f"kon-tum:{title}": 1,
        f"kon-tum:{title.lower()}": 1, f"gia-lai:{title}": 1,
    }  # fmt: skip
    pages = opened(folder)[0]
    with Archive(folder) as archive:
        assert dict(archive.search(None).facets()["document"]) == known
        assert sorted(each.articles for each in archive.documents()) == sorted(known.values())
        for name, count in known.items():
            assert [(each.id, each.articles) for each in archive.document(name)][:1] == [(name, count)], name
            assert len(list(archive.articles(document=name))) == len(list(archive.citing(name))) == count, name
            assert all(mentions for _, mentions in archive.citing(name))
        assert archive.search(None, document=number).totals().articles == 4  # whatever bears it
        assert len(archive.document(bound.cid)) == 3  # and what may be it
    assert {each["name"]: each["articles"] for each in pages.get("/documents.json").json()["documents"]} == known
    assert walked(folder).wrong == []
