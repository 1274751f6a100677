"""Which zones of a page are let go because they hold its own story: a class may call anything `sidebar` or `widget`.

Every rule here passes over the page once, however deep its elements lie in each other.
"""

from __future__ import annotations

from collections.abc import Iterable

from crawler.reading.outline.blocks import Block, Box, Outline
from crawler.reading.outline.imprint import is_imprint
from crawler.reading.outline.rows import is_title_link
from crawler.reading.text.lines import tells

# What readers write is never the story, however long it is.
_NEVER = ("comments",)
# A zone that stands behind the headline in its own element, where nothing else holds text.
_MAY_STARVE = ("widget", "tags", "aside", "header", "nav", "form")


def free_prose(outline: Outline) -> None:
    """Count prose into every box, then let go of zones that hold most of the page's."""
    for block in outline.blocks:
        if len(block.text) >= 60 and block.link_share < 0.4 and not block.in_row and not block.related:
            block.box.prose += len(block.text) if tells(block) else len(block.text) // 4
    for box in reversed(outline.boxes.values()):  # parents stand before their children
        if box.prose and box.parent is not None:
            box.parent.prose += box.prose
    least = max(200, 0.6 * (outline.root.prose if outline.root else 0))
    _release(
        outline,
        [box for box in outline.zones if box.prose > least and box.own_zone not in (None, *_NEVER)],
    )


def free_titled(outline: Outline, titles: frozenset[str], head_title: str) -> None:
    """Let go of zones that hold the page's own title, as its machine-readable data gives it, with prose after it.

    What `<title>` begins with counts where it is a heading that leads nowhere: lists link to the stories they name.
    """
    seen: set[int] = set()
    held: list[Box] = []
    for block in outline.blocks:
        if block.zone is None:
            continue
        heads = block.level > 0 and not block.linked and len(block.text) >= 25 and head_title.startswith(block.text)
        if not heads and block.casefolded not in titles:
            continue
        box: Box | None = block.box
        while box is not None and id(box) not in seen:
            seen.add(id(box))
            if box.own_zone is not None and box.prose >= 15 and box.last > block.order + 1:
                held.append(box)
            box = box.parent
    _release(outline, held)


def free_own(outline: Outline, first: int, prose: int, box: Box) -> bool:
    """Let go of headers and footers that are the article's, round its headline `first` and at the end of its `box`,
    and of the headings in its text that are buttons.

    Joomla and Bootstrap call the element of a headline `page-header`; HTML gives an article a `footer` of its own,
    which stands over the text in Drupal 8 (`node__meta`).
    """
    own = [
        each
        for each in outline.zones
        if (each.own_zone == "header" and first - 3 <= each.first <= prose and first < each.last <= prose + 1)
        or (each.own_zone == "widget" and each.tag == "button" and first < each.first < box.last and _unfolds(each))
        or (
            each.own_zone == "footer"
            and (_closes(each, box) or first < each.first < each.last <= prose)
            and not _is_imprint(outline.blocks, each)
        )
    ]
    return _release(outline, own)


def free_starved(outline: Outline, headline: Block, *, says_article: bool) -> bool:
    """Let go of the zone with most prose behind a headline that has no text of its own, in the nearest element.

    On a page that does not say it is an article only a zone that follows the headline at once. The Week's
    `sr-body-share-wrapper` holds the whole story, one of ten on its page.
    """
    starved = [
        each
        for each in outline.zones
        if each.own_zone in _MAY_STARVE
        and each.first > headline.order
        and (each.prose >= 300 if says_article else _follows(each, headline, outline.blocks))
    ]
    box: Box | None = headline.box
    while box is not None and starved:
        near = [each for each in starved if each.last <= box.last]
        if near:
            return _release(outline, [max(near, key=lambda each: each.prose)])
        box = box.parent
    return False


def _follows(zone: Box, headline: Block, blocks: list[Block]) -> bool:
    """Whether a zone begins some lines behind the headline, in one element with it, and links to no other story."""
    near = zone.prose >= 60 and zone.first <= headline.order + 4 and headline.level > 0
    if not near or zone.parent is None or zone.parent.first > headline.order:
        return False
    return zone.last - zone.first <= 40 and not any(map(is_title_link, blocks[zone.first : zone.last]))


def _unfolds(button: Box) -> bool:
    """Whether a button shows and hides a part of the page (Bootstrap's accordion)."""
    get = button.node.get
    if "collapse" in (get("data-toggle"), get("data-bs-toggle")):
        return button.last > button.first
    around = button.node.getparent()
    under = around.getnext() if around is not None and button.parent is not None else None
    return under is not None and "collapse" in (under.get("class") or "").split()


def _closes(footer: Box, box: Box) -> bool:
    """Whether a footer stands directly in the element of an article, which is not the page's."""
    return footer.parent is box and box.tag in ("article", "section", "div") and box.first > 0


def _is_imprint(blocks: list[Block], footer: Box) -> bool:
    return footer.last - footer.first > 6 or any(map(is_imprint, blocks[footer.first : footer.last]))


def _release(outline: Outline, held: Iterable[Box]) -> bool:
    """Take back the zones that these boxes open, from all that inherited them; whether there were any."""
    released = False
    for box in held:
        box.own_zone, released = None, True
    if not released:
        return False
    changed: set[int] = set()
    for box in outline.boxes.values():
        zone = box.own_zone or (box.parent.zone if box.parent is not None else None)
        if zone != box.zone:
            box.zone = zone
            changed.add(id(box))
    for block in outline.blocks:
        if id(block.box) in changed:
            block.zone = block.box.zone
    return True
