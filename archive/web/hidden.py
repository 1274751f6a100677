"""What the reader leaves out because it is withheld or erased: rows of the catalog, and addresses of a portal."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from archive.folder import PortalFolder
from archive.reader import Archive
from archive.web.house import House

_FILE = "kind IN ('attachment', 'image')"


def shown(archive: Archive) -> str:
    """The condition, in SQL over the catalog, that a row is not withheld."""
    hidden = archive.hidden()
    return f"row NOT IN ({', '.join(map(str, sorted(hidden)))})" if hidden else "TRUE"


def withheld(archive: Archive, slugs: Iterable[str] | None = None) -> int:
    """How many articles of these portals, or of all, are withheld."""
    if slugs is None or not archive.hidden():
        return len(archive.hidden())
    asked = json.dumps(list(slugs)), json.dumps(list(archive.hidden()))
    [(count,)] = archive.catalog().execute(
        "SELECT count(*) FROM articles WHERE portal IN (SELECT value FROM json_each(?))"
        " AND row IN (SELECT value FROM json_each(?))",
        asked,
    )
    return int(count)


def erased(house: House, *slugs: str) -> int:
    """How many articles of these portals, or of all that are shown, were erased, by the catalog."""
    archive = house.archive()
    counts = dict(archive.catalog().execute("SELECT slug, erased FROM portals WHERE erased"))
    return sum(counts.get(slug, 0) for slug in (slugs or (view.slug for view in archive.portals())))


def hidden_keys(house: House, archive: Archive, folder: PortalFolder) -> frozenset[str]:
    """The addresses whose content is withheld, in any reading, or erased, with those of the files and images they name.

    Of what was erased the address alone may tell too much: it holds the headline.
    """
    return house.recall(("hidden", folder.slug), lambda: frozenset(withheld_keys(archive, folder)))


def withheld_keys(archive: Archive, folder: PortalFolder) -> Iterator[str]:
    """The same, each as key and as address, perhaps several times. Raises LedgerError."""
    gone = "(SELECT key FROM addresses WHERE reason = 'erased' UNION SELECT url FROM addresses WHERE reason = 'erased')"
    for each in folder.rows(f"SELECT key, url FROM addresses WHERE reason = 'erased' OR (via IN {gone} AND {_FILE})"):
        yield from each
    if not archive.rules:
        return
    named = json.dumps(list(folder.secrets().files if folder.secrets else ()))
    chosen = "(SELECT value FROM json_each(:named))"
    for each in folder.rows(
        f"SELECT key, url FROM addresses WHERE key IN {chosen} OR url IN {chosen}", {"named": named}
    ):
        yield from each
    rows = folder.rows(
        "WITH away AS (SELECT DISTINCT article FROM revisions WHERE NOT shown(item)),"
        " pages AS (SELECT key, url FROM addresses WHERE article IN away)"
        " SELECT key FROM pages UNION SELECT url FROM pages UNION SELECT a.key FROM addresses AS a"
        f" JOIN pages AS p ON a.via IN (p.key, p.url) WHERE {_FILE}"
    )
    yield from (key for (key,) in rows)
    for key, url, is_file in folder.rows(f"SELECT key, url, {_FILE} FROM addresses"):
        if archive.rules.of_address(key, url) or (is_file and archive.rules.of_file(key, url)):
            yield from (key, url)
