"""The next page of a list that has no address: ASP.NET's pagers send the page's own form again (a postback).

WebForms, DNN, Telerik and SharePoint write links that are only a script, `__doPostBack('ctl00$pager','2')`, or submit
buttons of the page's form. The same things on those pages delete, sort, search, log in, vote and turn a calendar's
leaves, so only what stands and speaks as a pager is taken for one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from archive.vietnam.text import fold
from crawler.layout import Layout
from crawler.portal import Portal
from crawler.reading.address import of_portal
from crawler.reading.controls import Control, control_of, form_of, sends
from crawler.reading.fields import sent
from crawler.reading.links import Postback, is_trap
from crawler.reading.page import Page
from crawler.reading.paging import MAX_ANCHORS, says_next

_CURRENT = re.compile(r"(?:\b|_|page)(?:active|current|selected)|(?:rg|rdp)CurrentPage", re.IGNORECASE)
# What a control that turns no page is called, or what it says when asked (`title`).
_OTHER = re.compile(
    r"calend|(?<!pub)lich|rating|vote|voting|poll|slide|carousel|wizard|login|dang-?_?nhap|khao-?_?sat|survey"
    r"|danh-?_?gia|binh-?_?(?:chon|luan)|xoa|delete|co-?_?chu|font"
)
_OTHER_TITLE = re.compile(r"\b(?:month|week|day|year|thang|tuan|ngay|nam|anh|photo|video|slide)\b")
_OTHER_ARGUMENT = re.compile(r"(?:sort|delete|select|edit|update|cancel|new|insert)\b|[vr]?\d{4,}$", re.IGNORECASE)
_PAGER = re.compile(r"pager|pagg?ing|paginat|phan-?_?trang|page-?_?(?:nav|link|number|num|list)|rdpwrap", re.IGNORECASE)
_PAGER_NAME = re.compile(r"pag(?:e|er|g?ing|ination)(?!content)|trang|next|sau$|tiep", re.IGNORECASE)
_NEXT_CLASS = re.compile(r"(?:rg|rdp|rlv)?page-?next\b|next-?page\b|pager-?next\b", re.IGNORECASE)
_OTHER_ENDS = re.compile(r"(?:trang )?(?:truoc|dau|cuoi)|prev(?:ious)?(?: page)?|first|last|[<«‹]+|>>|»»")
_CLIMB, _MOST = 5, 60  # elements around a control that are looked at; numbers or controls of a pager


def next_postback(
    page: Page, portal: Portal | None, layouts: list[Layout], rows: Collection[str], number: int = 1
) -> Postback | None:
    """The next page by postback, with all that a browser would send for it; None where no pager offers one.

    `rows` are the addresses that the list leads to, `number` is this page's, for pagers that do not mark it.
    """
    form = form_of(page)
    if form is None:
        return None
    pressed = _named(page, layouts, form)
    if pressed is None:
        controls = {each.node: each for node in _nodes(page) if (each := control_of(node, form)) and _turns_pages(each)}
        offered = list(dict.fromkeys([*_numbered(controls, number), *_worded(list(controls.values()))]))
        pressed = _of_longest(offered, page, rows) if len(offered) > 1 else next(iter(offered), None)
    url = page.link(form.get("action")) or page.url.partition("#")[0]
    if pressed is None or is_trap(url) or not of_portal(url, page.url, portal):
        return None
    if pressed.target is None:
        return Postback(url, sent(form, page.charset, pressed.node, {}), pressed.node.get("name") or "")
    said = {"__EVENTTARGET": pressed.target, "__EVENTARGUMENT": pressed.argument}
    event = f"__doPostBack('{pressed.target}','{pressed.argument}')"
    return Postback(url, sent(form, page.charset, None, said), event)


def _nodes(page: Page) -> Iterator[etree._Element]:
    return islice(page.root.iter("a", "input", "button"), MAX_ANCHORS)


def _of_longest(offered: list[Control], page: Page, rows: Collection[str]) -> Control:
    """Of several pagers the one that stands behind most rows of the list: beside the news stands a box of documents."""
    nodes = {each.node: place for place, each in enumerate(offered)}
    behind = dict.fromkeys(range(len(offered)), 0)
    count, counted = 0, True
    for node in _nodes(page):
        if (place := nodes.get(node)) is not None:
            behind[place], counted = count, True
        elif page.link(node.get("href")) in rows:
            count, counted = (1 if counted else count + 1), False
    return offered[max(behind, key=lambda place: (behind[place], -place))]


def _named(page: Page, layouts: list[Layout], form: etree._Element) -> Control | None:
    """What a layout's selector for the next page names."""
    for layout in layouts:
        for node in page.all(layout.next) if layout.next else ():
            if control := control_of(node, form):
                return control
    return None


def _turns_pages(control: Control) -> bool:
    """Whether nothing in its name, argument or title says that it does something else."""
    names = f"{control.target or control.node.get('name') or ''} {control.node.get('id') or ''}".lower()
    about = " ".join(f"{each.get('class') or ''} {each.get('id') or ''}" for each in _around(control.node)).lower()
    title = fold(control.node.get("title") or "")
    other = _OTHER_ARGUMENT.match(control.argument) and control.number is None
    return not (_OTHER.search(names) or _OTHER.search(about) or _OTHER_TITLE.search(title) or other)


def _around(node: etree._Element) -> Iterator[etree._Element]:
    """A node and the few elements next around it."""
    yield node
    for around in islice(node.iterancestors(), _CLIMB):
        if around.tag in ("form", "body"):
            return
        yield around


# -- by number ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Number:
    """A number that stands by itself in a pager."""

    value: int
    control: Control | None
    marked: bool  # as that of the page itself


def _numbered(controls: dict[etree._Element, Control], number: int) -> Iterator[Control]:
    """The page numbered one higher than the one that the pager shows; behind its last number, what goes on (`…`)."""
    for control in islice((each for each in controls.values() if each.number is not None), _MOST):
        box, numbers = _pager(control, controls)
        here = _here(numbers, number if _names_pager(control) else None)
        if here is None:
            continue
        for each in numbers:
            if each.value == here + 1 and each.control is not None and each.control.number is not None:
                yield each.control
        if here == numbers[-1].value and (more := _more(box, controls)):
            yield more
    # a GridView's only other page
    yield from (each for each in controls.values() if each.argument.lower() == f"page${number + 1}")


def _more(box: etree._Element, controls: dict[etree._Element, Control]) -> Control | None:
    """The dots that stand behind a pager's last number."""
    inside = [controls[node] for node in box.iter("a", "input", "button") if node in controls]
    for control in reversed(inside):
        if control.words in ("...", "…"):
            return control
        if control.number is not None:
            return None
    return None


def _pager(control: Control, controls: dict[etree._Element, Control]) -> tuple[etree._Element, list[_Number]]:
    """The nearest box around a numbered control that holds other numbers, and all of them."""
    box, numbers = control.node, list[_Number]()
    for box in islice(control.node.iterancestors(), _CLIMB):
        numbers = list(islice(_numbers(box, controls), _MOST))
        if len(numbers) > 1:
            break
    return box, _run_of(control, numbers)


def _run_of(control: Control, numbers: list[_Number]) -> list[_Number]:
    """Of the numbers in a box those that count pages: `Trang 2/10: 1 2 3 (30 tin)` has others before and behind."""
    run: list[_Number] = []
    for each in numbers:
        if run and each.value <= run[-1].value:
            if any(other.control is control for other in run):
                break
            run = []
        run.append(each)
    linked = [each.value for each in run if each.control is not None]
    if not linked:
        return []
    return [each for each in run if each.control or min(linked) - 1 <= each.value <= max(linked) + 1]


def _numbers(box: etree._Element, controls: dict[etree._Element, Control]) -> Iterator[_Number]:
    for node in islice(box.iter(), 400):
        own = node.get("value") if node.tag in ("input", "button") and sends(node) else node.text
        for text, holder in ((own, node), (node.tail if node is not box else None, node.getparent())):
            bare = (text or "").strip(" \t\r\n\u00a0[]()|")
            if holder is None or holder.tag == "option":  # how many rows a page is to have
                continue
            if bare.isdecimal() and bare.isascii() and len(bare) <= 4:
                yield _Number(int(bare), *_holder(holder, box, controls))


def _holder(
    node: etree._Element, box: etree._Element, controls: dict[etree._Element, Control]
) -> tuple[Control | None, bool]:
    """The control that a number stands in, and whether it is marked as the current one."""
    held, marked = None, False
    each: etree._Element | None = node
    while each is not None and each is not box:
        held = held or controls.get(each)
        marked = marked or _CURRENT.search(each.get("class") or "") is not None
        each = each.getparent()
    return held, marked


def _here(numbers: list[_Number], number: int | None) -> int | None:
    """The number of this page: the one that is marked, or that alone leads nowhere, or the one that it was asked by.

    `number`: the last, None where no name says that the numbers are a pager's: they may be stars to vote with.
    """
    if len(numbers) < 2:
        return None
    marked = [each.value for each in numbers if each.marked]
    still = [each.value for each in numbers if each.control is None]
    for told in (marked, still):
        if len(told) == 1:
            return told[0]
    told_so = number is not None and not marked and not still and numbers[0].value <= number + 1
    return number if told_so else None


# -- by word -----------------------------------------------------------------------------------------------------


def _worded(controls: list[Control]) -> Iterator[Control]:
    """What says "next": in the words of a pager alone, or in other words where a pager stands."""
    following = [each for each in controls if says_next(each.words) or _is_next(each)]
    yield from (each for each in following if _is_next(each) or re.search(r"trang|page", each.words))
    ends = {each.node for each in controls if each.number is not None or _OTHER_ENDS.fullmatch(each.words)}
    yield from (each for each in following[:_MOST] if _in_pager(each, ends))


def _is_next(control: Control) -> bool:
    """By what Telerik and GridView call it in whatever language the page is."""
    return control.argument.lower() == "page$next" or bool(_NEXT_CLASS.search(control.node.get("class") or ""))


def _in_pager(control: Control, ends: set[etree._Element]) -> bool:
    """Whether a pager stands around a control: by class, by the control's name, or by what else turns pages there."""
    around = list(_around(control.node))[1:3]
    return _names_pager(control) or any(
        node in ends for box in around for node in islice(box.iter("a", "input", "button"), 40)
    )


def _names_pager(control: Control) -> bool:
    """Whether the control's own name, or a class around it, says that it turns pages."""
    if any(_PAGER.search(f"{each.get('class') or ''} {each.get('id') or ''}") for each in _around(control.node)):
        return True
    name = f"{control.target.rpartition('$')[2]} {control.argument}" if control.target is not None else ""
    return _PAGER_NAME.search(name) is not None
