"""A class may call the story's own element anything: sidebar, widget, comments, header. It is read all the same."""

from __future__ import annotations

import json
from datetime import datetime

import pytest

from archive.schema import VIETNAM, Article
from crawler.reading.article import read_article

AT = datetime(2026, 11, 20, 9, 0, tzinfo=VIETNAM)
TITLE = "Khai trương thư viện mới của tỉnh"
LINES = [
    f"Thư viện tỉnh mở cửa cả {day}, bạn đọc được mượn sách miễn phí và đọc báo tại chỗ trong phòng đọc lớn."
    for day in ("ngày", "tuần", "tháng", "năm")
]
TEXT = "".join(f"<p>{line}</p>" for line in LINES)
DATA = {"@type": "NewsArticle", "headline": TITLE, "datePublished": "2026-10-12T08:21:00+07:00"}
LONG = "".join(f"<p>{line} Nhiều người đọc đã gửi ý kiến dài như thế.</p>" for line in LINES * 3)
OTHER = f"<article><h2>Tin thứ hai trong ngày của tỉnh</h2><div class='share-box'>{LONG}</div></article>"


def read(body: str, **more: str) -> Article | None:
    data = json.dumps(DATA | more)
    html = (
        f"<html lang='vi'><title>{TITLE}</title><script type='application/ld+json'>{data}</script><body>{body}</body>"
    )
    found = read_article(html.encode(), "https://tinh-x.example.gov.vn/tin/thu-vien-12345.html", AT)
    return found if isinstance(found, Article) else None


PAGES = {
    "sidebar": f"<div class='sidebar'><h1>{TITLE}</h1>{TEXT}</div>",
    "widget": f"<h1>{TITLE}</h1><div class='widget'>{TEXT}</div>",
    "state of the page": f"<body class='has-comments no-sidebar'><div><h1>{TITLE}</h1>{TEXT}</div>",
    "page header": f"<div class='page-header'><h1>{TITLE}</h1></div><div>{TEXT}</div>",
    "longer comments": f"<div class='sidebar'><h1>{TITLE}</h1>{TEXT}</div><div class='comments'>{LONG}</div>",
    "one of many stories": f"<article><h1>{TITLE}</h1><div class='share-box'>{TEXT}</div></article>{OTHER * 4}",
}


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_the_story_is_read_whatever_its_element_is_called(page: str) -> None:
    article = read(page)
    assert article is not None
    assert (article.title, article.body.split("\n")) == (TITLE, LINES)


def test_text_that_only_the_data_carries() -> None:
    article = read("<div id='app'></div>", articleBody="\n".join(LINES))
    assert article is not None
    assert (article.title, article.body.split("\n"), article.body_basis) == (TITLE, LINES, "json_ld")
    assert read("<div id='app'></div>", articleBody="Đang tải") is None


@pytest.mark.parametrize(
    ("path", "href", "is_own"),
    [
        ("/tin/512-khai-truong-thu-vien", "/tin/512-khai-truong-thu-vien", True),
        ("/tin/512-khai-truong-thu-vien", "/tin/512", True),
        ("/tin/512-khai-truong-thu-vien", "/tin/512-khai-truong", True),
        ("/tin/512-khai-truong-thu-vien", "/tin/513-khai-truong-thu-vien", False),
        ("/tin/512-khai-truong-thu-vien", "/tin/51", False),
        ("/tin/2026-khai-truong-thu-vien", "/tin/2026-khanh-thanh-duong", False),
    ],
)
def test_address_by_number_is_the_page_s_own(path: str, href: str, is_own: bool) -> None:
    """Joomla keeps an article's number where its name changes, and answers at the number alone."""
    html = f"<html lang='vi'><title>{TITLE}</title><body><h2><a href='{href}'>{TITLE}</a></h2>{TEXT}</body></html>"
    found = read_article(html.encode(), f"https://tinh-x.example.gov.vn{path}", AT)
    assert isinstance(found, Article) is is_own
