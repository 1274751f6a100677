"""Replay by pywb over the archive's own folders: TimeGate, TimeMap, and what is withheld while it runs."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from archive.web import front, replay


@pytest.fixture
def running(archive_folder: Path, tmp_path: Path) -> Iterator[tuple[str, Path, Iterator[str]]]:
    """pywb over a copy of the small archive: where it is, the copy, and the loop that looks for what is withheld."""
    try:
        replay.command()
    except replay.NoReplay as error:
        pytest.skip(str(error))
    folder, place = tmp_path / "data", tmp_path / "pywb"
    shutil.copytree(archive_folder, folder)
    place.mkdir()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    looking = replay.replay(folder, place, port)
    yield next(looking).removesuffix("/all/"), folder, looking
    looking.close()
    assert not replay.runs(port)


def test_captures_are_found_by_time_and_not_when_withheld(
    running: tuple[str, Path, Iterator[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replay, "_LOOK", 0.01)
    address, folder, looking = running
    base = sqlite3.connect(folder / "portals/kon-tum/ledger.sqlite")
    url, date, article = base.execute(
        "SELECT s.url, s.date, a.article FROM snapshots AS s JOIN addresses AS a USING (key)"
        " WHERE a.article IS NOT NULL AND s.kind = 'response' ORDER BY s.id LIMIT 1"
    ).fetchone()
    base.close()
    ways = [
        replay.capture_path(date, url).replace("/http", "id_/http", 1), f"/all/{url}", f"/all/timemap/link/{url}",
        f"/all/cdx?url={url}",
    ]  # fmt: skip
    with httpx.Client(base_url=address, timeout=20, follow_redirects=True) as client:
        first, *others = [client.get(way) for way in ways]
        assert (first.status_code, "<h1>Hội nghị</h1>" in first.text) == (200, True)
        assert 'rel="timegate"' in others[1].headers["link"]
        assert 'rel="memento"' in others[1].text
        (folder / "withheld.toml").write_text(
            f'[[withheld]]\nid = "{article}"\nreason = "r"\ndate = 2026-11-23\nby = "b"\n', encoding="utf-8"
        )
        for _ in range(3):
            next(looking)
        for way in ways:
            answer = client.get(way)
            assert (answer.status_code == 404 or not answer.text.strip(), "Hội nghị" in answer.text) == (True, False)


def test_pywb_answers_to_this_machines_names_only(running: tuple[str, Path, Iterator[str]]) -> None:
    address = running[0]
    port = address.rpartition(":")[2]
    with httpx.Client(base_url=address, timeout=20) as client:
        for way in ("/", "/all/http://www.kon-tum.example/tin/1", "/static/wombat.js"):
            for host in (
                "",
                "evil.example",
                f"EVIL.EXAMPLE:{port}",
                "127.0.0.1",
                f"localhost.:{port}",
                f"a@[::1]:{port}",
            ):
                answer = client.get(way, headers={"Host": host})
                assert (answer.status_code, answer.text) == (front.STATUS, front.REFUSED), (way, host)
            assert client.get(way, headers={"Host": f"localhost:{port}"}).status_code != front.STATUS


STANDS_FOR_PYWBS_PYTHON = """\
#!{python}
import subprocess, sys
from http.server import BaseHTTPRequestHandler, HTTPServer
class Refusing(BaseHTTPRequestHandler):
    def do_HEAD(self):
        self.send_response({status})
        self.end_headers()
if sys.argv[1] == "-c":  # asked whether it has pywb
    sys.exit()
if sys.argv[1] != "-":  # as uv's command, it only starts what listens
    sys.exit(subprocess.call([sys.executable, __file__, "-", sys.argv[sys.argv.index("-p") + 1]]))
HTTPServer(("127.0.0.1", int(sys.argv[-1])), Refusing).serve_forever()
"""


def stand_in(folder: Path, status: int) -> Path:
    """The folder of a `wayback` whose Python only answers with that status."""
    programs = folder / "bin"
    programs.mkdir()
    text = STANDS_FOR_PYWBS_PYTHON.format(python=sys.executable, status=status)
    for name in ("wayback", "python3"):
        (programs / name).write_text(text, encoding="utf-8")
        (programs / name).chmod(0o755)
    return programs


def test_port_0_is_any_that_is_free(archive_folder: Path, tmp_path: Path) -> None:
    place = {**os.environ, "PATH": f"{stand_in(tmp_path, front.STATUS)}:{os.environ['PATH']}", "TMPDIR": str(tmp_path)}
    command = [sys.executable, "-m", "archive", "replay", "--archive", str(archive_folder), "--port", "0"]
    started = subprocess.Popen(command, env=place, stdout=subprocess.PIPE, text=True)
    try:
        assert started.stdout
        address = re.search(r"http://127\.0\.0\.1:(\d+)/all/", started.stdout.readline())
        assert address
        assert replay.runs(int(address[1]))
        started.send_signal(signal.SIGTERM)
        assert started.wait(10) == 0
    finally:
        started.kill()
        started.communicate()


def test_a_pywb_that_answers_to_any_name_is_not_run(
    archive_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", f"{stand_in(tmp_path, 200)}:{os.environ['PATH']}")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(replay.NoReplay, match="answers to any name"):
        next(replay.replay(archive_folder, tmp_path, port))
    assert not replay.runs(port)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGKILL], ids=str)
def test_pywb_ends_with_whoever_started_it(archive_folder: Path, tmp_path: Path, number: signal.Signals) -> None:
    programs, temporary = stand_in(tmp_path, front.STATUS), tmp_path / "tmp"
    temporary.mkdir()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)  # where the tests run under nohup
    started = subprocess.Popen(
        [sys.executable, "-m", "archive", "replay", "--archive", str(archive_folder), "--port", str(port)],
        env={**os.environ, "PATH": f"{programs}:{os.environ['PATH']}", "TMPDIR": str(temporary)},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    signal.signal(signal.SIGHUP, before)
    try:
        assert started.stdout
        assert b"127.0.0.1" in started.stdout.readline()
        assert (replay.runs(port), len(list(temporary.iterdir()))) == (True, 1)
        started.send_signal(number)
        said = started.communicate(timeout=5)[1]
    finally:
        started.kill()
        started.communicate()
    for _ in range(100):
        if not (replay.runs(port) or list(temporary.iterdir())):
            break
        time.sleep(0.05)
    assert (replay.runs(port), list(temporary.iterdir()), said) == (False, [], b"")
    assert started.returncode == (-number if number is signal.SIGKILL else 0)


def test_without_pywb_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(replay.NoReplay, match="uv tool install"):
        replay.command()


def test_a_port_that_nobody_listens_on_is_not_linked_to(pages: Any) -> None:
    told = pages.get("/changes.json").json()["changes"][0]["id"]
    record = pages.get(f"/a/{told}.json").json()["article"]["snapshot"]["record_id"]
    assert ("8422" in pages.get(f"/s/{told.partition('/')[0]}/{record}").text) == replay.runs(8422)


def test_a_capture_is_named_by_its_second() -> None:
    assert replay.capture_path("2026-11-23T08:00:01.123456Z", "http://a/b?c") == "/all/20261123080001/http://a/b?c"
