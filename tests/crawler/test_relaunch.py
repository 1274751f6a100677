"""A portal that was rebuilt, or walled off, has not taken its articles down: nothing is gone, and the run says so."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

import pytest

from archive.exits import Exit
from archive.folder import PortalFolder
from archive.research.health import health
from archive.schema import stamp
from archive.storage.entries import Outcome
from archive.storage.tables import connect
from crawler.absences import FEW, Absences

SHELL = (
    '<html><head><title>Cổng thử</title></head><body><div id="app"></div><script src="/a.js"></script></body></html>'
)
LOST = "<html><head><title>Không tìm thấy</title></head><body><h1>Không tìm thấy trang</h1></body></html>"
RELAUNCHES = {
    "a page of scripts": (200, SHELL),
    "led to the home page": (302, "/"),
    "one and the same soft 404": (200, LOST),
    "no old address is known": (404, LOST),
}


def lost(portal, how: str, numbers: Iterable[int]) -> None:
    """From now on these articles answer so."""
    status, text = RELAUNCHES[how]
    paths = {f"/tin-{number}.html" for number in numbers}
    more = {"Location": text} if status == 302 else {}
    portal.instead = lambda path, asked: (status, text, more) if path in paths else None


def events(work) -> dict[str, int]:
    with connect(work.portal.ledger, write=False) as base:
        return dict(base.execute("SELECT event, count(*) FROM events GROUP BY event").fetchall())


FULL = ("-a", "portal=demo", "-a", "mode=full")


@pytest.mark.parametrize("how", RELAUNCHES)
def test_a_relaunch_takes_no_article_down(workplace, portal, how):
    assert workplace.crawl("-a", "portal=demo").status == 0
    lost(portal, how, range(1, 9))
    for _ in range(2):
        ended = workplace.crawl(*FULL)
        assert ended.status == Exit.FAILURES, ended.out
        assert "drift: 8 of 8 known articles no longer answer as articles (" in ended.out
        assert "a relaunch or a wall?" in ended.out
    assert events(workplace) == {}
    (drift,) = workplace.report()["drift"]
    assert (drift["of"], drift["expected"], drift["found"]) == ("known_articles", 8, 0)
    told = health(PortalFolder(workplace.portal), datetime.now(UTC))
    assert [alarm.what for alarm in told.wrong] == ["verdict", "drift"]
    assert "a relaunch or a wall?" in told.wrong[1].detail
    with connect(workplace.portal.ledger, write=False) as base:
        ((due,),) = base.execute("SELECT count(due_at) FROM addresses WHERE article IS NOT NULL")
    assert due == 8


@pytest.mark.parametrize("how", RELAUNCHES)
def test_single_articles_are_gone_when_two_runs_have_missed_them(workplace, portal, how):
    assert workplace.crawl("-a", "portal=demo").status == 0
    lost(portal, how, (2, 5))
    assert [workplace.crawl(*FULL).status for _ in range(2)] == [0, 0]
    assert events(workplace) == {"missing": 2, "gone": 2}
    assert workplace.report()["counts"]["article.gone"] == 2


def test_a_relaunch_that_the_form_tells_of_is_believed_while_the_new_portal_answers(workplace, portal):
    assert workplace.crawl("-a", "portal=demo").status == 0
    with connect(workplace.portal.ledger, write=True) as base:
        base.execute("UPDATE addresses SET first_seen = '2026-01-01T00:00:00Z'")
    form = workplace.root / "forms" / "demo.toml"
    form.write_text("relaunched_on = 2026-11-01\n" + form.read_text(encoding="utf-8"), encoding="utf-8")
    lost(portal, "no old address is known", range(1, 9))
    assert workplace.crawl(*FULL).status == Exit.FAILURES  # the new portal shows no article: it may be a wall
    assert events(workplace) == {}
    portal.articles = range(9, 12)
    assert [workplace.crawl(*FULL).status for _ in range(2)] == [0, 0]
    assert events(workplace) == {"missing": 8, "gone": 8}


def test_dead_selectors_are_drift(workplace, portal):
    form = workplace.root / "forms" / "demo.toml"
    layout = '[[layouts]]\ntitle = "h1.tieu-de"\nposted = ".ngay-dang"\n'
    form.write_text(form.read_text(encoding="utf-8") + layout, encoding="utf-8")
    ended = workplace.crawl("-a", "portal=demo")
    assert len(workplace.items()) == 8
    assert ended.status == Exit.FAILURES
    assert "drift: 8 of 8 articles have nothing that the form's selectors name" in ended.out
    told = health(PortalFolder(workplace.portal), datetime.now(UTC))
    assert [alarm.what for alarm in told.wrong] == ["verdict", "drift"]


def test_guessed_sections_that_name_nothing_are_told(workplace, portal):
    form = workplace.root / "forms" / "demo.toml"
    head, _, rest = form.read_text(encoding="utf-8").partition("[[sections]]")
    form.write_text(head + rest[rest.index("[network]") :], encoding="utf-8")
    menu = '<nav><ul class="menu"><li><a href="/list">Tin tức - Sự kiện</a></li>\
<li><a href="/empty">Thông báo</a></li></ul></nav>'
    pages = {"/": menu, "/empty": "<h1>Thông báo</h1>"}
    portal.instead = lambda path, asked: (200, pages[path], {}) if path in pages else None
    ended = workplace.crawl("-a", "portal=demo")
    assert ended.status == 0, ended.out
    assert len(workplace.items()) == 8
    (barren,) = workplace.report()["barren_sections"]
    assert barren.endswith("/empty")
    assert f"sections that were guessed, and name no article: 1: {barren};" in ended.out


NOW = stamp(datetime(2026, 11, 23, 8, tzinfo=UTC))


def absence(number: int, event: str, status: int) -> Outcome:
    reason = f"HTTP {status}" if status == 404 else "empty"
    return Outcome(str(number), "done", NOW, "run", reason=reason, status=status, article="a", event=(event, reason))


@pytest.mark.parametrize(
    ("fresh", "missed", "status", "known", "new", "entered", "told"),
    [
        (1, 0, 404, 0, 0, 1, False),  # its status says so
        (1, 0, 200, 0, 0, 0, False),  # nothing answered as an article: no word on this one
        (1, 0, 200, 0, 1, 1, False),
        (FEW - 1, 0, 404, 0, 0, FEW - 1, False),
        (FEW, 0, 404, 0, 9, 0, True),  # a new site, its old addresses unknown
        (FEW, 0, 404, FEW + 1, 0, FEW, False),  # under half
        (0, 9, 404, 0, 0, 9, False),  # missed before among others that answered, and due again by themselves
        (0, 9, 200, 0, 0, 0, True),
        (FEW, 9, 404, 2, 0, 0, True),
    ],
)
def test_what_is_believed(fresh, missed, status, known, new, entered, told):
    absences = Absences()
    for number in range(fresh + missed):
        again = number >= fresh
        outcome = absence(number, "gone" if again else "missing", status)
        absences.hold(outcome, "later", missed=again, first_seen=NOW)
    for each in range(known + new):
        absences.present(known=each < known, first_seen=NOW)
    assert sum(each.event is not None for each in absences.outcomes()) == entered
    assert all((each.event is None) == (each.due_at == "later") for each in absences.outcomes())
    assert (absences.drift() is not None) == told
