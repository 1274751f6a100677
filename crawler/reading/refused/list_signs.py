"""By what a page shows that it lists other pages: rows, linked headlines, days by the dozen, links that repeat."""

from __future__ import annotations

import re
from itertools import islice
from urllib.parse import urlsplit

from archive.vietnam.text import fold
from crawler.reading.outline.blocks import Block
from crawler.reading.outline.rows import FULL_DAY, is_file_link, is_title_link
from crawler.reading.page import Page
from crawler.reading.refused import repeats
from crawler.reading.refused.findings import Findings
from crawler.reading.text.lines import is_meta, is_prose, tells
from crawler.reading.title.words import is_site_title

# What pages are called that gather the stories of a month, or of a word; folded.
_GATHERED = re.compile(
    r"(?:luu tru|(?:monthly |category |tag )?archives?)\b.*|.* archives"
    r"|(?:tin(?: tuc)? )?(?:trong )?(?:thang|ngay) \d[\d/-]*(?: nam \d+)?"
    r"|(?:tags?|the|tu khoa|chu de|chuyen muc|danh muc|category)\s*:.*|#\w+(?: \w+){0,4}"
)
_IMAGE = re.compile(r"\.(?:jpe?g|png|gif|webp)(?:[?#]|$)|^(?:#|javascript:)", re.IGNORECASE)
_MOST_ANCHORS = 400  # that are asked
_LONGEST_SUMMARY = 900  # characters
_AN_ALBUM = 4  # pictures
_LONGEST_SECTION = 30  # characters


def list_sign(found: Findings) -> str | None:
    """What in the page's own element shows that it is a list."""
    inside = found.inside
    rows = [block for block in inside if block.in_row]
    if len(rows) >= 3 and found.prose < 200 and not (_tells_first(found, rows[0]) or found.opens):
        return f"{len(rows)} lines of linked headlines, no text of its own"
    if _leads_on(found):
        return "its headline, or the one under it, leads to another page"
    if found.players and found.rows >= 3 and _opens_library(found):
        return "the first recording of a library plays over the others"
    row = repeats.first_of_dated_rows(found)
    if row is not None and _is_linked(row, found.page):
        return "rows alike, each with its link and its day, from the headline on"
    if repeats.reads_on(found) or repeats.are_asked(found):
        return "questions with their senders, or rows that end in a link to the rest"
    # "Lưu trữ tài liệu điện tử: nhiệm vụ cấp bách", posted that day
    posted = found.dated and (found.signed or not found.rows)
    if not posted and _GATHERED.fullmatch(fold(found.name)):
        return "its name gathers the stories of a time or of a word"
    if repeats.has_sheets(inside if found.dated else found.own):
        return "several documents, each with the same labels"
    if found.opens:
        return None  # what stands behind its paragraphs are other stories
    if found.prose < 200 and repeats.heads_days(found) >= 2:
        return "several headlines, each over its own day"
    if repeats.bear_days(found):
        return "several texts, each with its own day"
    # of a dated page only where no headline of its own is seen: the day is that of the one row of a list's last page
    if not (found.dated and found.first >= 0) and _tells_of_another(found, inside):
        return "a linked headline with its summary, no text of its own"
    if found.prose < 40 and len(found.story.pictures) >= 4 and _leads_through_pictures(found):
        return "pictures, each a link with its words to a page of its own"
    if found.dated and _links_alone(found):
        return "links to other pages, a day over them and no text"
    # a day under no headline of its own may be that of the first row
    return None if found.dated and (found.first >= 0 or found.players) else _sign_without_a_day(found, inside, rows)


def _sign_without_a_day(found: Findings, inside: list[Block], rows: list[Block]) -> str | None:
    """The same, of a page that has no posting time of its own."""
    if not found.told and _is_first_of_a_section(found):
        return "its headline stands under the linked name of a section, and others do"
    if found.short and found.prose < 40 and len(found.files) >= 4 and not found.signed:
        return "files under the name of a section"
    told, entries = _entries(found)
    if (entries >= 3 and told < 200) or (entries == 2 and told < 40):
        return f"{entries} entries, each with its link and its day or summary, no text of its own"
    little = found.prose < min(1500, 100 * found.rows)
    over = inside[: inside.index(rows[0])] if rows else inside
    alone = _tells_under_its_headline(found, over, 3 if rows else 2) or (not rows and (found.told or _is_album(found)))
    if found.rows >= 8 and little and not alone:
        return f"{found.rows} lines of linked headlines, little text of its own, no date"
    if found.prose < 1500 and repeats.share_a_link(found):
        return "rows that end in the same link"
    return None


def _links_alone(found: Findings) -> bool:
    """Whether a dated page holds little but five links to other pages: a section under the day of the visit."""
    if found.filed or found.signed:
        return False
    links = [each for each in found.inside if each.href and each.link_share >= 0.4 and not is_file_link(each.href)]
    if len({each.href for each in links}) < 5:
        return False
    told = sum(len(each.text) for each in found.inside if is_prose(each) and each.link_share < 0.4)
    return told < 40 and 2 * sum(len(each.text) for each in links) >= sum(len(each.text) for each in found.inside)


def _leads_through_pictures(found: Findings) -> bool:
    """Whether four pictures, and most, are links to pages that say where to: "Trang 1" of a newspaper, an album."""
    box = found.span.box
    anchors = (each for each in found.page.outline.anchors if box.first <= each.order < box.last)
    led = {
        each.href
        for each in islice(anchors, _MOST_ANCHORS)
        if not _IMAGE.search(each.href)
        and next(each.node.iter("img"), None) is not None
        and any(map(str.strip, map(str, each.node.itertext())))
    }
    return len(led) >= max(4, len(found.story.pictures) / 2)


def _entries(found: Findings) -> tuple[int, int]:
    """How much text stands outside the entries of a list, and how many there are.

    An entry begins with a link to a page or a file of its own; a day or a summary, which is one block, stands in it.
    """
    seen: set[str] = set()
    told = entries = 0
    counted = summed = True  # the entry that is open: whether it is one, and whether it has its summary
    for block in found.inside:
        if block.href is not None and block.href not in seen and _opens(block):
            seen.add(block.href)
            counted = summed = False
        text = _is_summary(block)
        if not counted and (text or _is_dated(block)):
            entries, counted = entries + 1, True
        if text and (summed or len(block.text) > _LONGEST_SUMMARY):
            told += len(block.text)
        summed = summed or text
    return told, entries


def _opens(block: Block) -> bool:
    """Whether a line begins an entry: mostly link, or a link to a file in a line with a day."""
    assert block.href is not None
    if is_file_link(block.href):
        return block.link_share >= 0.4 or FULL_DAY.search(block.text) is not None
    return block.link_share >= 0.4 and not block.href.lower().startswith(("#", "javascript:", "mailto:", "tel:"))


def _is_dated(block: Block) -> bool:
    return FULL_DAY.search(block.text if block.linked else block.text[:60]) is not None


def _is_summary(block: Block) -> bool:
    return len(block.text) >= 40 and block.link_share < 0.4 and not is_meta(block)


def _tells_under_its_headline(found: Findings, over: list[Block], fewest: int) -> bool:
    """Whether so many paragraphs follow a headline at once, among blocks that hold them and little else."""
    if found.first < 0 or found.prose < 200:
        return False
    start = next((place for place, block in enumerate(over[:4]) if is_prose(block)), 0)  # under section and readers
    return sum(map(is_prose, over[start : start + 4])) >= fewest and 2 * found.prose >= sum(
        len(block.text) for block in over
    )


def _is_album(found: Findings) -> bool:
    """Whether pictures under a headline are shown, each with its words, and none of them leads to another page."""
    return found.first >= 0 and len(found.story.pictures) >= _AN_ALBUM and not any(b.href for b in found.inside)


def _tells_first(found: Findings, row: Block) -> bool:
    """Whether a dated headline, with its text or file, stands before the first row: the rows are other news."""
    if not found.dated or found.headline is None:
        return False
    blocks = found.page.outline.blocks[found.first + 1 : row.order]
    if any(block.href is not None and is_file_link(block.href) for block in blocks):
        return True
    if found.headline.score >= 12 or (found.prose >= 100 and any(map(is_prose, blocks))):
        return True
    # one sentence of news, posted, under a headline that is no section's name
    return found.posted and not found.short and any(is_prose(each) and tells(each) for each in blocks)


def _opens_library(found: Findings) -> bool:
    """Whether neither the address nor the `<title>` names what plays, which has no text."""
    title = fold(found.page.head_title)
    called = found.headline is not None and fold(found.headline.text)[:_LONGEST_SECTION] in title
    return found.prose < 40 and not (found.numbered or called)


def _leads_on(found: Findings) -> bool:
    """Whether the headline is a link to another page, or a heading that is one follows it at once.

    Under the name of a section any linked headline counts: the first of its stories.
    """
    if found.headline is None:
        return False
    if found.prose < 800 and found.headline.block is not None and _is_elsewhere(found.headline.block, found.page):
        return True
    links = [block for block in found.inside[:2] if is_title_link(block) and _is_elsewhere(block, found.page)]
    stories = sum(map(is_title_link, found.inside)) if found.short else 0
    if stories >= 3 and found.prose < 300 * stories:
        return bool(links)
    return found.prose < 800 and found.first >= 0 and any(block.level > 1 and block.free for block in links)


def _is_first_of_a_section(found: Findings) -> bool:
    """Whether a linked heading stands directly over the headline, and another like it further on."""
    over = found.page.outline.blocks[found.first - 1] if found.first > 0 else None
    if over is None or not over.level or over.link_share < 0.9 or over.zone is not None:
        return False
    alike = [each for each in found.own if (each.level, each.box.words) == (over.level, over.box.words)]
    return len({each.href for each in alike if each.link_share >= 0.9 and each.order != found.first}) >= 2


def _is_elsewhere(block: Block, page: Page) -> bool:
    """Whether a headline is a link to another page than this one, its print and its canonical twin."""
    return block.link_share >= 0.6 and _is_linked(block, page)


def _is_linked(block: Block, page: Page) -> bool:
    """Whether a line has a link to another page."""
    link = page.link(block.href) if block.href else None
    if link is None or page.is_own(link) or urlsplit(link).path in ("", "/"):
        return False
    canonical = [page.link(node.get("href")) for node in page.root.iter("link") if node.get("rel") == "canonical"]
    return _alias(link) not in map(_alias, filter(None, (page.url, page.meta.get("og:url"), *canonical)))


def _alias(url: str) -> str:
    """The last part of an address's path, which the print page and the article share."""
    return urlsplit(url).path.rstrip("/").rsplit("/", 1)[-1].lower()


def _tells_of_another(found: Findings, inside: list[Block]) -> bool:
    """Whether the little text of a page stands under a linked headline of another."""
    before = (block for block in inside if block.order < found.span.prose or found.prose < 40)
    return found.prose < (350 if found.first >= 0 else 800) and any(_leads_away(block, found.page) for block in before)


def _leads_away(block: Block, page: Page) -> bool:
    """Whether a block is the linked headline of another page, with that page's day or summary beside it."""
    if not is_title_link(block) or block.level == 1 or is_site_title(block.text) or not _is_elsewhere(block, page):
        return False
    beside = page.outline.blocks[block.order : block.order + 3]
    return block.level > 0 or any(each.link_share < 0.9 and (len(each.text) >= 40 or is_meta(each)) for each in beside)
