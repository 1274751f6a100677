"""What may stand in a portal's form: every key with its check, and an error that names the key and what is allowed."""

from __future__ import annotations

import ipaddress
import math
import re
import tomllib
import typing
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from cssselect import SelectorError
from lxml import etree
from lxml.cssselect import CSSSelector

from archive.schema import Publisher
from archive.vietnam.provinces import UnknownProvince, province
from archive.vietnam.text import hint, nfc
from crawler.reading.families import FAMILIES

POLITE_DELAY = 1.0  # seconds between two requests to a host of somebody else
TLS = ("legacy",)  # hosts that know only TLS 1.0 or 1.1, or no secure renegotiation
FILLED = (
    "title", "lead", "body", "posted", "authors", "source", "section", "attachments", "images", "cited_documents",
)  # fmt: skip
SELECTORS = ("title", "posted", "body", "byline", "lead", "source", "attachments", "links", "next")

Check = Callable[[Any], Any]


class Wrong(ValueError):
    """A key of a form and what is wrong with it."""

    def __init__(self, key: str, problem: str) -> None:
        self.key = key
        self.problem = problem
        super().__init__(f"{key}: {problem}" if key else problem)


def read_form(text: str) -> dict[str, Any]:
    """The checked values of a form's TOML text, by key; keys that are absent stay absent. Raises Wrong."""
    try:
        # Editors on Windows put a byte order mark first, which TOML does not know.
        table = tomllib.loads(text.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError as error:
        raise Wrong("", f"not TOML: {error}") from None
    form = _table(table, FORM, "")
    for key in ("name", "province", "hosts"):
        if key not in form:
            raise Wrong(key, "missing")
    _agree(form)
    return form


def _table(table: Mapping[str, Any], checks: Mapping[str, Check], where: str) -> dict[str, Any]:
    """The table's values, each through the check of its key."""
    checked = {}
    for key, value in table.items():
        if key not in checks:
            raise Wrong(where + key, f"unknown key{_allowed(key, checks)}")
        try:
            checked[key] = checks[key](value)
        except Wrong as wrong:
            raise Wrong(where + key + wrong.key, wrong.problem) from None
    return checked


def _agree(form: Mapping[str, Any]) -> None:
    """What one key says about another."""
    loopback, hosts = form.get("loopback", False), form["hosts"]
    for host in hosts:
        if loopback and not _is_loopback(host):
            raise Wrong("hosts", f"{host!r} is no loopback address with a port (127.0.0.1:8080) but loopback = true")
        if not loopback and _is_private(host):
            raise Wrong("hosts", f"{host!r} is on this machine or network; loopback = true is for such a portal")
    for index, section in enumerate(form.get("sections", ()), start=1):
        if not is_on(section["url"], hosts):
            raise Wrong(f"sections[{index}].url", f"{section['url']!r} is on none of the portal's hosts")
    addresses = [section["url"] for section in form.get("sections", ())]
    if twice := next((each for index, each in enumerate(addresses) if each in addresses[:index]), None):
        raise Wrong("sections", f"{twice!r} stands there twice")
    delay = form.get("network", {}).get("delay")
    if delay is not None and delay < POLITE_DELAY and not loopback:
        raise Wrong("network.delay", f"{delay} is under {POLITE_DELAY} seconds, allowed only with loopback = true")


def is_on(url: str, hosts: Iterable[str]) -> bool:
    """Whether an http address is on one of the hosts, which may carry a port.

    The scheme's own port may be left out, and `www.` before either: portals link to themselves both ways.
    """
    try:
        parts = urlsplit(url)
        usual = _PORTS[parts.scheme]
        host, port = parts.hostname or "", parts.port or usual
    except (KeyError, ValueError):
        return False
    bare = f"[{host}]" if ":" in host else host.removeprefix("www.")
    names = {each.removeprefix("www.") for each in hosts}
    return f"{bare}:{port}" in names or (port == usual and bare in names)


_PORTS = {"http": 80, "https": 443}


# Checks of single values: each returns the value as it is kept, or raises Wrong.


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip() or "\n" in value.strip():
        raise Wrong("", f"{value!r} is no line of text in quotes")
    return nfc(value.strip())


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise Wrong("", f"{value!r} is neither true nor false")
    return value


def _day(value: Any) -> date:
    if not isinstance(value, date) or isinstance(value, datetime):
        raise Wrong("", f"{value!r} is no day written without quotes (2026-11-20)")
    return value


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value) or value < 0:
        raise Wrong("", f"{value!r} is no number of 0 or more")
    return float(value)


def _count(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise Wrong("", f"{value!r} is no whole number of 0 or more")
    return value


def _share(value: Any) -> float:
    share = _number(value)
    if share > 1:
        raise Wrong("", f"{value!r} is no share between 0 and 1")
    return share


def _one_of(choices: tuple[str, ...]) -> Check:
    def check(value: Any) -> str:
        if value not in choices:
            raise Wrong("", f"{value!r} is unknown{_allowed(str(value), choices)}")
        return str(value)

    return check


def _province(value: Any) -> str:
    text = _text(value)
    try:
        found = province(text)
    except UnknownProvince as unknown:
        raise Wrong("", str(unknown)) from None
    if text not in (found.slug, found.place):
        raise Wrong("", f"{text!r} is written {found.place!r} here")
    return text


def _family(value: Any) -> str:
    return str(_one_of(tuple(FAMILIES))(value))


def _selector(value: Any) -> str:
    text = _text(value)
    try:
        CSSSelector(text)(etree.Element("html"))  # a namespace that nobody declared shows only when it is used
    except (SelectorError, etree.XPathError) as error:
        raise Wrong("", f"{text!r} is no CSS selector: {error}") from None
    return text


_HOST = re.compile(
    r"(?P<bare>localhost"
    r"|(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z](?:[a-z0-9-]*[a-z0-9])?"
    r"|\d+\.\d+\.\d+\.\d+"
    r"|\[[0-9a-f:]+\])"
    r"(?::(?P<port>[1-9]\d{0,4}))?"
)


def _host(value: Any) -> str:
    text = _text(value)
    found = _HOST.fullmatch(text)
    if not found or int(found["port"] or 1) > 65535 or (found["bare"][-1] in "0123456789]" and not _address(text)):
        raise Wrong("", f"{text!r} is no host in lower case without scheme or path (www.kontum.gov.vn)")
    return text


def _hosts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not value:
        raise Wrong("", f"{value!r} is no list of hosts")
    hosts = tuple(_host(each) for each in value)
    if len(set(hosts)) < len(hosts):
        raise Wrong("", "a host stands there twice")
    return hosts


def _url(value: Any) -> str:
    text = _text(value)
    if not re.fullmatch(r"https?://[^\s@/]+(/\S*)?", text):
        raise Wrong("", f"{text!r} is no address that begins with https:// or http://")
    return text


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """The address that a host is when it is no name; its port does not count."""
    found = _HOST.fullmatch(host)
    try:
        return ipaddress.ip_address(found["bare"].strip("[]")) if found else None
    except ValueError:
        return None


def _is_loopback(host: str) -> bool:
    """Surely this machine, with a port: a loopback address, or the one name that always means it (RFC 6761)."""
    address, found = _address(host), _HOST.fullmatch(host)
    if not found or not found["port"]:
        return False
    return found["bare"] == "localhost" or (address is not None and address.is_loopback)


def _is_private(host: str) -> bool:
    address = _address(host)
    return host.partition(":")[0] == "localhost" or (address is not None and not address.is_global)


def _inner(checks: Mapping[str, Check]) -> Check:
    """A table within the form: [expect], [network]."""

    def check(value: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise Wrong("", "is no table")
        return _table(value, checks, ".")

    return check


def _list_of(checks: Mapping[str, Check], required: Iterable[str]) -> Check:
    """A list of tables: [[sections]], [[layouts]]; the place in it is counted from 1."""

    def check(value: Any) -> list[dict[str, Any]]:
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            raise Wrong("", "is no list of tables: the heading takes two brackets")
        tables = [_table(each, checks, f"[{index}].") for index, each in enumerate(value, start=1)]
        for index, table in enumerate(tables, start=1):
            for key in required:
                if key not in table:
                    raise Wrong(f"[{index}].{key}", "missing")
        return tables

    return check


def _layouts(value: Any) -> list[dict[str, Any]]:
    """Newest first: the one without an end, then by `until` downwards."""
    tables: list[dict[str, Any]] = _list_of({"until": _day} | dict.fromkeys(SELECTORS, _selector), ())(value)
    ends = [table.get("until", date.max) for table in tables]
    if len(set(ends)) < len(ends):
        raise Wrong("", "two layouts end on the same day, or both have no `until`")
    for index, table in enumerate(tables, start=1):
        if not table.keys() & set(SELECTORS):
            raise Wrong(f"[{index}]", f"names no selector; allowed: {', '.join(SELECTORS)}")
    return sorted(tables, key=lambda table: table.get("until", date.max), reverse=True)


def _allowed(word: str, choices: Iterable[str]) -> str:
    names = tuple(choices)
    return f"{hint(word, names)} (allowed: {', '.join(names)})"


FORM: dict[str, Check] = {
    "name": _text,
    "province": _province,
    "publisher": _one_of(typing.get_args(Publisher)),
    "checked_on": _day,
    "relaunched_on": _day,
    "hosts": _hosts,
    "family": _family,
    "active": _flag,
    "loopback": _flag,
    "sections": _list_of({"title": _text, "url": _url}, ("title", "url")),
    "layouts": _layouts,
    "expect": _inner({"articles_per_run": _count, "filled": _inner(dict.fromkeys(FILLED, _share))}),
    "network": _inner({"delay": _number, "tls": _one_of(TLS)}),
}
