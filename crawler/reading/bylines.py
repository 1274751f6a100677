"""Where on a page the names of those who made the article stand: labels, marked elements, the line of the posting time.

Candidates come the most telling first; `people` reads the names in them, `credits` chooses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise

from archive.vietnam.text import fold
from crawler.reading.blocks import Block
from crawler.reading.candidates import Candidate
from crawler.reading.data_authors import from_data, from_meta
from crawler.reading.dates import find_dates
from crawler.reading.lines import field_values, is_caption, is_field_line, is_file_line, is_tag_line, is_widget
from crawler.reading.page import Page, text_of
from crawler.reading.people import read_byline
from crawler.reading.people_names import is_organisation
from crawler.reading.posted_data import is_vietnamese
from crawler.reading.span import Span
from crawler.reading.zones import hints_of

LONGEST = 160
_BARS = re.compile(r"\s*[|·•–—;]\s*|\s+-\s+|^\s*-\s*")
_FIELDS = re.compile(r"\s*[|•]\s*")
# Folded; labels that stand before a name without a colon.
_BARE_LABEL = re.compile(r"\W*(?:viet boi|bai viet cua|bai cua|tac gia|written by|boi|by)\s+(?=\S)")
# Folded. What follows the colon is a name; where the label also names photographs, people.py reads the roles.
_LABEL = re.compile(
    r"(?:^|[|•;(\[]\s*|\s[-–]\s|\s{1,3}|\b)(?<!nguon )(?<!nguon anh )((?:tac gia(?: bai viet)?"
    r"|nguoi (?:viet(?: bai)?|thuc hien|dua tin)|viet boi|(?<!dang )(?<!gui )boi|but danh"
    r"|nhom (?:tac gia|pv|phong vien)|thuc hien|phong vien|pv|ctv|cong tac vien"
    r"|bien tap(?: vien)?|bien soan|tong hop|bai viet|noi dung"
    r"|(?:tin|bai|anh|clip|video|hinh anh)(?:(?:\s*(?:,|va|-|/|&|\+)\s*|\s+)(?:tin|bai|anh|clip|video|hinh anh))*"
    r"|bt|btv|author|by|written by|reporter|story|photos?)\s*:\s*)"
)
_SET_OFF = frozenset(("b", "strong", "i", "em"))
_OFFICE = re.compile(
    r"^(?:kt|tm|tl|tuq)\.|^(?:pho )?(?:chu tich|giam doc|bi thu|truong ban|chanh van phong|bo truong)\b|noi nhan|da ky"
)
NEVER = re.compile(
    r"nguoi ky|chiu trach nhiem|tong bien tap|giay phep|ban bien tap\s*:|truong ban bien tap"
    r"|nguoi (?:dang|nhap|duyet)\b"
)
NEXT_FIELD = re.compile(
    r"\s*[|•;–-]?\s*(?:[(\[]?\b(?:nguon(?: tin)?|tac gia|nguoi viet|ngay dang|dang luc|luot xem|so lan xem|so luot xem"
    r"|cap nhat|source|theo)\b"
    r"|\b(?:thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat)\b,?|\d{1,2}[/.:h-]\d{1,2}|ngay\s*:?\s*\d"
    # the page's tools
    r"|\d[\d.,]* (?:luot|lan|views?)\b|\b(?:luot|chuyen muc|danh muc|mau chu|tuong phan|chia se|(?:doc|nghe) bai)\b"
    r"|\ba[-+](?=\s|$)|\bin (?:bai|trang|tin)\b|\b(?:xem )?(?:voi )?co chu\b)"
)


def around(page: Page, span: Span, headline: Block | None) -> list[Block]:
    """Blocks of the article and just before and behind it, from the last to the first: bylines stand at the end."""
    first = max(0, (headline.order if headline else span.start) - 3)
    pictures = {each.order for each in page.outline.media if each.tag == "img"}
    found = []
    everything, head = page.outline.blocks, min(span.prose + 8, span.end)
    for block in (*everything[first:head], *everything[max(head, span.end - 25, first) : span.end + 6]):
        if block.related or block.in_row or block.zone in ("nav", "footer", "aside", "header", "comments", "crumb"):
            continue
        # the photographer of one picture is named under it, and is none of the article's
        if is_caption(block, block.order in pictures) and block.order + 1 < span.end:
            continue
        if block is not headline and block.zone in (None, "widget"):
            found.append(block)
    return found[::-1]


def candidates(
    page: Page, blocks: list[Block], span: Span, used: set[int], dated: frozenset[int], fetched_at: datetime
) -> Iterator[Candidate]:
    """Where names may stand, the most telling first; `used` grows while they are read, `dated` carry the times."""
    yield from _labelled_lines(page, [block for block in blocks if block.order not in used])
    foreign = not is_vietnamese(page)
    if foreign:  # in Vietnam the data names who typed the page in
        yield from from_data(page, "person")
    yield from _marked(page, blocks)
    yield from _beside_the_time(blocks, span, dated, fetched_at)
    yield from _last_lines(blocks, span, used | dated)
    yield from _ending(blocks, span)
    for block in reversed(blocks):
        if not span.head <= block.order < span.prose or block.zone is not None:
            continue
        if len(block.text) <= 60 and (label := _BARE_LABEL.match(block.folded)):
            yield Candidate("above", block.text[label.end() :], False, {block.order})
        set_off = (block.is_bold or block.is_italic or block.align == "right") and not block.level
        if set_off and len(block.text.split()) <= 6:
            yield Candidate("above", block.text, False, {block.order})
    if not foreign:
        yield from from_data(page, "person")
    yield from from_meta(page, foreign)
    yield from from_data(page, "organisation")


def _marked(page: Page, blocks: list[Block]) -> Iterator[Candidate]:
    """Elements whose class says that they hold the author, inline ones first."""
    known = {block.order: block for block in blocks}
    for inline in page.outline.inlines:
        block = known.get(inline.order)
        if block is not None and "author" in hints_of(inline.words) and not NEVER.search(block.folded):
            name = text_of(inline.node)
            alone = {block.order} if len(block.text) <= len(name) + 4 else set()
            yield Candidate("marked", _after_label(name), True, alone)
    named = [block for block in blocks if block.has("author") and not NEVER.search(block.folded)]
    for block in named:  # <a>Quốc Hải</a> <a>Lê Mỹ</a>
        told = runs(block)
        if 2 <= len(told) <= 4 and block.link_share > 0.7 and all(map(_names_one, told)):
            yield Candidate("marked", "; ".join(told), True, {block.order})
    for lines in _in_one_element(named):
        yield Candidate("marked", "; ".join(line.text for line in lines), True, {line.order for line in lines})
    for block in named:
        yield Candidate("marked", _after_label(block.text), True, {block.order})


def _in_one_element(named: list[Block]) -> Iterator[list[Block]]:
    """Two to four marked lines of one element, each a name by itself, in the order of the page."""
    lines: list[Block] = []
    for block in reversed(named):
        beside = lines and (block.box is lines[-1].box or block.box.parent is lines[-1].box.parent)
        if lines and not (beside and block.order == lines[-1].order + 1):
            break
        lines.append(block)
    if 2 <= len(lines) <= 4 and all(len(line.text) <= 40 and _names_people(line.text) for line in lines):
        yield lines


def _names_one(text: str) -> bool:
    byline = read_byline(text, True)
    return byline is not None and len(byline.authors) == 1


def _names_people(text: str) -> bool:
    byline = read_byline(text)
    return byline is not None and bool(byline.authors)


def _after_label(text: str) -> str:
    """The words behind a label without a colon: "Viết bởi Lường Thu Trang" (Joomla)."""
    label = _BARE_LABEL.match(fold(text))
    return text[label.end() :] if label else text


def _beside_the_time(
    blocks: list[Block], span: Span, dated: frozenset[int], fetched_at: datetime
) -> Iterator[Candidate]:
    """A name in the line of the posting time, or in a line beside it in the same list: "29.12.2021 08:17 Lư Dũng"."""
    known = {block.order: block for block in blocks}
    for order in sorted(dated & known.keys()):
        block = known[order]
        for part in parts_beside_time(block, fetched_at):
            label = _BARE_LABEL.match(fold(part))
            yield Candidate("beside_time", part[label.end() :] if label else part, label is not None, set())
        for near in sorted(known.values(), key=lambda each: abs(each.order - order)):
            before = known.get(near.order - 1)  # "Người ký" in the cell before: another field's value
            if before is not None and NEVER.search(before.folded) and len(before.text) < 30:
                continue
            # further off only in a list: in a table or <dl> each value has a label of its own
            listed = span.head <= near.order < span.prose and near.box.tag not in ("dd", "dt", "td", "th")
            if _are_neighbours(near, block) and (abs(near.order - order) == 1 or listed):
                yield Candidate("beside_time", near.text, False, {near.order})


def _are_neighbours(one: Block, other: Block) -> bool:
    """Whether two blocks are items of one list, cells of one row, or lines that breaks part."""
    if one is other or one.level or NEVER.search(one.folded):
        return False
    if one.box is other.box:
        return one.after_break or other.after_break
    return one.box.parent is other.box.parent


def runs(block: Block) -> list[str]:
    """The texts of the inline elements that make up a line, a label with its value; the whole line where they do not.

    Themes print posting lines as spans that only style sheets set apart: <span>Lê Hoa</span> <span>Lượt xem: 3</span>.
    """
    node = block.box.node
    if len(node) < 2 or block.box.last - block.box.first != 1:
        return [block.text]
    found: list[str] = []
    for text in filter(None, map(text_of, node)):
        if found and found[-1].endswith(":"):
            found[-1] += " " + text
        else:
            found.append(text)
    whole = "".join(found).replace(" ", "") == block.text.replace(" ", "")
    return found if whole and len(found) > 1 else [block.text]


def parts_beside_time(block: Block, fetched_at: datetime) -> Iterator[str]:
    """What a line of the posting time says beside it, in parts; who posted the page is left out."""
    told = runs(block)
    if len(told) == 1 and NEVER.search(block.folded):
        return
    for run in told:
        if not NEVER.search(fold(run)):
            yield from _without_times(run, fetched_at)


def _without_times(text: str, fetched_at: datetime) -> Iterator[str]:
    """The parts of a line between its dates, bars, dots and dashes, each up to the next label."""
    for found in reversed(find_dates(text, fetched_at)):
        text = f"{text[: found.start]}|{text[found.end :]}"
    taken = text.strip(" |")
    if "|" not in taken and fold(taken).startswith("theo ") and " - " in taken:
        yield taken  # "Theo Đoàn Dũng - Báo Đắk Nông"
    for part in _BARS.split(text):
        stop = NEXT_FIELD.search(fold(part))
        name = part[: stop.start()].strip() if stop and stop.start() else part.strip()
        if len(name) >= 4:
            yield name
            if "," in name:  # names, or a name among other things
                yield from (each.strip() for each in name.split(",") if len(each.strip()) >= 4)


def _last_lines(blocks: list[Block], span: Span, used: set[int]) -> Iterator[Candidate]:
    """The last lines of the text, where they are set as a byline and no signer's office stands over them."""
    values = field_values(blocks[::-1])
    last = [
        b
        for b in blocks
        if span.prose <= b.order < min(span.end + 2, max(span.end, span.box.last))
        and b.zone is None
        and b.order not in used
        and b.order not in values
        and not _is_frame(b)
    ][:3]
    if any(_OFFICE.search(block.folded) for block in last):  # under an office: the signer of a document
        return
    for below, above in pairwise(last[:2]):
        # a name, and in the next line the unit of who bears it, or a second name set like the first
        alike = above.align == below.align and above.is_bold and below.is_bold
        if _set_apart(above, last) and _set_apart(below, last) and (alike or is_organisation(below.text)):
            yield Candidate("last_line", f"{above.text} - {below.text}", False, {above.order, below.order})
    for block in last:
        if _set_apart(block, last) and not any(char.isdigit() for char in block.text):
            yield Candidate("last_line", block.text, False, {block.order})
    for block in last[:1]:
        # "HÀ NAM - LÊ HOA": two provinces by name, a byline by how it is set (Đà Nẵng)
        told = block.align == "right" and (block.is_bold or block.is_italic) and not any(map(str.isdigit, block.text))
        if told and _set_apart(block, last):
            yield Candidate("last_line", block.text, True, {block.order})


def _ending(blocks: list[Block], span: Span) -> Iterator[Candidate]:
    """A name in bold or italics behind the full stop of the last paragraph: "… ổn định lâu dài. <b>Minh Đức</b>"."""
    last = next((block for block in blocks if span.prose <= block.order < span.end and not _is_frame(block)), None)
    if last is None or not last.free or len(last.box.node) == 0:
        return
    node = last.box.node[-1]
    while len(node) and not (node.text or "").strip():
        node = node[0]
    name = text_of(node)
    before = last.text.removesuffix(name).rstrip()
    if node.tag not in _SET_OFF or not 3 <= len(name) <= 60 or not last.text.endswith(name):
        return
    if before.endswith((".", "!", "?", "”", '"')):
        yield Candidate("ending", name, False, set(), ends=last)


def _is_frame(block: Block) -> bool:
    return is_widget(block) or is_field_line(block) or is_tag_line(block) or is_file_line(block)


def _labelled_lines(page: Page, blocks: list[Block]) -> Iterator[Candidate]:
    """Labelled bylines, from the page's end; neighbours ("Tin: …" above "Ảnh: …") count as one."""
    for block in blocks:
        if (name := in_cells(block, page.outline.blocks, _LABEL)) is not None:
            yield Candidate("label", f"{block.text.rstrip(' :')}: {name}", True, {block.order, block.order + 1})
    found: list[tuple[Block, str]] = []
    for block in blocks:
        text = _labelled(block)
        if text and (not found or found[-1][0].order == block.order + 1):
            found.append((block, text))
        elif text or (found and block.order < found[-1][0].order - 1):
            break
    if found:
        alone = {block.order for block, text in found if len(block.text) <= len(text) + 4}
        yield Candidate("label", "; ".join(text for _, text in reversed(found)), True, alone)


def in_cells(block: Block, blocks: list[Block], label: re.Pattern[str]) -> str | None:
    """The value in the cell after a cell that is nothing but the label."""
    if len(block.text) > 30 or block.order + 1 >= len(blocks):
        return None
    match = label.match(f"{block.folded.rstrip(' :')}: ")
    value = blocks[block.order + 1]
    if match is None or match.end() < len(block.text.rstrip(" :")) or len(value.text) > 80 or value.box is block.box:
        return None
    if block.box.tag not in ("dt", "th", "td", "label") and not block.text.endswith(":"):
        return None
    return value.text


def _labelled(block: Block) -> str | None:
    """A labelled byline inside the block."""
    if _LABEL.search(block.folded) is None:
        return None
    # who posted the page stands in a field of the same line: the others are read one by one
    pieces = [piece for run in runs(block) for piece in (_FIELDS.split(run) if NEVER.search(fold(run)) else [run])]
    return next(filter(None, map(_labelled_piece, pieces)), None)


def _labelled_piece(piece: str) -> str | None:
    folded = fold(piece)
    if NEVER.search(folded):
        return None
    for match in _LABEL.finditer(folded):
        label = match[1].strip(" :")
        tail = folded[match.end() :]
        if label in ("noi dung", "story", "bai viet", "tong hop") and len(tail) > 50:
            continue
        stop = NEXT_FIELD.search(tail)
        end = match.end() + (stop.start() if stop and stop.start() > 0 else len(tail))
        text = piece[match.start(1) : end].strip(" -–|•;,([")
        if 3 <= len(text) <= 120:
            return text
    return None


def _set_apart(block: Block, last: list[Block]) -> bool:
    """Whether a last line is set as a byline: to the right, bold, or short and alone as the very last."""
    words = block.text.split()
    text = block.text.removesuffix("./.")
    if not 1 <= len(words) <= 14 or len(text) > 90 or text.endswith((".", ":", "!", "?", ";", ",")):
        return False
    if block.level or (block.box.tag in ("td", "th", "li", "dd") and not (block.after_break or _alone_in_row(block))):
        return False
    if block.align == "right" or block.is_bold or block.is_italic:
        return True
    return block is last[0] and len(words) <= 8


def _alone_in_row(block: Block) -> bool:
    """Whether a cell to the right is the only filled one of its row: old editors align a byline by a table."""
    row = block.box.parent
    return row is not None and row.tag == "tr" and row.last - row.first == 1 and block.align == "right"
