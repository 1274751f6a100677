"""An HTTP response's bytes read as the words they carry: head parsed, transfer and content coding removed.

One decoder for the live crawl and for re-reading, so both see the same page. Portals break every rule, so nothing
here raises for what a server sent: what can be read is returned, and what was wrong with it is named beside it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO

from archive.storage.codings import CODINGS, OVER_CAP, Blocks, unchunk

HEAD_LIMIT = 1 << 20  # a head that has not ended by then never will
TRANSFER_CAP = 1 << 28  # what a compressed transfer coding may grow to
MOST_CODINGS = 4  # one over another; more is an attack, no server
_PIECE = 1 << 16

_STATUS_LINE = re.compile(r"(HTTP/\d+(?:\.\d+)?)[ \t]+(\d{3})(?:[ \t]+(.*?))?[ \t]*", re.IGNORECASE | re.DOTALL)
_BLANK_LINE = re.compile(rb"\n\r?\n")
_INTERIM = re.compile(rb"HTTP/\d\.\d[ \t]+1(?!01)\d\d\b")  # 101 is final
_CHARSET = re.compile(r";\s*charset\s*=\s*[\"']?([^\s\"';,]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Head:
    """A response's head; text is latin-1, so `str.encode("latin-1")` gives the bytes back."""

    version: str  # "HTTP/1.1"; empty where there was no status line
    status: int | None
    reason: str
    headers: tuple[tuple[str, str], ...]  # in order, case kept, doubles kept; folded lines joined by a space
    bad_lines: tuple[str, ...] = ()  # lines that are no header

    def get(self, name: str) -> str | None:
        """The first value of a header; None without one."""
        wanted = name.lower()
        return next((value for each, value in self.headers if each.lower() == wanted), None)

    def all(self, name: str) -> list[str]:
        """All values of a header, in order; the name in any case."""
        wanted = name.lower()
        return [value for each, value in self.headers if each.lower() == wanted]


@dataclass(frozen=True, slots=True)
class Decoded:
    """A body as a browser would read it."""

    body: bytes
    media_type: str | None  # lower case, without parameters; None where the head names none
    charset: str | None  # as the Content-Type names it, lower case
    problem: str | None = None  # what was wrong, in the order of reading, joined by "; "

    @property
    def over_cap(self) -> bool:
        """Whether the body was cut at the cap."""
        return self.problem is not None and OVER_CAP in self.problem


Headers = Head | bytes | Iterable[tuple[str, str]]
Raw = bytes | BinaryIO | Blocks


def parse_head(head: bytes) -> Head:
    """Read a response's head, however odd: any line end, folded lines, lines without a colon, no status line."""
    lines = [line.rstrip("\r") for line in head.decode("latin-1").split("\n")]
    start = _STATUS_LINE.fullmatch(lines[0])
    headers: list[tuple[str, str]] = []
    bad: list[str] = []
    for line in lines[1:] if start else lines:
        name, colon, value = line.partition(":")
        if line[:1] in (" ", "\t") and headers:
            known, former = headers[-1]
            headers[-1] = (known, f"{former} {line.strip()}".strip())
        elif colon and name.strip():
            headers.append((name.rstrip(), value.strip()))
        elif line.strip():
            bad.append(line)
    version, status, reason = start.groups() if start else ("", None, "")
    return Head(version, int(status) if status else None, reason or "", tuple(headers), tuple(bad))


def head_end(data: bytes) -> int | None:
    """Where the first head in `data` ends, its blank line included; None where it does not end."""
    if data.startswith((b"\r\n", b"\n")):
        return data.index(b"\n") + 1
    blank = _BLANK_LINE.search(data)
    return blank.end() if blank else None


def split_head(pieces: Blocks) -> tuple[bytes, Blocks]:
    """The final head at the start of a message, its blank line included, and the pieces of what follows.

    Where no blank line ends it, all is head and there is no body: the transfer was cut before it.
    Heads of 1xx answers that other tools leave in the block (103 Early Hints) are passed over.
    """
    data = b""
    start = 0
    for piece in pieces:
        data += piece
        while (end := head_end(data[start:])) is not None:
            if not _INTERIM.match(data, start):
                rest = data[start + end :]
                return data[start : start + end], itertools.chain([rest] if rest else [], pieces)
            start += end
        if len(data) > HEAD_LIMIT:
            break
    return data[start:], iter(())


def blocks(raw: Raw) -> Blocks:
    """The bytes of a body, or of a stream from where it stands, in pieces."""
    if isinstance(raw, bytes):
        return (raw[start : start + _PIECE] for start in range(0, len(raw), _PIECE))
    read = getattr(raw, "read", None)
    return iter(lambda: read(_PIECE), b"") if read else iter(raw)


def payload(headers: Headers, raw: Raw, problems: list[str] | None = None) -> Blocks:
    """The entity body in pieces: transfer coding removed, content coding kept, as the payload digest wants it.

    `raw` is what follows the head. Problems are added to the list. A body that is not framed though its head says so,
    as StormCrawler and others store it, is given as it is.
    """
    problems = [] if problems is None else problems
    pieces = blocks(raw)
    for coding in reversed(_tokens(_pairs(headers), "transfer-encoding")[-MOST_CODINGS:]):
        if coding == "chunked":
            pieces = unchunk(pieces, problems)
        elif coding != "identity":
            pieces = _uncode(coding, pieces, TRANSFER_CAP, problems)
    return pieces


def decode_body(headers: Headers, raw: Raw, cap: int) -> Decoded:
    """The body without its transfer and content coding, at most `cap` bytes of it; never inflates beyond that.

    `raw` is what follows the head, a stream where it is spooled. An empty body is not a broken one (answers to HEAD,
    304 and 204 name codings too).
    """
    pairs = _pairs(headers)
    problems: list[str] = []
    pieces = payload(pairs, raw, problems)
    codings = [each for each in _tokens(pairs, "content-encoding") if each not in ("identity", "none")]
    if len(codings) > MOST_CODINGS:
        problems.append(f"{len(codings)} content codings")
        codings = []
    for coding in reversed(codings):
        pieces = _uncode(coding, pieces, cap, problems)
    body = _gather(pieces, cap, problems)
    media_type, charset = content_type(next((value for name, value in pairs if name.lower() == "content-type"), None))
    return Decoded(body, media_type, charset, "; ".join(dict.fromkeys(problems)) or None)


def content_type(value: str | None) -> tuple[str | None, str | None]:
    """Media type and charset of a Content-Type header, both lower case; None for what it does not name."""
    if not value:
        return None, None
    media_type = value.split(";")[0].split(",")[0].strip().lower()
    charset = _CHARSET.search(value)
    return (media_type if "/" in media_type else None), (charset[1].lower() if charset else None)


def _gather(pieces: Blocks, cap: int, problems: list[str]) -> bytes:
    """The pieces joined, up to the cap; one byte more is asked for to know whether there is one."""
    held = bytearray()
    for piece in pieces:
        held += piece
        if len(held) > cap:
            problems.append(OVER_CAP)
            break
    return bytes(held[:cap])


def _uncode(coding: str, pieces: Blocks, cap: int, problems: list[str]) -> Blocks:
    decoder = CODINGS.get(coding)
    if decoder is None:
        problems.append(f"unknown coding {coding[:40]!r}")
        return pieces
    return decoder(pieces, cap, problems)


def _pairs(headers: Headers) -> tuple[tuple[str, str], ...]:
    if isinstance(headers, bytes):
        headers = parse_head(headers)
    return headers.headers if isinstance(headers, Head) else tuple(headers)


def _tokens(pairs: Iterable[tuple[str, str]], name: str) -> list[str]:
    """The codings a header names, in order, over all its lines."""
    listed = ",".join(value for each, value in pairs if each.lower() == name)
    return [token for each in listed.split(",") if (token := each.split(";")[0].strip().strip("\"'").lower())]
