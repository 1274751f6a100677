"""The frame of a page round its story: the site's menu, the masthead above it, and titled boxes of short lines.

No class has to say what they are: a menu is a run of short links, its masthead is what stands above it before anything
is told, and a box of the frame has a title that portals give such boxes and tells nothing under it.
"""

from __future__ import annotations

import re
from itertools import accumulate

from archive.vietnam.text import letters
from crawler.reading.outline.blocks import Block, Box, Outline
from crawler.reading.outline.rows import is_file_link, is_title_link
from crawler.reading.text.lines import tells

_HOME = re.compile(r"\W*(?:trang (?:chu|nhat)|home(?:page)?|tin tuc)\b")
_FEWEST = 5  # links of a menu
_LONGEST = 24  # characters of its links, in the mean; a headline has twice as many
_LONG_NAME = 30  # characters; no box's title is so long
_MAST = 10  # blocks over the menu: the site's name, its slogan, the clock
# Over boxes of the frame; folded, the whole line.
_BOX_TITLE = re.compile(
    r"\W*(?:(?:so )?(?:luot|nguoi) (?:truy cap|xem|online)|thong ke(?: (?:truy cap|website|luot truy cap))?|truc tuyen"
    r"|thoi tiet\b.{0,30}|du bao thoi tiet|ty gia\b.{0,30}|gia (?:vang|ca(?! phe\b))\b.{0,30}|chung khoan"
    r"|(?:cac )?(?:lien ket|web ?link)s?(?: (?:web(?:site)?|trang|site|nhanh|ngoai|huu ich|khac))*"
    r"|(?:thu vien|album|kho)(?: (?:anh|video|hinh anh|media|clip|da phuong tien))*|video(?: ?clip)?s?|truyen hinh"
    r"|lich (?:cong tac|lam viec|tiep (?:cong )?dan|hop|truc|phat song)(?: (?:tuan|thang))?"
    r"(?: (?:nay|cua|lanh dao).{0,30})?"
    r"|y kien (?:cong dan|nguoi dan|cu tri)|hoi(?: -)? dap|tham do(?: y kien)?|binh chon|dien dan"
    r"|van ban (?:chi dao(?:,? dieu hanh)?|phap (?:luat|quy)|moi(?: ban hanh)?|quy pham(?: phap luat)?)"
    r"|thong bao(?: moi)?|tin (?:tieu diem|nong|anh|van)|su kien|tieu diem|duong day nong|hotline|truy na"
    r"|chuyen muc|danh muc|menu|dang nhap|tim kiem|quang cao|doi tac|ban do|tien ich|ung dung|dich vu cong"
    r"|links?|weather|visitors?|statistics|counter)\W*"
)


def mark_menus(outline: Outline) -> None:
    """Give runs of short links the zone of a menu, and what stands over the site's first one that of a header."""
    counts = [0] * (len(outline.blocks) + 1)  # of links by the block in which they begin
    for anchor in outline.anchors:
        counts[anchor.order] += 1
    run: list[Block] = []
    for block, links in zip(outline.blocks, counts, strict=False):
        if links and _is_entry(block, links):
            run.append(block)
        elif run:
            _close(run, counts, outline)
            run = []
        if links > 1 and block.linked >= max(0.5 * len(block.text), 18 * links) and is_title_link(block):
            block.in_row = True  # linked headlines in one line: a list whose elements are no blocks
    _close(run, counts, outline)


def _is_entry(block: Block, links: int) -> bool:
    """Whether a block is nothing but short links to pages of the site."""
    if block.link_share < (0.75 if links > 1 else 0.85) or block.href is None or block.level:
        return False
    return block.linked <= 30 * links and not is_file_link(block.href)


def _close(run: list[Block], counts: list[int], outline: Outline) -> None:
    links = sum(counts[block.order] for block in run)
    if links < _FEWEST or sum(block.linked for block in run) > _LONGEST * links:
        return
    for block in run:
        block.zone = block.zone or "nav"
    above = outline.blocks[: run[0].order]
    below = len(outline.blocks) - run[-1].order - 1
    if outline.masthead or len(above) > min(_MAST, below) or not any(_HOME.match(block.folded) for block in run[:3]):
        return
    if not any(map(tells, above)):
        outline.masthead = run[0].order
        for block in above:
            block.zone = block.zone or "header"


def mark_boxes(outline: Outline, title: str) -> None:
    """Set the zone of the titled boxes beside the story; a box with the page's `title` in it is none."""
    blocks = outline.blocks
    title = letters(title)
    told = list(accumulate([len(block.text) >= 60 and block.free and tells(block) for block in blocks], initial=0))
    headed = told[-1] > 1 or any(block.free and _is_of_a_story(block, title) for block in blocks)
    opening = next((block.order for block in blocks if block.in_row or (block.level and not block.zone)), len(blocks))
    for block in blocks:
        if block.zone is not None or block.related or block.in_row or block.link_share > 0.5:
            continue
        if (
            _is_label(block)
            or len(block.text) > 50
            or _BOX_TITLE.fullmatch(block.folded) is None
            or _names_the_page(block, title)
        ):
            continue
        end = _end_of_box(block, blocks, told)
        inside = blocks[block.order + 1 : end]
        if not inside and block.level and (len(block.text) >= _LONG_NAME or _stands_between(block, told)):
            continue  # over what is told: "Lịch tiếp công dân của lãnh đạo xã quý I năm 2026"
        if any(_is_of_a_story(each, title) for each in inside):
            continue
        if not headed and block.order <= opening:
            continue  # the first list of a page without a headline may be what it was made for
        for each in blocks[block.order : end]:
            each.zone = each.zone or "aside"


def _stands_between(block: Block, told: list[int]) -> bool:
    """Whether something is told before and right behind a heading in the element that holds it."""
    around = block.box.parent
    if around is None or block.order + 1 >= around.last:
        return False
    return told[block.order] > told[around.first] and told[block.order + 2] > told[block.order + 1]


def _names_the_page(block: Block, title: str) -> bool:
    """Whether a line is the whole title, or so much of it that no box is called so by chance."""
    name = letters(block.text)
    return name == title or (len(name) >= 15 and title.startswith(name))


def _is_label(block: Block) -> bool:
    """Whether a line names what stands in the next cell of a table or a list of definitions, or what a button does."""
    row = block.box.parent
    return block.box.tag in ("dt", "button") or (row is not None and row.tag == "tr" and row.last - row.first > 1)


def _end_of_box(block: Block, blocks: list[Block], told: list[int]) -> int:
    """Past the last line under a box's title: of the largest element it opens that tells nothing, else of a run."""
    box: Box = block.box
    while box.parent is not None and box.parent.first >= block.order and box.parent.tag not in ("body", "html"):
        if told[box.parent.last] > told[block.order]:
            break
        box = box.parent
    if box.last > block.order + 1:
        return box.last
    last = box.parent.last if box.parent is not None else box.last
    for order in range(block.order + 1, last):
        each = blocks[order]
        if each.level or (each.box.tag, each.box.words) == (block.box.tag, block.box.words) or each.zone is not None:
            return each.order
        if told[each.order + 1] > told[each.order]:
            return block.order + 1  # what is told may have its headline and its day among these lines
    return last


def _is_of_a_story(block: Block, title: str) -> bool:
    """Whether a line cannot be a box's: the page's headline, a heading that leads nowhere, a file."""
    if block.href is not None and is_file_link(block.href):
        return True
    if block.level and block.link_share < 0.5 and len(block.text) >= 25 and not _BOX_TITLE.fullmatch(block.folded):
        return True
    short = letters(block.text)
    return len(short) >= 15 and short in title
