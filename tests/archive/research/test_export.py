"""What leaves the archive: each format read back by its own readers, nothing half written, no text unasked."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from archive.cli import main
from archive.research import cite
from archive.research.export import cell, write_csv, write_graphml
from archive.research.files import InTheWay, whole_file, whole_folder
from archive.research.package import row_schema
from archive.research.rows import columns
from archive.schema import Article
from archive.storage.about import About
from archive.terminal import clean

TEN = "kon-tum/1e6cca0f4635cd86"
BODY = "Thực hiện Kế hoạch số 111-KH/TU."

Tell = Callable[..., tuple[int, str, str]]


@pytest.fixture
def tell(archive_folder: Path, capsys: pytest.CaptureFixture[str]) -> Tell:
    """Runs a verb on the small archive: status, output, errors."""

    def run(*words: str) -> tuple[int, str, str]:
        status = main(["--archive", str(archive_folder), *words])
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return run


def test_json_lines_name_the_record_and_hold_no_full_text(tell: Tell) -> None:
    lines = [json.loads(line) for line in tell("export", "-", "--portal", "kon-tum")[1].splitlines()]
    assert lines[0]["id"] == TEN
    for each in lines:
        jsonschema.validate(each, row_schema(full_text=False))
        assert each["warc_record_id"].startswith("urn:uuid:")
        assert each["payload_digest"].startswith("sha256:")
        assert "body" not in each
    assert lines[0]["cited_documents"] == ["vn/kon-tum/UBND/CV/2019/2623", "111-KH/TU"]
    assert [each["norm"] for each in lines[0]["citations"]] == ["2623/UBND-NCXDPL", "111-KH/TU"]
    whole = json.loads(tell("export", "-", "hội nghị", "--full-text")[1].splitlines()[0])
    jsonschema.validate(whole, row_schema(full_text=True))
    assert BODY in whole["body"]


def test_csv_reads_back_with_a_mark_for_excel(tell: Tell, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    status, out, err = tell("export", str(path), "--excel")
    assert (status, out, err) == (0, "", f"archive: {path}: 5 articles\n")
    assert path.read_bytes().startswith(b"\xef\xbb\xbfid,revision,")
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
    assert len(rows) == 5
    assert tuple(rows[0]) == columns(full_text=False)
    assert rows[0]["cited_documents"] == "vn/kon-tum/UBND/CV/2019/2623; 111-KH/TU"


CELLS = [
    ("=1+1", "'=1+1"), ("+84", "'+84"), ("-x", "'-x"), ("@SUM(A1)", "'@SUM(A1)"), ("＝1", "'＝1"), ("\t=1", "'\t=1"),
    ("\0=1", "'=1"), ("Kon Tum", "Kon Tum"), (None, ""), (-3, -3), (("=a", "b"), "'=a; b"), ("a\nb", "a\nb"),
    # C1 drives xterm, a mark that turns the line around hides what a cell says, and both could hide a formula
    ("a\x9b31mb", "a31mb"), ("\u2066x\u202egnp.exe", "xgnp.exe"), ("\u200f=1", "'=1"), ("\r=1", "'=1"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "safe"), CELLS)
def test_cells_are_safe_to_open(value: Any, safe: Any) -> None:
    assert cell(value) == safe
    file = io.StringIO(newline="")
    write_csv(file, [{"a": value}], ["a"])
    assert [row["a"] for row in csv.DictReader(io.StringIO(file.getvalue(), newline=""))] in ([str(safe)], [])


def test_what_cannot_be_shown_on_a_terminal_is_in_no_cell() -> None:
    harmful = [char for char in map(chr, range(0x110000)) if clean(char) != char]
    assert "".join(map(str, map(cell, harmful))) == "'\t'\n"


def test_parquet_has_the_documented_types(tell: Tell, tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb", reason="the extra [parquet] is not installed")
    path = tmp_path / "a.parquet"
    assert tell("export", str(path))[0] == 0
    files = f"read_parquet('{path}/**/*.parquet', hive_partitioning = false)"
    base = duckdb.connect()
    kinds = {name: kind for name, kind, *_ in base.execute(f"DESCRIBE SELECT * FROM {files}").fetchall()}
    assert tuple(kinds) == columns(full_text=False)
    assert (kinds["posted_on"], kinds["authors"], kinds["warc_offset"]) == ("DATE", "VARCHAR[]", "BIGINT")
    assert kinds["captured_at"] == "TIMESTAMP WITH TIME ZONE"
    assert base.execute(f"SELECT count(*), count(posted_on) FROM {files}").fetchone() == (5, 4)
    assert sorted(each.name for each in path.glob("province=kon-tum/*")) == ["year=2019"]


def test_the_graph_is_xml_whatever_the_text(tell: Tell, tmp_path: Path) -> None:
    path = tmp_path / "a.graphml"
    assert tell("export", str(path))[0] == 0
    space = {"g": "http://graphml.graphdrawing.org/xmlns"}
    tree = ElementTree.parse(path)
    nodes = [each.get("id") for each in tree.iterfind(".//g:node", space)]
    assert len(nodes) == len(set(nodes)) == 7
    assert {"kon-tum:111-KH/TU", "vn/kon-tum/UBND/CV/2019/2623", TEN} <= set(nodes)
    assert {(e.get("source"), e.get("target")) for e in tree.iterfind(".//g:edge", space)} >= {
        (TEN, "kon-tum:111-KH/TU")
    }
    bad: dict[str, Any] = {
        "title": "\x0b]]>\ufffe",
        "posted_on": None,
        "province": None,
        "url": "u",
        "cited_documents": [],
    }
    item: dict[str, Any] = {"id": 'a"<&\0', "portal": "p", **bad}
    file = io.StringIO()
    write_graphml(file, [item], [])
    ElementTree.fromstring(file.getvalue())


def test_a_dataset_folder_is_complete_and_checks(tell: Tell, tmp_path: Path) -> None:
    folder = tmp_path / "set"
    assert tell("export", str(folder), "--province", "kon-tum", "--json")[0] == 0
    names = {path.name for path in folder.iterdir()}
    assert names >= {
        "articles.jsonl", "articles.csv", "citations.csv", "citations.graphml", "coverage.csv", "gaps.csv", "README.md",
        "schema.json", "item-schema.json", "datapackage.json", "croissant.json", "CITATION.cff", "SHA256SUMS",
    }  # fmt: skip
    assert "RIGHTS.md" not in names
    for line in (folder / "SHA256SUMS").read_text().splitlines():
        digest, _, name = line.partition("  ")
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
    schema = json.loads((folder / "schema.json").read_text())
    for line in (folder / "articles.jsonl").read_text(encoding="utf-8").splitlines():
        jsonschema.validate(json.loads(line), schema)
    package = json.loads((folder / "datapackage.json").read_text())
    for resource in package["resources"]:
        assert (folder / resource["path"]).stat().st_size == resource["bytes"]
        with (folder / resource["path"]).open(encoding="utf-8", newline="") as file:
            assert next(csv.reader(file)) == [each["name"] for each in resource["schema"]["fields"]]
    croissant = json.loads((folder / "croissant.json").read_text())
    assert croissant["conformsTo"] == "http://mlcommons.org/croissant/1.1"
    assert (folder / "coverage.csv").read_text().splitlines() == ["portal,month,articles", "kon-tum,2019-10,3"]
    assert "- province: `kon-tum`" in (folder / "README.md").read_text(encoding="utf-8")
    assert '"body"' not in (folder / "articles.jsonl").read_text(encoding="utf-8").replace('"field": "body"', "")
    again = tell("export", str(folder))
    assert again[0] == 2
    assert "already there; allowed: a new folder" in again[2]
    tell("export", str(tmp_path / "text"), "--full-text")
    assert "asked for explicitly" in (tmp_path / "text/RIGHTS.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_nothing_half_written_is_left(tmp_path: Path, error: BaseException) -> None:
    (tmp_path / "old").write_text("old")
    with pytest.raises(type(error)), whole_file(tmp_path / "old") as file:  # noqa: PT012
        file.write("new")
        raise error
    with pytest.raises(type(error)), whole_folder(tmp_path / "folder") as folder:  # noqa: PT012
        (folder / "part").write_text("x")
        raise error
    assert [path.name for path in tmp_path.iterdir()] == ["old"]
    assert (tmp_path / "old").read_text() == "old"
    with pytest.raises(InTheWay), whole_folder(tmp_path / "old"):
        raise AssertionError


@pytest.mark.parametrize(("raised", "status"), [(OSError(28, "No space left on device"), 7), (KeyboardInterrupt(), 5)])
@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.graphml", "set"])
def test_a_full_disk_and_an_interrupt_leave_nothing(
    tell: Tell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, raised: BaseException, status: int, name: str
) -> None:
    def broken(*_: Any, **__: Any) -> Iterator[Any]:
        raise raised

    monkeypatch.setattr("archive.reader.Archive.item", broken)
    assert tell("export", str(tmp_path / name))[0] == status
    assert list(tmp_path.iterdir()) == []


BAD = [
    (["export", "a.xls"], "format not known by .xls; allowed: .jsonl"),
    (["export", "a", "--format", "cvs"], "--format 'cvs'; nearest: csv; allowed: jsonl, csv, parquet"),
    (["export", "-", "--format", "parquet"], "not for standard output"),
    (["cite", TEN, "--format", "bibtx"], "nearest: bibtex"),
    (["export", "-", "…"], "no word to search for"),
]


@pytest.mark.parametrize(("words", "said"), BAD)
def test_bad_input_is_one_line(tell: Tell, words: list[str], said: str) -> None:
    status, out, err = tell(*words)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert said in err


def test_a_pipe_is_written_into_and_a_link_followed(tell: Tell, tmp_path: Path) -> None:
    pipe, link, real = tmp_path / "pipe", tmp_path / "table.csv", tmp_path / "shared" / "table.csv"
    os.mkfifo(pipe)
    with ThreadPoolExecutor(1) as pool:
        read = pool.submit(pipe.read_bytes)
        assert tell("export", str(pipe), "--format", "csv", "--full-text")[0] == 0
        assert read.result(timeout=10).count(b"urn:uuid:") == 5
    assert pipe.is_fifo()
    assert tell("export", str(pipe), "--format", "wacz")[0] == 2
    real.parent.mkdir()
    real.write_text("old", encoding="utf-8")
    link.symlink_to(real)
    assert tell("export", str(link))[0] == 0
    assert link.is_symlink()
    assert real.read_bytes().startswith(b"id,revision,")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["pipe", "shared", "table.csv"]


def test_a_citation_names_the_record(tell: Tell, archive_folder: Path) -> None:
    told = json.loads(tell("cite", TEN, "--json")[1])
    assert told["pwid"] == "urn:pwid:province-archive:2026-11-23T08:00:02Z:page:https://www.kon-tum.example/tin/10"
    assert told["csl"]["issued"] == {"date-parts": [[2019, 10, 10]]}
    assert told["csl"]["author"] == [{"literal": "Thái Ninh"}]
    lines = told["bibtex"].splitlines()
    assert lines[:4] == [
        "@online{kon-tum-1e6cca0f4635cd86,", "  author       = {{Thái Ninh}},",
        "  title        = {{Hội nghị lần thứ 10}},", "  date         = {2019-10-10},",
    ]  # fmt: skip
    assert "reading 1" in tell("cite", TEN, "--revision", "1")[1]
    assert tell("cite", TEN, "--format", "pwid")[1] == told["pwid"] + "\n"
    assert json.loads(tell("cite", TEN, "--format", "csl")[1]) == [told["csl"]]


def test_a_citation_survives_tex(sample_article: Callable[..., Article]) -> None:
    article = sample_article("kon-tum", 1, title="100% {a} \\b_c & d#$~^\n", url="https://x.vn/{a}\\b%20")
    source = cite.Source(article, None, About(contact="mailto:archive@luutru.vn"))
    text = cite.bibtex(source)
    assert r"{{100\% \{a\} \textbackslash{}b\_c \& d\#\$\textasciitilde{}\textasciicircum{}}}" in text
    assert "url          = {https://x.vn/%7Ba%7D%5Cb%20}" in text
    assert text.count("{") - text.count("\\{") == text.count("}") - text.count("\\}")
