"""What the capture costs: CPU per page, with Scrapy's own handler, with ours, and with ours writing WARCs.

`python tests/bench/capture.py [pages]` fetches a page of 95 KB, sent as gzip, over one kept connection on loopback.
The handlers take turns, so that what else the machine does meets all of them; the figure is the least of the rounds,
which what else the machine does disturbs least.
"""

from __future__ import annotations

import asyncio
import gzip
import multiprocessing
import random
import socket
import sys
import tempfile
import threading
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from scrapy.utils.reactor import install_reactor

install_reactor("twisted.internet.asyncioreactor.AsyncioSelectorReactor")

from scrapy import Request, Spider  # noqa: E402
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler  # noqa: E402
from scrapy.crawler import Crawler  # noqa: E402
from twisted.internet.defer import Deferred  # noqa: E402
from twisted.internet.task import react  # noqa: E402

from crawler.capture import CaptureHandler  # noqa: E402
from crawler.recorder import WarcRecorder  # noqa: E402

ROUNDS = 9
TARGET = 0.2  # ms per page
TEXT = "tỉnh Kon Tum ủy ban nhân dân quyết định về việc phê duyệt kế hoạch phát triển kinh tế xã hội năm"


def page() -> bytes:
    """95 KB of words and markup, much the same each time."""
    words = random.Random(1)
    text = ""
    while len(text.encode()) < 95_000:
        text += (
            f'<p class="c{words.randrange(99)}">{" ".join(words.choices(TEXT.split(), k=30))} {words.random()}</p>\n'
        )
    return text.encode()[:95_000]


def serve(port: Any, body: bytes) -> None:
    """Answer every request on every connection, in a process of its own."""
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Encoding: gzip\r\nServer: nginx\r\n"
    answer += b"Content-Length: %d\r\n\r\n%b" % (len(body), body)
    listener = socket.create_server(("127.0.0.1", 0))
    port.put(listener.getsockname()[1])
    while True:
        connection, _ = listener.accept()
        threading.Thread(target=answer_all, args=(connection, answer), daemon=True).start()


def answer_all(connection: socket.socket, answer: bytes) -> None:
    while connection.recv(65536):
        connection.sendall(answer)


class Forget:
    """A recorder that keeps nothing."""

    def record(self, exchange: Any, request: Request) -> None:
        pass


async def fetch(handler: Any, url: str, pages: int) -> float:
    """CPU seconds of this process for each of so many pages."""
    began = time.process_time()
    for number in range(pages):
        response = await handler.download_request(Request(f"{url}/{number}"))
        assert response.status == 200
    return (time.process_time() - began) / pages


async def measure(url: str, pages: int, folder: Path) -> None:
    crawlers = [Crawler(Spider, {"LOG_ENABLED": False, "CAPTURE_DIR": str(folder)}) for _ in range(3)]
    plain, forgetting, writing = crawlers
    for crawler in crawlers:
        crawler._apply_settings()
        crawler.engine = SimpleNamespace(running=True)  # type: ignore[assignment]
    forgetting.recorder = Forget()  # type: ignore[attr-defined]
    recorder = WarcRecorder.from_crawler(writing)
    writing.recorder = recorder  # type: ignore[attr-defined]
    handlers = {
        "Scrapy's handler": HTTP11DownloadHandler(plain),
        "capture": CaptureHandler(forgetting),
        "capture and WARC": CaptureHandler(writing),
    }
    spent: dict[str, list[float]] = {name: [] for name in handlers}
    for _ in range(ROUNDS + 1):
        for name, handler in handlers.items():
            spent[name].append(await fetch(handler, url, pages))
    for handler in handlers.values():
        await handler.close()
    recorder.close()
    least = {name: min(each[1:]) * 1000 for name, each in spent.items()}  # the first round warms up
    base = least["Scrapy's handler"]
    for name, each in least.items():
        print(f"{name:18} {each:6.3f} ms of CPU per page, {each - base:+.3f}")
    alone = least["capture"] - base
    print(f"the capture alone  {alone:6.3f} ms (target {TARGET}: {'met' if alone <= TARGET else 'MISSED'})")


def main() -> None:
    pages = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    body = gzip.compress(page())
    port: Any = multiprocessing.Queue()
    server = multiprocessing.Process(target=serve, args=(port, body), daemon=True)
    server.start()
    url = f"http://127.0.0.1:{port.get()}"
    print(f"{pages} pages of 95 KB, {len(body)} bytes as gzip, {ROUNDS} rounds")
    with tempfile.TemporaryDirectory() as folder:
        work = measure(url, pages, Path(folder))
        react(lambda _: Deferred.fromFuture(asyncio.get_event_loop().create_task(work)))


if __name__ == "__main__":
    main()
