"""A WARC that is no row of sound gzip members, cut into one: plain, gzipped whole, or damaged; blocks are not touched.

What is whole goes over as it is, in its order; what cannot be read is named by its offset in the given file, and the
walk goes on behind it. ARC, the format before WARC, is rewritten by warcio.
"""

from __future__ import annotations

import mmap
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, cast

from isal import isal_zlib

from archive.storage.codings import gunzip
from archive.storage.content import blocks
from archive.storage.disk import refusals
from archive.storage.members import DamagedRecord, iter_members
from archive.storage.packing import LEVEL
from archive.storage.record import RecordHead, algorithm, bare, parse_record_head, render
from archive.storage.warc import iter_foreign

_PIECE = 1 << 20
_HEAD = re.compile(rb"WARC/\d\.\d+\r?\n(?:[^\r\n]+\r?\n)*\r?\n")
_NEXT = re.compile(rb"(?<=\n)WARC/\d\.\d+\r?\n")
_PADDING = b"\0\r\n"
_RECORD_END = re.compile(rb"\r?\n\r?\n(?:[\r\n]*)(?=WARC/\d|\Z)")

Tell = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Unread:
    """A stretch of a given file that is no whole record, or one whose digests are wrong."""

    offset: int  # bytes
    what: str

    def __str__(self) -> str:
        return f"at {self.offset}: {self.what}"


def begins_as(path: Path) -> str:
    """What a file is by its first bytes, gzip undone: `warc`, `arc` or `other`."""
    with path.open("rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
        file.seek(0)
        start = next(gunzip(blocks(file), sys.maxsize, []), b"") if packed else file.read(16)
    return "warc" if start.startswith(b"WARC/") else "arc" if start.startswith(b"filedesc:") else "other"


def holds_records(path: Path) -> bool:
    """Whether a file that begins as no WARC holds records all the same: its beginning may be lost."""
    return _holds_members(path) or _holds_heads(path)


def _holds_members(path: Path) -> bool:
    return any(member.record is not None and not member.problem for member in iter_members(path))


def _holds_heads(path: Path) -> bool:
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        return any(_HEAD.match(data, found.start()) for found in _NEXT.finditer(data))


def recut(path: Path, out: BinaryIO, into: Path, tell: Tell) -> list[Unread]:
    """Write every whole record of `path` to `out`, the open file at `into`, as a gzip member; what is left unread.

    `tell` hears of bytes read. Raises ArchiveDiskError.
    """
    cutter = _Cutter(out, into)
    with path.open("rb") as file:
        begun = file.read(5)
        if begins_as(path) == "arc":
            cutter.arc(path)
        elif begun == b"WARC/" or not (begun.startswith(b"\x1f\x8b") or _holds_members(path)):
            cutter.plain(file)
        else:
            cutter.packed(path, file, tell)
    return cutter.unread


class _Cutter:
    """Records on their way into a file of gzip members."""

    def __init__(self, out: BinaryIO, into: Path) -> None:
        self._out = out
        self._into = into
        self.unread: list[Unread] = []

    def packed(self, path: Path, file: BinaryIO, tell: Tell) -> None:
        """Sound members as they are; runs of others, unpacked one behind the other, as a plain file."""
        run: _Run | None = None
        for member in iter_members(path):
            tell(member.length)
            file.seek(member.offset)
            if member.lost and not any(piece.strip(_PADDING) for piece in _part(file, member.length)):
                continue
            if member.problem:
                run = run or _Run(member.offset, _temporary(self._into.parent))
                file.seek(member.offset)
                with refusals(self._into):
                    run.unpack(_part(file, member.length))
                continue
            self._end(run)
            run = None
            file.seek(member.offset)
            with refusals(self._into):
                for piece in _part(file, member.length):
                    self._out.write(piece)
        self._end(run)

    def _end(self, run: _Run | None) -> None:
        if run is None:
            return
        at, before = self._out.tell(), len(self.unread)
        with run.file:
            records = self.plain(run.file, run.offset, packed=True, doubtful=run.doubtful)
        if run.problems and len(self.unread) == before:
            if run.doubtful and records == 1:  # its block is right, so it is in the head that a bit is wrong
                self._out.seek(at)
                self._out.truncate()
            many = ": the head of a record in it may be wrong, and nothing tells which" if records > 1 else ""
            self.unread.append(Unread(run.offset, "; ".join(run.problems) + many))

    def plain(self, file: BinaryIO, offset: int = 0, *, packed: bool = False, doubtful: bool = False) -> int:
        """Records one behind the other without compression; of `doubtful` bytes only what a digest vouches for.

        `offset` is the place where `packed` ones lay. Returns how many were written.
        """
        file.flush()
        if not file.seek(0, 2):
            self.unread.append(Unread(offset, "cannot be unpacked"))
            return 0
        written = 0
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            at, warcinfo = 0, None
            while at < len(data):
                begun, record = at, _record_at(data, at)
                problem = self._take(data, at, record, doubtful)
                written += not problem
                if record is not None and not problem:
                    warcinfo = warcinfo or _file_of(record.head)
                if record is not None and (record.following or not problem):
                    at = record.following or _following(data, record.end, warcinfo)
                    if not problem and data[record.end : at].strip(_PADDING):
                        begun, problem = record.end, "bytes that are no record"
                else:
                    at = _following(data, at + 1, warcinfo)
                if problem:
                    place = f" (byte {begun} once unpacked)" if packed else ""
                    self.unread.append(Unread(offset if packed else begun, problem + place))
        return written

    def _take(self, data: mmap.mmap, at: int, record: _Plain | None, doubtful: bool) -> str | None:
        """Write a record; what is wrong with it, where it was not."""
        if record is None:
            return "cut or broken in a record's head" if data[at : at + 5] == b"WARC/" else "no WARC record"
        if record.end > len(data):
            return "cut: the file ends inside a record"
        if algorithm(record.head.get("WARC-Block-Digest")) is None:
            if record.following is None:
                return "its length is wrong"
            if doubtful:
                return "in a damaged gzip member, without a digest to tell whether it is whole"
        return self._put(data[record.start : record.block], _slices(data, record.block, record.end))

    def arc(self, path: Path) -> None:
        """The records of an ARC file, each with the head that warcio makes for it."""
        try:
            for head, block in iter_foreign(path):
                self._put(render(head), blocks(block))
        except DamagedRecord as error:
            self.unread.append(Unread(path.stat().st_size, str(error).partition(": ")[2]))

    def _put(self, head: bytes, block: Iterator[bytes]) -> str | None:
        """Write a record as a member, and read it back: what is wrong with it, and then it is taken out again."""
        at = self._out.tell()
        with refusals(self._into):
            deflater = isal_zlib.compressobj(LEVEL, isal_zlib.DEFLATED, 31)
            self._out.write(deflater.compress(head))
            for piece in block:
                self._out.write(deflater.compress(piece))
            self._out.write(deflater.compress(b"\r\n\r\n") + deflater.flush())
            self._out.flush()
        problem = next(iter_members(self._into, at)).problem
        if problem:
            self._out.seek(at)
            self._out.truncate()
        return problem


@dataclass(frozen=True, slots=True)
class _Run:
    """Members that do not hold one whole record each, unpacked into one file."""

    offset: int
    file: BinaryIO
    problems: list[str] = field(default_factory=list)

    @property
    def doubtful(self) -> bool:
        """Whether bytes may be other than were packed; those before a mere cut are not."""
        return any(not each.endswith(": cut") for each in self.problems)

    def unpack(self, pieces: Iterator[bytes]) -> None:
        for piece in gunzip(pieces, sys.maxsize, self.problems):
            self.file.write(piece)


@dataclass(frozen=True, slots=True)
class _Plain:
    """A record in unpacked bytes: where it starts, its block starts and ends, and the next starts right behind it."""

    head: RecordHead
    start: int
    block: int
    end: int
    following: int | None


def _record_at(data: mmap.mmap, at: int) -> _Plain | None:
    found = _HEAD.match(data, at)
    head = parse_record_head(found[0].rstrip()) if found else None
    if found is None or head is None or head.length is None:
        return None
    end = found.end() + head.length
    behind = _RECORD_END.match(data, end)
    return _Plain(head, at, found.end(), end, behind.end() if behind else None)


def _following(data: mmap.mmap, at: int, warcinfo: str | None) -> int:
    """Where the next record begins that is whole and of this file, as far as its warcinfo can tell; else the end."""
    for found in _NEXT.finditer(data, at):
        record = _record_at(data, found.start())
        whole = record is not None and record.following is not None and record.head.record_id
        if record and whole and (not warcinfo or _file_of(record.head) == warcinfo):
            return found.start()
    return len(data)


def _file_of(record: RecordHead) -> str | None:
    """The id of the warcinfo record that a record names as its file's; that record itself tells nothing of others."""
    return bare(record.get("WARC-Warcinfo-ID") or "") or None


def _temporary(folder: Path) -> BinaryIO:
    return cast(BinaryIO, tempfile.TemporaryFile(dir=folder))


def _slices(data: mmap.mmap, start: int, end: int) -> Iterator[bytes]:
    return (data[place : min(place + _PIECE, end)] for place in range(start, end, _PIECE))


def _part(file: BinaryIO, length: int) -> Iterator[bytes]:
    while length and (piece := file.read(min(_PIECE, length))):
        length -= len(piece)
        yield piece
