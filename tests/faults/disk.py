"""Disks that fill up, run low, or cannot be written to: how a crawl ends, what it leaves, and how the next goes on.

`python tests/faults/disk.py --times 20` needs root, for it mounts small tmpfs. Without a floor of free space the disk
really fills at points that follow from its size; with the floor the crawl must stop before.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fault_bench import Place, acknowledged, lost, scratch, table, unreadable
from fault_server import Served
from fault_stories import Stories

from archive.storage.members import iter_members


@contextlib.contextmanager
def small_disk(folder: Path, kilobytes: int) -> Iterator[bool]:
    """A tmpfs of that size on `folder`; False where it may not be mounted."""
    folder.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(folder)], capture_output=True, check=False
    )
    try:
        yield done.returncode == 0
    finally:
        if done.returncode == 0:
            subprocess.run(["umount", "-l", str(folder)], check=False)


def grow(folder: Path, kilobytes: int) -> None:
    subprocess.run(["mount", "-o", f"remount,size={kilobytes}k", str(folder)], check=True)


@dataclass(frozen=True, slots=True)
class Filled:
    """A run on a disk that filled up, and the one after space was given."""

    kilobytes: int
    status: int
    line: str  # what it said of the disk
    free: int  # bytes left when it ended
    items: int
    lost: list[str]
    problems: list[str]
    again: int  # status of the next run
    missing: int
    defects: bool  # a traceback was printed


def fill(root: Path, kilobytes: int, count: int, *, floor: int) -> Filled | None:
    """Crawl onto a disk of that size, then grow it and crawl again; None where no disk can be mounted."""
    place = Place(root)
    root.mkdir(parents=True, exist_ok=True)
    with Served(Stories(count, heavy=5)) as server, small_disk(place.data, kilobytes) as mounted:
        if not mounted:
            return None
        place.form(server.host)
        ended = place.crawl("-s", f"ARCHIVE_MIN_FREE={floor}")
        disk = os.statvfs(place.data)
        before = acknowledged(place) if place.paths().ledger.exists() else None
        items = len(before.items) if before else 0
        problems = [] if ended.status == 0 or not before else _unread(place)
        grow(place.data, 400_000)
        again = place.crawl("-s", "ARCHIVE_MIN_FREE=0")
        gone = lost(place, before) if before else []
        problems += place.damages() + _unread(place)
        held = {item["canonical_url"] for item in place.items()}
        text = ended.out + ended.err
        said = [line.strip() for line in text.splitlines() if "free" in line or "disk" in line or "space" in line]
        return Filled(
            kilobytes, ended.status, said[-1] if said else "", disk.f_bavail * disk.f_frsize, items, gone, problems,
            again.status, count - len(held), "Traceback" in text,
        )  # fmt: skip


def _unread(place: Place) -> list[str]:
    problems = []
    for path in place.paths().closed_warcs():
        members = list(iter_members(path))
        problems += unreadable(path, sum(1 for each in members if not each.lost))
        problems += [f"{path.name} at {each.offset}: {each.problem}" for each in members if each.problem]
    return problems


def read_only(root: Path) -> list[tuple[str, int, str]]:
    """Runs on an archive that cannot be written to: a disk mounted read-only, with an archive in it and without."""
    rows = []
    place = Place(root)
    root.mkdir(parents=True, exist_ok=True)
    with Served(Stories(20)) as server, small_disk(place.data, 100_000) as mounted:
        if not mounted:
            return []
        place.form(server.host)
        subprocess.run(["mount", "-o", "remount,ro", str(place.data)], check=True)
        ended = place.crawl()
        rows.append(("read-only, empty", ended.status, (ended.err or ended.out).strip()))
        subprocess.run(["mount", "-o", "remount,rw", str(place.data)], check=True)
        place.crawl()
        subprocess.run(["mount", "-o", "remount,ro", str(place.data)], check=True)
        ended = place.crawl()
        rows.append(("read-only, with an archive", ended.status, (ended.err or ended.out).strip()))
        listed = subprocess.run(
            [sys.executable, "-m", "archive", "--archive", str(place.data), "list"], capture_output=True, text=True,
            check=False,
        )  # fmt: skip
        rows.append(("archive list of it", listed.returncode, f"{len(listed.stdout.splitlines())} lines"))
    return rows


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--times", type=int, default=12)
    options.add_argument("--articles", type=int, default=100)
    options.add_argument("--seed", type=int, default=1)
    told = options.parse_args()
    chance = random.Random(told.seed)
    head = (
        "kB",
        "floor",
        "status",
        "free at the end",
        "items",
        "lost",
        "problems",
        "next",
        "missing",
        "traceback",
        "said",
    )
    rows: list[tuple[object, ...]] = [head]
    for number in range(told.times):
        floor = 0 if number % 3 else 200_000_000
        with scratch() as root:
            done = fill(root, chance.randrange(200, 30_000), told.articles, floor=floor)
        if done is None:
            print("no tmpfs can be mounted here")
            return 1
        rows.append((
            done.kilobytes, floor, done.status, done.free, done.items, len(done.lost), done.problems[:2], done.again,
            done.missing, done.defects, done.line[:150],
        ))  # fmt: skip
        print(".", end="", file=sys.stderr, flush=True)
    print(table(rows))
    with scratch() as root:
        print(table(read_only(root)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
