"""The verbs as a person, a pipe and a program meet them: literal output, exit statuses, one line for every error."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import jsonschema
import pytest

from archive.cli import main
from archive.schema import Article, Author, json_schema

ROOT = Path(__file__).resolve().parents[2]
TEN, NINE, EIGHT = "kon-tum/1e6cca0f4635cd86", "kon-tum/8179c6d9c6357097", "kon-tum/c083172e72b424ec"
DAY_ONLY, BARE = "quang-ngai/71163cf31371ca6d", "quang-ngai/7da4d93f4f011597"


class Answer(NamedTuple):
    """What a verb said and how it ended."""

    status: int
    out: str
    err: str


Ask = Callable[..., Answer]


@pytest.fixture
def ask(archive_folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Runs a verb on the small archive, as in a pipe."""
    monkeypatch.setenv("ARCHIVE_DIR", str(archive_folder))
    monkeypatch.delenv("COLUMNS", raising=False)

    def run(*words: str) -> Answer:
        status = main(words)
        return Answer(status, *capsys.readouterr())

    return run


@pytest.fixture
def ask_on_terminal(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Answer]:
    """Runs a verb as on a terminal of some width, without colour."""

    def run(width: int, *words: str) -> Answer:
        monkeypatch.setenv("TTY_COMPATIBLE", "1")
        monkeypatch.setenv("COLUMNS", str(width))
        monkeypatch.setenv("NO_COLOR", "1")
        return ask(*words)

    return run


def test_list_in_a_pipe(ask: Ask) -> None:
    assert ask("list") == Answer(
        0,
        f"{TEN}\t2019-10-10\tHội nghị lần thứ 10\tkon-tum\n"
        f"{NINE}\t2019-10-09\tBài đã gỡ [gone]\tkon-tum\n"
        f"{DAY_ONLY}\t2019-10-09\tHội nghị lần thứ 9\tquang-ngai\n"
        f"{EIGHT}\t2019-10-08\tHội nghị lần thứ tám\tkon-tum\n"
        f"{BARE}\t\t(no title)\tquang-ngai\n",
        "",
    )


@pytest.mark.parametrize(
    ("options", "ids"),
    [
        (["--portal", "quang-ngai"], [DAY_ONLY, BARE]),
        (["--portal", "kon-tum, quang-ngai", "--limit", "1"], [TEN]),
        (["--province", "Kon Tum", "--until", "2019-10-08"], [EIGHT]),
        (["--publisher", "government", "--since", "2019-10-10"], [TEN]),
        (["--section", "thời sự"], [DAY_ONLY]),
        (["--author", "THAI NINH", "--limit", "0"], [TEN, DAY_ONLY, EIGHT, BARE]),
        (["--document", "111-KH/TU"], [TEN, NINE, EIGHT]),
    ],
)
def test_list_filters(ask: Ask, options: list[str], ids: list[str]) -> None:
    answer = ask("list", *options)
    assert [line.partition("\t")[0] for line in answer.out.splitlines()] == ids
    where = "archive: Kon Tum: since 2025-07-01 part of Quảng Ngãi\n" if "Kon Tum" in options else ""
    assert (answer.status, answer.err) == (0, where)


def test_list_as_json_gives_the_lines_of_the_file(ask: Ask, archive_folder: Path) -> None:
    answer = ask("list", "--json", "--portal", "quang-ngai")
    items = [json.loads(line) for line in answer.out.splitlines()]
    lines = (archive_folder / "portals/quang-ngai/articles.jsonl").read_text(encoding="utf-8").splitlines()
    assert items == [json.loads(line) for line in lines]
    for item in items:
        jsonschema.validate(item, json_schema())


VERBS = [
    ["list"], ["show", TEN], ["history", EIGHT], ["snapshot", TEN], ["documents"], ["cites", "111-KH/TU"], ["stats"],
    ["verify"], ["schema"],
]  # fmt: skip


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb[0])
def test_json_and_archive_are_taken_before_and_after_the_verb(
    ask: Ask, archive_folder: Path, monkeypatch: pytest.MonkeyPatch, verb: list[str]
) -> None:
    monkeypatch.setenv("ARCHIVE_DIR", "nowhere")
    before = ask("--json", "--archive", str(archive_folder), *verb)
    after = ask(*verb, "--json", "--archive", str(archive_folder))
    assert before == after
    assert (before.status, before.err) == (0, "")
    lines = before.out.splitlines() if verb[0] in ("list", "documents", "cites") else [before.out]
    for line in lines:
        assert isinstance(json.loads(line), dict)


def test_show_in_a_pipe_has_each_field_with_its_evidence_on_one_line(ask: Ask) -> None:
    lines = ask("show", TEN).out.splitlines()
    assert lines[:2] == ["Hội nghị lần thứ 10", TEN]
    for line in (
        "title         Hội nghị lần thứ 10  [kontum.title]",
        "posted        2019-10-10 20:21:00 +07:00  [“10/10/2019 20:21” · kontum.posted]",
        "authors       Thái Ninh  [“Thái Ninh” · kontum.last_line]",
        "portal        kon-tum (Cổng thông tin điện tử tỉnh Kon Tum)",
        "province      Kon Tum (kon-tum); since 2025-07-01 part of Quảng Ngãi",
        "first seen    2026-11-23T08:00:02Z",
        "revision      1 of 1  [new]",
        "Cited documents (2)",
        "2623/UBND-NCXDPL\tCông văn\t2019-10-09\tChủ tịch UBND tỉnh\timplements “Thực hiện”\t"
        "“Công văn số 2623/UBND-NCXDPL” body 22-50\tvn/kon-tum/UBND/CV/2019/2623",
        "111-KH/TU\tKế hoạch\t\t\t\t“Kế hoạch số 111-KH/TU” body 78-99\t",
        "https://www.kon-tum.example/tep/mat.doc\t\tapplication/msword\tnever asked for",
        "Body [kontum.body]",
        "Thực hiện Kế hoạch số 111-KH/TU.",
    ):
        assert line in lines


def test_show_as_json(ask: Ask) -> None:
    whole = json.loads(ask("show", EIGHT, "--json").out)
    article = Article.from_dict(whole["article"])
    assert (article.id, article.title, whole["gone"]) == (EIGHT, "Hội nghị lần thứ tám", None)
    assert whole["snapshot"]["record_id"] == article.snapshot.record_id if article.snapshot else False
    assert [each["title"] for each in whole["revisions"]] == ["Hội nghị lần thứ 8", "Hội nghị lần thứ tám"]
    first = json.loads(ask("show", EIGHT, "--revision", "1", "--json").out)
    assert first["article"]["title"] == "Hội nghị lần thứ 8"


def test_history_tells_readings_events_and_snapshots(ask: Ask) -> None:
    out = ask("history", NINE).out
    assert "gone since    2026-11-23T08:00:05Z" in out
    assert "2026-11-23T08:00:05Z\tgone\t404 three times\trun-1" in out
    assert "Snapshots (1)\n2026-11-23T08:00:05.000000Z\t200\trevisit\t" in out


def test_snapshot_shows_the_head_and_gives_the_body(ask: Ask, archive_folder: Path) -> None:
    out = ask("snapshot", EIGHT).out
    assert "Answer\nHTTP/1.1 200 OK\nContent-Type: text/html; charset=utf-8\nTransfer-Encoding: chunked\n" in out
    record = re.search(r"urn:uuid:\S+", out)
    assert record is not None
    for named in (EIGHT, record[0], "https://www.kon-tum.example/tin/8"):
        assert _run(archive_folder, "snapshot", named, "--body").stdout == "<h1>Hội nghị lần thứ tám</h1>".encode() * 90
    file = _run(archive_folder, "snapshot", "https://www.kon-tum.example/tep/111.pdf", "--body")
    assert file.stdout == b"%PDF-1.7 " + b"x" * 2000


def test_cites_and_documents(ask: Ask) -> None:
    assert ask("cites", "2623/ubnd-ncxdpl", "--limit", "1").out == (
        f"{TEN}\t2019-10-10\tkon-tum\timplements\tCông văn số 2623/UBND-NCXDPL\tHội nghị lần thứ 10\n"
    )
    assert ask("documents").out == (
        "111-KH/TU\tKH\t\t3\t3\t2019-10-08\t2019-10-10\t\t\n"
        "2623/UBND-NCXDPL\tCV\t2019-10-09\t3\t3\t2019-10-08\t2019-10-10\tvn/kon-tum/UBND/CV/2019/2623\t\n"
    )


def test_stats_in_a_pipe_names_its_columns(ask: Ask) -> None:
    head, kon_tum, quang_ngai = (line.split("\t") for line in ask("stats").out.splitlines())
    assert dict(zip(head, kon_tum, strict=True))["documents cited"] == "2"
    assert dict(zip(head, quang_ngai, strict=True))["posted"] == "50%"


def test_schema_is_printed_without_an_archive(ask: Ask, tmp_path: Path) -> None:
    assert json.loads(ask("--archive", str(tmp_path / "none"), "schema").out) == json_schema()


def test_verify_names_damage_with_file_offset_and_address(ask: Ask, archive_folder: Path, tmp_path: Path) -> None:
    sound = ask("verify")
    assert sound.status == 0
    assert [line.partition(" (")[0] for line in sound.out.splitlines()] == ["kon-tum: sound", "quang-ngai: sound"]
    copy = shutil.copytree(archive_folder, tmp_path / "copy")
    (warc,) = (copy / "portals/kon-tum/warc").iterdir()
    place = json.loads(ask("snapshot", TEN, "--json").out)
    data = bytearray(warc.read_bytes())
    data[place["offset"] + place["length"] // 2] ^= 0xFF
    warc.write_bytes(data)
    answer = ask("--archive", str(copy), "verify")
    damage, verdict, other = answer.out.splitlines()
    assert answer.status == 9
    assert damage.startswith(f"kon-tum/warc/{warc.name} at {place['offset']}: ")
    assert damage.endswith("(https://www.kon-tum.example/tin/10)")
    assert verdict.startswith("kon-tum: damaged in 1 place (")
    assert other.startswith("quang-ngai: sound (")
    report = json.loads(ask("--archive", str(copy), "verify", "--json", "--portal", "kon-tum").out)
    assert (report["sound"], [each["portal"] for each in report["portals"]]) == (False, ["kon-tum"])


def test_init_says_whose_archive_it_is_and_keeps_what_it_is_not_told(ask: Ask, tmp_path: Path) -> None:
    folder = str(tmp_path / "new")
    made = ask("--archive", folder, "init", "--operator", "Viện Lưu trữ", "--contact", "luutru@example.vn", "--json")
    assert (made.status, json.loads(made.out)["operator"]) == (0, "Viện Lưu trữ")
    changed = json.loads(ask("--archive", folder, "init", "--vantage", "Hà Nội", "--json").out)
    assert changed == {
        "operator": "Viện Lưu trữ",
        "contact": "luutru@example.vn",
        "name": None,
        "rights": None,
        "vantage": "Hà Nội",
        "format": 1,
    }
    empty = ask("--archive", folder, "list")
    assert empty == Answer(0, "", f"archive: {folder}: no articles in this archive\n")
    assert ask("--archive", folder, "verify").status == 0


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--section", "thoi xu"], "no article fits (section thoi xu); nearest: Thời sự"),
        (["--author", "Thái Ninhh"], "no article fits (author Thái Ninhh); nearest: Thái Ninh"),
        (["--document", "2632/UBND-NCXDPL"], "no article fits (document 2632/UBND-NCXDPL); nearest: 2623/UBND-NCXDPL"),
        (
            ["--province", "Kon Tum", "--publisher", "party"],
            "no article fits (province Kon Tum, publisher party); Kon Tum: since 2025-07-01 part of Quảng Ngãi",
        ),
        (["--until", "1990-01-01"], "no article fits (until 1990-01-01)"),
    ],
)
def test_where_nothing_fits_it_says_what_may_have_been_meant(
    ask: Ask, archive_folder: Path, options: list[str], said: str
) -> None:
    assert ask("list", *options) == Answer(0, "", f"archive: {archive_folder}: {said}\n")


def test_a_document_nobody_cites(ask: Ask, archive_folder: Path) -> None:
    assert ask("cites", "112-KH/TU") == Answer(
        0, "", f"archive: {archive_folder}: no article cites '112-KH/TU'; nearest: 111-KH/TU\n"
    )


def test_a_merged_province_says_where_it_went(ask_on_terminal: Callable[..., Answer]) -> None:
    answer = ask_on_terminal(80, "list", "--province", "Kon Tum")
    assert TEN in answer.out
    assert answer.err == "archive: Kon Tum: since 2025-07-01 part of Quảng Ngãi\n"
    formed = ask_on_terminal(80, "list", "--province", "Quảng Ngãi").err
    assert formed.startswith("archive: Quảng Ngãi: since 2025-07-01 with Kon Tum; --with-predecessors also finds what")
    assert ask_on_terminal(80, "list", "--province", "Quảng Ngãi", "--with-predecessors").err == ""


# Words, and what the one line must say: what was wrong, and what is allowed or nearest.
BAD = [
    (["lst"], "no verb 'lst'; nearest: list; allowed: list, documents"),
    (["list", "--potral", "x"], "no option '--potral'; nearest: --portal; allowed: see --help"),
    (["list", "--portal"], "requires an argument"),
    (["list", "--limit", "many"], "Invalid value for '--limit'"),
    (["list", "--limit", "-1"], "--limit -1: allowed: 0 (all) or a number above it"),
    (["list", "--portal", "kontum"], "nearest: kon-tum"),
    (["list", "--province", "Con Tum"], "did you mean kon-tum"),
    (["list", "--publisher", "goverment"], "nearest: government"),
    (["list", "--since", "yesterday"], "since 'yesterday' is no day; allowed: an ISO day"),
    (["export", "-", "--author", " "], "author is empty; allowed: a name, or no author at all"),
    (["cites", ""], "document is empty; allowed: a document's number, cid or title"),
    (["documents", "\t "], "document is empty; allowed: a document's number, cid or title"),
    (["list", "--document", ""], "document is empty; allowed: a document's number, cid or title"),
    (["show"], "Missing argument 'ID'"),
    (["show", "1e6cca0f4635cd87"], f"nearest: {TEN}"),
    (["show", "7"], f"may be any of {DAY_ONLY}, {BARE}"),
    (["show", TEN, "--revision", "7"], "no revision '7'; allowed: 1 to 1"),
    (["show", "a\x1b[31mb\nc"], "a\\x1b[31mb\\nc"),
    (["snapshot", "urn:uuid:0"], "no record urn:uuid:0"),
    (["snapshot", "https://elsewhere.example/"], "no article 'https://elsewhere.example/'"),
    (["verify", "--portal", "kontum"], "nearest: kon-tum"),
    (["init", "--operator", "A"], "--contact not given; allowed: an e-mail or web address"),
    (["init", "--operator", "A", "--contact", "b"], "contact: 'b' is no address"),
    (["init", "--operator", "A\nB", "--contact", "a@b.vn"], "operator: 'A\\nB' holds a character"),
]


@pytest.mark.parametrize(("words", "said"), BAD)
def test_bad_input_is_one_line_and_status_2(ask: Ask, archive_folder: Path, words: list[str], said: str) -> None:
    before = sorted(archive_folder.rglob("*"))
    answer = ask(*words)
    assert (answer.status, answer.out) == (2, "")
    assert said in answer.err
    assert answer.err.startswith("archive: ")
    assert answer.err.count("\n") == 1
    assert sorted(archive_folder.rglob("*")) == before


@pytest.mark.parametrize("verb", [each for each in VERBS if each[0] != "schema"], ids=lambda verb: verb[0])
@pytest.mark.parametrize("there", ["nothing", "a file", "an empty folder"])
def test_no_archive_is_one_line_and_status_2(ask: Ask, tmp_path: Path, verb: list[str], there: str) -> None:
    path = tmp_path / "data"
    if there == "a file":
        path.write_text("x")
    elif there == "an empty folder":
        path.mkdir()
    answer = ask("--archive", str(path), *verb)
    assert (answer.status, answer.out, answer.err.count("\n")) == (2, "", 1)
    assert answer.err.startswith(f"archive: {path}: ")
    assert "allowed: " in answer.err


@pytest.mark.parametrize("there", ["a file", "newer"])
def test_init_refuses_what_it_must_not_touch(ask: Ask, tmp_path: Path, there: str) -> None:
    path = tmp_path / "data"
    if there == "a file":
        path.write_text("x")
    else:
        path.mkdir()
        (path / "archive.toml").write_text("format = 2\n")
    answer = ask("--archive", str(path), "init", "--operator", "A", "--contact", "a@b.vn")
    assert (answer.status, answer.err.count("\n")) == (2, 1)
    assert str(path) in answer.err


def test_a_damaged_portal_is_left_out_and_told(ask: Ask, archive_folder: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(archive_folder, tmp_path / "copy")
    (copy / "portals/kon-tum/ledger.sqlite").write_bytes(b"gone" * 5000)
    answer = ask("--archive", str(copy), "list")
    assert answer.status == 9
    assert [line.partition("\t")[0] for line in answer.out.splitlines()] == [DAY_ONLY, BARE]
    assert answer.err == (f"archive: portal kon-tum: {copy}/portals/kon-tum/ledger.sqlite: file is not a database\n")


def test_an_article_of_a_damaged_portal_is_not_called_unknown_alone(
    ask: Ask, archive_folder: Path, tmp_path: Path
) -> None:
    copy = shutil.copytree(archive_folder, tmp_path / "copy")
    (copy / "portals/kon-tum/ledger.sqlite").write_bytes(b"gone" * 5000)
    answer = ask("--archive", str(copy), "show", TEN)
    unknown, problem = answer.err.splitlines()
    assert answer.status == 9
    assert unknown.startswith(f"archive: {copy}: no article {TEN!r}; ")
    assert unknown.endswith("; it may be in what cannot be read")
    assert "1 of them not whole" in ask("--archive", str(copy), "reindex").out
    assert problem.endswith("kon-tum/ledger.sqlite: file is not a database")


@pytest.mark.parametrize("verb", [["snapshot", TEN], ["snapshot", TEN, "--body"]])
def test_a_warc_moved_elsewhere_is_offline_and_no_damage(
    ask: Ask, archive_folder: Path, tmp_path: Path, verb: list[str]
) -> None:
    copy = shutil.copytree(archive_folder, tmp_path / "copy")
    shutil.rmtree(copy / "portals/kon-tum/warc")
    answer = ask("--archive", str(copy), *verb)
    assert (answer.status, answer.out) == (3, "")
    assert "not there, so offline" in answer.err
    assert ask("--archive", str(copy), "show", TEN).status == 0


@pytest.mark.parametrize("width", [30, 40, 60, 80, 120])
@pytest.mark.parametrize("verb", VERBS[:-1], ids=lambda verb: verb[0])
def test_narrow_terminals(ask_on_terminal: Callable[..., Answer], width: int, verb: list[str]) -> None:
    answer = ask_on_terminal(width, *verb)
    assert answer.status == 0
    assert max(map(len, answer.out.splitlines())) <= width
    assert "\x1b" not in answer.out
    if verb[0] in ("list", "cites"):
        for article in (TEN, NINE, EIGHT):
            assert article in answer.out


def test_a_wide_terminal_has_a_table(ask_on_terminal: Callable[..., Answer]) -> None:
    lines = [line.rstrip() for line in ask_on_terminal(100, "list", "--limit", "2").out.splitlines()]
    assert lines == [
        "id                        posted      title                portal",
        f"{TEN}  2019-10-10  Hội nghị lần thứ 10  kon-tum",
        f"{NINE}  2019-10-09  Bài đã gỡ [gone]     kon-tum",
    ]


HOSTILE = "\x1b]0;owned\x07\x9b31m [bold]đậm[/bold] \u202egnp.exe :smile: \r\n\tcuối"


def test_text_from_a_page_cannot_hurt(
    crawl: Callable[[str], Any],
    sample_article: Callable[..., Article],
    ask_on_terminal: Callable[..., Answer],
    tmp_path: Path,
) -> None:
    run = crawl("kon-tum")
    bad = dict.fromkeys(("title", "body", "lead", "byline_text", "posted_text", "section", "source"), HOSTILE)
    run.page(sample_article("kon-tum", 1, flags=(HOSTILE,), authors=(Author(HOSTILE),), **bad))
    folder = str(tmp_path / "data")
    for verb in (["list"], ["show", run.newest], ["history", run.newest]):
        out = ask_on_terminal(300, "--archive", folder, *verb).out
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", out)
        assert "\\x1b]0;owned\\x07\\x9b31m [bold]đậm[/bold] \\u202egnp.exe" in " ".join(out.split())
        assert ":smile:" in out
        told = ask_on_terminal(120, "--archive", folder, *verb, "--json").out
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", told)
    assert json.loads(ask_on_terminal(120, "--archive", folder, "list", "--json").out)["title"] == HOSTILE


def _run(folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    variables = {"PATH": os.environ["PATH"], "ARCHIVE_DIR": str(folder), **environment}
    return subprocess.run(
        [sys.executable, "-m", "archive", *words], cwd=ROOT, env=variables, capture_output=True, timeout=60, check=False
    )


@pytest.mark.parametrize("locale", ["C", "POSIX", "vi_VN.ISO-8859-1"])
def test_vietnamese_in_a_pipe_whatever_the_locale(archive_folder: Path, locale: str) -> None:
    run = _run(archive_folder, "list", "--limit", "1", LC_ALL=locale, PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert (run.returncode, run.stderr) == (0, b"")
    assert run.stdout.decode() == f"{TEN}\t2019-10-10\tHội nghị lần thứ 10\tkon-tum\n"


@pytest.mark.parametrize("verb", [["list"], ["schema"], ["show", TEN]], ids=lambda verb: verb[0])
def test_a_reader_that_has_left_is_no_error(archive_folder: Path, verb: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as pipe:
        run = subprocess.run(
            [sys.executable, "-m", "archive", *verb],
            cwd=ROOT,
            env={"PATH": os.environ["PATH"], "ARCHIVE_DIR": str(archive_folder)},
            stdout=pipe,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
        )
    assert (run.returncode, run.stderr) == (0, b"")


def test_no_verb_needs_the_crawler(archive_folder: Path, tmp_path: Path) -> None:
    """All that the verbs import besides the package itself is what a reader's environment holds."""
    code = (
        "import sys\n"
        "from archive.cli import main\n"
        f"for verb in {[*VERBS, ['--help']]!r}:\n"
        "    assert main(verb) == 0, verb\n"
        "names = {name.partition('.')[0] for name in sys.modules}\n"
        "print(sorted(names & {'crawler', 'scrapy', 'twisted', 'lxml', 'dateparser'}), file=sys.stderr)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "ARCHIVE_DIR": str(archive_folder)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert run.stderr == "[]\n"


def test_alone_it_tells_its_verbs(ask: Ask) -> None:
    answer = ask()
    assert answer.status == 0
    for verb in ("list", "show", "history", "snapshot", "documents", "cites", "stats", "verify", "schema", "init"):
        assert re.search(rf"^  {verb} ", answer.out, re.MULTILINE)
