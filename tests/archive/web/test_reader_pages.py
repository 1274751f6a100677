"""The reader's pages: what stands on them, that every link leads somewhere, and what is refused."""

from __future__ import annotations

import html
import json
import re
import shutil
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus
from xml.etree import ElementTree

import pytest

from archive.web import front

ATOM = "{http://www.w3.org/2005/Atom}"
CITING = "/search?q=2623"


def first(pages: Any, question: str = CITING) -> str:
    """The id of the first article found."""
    return str(pages.get(question.replace("/search", "/search.json")).json()["hits"][0]["id"])


def links(text: str) -> set[str]:
    return {html.unescape(each).partition("#")[0] for each in re.findall(r'href="(/[^"]*)"', text)}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_link_of_every_page_leads_somewhere(pages: Any, language: str) -> None:
    ways, seen = [f"/?lang={language}"], set()
    while ways and len(seen) < 300:
        way = ways.pop()
        if way in seen or (way.count("=") > 4 and len(seen) > 100):
            continue
        seen.add(way)
        answer = pages.get(way)
        assert answer.status_code == 200, (way, answer.text)
        if answer.headers["content-type"].startswith("text/html"):
            ids = set(re.findall(r'id="([^"]+)"', answer.text))
            assert set(re.findall(r'href="#([^"]+)"', answer.text)) <= ids, way
            ways += links(answer.text)
    assert len(seen) > 40


def test_words_found_are_marked_and_facets_narrow(pages: Any) -> None:
    text = pages.get("/search?q=cong+van").text
    assert "<mark>Công</mark> <mark>văn</mark>" in text or "<mark>Công văn</mark>" in text
    assert 'href="/search?q=cong+van&amp;province=kon-tum' in text


def test_a_merged_province_says_where_it_went(pages: Any) -> None:
    assert "Kon Tum has been part of Quảng Ngãi since 1 July 2025." in pages.get("/search?province=kon-tum").text


def test_article_shows_values_with_words_and_rules(pages: Any) -> None:
    text = pages.get(f"/a/{first(pages)}").text
    for each in ("10/10/2019 20:21", "kontum.posted", "kontum.last_line", "2623/UBND-NCXDPL", "Thực hiện", "@online{"):
        assert each in text
    assert '<a class="cited" href="#cited-1">Công văn số 2623/UBND-NCXDPL</a>' in text


def test_difference_word_by_word(pages: Any) -> None:
    found = pages.get("/changes.json?what=edited").json()["changes"]
    text = pages.get(f"/a/{found[0]['id']}/difference").text
    assert "<del>8</del><ins>tám</ins>" in text


def test_document_with_its_timeline_and_citing_articles(pages: Any) -> None:
    told = pages.get("/d/vn/kon-tum/UBND/CV/2019/2623.json").json()["documents"]
    assert (told[0]["articles"], told[0]["timeline"]) == (3, {"2019-10": 3})
    assert pages.get("/d?name=2623/UBND-NCXDPL").status_code == 200


def test_json_at_the_same_address(pages: Any) -> None:
    found = first(pages)
    told = pages.get(f"/a/{found}", headers={"Accept": "application/json"}).json()
    assert told == pages.get(f"/a/{found}.json").json()
    assert told["article"]["id"] == found


def test_any_query_as_a_feed(pages: Any) -> None:
    feed = ElementTree.fromstring(pages.get("/search.atom?q=2623").content)
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 4
    for each in entries:
        link = each.find(f"{ATOM}link[@rel='alternate']")
        assert link is not None
        assert pages.get(link.attrib["href"]).status_code == 200


@pytest.mark.parametrize(("what", "entries"), [("new", 5), ("edited", 1), ("gone", 1), ("back", 0)])
def test_feeds_of_changes(pages: Any, what: str, entries: int) -> None:
    feed = ElementTree.fromstring(pages.get(f"/changes.atom?what={what}").content)
    assert len(feed.findall(f"{ATOM}entry")) == entries


@pytest.mark.parametrize(
    ("kind", "begins"),
    [
        ("csv", b"id,revision"), ("excel", b"\xef\xbb\xbfid"), ("jsonl", b'{"id"'), ("graphml", b"<?xml"),
        ("bibtex", b"@online{kon-tum-"), ("csl", b"[\n{"),
    ],
)  # fmt: skip
def test_exports_carry_the_filters(pages: Any, kind: str, begins: bytes) -> None:
    answer = pages.get(f"/export?format={kind}&q=2623&since=2019-10-10")
    assert answer.content.startswith(begins)
    assert answer.headers["content-disposition"].startswith("attachment")
    assert len(pages.get("/export?format=jsonl&q=2623&since=2019-10-10").text.splitlines()) == 1


def test_cited_as_csl(pages: Any) -> None:
    found = first(pages)
    assert json.loads(pages.get(f"/a/{found}/cite?format=csl").text)[0]["title"] == "Hội nghị lần thứ 10"


REFUSED = [
    ("/a/kon-tum/0000000000000000", 404), ("/a/nowhere/0000000000000000", 404), ("/a/kon-tum/../../x", 404),
    ("/nothing", 404), ("/d/no%20such%20document", 404), ("/portals/..%2f..%2fetc", 404), ("/s/kon-tum/x", 404),
    ("/static/..%2fapp.py", 404), ("/static/reader.py", 404), ("/search?page=0", 400), ("/search?q=%00", 400),
    ("/search?province=nowhere", 400), ("/search?auhtor=x", 400), ("/search?q=" + "a" * 1001, 400),
    ("/search?lang=fr", 400), ("/search?since=yesterday", 400), ("/changes?what=all", 400), ("/d", 400),
    ("/export?format=exe", 400), ("/coverage?year=x", 400), ("/coverage.atom", 404),
    ("/coverage?author=x", 400), ("/coverage?since=2019-01-01", 400), ("/coverage?q=x", 400),
    ("/coverage?portal=x", 404),
]  # fmt: skip


@pytest.mark.parametrize(("way", "status"), REFUSED)
def test_bad_input_is_told_clearly(pages: Any, way: str, status: int) -> None:
    answer = pages.get(way)
    assert (answer.status_code, "Traceback" in answer.text) == (status, False)
    assert len(answer.text) < 8000


@pytest.mark.parametrize("words", ['"', "AND", "a OR (", "-", "NEAR(x)", "****", "title:x", "ngày" * 200, "Ho\u0300a"])
def test_no_words_break_the_search(pages: Any, words: str) -> None:
    assert pages.get("/search", params={"q": words}).status_code in (200, 400)


# A Host header, to be filled with the port that is asked, and whether it is ours.
HOSTS = [
    ("127.0.0.1:{}", True), ("localhost:{}", True), ("LocalHost:{}", True), ("[::1]:{}", True),
    ("", False), (" ", False), ("evil.example", False), ("EVIL.EXAMPLE:{}", False), ("127.0.0.1", False),
    ("127.0.0.1:9999", False), ("127.0.0.1.:{}", False), ("localhost.:{}", False), ("127.0.0.1:0{}", False),
    ("localhost.evil.example:{}", False), ("a:b@127.0.0.1:{}", False), ("127.0.0.1:{}@evil.example", False),
    ("127.0.0.1:{},evil.example", False), ("0.0.0.0:{}", False), ("2130706433:{}", False),
]  # fmt: skip


@pytest.mark.parametrize("way", ["/", "/search", "/search/", "/kon-tum", "/kon-tum/", "/favicon.ico", "//x/y"])
def test_what_is_not_stored_is_not_there_at_once(stored: Any, way: str) -> None:
    answer = stored.get(way)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "text/plain; charset=utf-8")


@pytest.mark.parametrize(("host", "ours"), HOSTS)
def test_other_names_are_refused_on_both_ports(pages: Any, stored: Any, host: str, ours: bool) -> None:
    for client, port, here in ((pages, 8420, 200), (stored, 8421, 404)):
        answer = client.get("/search", headers={"Host": host.format(port)})
        assert (answer.status_code, answer.text == front.REFUSED) == (here if ours else 421, not ours), port


@pytest.mark.parametrize(("host", "ours"), HOSTS)
def test_a_front_of_another_program_refuses_the_same_names(host: str, ours: bool) -> None:
    told: list[str] = []
    program = front.checked(lambda environ, start: [b"its own"])
    body = program({"HTTP_HOST": host.format(8422), "SERVER_PORT": "8422"}, lambda status, fields: told.append(status))
    expected = ([b"its own"], []) if ours else ([front.REFUSED.encode()], ["421 Misdirected Request"])
    assert (list(body), told) == expected


def test_without_a_name_a_front_refuses() -> None:
    program = front.checked(lambda environ, start: [])
    assert list(program({"SERVER_PORT": "80"}, lambda *_: None)) == [front.REFUSED.encode()]


def test_other_methods_are_refused(pages: Any) -> None:
    assert pages.ask("POST", "/search").status_code == 405


def test_no_link_leads_to_a_host_that_an_address_names(pages: Any) -> None:
    assert "//evil.example" not in pages.get("//evil.example/x").text


MARKUP = "<script>alert(1)</script>"


@pytest.mark.parametrize(
    "way", ["/search?q=", "/search?author=", "/search?section=", "/d?name=", "/d/", "/portals/", "/a/"]
)
def test_markup_that_is_typed_stays_text(pages: Any, way: str) -> None:
    text = pages.get(way + MARKUP.replace("/", "%2F")).text
    assert "<script" not in text


def test_what_every_answer_carries(pages: Any, stored: Any) -> None:
    for client, way in ((pages, "/"), (pages, "/nothing"), (pages, "/static/reader.css"), (stored, "/x/y")):
        headers = client.get(way).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert (headers["x-content-type-options"], headers["cache-control"]) == ("nosniff", "no-store")
    assert "script" not in pages.get("/").headers["content-security-policy"]
    assert "<script" not in pages.get("/").text


def test_a_run_shows_what_the_ledger_holds_of_it(archive_folder: Path, tmp_path: Path, opened: Any) -> None:
    folder = shutil.copytree(archive_folder, tmp_path / "data")
    report = folder / "portals/kon-tum/runs/run-1.json"
    report.parent.mkdir(exist_ok=True)
    told = {"run": "run-1", "started": "2026-11-23T08:00:00Z", "counts": {"requests": 99}, "filled": {"title": 1.0}}
    report.write_text(json.dumps(told), encoding="utf-8")
    pages = opened(folder)[0]
    run = pages.get("/portals/kon-tum/runs/run-1.json").json()
    assert {name: n for name, n in run["counted"].items() if n and not name.startswith("stating.")} == {
        "requests": 5, "asked.article": 4, "asked.attachment": 1, "answered": 5, "whole": 5, "new": 3, "edited": 1,
        "missing": 1, "gone": 1, "read": 2,
    }  # fmt: skip
    assert "requests 99" in pages.get("/portals/kon-tum/runs/run-1").text  # as the run wrote it down
    assert "/portals/kon-tum/runs/run-1?what=stating.title#listed" in pages.get("/portals/kon-tum").text
    assert pages.get("/portals/kon-tum/runs/run-1?what=x").status_code == 400


@pytest.mark.parametrize("name", ["document", "author"])
def test_no_facet_takes_the_place_of_a_filter(pages: Any, name: str) -> None:
    counts = pages.get("/search.json").json()["facets"][name]
    page = pages.get(f"/search?{name}={quote(counts[0]['value'])}").text
    chosen = {way for way in links(page) if way.startswith("/search?") and f"{name}=" in way}
    assert all(f"{name}={quote_plus(counts[0]['value'])}" in way for way in chosen)


NARROWED = [
    ("/documents", "documents", "articles", [3, 3]),
    ("/documents?since=2019-10-10", "documents", "articles", [1, 1]),
    ("/documents?section=tin+trong+tinh&until=2019-10-08", "documents", "articles", [1, 1]),
    ("/documents?q=lan+thu+tam&portal=kon-tum", "documents", "articles", [1, 1]),
    ("/documents?portal=quang-ngai", "documents", "articles", []),
    ("/changes?what=new&section=thoi+su", "changes", "portal", ["quang-ngai"]),
    ("/changes?what=new&province=kon-tum&author=thai+ninh", "changes", "portal", ["kon-tum"] * 2),
    ("/changes?what=edited&document=2623/UBND-NCXDPL", "changes", "portal", ["kon-tum"]),
    ("/coverage?province=kon-tum", "portals", None, ["kon-tum"]),
    ("/coverage?province=quang-ngai&with_predecessors=1", "portals", None, ["kon-tum", "quang-ngai"]),
    ("/coverage?portal=quang-ngai", "portals", None, ["quang-ngai"]),
]


@pytest.mark.parametrize(("way", "listed", "told", "expected"), NARROWED, ids=str)
def test_filters_narrow_every_list(pages: Any, way: str, listed: str, told: str | None, expected: list[Any]) -> None:
    path, _, query = way.partition("?")
    answer = pages.get(f"{path}.json?{query}").json()
    assert [each[told] if told else each for each in answer[listed]] == expected
    text = pages.get(way).text
    assert text.count('<ul class="chips">') == bool(set(answer["filters"]))
    assert pages.get(f"{path}?provnce=kon-tum").status_code == 400
    assert pages.get(f"{path}?portal=nowhere").status_code == 404


def test_a_search_leads_to_all_documents_that_its_articles_cite(pages: Any) -> None:
    text = pages.get("/search?q=hoi+nghi&portal=kon-tum").text
    assert "/documents?q=hoi+nghi&amp;portal=kon-tum" in text
