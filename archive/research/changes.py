"""What became of pages and when: new articles, edits that nobody announced, pages gone and back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, get_args

from archive.filters import EVERYTHING, Wanted
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


def changes(folder: PortalFolder, since: str, until: str, choice: Wanted = EVERYTHING) -> Iterator[PageChange]:
    """What the archive found between two times (UTC, ISO; `until` not included), newest first; withheld ones left out.

    `choice`: of the articles, by their newest reading. A reading by other rules is no change of the page. Raises
    LedgerError.
    """
    fitting = {article for _, article, _ in folder.order(choice)} if choice.narrow else None
    for at, what, article, line, number, detail, _ in folder.rows(_QUESTION, {"since": since, "until": until}):
        item: dict[str, Any] | None = (
            folder.read_item(line) if line and (fitting is None or article in fitting) else None
        )
        if item is not None and not folder.rule_of(item):
            yield PageChange(at, what, article, item["posted_on"], item["title"], folder.slug, number, detail)
