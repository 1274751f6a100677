"""What a portal keeps on a page instead of stories: the house and its people, appointments, procedures, forms."""

from __future__ import annotations

from collections import Counter

from lxml import etree

from archive.schema import NotAnArticle
from archive.vietnam.text import fold
from crawler.reading.outline.blocks import Box
from crawler.reading.posted.dated_line import names_weekday
from crawler.reading.refused import words
from crawler.reading.refused.findings import Findings
from crawler.reading.text.lines import is_prose
from crawler.reading.title.standing import is_standing

_LONG_SURVEY, _LONG_FORM = 1500, 500  # characters
_FIELDS = frozenset(("text", "radio", "checkbox", "email", "tel", "number", "date", "file"))
_LONGEST_NAME = 25  # of a page that is kept standing, and dated


def form(found: Findings) -> NotAnArticle | None:
    """Pages to fill in: a survey's questions, a question to an office, an application.

    Under a posted story readers are asked too: a dated form has its name for a headline, or one answer of several
    to mark for each of three questions. However long these are, a form tells little before and behind them.
    """
    if found.attached or found.headline is None:
        return None
    long = found.prose >= (_LONG_SURVEY if found.dated else _LONG_FORM)
    asked: set[str] = set()
    marked: dict[str, int] = {}  # questions to mark an answer of, and the block of the last one
    for node in found.span.box.node.iter("input", "textarea"):
        kind = "text" if node.tag == "textarea" else (node.get("type") or "text").lower()
        if kind in _FIELDS and (kind == "radio" or not long) and (box := box_of_field(found, node)) is not None:
            asked.add(name := node.get("name") or node.get("id") or node.get("placeholder") or "")
            if kind == "radio":
                marked[name] = box.first
    called = found.prose < 300 and words.FORM.match(found.titles[1])
    if (found.dated or long) and not called and len(marked) < 3:
        return None
    if (
        (found.dated or long)
        and marked
        and _tells_beside(found, range(min(marked.values()) - 1, max(marked.values()) + 1))
    ):
        return None
    return NotAnArticle("other", f"a form with {len(asked)} fields") if len(asked) >= 3 else None


def _tells_beside(found: Findings, questions: range) -> bool:
    beside = (len(block.text) for block in found.inside if block.order not in questions and is_prose(block))
    return sum(beside) >= _LONG_FORM


def box_of_field(found: Findings, node: etree._Element) -> Box | None:
    """Where a field stands, None in a side column, a header, a poll, with the comments; a form is no such zone here."""
    around: etree._Element | None = node
    boxes, blocks = found.page.outline.boxes, found.page.outline.blocks
    while around is not None and around not in boxes:
        around = around.getparent()
    if around is None:
        return found.span.box
    box = boxes[around]
    # under "Ý kiến bình luận"; behind a form without a line of its own other stories may begin
    others = any(each.related for each in blocks[max(0, box.first - 1) : box.first + (box.last > box.first)])
    return None if others or box.zone not in (None, "form") else box


def schedule(found: Findings) -> NotAnArticle | None:
    """The appointments of a week, which a portal keeps standing; as a notice they have a day of their own."""
    if found.dated or found.attached or not any(map(words.SCHEDULE.match, found.titles)):
        return None
    listed = sum(map(names_weekday, found.own)) >= 3 or not any(map(is_prose, found.inside))
    return NotAnArticle("other", "a week's appointments, day by day") if listed else None


def directory(found: Findings) -> NotAnArticle | None:
    """Who can be reached how, or was born when: three persons with the same label or a number, and hardly a text.

    With two such labels each, what is told besides are their duties.
    """
    if found.posted:
        return None
    told = sum(len(block.text) for block in found.inside if is_prose(block)) >= 200
    lines = {block.folded for block in found.inside if len(block.text) <= 60 and not block.in_row}
    labels = Counter(said[1] for line in lines if (said := words.OF_A_PERSON.match(line)))
    labels["reached"] = sum(1 for line in lines if words.REACHED_AT.fullmatch(line))
    alike = sum(count >= 3 for count in labels.values())
    return NotAnArticle("other", "a directory of persons") if alike >= 1 + told else None


def standing(found: Findings) -> NotAnArticle | None:
    """Pages that a portal keeps standing: contacts, the organisation, weather; the description of a procedure."""
    steps = [(block, step[0]) for block in found.own if (step := words.PROCEDURE.match(block.opening(60)))]
    # a dated report of one tells something before its parts
    opens = steps and not any(is_prose(each) for each in found.inside if each.order < steps[0][0].order)
    if (opens or not found.dated) and len({said for _, said in steps}) >= 4:
        return NotAnArticle("other", "describes an administrative procedure")
    # "Hướng dẫn sử dụng dịch vụ công trực tuyến", posted that day; its `<title>` is the section's
    if (found.posted and len(found.name) >= _LONGEST_NAME) or found.told:
        return None
    named = [found.name]
    # over an album's headline stands "Thư viện ảnh"
    if found.prose < 500 and not (found.filed and (found.dated or not found.short)):
        heads = [block.text for block in found.own if 0 < block.level <= 2 and not block.in_row and found.first < 0]
        named = [found.page.head_title, found.name, *heads[:3]]
    if not any(map(is_standing, named)):
        return None
    mapped = any(map(words.SITE_MAP.match, map(fold, named)))
    return NotAnArticle("list" if mapped else "other", "a standing page by its title")
