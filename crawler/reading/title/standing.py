"""Titles of the pages that a portal keeps standing: the house, who leads it, how to reach it; never a story's.

Such a title is a bare name. What it may go on with is the house itself ("Lãnh đạo Sở", "Giới thiệu huyện Đăk Hà"); a
verb, a comma or a thing behind it makes a story of it: "Lãnh đạo tỉnh thăm, tặng quà gia đình chính sách".
"""

from __future__ import annotations

import re

from archive.vietnam.text import fold
from crawler.reading.people.names import is_organisation

_LONGEST = 80

# Whole titles, folded. They may go on as they like: no story opens with them.
_WHOLE = re.compile(
    r"(?:dac diem|dieu kien) tu nhien\b.*|(?:lich su|qua trinh) hinh thanh\b.*"
    r"|so do (?:to chuc|cong|site|web\w*|trang)\b.*|(?:co cau|bo may|mo hinh) to chuc\b.*"
    r"|danh ba\b.*|(?:vi tri,? )?chuc nang,? (?:va )?(?:nhiem vu|quyen han)\b.*"
    r"|(?:chinh sach|dieu khoan|quy dinh)(?: ve)? (?:bao mat|su dung|(?:quyen )?rieng tu|dich vu|thanh vien)\b.{0,40}"
    r"|privacy policy|terms (?:of|and) \w+|huong dan su dung\b.{0,30}|tro giup|cau hoi thuong gap|faqs?"
    r"|(?:thu vien|album) (?:anh|video|hinh anh|media)\b.{0,20}|(?:kenh )?rss\b.{0,20}"
    r"|ket qua (?:tham do|binh chon)\b.*|tham do(?: y kien)?|binh chon|khao sat(?: y kien| muc do hai long)?"
    r"|ban do hanh chinh\b.{0,30}|vi tri dia ly\b.{0,30}|tiem nang(?:,? | va )the manh\b.{0,30}"
    r"|(?:thong ke|so lieu) (?:truy cap|thong ke)|gia nong san(?: hom nay)?"
)
# What each name may go on with beside the house: folded.
_NAMES = {
    r"(?:trang )?gioi thieu": r"chung|khai quat|so luoc|tom tat|chi tiet|bo may|don vi|co quan|lanh dao",
    r"tong quan": r"chung",
    r"(?:thong tin )?lien he": r"chung toi|quang cao|gop y|ban doc|truc tuyen|phan anh",
    r"(?:ban )?lanh dao": r"cac (?:so|phong|don vi|thoi ky|cap)|chu chot|(?:\w+ ){0,2}qua cac thoi ky"
    r"|(?:duong|tien) nhiem",
    r"nguoi phat ngon": r"bao chi|cung cap thong tin.*",
    r"(?:du bao )?thoi tiet": r"hom nay|cac (?:vung|tinh|noi)|trong (?:tinh|ngay|nuoc)",
    r"(?:bang )?gia (?:vang|ca)|(?:bang )?ty gia": r"hom nay|thi truong|trong nuoc|the gioi|nong san|hang hoa"
    r"|ngoai te|vang|ca|usd|ngoai hoi",
    r"gop y": r"kien nghi|y kien|phan anh|xay dung|van ban|(?:cac )?du thao(?: van ban.*| chinh sach)?|truc tuyen"
    r"|cong dan|nhan dan|ban doc|nguoi dan",
    r"hoi\s?-?\s?dap": r"truc tuyen|phap luat|chinh sach|thu tuc(?: hanh chinh)?|chung|cong dan|ban doc",
}
_OPENING = re.compile("|".join(f"(?:{name})(?![^\\W_])" for name in _NAMES))
_GOES_ON = tuple((re.compile(name), re.compile(rf"\s+(?:{rest})(?![^\W_])")) for name, rest in _NAMES.items())
_JOINED = re.compile(r"\s+(?:của|về|với|và|các)(?=\s)", re.IGNORECASE)
# The title of the site behind the page's: "Liên hệ - Sở Y tế", "Hỏi đáp | Cổng thông tin"
_SIGN = re.compile(r"\s*[-–—|»›/(]|\s*$")
# What those who lead a house do, and what is done to it; beside the verbs that `is_organisation` knows.
_TELLS = re.compile(
    r",|(?<![^\W_])(?:dự|tham dự|tham gia|gặp|chúc|tặng|dâng|viếng|động viên|thị sát|khảo sát|chủ trì|phát biểu"
    r"|trả lời|lên tiếng|nói|ký|bàn|cảm ơn|hội kiến|chia|đối thoại"
    r"|chỉ đạo|nhận|tăng|giảm|mới|ra mắt|khánh thành|học)(?![^\W_])",
    re.IGNORECASE,
)
_PART = re.compile(
    r"(?:sở|bộ|ban|cục|vụ|viện|trường|phòng|chi cục|tổng cục|trung tâm|đơn vị|cơ quan|ubnd|hđnd"
    r"|(?:tỉnh|thành|huyện|đảng) [uủ][ỷy]|t[oò][aà] soạn|ban biên tập)",
    re.IGNORECASE,
)
_UNIT = re.compile(r"(?:tỉnh|thành phố|tp\.?|huyện|quận|thị xã|thị trấn|xã|phường|đặc khu)(?![^\W_])\s*", re.IGNORECASE)


def is_standing(title: str) -> bool:
    """Whether a title is that of a page kept standing."""
    folded = fold(title).strip()
    if len(folded) > _LONGEST:
        return False
    if _WHOLE.fullmatch(folded):
        return True
    opening = _OPENING.match(folded)
    if opening is None:
        return False
    own = next(more for name, more in _GOES_ON if name.fullmatch(opening[0]))
    rest = title.strip()[opening.end() :]
    while not _SIGN.match(rest):
        joined = _JOINED.match(rest) or own.match(fold(rest))
        if joined is None:
            return _is_house(rest.strip())
        rest = rest[joined.end() :]
    return True


def _is_house(words: str) -> bool:
    """Whether words name an authority, a part of one, or a place: a unit and a name with capitals."""
    if _TELLS.search(words):
        return False
    if _PART.fullmatch(words) or is_organisation(words):
        return True
    unit = _UNIT.match(words)
    name = words[unit.end() if unit else 0 :].split()
    if words.isupper():  # every word of such a title has a capital
        return unit is not None and len(name) <= 2
    return len(name) <= 4 and all(word[0].isupper() for word in name)
