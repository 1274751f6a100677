"""Lists of articles on a page: three or more siblings that each hold one linked headline; and links to files."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import lru_cache
from itertools import pairwise
from urllib.parse import unquote

from crawler.reading.outline.blocks import Block, Box, Outline

FILE = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|odt|ods|rtf|zip|rar|7z|jpe?g|png|gif|webp|mp[34]|m4a|wav|avi|mov|wmv|flv|csv|txt)$",
    re.IGNORECASE,
)
_DOWNLOAD = re.compile(r"download|tai-?ve|taive|get_?file|savefile|attach(?:ment)?s?[/=?]|viewfile")  # in lower case

_NO_LIST = ("nav", "crumb", "footer", "header")
_ROW_TAGS = frozenset(("li", "tr", "p", "dd", "dt"))
_A_LIST = 2  # rows
_IN_TURN = 3  # headlines
_LINES = 4  # of a headline, its teaser, its day, "Chi tiết"
_LONGEST_TEASER = 400  # characters
_LONGEST_OVER = 80  # characters of a line over a row's headline: a section's name, a day, an author
_SECTIONS = 2  # columns
_LONGEST_CELL = 40  # characters
_CELLS = 3  # and more, in a row of data
_SENTENCE = 60  # characters
_LONGEST_LINK = 1000  # characters; a line may hold thousands of links, of each of which it is asked
# The posting time of a story as a link to the stories of that day, and of who wrote it (WordPress).
_TIME_LINKED = re.compile(r"(?:dang )?(?:(?:vao|ngay|luc) )*\d{1,2}(?: thang \w+,? \d{4}|[/.-]\d{1,2}[/.-]\d{4})")
_DIGITS = re.compile(r"\d+")
FULL_DAY = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}")


@lru_cache(maxsize=2048)  # every rule asks of every link, and a menu is the same on each page of a portal
def is_file_link(href: str) -> bool:
    """Whether a link leads to a document, an archive, a picture or a recording rather than to a page."""
    path, _, query = href.strip().partition("#")[0].partition("?")
    if "%" in href:
        path, query = unquote(path), unquote(query)
    return bool(FILE.search(path) or (query and FILE.search(query)) or _DOWNLOAD.search(href.lower()))


def is_title_link(block: Block) -> bool:
    """Whether the block is a linked headline: mostly link, long enough to be one, leading to a page."""
    href = block.href
    return (
        href is not None
        and len(block.text) >= 18
        and block.link_share >= 0.6
        and block.text.find(" ", 0, _LONGEST_LINK) >= 0
        and block.text.find("://", 0, _LONGEST_LINK) < 0  # "Nguồn: https://…"
        and not href.lower().startswith(("#", "javascript:", "mailto:", "tel:"))
        and not is_file_link(href)
        and not (block.text[0] in "Đ0123456789" and _TIME_LINKED.match(block.folded))
    )


def mark_rows(outline: Outline) -> None:
    """Set `in_row` on every block of a list of articles."""
    titles = [block for block in outline.blocks if block.zone not in _NO_LIST and is_title_link(block)]
    if len(titles) < 3:
        return
    for block in titles:
        _count_title(block)
    rows: dict[int, list[tuple[Box, Block, bool]]] = defaultdict(list)
    for block in titles:
        root = _row_root(block)
        if root is None:  # several links separated by <br> in one element: each block is its own row
            rows[id(block.box)].append((block.box, block, True))
        elif root.parent is not None:
            rows[id(root.parent)].append((root, block, False))
    for group in rows.values():
        kind, most = Counter([_kind(box) for box, _, _ in group]).most_common(1)[0]
        tags = Counter([box.tag for box, _, _ in group])
        for box, title, single in group:
            if (most < 3 or box.tag != kind[0]) and (tags[box.tag] < 3 or box.tag not in _ROW_TAGS):
                continue
            if single:
                title.in_row = True
            elif _is_of_a_text(box, outline.blocks):
                continue
            elif _is_row(inside := outline.blocks[box.first : box.last], title):
                for each in inside:
                    each.in_row = True
        _mark_in_turn([title if single else outline.blocks[box.first] for box, title, single in group], outline.blocks)


def _mark_in_turn(titles: list[Block], blocks: list[Block]) -> None:
    """Mark the teasers that stand in turn with linked headlines in one element, each of as many lines.

    Links in paragraphs of their own may stand in turn with a story's; headings, and links right in the element, do not.
    """
    parted = {below.order - above.order for above, below in pairwise(titles)}
    if len(titles) < _IN_TURN or len(parted) != 1 or not all(each.in_row for each in titles):
        return
    lines, last = parted.pop(), titles[-1]
    around = last.box.parent if last.level else last.box
    if not 2 <= lines <= _LINES or around is None or not (last.level or titles[0].box is around):
        return
    held = blocks[titles[0].order : min(last.order + lines, around.last)]
    if all(len(each.text) <= _LONGEST_TEASER for each in held):
        for each in held:
            each.in_row = True


def mark_sections(outline: Outline) -> None:
    """Mark the columns under a story that show the site's sections: a linked name over headlines and a teaser.

    Two columns alike make them; by the teasers alone they read like paragraphs of the story.
    """
    columns: dict[tuple[int, tuple[str, str]], list[list[Block]]] = defaultdict(list)
    for block in outline.blocks:
        if block.zone is not None or block.link_share < 0.9 or len(block.text) > _LONGEST_CELL:
            continue
        box = block.box
        while box.parent is not None and box.first == block.order:
            held = outline.blocks[box.first : box.last]
            if any(_is_alike(each, block) for each in held[1:]):
                break
            if _is_small(held) and sum(map(is_title_link, held[1:])) >= _A_LIST:
                columns[id(box.parent), _kind(box)].append(held)
            box = box.parent
    for alike in columns.values():
        if len(alike) >= _SECTIONS:
            for name, *rows in alike:
                name.related = True
                for each in rows:
                    each.in_row = True


def _is_alike(block: Block, name: Block) -> bool:
    return (block.box.tag, block.box.words) == (name.box.tag, name.box.words)


def _kind(box: Box) -> tuple[str, str]:
    """What the rows of one list share: the tag and the first class, without its number."""
    return box.tag, _first_unnumbered(box.words)


@lru_cache(maxsize=2048)
def _first_unnumbered(words: str) -> str:
    return _DIGITS.sub("", words.split(" ", 1)[0])


def _is_row(inside: list[Block], title: Block) -> bool:
    """Whether a linked headline's element is a row: small, and no paragraph over the link, as in a story's part."""
    return _is_small(inside) and all(
        len(each.text) <= _LONGEST_OVER for each in inside[: title.order - inside[0].order]
    )


def _is_of_a_text(row: Box, blocks: list[Block]) -> bool:
    """Whether a row with a linked name is of a table between two sentences in one element, or of one led to by ":"."""
    table = row.parent
    if row.tag == "tr" and table is not None and table.tag in ("tbody", "thead"):
        table = table.parent
    if row.tag != "tr" or row.last - row.first < _CELLS or table is None or table.parent is None:
        return False
    around = table.parent
    if not around.first < table.first or blocks[table.first].linked:
        return False
    over, under = blocks[table.first - 1], blocks[table.last] if table.last < around.last else None
    return _is_told(over) and (over.text.endswith(":") or (under is not None and _is_told(under)))


def _is_told(block: Block) -> bool:
    return len(block.text) >= _SENTENCE and not block.linked and block.text.endswith((".", ":"))


def _is_small(blocks: list[Block]) -> bool:
    """Whether a row's text is a teaser's rather than a story's."""
    if len(blocks) > 14:
        return False
    told = 0
    for block in blocks:  # most are one or two, for which a comprehension costs more than it saves
        told += len(block.text) - block.linked
    return told <= 900


def _count_title(block: Block) -> None:
    box: Box | None = block.box
    while box is not None and not box.many_titles:
        if box.title_href is None:
            box.title_href = block.href
        elif box.title_href != block.href:
            box.many_titles = True
        box = box.parent


def _row_root(block: Block) -> Box | None:
    """The largest box that holds this headline and no other; None where the headline's own box holds more."""
    box = block.box
    if box.many_titles:
        return None
    while box.parent is not None and not box.parent.many_titles:
        box = box.parent
    return box
