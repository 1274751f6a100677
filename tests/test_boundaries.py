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
MAY_IMPORT_SCRAPY = {
    "settings.py", "spiders", "frontier.py", "capture.py", "middlewares.py", "pipelines.py", "extensions.py",
    "commands", "demo", "addresses.py", "failures.py", "run.py", "tls.py",
}  # fmt: skip


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


def test_scrapy_stays_at_the_edge() -> None:
    users = {
        path.relative_to(ROOT / "crawler").parts[0]
        for path in files("crawler")
        if any(is_of(name, SCRAPY) for name in imported(path))
    }
    assert users - MAY_IMPORT_SCRAPY == set()


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


@pytest.mark.parametrize("module", ["archive.schema", "archive.reader"])
def test_loads_with_the_standard_library_alone(module: str) -> None:
    if not (ROOT / module.replace(".", "/")).with_suffix(".py").exists():
        pytest.skip(f"{module} is not there yet")
    # -S and -I: no site-packages, no environment; a module from outside the library cannot be found
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r}); import {module}"
    done = subprocess.run([sys.executable, "-S", "-I", "-c", code], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
