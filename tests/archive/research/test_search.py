"""Search without diacritics as with them, by filters, with its counts; reprints are one story."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from archive.reader import Archive
from archive.schema import Article

Make = Callable[..., Article]
Titles = Callable[..., list[str]]


BOTH, OWN = "quang-ngai 2019-10-04 2", "kon-tum 2019-10-05 1"


SEARCHES: list[tuple[str | None, list[str]]] = [
    ("duong", [OWN, BOTH]),
    ("đường", [BOTH]),  # exact marks are preferred where they are typed
    ("dưỡng", [OWN]),
    ("dương", [OWN, BOTH]),  # nobody has it so: as if typed bare
    ("ĐƯỜNG", [BOTH]),
    ("hoa binh", [BOTH]),
    ("Hoà Bình", [BOTH]),  # old and new tone placement meet
    ('"ủy ban tỉnh hoà bình"', [BOTH]),  # in a phrase, too
    ('"UỶ BAN tinh Hòa"', [BOTH]),  # of its words those with marks as they are written
    ('"nẵng và nắng"', [OWN]),
    ("Hòa Bình", [BOTH]),
    ("Ủy ban", [BOTH]),
    ("hoá", [BOTH]),
    ('"hồ chí minh"', [BOTH]),
    ('"chí hồ"', []),
    ("đường nang", [OWN]),  # nobody has both so: as if typed bare
    ("nắng nang", [OWN]),
    ("duong -nang", [BOTH]),
    ('duong -"hồ chí minh"', [OWN]),
    ("duong AND OR NOT NEAR(", []),
    ("thái ninh", [OWN, BOTH]),  # the byline
    ("th\u1bedái ni\u00adnh", [OWN, BOTH]),  # what has no shape does not part words
    (None, [OWN, BOTH]),
]


@pytest.mark.parametrize(("words", "found"), SEARCHES)
def test_search(titles: Titles, news: Path, words: str | None, found: list[str]) -> None:
    assert titles(news, words) == found
    assert words is None or titles(news, "".join(words.split("\0"))) == found


def test_search_takes_nfd_and_filters(titles: Titles, news: Path) -> None:
    assert titles(news, "d\u0323u\u031bo\u031b\u0300ng".replace("d\u0323", "đ")) == [BOTH]
    assert titles(news, "duong", portal="kon-tum") == [OWN, "kon-tum 2019-10-03 2"]
    assert titles(news, "duong", until="2019-10-03") == ["kon-tum 2019-10-03 2"]
    assert titles(news, "duong", document="2623/ubnd-ncxdpl") == [OWN]
    assert titles(news, "duong", document="2623 ubnd ncxdpl", author="thai ninh") == [OWN]
    assert titles(news, "duong", province="quang-ngai") == [BOTH]
    assert titles(news, "duong", province="quang-ngai", with_predecessors=True) == [OWN, BOTH]
    assert titles(news, "duong", section="tin trong tinh", publisher="party") == []


def test_counts_tell_stories_from_articles(news: Path) -> None:
    with Archive(news) as archive:
        search = archive.search("duong")
        totals, facets = search.totals(), search.facets()
    assert (totals.articles, totals.stories, totals.withheld) == (3, 2, 0)
    assert facets["portal"] == [("kon-tum", 2), ("quang-ngai", 1)]
    assert facets["year"] == [("2019", 3)]
    assert facets["author"] == [("Thái Ninh", 3)]
    assert facets["document"] == [("kon-tum:111-KH/TU", 1), ("vn/kon-tum/UBND/CV/2019/2623", 1)]


def test_a_phrase_with_marks_is_one_with_the_marks_in_their_places(
    crawl: Callable[[str], Any], sample_article: Make, tmp_path: Path
) -> None:
    run = crawl("kon-tum")
    for number, body in enumerate(("hội nghi, sau đó hối nghị", "một hội nghị", "Hội\nnghị"), 1):
        run.page(sample_article("kon-tum", number, title=None, lead=None, body=body, text_key=str(number)))
    run.close()
    with Archive(tmp_path / "data") as archive:
        assert archive.search('"hội nghị"').totals().articles == 2
        assert archive.search('"hoi nghi"').totals().articles == 3
        assert archive.search("hội nghị").totals().articles == 3


def test_one_portals_folder_is_searched_alone(titles: Titles, news: Path) -> None:
    assert titles(news / "portals/kon-tum", "duong") == [OWN, "kon-tum 2019-10-03 1"]


def test_what_is_kept_of_an_item_is_json(news: Path) -> None:
    line = (news / "portals/kon-tum/articles.jsonl").read_text(encoding="utf-8").splitlines()[0]
    assert json.loads(line)["text_key"] == "1"
