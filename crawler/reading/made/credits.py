"""Who made an article and where it was taken from: the best of the bylines on its page, and the source it names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from archive.schema import Author
from archive.vietnam.text import fold, letters
from crawler.reading.made.beside_time import NEVER
from crawler.reading.made.bylines import LONGEST, around, candidates
from crawler.reading.made.candidates import Candidate
from crawler.reading.made.labelled import FIELD_NAMES
from crawler.reading.made.signers import OFFICE
from crawler.reading.made.sources import find_source, source_beside_time
from crawler.reading.made.uploaders import uploader
from crawler.reading.outline.blocks import Block
from crawler.reading.page import Page
from crawler.reading.people import Byline, names_nobody, read_byline
from crawler.reading.text.lines import says_tools
from crawler.reading.text.span import Span

_BEFORE_PLACE = "xã|phường|thị trấn|thị xã|huyện|quận|thành phố|tp|đảo|thôn|bản|làng|ấp|tỉnh|vùng|ở|tại"
_BY_PLACE = frozenset(("beside_time", "above"))
# Where nothing but its place says that a line names a maker.
_UNTOLD = _BY_PLACE | {"last_line", "ending"}
_ACCOUNT = re.compile(r"(?:admin\w*|quan tri\w*|administrator|root|superuser|webmaster|editor|user\d*|test)(?: .*)?")


@dataclass(frozen=True, slots=True)
class Credits:
    """Byline and source of an article, verbatim and read; `orders` are the blocks that hold nothing else."""

    byline: Byline | None = None
    byline_text: str | None = None
    byline_basis: str | None = None
    source: str | None = None
    source_text: str | None = None
    orders: frozenset[int] = frozenset()


def find_credits(
    page: Page, span: Span, headline: Block | None, dated: frozenset[int], fetched_at: datetime
) -> Credits:
    """The credits of the article that stands in `span`; `dated` are the blocks that carry its times."""
    blocks = [b for b in around(page, span, headline, dated) if len(b.text) <= LONGEST]
    source, source_text, used = find_source(page, blocks, span, dated)
    if source is None:
        source, source_text = source_beside_time([block for block in blocks if block.order in dated], fetched_at)
    found: list[tuple[str, Byline]] = []
    for candidate in candidates(page, blocks, span, used, dated, fetched_at):
        if candidate.orders and candidate.orders <= used and candidate.basis != "label":
            continue
        if candidate.text == source and not candidate.orders:  # its name in the line of the posting time
            continue
        if _ACCOUNT.fullmatch(fold(candidate.text)):  # nobody, and no text either (Hà Nội: "Admin English")
            used |= candidate.orders
            continue
        byline = candidate.read()
        if byline is not None and candidate.basis in _BY_PLACE and _is_section(byline, candidate.text, page):
            continue
        if byline is not None and candidate.basis in _UNTOLD and _is_told_place(byline, page, span, candidate):
            continue
        if byline is None and names_nobody(candidate.text):
            used |= candidate.orders
        # beside who photographed or edited, the data's names are the typist's
        if byline is None or (found and (not _writes(byline) or candidate.byline is not None)):
            continue
        if candidate.ends is not None and (byline.authors or source in (None, byline.source)):
            candidate.ends.cut(len(candidate.ends.text[: candidate.ends.text.rindex(candidate.text)].rstrip(" ([–—-")))
        if source is None and byline.source:
            source, source_text = byline.source, candidate.text
            used |= candidate.orders
        if byline.authors:
            found.append((candidate.basis, byline))
            used |= candidate.orders
            if _writes(byline):
                break
    # "Nguồn:" with nothing behind it
    used |= {b.order for b in blocks if b.text[-1] == ":" and b.folded.rstrip(" :") in FIELD_NAMES}
    if not found and source is None and (put := uploader(blocks, page, headline, span)) is not None:
        found.append(("posted_by", put))
    if not found:
        return Credits(source=source, source_text=source_text, orders=frozenset(used))
    # a photographer named on a line of his own stands behind the writer
    found.reverse()
    authors: dict[str, Author] = {}
    for author in (author for _, byline in found for author in byline.authors):
        authors.setdefault(author.name, author)
    text = "; ".join(byline.text for _, byline in found)
    used |= {block.order for block in blocks if _is_used_up(block, source_text, *(byline.text for _, byline in found))}
    used |= {
        b.order
        for b in blocks
        if b.order >= span.end - 3 and used.isdisjoint((b.order - 1, b.order)) and _names_again(b, authors)
    }
    byline = Byline(tuple(authors.values()), source, text)
    if found[0][0] in ("last_line", "label"):  # "(Công chức Văn hóa - Xã hội xã)" in the line below the name
        used |= {b.order for b in blocks if b.order - 1 in used and b.order >= span.end - 3 and _is_position(b)}
    return Credits(byline, text, found[0][0], source, source_text, frozenset(used))


def _writes(byline: Byline) -> bool:
    return any(author.role not in ("photographer", "editor") for author in byline.authors)


def _is_section(byline: Byline, text: str, page: Page) -> bool:
    """Whether a name beside the time is a section of the site: its menu names it too ("Bình Sơn")."""
    if any(author.kind == "initials" for author in byline.authors):
        return False
    told = fold(text)
    return any(block.folded == told for block in page.outline.blocks if block.zone in ("nav", "crumb", "header"))


def _is_told_place(byline: Byline, page: Page, span: Span, candidate: Candidate) -> bool:
    """Whether the page speaks of a name as of a place: Lý Sơn under a story about "huyện Lý Sơn", or on lyson.….vn."""
    name = byline.authors[0].name if len(byline.authors) == 1 else ""
    if not 2 <= len(name.split()) <= 3 or byline.authors[0].kind != "person":
        return False
    place = re.compile(rf"\b(?i:{_BEFORE_PLACE}) (?:{name}|{name.title()})(?!\w)")
    story = page.outline.blocks[max(0, span.head - 1) : span.end]
    told = (
        not block.text[found.end() :].lstrip()[:1].isupper()  # "xã Lý Sơn Đông" is another
        for block in story
        if block.order not in candidate.orders
        for found in place.finditer(block.text)
    )
    return any(told) or letters(name) == (urlsplit(page.url).hostname or "").split(".")[0]


def _names_again(block: Block, authors: dict[str, Author]) -> bool:
    """Whether a line names nobody but those whom the page has named as authors elsewhere, as themes and writers do."""
    if len(block.text) > 60 or block.level or not any(name in block.text for name in authors):
        return False
    again = read_byline(block.text)
    return again is not None and bool(again.authors) and all(each.name in authors for each in again.authors)


def _is_position(block: Block) -> bool:
    """Whether a line says what somebody is: in brackets, or by an office that stands behind a name."""
    if len(block.text) > 80:
        return False
    return (block.text[0] == "(" and block.text[-1] == ")") or (
        OFFICE.search(block.folded) is not None and not block.text.isupper()
    )


def _is_used_up(block: Block, *said: str | None) -> bool:
    """Whether a line holds nothing but what was read from it: "Nguồn: Sở Tư pháp  Tác giả: Hồng Vân"."""
    rest = block.text
    for each in filter(None, said):
        rest = rest.replace(each, "")
    return len(rest) < len(block.text) and (len(rest) < 6 or (len(rest) < 60 and says_tools(fold(rest))))


def read_marked(text: str) -> tuple[Byline | None, str]:
    """The byline in an element that a layout names as one; its label may stand in it."""
    folded = fold(text)
    byline = None if NEVER.search(folded) or _ACCOUNT.fullmatch(folded) else read_byline(text, True)
    return (byline if byline is not None and byline.authors else None), text
