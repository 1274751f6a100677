"""One WARC/1.1 record in bytes: its header and its digests."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Protocol
from urllib.parse import quote

from archive.storage.codings import Blocks
from archive.storage.content import Head, parse_head, payload, split_head

# gzip's own head (RFC 1952) with one extra field, "pa": the CRC-32 of the deflated bytes. gzip's checks cover what the
# bytes inflate to, but not its head, nor the bits that fill up a byte, so a flipped bit there would go unseen.
GZIP_HEAD: Final = b"\x1f\x8b\x08\x04" + b"\0" * 5 + b"\xff" + struct.pack("<H2sH", 8, b"pa", 4)
GZIP_HEAD_SIZE: Final = len(GZIP_HEAD) + 4

_SAFE = "%/:=&?~+!$,;'@()*[]|"
_FIELD_END = re.compile(r"[\r\n]+\s*")


class Hash(Protocol):
    """What hashlib makes."""

    @property
    def name(self) -> str: ...
    def update(self, data: bytes, /) -> None: ...
    def digest(self) -> bytes: ...


@dataclass(frozen=True, slots=True)
class RecordHead:
    """The named fields of a record, in order."""

    version: str
    fields: tuple[tuple[str, str], ...]

    def get(self, name: str) -> str | None:
        """The first value of a field; None without one."""
        wanted = name.lower()
        for each, value in self.fields:
            if each == name or each.lower() == wanted:
                return value
        return None

    def all(self, name: str) -> list[str]:
        """All values of a field, in order."""
        wanted = name.lower()
        return [value for each, value in self.fields if each.lower() == wanted]

    @property
    def type(self) -> str:
        return (self.get("WARC-Type") or "").lower()

    @property
    def record_id(self) -> str:
        """Without angle brackets."""
        return bare(self.get("WARC-Record-ID") or "")

    @property
    def date(self) -> str:
        return self.get("WARC-Date") or ""

    @property
    def url(self) -> str:
        """The target; wget puts it into angle brackets."""
        return bare(self.get("WARC-Target-URI") or "")

    @property
    def length(self) -> int | None:
        """Bytes of the block; None where the field is no number."""
        value = self.get("Content-Length") or ""
        return int(value) if value.isascii() and value.isdigit() else None

    @property
    def is_http(self) -> bool:
        """Whether the block is an HTTP message, so that its payload is the body."""
        return (self.get("Content-Type") or "").lower().startswith("application/http")


def bare(uri: str) -> str:
    """A URI without the angle brackets that WARC puts around some."""
    return uri.strip().removeprefix("<").removesuffix(">")


def parse_record_head(data: bytes) -> RecordHead | None:
    """The header of a record, up to its blank line; None where the bytes are none."""
    lines = data.decode("utf-8", "replace").split("\n")
    version = lines[0].strip()
    if not re.fullmatch(r"WARC/\d\.\d+", version):
        return None
    fields: list[tuple[str, str]] = []
    for line in lines[1:]:
        name, colon, value = line.partition(":")
        if line[:1] in (" ", "\t") and fields:
            fields[-1] = (fields[-1][0], f"{fields[-1][1]} {line.strip()}".strip())
        elif colon:
            fields.append((name.strip(), value.strip()))
    return RecordHead(version, tuple(fields))


def clean(fields: Iterable[tuple[str, str | None]]) -> tuple[tuple[str, str], ...]:
    """Fields without those that have no value; none is ever folded."""
    return tuple((name, value if value.isprintable() else _one_line(value)) for name, value in fields if value)


def _one_line(value: str) -> str:
    return _FIELD_END.sub(" ", value).strip()


def render(head: RecordHead) -> bytes:
    """A record's header, its blank line included."""
    lines = [head.version, *(f"{name}: {value}" for name, value in head.fields)]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("utf-8", "replace")


def warc_fields(pairs: Iterable[tuple[str, str | None]]) -> bytes:
    """A block of application/warc-fields."""
    return "".join(f"{name}: {value}\r\n" for name, value in clean(pairs)).encode("utf-8", "replace")


def target(url: str) -> str:
    """The address as WARC-Target-URI has it: ASCII, no blanks, no fragment, no angle brackets around it."""
    return quote(url.partition("#")[0].strip(), safe=_SAFE)


@dataclass(frozen=True, slots=True)
class Measured:
    """What one pass over a block tells."""

    length: int
    block: Hash
    raw_head: bytes  # of the HTTP message; empty for other blocks
    head: Head | None
    payload: Hash
    payload_length: int


def measure(pieces: Blocks, *, http: bool, block: str = "sha256", payload_by: str = "sha256") -> Measured:
    """Digest block and payload in one pass; the payload of what is no HTTP message is the block."""
    whole, inner = hashlib.new(block), hashlib.new(payload_by)
    length = size = 0

    def counted() -> Blocks:
        nonlocal length
        for piece in pieces:
            whole.update(piece)
            length += len(piece)
            yield piece

    seen = counted()
    raw_head, rest = split_head(seen) if http else (b"", seen)
    head = parse_head(raw_head) if http else None
    for piece in payload(head, rest) if head else rest:
        inner.update(piece)
        size += len(piece)
    for _ in seen:  # what follows a last chunk, or a head too long to be one, still belongs to the block
        pass
    return Measured(length, whole, raw_head, head, inner, size)


def digest_of(data: bytes) -> str:
    """The digest of bytes at hand."""
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def digest_text(value: Hash) -> str:
    """`sha256:<lower-case hex>`."""
    return f"{value.name}:{value.digest().hex()}"


def same_digest(stated: str, value: Hash) -> bool:
    """Whether a stated digest is this one; sha1 is written in base32 by others, sha256 in hex."""
    _, _, text = stated.partition(":")
    try:
        raw = bytes.fromhex(text) if len(text) == 2 * len(value.digest()) else base64.b32decode(text.upper())
    except (ValueError, binascii.Error):
        return False
    return raw == value.digest()


def algorithm(stated: str | None) -> str | None:
    """hashlib's name for the algorithm of a stated digest; None where it is none we can check."""
    name = (stated or "").partition(":")[0].lower().replace("-", "")
    return name if name in {"sha1", "sha256", "sha384", "sha512", "md5"} else None
