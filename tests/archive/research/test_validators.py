"""What leaves the archive, read by the programs it is meant for; each is skipped where its program is not installed.

uv run --with frictionless --with mlcroissant --with bibtexparser --with citeproc-py pytest tests/archive/research
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest

from archive.cli import main

TEN = "kon-tum/1e6cca0f4635cd86"
Tell = Callable[..., str]


@pytest.fixture
def tell(archive_folder: Path, capsys: pytest.CaptureFixture[str]) -> Tell:
    """Runs a verb on the small archive; what it prints."""

    def run(*words: str) -> str:
        assert main(["--archive", str(archive_folder), *words]) == 0
        return capsys.readouterr().out

    return run


def test_frictionless_finds_the_package_valid(tell: Tell, tmp_path: Path) -> None:
    frictionless = pytest.importorskip("frictionless", reason="the Python package frictionless is not installed")
    tell("package", str(tmp_path / "set"))
    report = frictionless.validate(str(tmp_path / "set" / "datapackage.json"))
    assert report.valid, report.flatten(["rowNumber", "fieldNumber", "type", "message"])
    assert report.stats["tasks"] == 4


def test_croissant_is_read_with_its_records(tell: Tell, tmp_path: Path) -> None:
    croissant = pytest.importorskip("mlcroissant", reason="the Python package mlcroissant is not installed")
    tell("package", str(tmp_path / "set"))
    dataset = croissant.Dataset(jsonld=str(tmp_path / "set" / "croissant.json"))
    assert not dataset.metadata.issues.errors
    ids = [each["articles/id"].decode() for each in dataset.records("articles")]
    assert sorted(ids) == sorted(json.loads(line)["id"] for line in tell("list", "--json").splitlines())


def test_bibtex_is_read_by_a_parser(tell: Tell) -> None:
    bibtexparser = pytest.importorskip("bibtexparser", reason="the Python package bibtexparser is not installed")
    read = getattr(bibtexparser, "parse_string", None) or bibtexparser.loads
    (entry,) = read(tell("cite", TEN)).entries
    fields = entry if isinstance(entry, dict) else {each.key: each.value for each in entry.fields}
    assert fields["title"] == "{Hội nghị lần thứ 10}"
    assert fields["date"] == "2019-10-10"


def test_a_bibliography_is_read_whole(tell: Tell, tmp_path: Path) -> None:
    for name, words in (("a.bib", []), ("a.csl", []), ("none.csl", ["--author", "Nobody At All"])):
        tell("export", str(tmp_path / name), *words)
    assert (tmp_path / "a.bib").read_text(encoding="utf-8").count("@online{") == 5
    assert len(json.loads((tmp_path / "a.csl").read_text(encoding="utf-8"))) == 5
    assert json.loads((tmp_path / "none.csl").read_text(encoding="utf-8")) == []


def test_csl_is_set_by_a_processor(tell: Tell) -> None:
    citeproc = pytest.importorskip("citeproc", reason="the Python package citeproc-py is not installed")
    from citeproc.source.json import CiteProcJSON

    with warnings.catch_warnings():
        warnings.simplefilter("error")  # a field that CSL-JSON does not know is one
        source = CiteProcJSON(json.loads(tell("cite", TEN, "--format", "csl")))
    (key,) = source
    assert str(source[key]["title"]) == "Hội nghị lần thứ 10"
    assert str(source[key]["type"]) == "webpage"
    assert citeproc.CitationItem(key).key == key
