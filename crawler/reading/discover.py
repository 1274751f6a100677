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
from crawler.reading.families.generic import Generic
from crawler.reading.links import Link, Listing, is_trap, words_of
from crawler.reading.outline.blocks import Anchor, squeeze
from crawler.reading.outline.rows import is_file_link
from crawler.reading.page import Page, text_of

MAX_SECTIONS = 60
MAX_ANCHORS = 3000
_TOLD, _WORDS = 4, 5  # ranks whose words name a section wherever they stand, and of how many words at most
_LONGEST_NAME = 32  # letters of a section in a menu
_LONGEST_UNKNOWN = 40  # of one that only its place in a menu tells
_SHORTEST_MENU, _KNOWN_NAMES = 4, 2  # links of a row that is a menu, and how many of them every portal has

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
    r"hoi(?:\W{0,3}| va )(?:dap|tra loi)\b|cau hoi\b|phan anh|kien nghi|khieu nai|to cao|to giac|thac mac|kntc|pakn"
    r"|tiep cong dan|tiep dan|lay y kien|tham do (?:y kien|du luan)|gop y|y kien (?:nguoi dan|cong dan|dong gop)"
    r"|(?:cong|nguoi) dan hoi|tra loi (?:cong dan|nguoi dan|cu tri|ban doc)|doi thoai|giai dap|giao luu truc tuyen"
    r"|duong day nong|q ?& ?a|faq|hom thu"
)
_NO_SECTION = re.compile(
    r"trang chu|^home$|dang nhap|dang xuat$|mat khau|gio hang|dang ky|login|lien he|contact|so do|sitemap|english"
    r"|tieng (?:viet|anh)|tim kiem|rss|dich vu cong|mot cua"
    r"|thu dien tu|email|webmail|gioi thieu|co cau to chuc|bo may|ban do\b|danh ba|lich su|truyen thong xa hoi"
    r"|facebook|zalo|youtube|thu vien (?:anh|video)"
    r"|xem (?:them|tat ca)|chi tiet|^en$|^vi$|lien ket"
)

_NUMBER = re.compile(r"\d/")  # of a document


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
    menu = _menus(page, family)
    ranked: list[tuple[int, int, Link]] = []
    for place, anchor in enumerate(page.outline.anchors[:MAX_ANCHORS]):
        url = page.link(anchor.href)
        title = words_of(anchor)
        folded = fold(title)
        if url is None or not 3 <= len(title) <= 70 or is_file_link(url) or canonical_url(url, portal) == home:
            continue
        if _CITIZENS.search(folded) or _CITIZENS.search(fold(urlsplit(url).path.replace("-", " "))):
            continue
        if _NO_SECTION.search(folded) or _NUMBER.search(title):
            continue
        rank = _rank(folded)
        if rank == len(_RANKS) and len(title) > _LONGEST_UNKNOWN:
            continue  # a headline in the header's ticker
        told = anchor.box.zone in ("nav", "header") or (rank < _TOLD and title.count(" ") < _WORDS)
        if place in menu or (told and family.is_article(url) is not True):
            ranked.append((rank, place, Link(without_session(url), title, kind="list")))
    ranked.sort(key=lambda each: each[:2])
    for _, _, link in ranked[:MAX_SECTIONS]:
        yield link


def _rank(folded: str) -> int:
    """How much people read a section, by its folded name: 0 first; `len(_RANKS)` where the name does not tell."""
    return next((rank for rank, pattern in enumerate(_RANKS) if pattern.search(folded)), len(_RANKS))


def _menus(page: Page, family: Generic) -> set[int]:
    """The places among the page's links that stand in a menu: short names in a row, some of them those of any portal.

    Old portals set their menus in bare tables and divs. Where those names have addresses like an article's, a section's
    address is written so (Joomla's `?view=category&id=5`, `/c/4139/the-thao`); else such a link in the row is a story.
    """
    found: set[int] = set()
    for row in _rows(page):
        known = [each for _, each, name in row if _rank(name) < len(_RANKS) or _NO_SECTION.search(name)]
        if len(row) >= _SHORTEST_MENU and len(known) >= _KNOWN_NAMES:
            shaped = any(family.is_article(page.link(each.href) or "") for each in known)
            found.update(p for p, each, _ in row if shaped or not family.is_article(page.link(each.href) or ""))
    return found


def _rows(page: Page) -> Iterator[list[tuple[int, Anchor, str]]]:
    """Links with short names, one behind the other with nothing between: their places, and the names folded."""
    row: list[tuple[int, Anchor, str]] = []
    blocks = page.outline.blocks
    for place, anchor in enumerate(page.outline.anchors[:MAX_ANCHORS]):
        name = fold(words_of(anchor))
        alone = anchor.order < len(blocks) and blocks[anchor.order].link_share > 0.5
        named = 0 < len(name) <= _LONGEST_NAME and (alone or not text_of(anchor.node))  # a picture is in no block
        if row and not (named and anchor.order <= row[-1][1].order + 1):
            yield row
            row = []
        if named:
            row.append((place, anchor, name))
    yield row


def _own(url: str, page: Page, portal: Portal | None) -> bool:
    if portal is not None:
        return portal.owns(url)
    return (urlsplit(url).hostname or "").removeprefix("www.") == (urlsplit(page.url).hostname or "").removeprefix(
        "www."
    )
