"""What went over the wire for one attempt at one request, and the Exchange it makes for the archive."""

from __future__ import annotations

import ipaddress
import re
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from tempfile import SpooledTemporaryFile
from time import monotonic
from typing import Any, BinaryIO, Literal, cast
from urllib.parse import urldefrag

from scrapy import Request
from scrapy.exceptions import DownloadCancelledError, StopDownload

from archive.schema import Exchange
from crawler.addresses import PublicResolver
from crawler.tls import TlsFacts, problem

Cut = Literal["length", "time", "disconnect", "unspecified"]

IN_MEMORY = 1 << 20  # bytes of a response kept in memory; beyond, in a temporary file
MAX_HEAD = 1 << 18  # bytes of heads, interim ones included, before a final one ends
SEGMENT = 1 << 16  # bytes that may come with the last bytes of a head

STATUS_LINE = re.compile(rb"HTTP/(\d+\.\d+) (\d{3})(?!\d)")
BLANK_LINE = re.compile(rb"\n\r?\n")  # bare line feeds too: Twisted takes them, and old IIS sends them


@dataclass(frozen=True, slots=True)
class Heads:
    """What stands before a response's body."""

    interim: int  # bytes of 1xx heads before the final one
    length: int  # bytes of the final head with its blank line, or of what came of it
    status: int | None
    version: str | None


def read_heads(block: bytes) -> Heads:
    """The heads at the start of the bytes received; `block` holds them whole, and as much more as one likes."""
    start = 0
    while True:
        line = STATUS_LINE.match(block, start)
        if line is None:
            return Heads(interim=start, length=0, status=None, version=None)
        blank = BLANK_LINE.search(block, start)
        end = blank.end() if blank else len(block)
        status = int(line[2])
        if not 100 <= status < 200:
            return Heads(interim=start, length=end - start, status=status, version=line[1].decode("ascii"))
        start = end


class TransferStopped(Exception):
    """This side ended a transfer because the crawl stops; the address is as good as not asked."""


class Wire:
    """One attempt at one request: the bytes both ways as they pass, and what is known of the connection.

    The protocol fills it, the handler turns it into an Exchange. `stop` ends the attempt from this side; `guard`, where
    there is one, says whom it may be spoken to.
    """

    def __init__(self, request: Request, guard: PublicResolver | None) -> None:
        self.guard = guard
        self.url = urldefrag(request.url)[0]
        self.started_at = datetime.now(UTC)
        self.sent = bytearray()
        self.total = 0  # bytes received
        self.limit: int | None = None  # on these
        self.surplus = 0  # of these, bytes after the message's end
        self.ip: str | None = None
        self.tls: TlsFacts | None = None
        self.reused = False  # a kept connection, not a new one
        self.cut: Cut | None = None
        self.stopped: Exception | None = None  # why this side ended it
        self.unclean = False  # the connection did not end as its protocol wants
        self.transfer: Any = None  # the Deferred that `stop` cancels
        self._clock = monotonic()
        self._received = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 (closed by the handler)

    def met(self, peer: str, reused: bool) -> None:
        """Note the connection's other end."""
        self.ip = str(ipaddress.ip_address(peer.partition("%")[0]))
        self.reused = reused

    def receive(self, data: bytes) -> None:
        """Keep bytes as they came; a connection being closed may bring more after the exchange was recorded."""
        if not self._received.closed:
            self._received.write(data)
            self.total += len(data)

    def stop(self, cut: Cut, reason: Exception) -> None:
        """End the attempt from this side, with that failure; what came so far is recorded as cut."""
        if self.stopped is None:
            self.cut, self.stopped = cut, reason
            self.transfer.cancel()

    @property
    def broken(self) -> bool:
        """Whether a reset ended a body that only the connection's end bounds; a missing close_notify is mere habit."""
        return self.unclean and self.tls is None

    def close(self) -> None:
        """Give the buffer back."""
        self._received.close()

    def exchange(self, failure: BaseException | None, flags: list[str]) -> Exchange:
        """What the archive keeps of the attempt; `flags` are the Scrapy response's, where there is one."""
        self._received.seek(0)
        heads = read_heads(self._received.read(MAX_HEAD + 2 * SEGMENT))
        block, size = self._block(heads.interim)
        over_tls = self.url.startswith("https:")
        reached = self.ip is not None and (self.tls is not None or not over_tls)
        http = f"http/{heads.version or '1.1'}"
        return Exchange(
            url=self.url,
            started_at=self.started_at,
            # What waited for a handshake that never came was not sent.
            request=bytes(self.sent) if reached else b"",
            response=block if size else None,
            size=size,
            head_length=heads.length,
            status=heads.status,
            ip=self.ip,
            protocols=((http, self.tls.protocol) if self.tls else (http,)) if reached else (),
            cipher=self.tls.cipher if self.tls else None,
            certificate=self.tls.certificate if self.tls else None,
            truncated=self._truncated(failure, flags) if size else None,
            error=describe(failure) if failure else None,
            interim=heads.interim,
            surplus=self.surplus,
            duration_ms=round((monotonic() - self._clock) * 1000),
            notes={"tls_close": "without close_notify"} if self.unclean and self.tls else {},
        )

    def _block(self, interim: int) -> tuple[BinaryIO, int]:
        """The final head and the body at position 0, and their size: interim heads and surplus left out."""
        if self.surplus:
            self._received.truncate(self.total - self.surplus)
        if interim:
            kept = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115
            self._received.seek(interim)
            shutil.copyfileobj(self._received, kept)
            self._received.close()
            self._received = kept
        self._received.seek(0)
        return cast(BinaryIO, self._received), self.total - self.surplus - interim

    def _truncated(self, failure: BaseException | None, flags: list[str]) -> Cut | None:
        """The WARC-Truncated of the response: the reason this side had, or the other side's hanging up."""
        if self.cut:
            return self.cut
        if isinstance(failure, StopDownload) or "download_stopped" in flags:
            return "unspecified"
        if failure and not isinstance(failure, Exception):  # the task was cancelled
            return "unspecified"
        if isinstance(failure, DownloadCancelledError):  # Scrapy's own, at DOWNLOAD_MAXSIZE
            return "length"
        if failure or "dataloss" in flags:
            return "disconnect"
        return "disconnect" if self.broken else None


def describe(error: BaseException) -> str:
    """The failure in one printable line: its class, and what is behind it where Twisted wrapped that."""
    behind = _reasons(error) or _reasons(error.__cause__)
    text = "; ".join(_in_words(each) for each in behind) if behind else str(error)
    line = f"{type(error).__name__}: {text}" if text else type(error).__name__
    return "".join(char if char.isprintable() else " " for char in line)[:500]


def _reasons(error: BaseException | None) -> list[BaseException]:
    return [reason.value for reason in getattr(error, "reasons", ())]


def _in_words(error: BaseException) -> str:
    said = problem(error)
    return f"TLS: {said}" if said else f"{type(error).__name__}: {error}"
