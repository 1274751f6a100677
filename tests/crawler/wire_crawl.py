"""Runs one real Scrapy crawl over the requests given as JSON on standard input, and prints what the capture recorded.

A process of its own, because a Twisted reactor runs once. Input: `{"settings": …, "asked": [[method, url, body,
meta]]}`; output: one JSON object per exchange and per outcome, bytes in base64.
"""

from __future__ import annotations

import base64
import dataclasses
import json
import sys
from collections.abc import AsyncIterator
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response
from twisted.python.failure import Failure

from archive.schema import Exchange
from crawler.addresses import PublicResolver
from crawler.stopping import stopping


def say(**what: Any) -> None:
    print(json.dumps(what), flush=True)


class Recorder:
    """Prints each exchange, and counts."""

    count = 0

    def record(self, exchange: Exchange, request: Request) -> int:
        assert exchange.response is None or exchange.response.tell() == 0
        block = exchange.response.read() if exchange.response else b""
        assert len(block) == exchange.size
        if request.meta.get("refuse_record"):
            raise OSError(28, "No space left on device")
        self.count += 1
        fields = {
            field.name: getattr(exchange, field.name)
            for field in dataclasses.fields(exchange)
            if field.name not in ("started_at", "request", "response")
        }
        say(
            what="exchange",
            key=request.meta["key"],
            number=self.count,
            started=exchange.started_at.isoformat(),
            request=base64.b64encode(exchange.request).decode(),
            block=base64.b64encode(block).decode(),
            **fields,
        )
        return self.count


class Asker(Spider):
    name = "asker"
    asked: list[Any]

    async def start(self) -> AsyncIterator[Request]:
        for number, (method, url, body, meta) in enumerate(self.asked):
            yield Request(
                url,
                method=method,
                body=body,
                meta={"key": number, "dont_redirect": True, **meta},
                callback=self.answered,
                errback=self.failed,
                dont_filter=True,
            )

    async def answered(self, response: Response) -> None:
        meta = response.meta
        if meta.get("then_stop"):
            self.crawler.signals.send_catch_log(stopping)
        say(
            what="outcome", key=meta["key"], outcome=response.status, snapshot=meta["snapshot"], size=len(response.body)
        )

    async def failed(self, failure: Failure) -> None:
        meta, error = failure.request.meta, failure.value  # type: ignore[attr-defined]
        say(
            what="outcome",
            key=meta["key"],
            outcome=type(error).__name__,
            snapshot=meta.get("snapshot"),
            own=getattr(error, "snapshot", None),
            message=str(error),
        )


SETTINGS = {
    "DOWNLOAD_HANDLERS": {"http": "crawler.capture.CaptureHandler", "https": "crawler.capture.CaptureHandler"},
    "TWISTED_DNS_RESOLVER": PublicResolver,
    "DOWNLOADER_MIDDLEWARES_BASE": {},
    "HTTPERROR_ALLOW_ALL": True,
    "DOWNLOAD_TIMEOUT": 5,
    "TELNETCONSOLE_ENABLED": False,
    "LOG_LEVEL": "ERROR",
    "LOG_VERSIONS": [],
}


def main() -> None:
    plan = json.load(sys.stdin)
    process = AsyncCrawlerProcess({**SETTINGS, **plan["settings"]})
    crawler = process.create_crawler(Asker)
    crawler.recorder = Recorder()  # type: ignore[attr-defined]
    process.crawl(crawler, asked=plan["asked"])
    process.start()


if __name__ == "__main__":
    main()
