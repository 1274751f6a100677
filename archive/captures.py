"""A snapshot opened: the answer's own head, the body it stands for, the request, and the fields of its WARC record."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from archive.errors import SnapshotDamaged, SnapshotLost, SnapshotMissing
from archive.schema import SnapshotRef
from archive.storage.away import not_there, state_of
from archive.storage.content import Decoded
from archive.storage.members import DamagedRecord, read_record
from archive.storage.paths import PortalPaths
from archive.storage.record import RecordHead
from archive.storage.snapshots import CAP, Kept, NoAnswer, read_exchange


@dataclass(frozen=True, slots=True)
class Capture:
    """What is kept of one exchange."""

    record: RecordHead
    head: bytes  # of the answer, as received; empty where none came
    request: bytes | None  # as sent, head and body
    answer: Kept | None  # that holds the body; of a revisit it is the original's

    def decode(self, cap: int = CAP) -> Decoded | None:
        """The body without its codings, at most `cap` bytes; None where none came, or a revisit's original is away."""
        return self.answer.decode(cap) if self.answer else None


def open_capture(paths: PortalPaths, ref: SnapshotRef, original: SnapshotRef | None) -> Capture:
    """The exchange at a reference; `original` is what it refers to as a revisit.

    Raises SnapshotMissing where the WARC is not there, SnapshotDamaged where its bytes are not the record.
    """
    try:
        return _open(paths, ref, original)
    except FileNotFoundError as error:
        raise not_kept(paths, Path(error.filename).name, ref.record_id) from None
    except (DamagedRecord, EOFError) as error:
        raise SnapshotDamaged(f"{paths.warc_dir}: {error}") from None


def not_kept(paths: PortalPaths, name: str, record_id: str) -> SnapshotMissing:
    """The error for a record whose WARC is not there: offline, or SnapshotLost."""
    kind = SnapshotLost if state_of(paths, name) == "missing" else SnapshotMissing
    return kind(f"{not_there(paths, name)}; it holds record {record_id}")


def _open(paths: PortalPaths, ref: SnapshotRef, original: SnapshotRef | None) -> Capture:
    try:
        kept = read_exchange(paths, ref)
        return Capture(kept.record, kept.raw_head, kept.request, kept)
    except NoAnswer:
        record = read_record(paths.warc(ref.warc), ref.offset, ref.length)
    block = record.block.read()
    if record.headers.type == "request":
        return Capture(record.headers, b"", block, None)
    if record.headers.type != "revisit":
        return Capture(record.headers, b"", None, None)
    return Capture(record.headers, block, None, read_exchange(paths, original) if original else None)


def decoded(body: bytes, charset: str | None) -> str:
    """A page's text: by its byte-order mark, the header's charset, its own meta element, else UTF-8."""
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return body.decode("utf-16", "replace")
    stated = _META.search(body[:4096])
    for name in (charset, stated[1].decode() if stated else None):
        if name and _CHARSETS.fullmatch(name):
            try:
                return body.decode(name, "replace").removeprefix("\ufeff")
            except LookupError:
                continue
    return body.decode("utf-8-sig", "replace")


_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([a-zA-Z0-9_-]{1,40})", re.IGNORECASE)
# Python knows codecs that are no charsets (punycode, unicode_escape); only these are asked.
_CHARSETS = re.compile(
    r"utf[-_]?8|utf-16(le|be)?|us-ascii|ascii|latin-?1|iso[-_]?8859-\d{1,2}|windows-125\d|cp125\d|gb2312|gbk|gb18030"
    r"|big5|euc-(jp|kr)|shift[-_]jis|koi8-[ru]",
    re.IGNORECASE,
)
