"""Every number of stats, health and usage is the length of what another verb lists, whatever is withheld."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Tell = Callable[..., tuple[int, str, str]]
RULES = [None, ("--person", "Thái Ninh"), ("--id", "kon-tum/8179c6d9c6357097"), ("--portal", "kon-tum")]


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_sums_are_the_lengths_of_lists(folder: Path, tell: Tell, rule: tuple[str, str] | None) -> None:
    if rule:
        tell("withhold", *rule, "--reason", "r", "--by", "b")
    for slug in ("kon-tum", "quang-ngai"):
        path = folder / "portals" / slug / "runs" / "run-1.json"
        path.parent.mkdir(exist_ok=True)
        path.write_text('{"run": "run-1", "started": "2026-11-23T08:00:00Z", "counts": {"article.new": 99}}')

    def told(*words: str) -> Any:
        return json.loads(tell(*words, "--json")[1])

    items = [json.loads(line) for line in tell("list", "--json")[1].splitlines()]
    changes = [
        json.loads(line)
        for line in tell("changes", "--what", "new,gone", "--since", "2026-01-01", "--json")[1].splitlines()
    ]
    stats = {each["portal"]: each for each in told("stats")["portals"]}
    for slug, sums in stats.items():
        here = [item for item in items if item["portal"] == slug]
        cited = [each for item in here for each in item["cited_documents"]]
        assert {name: sums[name] for name in ("articles", "revisions", "gone", "citations", "documents")} == {
            "articles": len(here),
            "revisions": sum(len(told("history", item["id"])["revisions"]) for item in here),
            "gone": sum(each["what"] == "gone" and each["portal"] == slug for each in changes),
            "citations": len(cited),
            "documents": len({each["cid"] or each["norm"] for each in cited}),
        }
        shares = {name: round((share or 0) * len(here)) for name, share in sums["filled"].items()}
        stated = {"posted": "posted_on", "posted time": "posted_at"}
        assert shares == {name: sum(bool(item[stated.get(name, name)]) for item in here) for name in shares}
    for each in told("health")["portals"]:
        here = [item for item in items if item["portal"] == each["portal"]]
        new = [change for change in changes if change["what"] == "new" and change["portal"] == each["portal"]]
        assert (each["articles"], each["new_in_last_run"]) == (len(here), len(new)), each
    assert set(stats) <= {"kon-tum", "quang-ngai"}


def test_usage_sums_up_its_articles(tell: Tell) -> None:
    years = json.loads(tell("usage", "--json")[1])["years"]
    articles = json.loads(tell("usage", "--articles", "--json")[1])["articles"]
    assert sum(each["articles"] for each in years) == len(articles)
    assert all(
        each["total"] == sum(each[name] for name in ("pages", "rechecks", "images", "attachments")) for each in years
    )
