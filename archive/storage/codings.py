"""Chunked framing, gzip, deflate, brotli and zstd undone piece by piece, in bounded memory, whatever the bytes are.

Each decoder takes an iterator of pieces and gives one. What was wrong goes into a list of problems, and everything
that could be read before it is given all the same: half a page is worth reading.
"""

from __future__ import annotations

import importlib
import re
import zlib
from collections.abc import Callable, Generator, Iterator
from itertools import chain
from typing import Any, Final

Blocks = Iterator[bytes]
Problems = list[str]
Decoder = Callable[[Blocks, int, Problems], Blocks]

OVER_CAP: Final = "over the size cap"

_STEP = 1 << 16  # most that a decoder gives at once
_MOST_LINE = 1 << 14  # of a chunk's size with its extensions
_SIZE_LINE = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,15})[ \t]*(?:;.*)?\r?", re.DOTALL)
_ZSTD_WINDOW_LOG = 23  # 8 MiB, RFC 9659: a web server must not ask for more


def unchunk(pieces: Blocks, problems: Problems) -> Blocks:
    """Chunked framing removed: extensions and trailers are dropped (RFC 9112, 7.1).

    Bytes that do not begin with a chunk's size are no chunked body and pass as they are.
    """
    held = next(pieces, b"")
    at = 0
    begun = False
    while held:
        end = held.find(b"\n", at)
        if end < 0 and len(held) - at <= _MOST_LINE and (more := next(pieces, b"")):
            held, at = held[at:] + more, 0
            continue
        size = _SIZE_LINE.fullmatch(held, at, end) if end >= 0 else None
        if size is None and not begun:
            problems.append("chunked: not framed")
            yield held
            yield from pieces
            return
        if size is None:
            problems.append("chunked: broken" if end >= 0 or len(held) - at > _MOST_LINE else "chunked: cut")
            return
        begun, at, left = True, end + 1, int(size[1], 16)
        if left == 0:
            return
        while left > len(held) - at:
            if at < len(held):
                yield held[at:]
            left -= len(held) - at
            held, at = next(pieces, b""), 0
            if not held:
                problems.append("chunked: cut")
                return
        yield held[at : at + left]
        at += left
        while len(held) - at < 2 and (more := next(pieces, b"")):
            held, at = held[at:] + more, 0
        if not held.startswith((b"\r\n", b"\n"), at):
            problems.append("chunked: broken" if held[at:].strip(b"\r") else "chunked: cut")
            return
        at += 1 if held.startswith(b"\n", at) else 2


def _capped(decoder: Decoder) -> Decoder:
    """The decoder, stopped one piece after the cap, so that a coding under another cannot grow without end."""

    def run(pieces: Blocks, cap: int, problems: Problems) -> Blocks:
        size = 0
        for piece in decoder(pieces, cap, problems):
            yield piece
            size += len(piece)
            if size > cap:
                problems.append(OVER_CAP)
                return

    return run


def _step(cap: int) -> int:
    return min(_STEP, cap + 1)


def gunzip(pieces: Blocks, cap: int, problems: Problems) -> Blocks:
    """gzip, all its members (RFC 1952); zero padding and other bytes after the last are dropped."""
    first = _at_least(pieces, 2)
    if not first.startswith(b"\x1f\x8b"):
        yield from _as_it_is("gzip", first, pieces, problems)
        return
    held = first
    while held.startswith(b"\x1f\x8b"):
        held = yield from _inflate("gzip", 31, held, pieces, cap, problems)
        if len(held) < 2:
            held += _at_least(pieces, 2)
    if held.strip(b"\0"):
        problems.append("gzip: bytes after the end")


def deflate(pieces: Blocks, cap: int, problems: Problems) -> Blocks:
    """deflate: the zlib format that the standard means, or the raw one that servers send."""
    first = _at_least(pieces, 2)
    if not first:
        return
    wrapped = len(first) > 1 and first[0] & 0x0F == 8 and (first[0] << 8 | first[1]) % 31 == 0
    rest = yield from _inflate("deflate", 15 if wrapped else -15, first, pieces, cap, problems)
    if rest:
        problems.append("deflate: bytes after the end")


def _inflate(
    name: str, wbits: int, held: bytes, pieces: Blocks, cap: int, problems: Problems
) -> Generator[bytes, None, bytes]:
    """One deflate stream, at most 64 KiB at once; returns the bytes after its end."""
    stream = zlib.decompressobj(wbits)
    while True:
        for start in range(0, len(held), _STEP):
            data = held[start : start + _STEP]
            while data:
                before = stream.copy()
                try:
                    out = stream.decompress(data, _step(cap))
                except zlib.error as error:
                    yield _salvage(before, data, _step(cap))
                    problems.append(f"{name}: {_reason(error)}")
                    return b""
                if out:
                    yield out
                data = stream.unconsumed_tail
                if stream.eof:
                    return stream.unused_data + held[start + _STEP :]
        held = next(pieces, b"")
        if not held:
            problems.append(f"{name}: cut")
            return b""


def _salvage(stream: Any, data: bytes, most: int) -> bytes:
    """What a stream gives before it breaks: fed byte by byte, as a failed call loses what it had decoded."""
    out = bytearray()
    try:
        for place in range(len(data)):
            tail = data[place : place + 1]
            while tail and len(out) < most:
                out += stream.decompress(tail, most)
                tail = stream.unconsumed_tail
    except zlib.error:
        pass
    return bytes(out[:most])


def _reason(error: Exception) -> str:
    """zlib's own words without its number: "invalid distance too far back", "incorrect data check"."""
    return str(error).rpartition(": ")[2] or "broken"


def unbrotli(pieces: Blocks, cap: int, problems: Problems) -> Blocks:
    """Brotli (RFC 7932), where the package for it is there: a reader of archives can do without."""
    brotli = _module("brotli")
    first = next(pieces, b"")
    if brotli is None or not first:
        yield from _as_it_is("br", first, pieces, problems, "no module for it")
        return
    stream = brotli.Decompressor()
    for piece in chain([first], pieces):
        data = piece
        while True:
            try:
                out = stream.process(data, output_buffer_limit=_step(cap))
            except brotli.error:
                problems.append("br: broken")
                return
            if out:
                yield out
            if stream.is_finished():
                return
            if stream.can_accept_more_data():
                break
            data = b""
    problems.append("br: cut")


def unzstd(pieces: Blocks, cap: int, problems: Problems) -> Blocks:
    """Zstandard (RFC 8878), all its frames, where Python's module for it is there (3.14, or backports.zstd)."""
    zstd = _module("compression.zstd", "backports.zstd")
    first = next(pieces, b"")
    if zstd is None or not first:
        yield from _as_it_is("zstd", first, pieces, problems, "no module for it")
        return
    options = {zstd.DecompressionParameter.window_log_max: _ZSTD_WINDOW_LOG}
    stream = zstd.ZstdDecompressor(options=options)
    data = first
    while True:
        try:
            out = stream.decompress(data, _step(cap))
        except zstd.ZstdError:
            problems.append("zstd: broken")
            return
        if out:
            yield out
        data = b""
        if stream.eof:
            data = stream.unused_data or next(pieces, b"")
            if not data:
                return
            stream = zstd.ZstdDecompressor(options=options)
        elif stream.needs_input and not (data := next(pieces, b"")):
            problems.append("zstd: cut")
            return


def _module(*names: str) -> Any:
    """The first of them that is installed; None where none is."""
    for name in names:
        try:
            return importlib.import_module(name)
        except ImportError:
            continue
    return None


def _at_least(pieces: Blocks, size: int) -> bytes:
    held = b""
    while len(held) < size and (more := next(pieces, b"")):
        held += more
    return held


def _as_it_is(name: str, first: bytes, rest: Blocks, problems: Problems, why: str = "not coded") -> Blocks:
    """A body that is not in the coding its head names: servers and other archivers leave the header behind."""
    if first:
        problems.append(f"{name}: {why}")
        yield first
    yield from rest


CODINGS: Final[dict[str, Decoder]] = {
    name: _capped(decoder)
    for decoder, names in {
        gunzip: ("gzip", "x-gzip"),
        deflate: ("deflate", "x-deflate"),
        unbrotli: ("br",),
        unzstd: ("zstd",),
    }.items()
    for name in names
}
