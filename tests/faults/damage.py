"""Damage that time does: WARCs cut, flipped, zeroed; lines of JSON torn, a catalog lost, a clock that jumps, two runs.

`python tests/faults/damage.py --times 30` prints for each manner what `verify` named, what readers lost, and how
the next crawl went on.
"""

from __future__ import annotations

import argparse
import contextlib
import random
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from fault_bench import HERE, ROOT, Place, acknowledged, lost, scratch, table
from fault_server import Served
from fault_stories import Stories

from archive.reader import Archive
from archive.schema import SnapshotRef
from archive.storage.members import read_record
from archive.storage.paths import ArchivePaths

ARTICLES = 30


def flip(data: bytearray, at: int) -> None:
    data[at] ^= 1 << at % 8


def zero(data: bytearray, at: int) -> None:
    data[at : at + 64] = bytes(len(data[at : at + 64]))


def drop(data: bytearray, at: int) -> None:
    del data[at : at + 64]


def cut(data: bytearray, at: int) -> None:
    del data[at:]


WARC_MANNERS = {each.__name__: each for each in (flip, zero, drop, cut)}


@dataclass(frozen=True, slots=True)
class Damaged:
    """What became of one damage."""

    manner: str
    at: int
    named: list[str]  # by verify
    unreadable: int  # captures that no longer open, of all
    captures: int
    listed: int  # articles that the reader still lists
    status: int  # of the next crawl
    complete: bool
    crashed: bool


def crawled(root: Path, server: Served) -> Place:
    place = Place(root)
    root.mkdir(parents=True, exist_ok=True)
    place.form(server.host)
    ended = place.crawl()
    assert ended.status == 0, ended
    return place


def copied(place: Place, root: Path) -> Place:
    shutil.copytree(place.root, root)
    return Place(root)


def damage(place: Place, manner: str, chance: random.Random) -> Damaged:
    """Damage the first WARC of an archive, look, and crawl on."""
    path = place.paths().closed_warcs()[0]
    data = bytearray(path.read_bytes())
    at = chance.randrange(len(data))
    WARC_MANNERS[manner](data, at)
    path.write_bytes(data)
    return look(place, manner, at)


def look(place: Place, manner: str, at: int = 0) -> Damaged:
    """What verify, the reader and the next crawl make of an archive."""
    named = place.damages()
    rows = place.ask("SELECT warc, offset, length, record_id, date, payload_digest FROM snapshots")
    unreadable = sum(not _opens(place, SnapshotRef(*row)) for row in rows)
    listed = sum(1 for _ in Archive(place.data).articles())
    ended = place.crawl("-a", "mode=full")
    held = place.ask("SELECT count(DISTINCT article) FROM revisions")[0][0]
    return Damaged(
        manner, at, named, unreadable, len(rows), listed, ended.status, held == ARTICLES, "Traceback" in ended.err
    )


def _opens(place: Place, ref: SnapshotRef) -> bool:
    try:
        return read_record(place.paths().warc(ref.warc), ref.offset, ref.length).headers.record_id == ref.record_id
    except (OSError, ValueError):
        return False


def spoil_lines(place: Place, manner: str, chance: random.Random) -> Damaged:
    """Damage articles.jsonl: torn at its end, cut in the middle, two lines joined, zeros in a line, or away."""
    path = place.paths().articles
    data = bytearray(path.read_bytes())
    at = chance.randrange(len(data) // 2)
    if manner == "torn line":
        del data[-100:]
    elif manner == "joined lines":
        del data[data.index(b"\n", at)]
    elif manner == "zeros in a line":
        data[at : at + 20] = bytes(20)
    elif manner == "lines missing":
        del data[data.index(b"\n", at) + 1 : data.index(b"\n", at + 5000) + 1]
    path.write_bytes(data)
    if manner == "file away":
        path.unlink()
    return look(place, manner, at)


LINE_MANNERS = ("torn line", "joined lines", "lines missing", "file away", "zeros in a line")


def catalog_lost(place: Place) -> list[tuple[str, object]]:
    """The catalog away, zeroed in its middle, cut: what a search says before and after."""
    catalog = ArchivePaths(place.data).catalog
    rows: list[tuple[str, object]] = []
    before = _search(place)
    for manner in ("away", "zeroed", "cut", "no database"):
        whole = catalog.read_bytes()
        half = len(whole) // 2
        if manner == "away":
            catalog.unlink()
        else:
            zeroed = whole[:half] + bytes(4096) + whole[half + 4096 :]
            catalog.write_bytes({"zeroed": zeroed, "cut": whole[:half], "no database": b"x" * 5000}[manner])
        status, _ = _search(place)
        if status:  # its line says: make it anew
            subprocess.run([*_ARCHIVE, str(place.data), "reindex"], cwd=ROOT, capture_output=True, check=False)
        rows.append((f"catalog {manner}", f"status {status}, then the same: {_search(place) == before}"))
    return [("articles found", before[1].count('"id"')), *rows]


_ARCHIVE = [sys.executable, "-m", "archive", "--archive"]


def _search(place: Place) -> tuple[int, str]:
    command = [*_ARCHIVE, str(place.data), "search", "cán bộ", "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


def jump(root: Path, plan: str, server: Served) -> list[tuple[str, object]]:
    """A crawl whose clock jumps, killed in its middle and continued by a right clock, then recrawled."""
    place = Place(root)
    root.mkdir(parents=True, exist_ok=True)
    place.form(server.host)
    wrong = {"FAULT_CLOCK": plan, "PYTHONPATH": str(HERE / "trace")}
    process = place.start(env=wrong)
    time.sleep(1.5)
    process.kill()
    process.wait(10)
    before = acknowledged(place)
    second = place.crawl(env=wrong)
    third = place.crawl()
    rechecked = place.crawl("-a", "mode=full")
    far = place.ask("SELECT count(*) FROM addresses WHERE due_at > '2100'")[0][0]
    return [
        ("statuses", (second.status, third.status, rechecked.status)),
        ("seconds of the longest", round(max(each.seconds for each in (second, third, rechecked)), 1)),
        ("lost", len(lost(place, before))),
        ("articles", len({item["canonical_url"] for item in place.items()})),
        ("lines", len(place.items())),
        ("rechecks off for ever", far),
        ("traps", place.report()["traps"]),
        ("damages", place.damages()),
    ]


CLOCKS = {
    "a century ahead": "0:3200000000",
    "back by a year in the run": "0:0,1:-31536000",
    "ahead in the run": "0:0,1:9000000",
}


def two_at_once(root: Path, server: Served) -> list[tuple[str, object]]:
    """A second run on the same archive while the first is at work, and one after the first was killed."""
    place = Place(root)
    root.mkdir(parents=True, exist_ok=True)
    place.form(server.host, delay=2)  # it is still at work when the second begins, however loaded the machine is
    first = place.start()
    until = time.monotonic() + 20
    while not place.paths().ledger.exists() and time.monotonic() < until:
        time.sleep(0.05)
    second = place.crawl()
    listed = sum(1 for _ in Archive(place.data).articles())  # readers are not held up
    first.kill()
    first.wait(10)
    place.form(server.host)
    third = place.crawl()
    said = next((line.strip() for line in second.out.splitlines() if "written to by" in line), "")
    return [
        ("second run", second.status), ("it said", said), ("names the holder", f"process {first.pid} " in said),
        ("after the first was killed", third.status), ("articles a reader listed meanwhile", listed),
        ("lines at the end", len(place.items())), ("damages", place.damages()),
    ]  # fmt: skip


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--times", type=int, default=20)
    options.add_argument("--seed", type=int, default=1)
    told = options.parse_args()
    chance = random.Random(told.seed)
    head = (
        "manner",
        "at",
        "named",
        "captures lost",
        "articles listed",
        "next run",
        "complete",
        "traceback",
        "first named",
    )
    rows: list[tuple[object, ...]] = [head]
    with scratch() as root, Served(Stories(ARTICLES, heavy=15)) as server:
        place = crawled(root / "whole", server)
        for number in range(told.times):
            manner = list(WARC_MANNERS)[number % len(WARC_MANNERS)]
            rows.append(_row(damage(copied(place, root / f"warc-{number}"), manner, chance)))
        for manner in LINE_MANNERS:
            rows.append(_row(spoil_lines(copied(place, root / manner.replace(" ", "-")), manner, chance)))
        print(table(rows))
        print("\na lost catalog")
        print(table(catalog_lost(copied(place, root / "catalog"))))
        for name, plan in CLOCKS.items():
            print(f"\nclock: {name}")
            print(table(jump(root / plan.replace(":", "_"), plan, server)))
        print("\ntwo runs at once")
        print(table(two_at_once(root / "two", server)))
    return 0


def _row(found: Damaged) -> tuple[object, ...]:
    first = found.named[0] if found.named else ""
    with contextlib.suppress(ValueError):
        first = first[: first.index("(http")] + "…"
    return (
        found.manner, found.at, len(found.named), f"{found.unreadable} of {found.captures}", found.listed, found.status,
        found.complete, found.crashed, first[:110],
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
