"""What `archive health` has told of each portal, kept so that nothing is told every night and nothing is never told."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Literal

from archive.storage.disk import put_whole

What = Literal["verdict", "drift", "failure", "silent", "offline", "missing", "cut"]


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something to look at.

    `runs`: how many in a row had it; of "silent", days; of WARCs that are not there or cut always 1. `news`: it was not
    told, or only before it was so for the third run. `since`: the first of those runs; of "silent", the newest
    article's day. `over`: the last run no longer had it.
    """

    what: What
    detail: str
    runs: int
    since: str
    news: bool = False
    over: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What was told of a portal, each as it was when told, and its last run then; None: nobody asked yet."""

    run: str | None = None
    alarms: tuple[Alarm, ...] = ()

    def of(self, alarm: Alarm) -> Alarm | None:
        """The same as it was told; None: it was not. What ended and began again is another."""
        same = (alarm.what, alarm.detail, alarm.since)
        return next((each for each in self.alarms if (each.what, each.detail, each.since) == same), None)

    def weighed(self, alarm: Alarm, least: int) -> Alarm:
        """The alarm; it is news where it was not told, or only before it had lasted for `least` runs or days."""
        before = self.of(alarm)
        return replace(alarm, news=before is None or before.runs < least <= alarm.runs)

    def after(self, run: str | None, newest: str | None, alarms: tuple[Alarm, ...]) -> Told:
        """What was told once these alarms were, of a portal with that last run and newest day.

        Silence stays told while nothing new comes, asked after or not.
        """
        kept = [alarm if alarm.news else self.of(alarm) for alarm in alarms if not alarm.over]
        if all(alarm.what != "silent" for alarm in alarms):
            kept += [each for each in self.alarms if each.what == "silent" and each.since == newest]
        return Told(run, tuple(filter(None, kept)))


NEVER = Told()


def load_told(path: Path) -> dict[str, Told]:
    """What was told of each portal; nothing where the file is missing or spoilt: better told twice than never."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        return {slug: Told(each["run"], tuple(map(_alarm, each["alarms"]))) for slug, each in kept.items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}


def _alarm(kept: dict[str, Any]) -> Alarm:
    return Alarm(**{**kept, "runs": int(kept["runs"])})


def save_told(path: Path, told: dict[str, Told]) -> None:
    """Keep what was told of each portal; raises OSError."""
    kept = {slug: asdict(each) for slug, each in sorted(told.items())}
    put_whole(path, json.dumps(kept, ensure_ascii=False, indent=1) + "\n")
