"""Where on a page the names of those who made the article stand: behind labels, in marked elements, above the text.

Candidates come the most telling first, those of `beside_time`, `last_lines` and `data_authors` among them; `people`
reads the names in them, `credits` chooses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from crawler.reading.made.beside_time import (
    BARE_LABEL,
    NEVER,
    after_label,
    beside_the_time,
    parts_beside_time,
    runs,
)
from crawler.reading.made.candidates import Candidate
from crawler.reading.made.data_authors import from_data, from_meta
from crawler.reading.made.ending import ending
from crawler.reading.made.labelled import labelled_lines
from crawler.reading.made.last_lines import is_of_another_field, last_lines, names_a_person
from crawler.reading.made.signers import holds_office
from crawler.reading.outline.blocks import Block, Box, standing
from crawler.reading.page import Page, text_of
from crawler.reading.people import labels_in, read_byline, role_of
from crawler.reading.people.makers import are_people, may_be_pen_names
from crawler.reading.people.names import without_titles
from crawler.reading.posted.data import is_vietnamese
from crawler.reading.text.captions import is_caption, is_marked_caption, is_under_picture
from crawler.reading.text.lines import is_widget
from crawler.reading.text.pictures import is_decoration
from crawler.reading.text.span import Span

LONGEST = 160
_QUOTE = re.compile(r"(?:^|[ _-])(?:block-?)?quotes?(?:$|[ _-])|trich-?dan")
# A scholar's name over his office heads what he wrote; another's, whom the page is about.
_DEGREE = re.compile(r"(?:pgs|gs|ths|tskh|ts)\b")
_LONGEST_POST = 40  # characters of what a writer is, behind his name
_OF_A_WRITER = re.compile(r"/(?:tac-?gia|authors?|but-?danh|nha-?bao|phong-?vien)[/.?=-]", re.IGNORECASE)
_LONGEST_ASIDE = 5  # lines of an <aside> between headline and text, where Joomla's T3 prints writer and time
_REPORTS = re.compile(r"(?:pv|p\.v|ctv|btv|phong vien|cong tac vien|nha bao)\b")
_DATE = re.compile(r"\d[/.-]\d")
# What a person is, alone in the line under the name.
_ROLE = re.compile(r"(?:nha bao|phong vien|bien tap vien|cong tac vien|pv|btv|ctv)(?: (?:thuong tru|anh|tu do))?")


def around(page: Page, span: Span, headline: Block | None, dated: frozenset[int]) -> list[Block]:
    """Blocks of the article and just before and behind it, from the last to the first: bylines stand at the end."""
    first = max(0, (headline.order if headline else span.start) - 3)
    near = standing(page.outline.media, first, span.end + 1)
    pictures = {each.order for each in near if each.tag == "img" and not is_decoration(each)}
    pictured = min(pictures, default=len(page.outline.blocks))
    found = []
    everything, head = page.outline.blocks, min(span.prose + 8, span.end)
    last = span.end
    while last > head and (everything[last - 1].related or everything[last - 1].in_row):  # other news in its element
        last -= 1
    for block in (*everything[first:head], *everything[max(head, last - 25, first) : span.end + 6]):
        # under links to other stories, in the element of the text and to its right, a byline may still stand
        signs = block.order == span.behind - 1 and block.align == "right" and block.href is None
        if (block.related and not signs) or block.in_row:
            continue
        # the photographer of one picture is named under it, and is none of the article's; what stands over all pictures
        # only looks like a caption (Vuetify)
        captioned = block.order >= pictured and is_caption(block, block.order in pictures)
        if captioned and not (
            _is_credit(block, span, several=len(pictures) > 1) or _is_beside_time(block, span, dated)
        ):
            continue
        aside = block.zone == "aside" and span.head <= block.order < span.start <= span.head + _LONGEST_ASIDE
        read = block.zone in (None, "widget") or aside
        if block is not headline and read and not _is_of_data(block, everything, span):
            found.append(block)
    return found[::-1]


def _is_of_data(block: Block, everything: list[Block], span: Span) -> bool:
    """Whether a line stands under a table inside the text: what it names is the source of the table's figures."""
    if not span.prose < block.order < span.end - 1 or block.box.tag in ("td", "th"):
        return False
    before, after = everything[block.order - 1], everything[block.order + 1]
    cells = [box for box in (before.box, before.box.parent) if box is not None and box.tag in ("td", "th")]
    return any(cell.last <= block.order for cell in cells) and len(after.text) >= 60 and after.free


def _is_credit(block: Block, span: Span, *, several: bool) -> bool:
    """Whether a line under a picture is a byline all the same: the last of the text, or a writer's under his face.

    `several`: the text has more pictures, and who took them all may be named to the right under the last.
    """
    if block.href is not None and _OF_A_WRITER.search(block.href):
        return True
    if block.align == "center" or is_marked_caption(block) or is_under_picture(block):
        return False
    roles = {role_of(label["label"]) for label in labels_in(block.text, block.folded)}
    if block.order + 1 < span.end:  # links to share the page may follow it
        return "writer" in roles and block.align == "right"
    # "Nhà giáo Lê Hoa" is in the picture
    shown = block.align != "right" and not _REPORTS.match(block.folded) and without_titles(block.text) != block.text
    return (roles != {"photographer"} or (several and block.align == "right")) if roles else not shown


def _is_beside_time(block: Block, span: Span, dated: frozenset[int]) -> bool:
    """Whether a line beside the posting time, under a writer's face, names who wrote and who took the pictures."""
    if block.order >= span.prose or dated.isdisjoint((block.order - 1, block.order + 1)):
        return False
    byline = read_byline(block.text)
    return byline is not None and any(author.role != "photographer" for author in byline.authors)


def candidates(
    page: Page, blocks: list[Block], span: Span, used: set[int], dated: frozenset[int], fetched_at: datetime
) -> Iterator[Candidate]:
    """Where names may stand, the most telling first; `used` grows while they are read, `dated` carry the times."""
    yield from labelled_lines(page, [block for block in blocks if block.order not in used], span)
    foreign = not is_vietnamese(page)
    if foreign:  # in Vietnam the data names who typed the page in
        yield from from_data(page, "person")
    yield from _marked(page, [block for block in blocks if not _is_quoted(block)], dated, fetched_at)
    yield from _by_place(page, blocks, span, used, dated, fetched_at)
    if not foreign:
        yield from from_data(page, "person")
    if foreign:
        yield from from_data(page, "organisation")
    yield from from_meta(page, foreign)
    if not foreign:
        yield from from_data(page, "organisation")


def _by_place(
    page: Page, blocks: list[Block], span: Span, used: set[int], dated: frozenset[int], fetched_at: datetime
) -> Iterator[Candidate]:
    """What only its place tells: known names first, and where these tell nobody, names that no table need know."""
    untold: list[Candidate] = []

    def noted(found: Iterator[Candidate]) -> Iterator[Candidate]:
        for candidate in found:
            yield candidate
            untold.append(candidate)

    yield from noted(beside_the_time(blocks, span, dated, fetched_at))
    yield from noted(last_lines(blocks, span, used | dated))
    yield from noted(ending(page.outline.blocks, span, used | dated))
    yield from noted(_above(page, blocks, span, dated))
    for candidate in untold:
        if not candidate.labelled and may_be_pen_names(candidate.text) and not _leads_elsewhere(page, candidate.text):
            yield replace(candidate, labelled=True)


def _leads_elsewhere(page: Page, name: str) -> bool:
    """Whether a link of the page is called so, which leads to no writer: a section, a district."""
    links = (each for each in page.outline.anchors if not _OF_A_WRITER.search(each.href))
    return any(text_of(each.node) == name for each in links)


def _above(page: Page, blocks: list[Block], span: Span, dated: frozenset[int]) -> Iterator[Candidate]:
    """Lines between the headline and the text: behind a label, set off, or a name alone with its bearer's unit."""
    known = {block.order: block for block in blocks}
    pictures = {each.order for each in page.outline.media}
    for block in reversed(blocks):
        if not span.head <= block.order < span.prose or block.zone is not None:
            continue
        if len(block.text) <= 60 and (label := BARE_LABEL.match(block.folded)):
            yield Candidate("above", block.text[label.end() :], False, {block.order})
        if block.level or (holds_office(block, known) and not _DEGREE.match(block.folded)):
            continue
        set_off = (block.is_bold or block.is_italic or block.align == "right") and len(block.text.split()) <= 6
        over = known.get(block.order - 1)
        value = is_of_another_field(block, over) or (over is not None and over.text[-1] == ":")
        under = known.get(block.order + 1)
        titled = under is not None and _ROLE.fullmatch(under.folded) is not None and are_people(block.text)
        if set_off or titled or (dated and not value and block.order not in pictures and names_a_person(block)):
            yield Candidate("above", block.text, False, {block.order})


def _marked(page: Page, blocks: list[Block], dated: frozenset[int], fetched_at: datetime) -> Iterator[Candidate]:
    """Elements whose class says that they hold the author, inline ones first."""
    known = {block.order: block for block in blocks}
    yield from _linked(page, known)
    for inline in page.outline.inlines:
        block = known.get(inline.order) if "author" in inline.hints else None
        if block is not None and not NEVER.search(block.folded):
            name = text_of(inline.node) or " ".join((inline.node.tail or "").split())  # behind an icon
            alone = {block.order} if len(block.text) <= len(name) + 4 else set()
            yield Candidate("marked", after_label(name), True, alone)
    named = [block for block in blocks if block.has("author") and not (NEVER.search(block.folded) or is_widget(block))]
    for block in named:  # <a>Quốc Hải</a> <a>Lê Mỹ</a>
        told = runs(block) if len(block.box.node) > 1 else []
        linked = block.link_share > 0.7 and all(map(_names_one, told))
        if 2 <= len(told) <= 4 and (linked or all(map(are_people, told))):
            yield Candidate("marked", "; ".join(told), True, {block.order})
    for lines in _in_one_element(named):
        yield Candidate("marked", "; ".join(line.text for line in lines), True, {line.order for line in lines})
    for block in named:
        if block.order not in dated and _DATE.search(block.text) is None:
            yield Candidate("marked", after_label(" ".join(runs(block))), True, {block.order})
        elif len(told := list(parts_beside_time(block, fetched_at))) == 1:
            yield Candidate("marked", after_label(told[0]), True, set())


def _is_quoted(block: Block) -> bool:
    """Whether a block stands in a quotation or with a picture: the name marked there is a speaker's."""
    box: Box | None = block.box
    for _ in range(4):
        if box is None or box.tag in ("body", "article", "main"):
            return False
        if box.tag in ("blockquote", "figure") or _QUOTE.search(box.words):
            return True
        box = box.parent
    return False


def _linked(page: Page, known: dict[int, Block]) -> Iterator[Candidate]:
    """The names in one line that lead to pages about writers, "/tac-gia/nguyen-ngo"; more lines are a list of these."""
    links = [each for each in page.outline.anchors if each.order in known and _OF_A_WRITER.search(each.href)]
    told = dict.fromkeys(name for each in links if " " in (name := text_of(each.node)) and _names_one(name))
    orders = {each.order for each in links}
    if told and (len(told) == 1 or len(orders) == 1):
        names = "; ".join(told)
        alone = {order for order in orders if len(known[order].text) <= len(names) + _LONGEST_POST}
        yield Candidate("marked", names, True, alone)


def _in_one_element(named: list[Block]) -> Iterator[list[Block]]:
    """Two to four marked lines that follow each other, each a name by itself, in the order of the page."""
    lines: list[Block] = []
    for block in reversed(named):
        if lines and block.order != lines[-1].order + 1:
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
