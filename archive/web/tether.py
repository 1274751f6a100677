"""Runs a program for as long as whoever started it lives, however that ends; started by its path, beside no package.

    python tether.py FOLDER PROGRAM [ARGUMENT ...]

Standard input is the tether, a pipe that nobody but the starter holds. "end" in it ends the program. Where the pipe
ends without a word the starter is gone, be it by kill -9: then FOLDER, which it can no longer clear away, goes too.
"""

from __future__ import annotations

import os
import select
import shutil
import signal
import subprocess
import sys
from contextlib import suppress

WORD = b"end"
_LOOK = 0.2  # seconds between looks at whether the program still runs
_PATIENCE = 5  # seconds to end by itself


def main(folder: str, *command: str) -> None:
    """Run the program in this process's group, which ends with it: uv's command is only the parent of pywb."""
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, lambda *_: None)  # only the pipe counts; the program heeds them, as SIG_IGN it would not
    server = subprocess.Popen(command, stdin=subprocess.DEVNULL)
    try:
        while server.poll() is None:
            if select.select([0], [], [], _LOOK)[0]:
                _end(server, None if os.read(0, len(WORD)) else folder)
    finally:
        os.killpg(0, signal.SIGKILL)


def _end(server: subprocess.Popen[bytes], folder: str | None) -> None:
    os.killpg(0, signal.SIGTERM)
    with suppress(subprocess.TimeoutExpired):
        server.wait(_PATIENCE)
    if folder:
        shutil.rmtree(folder, ignore_errors=True)
    os.killpg(0, signal.SIGKILL)


if __name__ == "__main__":
    main(*sys.argv[1:])
