"""A few portals at once for a moment; 34 for a minute with `python tests/faults/many.py`."""

from __future__ import annotations

from pathlib import Path

from many import many


def test_every_host_gets_its_turn_and_its_pause(tmp_path: Path) -> None:
    rate = many(tmp_path, 8, 4.0, delay=0.3, articles=60)
    assert rate.damages == []
    assert rate.status == 5
    assert rate.memory < 150
    assert min(rate.gaps) >= 0.3 - 0.1  # a busy machine notes a request later than it came
    assert max(rate.counts) - min(rate.counts) <= 2
