"""Which of the form's sections an article stands in, and in which language it is written."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from archive.vietnam.text import key, own_letters
from crawler.portal import Portal
from crawler.reading.page import Page

_LETTERS = re.compile(r"[^\W\d_]+")
_ENGLISH = re.compile(r"\b(?:the|of|and|to|in|for|on|with|is|are|was|by|at|from)\b", re.IGNORECASE)
_SCRIPTS = (
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("lo", re.compile("[\u0e80-\u0eff]")),
    ("km", re.compile("[\u1780-\u17ff]")),
    ("ru", re.compile("[а-яА-Я]")),
)


def section_of(page: Page, portal: Portal | None) -> str | None:
    """The form's title of the section: named in the breadcrumbs, or of the longest section address it lies under."""
    if portal is None or not portal.sections:
        return None
    crumbs = [key(block.text) for block in page.outline.blocks if block.zone == "crumb"]
    for crumb in reversed(crumbs):
        for section in portal.sections:
            name = key(section.title)
            if crumb == name or crumb.endswith(f" {name}") or (f"{name} " in crumb and len(crumb) < 200):
                return section.title
    path = urlsplit(page.url).path
    folders = [urlsplit(section.url).path.rpartition("/")[0] for section in portal.sections]
    for folder, section in zip(folders, portal.sections, strict=True):
        # /dieu-hanh/danh-sach.aspx lists what /dieu-hanh/xem.aspx shows, where no other section lies in that folder
        if len(folder) > 1 and folders.count(folder) == 1 and path.rpartition("/")[0] == folder:
            return section.title
    under = [
        (len(base), section.title)
        for section in portal.sections
        if len(base := re.sub(r"\.(?:html?|aspx)$|/+$", "", urlsplit(section.url).path)) > 1
        and path.startswith(f"{base}/")
    ]
    return max(under)[1] if under else None


def tongue_of(page: Page, text: str) -> str | None:
    """The language of the article's own words, which need not be the page's; None where they are too few to tell."""
    sample = text[:1500]
    if own_letters(sample[:350]) > 0.04 * len(sample):
        return "vi"  # whatever follows, and were all of it letters: what most pages end at
    letters = sum(map(len, _LETTERS.findall(sample)))
    if own_letters(sample) > 0.04 * letters:
        return "vi"
    if letters < 20:
        return page.language
    for name, pattern in _SCRIPTS:
        if len(pattern.findall(sample)) > 0.3 * letters:
            return "ja" if name == "zh" and re.search("[\u3040-\u30ff]", sample) else name
    words = sample.split()
    if len(words) >= 8 and len(_ENGLISH.findall(sample)) > 0.08 * len(words):
        return "en"
    return page.language if page.language != "vi" else None
