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


class SnapshotMissing(ArchiveError):
    """A snapshot whose WARC is not where it belongs: moved elsewhere, which is no damage."""


class SnapshotDamaged(ArchiveError):
    """A snapshot whose bytes are not the record that was written."""
