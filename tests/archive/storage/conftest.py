"""Exchanges to write, the folder of a portal to write them to, and its writer."""

import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from archive.schema import Exchange
from archive.storage.members import iter_members
from archive.storage.paths import ArchivePaths, PortalPaths
from archive.storage.warc import WarcWriter

BEGUN = datetime(2026, 11, 23, 8, 0, 0, 123456, tzinfo=UTC)
INFO = {"software": "province-archive/0.1", "operator": "Phòng Tin học\r\nForged: yes", "description": ""}


@pytest.fixture
def folder(tmp_path: Path) -> PortalPaths:
    """A portal's folder, made."""
    paths = ArchivePaths(tmp_path / "data").portal("kon-tum")
    paths.make()
    return paths


@pytest.fixture
def exchange() -> Callable[..., Exchange]:
    """Makes exchanges, one second apart."""
    made = 0

    def make(
        url: str = "http://www.kontum.example/tin/1",
        body: bytes = b"<h1>Tin</h1>" * 200,
        head: bytes = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n",
        **values: Any,
    ) -> Exchange:
        nonlocal made
        made += 1
        data = head + body
        status = head.split(b" ", 2)[1:2]
        given: dict[str, Any] = {
            "url": url,
            "started_at": BEGUN + timedelta(seconds=made),
            "request": b"GET /tin/1 HTTP/1.1\r\nHost: www.kontum.example\r\n\r\n",
            "response": io.BytesIO(data) if data else None,
            "size": len(data),
            "head_length": len(head),
            "status": int(status[0]) if status else None,
        }
        return Exchange(**{**given, **values})

    return make


@pytest.fixture
def writer(folder: PortalPaths) -> Callable[..., WarcWriter]:
    """Opens the folder's writer, at a time that stands still."""

    def open_writer(**values: Any) -> WarcWriter:
        return WarcWriter(folder, INFO, host="vm", **{"now": lambda: BEGUN, **values})

    return open_writer


@pytest.fixture
def only_file(folder: PortalPaths) -> Callable[[], Path]:
    """The one file that was written and closed."""

    def closed() -> Path:
        (path,) = folder.closed_warcs()
        return path

    return closed


@pytest.fixture
def types() -> Callable[[Path], list[tuple[str | None, str | None]]]:
    """The types of a file's records, each with what is wrong with it."""

    def found(path: Path) -> list[tuple[str | None, str | None]]:
        return [(each.record.type if each.record else None, each.problem) for each in iter_members(path)]

    return found
