"""A snapshot's page in the reader: its record, head and digest; the bytes themselves come from another origin."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from archive.captures import Capture
from archive.folder import PortalFolder
from archive.reader import Archive
from archive.storage.content import parse_head, payload
from archive.views import ArchiveError, StoredSnapshot
from archive.web.asked import Asked
from archive.web.house import House
from archive.web.page import Page

PAGES = ("text/html", "application/xhtml+xml")
TEXTS = ("text/", "application/json", "application/xml", "application/rss+xml", "application/atom+xml")
CAP = 32 << 20  # bytes of a body, decoded


class UnknownSnapshot(ArchiveError):
    """A record that is not in the portal's ledger."""


@dataclass(frozen=True, slots=True)
class Body:
    """A stored body as it is served: its bytes, and what they are by content rather than by what was said."""

    content: bytes
    media_type: str
    charset: str | None
    problem: str | None

    @property
    def shown_as(self) -> str:
        """How it can be looked at: page, text, image, or only kept as a file."""
        if self.media_type in PAGES:
            return "page"
        if self.media_type in IMAGES:
            return "image"
        return "text" if self.media_type.startswith(TEXTS) else "file"


# First bytes and what they mean; portals call anything application/pdf.
_BEGINNINGS = (
    (b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"), (b"GIF8", "image/gif"),
    (b"%PDF-", "application/pdf"), (b"PK\x03\x04", "application/zip"), (b"Rar!", "application/vnd.rar"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"), (b"MZ", "application/x-msdownload"),
    (b"\x7fELF", "application/x-executable"), (b"{\\rtf", "application/rtf"), (b"BM", "image/bmp"),
)  # fmt: skip
IMAGES = ("image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp", "image/avif")


def snapshot(house: House, asked: Asked, portal: str, record: str, stored: str) -> Page:
    """What is kept of one exchange; `stored` is the origin that shows the bytes."""
    asked.only()
    archive = house.archive()
    folder, row = find(archive, portal, record)
    capture = archive.capture(row)
    body = body_of(capture)
    head = parse_head(capture.head)
    data = {
        "snapshot": row,
        "path": str(folder.paths.warc(row.warc)),
        "status_line": capture.head.split(b"\n", 1)[0].decode("latin-1").rstrip("\r"),
        "headers": head.headers,
        "record": capture.record.fields,
        "request": _readable(capture.request) if capture.request else None,
        "body_bytes": len(body.content) if body else None,
        "media_type": body.media_type if body else None,
        "problem": body.problem if body else None,
        "digest": digest(capture, row),
        "snapshots": folder.snapshots(row.key),
    }
    path = f"{stored}/{quote(portal)}/{quote(record, safe=':')}"
    return Page("snapshot.html", data, {"stored": path, "shown_as": body.shown_as if body else None, "replay": None})


def find(archive: Archive, portal: str, record: str) -> tuple[PortalFolder, StoredSnapshot]:
    """The folder and the row of a record; raises UnknownPortal, UnknownSnapshot or Withheld."""
    archive.portal(portal)  # may be withheld
    folder = archive.folder(portal)
    row = folder.snapshot(record)
    if row is None:
        raise UnknownSnapshot(f"{portal}: no record {record!r}; allowed: one that an article's page names")
    return folder, row


def body_of(capture: Capture) -> Body | None:
    """The stored body, its codings removed; None where none came, or a revisit's original is away."""
    content = capture.decode(CAP)
    if content is None:
        return None
    return Body(content.body, _type(content.body, content.media_type), content.charset, content.problem)


def _type(body: bytes, stated: str | None) -> str:
    for beginning, media_type in _BEGINNINGS:
        if body.startswith(beginning):
            return media_type
    if body[:4] == b"RIFF" and body[8:12] == b"WEBP":
        return "image/webp"
    if body[4:12] in (b"ftypavif", b"ftypavis"):
        return "image/avif"
    if stated in PAGES or (not stated and body.lstrip()[:1] == b"<"):
        return "text/html"
    if stated and stated.startswith(TEXTS) and b"\0" not in body[:4096]:
        return stated
    return "application/octet-stream"


def digest(capture: Capture, row: StoredSnapshot) -> bool | None:
    """Whether the payload has the digest that the ledger gives; None where that cannot be told."""
    if row.kind != "response" or not row.payload_digest or capture.answer is None:
        return None
    name, _, stated = row.payload_digest.partition(":")
    if name != "sha256":
        return None
    made = hashlib.sha256()
    capture.answer.payload.seek(0)
    for piece in payload(capture.answer.head, capture.answer.payload):
        made.update(piece)
    return made.hexdigest() == stated


def _readable(message: bytes) -> str:
    """A head as text; portals put UTF-8 into headers, which has no rule for it."""
    head = message.replace(b"\r\n", b"\n").rstrip(b"\n")[:20_000]
    try:
        return head.decode()
    except UnicodeDecodeError:
        return head.decode("latin-1")


def stored_at(folder: PortalFolder, urls: Any) -> dict[str, str]:
    """The record ids of the newest full answers of these addresses, as far as they are kept."""
    import json

    rows = folder.rows(
        "SELECT a.key, a.url, s.record_id FROM addresses AS a JOIN snapshots AS s ON s.id = a.snapshot"
        " WHERE a.key IN (SELECT value FROM json_each(:urls)) OR a.url IN (SELECT value FROM json_each(:urls))",
        {"urls": json.dumps(sorted(urls))},
    )
    found = {}
    for key, url, record in rows:
        found[key] = found[url] = record
    return found
