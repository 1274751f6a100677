"""A portal of which only the host is known: its feeds, its sitemap, and the sections of its own menu, news first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from archive.vietnam.text import fold
from crawler.portal import Portal
from crawler.reading.address import canonical_url, without_session
from crawler.reading.families import FAMILIES, recognise
from crawler.reading.links import Link, Listing, is_trap
from crawler.reading.outline.blocks import squeeze
from crawler.reading.outline.rows import is_file_link
from crawler.reading.page import Page, text_of

MAX_SECTIONS = 60
MAX_ANCHORS = 3000

# What people read, first things first; folded.
_RANKS = (
    re.compile(
        r"tin tuc|tin moi|su kien|thoi su|tin trong|tin dia phuong|tin noi bat|tin van|news|ban tin|diem tin"
        r"|tin tong hop|^tin\b"
    ),
    re.compile(
        r"chi dao|dieu hanh|hoat dong cua|lanh dao tinh|hdnd|hoi dong nhan dan|ubnd|cai cach hanh chinh|chuyen doi so"
    ),
    re.compile(r"thong bao|thong cao|cong bo|lich (?:cong tac|tiep|lam viec)|tuyen dung|dau thau|moi thau"),
    re.compile(r"van ban|cong bao|quyet dinh|nghi quyet|chinh sach|quy hoach|ke hoach|phap luat"),
    re.compile(
        r"kinh te|xa hoi|van hoa|giao duc|y te|du lich|quoc phong|an ninh|nong nghiep|xay dung dang|khoa hoc"
        r"|the thao|doanh nghiep|dau tu"
    ),
)
# Citizens' own words and data: not archived by default, a form may name them.
_CITIZENS = re.compile(
    r"hoi[ -]?dap|hoi va dap|phan anh|kien nghi|khieu nai|to cao|kntc|tiep cong dan|tiep dan|lay y kien|gop y"
    r"|y kien (?:nguoi dan|cong dan|dong gop)"
    r"|cong dan hoi|doi thoai|giai dap|q ?& ?a|faq|hom thu"
)
_NO_SECTION = re.compile(
    r"trang chu|^home$|dang nhap|dang ky|login|lien he|contact|so do|sitemap|english|tieng (?:viet|anh)|tim "
    r"kiem|rss|dich vu cong|mot cua"
    r"|thu dien tu|email|webmail|gioi thieu|co cau to chuc|bo may|ban do|danh ba|lich su|truyen thong xa hoi"
    r"|facebook|zalo|youtube|thu vien (?:anh|video)"
    r"|xem them|chi tiet|^en$|^vi$|lien ket"
)


def discover(
    body: bytes,
    url: str,
    fetched_at: datetime,
    *,
    headers: Mapping[str, str] | None = None,
    portal: Portal | None = None,
) -> Listing:
    """The feeds, the sitemap and the menu's sections of a home page, sections people read first.

    The sitemap's address is the customary one where the page names none: it may not exist. Sections of citizens'
    questions, complaints and feedback are left out.
    """
    page = Page(body, url, headers)
    found: dict[str, Link] = {}
    for link in (*_feeds(page), *_sections(page, portal)):
        if is_trap(link.url) or not _own(link.url, page, portal):
            continue
        found.setdefault(canonical_url(link.url, portal), link)
    sitemap = Link(urljoin(url, "/sitemap.xml"), kind="sitemap")
    found.setdefault(canonical_url(sitemap.url, portal), sitemap)
    sections = [each for each in found.values() if each.kind == "list"]
    return Listing(tuple(found.values()), None, None if sections or len(found) > 1 else "no_sections")


def _feeds(page: Page) -> Iterator[Link]:
    for node in page.all("link[rel~=alternate][href]"):
        if "rss" in (node.get("type") or "") or "atom" in (node.get("type") or ""):
            url = page.link(node.get("href"))
            if url and not _CITIZENS.search(fold(node.get("title") or "")):
                yield Link(url, squeeze(node.get("title") or "") or None, kind="feed")


def _sections(page: Page, portal: Portal | None) -> Iterator[Link]:
    family = FAMILIES[portal.family] if portal is not None and portal.family in FAMILIES else recognise(page)
    home = canonical_url(page.url, portal)
    ranked: list[tuple[int, int, Link]] = []
    for place, anchor in enumerate(page.outline.anchors[:MAX_ANCHORS]):
        url = page.link(anchor.href)
        title = squeeze(text_of(anchor.node)) or squeeze(anchor.node.get("title") or "")
        folded = fold(title)
        if url is None or not 3 <= len(title) <= 70 or is_file_link(url) or canonical_url(url, portal) == home:
            continue
        if _CITIZENS.search(folded) or _CITIZENS.search(fold(urlsplit(url).path.replace("-", " "))):
            continue
        if _NO_SECTION.search(folded):
            continue
        rank = next((rank for rank, pattern in enumerate(_RANKS) if pattern.search(folded)), len(_RANKS))
        in_menu = anchor.box.zone in ("nav", "header")
        if (in_menu and family.is_article(url) is not True) or (
            rank < 4 and len(title) <= 40 and family.is_article(url) is not True
        ):
            ranked.append((rank, place, Link(without_session(url), title, kind="list")))
    ranked.sort(key=lambda each: each[:2])
    for _, _, link in ranked[:MAX_SECTIONS]:
        yield link


def _own(url: str, page: Page, portal: Portal | None) -> bool:
    if portal is not None:
        return portal.owns(url)
    return (urlsplit(url).hostname or "").removeprefix("www.") == (urlsplit(page.url).hostname or "").removeprefix(
        "www."
    )
