"""What a run is asked to do: the arguments of `scrapy crawl province_news`, checked before anything starts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Literal, cast, get_args

from archive.vietnam.text import hint
from crawler.portal import Portal, PortalError, load_portals, select_portals

ARGUMENTS = ("portal", "province", "since", "until", "mode", "limit", "minutes", "requisites")
Mode = Literal["incremental", "full"]
Requisites = Literal["none", "images", "all"]


class BadArgument(ValueError):
    """An argument that cannot be followed; the message is one line that says what is allowed."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The portals of a run and its bounds; days are posting days in +07:00, `minutes` is wall time."""

    portals: tuple[Portal, ...]
    named: bool = True
    mode: Mode = "incremental"
    since: date | None = None
    until: date | None = None
    limit: int | None = None
    minutes: float | None = None
    requisites: Requisites = "images"  # of an article's page, to be looked at in replay

    def wants(self, posted: date | None) -> bool:
        """Whether a list's link with that printed day is to be followed; one without a day is."""
        if posted is None:
            return True
        return (self.since is None or posted >= self.since) and (self.until is None or posted <= self.until)


def read_plan(arguments: Mapping[str, str], portals_dir: Path | None = None) -> Plan:
    """The plan that `-a NAME=VALUE` arguments describe. Raises BadArgument, in one line, for any that is wrong."""
    for name in arguments:
        if name not in ARGUMENTS:
            raise BadArgument(f"-a {name}=: no such argument{hint(name, ARGUMENTS)}; allowed: {', '.join(ARGUMENTS)}")
    since, until = _day(arguments, "since"), _day(arguments, "until")
    if since and until and since > until:
        raise BadArgument(f"-a since={since} lies after -a until={until}")
    try:
        portals = select_portals(load_portals(portals_dir), arguments.get("portal"), arguments.get("province"))
    except PortalError as error:
        raise BadArgument(str(error)) from None
    return Plan(
        portals=tuple(portals),
        named="portal" in arguments or "province" in arguments,
        mode=cast(Mode, _one_of(arguments, "mode", get_args(Mode), "incremental")),
        since=since,
        until=until,
        limit=_count(arguments, "limit"),
        minutes=_count(arguments, "minutes"),
        requisites=cast(Requisites, _one_of(arguments, "requisites", get_args(Requisites), "images")),
    )


def _one_of(arguments: Mapping[str, str], name: str, allowed: tuple[str, ...], default: str) -> str:
    text = arguments.get(name, default).strip()
    if text not in allowed:
        words = f"{', '.join(allowed[:-1])} or {allowed[-1]}"
        raise BadArgument(f"-a {name}={text[:40]}: must be {words}{hint(text, allowed)}")
    return text


def _day(arguments: Mapping[str, str], name: str) -> date | None:
    text = arguments.get(name)
    if text is None:
        return None
    try:
        return datetime.strptime(text.strip(), "%Y-%m-%d").date()  # noqa: DTZ007  # a day, in no zone
    except ValueError:
        raise BadArgument(f"-a {name}={text}: must be a day written YYYY-MM-DD, such as 2026-11-01") from None


def _count(arguments: Mapping[str, str], name: str) -> int | None:
    text = arguments.get(name)
    if text is None:
        return None
    digits = text.strip()
    if not digits.isdecimal() or len(digits) > 9 or int(digits) < 1:
        raise BadArgument(f"-a {name}={text[:40]}: must be a whole number from 1 to 999999999")
    return int(digits)
