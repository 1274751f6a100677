"""What a program's exit status says, the same for `scrapy crawl` and `archive`."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum


class Exit(IntEnum):
    """Exit statuses; `overall` tells how those of several portals add up."""

    DONE = 0
    DEFECT = 1
    BAD_INPUT = 2
    FAILURES = 3
    NOTHING = 4
    INTERRUPTED = 5
    BUDGET = 6
    DISK = 7
    LOCKED = 8
    DAMAGE = 9


_WORST_FIRST = (Exit.DISK, Exit.DAMAGE, Exit.INTERRUPTED, Exit.BUDGET, Exit.NOTHING, Exit.FAILURES)


def overall(verdicts: Iterable[Exit]) -> Exit:
    """The status of a run over several portals; locked ones count as failures unless all are."""
    found = list(verdicts)
    if found and all(verdict is Exit.LOCKED for verdict in found):
        return Exit.LOCKED
    counted = {Exit.FAILURES if verdict is Exit.LOCKED else verdict for verdict in found}
    return next((verdict for verdict in _WORST_FIRST if verdict in counted), Exit.DONE)
