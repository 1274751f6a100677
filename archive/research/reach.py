"""What a rule of withheld.toml keeps from being shown, for who writes it: one that reaches nothing may be a slip."""

from __future__ import annotations

from dataclasses import dataclass

from archive.folder import PortalFolder
from archive.reader import Archive
from archive.research.withhold import hidden_rows
from archive.withheld import Rule, Rules, bare


@dataclass(frozen=True, slots=True)
class Reach:
    """What a rule keeps from being shown now: articles, addresses of other things; `linking`: pages that named them.

    `erased`: articles that were erased since, of which a person's rule no longer tells. `older`: articles that are
    shown, and of which an older reading names the person.
    """

    articles: int
    addresses: int
    linking: tuple[str, ...]
    erased: int
    older: int


def reach(archive: Archive, rule: Rule) -> Reach:
    """What one rule reaches in an archive. Raises CatalogError."""
    rows = hidden_rows(archive.catalog(), Rules([rule]))
    addresses, linking = 0, set()
    asked = bare(rule.value)
    for folder in archive.readable(None) if rule.what in ("id", "address") else ():
        for place, url, article, via in folder.rows("SELECT key, url, article, via FROM addresses"):
            if (article == rule.value) if rule.what == "id" else asked in (bare(place), bare(url)):
                addresses += article is None
                linking |= {via} if via else set()
    erased = sum(
        any(map(Rules([rule]).of_item, folder.items(article)))
        for folder in archive.readable()
        for article in folder.erased()
    )
    older = sum(_older(folder, Rules([rule])) for folder in archive.readable()) if rule.what == "person" else 0
    return Reach(len(rows), addresses, tuple(sorted(linking)), erased, older)


def _older(folder: PortalFolder, rules: Rules) -> int:
    """How many articles, not themselves reached, have a reading that is."""
    reread = folder.rows("SELECT article FROM revisions GROUP BY article HAVING count(*) > 1")
    found = ([rules.of_item(item) is not None for item in folder.items(article)] for (article,) in list(reread))
    return sum(any(named) and not named[-1] for named in found)
