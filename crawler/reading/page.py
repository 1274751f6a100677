"""A fetched page to ask questions of: decoded, parsed once, with strict selectors and its machine-readable data.

No input makes it raise: bytes that are no HTML give an empty page.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from itertools import chain, islice
from typing import Any, cast
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from lxml import etree
from lxml.cssselect import CSSSelector

from crawler.reading.markup import decode, parse
from crawler.reading.outline.blocks import LONGEST_ADDRESS, Outline, squeeze
from crawler.reading.outline.frame import mark_boxes, mark_menus
from crawler.reading.outline.imprint import mark_imprint
from crawler.reading.outline.own_story import free_prose, free_titled
from crawler.reading.outline.related import mark_related
from crawler.reading.outline.rows import mark_rows, mark_sections
from crawler.reading.outline.walk import outline
from crawler.reading.outline.zones import BLOCKS

# What one page may cost: a page longer than this is read up to here and flagged (`page_cut`).
MAX_BYTES = 24 * 1024 * 1024

_LONGEST_TITLE = 1000
_MOST_OBJECTS = 400
_MOST_NAMED = 100_000  # elements
_OWN_END = 12  # characters of a page's address by which most others are told from it
_LARGE = 120_000


class Page:
    """One parsed page; `url` is where it was fetched, against which its links are resolved."""

    def __init__(self, body: bytes, url: str, headers: Mapping[str, str] | None = None) -> None:
        content_type = next((v for k, v in (headers or {}).items() if k.lower() == "content-type"), "")
        text, self.charset, flags = decode(body[:MAX_BYTES], content_type)
        self.body = body[:MAX_BYTES] if self.charset == "utf-8" and not flags else text.encode("utf-8", "replace")
        self.flags: tuple[str, ...] = flags if len(body) <= MAX_BYTES else (*flags, "page_cut")
        self.url = url
        self.size = len(body)
        self.source = text
        self.root = parse(self.body)

    def __repr__(self) -> str:
        return f"Page({self.url!r}, {self.size} bytes)"

    @cached_property
    def walked(self) -> Outline:
        """The same, as it stands in the tree; `outline` is this one, marked."""
        return outline(self.root)

    @cached_property
    def outline(self) -> Outline:
        """The page's blocks of text in document order, with where each stands."""
        found = self.walked
        self._free_own(found)
        mark_menus(found)
        mark_rows(found)
        mark_sections(found)
        mark_related(found)
        mark_imprint(found)
        mark_boxes(found, " ".join((self.head_title, *self.titles)))
        free_prose(found)
        free_titled(found, frozenset(title.casefold() for title in self.titles if len(title) >= 12), self.head_title)
        return found

    def _free_own(self, found: Outline) -> None:
        """Take a line that links to the page itself for no link: many templates link the headline to its own page.

        The line that prints the page's address (NukeViet's print page) stays one.
        """
        own = self.url.partition("://")[2].partition("#")[0]
        end = own.partition("/")[2][-_OWN_END:]
        for block in found.blocks if end else ():
            href = block.href
            if href and end in href and href.partition("#")[0].endswith(end) and block.link_share > 0.5:
                target = self.link(href)
                if target is not None and target.partition("://")[2] == own and "://" not in block.text:
                    block.linked, block.link_share, block.href = 0, 0.0, None

    @cached_property
    def telling(self) -> dict[str, list[etree._Element]]:
        """The elements that tell of the page as a whole, by tag: sought at once, as each search goes through all."""
        found: dict[str, list[etree._Element]] = {tag: [] for tag in _TELLING}
        for node in self.root.iter(*_TELLING):
            found[node.tag].append(node)
        return found

    @cached_property
    def base(self) -> str:
        """The address relative links are resolved against."""
        for node in self.telling["base"]:
            href = node.get("href")
            if href:
                return join(self.url, href) or self.url
        return self.url

    def link(self, href: str | None) -> str | None:
        """The absolute http(s) address a link leads to, None for anything else (javascript:, mailto:, broken)."""
        return join(self.base, href)

    def is_own(self, link: str) -> bool:
        """Whether an address is the page's, or its number without its name or with another: Joomla's /18 of /18-hop."""
        numbered = _NUMBERED.fullmatch(link)
        return link == self.url or (numbered is not None and self.url.startswith(f"{numbered[1]}-"))

    @cached_property
    def meta(self) -> dict[str, str]:
        """Content of meta elements by lower-case name, property or itemprop; the first of a name wins."""
        found: dict[str, str] = {}
        for node in self.telling["meta"]:
            content = node.get("content")
            if content:
                for attribute in ("name", "property", "itemprop", "http-equiv"):
                    name = node.get(attribute)
                    if name:
                        found.setdefault(name.strip().lower(), squeeze(content))
        return found

    @cached_property
    def head_title(self) -> str:
        """What stands in `<title>`, squeezed; of several (inline SVG has its own) the first."""
        for node in self.telling["title"]:
            text = "".join(map(str, node.itertext())) if len(node) else node.text or ""
            return squeeze(text[:_LONGEST_TITLE])
        return ""

    @cached_property
    def titles(self) -> list[str]:
        """What machine-readable data calls the article: meta, microdata, JSON-LD."""
        found = [self.meta[name] for name in ("og:title", "twitter:title", "headline", "dc.title") if name in self.meta]
        found += [value for value in self.microdata.get("headline", ()) if len(value) < 400]
        return found + [squeeze(str(each["headline"])) for each in self.linked_data if each.get("headline")]

    @cached_property
    def language(self) -> str | None:
        """What the page declares: `vi`, `en` …"""
        declared = self.root.get("lang") or self.root.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
        return declared.strip().lower().replace("_", "-").split("-")[0] or None

    @cached_property
    def linked_data(self) -> list[dict[str, Any]]:
        """Every object of the page's JSON-LD, nested graphs flattened; what cannot be parsed is left out."""
        found: list[dict[str, Any]] = []
        for node in self.telling["script"]:
            if "ld+json" in (node.get("type") or "").lower() and node.text and len(found) < _MOST_OBJECTS:
                found.extend(_objects(_json(node.text)))
        return found

    @cached_property
    def microdata(self) -> dict[str, list[str]]:
        """Values of itemprop elements inside the body by property name, hidden ones included."""
        found: dict[str, list[str]] = {}
        walked = self.walked
        unread = chain.from_iterable(node.iterdescendants() for node in walked.unread if node.tag != "head")
        if not (walked.properties or walked.cut or any(node.get("itemprop") for node in unread)):
            return found  # as on most pages; to search all of it for one would cost more
        for node in self.root.iterfind("body//*[@itemprop]"):
            value = node.get("content") or node.get("datetime") or squeeze("".join(map(str, node.itertext())))
            for name in (node.get("itemprop") or "").split():
                if value:
                    found.setdefault(name, []).append(value)
        return found

    @cached_property
    def names(self) -> frozenset[str]:
        """Every class and id on the page, as far down as anything is read."""
        unread = chain.from_iterable(node.iterdescendants() for node in self.outline.unread)
        nodes = islice(chain((self.root,), unread), _MOST_NAMED)
        written = (name for node in nodes for name in (node.get("class"), node.get("id")))
        return frozenset(" ".join((*self.outline.named, *filter(None, written))).split())

    def may_hold(self, selector: str) -> bool:
        """Whether the page has the classes and ids that a selector needs: far cheaper than matching it."""
        return any(self.names.issuperset(names) for names in _names_in(selector))

    def has_attribute(self, name: str) -> bool:
        """Whether any element has an attribute of that name."""
        # the tree is searched faster than its bytes, but for one of millions of elements
        if len(self.body) > _LARGE and name.encode() not in self.body:
            return False
        return bool(_search_for(name)(self.root))

    def all(self, selector: str) -> list[etree._Element]:
        """Every element a CSS selector names, in document order. Raises ValueError for a broken selector."""
        return cast("list[etree._Element]", _compiled(selector)(self.root))

    def maybe(self, selector: str) -> etree._Element | None:
        """The first element the selector names, None where there is none."""
        found = self.all(selector)
        return found[0] if found else None


def text_of(node: etree._Element) -> str:
    """All text of a node, scripts left out, squeezed to one line."""
    return squeeze("".join(_texts(node)))


def _texts(node: etree._Element) -> Iterator[str]:
    """Text nodes in order, with a blank wherever a block or a line ends."""
    if node.text and node.tag not in _UNREAD:
        yield str(node.text)
    for below in node.iterdescendants():
        if below.tag in BLOCKS or below.tag == "br":
            yield " "
        if below.text and below.tag not in _UNREAD:
            yield str(below.text)
        if below.tail:
            if below.tag in BLOCKS:
                yield " "
            yield str(below.tail)


def join(base: str, href: str | None) -> str | None:
    """`href` against `base` where that is an http(s) address, its fragment cut; else None.

    Blanks and letters outside ASCII are escaped as in the request that a browser makes (WHATWG URL, 4.4).
    """
    href = (href or "").strip()
    if not href or len(href) > LONGEST_ADDRESS or href.startswith(("#", "javascript:", "mailto:", "tel:", "data:")):
        return None
    try:
        address = urljoin(base, href.replace("\n", "").replace("\t", "")).split("#", 1)[0]
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            return None
        if " " in address or not address.isascii():
            parts = parts._replace(path=quote(parts.path, _UNESCAPED), query=quote(parts.query, _UNESCAPED))
            return urlunsplit(parts)
        return address
    except ValueError:
        return None


_UNESCAPED = "!#$%&'()*+,-./:;=?@[\\]^_{|}~"
_TELLING = ("base", "meta", "script", "title")
_UNREAD = frozenset(("script", "style", "noscript"))
_NUMBERED = re.compile(r"(.*/(?!(?:19|20)\d\d-)\d+)(?:-[^/?]*)?")  # a year opens the names of many pages
# What stands in brackets of a selector: attributes' values, `:not(.disabled)`.
_INSIDE = re.compile(r"""\[(?:"[^"]*"|'[^']*'|[^]"'])*\]|\([^)]*\)""")


@lru_cache(maxsize=32)
def _search_for(attribute: str) -> etree.XPath:
    return etree.XPath(f"boolean(descendant-or-self::*/@{attribute})")


@lru_cache(maxsize=512)
def _names_in(selector: str) -> tuple[tuple[str, ...], ...]:
    """For each alternative of a selector, the class and id names that an element or one around it must have."""
    if "\\" in selector:
        return ((),)
    plain = _INSIDE.sub("", selector)
    return tuple(tuple(re.findall(r"[.#]([\w-]+)", part)) for part in plain.split(","))


@lru_cache(maxsize=512)
def _compiled(selector: str) -> CSSSelector:
    try:
        return CSSSelector(selector, translator="html")
    except Exception as error:  # cssselect has three unrelated families of errors for a broken selector
        raise ValueError(f"not a CSS selector: {selector!r} ({error})") from error


def _json(text: str) -> Any:
    try:
        return json.loads(text.strip().removeprefix("<![CDATA[").removesuffix("]]>"), strict=False)
    except (ValueError, RecursionError):
        return None


def _objects(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > 8:
        return
    if isinstance(value, list):
        for each in value[:200]:
            yield from _objects(each, depth + 1)
    elif isinstance(value, dict):
        yield value
        for name in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _objects(value.get(name), depth + 1)
