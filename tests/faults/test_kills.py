"""A few kills and power cuts in every run of the tests; a hundred with `python tests/faults/kills.py`."""

from __future__ import annotations

from pathlib import Path

import pytest
from kills import kill


@pytest.mark.parametrize("power", [False, True], ids=["kill", "power cut"])
def test_nothing_acknowledged_is_lost(tmp_path: Path, power: bool) -> None:
    tally = kill(2, 80, power=power, seed=7, longest=1.0, root=tmp_path)
    assert tally.sound, tally.rows()
    assert tally.kills >= 2
    assert tally.acknowledged > 0
