"""The hostile portal without its slowest answers; all of it with `python tests/faults/hostile.py`."""

from __future__ import annotations

from pathlib import Path

from hostile import SLOW, crawl
from threats import THREATS

LATER = (
    *SLOW,
    "bom-deflate",
    "bom-kep",
    "bom-nhieu-khuc",
    "vo-tan",
    "rong-lon",
    "dai-qua",
    "khuc-khong-lo",
    "khuc-cut",
    "mot-nut",
    "day-doan",
    "day-o",
    "day-lien-ket",
    "thuc-the",
)


def test_the_hostile_portal(tmp_path: Path) -> None:
    threats = [each for each in THREATS if each.name not in LATER]
    seen = crawl(tmp_path, threats, "-s", "CAPTURE_DEADLINE=1", timeout=90)
    assert seen.threats >= 60
    assert seen.reached == []
    assert seen.false == []
    assert seen.missing == []
    assert seen.due == []
    assert {name for name, (taken, may) in seen.robots.items() if taken != may} == set()
    assert (seen.damages, seen.raw, seen.strange) == ([], [], [])
    assert "Traceback" not in seen.ended.err
    assert seen.ended.status == 4  # of the portals whose robots.txt shuts them nothing was fetched
    assert seen.ended.memory < 300
    assert seen.longest < 10
    assert seen.requests["/cam"] == 0
    assert {(trap["kind"], trap["section"]) for trap in seen.report["traps"]} == {
        ("50 list pages without an article", "Lịch"), ("address that grows", "Lặp"),
    }  # fmt: skip
