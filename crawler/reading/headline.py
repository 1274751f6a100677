"""Which words of a page are the headline: its visible headings weighed against its machine-readable titles."""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.vietnam.text import fold, letters
from crawler.reading.blocks import Block, Box
from crawler.reading.page import Page
from crawler.reading.people_names import is_organisation
from crawler.reading.rows import is_related_heading

_SEPARATORS = re.compile(r"\s+[-–—|»›•·:/]+\s+|\s*(?:\||::|»|›|&raquo;)\s*")
# What a page is called that is no article; folded, whole title.
_SITE_WORDS = re.compile(
    r"(?:trang chu|home(?: ?page)?|tin tuc|tin tuc su kien|tin tuc - su kien|chi tiet(?: tin)?(?: tuc)?|chi "
    r"tiet bai viet|tin chi tiet"
    r"|news|hot news|detail|noi dung|noi dung chi tiet|van ban|thong bao|gioi thieu|lien he|untitled(?: document)?"
    r"|(?:cong|trang) (?:thong tin|ttdt|tttt|giao tiep).*|uy ban nhan dan .{2,60}|ubnd .{2,60}|bai viet|xem tin|gallery"
    r"|(?:chi tiet|thong tin|noi dung|xem|thuoc tinh)(?: chi tiet)? van ban|he thong van ban.*|van ban (?:phap "
    r"quy|chi dao|moi).*"
    r"|tin (?:trong (?:tinh|huyen|nuoc|xa)|dia phuong|the gioi|tong hop|hoat dong|moi|noi bat|kinh te|van hoa|xa hoi)"
    r"|chi dao,?(?: -)? dieu hanh|cai cach hanh chinh|chuyen doi so"
    r"|hoi[ -]+dap(?: (?:phap luat|truc tuyen))?|(?:chi tiet|noi dung) (?:cau hoi|hoi[ -]+dap)"
    r"|dang nhap|tim kiem|so do (?:site|cong)|document|xem chi tiet)"
)
_SITE_NAME = re.compile(r"(?:cong|trang) (?!chu\b)|uy ban nhan dan|ubnd")
_NEVER_IN = ("nav", "crumb", "related", "comments", "tags", "form", "footer")
_DEEPEST = 1500  # blocks; no headline stands further down
_TITLE_LABEL = re.compile(r"(?:tieu de|ten bai(?: viet)?|title)\s*:?")
# The clock of the page's head, which ASP pages print over everything.
_CLOCK = re.compile(r"(?:hom nay|bay gio|today|welcome)\b|(?:thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat)\b\W")
_CONTACT = re.compile(r"(?:e-?mail|dt|dien thoai|tel|fax|dia chi|hotline|website|thoi gian lam viec)\s*[:.]")
# "XUẤT KHẨU BƯỞI TĂNG MẠNH (16/07/2008)": old portals print the posting day behind the headline, in its own line.
_DAY_BEHIND = re.compile(r"\s*[(\[]\s*(?:\d{1,2}[:h]\d{2},?\s*)?\d{1,2}[/.-]\d{1,2}[/.-]\d{4}[^()\[\]]{0,12}[)\]]\s*$")
# "… trọng điểm 12/10/2026 08:21", the day in a <small> of the heading.
_CLOCK_BEHIND = re.compile(
    r"\s+(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{4}[\s,|-]+\d{1,2}[:h]\d{2}|\d{1,2}[:h]\d{2}[\s,|-]+\d{1,2}[/.-]\d{1,2}[/.-]\d{4})\s*$"
)
_KICKER_COLON = re.compile(r"\s*:\s*")
_LONGEST_TITLE = 1000  # characters of a <title>; templates have printed megabytes
_TEMPLATE = re.compile(r"\{\{|\}\}|\[%|<%|\$\{|^undefined$|^null$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Headline:
    """The headline, the rule that found it, and its block where it is visible."""

    text: str
    basis: str
    block: Block | None = None
    score: int = 0


def is_site_title(text: str) -> bool:
    """Whether the words name a site or a section rather than a story."""
    return _SITE_WORDS.fullmatch(fold(text).strip(" -|»:.")) is not None


def without_day(text: str) -> str:
    """A headline without the bracketed day, or the day with its clock, behind it."""
    return _CLOCK_BEHIND.sub("", _DAY_BEHIND.sub("", text)) or text


def find_headline(page: Page) -> Headline | None:
    """The page's headline, None where nothing on it is one."""
    evidence = _evidence(page)
    blocks = page.outline.blocks
    best: tuple[int, Block] | None = None
    seen = 0
    story = _story_of_the_page(page)
    for block in blocks[:_DEEPEST]:
        if 6 <= len(block.text) <= 400 and not block.related and block.zone not in _NEVER_IN:
            score = _score(block, evidence, blocks)
            if story is not None and block.order >= story.last and score < 10:
                continue  # a heading behind the page's own story is a side column's
            if score > 0 and (best is None or score > best[0]):
                best = (score, block)
        if block.free and len(block.text) >= 200 and block.link_share < 0.3:
            seen += 1
            if seen >= 3 and best is not None:
                break  # headings this deep belong to the text
    if best is not None and best[0] >= 4:
        text, last = _whole(best[1], blocks)
        return Headline(_without_kicker(without_day(text), page.titles), "heading", last, best[0])
    return _from_metadata(page) or _above_the_text(blocks)


def _without_kicker(text: str, titles: list[str]) -> str:
    """A heading without the kicker set in it, where the data gives the bare headline; with its colon, where it has one.

    "Premier League Rückschlag im Titelkampf" beside "Rückschlag im Titelkampf"; "Kenia Nairobi von unten" beside
    "Kenia: Nairobi von unten".
    """
    for title in titles:
        before = text.removesuffix(title)
        if len(title) >= 20 and 0 < len(before) < len(title) and before[-1].isspace() and before.rstrip()[-1:] != ":":
            return title
        if title != text and _KICKER_COLON.sub(" ", title, count=1) == _KICKER_COLON.sub(" ", text, count=1):
            return title
    return text


def _whole(block: Block, blocks: list[Block]) -> tuple[str, Block]:
    """The words of a heading that a line break parts, and its last block."""
    text, last = block.text, block
    for later in blocks[block.order + 1 : block.order + 4] if block.level else ():
        if later.box is not block.box or not later.after_break or len(text) > 300 or _NEAR.search(later.folded):
            break
        text, last = f"{text} {later.text}", later
    return text, last


def _story_of_the_page(page: Page) -> Box | None:
    """The smallest element with four fifths of the page's prose, None where there is little prose."""
    root = page.outline.root
    if root is None or root.prose < 500:
        return None
    # such boxes lie in each other, the smallest last
    return [box for box in page.outline.boxes.values() if box.prose >= 0.8 * root.prose][-1]


def _above_the_text(blocks: list[Block]) -> Headline | None:
    """The line over the first long paragraph or the posting line, where nothing marks any line as the headline."""
    last: Block | None = None
    for block in blocks:
        if not block.free or block.link_share > 0.5 or _CONTACT.match(block.folded) or _CLOCK.match(block.folded):
            continue
        if _SITE_NAME.match(block.folded) and is_site_title(block.text):
            continue
        text = without_day(block.text)
        near = len(text) == len(block.text) and _NEAR.search(block.folded) is not None
        is_text = len(block.text) >= 160 or (len(block.text) >= 80 and block.text.endswith("."))
        if len(block.text) >= 160 or (last is not None and (is_text or near)):
            break
        if 15 <= len(text) <= 250 and not text.endswith(".") and not near:
            last = last if last is not None and last.is_bold and not block.is_bold else block
    if last is None or is_site_title(last.text):
        return None
    return Headline(without_day(last.text), "position", last, 1)


@dataclass(frozen=True, slots=True)
class _Evidence:
    exact: frozenset[str]
    title_key: str
    tail_keys: frozenset[str]
    masthead: int


def _evidence(page: Page) -> _Evidence:
    exact = set(map(letters, page.titles))
    title = page.head_title[:_LONGEST_TITLE]
    parts = _SEPARATORS.split(title)
    tails = {letters(part) for part in parts[1:] if part}
    first = letters(parts[0]) if parts else ""
    over_the_menu = {letters(block.text) for block in page.outline.blocks[: page.outline.masthead]}
    if first and not is_site_title(parts[0]) and first not in over_the_menu:
        exact.add(first)
    return _Evidence(
        frozenset(each for each in exact if len(each) >= 6), letters(title), frozenset(tails), page.outline.masthead
    )


_LEVELS = {0: 0, 1: 5, 2: 4, 3: 3, 4: 2, 5: 1, 6: 1}


def _score(block: Block, evidence: _Evidence, blocks: list[Block]) -> int:
    if block.in_row and not block.level:
        return 0
    marked = block.has("title")
    short = letters(block.text)
    if block.order < evidence.masthead and short not in evidence.exact:
        return 0
    score = _LEVELS[block.level] + (3 if marked else 0)
    if block.box.tag != "th" and block.order and _is_label(blocks[block.order - 1]):
        score += 8
    if short in evidence.exact and len(short) >= 6:
        score += 10
    elif len(short) >= 12 and short in evidence.title_key and not _is_of_the_site(block.text, short, evidence):
        score += 5
    elif len(short) >= 20 and any(len(each) >= 20 and short.startswith(each) for each in evidence.exact):
        score += 7  # cut in the meta: "Chỉ đạo tiếp tục thực hiện…"
    if not score or is_related_heading(block) or _TEMPLATE.search(block.text):
        return 0
    if block.zone is not None:
        score -= 6
    if block.in_row:
        score -= 8
    if block.link_share > 0.5 and block.level != 1:
        score -= 3
    if is_site_title(block.text):
        score -= 8
    if len(block.text) < 15 and short not in evidence.exact:
        score -= 2
    if short in evidence.tail_keys and short not in evidence.exact:
        score -= 4
    score += _followed(block, blocks)
    return score


def _is_of_the_site(text: str, short: str, evidence: _Evidence) -> bool:
    """Whether the words name the site: by themselves, or an office that stands behind the headline in `<title>`."""
    behind = short in evidence.tail_keys and bool(evidence.exact)
    return is_site_title(text) or (behind and (text.isupper() or is_organisation(text)))


def _is_label(block: Block) -> bool:
    return len(block.text) < 16 and _TITLE_LABEL.fullmatch(block.folded) is not None


_NEAR = re.compile(
    r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{4}-\d{2}-\d{2}|ngay \d{1,2} thang|ngay dang|posted|publish|luot xem"
)


def _followed(block: Block, blocks: list[Block]) -> int:
    """A posting line or a paragraph soon after speaks for a headline; another heading at once, against."""
    score = 0
    for later in blocks[block.order + 1 : block.order + 6]:
        if later.in_row or later.related:
            break
        if len(later.text) <= 160 and _NEAR.search(later.folded):
            return score + 3
        if len(later.text) >= 120 and later.link_share < 0.3:
            return score + 2
    return score


def _from_metadata(page: Page) -> Headline | None:
    """A title that only machines see, without the site's name."""
    for each in page.linked_data:
        if isinstance(each.get("headline"), str) and each["headline"].strip():
            return Headline(" ".join(each["headline"].split()), "json_ld")
    for name in ("og:title", "twitter:title"):
        title = page.meta.get(name, "")
        if title and not is_site_title(title) and not _TEMPLATE.search(title):
            return Headline(without_site(title), name)
    title = without_site(page.head_title[:_LONGEST_TITLE])
    if len(title) >= 15 and not is_site_title(title) and not _TEMPLATE.search(title):
        return Headline(title, "head_title")
    return None


def without_site(title: str) -> str:
    """A `<title>` without the site and section names behind the last separators."""
    parts = _SEPARATORS.split(title)
    separators = _SEPARATORS.findall(title)
    keep = len(parts)
    while keep > 1 and (is_site_title(parts[keep - 1]) or (len(parts[keep - 1]) < 40 and len(parts[0]) >= 25)):
        keep -= 1
    text = parts[0]
    for separator, part in zip(separators[: keep - 1], parts[1:keep], strict=False):
        text += separator + part
    return text.strip()
