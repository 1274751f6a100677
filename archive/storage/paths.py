"""Every path of an archive on disk, made in one place."""

from __future__ import annotations

import errno
import re
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

OPEN = ".open"  # a WARC while it is written
TORN = ".torn"  # what a dead run left after the last whole record
ORIGINAL = ".original"  # a file that was taken in, as it was given, beside what was made of it

_IMPORT = re.compile(r"-import-[0-9a-f]{32}\.warc\.gz$")
_SLUG = re.compile(r"[a-z0-9][a-z0-9._-]{0,79}")


@dataclass(frozen=True, slots=True)
class PortalPaths:
    """One portal's folder: all that is needed to read it, so it can be copied away alone."""

    root: Path

    @property
    def slug(self) -> str:
        return self.root.name

    @property
    def form(self) -> Path:
        """The forms it was read with, by digest."""
        return self.root / "portal.toml"

    @property
    def ledger(self) -> Path:
        return self.root / "ledger.sqlite"

    @property
    def warc_dir(self) -> Path:
        return self.root / "warc"

    @property
    def articles(self) -> Path:
        return self.root / "articles.jsonl"

    @property
    def index(self) -> Path:
        return self.root / "index.cdxj"

    @property
    def runs(self) -> Path:
        return self.root / "runs"

    @property
    def lock(self) -> Path:
        """Never deleted; pid and host inside are for the message, the lock itself is the kernel's."""
        return self.root / "lock"

    def run(self, run_id: str) -> Path:
        """The report of one run."""
        return self.runs / f"{run_id}.json"

    def warc(self, name: str) -> Path:
        """The WARC of that final name, where it lies now: under it, or still (or again) under `.open`.

        `name` comes from a ledger or an item that may have been copied from elsewhere: one with a folder in it is a
        ValueError.
        """
        if not name or Path(name).name != name:
            raise ValueError(f"not the name of a WARC file: {name!r}")
        final = self.warc_dir / name
        unfinished = final.with_name(name + OPEN)
        return unfinished if not final.exists() and unfinished.exists() else final

    def closed_warcs(self) -> list[Path]:
        """The finished WARCs that are there, by name: those of one machine in the order they were begun."""
        return sorted(path for path in self.warc_dir.glob("*.warc.gz") if path.exists())

    def open_warcs(self) -> list[Path]:
        """The WARCs that a run writes, or that a dead one left."""
        return sorted(self.warc_dir.glob(f"*.warc.gz{OPEN}"))

    def make(self) -> None:
        """Create the folders a crawl writes to; raises FileNotFoundError where one is a link that leads nowhere."""
        for folder in (self.warc_dir, self.runs):
            if folder.is_symlink() and not folder.exists():
                raise FileNotFoundError(errno.ENOENT, "offline: a link to what is not there now", str(folder))
            folder.mkdir(parents=True, exist_ok=True)


@dataclass(frozen=True, slots=True)
class ArchivePaths:
    """The archive's folder (`ARCHIVE_DIR`)."""

    root: Path

    @property
    def form(self) -> Path:
        """Format version, name, operator, contact, rights, vantage."""
        return self.root / "archive.toml"

    @property
    def catalog(self) -> Path:
        return self.root / "catalog.sqlite"

    @property
    def withheld(self) -> Path:
        return self.root / "withheld.toml"

    @property
    def portals_dir(self) -> Path:
        return self.root / "portals"

    def portal(self, slug: str) -> PortalPaths:
        """The folder of a portal, made or not; ValueError for a slug that is no plain folder name."""
        if not _SLUG.fullmatch(slug):
            raise ValueError(f"not a portal's slug: {slug!r} (lower-case letters, digits, dot, dash, underscore)")
        return PortalPaths(self.portals_dir / slug)

    def portals(self) -> Iterator[PortalPaths]:
        """The portals that have a folder, by slug."""
        if self.portals_dir.is_dir():
            for folder in sorted(self.portals_dir.iterdir()):
                if folder.is_dir() and _SLUG.fullmatch(folder.name):
                    yield PortalPaths(folder)


def warc_name(slug: str, started: datetime, serial: int, host: str | None = None) -> str:
    """The final name of a WARC: `<slug>-<UTC start yyyymmddhhmmss>-<serial>-<host>.warc.gz`.

    The host keeps two machines that crawl one portal from ever making the same name; the serial, two files of one
    second.
    """
    stamp = started.astimezone(UTC).strftime("%Y%m%d%H%M%S")
    return f"{slug}-{stamp}-{serial:05d}-{clean_host(host or socket.gethostname())}.warc.gz"


def import_name(slug: str, digest: str) -> str:
    """The name of a WARC that was taken in, by the digest ("sha256:…") of the file that was given."""
    return f"{slug}-import-{digest.partition(':')[2][:32]}.warc.gz"


def is_import(name: str) -> bool:
    """Whether a WARC of that name was made elsewhere, by its own rules."""
    return bool(_IMPORT.search(name))


def clean_host(host: str) -> str:
    """A host name as a part of a file name: letters, digits, dots and dashes, at most 40 of them."""
    return re.sub(r"[^a-z0-9.]+", "-", host.lower()).strip("-.")[:40].strip("-.") or "host"
