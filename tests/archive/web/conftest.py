"""A reader over the small archive, spoken to without sockets: each port by the name it would have."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from archive.web.app import Reader

PORT, SNAPSHOT_PORT = 8420, 8421


class Browser:
    """Asks one of the reader's two ports, in the thread of the test: SQLite's connections belong to one."""

    def __init__(self, reader: Reader, port: int) -> None:
        self._reader, self._base = reader, f"http://127.0.0.1:{port}"

    def get(self, way: str, **more: Any) -> httpx.Response:
        """The answer to a GET."""
        return self.ask("GET", way, **more)

    def ask(self, method: str, way: str, **more: Any) -> httpx.Response:
        """The answer to a request."""
        return asyncio.run(self._ask(method, way, **more))

    async def _ask(self, method: str, way: str, **more: Any) -> httpx.Response:
        transport = httpx.ASGITransport(self._reader)
        english = {"Accept-Language": "en"}
        async with httpx.AsyncClient(transport=transport, base_url=self._base, headers=english) as client:
            return await client.request(method, way, **more)


Open = Callable[[Path], tuple[Browser, Browser]]


@pytest.fixture
def opened() -> Iterator[Open]:
    """Opens an archive's folder: the pages, and the stored bytes on their other origin."""
    readers: list[Reader] = []

    def begin(folder: Path) -> tuple[Browser, Browser]:
        readers.append(Reader(folder, PORT, SNAPSHOT_PORT))
        return Browser(readers[-1], PORT), Browser(readers[-1], SNAPSHOT_PORT)

    yield begin
    for each in readers:
        each.house.close()


@pytest.fixture
def pages(archive_folder: Path, opened: Open) -> Browser:
    """The pages of the small archive."""
    return opened(archive_folder)[0]


@pytest.fixture
def stored(archive_folder: Path, opened: Open) -> Browser:
    """The stored bytes of the small archive."""
    return opened(archive_folder)[1]
