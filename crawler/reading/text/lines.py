"""Lines that stand inside an article's box and are no text of it: widgets, labels, the byline, the source."""

from __future__ import annotations

import re
from itertools import pairwise

from crawler.reading.outline.blocks import Block
from crawler.reading.outline.rows import is_file_link

LONGEST_NOTE = 160  # characters of a tool, a field or a date with little else
# What readers may feel about a page; a line of three such words is a row of buttons, one alone may be a reader's.
_FELT = "(?:(?:yeu )?thich|vui|haha|wow|ngac nhien|buon|phan no|tuc gian)"
# Folded phrases of widgets; a short line made of nothing else is one.
_WIDGETS = (
    "tong so diem cua bai viet la", "click de danh gia bai viet", "danh gia bai viet(?: nay)?", "xep hang",
    "trong \\d+ danh gia", "hay la nguoi dau tien danh gia", "co chu hien thi", "co chu", "mac dinh",
    "kich thuoc chu", "phong to", "thu nho", "chu to", "chu nho", "in bai viet", "in bai nay", "in trang", "in bai",
    "in tin", "ban in", "xem ban in", "ban de in", "gui email", "gui mail", "gui bai viet", "gui cho ban be",
    "email cho ban be", "luu bai viet", "luu trang", "luu lai", "luu bai", "luu tin", "gui bai", "phien ban in",
    "thich", "binh chon", "bau chon", rf"{_FELT}(?:[\d\s\W]+{_FELT}){{2,}}",
    "quet ma qr de (?:doc|xem)(?: bai viet)?(?: tren (?:dien thoai|di dong))?",
    "luot", "lan", "in", "cac y kien ban doc(?: ve (?:tin )?bai(?: viet)? nay)?", "trung binh",
    "qua", "sao chep(?: link)?", "ban (?:danh gia|thay) bai viet nay the nao",
    "chia se bai viet", "chia se len", "chia se", "facebook",
    "twitter", "zalo", "linkedin", "google\\+?", "pinterest", "youtube", "messenger", "share", "tweet", "like",
    "print", "e-?mail", "sao chep lien ket", "copy link", "nghe bai viet", "nghe doc bai", "nghe noi dung",
    "nghe tin", "nghe", "dang tai", "trang (?:truoc|sau)",
    "send to (?:a )?friend", "bai (?:truoc|sau|tiep theo)",
    "doc bai viet", "doc bai", "doc noi dung", "chon giong doc", "giong doc", "giong nu", "giong nam",
    "mien bac", "mien nam", "mien trung", "toc do doc", "toc do", "tam dung", "phat lai", "phat", "dung lai",
    "tuong phan", "do tuong phan", "che do doc", "che do tuong phan",
    "(?:so )?(?:luot|lan) (?:xem|doc|truy cap|nghe)", "da xem", "luot xem", "views?", "view ?count", "hits",
    "lan xem", "binh luan", "gui y kien", "gui binh luan", "y kien", "quay lai", "tro ve", "tro lai",
    "truoc",
    "(?:ve )?trang chu",
       "ve trang truoc", "dau trang", "ve dau trang", "len dau trang", "quay lai dau trang", "xem them", "xem tiep",
    "chi tiet", "details", "tai ve", "tai xuong", "theo doi", "google news", "theo doi chung toi tren", "a\\s?[-+]",
    "[-+]\\s?a", "aa?", "px", "diem", "bai viet", "sao", "danh gia", "vote", "rating",
    "(?:nguoi dang|viet boi) ?:? ?(?:admin\\w*|quan tri\\w*|super user)",
    # what stands in a player that cannot play
    "trinh duyet(?: (?:web|cua ban|nay|hien tai))* (?:khong|chua) ho tro(?: (?:phat|the|dinh dang|trinh phat|tep))*"
    "(?: (?:am thanh|video|audio|html ?5?|iframes?|pdf|nay|va))*",
    # icons that are words (Material)
    "[a-z]+(?:_[a-z]+)+",
    "your browser does not support (?:the |this )?(?:audio|video|html ?5?|iframes?)(?: (?:element|tag|audio|video))*",
    "che do doc sach", "(?:thoi gian )?doc ?:? ?\\d+ phut", "phut doc", "xem co chu(?: lon)?", "font(?: (?:chu|size))?",
    "theo doi tren google news", "ma (?:tin|bai)(?: viet)? ?:", "id ?: ?\\d+", "thoi luong", "bai doc",
    "[012](?:[.,]\\d)?x",
    "da doc", "bat", "tat", "nghe bai", "play", "pause", "stop", "da sao chep", "gui cho ban", "in an", "kieu chu",
    "mau nen", "chon co chu", "ngon ngu ?: ?vi en", "gui tin", "tin (?:truoc|sau)", "da thich", "tha tim", "luu",
    "den trang",
    "phan hoi",
    "cam xuc(?: cua ban)?", "thu gon", "xem toan bo", "hien thi (?:them|tat ca)", "quan tam", "quay ve", "ket ban",
    "chua co (?:binh luan|y kien|phan hoi)(?: nao)?", "hay la nguoi dau tien (?:binh luan|cho y kien|nhan xet)",
    "(?:ban can |vui long |ban phai )?dang nhap de (?:binh luan|gui (?:binh luan|y kien|phan hoi)|danh gia)",
    "(?:ban thay )?(?:thong tin|bai viet|noi dung)(?: nay)?(?: co)? huu ich(?: voi ban)?(?: khong)?"
    "(?:\\W+co\\W+khong)?",
    "bao (?:cao )?(?:loi|sai pham)(?: bai viet)?", "gop y(?: (?:cho )?bai viet)?", "dang ky nhan (?:ban )?tin",
    "ma xac nhan",
    "moi ban cho y kien", "tai ung dung", "lien he quang cao", "ban danh gia bai viet(?: nay)? the nao",
    "dong(?: cua so| trang)?", "in trang nay", "prev(?:ious)?", "next", "tiep theo", "quang cao", "xem ban day du",
    "(?:len )?mang xa hoi", "xem tren ban do", "so ky tu",
)  # fmt: skip


def _by_first_letter(phrases: tuple[str, ...]) -> str:
    """One pattern for all, the longest first; grouped by the letter they begin with, so it fails fast."""
    rests: dict[str, list[str]] = {}
    for each in sorted(phrases, key=len, reverse=True):
        first = each[:1] if each[:1].isalpha() and each[1:2] not in "?*+" else ""
        rests.setdefault(first, []).append(each[len(first) :])
    return "|".join(f"{first}(?:{'|'.join(ends)})" for first, ends in rests.items())


_WIDGET = re.compile(rf"(?:[\d\s\W]|(?<![^\W\d_])(?:{_by_first_letter(_WIDGETS)}))+")

_DAY = re.compile(
    r"[\dn](?:gay \d{1,2} thang \d|(?<=\d)(?:\d?\s?[/.-]\s?\d{1,2}\s?[/.-]\s?(?:19|20)\d\d"
    r"|(?:(?<=1)9|(?<=2)0)\d\d-\d\d-\d\d))"
)
ENDS = (".", "!", "?", "…", ":", ";", '"', "”", "’", "»", ")", "。", "！", "？", "」", "।", "،", "؟")
_DAY_ALONE = re.compile(
    r"(?:th[ứu] \w{2,4}|ch[ủu] nh[ậa]t)?[\W\d]*\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d\d[\W\d]*(?:SA|CH|AM|PM)?\W*",
    re.IGNORECASE,
)
_FILE_LABEL = re.compile(
    r"\W*(?:(?:cac |danh muc |danh sach )?(?:tai lieu|file|tep(?: tin)?|tap tin|van ban|bieu mau|phu luc)"
    r"(?: van ban)? (?:dinh kem"
    r"|kem theo|gui kem)"
    r"|dinh kem|attachments?|download|(?:tep|tap) tin"
    r"|tai (?:ve|xuong)(?: (?:cac )?(?:tap tin|tep(?: tin)?|file|tai lieu|van ban))?)\W*"
)
_FILE_OPENING = re.compile(
    r"\W*(?:cac )?(?:tai lieu|file|tep(?: tin)?|tap tin|bieu mau)(?: van ban)?(?: (?:dinh|kem|gui) (?:kem|theo))?\s*:"
)
_FILE_TRIM = re.compile(r"\(?[\d.,]+ ?(?:[km]b|bytes?|l(?:an|uot) tai)\)?|^[^:]{0,30}:|\W+$")
# "Xem thêm: <linked headline>" between two paragraphs leads to another story.
_POINTER = re.compile(r"\s*(?:>>+|»+|[=-]+>|[►▶➤→]|\*?\s*(?:xem|doc) (?:them|tiep|ngay)\b|(?:tin|bai) lien quan\s*:)")
_HASHTAGS = re.compile(r"(?:\s*#[^\W\d]\w*)+\s*")
_TAG_LINE = re.compile(r"(?:tags?|(?:cac )?tu khoa(?: theo tin)?|chu de|the)\s*:")
_KEYWORDS = re.compile(r"(?:tags?|(?:cac )?tu khoa(?: theo tin)?)\s*:")
_FIELD_LINE = re.compile(
    r"(?:so )?(?:luot|lan) (?:xem|doc|truy cap)|(?:chuyen muc|danh muc|muc|the loai|linh vuc"
    r"|nguoi (?:dang|gui|nhap|duyet|kiem duyet|phe duyet|cap nhat|cong bo)|ngay in|nguoi tao|tai khoan"
    r"|da duyet|dang lai"
    r"|don vi dang|(?:duong dan|lien ket|link)(?: bai(?: viet)?)?"
    r"|ngay dang|dang ngay|dang luc|cap nhat|ngay cap nhat|thoi gian dang|(?:duoc|ngay) tao|created"
    r"|thiet ke|do hoa|trinh bay"
    r"|view count|views?|category|posted|published)\s*[:\d]"
    r"|(?:duoc )?(?:dang|gui|cap nhat|chinh sua) boi\b|(?:posted|modified|(?:last )?updated) (?:by|in|on)\b"
    r"|filed under\b"
    r"|this entry was posted\b|bookmark the permalink|bai (?:viet )?(?:nay )?(?:da )?duoc dang (?:trong|tai|vao|luc)\b"
    # on what terms the page may be reprinted
    r"|\W*(?:(?:vui long|de nghi|yeu cau|xin|chu y|luu y)\b[^.]{0,30})?(?:ghi ro (?:ro )?|trich dan )nguon\b"
    r"|\W*(?:(?:chu y|luu y)\W+)?(?:moi )?viec (?:dang|phat hanh|sao chep|trich dan)\b[^.]{0,20} lai\b"
)


def is_widget(block: Block) -> bool:
    """Whether the line is made of nothing but the words of page tools (font size, share, rating, view count)."""
    if len(block.text) > LONGEST_NOTE or not says_tools(block.folded):
        return False
    # a number alone in a cell is data, elsewhere a counter
    boxes = (block.box, block.box.parent)
    in_cell = any(box is not None and box.tag in ("td", "th") for box in boxes)
    return not block.text[-1].isdigit() or not in_cell or any(map(str.isalpha, block.text))


def says_tools(folded: str) -> bool:
    """Whether folded words name page tools, counters and signs alone."""
    return _WIDGET.fullmatch(folded) is not None


def is_file_line(block: Block) -> bool:
    """Whether the line is a link to a file, or the label over such links; a sentence with a link in it is text."""
    if len(block.text) <= 60 and _FILE_LABEL.fullmatch(block.folded):
        return True
    if block.href is None or not is_file_link(block.href):
        return False
    if len(block.text) <= 160 and _FILE_OPENING.match(block.folded):
        return True
    if block.link_share < 0.3:
        return False
    return block.linked >= 0.6 * len(_FILE_TRIM.sub("", block.folded).strip())


def is_pointer(block: Block) -> bool:
    """Whether the line does nothing but lead to another story: an arrow or "Xem thêm", and a link."""
    if block.href is None or block.link_share < 0.5 or is_file_link(block.href):
        return False
    return _POINTER.match(block.folded) is not None


def is_tag_line(block: Block) -> bool:
    """Whether the line lists the page's tags."""
    if block.text[0] == "#" and _HASHTAGS.fullmatch(block.text):
        return True
    if len(block.text) >= 20 and block.link_share <= 0.3:
        return len(block.text) <= 160 and _KEYWORDS.match(block.folded) is not None
    return _TAG_LINE.match(block.folded) is not None


def is_field_line(block: Block) -> bool:
    """Whether the line is a label with a value of the page's frame: view count, category, account."""
    return len(block.text) <= LONGEST_NOTE and _FIELD_LINE.match(block.folded) is not None


def is_meta(block: Block) -> bool:
    """Whether the line is the frame's: a date with little else, a label with its value."""
    if len(block.text) > LONGEST_NOTE:
        return False
    if is_field_line(block):
        return True
    found = _DAY.search(block.folded)
    return found is not None and len(block.text) <= 120 and not block.text.endswith((".", ";", ":"))


def field_values(blocks: list[Block]) -> frozenset[int]:
    """The orders of short blocks with the value of a field whose label fills the block before: "Số lần đọc:", "97"."""
    return frozenset(
        block.order + 1
        for block, value in pairwise(blocks)
        if len(block.text) <= 30 and block.text.endswith(":") and len(value.text) <= 40 and is_field_line(block)
    )


def is_day(text: str) -> bool:
    """Whether a short line is a day in figures, or a clock with one, and no more."""
    return _DAY_ALONE.fullmatch(text) is not None


def is_sentence(text: str) -> bool:
    """Whether a line reads like text of an article rather than a label or a name."""
    return len(text) >= 60 or (len(text) >= 25 and text.rstrip('"”’)» ').endswith((".", "!", "?", ":", ";", "…")))


def tells(block: Block) -> bool:
    """Whether a line is told in sentences, and is no entry of a list: it is long, or ends as a sentence does."""
    size = len(block.text)
    return size >= 60 and block.link_share < 0.4 and (size >= 140 or block.text.endswith(ENDS))


def is_prose(block: Block) -> bool:
    """Whether the block is running text of the page's own story."""
    if not block.free or len(block.text) < 40 or block.link_share >= 0.5:
        return False
    return len(block.text) > LONGEST_NOTE or not (is_widget(block) or is_meta(block))
