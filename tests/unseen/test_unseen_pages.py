"""What the unseen pages are read as may not fall below what it was once; raising a floor is a commit of its own."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

HERE = Path(__file__).parent
# Shares of score_pages.py: at least this on the half that rules were mended by, on the half opened since, on the newer
# set's pages of odd number, and on those of even number, which nobody who mends a rule has looked at.
AT_LEAST = {
    "day": (1.0, 1.0, 1.0, 0.88),
    "minute": (1.0, 1.0, 1.0, 0.90),
    "title": (1.0, 1.0, 1.0, 1.0),
    "authors": (1.0, 1.0, 1.0, 0.91),
    "source": (1.0, 1.0, 1.0, 0.92),
    "lead": (1.0, 1.0, 1.0, 1.0),
    "body": (0.99, 0.99, 0.99, 0.98),
    "paragraphs": (1.0, 1.0, 1.0, 0.92),
    "files": (1.0, 1.0, 1.0, 1.0),
    "kind": (1.0, 1.0, 1.0, 1.0),
    "reason": (1.0, 1.0, 1.0, 0.81),
}
# And at most this.
AT_MOST = {
    "day wrong": (0.0, 0.0, 0.0, 0.0),
    "clock made up": (0.0, 0.0, 0.0, 0.0),
    "refused": (0.0, 0.0, 0.0, 0.0),
    "false article": (0.0, 0.0, 0.0, 0.07),
}


def _scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_pages", HERE / "score_pages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


SETS = [("odd", ""), ("even", ""), ("odd", "blind"), ("even", "blind")]


@pytest.mark.parametrize(("half", "folder"), SETS)
def test_shares_keep_their_floors(half: str, folder: str) -> None:
    scorer = _scorer()
    shares = scorer.shares(scorer.scores(half, folder))
    place = SETS.index((half, folder))
    below = {name: shares[name] for name, floors in AT_LEAST.items() if shares[name] < floors[place]}
    above = {name: shares[name] for name, floors in AT_MOST.items() if shares[name] > floors[place]}
    assert (below, above) == ({}, {})
