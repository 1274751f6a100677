"""A page costs what it did: the calls of one reading are counted, since a clock on a busy machine tells nothing."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import FrameType, ModuleType

import pytest

from archive.schema import Article
from crawler.reading.article import read_article

BENCH = Path(__file__).parents[2] / "bench" / "reading.py"
# Now 14,000, of Python's functions and C's; one thing too many asked of each line has doubled a reading's time.
MOST_CALLS = 15_000


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bench_reading", BENCH)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def calls_of(page: bytes, bench: ModuleType) -> int:
    calls = 0

    def count(_frame: FrameType, event: str, _arg: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        found = read_article(page, bench.URL, bench.FETCHED)
    finally:
        sys.setprofile(before)
    assert isinstance(found, Article)
    return calls


def test_an_ordinary_page_takes_so_many_calls(bench: ModuleType) -> None:
    page = bench.ordinary()
    read_article(page, bench.URL, bench.FETCHED)  # loads what is loaded late, fills the tables of class words
    assert calls_of(page, bench) <= MOST_CALLS
