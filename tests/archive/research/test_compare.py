"""What differs between two readings: words, entries, and whether the page or our reading changed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.cli import main
from archive.reader import Archive
from archive.research.compare import Change, Piece, compare, word_diff
from archive.schema import Article, Author, Citation
from archive.views import Revision

WORDS: list[tuple[str, str, list[tuple[str, str]]]] = [
    ("", "", []),
    ("như cũ", "như cũ", [("same", "như cũ")]),
    ("gần 64 tỷ", "hơn 71 tỷ", [("out", "gần 64 "), ("in", "hơn 71 "), ("same", "tỷ")]),
    # a number is one word
    ("7.400 ha", "7.450 ha", [("out", "7.400 "), ("in", "7.450 "), ("same", "ha")]),
    ("a\nb\nc", "a\nc", [("same", "a\n"), ("out", "b\n"), ("same", "c")]),
    ("", "mới", [("in", "mới")]),
]


@pytest.mark.parametrize(("old", "new", "pieces"), WORDS)
def test_word_diff(old: str, new: str, pieces: list[tuple[str, str]]) -> None:
    assert [tuple(each) for each in word_diff(old, new)] == pieces


@given(st.text("ab c\n.1", max_size=60), st.text("ab c\n.1", max_size=60))
def test_the_pieces_make_up_both_texts(old: str, new: str) -> None:
    pieces = word_diff(old, new)
    assert "".join(each.text for each in pieces if each.side != "in") == old
    assert "".join(each.text for each in pieces if each.side != "out") == new


@pytest.fixture
def edited(crawl: Callable[[str], Any], sample_article: Callable[..., Article], tmp_path: Path) -> Path:
    """One article: first reading, an edit of the page, a reading by other rules."""
    run = crawl("kon-tum")
    run.page(sample_article("kon-tum", 1, body="Thiệt hại gần 64 tỷ đồng."))
    changed = {"body": "Thiệt hại hơn 71 tỷ đồng.", "cause": "page", "revision": f"sha256:{'2' * 64}"}
    run.page(sample_article("kon-tum", 1, **changed), "<h1>mới</h1>" * 50)
    read_anew = {**changed, "authors": (Author("Thái Ninh"), Author("Y Lan")), "cause": "rules"}
    run.page(sample_article("kon-tum", 1, **{**read_anew, "revision": f"sha256:{'3' * 64}"}))
    run.close()
    return tmp_path / "data"


def test_an_edit_is_told_from_a_better_reading(edited: Path) -> None:
    with Archive(edited) as archive:
        one, two, three = archive.revisions(next(archive.articles()).id)
    edit = compare([one, two, three], two, one)  # whichever is given first
    assert (edit.older, edit.newer, edit.causes, edit.edited) == (1, 2, ("page",), True)
    assert edit.changes == (
        Change(
            "body",
            (
                Piece("same", "Thiệt hại "), Piece("out", "gần 64 "), Piece("in", "hơn 71 "), Piece("same", "tỷ đồng."),
            ),
        ),
    )  # fmt: skip
    reading = compare([one, two, three], two, three)
    assert (reading.causes, reading.edited) == (("rules",), False)
    assert [each.field for each in reading.changes] == ["authors"]
    assert compare([one, two, three], one, three).edited


def test_diff_for_a_pipe_and_for_a_program(edited: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Archive(edited) as archive:
        article = next(archive.articles()).id
    assert main(["--archive", str(edited), "diff", article, "1", "2"]) == 0
    assert capsys.readouterr().out.splitlines()[2:] == [
        "page edited", "", "body", "Thiệt hại [-gần 64 -]{+hơn 71 +}tỷ đồng."
    ]  # fmt: skip
    assert main(["--archive", str(edited), "diff", article, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["older"], told["newer"], told["edited"]) == (2, 3, False)
    assert [each["side"] for each in told["changes"][0]["pieces"]] == ["in"]
    assert main(["--archive", str(edited), "diff", article, "9"]) == 2
    assert "no revision '9'; allowed: 1 to 3" in capsys.readouterr().err


def test_a_withheld_reading_keeps_its_number(
    crawl: Callable[[str], Any],
    sample_article: Callable[..., Article],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    run = crawl("kon-tum")
    run.page(sample_article("kon-tum", 1, body="Bà Lê Thị Ẩn nhận hỗ trợ."))
    later = {"body": "Một hộ dân nhận hỗ trợ.", "cause": "page", "revision": f"sha256:{'2' * 64}"}
    article = run.page(sample_article("kon-tum", 1, **later), "<h1>mới</h1>" * 50).id
    run.close()
    ask = ["--archive", str(tmp_path / "data")]
    assert main([*ask, "withhold", "--person", "Lê Thị Ẩn", "--reason", "r", "--by", "b"]) == 0
    capsys.readouterr()
    assert main([*ask, "diff", article]) == 2
    assert "revision 2 is the first that is shown; those before it are withheld" in capsys.readouterr().err
    assert main([*ask, "cite", article, "--revision", "1"]) == 2
    assert "revision 1 is withheld; allowed: 2, or a digest's beginning" in capsys.readouterr().err
    assert main([*ask, "cite", article, "--revision", "2"]) == 0


def test_the_lag_of_the_first_capture_is_told(edited: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Archive(edited) as archive:
        view = next(archive.articles())
        assert view.captured.first is not None
        assert view.captured.lag(view.article.posted_on) == 2610
        assert view.captured.lag(None) is None
    assert main(["--archive", str(edited), "history", view.id]) == 0
    assert "2610 days after the posting day; the portal is archived since 2026-11-23" in capsys.readouterr().out


def cited(text: str, start: int, **more: Any) -> Citation:
    return Citation("numbered", text, start, start + len(text), "body", norm=text, **more)


MOVES: list[tuple[list[Citation], list[Citation], list[tuple[str, str]]]] = [
    ([cited("1/QĐ-UBND", 5)], [cited("1/QĐ-UBND", 9)], []),  # words before it were edited
    (
        [cited("1/QĐ-UBND", 5, relation="mentions")],
        [cited("1/QĐ-UBND", 9, relation="repeals")],
        [("out", "1/QĐ-UBND (relation: mentions)"), ("in", "1/QĐ-UBND (relation: repeals)")],
    ),
    ([cited("1/QĐ-UBND", 5)], [], [("out", "1/QĐ-UBND")]),
    (
        [cited("1/QĐ-UBND", 5), cited("2/QĐ-UBND", 30)],
        [cited("2/QĐ-UBND", 5), cited("1/QĐ-UBND", 30)],
        [("same", "in another order")],
    ),
]


@pytest.mark.parametrize(("old", "new", "told"), MOVES)
def test_a_citation_that_only_moved_is_no_change(
    sample_article: Callable[..., Article], old: list[Citation], new: list[Citation], told: list[tuple[str, str]]
) -> None:
    first, second = (
        Revision(number, "2026-11-23T08:00:00Z", sample_article("kon-tum", 1, cited_documents=tuple(each)))
        for number, each in enumerate((old, new), 1)
    )
    made = compare([first, second], first, second)
    assert [tuple(piece) for change in made.changes for piece in change.pieces] == told
