"""What changed lately: articles that are new, that were edited, that are gone or back; as a page and as feeds."""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice

from archive.filters import FILTERS, Wanted, wanted
from archive.folder import PortalFolder
from archive.items import is_erased
from archive.reader import Archive
from archive.storage.tables import LedgerError
from archive.web.asked import Asked
from archive.web.filtering import chips, fields, filters, given, question
from archive.web.house import House
from archive.web.language import say
from archive.web.page import FeedEntry, Page

WHAT = ("new", "edited", "gone", "back")
MOST = 50


@dataclass(frozen=True, slots=True)
class Changed:
    """Something that happened to an article; `revision`: the number of the reading that came of it."""

    at: str
    id: str
    portal: str
    title: str | None
    posted_on: str | None
    url: str
    revision: int | None


def changes(house: House, asked: Asked) -> Page:
    """The latest changes of one sort, of all articles or of those that fit."""
    asked.only("what", *UNDATED)
    what = asked.one_of("what", WHAT)
    archive = house.archive()
    choice = wanted(**filters(asked, UNDATED))
    for slug in choice.portals or ():
        archive.portal(slug)  # may be withheld
    found, withheld = house.recall(question(asked, "changes"), lambda: _latest(archive, asked, choice, what))
    data = {
        "what": what,
        "portal": asked.text("portal"),
        "filters": given(asked, UNDATED),
        "withheld": withheld,
        "changes": found,
    }
    title = " · ".join([say(asked.language, "site"), say(asked.language, f"what.{what}"), *_called(house, asked)])
    feed = [_entry(each, what, asked) for each in found]
    aside = {"filtering": fields(house, asked, UNDATED), "kinds": WHAT, "carried": asked.without("what")}
    return Page("changes.html", data, aside, feed=feed, feed_title=title)


UNDATED = tuple(name for name in FILTERS if name not in ("since", "until"))  # the days here are those of the changes


def _called(house: House, asked: Asked) -> list[str]:
    return [called for _, called, _ in chips(house, asked, UNDATED) if called]


def _latest(archive: Archive, asked: Asked, choice: Wanted, what: str) -> tuple[list[Changed], int]:
    """The latest changes, and of how many withheld articles changes as late are left out."""
    among = archive.search(None, **filters(asked, UNDATED)).ids() if choice.narrow else None
    hidden: set[str] = set()
    found = (_of(archive, folder, what, among, hidden) for folder in archive.folders(choice.portals))
    latest = list(islice(heapq.merge(*found, key=lambda each: each.at, reverse=True), MOST))
    return latest, len(hidden)


def _of(
    archive: Archive, folder: PortalFolder, what: str, among: Collection[str] | None, hidden: set[str]
) -> Iterator[Changed]:
    """A portal's latest changes, read as they are asked for; one that cannot be read is named as a problem."""
    try:
        yield from _shown(folder, what, among, hidden)
    except LedgerError as error:
        archive.note(folder, error)


# The articles with more than one revision are found in an index; the items of the others are not read.
_QUESTIONS = {
    "new": "SELECT recorded_at, article, serial FROM revisions WHERE cause = 'new' ORDER BY serial DESC",
    "edited": "SELECT recorded_at, article, serial FROM revisions WHERE cause = 'page' AND article IN"
    " (SELECT article FROM revisions GROUP BY article HAVING count(*) > 1) ORDER BY serial DESC",
    "gone": "SELECT at, article, (SELECT max(serial) FROM revisions AS r WHERE r.article = e.article)"
    " FROM events AS e WHERE event = 'gone' AND serial IN (SELECT max(serial) FROM events GROUP BY article)"
    " ORDER BY serial DESC",
    "back": "SELECT at, article, (SELECT max(serial) FROM revisions AS r WHERE r.article = e.article)"
    " FROM events AS e WHERE event = 'back' ORDER BY serial DESC",
}


def _shown(folder: PortalFolder, what: str, among: Collection[str] | None, hidden: set[str]) -> Iterator[Changed]:
    for at, article, serial in folder.rows(_QUESTIONS[what]):
        if serial is None or (among is not None and article not in among):
            continue
        item = folder.item(serial)
        if not (folder.shows(item) and folder.shows(_newest(folder, article) if what == "edited" else item)):
            hidden.update([article] if not is_erased(item) else [])
            continue
        number = _number(folder, article, serial) if what == "edited" else None
        yield Changed(at, article, folder.slug, item["title"], item["posted_on"], item["url"], number)


def _newest(folder: PortalFolder, article: str) -> dict[str, object]:
    ((serial,),) = folder.rows("SELECT max(serial) FROM revisions WHERE article = ?", (article,))
    return folder.item(serial)


def _number(folder: PortalFolder, article: str, serial: int) -> int:
    ((number,),) = folder.rows("SELECT count(*) FROM revisions WHERE article = ? AND serial <= ?", (article, serial))
    return int(number)


def _entry(each: Changed, what: str, asked: Asked) -> FeedEntry:
    said = say(asked.language, f"what.{what}")
    if what == "edited" and each.revision:
        path = asked.link(f"/a/{each.id}/difference", to=each.revision)
    else:
        path = asked.link(f"/a/{each.id}")
    return FeedEntry(f"{each.id}:{what}:{each.at}", each.title, each.at, path, said, each.url)
