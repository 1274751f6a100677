"""What each verb answers in a pipe and as JSON, and what it says where nothing fits."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from archive.schema import Article, json_schema

TEN, NINE, EIGHT = "kon-tum/1e6cca0f4635cd86", "kon-tum/8179c6d9c6357097", "kon-tum/c083172e72b424ec"
DAY_ONLY, BARE = "quang-ngai/71163cf31371ca6d", "quang-ngai/7da4d93f4f011597"
Ask = Callable[..., Any]  # words of a verb; gives status, output, errors


def test_alone_it_tells_its_verbs(ask: Ask) -> None:
    answer = ask()
    assert answer.status == 0
    for verb in ("list", "show", "history", "snapshot", "documents", "cites", "stats", "verify", "schema", "init"):
        assert re.search(rf"^  {verb} ", answer.out, re.MULTILINE)


def test_list_in_a_pipe(ask: Ask) -> None:
    assert ask("list") == (
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
    assert ask("list", *options) == (0, "", f"archive: {archive_folder}: {said}\n")


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


def test_snapshot_shows_the_head_and_gives_the_body(
    ask: Ask, archive_folder: Path, run_apart: Callable[..., Any]
) -> None:
    out = ask("snapshot", EIGHT).out
    assert "Answer\nHTTP/1.1 200 OK\nContent-Type: text/html; charset=utf-8\nTransfer-Encoding: chunked\n" in out
    record = re.search(r"urn:uuid:\S+", out)
    assert record is not None
    for named in (EIGHT, record[0], "https://www.kon-tum.example/tin/8"):
        assert (
            run_apart(archive_folder, "snapshot", named, "--body").stdout
            == "<h1>Hội nghị lần thứ tám</h1>".encode() * 90
        )
    file = run_apart(archive_folder, "snapshot", "https://www.kon-tum.example/tep/111.pdf", "--body")
    assert file.stdout == b"%PDF-1.7 " + b"x" * 2000


def test_cites_and_documents(ask: Ask) -> None:
    assert ask("cites", "2623/ubnd-ncxdpl", "--limit", "1").out == (
        f"{TEN}\t2019-10-10\tkon-tum\timplements\tCông văn số 2623/UBND-NCXDPL\tHội nghị lần thứ 10\n"
    )
    assert ask("documents").out == (
        "111-KH/TU\tKH\t\t3\t3\t2019-10-08\t2019-10-10\t\t\n"
        "2623/UBND-NCXDPL\tCV\t2019-10-09\t3\t3\t2019-10-08\t2019-10-10\tvn/kon-tum/UBND/CV/2019/2623\t\n"
    )


def test_a_document_nobody_cites(ask: Ask, archive_folder: Path) -> None:
    assert ask("cites", "112-KH/TU") == (
        0,
        "",
        f"archive: {archive_folder}: no article cites '112-KH/TU'; nearest: 111-KH/TU\n",
    )


def test_stats_in_a_pipe_names_its_columns(ask: Ask) -> None:
    head, kon_tum, quang_ngai = (line.split("\t") for line in ask("stats").out.splitlines())
    assert dict(zip(head, kon_tum, strict=True))["documents cited"] == "2"
    assert dict(zip(head, quang_ngai, strict=True))["posted"] == "50%"


def test_schema_is_printed_without_an_archive(ask: Ask, tmp_path: Path) -> None:
    assert json.loads(ask("--archive", str(tmp_path / "none"), "schema").out) == json_schema()


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
    assert empty == (0, "", f"archive: {folder}: no articles in this archive\n")
    assert ask("--archive", folder, "verify").status == 0
