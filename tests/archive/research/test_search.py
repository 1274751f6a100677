"""The catalog and its search: any input has an answer, topped up is made anew, reprints are one story."""

from __future__ import annotations

import json
import shutil
import sqlite3
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.cli import main
from archive.reader import Archive
from archive.research import catalog, intake
from archive.research import search as search_of
from archive.research.catalog import CatalogError, open_catalog, reindex, top_up
from archive.research.entries import _row, rows_within
from archive.research.query import BadQuery, parse, snippet
from archive.schema import Article, Author
from archive.storage.disk import ArchiveDiskError
from archive.storage.paths import ArchivePaths
from archive.vietnam.text import nfc
from archive.vietnam.words import bare_words, coded, marked_words

Make = Callable[..., Article]


@pytest.fixture
def news(crawl: Callable[[str], Any], sample_article: Make, tmp_path: Path) -> Path:
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


def titles(folder: Path, words: str | None, **filters: Any) -> list[str]:
    with Archive(folder) as archive:
        return [f"{hit.portal} {hit.posted_on} {hit.printed_by}" for hit in archive.search(words, **filters).hits()]


BOTH, OWN = "quang-ngai 2019-10-04 2", "kon-tum 2019-10-05 1"
SEARCHES: list[tuple[str | None, list[str]]] = [
    ("duong", [OWN, BOTH]),
    ("đường", [BOTH]),  # exact marks are preferred where they are typed
    ("dưỡng", [OWN]),
    ("dương", [OWN, BOTH]),  # nobody has it so: as if typed bare
    ("ĐƯỜNG", [BOTH]),
    ("hoa binh", [BOTH]),
    ("Hoà Bình", [BOTH]),  # old and new tone placement meet
    ('"ủy ban tỉnh hoà bình"', [BOTH]),  # in a phrase, too
    ('"UỶ BAN tinh Hòa"', [BOTH]),  # of its words those with marks as they are written
    ('"nẵng và nắng"', [OWN]),
    ("Hòa Bình", [BOTH]),
    ("Ủy ban", [BOTH]),
    ("hoá", [BOTH]),
    ('"hồ chí minh"', [BOTH]),
    ('"chí hồ"', []),
    ("đường nang", [OWN]),  # nobody has both so: as if typed bare
    ("nắng nang", [OWN]),
    ("duong -nang", [BOTH]),
    ('duong -"hồ chí minh"', [OWN]),
    ("duong AND OR NOT NEAR(", []),
    ("thái ninh", [OWN, BOTH]),  # the byline
    ("th\u1bedái ni\u00adnh", [OWN, BOTH]),  # what has no shape does not part words
    (None, [OWN, BOTH]),
]


@pytest.mark.parametrize(("words", "found"), SEARCHES)
def test_search(news: Path, words: str | None, found: list[str]) -> None:
    assert titles(news, words) == found
    assert words is None or titles(news, "".join(words.split("\0"))) == found


def test_search_takes_nfd_and_filters(news: Path) -> None:
    assert titles(news, "d\u0323u\u031bo\u031b\u0300ng".replace("d\u0323", "đ")) == [BOTH]
    assert titles(news, "duong", portal="kon-tum") == [OWN, "kon-tum 2019-10-03 2"]
    assert titles(news, "duong", until="2019-10-03") == ["kon-tum 2019-10-03 2"]
    assert titles(news, "duong", document="2623/ubnd-ncxdpl") == [OWN]
    assert titles(news, "duong", document="2623 ubnd ncxdpl", author="thai ninh") == [OWN]
    assert titles(news, "duong", province="quang-ngai") == [BOTH]
    assert titles(news, "duong", province="quang-ngai", with_predecessors=True) == [OWN, BOTH]
    assert titles(news, "duong", section="tin trong tinh", publisher="party") == []


def test_ranked_puts_the_title_first(crawl: Callable[[str], Any], sample_article: Make, tmp_path: Path) -> None:
    run = crawl("kon-tum")
    run.page(sample_article("kon-tum", 1, title="Hạn hán"))
    run.page(
        sample_article("kon-tum", 2, title="Hội nghị", body="Bàn về nhiều việc, có hạn hán. " + "Việc khác. " * 50)
    )
    run.close()
    assert [day[8:10] for _, day, _ in map(str.split, titles(tmp_path / "data", "hạn hán"))] == ["02", "01"]
    assert [day[8:10] for _, day, _ in map(str.split, titles(tmp_path / "data", "hạn hán", ranked=True))] == [
        "01",
        "02",
    ]


def test_ranked_pages_are_the_whole_in_its_order(
    crawl: Callable[[str], Any], sample_article: Make, tmp_path: Path
) -> None:
    run = crawl("kon-tum")
    for day in range(1, 25):  # every third has the words in its title, all have them in their text, ever more often
        title = f"Hạn hán lần {day}" if day % 3 == 0 else f"Hội nghị lần {day}"
        run.page(sample_article("kon-tum", day, title=title, body="Bàn về hạn hán. " * day, text_key=f"{day}" * 8))
    run.close()
    with Archive(tmp_path / "data") as archive:
        for asked in ("hạn hán", "han", "hạn -nghi", '"hạn hán"'):
            search = archive.search(asked, ranked=True, until="2019-10-30")
            whole = [hit.id for hit in search.hits()]
            assert whole == [hit.id for hit in archive.search(asked, ranked=True).hits()]  # another way to the rows
            assert sorted(whole) == sorted(hit.id for hit in archive.search(asked).hits())
            assert [hit.id for begin in range(0, 30, 5) for hit in search.hits(5, begin)] == whole
            titled = ["Hạn hán" in (hit.title or "") for hit in search.hits()]
            assert sum(titled) == 8
            assert titled == sorted(titled, reverse=True) or " " in asked  # of one word the titles stand first


def test_counts_tell_stories_from_articles(news: Path) -> None:
    with Archive(news) as archive:
        search = archive.search("duong")
        totals, facets = search.totals(), search.facets()
    assert (totals.articles, totals.stories, totals.withheld) == (3, 2, 0)
    assert facets["portal"] == [("kon-tum", 2), ("quang-ngai", 1)]
    assert facets["year"] == [("2019", 3)]
    assert facets["author"] == [("Thái Ninh", 3)]
    assert facets["document"] == [("kon-tum:111-KH/TU", 1), ("vn/kon-tum/UBND/CV/2019/2623", 1)]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "no word to search for"),
        ("  \u0323\u0301 … — \0 \u200b", "no word to search for"),
        ('""', "no word to search for"),
        ("-đường", "only words to leave out"),
        ("từ " * 3000, "a search of 3000 words; allowed: at most 64"),
    ],
)
def test_a_search_for_nothing_says_so(news: Path, typed: str, said: str) -> None:
    with Archive(news) as archive, pytest.raises(BadQuery, match=said):
        archive.search(typed)


@pytest.mark.parametrize(
    ("typed", "starred"), [("c*", True), ("cà ph*", True), ('"hội ngh*"', True), ("* hội nghị", False), ("hội", False)]
)
def test_an_asterisk_is_told_to_say_nothing(typed: str, starred: bool) -> None:
    assert parse(typed).starred is starred
    assert parse(typed).terms == parse(typed.replace("*", "")).terms


@given(st.text(max_size=80) | st.text('"-()*:^+AND OR{} đường\0', max_size=40))
@settings(max_examples=150, deadline=None)
def test_every_query_is_an_expression_the_index_takes(typed: str) -> None:
    base = sqlite3.connect(":memory:")
    base.execute(
        "CREATE VIRTUAL TABLE words USING fts5(title, text, marked_title, marked_text, content='', tokenize='ascii')"
    )
    text = coded(nfc(typed))
    base.execute("INSERT INTO words (text, marked_text) VALUES (?, ?)", (bare_words(text), marked_words(text)))
    try:
        query = parse(typed)
    except BadQuery:
        return
    for exact in (True, False):
        found = base.execute(
            "SELECT count(*) FROM words WHERE words MATCH ?", (query.expression(exact=exact),)
        ).fetchone()
        if '"' not in typed and not any(term.without for term in query.terms):
            assert found == (1,)
    piece = snippet(typed, query, exact=True)
    assert all(0 <= begin < end <= len(piece.text) for begin, end in piece.spans)


def test_snippets_show_the_words_where_they_stand() -> None:
    text = "Mở đầu. " * 60 + "Tại Hoà Bình, đường sạt lở. " + "Kết. " * 90
    piece = snippet(text, parse('"hòa bình" duong'), exact=True)
    assert [piece.text[begin:end] for begin, end in piece.spans] == ["Hoà Bình", "đường"]
    assert piece.text.startswith("… ")
    assert piece.text.endswith(" …")
    assert len(piece.text) <= 250
    assert snippet("ngắn", parse("khác"), exact=True).text == "ngắn"


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


def test_a_phrase_with_marks_is_one_with_the_marks_in_their_places(
    crawl: Callable[[str], Any], sample_article: Make, tmp_path: Path
) -> None:
    run = crawl("kon-tum")
    for number, body in enumerate(("hội nghi, sau đó hối nghị", "một hội nghị", "Hội\nnghị"), 1):
        run.page(sample_article("kon-tum", number, title=None, lead=None, body=body, text_key=str(number)))
    run.close()
    with Archive(tmp_path / "data") as archive:
        assert archive.search('"hội nghị"').totals().articles == 2
        assert archive.search('"hoi nghi"').totals().articles == 3
        assert archive.search("hội nghị").totals().articles == 3


@pytest.mark.parametrize("change", ["old format", "many at once", "one at once"])
def test_however_it_is_made_it_is_the_same(news: Path, change: str, monkeypatch: pytest.MonkeyPatch) -> None:
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


def test_one_portals_folder_is_searched_alone(news: Path) -> None:
    assert titles(news / "portals/kon-tum", "duong") == [OWN, "kon-tum 2019-10-03 1"]


def test_what_is_kept_of_an_item_is_json(news: Path) -> None:
    line = (news / "portals/kon-tum/articles.jsonl").read_text(encoding="utf-8").splitlines()[0]
    assert json.loads(line)["text_key"] == "1"


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
    crawl: Callable[[str], Any], sample_article: Make, tmp_path: Path
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


def test_a_full_disk_does_not_keep_a_search_from_answering(news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, asked = catalog.bring_up, []

    def full(portals: Any, path: Path, **options: Any) -> Any:
        asked.append(path)
        if path.parent == news:
            path.touch()
            raise ArchiveDiskError(28, "database or disk is full", str(path))
        return real(portals, path, **options)

    monkeypatch.setattr(catalog, "bring_up", full)
    assert titles(news, "đường") == [BOTH]
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


def test_ranked_pages_hold_every_story_once(crawl: Callable[[str], Any], sample_article: Make, tmp_path: Path) -> None:
    run = crawl("kon-tum")
    for number in range(1, 31):  # thirty prints of one story, then ten of their own
        run.page(sample_article("kon-tum", number, title="Hạn hán hạn hán", text_key="1"))
    other = crawl("quang-ngai")
    for number in range(1, 11):
        other.page(sample_article("quang-ngai", number, title="Hạn hán", text_key=f"own {number}"))
    run.close()
    other.close()
    with Archive(tmp_path / "data") as archive:
        search = archive.search("hạn hán", ranked=True)
        every = [hit.id for hit in search.hits()]
        assert len(set(every)) == len(every) == 11
        assert [hit.id for page in range(6) for hit in search.hits(2, 2 * page)] == every


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


def test_the_best_rows_are_remembered_for_all_pages_of_a_question(
    crawl: Callable[[str], Any], sample_article: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_of, "_MANY", 4)
    run = crawl("kon-tum")
    for day in range(1, 25):
        run.page(sample_article("kon-tum", day, body="Bàn về hạn hán. " * day, text_key=f"{day}" * 8))
    run.close()
    known: dict[Any, list[int]] = {}
    asked: list[Any] = []

    def recall(question: Any, answer: Callable[[], list[int]]) -> list[int]:
        if question not in known:
            asked.append(question)
            known[question] = answer()
        return known[question]

    with Archive(tmp_path / "data") as archive:
        whole = [hit.id for hit in archive.search("hạn hán", ranked=True).hits()]
        for again in (3, 3):  # 4, 16 and 64 rows, once
            found = archive.search("hạn hán", ranked=True)
            found.remember(recall)
            assert [hit.id for begin in range(0, 24, 5) for hit in found.hits(5, begin)] == whole
            assert len(asked) == again
        other = archive.search("hạn hán", ranked=True, author="thai ninh")
        other.remember(recall)
        assert next(other.hits(1)).id == whole[0]
        assert len(asked) == 4  # another question
