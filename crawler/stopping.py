"""Tells a download handler when the crawl has stopped and the grace for transfers in flight is over.

Scrapy has no such hook: its engine waits for every transfer, as long as a silent host likes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from scrapy.crawler import Crawler
from twisted.internet.task import LoopingCall

# A signal: whoever sends it tells the handlers that the crawl stops, and the grace for transfers in flight begins.
# The handlers find out by themselves when the engine stops; this is for a spider that is closed while it runs on.
stopping = object()

WATCH_EVERY = 0.5  # seconds between two looks whether the engine still runs


class StopWatch:
    """Calls `stop` once, `grace` seconds after the engine was seen to have stopped, or `stopping` was sent."""

    def __init__(self, crawler: Crawler, grace: float, stop: Callable[[], None]) -> None:
        self._crawler = crawler
        self._grace = grace
        self._stop = stop
        self._watch: Any = LoopingCall(self._look)
        self._last_call: Any = None
        self._was_running = False
        crawler.signals.connect(self._begin, signal=stopping)

    @property
    def started(self) -> bool:
        """Whether it watches."""
        return bool(self._watch.running)

    def start(self) -> None:
        """Watch, from now on; needs the reactor."""
        self._watch.start(WATCH_EVERY)

    def close(self) -> None:
        """Watch no longer, and call nobody."""
        if self._watch.running:
            self._watch.stop()
        if self._last_call and self._last_call.active():
            self._last_call.cancel()

    def _look(self) -> None:
        engine = self._crawler.engine
        if engine is not None and engine.running:
            self._was_running = True
        elif self._was_running:
            self._begin()

    def _begin(self) -> None:
        if self._last_call is None:
            self._last_call = self._watch.clock.callLater(self._grace, self._stop)
