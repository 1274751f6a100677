"""The pictures of an article, and the lines that describe them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from crawler.reading.blocks import Block, Media, Outline
from crawler.reading.headline import key
from crawler.reading.lines import is_caption
from crawler.reading.span import Span, is_inside, is_of_others

_PICTURE = re.compile(
    r"^\s*(?:data:|about:)|blank\.|spacer|pixel|1x1|loading|lazy|placeholder|transparent", re.IGNORECASE
)
_DECORATION = re.compile(
    r"icon|logo|avatar|banner|button|btn|sprite|emoji|smil|arrow|bullet|star|print\.|rss|facebook|zalo|share|captcha|qr-?code",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in the text, and the block before which it stands."""

    node: etree._Element
    src: str
    order: int
    caption: str | None


def find_captions(outline: Outline, blocks: list[Block], span: Span) -> Iterator[tuple[int, Block]]:
    """Order of each caption and its block."""
    pictures = {
        each.order: each.node
        for each in outline.media
        if each.tag == "img" and span.head <= each.order <= span.end and not _is_decoration(each)
    }
    for block in blocks:
        picture = pictures.get(block.order)
        told = key(picture.get("alt") or "") if picture is not None and len(block.text) <= 250 else ""
        if is_caption(block, picture is not None) or (len(told) >= 12 and told == key(block.text)):
            yield block.order, block


def find_pictures(outline: Outline, span: Span, captions: dict[int, Block]) -> Iterator[Picture]:
    seen: set[str] = set()
    known: dict[int, bool] = {}
    for each in outline.media:
        if each.tag != "img" or not span.head <= each.order <= span.end or not is_inside(each.box, span.box, known):
            continue
        if each.zone is not None or _is_decoration(each):
            continue
        if is_of_others(outline, each.order, each.box, span):
            continue
        src = source_of(each.node)
        if src and src not in seen:
            seen.add(src)
            caption = captions.get(each.order)
            yield Picture(each.node, src, each.order, caption.text if caption else None)


def source_of(node: etree._Element) -> str | None:
    """The address of a picture, the lazy one where the plain one is a placeholder."""
    for name in ("data-src", "data-original", "data-lazy-src", "src"):
        value = node.get(name)
        if value and not _PICTURE.search(value[:200]):
            return value.strip()
    return None


def _is_decoration(media: Media) -> bool:
    node = media.node
    for name in ("width", "height"):
        digits = re.match(r"\s*(\d+)\s*(?:px)?\s*$", node.get(name) or "")
        if digits and int(digits[1]) < 48:
            return True
    source = source_of(node) or ""
    marks = f"{node.get('class') or ''} {source.rsplit('/', 1)[-1]}"
    return not source or bool(_DECORATION.search(marks))
