"""Scrapy's HTTP/1.1 download handler, which hands every exchange to a recorder exactly as it went over the wire.

Only here are the header case and order, the chunk framing, the request as sent, the peer, the TLS connection, and the
transfers that failed still known: a middleware or a signal sees what Scrapy made of them. This is the one module that
uses private names of Scrapy and Twisted; `tests/crawler/test_capture_private.py` fails when they move.

It stands alone. In any Scrapy project `ADDONS = {"crawler.capture.CaptureAddon": 500}` writes WARCs to CAPTURE_DIR.

Settings: CAPTURE_DIR (folder of the stand-alone recorder, "warc"), CAPTURE_DEADLINE (seconds from a request to the end
of its response, 120; `meta["download_deadline"]` for one request; DOWNLOAD_TIMEOUT limits the connecting),
CAPTURE_STOP_GRACE (seconds that transfers in flight have left once the crawl stops, 2). `meta["tls"] = "legacy"` lets
one request use old TLS.
"""

from __future__ import annotations

import logging
from functools import partial
from typing import Any, Protocol, cast

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
    _LenientHTTPClientParser,
    _ScrapyAgent,
)
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError, DownloadCancelledError, DownloadFailedError, ResponseDataLossError
from scrapy.http import Response
from scrapy.settings import BaseSettings
from scrapy.utils._download_handlers import wrap_twisted_exceptions
from scrapy.utils.defer import maybe_deferred_to_future
from scrapy.utils.misc import load_object
from twisted.internet.defer import Deferred, fail
from twisted.internet.error import ConnectionDone
from twisted.internet.interfaces import IHandshakeListener
from twisted.internet.protocol import connectionDone
from twisted.python.failure import Failure
from twisted.web.http import _ChunkedTransferDecoder, maxChunkSizeLineLength
from twisted.web.http_headers import Headers, InvalidHeaderName
from zope.interface import implementer

from archive.schema import Exchange
from crawler.addresses import AddressRefused, PublicResolver
from crawler.recorder import WarcRecorder
from crawler.stopping import StopWatch
from crawler.tls import TlsFacts, TlsPolicy, facts
from crawler.wire import MAX_HEAD, TransferStopped, Wire

logger = logging.getLogger(__name__)

RETRIED = ("GET", "HEAD")  # once more, where a kept connection turned out to be gone


class Recorder(Protocol):
    """Keeps exchanges; `crawler.recorder`."""

    def record(self, exchange: Exchange, request: Request) -> Any:
        """Keep the exchange, before the response goes on; the result is put at `request.meta["snapshot"]`."""


class _WireHeaders(Headers):
    """A request's headers that carry its wire to the connection that will serve it; Twisted copies them on the way."""

    wire: Wire

    def copy(self) -> _WireHeaders:
        twin = cast(_WireHeaders, super().copy())
        twin.wire = self.wire
        return twin


class _Tee:
    """A transport that keeps a copy of what is written to it."""

    def __init__(self, transport: Any, sent: bytearray) -> None:
        self._transport = transport
        self._sent = sent

    def write(self, data: bytes) -> None:
        self._sent += data
        self._transport.write(data)

    def writeSequence(self, parts: list[bytes]) -> None:
        self.write(b"".join(parts))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)


class _Chunks(_ChunkedTransferDecoder):
    """Reads chunk sizes padded with blanks (`450   `), as Apache 1.3 and Oracle's HTTP server write them."""

    _buffer: bytearray

    def _dataReceived_CHUNK_LENGTH(self) -> bool:
        end = self._buffer.find(b"\r\n", 0, maxChunkSizeLineLength)
        size = self._buffer[: max(end, 0)].partition(b";")[0]
        if size != (bare := size.strip(b" \t")):
            self._buffer[: len(size)] = bare
            self._start = 0
        return super()._dataReceived_CHUNK_LENGTH()


class _CaptureParser(_LenientHTTPClientParser):
    """Reads on where Twisted gives the page up: at a header name that is none (UTF-8, a blank before the colon)."""

    _transferDecoders = {b"chunked": _Chunks}  # noqa: RUF012 - Twisted's own way to state them

    def headerReceived(self, name: bytes, value: bytes) -> None:
        try:
            super().headerReceived(name.rstrip(), value)  # type: ignore[no-untyped-call]
        except InvalidHeaderName:
            logger.debug("Skipping a header with the bad name %r", name)

    def lineLengthExceeded(self, line: bytes) -> None:
        raise ValueError(f"a header line of more than {self.MAX_LENGTH} bytes")


@implementer(IHandshakeListener)
class _CaptureProtocol(_LenientHTTP11ClientProtocol):
    """A connection that shows the wire of the request it serves what passes."""

    transport: Any
    _parser: Any
    _currentRequest: Any
    _wire: Wire | None = None
    _served = 0  # requests before the current one
    _spoiled = False
    _tls: TlsFacts | None = None

    @property
    def state(self) -> str:
        """As the pool asks it; a connection on which bytes came that nobody asked for is never used again."""
        return "SPOILED" if self._spoiled else self._state

    def handshakeCompleted(self) -> None:
        self._tls = facts(self.transport.getHandle())
        if self._wire:
            self._wire.tls = self._tls

    def request(self, request: Any) -> Deferred[Any]:
        wire: Wire = request.headers.wire
        peer = self.transport.getPeer()
        wire.met(peer.host, reused=self._served > 0)
        wire.tls = self._tls
        refused = wire.guard and wire.guard.refused_peer(wire.url, peer.host, peer.port)
        if refused:
            self.transport.abortConnection()
            return fail(refused)
        self._served += 1
        self._wire = wire
        write = request.writeTo
        request.writeTo = lambda transport: write(_Tee(transport, wire.sent))
        response = super().request(request)
        self._parser.__class__ = _CaptureParser
        return response

    def dataReceived(self, data: bytes) -> None:
        wire = self._wire
        if self._parser is None or wire is None:
            self._spoiled = True
            self.transport.abortConnection()
            return
        try:
            wire.receive(data)
        except OSError as error:  # the temporary file's disk
            wire.stop("unspecified", error)
            return
        super().dataReceived(data)  # type: ignore[no-untyped-call]
        if self._parser is not None:
            limit = wire.limit if self._parser.state == "BODY" else MAX_HEAD
            if limit and wire.total > limit:
                part = self._parser.state.lower()
                wire.stop("length", DownloadCancelledError(f"more than {limit} bytes on the wire, in its {part}"))

    def connectionLost(self, reason: Failure = connectionDone) -> None:
        if self._parser is not None and self._wire:
            self._wire.unclean = not isinstance(reason.value, ConnectionDone)
        super().connectionLost(reason)  # type: ignore[no-untyped-call]

    def _finishResponse(self, rest: bytes) -> None:
        if rest and self._wire:
            self._wire.surplus = len(rest)
        if self._parser is not None and (rest or self._ends_here()):
            self._currentRequest.persistent = False
        super()._finishResponse(rest)

    def _ends_here(self) -> bool:
        """Whether the other side will hang up after this answer; Twisted knows only a lower-case `close`."""
        said = b",".join(self._parser.connHeaders.getRawHeaders(b"Connection", ())).lower()
        return b"close" in said or (self._parser.response.version < (b"HTTP", 1, 1) and b"keep-alive" not in said)

    def _giveUp(self, reason: Failure) -> None:
        if self._wire and not isinstance(reason.value, ConnectionDone):
            self._wire.cut = self._wire.cut or "unspecified"  # what came could not be read as HTTP: this side hung up
        super()._giveUp(reason)  # type: ignore[no-untyped-call]


class _CaptureFactory(_LenientHTTP11ClientFactory):
    def buildProtocol(self, addr: Any) -> _CaptureProtocol:
        return _CaptureProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]


class _CaptureAgent(_ScrapyAgent):
    """Scrapy's agent for one request: ties its wire to it, and gives the whole of it a time limit of its own."""

    _timeout_cl: Any

    def __init__(self, *, wire: Wire, deadline: float, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._wire = wire
        self._deadline = deadline

    def _get_agent(self, request: Request, timeout: float) -> Any:
        agent: Any = super()._get_agent(request, timeout)
        agent.request = partial(self._send, agent.request)
        return agent

    def _send(self, send: Any, method: bytes, uri: bytes, headers: Headers, body: Any) -> Deferred[Any]:
        carrying = _WireHeaders(dict(headers.getAllRawHeaders()))
        carrying.wire = self._wire
        response: Deferred[Any] = send(method, uri, carrying, body)
        return response

    def download_request(self, request: Request) -> Deferred[Response]:
        response = super().download_request(request)
        if self._timeout_cl.active():
            self._timeout_cl.reset(self._deadline)
        return response

    def _cb_timeout(self, result: Any, request: Request, url: str, timeout: float) -> Any:
        if not self._timeout_cl.active():
            self._wire.cut = self._wire.cut or "time"
        return super()._cb_timeout(result, request, url, self._deadline)


class CaptureHandler(HTTP11DownloadHandler):
    """The download handler for http and https.

    Every attempt ends in one `recorder.record(exchange, request)`, whatever its end, before its response or its
    exception goes on; an exception of the recorder's goes on in their place. A request that a kept connection lost
    before any answer is sent once more on another, and is two exchanges.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        settings = crawler.settings
        self._deadline = settings.getfloat("CAPTURE_DEADLINE", 120)
        self._connect_timeout = settings.getfloat("DOWNLOAD_TIMEOUT")
        self._tls, self._legacy_tls = TlsPolicy(), TlsPolicy(legacy=True)
        self._guarded = issubclass(load_object(settings["TWISTED_DNS_RESOLVER"]), PublicResolver)
        self._guard: PublicResolver | None = None
        self._pool._factory = _CaptureFactory
        self._pool.retryAutomatically = False  # it would send a request twice within one exchange
        self._transfers: set[Wire] = set()
        self._stopped: str | None = None
        self._watch = StopWatch(crawler, settings.getfloat("CAPTURE_STOP_GRACE", 2), self.cancel_all)

    async def download_request(self, request: Request) -> Response:
        """Download, recorded."""
        request.meta.pop("snapshot", None)
        self._begin()
        while True:
            if self._stopped:
                raise TransferStopped(self._stopped)
            wire = Wire(request, self._guard)
            try:
                response = await self._transfer(request, wire)
            except BaseException as error:
                error.snapshot = self._record(wire, request, error, [])  # type: ignore[attr-defined]
                lost = isinstance(error, DownloadFailedError) and wire.reused and not wire.total
                if lost and not wire.stopped and request.method in RETRIED:
                    continue
                raise
            self._record(wire, request, None, response.flags)
            return response

    def cancel_all(self, reason: str = "the crawl was stopped") -> None:
        """End every transfer in flight, recorded as cut, and let none begin."""
        self._stopped = reason
        for wire in list(self._transfers):
            wire.stop("unspecified", TransferStopped(reason))

    async def close(self) -> None:
        """End, as Scrapy asks it when the engine has stopped."""
        self._watch.close()
        await super().close()

    def _begin(self) -> None:
        """What needs the reactor, which does not run yet when Scrapy makes the handler."""
        from twisted.internet import reactor

        if self._watch.started:
            return
        self._watch.start()
        if self._guarded and not isinstance(reactor.nameResolver, PublicResolver):  # Scrapy's runners install none
            PublicResolver.from_crawler(self.crawler, reactor).install_on_reactor()
        if isinstance(reactor.nameResolver, PublicResolver):
            self._guard = reactor.nameResolver
            self._guard.allow_loopback(self.crawler.settings.getlist("LOOPBACK_HOSTS"))

    async def _transfer(self, request: Request, wire: Wire) -> Response:
        refused = self._guard and self._guard.refused(wire.url, request.meta.get("proxy"))
        if refused:
            raise refused
        maxsize = request.meta.get("download_maxsize", self._default_maxsize)
        wire.limit = 2 * maxsize + MAX_HEAD if maxsize else None  # chunks of one byte each are no way around the cap
        agent = _CaptureAgent(
            wire=wire,
            deadline=request.meta.get("download_deadline", self._deadline),
            connectTimeout=self._connect_timeout,
            contextFactory=self._legacy_tls if request.meta.get("tls") == "legacy" else self._tls,
            bindAddress=self._bind_address,
            pool=self._pool,
            maxsize=self._default_maxsize,
            warnsize=self._default_warnsize,
            fail_on_dataloss=self._fail_on_dataloss,
            crawler=self._crawler,
            tls_verbose_logging=self._tls_verbose_logging,
        )
        self._transfers.add(wire)
        try:
            with wrap_twisted_exceptions():
                wire.transfer = agent.download_request(request)
                response: Response = await maybe_deferred_to_future(wire.transfer)
            if wire.broken and request.meta.get("download_fail_on_dataloss", self._fail_on_dataloss):
                raise ResponseDataLossError("the connection was reset, and nothing else marks the body's end")
            return response
        except Exception as error:
            if wire.stopped:
                raise wire.stopped from error
            if wire.ip is None and self._guard:
                self._guard.forget(wire.url)
            if isinstance(error, CannotResolveHostError):
                raise self._refusal(error, wire) or error from error.__cause__
            raise
        finally:
            self._transfers.discard(wire)

    def _refusal(self, error: CannotResolveHostError, wire: Wire) -> AddressRefused | None:
        """The refusal that Scrapy reports as a failed look-up: the resolver's, or the connection's."""
        if isinstance(error.__cause__, AddressRefused):
            return error.__cause__
        return self._guard.reason(wire.url) if self._guard else None

    def _record(self, wire: Wire, request: Request, failure: BaseException | None, flags: list[str]) -> Any:
        try:
            snapshot = self._recorder.record(wire.exchange(failure, flags), request)
        except Exception as error:
            disk = isinstance(error, OSError)  # its one line says it all; a defect needs its traceback
            logger.critical("Not recorded, and so not handed on: %s: %s", wire.url, error, exc_info=not disk)
            raise
        finally:
            wire.close()
        request.meta["snapshot"] = snapshot
        return snapshot

    @property
    def _recorder(self) -> Recorder:
        crawler: Any = self.crawler
        if getattr(crawler, "recorder", None) is None:
            crawler.recorder = WarcRecorder.from_crawler(crawler)
        return cast(Recorder, crawler.recorder)


class CaptureAddon:
    """Puts the handler into any Scrapy project: `ADDONS = {"crawler.capture.CaptureAddon": 500}`."""

    def update_settings(self, settings: BaseSettings) -> None:
        """As Scrapy asks an add-on."""
        for scheme in ("http", "https"):
            settings["DOWNLOAD_HANDLERS"][scheme] = CaptureHandler
