"""What the crawl's tests share: portals served on loopback, and `scrapy crawl` run as a user runs it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
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


STORY = """<html><head><title>Tin số {0} - Cổng thử</title></head><body>
<div class="detail"><h1>Tỉnh triển khai kế hoạch phòng chống thiên tai số {0}</h1>
<div class="date">Ngày đăng: {0:02}/10/2026 14:30</div>
<div class="content"><p>UBND tỉnh vừa ban hành Kế hoạch số {0}/KH-UBND về phòng chống thiên tai trên địa bàn tỉnh,
yêu cầu các sở, ngành, địa phương thực hiện phương châm bốn tại chỗ trong mùa mưa bão.</p>
<p>Các địa phương rà soát khu vực có nguy cơ sạt lở đất, ngập lụt để sơ tán người dân khi có tình huống xảy ra.</p>
</div></div></body></html>"""
ROW = """<li><a href="/tin-{0}.html">Tỉnh triển khai kế hoạch phòng chống thiên tai số {0}</a>
<span>{0:02}/10/2026</span></li>"""
Answer = tuple[int, str, dict[str, str]]


class SmallPortal(ThreadingHTTPServer):
    """A portal of one list, at /list, and the articles it names, at /tin-<number>.html; a test may spoil it."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Asked)
        self.articles: range = range(1, 9)
        self.instead: Callable[[str, Mapping[str, str]], Answer | None] = lambda path, asked: None

    @property
    def listed(self) -> str:
        return f"<h1>Tin tức</h1><ul>{''.join(ROW.format(each) for each in reversed(self.articles))}</ul>"

    def answer(self, path: str, asked: Mapping[str, str]) -> Answer:
        if (instead := self.instead(path, asked)) is not None:
            return instead
        if path == "/robots.txt":
            return 200, "User-agent: *\nDisallow:", {"Content-Type": "text/plain"}
        number = path.removeprefix("/tin-").removesuffix(".html")
        text = STORY.format(int(number)) if number.isdigit() else self.listed
        etag = {"ETag": f'"{zlib.crc32(text.encode())}"'}
        return (304, "", etag) if asked.get("If-None-Match") == etag["ETag"] else (200, text, etag)


class _Asked(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        assert isinstance(self.server, SmallPortal)
        status, text, more = self.server.answer(self.path, self.headers)
        self.send_response(status)
        for name, value in {"Content-Type": "text/html; charset=utf-8", **more}.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(text.encode())))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def portal(workplace: Workplace) -> Iterator[SmallPortal]:
    """The small portal, and its form in the workplace."""
    with SmallPortal() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        host = f"127.0.0.1:{server.server_port}"
        workplace.form(
            f"""name = "Cổng thử"\nprovince = "kon-tum"\nhosts = ["{host}"]\nloopback = true
[[sections]]\ntitle = "Tin tức"\nurl = "http://{host}/list"\n[network]\ndelay = 0.0\n"""
        )
        yield server
        server.shutdown()


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
