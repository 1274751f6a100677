"""The WARC records of one exchange: response or revisit, request, and metadata that say how it was fetched."""

from __future__ import annotations

import io
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import BinaryIO, Literal

from archive.schema import Exchange, SnapshotRef
from archive.storage import index
from archive.storage.content import Head, blocks, content_type, head_end
from archive.storage.packing import LEVEL, LEVEL_CODED, write_member
from archive.storage.record import (
    Measured,
    RecordHead,
    clean,
    digest_of,
    digest_text,
    measure,
    render,
    target,
    warc_fields,
)

SPOOL = 1 << 20  # bytes held in memory, of a body or of the records made from it; beyond that a file
TINY = 1024  # bytes of a payload below which a revisit of another address saves nothing

PROFILES = {
    "identical": "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest",
    "not-modified": "http://netpreserve.org/warc/1.1/revisit/server-not-modified",
}
_CODED_MEDIA = (
    "image/jp",
    "image/png",
    "image/gif",
    "image/webp",
    "video/",
    "audio/",
    "application/zip",
    "application/vnd.openxml",
)

SnapshotKind = Literal["response", "revisit", "request", "metadata"]
Fields = list[tuple[str, str | None]]


@dataclass(frozen=True, slots=True)
class Original:
    """The response record that a revisit stands for; never itself a revisit."""

    record_id: str
    url: str
    date: str
    payload_digest: str | None


@dataclass(frozen=True, slots=True)
class Written:
    """An exchange's place in the archive, and what a ledger keeps of it."""

    snapshot: SnapshotRef  # of the response or revisit; of the request, or the metadata if none was sent, without one
    kind: SnapshotKind
    head: Head | None
    media_type: str | None
    payload_length: int | None  # as received, also where a revisit left it out
    refers_to: str | None  # record id of a revisit's original
    size: int  # bytes of all its records


def may_revisit(exchange: Exchange, payload_length: int, original: Original) -> bool:
    """Whether an exchange may be kept as a revisit of that capture: whole, 200, and worth it.

    Of its own address it always is: an unchanged page adds no response, be it a robots.txt of a few bytes.
    """
    whole = exchange.status == 200 and not exchange.truncated and not exchange.error
    return whole and payload_length >= (1 if original.url == exchange.url else TINY)


class Batch:
    """The records of one exchange on their way into a buffer."""

    def __init__(self, exchange: Exchange, out: BinaryIO, *, warc: str, at: int, warcinfo: str) -> None:
        """`out` will be appended at byte `at` of the file named `warc`, whose warcinfo record has the id `warcinfo`."""
        self._exchange = exchange
        self._warc = warc
        self._at = at
        self._warcinfo = warcinfo
        self._out = out
        self._date = stamp(exchange.started_at)
        self._url = target(exchange.url)
        self.lines: list[str] = []

    def build(
        self, find_original: Callable[[str, str], Original | None] | None, not_modified: Original | None
    ) -> Written:
        """Write response or revisit first, then request, then metadata; the later ones name the earlier."""
        exchange = self._exchange
        first: SnapshotRef | None = None
        kind: SnapshotKind = "metadata"
        head, payload_length, original = None, None, None
        if exchange.response is not None and exchange.size:
            stream = _in_memory(exchange.response, exchange.size)
            measured = measure(blocks(stream), http=True)
            head, payload_length = measured.head, measured.payload_length
            assert head is not None
            digest = digest_text(measured.payload) if _has_content(exchange, measured.raw_head, head) else None
            profile = "identical"
            if not_modified is not None and head.status == 304:
                original, profile = not_modified, "not-modified"
            elif find_original is not None and digest:
                known = find_original(exchange.url, digest)
                original = known if known and may_revisit(exchange, payload_length, known) else None
            kind = "revisit" if original else "response"
            if original:
                first = self._revisit(measured.raw_head, head, original, profile)
            else:
                first = self._response(stream, measured, head, digest)
        request = self._request(first) if exchange.request else None
        if first is None and request is not None:
            first, kind, request = request, "request", None
        metadata = self._metadata(first, request)
        return Written(
            snapshot=first or metadata,
            kind=kind,
            head=head,
            media_type=content_type(head.get("content-type"))[0] if head else None,
            payload_length=payload_length,
            refers_to=original.record_id if original else None,
            size=self._out.tell(),
        )

    def _response(self, stream: BinaryIO, measured: Measured, head: Head, digest: str | None) -> SnapshotRef:
        stream.seek(0)
        fields: Fields = [
            *self._connection(),
            ("WARC-Truncated", self._exchange.truncated),
            ("WARC-Payload-Digest", digest),
            ("WARC-Block-Digest", digest_text(measured.block)),
            ("Content-Type", "application/http;msgtype=response"),
            ("Content-Length", str(measured.length)),
        ]
        return self._put("response", fields, blocks(stream), level=_level(head), http=head)

    def _revisit(self, raw_head: bytes, head: Head, original: Original, profile: str) -> SnapshotRef:
        """The head alone; a reader finds the rest by the three refers-to fields (WARC/1.1, 6.7)."""
        fields: Fields = [
            *self._connection(),
            ("WARC-Profile", PROFILES[profile]),
            ("WARC-Refers-To", f"<{original.record_id}>"),
            ("WARC-Refers-To-Target-URI", target(original.url)),
            ("WARC-Refers-To-Date", original.date),
            ("WARC-Truncated", "length" if profile == "identical" else self._exchange.truncated),
            ("WARC-Payload-Digest", original.payload_digest),
            ("WARC-Block-Digest", digest_of(raw_head)),
            ("Content-Type", "application/http;msgtype=response"),
            ("Content-Length", str(len(raw_head))),
        ]
        return self._put("revisit", fields, [raw_head], http=head)

    def _request(self, first: SnapshotRef | None) -> SnapshotRef:
        request = self._exchange.request
        has_body = head_end(request) != len(request)
        measured = measure(blocks(request), http=True) if has_body else None
        payload = digest_text(measured.payload) if measured and measured.payload_length else None
        fields: Fields = [
            *self._concurrent(first),
            *self._connection(),
            ("WARC-Payload-Digest", payload),
            ("WARC-Block-Digest", digest_of(request)),
            ("Content-Type", "application/http;msgtype=request"),
            ("Content-Length", str(len(request))),
        ]
        return self._put("request", fields, [request])

    def _metadata(self, *beside: SnapshotRef | None) -> SnapshotRef:
        """It names all others, so that a lost one is missed; it comes last and so says that the exchange is whole."""
        exchange = self._exchange
        block = warc_fields(
            [
                ("via", exchange.via),
                ("hopsFromSeed", exchange.hops),
                ("fetchTimeMs", str(exchange.duration_ms)),
                ("certificate", exchange.certificate),
                ("interimBytes", str(exchange.interim or "")),
                ("surplusBytes", str(exchange.surplus or "")),
                ("error", exchange.error),
                *exchange.notes.items(),
            ]
        )
        fields: Fields = [
            *self._concurrent(*beside),
            ("WARC-Block-Digest", digest_of(block)),
            ("Content-Type", "application/warc-fields"),
            ("Content-Length", str(len(block))),
        ]
        return self._put("metadata", fields, [block])

    def _concurrent(self, *beside: SnapshotRef | None) -> Fields:
        return [("WARC-Concurrent-To", f"<{each.record_id}>") for each in beside if each]

    def _connection(self) -> Fields:
        exchange = self._exchange
        return [
            ("WARC-IP-Address", exchange.ip),
            *(("WARC-Protocol", protocol) for protocol in exchange.protocols),
            ("WARC-Cipher-Suite", exchange.cipher),
        ]

    def _put(
        self, kind: str, rest: Fields, block: Iterable[bytes], *, level: int = LEVEL, http: Head | None = None
    ) -> SnapshotRef:
        record_id = uuid.uuid4().urn
        head = RecordHead(
            "WARC/1.1",
            clean(
                [
                    ("WARC-Type", kind),
                    ("WARC-Record-ID", f"<{record_id}>"),
                    ("WARC-Warcinfo-ID", f"<{self._warcinfo}>"),
                    ("WARC-Date", self._date),
                    ("WARC-Target-URI", self._url),
                    *rest,
                ]
            ),
        )
        offset = self._at + self._out.tell()
        length = write_member(self._out, render(head), block, level)
        posted = self._exchange.request.startswith(b"POST ")
        line = index.line(head, http, offset, length, self._warc, posted=posted) if http else None
        if line:
            self.lines.append(line)
        return SnapshotRef(self._warc, offset, length, record_id, self._date, head.get("WARC-Payload-Digest"))


def stamp(moment: datetime) -> str:
    """A WARC-Date: UTC, with microseconds."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def write_warcinfo(out: BinaryIO, name: str, begun: datetime, info: Mapping[str, str]) -> str:
    """The record that begins a file; its id."""
    conforms = "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"
    block = warc_fields({**info, "format": "WARC File Format 1.1", "conformsTo": conforms}.items())
    record_id = uuid.uuid4().urn
    fields: Fields = [
        ("WARC-Type", "warcinfo"),
        ("WARC-Record-ID", f"<{record_id}>"),
        ("WARC-Date", stamp(begun)),
        ("WARC-Filename", name),
        ("WARC-Block-Digest", digest_of(block)),
        ("Content-Type", "application/warc-fields"),
        ("Content-Length", str(len(block))),
    ]
    write_member(out, render(RecordHead("WARC/1.1", clean(fields))), [block])
    return record_id


def _in_memory(stream: BinaryIO, size: int) -> BinaryIO:
    """The stream from its start; a small one held, as it is read twice."""
    stream.seek(0)
    return io.BytesIO(stream.read()) if size <= SPOOL else stream


def _has_content(exchange: Exchange, raw_head: bytes, head: Head) -> bool:
    """Whether the answer can carry a payload at all (RFC 9110, 6.4.1): a digest of nothing would say it was empty."""
    return (
        head_end(raw_head) is not None and head.status not in (204, 304) and not exchange.request.startswith(b"HEAD ")
    )


def _level(head: Head) -> int:
    coded = head.get("content-encoding") or (head.get("content-type") or "").lower().startswith(_CODED_MEDIA)
    return LEVEL_CODED if coded else LEVEL
