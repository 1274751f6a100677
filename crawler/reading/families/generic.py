"""What is true of portals of no known make; every family is this one, sharpened."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from crawler.layout import Layout
from crawler.reading.page import Page

# A slug with an id before or behind it, or a detail page with an id in the query.
_ARTICLE = re.compile(
    r"[-_/]n?\d{3,}(?:\.(?:html?|aspx|chn|vnp|epi|ldo))?$|/\d{3,}[-/][^/]+$|/\d{4}/\d{1,2}/(?:\d{1,2}/)?[^/]+$"
    r"|[-_](?:post|a|d|n|id|art|c\d+a)\d{2,}(?:\.html?)?$|(?:chi-?tiet|detail|view-?article|xem-?tin|bai-?viet"
    r"|newsdetail)",
    re.IGNORECASE,
)
_ARTICLE_QUERY = re.compile(
    r"(?:^|[&?;])(?:nid|newsid|articleid|contentid|itemid|id|ddocname|tintucid|postid)=[\w-]+", re.IGNORECASE
)
_WORDPRESS = re.compile(r"/(?:index\.php)?\?p=\d+$")  # elsewhere `p` is a page of a list
_LIST = re.compile(
    r"/(?:page|trang)[-/]?\d+/?$|/(?:category|chuyen-muc|danh-muc|tag|tags|search|tim-kiem|rss|feed|sitemap"
    r"|author)(?:/|$)"
    r"|^/?(?:index|default|trang-chu|home)?(?:\.\w+)?$",
    re.IGNORECASE,
)


class Generic:
    """Any portal: nothing about its make is known."""

    name = "generic"

    def detect(self, page: Page) -> float:
        """How sure the page's own marks make it that this family made it: 0 to 1."""
        return 0.01

    def layouts(self, page: Page) -> tuple[Layout, ...]:
        """Selectors to try on the page, in order; fields they do not name are left to the generic rules."""
        return ()

    def canonical(self, url: str) -> str:
        """The address with this family's twins (print, share, portlet state) led back to the article."""
        return url

    def one_language(self, url: str) -> str:
        """The address of a page's twin in Vietnamese; asked only where a form says that the site is of this family."""
        return url

    def is_article(self, url: str) -> bool | None:
        """Whether the address is shaped like an article's: True, False for a list's, None where it does not tell."""
        parts = urlsplit(url)
        if _LIST.search(parts.path) and not parts.query:
            return False
        if _ARTICLE.search(parts.path) or _ARTICLE_QUERY.search(parts.query):
            return True
        if parts.query and _WORDPRESS.fullmatch(f"{parts.path or '/'}?{parts.query}"):
            return True
        return None

    def next_page(self, page: Page) -> str | None:
        """The address of the list's next page where this make has its own way of naming it."""
        return None
