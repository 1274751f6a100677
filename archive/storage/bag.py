"""A folder in BagIt layout (RFC 8493): what was copied lies under data/, its SHA-256 sums beside it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from archive.storage.disk import put_whole, refusals, sha256

AGENT = "province-archive"  # what tells a copy made by this program from any other folder
_DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_MANIFEST = "manifest-sha256.txt"
_TAGS = ("bagit.txt", "bag-info.txt", _MANIFEST)


class NotABag(ValueError):
    """A folder that is no copy made by this program; the message is one line."""


class Bag:
    """A copy of an archive."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @property
    def data(self) -> Path:
        """The archive in it."""
        return self.root / "data"

    def check(self) -> None:
        """Raise NotABag for what is no copy of an archive."""
        if not self.root.is_dir():
            raise NotABag(f"{self.root}: no such folder; allowed: a folder that `archive copy` has made")
        if not self._is_ours():
            raise NotABag(f"{self.root}: no copy of an archive; allowed: a folder that `archive copy` has made")

    def begin(self) -> None:
        """Make the folder, or go on in one that was begun; raises NotABag for any other that is not empty."""
        if self.root.exists() and not self.root.is_dir():
            raise NotABag(f"{self.root}: a file; allowed: an empty folder, a new one, or an earlier copy")
        if self.root.is_dir() and any(self.root.iterdir()) and not self._is_ours():
            raise NotABag(f"{self.root}: not empty, and no copy of an archive; allowed: an empty folder or a new one")
        with refusals(self.root):
            self.data.mkdir(parents=True, exist_ok=True)
            if not self._is_ours():
                put_whole(self.root / "bag-info.txt", f"Bag-Software-Agent: {AGENT}\n")

    def _is_ours(self) -> bool:
        try:
            return f"Bag-Software-Agent: {AGENT}" in (self.root / "bag-info.txt").read_text(encoding="utf-8")
        except OSError:
            return False

    def sums(self) -> dict[str, str]:
        """The stated SHA-256 of every file, by its path within the folder; empty while a first copy is under way."""
        try:
            lines = (self.root / _MANIFEST).read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return {}
        return {_plain(path): digest for digest, _, path in (line.partition("  ") for line in lines)}

    def name_of(self, path: Path) -> str:
        """A file's path within the folder, as the manifest has it."""
        return path.relative_to(self.root).as_posix()

    def seal(self, sums: Mapping[str, str], info: Mapping[str, str | None], day: date) -> None:
        """Write the tag files, the manifest last but one: until then the folder says it is unfinished."""
        files = {name: self.root / name for name in sums}
        size = sum(path.stat().st_size for path in files.values())
        told = {**info, "Bagging-Date": day.isoformat(), "Payload-Oxum": f"{size}.{len(files)}"}
        lines = [f"Bag-Software-Agent: {AGENT}", *(f"{key}: {_line(value)}" for key, value in told.items() if value)]
        with refusals(self.root):
            put_whole(self.root / "bagit.txt", _DECLARATION)
            put_whole(self.root / "bag-info.txt", "\n".join(lines) + "\n")
            put_whole(self.root / _MANIFEST, "".join(f"{sums[name]}  {_escaped(name)}\n" for name in sorted(sums)))
            tags = "".join(f"{sha256(self.root / name)}  {name}\n" for name in _TAGS)
            put_whole(self.root / "tagmanifest-sha256.txt", tags)


def _line(value: str) -> str:
    return " ".join(value.split())


def _escaped(name: str) -> str:
    """As RFC 8493 2.1.3 has it."""
    return name.replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D")


def _plain(name: str) -> str:
    return name.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")
