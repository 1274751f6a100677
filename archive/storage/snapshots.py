"""A snapshot read back by its reference: the answer's head and body, and the request that asked for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import BinaryIO
from urllib.parse import urlsplit

from archive.schema import SnapshotRef
from archive.storage.content import Decoded, Head, blocks, decode_body, parse_head, split_head
from archive.storage.members import DamagedRecord, Record, read_record, spool
from archive.storage.paths import PortalPaths
from archive.storage.record import RecordHead, bare

CAP = 32 << 20  # bytes of a decoded body


class NoAnswer(ValueError):
    """The reference leads to no answer's body: none came, or it lies with the original of a revisit."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as the archive keeps it."""

    record: RecordHead
    head: Head
    raw_head: bytes
    payload: BinaryIO  # what follows the head, framed and coded as it was received
    request: bytes | None  # as sent; None where the record beside it is lost, or never was

    def decode(self, cap: int = CAP) -> Decoded:
        """The body without its codings, at most `cap` bytes of it."""
        self.payload.seek(0)
        return decode_body(self.head, self.payload, cap)


def read_exchange(paths: PortalPaths, ref: SnapshotRef, *, original: SnapshotRef | None = None) -> Kept:
    """The answer at a reference; that of a revisit has the body (and the framing) of `original`, which it refers to.

    Raises FileNotFoundError where the WARC is not there, DamagedRecord where its bytes are not the record named,
    NoAnswer where no answer came or the original was not given.
    """
    record = _open(paths, ref)
    if record.headers.record_id != bare(ref.record_id):
        raise DamagedRecord(f"{ref.warc} at {ref.offset}: {record.headers.record_id}, not {ref.record_id}")
    if record.headers.type == "revisit" and original is not None:
        return read_exchange(paths, original)
    if record.headers.type == "resource":  # what other tools keep without the head it came with
        stated = tuple(("Content-Type", value) for value in record.headers.all("Content-Type"))
        return Kept(record.headers, Head("", None, "", stated), b"", record.block, None)
    if record.headers.type != "response":
        raise NoAnswer(f"{ref.warc} at {ref.offset}: a {record.headers.type} record")
    raw_head, rest = split_head(blocks(record.block))
    payload = spool()
    for piece in rest:
        payload.write(piece)
    payload.seek(0)
    return Kept(record.headers, parse_head(raw_head), raw_head, payload, _request(paths, ref, record.member.end))


def can_be_named(record: RecordHead) -> bool:
    """Whether a record made elsewhere has what a snapshot's row needs: an id, a date, an address over HTTP."""
    try:
        web = urlsplit(record.url).scheme in ("http", "https")
    except ValueError:
        return False
    return web and bool(record.record_id) and moment(record.date) is not None


def moment(date: str) -> datetime | None:
    """A WARC-Date, of which other tools may write as little as a year (WARC 1.1 5.4); None where it is none."""
    try:
        found = datetime.fromisoformat(date + {4: "-01-01", 7: "-01"}.get(len(date), ""))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _open(paths: PortalPaths, ref: SnapshotRef) -> Record:
    try:
        return read_record(paths.warc(ref.warc), ref.offset, ref.length)
    except FileNotFoundError:  # closed, and so renamed, between finding and opening it
        return read_record(paths.warc(ref.warc), ref.offset, ref.length)


def _request(paths: PortalPaths, ref: SnapshotRef, at: int) -> bytes | None:
    """The request record, if it is the next."""
    try:
        record = read_record(paths.warc(ref.warc), at)
    except (DamagedRecord, FileNotFoundError):
        return None
    of = [bare(each) for each in record.headers.all("WARC-Concurrent-To")]
    return record.block.read() if record.headers.type == "request" and ref.record_id in of else None
