"""Takes WARC files that other tools made into a portal's folder: copied or re-cut, indexed, entered into the ledger.

`prepare` does the long work, for each file in a process of its own, and changes nothing that counts; `place` then gives
the file its name. The name is made from the digest of the given file, so that one that is there is known again. A file
that is no row of whole gzip members is re-cut into one, and the given one kept beside it under the ending `.original`.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit

from archive.storage import index
from archive.storage.content import content_type
from archive.storage.disk import refusals, sync_folder
from archive.storage.entries import POSTED, Snapshot
from archive.storage.members import Member, iter_members
from archive.storage.paths import ORIGINAL, PortalPaths, import_name
from archive.storage.record import RecordHead, bare
from archive.storage.recut import Tell, Unread, begins_as, holds_records, recut
from archive.storage.snapshots import can_be_named, moment
from archive.storage.store import PortalArchive

_PIECE = 1 << 20
_KEPT = ("response", "revisit", "resource")


class NotTaken(Exception):
    """A file that cannot be taken in; the message is one line. `damaged`: it is a WARC, but nothing in it is whole."""

    def __init__(self, message: str, *, damaged: bool = False) -> None:
        super().__init__(message)
        self.damaged = damaged


@dataclass(slots=True)
class Prepared:
    """A file copied into the folder under a name that does not count yet."""

    given: Path
    digest: str  # of the given file: "sha256:…"
    size: int
    name: str  # that it will have
    part: Path
    original: Path | None = None  # the copy of the given file, where it had to be re-cut
    records: int = 0
    rows: list[Snapshot] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)  # of the index
    unread: list[Unread] = field(default_factory=list)

    def discard(self) -> None:
        """Remove what was prepared."""
        for path in (self.part, self.original):
            if path is not None:
                path.unlink(missing_ok=True)


def check_given(given: Path, paths: PortalPaths) -> None:
    """Raise NotTaken for what is no file, none that may be read, an empty one, no WARC, or one of the archive's own."""
    if given.is_dir():
        raise NotTaken(f"{given}: a folder; allowed: a WARC file (*.warc.gz, *.warc)")
    if not given.is_file():
        raise NotTaken(f"{given}: no such file; allowed: a WARC file (*.warc.gz, *.warc)")
    try:
        if given.stat().st_size == 0:
            raise NotTaken(f"{given}: empty")
        kind = begins_as(given)
    except OSError as error:
        raise NotTaken(f"{given}: {error.strerror}") from None
    if given.resolve().is_relative_to(paths.root.resolve()):
        raise NotTaken(f"{given}: lies in the folder of {paths.slug}; `scrapy reextract {paths.slug}` reads it again")
    if kind == "other" and not holds_records(given):
        raise NotTaken(f"{given}: no WARC; allowed: WARC 1.0 or 1.1, with or without gzip, and ARC")


def prepare(given: Path, paths: PortalPaths, run: str, tell: Tell = lambda count: None) -> Prepared:
    """Copy a file into the portal's folder, re-cut where it must be, and list what it holds. `tell` hears of bytes.

    Raises NotTaken where nothing in it can be read, ArchiveDiskError.
    """
    part, digest = _copy(given, paths)
    ready = Prepared(given, digest, part.stat().st_size, import_name(paths.slug, digest), part)
    try:
        if begins_as(part) != "warc" or not _survey(ready, run, tell):
            ready.original, ready.part = ready.part, _temporary(paths)
            with ready.part.open("w+b") as out:
                ready.unread = recut(ready.original, out, ready.part, tell)
                _sync(out, ready.part)
            _survey(ready, run, tell)
        if not ready.records:
            first = ready.unread[0] if ready.unread else "no record"
            raise NotTaken(f"{given}: damaged, nothing in it is whole: {first}", damaged=True)
    except BaseException:
        ready.discard()
        raise
    return ready


def _copy(given: Path, paths: PortalPaths) -> tuple[Path, str]:
    part = _temporary(paths)
    digest = hashlib.sha256()
    try:
        with given.open("rb") as source, part.open("wb") as out:
            while piece := source.read(_PIECE):
                digest.update(piece)
                with refusals(part):
                    out.write(piece)
            _sync(out, part)
    except OSError:
        part.unlink(missing_ok=True)
        raise
    return part, f"sha256:{digest.hexdigest()}"


def _temporary(paths: PortalPaths) -> Path:
    with refusals(paths.warc_dir):
        descriptor, name = tempfile.mkstemp(prefix="import-", suffix=".part", dir=paths.warc_dir)
        os.fchmod(descriptor, 0o644)
        os.close(descriptor)
    return Path(name)


def _sync(out: BinaryIO, place: Path) -> None:
    with refusals(place):
        out.flush()
        os.fsync(out.fileno())


def _survey(ready: Prepared, run: str, tell: Tell) -> bool:
    """Fill in what the members of `ready.part` are; false where one is not one whole record."""
    ready.records, ready.rows, ready.lines = 0, [], []
    with ready.part.open("rb") as file:
        if file.read(2) != b"\x1f\x8b":
            return False
    unnamed: list[Unread] = []
    for member in iter_members(ready.part):
        tell(member.length)
        if member.problem or member.record is None:
            return False
        ready.records += 1
        line = index.line_of(member, ready.name)
        ready.lines += [line] if line else []
        if member.record.type in _KEPT and can_be_named(member.record):
            ready.rows.append(row_of(member, member.record, ready.name, run))
        elif member.record.type in ("response", "revisit") and member.record.url.startswith("http"):
            unnamed.append(Unread(member.offset, f"a {member.record.type} record without an id or a date"))
    ready.unread += unnamed
    ready.rows = list(_referring(ready.rows))
    return True


def row_of(member: Member, record: RecordHead, name: str, run: str) -> Snapshot:
    """The row of a record that lies in the WARC of that name."""
    http = member.http
    refers = record.get("WARC-Refers-To")
    stated = http.get("content-type") if http else record.get("Content-Type")
    truncated = record.get("WARC-Truncated") if record.type != "revisit" else None
    return Snapshot(
        key=record.url + POSTED if member.posted else record.url,
        url=record.url,
        date=record.date,
        kind=record.type,
        status=http.status if http else None,
        media_type=content_type(stated)[0],
        warc=name,
        offset=member.offset,
        length=member.length,
        record_id=record.record_id,
        payload_digest=record.get("WARC-Payload-Digest"),
        payload_length=member.payload_length if record.type != "revisit" else None,
        truncated=truncated,
        refers_to=bare(refers) if refers else _stood_at(record),
        error=None,
        run=run,
    )


def _stood_at(record: RecordHead) -> str | None:
    """What a revisit without WARC-Refers-To says of its original: date and address."""
    url, date = record.get("WARC-Refers-To-Target-URI"), record.get("WARC-Refers-To-Date")
    return f"{date} {bare(url)}" if url and date else None


def _referring(rows: list[Snapshot]) -> Iterator[Snapshot]:
    """The rows, with every reference of a revisit led to the response behind it, as far as the file holds it."""
    by_id = {row.record_id: row for row in rows}
    by_place = {f"{row.date} {row.url}": row.record_id for row in rows if row.kind == "response"}
    for row in rows:
        refers, steps = row.refers_to, 0
        refers = by_place.get(refers, refers) if refers else None
        while refers in by_id and by_id[refers].kind == "revisit" and steps < len(rows):
            refers, steps = by_id[refers].refers_to, steps + 1
        yield replace(row, refers_to=refers) if refers != row.refers_to else row


def foreign_hosts(ready: Prepared, most: int = 3) -> str:
    """The hosts that a file's captures are of, for a message."""
    hosts = Counter(urlsplit(row.url).netloc for row in ready.rows)
    return ", ".join(f"{host} ({count})" for host, count in hosts.most_common(most)) or "no host at all"


def place(archive: PortalArchive, ready: Prepared) -> bool:
    """Give a prepared file its name and enter its captures; false where it is there already, entered or not.

    Each step may be done twice: index before name, name before ledger. Raises ArchiveDiskError.
    """
    paths = archive.paths
    final = paths.warc_dir / ready.name
    fresh = not final.exists()
    with refusals(final):
        if fresh:
            index.merge(paths.index, ready.lines)
            if ready.original is not None:
                ready.original.rename(final.with_name(final.name + ORIGINAL))
            ready.part.rename(final)
            sync_folder(paths.warc_dir)
        else:
            ready.discard()
    archive.ledger.commit(ready.rows, ())
    return fresh


def in_order(rows: Iterable[Snapshot]) -> list[Snapshot]:
    """Captures by their dates."""
    first = datetime.min.replace(tzinfo=UTC)
    return sorted(rows, key=lambda row: moment(row.date) or first)
