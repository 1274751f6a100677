"""One run as the ledger knows it: what it asked for and what it found, every number by the question that lists it.

What a run counted while it ran stands in its report and stays there: the ledger alone can be asked for the items.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from archive.folder import PortalFolder
from archive.reader import Archive
from archive.sums import FILLED
from archive.views import ArchiveError
from archive.web.asked import Asked
from archive.web.behind import SCREENFUL, ways
from archive.web.hidden import hidden_keys
from archive.web.house import House
from archive.web.page import Page
from archive.web.reports import report

_LAST_PAGE = 10_000
_OF_RUNS = "run IN (SELECT value FROM json_each(:runs))"
_KINDS = ("home", "section", "list", "feed", "sitemap", "article", "attachment", "image", "requisite", "robots")


class UnknownRun(ArchiveError):
    """A run of which there is no report."""


@dataclass(frozen=True, slots=True)
class Sort:
    """Things of one sort that runs leave in a ledger: FROM and WHERE in SQL, columns to show, and what is counted.

    `counts`: by name the condition of what is counted; `hidden`: the condition of what is withheld. `beside`: a join
    without which the same things are found, left out where nothing of it is asked for.
    """

    source: str
    where: str
    hidden: str
    columns: dict[str, str]
    order: str
    counts: dict[str, str]
    beside: str = ""

    def found(self, *asked: str) -> str:
        """FROM and WHERE of what these expressions speak of."""
        joined = self.beside if any(map(_OF_BESIDE.search, asked)) else ""
        return f"{self.source} {joined} WHERE {self.where}"


_OF_BESIDE = re.compile(r"\b[ar]\.")


_ASKED = Sort(
    "snapshots AS x",
    f"x.{_OF_RUNS}",
    "x.key IN (SELECT value FROM json_each(:away))",
    {name: f"x.{name}" for name in ("date", "url", "kind", "status", "media_type", "error", "record_id")},
    "x.id",
    {
        "requests": "TRUE",
        **{f"asked.{kind}": f"a.kind = '{kind}'" for kind in _KINDS},
        "answered": "x.status IS NOT NULL",
        "whole": "x.status = 200",
        "not_modified": "x.status = 304",
        "redirected": "x.status BETWEEN 300 AND 399 AND x.status <> 304",
        "not_found": "x.status IN (404, 410)",
        "denied": "x.status BETWEEN 400 AND 499 AND x.status NOT IN (404, 410)",
        "server_error": "x.status >= 500",
        "unanswered": "x.status IS NULL",
    },
    beside="LEFT JOIN addresses AS a ON a.key = x.key",
)
_ITEM = {
    "id": "r.article", "title": "json_extract(r.item, '$.title')", "posted_on": "json_extract(r.item, '$.posted_on')",
}  # fmt: skip
_DARK = "(NOT shown(r.item) OR r.article IN (SELECT value FROM json_each(:dark)))"
_HAPPENED = Sort(
    "(SELECT s.run AS run, r.serial AS serial, r.cause AS what FROM revisions AS r"
    f" JOIN snapshots AS s ON s.id = r.snapshot WHERE s.{_OF_RUNS}"
    " UNION ALL SELECT run, (SELECT max(serial) FROM revisions WHERE article = events.article), event"
    f" FROM events WHERE {_OF_RUNS}) AS x",
    "x.serial IS NOT NULL",
    _DARK,
    _ITEM,
    "r.serial",
    {
        "new": "x.what = 'new'",
        "edited": "x.what = 'page'",
        **{event: f"x.what = '{event}'" for event in ("missing", "found", "gone", "back")},
    },
    beside="JOIN revisions AS r ON r.serial = x.serial",
)
# What an article states, in the newest reading of what was captured by then. One that was missed has a page no more,
# whatever answers at its address.
_READ = Sort(
    "(SELECT s.run AS run, a.article AS article, max(s.id) AS last, max(s.status = 200) AS whole FROM snapshots AS s"
    f" JOIN addresses AS a ON a.key = s.key WHERE s.{_OF_RUNS} AND a.article IS NOT NULL AND s.status IN (200, 304)"
    " GROUP BY s.run, a.article) AS x JOIN revisions AS r ON r.serial ="
    " (SELECT max(serial) FROM revisions WHERE article = x.article AND coalesce(snapshot, 0) <= x.last)",
    "coalesce((SELECT event FROM events WHERE article = x.article AND run <= x.run"
    " ORDER BY serial DESC LIMIT 1), '') NOT IN ('missing', 'gone')",
    _DARK,
    _ITEM,
    "r.serial",
    {
        "read": "x.whole",
        "unchanged": "NOT EXISTS (SELECT 1 FROM revisions AS n JOIN snapshots AS s ON s.id = n.snapshot"
        " WHERE n.article = x.article AND n.cause IN ('new', 'page') AND s.run = x.run)",
        **{
            f"stating.{name}": f"x.whole AND {test}"
            for name, test in {**FILLED, "images": "json_array_length(item, '$.images') > 0"}.items()
        },
    },
)
_LED_TO = Sort(
    f"(SELECT DISTINCT run, key, 'answered' AS what FROM snapshots WHERE {_OF_RUNS} AND status = 200"
    f" UNION ALL SELECT run, key, 'asked' FROM addresses WHERE {_OF_RUNS}) AS x"
    " JOIN addresses AS a ON a.key = x.key",
    "TRUE",
    "a.key IN (SELECT value FROM json_each(:away))",
    {name: f"a.{name}" for name in ("url", "state", "reason", "status", "checked_at", "article")},
    "a.id",
    {
        "no_article": "x.what = 'answered' AND a.kind = 'article' AND a.article IS NULL AND a.state = 'done'",
        "failed": "x.what = 'asked' AND a.state = 'failed'",
        "refused": "x.what = 'asked' AND a.state = 'refused'",
    },
)
SORTS = {"exchanges": _ASKED, "happened": _HAPPENED, "articles": _READ, "addresses": _LED_TO}
COUNTED = tuple(name for sort in SORTS.values() for name in sort.counts)
STATING = tuple(name for name in _READ.counts if name.startswith("stating."))


def run(house: House, asked: Asked, slug: str, name: str) -> Page:
    """One run: its numbers, what failed, and the things that one of the numbers counts."""
    asked.only("page", "what")
    number = asked.number("page", 1, 1, _LAST_PAGE)
    what = asked.one_of("what", COUNTED)
    archive = house.archive()
    view, folder = archive.portal(slug), archive.folder(slug)
    path = next((each for each in folder.paths.runs.glob("*.json") if each.stem == name), None)
    if path is None:
        raise UnknownRun(f"{slug}: no run {name!r}; allowed: one that the portal's page names")
    rows, total, withheld = _listed(house, folder, name, what, number)
    data = {
        "portal": view, "run": report(house, folder, path),
        "counted": counted(house, folder, (name,), COUNTED)[name], "what": what,
        "listed": rows, "total": total, "withheld": withheld, "page_number": number,
    }  # fmt: skip
    sort = next(each for each, of in SORTS.items() if what in of.counts)
    return Page("run.html", data, {"sort": sort, **ways(asked, number, total)})


def counted(
    house: House, folder: PortalFolder, runs: Iterable[str], names: tuple[str, ...]
) -> dict[str, dict[str, int]]:
    """By run, how many there are of each; raises LedgerError."""
    asked = tuple(runs)
    return house.recall(("counted", folder.slug, asked, names), lambda: _counted(house, folder, asked, names))


def _counted(house: House, folder: PortalFolder, runs: tuple[str, ...], names: tuple[str, ...]) -> Any:
    found: dict[str, dict[str, int]] = {run: dict.fromkeys(names, 0) for run in runs}
    values = _values(house, folder, runs)
    for sort in SORTS.values():
        wanted = {name: test for name, test in sort.counts.items() if name in names}
        if not wanted:
            continue
        sums = ", ".join(f"coalesce(sum({test}), 0)" for test in wanted.values())
        hidden = _hidden(house, folder, sort)
        for run, *counts in folder.rows(
            f"SELECT x.run, {sums} FROM {sort.found(sums, hidden)} AND NOT {hidden} GROUP BY x.run", values
        ):
            found[run].update(zip(wanted, counts, strict=True))
    return found


def _listed(
    house: House, folder: PortalFolder, name: str, what: str, number: int
) -> tuple[list[dict[str, Any]], int, int]:
    """A page of what one number counts, how many are shown in all, and how many are withheld."""
    sort = next(each for each in SORTS.values() if what in each.counts)
    values = {**_values(house, folder, (name,)), "n": SCREENFUL, "from": (number - 1) * SCREENFUL}
    hidden, columns = _hidden(house, folder, sort), ", ".join(sort.columns.values())
    among = f"FROM {sort.found(sort.counts[what], hidden, columns)} AND {sort.counts[what]}"
    ((total, withheld),) = folder.rows(
        f"SELECT coalesce(sum(NOT {hidden}), 0), coalesce(sum({hidden}), 0) {among}", values
    )
    rows = folder.rows(
        f"SELECT {columns} {among} AND NOT {hidden} ORDER BY {sort.order} LIMIT :n OFFSET :from",
        values,
    )
    return [dict(zip(sort.columns, row, strict=True)) for row in rows], total, withheld


def _hidden(house: House, folder: PortalFolder, sort: Sort) -> str:
    return sort.hidden if house.archive().rules or house.recall(("erased", folder.slug), folder.erased) else "FALSE"


def _values(house: House, folder: PortalFolder, runs: tuple[str, ...]) -> dict[str, Any]:
    archive = house.archive()
    dark = house.recall(("dark", folder.slug), lambda: _dark(archive, folder))
    away = sorted(hidden_keys(house, archive, folder))
    return {"runs": json.dumps(runs), "away": json.dumps(away), "dark": json.dumps(dark)}


def _dark(archive: Archive, folder: PortalFolder) -> list[str]:
    """The articles whose newest reading is not shown: no earlier one is shown of them either."""
    if not archive.rules:  # of what was erased every reading is
        return []
    rows = folder.rows(
        "SELECT article FROM revisions WHERE serial IN (SELECT max(serial) FROM revisions GROUP BY article)"
        " AND NOT shown(item)"
    )
    return [article for (article,) in rows]
