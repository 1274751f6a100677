"""A page's bytes as a tree: which charset they are in, and markup that would cost minutes cut before parsing."""

from __future__ import annotations

import codecs
import re

from lxml import etree

_META_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE)
_HEADER_CHARSET = re.compile(r"""charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE)
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# Names that pages print for what is in truth Vietnam's own eight-bit code page or Windows' western one.
_ALIASES = {"iso-8859-1": "windows-1252", "latin-1": "windows-1252", "x-windows-1258": "windows-1258"}

# libxml2 compares every attribute of an element with all before it: 100,000 of them would cost minutes.
_LARGE = 120_000
_LONG_TAG = re.compile(rb"<([A-Za-z][A-Za-z0-9:-]{0,30})[^<>]{16384,}>")
_MOST_ATTRIBUTES = 1000

# Made once, as one for each page costs a tenth of the parsing of most pages; threads wait for each other at it.
# Nothing asks for an element by its id, of which libxml2 would keep a table.
_PARSER = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, collect_ids=False)


def decode(body: bytes, content_type: str = "") -> tuple[str, str, tuple[str, ...]]:
    """The text of `body`, the charset it was read with, and flags for what was doubtful.

    Order: byte order mark, valid UTF-8 (portals declare iso-8859-1 over UTF-8 more often than they mean it), the
    header, the page's own meta, UTF-8 with a few broken bytes, windows-1258.
    """
    for mark, charset in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(charset, "replace"), charset, ()
    try:
        return body.decode("utf-8"), "utf-8", ()
    except UnicodeDecodeError:
        pass
    in_header = _HEADER_CHARSET.search(content_type)
    in_meta = _META_CHARSET.search(body[:4096])
    declared = [in_header.group(1)] if in_header else []
    declared += [in_meta.group(1).decode("ascii")] if in_meta else []
    for name in declared:
        charset = _ALIASES.get(name.lower(), name.lower())
        if charset.replace("_", "-") in ("utf-8", "utf8"):
            break
        text = _decoded(body, charset)
        if text is not None:
            return text, charset, ()
    guess = body.decode("utf-8", "replace")
    broken = guess.count("\ufffd")
    if broken * 20 <= sum(1 for char in guess if char > "\x7f") or broken <= 3:
        return guess, "utf-8", ("charset_broken",)
    return body.decode("windows-1258", "replace"), "windows-1258", ("charset_guessed",)


def _decoded(body: bytes, charset: str) -> str | None:
    try:
        return body.decode(charset, "replace")
    except (LookupError, ValueError, UnicodeError):
        return None  # a name nobody knows, or a codec that is no text encoding


def parse(markup: bytes) -> etree._Element:
    """The tree of an HTML text in UTF-8; an empty `html` element where there is nothing to parse."""
    if len(markup) > _LARGE:
        markup = _LONG_TAG.sub(_bare, markup)
    try:
        root = etree.fromstring(markup, _PARSER)
    except (etree.LxmlError, ValueError):
        root = None
    return etree.Element("html") if root is None else root


def _bare(tag: re.Match[bytes]) -> bytes:
    """A start tag as it is, or without its attributes where nobody can have written so many."""
    written = tag[0]
    return written if max(written.count(b"="), written.count(b" ")) <= _MOST_ATTRIBUTES else b"<" + tag[1] + b">"
