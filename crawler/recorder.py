"""The recorder of a project that has none of its own: every exchange into WARC files under one folder."""

from __future__ import annotations

from pathlib import Path

import scrapy
from scrapy import Request, signals
from scrapy.crawler import Crawler

from archive.schema import Exchange, SnapshotRef
from archive.storage.paths import PortalPaths
from archive.storage.warc import WarcWriter


class WarcRecorder:
    """Writes to `<folder>/warc/<folder's name>-….warc.gz`, with an index beside; durable when the crawl has ended."""

    def __init__(self, folder: Path, info: dict[str, str]) -> None:
        self._writer = WarcWriter(PortalPaths(folder.resolve()), info)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> WarcRecorder:
        """The recorder for CAPTURE_DIR, closed with the engine."""
        settings = crawler.settings
        info = {
            "software": f"Scrapy/{scrapy.__version__} with province-archive's capture",
            "http-header-user-agent": settings["USER_AGENT"],
            "robots": "obey" if settings.getbool("ROBOTSTXT_OBEY") else "ignore",
        }
        recorder = cls(Path(settings.get("CAPTURE_DIR", "warc")), info)
        crawler.signals.connect(recorder.close, signal=signals.engine_stopped)
        return recorder

    def record(self, exchange: Exchange, request: Request) -> SnapshotRef:
        """Write the exchange; where it lies."""
        referer = request.headers.get("Referer")
        exchange.via = referer.decode("latin-1") if referer else None
        return self._writer.write(exchange).snapshot

    def close(self) -> None:
        """Make all durable and give the files their names."""
        self._writer.close()
