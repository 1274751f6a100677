"""What portals write before a date to say what it is the date of: posted, drafted, updated, of a document, an event."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

Label = Literal["posted", "drafted", "broadcast", "updated", "issued", "effective", "expired", "event"]
# What a date must be labelled as, if anything, to be the posting time.
POSTING: frozenset[Label | None] = frozenset((None, "posted", "drafted"))


def any_of(phrases: Iterable[str], ends: str = "(?![a-z])") -> str:
    """One pattern for the folded phrases, the longest first, each ending with its word."""
    longest_first = sorted(phrases, key=len, reverse=True)
    return f"(?:{'|'.join(phrase.replace(' ', ' +') for phrase in longest_first)}){ends}"


# Vietnamese labels are built from a few words: "Ngày | đăng | tin bài", "Đã được | đăng tải | lên mạng | vào lúc".
_NOUN = "(?:ngay(?: gio| thang)?|thoi (?:gian|diem))"
_STORY = "(?: (?:tin bai|bai viet|ban tin|tin|bai))"
_DONE = "(?:(?:(?:tin|bai|bai viet|tin bai) )?(?:da duoc|duoc|da) |(?:tin|bai|bai viet|tin bai) )"
_WHEN = "(?: (?:(?:vao )?(?:luc|ngay|hoi)|vao|on|at))"
_PORTAL = "(?:cong(?: (?:ttdt|thong tin(?: dien tu)?))?|trang|web|website)"
_ONLINE = f"(?: len(?: (?:mang|song|{_PORTAL}))?| (?:tren )?{_PORTAL})"
_PUT_UP = f"(?:dang tai|dang|dua|tai(?= len)|post|upload|up|gui dang|gui){_STORY}?{_ONLINE}?"
_PUBLISHED = f"(?:xuat ban|phat hanh|cong khai){_STORY}?"
_CHANGED = (
    "(?:cap nhat|chinh sua|chinh ly|hieu chinh|hieu dinh|dinh chinh|sua doi|sua chua|sua)"
    "(?:,?(?: va)? bo sung)?(?: (?:bai viet|tin|bai|noi dung|thong tin))?"
)
_LAST = r"(?: (?:lan )?(?:moi nhat|cuoi cung|cuoi|gan nhat|gan day nhat)| lan (?:thu )?(?:\d{1,2}|hai|ba|tu|nam))"
_WRITTEN = "(?:tao lap|khoi tao|tao|nhap lieu|nhap|soan thao|soan|bien soan|bien tap)"

# Tried in this order; folded. A blank may be several in print.
_PATTERNS: dict[Label, tuple[str, ...]] = {
    "posted": (
        f"{_NOUN} (?:{_PUT_UP}|{_PUBLISHED}|viet(?: bai)?|hien thi|tra loi|phat song"
        f"|len (?:trang|mang|song|tin|bai)|duyet (?:tin|bai|dang)|cong bo (?:tin|bai)(?: bai)?){_WHEN}?",
        f"{_DONE}?(?:{_PUT_UP}|{_PUBLISHED}|viet|tra loi|len (?:trang|mang|song)){_WHEN}",
        f"{_DONE}?(?:dang tai|{_PUBLISHED}|(?:dang |dua )?len (?:mang|trang|song)|dua tin|dang tin|gui len|tai len)",
        r"(?:da |duoc |da duoc |tin |bai )dang|xb|duoc viet(?=\s*:)",
        # a gazette's page; "Ngày đăng Công báo" is that of the printed issue
        f"{_DONE}?dang(?: tren)? cong bao (?:vao )?luc",
        # alone it may be Đảng (the Party) or đang; with a colon it is Đăng
        r"(?:dang(?: bai)?|post)(?=\s*:)",
        "date published|publish(?:ed)? date|publish(?:ed)?(?: on| at)?|written on|posted(?: on| at)?|date posted"
        "|post(?:ed)? date|date(?! (?:updated?|modified|created|issued))",
        "veroffentlicht(?: am)?|publiziert am|erschienen am|eingetragen am|publie le|publicado e[lm]|pubblicato il"
        "|giris",
    ),
    # when somebody began to write it, which counts where no other label says when it was posted
    "drafted": (
        f"{_NOUN} {_WRITTEN}{_STORY}?|(?:duoc )?(?:tao|khoi tao|soan){_WHEN}|duoc tao|khoi tao",
        "created(?: on| at)?|date created|erstellt(?: am)?",
    ),
    "updated": (
        f"(?:(?:{_NOUN}|lan) |{_DONE})?{_CHANGED}{_LAST}{_WHEN}?|(?:{_NOUN}|lan) {_CHANGED}{_WHEN}?",
        f"{_DONE}?(?:{_CHANGED}{_WHEN}|cap nhat|hieu dinh){_WHEN}?",
        rf"{_DONE}?{_CHANGED}(?=\s*:)",  # "Sửa đổi" and "chỉnh lý" without a colon are verbs of prose
        "last (?:updated?|modified)(?: on| at)?|(?:date )?(?:updated?|modified)(?: on| at)?|aktualisiert(?: am)?"
        "|zuletzt geandert am|mis a jour le|actualizado el|aggiornato il|guncelleme",
    ),
    # when a bulletin of the weather or the broadcast was read out: its posting time where the page prints no other
    "broadcast": ("(?:ban tin|tin) phat luc|phat tin luc|thoi gian phat tin|phat luc|ban tin (?:luc|ngay)",),
    "issued": (
        "(?:ngay )?ban hanh(?: ngay)?|(?:ngay )?ky(?: ngay| ban hanh)",
        "ngay (?:ky|(?:ra )?van ban|cong bo|(?:phe )?duyet)|date issued|issued(?: on)?",
    ),
    "expired": ("(?:ngay )?het (?:hieu luc(?: thi hanh)?|han(?: [a-z]+){0,3})|expiry date|expires",),
    "effective": (
        "(?:(?:ngay |thoi diem )?(?:bat dau |co )?hieu luc(?: thi hanh)?|(?:ngay )?ap dung)|effective(?: date)?",
    ),
    "event": (
        "(?:thoi (?:gian|diem|han)|ngay) (?:to chuc|dien ra|hop|thi|bat dau|ket thuc|nop|nhan|thuc hien|sinh|khai mac"
        "|be mac|mo|dong)(?: [a-z]+){0,3}|sinh ngay",
        "(?:ngay het )?(?:thoi )?han (?:nop|nhan|gop y|cuoi|chot|dang ky|tra|bao cao|bo sung)(?: [a-z]+){0,3}",
        "thoi (?:gian|han)|bat dau|ket thuc|dien ra|khai mac|be mac|han",
        # when a picture was taken, a recording made, a bulletin's figures read off
        "ngay (?:chup|ghi hinh|quay|ghi am|thu(?! (?:hai|ba|tu|nam|sau|bay|[2-7])))"
        "|(?:chup|ghi hinh|quay|ghi am|thu am|thuc hien) ngay|chup luc|ghi hinh",
        "(?:so lieu|quan trac) (?:luc|ngay)|so lieu ngay",
    ),
}  # fmt: skip
# A label in an element of its own has no blank behind it: <span>Ngày đăng</span><span>Thứ Hai, …
_ENDS = r"(?:(?![a-z])|(?=(?:ngay|luc|vao|hoi) +\d|thu +(?:hai|ba|tu|nam|sau|bay)|chu +nhat|thang +\d))"
LABELS = {label: any_of((f"(?:{each})" for each in patterns), _ENDS) for label, patterns in _PATTERNS.items()}
