"""Writes a portal's WARC files: each exchange in one go, durable when `sync` says so, named when it is whole."""

from __future__ import annotations

import io
import mmap
import os
import tempfile
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO, BinaryIO, cast

from archive.schema import Exchange
from archive.storage import index
from archive.storage.disk import ArchiveDiskError, refusals, sync_folder
from archive.storage.exchanges import SPOOL, Batch, Original, Written, write_warcinfo
from archive.storage.paths import OPEN, PortalPaths, warc_name

MAX_BYTES = 1_000_000_000
MAX_AGE = timedelta(hours=24)
MAX_EXCHANGES = 100_000  # bounds the index lines held until the file is closed


@dataclass(frozen=True, slots=True)
class Durable:
    """How far a file has reached the disk."""

    warc: str
    end: int


@dataclass(slots=True)
class _File:
    name: str
    path: Path
    descriptor: int
    begun: datetime
    warcinfo: str = ""
    end: int = 0
    exchanges: int = 0
    named: bool = False  # whether its name in the folder is durable
    syncs: int = 0  # since it was full
    lines: list[str] = field(default_factory=list)


class WarcWriter:
    """Writes a portal's exchanges; `write` belongs to one thread, `sync` and `close` may be called from another.

    `info` are the fields of the warcinfo record that begins every file. A file is opened when the first exchange comes,
    under a name that ends in `.open`, and gets its own name when it is closed. Raises ArchiveDiskError when the disk
    refuses; after a failed fsync for ever, since nobody knows then what reached the disk.
    """

    def __init__(
        self,
        paths: PortalPaths,
        info: Mapping[str, str],
        *,
        max_bytes: int = MAX_BYTES,
        max_age: timedelta = MAX_AGE,
        host: str | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._paths = paths
        self._info = dict(info)
        self._max_bytes = max_bytes
        self._max_age = max_age
        self._host = host
        self._now = now
        self._serial = 0
        self._file: _File | None = None
        self._full: list[_File] = []  # rolled over, to be closed by the next sync
        self._broken: ArchiveDiskError | None = None
        self._guard = threading.Lock()  # of the fields above
        self._finishing = threading.Lock()  # one sync or close at a time

    def write(
        self,
        exchange: Exchange,
        *,
        find_original: Callable[[str, str], Original | None] | None = None,
        not_modified: Original | None = None,
    ) -> Written:
        """Write an exchange's records in one go; they survive the process, and after `sync` a power cut too.

        `find_original(url, payload_digest)` is asked whether the payload is already kept; `may_revisit` decides;
        `not_modified` is the capture whose validators the server confirmed with a 304.
        """
        with self._guard:
            self._check()
            with (
                refusals(self._paths.warc_dir),
                tempfile.SpooledTemporaryFile(max_size=SPOOL, dir=str(self._paths.warc_dir)) as spool,
            ):
                file = self._current()
                out = cast(BinaryIO, spool)
                batch = Batch(exchange, out, warc=file.name, at=file.end, warcinfo=file.warcinfo)
                written = batch.build(find_original, not_modified)
                self._append(file, spool)
            file.lines += batch.lines
            file.exchanges += 1
            return written

    def sync(self) -> Durable | None:
        """Make durable what was written so far, and close the files that are full; None where nothing is open."""
        with self._finishing:
            return self._sync()

    def close(self) -> None:
        """Make all durable and give the files their names; a file without an exchange is removed."""
        with self._finishing:
            with self._guard:
                if self._file is not None:
                    self._full.append(self._file)
                    self._file = None
            self._sync(closing=True)

    def _sync(self, *, closing: bool = False) -> Durable | None:
        with self._guard:
            self._check()
            file = self._file
            durable = Durable(file.name, file.end) if file else None
        try:
            with refusals(self._paths.warc_dir):
                self._close_full(all_of_them=closing)
                if file is not None:
                    os.fsync(file.descriptor)
                    if not file.named:
                        sync_folder(self._paths.warc_dir)
                        file.named = True
        except ArchiveDiskError as error:
            self._broken = error
            raise
        return durable

    def _close_full(self, *, all_of_them: bool) -> None:
        """Close what rolled over, at the third sync that sees it.

        Between syncs its records enter the ledger: the last of them were written while the caller was about to call
        the first, so they enter it after the second. Were the file closed before, a kill in that moment would leave
        records that no start looks for again: it mends the files that are still open.
        """
        for file in list(self._full):
            os.fsync(file.descriptor)
            if file.syncs >= 2 or all_of_them:
                self._finish(file)
                self._full.remove(file)
            elif not file.named:
                sync_folder(self._paths.warc_dir)
            file.syncs += 1
            file.named = True

    def _finish(self, file: _File) -> None:
        """Index before name: a file cut off in between is found again by its `.open`, and its lines merge once."""
        if file.exchanges:
            index.merge(self._paths.index, file.lines)
            file.path.rename(file.path.with_name(file.name))
        else:
            file.path.unlink()
        sync_folder(self._paths.warc_dir)
        os.close(file.descriptor)

    def _check(self) -> None:
        if self._broken is not None:
            raise self._broken

    def _current(self) -> _File:
        file = self._file
        if file is not None and (
            file.end >= self._max_bytes
            or file.exchanges >= MAX_EXCHANGES
            or abs(self._now() - file.begun) >= self._max_age
        ):
            self._full.append(file)
            self._file = file = None
        if file is None:
            self._file = file = self._open()
        return file

    def _open(self) -> _File:
        self._paths.warc_dir.mkdir(parents=True, exist_ok=True)
        begun = self._now()
        while True:
            name = warc_name(self._paths.slug, begun, self._serial, self._host)
            self._serial += 1
            path = self._paths.warc_dir / (name + OPEN)
            if path.with_name(name).exists():
                continue
            try:
                descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o644)
                break
            except FileExistsError:
                continue
        file = _File(name, path, descriptor, begun)
        try:
            with io.BytesIO() as out:
                file.warcinfo = write_warcinfo(out, name, begun, self._info)
                self._append(file, out)
        except OSError:
            os.close(descriptor)
            path.unlink()
            raise
        return file

    def _append(self, file: _File, spool: IO[bytes]) -> None:
        """One write, straight to the kernel; what could not be written whole is cut off again."""
        size = spool.seek(0, os.SEEK_END)
        spool.seek(0)
        mapped = mmap.mmap(spool.fileno(), 0, access=mmap.ACCESS_READ) if size > SPOOL else None
        view = memoryview(mapped if mapped is not None else spool.read())
        try:
            done = 0
            while done < size:
                wrote = os.write(file.descriptor, view[done:])
                if not wrote:
                    raise OSError("the disk took no byte")
                done += wrote
        except OSError:
            self._cut_back(file)
            raise
        finally:
            view.release()
            if mapped is not None:
                mapped.close()
        file.end += size

    def _cut_back(self, file: _File) -> None:
        try:
            with refusals(file.path):
                os.ftruncate(file.descriptor, file.end)
                os.lseek(file.descriptor, file.end, os.SEEK_SET)
        except ArchiveDiskError as error:  # a torn record stays at the end: nothing may follow it
            self._broken = error
