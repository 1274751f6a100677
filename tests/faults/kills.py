"""A crawl killed at random moments until it is complete: what was acknowledged, what is readable, what is missing.

`python tests/faults/kills.py --times 100` kills with -9; `--power` cuts every file back to its last fsync besides, and
undoes the renames that no fsync covered (the model is in `power.py`). A portal of 400 articles with bodies of 5 to
100 kB and files of 1.5 MB is served in a process of its own.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from fault_bench import Acknowledged, Place, acknowledged, lost, scratch, table, unreadable
from fault_server import Served
from fault_stories import Stories
from power import PowerCut

from archive.storage.members import iter_members

START = 60.0  # seconds that a crawl may take to load and to take the lock


@dataclass(slots=True)
class Tally:
    """What a series of kills came to."""

    kills: int = 0
    crawls: int = 0  # brought to their end
    acknowledged: int = 0
    torn: int = 0  # kills that left a torn record
    recovered: int = 0  # records of a dead run that its ledger had not seen
    lost: list[str] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    repeated: int = 0  # requests for what had been asked before, robots.txt and the section's first page left out
    damages: list[str] = field(default_factory=list)
    ended: Counter[int] = field(default_factory=Counter)
    said: list[str] = field(default_factory=list)  # last line of each run that ended with another status than 0

    def rows(self) -> list[tuple[str, object]]:
        return [
            ("kills", self.kills),
            ("crawls brought to their end", self.crawls),
            ("records acknowledged at the kills", self.acknowledged),
            ("kills that tore a record", self.torn),
            ("whole records the ledger had not seen", self.recovered),
            ("acknowledged records or lines lost", len(self.lost)),
            ("WARCs that warcio or FastWARC cannot read whole", len(self.unreadable)),
            ("articles missing at the end", len(self.missing)),
            ("requests repeated", f"{self.repeated} ({self.repeated / max(1, self.kills):.2f} per kill)"),
            ("damages that verify names", len(self.damages)),
            ("statuses of the runs that ended", dict(self.ended)),
        ]

    @property
    def sound(self) -> bool:
        wrong = self.lost or self.unreadable or self.missing or self.damages or set(self.ended) - {0}
        return not wrong and self.repeated <= self.kills


class Trial:
    """One archive, killed and started again until its crawl is complete."""

    def __init__(self, place: Place, tally: Tally, chance: random.Random, power: bool) -> None:
        self.place = place
        self.tally = tally
        self.chance = chance
        self.power = power
        self.seen = Acknowledged(frozenset(), frozenset())
        self.checked: set[str] = set()

    def killed(self, longest: float) -> bool:
        """One run, killed a random time after it took the lock; False where it came to its end before."""
        paths = self.place.paths()
        paths.make()
        cut = PowerCut(paths.root, self.place.root / "trace") if self.power else None
        before = _changed(paths.lock)
        process = self.place.start(env=cut.env if cut else None)
        until = time.monotonic() + START
        while process.poll() is None and time.monotonic() < until and _changed(paths.lock) == before:
            time.sleep(0.005)
        until = time.monotonic() + self.chance.random() * longest
        while process.poll() is None and time.monotonic() < until:
            time.sleep(0.005)
        if process.poll() is not None:
            self.tally.ended[process.returncode] += 1
            if process.returncode:
                said = (self.place.root / "last.out").read_text(errors="replace").strip()
                self.tally.said.append(said.splitlines()[-1][:200] if said else "nothing")
            return False
        process.kill()
        process.wait(20)
        self.tally.kills += 1
        if cut:
            cut.cut(self.chance.choice(("whole", "last")))
        self.look()
        return True

    def look(self) -> None:
        """What the folder holds now, against what it held at the kill before."""
        self.tally.lost += lost(self.place, self.seen)
        self.seen = acknowledged(self.place)
        self.tally.acknowledged += len(self.seen.snapshots)
        for path in self.place.paths().open_warcs():
            self.tally.torn += any(member.lost for member in iter_members(path))
        self.read()

    def read(self) -> None:
        """Every WARC closed since the last look, by the readers that others use."""
        for path in self.place.paths().closed_warcs():
            if path.name not in self.checked:
                self.checked.add(path.name)
                self.tally.unreadable += unreadable(path, sum(1 for each in iter_members(path) if not each.lost))

    def finish(self, server: Served, count: int) -> None:
        """What must be there at the end."""
        self.look()
        self.tally.crawls += 1
        self.tally.damages += self.place.damages()
        held = {item["canonical_url"].rpartition("/")[2] for item in self.place.items()}
        self.tally.missing += sorted({f"{number}.html" for number in range(count)} - held)
        asked = server.asked()
        again = {path: times - 1 for path, times in asked.items() if path not in ("/robots.txt", "/list") and times > 1}
        self.tally.repeated += sum(again.values())
        for report in self.place.paths().runs.glob("*.json"):
            self.tally.recovered += _recovered(report)


def _changed(path: Path) -> int:
    return path.stat().st_mtime_ns if path.exists() else 0


def _recovered(report: Path) -> int:
    return int(json.loads(report.read_text())["recovered"]["records"])


def kill(times: int, count: int, *, power: bool, seed: int, longest: float, root: Path) -> Tally:
    """Kill crawls of a portal of `count` articles `times` times, each at most `longest` seconds into it."""
    tally, chance = Tally(), random.Random(seed)
    while tally.kills < times:
        with Served(Stories(count)) as server:
            place = Place(root / f"archive-{tally.crawls}")
            place.root.mkdir(parents=True)
            place.form(server.host)
            trial = Trial(place, tally, chance, power)
            while trial.killed(longest if tally.kills < times else 120):
                print(f"\r{tally.kills} kills", end="", file=sys.stderr, flush=True)
            trial.finish(server, count)
            if tally.sound:
                shutil.rmtree(place.root)
    print(file=sys.stderr)
    return tally


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--times", type=int, default=100)
    options.add_argument("--articles", type=int, default=400)
    options.add_argument("--longest", type=float, default=2.0, help="seconds that a run has at most")
    options.add_argument("--power", action="store_true")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--keep", help="a folder for the archives, not removed")
    told = options.parse_args()
    with scratch(told.keep) as root:
        tally = kill(told.times, told.articles, power=told.power, seed=told.seed, longest=told.longest, root=root)
    print(table(tally.rows()))
    for problem in (tally.said + tally.lost + tally.unreadable + tally.missing + tally.damages)[:20]:
        print(" ", problem)
    return 0 if tally.sound else 1


if __name__ == "__main__":
    sys.exit(main())
