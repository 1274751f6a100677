"""A consistent copy of an archive or of one portal, also while a crawl writes to it, that can be gone on with.

The ledger comes first, over SQLite's backup; it says what else belongs to that moment: of a WARC still open the bytes
up to the ledger's end, of articles.jsonl its revisions. WARCs do not change once closed, so one that the copy has is
not copied again, and never over a good one: where the archive's own is damaged, the copy may be all that is left.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from archive.storage.away import not_there, state_of
from archive.storage.bag import Bag
from archive.storage.disk import refusals, sha256
from archive.storage.forms import joined, wrong_forms
from archive.storage.paths import OPEN, ORIGINAL, TORN, ArchivePaths, PortalPaths
from archive.storage.tables import LedgerError, connect, refused_by_disk

_PIECE = 1 << 20

Tell = Callable[[int], None]


@dataclass(slots=True)
class Copied:
    """What a copy did.

    `sums`: the SHA-256 of each file it has now; `troubles`: what is wrong in the archive; `offline`: WARCs kept
    elsewhere, which the copy has not either.
    """

    sums: dict[str, str] = field(default_factory=dict)
    files: int = 0
    bytes: int = 0
    kept: int = 0  # files that were there already
    troubles: list[str] = field(default_factory=list)
    offline: list[str] = field(default_factory=list)


def copy_portals(
    source: ArchivePaths, portals: Iterable[PortalPaths], bag: Bag, tell: Tell = lambda count: None
) -> Copied:
    """Copy these portals' folders and what stands beside them into a bag that was begun. Raises ArchiveDiskError.

    `tell` hears of bytes. What the bag holds of other portals stays, and stays in its sums.
    """
    copying = _Copying(bag, tell)
    for path in (source.form, source.withheld):
        if path.is_file():
            copying.file(path, bag.data / path.name)
    for paths in portals:
        copying.portal(paths, ArchivePaths(bag.data).portal(paths.slug))
    there = {name: each for name, each in copying.stated.items() if (bag.root / name).is_file()}
    copying.done.sums = {**there, **copying.done.sums}
    return copying.done


class _Copying:
    def __init__(self, bag: Bag, tell: Tell) -> None:
        self._bag = bag
        self._tell = tell
        self.stated = bag.sums()
        self.done = Copied()

    def portal(self, paths: PortalPaths, into: PortalPaths) -> None:
        """The order is what makes it consistent: closed WARCs are listed before the ledger is copied."""
        with refusals(into.root):
            into.make()
        closed = {path.name for path in paths.closed_warcs()}
        ends = self._ledger(paths, into)
        for path in paths.closed_warcs():
            if path.name in closed or ends is None:
                self._warc(path, into.warc_dir / path.name)
        for name, end in (ends or {}).items():
            if name not in closed:
                self._open_warc(paths, name, end, into)
        for path in sorted(each for each in paths.warc_dir.glob("*") if each.name.endswith((TORN, ORIGINAL))):
            self._warc(path, into.warc_dir / path.name)
        self._forms(paths.form, into.form)
        for path in (paths.index, *sorted(paths.runs.glob("*.json"))):
            if path.is_file():
                self.file(path, into.root / path.relative_to(paths.root))

    def _forms(self, path: Path, target: Path) -> None:
        """portal.toml, never over a copy that knows more."""
        kept = joined(path, target) if target.is_file() else None
        problem = next(wrong_forms(path, kept.forms), None) if kept else None
        if problem:
            self.done.troubles.append(f"{path}: {problem}; the copy's is kept")
            self.done.sums[self._bag.name_of(target)] = sha256(target)
        elif path.is_file():
            self.file(path, target)

    def _ledger(self, paths: PortalPaths, into: PortalPaths) -> dict[str, int] | None:
        """Copy the ledger and the articles it holds; where each of its WARCs ends. None: it cannot be read."""
        part = _part(into.ledger)
        try:
            ends = _backup(paths.ledger, part)
        except (LedgerError, sqlite3.DatabaseError) as error:
            self.done.troubles.append(f"{paths.ledger}: {str(error).removeprefix(f'{paths.ledger}: ')}")
            part.unlink(missing_ok=True)
            if not into.ledger.exists():  # then its bytes are better than nothing
                for path in (paths.ledger, paths.articles):
                    if path.is_file():
                        self.file(path, into.root / path.name)
            return None
        except OSError:
            part.unlink(missing_ok=True)
            raise
        try:
            ledger = connect(part, write=False)
            try:
                rows = ledger.execute("SELECT item FROM revisions ORDER BY serial")
                self._write(into.articles, (f"{item}\n".encode() for (item,) in rows))
            finally:
                ledger.close()
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        self._place(part, into.ledger, sha256(part))
        return ends

    def _open_warc(self, paths: PortalPaths, name: str, end: int, into: PortalPaths) -> None:
        """A WARC that was open when the ledger was copied, up to where the ledger knew it; it is renamed meanwhile."""
        target = into.warc_dir / (name + OPEN)
        for path in (paths.warc(name), paths.warc(name)):
            try:
                self.file(path, target, end)
                return
            except FileNotFoundError:
                continue
        if into.warc(name).is_file():  # copied before it went
            return
        told = self.done.offline if state_of(paths, name) == "offline" else self.done.troubles
        told.append(not_there(paths, name))

    def _warc(self, path: Path, target: Path) -> None:
        """A file that does not change any more, unless the copy has it."""
        name = self._bag.name_of(target)
        stated = self.stated.get(name)
        size = path.stat().st_size
        if target.is_file():
            same_size = target.stat().st_size == size
            if stated is None and same_size and sha256(target) == sha256(path):  # of a copy that was broken off
                stated = sha256(target)
            elif stated is not None and not same_size and sha256(target) == stated:
                self.done.troubles.append(f"{path}: {size} bytes, while its copy is as it was made; the copy is kept")
                same_size = True
            if stated is not None and same_size:
                self._tell(size)
                self.done.kept += 1
                self.done.sums[name] = stated
                self._forget(target)
                return
        self.file(path, target)
        self._forget(target)

    def _forget(self, target: Path) -> None:
        """Of a WARC that is closed now, the copy made while it was open."""
        was_open = target.with_name(target.name + OPEN)
        was_open.unlink(missing_ok=True)
        self.stated.pop(self._bag.name_of(was_open), None)

    def file(self, path: Path, target: Path, end: int | None = None) -> None:
        """Copy a file as it is now, or its first `end` bytes."""
        with path.open("rb") as source:
            self._write(target, _pieces(source.fileno(), end))

    def _write(self, target: Path, pieces: Iterator[bytes]) -> None:
        part = _part(target)
        digest = hashlib.sha256()
        try:
            with part.open("wb") as out:
                for piece in pieces:
                    digest.update(piece)
                    with refusals(target):
                        out.write(piece)
                    self._tell(len(piece))
                with refusals(target):
                    out.flush()
                    os.fsync(out.fileno())
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        self._place(part, target, digest.hexdigest())

    def _place(self, part: Path, target: Path, digest: str) -> None:
        with refusals(target):
            self.done.files += 1
            self.done.bytes += part.stat().st_size
            part.replace(target)
        self.done.sums[self._bag.name_of(target)] = digest


def _part(target: Path) -> Path:
    with refusals(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(target.name + ".part")
        part.unlink(missing_ok=True)
    return part


def _pieces(descriptor: int, end: int | None) -> Iterator[bytes]:
    at = 0
    while piece := os.pread(descriptor, _PIECE if end is None else min(_PIECE, end - at), at):
        at += len(piece)
        yield piece


def _backup(path: Path, part: Path) -> dict[str, int]:
    """A sound copy of a ledger as it is at one moment, in one file; where each WARC it knows ends."""
    source = connect(path, write=False)
    try:
        with refusals(part):
            part.touch()
        target = sqlite3.connect(part)
        try:
            source.backup(target)
            target.execute("PRAGMA journal_mode = DELETE")  # a reader of the copy makes no files beside it
            [(verdict,)] = target.execute("PRAGMA quick_check(1)").fetchall()
            if verdict != "ok":
                raise LedgerError(f"{path}: {verdict}")
            ends = target.execute("SELECT warc, max(offset + length) FROM snapshots GROUP BY warc")
            return dict(ends.fetchall())
        except sqlite3.OperationalError as error:
            raise refused_by_disk(error, part) or error from None
        finally:
            target.close()
    finally:
        source.close()
