"""Tân Dân's portal on SharePoint (Điện Biên, Ninh Thuận, Nam Định, Thanh Hóa and others): two templates, both shipped.

The classes were met in pasted bodies on other portals, so a class inside the text proves nothing: the date's counts.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from crawler.layout import Layout
from crawler.reading.families.generic import Generic
from crawler.reading.page import Page

_ARTICLE = re.compile(r"^/[^?]*/pages/\d{4}-\d{1,2}-\d{1,2}/[^/]+\.aspx$", re.IGNORECASE)
_LIST = re.compile(r"/pages/[^/]+\.aspx$", re.IGNORECASE)

_DATE_LINE = ".tandan-span-date-publish, .tandan-date-view"
_LAYOUTS = (
    Layout(
        title=".tandan-p-article-news-title",
        posted=".tandan-span-date-publish",
        lead=".tandan-p-article-news-summary",
        body=".tandan-p-article-main, .tandan-p-article-news-content",
        links=".channel-news-title a",
    ),
    Layout(title=".tandan-title-view", posted=".tandan-date-view", body=".tandan-content-view"),
)


class TanDan(Generic):
    """Tân Dân: the folder in the address is the day of the upload, near the posting day and not it."""

    name = "tandan"

    def detect(self, page: Page) -> float:
        """By the class of the date line of either template, or the dated folder."""
        if page.may_hold(_DATE_LINE) and page.maybe(_DATE_LINE) is not None:
            return 0.92
        return 0.85 if _ARTICLE.match(urlsplit(page.url).path) else 0.0

    def layouts(self, page: Page) -> tuple[Layout, ...]:
        """Both templates, the newer first."""
        return _LAYOUTS

    def is_article(self, url: str) -> bool | None:
        """Articles lie in a folder named by a day."""
        path = urlsplit(url).path
        if _ARTICLE.match(path):
            return True
        return False if _LIST.search(path) and "print" not in path.lower() else super().is_article(url)
