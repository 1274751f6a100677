"""What a line tells by itself of being a headline: its words, its marks, the posting time that may stand in it."""

from __future__ import annotations

import re

from archive.vietnam.text import fold
from crawler.reading.outline.blocks import Block
from crawler.reading.people import read_byline
from crawler.reading.people.names import acts, is_organisation
from crawler.reading.text.lines import is_field_line, is_file_line, is_pointer, is_tag_line, is_widget
from crawler.reading.title.sections import names_section
from crawler.reading.title.words import CLOCK, CONTACT, POSTED, SITE_NAME, is_site_title, without_posted

_PATH = re.compile(r"trang chu\b|.{2,40}\s[»›>]\s")
# What is done on a day of a field, and by whom: not "Ngày hội non sông", "Người giữ mùa hồi".
_DAY_OF = (
    r"dang|ban|(?:co |het )?hieu|ky(?! niem)|gui|hoi *[:\d]|tra|tao|cap|xuat|cong|duyet|dua|sinh|nop|nhan|het|phat"
)
_DONE_BY = (
    r"dang|gui|hoi|tra loi|nhap|duyet|kiem|phe|cap|cong|tao|ky|viet(?! nam)|soan|phu|lien|dai|lap|nhan|bien|quan tri"
    r"|dan *$|truy"
)
# The names of fields, and of who made what.
_LABEL = re.compile(
    rf"(?:so|co quan|loai|trang thai|linh vuc|ngay(?=\W*(?:\d|$)| (?:{_DAY_OF})\b)|nguoi(?=\W*$| (?:{_DONE_BY})\b))"
    r"\b.{0,16}$|so (?:ky )?hieu\b"
    r"|\W*nghe (?:bai|noi dung|tin)\b|[a-z ]{2,30}:\s*[\d(][\d. ()-]{5,}$"  # "Cấp nước: 3862.331"
    r"|[a-z ]{2,24} (?:so\s*:\s*\d|(?:id|ma loi)\s*:)"
    r"|(?:hien|dang)(?: dang)? co:? \d[\d.]* (?:khach|nguoi)\b|ban la (?:nguoi|khach)\b|boi .{3,40} [–—-] dang\b"
    r"|(?:viet|dang|gui) boi\b|(?:written|posted|published|created|submitted) (?:by|on|in)\b|(?:category|author)\s*:"
    r"|(?!(?:chum|bo|phong su) anh)[a-z, ]{0,12}(?:tac gia|tin|bai|anh|nguon)\s*:"
    r"|(?:thoi gian|dia diem|khu vuc|thanh phan|ly do)(?: [a-z]+){0,3}\s*:"  # of an event: "Thời gian cúp điện: …"
    r"|(?:truyen ngan|truyen ky|but ky|tan van)\s*(?::|cua\b.{0,24}$)"
)
# "Thông báo / Đăng lúc 08h00 - 16.10.2021 / Số lượt xem: 3.120"
_POSTING = re.compile(r"\b(?:dang (?:luc|ngay)|ngay dang|luot xem|cap nhat luc|posted|published)\b")
_SLOGAN = re.compile(
    r"doc lap - tu do - hanh phuc|cong hoa xa hoi chu nghia|(?:nhiet liet )?chao mung\b|ra suc thi dua|quyet tam\b"
)
# What offices campaign for, in capitals over the headline: "HƯỚNG TỚI ĐẠI HỘI ĐẢNG BỘ TỈNH LẦN THỨ XVII"
_CAMPAIGN = re.compile(r"(?:huong toi|tien toi|huong ung|hoc tap va lam theo|dua nghi quyet|lap thanh tich)\b")
_TWO_SENTENCES = re.compile(r"[.!?](?<=[^\W\d_A-ZĐ]{2}.) [^\W\d_a-zđ]")  # not "TP. Huế"; stops are sought fastest
# "16 giờ 40 phút, thứ Sáu ngày" 05/06/2026
_CLOCK_FIRST = re.compile(r"\d{1,2} ?(?:h|gio|:) ?(?:\d{1,2}(?: ?phut)?)?,? ?(?:(?:thu|chu) \w+)?,? ?(?:ngay)?")
# "Gửi lúc 16 giờ 20 - Ngày 20/03/2023", "Lệ Thủy - Quốc Hưng•20 giờ 21, 07/10/2024•5 phút đọc"
_CLOCK = re.compile(r"(?<!\d)\d{1,2} ?(?:[:h]|gio) ?\d{2}(?!\d)")
_OF_A_POST = re.compile(
    r"[•·|]|\b(?:dang|gui|cap nhat|sua|xuat ban|(?:in|phat) luc|boi|phut doc|luot xem|updated?|posted|written|submitted"
    r"|published)\b"
)
_WEEKDAY_LAST = re.compile(r"[,|-] *(?:thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat)(?: ngay)?$")  # "Lê Hoa, thứ năm"
# "Lục Mai · 3 giờ trước", "Hôm qua, 16:20", "3 phút đọc"
_AGO = re.compile(
    r"\d (?:(?:phut|gio|ngay|tuan|thang) truoc|phut doc)\s*(?:$|[·•|(-])|\bhom (?:qua|nay),? \d{1,2}[:h]\d\d"
)
_JOINING = (" luc", " ngay", " hoi", " tu", " den")  # "Dự báo thời tiết lúc 16h00 ngày" 07/9/2024
_PARTING = " |•·–—-,"
_WEEKDAY_BEHIND = re.compile(r"(?<![^\W_])(?:thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật|t[2-7]|cn)$", re.IGNORECASE)
_MAY_BE_POSTED = re.compile(r"[0-9npl](?:(?<=\d)|gay dang|osted|ublish|uot xem)")  # found far sooner than POSTED
# The day of a counter's figures; "Lễ Lạp miếu: ngày 12 tháng Chạp âm lịch", of any year.
_NO_POSTING = re.compile(r"tu dong cap nhat|(?<!\d)(?:ngay )?\d{1,2} thang \w+ am lich(?!.*(?:19|20)\d\d)")


def may_be(block: Block) -> bool:
    """Whether a line can be a headline: free, of its length, and no path, label, clock, tool, sentence or site."""
    if not block.free or block.link_share > 0.5:
        return False
    text = without_posted(block.text)
    if not 6 <= len(text) <= 250 or text.endswith((".", ":")):
        return False
    if (
        (block.box.tag == "th" and _is_one_of_row(block))
        or (text[0] == "(" and text[-1] == ")")
        or " " not in text
        or _TWO_SENTENCES.search(text)
        or _PATH.match(block.folded)
        or CONTACT.match(block.folded)
        or CLOCK.match(block.folded)
    ):
        return False
    if _LABEL.match(block.folded) or is_site_title(text) or _is_site_name(text):
        return False
    if len(text) == len(block.text) and is_posted(block):
        return False
    return not any(sign(block) for sign in (is_widget, is_field_line, is_file_line, is_tag_line, is_pointer))


def _is_site_name(text: str) -> bool:
    """Whether a line in capitals names who runs the site, and not what that office did."""
    return text.isupper() and SITE_NAME.match(text) is not None and not acts(text)


def _is_one_of_row(block: Block) -> bool:
    row = block.box.parent
    return row is not None and row.last - row.first > 1


def is_posted(block: Block) -> bool:
    """Whether the line tells when the page was posted; a headline may name a day too, in a sentence of its own."""
    if len(block.text) > 120 or _MAY_BE_POSTED.search(block.folded) is None:
        return False
    if (day := POSTED.search(block.folded)) is None:
        return _AGO.search(block.folded) is not None
    if _NO_POSTING.search(block.folded) is not None:
        return False
    before = block.folded[: day.start()].strip(" -|(,")
    return (
        len(before) < 20
        or _is_clocked(block.folded, before)
        or _CLOCK_FIRST.fullmatch(before) is not None
        or (len(before) < 45 and _WEEKDAY_LAST.search(before) is not None)
        or is_field_line(block)
        or _POSTING.search(block.folded) is not None
    )


def _is_clocked(folded: str, before: str) -> bool:
    """Whether a line with a day tells a clock too, and holds few other words or those of a posting."""
    if _CLOCK.search(folded) is None:
        return False
    return _OF_A_POST.search(folded) is not None or (len(before) < 30 and not before.endswith(_JOINING))


def is_posted_in(block: Block) -> bool:
    """Whether the line is a section's or an office's name with the posting time behind: "Thế giới 27-09-2024 06:40"."""
    line = _without_time(block.text)
    if line == block.text:
        return False
    parted = block.text[len(line) :].lstrip()[:1] in _PARTING
    return names_section(fold(line)) or (parted and is_organisation(line))


def _without_time(text: str) -> str:
    """A line without the time behind it, its weekday and what parts them."""
    bare = without_posted(text)
    return text if bare == text else _WEEKDAY_BEHIND.sub("", bare.rstrip(_PARTING)).rstrip(_PARTING)


def is_made_by(block: Block, told: str) -> bool:
    """Whether the line names who made the story, and not a person of whom its text `told` tells."""
    line = _without_time(block.text).strip(_PARTING)
    line = line[4:] if line[:4] in ("Bởi ", "bởi ") else line
    words = line.split()
    if ":" not in line and 2 * sum(word[0].isupper() for word in words) < len(words):
        return False  # most words of a byline are names
    byline = read_byline(line)
    names = [each.name for each in byline.authors if each.kind != "organisation"] if byline is not None else []
    told_of = sum(map(len, names)) + len((byline.source if byline is not None else None) or "")
    filled = ":" in line or 3 * told_of >= len(line)  # not "Hậu Giang và tỉnh J trao đổi kỹ thuật"
    return filled and any(name not in told for name in names)


def is_slogan(block: Block) -> bool:
    """Whether the line is a greeting, a motto or the name of a campaign, as offices print them over their news."""
    campaigns = block.text.isupper() and _CAMPAIGN.match(block.folded) is not None
    return campaigns or _SLOGAN.match(block.folded) is not None
