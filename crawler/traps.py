"""Bounds on what has no end: calendars, lists that repeat themselves, paths that grow, sitemaps that name sitemaps.

A portal's own lists end, or bring articles as they go on. What does neither is left where a bound is reached, and the
run report names it, for the bound may also have met a list that a person would read on.
"""

from __future__ import annotations

from dataclasses import dataclass

from crawler.reading.links import is_trap

BARREN = 50  # list pages in a row, of one section, that lead to no article that the run has not met yet
DEEPEST = 5000  # pages into one list
GROWS = "address that grows"
NESTED = 3  # sitemaps within sitemaps, feeds within feeds


@dataclass(slots=True)
class Trap:
    """What was left where it was, and how often."""

    kind: str
    section: str | None
    url: str  # the first address that was not followed
    times: int = 1


class Traps:
    """The bounds of one portal in one run, and what they cut off."""

    def __init__(self) -> None:
        self._barren: dict[str | None, int] = {}
        self._found: dict[tuple[str, str | None], Trap] = {}

    @property
    def found(self) -> list[Trap]:
        """What was cut off, in the order it was met."""
        return list(self._found.values())

    def fruitful(self, section: str | None) -> None:
        """An article came of the section."""
        self._barren[section] = 0

    def page(self, section: str | None) -> None:
        """A list page of the section was read; what comes of it is told by `fruitful`."""
        self._barren[section] = self._barren.get(section, 0) + 1

    def allows(self, url: str, kind: str, section: str | None, depth: int) -> bool:
        """Whether a list's next page, or a feed or sitemap, is to be followed; remembers those that are not."""
        trap = None
        if is_trap(url):
            trap = GROWS
        elif kind == "list" and self._barren.get(section, 0) >= BARREN:
            trap = f"{BARREN} list pages without an article"
        elif depth > (DEEPEST if kind == "list" else NESTED):
            trap = f"more than {DEEPEST} pages deep" if kind == "list" else f"{kind}s more than {NESTED} deep"
        if trap is None:
            return True
        self.leave(trap, section, url)
        return False

    def leave(self, kind: str, section: str | None, url: str) -> None:
        """Remember an address that is left where it is."""
        known = self._found.setdefault((kind, section), Trap(kind, section, url, times=0))
        known.times += 1
