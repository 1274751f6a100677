"""An answer of the reader and its three forms: a page for people, JSON with the same content, an Atom feed."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from archive.records import in_vietnam
from archive.terminal import clean, to_json
from archive.web import language as speech
from archive.web.asked import Asked
from archive.web.messages import in_words
from archive.web.names import month_path, of_whom, place_name
from archive.web.strings import Language

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry of a feed; `updated` is an ISO date-time, `path` an address of the reader."""

    id: str
    title: str | None
    updated: str
    path: str
    summary: str | None = None
    live: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A template and what it shows; `data` alone is the JSON form, `aside` only helps the template."""

    template: str
    data: dict[str, Any]
    aside: dict[str, Any] = field(default_factory=dict)
    feed: Sequence[FeedEntry] | None = None
    feed_title: str | None = None
    status: int = 200


def html(page: Page, asked: Asked) -> str:
    """The page for people."""
    language = asked.language
    return _environment().get_template(page.template).render(
        **page.data,
        **page.aside,
        page=page,
        asked=asked,
        link=asked.link,
        language=language,
        t=partial(speech.say, language),
        named=partial(speech.named, language),
        count=partial(speech.number, language),
        day=partial(speech.day, language),
        moment=partial(speech.moment, language),
        in_words=partial(speech.month, language),
        percent=partial(speech.percent, language),
        coded=partial(coded, language),
        why=partial(why, language),
        in_our_words=partial(in_words, language),
        portal_name=lambda slug: page.aside.get("portal_names", {}).get(slug) or slug,
        issuer_name=partial(speech.issuer, language),
        rule_name=partial(speech.rule, language),
    )  # fmt: skip


def coded(language: Language, prefix: str, value: str | None) -> Markup:
    """A code as words, the code itself behind them as their title; a code without words as code."""
    if not value:
        return Markup()
    words = speech.named(language, prefix, value)
    shape = "<code>{0}</code>" if words == value else '<span title="{1}">{0}</span>'
    return Markup(shape).format(clean(words), clean(value))


def why(language: Language, reason: str | None) -> Markup:
    """A reason in the words of the reader's language, as it was written down behind it as its title."""
    words = speech.reason(language, reason)
    if words == (reason or ""):
        return Markup(escape(clean(words)))
    return Markup('<span title="{1}">{0}</span>').format(clean(words), clean(reason or ""))


def atom(page: Page, asked: Asked) -> str:
    """The feed of a page that has one."""
    entries = page.feed or ()
    return _environment().get_template("feed.atom").render(
        entries=entries,
        title=page.feed_title or speech.say(asked.language, "site"),
        updated=max((each.updated for each in entries), default="1970-01-01T00:00:00Z"),
        asked=asked,
        language=asked.language,
    )  # fmt: skip


def json(page: Page) -> str:
    """The page's content for programs."""
    return to_json(plain(page.data), indent=1) + "\n"


def plain(value: Any) -> Any:
    """A value in the types JSON has: records become objects."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {each.name: plain(getattr(value, each.name)) for each in dataclasses.fields(value)}
    if hasattr(value, "_asdict"):
        return {name: plain(each) for name, each in value._asdict().items()}
    if isinstance(value, dict):
        return {str(name): plain(each) for name, each in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(each) for each in value]
    return str(value) if isinstance(value, Path) else value


def marked(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[str, bool]]:
    """A text in pieces, each with whether it lies in a span."""
    last = 0
    for begin, end in spans:
        if begin > last:
            yield text[last:begin], False
        yield text[begin:end], True
        last = end
    if last < len(text):
        yield text[last:], False


def inside(text: str) -> str:
    """A heading's words as they stand inside a line: its first letter small."""
    return text[:1].lower() + text[1:]


def web(address: str | None) -> str | None:
    """An address that a link may lead to: over HTTP; None for javascript: and all others."""
    return address if address and address.lower().startswith(("http://", "https://")) else None


def document_path(name: str) -> str:
    """The address of a document's page."""
    return f"/d/{name}"


def snapshot_path(portal: str, record_id: str) -> str:
    """The address of a snapshot's page."""
    return f"/s/{portal}/{record_id}"


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,  # everything, everywhere: titles from pages may hold any markup
        finalize=_harmless,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(
        marked=marked, web=web, document_path=document_path, inside=inside, segment=partial(quote, safe="")
    )
    made.globals.update(
        snapshot_path=snapshot_path,
        place_name=place_name,
        month_path=month_path,
        of_whom=of_whom,
        in_vietnam=in_vietnam,
    )
    return made


def _harmless(value: Any) -> Any:
    """What is shown: no control, no mark that turns a line around; None is nothing."""
    if value is None:
        return ""
    if hasattr(value, "__html__") or not isinstance(value, str):
        return value
    return clean(value, lines=True)
