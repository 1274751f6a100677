"""Counts by facet are those of the articles themselves, whatever is asked for, withheld or read anew."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from archive.filters import document_id
from archive.reader import Archive
from archive.research.search import Search
from archive.research.tally import FACETS, Count, Tally

QUESTIONS: list[tuple[str | None, dict[str, Any]]] = [
    (None, {}), ("cong van", {}), ('"hội nghị"', {}), ("khongco", {}), (None, {"portal": ["kon-tum"]}),
    ("2623", {"province": "kon-tum"}), (None, {"since": "2019-10-09"}), (None, {"author": "thai ninh"}),
    (None, {"document": "2623/UBND-NCXDPL"}),
]  # fmt: skip
RULES = ["", '[[withheld]]\nportal = "kon-tum"\nreason = "r"\ndate = 2026-11-23\nby = "b"\n',
         '[[withheld]]\nperson = "Thái Ninh"\nreason = "r"\ndate = 2026-11-23\nby = "b"\n']  # fmt: skip


def counted(archive: Archive, found: Search) -> dict[str, list[Count]]:
    """The facets of what was found, from the items themselves."""
    items = [item for each in found.all() if (item := archive.item(each.portal, each.serial))]
    values = {
        "province": lambda item: [item["province"]],
        "portal": lambda item: [item["portal"]],
        "publisher": lambda item: [item["publisher"]],
        "section": lambda item: [item["section"]],
        "year": lambda item: [item["posted_on"] and item["posted_on"][:4]],
        "author": lambda item: [each["name"] for each in item["authors"]],
        "document": lambda item: [
            document_id(each["cid"], each["norm"], each["title"], item["portal"]) for each in item["cited_documents"]
        ],
    }
    facets = {name: Counter(value for item in items for value in set(values[name](item)) if value) for name in FACETS}
    return {
        name: sorted((Count(*each) for each in facets[name].items()), key=lambda each: (-each.articles, each.value))
        for name in FACETS
    }


@pytest.mark.parametrize("rules", RULES)
def test_as_the_articles_say(archive_folder: Path, tmp_path: Path, rules: str) -> None:
    shutil.copytree(archive_folder, tmp_path / "data")
    (tmp_path / "data/withheld.toml").write_text(rules, encoding="utf-8")
    with Archive(tmp_path / "data") as archive:
        tally = Tally()
        tally.learn(archive.catalog())
        for words, filters in QUESTIONS:
            found = archive.search(words, **filters)
            rows = found.row_numbers()[0]
            assert found.facets(50) == counted(archive, found), (words, filters)
            assert tally.count(rows, 50) == (found.totals().stories, found.facets(50)), (words, filters)
            assert tally.documents(rows) == found.facets(50)["document"]
        everything = archive.search(None)
        told = everything.totals().stories, counted(archive, everything)
        assert tally.count(None, 50, archive.hidden()) == told
        shown = everything.totals().articles
        assert (len(tally) - len(archive.hidden()), tally.months(archive.hidden()).total()) == (shown, shown)


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
            assert found.facets(50) == counted(archive, found), step
            assert (len(tally), *tally.count(None, 50)) == (
                found.totals().articles, found.totals().stories, found.facets(50)
            ), step  # fmt: skip
