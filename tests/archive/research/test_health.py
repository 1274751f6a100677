"""Whose portal is silent, what fails newly, and that what is known stays quiet until the third time."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from archive.cli import main
from archive.folder import PortalFolder
from archive.research.health import Alarm, gaps, health, prometheus, reports
from archive.storage.paths import PortalPaths


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


@pytest.mark.parametrize(("runs", "alarms"), RUNS)
def test_alarms(folder: PortalFolder, runs: list[dict[str, Any]], alarms: list[tuple[str, str, int, bool]]) -> None:
    for number, values in enumerate(runs, 1):
        report(folder, number, **values)
    found = health(folder, date(2019, 10, 20))
    assert found.alarms == tuple(Alarm(*each) for each in alarms)  # type: ignore[arg-type]
    assert (found.runs, found.newest_posted, found.days_since_newest) == (len(runs), "2019-10-10", 10)


def test_a_silent_portal_rings_once(folder: PortalFolder) -> None:
    assert health(folder, date(2019, 10, 15), silent_after=5).alarms == ()
    assert [each.news for each in health(folder, date(2019, 10, 16), silent_after=5).alarms] == [True]
    assert [each.news for each in health(folder, date(2019, 10, 17), silent_after=5).alarms] == [False]


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
    assert "failure HTTP 500 https://x.vn/1 (for 3 runs)" in capsys.readouterr().out
    assert main(["--archive", data, "health", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["portals"][0]["portal"] == "kon-tum"
    assert main(["--archive", data, "health", "--prometheus"]) == 0
    assert 'archive_last_run_done{portal="kon-tum"} 0\n' in capsys.readouterr().out
    assert main(["--archive", data, "health", "--silent-after", "0"]) == 2


def test_metrics_leave_out_what_is_not_known(folder: PortalFolder) -> None:
    text = prometheus([health(folder, date(2000, 1, 1))])
    assert "archive_days_since_newest{" not in text
    assert 'archive_articles{portal="kon-tum"} 0' in text
