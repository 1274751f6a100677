"""The verbs that show the archive in a browser: serve, replay."""

from __future__ import annotations

import asyncio
import errno
import signal
import socket
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from archive.cli.output import Output
from archive.cli.session import ArchiveDir, BadInput, Json, session, verb

HOST = "127.0.0.1"
PORT = 8420


@verb
def serve(
    ctx: typer.Context,
    port: Annotated[int, typer.Option(metavar="N", help="Port of the pages; 0: any that is free.")] = PORT,
    snapshot_port: Annotated[
        int | None, typer.Option(metavar="N", help="Port of stored pages, an origin of their own; default: the next.")
    ] = None,
    replay_port: Annotated[int, typer.Option(metavar="N", help="Where `archive replay` runs, to link to it.")] = 8422,
    archive: ArchiveDir = None,
    as_json: Json = False,
) -> int:
    """Read the archive in a browser, on this machine only; Ctrl-C ends it."""
    from archive.web.app import Reader
    from archive.web.server import serve as run

    told = session(ctx, archive, as_json)
    sockets = [_listening("--port", port)]
    try:
        found = sockets[0].getsockname()[1]
        sockets.append(
            _listening("--snapshot-port", snapshot_port if snapshot_port is not None else port and found + 1)
        )
        reader = Reader(told.folder, found, sockets[1].getsockname()[1], replay_port)
        address = f"http://{HOST}:{found}/"
        output = Output()
        if told.as_json:
            output.json({"address": address, "snapshots": f"http://{HOST}:{sockets[1].getsockname()[1]}/"})
        else:
            output.line(f"{told.folder} at {address}   (Ctrl-C ends it)")
        sys.stdout.flush()
        with suppress(KeyboardInterrupt):
            asyncio.run(run(reader, sockets))
    finally:
        for each in sockets:
            each.close()
    return 0


def _listening(option: str, port: int) -> socket.socket:
    if not 0 <= port < 65536:
        raise BadInput(f"{option} {port}: allowed: a port from 1 to 65535, or 0 for any that is free")
    made = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((HOST, port))
        made.listen(128)  # who comes before the first answer can be given waits for it
    except OSError as error:
        made.close()
        if error.errno not in (errno.EADDRINUSE, errno.EACCES):
            raise
        raise BadInput(f"{option} {port}: {error.strerror}; allowed: another, or 0 for any that is free") from None
    return made


@verb
def replay(
    ctx: typer.Context,
    port: Annotated[int, typer.Option(metavar="N", help="Port of pywb; 0: any that is free.")] = 8422,
    archive: ArchiveDir = None,
    as_json: Json = False,
) -> int:
    """Look at stored pages as they were, in pywb, on this machine only; it ends with Ctrl-C or the terminal."""
    from archive.web.replay import replay as run

    told = session(ctx, archive, as_json)
    with _listening("--port", port) as free:
        port = free.getsockname()[1]
    output = Output()
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is signal.SIG_DFL:  # nohup ignores SIGHUP
            signal.signal(number, signal.default_int_handler)
    with suppress(KeyboardInterrupt), tempfile.TemporaryDirectory(prefix="archive-replay-") as place:
        for address in run(told.folder, Path(place), port):
            if address and told.as_json:
                output.json({"address": address})
            elif address:
                output.line(f"{told.folder} at {address}   (Ctrl-C ends it)")
            sys.stdout.flush()
    return 0


VERBS = {"serve": serve, "replay": replay}
