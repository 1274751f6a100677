"""The reports that runs leave in a portal's folder, read for the pages whatever is missing or odd in them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from archive.folder import PortalFolder
from archive.storage.tables import LedgerError
from archive.web.hidden import hidden_keys
from archive.web.house import House


def reports(house: House, folder: PortalFolder, most: int) -> list[dict[str, Any]]:
    """The reports of a portal's runs, newest first; of one that cannot be read only its name."""
    try:
        paths = sorted(folder.paths.runs.glob("*.json"), reverse=True)[:most]
    except OSError:
        return []
    return [report(house, folder, path) for path in paths]


_REPORT: dict[str, Any] = {
    "run": "", "started": None, "seconds": None, "mode": None, "verdict": None, "counts": {}, "failures": [],
    "filled": {}, "drift": [],
}  # fmt: skip


def report(house: House, folder: PortalFolder, path: Path) -> dict[str, Any]:
    """A run's report with what the pages show of it; what is withheld did not fail."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        told = None
    if not isinstance(told, dict):
        return {**_REPORT, "run": path.stem, "unreadable": path.name}
    kept = {name: told.get(name, default) for name, default in _REPORT.items()}
    for name, default in _REPORT.items():
        if isinstance(default, (dict, list)) and not isinstance(kept[name], type(default)):
            kept[name] = default
    return {
        **kept, "run": str(kept["run"] or path.stem), "unreadable": None,
        "failures": _shown(house, folder, kept["failures"]),
    }  # fmt: skip


def _shown(house: House, folder: PortalFolder, failures: list[Any]) -> list[Any]:
    """Those of addresses that are shown; none where the ledger cannot tell."""
    try:
        away = hidden_keys(house, house.archive(), folder)
    except LedgerError:
        return []
    return [each for each in failures if not (isinstance(each, dict) and each.get("url") in away)]
