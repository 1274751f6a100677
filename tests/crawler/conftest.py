"""What the crawl's tests share: portals served on loopback, and `scrapy crawl` run as a user runs it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from archive.storage.paths import ArchivePaths, PortalPaths

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Ended:
    """A run that ended: its status and what it printed."""

    status: int
    out: str
    err: str


@dataclass(frozen=True, slots=True)
class Workplace:
    """A folder with an archive and forms of its own."""

    root: Path

    @property
    def portal(self) -> PortalPaths:
        return ArchivePaths(self.root / "data").portal("demo")

    def items(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.portal.articles.read_text(encoding="utf-8").splitlines()]

    def report(self) -> dict[str, Any]:
        """What the newest run said of the portal."""
        newest = max(self.portal.runs.glob("*.json"), key=lambda path: path.stat().st_mtime_ns)
        report: dict[str, Any] = json.loads(newest.read_text(encoding="utf-8"))
        return report

    def form(self, text: str, slug: str = "demo") -> None:
        folder = self.root / "forms"
        folder.mkdir(exist_ok=True)
        (folder / f"{slug}.toml").write_text(text, encoding="utf-8")

    def demo_form(self, port: int) -> None:
        """The shipped form of the demo, for another port."""
        shipped = (ROOT / "crawler/portals/demo.toml").read_text(encoding="utf-8")
        self.form(shipped.replace("8741", str(port)))

    def command(self, *arguments: str) -> list[str]:
        settings = ["-s", f"ARCHIVE_DIR={self.root / 'data'}"]
        if (self.root / "forms").is_dir():
            settings += ["-s", f"PORTALS_DIR={self.root / 'forms'}"]
        return [sys.executable, "-m", "scrapy", "crawl", "province_news", *settings, *arguments]

    def crawl(self, *arguments: str, timeout: float = 60) -> Ended:
        done = subprocess.run(
            self.command(*arguments), cwd=ROOT, capture_output=True, text=True, timeout=timeout, check=False,
            env={**os.environ, "PYTHONUTF8": "1"},
        )  # fmt: skip
        return Ended(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def workplace(tmp_path: Path) -> Workplace:
    return Workplace(tmp_path)


class DemoServer:
    """`python -m crawler.demo` on a port of its own."""

    def __init__(self, edition: int = 1, port: int = 0) -> None:
        command = [sys.executable, "-u", "-m", "crawler.demo", "--edition", str(edition), "--port", str(port)]
        self.process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        address = re.search(r":(\d+)/", self.process.stdout.readline())
        assert address
        self.port = int(address[1])

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(10)


@pytest.fixture
def serve_demo() -> Iterator[Callable[..., DemoServer]]:
    servers: list[DemoServer] = []

    def serve(edition: int = 1, port: int = 0) -> DemoServer:
        servers.append(DemoServer(edition, port))
        return servers[-1]

    yield serve
    for server in servers:
        if server.process.poll() is None:
            server.stop()


@dataclass(frozen=True, slots=True)
class Crawled:
    """The demo after one crawl; for tests that only look."""

    work: Workplace
    port: int
    ended: Ended


@pytest.fixture(scope="session")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    work = Workplace(tmp_path_factory.mktemp("demo"))
    server = DemoServer()
    work.demo_form(server.port)
    ended = work.crawl("-a", "portal=demo", "-O", str(work.root / "items.jsonl"))
    server.stop()
    return Crawled(work, server.port, ended)
