"""A list's second page, got by postback, never stands for the first: in replay, nor for an indexer that is told so."""

from __future__ import annotations

import hashlib
import http.client
import io
import json
import socket
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from archive.schema import Exchange
from archive.storage.entries import POSTED
from archive.storage.paths import ArchivePaths, PortalPaths
from archive.storage.store import Form, PortalArchive
from archive.web import replay

URL = "http://h.example/list.aspx"
AT = datetime(2026, 11, 20, 8, tzinfo=UTC)
_TEXT = 'name = "Cổng thử"\nhosts = ["h.example"]\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An archive of one list: its first page, then its second by the form of the first."""
    form = Form("p", "sha256:" + hashlib.sha256(_TEXT.encode()).hexdigest(), _TEXT)
    archive = PortalArchive(_paths(tmp_path / "data"), form, "r1", {"software": "test"})
    for number, (method, sent, key) in enumerate(
        [("GET", b"", URL), ("POST", b"__VIEWSTATE=x&p=2", f"{URL}{POSTED}=2")]
    ):
        body = f"<p>page {number + 1}</p>".encode()
        length = f"Content-Length: {len(sent)}\r\nContent-Type: application/x-www-form-urlencoded\r\n" if sent else ""
        request = f"{method} /list.aspx HTTP/1.1\r\nHost: h.example\r\n{length}\r\n".encode() + sent
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(body)}\r\n\r\n".encode()
        block = io.BytesIO(head + body)
        when = AT + timedelta(seconds=10 * number)
        archive.record(Exchange(URL, when, request, block, len(head + body), len(head), 200), key)
    archive.close()
    return tmp_path / "data"


def _paths(folder: Path) -> PortalPaths:
    return ArchivePaths(folder).portal("p")


def test_replay_shows_the_first_page_at_any_time(folder: Path, tmp_path: Path) -> None:
    try:
        replay.command()
    except replay.NoReplay as error:
        pytest.skip(str(error))
    (tmp_path / "pywb").mkdir()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    running = replay.replay(folder, tmp_path / "pywb", port)
    try:
        path = urlsplit(next(running)).path
        for moment in ("20261120080000", "20261120080010", "2027"):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
            connection.request("GET", f"{path}{moment}id_/{URL}", headers={"Accept-Encoding": "identity"})
            answer = connection.getresponse()
            assert (answer.status, answer.read()) == (200, b"<p>page 1</p>"), moment
            connection.close()
    finally:
        running.close()


def test_an_indexer_that_looks_at_requests_tells_them_apart(
    folder: Path, tool: Callable[[str], list[str]], environment: dict[str, str]
) -> None:
    warcs = [str(path) for path in _paths(folder).closed_warcs()]
    command = [*tool("cdxj-indexer"), "-p", "-s", *warcs]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=True)
    lines = [line.split(" ", 2) for line in done.stdout.splitlines()]
    assert [line[0] for line in lines] == [
        "example,h)/list.aspx", "example,h)/list.aspx?__viewstate=x&__wb_method=post&p=2",
    ]  # fmt: skip
    ours = [line.split(" ", 2) for line in _paths(folder).index.read_text().splitlines()]
    assert [(line[0], json.loads(line[2])["offset"]) for line in ours] == [
        (lines[0][0], json.loads(lines[0][2])["offset"])
    ]
