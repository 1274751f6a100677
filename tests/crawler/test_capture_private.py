"""Every private name of Scrapy and Twisted that the capture leans on is still there, in the shape it leans on.

When this fails after an upgrade, read the new source beside crawler/capture.py before touching the pin in
pyproject.toml: the capture may still run and record something else than the wire.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from OpenSSL import SSL
from scrapy.core.downloader.handlers import http11
from twisted.internet.error import ConnectionDone
from twisted.internet.testing import StringTransport
from twisted.protocols import tls
from twisted.python.failure import Failure
from twisted.web import _newclient, client, http
from twisted.web.http_headers import Headers

from crawler import capture
from crawler.addresses import AddressRefused


def parameters(function: Any) -> list[str]:
    return list(inspect.signature(function).parameters)


def source(thing: Any) -> str:
    return inspect.getsource(thing)


# what is leaned on -> whether it is so
SHAPES = {
    "the handler's attributes": lambda: all(
        name in source(http11.HTTP11DownloadHandler) + source(http11.HTTP11DownloadHandler.__base__)
        for name in (
            "self._pool: HTTPConnectionPool",
            "self._pool._factory = _LenientHTTP11ClientFactory",
            "self._bind_address =",
            "self._crawler = crawler",
            "self._default_maxsize:",
            "self._default_warnsize:",
            "self._fail_on_dataloss:",
            "self._tls_verbose_logging:",
        )
    ),
    "the agent is made as the handler makes it": lambda: (
        set(parameters(http11._ScrapyAgent.__init__))
        == {
            "self",
            "contextFactory",
            "connectTimeout",
            "bindAddress",
            "pool",
            "maxsize",
            "warnsize",
            "fail_on_dataloss",
            "crawler",
            "tls_verbose_logging",
        }
    ),
    "the agent asks _get_agent, then agent.request": lambda: (
        parameters(http11._ScrapyAgent._get_agent) == ["self", "request", "timeout"]
        and "d: Deferred[IResponse] = agent.request(\n" in source(http11._ScrapyAgent.download_request)
    ),
    "one timer over the whole download": lambda: (
        "self._timeout_cl = reactor.callLater(timeout, d3.cancel)" in source(http11._ScrapyAgent.download_request)
        and parameters(http11._ScrapyAgent._cb_timeout) == ["self", "result", "request", "url", "timeout"]
    ),
    "Twisted's failures become Scrapy's there": lambda: callable(vars(http11)["wrap_twisted_exceptions"]),
    "the factory makes the protocol with the callback": lambda: (
        "_LenientHTTP11ClientProtocol(self._quiescentCallback)"
        in source(http11._LenientHTTP11ClientFactory.buildProtocol)
    ),
    "the parser is an object of the protocol": lambda: (
        "self._parser.__class__ = _LenientHTTPClientParser" in source(http11._LenientHTTP11ClientProtocol.request)
        and "__init__" not in vars(http11._LenientHTTPClientParser)
    ),
    "the parser's header and line hooks": lambda: (
        parameters(_newclient.HTTPParser.headerReceived) == ["self", "name", "value"]
        and parameters(_newclient.HTTPParser.lineLengthExceeded) == ["self", "line"]
        and _newclient.HTTPParser.MAX_LENGTH == 16384
    ),
    "the parser's decoder of chunks, and where that reads a size": lambda: (
        _newclient.HTTPClientParser._transferDecoders == {b"chunked": http._ChunkedTransferDecoder}
        and "self._transferDecoders[" in source(_newclient.HTTPClientParser.allHeadersReceived)
        and "rawLength = self._buffer[0:endOfLengthIndex]"
        in source(http._ChunkedTransferDecoder._dataReceived_CHUNK_LENGTH)
        and 'self._buffer.find(b"\\r\\n", self._start)'
        in source(http._ChunkedTransferDecoder._dataReceived_CHUNK_LENGTH)
        and 'getattr(self, "_dataReceived_" + self.state)' in source(http._ChunkedTransferDecoder.dataReceived)
    ),
    "the parser's states": lambda: (
        (_newclient.STATUS, _newclient.HEADER, _newclient.BODY) == ("STATUS", "HEADER", "BODY")
    ),
    "the surplus comes with the end": lambda: (
        "self._parser = HTTPClientParser(request, self._finishResponse)"
        in source(_newclient.HTTP11ClientProtocol.request)
        and "self.finisher(rest)" in source(_newclient.HTTPClientParser._finished)
    ),
    "only a persistent request keeps its connection": lambda: (
        "or not self._currentRequest.persistent" in source(_newclient.HTTP11ClientProtocol._finishResponse_WAITING)
    ),
    "what cannot be read ends in _giveUp": lambda: (
        "self._giveUp(Failure())" in source(_newclient.HTTP11ClientProtocol.dataReceived)
    ),
    "the parser goes when the exchange is over": lambda: (
        "self._parser = None" in source(_newclient.HTTP11ClientProtocol._disconnectParser)
    ),
    "the request writes itself to a transport": lambda: (
        "request.writeTo(self.transport)" in source(_newclient.HTTP11ClientProtocol.request)
        and {"write", "writeSequence"}
        >= {
            node.attr
            for node in ast.walk(ast.parse(textwrap.dedent(source(_newclient.Request._writeHeaders))))
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "transport"
        }
    ),
    "the pool asks a connection's state": lambda: (
        'connection.state == "QUIESCENT"' in source(client.HTTPConnectionPool.getConnection)
        and client.HTTPConnectionPool.retryAutomatically
        and isinstance(_newclient.HTTP11ClientProtocol.state, property)
    ),
    "headers reach the connection, copied": lambda: (
        "headers = headers.copy()" in source(client._AgentBase._requestWithEndpoint)
        and "self.__class__(self._rawHeaders)" in source(Headers.copy)
    ),
    "the handshake's end is told": lambda: (
        "self.wrappedProtocol.handshakeCompleted()" in source(tls.TLSMemoryBIOProtocol)
        and "return self._tlsConnection" in source(tls.TLSMemoryBIOProtocol.getHandle)
    ),
    "OpenSSL's callback": lambda: parameters(SSL.Connection.set_verify) == ["self", "mode", "callback"],
}


@pytest.mark.parametrize("name", SHAPES)
def test_shape(name: str) -> None:
    assert SHAPES[name]()


def test_no_other_private_names() -> None:
    """The names above are all: a private one that the capture takes from elsewhere has to be added to them."""
    tree = ast.parse(Path(capture.__file__).read_text(encoding="utf-8"))
    imported = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.name.startswith("_") or any(part.startswith("_") for part in (node.module or "").split("."))
    }
    assert imported - {"annotations"} == {
        "wrap_twisted_exceptions",
        "_ChunkedTransferDecoder",
        "_LenientHTTP11ClientFactory",
        "_LenientHTTP11ClientProtocol",
        "_LenientHTTPClientParser",
        "_ScrapyAgent",
    }
    others = [path for path in Path(capture.__file__).parent.rglob("*.py") if path.name != "capture.py"]
    for path in others:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in ("scrapy", "twisted"):
                private = [
                    each for each in [*(node.module or "").split("."), *(a.name for a in node.names)] if each[0] == "_"
                ]
                assert not private, f"{path}: {private}"


# --- a connection on its own ------------------------------------------------------------------------------------------


class Request:
    """As the agent hands it to a connection."""

    method = b"GET"
    bodyProducer = None
    persistent = True

    def __init__(self, wire: Any) -> None:
        self.headers = capture._WireHeaders({b"Host": [b"portal.example"]})
        self.headers.wire = wire
        self.absoluteURI = b"http://portal.example/"

    def writeTo(self, transport: Any) -> Any:
        return _newclient.Request(b"GET", b"/", self.headers.copy(), None, persistent=True).writeTo(transport)  # type: ignore[no-untyped-call]


@pytest.fixture
def connection() -> Any:
    made = capture._CaptureProtocol(lambda _: None)  # type: ignore[no-untyped-call]
    made.makeConnection(StringTransport())  # type: ignore[no-untyped-call]
    return made


class FakeWire:
    """Enough of a wire for a connection."""

    guard: Any = None
    limit = None
    url = "http://portal.example/"
    tls = None
    cut = None
    surplus = 0

    def __init__(self) -> None:
        self.sent = bytearray()
        self.received = b""
        self.total = 0
        self.reused: list[bool] = []

    def met(self, peer: str, reused: bool) -> None:
        self.reused.append(reused)

    def receive(self, data: bytes) -> None:
        if b"disk full" in data:
            raise OSError(28, "No space left on device")
        self.total += len(data)
        self.received += data

    def stop(self, cut: str, reason: Exception) -> None:
        self.stopped = (cut, reason)


ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK"


def exchange(connection: Any, *parts: bytes) -> FakeWire:
    wire = FakeWire()
    answered = connection.request(Request(wire))
    for part in parts:
        connection.dataReceived(part)
    answered.addErrback(lambda _: None)
    return wire


def test_bytes_on_an_idle_connection_spoil_it(connection: Any) -> None:
    """They would be taken for the next answer."""
    wire = exchange(connection, ANSWER)
    assert (bytes(wire.sent), wire.received) == (b"GET / HTTP/1.1\r\nHost: portal.example\r\n\r\n", ANSWER)
    assert connection.state == "QUIESCENT"
    connection.dataReceived(b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged")
    assert connection.state != "QUIESCENT"
    assert wire.received == ANSWER


PADDED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n00000003   \r\nabc\r\n4 \t;a=b\r\ndefg\r\n0  \r\n\r\n"


@pytest.mark.filterwarnings("ignore:Using readBody")  # Twisted's, of a transport that only a test has
@pytest.mark.parametrize("step", [1, 2, 7, len(PADDED)])
def test_padded_chunk_sizes_are_read_however_they_come(connection: Any, step: int) -> None:
    bodies: list[bytes] = []
    wire = FakeWire()
    answered = connection.request(Request(wire))
    answered.addCallback(client.readBody).addCallback(bodies.append)
    for at in range(0, len(PADDED), step):
        connection.dataReceived(PADDED[at : at + step])
    assert (bodies, wire.received, connection.state) == ([b"abcdefg"], PADDED, "QUIESCENT")


@pytest.mark.parametrize(
    ("answer", "kept"),
    [
        (ANSWER, True),
        (ANSWER + b"more", False),
        (ANSWER.replace(b"Content", b"Connection: Close\r\nContent"), False),
        (ANSWER.replace(b"1.1", b"1.0"), False),
        (ANSWER.replace(b"1.1", b"1.0").replace(b"Content", b"Connection: Keep-Alive\r\nContent"), True),
    ],
)
def test_which_connections_are_kept(connection: Any, answer: bytes, kept: bool) -> None:
    quiet: list[Any] = []
    connection._quiescentCallback = quiet.append
    exchange(connection, answer)
    assert bool(quiet) is kept
    assert connection.transport.disconnecting is not kept


def test_a_second_request_is_another_wire(connection: Any) -> None:
    first, second = exchange(connection, ANSWER), exchange(connection, ANSWER[:20], ANSWER[20:])
    assert (first.received, second.received) == (ANSWER, ANSWER)
    assert (first.reused, second.reused) == ([False], [True])


def test_a_connection_that_ends_without_an_answer(connection: Any) -> None:
    wire = exchange(connection)
    connection.connectionLost(Failure(ConnectionDone()))  # type: ignore[no-untyped-call]
    assert (wire.received, wire.cut) == (b"", None)


def test_nothing_is_written_to_a_peer_that_is_refused(connection: Any) -> None:
    """The resolver's answer was public, and the connection leads elsewhere all the same."""
    refused = AddressRefused("portal.example", "private address 10.0.0.7")
    wire = FakeWire()
    wire.guard = SimpleNamespace(refused_peer=lambda url, peer, port: refused)
    failures: list[Any] = []
    connection.request(Request(wire)).addErrback(failures.append)
    assert [failure.value for failure in failures] == [refused]
    assert (bytes(wire.sent), connection.transport.value()) == (b"", b"")
    assert connection.transport.disconnecting


def test_a_full_disk_ends_the_transfer(connection: Any) -> None:
    wire = exchange(connection, ANSWER[:20], b"disk full")
    cut, reason = wire.stopped
    assert (cut, str(reason)) == ("unspecified", "[Errno 28] No space left on device")
