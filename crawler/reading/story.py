"""The article's own text: which blocks of a page it is, cleaned into lead, paragraphs, pictures and captions."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from crawler.reading.blocks import Block, Box, Media, Outline
from crawler.reading.headline import key
from crawler.reading.lines import (
    is_caption,
    is_field_line,
    is_file_line,
    is_meta,
    is_pointer,
    is_sentence,
    is_tag_line,
    is_widget,
)

_LINES = frozenset(("p", "li", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "span", "th"))
_PICTURE = re.compile(
    r"^\s*(?:data:|about:)|blank\.|spacer|pixel|1x1|loading|lazy|placeholder|transparent", re.IGNORECASE
)
_DECORATION = re.compile(
    r"icon|logo|avatar|banner|button|btn|sprite|emoji|smil|arrow|bullet|star|print\.|rss|facebook|zalo|share|captcha|qr-?code",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Span:
    """Blocks `start` to before `end` hold the text, and `prose` is the first that reads like it.

    `head` is the first after the headline, `box` the element of headline and text together.
    """

    head: int
    start: int
    prose: int
    end: int
    box: Box


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in the text, and the block before which it stands."""

    node: etree._Element
    src: str
    order: int
    caption: str | None


@dataclass(frozen=True, slots=True)
class Story:
    """The text of an article, read."""

    lead: str | None
    lead_basis: str | None
    paragraphs: tuple[str, ...]
    pictures: tuple[Picture, ...]

    @property
    def size(self) -> int:
        """Characters of lead and paragraphs."""
        return sum(map(len, self.paragraphs)) + len(self.lead or "")


def find_span(outline: Outline, headline: Block | None) -> Span:
    """Where the text of the article stands: the element that holds most of the free prose after the headline."""
    after = headline.order if headline is not None else -1
    weight, children = _weights(outline, after + 1)
    assert outline.root is not None
    core = outline.root
    while True:
        held = weight.get(id(core), 0)
        down = max(children.get(id(core), ()), key=lambda box: weight[id(box)], default=None)
        if down is None or down.tag in _LINES or weight[id(down)] < 0.7 * held:
            break
        core = down
    if not weight.get(id(core)):
        return _span_without_prose(outline, headline)
    box = _around(core, headline)
    start = max(core.first, after + 1)
    prose = next((b.order for b in outline.blocks[start : core.last] if is_prose(b)), start)
    return Span(after + 1, start, prose, _end(outline.blocks, core, box), box)


def _span_without_prose(outline: Outline, headline: Block | None) -> Span:
    """A headline with files, pictures or a player: what follows it until something that is not the article's."""
    assert outline.root is not None
    if headline is None:
        last = len(outline.blocks)
        return Span(0, last, last, last, outline.root)
    box = headline.box
    while box.parent is not None and box.last <= headline.order + 2 and box.parent.tag not in ("body", "html"):
        box = box.parent
    head = end = headline.order + 1
    while end < min(box.last, headline.order + 13) and outline.blocks[end].free:
        end += 1
    pictures = {each.order for each in outline.media if each.tag == "img"}
    start = _short_lines(outline.blocks[head : min(box.last, head + 200)], pictures)
    if start is not None:
        end = next((b.order for b in outline.blocks[start.order : box.last] if not b.free), box.last)
        return Span(head, start.order, start.order, end, box)
    return Span(head, end, end, end, box)


def _short_lines(blocks: list[Block], pictures: set[int]) -> Block | None:
    """Where a text begins all of whose lines are short: verses, a table, a notice; None where there are only labels."""
    lines = [block for block in blocks if block.order not in pictures and _may_be_text(block)]
    if len(lines) < 3 or sum(len(block.text) for block in lines) < 60:
        return None
    return next((block for block in blocks if block.box is lines[0].box), None)


def _may_be_text(block: Block) -> bool:
    if not block.free or block.link_share >= 0.5 or block.level:
        return False
    return not (is_widget(block) or is_meta(block) or is_file_line(block) or is_tag_line(block))


def span_of(outline: Outline, core: Box, headline: Block | None) -> Span:
    """The span of an element that a layout names as the text's."""
    head = headline.order + 1 if headline is not None and headline.order < core.first else core.first
    prose = next((b.order for b in outline.blocks[core.first : core.last] if is_prose(b)), core.first)
    return Span(head, core.first, prose, core.last, _around(core, headline))


def span_around(outline: Outline, orders: frozenset[int], span: Span) -> Span:
    """The span widened to the smallest box that holds these blocks too."""
    if not orders:
        return span
    first, last = min(orders), max(orders)
    box = outline.blocks[first].box
    while box.parent is not None and not (box.first <= first and last < box.last):
        box = box.parent
    wider = box if box.first <= span.box.first and span.box.last <= box.last else span.box
    return Span(min(span.head, first), span.start, span.prose, max(span.end, last + 1), wider)


def is_prose(block: Block) -> bool:
    """Whether the block is running text of the page's own story."""
    return (
        block.free and len(block.text) >= 40 and block.link_share < 0.5 and not is_widget(block) and not is_meta(block)
    )


def _weights(outline: Outline, first: int) -> tuple[dict[int, int], dict[int, list[Box]]]:
    """Characters of prose in each box, from block `first` on, and the boxes below each that hold any."""
    weight: dict[int, int] = defaultdict(int)
    children: dict[int, list[Box]] = defaultdict(list)
    for block in outline.blocks[first:]:
        if is_prose(block):
            weight[id(block.box)] += len(block.text)
    # a box comes after the one that holds it
    for box in reversed(outline.boxes.values()):
        if box.parent is not None and id(box) in weight:
            weight[id(box.parent)] += weight[id(box)]
            children[id(box.parent)].append(box)
    return weight, children


def _around(core: Box, headline: Block | None) -> Box:
    """The smallest box with both the text and the headline; where that is the whole page, the text's own."""
    box = core
    if headline is None:
        return core.parent or core
    while box.parent is not None and not box.first <= headline.order < box.last:
        box = box.parent
    return box


def _end(blocks: list[Block], core: Box, box: Box) -> int:
    """Past the core while the blocks still belong to the article: a byline, a source, a last paragraph."""
    end = core.last
    while end < min(box.last, core.last + 6):
        block = blocks[end]
        if not block.free or block.link_share > 0.5 or block.level or is_tag_line(block):
            # the line over such links is their heading, whatever it says: "Tin tiêu điểm", "Dòng sự kiện"
            heads = end > core.last and (block.in_row or block.link_share > 0.5)
            return end - 1 if heads and not is_sentence(blocks[end - 1].text) else end
        end += 1
    return end


def read_story(outline: Outline, span: Span, title: str | None, used: frozenset[int]) -> Story:
    """Lead, paragraphs and pictures of the span; blocks in `used` (times, byline, source) are left out."""
    blocks = [
        block
        for block in outline.blocks[span.head : span.end]
        if block.order not in used and _belongs(block, span, title)
    ]
    captions = dict(_captions(outline, blocks, span))
    pictures = tuple(_pictures(outline, span, captions))
    taken = set(captions)
    lead_blocks, basis = _lead(blocks, span)
    lead = " ".join(block.text for block in lead_blocks) or None
    taken |= {block.order for block in lead_blocks}
    body = [
        block for block in blocks if block.order not in taken and (block.order >= span.start or is_sentence(block.text))
    ]
    paragraphs = [text for text in _paragraphs(body) if text]
    if lead and paragraphs and key(paragraphs[0]) == key(lead):
        paragraphs = paragraphs[1:]
    return Story(lead, basis if lead else None, tuple(paragraphs), pictures)


def _belongs(block: Block, span: Span, title: str | None) -> bool:
    if block.zone is not None or block.related or block.in_row:
        return False
    if is_widget(block) or is_tag_line(block) or is_file_line(block) or is_pointer(block):
        return False
    # inside the text "Thời gian: …" is told, at its edges it is the page's frame
    if is_field_line(block) and (block.order < span.start + 3 or (block.order >= span.end - 4 and _is_short(block))):
        return False
    return not (title and block.order < span.start + 2 and key(block.text) == key(title))


def _is_short(block: Block) -> bool:
    return len(block.text) <= 80


def _lead(blocks: list[Block], span: Span) -> tuple[list[Block], str | None]:
    """The blocks of the lead: marked as one, or standing alone between the headline and the element of the text."""
    marked: list[Block] = []
    for block in blocks[:8]:
        if block.has("lead") and len(block.text) >= 20:
            if not marked or block.order <= marked[-1].order + 2:
                marked.append(block)
        elif marked or block.order > span.start + 1:
            break
    if marked and len(marked) < len(blocks):
        return marked, "marked"
    if len(blocks) > 1 and blocks[0].level >= 2 and len(blocks[0].text) >= 80:
        return blocks[:1], "heading"  # newspapers set the lead as a second heading
    if len(blocks) > 2 and len(blocks[0].text) >= 60 and _is_set_off(blocks[0]) and _stands_apart(blocks):
        return blocks[:1], "position"
    alone = [block for block in blocks if block.order < span.start and is_sentence(block.text)]
    if len(alone) == 1 and len(blocks) > 1:
        return alone, "position"
    return [], None


def _is_set_off(block: Block) -> bool:
    return block.is_bold or block.is_italic or block.box.tag == "blockquote"


def _stands_apart(blocks: list[Block]) -> bool:
    """Whether the first block stands in an element of its own, and all others in one beside it."""
    box = blocks[1].box
    while box.parent is not None and box.last <= blocks[-1].order:
        box = box.parent
    return box.first > blocks[0].order


def _captions(outline: Outline, blocks: list[Block], span: Span) -> Iterator[tuple[int, Block]]:
    """Order of each caption and its block."""
    pictures = {
        each.order: each.node
        for each in outline.media
        if each.tag == "img" and span.head <= each.order <= span.end and not _is_decoration(each)
    }
    for block in blocks:
        picture = pictures.get(block.order)
        told = key(picture.get("alt") or "") if picture is not None and len(block.text) <= 250 else ""
        if is_caption(block, picture is not None) or (len(told) >= 12 and told == key(block.text)):
            yield block.order, block


def _pictures(outline: Outline, span: Span, captions: dict[int, Block]) -> Iterator[Picture]:
    seen: set[str] = set()
    known: dict[int, bool] = {}
    for each in outline.media:
        if each.tag != "img" or not span.head <= each.order <= span.end or not is_inside(each.box, span.box, known):
            continue
        if each.zone is not None or _is_decoration(each):
            continue
        if is_of_others(outline, each.order, each.box, span):
            continue
        src = source_of(each.node)
        if src and src not in seen:
            seen.add(src)
            caption = captions.get(each.order)
            yield Picture(each.node, src, each.order, caption.text if caption else None)


def source_of(node: etree._Element) -> str | None:
    """The address of a picture, the lazy one where the plain one is a placeholder."""
    for name in ("data-src", "data-original", "data-lazy-src", "src"):
        value = node.get(name)
        if value and not _PICTURE.search(value[:200]):
            return value.strip()
    return None


def _is_decoration(media: Media) -> bool:
    node = media.node
    for name in ("width", "height"):
        digits = re.match(r"\s*(\d+)\s*(?:px)?\s*$", node.get(name) or "")
        if digits and int(digits[1]) < 48:
            return True
    source = source_of(node) or ""
    marks = f"{node.get('class') or ''} {source.rsplit('/', 1)[-1]}"
    return not source or bool(_DECORATION.search(marks))


def is_of_others(outline: Outline, order: int, box: Box, span: Span) -> bool:
    """Whether what stands in `box` before block `order` belongs to a list of other stories, and not to the text above.

    A picture has no block of its own: the next one may be the heading of the list behind the article.
    """
    if order >= len(outline.blocks):
        return False
    block = outline.blocks[order]
    around: Box | None = block.box
    for _ in range(3):
        if around is None or around.first < max(span.head, order - 3) or not (block.related or block.in_row):
            return False
        if is_inside(box, around, {}):
            return True
        around = around.parent
    return False


def is_inside(box: Box, outer: Box, known: dict[int, bool]) -> bool:
    """Whether a box is `outer` or lies in it; `known` keeps what was asked before, for pages nested thousands deep."""
    path: list[int] = []
    each: Box | None = box
    while each is not None and each is not outer and id(each) not in known:
        path.append(id(each))
        each = each.parent
    answer = each is not None and (each is outer or known[id(each)])
    known.update(dict.fromkeys(path, answer))
    return answer


def _paragraphs(blocks: list[Block]) -> Iterator[str]:
    """Texts of the blocks, the cells of a table's row in one line."""
    row: Box | None = None
    cells: list[tuple[Box | None, str]] = []
    for block in blocks:
        mine, cell = _row_of(block)
        if mine is None or mine is not row:
            yield _row_text(cells)
            cells = []
        row = mine
        if mine is None:
            yield block.text
        else:
            cells.append((cell, block.text))
    yield _row_text(cells)


def _row_of(block: Block) -> tuple[Box | None, Box | None]:
    """The table row and cell of a block where the row is data: two filled cells or more, all of them short."""
    box: Box | None = block.box
    cell: Box | None = None
    for _ in range(5):
        if box is None:
            break
        if box.tag in ("td", "th") and cell is None:
            cell = box
        if box.tag == "tr":
            return (box, cell) if cell is not None and _is_data(box, cell) else (None, None)
        box = box.parent
    return None, None


def _is_data(row: Box, cell: Box) -> bool:
    filled, inside = row.last - row.first, cell.last - cell.first
    return 2 <= filled <= 24 and inside < filled and inside <= 3 and row.prose <= 600


def _row_text(cells: list[tuple[Box | None, str]]) -> str:
    """Cells joined by bars, paragraphs inside one cell by blanks."""
    parts: list[str] = []
    last: Box | None = None
    for cell, text in cells:
        if parts and cell is last:
            parts[-1] += " " + text
        else:
            parts.append(text)
        last = cell
    return " | ".join(parts)
