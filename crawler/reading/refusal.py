"""Why a page is no article: lists, soft 404, errors, login forms, walls, challenges, searches, empty templates."""

from __future__ import annotations

import re
from collections import Counter
from urllib.parse import parse_qsl, urlsplit

from archive.schema import NotAnArticle
from archive.vietnam.text import fold
from crawler.reading.blocks import Block
from crawler.reading.headline import Headline, is_site_title
from crawler.reading.lines import is_meta
from crawler.reading.page import Page
from crawler.reading.rows import is_file_link, is_title_link
from crawler.reading.story import Span, is_prose

_CHALLENGE = re.compile(
    r"just a moment|checking your browser|attention required|cf-challenge|challenge-platform|cf-turnstile"
    r"|_incapsula_|incapsula incident"
    r"|request unsuccessful|the requested url was rejected|support id|ddos protection|verify you are (?:a )?human"
    r"|xac minh ban (?:khong phai|la con nguoi)|ban co phai (?:la )?(?:robot|nguoi may)|are you a robot"
    r"|recaptcha/api|hcaptcha\.com"
    r"|access blocked|request has been blocked|web application firewall"
    r"|kiem tra trinh duyet|vui long bat javascript|please enable (?:javascript|cookies)|captcha"
)
_COOKIE_WALL = re.compile(r"document\.cookie\s*=|setcookie\s*\(", re.IGNORECASE)
_RELOAD = re.compile(
    r"location\.(?:reload|href|replace)|location\s*=|window\.location|\.submit\(\)|http-equiv=.?refresh", re.IGNORECASE
)
_MISSING = re.compile(
    r"\b404\b|khong tim thay|khong ton tai|khong co san|not found|page you (?:are looking|requested)|da bi xoa|da bi go"
    r"|da het han hien thi|khong con ton tai|duong dan (?:khong|sai)|lien ket (?:khong|bi hong)|trang (?:ban "
    r")?(?:yeu cau|tim kiem|tim)"
    r"|no (?:content|article|news|data) found|khong co (?:du lieu|bai viet|noi dung|tin|ban ghi|ket qua)|chua "
    r"duoc (?:duyet|xuat ban|dang)"
    r"|does not exist|no longer available|has been (?:removed|deleted)|hien khong (?:co|con)|khong con hien thi"
)
_ERROR = re.compile(
    r"server error|runtime error|internal error|application error|unhandled exception|stack trace|error "
    r"occurred|http status \d|bad gateway"
    r"|loi (?:he thong|may chu|ung dung|ket noi|truy van|xay ra|trong qua trinh)|xay ra loi|da co loi|gap su co"
    r"|tam ngung|tam ngừng|tam dung hoat dong"
    r"|dang (?:bao tri|nang cap)|bao tri he thong|service unavailable|temporarily unavailable|under maintenance"
    r"|database error"
    r"|(?:access|permission) denied|forbidden|khong (?:co|du) quyen|tu choi truy cap|sqlexception|nullpointerexception"
    r"|fatal error|warning: mysql"
    r"|an error (?:has )?occurred|portlet (?:is )?(?:temporarily )?unavailable|qua tai|object moved"
)
_LOGIN = re.compile(r"dang nhap|log ?in|sign ?in|ten (?:dang nhap|truy cap)|mat khau|username|password")
# Whole titles: "Tìm kiếm cứu nạn trên biển" is a story.
_SEARCH = re.compile(
    r"(?:trang |form )?(?:ket qua )?tim kiem(?: (?:nang cao|toan van|thong tin|tin(?: tuc| bai)?|van ban|bai viet"
    r"|(?:voi|cho|theo|tu khoa)\b.*))?\s*(?:[-|:–»(].*)?|search(?: results?\b.*| page)?(?: [-|:].*)?|ket qua tim\b.*"
)
_MOVED = re.compile(
    r"(?:da|dang) (?:duoc )?chuyen (?:sang|den|qua|toi|ve|huong)|chuyen trang|chuyen huong|redirecting|has moved"
)
# What a server says of itself before anybody has put a page on it.
_BARE_SERVER = re.compile(
    r"^it works!?$|default (?:welcome )?page|welcome to (?:nginx|apache|iis)|iis windows server|domain is for sale"
)
_REFRESH = re.compile(r"http-equiv=.?refresh", re.IGNORECASE)
# What portals call their standing pages; folded, whole title.
_STANDING = re.compile(
    r"(?:trang )?gioi thieu\b.{0,60}|(?:dac diem|dieu kien) tu nhien\b.*|(?:lich su|qua trinh) hinh thanh\b.*"
    r"|tong quan\b.*|(?:thong tin )?lien he(?: .{0,40})?|so do (?:to chuc|cong|site|web\w*|trang)\b.*"
    r"|(?:co cau|bo may|mo hinh) to chuc\b.*|(?:ban )?lanh dao(?: .{0,40})?|danh ba\b.*|nguoi phat ngon\b.*"
    r"|chuc nang,? nhiem vu\b.*|thoi tiet\b.{0,30}|(?:gia vang|ty gia)\b.{0,40}|gop y\b.{0,40}|hoi[ -]dap\b.{0,40}"
    r"|(?:thu vien|album) (?:anh|video|hinh anh|media)\b.{0,20}|(?:kenh )?rss\b.{0,20}"
    r"|ket qua (?:tham do|binh chon)\b.*"
)
# The parts of an administrative procedure's description; an offer of service, not a report.
_PROCEDURE = re.compile(
    r"\W*(?:\d+[.)] *)?(?:trinh tu thuc hien|cach thuc thuc hien|thanh phan(?:, so luong)? ho so|so luong(?: bo)? ho so"
    r"|thoi han giai quyet|doi tuong thuc hien|co quan (?:thuc hien|giai quyet)|(?:phi, )?le phi|ket qua thuc hien"
    r"|yeu cau,? dieu kien(?: thuc hien)?|can cu phap ly|ten mau don)\b"
)
_QUESTION = re.compile(r"(?:cau )?hoi\s*(?:\d+)?\s*:|nguoi (?:hoi|gui)\s*:|(?:xem )?(?:cau )?tra loi\W*$")
_SOON = re.compile(r"(?:noi dung|du lieu|thong tin|trang)?\s*dang (?:duoc )?(?:cap nhat|xay dung|hoan thien)")


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
    text = fold(" ".join(block.text for block in own if not block.in_row)[:4000]) if prose < 500 else ""
    named = headline.text if headline else " ".join(block.text for block in own[:40] if block.level)[:300]
    head = fold(f"{page.head_title} {named}")
    titles = [fold(each).strip() for each in (page.head_title, named)]
    small = prose < 500 and not (dated and prose > 200)
    if small and not dated and any(map(_SEARCH.fullmatch, titles)):
        return NotAnArticle("search", "its title names a search")
    if small and (found := _small_page(page, text, head, prose, dated)):
        return found
    if prose < 200 and not filed and not dated and _SOON.search(text):
        return NotAnArticle("empty", "announces content to come")
    if small and (not dated or (prose < 200 and not filed)) and _is_standing(own, titles):
        return NotAnArticle("other", "a standing page by its title")
    if not dated and headline is not None and _STANDING.fullmatch(fold(headline.text).strip()):
        return NotAnArticle("other", "a standing page by its headline")
    steps = (_PROCEDURE.match(block.folded[:60]) for block in own)
    if not dated and len({step[0] for step in steps if step}) >= 4:
        return NotAnArticle("other", "describes an administrative procedure")
    # under a dated headline only what follows it can make the page a list: menus and tickers stand above
    after = headline.block.order if dated and headline is not None and headline.block is not None else -1
    rows = sum(1 for block in own if block.in_row and block.order > after)
    if found := _search(page, rows, prose):
        return found
    if found := _list(page, own, span, headline, rows, prose=prose, filed=filed, dated=dated):
        return found
    if headline is None:
        return NotAnArticle("empty" if prose < 200 else "other", "no headline")
    if prose < 40 and not filed:
        return NotAnArticle("empty", "a headline without text, file or picture")
    if not dated and not filed and not any(map(is_prose, page.outline.blocks[span.start : span.end])):
        return NotAnArticle("empty", "short lines without a posting time")
    return None


def _list(
    page: Page,
    own: list[Block],
    span: Span,
    headline: Headline | None,
    rows: int,
    *,
    prose: int,
    filed: bool,
    dated: bool,
) -> NotAnArticle | None:
    """Lists of other pages: by their rows, by a lone linked headline, by questions, by what each row repeats."""
    if rows >= 3 and prose < 200 and not (dated and headline and headline.score >= 12):
        inside = sum(1 for block in own if block.in_row and span.box.first <= block.order < span.box.last)
        # a few lines, a file or a film beside a column of other news
        if not (dated and headline and inside < 3 and (filed or prose >= 40)):
            return NotAnArticle("list", f"{rows} lines of linked headlines, no text of its own")
    little = prose < min(1500, 100 * rows) and (headline is None or headline.score < 15 or prose < 600)
    if rows >= 8 and not dated and little:
        return NotAnArticle("list", f"{rows} lines of linked headlines, little text of its own, no date")
    if prose < 800 and headline is not None and headline.block is not None and _is_elsewhere(headline.block, page):
        return NotAnArticle("list", "its headline leads to another page")
    if dated:
        return None
    first = headline.block.order if headline is not None and headline.block is not None else 0
    if prose < 350 and any(_leads_away(block, page) for block in own if block.order >= first):
        return NotAnArticle("list", "a linked headline with its summary, no text of its own")
    again = Counter(b.folded for b in own if b.link_share > 0.8 and b.href and not is_file_link(b.href))
    questions = sum(1 for block in own if _QUESTION.match(block.folded))
    repeated = max(again.values(), default=0) >= 3 and _in_box(own, again, span)
    if prose < 1500 and (questions >= 4 or repeated):
        return NotAnArticle("list", "rows of questions, or rows that end in the same link")
    return None


def _is_elsewhere(block: Block, page: Page) -> bool:
    """Whether a headline is a link to another page than this one, its print and its canonical twin."""
    link = page.link(block.href) if block.href and block.link_share > 0.9 else None
    if link is None:
        return False
    canonical = [page.link(node.get("href")) for node in page.root.iter("link") if node.get("rel") == "canonical"]
    return _alias(link) not in map(_alias, filter(None, (page.url, page.meta.get("og:url"), *canonical)))


def _alias(url: str) -> str:
    """The last part of an address's path, which the print page and the article share."""
    return urlsplit(url).path.rstrip("/").rsplit("/", 1)[-1].lower()


def _leads_away(block: Block, page: Page) -> bool:
    """Whether a block is the linked headline of another page, with that page's day or summary beside it."""
    if not is_title_link(block) or block.level == 1 or is_site_title(block.text):
        return False
    beside = page.outline.blocks[block.order : block.order + 3]
    return block.level > 0 or any(each.link_share < 0.9 and (len(each.text) >= 40 or is_meta(each)) for each in beside)


def _in_box(own: list[Block], again: Counter[str], span: Span) -> bool:
    """Whether the link that is repeated most stands three times in the element of the story, after its headline."""
    most = again.most_common(1)[0][0]
    return sum(1 for block in own if block.folded == most and span.head <= block.order < span.box.last) >= 3


def _is_standing(own: list[Block], titles: list[str]) -> bool:
    """Whether a title or a heading calls the page one of those that a portal keeps standing."""
    heads = [block.folded for block in own if 0 < block.level <= 2 and not block.in_row][:3]
    return any(len(each) <= 80 and _STANDING.fullmatch(each) for each in (*titles, *heads))


def _small_page(page: Page, text: str, head: str, prose: int, dated: bool) -> NotAnArticle | None:
    """Pages that say in few words that there is nothing to read."""
    if page.outline.passwords and not dated and (_LOGIN.search(head) or prose < 200):
        return NotAnArticle("login", "a form that asks for a password")
    if not dated and (_MISSING.search(head) or _MISSING.search(text)):
        return NotAnArticle("soft_404", _found(_MISSING, f"{head} {text}"))
    if not dated and (_BARE_SERVER.search(head) or _BARE_SERVER.search(text)):
        return NotAnArticle("other", _found(_BARE_SERVER, f"{head} {text}"))
    if not dated and (_ERROR.search(head) or _ERROR.search(text)):
        return NotAnArticle("error", _found(_ERROR, f"{head} {text}"))
    if _CHALLENGE.search(head) or (_CHALLENGE.search(text) and not dated):
        return NotAnArticle("challenge", _found(_CHALLENGE, f"{head} {text}"))
    if re.match(r"(?:dang nhap|log ?in|sign ?in)", head) and prose < 200:
        return NotAnArticle("login", "its title asks to log in")
    return None


def _search(page: Page, rows: int, prose: int) -> NotAnArticle | None:
    """Result pages, by what their address asks for."""
    parts = urlsplit(page.url)
    asks = {name.lower() for name, value in parse_qsl(parts.query) if value}
    if asks & {"q", "keyword", "keywords", "s", "search", "tukhoa", "query"} and (rows >= 3 or prose < 200):
        return NotAnArticle("search", "its address asks for words")
    return None


def _found(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return match[0] if match else ""
