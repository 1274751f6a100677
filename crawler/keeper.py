"""Enters what was read from a file that was taken in: articles with their revisions, addresses, files."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime
from typing import Any

from archive.schema import Article, NotAnArticle, SnapshotRef, stamp
from archive.storage.entries import Found, Outcome, Snapshot
from archive.storage.snapshots import moment
from archive.storage.store import PortalArchive
from crawler.imported_pages import Page, is_print
from crawler.portal import Portal
from crawler.portal_run import found
from crawler.rereading import reread
from crawler.revisions import new_revisions, next_check

_BATCH = 100  # readings that are made durable together


class Keeper:
    """Enters what was read into the ledger: addresses, revisions, files; in the order in which it is given."""

    def __init__(self, archive: PortalArchive, form: Portal, now: datetime) -> None:
        self.counts: Counter[str] = Counter()
        self._archive = archive
        self._form = form
        self._now = now
        self._batch: list[Outcome] = []
        self._newest: dict[str, dict[str, Any]] = {}  # by article: the item that the batch ends with
        self._known: set[str] = set()  # keys that the batch enters
        self._titles: set[str] | None = None  # of the articles, once only print pages are left

    def keep(self, page: Page) -> None:
        """One page's outcome; durable at the latest after `flush`."""
        if page.read is None:
            self.counts["defect" if page.defect else "unreadable"] += 1
        elif isinstance(page.read, NotAnArticle):
            self.counts["no article"] += 1
            self._page(page, page.read)
        elif is_print(page.row.url) and self._told(page.read):
            self.counts["print page"] += 1
        else:
            self._article(page, page.read)
        if len(self._batch) >= _BATCH:
            self.flush()

    def flush(self) -> None:
        """Make durable what was kept."""
        self._archive.commit(self._batch)
        self._batch, self._newest, self._known = [], {}, set()

    def _page(self, page: Page, read: NotAnArticle) -> None:
        if self._state_of(page.row.key) is None:
            self._batch.append(self._outcome(page, "page", reason=f"not an article: {read.reason}"))

    def _article(self, page: Page, read: Article) -> None:
        ledger = self._archive.ledger
        newest = self._newest.get(read.id) or ledger.last_revision(read.id)
        if newest is not None and _date_of(newest) >= _date(page.row):
            self._older(page, read, newest)
            return
        revisions = new_revisions(newest, read, self._reread)
        for each in revisions:
            self.counts[{"new": "new", "page": "changed", "rules": "read anew"}[each.cause or "new"]] += 1
            self._newest[read.id] = each.to_dict()
        self.counts["unchanged"] += not revisions
        checked = self._state_of(page.row.key)
        if checked is None or checked < _date(page.row):
            self._batch.append(self._outcome(page, "article", article=read, revisions=revisions))
        elif revisions:  # the crawl has asked for the page since, and found no article there
            self.flush()
            self._archive.append([(page.row.key, each) for each in revisions], stamp(self._now))

    def _told(self, read: Article) -> bool:
        """Whether another page has that title: text and head of a print page differ, by its footer at least."""
        if self._titles is None:
            self.flush()
            self._titles = self._archive.ledger.titles()
        return read.title in self._titles

    def _older(self, page: Page, read: Article, newest: dict[str, Any]) -> None:
        """A capture from before the newest reading: its wording is entered where nothing has it, the newest again."""
        self.flush()
        if read.revision in self._archive.ledger.wordings(read.id):
            self.counts["unchanged"] += 1
            return
        self.counts["older"] += 1
        again = Article.from_dict(newest)
        readings = [(page.row.key, replace(each, cause="page")) for each in (read, again)]
        self._archive.append(readings, stamp(self._now))

    def _reread(self, item: dict[str, Any]) -> Article | None:
        return reread(self._archive.paths, self._archive.ledger, self._form, item)

    def _state_of(self, key: str) -> datetime | None:
        """When the address was last asked for, as far as known; None for one that is new."""
        if key in self._known:
            return datetime.min.replace(tzinfo=self._now.tzinfo)
        address = self._archive.ledger.address(key)
        if address is None or address.kind == "page":
            return None
        return (moment(address.checked_at) if address.checked_at else None) or self._now

    def _outcome(
        self, page: Page, kind: str, *, article: Article | None = None, revisions: tuple[Article, ...] = (), **more: Any
    ) -> Outcome:
        row, files = page.row, []
        if article is not None:
            pairs = [("attachment", each.url) for each in article.attachments]
            pairs += [("image", each.url) for each in article.images]
            files = [self._found(url, each, via=row.url, hops="E") for each, url in pairs]
            more["due_at"] = stamp(next_check(_date(row), self._now))
        own = [replace(self._found(row.url, kind), key=row.key)] if self._state_of(row.key) is None else []
        self._known.add(row.key)
        return Outcome(
            key=row.key,
            state="done",
            at=stamp(_date(row)),
            run=self._archive.run,
            status=200,
            etag=page.etag,
            last_modified=page.last_modified,
            snapshot=row.refers_to if row.kind == "revisit" else row.record_id,
            article=article.id if article else None,
            revisions=revisions,
            found=(*own, *files),
            recorded_at=stamp(self._now),
            **more,
        )

    def _found(self, url: str, kind: str, **more: Any) -> Found:
        return found(self._form, url, kind, **more)


def _date(row: Snapshot) -> datetime:
    taken = moment(row.date)
    assert taken is not None  # or it could not have been read
    return taken


def _date_of(item: dict[str, Any]) -> datetime:
    """When an item's page was captured."""
    ref = SnapshotRef(**item["snapshot"]) if item["snapshot"] else None
    return (moment(ref.date) if ref else None) or datetime.fromisoformat(item["fetched_at"])
