"""The reader's counts in memory are those of the catalog's tables, whatever is asked for and withheld."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from archive.reader import Archive
from archive.web.tally import Tally

QUESTIONS: list[tuple[str | None, dict[str, Any]]] = [
    (None, {}), ("cong van", {}), ('"hội nghị"', {}), ("khongco", {}), (None, {"portal": ["kon-tum"]}),
    ("2623", {"province": "kon-tum"}), (None, {"since": "2019-10-09"}), (None, {"author": "thai ninh"}),
    (None, {"document": "2623/UBND-NCXDPL"}),
]  # fmt: skip
RULES = ["", '[[withheld]]\nportal = "kon-tum"\nreason = "r"\ndate = 2026-11-23\nby = "b"\n',
         '[[withheld]]\nperson = "Thái Ninh"\nreason = "r"\ndate = 2026-11-23\nby = "b"\n']  # fmt: skip


@pytest.mark.parametrize("rules", RULES)
def test_as_the_tables_say(archive_folder: Path, tmp_path: Path, rules: str) -> None:
    shutil.copytree(archive_folder, tmp_path / "data")
    (tmp_path / "data/withheld.toml").write_text(rules, encoding="utf-8")
    with Archive(tmp_path / "data") as archive:
        tally = Tally()
        tally.learn(archive.catalog())
        for words, filters in QUESTIONS:
            found = archive.search(words, **filters)
            assert tally.count(found, 50) == (found.totals(), found.facets(50)), (words, filters)
        everything = archive.search(None)
        assert tally.all(archive.hidden(), 50) == (everything.totals(), everything.facets(50))


def test_later_readings_take_the_place_of_earlier_ones(
    crawl: Callable[[str], Any], sample_article: Callable[..., Any], tmp_path: Path
) -> None:
    tally, runs = Tally(), [crawl(slug) for slug in ("kon-tum", "quang-ngai")]
    for step in range(1, 8):
        run = runs[step % 2]
        run.page(sample_article(run.slug, step, text_key=f"{step % 3}" * 64))
        edited = sample_article(run.slug, 1 + step % 2, section=f"Mục {step}", authors=(), cause="page",
                                posted_at=f"2019-10-{step:02d}T08:00:00+07:00", revision=f"{step:064x}")  # fmt: skip
        run.page(edited, f"<p>{step}</p>" * 100)
        with Archive(tmp_path / "data") as archive:
            tally.learn(archive.catalog())
            found = archive.search(None)
            assert tally.count(found, 50) == (found.totals(), found.facets(50)), step
            assert tally.all((), 50) == (found.totals(), found.facets(50)), step
