"""What the unseen pages are read as may not fall below what it was once; raising a floor is a commit of its own."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

HERE = Path(__file__).parent
# Shares of score_pages.py over a whole set: these, or all (body: 0.99) where nothing is said.
AT_LEAST: dict[str, dict[str, float]] = {
    "": {},
    "blind": {},
    "third": {"title": 0.98, "paragraphs": 0.96},
    "fourth": {"paragraphs": 0.97, "reason": 0.91},
    "fifth": {"authors": 0.97, "body": 0.96, "paragraphs": 0.93, "kind": 0.97, "reason": 0.92},
    "sixth": {
        "minute": 0.97, "title": 0.97, "paragraphs": 0.95,
    },
    "seventh": {"title": 0.97, "authors": 0.97, "lead": 0.96, "paragraphs": 0.88},
    "eighth": {"day": 0.97, "minute": 0.97, "title": 0.97, "paragraphs": 0.92, "reason": 0.88},
    "ninth": {
        "title": 0.97, "authors": 0.97, "source": 0.96, "lead": 0.95, "body": 0.97, "paragraphs": 0.9, "files": 0.95,
        "kind": 0.97, "reason": 0.9,
    },
    "tenth": {
        "day": 0.94, "minute": 0.96, "title": 0.95, "authors": 0.86, "source": 0.97,
        "lead": 0.94, "body": 0.96, "paragraphs": 0.81,
        "files": 0.97, "kind": 0.97, "reason": 0.93,
    },
    "eleventh": {"day": 0.97, "authors": 0.97, "lead": 0.97, "paragraphs": 0.92, "reason": 0.87},
    "twelfth": {"authors": 0.89, "paragraphs": 0.85},
}  # fmt: skip
RIGHT = ("day", "minute", "title", "authors", "source", "lead", "body", "paragraphs", "files", "kind", "reason")
# And at most this, or none.
AT_MOST: dict[str, dict[str, float]] = {"ninth": {"refused": 0.03}, "tenth": {"refused": 0.03}}
WRONG = ("day wrong", "clock made up", "refused", "false article")


def _scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_pages", HERE / "score_pages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("folder", AT_LEAST)
def test_shares_keep_their_floors(folder: str) -> None:
    scorer = _scorer()
    shares = scorer.shares(scorer.scores("all", folder))
    floors = {name: AT_LEAST[folder].get(name, 0.99 if name == "body" else 1.0) for name in RIGHT}
    below = {name: shares[name] for name, floor in floors.items() if shares[name] < floor}
    above = {name: shares[name] for name in WRONG if shares[name] > AT_MOST.get(folder, {}).get(name, 0.0)}
    assert (below, above) == ({}, {})
