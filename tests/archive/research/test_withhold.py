"""A withheld article is sought through every door, and found through none."""

from __future__ import annotations

import gzip
import json
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from archive.cli import main
from archive.reader import Archive, Withheld
from archive.schema import Attachment
from archive.web.app import Reader
from archive.web.hidden import withheld_keys
from archive.withheld import Rule, Rules, WithheldError, load, save

sys.path.append(str(Path(__file__).parent.parent / "web"))  # for the walk that asks the reader without a client

from traced import ask

TEN, NINE, EIGHT = "kon-tum/1e6cca0f4635cd86", "kon-tum/8179c6d9c6357097", "kon-tum/c083172e72b424ec"
ADDRESS = "https://www.kon-tum.example/tin/8"
SECRET = "Hội nghị lần thứ tám"  # the title of EIGHT alone

Tell = Callable[..., tuple[int, str, str]]


WAYS = [
    ["--id", EIGHT], ["--id", EIGHT.partition("/")[2]], ["--id", "KON-TUM/c083"], ["--address", ADDRESS],
    ["--address", f"{ADDRESS}/#top"], ["--address", "HTTP://WWW.kon-tum.example:80/x/..//t%69n/8"],
    ["--portal", "kon-tum"], ["--portal", "KON-TUM"],
]  # fmt: skip
LISTS = [
    ["list"], ["search", "hội nghị"], ["search", SECRET], ["search", "hội nghị", "--facets"], ["cites", "111-KH/TU"],
    ["documents"], ["documents", "111-KH/TU"], ["stats"], ["health"], ["export", "-"],
    ["export", "-", "--format", "csv"], ["changes", "--what", "new,edited,gone", "--since", "2026-01-01"],
]  # fmt: skip


@pytest.mark.parametrize("way", WAYS, ids=lambda way: f"{way[0]} {way[1][-6:]}")
def test_no_door_leads_to_it(folder: Path, tell: Tell, tmp_path: Path, way: list[str]) -> None:
    with Archive(folder) as archive:
        records = [each.record_id for each in archive.snapshots(EIGHT)]
        ref = archive.article(EIGHT).article.snapshot
    assert tell("withhold", *way, "--reason", "lý do", "--by", "B")[0] == 0
    asked = [
        *([verb, EIGHT] for verb in ("show", "history", "snapshot", "diff", "cite", "evidence", "reprints")),
        ["show", EIGHT, "--revision", "1"], ["show", ADDRESS], ["snapshot", ADDRESS, "--body"],
        *(["snapshot", record, "--body"] for record in records),
    ]  # fmt: skip
    for words in asked:
        status, out, err = tell(*words)
        assert (status, out) == (3, ""), words
        assert "withheld since" in err
        assert "by B: lý do" in err
    for words in LISTS:
        for form in (words, [*words, "--json"]):
            status, out, _ = tell(*form)
            assert status == 0
            assert SECRET not in out
            assert EIGHT not in out
    tell("package", str(tmp_path / "set"), "--full-text", "--wacz")
    for kind in ("bib", "csl", "graphml"):
        tell("export", str(tmp_path / "set" / f"all.{kind}"))
    for path in (tmp_path / "set").rglob("*.*"):
        assert not path.is_file() or SECRET.encode() not in path.read_bytes()
        assert not path.is_file() or EIGHT.encode() not in path.read_bytes()
    with Archive(folder) as archive:
        assert ref is not None
        with pytest.raises(Withheld):
            archive.open_snapshot(ref)
        with pytest.raises(Withheld):
            archive.revisions(EIGHT)
        for asked in (EIGHT, EIGHT[:-4]):
            with pytest.raises(Withheld):
                archive.events(asked)
        with pytest.raises(Withheld):
            archive.snapshots(ADDRESS)
        assert archive.search("hội nghị").totals().withheld >= 1
        assert EIGHT not in [view.id for view in archive.articles()]
        assert EIGHT in archive.withheld


REACH = [
    (["--id", EIGHT], 0, f"id '{EIGHT}' reaches 1 article\n"),
    (["--id", "nope"], 2, "no article 'nope'"),
    (["--id", "kon-tum/0000000000000000"], 0, "reaches nothing in this archive yet\n"),
    (["--portal", "nope"], 0, "portal 'nope' reaches nothing in this archive yet\n"),
    (["--person", "Người Không Có"], 0, "person 'Người Không Có' reaches nothing in this archive yet\n"),
    (["--person", "lần thứ 8"], 0, "reaches older readings of 1 article shown, and all their stored pages\n"),
    (["--address", f"{ADDRESS}?utm_source=x"], 0, "reaches nothing in this archive yet\n"),
    (["--address", "https://www.kon-tum.example/tep/111.pdf"], 0, "reaches 1 other address\n"),
]  # fmt: skip


@pytest.mark.parametrize(("way", "status", "said"), REACH, ids=lambda each: str(each)[-30:])
def test_a_rule_says_what_it_reaches(tell: Tell, way: list[str], status: int, said: str) -> None:
    told, _, err = tell("withhold", *way, "--reason", "r", "--by", "b")
    assert told == status
    assert said in err


def test_counts_say_how_many_are_withheld(tell: Tell) -> None:
    tell("withhold", "--id", EIGHT, "--reason", "r", "--by", "b")
    assert tell("search", "hội nghị")[2].endswith("archive: 1 withheld\n")
    assert tell("list")[2] == "archive: 1 withheld\n"
    assert tell("cites", "111-KH/TU")[2] == "archive: 1 withheld\n"
    assert '"withheld": 1' in tell("stats", "--json")[1]
    for verb in (["documents"], ["documents", "111-KH/TU"], ["changes", "--portal", "kon-tum"]):
        assert "1 withheld" in tell(*verb)[2].splitlines()[-1], verb


def test_sums_count_a_portal_that_is_withheld_as_a_whole(folder: Path, tell: Tell) -> None:
    with Archive(folder) as archive:
        held = sum(each.articles for each in archive.stats(portal="kon-tum"))
    tell("withhold", "--portal", "kon-tum", "--reason", "r", "--by", "b")
    for verb in ("stats", "usage"):
        assert tell(verb)[2].startswith(f"archive: {held} withheld"), verb


def test_a_story_whose_other_print_is_withheld_is_not_said_to_stand_alone(
    crawl: Any, sample_article: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = []
    for slug in ("kon-tum", "gia-lai"):
        run = crawl(slug)
        kept.append(run.page(sample_article(slug, 1, text_key="a" * 32)).id)
        run.close()
    archive = str(tmp_path / "data")
    main(["withhold", "--archive", archive, "--id", kept[1], "--reason", "r", "--by", "b"])
    capsys.readouterr()
    assert main(["reprints", kept[0], "--archive", archive]) == 0
    assert capsys.readouterr().err == "archive: 1 print shown; 1 withheld\n"


FILE = "https://www.kon-tum.example/tep/111.pdf"  # that TEN names, and one more below
SHARED = (Attachment(FILE, "Kế hoạch 111", "application/pdf"),)


def test_a_file_is_withheld_by_its_address(tell: Tell) -> None:
    assert tell("snapshot", FILE)[0] == 0
    tell("withhold", "--address", FILE, "--reason", "r", "--by", "b")
    assert tell("snapshot", FILE)[0] == 3


def in_wacz(path: Path) -> bytes:
    with zipfile.ZipFile(path) as made:
        return b"".join(gzip.decompress(made.read(name)) for name in made.namelist() if name.endswith(".warc.gz"))


@pytest.mark.parametrize(
    ("way", "value"), [("--id", TEN), ("--address", "https://www.kon-tum.example/tin/10"), ("--person", "Lê Thị Ẩn")]
)
def test_the_files_of_a_withheld_article_are_withheld_whoever_else_names_them(
    crawl: Any, sample_article: Any, tell: Tell, tmp_path: Path, way: str, value: str
) -> None:
    run = crawl("kon-tum")  # into the copy that `tell` reads
    run.page(sample_article("kon-tum", 10, attachments=SHARED, byline_text="Lê Thị Ẩn", revision="a" * 64))
    other = run.page(sample_article("kon-tum", 11, attachments=SHARED), "<h1>Tin khác</h1>")
    run.close()
    record = json.loads(tell("snapshot", FILE, "--json")[1])["record_id"]
    assert tell("export", str(tmp_path / "before.wacz"), "--full-text")[0] == 0
    assert b"%PDF" in in_wacz(tmp_path / "before.wacz")
    assert tell("withhold", way, value, "--reason", "r", "--by", "b")[0] == 0
    for words in (("snapshot", FILE), ("snapshot", record, "--body")):
        assert (tell(*words)[0], tell(*words)[1]) == (3, ""), words
    [held] = json.loads(tell("show", other.id, "--json")[1])["attachments"]
    assert (held["state"], held["snapshot"]) == ("withheld", None)
    tell("export", str(tmp_path / "after.wacz"), "--full-text")
    tell("evidence", other.id, str(tmp_path / "e.wacz"))
    for name in ("after.wacz", "e.wacz"):
        assert (b"%PDF" in in_wacz(tmp_path / name), b"Tin kh" in in_wacz(tmp_path / name)) == (False, True)
    with Archive(tmp_path / "data") as archive:
        assert FILE in set(withheld_keys(archive, archive.folder("kon-tum")))  # which replay and the reader's pages ask
    reader = Reader(tmp_path / "data", 8420, 8421)
    assert ask(reader, f"/s/kon-tum/{record}")[0] == 451
    assert ask(reader, f"/kon-tum/{record}", 8421)[0] == 451


@pytest.mark.parametrize(
    ("file", "named"),
    [
        ("https://www.kon-tum.example/tep/qd-khen-thuong-le-thi-an.pdf", True),
        ("https://www.kon-tum.example/tep/L%C3%AA_Th%E1%BB%8B_%E1%BA%A8n.docx", True),
        ("https://www.kon-tum.example/tep/le-thi-anh.pdf", False),
    ],
)
def test_a_person_is_named_by_a_files_address(
    crawl: Any, sample_article: Any, tell: Tell, file: str, named: bool
) -> None:
    run = crawl("kon-tum")
    run.attachment(file, b"%PDF-1.7 other")
    kept = run.page(sample_article("kon-tum", 12, attachments=(Attachment(file, "Quyết định", None),)))
    run.close()
    tell("withhold", "--person", "Lê Thị Ẩn", "--reason", "r", "--by", "b")
    assert tell("show", kept.id)[0] == tell("snapshot", file)[0] == (3 if named else 0)
    assert (kept.id in tell("search")[1], kept.id in tell("list")[1]) == (not named, not named)


def test_one_portals_folder_honours_its_archives_rules(folder: Path, tell: Tell) -> None:
    tell("withhold", "--id", EIGHT, "--reason", "r", "--by", "b")
    with Archive(folder / "portals/kon-tum") as archive, pytest.raises(Withheld):
        archive.article(EIGHT)


def test_released_it_is_shown_again(tell: Tell) -> None:
    tell("withhold", "--id", EIGHT, "--reason", "r", "--by", "b")
    assert tell("withhold", "--id", EIGHT, "--release")[0] == 0
    assert tell("show", EIGHT)[0] == 0


PEOPLE = [
    ("Thái Ninh", True), ("thái ninh", True), ("THÁI NINH", True), ("Thai Ninh", True), ("Thái Nịnh", False),
    ("Ninh Thái", False), ("Thái Ninh Bình", False),
]  # fmt: skip


@pytest.mark.parametrize(("name", "named"), PEOPLE)
def test_people_are_known_by_whole_names_and_by_marks_where_given(folder: Path, name: str, named: bool) -> None:
    save(folder / "withheld.toml", [Rule("person", name, "r", "2026-11-23", "b")])
    with Archive(folder) as archive:
        shown = [view.id for view in archive.articles()]
        found = [hit.id for hit in archive.search(None).hits()]
        assert (TEN not in shown) == named
        assert sorted(shown) == sorted(found)
        assert NINE in shown  # which names nobody


BROKEN = [
    ("x = 1", "key 'x'; allowed: [[withheld]] entries"),
    ("[[withheld]]\nid = 'a'\n", "entry 1: reason is not said"),
    ("[[withheld]]\nreason='r'\nby='b'\ndate=2026-01-01\n", "entry 1: nothing named; allowed: one of id, address"),
    ("[[withheld]]\nid='a'\nportal='b'\n", "id and portal named"),
    ("[[withheld]]\nperson='Ninh'\nreason='r'\nby='b'\ndate=2026-01-01\n", "'Ninh' is one word"),
    ("[[withheld]]\nid='a'\nreason='r'\nby='b'\ndate='soon'\n", "date 'soon' is no day"),
    ("[[withheld]]\nid='a'\nresaon='r'\n", "key 'resaon'; nearest: reason"),
    ("[[", "cannot be read, so nothing is shown"),
]


@pytest.mark.parametrize(("text", "said"), BROKEN)
def test_a_file_that_cannot_be_understood_shuts_the_archive(folder: Path, tell: Tell, text: str, said: str) -> None:
    (folder / "withheld.toml").write_text(text)
    with pytest.raises(WithheldError):
        load(folder / "withheld.toml")
    status, out, err = tell("list")
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert said in err


def test_rules_are_written_as_they_are_read(tmp_path: Path) -> None:
    rules = [Rule("person", 'Y "Lan" \\ Hạnh', 'nói "không"\tvà \x7f', "2026-11-23", "B")]
    save(tmp_path / "withheld.toml", rules)
    assert list(load(tmp_path / "withheld.toml").rules) == rules
    assert not Rules()


def test_where_an_older_reading_names_a_person_the_newest_is_shown_without_pages(tell: Tell) -> None:
    assert tell("withhold", "--person", "lần thứ 8", "--reason", "r", "--by", "b")[0] == 0
    assert "Hội nghị lần thứ tám" in tell("show", EIGHT)[1]
    status, out, err = tell("history", EIGHT, "--json")
    told = json.loads(out)
    assert (status, [each["number"] for each in told["revisions"]], told["snapshots"]) == (3, [2], [])
    assert "its snapshots: " in err
    assert tell("history", EIGHT)[0] == 3
    status, out, err = tell("snapshot", EIGHT)
    assert (status, out, "withheld since" in err) == (3, "", True)
