"""A name behind the full stop of an article's last paragraph: "… ổn định lâu dài. <b>Minh Đức</b>", "… (TTXVN)"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from archive.vietnam.text import fold
from crawler.reading.made.candidates import Candidate
from crawler.reading.made.last_lines import is_frame
from crawler.reading.outline.blocks import Block
from crawler.reading.page import text_of
from crawler.reading.people.makers import are_people
from crawler.reading.people.names import has_family_name
from crawler.reading.text.span import Span

_SET_OFF = frozenset(("b", "strong", "i", "em"))
_DEEPEST_NAME = 8  # elements in each other
_SENTENCE = 25  # characters; shorter is the number of an item
_BEHIND_STOP = re.compile(
    r"(?:(?<=[^\W\d_]{3}[.!?…])|(?<=\d[.!?])|(?<=[.!?…][”\"])|(?<=\./\.))\s*"
    r"(?:[(\[](?P<bracketed>[^()\[\]]{3,60})[)\]]\.?|(?<=\s)(?P<bare>[^.!?()…]{5,60}))$"
)
_BEHIND_LABEL = re.compile(r"theo \w+|(?:nguon|tin|bai|tin, ?anh|bai,? (?:va )?anh|tac gia)\s*:")


def ending(blocks: list[Block], span: Span, used: set[int]) -> Iterator[Candidate]:
    """The name with which the last paragraph ends, in words or in an element set off."""
    text = (block for block in blocks[span.prose : span.end][::-1] if block.order not in used)
    last = next((block for block in text if not is_frame(block)), None)
    if last is None or not last.free:
        return
    found = _BEHIND_STOP.search(last.text)
    if found and found.start() >= _SENTENCE:
        name = found["bracketed"] or found["bare"]
        if last.text[: found.start()].split()[-1].isupper():  # "UBND TP. Kon Tum"
            return
        if found["bracketed"] or (has_family_name(name) and are_people(name)) or _BEHIND_LABEL.match(fold(name)):
            yield Candidate("ending", name, False, set(), ends=last)
    if len(last.box.node) == 0:
        return
    node = _last_element(last.box.node)
    name = text_of(node)
    before = last.text.removesuffix(name).rstrip(" –—-")
    if node.tag not in _SET_OFF or not 3 <= len(name) <= 60 or not last.text.endswith(name):
        return
    if before.endswith((".", "!", "?", "”", '"')):
        yield Candidate("ending", name, False, set(), ends=last)


def _last_element(node: etree._Element) -> etree._Element:
    """The element set off with which a paragraph ends; empty ones behind it do not count."""
    for _ in range(_DEEPEST_NAME):
        if not len(node) or (node.tag in _SET_OFF and (node.text or "").strip()):
            break
        filled = (each for each in reversed(node) if (each.tail or "").strip() or text_of(each))
        inner = next(filled, None)
        if inner is None or (inner.tail or "").strip():
            break
        node = inner
    return node
