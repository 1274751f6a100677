"""A snapshot read back by its reference: the answer's head and decoded body, and the request that asked for it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from archive.schema import SnapshotRef
from archive.storage.content import Decoded, Head, blocks, decode_body, parse_head, split_head
from archive.storage.members import DamagedRecord, Record, read_record
from archive.storage.paths import PortalPaths
from archive.storage.record import RecordHead, bare

CAP = 32 << 20  # bytes of a decoded body


@dataclass(frozen=True, slots=True)
class Kept:
    """An exchange as the archive keeps it."""

    record: RecordHead
    head: Head | None  # of the answer; None where no byte of it came
    raw_head: bytes
    content: Decoded | None  # None without an answer, and for a revisit whose original is not at hand
    request: bytes | None  # as sent; None where nothing was, or where it was lost


def read_exchange(paths: PortalPaths, ref: SnapshotRef, *, original: SnapshotRef | None = None, cap: int = CAP) -> Kept:
    """The exchange at a reference; the body of a revisit is read from `original`, the snapshot it refers to.

    Raises FileNotFoundError where the WARC is not there, DamagedRecord where its bytes are not the record named.
    """
    record = _open(paths, ref)
    if record.headers.record_id != bare(ref.record_id):
        raise DamagedRecord(f"{ref.warc} at {ref.offset}: {record.headers.record_id}, not {ref.record_id}")
    if record.headers.type == "request":
        return Kept(record.headers, None, b"", None, record.block.read())
    if record.headers.type not in ("response", "revisit"):
        return Kept(record.headers, None, b"", None, None)
    raw_head, rest = split_head(blocks(record.block))
    content = None
    if record.headers.type == "response":
        content = decode_body(raw_head, rest, cap)
    elif original is not None:
        content = read_exchange(paths, original, cap=cap).content
    return Kept(record.headers, parse_head(raw_head), raw_head, content, _request_of(paths, ref, record))


def _open(paths: PortalPaths, ref: SnapshotRef) -> Record:
    try:
        return read_record(_place(paths, ref), ref.offset, ref.length)
    except FileNotFoundError:  # closed, and so renamed, between finding and opening it
        return read_record(_place(paths, ref), ref.offset, ref.length)


def _place(paths: PortalPaths, ref: SnapshotRef) -> Path:
    return paths.warc(ref.warc)


def _request_of(paths: PortalPaths, ref: SnapshotRef, record: Record) -> bytes | None:
    """The request record, if it is the next."""
    try:
        following = read_record(_place(paths, ref), record.member.end)
    except (DamagedRecord, FileNotFoundError):
        return None
    of = [bare(each) for each in following.headers.all("WARC-Concurrent-To")]
    return following.block.read() if following.headers.type == "request" and record.headers.record_id in of else None
