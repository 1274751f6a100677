"""Files and folders that are there whole or not at all: a full disk, an error or an interrupt leaves no part behind."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from archive.errors import ArchiveError
from archive.storage.disk import sync_folder

PART = ".part"


class InTheWay(ArchiveError):
    """Something is already where an export should go."""


@contextmanager
def whole_file(path: Path, *, encoding: str = "utf-8", newline: str | None = "\n") -> Iterator[TextIO]:
    """A text file to be written, which gets its name when all is written and durable.

    A link is followed; into what is no file, a pipe or /dev/stdout, is written as it is: it must not be put away.
    """
    if is_special(path):
        with path.open("w", encoding=encoding, errors="backslashreplace", newline=newline) as file:
            yield file
        return
    if path.is_dir():
        raise InTheWay(f"{path}: a folder; allowed: a file's name")
    path = path.resolve()
    part = path.with_name(f".{path.name}.{os.getpid()}{PART}")
    try:
        with part.open("w", encoding=encoding, errors="backslashreplace", newline=newline) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def is_special(path: Path) -> bool:
    """Whether what is there is neither a file nor a folder: a device, a pipe, a socket."""
    return path.exists() and not path.is_file() and not path.is_dir()


@contextmanager
def whole_folder(path: Path) -> Iterator[Path]:
    """A folder to be filled, which gets its name at the end. Raises InTheWay where that is taken."""
    if path.exists() and not (path.is_dir() and not any(path.iterdir())):
        raise InTheWay(f"{path}: already there; allowed: a new folder, or an empty one")
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}{PART}")
    part.mkdir()
    try:
        yield part
        part.replace(path)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    sync_folder(path.parent)
