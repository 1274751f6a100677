"""Exchanges to write, and the folder of a portal to write them to."""

import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from archive.schema import Exchange
from archive.storage.paths import ArchivePaths, PortalPaths

BEGUN = datetime(2026, 11, 23, 8, 0, 0, 123456, tzinfo=UTC)


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
