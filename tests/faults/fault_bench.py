"""What the fault bench shares: an archive in a folder, a crawl run as a user runs it, and what an archive must hold."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from archive.schema import SnapshotRef
from archive.storage import verify
from archive.storage.members import read_record
from archive.storage.paths import ArchivePaths, PortalPaths

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Ended:
    """A run that ended: its status, what it printed, how long it took in seconds, its peak memory in MB."""

    status: int
    out: str
    err: str
    seconds: float
    memory: float


@dataclass(frozen=True, slots=True)
class Place:
    """A folder with an archive, and forms of its own."""

    root: Path

    @property
    def data(self) -> Path:
        return self.root / "data"

    def paths(self, slug: str = "bench") -> PortalPaths:
        return ArchivePaths(self.data).portal(slug)

    def form(
        self, host: str, section: str | None = "/list", slug: str = "bench", more: str = "", delay: float = 0
    ) -> None:
        """A loopback form for that host."""
        folder = self.root / "forms"
        folder.mkdir(exist_ok=True)
        text = f'name = "Cổng thử {slug}"\nprovince = "kon-tum"\nhosts = ["{host}"]\nloopback = true\n'
        if section:
            text += f'[[sections]]\ntitle = "Tin tức"\nurl = "http://{host}{section}"\n'
        (folder / f"{slug}.toml").write_text(f"{text}{more}\n[network]\ndelay = {delay}\n", encoding="utf-8")

    def command(self, *arguments: str, portal: str = "bench") -> list[str]:
        settings = ["-s", f"ARCHIVE_DIR={self.data}", "-s", f"PORTALS_DIR={self.root / 'forms'}"]
        return [
            sys.executable,
            "-m",
            "scrapy",
            "crawl",
            "province_news",
            "-a",
            f"portal={portal}",
            *settings,
            *arguments,
        ]

    def start(
        self, *arguments: str, portal: str = "bench", env: dict[str, str] | None = None
    ) -> subprocess.Popen[bytes]:
        """A crawl in the background; what it prints goes to `last.out`."""
        with (self.root / "last.out").open("wb") as out:
            return subprocess.Popen(
                self.command(*arguments, portal=portal), cwd=ROOT, stdout=out, stderr=subprocess.STDOUT,
                env={**os.environ, "PYTHONUTF8": "1", **(env or {})},
            )  # fmt: skip

    def crawl(
        self,
        *arguments: str,
        portal: str = "bench",
        timeout: float = 120,
        stop_after: float | None = None,
        env: dict[str, str] | None = None,
    ) -> Ended:
        """A crawl to its end; told to stop after `stop_after` seconds, killed after `timeout`."""
        began = time.monotonic()
        with (
            tempfile.TemporaryFile("w+", encoding="utf-8") as out,
            tempfile.TemporaryFile("w+", encoding="utf-8") as err,
        ):
            process = subprocess.Popen(
                self.command(*arguments, portal=portal), cwd=ROOT, stdout=out, stderr=err,
                env={**os.environ, "PYTHONUTF8": "1", **(env or {})},
            )  # fmt: skip
            status, memory = _wait(process, timeout, stop_after)
            for each in (out, err):
                each.seek(0)
            return Ended(status, out.read(), err.read(), time.monotonic() - began, memory)

    def items(self, slug: str = "bench") -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.paths(slug).articles.read_text(encoding="utf-8").splitlines()]

    def report(self, slug: str = "bench") -> dict[str, Any]:
        """What the newest run said of the portal."""
        newest = max(self.paths(slug).runs.glob("*.json"), key=lambda path: path.stat().st_mtime_ns)
        told: dict[str, Any] = json.loads(newest.read_text(encoding="utf-8"))
        return told

    def ask(self, query: str, *values: Any, slug: str = "bench") -> list[tuple[Any, ...]]:
        """Rows of the ledger, read from a copy: looking must change nothing of what a dead run left."""
        ledger = self.paths(slug).ledger
        if not ledger.exists():
            return []
        with tempfile.TemporaryDirectory() as folder:
            for each in (ledger, ledger.with_name(ledger.name + "-wal")):
                if each.exists():
                    shutil.copy(each, Path(folder) / each.name)
            base = sqlite3.connect(Path(folder) / ledger.name)
            try:
                return base.execute(query, values).fetchall()
            except sqlite3.OperationalError as error:
                if "no such table" in str(error):
                    return []
                raise
            finally:
                base.close()

    def damages(self, slug: str = "bench") -> list[str]:
        return [str(each) for each in verify.verify_portal(self.paths(slug))]


def _wait(process: subprocess.Popen[bytes], timeout: float, stop_after: float | None) -> tuple[int, float]:
    """Status (-9 when it had to be killed) and peak memory in MB."""
    until = time.monotonic() + timeout
    stop = time.monotonic() + stop_after if stop_after else float("inf")
    memory = 0.0
    while True:
        memory = _peak(process.pid) or memory
        if process.poll() is not None:
            return process.returncode, memory
        if time.monotonic() > stop:
            process.send_signal(signal.SIGTERM)
            stop = float("inf")
        if time.monotonic() > until:
            process.send_signal(signal.SIGKILL)
            until = float("inf")
        time.sleep(0.02)


def _peak(pid: int) -> float:
    """Peak memory so far in MB; what `wait4` gives counts the process that started this one, too."""
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    return 0.0


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """What the ledger said at a moment: its snapshots' references and its articles' lines."""

    snapshots: frozenset[tuple[Any, ...]]
    items: frozenset[str]


def acknowledged(place: Place, slug: str = "bench") -> Acknowledged:
    """What a run has acknowledged so far."""
    columns = "warc, offset, length, record_id, date, payload_digest"
    return Acknowledged(
        frozenset(place.ask(f"SELECT {columns} FROM snapshots", slug=slug)),
        frozenset(item for (item,) in place.ask("SELECT item FROM revisions", slug=slug)),
    )


def lost(place: Place, before: Acknowledged, slug: str = "bench") -> list[str]:
    """What was acknowledged once and is not there now: records that do not open at their place, lines, rows."""
    now = acknowledged(place, slug)
    missing = [f"row {each[3]}" for each in before.snapshots - now.snapshots]
    missing += [f"revision {each[:80]}" for each in before.items - now.items]
    paths = place.paths(slug)
    for warc, offset, length, record_id, date, digest in before.snapshots:
        ref = SnapshotRef(warc, offset, length, record_id, date, digest)
        try:
            record = read_record(paths.warc(warc), offset, length)
            if record.headers.record_id != record_id:
                missing.append(f"{ref}: another record there")
        except (OSError, ValueError) as error:
            missing.append(f"{ref}: {error}")
    return missing


def unreadable(path: Path, records: int) -> list[str]:
    """What warcio and FastWARC do not read of a WARC that holds so many records."""
    from fastwarc.warc import ArchiveIterator as FastIterator
    from warcio.archiveiterator import ArchiveIterator

    problems = []
    with path.open("rb") as file:
        seen = 0
        for record in ArchiveIterator(file):
            while record.raw_stream.read(1 << 16):  # decoding is no reader's duty, and warcio's of brotli fails
                pass
            seen += 1
    if seen != records:
        problems.append(f"warcio reads {seen} of {records} records of {path.name}")
    with path.open("rb") as file:
        seen = sum(1 for record in FastIterator(file, parse_http=False) if record.verify_block_digest())
    if seen != records:
        problems.append(f"FastWARC reads {seen} of {records} records of {path.name} with right digests")
    return problems


@contextmanager
def scratch(keep: str | None = None) -> Iterator[Path]:
    """A folder for a script's trial, removed afterwards."""
    folder = Path(keep) if keep else Path(tempfile.mkdtemp(prefix="fault-bench-"))
    try:
        yield folder
    finally:
        if not keep:
            shutil.rmtree(folder, ignore_errors=True)


def table(rows: list[tuple[Any, ...]]) -> str:
    """Rows in columns."""
    texts = [[str(cell) for cell in row] for row in rows]
    widths = [max(len(row[place]) for row in texts) for place in range(len(texts[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in texts
    )
