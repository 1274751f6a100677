"""Why a question to the archive cannot be answered, each as a class and one line."""

from __future__ import annotations


class ArchiveError(Exception):
    """A question that cannot be answered; the message is one line."""


class NoArchive(ArchiveError):
    """No archive at the path given."""


class UnknownPortal(ArchiveError):
    """A portal of that slug is not in the archive."""


class BadFilter(ArchiveError):
    """A filter's value that means nothing."""


class UnknownArticle(ArchiveError):
    """No article, or no single one, of that id; `nearest` are those it may have meant."""

    def __init__(self, message: str, nearest: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.nearest = nearest


class Erased(ArchiveError):
    """An article or snapshot that was erased for good; `day`, `by` and `reason` as far as the ledger says them."""

    def __init__(self, asked: str, day: str, by: str | None = None, reason: str | None = None) -> None:
        who = f" by {by}: {reason}" if by and reason else ""
        super().__init__(f"{asked}: erased on {day}{who}; a tombstone with the old digests is in its place")
        self.day, self.by, self.reason = day, by, reason


class SnapshotMissing(ArchiveError):
    """A snapshot whose WARC is not where it belongs: moved elsewhere, which is no damage."""


class SnapshotLost(SnapshotMissing):
    """A snapshot whose WARC is not there while others are: nothing tells that it was moved."""


class SnapshotDamaged(ArchiveError):
    """A snapshot whose bytes are not the record that was written."""
