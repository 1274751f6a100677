"""A threaded server on a raw socket that speaks odd HTTP and remembers every byte, and the kinds of oddness.

A request's path is `/<kind>/<token of seven digits>`; the token comes back in the answer, so that one that was mixed
up is seen.
"""

from __future__ import annotations

import gzip
import socket
import ssl
import struct
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

PAGE = b"<p>Tin \xe1\xbb\x9f t\xe1\xbb\x89nh Kon Tum @TOKEN@</p>"
PACKED = gzip.compress(PAGE * 40, mtime=0)
HEAD = b"HTTP/1.1 200 OK\r\nX-Token: @TOKEN@\r\n"


def sized(body: bytes, *headers: bytes, status: bytes = b"HTTP/1.1 200 OK") -> bytes:
    """A plain answer with its length."""
    lines = [status, b"X-Token: @TOKEN@", b"Content-Length: %d" % len(body), *headers]
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


@dataclass(frozen=True, slots=True)
class Kind:
    """One way to answer, and what the capture must make of it."""

    name: str
    answer: bytes | tuple[bytes, ...]  # a tuple is sent with a pause between the parts
    then: str = "keep"  # or close, reset, hang
    outcome: int | str = 200  # the response's status, or the exception's class
    status: int | None = 200
    truncated: str | None = None
    interim: int = 0
    surplus: int = 0
    method: str = "GET"
    meta: dict[str, float] = field(default_factory=dict)
    prefix: bool = False  # the client may hang up before all came: the record is the beginning of what was sent
    body: bytes = b""  # of the request

    @property
    def sent(self) -> bytes:
        """All that the server writes."""
        return self.answer if isinstance(self.answer, bytes) else b"".join(self.answer)


EARLY = b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n"
LOST, FAILED, LATE, BIG = (
    "ResponseDataLossError",
    "DownloadFailedError",
    "DownloadTimeoutError",
    "DownloadCancelledError",
)

KINDS = [
    Kind("plain", sized(PAGE)),
    Kind("mixed_case", sized(PAGE, b"x-CoNtEnT-mood: fine", b"SERVER: iis", b"sErVeR: apache")),
    Kind("doubled", sized(PAGE, b"Set-Cookie: a=1", b"X-Between: 1", b"set-cookie: b=2", b"Set-Cookie: a=3")),
    Kind("own_reason", sized(PAGE, status=b"HTTP/1.1 200 C\xc3\xb3 ngay")),
    Kind("no_reason", sized(PAGE, status=b"HTTP/1.1 200")),
    Kind("bare_line_feeds", HEAD.replace(b"\r", b"") + b"Content-Length: %d\n\n" % len(PAGE) + PAGE),
    Kind("gzip", sized(PACKED, b"Content-Encoding: gzip")),
    Kind("bad_gzip", sized(PACKED[:50] + b"@TOKEN@" + PACKED[60:], b"Content-Encoding: gzip")),
    Kind(
        "chunked",
        HEAD + b"Transfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n"
        b"5;name=value\r\nabcde\r\n0F;q=\"x y\"\r\n@TOKEN@01234567\r\n000\r\nX-Sum: 1\r\nX-More: 2\r\n\r\n",
    ),
    Kind(
        "chunked_gzip",
        HEAD + b"Content-Encoding: gzip\r\nTransfer-Encoding: Chunked\r\n\r\n"
        + b"%X\r\n%b\r\n%x\r\n%b\r\n0\r\n\r\n" % (20, PACKED[:20], len(PACKED) - 20, PACKED[20:]),
    ),
    Kind(
        "chunked_padded",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n0000000e   \r\n@TOKEN@@TOKEN@\r\n7 ;a=b\r\n@TOKEN@\r\n0  \r\n\r\n",
    ),
    Kind(
        "chunked_with_length",
        HEAD + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n7\r\n@TOKEN@\r\n0\r\n\r\n",
    ),
    Kind(
        "chunked_cut", HEAD + b"Transfer-Encoding: chunked\r\n\r\nFF\r\n@TOKEN@ not so long", then="close",
        outcome=LOST, truncated="disconnect",
    ),
    Kind(
        "chunked_bad", HEAD + b"Transfer-Encoding: chunked\r\n\r\n7\r\n@TOKEN@\r\nxyz\r\nabc", then="close",
        outcome=LOST, truncated="unspecified",
    ),
    Kind("early_hints", EARLY + sized(PAGE), interim=len(EARLY)),
    Kind(
        "two_interim", (b"HTTP/1.1 100 Continue\r\n\r\n", EARLY, sized(PAGE)), interim=len(EARLY) + 25,
    ),
    Kind("interim_alone", EARLY, then="close", outcome=FAILED, status=None, interim=len(EARLY)),
    Kind("folded", sized(PAGE, b"X-Long: one\r\n\ttwo\r\n   three")),
    Kind("no_colon", sized(PAGE, b"this line has no colon", b"X-After: 1")),
    Kind("odd_names", sized(PAGE, b"X-T\xc3\xaan: 1", b"X Blank: 2", b": 3", b"X-Nul: a\0b")),
    Kind("blank_before_colon", HEAD + b"Content-Length : %d\r\n\r\n" % len(PAGE) + PAGE),
    Kind("header_utf8", sized(PAGE, "Content-Disposition: inline; filename=Quyết định.pdf".encode())),
    Kind("header_latin", sized(PAGE, b"X-Latin: caf\xe9")),
    Kind("bare_return", sized(PAGE, b"X-Return: a\rb")),
    Kind("http_1_0", sized(PAGE, status=b"HTTP/1.0 200 OK"), then="close"),
    Kind("to_close", HEAD + b"\r\n" + PAGE, then="close"),
    Kind("to_close_1_0", b"HTTP/1.0 200 OK\nX-Token: @TOKEN@\n\n" + PAGE, then="close"),
    Kind("to_reset", (HEAD + b"\r\n" + PAGE, b"more"), then="reset", outcome=LOST, truncated="disconnect"),
    Kind("says_close", sized(PAGE, b"Connection: close"), then="close"),
    Kind("long_length", HEAD + b"Content-Length: 400\r\n\r\n" + PAGE, then="close", outcome=LOST,
         truncated="disconnect"),
    Kind("short_length", HEAD + b"Content-Length: 7\r\n\r\n@TOKEN@too much", surplus=8),
    Kind("stray", sized(PAGE) + b"\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", surplus=40),
    Kind(
        "stray_after_chunks", HEAD + b"Transfer-Encoding: chunked\r\n\r\n7\r\n@TOKEN@\r\n0\r\n\r\nstray", surplus=5,
    ),
    Kind(
        "negative_length", HEAD + b"Content-Length: -7\r\n\r\n@TOKEN@", then="close",
        outcome=FAILED, truncated="unspecified",
    ),
    Kind(
        "two_lengths", HEAD + b"Content-Length: 7\r\nContent-Length: 9\r\n\r\n@TOKEN@", then="close",
        outcome=FAILED, truncated="unspecified",
    ),
    Kind("same_length_twice", HEAD + b"Content-Length: 7\r\nContent-Length: 7\r\n\r\n@TOKEN@"),
    Kind("unknown_coding", HEAD + b"Transfer-Encoding: rot13\r\n\r\n@TOKEN@", then="close",
         outcome=FAILED, truncated="unspecified"),
    Kind("empty", sized(b"")),
    Kind("no_content", HEAD.replace(b"200 OK", b"204 No Content") + b"\r\n", outcome=204, status=204),
    Kind("content_in_204", HEAD.replace(b"200", b"204") + b"\r\nnone", outcome=204, status=204, surplus=4),
    Kind("not_modified", HEAD.replace(b"200 OK", b"304 Not Modified") + b"ETag: \"1\"\r\nContent-Length: 99\r\n\r\n",
         outcome=304, status=304),
    Kind("not_found", sized(PAGE, status=b"HTTP/1.1 404 Kh\xc3\xb4ng"), outcome=404, status=404),
    Kind("moved", sized(b"", b"Location: /plain/999999", status=b"HTTP/1.1 302 Found"), outcome=302, status=302),
    Kind("broken", sized(PAGE, status=b"HTTP/1.1 503 Busy"), outcome=503, status=503),
    Kind("odd_status", sized(PAGE, status=b"HTTP/1.1 799 Odd"), outcome=799, status=799),
    Kind("head", HEAD + b"Content-Length: 5000\r\n\r\n", method="HEAD"),
    Kind("posted", sized(PAGE), method="POST", body=b"q=Kon+Tum&page=2"),
    Kind("in_pieces", tuple(sized(PAGE)[at : at + 17] for at in range(0, len(sized(PAGE)), 17))),
    Kind("reset_at_once", b"", then="reset", outcome=FAILED, status=None),
    Kind("close_at_once", b"", then="close", outcome=FAILED, status=None),
    Kind("cut_in_head", b"HTTP/1.1 200 OK\r\nX-Token: @TOK", then="close", outcome=FAILED, truncated="disconnect"),
    Kind("reset_in_body", (HEAD + b"Content-Length: 900\r\n\r\n@TOKEN@", b"x"), then="reset", outcome=LOST,
         truncated="disconnect"),
    Kind("http_0_9", b"<p>no head at all @TOKEN@</p>\r\n", then="close", outcome=FAILED, status=None,
         truncated="unspecified"),
    Kind("silence", b"", then="hang", outcome=LATE, status=None, meta={"download_deadline": 0.3}),
    Kind("silence_in_head", b"HTTP/1.1 200 OK\r\nX-Token: @TOKEN@\r\n", then="hang", outcome=LATE, truncated="time",
         meta={"download_deadline": 0.3}),
    Kind("silence_in_body", HEAD + b"Content-Length: 900\r\n\r\n@TOKEN@", then="hang", outcome=LATE, truncated="time",
         meta={"download_deadline": 0.3}),
    Kind("slow_body", (HEAD + b"\r\n@TOKEN@", *[b"drip"] * 400), then="close", outcome=LATE, truncated="time",
         meta={"download_deadline": 0.3}, prefix=True),
    Kind("said_too_big", HEAD + b"Content-Length: 90000\r\n\r\n" + b"@TOKEN@" * 9000, then="close", outcome=BIG,
         truncated="length", meta={"download_maxsize": 10_000}, prefix=True),
    Kind("found_too_big", HEAD + b"\r\n" + b"@TOKEN@" * 50_000, then="close", outcome=BIG,
         truncated="length", meta={"download_maxsize": 10_000}, prefix=True),
    Kind("tiny_chunks", HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + (b"1;" + b"x" * 900 + b"\r\na\r\n") * 900,
         then="close", outcome=BIG, truncated="length", meta={"download_maxsize": 10_000}, prefix=True),
    Kind("endless_head", HEAD + b"X-Fill: @TOKEN@ @TOKEN@ @TOKEN@\r\n" * 20_000, then="hang", outcome=BIG,
         truncated="length", prefix=True),
    Kind("endless_line", HEAD + b"X-Fill: " + b"@TOKEN@" * 20_000, then="hang", outcome=FAILED,
         truncated="unspecified", prefix=True),
    Kind("beyond_memory", sized(b"@TOKEN@" * 400_000)),
]  # fmt: skip
BY_NAME = {kind.name: kind for kind in KINDS}
assert len(BY_NAME) == len(KINDS)


@dataclass(frozen=True, slots=True)
class Served:
    """One request as it came, and what was answered."""

    connection: int
    request: bytes
    sent: bytes


class WireServer:
    """Serves KINDS on 127.0.0.1; `served` holds what passed, by path."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.served: dict[str, list[Served]] = {}
        self.connections = 0
        self._tls = tls
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self) -> WireServer:
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._listener.close()

    def url(self, kind: str, token: str, host: str = "127.0.0.1") -> str:
        return f"{'https' if self._tls else 'http'}://{host}:{self.port}/{kind}/{token}"

    def _accept(self) -> None:
        while not self._over.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._serve, args=(connection, self.connections), daemon=True).start()

    def _serve(self, connection: socket.socket, number: int) -> None:
        connection.settimeout(20)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            if self._tls:
                connection = self._tls.wrap_socket(connection, server_side=True)
            for request in requests(connection):
                path = request.split(b" ", 2)[1].decode("ascii")
                _, name, token = path.split("/")
                kind = BY_NAME[name]
                sent = kind.sent.replace(b"@TOKEN@", token.encode("ascii"))
                with self._lock:
                    self.served.setdefault(path, []).append(Served(number, request, sent))
                self._answer(connection, kind, token.encode("ascii"))
                if kind.then == "keep":
                    continue
                if kind.then == "hang":
                    self._over.wait(15)
                if kind.then == "reset":
                    time.sleep(0.05)
                    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                elif self._tls:
                    connection.unwrap()  # type: ignore[attr-defined]
                return
        except OSError:
            return
        finally:
            connection.close()

    def _answer(self, connection: socket.socket, kind: Kind, token: bytes) -> None:
        rest = kind.sent.replace(b"@TOKEN@", token)  # as long as its place holder
        for part in (kind.answer,) if isinstance(kind.answer, bytes) else kind.answer:
            connection.sendall(rest[: len(part)])
            rest = rest[len(part) :]
            if rest:
                time.sleep(0.005)


def requests(connection: socket.socket) -> Iterator[bytes]:
    """The requests that come on a connection, each with its body."""
    buffer = b""
    while True:
        while b"\r\n\r\n" not in buffer:
            data = connection.recv(65536)
            if not data:
                return
            buffer += data
            if buffer.startswith(b"\x16\x03"):  # a TLS handshake, where none is spoken
                connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                return
        head, _, rest = buffer.partition(b"\r\n\r\n")
        length = next(
            (int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0
        )
        while len(rest) < length:
            rest += connection.recv(65536)
        yield head + b"\r\n\r\n" + rest[:length]
        buffer = rest[length:]
