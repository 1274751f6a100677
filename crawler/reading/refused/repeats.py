"""What stands on a list once for each of its things, and on a story but once: days, labels, senders, "Xem tiếp"."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cache, partial

from archive.vietnam.text import fold
from crawler.reading.dates import date_label
from crawler.reading.outline.blocks import Block, Box
from crawler.reading.outline.rows import FULL_DAY, is_file_link
from crawler.reading.people.names import is_person
from crawler.reading.refused.findings import Findings
from crawler.reading.text.lines import is_day, is_meta, is_prose

_READ_ON = re.compile(r"\W*(?:(?:xem|doc) (?:tra loi|tiep|them|chi tiet|cau tra loi)|chi tiet|read more)\W*")
# Who asked, when, and when he was answered.
_ASKED = re.compile(r"\b(nguoi (?:gui|hoi)|ngay (?:gui|hoi|tra loi))\s*:|^\W*(?:cau )?(hoi)\s*:|\b(hoi ngay) \d")
# "815 ảnh - 24/01/2023" under the name of an album
_COUNTED_DAY = re.compile(r"\W*\d+ (?:anh|video|hinh|tep|file|bai|tin)\b\W*\d{1,2}[/.-]\d{1,2}[/.-]\d{4}\W*$")
_QUESTION = re.compile(r"\W*(?:cau )?hoi(?: so)?(?: \d+)?\s*:")
_OF_A_DOCUMENT = re.compile(r"\W*(trich yeu|so (?:ky )?hieu|ngay ban hanh|co quan ban hanh|loai van ban)\s*:")
_LONGEST_ROW, _WIDEST_ROW = 8, 100  # blocks
_NUMBER = re.compile(r"\d/[\w-]*[A-ZĐ]{2}")  # of a document: "17/CT-UBND"


def reads_on(found: Findings) -> bool:
    """Whether links to different pages say "Xem tiếp" or "Xem trả lời", the first before most of the text.

    Three do; two, where there is hardly any text and the first stands soon behind the headline.
    """
    behind = found.page.outline.blocks[found.first + 1 :] if found.prose < 200 else found.behind
    buttons = (block for block in behind if block.href and block.link_share > 0.8 and _is_button(block))
    links = [block for block in buttons if _READ_ON.fullmatch(block.folded)]
    led = {block.href for block in links}
    if len({block.href for block in links if "tra loi" in block.folded}) >= 2:
        return True
    if len(led) >= 2 and found.prose < 200 and links[0].order <= found.first + 5:
        return True
    if len(led) < 3:
        return False
    before = sum(len(block.text) for block in found.inside if block.order < links[0].order and is_prose(block))
    return before < 400 and 2 * before < found.prose


def bear_days(found: Findings) -> bool:
    """Whether three lines bear a day each: behind the same label of a posting time, or, on an undated page, alone."""
    labelled: defaultdict[str, set[str]] = defaultdict(set)
    alone: list[Block] = []
    told = found.dated or found.prose >= 1500
    outline = found.page.outline
    led = frozenset() if told else frozenset(anchor.order for anchor in outline.anchors)
    is_data = None if told else cache(partial(_is_data, outline.blocks, led))  # of a row, asked of each cell
    for block in found.inside:
        if len(block.text) > 60 or (day := FULL_DAY.search(block.text)) is None:
            continue
        label, colon, _ = block.folded.partition(":")
        if colon and date_label(f"{label}:") == "posted":
            labelled[label].add(day[0])
        elif is_data is not None and len(block.text) <= 40 and (is_day(block.text) or _COUNTED_DAY.match(block.folded)):
            alone += [block] * (not is_data(block.box.parent))
    return (len(alone) >= 3 and not _are_behind(found, alone[0])) or any(len(days) >= 3 for days in labelled.values())


def _are_behind(found: Findings, day: Block) -> bool:
    """Whether all of a text of three paragraphs stands before the first of such days: they are other stories'."""
    prose = [block.order for block in found.inside if is_prose(block)]
    return len(prose) >= 3 and prose[-1] < day.order


def first_of_dated_rows(found: Findings) -> Block | None:
    """The link that opens the first of three rows alike, each with its link and its day, at once under the headline.

    Rows are told by the markup they share, not each by how long its headline is: "Giá lúa tăng nhẹ". Their days are
    none of the page's, so a day above the first row, or text, makes it a story's.
    """
    blocks, inside = found.page.outline.blocks, found.inside
    first = next((block for block in inside[:3] if block.href), None)
    if found.first < 0 or first is None:
        return None
    above = [each for each in blocks[max(0, found.first - 2) : found.first] if each.zone is None]
    above += blocks[found.first + 1 : first.order]
    if any(FULL_DAY.search(each.text) or is_prose(each) for each in above):
        return None
    mark = _markup(first)
    heads = [each for each in inside if each.href and _markup(each) == mark and not is_file_link(each.href)]
    if len(heads) < 3:
        return None
    dated: set[str | None] = set()
    for head, following in zip(heads, [*heads[1:], None], strict=True):
        end = head.order + _LONGEST_ROW
        if following is not None and following.order > end:
            return None
        row = blocks[head.order : end if following is None else following.order]
        if any(len(each.text) - each.linked <= 60 and FULL_DAY.search(each.text) for each in row):
            dated.add(head.href)
    return first if len(dated) >= max(3, 0.8 * len({head.href for head in heads})) else None


def _markup(block: Block) -> tuple[int, str, str]:
    return block.level, block.box.tag, block.box.words


def share_a_link(found: Findings) -> bool:
    """Whether three links to different pages say the same, whatever it is but a figure ("Cách 19 km")."""
    links = {(b.folded, b.href) for b in found.behind if b.link_share > 0.8 and b.href and _is_button(b)}
    return max(Counter(words for words, _ in links if not any(map(str.isdigit, words))).values(), default=0) >= 3


def _is_button(block: Block) -> bool:
    """Whether a link may be that of a row; among a page's tools only one that says so, whatever its class."""
    if block.zone is not None and not (block.zone == "widget" and _READ_ON.fullmatch(block.folded)):
        return False
    return not block.related and not is_file_link(block.href or "")


def are_asked(found: Findings) -> bool:
    """Whether two lines tell of each its question's sender, or day; of one question each label stands but once.

    A story of several questions has a day of its own before them: "Giải đáp pháp luật về đất đai", posted that day.
    """
    if _are_heard(found):
        return True
    days: defaultdict[str, set[str]] = defaultdict(set)
    for block in found.inside:
        opening = block.opening(200) if len(block.text) <= 400 else ""
        said = _ASKED.search(opening) if ":" in opening or "hoi ngay" in opening else None
        if said is None or (day := FULL_DAY.search(block.text)) is None:
            continue
        if (
            not days
            and found.dated
            and any(
                is_meta(each) and FULL_DAY.search(each.text)
                for each in found.page.outline.blocks[max(0, found.first - 1) : block.order]
            )
        ):
            return False
        days[said[said.lastindex or 0]].add(day[0])
    return any(len(each) >= 2 for each in days.values())


def _are_heard(found: Findings) -> bool:
    """Whether three questions stand under the name of a section, or three names of persons have each its day."""
    posted = found.times.posted if found.dated else None
    # the day that was taken for the page's may be the first sender's
    if found.dated and (
        posted is None or posted.order is None or _sender(found.page.outline.blocks[posted.order]) is None
    ):
        return False
    called = found.short or _QUESTION.match(found.titles[1]) is not None
    if called and not found.dated and sum(1 for block in found.own if _QUESTION.match(block.opening(20))) >= 3:
        return True
    return len({*map(_sender, found.inside)} - {None}) >= 3


def _sender(block: Block) -> str | None:
    """The person before the day of a short line: "Nguyễn Văn An (01/03/2026)"."""
    day = FULL_DAY.search(block.text) if len(block.text) <= 60 and not block.linked else None
    name = block.text[: day.start()].rstrip(" (-–|,") if day is not None else ""
    return name if name and is_person(name, strict=True) else None


def has_sheets(own: list[Block]) -> bool:
    """Whether three lines bear the same label of a document's field; one document has each but once."""
    heads = (
        _OF_A_DOCUMENT.match(fold(block.text[:40])) for block in own if not block.in_row and ":" in block.text[:40]
    )
    return max(Counter(head[1] for head in heads if head).values(), default=0) >= 3


def heads_days(found: Findings) -> int:
    """How many lines marked like the headline have, as it has, a day alone behind them: it is but one of several."""
    blocks, headline = found.page.outline.blocks, found.headline
    if headline is None or headline.block is None:
        return 0
    days = (block for block in found.own if block.order and len(block.text) <= 40 and is_day(block.text))
    heads = [blocks[day.order - 1] for day in days if not blocks[day.order - 1].linked]
    mark = headline.block.level, headline.block.box.tag, headline.block.box.words
    alike = [each for each in heads if (each.level, each.box.tag, each.box.words) == mark and len(each.text) >= 25]
    return len(alike) if headline.block in alike else 0


def _is_data(blocks: list[Block], led: frozenset[int], row: Box | None) -> bool:
    """Whether what holds a line is a row that leads nowhere and names no document: a birthday, a day of a match.

    `led` are the blocks where links begin: a picture may be one alone.
    """
    if row is None or row.tag != "tr":
        return False
    last = min(row.last, row.first + _WIDEST_ROW)
    return led.isdisjoint(range(row.first, last)) and not any(_NUMBER.search(b.text) for b in blocks[row.first : last])
