"""A link that a listing, a feed or a sitemap names, and what the addresses of pages tell before they are fetched."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Literal
from urllib.parse import urlsplit

from crawler.reading.outline.blocks import Anchor, squeeze
from crawler.reading.page import text_of

LinkKind = Literal["article", "list", "feed", "sitemap"]


@dataclass(frozen=True, slots=True)
class Link:
    """An address worth following; `posted` is the day that the list prints beside it."""

    url: str
    title: str | None = None
    posted: date | None = None
    kind: LinkKind = "article"


@dataclass(frozen=True, slots=True)
class Postback:
    """A page that is asked for by sending a form of this one: where to, the body, and what was pressed for it."""

    url: str
    body: bytes = field(repr=False)
    pressed: str


@dataclass(frozen=True, slots=True)
class Listing:
    """What a list leads to: its articles, its next page, and why it is no list where it is none.

    `growing` are what would have been links or the next page, were they not addresses that grow by themselves.
    `postback` is the next page where no address leads there.
    """

    links: tuple[Link, ...] = ()
    next: str | None = None
    reason: str | None = None
    growing: tuple[str, ...] = ()
    postback: Postback | None = None


def words_of(anchor: Anchor) -> str:
    """What a link says of itself; a button that is a picture has its words only in attributes."""
    node = anchor.node
    said = text_of(node) or squeeze(node.get("title") or node.get("aria-label") or "")
    return said or next((squeeze(each.get("alt") or "") for each in node.iter("img")), "")


_ADMIN = re.compile(
    r"/(?:post/edit|edit|admin|administrator|wp-admin|login|dang-nhap|dangnhap|logout|register|c/portal)(?:/|\.|$)",
    re.IGNORECASE,
)
_LANGUAGES = frozenset(("vi", "en", "vn", "fr", "ja", "zh", "ko", "lo", "km", "vi_vn", "en_us", "vi-vn", "en-us"))


def is_trap(url: str) -> bool:
    """Whether an address grows by itself or leads to an editing or login page."""
    return bool(_ADMIN.search(urlsplit(url).path)) or grows(url)


def grows(url: str) -> bool:
    """Whether an address grows by itself: two languages in it (/vi/en/…), a segment three times, or no end to it."""
    segments = [each.lower() for each in urlsplit(url).path.split("/") if each]
    if len(segments) > 16 or len(url) > 1500:
        return True
    tongues = sum(1 for each in segments if each in _LANGUAGES)
    if tongues > 1 or any(segments.count(each) > 2 for each in set(segments)):
        return True
    # Liferay answers an article's address with /vi behind it by the section's list
    return (
        bool(segments)
        and segments[-1] in _LANGUAGES
        and ("-" in segments or (segments[-2:-1] != [] and "." in segments[-2]))
    )
