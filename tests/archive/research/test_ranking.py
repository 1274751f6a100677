"""Ranked search: titles first, pages that are the whole in its order, every story once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from archive.reader import Archive
from archive.research import search as search_of
from archive.schema import Article

Make = Callable[..., Article]
Titles = Callable[..., list[str]]


def test_ranked_puts_the_title_first(
    titles: Titles, crawl: Callable[[str], Any], sample_article: Make, tmp_path: Path
) -> None:
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
