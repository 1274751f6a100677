"""What can be wrong with one WARC: by itself, against the ledger's rows for it, and between its records."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from archive.storage.content import content_type
from archive.storage.members import Member
from archive.storage.paths import is_import
from archive.storage.record import RecordHead, bare, target
from archive.storage.snapshots import can_be_named


@dataclass(frozen=True, slots=True)
class Damage:
    """Something that is not as it was written."""

    file: str  # within the portal's folder
    what: str
    offset: int | None = None  # bytes, of the gzip member or the line
    url: str | None = None  # the address whose capture it is, or the article's

    def __str__(self) -> str:
        place = f"{self.file} at {self.offset}" if self.offset is not None else self.file
        return f"{place}: {self.what}" + (f" ({self.url})" if self.url else "")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of `snapshots`, as far as a record can be compared with it."""

    record_id: str
    url: str
    date: str
    kind: str
    offset: int
    length: int
    payload_digest: str | None
    status: int | None
    media_type: str | None
    truncated: str | None


class FileCheck:
    """What is known of a WARC while it is walked through."""

    def __init__(self, where: str, name: str, rows: dict[str, Row], knows: Callable[[str], bool] | None) -> None:
        """`knows` tells whether the ledger has a record at all, maybe in another file; None without a ledger."""
        self.where = where
        self.name = name
        self.rows = rows
        self._placed = sorted(rows.values(), key=lambda row: row.offset)
        self.exchanges = 0
        self._knows = knows
        self._taken_in = is_import(name)  # so its records keep the rules of who made them
        self._first = True
        self._damaged = False
        self._seen: set[str] = set()
        self._unknown: list[Member] = []  # snapshots that the ledger does not name
        self._ids: set[str] = set()
        self._dangling: list[tuple[Member, str]] = []  # what a record names beside itself
        self._incomplete: dict[str, Member] = {}  # exchanges whose metadata record has not come yet
        self._own = 0
        self._foreign: list[Member] = []

    def member(self, member: Member) -> Iterator[Damage]:
        record = member.record
        if member.problem:
            self._damaged = True
            yield Damage(self.where, member.problem, member.offset, self._address(member))
        if member.lost or record is None:
            return
        if member.own and not self._taken_in:
            self._own += 1
        else:
            self._foreign.append(member)
        if problem := self._warcinfo(member, record):
            yield Damage(self.where, problem, member.offset)
        self._first = False
        yield from self._against_ledger(member, record)
        self._companions(member, record)

    def _address(self, member: Member) -> str | None:
        """The address of a damaged member: by itself, else the first that the ledger has in its bytes.

        None there: it is a request or metadata record of ours, which follow the answer that the ledger names.
        """
        if member.record is not None and member.record.url:
            return member.record.url
        at = bisect_left(self._placed, member.offset, key=lambda row: row.offset)
        if at < len(self._placed) and self._placed[at].offset < member.end:
            return self._placed[at].url
        return self._placed[at - 1].url if at and not self._taken_in else None

    def _warcinfo(self, member: Member, record: RecordHead) -> str | None:
        if self._taken_in or not member.own:
            return None
        if not self._first:
            return "a second warcinfo record" if record.type == "warcinfo" else None
        if record.type != "warcinfo":
            return "does not begin with a warcinfo record"
        inside = record.get("WARC-Filename")
        return f"is the file {inside}" if inside != self.name else None

    def _against_ledger(self, member: Member, record: RecordHead) -> Iterator[Damage]:
        row = self.rows.get(record.record_id)
        if row is None:
            if record.type in ("response", "revisit") and (can_be_named(record) or not self._taken_in):
                self._unknown.append(member)
            return
        if self._taken_in and member.offset != row.offset:  # others write a record twice
            return
        if row.record_id in self._seen:
            yield Damage(self.where, f"a second record {row.record_id}", member.offset, row.url)
        self._seen.add(row.record_id)
        pairs: dict[str, tuple[object, object]] = {
            "offset": (member.offset, row.offset),
            "length": (member.length, row.length),
            "kind": (record.type, row.kind),
            "date": (record.date, row.date),
            "address": (target(record.url), target(row.url)),
            "payload digest": (record.get("WARC-Payload-Digest"), row.payload_digest),
        }
        if record.type in ("response", "revisit"):
            http = member.http
            pairs["status"] = (http.status if http else None, row.status)
            pairs["media type"] = (content_type(http.get("content-type"))[0] if http else None, row.media_type)
        if record.type == "response":
            pairs["truncation"] = (record.get("WARC-Truncated"), row.truncated)
        for name, (here, there) in pairs.items():
            if here != there:
                yield Damage(self.where, f"its {name} is {here}, in the ledger {there}", member.offset, row.url)

    def _companions(self, member: Member, record: RecordHead) -> None:
        beside = [bare(each) for each in record.all("WARC-Concurrent-To")]
        self._ids.add(record.record_id)
        self._dangling += [(member, each) for each in beside if each not in self._ids]
        if record.type == "metadata":
            for each in beside:
                self._incomplete.pop(each, None)
        if record.type in ("response", "revisit") or (record.type in ("request", "metadata") and not beside):
            self.exchanges += 1
            if record.type != "metadata":
                self._incomplete[record.record_id] = member

    def end(self, finished: bool) -> Iterator[Damage]:
        """What only the whole file can tell."""
        own = self._own > len(self._foreign)
        for member in self._foreign if own else ():
            yield Damage(self.where, "gzip: its head is not as written", member.offset, self._address(member))
        for row in self.rows.values():
            if row.record_id not in self._seen and not self._damaged:
                yield Damage(self.where, f"no {row.kind} record {row.record_id} there", row.offset, row.url)
        if finished and self._knows and (own or self.rows):
            unknown = (each for each in self._unknown if each.record and not self._knows(each.record.record_id))
            for member in unknown:
                yield Damage(self.where, "the ledger does not know it", member.offset, self._address(member))
        if finished and own and not self._damaged:
            for member, beside in self._dangling:
                if beside not in self._ids:
                    yield Damage(self.where, f"{beside} is not beside it", member.offset, self._address(member))
            for member in self._incomplete.values():
                yield Damage(self.where, "its metadata record is missing", member.offset, self._address(member))
