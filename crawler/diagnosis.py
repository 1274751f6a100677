"""What a run's numbers say of the portal and of the network: drift against the form, and unreachable from here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from archive.schema import Article
from crawler.portal import Expect

ENOUGH = 10  # articles read, before the share of a filled field says anything
REBUILT = 3  # articles on which the form's selectors named nothing, before that says something of the site
HOSTS = 3  # portals' own hosts asked, before their silence says something of this machine's network


def count_filled(tally: Counter[str], article: Article) -> None:
    """Count the fields of an article that was read, for `drift` and the report's fill rates."""
    tally["read"] += 1
    tally["layout_missed"] += "layout_missed" in article.flags
    filled = {
        "title": article.title, "posted": article.posted_on, "authors": article.authors, "source": article.source,
        "body": article.body, "lead": article.lead, "section": article.section, "attachments": article.attachments,
        "images": article.images, "cited_documents": article.cited_documents,
    }  # fmt: skip
    tally.update(f"filled.{name}" for name, value in filled.items() if value)


def fill_rates(tally: Counter[str]) -> dict[str, float]:
    """Share of the articles read in which each field was filled."""
    names = sorted(name for name in tally if name.startswith("filled."))
    return {name.partition(".")[2]: round(tally[name] / tally["read"], 3) for name in names}


def drift(expect: Expect, tally: Counter[str], *, whole: bool) -> list[dict[str, Any]]:
    """Where a run stayed below what the form expects; `whole`: it ended by itself, so that its articles count.

    Articles are those it met: read, unchanged, or known and named by a list; a list that is unchanged names none anew.
    """
    found: list[dict[str, Any]] = []
    met = sum(tally[f"article.{name}"] for name in ("new", "changed", "unchanged", "listed"))
    if whole and expect.articles_per_run is not None and not tally["list.unchanged"] and met < expect.articles_per_run:
        found.append({"of": "articles_per_run", "expected": expect.articles_per_run, "found": met})
    if tally["layout_missed"] >= REBUILT and 2 * tally["layout_missed"] > tally["read"]:
        why = "articles have nothing that the form's selectors name: has the site been redesigned?"
        still = tally["read"] - tally["layout_missed"]
        found.append({"of": "layout", "expected": tally["read"], "found": still, "why": why})
    if tally["read"] >= ENOUGH:
        rates = fill_rates(tally)
        for name, share in expect.filled.items():
            if rates.get(name, 0.0) < share:
                found.append({"of": name, "expected": share, "found": rates.get(name, 0.0)})
    return found


def unreachable(connected: Iterable[bool | None]) -> bool:
    """Whether most portals could not be connected to at once: then the network here is the likelier cause.

    One value per portal asked: whether its first host was ever connected to, None where it was not tried.
    """
    tried = [each for each in connected if each is not None]
    return len(tried) >= HOSTS and 2 * tried.count(False) > len(tried)
