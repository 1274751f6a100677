"""What takes the place of an erased exchange in a WARC: a record as long as what it replaces, with the old digests.

So no other record moves: every offset in ledger, index and items stays right, and `verify` finds whole records only.
"""

from __future__ import annotations

import hashlib
import os
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from archive.errors import ArchiveError
from archive.storage.members import Member, iter_members, read_record
from archive.storage.record import RecordHead, bare, clean, render, target, warc_fields

_HEAD = 16  # bytes of a gzip head as this program writes it, before the CRC of the deflated bytes
_STORED = 0xFFFF  # bytes a stored block of deflate can hold


class CannotErase(ArchiveError):
    """An exchange that cannot be replaced where it lies."""


@dataclass(frozen=True, slots=True)
class Why:
    """Who erased it, when, and for what reason."""

    day: str
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class Erasing:
    """An exchange to be replaced: its records in the file, one behind the other."""

    path: Path
    members: tuple[Member, ...]
    buried: bool = False  # a tombstone lies there already

    @property
    def offset(self) -> int:
        """Of the first record."""
        return self.members[0].offset

    @property
    def length(self) -> int:
        """Bytes of all its records."""
        return self.members[-1].end - self.offset

    def bury(self, why: Why) -> None:
        """Write the tombstone over the records, durably; a second time does nothing. Raises CannotErase, OSError."""
        if self.buried:
            return
        with self.path.open("r+b") as file:
            file.seek(self.offset)
            stone = self._stone(file.read(_HEAD), why)
            file.seek(self.offset)
            file.write(stone)
            file.flush()
            os.fsync(file.fileno())

    def _stone(self, gzip_head: bytes, why: Why) -> bytes:
        stored = max(1, -(-(self.length - _HEAD - 12) // (_STORED + 5)))
        plain = self.length - _HEAD - 12 - 5 * stored
        record = next((each for text in self._texts(why) if (each := self._record(text, plain))), None)
        if record is None:
            raise CannotErase(f"{self.path} at {self.offset}: {self.length} bytes are too few for a tombstone")
        deflated = bytearray()
        for number in range(stored):
            part = record[number * _STORED : (number + 1) * _STORED]
            deflated += struct.pack("<BHH", number == stored - 1, len(part), len(part) ^ _STORED) + part
        ends = struct.pack("<II", zlib.crc32(record), len(record) & 0xFFFFFFFF)
        return gzip_head + struct.pack("<I", zlib.crc32(deflated)) + bytes(deflated) + ends

    def _texts(self, why: Why) -> Iterator[bytes]:
        """What the tombstone says, and less of it where there is little room."""
        said = [("erased", why.day), ("reason", why.reason), ("by", why.by)]
        digests: list[tuple[str, str | None]] = []
        for each in self.members:
            if each.record is not None:
                digests.append(("record", f"{each.record.type} {each.record.record_id}"))
                digests += [(name, each.record.get(f"WARC-{name}")) for name in ("Payload-Digest", "Block-Digest")]
        yield warc_fields([*said, *digests])
        yield warc_fields([*said[:1], *(each for each in digests if each[0] != "Block-Digest")])
        yield warc_fields([*said[:1], *(each for each in digests if each[0] == "Payload-Digest")])

    def _record(self, text: bytes, size: int) -> bytes | None:
        """A record of exactly `size` bytes, filled up with blanks; None where the text does not fit."""
        old = self.members[0].record
        assert old is not None
        fields = [
            ("WARC-Type", "metadata"),
            ("WARC-Record-ID", f"<{old.record_id}>"),
            ("WARC-Warcinfo-ID", old.get("WARC-Warcinfo-ID")),
            ("WARC-Date", old.date),
            ("WARC-Target-URI", target(old.url)),
            ("Content-Type", "application/warc-fields"),
            ("WARC-Block-Digest", f"sha256:{'0' * 64}"),
            ("Content-Length", "0" * 10),
        ]
        room = size - len(render(RecordHead("WARC/1.1", clean(fields)))) - 4
        if room < len(text):
            return None
        block = text.ljust(room)
        fields[-2:] = [
            ("WARC-Block-Digest", f"sha256:{hashlib.sha256(block).hexdigest()}"),
            ("Content-Length", f"{room:010d}"),
        ]
        return render(RecordHead("WARC/1.1", clean(fields))) + block + b"\r\n\r\n"


def exchange_at(path: Path, offset: int, record_id: str) -> Erasing:
    """The exchange whose first record lies there, or its tombstone. Raises CannotErase."""
    members: list[Member] = []
    for member in iter_members(path, offset):
        record = member.record
        if not members:
            if record is None or member.problem or record.record_id != record_id:
                raise CannotErase(f"{path} at {offset}: {member.problem or 'another record'}; repair it first")
            if record.type == "metadata" and read_record(path, offset).block.read(8) == b"erased: ":
                return Erasing(path, (member,), buried=True)
            if not member.own:
                raise CannotErase(f"{path} at {offset}: taken in from elsewhere; erase it where it was made")
        elif record is None or member.problem or record_id not in map(bare, record.all("WARC-Concurrent-To")):
            break
        members.append(member)
    return Erasing(path, tuple(members))
