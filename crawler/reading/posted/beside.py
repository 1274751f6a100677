"""What a line that holds a date may tell the date of, beside the article: a story it links, a file, a row of data."""

from __future__ import annotations

import re

from crawler.reading.address import canonical_url
from crawler.reading.dates import date_label, printed_day
from crawler.reading.outline.blocks import Block, Box
from crawler.reading.outline.rows import is_file_link, is_title_link
from crawler.reading.page import text_of
from crawler.reading.posted.place import Place, Spot, size_of
from crawler.reading.text.lines import is_field_line, is_file_line, is_meta, is_widget

_SHORTEST_HEADLINE = 15  # letters
_LARGEST_CARD = 4  # blocks
_WAY = re.compile(r"\W*(?:trang (?:chu|nhat)|home)\b")  # the breadcrumbs where no class says so


def dates_a_link(place: Place, block: Block, spot: Spot) -> bool:
    """Whether the line dates a linked headline in it or beside it: the row of a list that holds but one story."""
    worded = sum(map(str.isalpha, block.text)) >= _SHORTEST_HEADLINE  # not "admin 04/05/2017", both linked
    # under the headline "Ngày đăng: 09/10/2025 | Danh mục: Truyền thông giáo dục sức khỏe" links the page's section
    worded = worded and not (spot == "below" and date_label(block.text) == "posted")
    if worded and block.linked >= (30 if spot == "below" else 25) and _leads_away(place, block):
        return True
    blocks = place.page.outline.blocks
    for before in blocks[max(0, block.order - 2) : block.order][::-1]:
        if before.zone is not None or before is place.headline or _beside_headline(place, block, before):
            break
        if _WAY.match(before.folded) or _links_twice(place, before):
            break
        if is_title_link(before) and not is_field_line(before):
            return _leads_away(place, before) and not _closes_list(place, before, block)
        if spot in ("inside", "after") and _is_link_away(place, before) and date_label(block.text) is None:
            return True  # "Phóng sự" under its picture
        if before.level or len(before.text) > 30:
            break
    if spot not in ("lead", "inside", "after") or block.order + 1 >= len(blocks):
        return False
    after = blocks[block.order + 1]
    return is_title_link(after) and not after.in_row and _apart(place, block, after) and _leads_away(place, after)


def _links_twice(place: Place, block: Block) -> bool:
    """Whether two links share a line: the way to the page, "Tin tức / Văn hóa - Xã hội", or the names of a menu."""
    links = [each for each in place.page.outline.anchors if each.order == block.order]
    return len(links) > 1 and sum(text_of(each.node) != "" for each in links) > 1


def is_dated_elsewhere(place: Place, block: Block) -> bool:
    """Whether the line dates what stands beside it: the file or headline above it, or one under it."""
    before, after = place.page.outline.blocks[block.order - 1], place.next_line(block)
    row, cell = row_of(block)
    in_cells = row is not None and size_of(cell) < size_of(row) and place.span.prose < row.first < block.order
    of_file = is_file_line(before) and not printed_day(before.text)
    if before.level or of_file or in_cells:
        return True
    around = block.box if size_of(block.box) > 1 else block.box.parent
    if after is None or around is None or after.order >= around.last:
        return False
    if len(after.text) <= 25 and not after.text.endswith((".", "!", "?")):
        return False
    return not (is_meta(after) or is_widget(after) or is_file_line(after))


def is_in_data(place: Place, block: Block) -> bool:
    """Whether the line is one of several cells of a row among rows alike: a schedule's day, not the article's."""
    row, cell = row_of(block)
    if row is None or not 2 <= size_of(row) <= 8 or size_of(cell) == size_of(row):
        return False
    blocks = place.page.outline.blocks
    beside = [blocks[order] for order in (row.first - 1, row.last) if 0 <= order < len(blocks)]
    return any(other is not None and size_of(other) == size_of(row) for other, _ in map(row_of, beside))


def is_in_text_list(place: Place, block: Block) -> bool:
    """Whether the line is an item of a list with items longer than those of a row of fields."""
    if block.box.tag != "li" or block.box.parent is None:
        return False
    around = block.box.parent
    return any(len(each.text) > 30 for each in place.page.outline.blocks[around.first : around.last])


def label_over(place: Place, block: Block) -> Block | None:
    """The block in the same place of the table's row above: the head of a column."""
    row, _ = row_of(block)
    if row is None or row.first == 0 or not 2 <= size_of(row) <= 8:
        return None
    above, _ = row_of(place.page.outline.blocks[row.first - 1])
    if above is None or size_of(above) != size_of(row):
        return None
    return place.page.outline.blocks[above.first + block.order - row.first]


def _closes_list(place: Place, link: Block, line: Block) -> bool:
    """Whether a linked headline ends a list, or is the second of two, over a line that stands outside it.

    Not where a small element holds the two and nothing before them: a card.
    """
    card: Box | None = line.box
    while card is not None and card.first > link.order:
        card = card.parent
    if card is not None and card.first == link.order and size_of(card) <= _LARGEST_CARD:
        return False
    item: Box | None = link.box
    while item is not None and item.tag != "li":
        item = item.parent
    if item is not None and item.parent is not None:
        return line.order >= item.parent.last
    return link.order > 0 and is_title_link(place.page.outline.blocks[link.order - 1]) and line.box is not link.box


def _beside_headline(place: Place, block: Block, before: Block) -> bool:
    """Whether an element holds the line and the headline under it, and not what stands before: the menu's end."""
    box: Box | None = block.box
    while box is not None and place.headline is not None and not box.first <= place.headline.order < box.last:
        box = box.parent
    return box is not None and before.order < box.first


def _apart(place: Place, block: Block, after: Block) -> bool:
    """Whether both blocks share an element that begins behind the text's first line."""
    box: Box | None = block.box
    while box is not None and not box.first <= after.order < box.last:
        box = box.parent
    return box is not None and box.first > place.span.prose


def _is_link_away(place: Place, block: Block) -> bool:
    """Whether it is but a link to another page, and no tool or file."""
    if block.link_share <= 0.9 or is_widget(block) or is_file_line(block) or is_file_link(block.href or ""):
        return False
    return _leads_away(place, block)


def _leads_away(place: Place, block: Block) -> bool:
    target = place.page.link(block.href)
    return target not in (None, place.page.url) and canonical_url(target or "") != canonical_url(place.page.url)


def row_of(block: Block) -> tuple[Box | None, Box]:
    """The table row in which a block stands, and its cell there."""
    cell: Box = block.box
    box: Box | None = block.box
    while box is not None and box.tag not in ("table", "body"):
        if box.tag == "tr":
            return box, cell
        cell, box = box, box.parent
    return None, cell
