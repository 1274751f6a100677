"""Why a page is no article: lists, soft 404, errors, login forms, walls, challenges, searches, empty templates."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

from archive.schema import NotAnArticle
from archive.vietnam.text import fold
from crawler.reading.headline import Headline
from crawler.reading.page import Page
from crawler.reading.rows import is_title_link
from crawler.reading.story import Span

_CHALLENGE = re.compile(
    r"just a moment|checking your browser|attention required|cf-challenge|challenge-platform|cf-turnstile"
    r"|_incapsula_|incapsula incident"
    r"|request unsuccessful|the requested url was rejected|support id|ddos protection|verify you are (?:a )?human"
    r"|xac minh ban (?:khong phai|la con nguoi)|ban co phai (?:la )?(?:robot|nguoi may)|are you a robot"
    r"|recaptcha/api|hcaptcha\.com"
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
    r"|does not exist|no longer available|has been (?:removed|deleted)"
)
_ERROR = re.compile(
    r"server error|runtime error|internal error|application error|unhandled exception|stack trace|error "
    r"occurred|http status \d|bad gateway"
    r"|loi (?:he thong|may chu|ung dung|ket noi|truy van|xay ra|trong qua trinh)|xay ra loi|da co loi|gap su co"
    r"|tam ngung|tam ngừng|tam dung hoat dong"
    r"|dang (?:bao tri|nang cap)|bao tri he thong|service unavailable|temporarily unavailable|under maintenance"
    r"|database error"
    r"|(?:access|permission) denied|forbidden|khong co quyen|tu choi truy cap|sqlexception|nullpointerexception"
    r"|fatal error|warning: mysql"
    r"|an error (?:has )?occurred|portlet (?:is )?(?:temporarily )?unavailable|qua tai|object moved"
)
_LOGIN = re.compile(r"dang nhap|log ?in|sign ?in|ten (?:dang nhap|truy cap)|mat khau|username|password")
_SEARCH = re.compile(r"(?:ket qua )?tim kiem|search results?|ket qua tim|tim thay \d+ ket qua")
_LIST_WORDS = re.compile(r"(?:danh sach|danh muc|chuyen muc|tat ca (?:tin|bai)|trang \d+|luu tru)")
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
    small = prose < 500 and not (dated and prose > 200)
    if small and (found := _small_page(page, text, head, prose, dated)):
        return found
    # under a dated headline only what follows it can make the page a list: menus and tickers stand above
    after = headline.block.order if dated and headline is not None and headline.block is not None else -1
    rows = sum(1 for block in own if block.in_row and block.order > after)
    if found := _search(page, head, rows, prose):
        return found
    if rows >= 3 and prose < 200 and not (dated and headline and headline.score >= 12):
        return NotAnArticle("list", f"{rows} lines of linked headlines, no text of its own")
    if rows >= 8 and not dated and prose < 100 * rows and prose < 1500:
        return NotAnArticle("list", f"{rows} lines of linked headlines, little text of its own, no date")
    if not dated and prose < 350 and any(is_title_link(block) and block.level != 1 for block in own):
        return NotAnArticle("list", "a linked headline with its summary, no text of its own")
    if headline is None:
        return NotAnArticle("empty" if prose < 200 else "other", "no headline")
    if prose < 40 and not filed:
        return NotAnArticle("empty", "a headline without text, file or picture")
    if prose < 200 and not filed and not dated and _SOON.search(text):
        return NotAnArticle("empty", "announces content to come")
    return None


def _small_page(page: Page, text: str, head: str, prose: int, dated: bool) -> NotAnArticle | None:
    """Pages that say in few words that there is nothing to read."""
    if page.outline.passwords and (_LOGIN.search(head) or prose < 200):
        return NotAnArticle("login", "a form that asks for a password")
    if not dated and (_MISSING.search(head) or _MISSING.search(text)):
        return NotAnArticle("soft_404", _found(_MISSING, f"{head} {text}"))
    if not dated and (_ERROR.search(head) or _ERROR.search(text)):
        return NotAnArticle("error", _found(_ERROR, f"{head} {text}"))
    if _CHALLENGE.search(head) or (_CHALLENGE.search(text) and not dated):
        return NotAnArticle("challenge", _found(_CHALLENGE, f"{head} {text}"))
    if re.match(r"(?:dang nhap|log ?in|sign ?in)", head) and prose < 200:
        return NotAnArticle("login", "its title asks to log in")
    return None


def _search(page: Page, head: str, rows: int, prose: int) -> NotAnArticle | None:
    if _SEARCH.search(head) and (rows >= 1 or prose < 400):
        return NotAnArticle("search", "its title names a search")
    parts = urlsplit(page.url)
    asks = {name.lower() for name, value in parse_qsl(parts.query) if value}
    if asks & {"q", "keyword", "keywords", "s", "search", "tukhoa", "query"} and (rows >= 3 or prose < 200):
        return NotAnArticle("search", "its address asks for words")
    return None


def _found(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return match[0] if match else ""
