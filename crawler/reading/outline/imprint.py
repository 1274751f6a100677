"""The site's imprint at the foot of a page: who runs it, under which licence, where; never a part of the story.

Told by its words, since many portals set it in a plain `div`: on a page of a picture or a file alone it is all the
prose there is.
"""

from __future__ import annotations

import re

from crawler.reading.outline.blocks import Block, Outline
from crawler.reading.outline.cells import is_of_data
from crawler.reading.outline.rows import is_title_link
from crawler.reading.people.names import is_organisation

_IMPRINT = re.compile(
    r"(?:dia chi|tru so|dien thoai|tel|fax|email|hotline|giay phep|gp so|chiu trach nhiem|truong ban bien tap|tong "
    r"bien tap|co quan chu quan"
    r"|ban quyen|copyright|©|\(c\)|thiet ke boi|phat trien boi|xay dung boi|ghi ro nguon|all rights reserved"
    r"|designed by|powered by)"
    r"|.{0,60}(?:ghi ro nguon|all rights reserved|giu ban quyen|ban quyen thuoc)|so luot truy cap|dang truy cap"
    r"|luot truy cap"
    r"|[®©]"
)
_LONGEST_SLOGAN = 80  # characters
_LONGEST_TOOL = 12  # characters: Joomla's link that mails the page
_OFFICE = re.compile(r"(?:cong|trang) (?:thong tin|ttdt|tin )|co quan|uy ban nhan dan|ubnd|so |bao |dai ")
_STREET = re.compile(
    r"[-–|,:] (?:so )?(?:\d+[a-z]?,? )?(?:duong|pho|dai lo|quoc lo|(?:khoi|khu|khu pho|to dan pho|tieu khu) \d)\b"
)
_REACHED = re.compile(r"\W\s*(?:dt|dien thoai|tel|fax|e-?mail|hotline)\s*[:.]\s*[\d(+\w]")
_CONTACT = re.compile(r"dia chi|dien thoai|tel\b|fax|email|hotline")
# What an imprint tells besides its address: one line with two of these is one, wherever it stands behind the text.
_TOLD = re.compile(
    r"(?<!\w)(?=[abcdefghnptvx©])"
    r"(?:(?P<charge>chiu trach nhiem\s*(?:chinh|xuat ban|noi dung|quan ly|:)|nguoi chiu trach nhiem"
    r"|(?:truong ban|tong) bien tap|co quan (?:chu quan|van hanh|ngon luan|cua (?:ban chap hanh )?dang bo)"
    r"|phu trach\s*:|nguoi quan tri)"
    r"|(?P<licence>giay phep (?:so|hoat dong|thiet lap)|gp so)|(?P<site>\bgp-?(?:ttdt|bttt+|stttt|bc|ptth))\b"
    r"|(?P<origin>ghi ro nguon)|(?P<rights>ban quyen|copyright|©|all rights reserved)"
    r"|(?P<maker>(?:thiet ke|xay dung|phat trien|van hanh) boi|powered by)"
    r"|(?P<contact>(?:dien thoai|\bdt|tel|fax|e-?mail|dia chi|hotline)\s*[:.]))"
)
_RIGHTS = re.compile(
    r"(?:ban quyen|copyright)\b|©|\(c\)|chiu trach nhiem (?:noi dung|xuat ban|chinh)\s*:|.{4,60}\. phu trach\s*:"
)


def is_imprint(block: Block) -> bool:
    """Whether the line tells who runs the site: address, licence, copyright, visitors; no tool does ("In", "Email")."""
    tool = len(block.text) <= _LONGEST_TOOL and block.link_share > 0.8
    return not tool and _IMPRINT.match(block.folded) is not None


def _tells_twice(block: Block) -> bool:
    """Whether one line tells two things of an imprint: "UBND tỉnh X. Điện thoại: … Giấy phép số …"."""
    return len({match.lastgroup for match in _TOLD.finditer(block.opening(400))}) >= 2


def _tells_rights(block: Block) -> bool:
    return _RIGHTS.match(block.folded) is not None


def _is_housed(block: Block) -> bool:
    """Whether a line is an office and its street: "Sở Nội vụ tỉnh X - 12 đường Hùng Vương"."""
    if len(block.text) > 160:
        return False
    if _OFFICE.match(block.folded) and _STREET.search(block.folded):
        return True
    reached = _REACHED.search(block.folded)
    return reached is not None and _is_alone(block) and is_organisation(block.text[: reached.start()].split(". ")[0])


def _is_alone(block: Block) -> bool:
    """Whether a line fills an element of its own, under which no text stands."""
    box = block.box.parent if block.box.tag in ("p", "li", "dd") else block.box
    return box is not None and box.first == block.order


def _ends_a_notice(block: Block, blocks: list[Block], tail: list[Block]) -> bool:
    """Whether an address or a telephone stands in one element with the text above, and no licence or right with it."""
    if not _CONTACT.match(block.folded):
        return False
    around = block.box.parent if block.box.parent is not None and block.box.tag != "div" else block.box
    around = around if block.after_break or block.box.tag != "div" else block.box.parent or block.box
    if any(around.first <= each.order < around.last and not _CONTACT.match(each.folded) for each in tail):
        return False
    above = blocks[max(around.first, block.order - 30) : block.order]
    return any(len(each.text) >= 60 and each.link_share < 0.4 and each.zone is None for each in above)


def mark_imprint(outline: Outline) -> None:
    """Give the site's imprint at the page's end the footer's zone where no class says it: two telling lines or more."""
    blocks = outline.blocks
    # a counter in a side column, before a page of a headline and a file, is none
    under = max((block.order for block in blocks[-14:] if _is_of_a_page(block)), default=-1)
    tail = [block for block in blocks[-14:] if block.order > under and len(block.text) <= 400 and is_imprint(block)]
    # "Điện thoại" over a column of a list of offices, "Trụ sở tiếp công dân" in a timetable
    tail = [block for block in tail if not (_ends_a_notice(block, blocks, tail) or is_of_data(block, cells=3))]
    rights = [block for block in blocks[-3:] if _tells_rights(block) or _tells_twice(block) or _is_housed(block)]
    if len(tail) < 2 and not rights:
        _mark_single(blocks)
        return
    first = min(block.order for block in (*tail, *rights))
    above = blocks[first - 1] if first else None
    if above is not None and len(above.text) <= 90 and not above.text.endswith(".") and _OFFICE.match(above.folded):
        first -= 1
    for block in blocks[first:]:
        block.zone = block.zone or "footer"
    _mark_single(blocks)


def _is_of_a_page(block: Block) -> bool:
    """Whether a line behind a counter or an address shows that it is no imprint: a headline, other stories, a story."""
    if len(block.text) >= _LONGEST_SLOGAN and block.text.endswith(".") and block.zone is None and not block.linked:
        return not (is_imprint(block) or _TOLD.search(block.folded) or _OFFICE.match(block.folded))
    return (block.level > 0 and len(block.text) >= 25) or (block.in_row and block.zone is None and is_title_link(block))


def _mark_single(blocks: list[Block]) -> None:
    """Give an imprint in one line the footer's zone where columns or scripts' boxes stand behind it."""
    for block in reversed(blocks):
        if block.zone is not None or block.related or block.in_row:
            continue
        opens = len(block.text) <= 400 and (is_imprint(block) or _OFFICE.match(block.folded))
        if (opens and _tells_twice(block)) or (len(block.text) <= 160 and _tells_rights(block)):
            block.zone = "footer"
        elif len(block.text) >= 60 and block.text.endswith("."):
            return
