"""The words round a document's number: type words, qualifiers, counters, heads that are no documents, verbs, relations."""

from __future__ import annotations

import re

from archive.schema import Relation
from archive.vietnam.documents import TYPE_NAMES, TYPES

# Between a type word and "số": "công văn hoả tốc số", "Báo cáo thẩm tra số".
QUALIFIERS = (
    "hoa toc", "khan", "thuong khan", "mat", "toi mat", "tuyet mat", "hoa toc hen gio", "chi dao", "tham tra", "lien tich", "lien nganh", "phoi hop",
    "hanh dong", "hanh chinh", "ca biet", "quy pham phap luat", "tham dinh", "kiem tra", "ket luan", "thanh tra", "huong dan", "giai trinh", "chuyen de",
    "lien bo", "lien so", "dieu hanh", "tong the", "cong tac", "trien khai", "bo sung", "sua doi", "noi bo", "moi", "moi nhat", "hop nhat", "chung", "tren",
    "ban hanh", "de nghi", "phuc dap", "tra loi", "xin y kien", "ket luan thanh tra", "xu phat", "xu phat vi pham hanh chinh", "phe duyet", "giam sat",
)  # fmt: skip

# After a bare number these count things: "quyết định 3 nội dung", "kế hoạch 5 năm".
COUNTED = (
    "noi dung|nam|thang|ngay|nguoi|diem|muc|muc tieu|nhom|nhiem vu|giai phap|ty|trieu|nghin|ngan|ha|km|m|m2|lan|huyen|xa|tinh|du an|ho|truong hop|can bo|dong chi"
    "|viec|buoc|giai doan|loai|cap|nuoc|van de|chuong|dieu|khoan|tuan|quy|gio|phut|lop|hoc sinh|can|ngoi|doanh nghiep|don vi|dong|usd|tram|chuc|muoi|bo|so|nganh|phuong|thon"
    "|to|doan|dot|vu|ca|cong trinh|hang muc|tieu chi|chi tieu|linh vuc|chuyen de|de an|chuong trinh|hinh thuc|bien phap|dia phuong|co so|dia ban|thanh vien|dai bieu|uy vien"
    "|phan|trang|ban|bai|cau|cuoc|hoi nghi|doi tuong|gia dinh|lo|thua|suat|phan tram|chu|trong|tren|xa phuong|khu|cum|tuyen|diem cau|co quan|tap the|ca nhan|giai|thu tuc|phien|ky|qua|tan|kg"
    "|khau|bi can|bi cao|hoc vien|sinh vien|giao vien|khoi|mon|hang|thi sinh|mat hang|nha|phuong an|yeu to|khau hieu|tru cot|dot pha|khong|tot|nhat|la|mau|chieu|ben|phia|cho|kenh|k|gb|mb"
).split("|")  # fmt: skip

ISSUING = (
    "ban hanh", "ky", "ky ban hanh", "ra", "co", "phat", "phat di", "phat hanh", "thong qua", "gui", "ky, ban hanh", "ban bo", "ban hanh cac",
    "ky quyet dinh ban hanh", "co gui", "ra thong bao", "ky va ban hanh", "ban hanh va trien khai", "xay dung va ban hanh", "xay dung, ban hanh", "tham muu ban hanh",
)  # fmt: skip
ADVERBS = (
    "da", "vua", "moi", "cung", "cung da", "vua moi", "tiep tuc", "chinh thuc", "kip thoi", "lien tiep", "dong thoi", "da kip thoi", "da chinh thuc", "tiep tuc da", "se", "lai",
    "da tiep tuc", "cung vua", "da thong nhat", "nhanh chong", "da nhanh chong", "da dong loat", "truc tiep", "da truc tiep", "thay mat chinh phu", "vua chinh thuc",
    "da co", "da lien tiep", "tiep", "thong nhat", "dong loat", "khan truong", "da khan truong", "cung tiep tuc", "da dong thoi", "cung da kip thoi",
)  # fmt: skip

# What the words before a document say of it; the longest and nearest wins.
RELATIONS: dict[str, Relation] = {
    **dict.fromkeys(("trien khai thuc hien", "to chuc thuc hien", "to chuc trien khai thuc hien", "thuc hien", "trien khai", "quan triet", "quan triet, trien khai", "quan triet va trien khai",
                     "quan triet, trien khai thuc hien", "quan triet, thuc hien", "thi hanh", "chap hanh", "cu the hoa", "tiep tuc thuc hien", "so ket", "tong ket", "thuc hien theo", "hoc tap, quan triet",
                     "dua", "hien thuc hoa", "to chuc trien khai", "tuan thu", "to chuc quan triet", "pho bien, quan triet"), "implements"),
    **dict.fromkeys(("can cu", "theo", "tren co so", "chieu theo", "theo quy dinh tai", "theo quy dinh cua", "xet", "dua tren", "theo tinh than", "can cu theo", "can cu vao", "theo quy dinh",
                     "quy dinh tai", "quy dinh trong", "duoc phe duyet tai", "phe duyet tai", "phe duyet theo", "theo noi dung", "dung theo", "theo dung", "phu hop voi"), "based_on"),
    **dict.fromkeys(("sua doi", "sua doi, bo sung", "sua doi va bo sung", "dieu chinh", "dieu chinh, bo sung", "bo sung", "dinh chinh"), "amends"),
    **dict.fromkeys(("thay the", "thay cho", "thay the cho"), "replaces"),
    **dict.fromkeys(("bai bo", "huy bo", "thu hoi", "bai bo toan bo", "cham dut hieu luc", "cham dut hieu luc cua", "het hieu luc", "huy"), "repeals"),
    **dict.fromkeys(("huong dan", "huong dan thuc hien", "huong dan thi hanh", "huong dan trien khai", "quy dinh chi tiet", "quy dinh chi tiet va huong dan thi hanh", "huong dan trien khai thuc hien",
                     "quy dinh chi tiet thi hanh", "quy dinh chi tiet, huong dan thi hanh", "quy dinh chi tiet va bien phap thi hanh", "huong dan to chuc thuc hien"), "guides"),
    **dict.fromkeys(("de cap", "de cap den", "de cap toi", "nhac den", "nhac lai", "vien dan", "neu tai", "neu trong", "neu o", "lien quan den", "lien quan toi", "dan chieu", "xem"), "mentions"),
    **dict.fromkeys(("cong bo", "trao", "ban hanh kem theo", "gioi thieu", "ra mat"), "announces"),
}  # fmt: skip

# Words that may stand between a relation and the document: "thực hiện nghiêm túc các nội dung của Chỉ thị số".
SOFT = frozenset(
    "cac nhung noi dung nghiem tuc tot hieu qua co day du quyet liet mot so dieu cua diem khoan muc dieu tinh than quy dinh tai trong theo toan bo phan va dong bo kip thoi nghiem tu ngay sau nhiem vu giai phap "
    "chi dao y kien yeu cau nam lan thu hai ba bon hang tung buoc tiep duoc ket luan cua chu truong muc tieu thang loi chinh sach ke hoach luat viec ca dung pham vi doi voi 1 2 3 4 5 6 7 8 9 10 15 20 a b c d doi moi sau rong nghiem sang tao linh hoat chat che thuong xuyen hieu luc khan truong da den toi tat nghiem chinh nghiem ngat triet de cao de ra bao gom ve ket qua"
    .split()
)  # fmt: skip


def _alternatives(words: list[str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", " ") for word in sorted(set(words), key=len, reverse=True))


# Abbreviations that stand for a type word in prose: "NĐ 72/2023/NĐ-CP", "CT 1792".
ABBREVIATED = {
    each: kind.code
    for kind in reversed(TYPES.values())
    if kind.short in ("word", "so")
    for each in (kind.abbr, kind.party_abbr, *kind.variants)
    if each
}
# Those that a bare number may follow; TT is also a market town, KH and TB are also other things.
BARE_ABBREVIATED = frozenset({"NQ", "CT", "QĐ", "NĐ", "KL", "CV", "CĐ"})

TYPE_WORDS = _alternatives(list(TYPE_NAMES))
_QUALIFIERS = _alternatives(list(QUALIFIERS))
SO = r"so {0,2}[:.]? {0,2}"

# Directly before a number: type word or abbreviation, qualifiers, số.
TYPE_BEFORE = re.compile(
    rf"(?<![\w])(?:(?P<word>{TYPE_WORDS})|(?P<abbr>{'|'.join(sorted({a.lower().replace('đ', 'd') for a in ABBREVIATED}, key=len, reverse=True))}))"
    rf"(?P<qualifiers>(?: (?:{_QUALIFIERS})){{0,3}})(?P<gloss> ?\([^()\n]{{1,14}}\))? {{0,2}}(?P<colon>:)? {{0,2}}\n?(?P<open>[(“\"])?(?P<so>{SO})?$"
)
SO_BEFORE = re.compile(rf"(?<!\w){SO}$")
# "Quyết định của Thủ tướng Chính phủ số", "các Nghị định của Chính phủ: Số", "tại các Công điện: số".
OWNED_BEFORE = re.compile(
    rf"(?<!\w)(?P<word>{TYPE_WORDS}) cua (?P<owner>[^.;:\n]{{2,70}}?) ?(?P<colon>:)? {{0,2}}\n?(?P<so>{SO})?$"
)
LAW_BEFORE = re.compile(rf"(?<!\w)(?P<word>bo luat|luat|phap lenh) (?:[^\s.;:]+ ){{1,18}}?(?P<open>\()?{SO}$")
LIST_LINK = re.compile(
    r"[)\s]*(?:[,;]\s*(?:(?:va|cung|cung voi|hoac|dong thoi)\s+)?|(?:va|cung|cung voi|hoac|&)\s+)(?:cac\s+)?"
)

_LAST_WORDS = frozenset(
    phrase.split()[-1]
    for phrase in (*TYPE_NAMES, *QUALIFIERS, *(a.lower().replace("đ", "d") for a in ABBREVIATED), "so")
)
_LAST_WORD = re.compile(r"([^\W\d_]+)[)\"” ]{0,2}[ :.(“\"\n]{0,4}$")


def promises(low: str, at: int) -> bool:
    """Whether the word before `at` could introduce a document's number; a cheap test that spares the others."""
    match = _LAST_WORD.search(low, max(0, at - 16), at)
    return match is not None and (match[1] in _LAST_WORDS or match[1].endswith("so"))


_COUNTED = frozenset(COUNTED)
_AFTER_NUMBER = re.compile(r" {0,2}(?P<mark>%)?(?P<first>[^\W\d_]+\d?)?(?: (?P<second>[^\W\d_]+))?")


def counts(low: str, end: int) -> bool:
    """Whether the word after a number says that it counts or measures something."""
    match = _AFTER_NUMBER.match(low, end)
    if match is None or match["mark"]:
        return match is not None
    first, second = match["first"] or "", match["second"] or ""
    # "ngày" after a document's number opens its date: "Chỉ thị số 17 ngày 3/4/2020".
    if first == "ngay" and re.match(r" {0,2}ngay {0,2}\d", low[end:]):
        return False
    return first in _COUNTED or f"{first} {second}" in _COUNTED
