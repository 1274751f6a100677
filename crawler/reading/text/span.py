"""Where on a page the article's text stands: the element that holds most of its prose, and what belongs around it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import islice

from lxml import etree

from crawler.reading.outline.blocks import Block, Box, Outline
from crawler.reading.outline.cells import is_of_data
from crawler.reading.outline.rows import is_file_link
from crawler.reading.text.lines import is_prose, is_sentence, is_tag_line, tells
from crawler.reading.text.parts import (
    LONGEST_BOX,
    ONE_SENTENCE,
    are_others,
    follows_data,
    goes_on,
    is_column,
    is_led_to,
    parts_with,
)
from crawler.reading.text.short_lines import heads_links, short_lines
from crawler.reading.text.teasers import lists_others, teaser_around

_MOST_MEDIA = 40  # that are asked where they stand
_LONGEST_CELL = 3  # lines
_LINES = frozenset(("p", "li", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "span", "th"))


@dataclass(frozen=True, slots=True)
class Span:
    """Blocks `start` to before `end` hold the text, and `prose` is the first that reads like it.

    `head` is the first after the headline, `behind` the first behind the element of the text, `box` the element of
    headline and text together.
    """

    head: int
    start: int
    prose: int
    end: int
    box: Box
    behind: int


def find_span(outline: Outline, headline: Block | None) -> Span:
    """Where the text of the article stands: the element that holds most of the free prose after the headline."""
    after = headline.order if headline is not None else -1
    weight, children = _weights(outline, after + 1)
    core, parts = _core(outline, after, weight, children)
    start, behind = max(parts[0].first, after + 1), parts[-1].last
    prose = next((b.order for b in outline.blocks[start:behind] if is_prose(b)), start)
    over = outline.blocks[after + 1 : prose] if headline is not None else []
    if weight.get(core, 0) < (ONE_SENTENCE if any(each.related for each in over) else 1):
        return _span_without_prose(outline, headline)  # lines behind a list of other stories are a column's
    box = _around(core, headline)
    head = after + 1 if headline is not None else box.first
    return Span(head, start, prose, _end(outline.blocks, behind, box, parts[-1].parent), box, behind)


def _core(
    outline: Outline, after: int, weight: dict[Box, int], children: dict[Box, list[Box]]
) -> tuple[Box, list[Box]]:
    """The element that holds most of the prose behind block `after`, and those in it that are the text's parts."""
    assert outline.root is not None
    core = outline.root
    while True:
        held, below = weight.get(core, 0), children.get(core, [])
        others = [box for box in below if box.first > after and lists_others(outline.blocks, box)]
        if 0 < len(others) < len(below):
            held -= sum(weight[box] for box in others)
            below = [box for box in below if box not in others]
        own = next((box for box in below if box.first <= after < box.last and is_column(box)), None)
        if own is not None and weight[own] >= 0.15 * held and are_others(outline.blocks, own, below):  # the headline's
            below, held = [own], weight[own]
        down = max(below, key=lambda box: weight[box], default=None)
        if down is None or down.tag in _LINES or weight[down] < 0.7 * held:
            return core, [core]
        if down.first > after + 1:
            if is_led_to(down, outline.blocks) or follows_data(down, outline.blocks, after + 1):
                return core, [core]
            parts = parts_with(down, after, weight, outline)
            if len(parts) > 1:
                return core, parts
        core = down


def _span_without_prose(outline: Outline, headline: Block | None) -> Span:
    """A headline with files, pictures or a player: what follows it until something that is not the article's."""
    assert outline.root is not None
    if headline is None:
        last = len(outline.blocks)
        return Span(0, last, last, last, outline.root, last)
    box = headline.box
    head = end = headline.order + 1
    shown = _shown_in(head, outline)
    while box.parent is not None and box.last <= head + 1 and box.parent.tag not in ("body", "html"):
        # a column with a headline and a player or a file; beside it stand other news
        if box.node in shown or _offers_file(box, head, outline):
            break
        box = box.parent
    bare = [each for each in outline.blocks[head : head + 12] if each.box is box.parent and not each.linked]
    if box.parent is not None and sum(each.after_break for each in bare) >= 2:
        box = box.parent  # verses that <br> parts, directly in the body
    while end < min(box.last, headline.order + 13) and outline.blocks[end].free:
        end += 1
    pictures = {each.order for each in outline.media if each.tag == "img"}
    start = short_lines(outline.blocks[head : min(box.last, head + 200)], pictures)
    if start is not None:
        lines = outline.blocks[start.order : box.last]
        end = next((b.order for b in lines if not b.free or heads_links(b, outline.blocks)), box.last)
        return Span(head, start.order, start.order, end, box, end)
    return Span(head, end, end, end, box, end)


def _shown_in(head: int, outline: Outline) -> set[etree._Element]:
    """The elements that hold a player at the block behind the headline, and the cells that hold a picture there."""
    media = islice((each for each in outline.media if head <= each.order <= head + 1), _MOST_MEDIA)
    return {node for each in media for node in each.node.iterancestors() if each.tag != "img" or node.tag == "td"}


def _offers_file(box: Box, head: int, outline: Outline) -> bool:
    """Whether a table's cell holds a link to a file behind the headline."""
    if box.tag != "td":
        return False
    return any(each.href is not None and is_file_link(each.href) for each in outline.blocks[head : box.last])


def span_of(outline: Outline, core: Box, headline: Block | None) -> Span:
    """The span of an element that a layout names as the text's."""
    head = headline.order + 1 if headline is not None and headline.order < core.first else core.first
    prose = next((b.order for b in outline.blocks[core.first : core.last] if is_prose(b)), core.first)
    box = _around(core, headline)
    return Span(head, core.first, prose, _end(outline.blocks, core.last, box, core.parent), box, core.last)


def span_around(outline: Outline, orders: frozenset[int], span: Span) -> Span:
    """The span widened to the smallest box that holds these blocks too."""
    if not orders:
        return span
    first, last = min(orders), max(orders)
    box = outline.blocks[first].box
    while box.parent is not None and not (box.first <= first and last < box.last):
        box = box.parent
    wider = box if box.first <= span.box.first and span.box.last <= box.last else span.box
    return Span(min(span.head, first), span.start, span.prose, max(span.end, last + 1), wider, span.behind)


def with_rows(blocks: list[Block], span: Span) -> Span:
    """The span of a text found in one cell of a table of data widened to all of the table."""
    if not 0 < span.behind - span.start <= _LONGEST_CELL or not is_of_data(blocks[span.start]):
        return span
    box: Box | None = blocks[span.start].box
    while box is not None and box.tag != "table":
        box = box.parent
    if box is None:
        return span
    head = min(span.head, box.first)
    return replace(span, head=head, start=box.first, end=max(span.end, box.last), behind=max(span.behind, box.last))


def _weights(outline: Outline, first: int) -> tuple[dict[Box, int], dict[Box, list[Box]]]:
    """Characters of prose in each box, from block `first` on, and the boxes below each that hold any."""
    weight: dict[Box, int] = defaultdict(int)
    children: dict[Box, list[Box]] = defaultdict(list)
    for block in outline.free(first):
        if is_prose(block) and not (first and teaser_around(block, outline.blocks, first)):
            weight[block.box] += len(block.text) if tells(block) else len(block.text) // 8
    # a box comes after the one that holds it
    for box in reversed(outline.boxes.values()):
        if box in weight and box.parent is not None:
            weight[box.parent] += weight[box]
            children[box.parent].append(box)
    return weight, children


def _around(core: Box, headline: Block | None) -> Box:
    """The smallest box with both the text and the headline; where that is the whole page, the text's own."""
    box = core
    if headline is None:
        return core.parent or core
    while box.parent is not None and not box.first <= headline.order < box.last:
        box = box.parent
    return box


def _end(blocks: list[Block], behind: int, box: Box, around: Box | None) -> int:
    """Past the text's element while the blocks still belong to the article: a byline, a source, a last paragraph."""
    end = behind
    while end < min(box.last, behind + 6):
        block = blocks[end]
        if not block.free or block.link_share > 0.5 or block.level or is_tag_line(block):
            if goes_on(blocks[end + 1 : end + 1 + LONGEST_BOX], around):
                end += 1
                continue
            # the line over such links is their heading, whatever it says: "Tin tiêu điểm", "Dòng sự kiện"
            heads = end > behind and (block.in_row or block.link_share > 0.5)
            return end - 1 if heads and not is_sentence(blocks[end - 1].text) else end
        end += 1
    return end


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
