"""What a page needs to be looked at as its readers saw it: stylesheets, scripts, images and icons, by address."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from crawler.reading.page import Page, join

MOST_OF_PAGE = 200  # addresses; a front page of a large portal names some 120
MOST_OF_STYLESHEET = 60

_URL = re.compile(r"""url\(\s*(?:"([^"]{1,2000})"|'([^']{1,2000})'|([^"'()\s]{1,2000}))\s*\)""", re.IGNORECASE)
_IMPORT = re.compile(r"""@import\s+(?:"([^"]{1,2000})"|'([^']{1,2000})')""", re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_LINKS = frozenset(("stylesheet", "icon", "apple-touch-icon", "preload", "modulepreload", "manifest"))
_SOURCES = {
    "script": ("src",), "img": ("src", "data-src", "data-original"), "source": ("srcset",), "input": ("src",),
    "body": ("background",), "table": ("background",), "td": ("background",), "video": ("poster",), "embed": ("src",),
}  # fmt: skip


def page_requisites(body: bytes, url: str, headers: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """The addresses that a page needs, in its order, each once; `body` is content-decoded."""
    page = Page(body, url, headers)
    named = (join(page.base, each) for each in _named(page))
    return tuple(dict.fromkeys(each for each in named if each))[:MOST_OF_PAGE]


def stylesheet_requisites(css: bytes, url: str) -> tuple[str, ...]:
    """The addresses that a stylesheet names, in its order, each once."""
    named = (join(url, each) for each in _in_css(css.decode("utf-8", "replace")))
    return tuple(dict.fromkeys(each for each in named if each))[:MOST_OF_STYLESHEET]


def _named(page: Page) -> Iterator[str | None]:
    for node in page.root.iter():
        if not isinstance(node.tag, str):
            continue
        if node.tag == "link" and _LINKS & set((node.get("rel") or "").lower().split()):
            yield node.get("href")
        elif node.tag == "style":
            yield from _in_css(node.text or "")
        for name in _SOURCES.get(node.tag, ()):
            value = node.get(name)
            yield value.split(",")[0].split()[0] if value and value.strip(" ,") and name == "srcset" else value
        if node.get("srcset") and node.tag == "img":
            yield from (each.split()[0] for each in (node.get("srcset") or "").split(", ") if each.strip())
        if "url(" in (node.get("style") or ""):
            yield from _in_css(node.get("style") or "")


def _in_css(text: str) -> Iterator[str]:
    text = _COMMENT.sub(" ", text)
    for found in _IMPORT.finditer(text):
        yield found[1] or found[2]
    for found in _URL.finditer(text):
        yield found[1] or found[2] or found[3]
