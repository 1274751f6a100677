"""How the portals of an archive do: days since the newest article, drift, and what fails that nobody was told of.

Read from runs/*.json and the ledgers. What was told stays quiet until it is so for the third run in a row: an alarm
that rings every night is not heard. What was not told is told when somebody asks, however many runs later.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from archive.folder import PortalFolder
from archive.research.told import NEVER, Alarm, Told, What
from archive.schema import VIETNAM, stamp
from archive.storage.away import away, cut
from archive.storage.paths import PortalPaths

AGAIN = 3  # failing runs in a row, after which a failure is told once more
BAD = ("failures", "nothing", "disk", "damage", "interrupted", "defect", "locked")


@dataclass(frozen=True, slots=True)
class Health:
    """One portal: its last run, what it holds that is newest, and what is wrong.

    `newest_captured`: the day of the newest first capture, where no article has a posting day to go by.
    `runs_ahead`: runs that began after now, under a wrong clock; they are left out of all else.
    """

    portal: str
    runs: int
    runs_ahead: int
    run: str | None
    last_run: str | None
    verdict: str | None
    newest_posted: str | None
    newest_captured: str | None
    days_since_newest: int | None
    articles: int
    new_in_last_run: int
    offline: int  # WARC files that the ledger names and that are kept elsewhere
    missing: int  # WARC files that are not there while others are
    cut: int  # WARC files that end before the last record put into them
    alarms: tuple[Alarm, ...]

    @property
    def news(self) -> tuple[Alarm, ...]:
        """What a person should hear of."""
        return tuple(alarm for alarm in self.alarms if alarm.news)

    @property
    def newest(self) -> str | None:
        """The day by which a portal is silent."""
        return self.newest_posted or self.newest_captured

    @property
    def wrong(self) -> tuple[Alarm, ...]:
        """What is so now."""
        return tuple(alarm for alarm in self.alarms if not alarm.over)


def health(folder: PortalFolder, now: datetime, *, silent_after: int | None = None, told: Told = NEVER) -> Health:
    """How a portal does. `silent_after`: days without a new article that are an alarm. Raises LedgerError."""
    found = reports(folder.paths)
    runs = [run for run in found if str(run.get("started") or "") <= stamp(now)]
    today = now.astimezone(VIETNAM).date()
    posted, captured, articles = _newest(folder, today)
    newest = posted or captured
    days = (today - date.fromisoformat(newest)).days if newest else None
    alarms = list(_alarms(runs, told))
    if silent_after is not None and newest and days is not None and days > silent_after:
        silent = f"newest article {'of' if posted else 'captured on'} {newest}"
        alarms.append(told.weighed(Alarm("silent", silent, days, newest), silent_after + 1))
    last = runs[-1] if runs else {}
    gone: Counter[What] = Counter(each.state for each in away(folder.paths, folder.rows))
    gone["cut"] = len(cut(folder.paths, folder.rows))
    for state, count in (+gone).items():
        alarms.append(told.weighed(Alarm(state, f"{count} WARC file{'s' * (count > 1)}", 1, ""), AGAIN))
    return Health(
        portal=folder.slug,
        runs=len(runs),
        runs_ahead=len(found) - len(runs),
        run=_name(last) if runs else None,
        last_run=last.get("ended") or last.get("started"),
        verdict=last.get("verdict"),
        newest_posted=posted,
        newest_captured=None if posted else captured,
        days_since_newest=days,
        articles=articles,
        new_in_last_run=_new_in(folder, _name(last)) if last else 0,
        offline=gone["offline"],
        missing=gone["missing"],
        cut=gone["cut"],
        alarms=tuple(alarms),
    )


def _newest(folder: PortalFolder, today: date) -> tuple[str | None, str | None, int]:
    """The newest posting day, the newest day of a first capture, in Vietnam's time, and how many articles are shown.

    Days after today say nothing of today. A portal whose articles print no day can be silent too.
    """
    posted, captured, articles = next(
        folder.rows(
            "WITH held AS (SELECT max(serial) AS serial, date(min(json_extract(item, '$.fetched_at')), '+7 hours') AS"
            " captured FROM revisions GROUP BY article), days AS (SELECT captured, json_extract(item, '$.posted_on') AS"
            " posted FROM held JOIN revisions USING (serial) WHERE shown(item))"
            " SELECT max(posted) FILTER (WHERE posted <= :today), max(captured) FILTER (WHERE captured <= :today),"
            " count(*) FROM days",
            {"today": today.isoformat()},
        )
    )
    return posted, captured, articles


def _new_in(folder: PortalFolder, run: str) -> int:
    """How many of the articles shown a run was the first to read."""
    ((new,),) = folder.rows(
        "SELECT count(*) FROM revisions AS r JOIN snapshots AS s ON s.id = r.snapshot"
        " WHERE s.run = ? AND r.cause = 'new' AND shown(r.item)",
        (run,),
    )
    return int(new)


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


def _alarms(runs: list[dict[str, Any]], told: Told) -> Iterator[Alarm]:
    """What the last run has, then what runs had that nobody asked after and that is over, where it was not told."""
    wrong = [dict.fromkeys(_wrong(run)) for run in runs]
    last = len(runs) - 1
    if not runs:
        return
    seen: set[tuple[What, str]] = set()
    for end in range(last, _asked(runs, told), -1):
        for each in wrong[end]:
            if each in seen:
                continue
            seen.add(each)
            begin = end
            while begin and each in wrong[begin - 1]:
                begin -= 1
            alarm = told.weighed(Alarm(*each, end - begin + 1, _name(runs[begin])), AGAIN)
            if end == last:
                yield alarm
            elif alarm.news:
                yield replace(alarm, over=True)


def _asked(runs: list[dict[str, Any]], told: Told) -> int:
    """The place of the run before the first to tell of; where that is not known, only the last is told of."""
    places = [place for place, run in enumerate(runs) if _name(run) == told.run]
    return min(places[-1], len(runs) - 2) if places else len(runs) - 2


def _name(run: dict[str, Any]) -> str:
    return str(run.get("run") or run.get("started"))


def _wrong(run: dict[str, Any]) -> list[tuple[What, str]]:
    found: list[tuple[What, str]] = []
    verdict = run.get("verdict")
    if verdict in BAD:
        found.append(("verdict", str(verdict)))
    found += [("drift", _drift(each)) for each in run.get("drift") or []]
    found += [("failure", detail) for detail in dict.fromkeys(map(_failure, run.get("failures") or []))]
    return found


def _drift(drift: Any) -> str:
    """What stayed below what the form expects, without the numbers, which differ from run to run."""
    return str(drift.get("why") or drift.get("of")) if isinstance(drift, dict) else str(drift)


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
    (
        "days_since_newest",
        "Days since the newest article was posted; where none has a day, captured.",
        lambda each: each.days_since_newest,
    ),
    ("articles", "Articles held and shown.", lambda each: each.articles),
    ("new_articles", "New articles in the last run.", lambda each: each.new_in_last_run),
    ("last_run_done", "1 where the last run was done without failures.", lambda each: int(each.verdict == "done")),
    ("warcs_offline", "WARC files kept elsewhere.", lambda each: each.offline),
    ("warcs_missing", "WARC files not there while others are.", lambda each: each.missing),
    ("warcs_cut", "WARC files that end before the last record put into them.", lambda each: each.cut),
    ("alarms", "Things wrong in the last run.", lambda each: len(each.wrong)),
    (
        "new_alarms",
        "Things not told yet, or not for the third run.",
        lambda each: len(each.news),
    ),
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
