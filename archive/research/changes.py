"""What became of pages and when: new articles, edits that nobody announced, pages gone and back."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, Literal, get_args

from archive.folder import PortalFolder

What = Literal["new", "edited", "gone", "back"]
KINDS: tuple[What, ...] = get_args(What)


@dataclass(frozen=True, slots=True)
class PageChange:
    """One thing that happened to an article's page; `at`: when the archive found it, UTC; `number`: of the reading."""

    at: str
    what: What
    article: str
    posted_on: str | None
    title: str | None
    portal: str
    number: int | None
    detail: str | None


_QUESTION = """
SELECT r.recorded_at AS at, CASE r.cause WHEN 'page' THEN 'edited' ELSE 'new' END AS what, r.article, r.item,
    (SELECT count(*) FROM revisions AS o WHERE o.article = r.article AND o.serial <= r.serial), NULL, r.serial
FROM revisions AS r WHERE r.cause IN ('new', 'page') AND r.recorded_at >= :since AND r.recorded_at < :until
UNION ALL
SELECT e.at, e.event, e.article, (SELECT item FROM revisions WHERE article = e.article ORDER BY serial DESC LIMIT 1),
    NULL, e.detail, e.serial
FROM events AS e WHERE e.event IN ('gone', 'back') AND e.at >= :since AND e.at < :until
ORDER BY at DESC, 7 DESC
"""


def changes(folder: PortalFolder, since: str, until: str, among: Collection[str] | None = None) -> Iterator[PageChange]:
    """What the archive found between two times (UTC, ISO; `until` not included), newest first; withheld ones left out.

    `among`: ids of the articles that count; None: all. A reading by other rules is no change of the page. Raises
    LedgerError.
    """
    for at, what, article, line, number, detail, _ in folder.rows(_QUESTION, {"since": since, "until": until}):
        item: dict[str, Any] | None = folder.read_item(line) if line and (among is None or article in among) else None
        if item is not None and folder.shows(item):
            yield PageChange(at, what, article, item["posted_on"], item["title"], folder.slug, number, detail)
