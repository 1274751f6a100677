"""Who made an article and where it was taken from: the best of the bylines on its page, and the source it names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from archive.schema import Author
from archive.vietnam.text import fold
from crawler.reading.made.bylines import LONGEST, around, candidates
from crawler.reading.made.candidates import Candidate
from crawler.reading.made.labelled import FIELD_NAMES
from crawler.reading.made.signers import OFFICE
from crawler.reading.made.sources import find_source, source_beside_time
from crawler.reading.made.uploaders import uploader
from crawler.reading.outline.blocks import Block
from crawler.reading.page import Page
from crawler.reading.people import Byline, names_nobody, read_byline
from crawler.reading.people.names import is_unit
from crawler.reading.text.lines import says_tools
from crawler.reading.text.span import Span

_BEFORE_PLACE = "xã|phường|thị trấn|thị xã|huyện|quận|thành phố|tp|đảo|thôn|bản|làng|ấp|tỉnh|vùng|ở|tại"
_BY_PLACE = frozenset(("beside_time", "above"))
_OVER_TEXT = _BY_PLACE | {"marked"}
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
    choice = _Choice(page, span, *find_source(page, blocks, span, dated))
    if choice.source is None:
        lines = [block for block in blocks if block.order in dated]
        choice.source, choice.source_text = source_beside_time(lines, fetched_at)
    told = candidates(page, blocks, span, choice.used, dated, fetched_at)
    for candidate in told:
        byline = choice.read(candidate)
        if byline is not None:
            choice.take(candidate, byline)
            if _writes(byline):
                choice.widen(told)
                break
    # "Nguồn:" with nothing behind it
    choice.used |= {b.order for b in blocks if b.text[-1] == ":" and b.folded.rstrip(" :") in FIELD_NAMES}
    if not choice.bylines and choice.source is None and (put := uploader(blocks, page, headline, span)) is not None:
        choice.bylines.append(("posted_by", put))
    return choice.credits(blocks)


@dataclass(slots=True)
class _Choice:
    """What has been chosen so far: the source, the blocks that hold nothing else, and bylines with their rules."""

    page: Page
    span: Span
    source: str | None
    source_text: str | None
    used: set[int]
    bylines: list[tuple[str, Byline]] = field(default_factory=list)

    def read(self, candidate: Candidate) -> Byline | None:
        """Whom a candidate names, None where that adds nothing or is no maker's name."""
        if candidate.orders and candidate.orders <= self.used and candidate.basis != "label":
            return None
        if candidate.text == self.source and not candidate.orders:  # its name in the line of the posting time
            return None
        if _ACCOUNT.fullmatch(fold(candidate.text)):  # nobody, and no text either (Hà Nội: "Admin English")
            self.used |= candidate.orders
            return None
        byline = candidate.read()
        if byline is None:
            if names_nobody(candidate.text):
                self.used |= candidate.orders
            return None
        if candidate.basis in _BY_PLACE and _is_section(byline, candidate.text, self.page):
            return None
        if candidate.basis in _UNTOLD and _is_told_place(byline, self.page, self.span, candidate):
            return None
        # beside who photographed or edited, the data's names are the typist's
        adds = not self.bylines or (_writes(byline) and candidate.byline is None)
        return byline if adds else None

    def take(self, candidate: Candidate, byline: Byline) -> None:
        """Choose a byline, cut from the paragraph at whose end it stands."""
        if candidate.ends is not None and (byline.authors or self.source in (None, byline.source)):
            before = candidate.ends.text[: candidate.ends.text.rindex(candidate.text)]
            candidate.ends.cut(len(before.rstrip(" ([–—-")))
        if self.source is None and byline.source:
            self.source, self.source_text = byline.source, candidate.text
            self.used |= candidate.orders
        if byline.authors:
            self.bylines.append((candidate.basis, byline))
            self.used |= candidate.orders

    def widen(self, others: Iterator[Candidate]) -> None:
        """Take the text's last line instead of its head where that names the same and more: "Hải Minh - Việt Anh"."""
        basis, first = self.bylines[-1]
        names = {author.name for author in first.authors}
        for candidate in others if basis in _OVER_TEXT else ():
            byline = candidate.read() if candidate.basis == "last_line" else None
            if byline is not None and names < {author.name for author in byline.authors}:
                self.bylines[-1] = (candidate.basis, byline)
                self.used |= candidate.orders
                return

    def credits(self, blocks: list[Block]) -> Credits:
        """All that was chosen: a photographer named on a line of his own stands behind the writer."""
        if not self.bylines:
            return Credits(source=self.source, source_text=self.source_text, orders=frozenset(self.used))
        bylines = [byline for _, byline in reversed(self.bylines)]
        basis = self.bylines[-1][0]
        authors: dict[str, Author] = {}
        for author in (author for byline in bylines for author in byline.authors):
            authors.setdefault(author.name, author)
        self._use_lines_beside(blocks, [byline.text for byline in bylines], authors, basis)
        text = "; ".join(byline.text for byline in bylines)
        byline = Byline(tuple(authors.values()), self.source, text)
        return Credits(byline, text, basis, self.source, self.source_text, frozenset(self.used))

    def _use_lines_beside(self, blocks: list[Block], said: list[str], authors: dict[str, Author], basis: str) -> None:
        """Keep out of the text what tells no more than was read: the same words, names again, an author's office."""
        used, last = self.used, [block for block in blocks if block.order >= self.span.end - 3]
        used |= {block.order for block in blocks if _is_used_up(block, self.source_text, *said)}
        used |= {b.order for b in last if used.isdisjoint((b.order - 1, b.order)) and _names_again(b, authors)}
        under = [block for block in blocks if block.order - 1 in used]
        if basis in ("last_line", "label"):  # "(Công chức Văn hóa - Xã hội xã)" in the line below the name
            used |= {b.order for b in under if b in last and _is_position(b)}
        elif basis == "above":  # a break after the name: "Khoa Xây dựng Đảng"
            used |= {b.order for b in under if b.after_break and is_unit(b.text)}
        elif basis == "marked":  # what the writer is, in his box under the text
            behind = self.page.outline.blocks[self.span.prose + 1 : self.span.end + 6]
            used |= {b.order for b in behind if b.order - 1 in used and b.has("author")}


def _writes(byline: Byline) -> bool:
    return any(author.role not in ("photographer", "editor") for author in byline.authors)


def _is_section(byline: Byline, text: str, page: Page) -> bool:
    """Whether a name beside the time is a section of the site: its menu names it too ("Bình Sơn")."""
    if any(author.kind == "initials" for author in byline.authors):
        return False
    told = fold(text)
    return any(block.folded == told for block in page.outline.blocks if block.zone in ("nav", "crumb", "header"))


def _is_told_place(byline: Byline, page: Page, span: Span, candidate: Candidate) -> bool:
    """Whether the page speaks of a name as of a place: Lý Sơn under a story about "huyện Lý Sơn"."""
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
    return any(told)


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
    byline = None if _ACCOUNT.fullmatch(fold(text)) else read_byline(text, True)
    return (byline if byline is not None and byline.authors else None), text
