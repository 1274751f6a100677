"""Why a page is no article: lists, soft 404, errors, login forms, walls, challenges, searches, empty templates."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

from lxml import etree

from archive.schema import NotAnArticle
from archive.vietnam.text import fold
from crawler.reading.headline import Headline
from crawler.reading.list_signs import Findings, list_sign, row_sign
from crawler.reading.page import Page
from crawler.reading.span import Span, is_prose

_CHALLENGE = re.compile(
    r"just a moment|checking your browser|attention required|cf-challenge|challenge-platform|cf-turnstile"
    r"|_incapsula_|incapsula incident"
    r"|request unsuccessful|the requested url was rejected|support id|ddos protection|verify you are (?:a )?human"
    r"|xac minh ban (?:khong phai|la con nguoi)|ban co phai (?:la )?(?:robot|nguoi may)|are you a robot"
    r"|access blocked|request has been blocked|web application firewall"
    r"|kiem tra trinh duyet|vui long bat javascript|please enable (?:javascript|cookies)"
)
# On a page that says nothing else; a form for comments has one too.
_CAPTCHA = re.compile(r"captcha|nhap ma (?:bao ve|xac (?:nhan|thuc|minh))|xac thuc truy cap")
_COOKIE_WALL = re.compile(r"document\.cookie\s*=|setcookie\s*\(", re.IGNORECASE)
_RELOAD = re.compile(
    r"location\.(?:reload|href|replace)|location\s*=|window\.location|\.submit\(\)|http-equiv=.?refresh", re.IGNORECASE
)
_MISSING = re.compile(
    r"\b404\b|khong tim thay|khong ton tai|khong co san|not found|page you (?:are looking|requested)"
    r"|da (?:bi|duoc) (?:xoa|go|di chuyen)"
    r"|da het han hien thi|(?:tin|bai|trang)(?: viet)?(?: nay)? da het han"
    r"|bi (?:go|xoa) khoi he thong|khong con ton tai|duong dan (?:khong|sai)|lien ket (?:khong|bi hong)|trang (?:ban "
    r")?(?:yeu cau|tim kiem|tim)"
    r"|no (?:content|article|news|data) found|khong co (?:du lieu|bai viet|noi dung|tin|ban ghi|ket qua)|chua "
    r"duoc (?:duyet|xuat ban|dang)"
    r"|does not exist|no longer available|has been (?:removed|deleted)|hien khong (?:co|con)|khong con hien thi"
)
_ERROR = re.compile(
    r"server error|runtime error|internal error|application error|unhandled exception|stack trace|error "
    r"occurred|http status \d|bad gateway"
    r"|loi (?:he thong|may chu|ung dung|ket noi|truy van|xay ra|trong qua trinh)|xay ra loi|da co loi|gap su co"
    r"|he thong (?:dang )?(?:qua tai|ban\b)|may chu (?:tam thoi|dang|khong)|tam ngung|tam ngừng|tam dung hoat dong"
    r"|dang (?:duoc )?(?:bao tri|nang cap)|bao tri he thong|service unavailable"
    r"|temporarily unavailable|under maintenance"
    r"|database error"
    r"|(?:access|permission) denied|forbidden|khong (?:co|du) quyen|tu choi truy cap|sqlexception|nullpointerexception"
    r"|fatal error|warning: mysql"
    r"|an error (?:has )?occurred|portlet (?:is )?(?:temporarily )?unavailable|qua tai|object moved"
)
_LOGIN_TITLE = re.compile(r"(?:dang nhap|log ?in|sign ?in)\b")
_LOGIN = re.compile(r"dang nhap|log ?in|sign ?in|ten (?:dang nhap|truy cap)|mat khau|username|password")
# Whole titles: "Tìm kiếm cứu nạn trên biển" is a story.
_SEARCH = re.compile(
    r"(?:trang |form )?(?:ket qua )?tim kiem(?: (?:nang cao|toan van|thong tin|tin(?: tuc| bai)?|van ban|bai viet"
    r"|(?:voi|cho|theo|tu khoa)\b.*))?\s*(?:[-|:–»(].*)?"
    r"|tra cuu(?: .{0,30})?|search(?: results?\b.*| page)?(?: [-|:].*)?"
    r"|ket qua tim\b.*"
)
_MOVED = re.compile(
    r"(?:da|dang) (?:duoc )?chuyen (?:sang|den|qua|toi|ve|huong)|chuyen trang|chuyen huong|redirecting|has moved"
)
# What a server says of itself before anybody has put a page on it.
_BARE_SERVER = re.compile(
    r"^it works!?$|default (?:welcome )?page|welcome to (?:nginx|apache|iis)|iis windows server"
    r"|^index of /|domain is for sale"
)
_REFRESH = re.compile(r"http-equiv=.?refresh", re.IGNORECASE)
# What portals call their standing pages; folded, whole title.
_STANDING = re.compile(
    r"(?:trang )?gioi thieu\b.{0,60}|(?:dac diem|dieu kien) tu nhien\b.*|(?:lich su|qua trinh) hinh thanh\b.*"
    r"|tong quan\b.*|(?:thong tin )?lien he(?: .{0,40})?|so do (?:to chuc|cong|site|web\w*|trang)\b.*"
    r"|(?:co cau|bo may|mo hinh) to chuc\b.*|(?:ban )?lanh dao(?: .{0,40})?|danh ba\b.*|nguoi phat ngon\b.*"
    r"|chuc nang,? nhiem vu\b.*|thoi tiet\b.{0,30}|(?:gia (?:vang|ca)|ty gia)\b.{0,40}"
    r"|gop y\b.{0,40}|hoi[ -]dap\b.{0,40}"
    r"|(?:thu vien|album) (?:anh|video|hinh anh|media)\b.{0,20}|(?:kenh )?rss\b.{0,20}"
    r"|ket qua (?:tham do|binh chon)\b.*"
)
# The parts of an administrative procedure's description; an offer of service, not a report.
_PROCEDURE = re.compile(
    r"\W*(?:\d+[.)] *)?(?:trinh tu thuc hien|cach thuc thuc hien|thanh phan(?:, so luong)? ho so|so luong(?: bo)? ho so"
    r"|thoi han giai quyet|doi tuong thuc hien|co quan (?:thuc hien|giai quyet)|(?:phi, )?le phi|ket qua thuc hien"
    r"|yeu cau,? dieu kien(?: thuc hien)?|can cu phap ly|ten mau don)\b"
)
_SCHEDULE = re.compile(r"lich (?:cong tac|lam viec|tiep|truc|hop)\b")
_SOON = re.compile(r"(?:noi dung|du lieu|thong tin|trang)?\s*dang (?:duoc )?(?:cap nhat|xay dung|hoan thien)")


# What a page without a posting time says, in its title or its text, the first that it says.
_SAYINGS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("soft_404", _MISSING),
    ("other", _BARE_SERVER),
    ("error", _ERROR),
    ("challenge", _CHALLENGE),
)


def refuse_early(page: Page) -> NotAnArticle | None:
    """What can be told from the page as a whole, before anything is looked for."""
    text = page.source
    if not page.outline.blocks and not text.strip():
        return NotAnArticle("empty", "no bytes")
    visible = sum(len(block.text) for block in page.outline.blocks)
    if len(text) < 12_000 and visible < 1500:
        folded = fold(text)
        if _COOKIE_WALL.search(text) and _RELOAD.search(text) and visible < 400:
            return NotAnArticle("cookie_wall", "a script sets a cookie and loads the page again")
        if _CHALLENGE.search(folded) and visible < 1200 and "<article" not in folded:
            return NotAnArticle("challenge", _found(_CHALLENGE, folded))
        if _CAPTCHA.search(folded) and visible < 300:
            return NotAnArticle("challenge", _found(_CAPTCHA, folded))
        if visible < 400 and _REFRESH.search(text) and not _MISSING.search(folded) and _MOVED.search(folded):
            return NotAnArticle("other", "sends on to another address")
    return None


def refuse(
    page: Page, span: Span, headline: Headline | None, *, prose: int, filed: bool, dated: bool
) -> NotAnArticle | None:
    """The reason why the page is no article, None where it may be one.

    `prose`: characters of its own text; `filed`: it offers files, pictures or a player; `dated`: a posting time stands
    with its headline.
    """
    own = [block for block in page.outline.blocks if block.zone is None and not block.related]
    found = Findings(page, own, span, headline, prose, filed, dated)
    return (
        _says_so(found)
        or _search(found)
        or _form(found)
        or _as_list(list_sign(found))
        or _stands(found)
        or _is_empty(found)
        or _as_list(row_sign(found))
    )


def _as_list(sign: str | None) -> NotAnArticle | None:
    return NotAnArticle("list", sign) if sign else None


def _says_so(found: Findings) -> NotAnArticle | None:
    """Pages that say in few words that there is nothing to read, and why."""
    if found.prose >= 500 or (found.dated and found.prose > 200):
        return None
    text = fold(" ".join(block.text for block in found.own if not block.in_row)[:4000])
    head = fold(f"{found.page.head_title} {found.name}")
    if not found.dated and any(map(_SEARCH.fullmatch, found.titles)):
        return NotAnArticle("search", "its title names a search")
    asks = found.page.outline.passwords and (_LOGIN.search(head) or found.prose < 200)
    if (asks and not found.dated) or (found.prose < 200 and any(map(_LOGIN_TITLE.match, found.titles))):
        return NotAnArticle("login", "a form that asks for a password" if asks else "its title asks to log in")
    for reason, pattern in _SAYINGS:
        if not found.dated and (match := pattern.search(head) or pattern.search(text)):
            return NotAnArticle(reason, match[0])
    if _CHALLENGE.search(head):
        return NotAnArticle("challenge", _found(_CHALLENGE, head))
    if found.prose < 200 and not found.filed and not found.dated and _SOON.search(text):
        return NotAnArticle("empty", "announces content to come")
    return None


def _stands(found: Findings) -> NotAnArticle | None:
    """Pages that a portal keeps standing: contacts, the organisation, weather; the description of a procedure."""
    small = found.prose < 500 and not (found.dated and found.prose > 200 and len(found.name) > 30)
    heads = [block.folded for block in found.own if 0 < block.level <= 2 and not block.in_row][:3]
    named = [*found.titles, *heads] if small and not (found.dated and found.filed) else [fold(found.name).strip()]
    if found.dated and len(found.name) >= 25:
        named = [fold(found.name).strip()]  # its `<title>` is the section's: "Hỏi đáp"
    if (small or not found.dated) and any(len(each) <= 80 and _STANDING.fullmatch(each) for each in named):
        return NotAnArticle("other", "a standing page by its title")
    steps = (_PROCEDURE.match(block.folded[:60]) for block in found.own)
    if not found.dated and len({step[0] for step in steps if step}) >= 4:
        return NotAnArticle("other", "describes an administrative procedure")
    return None


def _search(found: Findings) -> NotAnArticle | None:
    """Result pages, by what their address asks for."""
    asks = {name.lower() for name, value in parse_qsl(urlsplit(found.page.url).query) if value}
    if asks & {"q", "keyword", "keywords", "s", "search", "tukhoa", "query"} and (found.rows >= 3 or found.prose < 200):
        return NotAnArticle("search", "its address asks for words")
    return None


def _form(found: Findings) -> NotAnArticle | None:
    """Pages to fill in: a survey's questions, a question to an office, an application."""
    if found.dated or found.prose >= 500 or found.headline is None:
        return None
    asked: set[str] = set()
    for node in found.span.box.node.iter("input", "textarea"):
        kind = "text" if node.tag == "textarea" else (node.get("type") or "text").lower()
        if kind in ("text", "radio", "checkbox", "email", "tel", "number", "date", "file") and not _is_in_zone(
            found, node
        ):
            asked.add(node.get("name") or node.get("id") or node.get("placeholder") or "")
    return NotAnArticle("other", f"a form with {len(asked)} fields") if len(asked) >= 3 else None


def _is_in_zone(found: Findings, node: etree._Element) -> bool:
    """Whether a field stands in a side column, a header, a poll, or with the comments; a form is no such zone here."""
    around: etree._Element | None = node
    boxes = found.page.outline.boxes
    while around is not None and around not in boxes:
        around = around.getparent()
    return around is not None and boxes[around].zone not in (None, "form")


def _is_empty(found: Findings) -> NotAnArticle | None:
    """Templates without content."""
    if found.headline is None:
        return NotAnArticle("empty" if found.prose < 200 else "other", "no headline")
    scheduled = any(map(_SCHEDULE.match, found.titles))
    if found.prose < 40 and not found.filed and not scheduled:
        return NotAnArticle("empty", "a headline without text, file or picture")
    told = found.dated or found.filed
    if not told and not any(map(is_prose, found.page.outline.blocks[found.span.start : found.span.end])):
        return NotAnArticle("other" if scheduled else "empty", "short lines without a posting time")
    return None


def _found(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return match[0] if match else ""
