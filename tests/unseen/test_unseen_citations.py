"""Holds the citation reader to what it scores on the unseen sets; floors are raised by a commit, never lowered."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest


def _scorer() -> ModuleType:
    path = Path(__file__).with_name("score_citations.py")
    spec = importlib.util.spec_from_file_location("score_citations", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


# Measures that may not fall below, and those that may not rise above.
FLOORS = {
    "citations": {
        "f1": 0.99, "strict_spans": 0.99, "type": 0.995, "date": 0.995, "issuer_text": 0.98, "level": 0.97,
        "relation": 0.97, "ties_recall": 0.95, "ties_precision": 0.95, "cid_right": 0.97,
    },
    "citations_fresh": {
        "f1": 0.99, "strict_spans": 0.99, "type": 0.99, "date": 0.99, "issuer_text": 0.96, "level": 0.97,
        "relation": 0.98, "ties_recall": 0.94, "ties_precision": 0.95, "cid_right": 0.98,
    },
    "citations_last": {
        "f1": 0.98, "strict_spans": 0.98, "type": 0.98, "date": 0.98, "issuer_text": 0.96, "level": 0.96,
        "relation": 0.97, "ties_recall": 1.0, "ties_precision": 1.0, "cid_right": 0.98,
    },
    "citations_blind": {
        "f1": 0.995, "strict_spans": 0.995, "type": 0.995, "date": 0.99, "issuer_text": 0.99, "level": 0.99,
        "relation": 0.985, "ties_recall": 1.0, "ties_precision": 1.0, "cid_right": 0.99,
    },
}  # fmt: skip
CEILINGS = {"false_per_70_negatives": 1.0, "false_per_100k_words": 1.0, "cid_wrong": 0.005, "cid_where_none": 0.0}


@pytest.mark.parametrize("name", FLOORS)
def test_unseen(name: str) -> None:
    scorer = _scorer()
    kept = scorer.tally(scorer.load(name))
    measured = scorer.scores(kept)
    worse = {each: measured[each] for each, floor in FLOORS[name].items() if measured[each] < floor}
    worse |= {each: measured[each] for each, ceiling in CEILINGS.items() if measured[each] > ceiling}
    assert not worse, "\n".join(kept.misses)
