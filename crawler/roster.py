"""All portals as they stand: what is known of each, and every mistake in a form."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from archive.schema import VIETNAM
from archive.vietnam.provinces import PROVINCES, province, successor_of
from crawler.portal import (
    SHIPPED,
    BadPortalFile,
    Portal,
    load_portal,
    load_portals,
    portal_for_province,
    select_portals,
)

COLUMNS = ("slug", "province", "hosts", "family", "active", "checked on", "status")


def list_rows(forms: dict[str, Portal]) -> Iterator[tuple[str, ...]]:
    """A row for every form, then for every province that has none, in the order of COLUMNS."""
    for portal in forms.values():
        yield _row(portal)
    for record in PROVINCES.values():
        if record.place not in forms and not record.predecessors:
            registered = portal_for_province(record)
            if registered:
                yield _row(registered)


def _row(portal: Portal) -> tuple[str, ...]:
    return (
        portal.slug,
        portal.province,
        " ".join(portal.hosts),
        portal.family or "-",
        "yes" if portal.active else "when named",
        portal.checked_on.isoformat() if portal.checked_on else "never",
        "; ".join(_status(portal)),
    )


def _status(portal: Portal) -> Iterator[str]:
    if portal.path is None:
        yield f"no form, host from the registry ({province(portal.province).confidence})"
    elif portal.replaces:
        yield "yours, replaces the shipped form"
    else:
        yield "shipped" if portal.path.parent == SHIPPED else "yours"
    if portal.loopback:
        yield "on this machine"
    successor = successor_of(province(portal.province).slug)
    if successor:
        yield f"part of {successor.place} since {successor.valid_from}"


def check_forms(extra_dir: Path | None) -> tuple[dict[str, Portal], list[str]]:
    """The valid forms by slug and a line for each mistake: one per form, days to come, hosts claimed twice."""
    portals: dict[str, Portal] = {}
    mistakes = []
    if extra_dir is not None and not extra_dir.is_dir():
        load_portals(extra_dir)  # says what is wrong with the folder
    for path in [path for folder in (SHIPPED, extra_dir) if folder for path in sorted(folder.glob("*.toml"))]:
        try:
            portals[path.stem] = load_portal(path)
        except BadPortalFile as error:
            mistakes.append(str(error))
    today = datetime.now(VIETNAM).date()
    for portal in portals.values():
        for key, day in (("checked_on", portal.checked_on), ("relaunched_on", portal.relaunched_on)):
            if day and day > today:
                mistakes.append(f"{portal.path}: {key}: {day} is still to come")
    # A leading www. makes no other host: both portals would take the same pages for their own.
    owners: dict[str, str] = {}
    for portal in portals.values():
        for host in portal.hosts:
            owner = owners.setdefault(host.removeprefix("www."), portal.slug)
            if owner != portal.slug:
                mistakes.append(f"{portal.path}: hosts: {host!r} is a host of {owner} already")
    return portals, mistakes


def portal_at(forms: dict[str, Portal], address: str) -> Portal | None:
    """The portal an address lies on, None where no form names its host; or the portal of that slug."""
    if "/" not in address:
        return select_portals(forms, portals=address)[0]
    return next((portal for portal in forms.values() if portal.owns(address)), None)
