"""A filter means the same for every verb, in Python and on the reader's pages: what fits is what `list` lists."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from archive.cli.filtering import OPTIONS
from archive.filters import FILTERS, Filters, wanted
from archive.reader import Archive

Tell = Callable[..., tuple[int, str, str]]
CHOICES: list[dict[str, Any]] = [
    {},
    {"portal": "kon-tum"},
    {"portal": "kon-tum, quang-ngai"},
    {"province": "quang-ngai"},
    {"province": "Quảng Ngãi", "with_predecessors": True},
    {"province": "quang-ngai.2025"},  # nothing was posted since
    {"publisher": "party"},
    {"section": "thoi su"},
    {"section": "tin trong tỉnh", "author": "thai ninh"},
    {"since": "2019-10-09", "until": "2019-10-09"},
    {"author": "Thái Ninh", "province": "kon-tum"},
    {"document": "2623/UBND-NCXDPL", "until": "2019-10-09"},
]
CITED = "2623/UBND-NCXDPL"


def options(choice: dict[str, Any]) -> list[str]:
    given = [(f"--{name.replace('_', '-')}", value) for name, value in choice.items()]
    return [word for name, value in given for word in ((name,) if value is True else (name, value))]


def lines(tell: Tell, *words: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in tell(*words, "--json")[1].splitlines()]


def sums(items: list[dict[str, Any]]) -> dict[str, int]:
    """By number, how many articles cite a document."""
    cited = [{each["norm"] for each in item["cited_documents"]} for item in items]
    return {norm: sum(norm in each for each in cited) for norm in set().union(*cited)}


def test_one_definition() -> None:
    assert set(FILTERS) == set(Filters.__annotations__) == set(OPTIONS)
    assert wanted(portal="a, b,") == wanted(portal=["a", "b"])


@pytest.mark.parametrize("choice", CHOICES, ids=str)
def test_every_verb_chooses_the_same(tell: Tell, folder: Path, choice: dict[str, Any]) -> None:
    asked = options(choice)
    items = lines(tell, "list", *asked)
    ids = {item["id"] for item in items}
    citing = {item["id"] for item in items if any(each["norm"] == CITED for each in item["cited_documents"])}
    assert {hit["id"] for hit in json.loads(tell("search", *asked, "--limit", "0", "--json")[1])["hits"]} == ids
    assert {each["norm"]: each["articles"] for each in lines(tell, "documents", *asked)} == sums(items)
    assert {
        mention["article"] for each in lines(tell, "documents", CITED, *asked) for mention in each["mentions"]
    } == citing
    assert {each["id"] for each in lines(tell, "cites", CITED, *asked)} == citing
    assert {each["id"] for each in lines(tell, "export", "-", *asked)} == ids
    told = json.loads(tell("stats", *asked, "--json")[1])["portals"]
    assert sum(each["articles"] for each in told) == len(ids)
    assert sum(each["citations"] for each in told) == sum(len(item["cited_documents"]) for item in items)
    undated = {name: value for name, value in choice.items() if name not in ("since", "until")}
    changed = lines(tell, "changes", "--what", "new", "--since", "2026-01-01", *options(undated))
    assert {each["article"] for each in changed} == {item["id"] for item in lines(tell, "list", *options(undated))}
    with Archive(folder) as archive:
        assert {view.id for view in archive.articles(**choice)} == ids
        assert {each.norm: each.articles for each in archive.documents(**choice)} == sums(items)
        assert {view.id for view, _ in archive.citing(CITED, **choice)} == citing
        assert sum(each.articles for each in archive.stats(**choice)) == len(ids)
        new = archive.changes("2026-01-01", what=["new"], **undated)
        assert {each.article for each in new} == {each["article"] for each in changed}


def test_portals_are_chosen_by_their_province(tell: Tell, folder: Path) -> None:
    for words, slugs in (
        ([], {"kon-tum", "quang-ngai"}),
        (["--province", "Kon Tum"], {"kon-tum"}),
        (["--province", "quang-ngai.2025"], {"quang-ngai"}),  # the same portal, whatever day it is
        (["--province", "quang-ngai", "--with-predecessors"], {"kon-tum", "quang-ngai"}),
        (["--province", "quang-ngai", "--portal", "kon-tum"], set()),
        (["--province", "an-giang"], set()),
    ):
        assert {each["portal"] for each in json.loads(tell("usage", *words, "--json")[1])["years"]} == slugs
        assert {each["portal"] for each in json.loads(tell("health", *words, "--json")[1])["portals"]} == slugs
    with Archive(folder) as archive:
        assert [each.slug for each in archive.portals(province="kon-tum")] == ["kon-tum"]


def test_what_no_filter_divides_is_not_told(tell: Tell) -> None:
    whole, part = (
        json.loads(tell("stats", *words, "--json")[1])["portals"] for words in ([], ["--section", "thời sự"])
    )
    assert all(each["bytes"] and each["snapshots"] for each in whole)
    assert [(each["portal"], each["articles"], each["bytes"], each["snapshots"]) for each in part] == [
        ("quang-ngai", 1, None, None)
    ]


@pytest.mark.parametrize(
    "verb", [["list"], ["search"], ["documents"], ["cites", CITED], ["stats"], ["changes", "--since", "2026-01-01"]]
)
def test_withheld_is_counted_among_what_fits_and_a_wrong_value_told(tell: Tell, verb: list[str]) -> None:
    tell("withhold", "--person", "Thái Ninh", "--reason", "r", "--by", "b")
    status, _, said = tell(*verb, "--portal", "kon-tum")
    assert (status, "2 withheld" in said) == (0, True), said
    status, _, said = tell(*verb, "--province", "kontumm")
    assert (status, said.count("\n")) == (2, 1)
    assert "kon-tum" in said
    assert tell(*verb, "--publisher", "goverment")[2].startswith("archive: publisher 'goverment'; nearest: government")
    assert "2 withheld" in tell(*verb, "--author", "Thái Ninh", "--portal", "kon-tum")[2]
