"""What the words of a title tell by themselves: a site's name, a template's gap, the day behind a headline."""

from __future__ import annotations

import re

from archive.vietnam.text import fold
from crawler.reading.people.names import is_organisation

SEPARATORS = re.compile(r"\s+[-–—|»›>•·:/]+\s+|\s*(?:\||::|»|›|&raquo;)\s*")
# What a page is called that is no article; folded, whole title.
_SITE_WORDS = re.compile(
    r"(?:trang chu|home(?: ?page)?|tin tuc|tin tuc su kien|tin tuc - su kien|chi tiet(?: tin)?(?: tuc)?|chi "
    r"tiet bai viet|tin chi tiet"
    r"|news|hot news|detail|noi dung|noi dung chi tiet|van ban|thong bao|gioi thieu|lien he|untitled(?: document)?"
    r"|(?:cong|trang) (?:thong tin|ttdt|tttt|giao tiep|tin\b).*"
    r"|bai viet|xem tin|gallery|(?:thu vien |album )?(?:video(?: ?clip)?s?|hinh anh|anh)|(?:multi)?media|podcast"
    r"|(?:chi tiet|thong tin|noi dung|xem|thuoc tinh)(?: chi tiet)? van ban|he thong van ban.*"
    r"|van ban (?:phap (?:quy|luat)|chi dao(?:,? dieu hanh)?|moi(?: ban hanh)?)(?: cua .+)?"
    r"|tin (?:trong (?:tinh|huyen|nuoc|xa)|dia phuong|the gioi|tong hop|hoat dong|moi|noi bat|kinh te|van hoa|xa hoi)"
    r"|chi dao,?(?: -)? dieu hanh|cai cach hanh chinh|chuyen doi so"
    r"|hoi[ -]+dap(?: (?:phap luat|truc tuyen))?|(?:chi tiet|noi dung) (?:cau hoi|hoi[ -]+dap)"
    r"|dang nhap|tim kiem|so do (?:site|cong)|document|xem chi tiet|in (?:bai(?: viet)?|tin)|ban in"
    r"|(?:https?://)?(?:[\w-]+\.)+(?:vn|com|net|org|info)/?)"
)
_EDGES = re.compile(r"^\W+|\W+$")
_COMMITTEE = re.compile(r"(?:uy ban nhan dan|ubnd)\b")
_OF_A_COMMITTEE = re.compile(
    r"ban|nhân|dân|tỉnh|huyện|xã|phường|thị|trấn|thành|phố|tp|quận|đặc|khu|các|cấp|văn|phòng|\d+"
)
# A place of which a portal bears the name; what else such words begin stands behind them.
_UNIT = re.compile(
    r"(?:tinh|thanh pho|huyen|quan|thi (?:xa|tran)|xa|phuong|dac khu)"
    r" (?!(?:uy|doan|doi|hoi|su|ly|an|phap|tien)\b)"  # "TỈNH ỦY HỌP", "Xã hội", "Phương pháp"
)
_LONGEST_PLACE = 4  # words of its name
SITE_NAME = re.compile(r"(?:cổng|trang) (?!chủ\b)|[uủ][ỷy] ban nhân dân|ubnd", re.IGNORECASE)  # not "CÔNG BỐ …"
# The clock of the page's head, which ASP pages print over everything.
CLOCK = re.compile(r"(?:hom nay|bay gio|today|welcome)\b|(?:thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat)\b\W")
CONTACT = re.compile(r"(?:e-?mail|dt|dien thoai|tel|fax|dia chi|hotline|website|thoi gian lam viec)\s*[:.]")
# "XUẤT KHẨU BƯỞI TĂNG MẠNH (16/07/2008)": old portals print the posting day behind the headline, in its own line.
_BRACKETED_DAY = re.compile(
    r"\s*[(\[]\s*(?:\d{1,2}[:h]\d{2},?\s*)?\d{1,2}[/.-]\d{1,2}[/.-](?:199[5-9]|20\d\d)(?:[\s,|-]+\d{1,2}[:h]\d{2}(?::\d{2})?)?"
    r"[^()\[\]\d]{0,12}[)\]]\s*$"
)
# "… trọng điểm 12/10/2026 08:21", the day in a <small> of the heading.
_CLOCK_BEHIND = re.compile(
    r"\s+(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{4}[\s,|-]+\d{1,2}[:h]\d{2}(?: ?(?:[AP]M|SA|CH))?"
    r"|\d{1,2}[:h]\d{2}[\s,|-]+\d{1,2}[/.-]\d{1,2}[/.-]\d{4})\s*$"
)
# "… đường quê (312 lượt xem)", how often it was read in a <small> of the heading.
_READ_BEHIND = re.compile(
    r"\s*[(\[]\s*(?:[\d.,]+ (?:lượt (?:xem|đọc)|views)|(?:lượt (?:xem|đọc)|views) ?: ?[\d.,]+)\s*[)\]]\s*$",
    re.IGNORECASE,
)
LONGEST_SECTION = 30  # characters; no name of a section is longer, few headlines are shorter
LONGEST_TITLE = 1000  # characters of a <title>; templates have printed megabytes
TEMPLATE = re.compile(r"\{\{|\}\}|\[%|<%|\$\{|^undefined$|^null$", re.IGNORECASE)

# A line that tells when a page was posted.
POSTED = re.compile(
    r"\d{1,2}[/.-]\d{1,2}[/.-](?:199[5-9]|20\d\d)|\d{4}-\d{2}-\d{2}|ngay \d{1,2} thang|ngay dang|posted|publish"
    r"|luot xem"
    r"|\b\d{1,2} (?:(?:thang|thg)\.? (?:\d|(?:mot|hai|ba|tu|nam|sau|bay|tam|chin|muoi|gieng|chap)\b)"
    r"|th ?\d{1,2},? \d{4}|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*,? (?:19|20)\d\d)"
    r"|\b(?:thang \w{2,4}(?: \w{2,3})?|(?:jan|febr)uary|march|april|may|june|july|august"
    r"|(?:septem|octo|novem|decem)ber) \d{1,2}, *\d{4}|\b(?:19|20)\d\d/\d{1,2}/\d{1,2}\b"
)


def is_site_title(text: str) -> bool:
    """Whether the words name a site or a section rather than a story."""
    words = text if text[:1].isalnum() and text[-1:].isalnum() else _EDGES.sub("", text)
    folded = fold(words)
    if _COMMITTEE.match(folded):  # "UBND tỉnh", not "UBND tỉnh họp phiên thường kỳ tháng 9"
        return is_organisation(words) if words.isupper() else _is_bare(words)
    if _UNIT.match(folded) is not None:  # "XÃ TÂN HỘI", "Huyện Mường Lát", not "Xã hội hóa giáo dục"
        return all(map(_is_place, re.split(r"\s*[,–—-]\s+", words)))
    return _SITE_WORDS.fullmatch(folded) is not None


def _is_place(words: str) -> bool:
    """Whether words are a unit and a name with capitals: a place of which a portal bears the name."""
    unit = _UNIT.match(fold(words))
    name = words[unit.end() if unit is not None else 0 :].split()
    if unit is None or not name:
        return False
    capital = all(word[0].isupper() or word.isdigit() for word in name)
    return capital and len(name) <= (2 if words.isupper() else _LONGEST_PLACE)


def _is_bare(name: str) -> bool:
    """Whether a committee's name is all there is: places have capitals, another small word tells what it did."""
    return all(word[0].isupper() or _OF_A_COMMITTEE.fullmatch(word) for word in re.findall(r"\w+", name))


def without_posted(text: str) -> str:
    """A headline without the bracketed day or its readers, or the day with its clock, behind it."""
    bare = _BRACKETED_DAY.sub("", _READ_BEHIND.sub("", text)) if text.rstrip().endswith((")", "]")) else text
    bare = _CLOCK_BEHIND.sub("", bare) if bare.rstrip("APMSCH ")[-1:].isdigit() else bare
    own = fold(bare[-6:]).rstrip().endswith((" ngay", " luc", " hoi", " tu", " den"))  # "Bản tin ngày 12/10/2026 08:00"
    return text if own or not bare else bare


def _is_a_site(part: str) -> bool:
    return is_site_title(part) or is_organisation(part)


def without_site(title: str) -> str:
    """A `<title>` without the site and section names behind the last separators."""
    parts = SEPARATORS.split(title)
    separators = SEPARATORS.findall(title)
    keep = len(parts)
    while keep > 1 and (_is_a_site(parts[keep - 1]) or (len(parts[keep - 1]) < 40 and len(parts[0]) >= 25)):
        keep -= 1
    text = parts[0]
    for separator, part in zip(separators[: keep - 1], parts[1:keep], strict=False):
        text += separator + part
    return text.strip()
