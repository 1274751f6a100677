"""The portal of Kon Tum province (product unknown): /pages/detail/<id>/<Title-Case-Slug>.html.

No saved page of it is public. Order on the page and words are attested; `.thongke-ngay` and `.noidung` by a published
list of selectors of 2019 to 2021, so they are tried and the generic rules stand behind them.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from crawler.layout import Layout
from crawler.reading.families.generic import Generic
from crawler.reading.page import Page

_DETAIL = re.compile(r"^/pages/detail/(\d+)/([^/]*)$", re.IGNORECASE)
# Districts of the same product: /<category>/<Slug>-<id>
_DISTRICT = re.compile(r"^/[^/]+/[A-Z][\w-]*-\d{3,}(?:\.html)?$")


class KonTum(Generic):
    """Kon Tum's own portal and its districts'."""

    name = "kontum"

    def detect(self, page: Page) -> float:
        """By the detail address and the selectors attested for the host."""
        here = bool(_DETAIL.match(urlsplit(page.url).path))
        return 0.8 if here else 0.6 if page.names >= {"thongke-ngay", "noidung"} else 0.0

    def layouts(self, page: Page) -> tuple[Layout, ...]:
        """The attested selectors."""
        return (Layout(posted=".thongke-ngay", body=".noidung"),)

    def is_article(self, url: str) -> bool | None:
        """Detail addresses carry /pages/detail/<id>/."""
        path = urlsplit(url).path
        if _DETAIL.match(path) or _DISTRICT.match(path):
            return True
        return super().is_article(url)
