"""The demo portal crawled before and after its edits, and the replay tools, each in an environment of its own.

pywb brings a `brotli` that is not ours, and py-wacz and cdxj-indexer pin what we do not, so none can be a dependency
group: `uvx` runs them. Fetched once (`tests/replay/tools`), they are found without a network; where they are absent,
what needs them is skipped.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from archive.storage.paths import ArchivePaths, PortalPaths

ROOT = Path(__file__).parents[2]
sys.path.append(str(Path(__file__).parent))  # for `oracle`, beside this file
TOOLS = dict(
    line.split(maxsplit=1) for line in (Path(__file__).parent / "tools").read_text().splitlines() if line[:1].isalpha()
)


@dataclass(frozen=True, slots=True)
class Demo:
    """An archive of the demo portal."""

    paths: PortalPaths
    port: int

    @property
    def warcs(self) -> list[Path]:
        return list(self.paths.closed_warcs())


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """Editions 1 and 2, the second by a full run: unchanged pages are revisits, edited ones have two versions."""
    root = tmp_path_factory.mktemp("replay")
    (root / "forms").mkdir()
    port = 0
    for edition in (1, 2):
        command = [sys.executable, "-u", "-m", "crawler.demo", "--edition", str(edition), "--port", str(port)]
        server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        try:
            assert server.stdout is not None
            address = re.search(r":(\d+)/", server.stdout.readline())
            assert address
            port = int(address[1])
            form = (ROOT / "crawler/portals/demo.toml").read_text(encoding="utf-8").replace("8741", str(port))
            (root / "forms/demo.toml").write_text(form, encoding="utf-8")
            _crawl(root, "mode=full")
        finally:
            server.terminate()
            server.wait(10)
    return Demo(ArchivePaths(root / "data").portal("demo"), port)


def _crawl(root: Path, *arguments: str) -> None:
    settings = [f"ARCHIVE_DIR={root / 'data'}", f"PORTALS_DIR={root / 'forms'}"]
    options = [part for each in settings for part in ("-s", each)]
    options += [part for each in ("portal=demo", "requisites=all", *arguments) for part in ("-a", each)]
    command = [sys.executable, "-m", "scrapy", "crawl", "province_news", *options]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode in (0, 3), done.stderr


@pytest.fixture(scope="session")
def tool() -> Callable[[str], list[str]]:
    """The command that runs a tool without a network; the test is skipped where it was never fetched."""

    def command(name: str) -> list[str]:
        uvx = shutil.which("uvx")
        if uvx is None:
            pytest.skip("uv is not installed")
        started = [uvx, "--offline", "--quiet", "--from", TOOLS[name], name]
        if subprocess.run([*started, "--help"], env=outside(), capture_output=True, timeout=60, check=False).returncode:
            pytest.skip(f"{TOOLS[name]} is not here; once, with a network: uvx --from {TOOLS[name]} {name} --help")
        return started

    return command


@pytest.fixture(scope="session")
def environment() -> dict[str, str]:
    """Ours, without what would lead a tool into this project's environment."""
    return outside()


def outside() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in ("VIRTUAL_ENV", "PYTHONPATH")}
