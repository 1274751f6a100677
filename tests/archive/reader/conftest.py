"""A copy of the small archive, for tests that change it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest


@pytest.fixture
def copy(archive_folder: Path, tmp_path: Path) -> Path:
    """A copy of the archive, to be changed."""
    return shutil.copytree(archive_folder, tmp_path / "copy")
