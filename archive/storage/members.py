"""A WARC file walked member by member, in bounded memory: what each holds, whether it is sound, and how to go on.

No reader that trusts the stream survives damage: warcio stops without a word at a torn record. Here every member stands
for itself; after a broken one the walk goes on at the next that proves itself, which bytes inside a captured body
cannot: they would need this file's own warcinfo id.
"""

from __future__ import annotations

import os
import re
import tempfile
import zlib
from collections.abc import Container, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, cast

from archive.storage.codings import Blocks
from archive.storage.content import Head
from archive.storage.record import (
    GZIP_HEAD,
    GZIP_HEAD_SIZE,
    Measured,
    RecordHead,
    algorithm,
    bare,
    measure,
    parse_record_head,
    same_digest,
)

_PIECE = 1 << 14
_HEAD_LIMIT = 1 << 20
_MAGIC = b"\x1f\x8b\x08"
_HEAD_END = re.compile(rb"\r?\n\r?\n")


@dataclass(frozen=True, slots=True)
class Member:
    """A gzip member of a WARC file, or a stretch of bytes that is none."""

    offset: int
    length: int  # bytes in the file
    problem: str | None = None  # what is wrong; None: a whole record whose digests are right
    lost: bool = False  # whether the bytes could not be read at all
    own: bool = False  # whether it was written here, by its gzip head
    record: RecordHead | None = None
    http: Head | None = None
    payload_length: int = 0
    posted: bool = False  # a POST, or the answer to one, as far as its request stands beside it

    @property
    def end(self) -> int:
        return self.offset + self.length


@dataclass(frozen=True, slots=True)
class Record:
    """A record with its block, at position 0; the block of one that was iterated over is gone at the next."""

    member: Member
    headers: RecordHead
    block: BinaryIO


class DamagedRecord(ValueError):
    """The bytes at a reference are not the record it names."""


def iter_members(path: Path, start: int = 0, known: Container[str] | None = None) -> Iterator[Member]:
    """Every member from a byte on, good and bad, each byte in exactly one of them.

    `known` are record ids that the file must hold; they vouch for the first record after a lost warcinfo.
    """
    with path.open("rb") as file:
        yield from _walk(file, start, known)


def iter_records(path: Path) -> Iterator[Record]:
    """The whole records of a file, in order, whatever lies between them."""
    with path.open("rb") as file:
        for member in _walk(file, 0, None):
            if member.record is not None and not member.problem:
                with spool() as block:
                    _read(file, member.offset, block)
                    block.seek(0)
                    yield Record(member, member.record, block)


def read_record(path: Path, offset: int, length: int | None = None) -> Record:
    """The record at a byte of a file; raises DamagedRecord where there is none whose digests are right."""
    with path.open("rb") as file:
        block = spool()
        member = _read(file, offset, block)
        if not member.problem and length not in (None, member.length):
            raise DamagedRecord(f"{path.name} at {offset}: {member.length} bytes, not {length}")
        if member.problem or member.record is None:
            raise DamagedRecord(f"{path.name} at {offset}: {member.problem}")
        block.seek(0)
        return Record(member, member.record, block)


def spool() -> BinaryIO:
    """A file that stays in memory up to 1 MiB."""
    return cast(BinaryIO, tempfile.SpooledTemporaryFile(max_size=1 << 20))


def _walk(file: BinaryIO, at: int, known: Container[str] | None) -> Iterator[Member]:
    """Every member; an answer after a look at the next one, for its request stands before it (Wget) or behind it."""
    before = answer = None
    for member in _members(file, at, known):
        if answer is not None:
            yield replace(answer, posted=_asked(answer, before) or _asked(answer, member))
            before, answer = answer, None
        if member.record is not None and member.record.type in ("response", "revisit"):
            answer = member
        else:
            yield member
            before = member
    if answer is not None:
        yield replace(answer, posted=_asked(answer, before))


def _asked(answer: Member, beside: Member | None) -> bool:
    """Whether a record is the POST that was answered: one names the other, or address and date are the same."""
    if beside is None or not beside.posted or answer.record is None or beside.record is None:
        return False
    told, known = (set(map(bare, each.all("WARC-Concurrent-To"))) for each in (beside.record, answer.record))
    if told or known:
        return answer.record.record_id in told or beside.record.record_id in known
    return (answer.record.url, answer.record.date) == (beside.record.url, beside.record.date)


def _members(file: BinaryIO, at: int, known: Container[str] | None) -> Iterator[Member]:
    size = os.fstat(file.fileno()).st_size
    warcinfo: str | None = None
    while at < size:
        member = _read(file, at)
        if member.lost:
            following = _resync(file, at + 1, size, warcinfo, known)
            member = Member(at, (following.offset if following else size) - at, member.problem, lost=True)
            yield member
            if following is None:
                return
            member = following
        if member.record is not None and not member.problem:
            # Browsertrix and warcio begin a file with a warcinfo record that no other of its records names
            begins = member.own and member.record.type == "warcinfo"
            warcinfo = warcinfo or (member.record.record_id if begins else _warcinfo(member.record))
        yield member
        at = member.end


def _resync(file: BinaryIO, at: int, size: int, warcinfo: str | None, known: Container[str] | None) -> Member | None:
    """The next member that is a whole record of this file."""
    while (at := _find(file, _MAGIC, at)) < size:
        member = _read(file, at)
        if member.record is not None and not member.problem:
            vouched = known is None or member.record.record_id in known
            if (_warcinfo(member.record) == warcinfo) if warcinfo else vouched:
                return member
        at += 1
    return None


def _warcinfo(record: RecordHead) -> str | None:
    value = record.get("WARC-Warcinfo-ID")
    return bare(value) if value else None


def _find(file: BinaryIO, wanted: bytes, at: int) -> int:
    """The first place of some bytes from `at` on; the file's end where there is none."""
    file.seek(at)
    held = b""
    while piece := file.read(1 << 16):
        held += piece
        place = held.find(wanted)
        if place >= 0:
            return at + place
        keep = len(wanted) - 1
        at += max(0, len(held) - keep)
        held = held[-keep:]
    return at + len(held)


class _Gunzip:
    """One gzip member as an iterator of pieces; afterwards, where it ended and what was wrong."""

    def __init__(self, file: BinaryIO, at: int) -> None:
        self._file = file
        self._at = at
        file.seek(at)
        self.gzip_head = file.read(GZIP_HEAD_SIZE)
        self.end: int | None = None
        self.problem: str | None = None

    def __iter__(self) -> Blocks:
        stream = zlib.decompressobj(31)
        file = self._file
        file.seek(self._at)
        if not self.gzip_head.startswith(_MAGIC[:2]):
            self.problem = "stray bytes"
            return
        data = b""
        try:
            while not stream.eof:
                data = stream.unconsumed_tail or file.read(_PIECE)
                out = stream.decompress(data, 4 * _PIECE)
                if out:
                    yield out
                elif not data:
                    self.problem = "cut: the file ends inside a record"
                    return
        except zlib.error as error:
            self.problem = f"gzip: {str(error).rpartition(': ')[2]}"
            return
        self.end = file.tell() - len(stream.unused_data)

    def packed_as_stated(self) -> bool:
        """Whether the CRC of the deflated bytes is the one in the gzip head."""
        assert self.end is not None
        left = self.end - 8 - self._at - GZIP_HEAD_SIZE
        self._file.seek(self._at + GZIP_HEAD_SIZE)
        crc = 0
        while left > 0 and (piece := self._file.read(min(left, _PIECE))):
            crc = zlib.crc32(piece, crc)
            left -= len(piece)
        return crc == int.from_bytes(self.gzip_head[len(GZIP_HEAD) :], "little")


def _read(file: BinaryIO, at: int, sink: BinaryIO | None = None) -> Member:
    """The member at a byte, its record checked; the block goes into the sink."""
    gunzip = _Gunzip(file, at)
    pieces = iter(gunzip)
    record, rest = _record_head(pieces)
    tail: list[bytes] = []
    measured = None
    if record is not None and record.length is not None:
        block = _block(rest, record.length, tail, sink)
        measured = measure(
            block,
            http=record.is_http and record.type in ("response", "request", "revisit"),
            block=algorithm(record.get("WARC-Block-Digest")) or "sha256",
            payload_by=algorithm(record.get("WARC-Payload-Digest")) or "sha256",
        )
    for _ in pieces:  # what follows a record's end, up to the member's
        tail.append(b"?")
    if gunzip.end is None:
        return Member(at, 0, gunzip.problem, lost=True)
    own = gunzip.gzip_head.startswith(GZIP_HEAD)
    if record is None or measured is None:
        return Member(at, gunzip.end - at, "no WARC record", own=own)
    problem = _fault(record, measured, b"".join(tail))
    if problem == _PAYLOAD and not own and _framed_digest(file, at, record):
        problem = None
    if not problem and own and not gunzip.packed_as_stated():
        problem = "gzip: the packed bytes are not those written"
    http = measured.head if record.type != "request" else None
    posted = record.type == "request" and measured.raw_head.startswith(b"POST ")
    return Member(at, gunzip.end - at, problem, False, own, record, http, measured.payload_length, posted)


_PAYLOAD = "payload digest does not match"


def _fault(record: RecordHead, measured: Measured, tail: bytes) -> str | None:
    """What is wrong with a record that could be inflated."""
    if measured.length != record.length:
        return f"block has {measured.length} bytes, not {record.length}"
    if tail != b"\r\n\r\n":
        return "bytes after the block are not those of a record's end"
    block, payload = record.get("WARC-Block-Digest"), record.get("WARC-Payload-Digest")
    if block and algorithm(block) and not same_digest(block, measured.block):
        return "block digest does not match"
    if payload and algorithm(payload) and record.type != "revisit" and not same_digest(payload, measured.payload):
        return _PAYLOAD
    return None


def _framed_digest(file: BinaryIO, at: int, record: RecordHead) -> bool:
    """Whether a payload digest is that of the body with its chunks, as warcio and wpull compute it (warcio #74)."""
    _, rest = _record_head(iter(_Gunzip(file, at)))
    data = b"".join(_block(rest, record.length or 0, [], None))
    _, _, body = data.partition(b"\r\n\r\n")
    stated = record.get("WARC-Payload-Digest") or ""
    return same_digest(stated, measure(iter([body]), http=False, block=algorithm(stated) or "sha256").block)


def _record_head(pieces: Blocks) -> tuple[RecordHead | None, Blocks]:
    held = b""
    for piece in pieces:
        held += piece
        if end := _HEAD_END.search(held):
            return parse_record_head(held[: end.start()]), _again(held[end.end() :], pieces)
        if len(held) > _HEAD_LIMIT or not held.startswith(b"WARC/"[: len(held)]):
            break
    return None, iter(())


def _again(first: bytes, rest: Blocks) -> Blocks:
    if first:
        yield first
    yield from rest


def _block(pieces: Blocks, length: int, tail: list[bytes], sink: BinaryIO | None) -> Blocks:
    """The first `length` bytes; what follows goes to `tail`, a handful of it."""
    for piece in pieces:
        if length:
            if sink is not None:
                sink.write(piece[:length])
            yield piece[:length]
        if len(piece) > length:
            tail.append(piece[length : length + 8])
        length -= min(length, len(piece))
