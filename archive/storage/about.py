"""archive.toml: what an archive is, who makes it and where from, and in which format it is kept."""

from __future__ import annotations

import dataclasses
import json
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from archive.storage.disk import put_whole
from archive.vietnam.text import hint

FORMAT = 1


class AboutError(Exception):
    """An archive.toml that cannot be used, or a value that does not belong there; the message is one line."""


@dataclass(frozen=True, slots=True)
class About:
    """What archive.toml says; None: not said."""

    operator: str | None = None
    contact: str | None = None
    name: str | None = None
    rights: str | None = None
    vantage: str | None = None
    format: int = FORMAT

    @property
    def named(self) -> bool:
        """Whether a portal's keeper can learn from it who asks for pages, and where to write."""
        return bool(self.operator and self.contact)


# What each key is for, as it stands above it in the file and in the help of `archive init`.
KEYS = {
    "format": "of the folder; a program that knows only an older one reads it but does not write to it",
    "name": "of the archive",
    "operator": "the person or institution that runs the crawls",
    "contact": "an e-mail or web address, told to the portals with every request",
    "rights": "what others may do with the archive",
    "vantage": "where the crawls run: place and network, since portals answer differently abroad",
}


def load(path: Path, *, write: bool = False) -> About:
    """What the file says, About() where there is none; AboutError where it cannot be read, or not be written to.

    To write, the format must be known and every key too; to read, what is not known is passed over.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return About()
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise AboutError(f"{path}: not TOML: {error}") from None
    version = table.get("format")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise AboutError(f"{path}: format = {version!r} is none; allowed: 1 to {FORMAT}")
    if write and version > FORMAT:
        raise AboutError(f"{path}: format {version} is newer than this program's {FORMAT}; allowed: reading only")
    if write:
        _refuse_unknown(path, table)
    told = {key: _checked(path, key, table[key]) for key in KEYS if key in table and key != "format"}
    return About(format=version, **told)


def _refuse_unknown(path: Path, table: dict[str, Any]) -> None:
    for key in table:
        if key not in KEYS:
            raise AboutError(f"{path}: unknown key {key!r}{hint(key, KEYS)}{_allowed()}")


def _allowed() -> str:
    return f"; allowed: {', '.join(KEYS)}"


def _checked(path: Path, key: str, value: object) -> str:
    if not isinstance(value, str):
        raise AboutError(f"{path}: {key} = {value!r} is no text")
    return value


def changed(about: About, **values: str | None) -> About:
    """`about` with the given values in place of its own; None keeps, blanks around are dropped. Raises AboutError."""
    told = {key: value.strip() for key, value in values.items() if value is not None}
    for key, value in told.items():
        _check_value(key, value)
    return dataclasses.replace(about, **told)  # type: ignore[arg-type]


def _check_value(key: str, value: str) -> None:
    if not value:
        raise AboutError(f"{key}: nothing given; allowed: {KEYS[key]}")
    # The values go into headers of requests and warcinfo records, where a line end would begin another field.
    if not value.isprintable():
        raise AboutError(f"{key}: {value!r} holds a character that cannot be printed; allowed: one line of text")
    if key == "contact" and not _is_contact(value):
        raise AboutError(
            f"contact: {value!r} is no address; allowed: an e-mail address, or one that begins with https://"
        )


def _is_contact(value: str) -> bool:
    if value.startswith(("https://", "http://")):
        return " " not in value and "." in value
    user, at, host = value.removeprefix("mailto:").rpartition("@")
    return bool(at and user and "." in host) and value.isascii() and " " not in value


def save(path: Path, about: About) -> None:
    """Put `about` at `path` so that a power cut leaves the old file or the new one; raises OSError."""
    lines = []
    for key, purpose in KEYS.items():
        value = getattr(about, key)
        if value is not None:
            lines += [f"# {purpose}", f"{key} = {json.dumps(value, ensure_ascii=False)}"]
    path.parent.mkdir(parents=True, exist_ok=True)
    put_whole(path, "\n".join(lines) + "\n")
