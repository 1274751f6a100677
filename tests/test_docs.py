"""Documentation that cannot rot: what exists is documented, and what is documented exists."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import pytest

from archive.cli.verbs import app
from archive.exits import Exit
from crawler import settings
from crawler.plan import ARGUMENTS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
OURS = ("ARCHIVE_DIR", "PORTALS_DIR", "HOST_DELAY", "MAXSIZE_PAGE", "MAXSIZE_FILE", "CAPTURE_DEADLINE", "DEMO_EDITION")


@pytest.mark.parametrize("name", ARGUMENTS)
def test_every_argument_of_the_crawl_is_explained(name):
    assert f"-a {name}=" in README


@pytest.mark.parametrize("verb", [command.name for command in app.registered_commands])
def test_every_verb_of_the_archive_is_explained(verb):
    assert f"archive {verb}" in README


def test_no_verb_is_explained_that_is_none():
    verbs = {command.name for command in app.registered_commands}
    assert set(re.findall(r"(?:`|uv run )archive ([a-z]+)", README)) <= verbs


@pytest.mark.parametrize("status", list(Exit))
def test_every_exit_status_is_explained(status):
    assert re.search(rf"^\| {status.value} \| \w", README, re.MULTILINE)


@pytest.mark.parametrize("name", OURS)
def test_our_settings_are_explained_and_are_settings(name):
    assert f"`-s {name}=" in README
    assert hasattr(settings, name)


@pytest.mark.parametrize("name", sorted(set(re.findall(r"-s ([A-Z_]+)=", README))))
def test_no_setting_is_explained_that_is_none(name):
    assert hasattr(settings, name)


def test_the_python_example_runs(tmp_path, monkeypatch, capsys):
    """On an archive without articles, which is an archive too."""
    reader = importlib.import_module("archive.reader")
    (tmp_path / "data" / "portals").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    code = re.search(r"```python\n(.*?)```", README, re.DOTALL)
    assert code is not None
    try:
        exec(code[1], {})
    except reader.NoArchive:
        pytest.fail("the example of the README does not find the archive it names")
    assert capsys.readouterr().out == ""


def test_links_within_the_project_lead_somewhere():
    for document in ("README.md", "CONTRIBUTING.md"):
        for target in re.findall(r"\]\(([^)#:]+)\)", (ROOT / document).read_text(encoding="utf-8")):
            assert (ROOT / target).exists(), (document, target)
