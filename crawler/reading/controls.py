"""The links and buttons of an ASP.NET page that send its form: what each raises, and what it says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote

from lxml import etree

from archive.vietnam.text import fold
from crawler.reading.outline.blocks import LONGEST_ADDRESS, squeeze
from crawler.reading.page import Page, text_of

_STRING = r"""(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")"""
_SCRIPT = re.compile(
    rf"__doPostBack\(\s*{_STRING}\s*,\s*{_STRING}\s*\)"
    rf"|WebForm_PostBackOptions\(\s*{_STRING}\s*,\s*{_STRING}\s*,\s*\w+\s*,\s*{_STRING}\s*,\s*\"\""  # no other page's
)
_ESCAPED = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))")
_STATE = re.compile(r"__V(?:IEW)?STATE")
_OFF = re.compile(
    r"^\s*(?:javascript:)?\s*return\s+false|\bconfirm\(", re.IGNORECASE
)  # behind an event it means nothing


@dataclass(frozen=True, slots=True, eq=False)
class Control:
    """A link or button that sends the form: the event it raises, none for a submit button, and what it says."""

    node: etree._Element
    target: str | None
    argument: str
    words: str  # folded

    @property
    def number(self) -> int | None:
        """The page it names by nothing but a number, where its argument does not say another."""
        bare = self.words.strip(" []()")
        if not (bare.isdecimal() and bare.isascii() and len(bare) <= 4):
            return None
        told = re.findall(r"\d+", self.argument)
        return int(bare) if not told or int(told[-1][:9]) in (int(bare), int(bare) - 1) else None


def form_of(page: Page) -> etree._Element | None:
    """The form that carries the page's view state; pages have one at most."""
    if b"STATE" not in page.body:
        return None
    for node in page.root.iter("input"):
        if _STATE.match(node.get("name") or ""):
            for form in node.iterancestors("form"):
                return form if (form.get("method") or "").strip().lower() == "post" else None
    return None


def control_of(node: etree._Element, form: etree._Element) -> Control | None:
    """What a link or button raises; None for one that raises nothing, or is off."""
    around, onclick = node.getparent(), node.get("onclick") or ""
    script = f"{node.get('href') or ''} {onclick}"[:LONGEST_ADDRESS]
    off = "disabled" in (node.get("class") or "").lower() or node.get("disabled") is not None
    if off or _OFF.search(onclick) or (around is not None and "disabled" in (around.get("class") or "").split()):
        return None
    found = _SCRIPT.search(unquote(script) if "%27" in script or "%22" in script else script)
    if found:
        first, second = [each for each in found.groups() if each is not None][:2]
        return Control(node, _plain(first), _plain(second), _words(node))
    if sends(node) and node.get("name") and form in node.iterancestors("form"):
        return Control(node, None, "", _words(node))
    return None


def sends(node: etree._Element) -> bool:
    """Whether it is a submit button."""
    kind = (node.get("type") or ("submit" if node.tag == "button" else "")).strip().lower()
    return node.tag in ("input", "button") and kind in ("submit", "image")


def _plain(text: str) -> str:
    """A JavaScript string's value."""
    return _ESCAPED.sub(lambda each: chr(int(each[1] or each[2], 16)) if each[1] or each[2] else each[3], text)


def _words(node: etree._Element) -> str:
    """What a control says, folded: its text or value, else its title, else its picture's."""
    said = [text_of(node) if node.tag != "input" else (node.get("value") or "")]
    for each in (node, *node.iter("img")):
        said += [each.get("title") or "", each.get("aria-label") or "", each.get("alt") or ""]
    return fold(next((words for each in said if (words := squeeze(each))), ""))
