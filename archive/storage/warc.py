"""WARC/1.1 files of a portal: every exchange as it was on the wire. The door to the modules that write and read them.

`WarcWriter` writes; `read_record` and `read_exchange` read by reference, `iter_members` and `iter_records` walk through
a file, `recover` mends one that a dead run left. `iter_foreign` reads what other tools packed otherwise.
"""

from __future__ import annotations

import io
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from archive.storage.codings import gunzip
from archive.storage.content import blocks
from archive.storage.disk import ArchiveDiskError
from archive.storage.exchanges import Original, Written, may_revisit
from archive.storage.members import DamagedRecord, Member, Record, iter_members, iter_records, read_record, spool
from archive.storage.record import RecordHead
from archive.storage.recovery import Recovered, RecoveredRecord, recover
from archive.storage.snapshots import Kept, NoAnswer, read_exchange
from archive.storage.writer import Durable, WarcWriter

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

__all__ = [
    "ArchiveDiskError", "DamagedRecord", "Durable", "Kept", "Member", "NoAnswer", "Original", "Record", "Recovered",
    "RecoveredRecord", "WarcWriter", "Written", "iter_foreign", "iter_members", "iter_records", "may_revisit",
    "read_exchange", "read_record", "recover",
]  # fmt: skip


def iter_foreign(path: Path) -> Iterator[tuple[RecordHead, BinaryIO]]:
    """Head and block of each record of a file that is no row of gzip members: a plain WARC, one gzipped whole, an ARC.

    A block is gone at the next record. Raises DamagedRecord where warcio can read no further, after all before it; a
    file with a gzip member per record is better read by `iter_records`, which goes on behind damage.
    """
    problems: list[str] = []
    with path.open("rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
        file.seek(0)
        # warcio and gzip lose what stands before a cut; the decoder of bodies does not
        plain = io.BufferedReader(_Stream(gunzip(blocks(file), sys.maxsize, problems))) if packed else file
        if not plain.peek(9).startswith((b"WARC/", b"filedesc:")) and plain.peek(1):  # warcio takes any text for an ARC
            raise DamagedRecord(f"{path.name}: neither WARC nor ARC")
        try:
            for record in ArchiveIterator(plain, no_record_parse=True, arc2warc=True):
                head = RecordHead(record.rec_headers.protocol or "WARC/1.0", tuple(record.rec_headers.headers))
                with spool() as block:
                    shutil.copyfileobj(record.raw_stream, block)
                    if block.tell() != head.length:
                        problems.append(f"{head.record_id} has {block.tell()} bytes, not {head.length}")
                        break
                    block.seek(0)
                    yield head, block
        except ArchiveLoadFailed as error:
            problems.append(str(error))
    if problems:
        raise DamagedRecord(f"{path.name}: {'; '.join(problems)}")


class _Stream(io.RawIOBase):
    """Pieces of bytes as a file."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._held = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer)
        held = self._held or next(self._pieces, b"")
        size = min(len(held), len(view))
        view[:size] = held[:size]
        self._held = held[size:]
        return size
