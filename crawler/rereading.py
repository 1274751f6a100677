"""Reads a capture again: its record, through the decoder and the `read_article` of the live crawl."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from archive.schema import Article, NotAnArticle, SnapshotRef
from archive.storage.ledger import Ledger, Snapshot
from archive.storage.paths import PortalPaths
from archive.storage.snapshots import read_exchange
from crawler.portal import Portal
from crawler.reading.article import read_article

PAGE_CAP = 10 * 1024 * 1024  # bytes; MAXSIZE_PAGE of the crawl


def reread(paths: PortalPaths, ledger: Ledger, form: Portal | None, item: dict[str, Any]) -> Article | None:
    """The article of an item's capture by today's rules; None where the capture cannot be read or is none any more."""
    if item["snapshot"] is None:
        return None
    ref = SnapshotRef(**item["snapshot"])
    try:
        read = read_snapshot(paths, form, item["url"], ref, ledger.original_of(ref.record_id))
    except (OSError, ValueError):
        return None
    return read if isinstance(read, Article) else None


def read_snapshot(
    paths: PortalPaths, form: Portal | None, url: str, ref: SnapshotRef, original: Snapshot | None = None
) -> Article | NotAnArticle:
    """What a capture says; a revisit's body is that of `original`. OSError or ValueError where it cannot be read."""
    kept = read_exchange(paths, ref, original=original.ref if original else None)
    body = kept.decode(PAGE_CAP).body
    headers = {name.lower(): value for name, value in kept.head.headers}
    read = read_article(body, url, datetime.fromisoformat(ref.date), headers=headers, portal=form)
    return replace(read, snapshot=ref) if isinstance(read, Article) else read
