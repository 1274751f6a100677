"""Sentences that stand where a story's text would: to log in first, that one may not read it, that it is gone.

They speak to the reader or of the page, and of nothing else, so they say the same under any headline. "Người dân đăng
nhập để xem kết quả" and "Văn bản này không còn hiệu lực" are a story's. All patterns are folded; what may stand in any
order is asked word by word, so that no sentence can be matched in many ways.
"""

from __future__ import annotations

import re

from archive.vietnam.text import fold

_LONGEST = 200  # characters of all
_MOST = 6  # sentences and labels
_LONGEST_TEASER = 1500  # characters
_ENDING = 5  # lines
_LONGEST_LABEL = 40  # characters
_END = re.compile(r"[.!?…]+(?:\s|$)|\n")

_SORRY = r"(?:(?:thong bao|xin loi|rat tiec|luu y)(?: ban| quy vi)?\W+)?"
_YOU = r"(?:ban(?: doc)?|quy vi|(?:quy )?doc gia|quy khach|thanh vien|tai khoan(?: cua ban)?)"
_THING = r"(?:trang|noi dung|tin(?: bai| tuc)?|bai(?: viet| bao)?|ban tin|thong tin|du lieu|chuyen muc)"
_ASKED = r"(?: (?:can|phai|vui|long|hay|moi|xin|chua|co|the))*"
_SEEN = (
    r" (?:xem|doc|truy cap|tiep tuc)(?: (?:xem|doc|tiep|truy|cap|toan|bo|day|du|chi|tiet|het|cac|vao|noi|dung|cua|bai"
    r"|viet|bao|tin|trang|muc|nay))*"
)
_GONE = (
    r" (?:khong con|khong ton tai|khong kha dung|(?:(?:da|chua) )?(?:bi |duoc )?(?:xoa|go|an|thu hoi|khoa|di chuyen"
    r"|duyet|xuat ban|cong bo|chuyen (?:sang|den)(?: chuyen)?(?: muc| noi)?(?: khac)?)"
    r"|(?:da )?(?:het han|het hieu luc|ngung hien thi))"
    r"(?: (?:bo|ton|tai|hieu|luc|hien|thi|kha|dung|nua|tren|khoi|trong|he|thong|trang|web|website|cong|nay|vinh|vien))*"
)

_SAYINGS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "login",
        re.compile(
            rf"{_SORRY}(?:(?:{_YOU}{_ASKED}|(?:vui long|hay|xin|moi|can|phai)(?: {_YOU})?) )?"
            r"(?:dang (?:nhap|ky)|mua goi|(?:la|tro thanh) (?:thanh|hoi) vien)(?: (?:tai|khoan|he|thong|thanh|hoi|vien"
            r"|vao|hoac|va|dang|ky|nhap|mua|goi|thue|bao|doc|dien|tu|tra|phi))*"
            rf" (?:de|truoc khi|moi)(?: (?:co|the|duoc))*{_SEEN}"
        ),
    ),
    (
        "login",
        re.compile(
            rf"{_SORRY}{_THING}(?: nay)? (?:chi (?:danh|mo|hien thi)(?: rieng)?|danh rieng) (?:cho|voi)"
            r"(?: (?:cac|nhung|rieng))* (?:thanh vien|hoi vien|nguoi dung|tai khoan|doc gia|ban doc|thue bao)"
            r"(?: (?:da|dang|nhap|ky|tra|phi|vip|noi|bo|cua|he|thong|tai|khoan))*"
        ),
    ),
    ("login", re.compile(rf"{_SORRY}{_YOU} da (?:doc|xem|dung) het(?: [a-z\d]+){{0,6}} mien phi(?: [a-z\d]+){{0,8}}")),
    (
        "error",
        re.compile(
            rf"{_SORRY}{_YOU}(?: nay)? (?:khong|chua)(?: (?:co|du|duoc|cap|phan|phep|the|quyen|han|de))*{_SEEN}"
        ),
    ),
    (
        "soft_404",
        re.compile(
            rf"{_SORRY}{_THING}(?: (?:nay|ma|ban|quy|vi|dang|vua|muon|can|xem|doc|tim|kiem|yeu|cau|truy|cap|hien|tai|da"
            rf"|co|the))*{_GONE}(?:,?(?: (?:hoac|va|hay|co the))*{_GONE})*"
        ),
    ),
)
# What is kept from the reader is the rest: "Vui lòng đăng nhập hệ thống để xem nội dung chi tiết" is a notice's.
_THE_REST = re.compile(r" (?:toan bo|day du|tiep(?! tuc$)|het|bai|tin|nay)\b")
# What goes with such a sentence: where to go on, and what a form is labelled.
_BESIDE = re.compile(
    rf"(?:{_YOU} )?(?:vui long|xin|moi|hay|co the)(?: {_YOU})? (?:quay (?:lai|ve)|tro (?:lai|ve)|lien he|kiem tra"
    r"|thu lai|dang nhap|dang ky)\b.*"
    r"|(?:(?:quay|tro) (?:lai|ve)|ve) trang (?:chu|truoc)"
    r"|(?:(?:ten|dang|nhap|ky|tai|khoan|mat|khau|ghi|nho|quen|thanh|vien|email|ma|xac|nhan)(?:\W+|$))+"
)


def said_instead(lines: tuple[str, ...]) -> tuple[str, str] | None:
    """The reason and the sentence, where lines say that there is nothing to read here, and nothing else; else None."""
    if sum(map(len, lines)) > _LONGEST:
        return None
    said = _sentences(lines)
    if len(said) > _MOST:
        return None
    found: tuple[str, str] | None = None
    for each in said:
        reason = next((reason for reason, pattern in _SAYINGS if pattern.fullmatch(each)), None)
        if reason is None and _BESIDE.fullmatch(each) is None:
            return None
        found = found or ((reason, each) if reason is not None else None)
    return found


def cut_off(lines: tuple[str, ...]) -> str | None:
    """The sentence at the end of a short text that asks to log in, or to pay, for the rest of it; else None."""
    if sum(map(len, lines)) > _LONGEST_TEASER:
        return None
    asks = [pattern for reason, pattern in _SAYINGS if reason == "login"]
    for each in reversed(_sentences(lines[-_ENDING:])):
        said = any(pattern.fullmatch(each) for pattern in asks)
        if said and _THE_REST.search(each):
            return each
        if not said and len(each) > _LONGEST_LABEL and not _BESIDE.fullmatch(each):
            break  # the story goes on
    return None


def _sentences(lines: tuple[str, ...]) -> list[str]:
    said = (each.strip(" -–*:,;\"“”'()!.") for each in _END.split(fold("\n".join(lines))))
    return list(filter(None, said))
