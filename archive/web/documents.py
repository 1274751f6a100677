"""The pages of cited documents: the list, and all that the archive knows of one."""

from __future__ import annotations

from dataclasses import dataclass

from archive.research.documents import CitedIn, DocumentRecord
from archive.views import ArchiveError
from archive.web.asked import Asked, BadParameter
from archive.web.house import House
from archive.web.page import Page
from archive.web.places import shown, withheld

SCREENFUL = 100
MENTIONS = 100  # shown; all are a search away
RECORDS = 20


class UnknownDocument(ArchiveError):
    """A document that no article shown cites."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A document of the list; `name` is what to ask for it by."""

    name: str
    number: str | None
    type: str | None
    title: str | None
    articles: int


def documents(house: House, asked: Asked) -> Page:
    """What is cited, most cited first."""
    asked.only("page")
    number = asked.number("page", 1, 1, 10_000)
    found = house.recall("documents", lambda: _listed(house))
    begin = (number - 1) * SCREENFUL
    listed = found[begin : begin + SCREENFUL]
    data = {"total": len(found), "page_number": number, "documents": listed, "withheld": withheld(house.archive())}
    aside = {
        "previous": asked.again(page=number - 1 if number > 2 else None) if number > 1 else None,
        "next": asked.again(page=number + 1) if begin + SCREENFUL < len(found) else None,
    }
    return Page("documents.html", data, aside)


def _listed(house: House) -> list[Listed]:
    archive = house.archive()
    rows = archive.catalog().execute(
        "SELECT coalesce(cid, norm, title) AS name, max(norm), max(type), max(title), count(DISTINCT row) AS n"
        f" FROM mentions WHERE {shown(archive)} GROUP BY name HAVING name IS NOT NULL ORDER BY n DESC, name"
    )
    return [Listed(*row) for row in rows]


def asked_for(house: House, asked: Asked) -> Page:
    """The document whose name was typed into the form."""
    asked.only("name")
    name = asked.text("name")
    if name is None:
        raise BadParameter("name: not given; allowed: a document's number, id or title")
    return _document(house, name)


def document(house: House, asked: Asked, name: str) -> Page:
    """The documents that a number, id or title may mean, each with all that articles say of it."""
    asked.only()
    return _document(house, name)


def _document(house: House, name: str) -> Page:
    records = house.archive().document(name)
    if not records:
        raise UnknownDocument(f"{name!r}: no article cites it; allowed: a document's number, id or title")
    data = {"name": name, "documents": records}
    shown = [(each, _newest(each)) for each in records[:RECORDS]]
    aside = {"asked_for": name, "shown": shown, "most_shown": MENTIONS}
    return Page("document.html", data, aside)


def _newest(record: DocumentRecord) -> list[CitedIn]:
    """Its mentions, newest first, as many as a page holds."""
    return record.mentions[: -MENTIONS - 1 : -1]
