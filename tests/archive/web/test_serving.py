"""`archive serve` as a process: where it listens, how it ends, and what it says when it cannot begin."""

from __future__ import annotations

import json
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parents[3]


def command(folder: Path, *options: str) -> list[str]:
    return [sys.executable, "-u", "-m", "archive", "--archive", str(folder), "serve", *options]


def test_serves_on_two_ports_of_this_machine_until_interrupted(archive_folder: Path, tmp_path: Path) -> None:
    shutil.copytree(archive_folder, tmp_path / "data")
    started = command(tmp_path / "data", "--port", "0", "--snapshot-port", "0", "--json")
    server = subprocess.Popen(started, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        told = json.loads("".join(iter(lambda: server.stdout.readline(), "}\n")) + "}")  # type: ignore[union-attr]
        assert told["address"] != told["snapshots"]
        with httpx.Client(timeout=20) as client:
            answer = client.get(told["address"])
            assert (answer.status_code, "server" in answer.headers) == (200, False)
            record = client.get(told["address"] + "search.json?q=2623").json()["hits"][0]["id"]
            ref = client.get(f"{told['address']}a/{record}.json").json()["article"]["snapshot"]["record_id"]
            portal = record.partition("/")[0]
            assert client.get(f"{told['snapshots']}{portal}/{ref}").status_code == 200
            assert client.get(f"{told['snapshots']}").status_code == 404
            assert client.get(f"{told['address']}{portal}/{ref}").status_code == 404
        server.send_signal(signal.SIGINT)
        assert (server.wait(15), server.stderr.read() if server.stderr else "") == (0, "")
    finally:
        server.kill()
        server.communicate(timeout=10)


def test_says_why_it_cannot_begin(archive_folder: Path, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        for folder, options, said in (
            (archive_folder, ("--port", port), "Address already in use"),
            (tmp_path / "none", ("--port", "0"), "no such folder"),
            (archive_folder, ("--port", "70000"), "allowed: a port"),
        ):
            done = subprocess.run(
                command(folder, *options), cwd=ROOT, capture_output=True, text=True, timeout=30, check=False
            )
            assert (done.returncode, said in done.stderr, done.stderr.count("\n")) == (2, True, 1), done.stderr
