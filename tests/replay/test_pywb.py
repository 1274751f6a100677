"""pywb serves every captured page as it was, by our own index and by the one it makes itself."""

from __future__ import annotations

import http.client
import json
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from oracle import Capture, captures, stamp_of

COLLECTIONS = pytest.mark.parametrize("collection", ["ours", "own"])


@pytest.fixture(scope="module")
def pywb(demo: Any, tool: Callable[[str], list[str]], environment: Any, tmp_path_factory: Any) -> Iterator[int]:
    """The port where pywb serves the archive as two collections: by our index, and by its own."""
    wayback = tool("wayback")
    root: Path = tmp_path_factory.mktemp("pywb")
    for part in ("archive", "indexes"):
        (root / "collections/ours" / part).mkdir(parents=True)
    shutil.copy(demo.paths.index, root / "collections/ours/indexes")
    for path in demo.warcs:
        shutil.copy(path, root / "collections/ours/archive")
    for action in (["init", "own"], ["add", "own", *map(str, demo.warcs)]):
        command = [*wayback[:-1], "wb-manager", *action]
        subprocess.run(command, cwd=root, env=environment, capture_output=True, timeout=60, check=True)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with (root / "log").open("w") as log:
        server = subprocess.Popen(
            [*wayback, "-b", "127.0.0.1", "-p", str(port)], cwd=root, env=environment, stdout=log, stderr=log
        )
        try:
            _wait_for(port, server)
            yield port
        finally:
            server.terminate()
            server.wait(10)


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        assert server.poll() is None, "pywb ended"
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("pywb does not answer")


def replayed(port: int, collection: str, url: str, stamp: str) -> tuple[int, bytes]:
    """Status and body that pywb gives for a capture, as it was (`id_`)."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", f"/{collection}/{stamp}id_/{url}", headers={"Accept-Encoding": "identity"})
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


@COLLECTIONS
def test_every_capture_is_served_as_it_was(demo: Any, pywb: int, collection: str) -> None:
    """An index counts seconds: of a wall and the page behind it, taken in one, either may come; a real crawl waits."""
    held: dict[tuple[str, str], list[Capture]] = {}
    for each in captures(demo.warcs):
        if each.status != 304:
            held.setdefault((each.url, each.stamp), []).append(each)
    assert len(held) > 100
    wrong = [
        (place, status, len(body), [(each.status, len(each.body)) for each in taken])
        for place, taken in held.items()
        for status, body in [replayed(pywb, collection, *place)]
        if (status, body) not in [(each.status, each.body) for each in taken]
    ]
    assert wrong == []
    assert sum(len(taken) > 1 for taken in held.values()) <= 1


@COLLECTIONS
def test_both_versions_of_an_edited_page_are_right(demo: Any, pywb: int, collection: str) -> None:
    """The items say which captures they were read from."""
    bodies = {(each.url, each.stamp): each.body for each in captures(demo.warcs)}
    readings: dict[str, list[dict[str, Any]]] = {}
    for line in demo.paths.articles.read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        readings.setdefault(item["id"], []).append(item)
    edited = [items for items in readings.values() if len(items) > 1]
    assert len(edited) == 2
    for items in edited:
        assert [item["cause"] for item in items] == ["new", "page"]
        places = [(item["url"], stamp_of(item["snapshot"]["date"])) for item in items]
        answers = [replayed(pywb, collection, *place) for place in places]
        assert answers == [(200, bodies[place]) for place in places]
        assert answers[0] != answers[1]
