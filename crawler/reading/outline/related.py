"""What stands under the headings that portals print above other stories and above what readers write."""

from __future__ import annotations

import re
from itertools import pairwise

from crawler.reading.outline.blocks import Block, Box, Outline
from crawler.reading.outline.rows import FULL_DAY, is_file_link

_A_LIST = 2  # rows
_LONGEST_CELL = 40  # characters
_ABOVE = 200  # lines over a heading that are asked whether the story has begun
_CLOCK = re.compile(r"\b\d{1,2} ?[:hg] ?\d{2}\b")
_LABELLED = re.compile(r"\W*(?:ngay|thoi gian|dang|cap nhat|xuat ban|duoc dang)(?: \w+){0,2}\W{0,3}\d")
# "0 bình luận" beside the posting time counts comments, it heads no list.
_COUNTED = re.compile(r"\W*\d+\W+(?:y kien|binh luan|phan hoi|nhan xet|comment)")

# Over what readers write.
_READERS = (
    r"(?:(?:cac|gui|viet|dang|tat ca) )?(?:y kien|binh luan|phan hoi|nhan xet)(?: (?:y kien|binh luan|phan hoi))?"
    r"(?: (?:cua )?(?:ban doc|doc gia|ban))?(?: (?:ve|cho) bai(?: viet)?(?: nay)?)?|ban doc (?:binh luan|phan hoi)"
    r"|comments?|leave a (?:reply|comment)"
)
# Folded; the whole of a short block.
_RELATED_HEADING = re.compile(
    r"[\W_]*(?:\d{1,2}[\W_]+)?(?:"
    r"(?:cac |nhung |mot so )?(?:tin|bai|bai viet|tin bai|tin tuc|van ban|thong bao|video|anh|hinh anh|chu de|noi dung"
    r"|tin lien quan|su kien)s?(?: viet| tuc| bai)?(?:,? (?:tin|bai viet|bai))? "
    r"(?:da dua|da dang|(?:da )?dang truoc|lien quan|khac"
    r"|cung (?:chuyen muc|muc|loai|chu de|danh muc|linh vuc|su kien)|moi(?: nhat| hon| dang| cap nhat)?|cu(?: hon)?"
    r"|doc nhieu(?: nhat)?|xem nhieu(?: nhat)?|noi bat|quan tam|truoc|tiep theo|ke tiep|truoc do|cung chuyen muc khac)"
    r"|xem them|doc them|co the (?:ban )?(?:(?:cung )?(?:thich|quan tam)|chua (?:doc|xem|biet)|muon (?:doc|xem))"
    r"|lien quan|cung chuyen muc|doc nhieu(?: nhat)?"
    r"|xem nhieu(?: nhat)?|nhung tin (?:moi|cu) hon|tin (?:moi|cu) hon|cac tin (?:da dua|khac)"
    r"|nhung tin (?:khac|da dua)|(?:cac|nhung)(?: \w+){1,4} (?:khac|lien quan|cung (?:chuyen muc|loai|chu de))"
    r"|(?:related|other|latest|more|newer|older|recent|popular|most (?:read|viewed)) (?:news|articles?|posts?|stories)"
    r"|tin moi|tin noi bat|" + _READERS + r")"
    r"(?: \(\d+\))?[\W_]*"
)


# Over what readers write; the article's files may still follow it.
_COMMENTS = re.compile(rf"[\W\d_]*(?:{_READERS})[\W\d_]*")
_FILES = re.compile(
    r"\W*(?:cac )?(?:tai lieu|file|tep(?: tin)?|tap tin|van ban|bieu mau|phu luc)(?: van ban)? (?:dinh|kem|gui)\b"
)


def mark_related(outline: Outline) -> None:
    """Set `related` on the blocks that stand under a heading of other stories, and on the heading."""
    blocks = outline.blocks
    for block in blocks:
        if block.related or not is_related_heading(block) or _is_a_cell(block, blocks):
            continue
        if _is_over_a_story(block, blocks):
            continue
        top, around = _standing(block, blocks)
        # the heading and its list share an element of their own, or stand among the story's paragraphs
        own = top.last > block.order + 1 or _holds_empty_list(top, outline)
        end = top.last if own else _flat_end(blocks, block.order, around.last)
        if own and _COMMENTS.fullmatch(block.folded):
            end = next((each.order for each in blocks[block.order + 1 : end] if _offers_files(each)), end)
        for each in blocks[block.order : end]:
            each.related = True


def _is_over_a_story(block: Block, blocks: list[Block]) -> bool:
    """Whether a kicker ("Tin nổi bật") stands over a posted line, with no headline and no text of another before."""
    if block.level or block.zone is not None or _COMMENTS.fullmatch(block.folded):
        return False
    line, under = next(iter(pairwise(blocks[block.order + 1 : block.order + 3])), (block, block))
    if line is under or line.linked or under.linked or len(under.text) > 60 or not FULL_DAY.search(under.text):
        return False
    if not (_LABELLED.match(under.folded) or _is_posted(line, under)):
        return False
    before = (each for each in blocks[max(0, block.order - _ABOVE) : block.order] if each.zone is None)
    return not any(each.level == 1 or _is_long(each) for each in before)


def _is_a_cell(block: Block, blocks: list[Block]) -> bool:
    """Whether the words stand among figures in a row of a table: "Các địa phương khác | 3 | 181"."""
    row = block.box.parent
    if block.box.tag not in ("td", "th") or row is None or row.tag != "tr" or row.last - row.first < 2:
        return False
    return all(len(each.text) <= _LONGEST_CELL and not each.linked for each in blocks[row.first : row.last])


def _holds_empty_list(top: Box, outline: Outline) -> bool:
    """Whether an element holds nothing but a heading and the place of a list that a script fills, or has not filled."""
    boxes = (outline.boxes.get(node) for node in top.node.iterdescendants("ul", "ol", "div", "table", "section"))
    return any(box is not None and box.first == box.last == top.last for box in boxes)


def _standing(block: Block, blocks: list[Block]) -> tuple[Box, Box]:
    """The largest box that begins with this block and holds one list, and the box around it.

    A list that opens the left column opens the whole page's middle too (Đắk Nông: "Văn bản mới"): what follows the list
    under another heading, or reads like a story, is not its own.
    """
    box = block.box
    while box.parent is not None and box.parent.first >= block.order:
        if box.last > block.order + 1 and _is_another_story(blocks[box.last : box.parent.last]):
            break
        if box.tag == "td" and sum(each.in_row for each in blocks[block.order + 1 : box.last]) >= _A_LIST:
            break  # a column of a layout of tables, with its list
        box = box.parent
    return box, box.parent or box


def _is_another_story(blocks: list[Block]) -> bool:
    """Whether there is a heading, a long paragraph, several lines of text, or a line over its day and hour."""
    text = 0
    for over, block in zip([None, *blocks], blocks, strict=False):
        if _is_another(block) or (over is not None and _is_posted(over, block)):
            return True
        if len(block.text) >= 50 and block.link_share < 0.3 and not block.in_row:
            text += len(block.text)
    return text >= 160


def _is_posted(line: Block, under: Block) -> bool:
    """Whether a day with its hour stands under a line that is no link, as under a headline; documents have no hour."""
    if line.in_row or under.in_row or line.linked or under.linked or len(line.text) < 25 or len(under.text) > 60:
        return False
    return _CLOCK.search(under.folded) is not None and FULL_DAY.search(under.folded) is not None


def _is_another(block: Block) -> bool:
    return (block.level > 0 or len(block.text) >= 120) and block.link_share < 0.3 and not block.in_row


def _flat_end(blocks: list[Block], start: int, end: int) -> int:
    """Where the list under a heading ends when both stand among the story's own paragraphs.

    The first line under the heading of comments is a reader's, unless the story has not begun.
    """
    comments = _COMMENTS.fullmatch(blocks[start].folded) is not None
    said = comments and _has_begun(blocks[max(0, start - _ABOVE) : start])
    for order in range(start + 1, end):
        if comments and _offers_files(blocks[order]):
            return order
        if not _is_long(blocks[order]) or (said and order == start + 1):
            continue
        if not (said and _names_a_reader(blocks[order - 1], blocks[start + 1])):
            return order
    return end


def _has_begun(above: list[Block]) -> bool:
    """Whether a long paragraph of the story stands above, or two sentences."""
    told = [block for block in above if block.free and len(block.text) >= 60 and block.text.endswith((".", "”", '"'))]
    return len(told) > 1 or any(map(_is_long, above))


def _names_a_reader(line: Block, first: Block) -> bool:
    """Whether a line over a comment says whose it is: it tells a day, or is marked as that over the first."""
    if line is first or len(line.text) > 80:
        return line is first
    alike = (line.box.tag, line.box.words) == (first.box.tag, first.box.words)
    return FULL_DAY.search(line.text) is not None or (alike and bool(line.box.words))


def _is_long(block: Block) -> bool:
    return block.link_share < 0.3 and not block.in_row and len(block.text) >= 120


def is_related_heading(block: Block) -> bool:
    """Whether the block is the heading over a list of other stories."""
    if len(block.text) > 60 or block.zone in ("nav", "header", "footer", "crumb") or block.link_share > 0.9:
        return False
    return _RELATED_HEADING.fullmatch(block.folded) is not None and not (
        block.level == 0 and _COUNTED.match(block.folded)
    )


def _offers_files(block: Block) -> bool:
    if block.href is not None and is_file_link(block.href):
        return True
    return len(block.text) <= 60 and _FILES.match(block.folded) is not None
