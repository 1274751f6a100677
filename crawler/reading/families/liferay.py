"""Liferay 5 to DXP: asset publishers, view_content, and the products of Đà Nẵng and Hòa Bình built on it.

Hà Nội's info-communications department (6.2) is attested by saved pages of 2022, Đà Nẵng (7) by those of 2017, Hòa Bình
by its published templates. Themes override the defaults, so the generic rules stand behind every selector.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from crawler.layout import Layout
from crawler.reading.families.generic import Generic
from crawler.reading.page import Page

_ARTICLE = re.compile(
    r"/-/(?:asset_publisher/[^/]+/content/|view_content/\d+|journal_content/|view-article/)|/w/[^/]+$"
)
_STATE = re.compile(
    r"p_p_(?:lifecycle|state|mode|col_id|col_pos|col_count|cacheability|resource_id|isolated)|p_auth|p_l_(?:id|back_url\w*)"
    r"|p_r_p_\d+_resetCur|redirect|inheritRedirect|_\w+_(?:redirect|viewMode|returnToFullPageURL|delta|keywords|advancedSearch|andOperator|resetCur"
    r"|orderByCol|orderByType)|controlPanelCategory|doAsUserId|refererPlid"
)
_LANGUAGE = re.compile(r"^(https?://[^/]+)/(?:vi|en|vi_VN|en_US)(?=/(?:web|group)/|/[^?]*/-/)")
_POP_UP = re.compile(r"(?<=/content/)([^/?]+)/(?:pop_up|maximized|normal)(?=\?|$)")
_PORTLET = re.compile(r"[?&](?:p_p_id|_\w+_cur)=|/-/|^https?://[^/]+/(?:vi|en)/web/|/web/")

_LAYOUTS = (
    Layout(  # Đà Nẵng
        title=".chi-tiet-title",
        posted=".chi-tiet-publish-date",
        lead=".chi-tiet-sub-content",
        body=".chi-tiet-main-content",
    ),
    Layout(  # Hòa Bình
        title="h1#titleDetail",
        posted="#content_detail_news span.date_time",
        lead="#leadDetail",
        body="#contentDetail",
        byline="#content_detail_news .author",
        source="#content_detail_news .source",
    ),
    Layout(  # Hà Nội, 6.2
        title=".asset-full-content-title",
        posted=".asset-full-content-title ~ .assetPublishDate",
        lead=".asset-full-content .sapo",
        body=".asset-full-content .journal-content-article",
        byline=".asset-full-content .view-content-author",
    ),
)


class Liferay(Generic):
    """Liferay portals: what a page shows and its state both travel in portlet parameters."""

    name = "liferay"

    def detect(self, page: Page) -> float:
        """By Liferay's script objects and portlet classes."""
        body = page.body
        if any("portlet" in name for name in page.names):
            return 0.9 if b"iferay" in body or b"themeDisplay" in body else 0.6
        return 0.5 if "titleDetail" in page.names and b'id="titleDetail"' in body else 0.0

    def layouts(self, page: Page) -> tuple[Layout, ...]:
        """The layout of which the page carries the title or the text."""
        return tuple(each for each in _LAYOUTS if page.may_hold(each.title or ""))

    def canonical(self, url: str) -> str:
        """Portlet state and return addresses dropped, what is shown kept; the language prefix of an article too."""
        if not _PORTLET.search(url):
            return url
        parts = urlsplit(_POP_UP.sub(r"\1", _LANGUAGE.sub(r"\1", url)))
        pairs = [
            (name, value)
            for name, value in parse_qsl(parts.query, keep_blank_values=True)
            if not _STATE.fullmatch(name)
        ]
        return urlunsplit(parts._replace(query=urlencode(pairs)))

    def is_article(self, url: str) -> bool | None:
        """Articles stand behind /-/ or /w/, or are named by an id in a portlet's parameter."""
        parts = urlsplit(url)
        if _ARTICLE.search(parts.path):
            return not re.search(r"/(?:vi|en)(?:/|$)", parts.path.split("/-/", 1)[-1])
        if re.search(r"_cur=\d+", parts.query):
            return False
        return super().is_article(url)

    def next_page(self, page: Page) -> str | None:
        """The pager's last button but one (`lfr-pagination-buttons`: first, previous, next, last)."""
        buttons = page.all("ul.lfr-pagination-buttons li:not(.disabled) a[href]")
        for node in buttons:
            if re.search(r"next|tiếp|sau", "".join(map(str, node.itertext())), re.IGNORECASE):
                return page.link(node.get("href"))
        return None
