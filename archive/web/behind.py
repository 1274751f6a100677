"""What stands behind the numbers: the addresses of a portal by what became of them, articles without a day."""

from __future__ import annotations

import json
import re
from typing import Any

from archive.filters import wanted
from archive.folder import PortalFolder
from archive.storage.tables import LedgerError
from archive.web.asked import Asked, BadParameter
from archive.web.hidden import hidden_keys, shown
from archive.web.house import House
from archive.web.page import Page

SCREENFUL = 200
_LAST_PAGE = 10_000
# what -> which addresses of articles; what turned out to be no article was wrongly listed, and is not among those seen
STATES = {
    "seen": "(article IS NOT NULL OR state <> 'done')",
    "held": "article IS NOT NULL",
    "failed": "article IS NULL AND state = 'failed'",
    "refused": "article IS NULL AND state = 'refused'",
    "due": "article IS NULL AND state IN ('due', 'fetching')",
    "no_article": "article IS NULL AND state = 'done'",
    "not_got": "article IS NULL AND state IN ('failed', 'refused')",
}
# Nothing is known of when a page was posted that was never got: what is known is when a list first named it.
_NAMED_IN = "substr(datetime(first_seen, '+7 hours'), 1, 7)"
_MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")


def addresses(house: House, asked: Asked, slug: str) -> Page:
    """The article addresses that a portal's lists named, by what became of them; of one month, or all."""
    asked.only("what", "month", "page")
    what = asked.one_of("what", tuple(STATES))
    number = asked.number("page", 1, 1, _LAST_PAGE)
    month = asked.text("month")
    if month and not _MONTH.fullmatch(month):
        raise BadParameter(f"month {month!r}: allowed: a year and a month, such as 2026-11")
    archive = house.archive()
    view, folder = archive.portal(slug), archive.folder(slug)
    where = f"kind = 'article' AND {STATES[what]}" + (f" AND {_NAMED_IN} = :month" if month else "")
    values = {"month": month, "away": _away(house, folder)}
    ((total, hidden),) = folder.rows(
        f"SELECT coalesce(sum(NOT {_HIDDEN}), 0), coalesce(sum({_HIDDEN}), 0) FROM addresses WHERE {where}", values
    )
    rows = folder.rows(
        f"SELECT {', '.join(_COLUMNS)} FROM addresses WHERE {where} AND NOT {_HIDDEN}"
        " ORDER BY id LIMIT :n OFFSET :from",
        {**values, "n": SCREENFUL, "from": (number - 1) * SCREENFUL},
    )
    listed = [dict(zip(_COLUMNS, row, strict=True)) for row in rows]
    data = {
        "portal": view, "what": what, "month": month, "page_number": number, "total": total, "withheld": hidden,
        "addresses": listed,
    }  # fmt: skip
    return Page("addresses.html", data, {"kinds": tuple(STATES), **ways(asked, number, total)})


_COLUMNS = ("url", "state", "reason", "status", "checked_at", "article", "first_seen")
_HIDDEN = "(key IN (SELECT value FROM json_each(:away)))"


def _away(house: House, folder: PortalFolder) -> str:
    return json.dumps(sorted(hidden_keys(house, house.archive(), folder)))


def standing(house: House, folder: PortalFolder) -> dict[str, Any] | None:
    """Of the article addresses that lists named, how many are held; None where the ledger cannot be read.

    `not_got_in`: by the month in which a list first named them, those that failed or were refused.
    """
    return house.recall(("standing", folder.slug), lambda: _standing(house, folder))


def _standing(house: House, folder: PortalFolder) -> dict[str, Any] | None:
    sums = ", ".join(f"coalesce(sum({test}), 0)" for test in STATES.values())
    among = f"FROM addresses WHERE kind = 'article' AND NOT {_HIDDEN}"
    try:
        values = {"away": _away(house, folder)}
        (counts,) = folder.rows(f"SELECT {sums} {among}", values)
        months = folder.rows(f"SELECT {_NAMED_IN}, count(*) {among} AND {STATES['not_got']} GROUP BY 1", values)
        not_got_in = dict(months)
        ((since,),) = folder.rows("SELECT min(date) FROM snapshots")
    except LedgerError:
        return None
    found = dict(zip(STATES, counts, strict=True))
    share = found["held"] / found["seen"] if found["seen"] else None
    return {**found, "share": share, "archived_since": since, "not_got_in": not_got_in}


def undated(house: House, asked: Asked) -> Page:
    """The articles whose page says no day."""
    asked.only("portal", "page")
    number = asked.number("page", 1, 1, _LAST_PAGE)
    archive = house.archive()
    slug = asked.text("portal")
    chosen = [archive.portal(each) for each in wanted(portal=slug).portals or ()] if slug else archive.portals()
    base = archive.catalog()
    where = (
        f"FROM articles WHERE posted_on IS NULL AND {shown(archive)}"
        " AND portal IN (SELECT value FROM json_each(:slugs))"
    )
    values = {"slugs": json.dumps([each.slug for each in chosen]), "n": SCREENFUL, "from": (number - 1) * SCREENFUL}
    ((total,),) = base.execute(f"SELECT count(*) {where}", values)
    rows = base.execute(f"SELECT id, title, portal, url {where} ORDER BY portal, id LIMIT :n OFFSET :from", values)
    found = [dict(zip(("id", "title", "portal", "url"), row, strict=True)) for row in rows]
    data = {"portal": slug, "total": total, "page_number": number, "articles": found}
    return Page("undated.html", data, ways(asked, number, total))


def ways(asked: Asked, number: int, total: int) -> dict[str, str | None]:
    """The addresses of the pages before and after one of a long list."""
    return {
        "previous": asked.again(page=number - 1 if number > 2 else None) if number > 1 else None,
        "next": asked.again(page=number + 1) if number * SCREENFUL < total else None,
    }
