"""Budgets of pages and of bytes: a run ends cleanly, and the next goes on where it stood."""

from __future__ import annotations

from pathlib import Path

from fault_bench import Place
from fault_server import Served
from fault_stories import Stories

ARTICLES = 40


def test_a_budget_ends_a_run_and_loses_nothing(tmp_path: Path) -> None:
    place = Place(tmp_path)
    with Served(Stories(ARTICLES, heavy=8)) as server:
        place.form(server.host)
        first = place.crawl("-s", "PAGES_PER_RUN=15")
        taken, held = sum(server.asked().values()), len(place.items())
        second = place.crawl("-s", "PORTAL_MAX_BYTES=4000000")
        size = sum(path.stat().st_size for path in place.paths().root.rglob("*") if path.is_file())
        third = place.crawl()
        asked = server.asked()
    assert (first.status, second.status, third.status) == (6, 6, 0)
    assert all("budget" in ended.out for ended in (first, second))
    assert 0 < taken <= 15
    assert size <= 4_000_000 + 1_600_000  # one file more than it may be
    assert 0 < held < ARTICLES == len(place.items())
    assert [path for path, times in asked.items() if times > 1 and path not in ("/robots.txt", "/list")] == []
    assert place.damages() == []
