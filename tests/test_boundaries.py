"""Who may import whom: a reader needs no Scrapy, the reading of pages needs no network, one file knows warcio."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

SCRAPY = {"scrapy", "twisted"}
# folder or file -> modules, with everything below them, that it may not import
FORBIDDEN = {
    "archive": {"crawler", "lxml", "dateparser"} | SCRAPY,
    "archive/schema.py": {"archive"},
    "archive/vietnam": {"archive.schema", "archive.reader", "archive.storage", "archive.research", "archive.web"},
    "archive/storage": {"archive.reader", "archive.research", "archive.web", "archive.cli"},
    "archive/research": {"archive.web", "archive.cli"},
    "archive/web": {"archive.cli"},
    "crawler/reading": SCRAPY,
    "crawler/portal.py": SCRAPY,
    "crawler/form.py": SCRAPY,
}


def files(place: str) -> list[Path]:
    path = ROOT / place
    return [path] if path.is_file() else sorted(path.rglob("*.py"))


def imported(path: Path) -> Iterator[str]:
    """Every module that a file imports, wherever in it, and every name it takes from one: `archive.storage.warc`."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: relative imports hide who knows whom"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def is_of(name: str, modules: set[str]) -> bool:
    return any(name == module or name.startswith(module + ".") for module in modules)


@pytest.mark.parametrize("place", FORBIDDEN)
def test_border(place: str) -> None:
    found = {(str(p.relative_to(ROOT)), n) for p in files(place) for n in imported(p) if is_of(n, FORBIDDEN[place])}
    assert found == set()


def test_one_file_knows_warcio() -> None:
    users = {
        str(path.relative_to(ROOT))
        for place in ("archive", "crawler")
        for path in files(place)
        if any(is_of(name, {"warcio"}) for name in imported(path))
    }
    assert users <= {"archive/storage/warc.py"}


def private(name: str) -> bool:
    return is_of(name, SCRAPY) and any(part.startswith("_") and not part.startswith("__") for part in name.split("."))


def test_one_file_knows_private_names_of_scrapy() -> None:
    users = {str(p.relative_to(ROOT)) for p in files("crawler") if any(map(private, imported(p)))}
    assert users <= {"crawler/capture.py"}


def run(code: str, *flags: str) -> str:
    """What Python prints for the code, in a process of its own that knows this repository."""
    command = [sys.executable, *flags, "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r}); {code}"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.mark.parametrize("module", ["archive.schema", "archive.reader", "archive.vietnam.provinces"])
def test_loads_with_the_standard_library_alone(module: str) -> None:
    # -S and -I: no site-packages, no environment; a module from outside the library cannot be found
    run(f"import {module}", "-S", "-I")


@pytest.mark.parametrize("module", ["crawler.portal", "crawler.reading.article", "archive.cli"])
def test_loads_without_scrapy(module: str) -> None:
    assert run(f"import {module}; print([each for each in {sorted(SCRAPY)} if each in sys.modules])", "-I") == "[]\n"
