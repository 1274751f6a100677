"""Names of people who wrote nothing: who signs under an office or for others, and whose words are quoted."""

from __future__ import annotations

import re

from crawler.reading.outline.blocks import Block, Box
from crawler.reading.people import read_byline
from crawler.reading.people.makers import are_people
from crawler.reading.people.names import is_medium, is_organisation, is_place, without_titles

# Over the name of who signs: his office, or for whom he signs.
OFFICE = re.compile(
    r"^\W*(?:(?:kt|tm|tl|tuq)\.|t[./] ?m\b)|^(?:thay mat|thua (?:lenh|uy quyen)|xac nhan|y kien) [^.,:;?!]{3,60}$"
    r"|^(?:lanh dao|can bo|phu trach|uy vien|giao vien|thuong truc|ben [ab]|chu (?:ho|dau tu))\b[^.,:;?!]{0,50}$"
    r"|^\W*(?:kinh (?:thu|bao|moi|chao)|tran trong(?: kinh (?:moi|bao|chao))?|ky (?:ten|boi)\b.{0,20})\W*$"
    r"|^(?:(?:pho|quyen|q\.) )*(?:chu tich|(?:tong )?giam doc|bi thu|chu nhiem|chanh (?:van phong|thanh tra)"
    r"|(?:chap hanh|dau gia|cong chung|thanh tra|kiem sat|dieu tra) vien|tham phan|ke toan truong"
    r"|bo truong|truong (?:ban|phong|khoa|thon|cong an|doan|xom|ap|khu|tram|nhom|tieu ban|btc|bo mon|bo phan)"
    r"|pho (?:ban|phong|doan|khoa|thon)"
    r"|(?:hieu|vien|cuc|chi cuc|thu|doi|to|tram|khoi|hoi|chi huy) truong"
    r"|nguoi (?:phat ngon|(?:lam|viet|nop) don|khieu nai|to cao|lap|bao cao|thong bao|keu goi|de nghi|de xuat|xac nhan"
    r"|cam (?:ket|doan)|khai|ky|kien nghi|phan anh|yeu cau|uy quyen|lam chung|nhan xet)"
    r"|dai dien|chu toa|chanh an|(?:tong )?thu ky|ky thay)\b"
    r"|noi nhan|da ky"
)
_LIFE = re.compile(r"(?:sinh (?:ngay|nam)|(?:ngay|nam) sinh|que quan|chuc vu)\b")
_SIGNATURE = 40  # characters of a line between an office and the signer's name, such as "(Đã ký)"
_LONGEST_QUOTE = 3  # lines
_LONGEST_SAYING = 160  # characters
_OPENING, _CLOSING = frozenset("“\"«‘'"), frozenset("”\"»’'")


def holds_office(block: Block, known: dict[int, Block]) -> bool:
    """Whether the line below says who the one is whom a line names, his office or his birth: the page is about him."""
    below = known.get(block.order + 1)
    return below is not None and (OFFICE.search(below.folded) or _LIFE.match(below.folded)) is not None


def signs_for(block: Block, below: Block | None) -> bool:
    """Whether a line says in whose name the one below it signs: an office, or an authority over a name alone."""
    if len(block.text) > 60:
        return False
    if OFFICE.search(block.folded) is not None:
        return True
    if below is None or not _is_set_off(block) or block.text[-1] in ".,:;!?" or is_medium(block.text):
        return False
    if not are_people(without_titles(below.text)):
        return False
    # in capitals any words but a name and a byline's label: "PHÒNG VĂN HÓA", "ĐẠI BIỂU DỰ HỌP"
    return is_organisation(block.text) or (block.text.isupper() and _says_no_maker(block.text, below.text))


def stands_under(office: int, block: Block, known: dict[int, Block]) -> bool:
    """Whether nothing but short lines stands between an office and a line below it, as over a signer's name."""
    between = range(office + 1, block.order)
    return office < block.order and all(
        order in known and len(known[order].text) <= _SIGNATURE and known[order].text[-1] != "." for order in between
    )


def _says_no_maker(over: str, name: str) -> bool:
    """Whether words are neither a name nor what stands before one in a byline, with or without a colon."""
    if len(over.split()) < 2 or are_people(without_titles(over)) or is_place(over):
        return False
    told = read_byline(f"{over}: {name}")
    return told is None or not told.authors


def is_speaker(block: Block) -> bool:
    """Whether a line stands under another in a short quotation."""
    box: Box | None = block.box
    for _ in range(3):
        if box is None or box.last - box.first > _LONGEST_QUOTE:
            return False
        if box.tag == "blockquote":
            return block.order > box.first
        box = box.parent
    return False


def is_saying(block: Block) -> bool:
    """Whether a line is nothing but a short quotation, set apart from the text."""
    text = block.text.rstrip(".")
    quoted = text[0:1] in _OPENING and text[-1:] in _CLOSING and len(text) <= _LONGEST_SAYING
    return quoted and _is_set_off(block)


def _is_set_off(block: Block) -> bool:
    return block.is_bold or block.is_italic or block.align in ("center", "right")
