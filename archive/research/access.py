"""pywb's access file: which addresses a replay of the archive answers with 451, by what withheld.toml says.

One line for each address, exact, in pywb's order, which is from the last key to the first. A page that merely names a
withheld one, such as a list with its headline, is replayed: withhold it by its address.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from archive.folder import PortalFolder
from archive.reader import Archive
from archive.research.files import whole_file
from archive.storage.index import surt

_EXACT = "###"  # how pywb marks a key that holds for no longer address

# The addresses of articles of which some reading is withheld, and what those pages named for themselves.
_OF_ARTICLES = """
WITH hidden AS (
    SELECT key, url FROM addresses
    WHERE article IN (SELECT article FROM revisions WHERE NOT shown(item))
)
SELECT key, url FROM hidden UNION
SELECT a.key, a.url FROM addresses AS a JOIN hidden AS h ON a.via IN (h.key, h.url)
WHERE a.kind IN ('attachment', 'image')
"""


def write_access(archive: Archive, path: Path) -> int:
    """The access file of the whole archive, whole or not at all; how many lines."""
    lines = sorted(set(access_lines(archive)), reverse=True)
    with whole_file(path) as file:
        file.writelines(f"{line}\n" for line in lines)
    return len(lines)


def access_lines(archive: Archive) -> Iterator[str]:
    """A line for every address that is withheld, in no order."""
    for folder in archive.folders():
        for address in _withheld(archive, folder):
            yield f"{surt(address)}{_EXACT} - {json.dumps({'access': 'block', 'url': address})}"
    for rule in archive.rules.rules:
        if rule.what == "address":
            yield f"{surt(rule.value)}{_EXACT} - {json.dumps({'access': 'block', 'url': rule.value})}"


def _withheld(archive: Archive, folder: PortalFolder) -> Iterator[str]:
    if not archive.rules:
        return
    everything = "SELECT key, url FROM addresses UNION SELECT key, url FROM snapshots"
    rows = archive.each(
        [folder], lambda each: each.rows(everything if archive.rules.of_portal(each.slug) else _OF_ARTICLES)
    )
    for _, addresses in rows:
        yield from addresses
