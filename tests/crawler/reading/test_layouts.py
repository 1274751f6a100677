"""Layouts of a form: the capture's day picks one, its selectors win, and what they no longer match is told."""

from __future__ import annotations

from datetime import datetime

import pytest

from archive.schema import VIETNAM, Article, Attachment
from crawler.portal import portal_from_toml
from crawler.reading.article import read_article
from crawler.reading.page import Page

URL = "https://tinh-x.example.gov.vn/tin-tuc/khai-truong-12345.html"
TEXT = "<p>Thư viện tỉnh mở cửa cả tuần, bạn đọc được mượn sách miễn phí và đọc báo tại chỗ mỗi ngày.</p>" * 4
FORM = """
name = "Tỉnh X"
province = "kon-tum"
hosts = ["tinh-x.example.gov.vn"]
[[layouts]]
title = "h2.new"
posted = ".made"
attachments = ".files"
[[layouts]]
until = 2021-06-30
title = "h3.old"
posted = ".told"
byline = ".who"
source = ".from"
lead = ".short"
body = ".long"
"""
# both generations of the portal in one page, and a line that the rules alone would take
PAGE = f"""
<html lang="vi"><head><title>Khai trương</title></head><body><div class="ct">
<h1>Khai trương thư viện của tỉnh</h1><div class="date">Ngày đăng: 01/02/2020 08:00</div>
<h2 class="new">Thư viện mới của tỉnh</h2><i class="made">03/04/2022</i>
<h3 class="old">Thư viện cũ của tỉnh</h3><b class="told">05/06/2021 09:30</b>
<div class="who">Lê Hoa</div><div class="from">Báo X</div><div class="short">Tóm tắt của bài viết.</div>
<div class="long">{TEXT}</div><a href="/khac.pdf">Văn bản khác</a></div>
<aside class="files"><a href="/tai/ke-hoach.pdf">Kế hoạch</a> <a href="/xem?id=3">Phụ lục</a></aside></body></html>
"""


def read(html: str, fetched: str, form: str = FORM) -> Article:
    at = datetime.fromisoformat(fetched).replace(hour=12, tzinfo=VIETNAM)
    article = read_article(html.encode(), URL, at, portal=portal_from_toml(form, "tinh-x"))
    assert isinstance(article, Article)
    return article


def test_the_layout_of_its_day_is_asked() -> None:
    now = read(PAGE, "2026-11-20")
    assert (now.title, now.posted_on, now.posted_basis) == ("Thư viện mới của tỉnh", "2022-04-03", "form")
    then = read(PAGE, "2021-06-30")
    assert (then.title, then.posted_at) == ("Thư viện cũ của tỉnh", "2021-06-05T09:30:00+07:00")
    assert (then.lead, then.source, [each.name for each in then.authors]) == (
        "Tóm tắt của bài viết.",
        "Báo X",
        ["Lê Hoa"],
    )
    bases = (then.title_basis, then.posted_basis, then.lead_basis, then.body_basis, then.authors_basis)
    assert bases == ("form",) * 5
    assert (then.extraction.layout, then.flags) == ("form", ())


def test_files_that_a_layout_names_are_the_articles() -> None:
    assert read(PAGE, "2026-11-20").attachments == (
        Attachment("https://tinh-x.example.gov.vn/tai/ke-hoach.pdf", "Kế hoạch", "application/pdf"),
        Attachment("https://tinh-x.example.gov.vn/xem?id=3", "Phụ lục", None),
    )


@pytest.mark.parametrize("fetched", ["2026-11-20", "2021-06-30"])
def test_a_layout_that_matches_nothing_is_told(fetched: str) -> None:
    bare = PAGE.replace("class=", "data-was=")
    article = read(bare, fetched)
    assert "layout_missed" in article.flags
    assert (article.title, article.posted_on) == ("Khai trương thư viện của tỉnh", "2020-02-01")
    assert article.extraction.layout == "generic"


# (where the selector leads, the answer)
@pytest.mark.parametrize(
    ("head", "line", "wanted"),
    [
        # the clock of the header has the name now; the article's own line says its day
        ("Thứ sáu, 20/11/2026", "Ngày đăng: 12/10/2026 08:21", "2026-10-12T08:21"),
        ("Thứ hai, 12/10/2026", "Lê Hoa", "2026-10-12"),
        # the named element holds the day, another beside it the clock
        ("", "<b class=made>12/10/2026</b> <b>08:21</b>", "2026-10-12T08:21"),
        # whoever wrote the form says what the portal means by its label
        ("", "<b class=made>Cập nhật: 12/10/2026 08:21</b>", "2026-10-12T08:21"),
        # the page writes its months first, or leaves it open
        ("", "<b class=made>9/3/2026 10:30 AM</b> <i>Xem thêm: 8/29/2026</i>", "2026-09-03T10:30"),
        ("", "<b class=made>9/3/2026 10:30:11 AM</b> <i>Xem thêm: 8/29/2026</i>", "2026-09-03T10:30"),
        ("", "<b class=made>9/3/2026 10:30:11 AM</b>", None),
        ("", "<b class=made>9/3/2026 10:30</b>", "2026-03-09T10:30"),
        # it is the clock of the fetch, or a day to come
        ("", "<b class=made>20/11/2026 12:00:00</b>", None),
        ("", "<b class=made>20/11/2026 12:00:00</b><p>Ngày đăng: 12/10/2026</p>", "2026-10-12"),
        ("", "<b class=made>Ngày đăng: 20/11/2026 12:00</b>", "2026-11-20T12:00"),
        ("", "<b class=made>25/12/2026</b>", None),
    ],
)
def test_a_named_time_is_held_against_the_page(head: str, line: str, wanted: str | None) -> None:
    over = f"<div class=made>{head}</div>" if head else ""
    html = f"{over}<div class=ct><h1>Khai trương thư viện của tỉnh</h1><div>{line}</div>{TEXT}</div>"
    article = read(html, "2026-11-20")
    assert (article.posted_at[:16] if article.posted_at else article.posted_on) == wanted


@pytest.mark.parametrize(("weekday", "flags"), [("Thứ hai", ()), ("Thứ ba", ("posted_weekday_differs",))])
def test_a_named_day_that_its_weekday_contradicts_is_told(weekday: str, flags: tuple[str, ...]) -> None:
    html = f"<div class=ct><h1>Khai trương thư viện của tỉnh</h1><b class=made>{weekday}, 12/10/2026</b>{TEXT}</div>"
    article = read(html, "2026-11-20")
    assert (article.posted_on, article.flags) == ("2026-10-12", flags)


@pytest.mark.parametrize(
    ("over", "under", "wanted"),
    [
        ("Thứ 6, Ngày 20/11/2026 -", "<p>19/11/2026 16:02</p>", "2026-11-19"),
        ("Thứ 6, Ngày 20/11/2026 -", "", None),
        ("Thứ 6, Ngày 20/11/2026 -", "<p>20/11/2026 06:02</p>", "2026-11-20"),
        ("Thứ 6, Ngày 20/11/2026 06:02", "", "2026-11-20"),
        ("Thứ 5, Ngày 19/11/2026 -", "", "2026-11-19"),
        ("Hôm nay: 3.871", "<p>Ngày đăng: 19/11/2026 16:02</p>", "2026-11-19"),
        ("Hôm nay: 3.871", "", None),
    ],
)
def test_the_weekday_of_the_fetch_is_no_day_of_a_family(over: str, under: str, wanted: str | None) -> None:
    html = (
        f"<title>Khai trương thư viện</title><div><div class=thongke-ngay>{over}</div></div>"
        f"<h2>Khai trương thư viện của tỉnh</h2>{under}<div class=noidung>{TEXT}</div>"
    )
    url = "https://kontum.gov.vn/pages/detail/12/thu-vien.html"
    article = read_article(html.encode(), url, datetime(2026, 11, 20, 9, tzinfo=VIETNAM))
    assert isinstance(article, Article)
    assert article.posted_on == wanted


def test_text_behind_the_named_element_is_read_on() -> None:
    """Editors paste the elements of other systems, and go on behind them."""
    pasted = (
        f"<div id=news-bodyhtml class=news_column>{TEXT}</div><p>Buổi tối, thư viện mở thêm hai giờ cho học sinh.</p>"
    )
    html = f"<div><h1>Khai trương thư viện của tỉnh</h1><div>20/11/2026 08:30</div><main>{pasted}</main></div>"
    article = read_article(html.encode(), URL, datetime(2026, 11, 21, tzinfo=VIETNAM))
    assert isinstance(article, Article)
    assert article.body_basis == "nukeviet.1"
    assert article.body.endswith("\nBuổi tối, thư viện mở thêm hai giờ cho học sinh.")


def test_a_form_without_selectors_misses_nothing() -> None:
    form = FORM.split("[[layouts]]", maxsplit=1)[0]
    assert "layout_missed" not in read(PAGE, "2026-11-20", form).flags
    assert "layout_missed" not in read(PAGE, "2026-11-20", form + '[[layouts]]\nlinks = ".row a"\n').flags


@pytest.mark.parametrize(
    ("selector", "may"),
    [
        (".ct p", True),
        (".none, #so", True),
        (".none", False),
        ("#ct", True),  # classes and ids are not told apart
        (".ct.none", False),
        ("li:not(.none)", True),
        ('a[href$=".pdf"], .none', True),
        ('a[title="]."].none', False),
        (r".ct\:x", True),
        ("p", True),
    ],
)
def test_a_selector_is_only_tried_where_the_page_has_its_names(selector: str, may: bool) -> None:
    assert Page(b"<div class='ct x'><p id='so'>a</p></div>", URL).may_hold(selector) is may
