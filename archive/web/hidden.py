"""What the reader leaves out because it is withheld or erased: rows of the catalog, and addresses of a portal."""

from __future__ import annotations

from collections.abc import Iterator

from archive.folder import PortalFolder
from archive.reader import Archive
from archive.web.house import House


def shown(archive: Archive) -> str:
    """The condition, in SQL over the catalog, that a row is not withheld."""
    hidden = archive.hidden()
    return f"row NOT IN ({', '.join(map(str, sorted(hidden)))})" if hidden else "TRUE"


def withheld(archive: Archive) -> int:
    """How many articles are withheld."""
    return len(archive.hidden())


def erased(house: House, *slugs: str) -> int:
    """How many articles of these portals, or of all, were erased."""
    return house.recall(("erased", slugs), lambda: len(house.archive().erased(portal=slugs or None)))


def hidden_keys(house: House, archive: Archive, folder: PortalFolder) -> frozenset[str]:
    """The addresses whose content is withheld, in any reading, or erased, with those of the files and images they name.

    Of what was erased the address alone may tell too much: it holds the headline.
    """
    return house.recall(("hidden", folder.slug), lambda: frozenset(withheld_keys(archive, folder)))


def withheld_keys(archive: Archive, folder: PortalFolder) -> Iterator[str]:
    """The same, each as key and as address, perhaps several times. Raises LedgerError."""
    for each in folder.rows("SELECT key, url FROM addresses WHERE reason = 'erased'"):
        yield from each
    if not archive.rules:
        return
    rows = folder.rows(
        "WITH away AS (SELECT DISTINCT article FROM revisions WHERE NOT shown(item)),"
        " pages AS (SELECT key, url FROM addresses WHERE article IN away)"
        " SELECT key FROM pages UNION SELECT url FROM pages UNION SELECT a.key FROM addresses AS a"
        " JOIN pages AS p ON a.via IN (p.key, p.url) WHERE a.kind IN ('attachment', 'image')"
    )
    yield from (key for (key,) in rows)
    for key, url in folder.rows("SELECT key, url FROM addresses"):
        if archive.rules.of_address(key, url):
            yield from (key, url)
