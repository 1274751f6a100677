"""Gives the WARC files inside a WACZ: a zip that holds them in its folder `archive`, by the WACZ specification."""

from __future__ import annotations

import re
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from archive.storage.disk import refusals
from archive.storage.imports import NotTaken

_WARC = re.compile(r"archive/[^/]+\.warc(?:\.gz)?")


@contextmanager
def unpacked(files: list[Path], beside: Path) -> Iterator[list[Path]]:
    """The files with the WARCs of each WACZ in its place, in a folder made in `beside` for as long as this lasts.

    Raises NotTaken where a WACZ holds none or one cannot be unpacked, ArchiveDiskError.
    """
    packages = {path: _warcs_in(path) for path in files if _is_wacz(path)}
    if not packages:
        yield files
        return
    with refusals(beside):
        beside.mkdir(parents=True, exist_ok=True)
        folder = TemporaryDirectory(prefix=".wacz-", dir=beside)
    with folder:
        places = {path: Path(folder.name, str(serial), path.name) for serial, path in enumerate(packages)}
        yield [
            warc
            for path in files
            for warc in (_unpack(path, packages[path], places[path]) if path in packages else (path,))
        ]


def _is_wacz(path: Path) -> bool:
    """Named so and whole; a damaged one is walked through like any other bytes that hold records."""
    return path.suffix == ".wacz" and zipfile.is_zipfile(path)


def _warcs_in(path: Path) -> list[str]:
    """Only what lies in archive/ itself: a name with more folders, or with `..`, could lead anywhere."""
    with zipfile.ZipFile(path) as package:
        names = [each for each in package.namelist() if _WARC.fullmatch(each)]
    if not names:
        raise NotTaken(f"{path}: holds no WARC file; allowed: a WACZ with files archive/*.warc.gz or archive/*.warc")
    return names


def _unpack(path: Path, names: list[str], folder: Path) -> Iterator[Path]:
    with zipfile.ZipFile(path) as package:
        for name in names:
            warc = folder / name
            try:
                with refusals(warc), package.open(name) as source:
                    warc.parent.mkdir(parents=True, exist_ok=True)
                    with warc.open("wb") as target:
                        shutil.copyfileobj(source, target, 1 << 20)
            except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError) as error:
                # zipfile has no words of its own for a coding it does not know, nor for an encrypted member
                raise NotTaken(f"{path}: {name} cannot be unpacked: {error}") from None
            yield warc
