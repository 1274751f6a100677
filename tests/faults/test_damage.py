"""One damage of each kind; many with `python tests/faults/damage.py`."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from damage import ARTICLES, copied, crawled, damage, jump, spoil_lines, two_at_once
from fault_bench import Place
from fault_server import Served
from fault_stories import Stories


@pytest.fixture(scope="module")
def server() -> Iterator[Served]:
    with Served(Stories(ARTICLES, heavy=15)) as server:
        yield server


@pytest.fixture(scope="module")
def whole(server: Served, tmp_path_factory: pytest.TempPathFactory) -> Place:
    return crawled(tmp_path_factory.mktemp("whole"), server)


@pytest.mark.parametrize("manner", ["flip", "cut"])
def test_a_damaged_warc_is_named_and_the_crawl_goes_on(
    whole: Place, server: Served, tmp_path: Path, manner: str
) -> None:
    found = damage(copied(whole, tmp_path / "work"), manner, random.Random(3))
    assert found.named
    assert found.named[0].startswith("warc/")
    assert "http://" in found.named[0]
    assert (found.listed, found.status, found.complete, found.crashed) == (ARTICLES, 0, True, False)
    assert manner != "flip" or found.unreadable <= 1


def test_lines_that_were_torn_are_written_anew(whole: Place, server: Served, tmp_path: Path) -> None:
    work = copied(whole, tmp_path / "work")
    found = spoil_lines(work, "joined lines", random.Random(3))
    assert found.named
    assert (found.listed, found.status, found.crashed) == (ARTICLES, 0, False)
    assert work.damages() == []


def test_a_clock_that_is_set_back(server: Served, tmp_path: Path) -> None:
    assert dict(jump(tmp_path, "0:0,1:-31536000", server)) == {
        "statuses": (0, 0, 0), "seconds of the longest": pytest.approx(5, abs=10), "lost": 0, "articles": ARTICLES,
        "lines": ARTICLES, "rechecks off for ever": 0, "traps": [], "damages": [],
    }  # fmt: skip


def test_two_runs_at_once(server: Served, tmp_path: Path) -> None:
    told = dict(two_at_once(tmp_path, server))
    assert (told["second run"], told["names the holder"], told["after the first was killed"]) == (8, True, 0)
    assert (told["lines at the end"], told["damages"]) == (ARTICLES, [])
