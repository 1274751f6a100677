"""A crawl told to stop in the middle of a transfer of 30 s: how it ends, how soon, and what it leaves.

`python tests/faults/signals.py` prints a table: SIGTERM, Ctrl-C, each twice, and with a host that says nothing, hangs
in its head, or sends a large body slowly.
"""

from __future__ import annotations

import asyncio
import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from fault_bench import Place, scratch, table, unreadable
from fault_server import Asked, Served, Talk, page
from fault_stories import Stories, article, listing

from archive.storage.members import iter_members

SLOW = 30.0  # seconds that a transfer takes


class SlowStories(Stories):
    """A portal whose article 5 takes 30 s, in the manner that is told; a second host of the form has the same."""

    def __init__(self, manner: str) -> None:
        super().__init__(10)
        self.manner = manner

    def __call__(self, asked: Asked) -> bytes | Talk:  # type: ignore[override]
        if asked.path.startswith("/list"):
            return page(listing(range(self.count), None))
        return self.drip if asked.path == "/tin/5.html" and self.told != "fast" else super().__call__(asked)

    async def drip(self, writer: asyncio.StreamWriter) -> None:
        whole = page(article(5, paragraphs=400))
        if self.manner == "head":
            whole = whole[:40]
        if self.manner == "silent":
            whole = b""
        steps = int(SLOW / 0.1)
        for step in range(steps):
            writer.write(whole[len(whole) * step // steps : len(whole) * (step + 1) // steps])
            await writer.drain()
            await asyncio.sleep(0.1)


@dataclass(frozen=True, slots=True)
class Stopped:
    """How a run ended that was told to."""

    status: int
    seconds: float
    truncated: list[tuple[str | None, str | None]]  # of the records of the cut transfer: WARC-Truncated, error
    state: str  # of its address
    problems: list[str]
    complete: bool  # after the next run


def stop(root: Path, manner: str, sent: tuple[signal.Signals, ...], gap: float = 0.3) -> Stopped:
    """Crawl, send the signals once the slow transfer flows, and crawl again with the portal quick."""
    with Served(SlowStories(manner)) as server:
        place = Place(root)
        place.root.mkdir(parents=True, exist_ok=True)
        place.form(server.host)
        process = place.start()
        until = time.monotonic() + 30
        while "/tin/5.html" not in server.asked() and process.poll() is None and time.monotonic() < until:
            time.sleep(0.05)
        time.sleep(0.5)
        began = time.monotonic()
        for number, each in enumerate(sent):
            if number:
                time.sleep(gap)
            process.send_signal(each)
        try:
            status = process.wait(45)
        except TimeoutError:
            process.kill()
            status = process.wait(10)
        seconds = time.monotonic() - began
        cut = "SELECT truncated, error FROM snapshots WHERE url LIKE '%/tin/5.html' ORDER BY id"
        truncated = place.ask(cut)
        state = (place.ask("SELECT state FROM addresses WHERE url LIKE '%/tin/5.html'") or [("none",)])[0][0]
        problems = place.damages() + _unread(place)
        server.tell("fast")
        again = place.crawl()
        problems += place.damages() + _unread(place)
        complete = again.status == 0 and len(place.items()) == 10
        return Stopped(status, seconds, truncated, state, problems, complete)


def _unread(place: Place) -> list[str]:
    paths = place.paths()
    problems = []
    for path in (*paths.closed_warcs(), *paths.open_warcs()):
        problems += unreadable(path, sum(1 for each in iter_members(path) if not each.lost))
    return problems


CASES = [
    (manner, signals)
    for manner in ("body", "head", "silent")
    for signals in (
        (signal.SIGTERM,), (signal.SIGINT,), (signal.SIGTERM, signal.SIGTERM), (signal.SIGINT, signal.SIGINT),
    )
]  # fmt: skip


def main() -> int:
    rows: list[tuple[object, ...]] = [
        ("slow", "signals", "status", "seconds", "cut records", "state", "problems", "complete after the next run")
    ]
    for manner, signals in CASES:
        with scratch() as root:
            ended = stop(root, manner, signals)
        names = " ".join(each.name for each in signals)
        rows.append(
            (
                manner, names, ended.status, f"{ended.seconds:.1f}", ended.truncated, ended.state, ended.problems,
                ended.complete,
            )
        )  # fmt: skip
    print(table(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
