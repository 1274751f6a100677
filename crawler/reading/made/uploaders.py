"""Who put a page there, for pages that name nobody else: "Đăng bởi Nguyễn Lê Hoài An vào lúc 20:41"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from archive.schema import Author
from archive.vietnam.text import fold
from crawler.reading.made.beside_time import runs
from crawler.reading.outline.blocks import Block
from crawler.reading.page import Page
from crawler.reading.people import Byline
from crawler.reading.people.makers import are_people
from crawler.reading.people.names import has_family_name
from crawler.reading.text.span import Span

_LABEL = re.compile(
    r"(?<!\w)(?:(?:duoc )?(?P<sent>dang|gui)(?: tin| bai)?(?: (?:vao |luc |ngay )*\d[\d/:.,h -]{4,24})? boi"
    r"|nguoi (?P<sender>dang|gui)(?: tin| bai)?|posted by)(?!\w)\s*:?\s*"
)
# A citizen who asks, and whom an office answers, "sends" as well.
_ASKED = re.compile(
    r"\W*(?:(?:noi dung )?(?:cau hoi|phan anh|kien nghi)|hoi|(?:cau |noi dung )?tra loi|y kien)\s*[:\d]"
)
# Where citizens ask: in the headline or the breadcrumbs.
_ASKING = re.compile(
    r"^\W*(?:(?:phan anh|kien nghi|gop y|thac mac)\b|(?:cau )?hoi\s*:)"
    r"|\bhoi\s*(?:[-–&/,]|va)?\s*dap\b|\bcau hoi\b|\b(?:phan anh|kien nghi|gop y)\s*(?:[-–,:>/»|]|$)"
)
_QUESTION = re.compile(r"\?\W*$|\?[^?]{0,80}\b(?:cam on|tra loi|giai dap)\b[^?]{0,40}$")
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)?(?![\w@'])")
# Words with which the next field begins.
_NEXT = frozenset(("thứ", "chủ", "ngày", "lúc", "vào", "lượt", "chuyên", "cập", "đăng", "xem", "tin", "on", "at", "in"))


def uploader(blocks: list[Block], page: Page, headline: Block | None, span: Span) -> Byline | None:
    """The one person of whom the page says that he put it there.

    Only a whole name counts: a known family name and one to four words more, all of them capitalised. Accounts,
    offices and single words are nobody, and so is everybody where a page names two.
    """
    told = set(_named(blocks))
    asked = any(sent for _, sent in told) and _is_asked(blocks, page, headline, span)
    found = {name for name, sent in told if not (asked and sent)}
    if len(found) != 1:
        return None
    name = found.pop()
    return Byline((Author(name),), None, name)


def _is_asked(blocks: list[Block], page: Page, headline: Block | None, span: Span) -> bool:
    """Whether a page holds what a citizen asks: by a label, its headline, its breadcrumbs, or the end of its text."""
    way = (block for block in page.outline.blocks if block is headline or block.zone == "crumb")
    end = " ".join(block.folded for block in page.outline.blocks[max(span.prose, span.end - 2) : span.end])
    return (
        any(_ASKED.match(block.folded) for block in blocks)
        or any(_ASKING.search(block.folded) for block in way)
        or _QUESTION.search(end) is not None
    )


def _named(blocks: list[Block]) -> Iterator[tuple[str, bool]]:
    """Each whole name behind such a label, and whether the label says "sent"."""
    for value, block in pairwise([None, *blocks]):  # from the page's end
        assert block is not None
        label = _LABEL.search(block.folded)
        if label is None:
            continue
        sent = "gui" in (label["sent"], label["sender"])
        if label.end() < len(block.text):
            told = list(_behind_label(block))
        elif label.start() == 0 and value is not None and value.order == block.order + 1:
            told = [value.text]
        else:
            continue
        for text in told:
            if (name := _whole_name(text)) is not None:
                yield name, sent
                break


def _behind_label(block: Block) -> Iterator[str]:
    """What stands behind the label, in the element beside it and in the whole line."""
    told = runs(block)
    for place, piece in enumerate(told):
        label = _LABEL.search(fold(piece))
        # in the midst of a line a field begins with a capital: "thư do người gửi …" is told
        if label is not None and (label.start() == 0 or piece[label.start()].isupper()):
            yield piece[label.end() :] or "".join(told[place + 1 : place + 2])


def _whole_name(text: str) -> str | None:
    """The capitalised words with which a text begins, up to the next field, where they are a person's name."""
    words: list[str] = []
    for told in text.split():
        found = _WORD.match(told)
        if found is None or not told[0].isupper() or (words and told.lower() in _NEXT):
            break
        words.append(found[0])
        if found[0] != told:
            break
    name = " ".join(words)
    return name if 2 <= len(words) <= 5 and has_family_name(name) and are_people(name) else None
