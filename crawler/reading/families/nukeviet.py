"""NukeViet 4 and its eGovernment edition: themes default, mobile_default and egov, modules news and laws.

Selectors are those of the published themes (nukeviet/nukeviet, nukeviet/eGovernment). The hidden dateModified is filled
from the same variable as datePublished, and the hidden author falls back to the site's account: neither is evidence.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from crawler.layout import Layout
from crawler.reading.families.generic import Generic
from crawler.reading.page import Page

_ARTICLE = re.compile(r"/[^/]+-\d+(?:\.html|/)?$")
_TWIN = re.compile(r"/(?:print|savefile|sendmail)(?=/[^/]+/[^/]+-\d+\.html$|/[^/]+-\d+\.html$)")
_LANGUAGE = re.compile(r"^(https?://[^/]+)/en(?=/[^/]+/(?:[^/]+/)*[^/]+-\d+\.html$)")
_PAGE = re.compile(r"/page-(\d+)/?$")

_OPENING = 200  # characters of a script

_NEWS = (
    Layout(
        title="h1[itemprop=headline], .news_column h1.title, .newsdetail h1.title",
        posted=".newsdetailmetatop span.h5:first-of-type, .news_column em.time, .news_column span.h5",
        body="#news-bodyhtml, .news_column .bodytext, .newsdetail .bodytext",
        lead=".hometext, .news_column [itemprop=description]",
        byline="p.h5.text-right, .news_column > p.text-right",
    ),
    Layout(body="#print #bodytext", byline="#print #author"),
)


class NukeViet(Generic):
    """NukeViet's news and laws modules."""

    name = "nukeviet"

    def detect(self, page: Page) -> float:
        """By the generator, the body's id, and the themes' own names."""
        if "nukeviet" in page.meta.get("generator", "").lower():
            return 0.95
        body = page.body
        if "news-bodyhtml" in page.names or ("news_column" in page.names and b"schema.org/NewsArticle" in body):
            return 0.9
        # the first of what its own script sets; to seek it in all the page costs more than all other marks
        scripts = (node.text or "" for node in page.telling["script"])
        return 0.7 if any("nv_base_siteurl" in script[:_OPENING] for script in scripts) else 0.0

    def layouts(self, page: Page) -> tuple[Layout, ...]:
        """The article's and the print page's."""
        return _NEWS

    def canonical(self, url: str) -> str:
        """Print, file and mail twins led back to the article."""
        return _TWIN.sub("", url)

    def one_language(self, url: str) -> str:
        """The /en/ twin keeps its alias and number under /vi/."""
        return _LANGUAGE.sub(r"\1/vi", url)

    def is_article(self, url: str) -> bool | None:
        """Articles end in -<id>.html; /page-<n>/ is a list."""
        path = urlsplit(url).path
        if _PAGE.search(path):
            return False
        return True if path.endswith(".html") and _ARTICLE.search(path) else super().is_article(url)

    def next_page(self, page: Page) -> str | None:
        """The pager is Bootstrap's: the item after the active one."""
        node = page.maybe("ul.pagination li.active + li a[href]")
        return page.link(node.get("href")) if node is not None else None
