"""A WARC that a dead run left open, mended: cut after its last whole record, so that every reader can read it."""

from __future__ import annotations

import errno
import io
import os
import shutil
import struct
import uuid
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from archive.schema import SnapshotRef
from archive.storage import index
from archive.storage.content import content_type
from archive.storage.disk import ArchiveDiskError, refusals, sync_folder
from archive.storage.members import Member, iter_members
from archive.storage.packing import write_member
from archive.storage.paths import OPEN, TORN, PortalPaths
from archive.storage.record import (
    GZIP_HEAD,
    RecordHead,
    bare,
    clean,
    digest_of,
    render,
    warc_fields,
)

_STORED = 0xFFFF  # most bytes of a stored deflate block


@dataclass(frozen=True, slots=True)
class RecoveredRecord:
    """An exchange that the dead run wrote and its ledger may not know: the values of a row of `snapshots`."""

    url: str
    snapshot: SnapshotRef
    kind: str
    status: int | None
    media_type: str | None
    payload_length: int | None
    truncated: str | None
    refers_to: str | None  # record id
    posted: bool = False  # the answer to a POST


@dataclass(frozen=True, slots=True)
class Hole:
    """A stretch before the last whole record that could not be read; its bytes are set aside."""

    offset: int
    length: int
    problem: str


@dataclass(slots=True)
class Recovered:
    """What became of the file."""

    path: Path  # its final name; not there if it held no exchange
    end: int = 0  # bytes kept
    torn: int = 0  # bytes after the last whole record, set aside
    records: list[RecoveredRecord] = field(default_factory=list)
    holes: list[Hole] = field(default_factory=list)


def recover(
    path: Path, known_end: int = 0, enter: Callable[[list[RecoveredRecord]], object] | None = None
) -> Recovered:
    """Mend a WARC whose name ends in `.open`, index it, and give it its final name.

    `records` are the exchanges that begin at byte `known_end` or after, the end of what the ledger knows; `enter` puts
    them into it before the file gets its name, so that a kill in between loses none. The torn rest lies afterwards in
    `<final name>.torn`. A damaged stretch further ahead is set aside likewise, and its place taken by a metadata record
    of the same length: the offsets behind it are promises, and other readers stop at damage. Calling it again after a
    power cut does no harm. Raises ArchiveDiskError.
    """
    with refusals(path):
        return _recover(path, known_end, enter)


def _recover(path: Path, known_end: int, enter: Callable[[list[RecoveredRecord]], object] | None) -> Recovered:
    final = path.with_name(path.name.removesuffix(OPEN))
    if final.exists():
        raise ArchiveDiskError(errno.EEXIST, f"there beside {path.name}: move one of them away by hand", str(final))
    report = Recovered(final)
    paths = PortalPaths(path.parent.parent)
    lines: list[str] = []
    members = 0
    unread: list[Hole] = []
    exchange: list[RecordHead] = []  # the last one's records, while its metadata record has not come
    for member in iter_members(path):
        if member.lost:
            unread.append(Hole(member.offset, member.length, member.problem or ""))
            continue
        report.holes += unread
        unread.clear()
        report.end = member.end
        members += 1
        if member.record is None:
            continue
        exchange = _unfinished(exchange, member)
        if line := index.line_of(member, final.name):
            lines.append(line)
        if member.offset >= known_end and (found := _snapshot(member, member.record, final.name)):
            report.records.append(found)
    report.torn = path.stat().st_size - report.end
    _mend(path, final, report)
    if exchange:
        report.end += _complete(path, exchange)
    if enter is not None:
        enter(report.records)
    if members > 1:
        index.merge(paths.index, lines)
        path.rename(final)
    else:
        path.unlink()
    sync_folder(path.parent)
    return report


def _unfinished(exchange: list[RecordHead], member: Member) -> list[RecordHead]:
    """The records of an exchange that want a metadata record, after one more member."""
    record = member.record
    if record is None or not member.own or record.type in ("metadata", "warcinfo"):
        return []
    beside = {bare(each) for each in record.all("WARC-Concurrent-To")}
    return [*exchange, record] if beside & {each.record_id for each in exchange} else [record]


def _complete(path: Path, exchange: list[RecordHead]) -> int:
    """Append the metadata record that a torn exchange lacks; its length."""
    block = warc_fields([("error", "the run ended before this exchange was written whole")])
    first = exchange[0]
    fields = [
        ("WARC-Type", "metadata"),
        ("WARC-Record-ID", f"<{uuid.uuid4().urn}>"),
        ("WARC-Warcinfo-ID", first.get("WARC-Warcinfo-ID")),
        ("WARC-Date", first.date),
        ("WARC-Target-URI", first.url),
        *(("WARC-Concurrent-To", f"<{each.record_id}>") for each in exchange),
        ("WARC-Block-Digest", digest_of(block)),
        ("Content-Type", "application/warc-fields"),
        ("Content-Length", str(len(block))),
    ]
    out = io.BytesIO()
    write_member(out, render(RecordHead("WARC/1.1", clean(fields))), [block])
    with path.open("ab") as file:
        file.write(out.getvalue())
        file.flush()
        os.fsync(file.fileno())
    return len(out.getvalue())


def _snapshot(member: Member, record: RecordHead, warc: str) -> RecoveredRecord | None:
    """The row of a response or revisit, or of a request or metadata record that stands alone."""
    if record.type in ("request", "metadata"):
        if record.all("WARC-Concurrent-To") or not record.url:
            return None
    elif record.type not in ("response", "revisit"):
        return None
    refers_to = record.get("WARC-Refers-To")
    http = member.http
    ref = SnapshotRef(
        warc, member.offset, member.length, record.record_id, record.date, record.get("WARC-Payload-Digest")
    )
    return RecoveredRecord(
        url=record.url,
        snapshot=ref,
        kind=record.type,
        status=http.status if http else None,
        media_type=content_type(http.get("content-type"))[0] if http else None,
        payload_length=member.payload_length if record.type == "response" else None,
        truncated=record.get("WARC-Truncated") if record.type == "response" else None,
        refers_to=bare(refers_to) if refers_to else None,
        posted=member.posted,
    )


def _mend(path: Path, final: Path, report: Recovered) -> None:
    with path.open("r+b") as file:
        if report.torn:
            _set_aside(file, report.end, report.torn, final.with_name(final.name + TORN))
        for hole in report.holes:
            _set_aside(file, hole.offset, hole.length, final.with_name(f"{final.name}.{hole.offset}{TORN}"))
            if filling := filler(hole.length, f"{hole.length} damaged bytes were set aside: {hole.problem}"):
                file.seek(hole.offset)
                file.write(filling)
        file.truncate(report.end)
        file.flush()
        os.fsync(file.fileno())


def _set_aside(file: BinaryIO, offset: int, length: int, place: Path) -> None:
    with place.open("wb") as aside:
        file.seek(offset)
        shutil.copyfileobj(_Part(file, length), aside)
        aside.flush()
        os.fsync(aside.fileno())
    sync_folder(place.parent)


class _Part(io.RawIOBase):
    """The next bytes of a file, as a file."""

    def __init__(self, file: BinaryIO, length: int) -> None:
        self._file = file
        self._left = length

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(self._left if size < 0 else min(size, self._left))
        self._left -= len(data)
        return data


def filler(length: int, note: str) -> bytes | None:
    """A gzip member of exactly that many bytes that holds a metadata record; None where they are too few for one."""
    stored = max(1, -(-(length - len(GZIP_HEAD) - 12) // (_STORED + 5)))
    plain = length - len(GZIP_HEAD) - 12 - 5 * stored
    record = _padded_record(plain, note)
    if record is None:
        return None
    deflated = bytearray()
    for number in range(stored):
        part = record[number * _STORED : (number + 1) * _STORED]
        deflated += struct.pack("<BHH", number == stored - 1, len(part), len(part) ^ 0xFFFF) + part
    packed, crc = zlib.crc32(deflated), zlib.crc32(record)
    return GZIP_HEAD + struct.pack("<I", packed) + deflated + struct.pack("<II", crc, len(record) & 0xFFFFFFFF)


def _padded_record(size: int, note: str) -> bytes | None:
    """A metadata record of exactly `size` bytes: the note, then blanks."""
    stamp = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    common = [("WARC-Type", "metadata"), ("WARC-Record-ID", f"<{uuid.uuid4().urn}>"), ("WARC-Date", stamp)]
    block = f"note: {note}\r\n".encode()
    for fields in ([*common, ("Content-Type", "application/warc-fields")], common):
        room = size - len(render(RecordHead("WARC/1.1", clean([*fields, ("Content-Length", "0" * 10)])))) - 4
        if room >= 0:
            head = render(RecordHead("WARC/1.1", clean([*fields, ("Content-Length", f"{room:010d}")])))
            return head + (block if room >= len(block) else b"").ljust(room) + b"\r\n\r\n"
    return None
