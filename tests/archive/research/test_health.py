"""Whose portal is silent, what fails newly; what was told stays quiet until the third time, what was not never."""

from __future__ import annotations

import errno
import json
import os
import shutil
import stat
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from archive.cli import main
from archive.folder import PortalFolder
from archive.research.health import Health, gaps, health, prometheus, reports
from archive.research.told import NEVER, Alarm, Told, load_told, save_told
from archive.schema import Article
from archive.storage.paths import PortalPaths

DECEMBER = datetime(2026, 12, 1, tzinfo=UTC)  # after every run of these tests


@pytest.fixture
def folder(archive_folder: Path, tmp_path: Path) -> PortalFolder:
    """A copy of Kon Tum's folder."""
    root = shutil.copytree(archive_folder / "portals/kon-tum", tmp_path / "data/portals/kon-tum")
    return PortalFolder(PortalPaths(root))


def report(folder: PortalFolder, number: int, **values: Any) -> None:
    told = {"run": f"r{number}", "started": f"2026-11-{number:02d}T00:00:00Z", "verdict": "done", "failures": []}
    folder.paths.runs.mkdir(exist_ok=True)
    folder.paths.run(f"r{number}").write_text(json.dumps({**told, **values}))


LOST = {"failures": [{"url": "https://x.vn/1", "reason": "HTTP 500"}], "verdict": "failures"}
DRIFT = {"drift": [{"of": "authors", "expected": 0.4, "found": 0.1}]}
RUNS: list[tuple[list[dict[str, Any]], list[tuple[str, str, int, bool]]]] = [
    ([], []),
    ([{}], []),
    ([{}, LOST], [("verdict", "failures", 1, True), ("failure", "HTTP 500 https://x.vn/1", 1, True)]),
    ([LOST, LOST], [("verdict", "failures", 2, False), ("failure", "HTTP 500 https://x.vn/1", 2, False)]),
    ([LOST] * 3, [("verdict", "failures", 3, True), ("failure", "HTTP 500 https://x.vn/1", 3, True)]),
    ([LOST] * 4, [("verdict", "failures", 4, False), ("failure", "HTTP 500 https://x.vn/1", 4, False)]),
    ([LOST, {}], []),
    # the share that was found differs from run to run; that it is too low is the same alarm
    ([DRIFT, {"drift": [{"of": "authors", "expected": 0.4, "found": 0.2}]}], [("drift", "authors", 2, False)]),
    ([LOST, {**LOST, **DRIFT}], [("verdict", "failures", 2, False), ("drift", "authors", 1, True),
                                 ("failure", "HTTP 500 https://x.vn/1", 2, False)]),
]  # fmt: skip


def now_on(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T12:00:00+00:00")


def asked(folder: PortalFolder, told: Told, now: datetime = DECEMBER, **values: Any) -> tuple[Health, Told]:
    found = health(folder, now, told=told, **values)
    return found, told.after(found.run, found.newest, found.alarms)


def seen(found: Health) -> list[tuple[str, str, int, bool]]:
    return [(each.what, each.detail, each.runs, each.news) for each in found.alarms]


@pytest.mark.parametrize(("runs", "alarms"), RUNS)
def test_alarms_of_a_portal_asked_after_every_run(
    folder: PortalFolder, runs: list[dict[str, Any]], alarms: list[tuple[str, str, int, bool]]
) -> None:
    told = NEVER
    found = health(folder, DECEMBER)
    for number, values in enumerate(runs, 1):
        report(folder, number, **values)
        found, told = asked(folder, told)
    assert seen(found) == alarms
    assert (found.runs, found.newest_posted, found.days_since_newest) == (len(runs), "2019-10-10", 2609)


NOTHING = {"verdict": "nothing"}
SLOW = {"verdict": "interrupted"}
# What runs between two questions have, and what the second question tells as news: what, runs, over
BETWEEN: list[tuple[list[dict[str, Any]], list[dict[str, Any]], list[tuple[str, int, bool]]]] = [
    # never asked: what the last run has, however long; not a year of what is over
    ([], [NOTHING] * 2, [("nothing", 2, False)]),
    ([], [{}, *[NOTHING] * 4], [("nothing", 4, False)]),
    ([], [NOTHING, {}], []),
    ([{}], [NOTHING] * 4, [("nothing", 4, False)]),
    # told at the first, and the third was passed over
    ([NOTHING], [NOTHING], []),
    ([NOTHING], [NOTHING] * 4, [("nothing", 5, False)]),
    ([NOTHING] * 3, [NOTHING] * 9, []),
    # what ended before anybody asked
    ([{}], [NOTHING, {}], [("nothing", 1, True)]),
    ([{}], [NOTHING, NOTHING, SLOW, {}, SLOW], [("interrupted", 1, False), ("nothing", 2, True)]),
    ([NOTHING], [{}], []),
    ([NOTHING], [NOTHING, {}], []),
    ([NOTHING], [NOTHING, NOTHING, {}], [("nothing", 3, True)]),
    # ended and began again
    ([NOTHING], [{}, NOTHING], [("nothing", 1, False)]),
    ([NOTHING], [{}, NOTHING, {}], [("nothing", 1, True)]),
]  # fmt: skip


@pytest.mark.parametrize(("first", "then", "news"), BETWEEN)
def test_nothing_is_lost_where_nobody_asked(
    folder: PortalFolder, first: list[dict[str, Any]], then: list[dict[str, Any]], news: list[tuple[str, int, bool]]
) -> None:
    told = NEVER
    for number, values in enumerate(first, 1):
        report(folder, number, **values)
        _, told = asked(folder, told)
    for number, values in enumerate(then, len(first) + 1):
        report(folder, number, **values)
    found, told = asked(folder, told)
    assert [(each.detail, each.runs, each.over) for each in found.news] == news
    assert asked(folder, told)[0].news == ()  # told is told
    assert all(each.over is False for each in found.wrong)


def test_a_silent_portal_rings_once_whenever_it_is_asked(folder: PortalFolder) -> None:
    told = NEVER
    rings = []
    for day in ("2019-10-15", "2019-10-19", "2019-10-20", "2019-11-20"):
        found, told = asked(folder, told, now_on(day), silent_after=5)
        rings.append([(each.detail, each.runs, each.news) for each in found.alarms])
    of = "newest article of 2019-10-10"
    assert rings == [[], [(of, 9, True)], [(of, 10, False)], [(of, 41, False)]]
    # a longer silence was not told yet; and what was told is not forgotten by who does not ask after it
    assert asked(folder, told, now_on("2019-11-21"))[1] == told
    assert len(asked(folder, told, now_on("2019-11-21"), silent_after=30)[0].news) == 1


def test_a_run_under_a_clock_that_jumped_ahead_blinds_nobody(
    folder: PortalFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    report(folder, 99, started="2066-11-13T13:03:27Z")
    for number in range(1, 4):
        report(folder, number, **NOTHING)
    found = health(folder, DECEMBER)
    assert (found.runs, found.runs_ahead, found.verdict) == (3, 1, "nothing")
    assert seen(found) == [("verdict", "nothing", 3, True)]
    assert main(["--archive", str(folder.paths.root.parents[1]), "health"]) == 3
    assert "verdict nothing (news, for 3 runs); left out: 1 dated after now" in capsys.readouterr().out


def test_articles_without_a_day_count_and_can_be_silent(
    crawl: Callable[[str], Any], sample_article: Callable[..., Article], tmp_path: Path
) -> None:
    run = crawl("kon-tum")
    undated = {"posted_on": None, "posted_at": None, "posted_text": None, "posted_precision": "none"}
    captures = {1: ["2026-11-01T18:00:00Z", "2026-11-20T00:00:00Z"], 2: ["2026-10-01T00:00:00Z"]}
    for number, times in captures.items():
        for again, at in enumerate(times):
            run.page(sample_article("kon-tum", number, fetched_at=at, revision=f"{number}{again}" * 32, **undated))
    # its day lies after now, which is as good as none
    run.page(sample_article("kon-tum", 3, fetched_at="2026-10-02T00:00:00Z", posted_on="2027-01-01"))
    run.close()
    folder = PortalFolder(PortalPaths(tmp_path / "data/portals/kon-tum"))
    found = health(folder, now_on("2026-11-20"), silent_after=10)
    assert (found.newest_posted, found.newest_captured, found.days_since_newest) == (None, "2026-11-02", 18)
    assert found.articles == 3
    assert seen(found) == [("silent", "newest article captured on 2026-11-02", 18, True)]
    assert 'archive_articles{portal="kon-tum"} 3\n' in prometheus([found])


def test_a_report_that_cannot_be_read_is_left_out(folder: PortalFolder) -> None:
    report(folder, 1, **LOST, counts={"left": 2})
    folder.paths.run("r2").write_text("{")
    folder.paths.run("r3").write_text("[]")
    assert len(reports(folder.paths)) == 1
    assert list(gaps(folder.paths)) == [
        {
            "portal": "kon-tum",
            "run": "r1",
            "started": "2026-11-01T00:00:00Z",
            "verdict": "failures",
            "failures": 1,
            "left": 2,
        }
    ]


def test_the_verb_is_quiet_about_what_is_known(folder: PortalFolder, capsys: pytest.CaptureFixture[str]) -> None:
    data = str(folder.paths.root.parents[1])
    statuses = []
    for number in range(1, 5):
        report(folder, number, **LOST)
        statuses.append(main(["--archive", data, "health"]))
    assert statuses == [3, 0, 3, 0]
    assert "failure HTTP 500 https://x.vn/1 (news, for 3 runs)" in capsys.readouterr().out
    assert main(["--archive", data, "health", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["portals"][0]["portal"] == "kon-tum"
    assert main(["--archive", data, "health", "--prometheus"]) == 0
    assert 'archive_last_run_done{portal="kon-tum"} 0\n' in capsys.readouterr().out
    assert main(["--archive", data, "health", "--silent-after", "0"]) == 2


def test_who_only_looks_tells_nobody(folder: PortalFolder) -> None:
    root = folder.paths.root.parents[1]
    report(folder, 1, **LOST)
    ways: tuple[list[str], ...] = (["--prometheus"], ["--no-remember"], [], ["--prometheus"], ["--no-remember"], [])
    assert [main(["--archive", str(root), "health", *words]) for words in ways] == [3, 3, 3, 0, 0, 0]
    assert list(load_told(root / "health.json")) == ["kon-tum"]


def test_who_asks_after_one_portal_hears_of_the_others_later(folder: PortalFolder) -> None:
    root = folder.paths.root.parents[1]
    other = PortalFolder(PortalPaths(shutil.copytree(folder.paths.root, folder.paths.root.with_name("lam-dong"))))
    form = other.paths.form.read_text(encoding="utf-8")
    other.paths.form.write_text(form.replace("kon-tum", "lam-dong"), encoding="utf-8")
    for each in (folder, other):
        report(each, 1, **LOST)
    ways: tuple[list[str], ...] = (["--portal", "kon-tum"], [], [])
    assert [main(["--archive", str(root), "health", *words]) for words in ways] == [3, 3, 0]


def test_a_portal_s_own_folder_keeps_its_own(folder: PortalFolder) -> None:
    report(folder, 1, **LOST)
    assert [main(["--archive", str(folder.paths.root), "health"]) for _ in "12"] == [3, 0]
    assert (folder.paths.root / "health.json").is_file()


@pytest.mark.parametrize("kept", ["", "{", "[]", '{"kon-tum": 1}', '{"kon-tum": {"run": "r1", "alarms": [{}]}}'])
def test_a_spoilt_memory_tells_again(folder: PortalFolder, kept: str) -> None:
    root = folder.paths.root.parents[1]
    report(folder, 1, **LOST)
    (root / "health.json").write_text(kept)
    assert [main(["--archive", str(root), "health"]) for _ in "12"] == [3, 0]


def test_what_was_told_is_kept_whole(tmp_path: Path) -> None:
    told = {"a": Told("r1", (Alarm("silent", "đã lâu", 31, "2019-10-10", news=True),)), "b": Told("r2")}
    save_told(tmp_path / "health.json", told)
    assert load_told(tmp_path / "health.json") == told


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_an_archive_not_to_be_written_tells_every_time(folder: PortalFolder) -> None:
    root = folder.paths.root.parents[1]
    report(folder, 1, **LOST)
    root.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        assert [main(["--archive", str(root), "health"]) for _ in "12"] == [3, 3]
    finally:
        root.chmod(stat.S_IRWXU)


def test_a_refusing_disk_is_named(
    folder: PortalFolder, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    report(folder, 1, **LOST)
    for number, status in ((errno.EROFS, 3), (errno.ENOSPC, 7)):

        def refuse(path: Path, _: object, number: int = number) -> None:
            raise OSError(number, os.strerror(number), str(path))

        monkeypatch.setattr("archive.cli.watching.save_told", refuse)
        assert main(["--archive", str(folder.paths.root.parents[1]), "health"]) == status
        out, err = capsys.readouterr()
        assert "HTTP 500" in out
        assert err.count("\n") == 1
        assert os.strerror(number) in err


def test_metrics_leave_out_what_is_not_known(folder: PortalFolder) -> None:
    text = prometheus([health(folder, datetime(2000, 1, 1, tzinfo=UTC))])
    assert "archive_days_since_newest{" not in text
    assert 'archive_articles{portal="kon-tum"} 3' in text


def test_metrics_count_what_is_wrong_now_apart_from_what_is_over(folder: PortalFolder) -> None:
    report(folder, 1)
    told = asked(folder, NEVER)[1]
    report(folder, 2, **LOST)
    report(folder, 3, **NOTHING)
    text = prometheus([health(folder, DECEMBER, told=told)])
    assert 'archive_alarms{portal="kon-tum"} 1\n' in text
    assert 'archive_new_alarms{portal="kon-tum"} 3\n' in text


def test_warcs_that_are_not_there_are_told_once(folder: PortalFolder, tmp_path: Path) -> None:
    for path in folder.paths.closed_warcs():
        path.rename(tmp_path / path.name)
    found = health(folder, DECEMBER)
    assert (found.offline, found.missing) == (1, 0)
    assert found.alarms == (Alarm("offline", "1 WARC file", 1, "", news=True),)
    again = health(folder, DECEMBER, told=NEVER.after(found.run, found.newest, found.alarms))
    assert (again.alarms[0].what, again.news) == ("offline", ())
    assert 'archive_warcs_offline{portal="kon-tum"} 1\n' in prometheus([found])
    (folder.paths.warc_dir / "another.warc.gz").touch()
    found = health(folder, DECEMBER)
    assert (found.offline, found.missing, found.alarms[0].what) == (0, 1, "missing")


@pytest.mark.parametrize("how", ["empty", "a byte short"])
def test_a_warc_that_was_cut_is_told_once(folder: PortalFolder, how: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert health(folder, DECEMBER).cut == 0
    [path] = folder.paths.closed_warcs()
    ((end,),) = folder.rows("SELECT max(offset + length) FROM snapshots")
    os.truncate(path, end)
    assert health(folder, DECEMBER).alarms == ()
    os.truncate(path, 0 if how == "empty" else end - 1)
    found = health(folder, DECEMBER)
    assert (found.offline, found.missing, found.cut) == (0, 0, 1)
    assert found.alarms == (Alarm("cut", "1 WARC file", 1, "", news=True),)
    assert 'archive_warcs_cut{portal="kon-tum"} 1\n' in prometheus([found])
    for status, told in ((3, "cut: 1 WARC file (new)"), (0, "cut: 1 WARC file")):
        assert main(["--archive", str(folder.paths.root.parents[1]), "health"]) == status
        assert capsys.readouterr().out.splitlines()[-1].endswith(told)
