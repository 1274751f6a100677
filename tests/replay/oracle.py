"""What an archive holds, as our own readers see it: the side that the outside ones are compared with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from archive.storage.content import blocks, decode_body, split_head
from archive.storage.members import iter_records

CAP = 32 << 20


@dataclass(frozen=True, slots=True)
class Capture:
    """One answer: of a revisit, with the body of the record it refers to."""

    kind: str
    url: str
    date: str
    status: int
    body: bytes

    @property
    def stamp(self) -> str:
        return stamp_of(self.date)


def stamp_of(date: str) -> str:
    """A WARC-Date as indexes have it, to the second."""
    return "".join(char for char in date if char.isdigit())[:14]


def captures(warcs: Iterable[Path]) -> Iterator[Capture]:
    """Every answer, in the order of the files; originals stand before what refers to them."""
    bodies: dict[str, bytes] = {}
    for path in warcs:
        for record in iter_records(path):
            head = record.headers
            if head.type not in ("response", "revisit"):
                continue
            raw_head, rest = split_head(blocks(record.block))
            referred = (head.get("WARC-Refers-To") or "").strip("<>")
            body = bodies[referred] if referred else decode_body(raw_head, rest, CAP).body
            bodies.setdefault(head.record_id, body)
            status = int(raw_head.split(b" ", 2)[1])
            yield Capture(head.type, head.get("WARC-Target-URI") or "", head.date, status, body)
