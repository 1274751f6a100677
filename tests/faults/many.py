"""34 portals at a second per host, in one process: pages per second, peak memory, and whether all get their turn.

`python tests/faults/many.py --portals 34 --seconds 60` prints the figures; each portal is a host (a port) of loopback.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from fault_bench import Place, scratch, table
from fault_server import Served
from fault_stories import Stories

DELAY = 1.0  # seconds between two requests to a host


@dataclass(frozen=True, slots=True)
class Rate:
    """What a run over many portals came to."""

    status: int
    requests: int
    seconds: float  # between the first and the last request
    memory: float  # MB, peak
    counts: list[int]  # requests by host
    gaps: list[float]  # seconds between two requests to a host
    damages: list[str]

    @property
    def rows(self) -> list[tuple[str, object]]:
        return [
            ("status", self.status),
            ("requests", self.requests),
            ("pages per second", f"{self.requests / max(self.seconds, 0.001):.1f}"),
            ("peak memory, MB", f"{self.memory:.0f}"),
            ("requests per host, least and most", f"{min(self.counts)} {max(self.counts)}"),
            (
                "gap, least median most, s",
                f"{min(self.gaps):.3f} {statistics.median(self.gaps):.3f} {max(self.gaps):.3f}",
            ),
            ("damages", len(self.damages)),
        ]


def many(root: Path, portals: int, seconds: float, *, delay: float = DELAY, articles: int = 200) -> Rate:
    """Crawl so many portals at once for about so many seconds, ended by SIGTERM as a user would."""
    root.mkdir(parents=True, exist_ok=True)
    place = Place(root)
    with Served(Stories(articles, heavy=50), ["127.0.0.1"] * portals) as server:
        slugs = [f"cong-{number:02}" for number in range(portals)]
        for slug, host in zip(slugs, server.hosts, strict=True):
            # a host's own delay under a second is for loopback forms alone, as here
            place.form(host, slug=slug, delay=delay)
        ended = place.crawl(portal=",".join(slugs), timeout=seconds + 60, stop_after=seconds)
        log = server.log()
    by_host = defaultdict(list)
    for at, host, _ in log:
        by_host[host].append(at)
    gaps = [later - sooner for times in by_host.values() for sooner, later in pairwise(times)]
    moments = [at for at, _, _ in log]
    damages = [f"{slug}: {each}" for slug in slugs for each in place.damages(slug)]
    counts = [len(by_host[host]) for host in server.hosts]
    return Rate(ended.status, len(log), max(moments) - min(moments), ended.memory, counts, gaps, damages)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--portals", type=int, default=34)
    options.add_argument("--seconds", type=float, default=60)
    told = options.parse_args()
    with scratch() as root:
        print(table(many(root, told.portals, told.seconds).rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
