"""Which rows of the catalog are meant: filters and names of documents as conditions on its tables."""

from __future__ import annotations

import json
from typing import Any

from archive.filters import AskedDocument, Wanted
from archive.research.entries import rows_within

_CONDITIONS = {
    "publisher": "a.publisher = :publisher",
    "section": "a.section_key = :section",
    "since": "a.posted_on >= :since",
    "until": "a.posted_on <= :until",
    "author": "a.row IN (SELECT row FROM authors WHERE key = :author)",
    "story": "a.text_key = :story",
}


def conditions(wanted: Wanted) -> tuple[str, dict[str, Any]]:
    """As SQL over `articles AS a`, and its values; "TRUE" for all."""
    values = {name: value for name in _CONDITIONS if (value := getattr(wanted, name)) is not None}
    parts = ["TRUE", *(_CONDITIONS[name] for name in values)]
    if wanted.document is not None:
        parts.append(f"a.row IN (SELECT m.row FROM mentions AS m WHERE {are_of(wanted.document)})")
        values |= wanted.document._asdict()
    if wanted.since is not None or wanted.until is not None:
        parts.append("a.row BETWEEN :first AND :last")
        values["first"], values["last"] = rows_within(wanted.since, wanted.until)
    for column, chosen in (("place", wanted.places), ("portal", wanted.portals)):
        if chosen is not None:
            parts.append(f"a.{column} IN (SELECT value FROM json_each(:{column}s))")
            values[f"{column}s"] = json.dumps(chosen)
    return " AND ".join(parts), values


IDENTITY = "coalesce(m.cid, a.portal || ':' || coalesce(m.norm, m.title))"  # `document_id` of a mention


def are_of(asked: AskedDocument) -> str:
    """The condition on mentions `m` that they are of this document; its values are those of `asked`.

    What may be the document of a cid, and is not bound to it, is none of it.
    """
    if asked.number is None:
        named = NAMED
        if asked.cid is not None:
            return f"{named} AND lower(m.cid) = :cid"
        if asked.portal is not None:
            return (
                f"{named} AND m.cid IS NULL AND coalesce(m.norm, m.title) = :name"
                " AND (SELECT portal FROM articles WHERE row = m.row) = :portal"
            )
        return named
    return "m.number = :number AND m.type = :type AND (:year IS NULL OR m.year = :year)"


NAMED = "(m.row, m.nth) IN (SELECT row, nth FROM names WHERE name = :document)"
