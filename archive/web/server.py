"""Runs the reader on sockets that already listen, until it is interrupted."""

from __future__ import annotations

import socket

import uvicorn

from archive.web.app import Reader


async def serve(reader: Reader, sockets: list[socket.socket]) -> None:
    """Answer requests until SIGINT or SIGTERM; then close the archive."""
    config = uvicorn.Config(
        reader,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,  # nobody stands between: what a request claims of its origin is not believed
        ws="none",
        lifespan="off",
        timeout_graceful_shutdown=2,
    )
    reader.house.warm()
    try:
        await uvicorn.Server(config).serve(sockets)
    finally:
        reader.house.close()
