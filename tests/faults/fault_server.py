"""A portal of the fault bench: raw HTTP on loopback, in a process of its own, which counts what it was asked."""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import socket
import time
import urllib.request
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any

LIFE = 1800.0  # seconds after which a server ends by itself


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: its path with the query, its head, and how often the path was asked for before."""

    path: str
    head: str
    times: int
    host: str

    def header(self, name: str) -> str | None:
        for line in self.head.split("\r\n")[1:]:
            key, _, value = line.partition(":")
            if key.lower() == name.lower():
                return value.strip()
        return None


Talk = Callable[[asyncio.StreamWriter], Awaitable[None]]  # speaks for itself; the connection ends with it
Answer = Callable[[Asked], bytes | Talk]


def page(
    body: str | bytes, status: str = "200 OK", media: str = "text/html; charset=utf-8", headers: Iterable[str] = ()
) -> bytes:
    """An answer of known length."""
    data = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {media}", f"Content-Length: {len(data)}", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + data


def redirect(target: str, status: str = "302 Found") -> bytes:
    return page("", status, headers=[f"Location: {target}"])


class Served:
    """`answer` served on `hosts` (one port each) until the `with` ends; `tell` sets its `answer.told`."""

    def __init__(self, answer: Any, hosts: Iterable[str] = ("127.0.0.1",)) -> None:
        self._sockets = [socket.create_server((host, 0), backlog=256) for host in hosts]
        self.hosts = ["{}:{}".format(*each.getsockname()) for each in self._sockets]
        self.host = self.hosts[0]
        self._process = multiprocessing.get_context("fork").Process(
            target=_serve, args=(self._sockets, answer), daemon=True
        )

    def __enter__(self) -> Served:
        self._process.start()
        for each in self._sockets:
            each.close()
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.join(5)

    def _control(self, query: str) -> Any:
        with urllib.request.urlopen(f"http://{self.host}/__bench/{query}", timeout=20) as answer:
            return json.load(answer)

    def log(self) -> list[tuple[float, str, str]]:
        """Moment (monotonic seconds), host and path of every request so far."""
        return [tuple(each) for each in self._control("log")]

    def asked(self) -> Counter[str]:
        """How often each path was asked for."""
        return Counter(path for _, _, path in self.log())

    def forget(self) -> None:
        self._control("forget")

    def tell(self, value: str) -> None:
        self._control(f"tell/{value}")


def _serve(sockets: list[socket.socket], answer: Any) -> None:
    asyncio.run(_Server(answer).serve(sockets))


class _Server:
    def __init__(self, answer: Any) -> None:
        self._answer = answer
        self._log: list[tuple[float, str, str]] = []
        self._times: Counter[str] = Counter()

    async def serve(self, sockets: list[socket.socket]) -> None:
        servers = [await asyncio.start_server(self._connected, sock=each, limit=1 << 20) for each in sockets]
        await asyncio.sleep(LIFE)
        for each in servers:
            each.close()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        host = "{}:{}".format(*writer.get_extra_info("sockname")[:2])
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                path = head.split(" ")[1]
                if path.startswith("/__bench/"):
                    writer.write(page(json.dumps(self._control(path.split("/")[2:])), media="application/json"))
                    await writer.drain()
                    continue
                self._log.append((time.monotonic(), host, path))
                asked = Asked(path, head, self._times[host + path], host)
                self._times[host + path] += 1
                reply = self._answer(asked)
                if not isinstance(reply, bytes):
                    await reply(writer)
                    return
                writer.write(reply)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.LimitOverrunError):
            return
        finally:
            writer.close()

    def _control(self, words: list[str]) -> Any:
        if words[0] == "tell":
            self._answer.told = words[1]
        if words[0] == "forget":
            self._log.clear()
            self._times.clear()
        return self._log
