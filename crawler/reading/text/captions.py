"""Which lines describe a picture: by their mark, their words, or by how they are set beside it."""

from __future__ import annotations

import re

from crawler.reading.outline.blocks import Block
from crawler.reading.text.lines import ENDS

_CAPTION_START = re.compile(
    r"\(?\s*(?:anh|hinh|hinh anh|anh minh hoa|anh tu lieu|clip|video|photo|so do|toan canh)\b[^:]{0,30}[:.]"
)
_CAPTION_END = re.compile(
    r"\(?\s*(?:anh|nguon anh|photo|anh va chu thich)\s*:\s*[^:]{2,60}\)?\.?$|\(anh[^)]{0,60}\)\.?$"
)
_LONGEST_LINE = 150  # of a bare line under a picture


def is_caption(block: Block, after_image: bool) -> bool:
    """Whether the line describes the picture before it: by its mark, its words, or by how it is set."""
    if len(block.text) > 350:
        return False
    if is_marked_caption(block):
        return True
    if not after_image:
        return False
    if is_under_picture(block):
        return True
    if _CAPTION_START.match(block.folded) or _CAPTION_END.search(block.folded):
        return True
    return len(block.text) <= 250 and (block.is_italic or (block.level == 0 and _is_centred(block)))


def is_marked_caption(block: Block) -> bool:
    """Whether the page's markup says that a line describes a picture."""
    return block.has("caption") or block.box.tag in ("figcaption", "caption") or _in_figure(block)


def _is_centred(block: Block) -> bool:
    """Whether a line is set in the middle by itself, not with all the text around it."""
    outer = block.box.parent
    while outer is not None and outer.last - outer.first == 1:
        outer = outer.parent
    return block.align == "center" and not (
        outer is not None and outer.align == "center" and outer.last - outer.first > 3
    )


def is_under_picture(block: Block) -> bool:
    """Whether the block is the only one of a table, or a bare line the only one of a box, that holds a picture too.

    Tables are the captions of Word and old editors; NukeViet 3 sets the first picture into `<div id="imghome">`.
    """
    box = block.box
    bare = len(block.text) <= _LONGEST_LINE and not block.text.endswith(ENDS) and not block.level
    while box.parent is not None and box.parent.last - box.parent.first == 1:
        box = box.parent
        if box.tag == "table":
            return len(block.text) <= 300
        if bare and box.tag == "div" and next(box.node.iter("img"), None) is not None:
            return True
    return False


def _in_figure(block: Block) -> bool:
    box = block.box
    for _ in range(4):
        if box.tag == "figure":
            return True
        if box.parent is None or box.tag == "table":  # WordPress sets tables into figures
            return False
        box = box.parent
    return False
