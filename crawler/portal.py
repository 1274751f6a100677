"""Portals as data: what a form in `crawler/portals/` says of a site, and which portals a crawl is asked for."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path

from archive.schema import VIETNAM, Publisher, stamp
from archive.vietnam.provinces import PROVINCES, Province, UnknownProvince, province, successor_of
from archive.vietnam.text import hint
from crawler.form import Wrong, is_on, read_form
from crawler.layout import Layout

SHIPPED = Path(__file__).with_name("portals")


class PortalError(Exception):
    """Something is wrong with a portal; the message names it."""


class BadPortalFile(PortalError):
    """A form that cannot be used: which file, which key, what is allowed."""

    def __init__(self, file: Path | str, key: str, problem: str) -> None:
        self.file = file
        self.key = key
        super().__init__(f"{file}: {key}: {problem}" if key else f"{file}: {problem}")


class BadSelection(PortalError):
    """Portals were asked for that there are none of; the message is one line and says what is allowed."""


@dataclass(frozen=True, slots=True)
class Section:
    """A listing that people read."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Expect:
    """What a run should bring; below it the run reports drift. `filled`: share of articles by field, 0 to 1."""

    articles_per_run: int | None = None
    filled: dict[str, float] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Network:
    """What the host needs: seconds between requests, and `legacy` where it knows only old TLS."""

    delay: float | None = None
    tls: str | None = None


@dataclass(frozen=True, slots=True)
class Portal:
    """One site, as its form says it; `province` is a slug of provinces.toml, mostly without a year."""

    slug: str
    name: str
    province: str
    hosts: tuple[str, ...]
    publisher: Publisher | None = None
    checked_on: date | None = None
    relaunched_on: date | None = None
    family: str | None = None
    active: bool = True
    loopback: bool = False
    sections: tuple[Section, ...] = ()
    layouts: tuple[Layout, ...] = ()
    expect: Expect = Expect()
    network: Network = Network()
    digest: str | None = None  # "sha256:<hex>" of the form's bytes; None: known from the registry alone
    text: str = ""  # the form as read
    path: Path | None = None
    replaces: Path | None = None  # the shipped form that a user's own stands in for

    @property
    def home(self) -> str:
        """The address of the home page."""
        return f"{'http' if self.loopback else 'https'}://{self.hosts[0]}/"

    @property
    def relaunched(self) -> str | None:
        """When the day began on which the portal was relaunched, as a ledger writes times; None where it was not."""
        return stamp(datetime.combine(self.relaunched_on, time(), VIETNAM)) if self.relaunched_on else None

    def owns(self, url: str) -> bool:
        """Whether the address is on one of the portal's hosts; links elsewhere are off site."""
        return is_on(url, self.hosts)

    def layout_on(self, day: date) -> Layout | None:
        """The layout of a page captured on that day: of those not yet over, the one that ends first."""
        return next((each for each in reversed(self.layouts) if each.until is None or day <= each.until), None)


def load_portals(extra_dir: Path | None = None) -> dict[str, Portal]:
    """All forms by slug: the shipped ones and those of the user's folder, which win (`Portal.replaces` tells).

    Raises BadPortalFile for the first form with a mistake, PortalError for a folder that is none.
    """
    portals = {path.stem: load_portal(path) for path in sorted(SHIPPED.glob("*.toml"))}
    if extra_dir is None:
        return portals
    if not extra_dir.is_dir():
        raise PortalError(f"{extra_dir}: no such folder of portal forms")
    for path in sorted(extra_dir.glob("*.toml")):
        shipped = portals.get(path.stem)
        portals[path.stem] = load_portal(path, replaces=shipped.path if shipped else None)
    return portals


def load_portal(path: Path, replaces: Path | None = None) -> Portal:
    """The portal of one form; its slug is the file's name. Raises BadPortalFile."""
    try:
        text = path.read_bytes().decode("utf-8")
    except OSError as error:
        raise BadPortalFile(path, "", error.strerror or str(error)) from None
    except UnicodeDecodeError:
        raise BadPortalFile(path, "", "is not UTF-8; save it again with that encoding") from None
    return portal_from_toml(text, path.stem, path, replaces)


def portal_from_toml(text: str, slug: str, path: Path | None = None, replaces: Path | None = None) -> Portal:
    """The portal that a form's text describes. Raises BadPortalFile."""
    file = path or f"{slug}.toml"
    if not re.fullmatch(r"[a-z0-9][a-z0-9.-]*", slug):
        raise BadPortalFile(file, "", "a form's name has only a-z, 0-9, dot and hyphen (kon-tum.toml)")
    try:
        form = read_form(text)
    except Wrong as wrong:
        raise BadPortalFile(file, wrong.key, wrong.problem) from None
    form["sections"] = tuple(Section(**each) for each in form.get("sections", ()))
    form["layouts"] = tuple(Layout(**each) for each in form.get("layouts", ()))
    form["expect"] = Expect(**form.get("expect", {}))
    form["network"] = Network(**form.get("network", {}))
    digest = "sha256:" + hashlib.sha256(text.encode()).hexdigest()
    return Portal(slug=slug, digest=digest, text=text, path=path, replaces=replaces, **form)


def portal_for_province(which: Province | str) -> Portal | None:
    """The portal of a province without a form, from its host in the registry alone; None where no host is known.

    Such a portal is crawled only when named. Raises UnknownProvince.
    """
    authority = province(which) if isinstance(which, str) else which
    if not authority.hosts:
        return None
    kind = "thành phố" if authority.kind == "city" else "tỉnh"
    return Portal(
        slug=authority.place,
        name=f"Cổng thông tin điện tử {kind} {authority.name}",
        province=authority.place,
        hosts=authority.hosts,
        publisher="government",
        active=False,
    )


def select_portals(
    forms: Mapping[str, Portal], portals: str | None = None, provinces: str | None = None
) -> list[Portal]:
    """The portals that `-a portal=` and `-a province=` name, each once, in that order; with neither, the active forms.

    Both take names separated by commas; provinces are those of today. Raises BadSelection.
    """
    chosen: list[Portal] = []
    if portals is not None:
        chosen += [_named(forms, name) for name in _names("portal", portals)]
    if provinces is not None:
        chosen += [each for name in _names("province", provinces) for each in _of_province(forms, name)]
    if portals is None and provinces is None:
        chosen = [each for each in forms.values() if each.active]
        if not chosen:
            raise BadSelection("no form is active: name a portal (-a portal=) or a province (-a province=)")
    return list({each.slug: each for each in chosen}.values())


def _names(argument: str, text: str) -> list[str]:
    names = [name.strip() for name in text.split(",") if name.strip()]
    if not names:
        raise BadSelection(f"{argument}= names nothing: give one or more, separated by commas")
    return names


def _named(forms: Mapping[str, Portal], name: str) -> Portal:
    if name in forms:
        return forms[name]
    unformed = {record.place: record for record in PROVINCES.values()}
    portal = portal_for_province(unformed[name]) if name in unformed else None
    if portal is None:
        raise BadSelection(f"no portal is called {name!r}{_meant(name, [*forms, *unformed])}")
    return portal


def _of_province(forms: Mapping[str, Portal], name: str) -> list[Portal]:
    """The portals that belong to a province: its own, and the active ones of those that have become part of it."""
    try:
        authority = province(name)
    except UnknownProvince:
        raise BadSelection(
            f"no province is called {name!r}{_meant(name, [each.place for each in PROVINCES.values()])}"
        ) from None
    successor = successor_of(authority.slug)
    if successor and successor.place != authority.place:
        raise BadSelection(
            f"{authority.name} became part of {successor.name} on {successor.valid_from}: province={successor.place}, "
            f"or portal={authority.place} for its old portal alone"
        )
    own = [each for each in forms.values() if province(each.province).place == authority.place]
    asked = [each for each in own if each.active or each.slug == authority.place]
    joined = [each for each in forms.values() if each.active and _went_to(each.province) == authority.slug]
    registered = portal_for_province(authority)
    return [*(asked or own or ([registered] if registered else [])), *(each for each in joined if each not in own)]


def _went_to(slug: str) -> str | None:
    successor = successor_of(province(slug).slug)
    return successor.slug if successor else None


def _meant(name: str, choices: Iterable[str]) -> str:
    return hint(name, choices) or "; see `scrapy portal list`"
