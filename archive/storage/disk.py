"""What the disk is asked beyond writing: that a folder's names last, and what it says when it refuses."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path


class ArchiveDiskError(OSError):
    """The disk refused: full, broken, or gone. What was written before is whole."""


@contextmanager
def refusals(place: Path) -> Iterator[None]:
    """Any OSError within becomes an ArchiveDiskError that names the place."""
    try:
        yield
    except ArchiveDiskError:
        raise
    except OSError as error:
        raise ArchiveDiskError(error.errno, error.strerror or str(error), str(place)) from error


def sha256(path: Path) -> str:
    """The digest of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def put_whole(path: Path, text: str) -> None:
    """Put `text` at `path` so that a power cut leaves the old file or the new one, never a part; raises OSError."""
    put_lines(path, [text.encode()])


def put_lines(path: Path, parts: Iterable[bytes]) -> None:
    """As `put_whole`, of parts that need not be in memory together; the old file may be read meanwhile."""
    temporary = path.with_name(path.name + ".part")
    with temporary.open("wb") as file:
        file.writelines(parts)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    sync_folder(path.parent)
