"""Who made an article and where it was taken from: the best of the bylines on its page, and the source it names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from archive.schema import Author
from archive.vietnam.text import fold
from crawler.reading.beside_time import NEVER, NEXT_FIELD, parts_beside_time, runs
from crawler.reading.blocks import Block
from crawler.reading.bylines import LONGEST, around, candidates, in_cells
from crawler.reading.lines import says_tools
from crawler.reading.makers import people_and_medium, without_day
from crawler.reading.page import Page
from crawler.reading.people import Byline, names_nobody, read_byline
from crawler.reading.people_names import is_medium, is_organisation
from crawler.reading.span import Span

_SOURCE = re.compile(
    r"(?:^|[|•;(\[]\s*|\s[-–]\s|\s)"
    r"(?:(?:trich |dan |theo )?nguon(?: tin(?: bai)?| bai(?: viet)?| (?:trich )?dan| trich)?|source)\s*:"
    r"\s*(?:theo\s+)?(?P<name>[^|•;\])]{2,120})"
)
_SOURCE_LABEL = re.compile(r"(?:nguon(?: tin| bai)?|source): ")
_TAKEN = re.compile(r"[(\[ ]*(?:theo|tong hop (?:tu|theo)) ")
# Not after "Nguồn:": a photograph's, a budget's.
_PHOTO_SOURCE = re.compile(r"(?:anh|hinh|photo|video|clip)\W*$")
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
    blocks = [b for b in around(page, span, headline) if len(b.text) <= LONGEST]
    source, source_text, used = _source(blocks, page.outline.blocks)
    if source is None:
        source, source_text = _source_beside_time([block for block in blocks if block.order in dated], fetched_at)
    found: list[tuple[str, Byline]] = []
    for candidate in candidates(page, blocks, span, used, dated, fetched_at):
        if candidate.orders and candidate.orders <= used and candidate.basis == "last_line":
            continue
        if _ACCOUNT.fullmatch(fold(candidate.text)):  # nobody, and no text either (Hà Nội: "Admin English")
            used |= candidate.orders
            continue
        byline = candidate.read()
        if byline is None and names_nobody(candidate.text):
            used |= candidate.orders
        # beside who photographed or edited, the data's names are the typist's
        if byline is None or (found and (not _writes(byline) or candidate.byline is not None)):
            continue
        if candidate.ends is not None and (byline.authors or source in (None, byline.source)):
            candidate.ends.cut(len(candidate.ends.text[: candidate.ends.text.rindex(candidate.text)].rstrip(" ([")))
        if source is None and byline.source:
            source, source_text = byline.source, candidate.text
            used |= candidate.orders
        if byline.authors:
            found.append((candidate.basis, byline))
            used |= candidate.orders
            if _writes(byline):
                break
    if not found:
        return Credits(source=source, source_text=source_text, orders=frozenset(used))
    # a photographer named on a line of his own stands behind the writer
    found.reverse()
    authors: dict[str, Author] = {}
    for author in (author for _, byline in found for author in byline.authors):
        authors.setdefault(author.name, author)
    text = "; ".join(byline.text for _, byline in found)
    used |= {block.order for block in blocks if _is_told(block, source_text, *(byline.text for _, byline in found))}
    byline = Byline(tuple(authors.values()), source, text)
    return Credits(byline, text, found[0][0], source, source_text, frozenset(used))


def _writes(byline: Byline) -> bool:
    return any(author.role not in ("photographer", "editor") for author in byline.authors)


def _source(blocks: list[Block], everything: list[Block]) -> tuple[str | None, str | None, set[int]]:
    """The source the page names, verbatim too, and the blocks that hold nothing else."""
    for block in blocks:
        if (name := in_cells(block, everything, _SOURCE_LABEL)) is not None:
            return name.strip(" .-–,"), f"{block.text} {name}", {block.order, block.order + 1}
        for piece in runs(block) if _SOURCE.search(block.folded) else ():
            if (labelled := _labelled_source(piece)) is not None:
                name, text, people = labelled
                return name, text, {block.order} if len(block.text) <= len(text) + 6 and not people else set()
    for block in blocks:
        if block.has("source") and _is_bare_source(block):
            return block.text, block.text, {block.order}
        # "Theo Văn phòng UBND tỉnh", a line of its own behind the text
        if _TAKEN.match(block.folded) and len(block.text) <= 80 and block.text[-1] not in ".,;:":
            named = read_byline(block.text, block.has("source"))
            if named is not None and named.source:
                return named.source, block.text, set() if named.authors else {block.order}
    return None, None, set()


def _labelled_source(piece: str) -> tuple[str, str, bool] | None:
    """The source behind "Nguồn:" in a line or a part of one, the words that say so, and whether they name people."""
    folded = fold(piece)
    match = _SOURCE.search(folded)
    if match is None or _PHOTO_SOURCE.search(folded[: match.start()]):
        return None
    name = piece[match.start("name") : match.end("name")]
    if name.count("(") > name.count(")") and piece[match.end("name") :][:1] == ")":
        name += ")"  # "Cổng TTĐT Chính phủ (chinhphu.vn)"
    stop = NEXT_FIELD.search(match["name"])
    if stop and stop.start() > 1:
        name = name[: stop.start()]
    text = piece[match.start() : match.start("name") + len(name)].strip(" -–|•;([")
    people, name = people_and_medium(name)  # "Nguồn: Lê Hoa - Báo Kon Tum"
    return without_day(name).strip(" .-–,"), text, bool(people)


def _source_beside_time(lines: list[Block], fetched_at: datetime) -> tuple[str | None, str | None]:
    """A source in the line of the posting time: "18/05/2021 08:30 | Theo VGP"."""
    for block in lines:
        for part in parts_beside_time(block, fetched_at):
            named = read_byline(part) if fold(part).startswith("theo ") else None
            if named is not None and named.source:
                return named.source, part
    return None, None


def _is_told(block: Block, *said: str | None) -> bool:
    """Whether a line holds nothing but what was read from it: "Nguồn: Sở Tư pháp  Tác giả: Hồng Vân"."""
    rest = block.text
    for each in filter(None, said):
        rest = rest.replace(each, "")
    return len(rest) < len(block.text) and (len(rest) < 6 or (len(rest) < 60 and says_tools(fold(rest))))


def _is_bare_source(block: Block) -> bool:
    """Whether an element marked as the source's holds a name and nothing else."""
    text = block.text
    return 2 <= len(text) <= 80 and (is_organisation(text) or is_medium(text)) and text[-1] not in ".,;:"


def read_marked(text: str) -> tuple[Byline | None, str]:
    """The byline in an element that a layout names as one; its label may stand in it."""
    folded = fold(text)
    byline = None if NEVER.search(folded) or _ACCOUNT.fullmatch(folded) else read_byline(text, True)
    return (byline if byline is not None and byline.authors else None), text
