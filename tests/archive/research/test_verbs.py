"""The verbs of research as a pipe, a terminal and a program meet them; bad input is one line, whatever it is."""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from archive.cli import main
from archive.reader import Archive
from archive.schema import Article

ROOT = Path(__file__).resolve().parents[3]
TEN, NINE, EIGHT = "kon-tum/1e6cca0f4635cd86", "kon-tum/8179c6d9c6357097", "kon-tum/c083172e72b424ec"

Tell = Callable[..., tuple[int, str, str]]
VERBS = [
    ["search", "hội", "nghị"], ["search", "--facets", "hội"], ["documents", "111-KH/TU"], ["diff", EIGHT], ["changes"],
    ["cite", TEN], ["health"], ["withhold"], ["reindex"],
]  # fmt: skip


@pytest.fixture
def tell(archive_folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Tell:
    """Runs a verb on the small archive; `width`: as on a terminal that wide, without colour."""

    def run(*words: str, width: int | None = None, folder: Path = archive_folder) -> tuple[int, str, str]:
        if width:
            monkeypatch.setenv("TTY_COMPATIBLE", "1")
            monkeypatch.setenv("COLUMNS", str(width))
            monkeypatch.setenv("NO_COLOR", "1")
        status = main(["--archive", str(folder), *words])
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return run


@pytest.mark.parametrize("verb", VERBS, ids=" ".join)
def test_json_everywhere(tell: Tell, verb: list[str]) -> None:
    verb = [*verb, "--since", "2026-01-01"] if verb == ["changes"] else verb
    status, out, _ = tell(*verb, "--json")
    assert status == 0
    for document in out.splitlines() if verb[0] in ("changes", "documents") else [out]:
        assert isinstance(json.loads(document), dict)


@pytest.mark.parametrize("width", [30, 60, 120])
@pytest.mark.parametrize("verb", VERBS, ids=" ".join)
def test_terminals_narrow_and_wide(tell: Tell, verb: list[str], width: int) -> None:
    status, out, _ = tell(*verb, width=width)
    assert status == 0
    assert "\x1b" not in out
    assert max(map(len, out.splitlines()), default=0) <= width


@pytest.mark.parametrize("verb", [*VERBS, ["export", "-"]], ids=" ".join)
def test_no_archive_is_one_line(tell: Tell, tmp_path: Path, verb: list[str]) -> None:
    status, out, err = tell(*verb, folder=tmp_path / "none")
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert list(tmp_path.iterdir()) == []


BAD = [
    (["search", "\u0323…"], 2, "no word to search for"),
    (["search", "x " * 5000], 2, "a search of 5000 words; allowed: at most 64"),
    (["search", "x", "--limit", "-1"], 2, "--limit and --offset: allowed: 0"),
    (["search", "x", "--province", "Con Tum"], 2, "nearest: kon-tum"),
    (["search", "x", "--portal", "kontum"], 2, "nearest: kon-tum"),
    (["diff", TEN], 2, "revision 1 is its first"),
    (["changes", "--what", "edit"], 2, "allowed: new, edited, gone, back"),
    (["changes", "--since", "soon"], 2, "since 'soon' is no day"),
    (["withhold", "--id", "p/0123456789abcdef"], 2, "--reason and --by not given"),
    (
        ["withhold", "--id", "p/0123456789abcdef", "--portal", "b"],
        2,
        "one of --id, --address, --portal, --person at a time",
    ),
    (["withhold", "--id", "p/0123456789abcdef", "--release"], 2, "is not withheld"),
    (["withhold", "--release"], 2, "nothing named"),
    (["withhold", "--address", "x", "--reason", "r", "--by", "b"], 2, "allowed: one with its scheme"),
]


@pytest.mark.parametrize(("words", "status", "said"), BAD)
def test_bad_input_is_one_line(tell: Tell, words: list[str], status: int, said: str) -> None:
    told, out, err = tell(*words)
    assert (told, out, err.count("\n")) == (status, "", 1)
    assert said in err


@pytest.mark.parametrize(
    "words", ["\0", '"', "a\0b", "' OR 1=1 --", "NEAR(a b)", "title:x", "*", "{x} : y", "a" * 10_000]
)
def test_no_search_ends_in_a_trace(tell: Tell, words: str) -> None:
    status, _, err = tell("search", words)
    assert status in (0, 2)
    assert "Traceback" not in err


def test_search_in_a_pipe_and_on_a_terminal(tell: Tell) -> None:
    status, out, err = tell("search", '"hội nghị lần thứ tám"')
    assert (status, err) == (0, "")
    assert out.startswith(f"{EIGHT}\t2019-10-08\tHội nghị lần thứ tám\tkon-tum\t1\t")
    out = tell("search", '"thứ tám"', width=80)[1]
    assert out.startswith(f"Hội nghị lần thứ tám\n{EIGHT}  2019-10-08\n")


def test_a_merged_province_is_found_under_its_name_and_in_its_successor(tell: Tell) -> None:
    _, out, err = tell("search", "nghị", "--province", "Kon Tum")
    assert {line.split("/")[0] for line in out.splitlines()} == {"kon-tum"}
    assert err == "archive: Kon Tum: since 2025-07-01 part of Quảng Ngãi\n"
    for verb in (["search", "nghị"], ["list"]):
        alone = tell(*verb, "--province", "quang-ngai")[1]
        formed = tell(*verb, "--province", "quang-ngai", "--with-predecessors")[1]
        assert {line.split("/")[0] for line in alone.splitlines()} == {"quang-ngai"}
        assert {line.split("/")[0] for line in formed.splitlines()} == {"quang-ngai", "kon-tum"}


def test_words_that_nobody_marked_so_are_found_otherwise_and_it_says_so(tell: Tell) -> None:
    assert "shown are those that have them with others" in tell("search", "họi nghí")[2]


def test_a_beginning_is_no_word_and_it_says_so(tell: Tell) -> None:
    status, out, said = tell("search", "hội", "ngh*")
    assert (status, out, "an asterisk says nothing here" in said) == (0, "", True)
    status, out, said = tell("search", "nghị*", "--json")
    assert (status, bool(json.loads(out)["hits"]), said.count("an asterisk says nothing here")) == (0, True, 1)


def test_changes_tell_edits_and_what_is_gone(tell: Tell) -> None:
    rows = [line.split("\t") for line in tell("changes", "--since", "2026-11-23")[1].splitlines()]
    assert [(row[1], row[2], row[5]) for row in rows] == [
        ("gone", NINE, "404 three times"),
        ("edited", EIGHT, "reading 2"),
    ]
    assert tell("changes", "--since", "2026-11-24")[1] == ""
    assert len(tell("changes", "--since", "2026-11-23", "--until", "2026-11-23", "--what", "new")[1].splitlines()) == 5


HOSTILE = "\x1b]0;owned\x07\x9b31m [bold]đậm[/bold] \u202egnp.exe \r\n\tcuối"


def test_text_from_a_page_cannot_hurt(
    crawl: Callable[[str], Any], sample_article: Callable[..., Article], tell: Tell, tmp_path: Path
) -> None:
    run = crawl("kon-tum")
    bad = dict.fromkeys(("title", "body", "lead", "byline_text", "source"), HOSTILE)
    run.page(sample_article("kon-tum", 1))
    run.page(sample_article("kon-tum", 1, cause="page", **bad), "<p>khác</p>" * 99)
    run.close()
    for verb in (["search", "đậm"], ["diff", run.newest], ["changes", "--since", "2020-01-01"], ["cite", run.newest],
                 ["export", "-"]):  # fmt: skip
        status, out, _ = tell(*verb, folder=tmp_path / "data", width=300)
        assert status == 0
        assert "[bold]" in out or "[bold]".replace("[", "\\[") in out
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", out)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_not_to_be_written_on_is_searched(tell: Tell, archive_folder: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(archive_folder, tmp_path / "data", ignore=shutil.ignore_patterns("catalog*"))
    copy.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        assert tell("search", "nghị", folder=copy)[0] == 0
    finally:
        copy.chmod(stat.S_IRWXU)


def test_the_reader_and_search_load_without_what_is_heavy(archive_folder: Path) -> None:
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
        "from archive.reader import Archive\n"
        f"print(len(list(Archive({str(archive_folder)!r}).search('nghi').hits())))\n"
    )
    done = subprocess.run(
        [sys.executable, "-S", "-I", "-c", code], capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.stdout, done.stderr) == ("3\n", "")


def test_search_is_lazy_and_typed(archive_folder: Path) -> None:
    with Archive(archive_folder) as archive:
        hit = next(archive.search("hoi nghi").hits())
        assert (hit.id, hit.posted_on, hit.printed_by) == (TEN, "2019-10-10", 1)
        assert [each.what for each in archive.changes("2026-11-23")] == ["gone", "edited"]


@pytest.mark.parametrize("words", [["nghị hội"], ["nghị", "hội"], ["hội nghị", "lần"]])
def test_words_in_one_argument_are_words_as_in_the_reader_and_in_python(
    tell: Tell, archive_folder: Path, words: list[str]
) -> None:
    told = json.loads(tell("search", *words, "--json")[1])
    with Archive(archive_folder) as archive:
        found = archive.search(" ".join(words)).totals()
    assert told["articles"] == found.articles > 0
    assert json.loads(tell("search", '"nghị hội"', "--json")[1])["articles"] == 0
