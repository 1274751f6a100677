"""Full replay by pywb over the same folders: what it is told, and what it must not show.

pywb is a program of its own (GPL, with libraries that are not ours), so it is not imported but started, by its own
Python, behind `front`. It serves Memento: TimeGate at /all/<address>, TimeMap at /all/timemap/link/<address>.
"""

from __future__ import annotations

import http.client
import json
import os
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from archive.reader import Archive
from archive.research.withhold import Shown, showing_keys
from archive.storage.disk import put_whole
from archive.storage.entries import POSTED
from archive.storage.index import surt
from archive.views import ArchiveError
from archive.web import front, tether
from archive.web.hidden import withheld_keys
from archive.web.house import stamp

PYWB = "pywb>=2.10,<3"
COLLECTION = "all"
_LOOK = 2.0  # seconds between looks at what was withheld or crawled meanwhile


Looked = dict[str, Shown]  # by portal


class NoReplay(ArchiveError):
    """pywb is not there, or does not start."""


def command() -> list[str]:
    """The Python that pywb is installed for, or uv's where it has fetched pywb before. Raises NoReplay."""
    for python in _pythons():
        with suppress(OSError):
            if not subprocess.run([*python, "-c", "import pywb"], env=_outside(), capture_output=True).returncode:
                return python
    raise NoReplay(f"pywb is not installed; allowed: uv tool install '{PYWB}' (a program of its own, under the GPL)")


def _pythons() -> Iterator[list[str]]:
    """What pywb's command is run by: it lies beside it, or the command's first line says it."""
    if found := shutil.which("wayback"):
        yield [str(Path(found).resolve().with_name("python3"))]
        with Path(found).open("rb") as file:
            first = file.readline(1000)
        if first.startswith(b"#!") and b"python" in first:
            yield shlex.split(os.fsdecode(first[2:]))
    if uvx := shutil.which("uvx"):
        yield [uvx, "--offline", "--quiet", "--from", PYWB, "python"]


def _outside() -> dict[str, str]:
    """The environment without what would lead pywb to this project's packages."""
    return {name: value for name, value in os.environ.items() if name not in ("VIRTUAL_ENV", "PYTHONPATH")}


def set_up(archive: Archive, place: Path, looked: Looked | None = None) -> list[str]:
    """Write pywb's configuration and access file into a folder; the portals that it will show.

    `looked`: what former calls found in stored pages, so that only those that are new are looked into.
    """
    shown = [folder for folder in archive.folders() if not archive.rules.of_portal(folder.slug)]
    kept = [folder for folder in shown if folder.paths.index.exists()]
    told = {
        "enable_auto_colls": False,
        "enable_memento": True,
        "framed_replay": True,
        "collections": {
            COLLECTION: {
                "index_group": {folder.slug: str(folder.paths.index.absolute()) for folder in kept},
                "archive_paths": [f"{folder.paths.warc_dir.absolute()}/" for folder in kept],
                "acl_paths": "withheld.aclj",
            }
        },
    }
    away = _away(archive)
    put_whole(place / "withheld.aclj", _excluded(away))  # at once; looking into all pages takes its time
    put_whole(place / "withheld.aclj", _excluded(away | _showing(archive, {} if looked is None else looked)))
    put_whole(place / "config.yaml", json.dumps(told, indent=1))  # JSON is YAML
    return [folder.slug for folder in kept]


def _away(archive: Archive) -> set[str]:
    """The addresses of what is withheld."""
    named = {rule.value for rule in archive.rules.rules if rule.what == "address"}
    return named | {key for folder in archive.folders() for key in withheld_keys(archive, folder)}


def _showing(archive: Archive, looked: Looked) -> set[str]:
    """The addresses of pages that show it. pywb knows no dates here: such a page is not there of any day.

    Nor is one that could not be read: its WARC may be back at any moment, and pywb would not look into it.
    """
    found: set[str] = set()
    for folder in archive.folders() if archive.rules else ():
        looked[folder.slug] = showing_keys(folder, *looked.get(folder.slug, ()))
        found |= looked[folder.slug].found.union(*(each.addresses for each in looked[folder.slug].unread))
    return found


def _excluded(addresses: set[str]) -> str:
    """The access file, in the backward order that pywb wants: what is withheld is not there at all."""
    keys = sorted({surt(each) for each in addresses if POSTED not in each}, reverse=True)  # those are in no index
    return "".join(f'{key}### - {{"access": "exclude"}}\n' for key in keys)


def replay(folder: Path, place: Path, port: int) -> Iterator[str]:
    """Run pywb until it is closed; yields the address when it answers, then "" at every look.

    Withheld pages and new portals are looked for every two seconds; pywb is started anew where the portals differ. It
    does not outlive this program, however that ends: nobody would tell it what is withheld.
    Raises NoReplay, NoArchive.
    """
    started = command()
    known: object = None
    portals: list[str] = []
    looked: Looked = {}
    server: subprocess.Popen[bytes] | None = None
    try:
        while True:
            now = stamp(folder)
            if now != known:
                with Archive(folder) as archive:
                    shown = set_up(archive, place, looked)
                if shown != portals or server is None:
                    _end(server)
                    server = None
                    server = _start(started, place, port)
                    yield f"http://127.0.0.1:{port}/{COLLECTION}/"
                known, portals = now, shown
            if server and server.poll() is not None:
                raise NoReplay(f"pywb ended: {_last_line(place / 'log')}")
            yield ""
            time.sleep(_LOOK)
    finally:
        _end(server)


def _start(started: list[str], place: Path, port: int) -> subprocess.Popen[bytes]:
    program = [*started, shutil.copy(front.__file__, place), "-b", "127.0.0.1", "-p", str(port)]  # beside no package
    with (place / "log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-I", tether.__file__, str(place), *program],
            cwd=place, env=_outside(), stdin=subprocess.PIPE, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
    try:
        for _ in range(300):
            if server.poll() is not None:
                raise NoReplay(f"pywb ended: {_last_line(place / 'log')}")
            told = _to_a_stranger(port)
            if told == front.STATUS:
                return server
            if told:
                raise NoReplay(f"this pywb answers to any name; allowed: {PYWB}")
            time.sleep(0.1)
        raise NoReplay("pywb does not answer")
    except BaseException:
        _end(server)
        raise


def _to_a_stranger(port: int) -> int | None:
    """With what status a foreign name is answered; None where nothing answers yet."""
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        asked.request("HEAD", "/", headers={"Host": "stranger.invalid"})
        return asked.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        asked.close()


def _end(server: subprocess.Popen[bytes] | None) -> None:
    """End pywb by its tether; where that was killed, by the group of both."""
    if server is None:
        return
    if server.returncode is None:
        server.communicate(tether.WORD)
    with suppress(ProcessLookupError):
        os.killpg(server.pid, signal.SIGKILL)


def _last_line(path: Path) -> str:
    lines = path.read_text(encoding="utf-8", errors="replace").split("\n") if path.exists() else []
    return next((line.strip() for line in reversed(lines) if line.strip()), "without a word")


def runs(port: int) -> bool:
    """Whether something listens there."""
    try:
        socket.create_connection(("127.0.0.1", port), 0.2).close()
    except OSError:
        return False
    return True


def capture_path(date: str, url: str) -> str:
    """The path of a capture in pywb, by its WARC-Date."""
    return f"/{COLLECTION}/{''.join(char for char in date if char.isdigit())[:14]}/{url}"
