"""A part of the archive as one WACZ: its records as they lie in the WARCs, an index, the pages, and what describes it.

A record keeps its file's name and its bytes, gzip and all, so every digest and record id stays what it was; only the
offsets are new. WACZ 1.1.1, which ReplayWeb.page and pywb open.
"""

from __future__ import annotations

import hashlib
import json
import os
import uuid
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, NamedTuple

from archive.research.files import PART, InTheWay, is_special
from archive.storage import index
from archive.storage.away import state_of
from archive.storage.disk import sync_folder
from archive.storage.members import Member, iter_members
from archive.storage.paths import PortalPaths
from archive.storage.record import bare
from archive.views import StoredSnapshot

VERSION = "1.1.1"
_PIECE = 1 << 20
_ZIP64 = 1 << 31  # bytes from which a zip needs its large form


class Page(NamedTuple):
    """What a reader of the WACZ can open: address, moment of the capture (UTC), title, and the record that has it."""

    url: str
    date: str
    title: str | None
    record_id: str


@dataclass(slots=True)
class Subset:
    """The exchanges chosen, by WARC; one chosen twice is there once."""

    pages: list[Page] = field(default_factory=list)
    _chosen: dict[str, tuple[PortalPaths, set[tuple[int, str]]]] = field(default_factory=dict)

    def add(self, paths: PortalPaths, snapshot: StoredSnapshot) -> None:
        """Choose an exchange."""
        self._chosen.setdefault(snapshot.warc, (paths, set()))[1].add((snapshot.offset, snapshot.record_id))

    def has(self, snapshot: StoredSnapshot) -> bool:
        """Whether an exchange was chosen."""
        chosen = self._chosen.get(snapshot.warc)
        return chosen is not None and (snapshot.offset, snapshot.record_id) in chosen[1]

    def files(self) -> Iterator[tuple[str, PortalPaths, list[tuple[int, str]]]]:
        """Name and portal of every WARC, and what was chosen of it, each with offset and record id."""
        for name, (paths, chosen) in sorted(self._chosen.items()):
            yield name, paths, sorted(chosen)


class Place(NamedTuple):
    """Where a record lies in the WACZ: the file in it, offset and length in bytes."""

    file: str
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class Said:
    """What the WACZ says of itself."""

    title: str
    description: str
    software: str = "province-archive"


@dataclass(slots=True)
class Made:
    """What went into a WACZ: its records by their ids, its pages, and what could not be read, each with the reason."""

    places: dict[str, Place] = field(default_factory=dict)
    pages: list[Page] = field(default_factory=list)
    away: list[str] = field(default_factory=list)
    damaged: bool = False  # some of that is missing or damaged, not only offline

    def lacks(self, what: str, *, damaged: bool = True) -> None:
        """Note what could not be put in."""
        self.away.append(what)
        self.damaged |= damaged


More = Callable[[Made], Iterable[tuple[str, str]]]  # further files, path and text, once the records are in


def write_wacz(path: Path, chosen: Subset, said: Said, more: More = lambda made: ()) -> Made:
    """The WACZ, whole or not at all. Raises OSError, and InTheWay where a device or pipe is named."""
    if is_special(path):
        raise InTheWay(f"{path}: no file; allowed: the name of one, for a WACZ cannot be streamed")
    if path.is_dir():
        raise InTheWay(f"{path}: a folder; allowed: a file's name")
    path = path.resolve()
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}{PART}")
    try:
        with part.open("wb") as file:
            made = _fill(file, chosen, said, more)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)
    return made


def _fill(file: IO[bytes], chosen: Subset, said: Said, more: More) -> Made:
    made = Made()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        out = _Package(archive)
        lines: list[str] = []
        for name, paths, records in chosen.files():
            source = paths.warc(name)
            if source.exists():
                with out.open(f"archive/{name}", large=source.stat().st_size > _ZIP64) as sink:
                    lines += _put(sink, name, _members(source, records, made), source, made)
            else:
                state = state_of(paths, name)
                made.lacks(f"{name}: {state}, {len(records)} exchanges", damaged=state != "offline")
        # not .cdxj: pywb looks for .cdx alone
        out.text("indexes/index.cdx", "".join(f"{line}\n" for line in sorted(lines, key=str.encode)))
        made.pages = [each for each in chosen.pages if each.record_id in made.places]
        out.text("pages/pages.jsonl", "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in _pages(made)))
        for path, text in more(made):
            out.text(path, text)
        out.describe(said)
    return made


def _put(sink: _Sink, name: str, members: Iterable[Member], source: Path, made: Made) -> Iterator[str]:
    """Put records into a file; their lines for the index."""
    for member in members:
        if record := member.record:
            made.places[record.record_id] = Place(f"archive/{name}", sink.size, member.length)
            if line := index.line(record, member.http, sink.size, member.length, name, posted=member.posted):
                yield line
        sink.copy(source, member)


def _pages(made: Made) -> Iterator[dict[str, Any]]:
    yield {"format": "json-pages-1.0", "id": "pages", "title": "Articles"}
    for each in made.pages:
        known = uuid.uuid5(uuid.NAMESPACE_URL, f"{each.date} {each.url}")
        yield {"id": str(known), "url": each.url, "ts": each.date, "title": each.title or each.url}


def _members(source: Path, records: list[tuple[int, str]], made: Made) -> Iterator[Member]:
    """The file's warcinfo record, then every chosen exchange: its answer and the records that name it beside them."""
    size = source.stat().st_size
    behind = sum(offset >= size for offset, _ in records)
    if behind:
        made.lacks(f"{source.name}: cut, {behind} exchange{'s' * (behind > 1)} would lie behind its end at {size}")
    first = next(iter_members(source), None)
    if first is not None and first.record is not None and not first.problem and first.record.type == "warcinfo":
        yield first
    for offset, of in records:
        yield from _exchange(source, offset, of, made)


def _exchange(source: Path, offset: int, of: str, made: Made) -> Iterator[Member]:
    """The record `of` and those beside it; nothing where another lies there, or none that is sound."""
    members = iter_members(source, offset)
    answer = next(members, None)
    if answer is None:  # behind the file's end
        return
    if answer.record is None or answer.problem or answer.record.record_id != of:
        found = answer.record.record_id if answer.record else "no WARC record"
        made.lacks(f"{source.name} at {offset}: {answer.problem or f'{found}, not {of}'}")
        return
    yield answer
    for member in members:
        record = member.record
        if record is None or member.problem or of not in map(bare, record.all("WARC-Concurrent-To")):
            return
        yield member


class _Package:
    """The zip while it is filled, and what is known of each file in it."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._made = datetime.now(UTC)
        self._known: list[dict[str, Any]] = []

    def open(self, path: str, *, large: bool = False) -> _Sink:
        """A file in the zip, to be written and closed before the next."""
        info = zipfile.ZipInfo(path, self._made.timetuple()[:6])
        return _Sink(self._archive.open(info, "w", force_zip64=large), path, self._known)

    def text(self, path: str, text: str) -> None:
        with self.open(path) as sink:
            sink.write(text.encode("utf-8", "backslashreplace"))

    def describe(self, said: Said) -> None:
        """datapackage.json and its digest, which come last."""
        package = {
            "profile": "data-package",
            "wacz_version": VERSION,
            "title": said.title,
            "description": said.description,
            "created": self._made.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "software": said.software,
            "resources": list(self._known),
        }
        self.text("datapackage.json", json.dumps(package, ensure_ascii=False, indent=2) + "\n")
        named = {"path": "datapackage.json", "hash": self._known[-1]["hash"]}
        self.text("datapackage-digest.json", json.dumps(named, indent=2) + "\n")


class _Sink:
    """One file of the zip: written, counted, digested."""

    def __init__(self, file: IO[bytes], path: str, known: list[dict[str, Any]]) -> None:
        self._file, self._path, self._known = file, path, known
        self._sum = hashlib.sha256()
        self.size = 0

    def __enter__(self) -> _Sink:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        self._file.close()
        if kind is None:
            name = self._path.rpartition("/")[2].lower()
            told = {"name": name, "path": self._path, "hash": f"sha256:{self._sum.hexdigest()}", "bytes": self.size}
            self._known.append(told)

    def write(self, data: bytes) -> None:
        self._file.write(data)
        self._sum.update(data)
        self.size += len(data)

    def copy(self, source: Path, member: Member) -> None:
        """A member's bytes as they are."""
        with source.open("rb") as file:
            file.seek(member.offset)
            left = member.length
            while left and (piece := file.read(min(left, _PIECE))):
                self.write(piece)
                left -= len(piece)
