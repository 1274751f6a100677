"""What the unseen pages are read as may not fall below what it was once; raising a floor is a commit of its own."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

HERE = Path(__file__).parent
# Shares of score_pages.py: at least this on the half that rules were mended by, and on the half opened since.
AT_LEAST = {
    "day": (1.0, 1.0),
    "minute": (1.0, 1.0),
    "title": (1.0, 1.0),
    "authors": (1.0, 1.0),
    "source": (1.0, 1.0),
    "lead": (1.0, 1.0),
    "body": (0.99, 0.99),
    "paragraphs": (1.0, 1.0),
    "files": (1.0, 1.0),
    "kind": (1.0, 1.0),
    "reason": (1.0, 1.0),
}
# And at most this.
AT_MOST = {
    "day wrong": (0.0, 0.0),
    "clock made up": (0.0, 0.0),
    "refused": (0.0, 0.0),
    "false article": (0.0, 0.0),
}


def _scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_pages", HERE / "score_pages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("half", ["odd", "even"])
def test_shares_keep_their_floors(half: str) -> None:
    scorer = _scorer()
    shares = scorer.shares(scorer.scores(half))
    place = ("odd", "even").index(half)
    below = {name: shares[name] for name, floors in AT_LEAST.items() if shares[name] < floors[place]}
    above = {name: shares[name] for name, floors in AT_MOST.items() if shares[name] > floors[place]}
    assert (below, above) == ({}, {})
