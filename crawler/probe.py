"""One page fetched for the person at the keyboard, outside any crawl: nothing is archived and nothing is followed."""

from __future__ import annotations

import functools
import http.client
import io
import socket
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO

from archive.storage.content import decode_body
from crawler.addresses import refusal
from crawler.form import is_on

TIMEOUT = 20.0  # seconds for each step of a connection, and three times that for the whole answer
LARGEST = 16 * 1024 * 1024  # bytes, decoded


class ProbeFailed(Exception):
    """No answer came; the message is one line that names the address and says why."""


class Refused(ProbeFailed, OSError):
    """An address that is not asked at all."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the body without its codings, and the address it came from after redirects."""

    url: str
    status: int
    headers: dict[str, str]
    body: bytes
    fetched_at: datetime
    doubt: str | None = None  # what was wrong with the certificate or the body


def fetch(url: str, agent: str, loopback: Iterable[str] = (), tls: str | None = None) -> Answer:
    """The page at an http address. Raises ProbeFailed.

    Private addresses are refused at every step, but for the hosts of a `loopback` form. A certificate that is not
    valid is told, not refused: many portals' chains are incomplete.
    """
    if not url.startswith(("http://", "https://")):
        raise Refused(f"{url}: only addresses that begin with http:// or https:// are fetched")
    if not url.split("/", 3)[2]:
        raise Refused(f"{url}: names no host")
    try:
        try:
            return _fetch(url, agent, tuple(loopback), _context(tls, verify=True))
        except urllib.error.URLError as error:
            if not isinstance(error.reason, ssl.SSLCertVerificationError):
                raise
            doubt = f"certificate: {error.reason.verify_message}"
            return _fetch(url, agent, tuple(loopback), _context(tls, verify=False), doubt)
    except urllib.error.URLError as error:
        failure = Refused if isinstance(error.reason, Refused) else ProbeFailed
        raise failure(f"{url}: {error.reason}") from None
    except (ValueError, http.client.InvalidURL) as error:
        raise Refused(f"{url}: {error}") from None
    except (OSError, http.client.HTTPException) as error:
        raise ProbeFailed(f"{url}: {str(error) or type(error).__name__}") from None


def _fetch(
    url: str, agent: str, loopback: tuple[str, ...], context: ssl.SSLContext, doubt: str | None = None
) -> Answer:
    opener = urllib.request.OpenerDirector()
    for handler in (
        _Handler(loopback, context),
        urllib.request.HTTPRedirectHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        urllib.request.UnknownHandler(),
    ):
        opener.add_handler(handler)
    fetched_at = datetime.now(UTC)
    try:
        response = opener.open(urllib.request.Request(url, headers={"User-Agent": agent}), timeout=TIMEOUT)
    except urllib.error.HTTPError as error:  # an answer too: the page behind a 404 may be worth a look
        response = error
    with response:
        if not response.url.startswith(("http://", "https://")):
            raise Refused(f"redirects to {response.url}")
        raw = _read(response)
    headers = [(name, value) for name, value in response.headers.items() if name.lower() != "transfer-encoding"]
    decoded = decode_body(headers, raw, LARGEST)
    doubts = "; ".join(filter(None, (doubt, decoded.problem))) or None
    return Answer(response.url, response.status, {k.lower(): v for k, v in headers}, decoded.body, fetched_at, doubts)


def _read(response: IO[bytes]) -> bytes:
    held, end = io.BytesIO(), time.monotonic() + 3 * TIMEOUT
    while piece := response.read(65536):
        held.write(piece)
        if held.tell() > LARGEST:
            raise OSError(f"more than {LARGEST} bytes")
        if time.monotonic() > end:
            raise TimeoutError("the answer takes too long")
    return held.getvalue()


def _context(tls: str | None, *, verify: bool) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if not verify:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    if tls == "legacy":
        context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED  # of this machine
        context.set_ciphers("DEFAULT:@SECLEVEL=0")
        context.options |= 0x4  # OP_LEGACY_SERVER_CONNECT, which `ssl` names only from Python 3.12 on
    return context


class _Handler(urllib.request.HTTPHandler):
    """Opens http and https over connections that look at the address before they connect to it."""

    def __init__(self, loopback: tuple[str, ...], context: ssl.SSLContext) -> None:
        super().__init__()
        self._loopback = loopback
        self._context = context

    def http_open(self, request: urllib.request.Request) -> http.client.HTTPResponse:
        return self._through(request, None)

    def https_open(self, request: urllib.request.Request) -> http.client.HTTPResponse:
        return self._through(request, self._context)

    https_request = urllib.request.HTTPHandler.do_request_

    def _through(self, request: urllib.request.Request, context: ssl.SSLContext | None) -> http.client.HTTPResponse:
        local = is_on(request.full_url, self._loopback)
        return self.do_open(functools.partial(_Connection, context=context, local=local), request)


class _Connection(http.client.HTTPConnection):
    """Connects to the very address that was judged, so that a name cannot change its answer in between."""

    def __init__(self, host: str, *, context: ssl.SSLContext | None, local: bool, timeout: float) -> None:
        self.default_port = 443 if context else 80
        super().__init__(host, timeout=timeout)
        self._context = context
        self._local = local

    def connect(self) -> None:
        reasons = []
        for *_, address in socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM):
            reason = None if self._local else refusal(str(address[0]))
            if reason is None:
                plain = socket.create_connection((str(address[0]), self.port), timeout=self.timeout)
                self.sock = self._context.wrap_socket(plain, server_hostname=self.host) if self._context else plain
                return
            reasons.append(f"{address[0]} is a {reason}, which only a form with loopback = true may name")
        raise Refused(reasons[0] if reasons else "no address")
