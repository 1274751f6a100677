"""How the portals of an archive do: days since the newest article, drift, and what fails newly or again and again.

Read from runs/*.json and the ledgers. What failed in the run before too is known and stays quiet until it has failed
three times in a row: an alarm that rings every night is not heard.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from archive.folder import PortalFolder
from archive.storage.paths import PortalPaths

AGAIN = 3  # failing runs in a row, after which a failure is told once more
BAD = ("failures", "nothing", "disk", "damage", "interrupted", "defect", "locked")


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something to look at; `news`: it was not so in the run before, or is so for the third run."""

    what: Literal["verdict", "drift", "failure", "silent"]
    detail: str
    runs: int
    news: bool


@dataclass(frozen=True, slots=True)
class Health:
    """One portal: its last run, what it holds that is newest, and what is wrong."""

    portal: str
    runs: int
    last_run: str | None
    verdict: str | None
    newest_posted: str | None
    days_since_newest: int | None
    articles: int
    new_in_last_run: int
    alarms: tuple[Alarm, ...]

    @property
    def news(self) -> tuple[Alarm, ...]:
        """What a person should hear of."""
        return tuple(alarm for alarm in self.alarms if alarm.news)


def health(folder: PortalFolder, today: date, *, silent_after: int | None = None) -> Health:
    """How a portal does. `silent_after`: days without a new article that are an alarm. Raises LedgerError."""
    runs = reports(folder.paths)
    newest, articles = next(
        folder.rows(
            "SELECT max(json_extract(item, '$.posted_on')), count(DISTINCT article) FROM revisions"
            " WHERE json_extract(item, '$.posted_on') <= ?",
            (today.isoformat(),),  # a page dated in the future says nothing of today
        )
    )
    days = (today - date.fromisoformat(newest)).days if newest else None
    alarms = list(_alarms(runs))
    if silent_after is not None and days is not None and days > silent_after:
        alarms.append(Alarm("silent", f"newest article of {newest}", len(runs), days == silent_after + 1))
    last = runs[-1] if runs else {}
    return Health(
        portal=folder.slug,
        runs=len(runs),
        last_run=last.get("ended") or last.get("started"),
        verdict=last.get("verdict"),
        newest_posted=newest,
        days_since_newest=days,
        articles=articles,
        new_in_last_run=_number(last, "article.new"),
        alarms=tuple(alarms),
    )


def reports(paths: PortalPaths) -> list[dict[str, Any]]:
    """The reports of a portal's runs, oldest first; one that cannot be read is left out."""
    found = []
    for path in sorted(paths.runs.glob("*.json")) if paths.runs.is_dir() else ():
        try:
            report = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue
        if isinstance(report, dict):
            found.append(report)
    return sorted(found, key=lambda report: str(report.get("started") or ""))


def _alarms(runs: list[dict[str, Any]]) -> Iterator[Alarm]:
    """What the last run has, each with the number of runs in a row that have it."""
    if not runs:
        return
    for what, detail in _wrong(runs[-1]):
        row = 0
        for run in reversed(runs):
            if (what, detail) not in _wrong(run):
                break
            row += 1
        yield Alarm(what, detail, row, row == 1 or row == AGAIN)


def _wrong(run: dict[str, Any]) -> list[tuple[Literal["verdict", "drift", "failure"], str]]:
    found: list[tuple[Literal["verdict", "drift", "failure"], str]] = []
    verdict = run.get("verdict")
    if verdict in BAD:
        found.append(("verdict", str(verdict)))
    found += [("drift", _drift(each)) for each in run.get("drift") or []]
    found += [("failure", detail) for detail in dict.fromkeys(map(_failure, run.get("failures") or []))]
    return found


def _drift(drift: Any) -> str:
    """What stayed below what the form expects, without the numbers, which differ from run to run."""
    return str(drift.get("of")) if isinstance(drift, dict) else str(drift)


def _failure(failure: Any) -> str:
    """What failed, without what differs from run to run."""
    if isinstance(failure, dict):
        return " ".join(str(failure[name]) for name in ("reason", "url") if failure.get(name))
    return str(failure)


def gaps(paths: PortalPaths) -> Iterator[dict[str, Any]]:
    """The runs that did not get everything, for those who count articles."""
    for run in reports(paths):
        failures, left = len(run.get("failures") or ()), _number(run, "left")
        if failures or left or run.get("verdict") != "done":
            yield {
                "portal": paths.slug, "run": run.get("run"), "started": run.get("started"),
                "verdict": run.get("verdict"), "failures": failures, "left": left,
            }  # fmt: skip


def _number(run: dict[str, Any], name: str) -> int:
    counts = run.get("counts")
    value = counts.get(name) if isinstance(counts, dict) else None
    return value if isinstance(value, int) else 0


_METRICS = (
    ("days_since_newest", "Days since the newest article was posted.", lambda each: each.days_since_newest),
    ("articles", "Articles held.", lambda each: each.articles),
    ("new_articles", "New articles in the last run.", lambda each: each.new_in_last_run),
    ("last_run_done", "1 where the last run was done without failures.", lambda each: int(each.verdict == "done")),
    ("alarms", "Things wrong in the last run.", lambda each: len(each.alarms)),
    ("new_alarms", "Things wrong newly, or for the third run.", lambda each: len(each.news)),
)


def prometheus(portals: list[Health]) -> str:
    """The same in Prometheus' text format, for the node exporter's textfile collector."""
    lines = []
    for name, said, value in _METRICS:
        lines += [f"# HELP archive_{name} {said}", f"# TYPE archive_{name} gauge"]
        lines += [
            f'archive_{name}{{portal="{each.portal}"}} {value(each)}' for each in portals if value(each) is not None
        ]
    return "\n".join(lines) + "\n"
