"""Makes a stored page inert: its words, tables, stored images and styles stay; what could run, load or lead away goes.

The lock is the answer's Content-Security-Policy. This is the second door, for what no policy covers (preconnect, a
click on a link), and it gives stored images and style sheets the addresses they have here. It reads tags as the HTML
standard's tokenizer does (13.2.5), in one pass over the text whatever the text is.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

STYLE = "style"  # asks for a stored file as a style sheet
Attributes = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a page: `kind` is text, start, end or raw (the content of a style, title or textarea)."""

    kind: str
    text: str  # of text and raw; else the tag's name, in lower case
    attributes: Attributes = ()


# What is dropped with all that is in it; their content is raw text to a browser.
_DROPPED = {"script", "iframe", "noembed", "noframes", "xmp", "plaintext"}
_RAW = _DROPPED | {"style", "title", "textarea"}
# Dropped alone: what loads, leads away, or changes how the rest is read.
_SKIPPED = {
    "applet", "audio", "base", "button", "embed", "fencedframe", "form", "frame", "frameset", "input", "link", "math",
    "meta", "object", "param", "portal", "source", "svg", "template", "track", "video",
}  # fmt: skip
_KEPT = {
    "abbr", "align", "alt", "bgcolor", "border", "cellpadding", "cellspacing", "class", "color", "colspan", "datetime",
    "dir", "face", "headers", "height", "hspace", "id", "lang", "reversed", "rowspan", "rules", "scope", "size", "span",
    "start", "style", "summary", "title", "valign", "vspace", "width",
}  # fmt: skip
# Where lazy pages name the image; the first that is stored is shown.
_SOURCES = ("src", "data-src", "data-original", "data-lazy-src")

_NAME = re.compile(r"[a-zA-Z][^\s/>]*+")
_SPACE = re.compile(r"[\s/]*+")
_ATTRIBUTE = re.compile(r"=?[^\s/>=]*+")
_EQUALS = re.compile(r"\s*+=\s*+")
_BARE = re.compile(r"[^\s>]*+")
_ENDS = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in _RAW}


def tokens(page: str) -> Iterator[Token]:
    """The pieces of a page; a tag that never ends ends the page."""
    at, size = 0, len(page)
    while at < size:
        begin = page.find("<", at)
        if begin < 0:
            begin = size
        if begin > at:
            yield Token("text", page[at:begin])
        if begin == size:
            return
        at = begin
        after = page[begin + 1 : begin + 2]
        if after.isascii() and after.isalpha():
            tag, at = _tag(page, begin + 1)
            if tag is None:
                return
            yield tag
            if tag.text in _RAW:
                end = _ENDS[tag.text].search(page, at)
                yield Token("raw", page[at : end.start() if end else size])
                at = end.start() if end else size
        elif after == "/" and page[begin + 2 : begin + 3].isascii() and page[begin + 2 : begin + 3].isalpha():
            tag, at = _tag(page, begin + 2)
            if tag is None:
                return
            yield Token("end", tag.text)
        elif after in ("!", "/", "?"):
            at = _comment(page, begin)
        else:
            yield Token("text", "<")
            at = begin + 1


def _tag(page: str, at: int) -> tuple[Token | None, int]:
    """The tag whose name begins at `at`, and where it ends; None where it does not."""
    name = _NAME.match(page, at)
    assert name is not None, "a letter stands there"
    at = name.end()
    found: dict[str, str] = {}
    while True:
        at = _SPACE.match(page, at).end()  # type: ignore[union-attr]
        if at >= len(page):
            return None, at
        if page[at] == ">":
            return Token("start", name[0].lower(), tuple(found.items())), at + 1
        attribute = _ATTRIBUTE.match(page, at)
        assert attribute is not None, "matches anything"
        at = attribute.end()
        value = ""
        if equals := _EQUALS.match(page, at):
            at = equals.end()
            quote = page[at : at + 1]
            if quote in ('"', "'") and quote:
                end = page.find(quote, at + 1)
                if end < 0:
                    return None, len(page)
                value, at = page[at + 1 : end], end + 1
            else:
                bare = _BARE.match(page, at)
                assert bare is not None, "matches anything"
                value, at = bare[0], bare.end()
        found.setdefault(attribute[0].lower(), html.unescape(value))


def _comment(page: str, begin: int) -> int:
    """Where a comment ends, or what a browser takes for one."""
    if page.startswith("<!--", begin):
        if page.startswith((">", "->"), begin + 4):
            return page.index(">", begin) + 1
        found = _COMMENT_END.search(page, begin + 4)
        return found.end() if found else len(page)
    end = page.find(">", begin)
    return end + 1 if end >= 0 else len(page)


_COMMENT_END = re.compile(r"--!?>")


def inert(page: str, address: str, stored: Callable[[Collection[str]], dict[str, str]]) -> str:
    """The page as it may be shown; `stored` gives, for addresses of images and styles, where those kept are served."""
    found = list(tokens(page))
    base = _base(found, address)
    named = {url for each in found if each.text == "img" for url in _images(each, base)}
    named |= {url for each in found if each.text == "link" and (url := _style(each, base))}
    kept = stored(named) if named else {}
    return "<!doctype html>\n" + "".join(_written(found, base, kept))


def _base(found: list[Token], address: str) -> str:
    first = next((each for each in found if each.kind == "start" and each.text == "base"), None)
    href = dict(first.attributes).get("href") if first else None
    return _joined(address, href) or address if href else address


def _joined(base: str, address: str) -> str | None:
    try:
        return urljoin(base, address.strip()).partition("#")[0]
    except ValueError:
        return None


def _images(token: Token, base: str) -> Iterator[str]:
    said = dict(token.attributes)
    for name in _SOURCES:
        if said.get(name) and (url := _joined(base, said[name])):
            yield url


def _style(token: Token, base: str) -> str | None:
    """The address of a style sheet that a link element names; None for all other links."""
    said = dict(token.attributes)
    rel = said.get("rel", "").lower().split()
    return _joined(base, said["href"]) if said.get("href") and "stylesheet" in rel and "alternate" not in rel else None


def _written(found: list[Token], base: str, kept: dict[str, str]) -> Iterator[str]:
    inside = ""
    for each in found:
        if each.kind == "start":
            inside = each.text
            yield _start(each, base, kept)
        elif each.kind == "raw":
            yield _raw(inside, each.text)
        elif each.kind == "end":
            yield "" if each.text in _DROPPED | _SKIPPED else f"</{_safe(each.text)}>"
        else:
            yield each.text.replace("<", "&lt;").replace("\0", "")


def _raw(inside: str, text: str) -> str:
    if inside in _DROPPED:
        return ""
    return text.replace("\0", "") if inside == "style" else html.escape(html.unescape(text), quote=False)


def _start(token: Token, base: str, kept: dict[str, str]) -> str:
    name = token.text
    if name == "link" and (source := kept.get(_style(token, base) or "")):
        return f'<link rel="stylesheet" href="{html.escape(source)}?{STYLE}">'
    if name in _DROPPED | _SKIPPED:
        return ""
    said = dict(token.attributes)
    shown = {key: value for key, value in said.items() if key in _KEPT}
    if name == "img" and (source := next((kept[url] for url in _images(token, base) if url in kept), None)):
        shown["src"] = source
    if name == "a" and said.get("href"):
        shown |= _anchor(said["href"], base)
    written = "".join(f' {key}="{html.escape(value)}"' for key, value in shown.items())
    return f"<{_safe(name)}{written}>"


def _anchor(href: str, base: str) -> dict[str, str]:
    """A link within the page stays; of another its address is told."""
    if href.startswith("#"):
        return {"href": href}
    return {"title": _joined(base, href) or href}


def _safe(name: str) -> str:
    """A tag's name as it is; another than plain ones means nothing to a browser, and must not become one that does."""
    return name if re.fullmatch(r"[a-z0-9:-]+", name) else "span"
