"""What a ledger is told and tells: addresses, snapshots, captures to read again, and the outcome of one asking."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from archive.schema import Article, SnapshotRef

FILES = ("attachment", "image", "requisite")  # kinds of addresses that come with a page; a style sheet names more
POSTED = "#post"  # in the key, and the address, of what a POST was sent for: by GET, another page stands there


@dataclass(frozen=True, slots=True)
class Found:
    """An address to keep; `again`: ask for it in this run although it is known."""

    key: str
    url: str
    host: str
    kind: str
    section: str | None = None
    via: str | None = None
    hops: str = ""
    depth: int = 0
    redirects: int = 0
    again: bool = False


@dataclass(frozen=True, slots=True)
class Address:
    """A row of `addresses`, as the frontier hands it out."""

    id: int
    key: str
    url: str
    host: str
    kind: str
    rank: int
    section: str | None
    via: str | None
    hops: str
    depth: int
    redirects: int
    tries: int
    first_seen: str
    checked_at: str | None
    changed_at: str | None
    etag: str | None
    last_modified: str | None
    snapshot: int | None
    article: str | None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A row of `snapshots`; `refers_to` is the record id of the original a revisit stands for."""

    key: str
    url: str
    date: str
    kind: str
    status: int | None
    media_type: str | None
    warc: str
    offset: int
    length: int
    record_id: str
    payload_digest: str | None
    payload_length: int | None
    truncated: str | None
    refers_to: str | None
    error: str | None
    run: str

    @property
    def ref(self) -> SnapshotRef:
        """Where the record is, as an item says it."""
        return SnapshotRef(self.warc, self.offset, self.length, self.record_id, self.date, self.payload_digest)

    @property
    def may_be_referred_to(self) -> bool:
        """Whether a revisit may stand for it: a whole answer to a GET, never a revisit itself."""
        return self.kind == "response" and self.status == 200 and self.truncated is None and POSTED not in self.key


@dataclass(frozen=True, slots=True)
class Capture:
    """A page that can be read again: its record, the original of a revisit, and the newest item read from it."""

    key: str
    url: str
    snapshot: Snapshot
    original: Snapshot | None
    item: dict[str, Any] | None


@dataclass(slots=True)
class Outcome:
    """What became of one asking: the address's new state, what it led to, and the article's new revisions."""

    key: str
    state: str
    at: str
    run: str
    reason: str | None = None
    url: str | None = None
    due_at: str | None = None
    status: int | None = None
    answered: bool = True
    etag: str | None = None
    last_modified: str | None = None
    snapshot: str | None = None
    article: str | None = None
    redirects: int | None = None
    revisions: tuple[Article, ...] = ()
    found: tuple[Found, ...] = ()
    event: tuple[str, str | None] | None = None
    recorded_at: str | None = None  # of its revisions, where that is not `at`
    new: list[str] = field(default_factory=list)
