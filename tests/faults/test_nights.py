"""Ordinary nights on a schedule: one dead host among others, and what `archive health` says of it afterwards."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
from pathlib import Path

from fault_bench import ROOT, Place
from fault_server import Served
from fault_stories import Stories


def health(place: Place) -> tuple[int, list[tuple[str, str, int]]]:
    """Its status, and its alarms: portal, what, for how many runs."""
    command = [sys.executable, "-m", "archive", "--archive", str(place.data), "health", "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    told = json.loads(done.stdout)["portals"]
    return done.returncode, sorted(
        {(each["portal"], one["what"], one["runs"]) for each in told for one in each["alarms"]}
    )


def test_a_night_with_a_dead_host_is_no_red_unit(tmp_path: Path) -> None:
    place = Place(tmp_path)
    unit = (ROOT / "docs/province-archive.service").read_text(encoding="utf-8")
    ordinary = {0, *map(int, re.findall(r"\d+", re.search(r"^SuccessExitStatus=(.*)$", unit, re.MULTILINE)[1]))}  # type: ignore[index]
    with socket.socket() as closed, Served(Stories(5)) as server:
        closed.bind(("127.0.0.1", 0))  # and nobody listens
        place.form("{}:{}".format(*closed.getsockname()), slug="dead")
        place.form(server.host, slug="well")
        statuses, told = [], []
        for _ in range(2):
            statuses.append(place.crawl(portal="dead,well").status)
            told.append(health(place))
    assert set(statuses) <= ordinary
    assert len(place.items("well")) == 5
    # news on the first night, known on the second
    assert [status for status, _ in told] == [3, 0]
    assert {(portal, what) for _, alarms in told for portal, what, _ in alarms} == {
        ("dead", "verdict"), ("dead", "failure"),
    }  # fmt: skip
