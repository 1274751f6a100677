"""What a request asks for: its parameters checked, its language and form chosen, and links made that keep both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote, urlencode

from starlette.requests import Request

from archive.vietnam.text import hint
from archive.views import ArchiveError
from archive.web.strings import LANGUAGES, Language

Form = Literal["html", "json", "atom"]
LONGEST = 1000  # characters of a parameter, and of a path


class BadParameter(ArchiveError):
    """A parameter that means nothing; the message names it and what is allowed."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: path without the ending .json or .atom, parameters that were given and are not empty."""

    path: str
    parameters: dict[str, str]
    language: Language
    chosen: bool  # the language by a parameter, so that links carry it
    form: Form
    origin: str  # scheme, host and port by which the reader is spoken to

    def only(self, *allowed: str) -> None:
        """Refuse parameters that are not allowed here: a filter mistyped must not be a filter left out."""
        for name in self.parameters:
            if name not in allowed:
                raise BadParameter(f"parameter {name!r}{hint(name, allowed)}; allowed: {', '.join((*allowed, 'lang'))}")

    def text(self, name: str) -> str | None:
        """A parameter's text; None where it is not given."""
        return self.parameters.get(name)

    def number(self, name: str, default: int, least: int, most: int) -> int:
        """A parameter's whole number within bounds."""
        text = self.parameters.get(name)
        if text is None:
            return default
        if not (text.isascii() and text.isdigit() and len(text) < 10 and least <= int(text) <= most):
            raise BadParameter(f"{name} {text!r}: allowed: a whole number from {least} to {most}")
        return int(text)

    def one_of(self, name: str, allowed: tuple[str, ...]) -> str:
        """A parameter that is one of a few words; the first by default."""
        text = self.parameters.get(name, allowed[0])
        if text not in allowed:
            raise BadParameter(f"{name} {text!r}: allowed: {', '.join(allowed)}")
        return text

    def yes(self, name: str) -> bool:
        """Whether a box is ticked."""
        return self.one_of(name, ("0", "1")) == "1"

    def link(self, path: str, **parameters: object) -> str:
        """An address of the reader, in the language chosen; parameters that are None or empty are left out."""
        given = {name: str(value) for name, value in parameters.items() if value not in (None, "", False)}
        if self.chosen and "lang" not in given:
            given["lang"] = self.language
        path = "/" + path.lstrip("/")  # two slashes would lead to another host
        return quote(path, safe="/:@!$'()*,;=~") + (f"?{urlencode(given)}" if given else "")

    def again(self, **changes: object) -> str:
        """The address of this page with other parameters; None takes one out."""
        return self.link(self.path, **{**self.parameters, **changes})

    def without(self, *names: str) -> dict[str, str]:
        """The parameters but for these."""
        return {name: value for name, value in self.parameters.items() if name not in names}

    def as_form(self, form: Form) -> str:
        """The address of this page as data: the same with .json or .atom."""
        path = "/search" if self.path == "/" else self.path
        return self.link(f"{path}.{form}", **self.parameters)


def read(request: Request) -> Asked:
    """What a request asks for; raises BadParameter."""
    path, form = _form(request)
    language, chosen = _language(request)
    asked = Asked(path, {}, language, chosen, form, f"{request.url.scheme}://{request.headers['host']}")
    _check("path", path)
    for name, value in request.query_params.multi_items():
        _check("parameter name", name)
        _check(name, value)
        if name in asked.parameters and value.strip() not in ("", asked.parameters[name]):
            raise BadParameter(f"{name}: given twice; allowed: once")
        if value.strip() and name != "lang":
            asked.parameters[name] = value.strip()
    return asked


def language_of(request: Request) -> Language:
    """The language to answer in, whatever else is wrong with the request."""
    try:
        return _language(request)[0]
    except BadParameter:
        return "vi"


def _check(name: str, value: str) -> None:
    if len(value) > LONGEST:
        raise BadParameter(f"{name[:40]}: {len(value)} characters; allowed: at most {LONGEST}")
    if any(char < " " or "\ud800" <= char <= "\udfff" for char in value):
        raise BadParameter(f"{name}: a control character in it; allowed: text")


def _form(request: Request) -> tuple[str, Form]:
    path = request.scope["path"]
    stated: Form | None = request.scope.get("form")
    if stated:
        return path, stated
    accepted = [each.split(";")[0].strip().lower() for each in request.headers.get("accept", "").split(",")]
    if "text/html" in accepted:
        return path, "html"
    for media_type, form in (("application/json", "json"), ("application/atom+xml", "atom")):
        if media_type in accepted:
            return path, form  # type: ignore[return-value]
    return path, "html"


def _language(request: Request) -> tuple[Language, bool]:
    stated = request.query_params.get("lang")
    if stated:
        for each in LANGUAGES:
            if stated == each:
                return each, True
        raise BadParameter(f"lang {stated[:40]!r}: allowed: {', '.join(LANGUAGES)}")
    return _preferred(request.headers.get("accept-language", "")), False


def _preferred(header: str) -> Language:
    """The language a browser prefers of those there are; Vietnamese where it prefers none."""
    best: tuple[float, Language] = (0.0, "vi")
    for part in header[:LONGEST].split(","):
        tag, _, weight = part.partition(";")
        try:
            quality = float(weight.strip().removeprefix("q=")) if weight.strip() else 1.0
        except ValueError:
            continue
        for each in LANGUAGES:
            if tag.strip().lower().split("-")[0] == each and quality > best[0]:
                best = (quality, each)
    return best[1]
