"""An hour of trouble at a portal costs no article: what answered badly, or was left out, is found by a later run."""

from __future__ import annotations

import pytest

from archive.exits import Exit
from archive.storage import verify
from archive.storage.tables import connect

ERROR_PAGE = (
    "<html><head><title>Lỗi hệ thống</title></head><body><h1>Đã có lỗi xảy ra</h1><p>Error 500.</p></body></html>"
)

# what the portal answers for its articles, its list or robots.txt on the bad day, and how a crawl then ends
BAD: dict[str, tuple[str, int, str, Exit]] = {
    "not found": ("/tin", 404, "<p>Không tìm thấy</p>", Exit.DONE),
    "an error page with 200": ("/tin", 200, ERROR_PAGE, Exit.DONE),
    "unchanged, which nobody asked": ("/tin", 304, "", Exit.FAILURES),
    "busy": ("/tin", 503, "", Exit.FAILURES),
    "its list is gone": ("/list", 404, "<p>Không tìm thấy</p>", Exit.FAILURES),
    "its list is empty": ("/list", 200, "<h1>Tin tức</h1>", Exit.FAILURES),
    "its list has moved away": ("/list", 301, "http://moved.invalid/", Exit.FAILURES),
    "robots.txt shuts all": ("/robots.txt", 200, "User-agent: *\nDisallow: /", Exit.NOTHING),
}


def trouble(portal, name: str) -> None:
    """From now on the portal answers so."""
    where, status, text, _ = BAD[name]
    more = {"Location": text} if status == 301 else {"Content-Type": "text/plain"} if where == "/robots.txt" else {}
    portal.instead = lambda path, asked: (status, text, more) if path.startswith(where) else None


def well(portal) -> None:
    portal.instead = lambda path, asked: None


@pytest.fixture(autouse=True)
def four_articles(portal) -> None:
    portal.articles = range(1, 5)


def a_day_passes(work) -> None:
    """All that the ledger has noted was a day earlier."""
    with connect(work.portal.ledger, write=True) as base:
        for column in ("first_seen", "checked_at", "changed_at", "due_at"):
            base.execute(f"UPDATE addresses SET {column} = strftime('%Y-%m-%dT%H:%M:%SZ', {column}, '-1 day')")


@pytest.mark.parametrize("name", BAD)
def test_articles_come_out_on_a_better_day(workplace, portal, name):
    trouble(portal, name)
    ended = workplace.crawl("-a", "portal=demo")
    assert workplace.items() == []
    assert ended.status == BAD[name][3], ended
    assert ("failed: " in ended.out or "asks to be left alone" in ended.out) == (ended.status == Exit.FAILURES)
    well(portal)
    a_day_passes(workplace)
    assert workplace.crawl("-a", "portal=demo").status == 0
    assert len(workplace.items()) == 4


def test_known_articles_survive_a_day_that_shuts_them_out(workplace, portal):
    assert workplace.crawl("-a", "portal=demo").status == 0
    trouble(portal, "robots.txt shuts all")
    assert workplace.crawl("-a", "portal=demo", "-a", "mode=full").status == 4
    well(portal)
    assert workplace.crawl("-a", "portal=demo", "-a", "mode=full").status == 0
    assert workplace.report()["counts"]["article.unchanged"] == 4


def test_missed_once_is_neither_gone_nor_back(workplace, portal):
    assert workplace.crawl("-a", "portal=demo").status == 0
    trouble(portal, "not found")
    assert workplace.crawl("-a", "portal=demo", "-a", "mode=full").status == 0
    well(portal)
    assert workplace.crawl("-a", "portal=demo", "-a", "mode=full").status == 0
    with connect(workplace.portal.ledger, write=False) as base:
        events = base.execute("SELECT event, count(*) FROM events GROUP BY event").fetchall()
    assert dict(events) == {"missing": 4, "found": 4}
    assert "article.back" not in workplace.report()["counts"]
    assert list(verify.verify_portal(workplace.portal)) == []


@pytest.mark.parametrize("bound", ["since=2026-10-03", "until=2026-10-02"])
def test_what_a_bound_left_out_is_found_without_it(workplace, portal, bound):
    assert workplace.crawl("-a", "portal=demo", "-a", bound).status == 0
    assert len(workplace.items()) == 2
    assert workplace.crawl("-a", "portal=demo").status == 0
    assert len(workplace.items()) == 4


def test_a_limit_ends_although_an_article_was_put_off(workplace, portal):
    trouble(portal, "busy")
    ended = workplace.crawl("-a", "portal=demo", "-a", "limit=2", timeout=30)
    assert ended.status == 0, ended  # what was put off is due in a moment, but the limit is reached: the run is over
    assert workplace.report()["counts"]["left"] == 4
