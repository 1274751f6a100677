"""No input raises, and none costs more than seconds."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.schema import VIETNAM, Article, NotAnArticle
from crawler.reading.address import canonical_url
from crawler.reading.article import read_article
from crawler.reading.links import Listing
from crawler.reading.listing import discover, read_feed, read_listing, read_sitemap
from crawler.reading.page import Page

FETCHED_AT = datetime(2026, 3, 10, 9, 15, tzinfo=VIETNAM)
URL = "https://tinh-x.example.gov.vn/tin-tuc/bai-viet-7781.html"

WORDS = st.sampled_from(
    [
        "<h1>",
        "</h1>",
        "<p>",
        "<div class='date'>",
        "</div>",
        "<li><a href='/tin/abc-123.html'>",
        "</a>",
        "<br>",
        "<td>",
        "<tr>",
        "<table>",
        "<img src='a.jpg'>",
        "<time datetime='",
        "'>",
        "<script type='application/ld+json'>",
        "</script>",
        "<!--",
        "-->",
        '{"@type":"NewsArticle","datePublished":',
        "Ngày đăng: ",
        "Cập nhật: ",
        "31/12/2025",
        "29/02/2026 25:61",
        "10:20",
        "&#0;",
        "Tác giả: ",
        "Nguồn: ",
        "Số ký hiệu",
        "Ngày ban hành",
        "Trích yếu",
        "Nguyễn Văn An",
        "Các tin khác",
        "\x00",
        "\ufeff",
        "a\u0301",
        "Ủy ban nhân dân tỉnh ban hành Quyết định số 12/QĐ-UBND ngày 01/3/2026 về việc phê duyệt kế hoạch. ",
        "<form><input type=password>",
    ]
)


@given(st.binary(max_size=600))
def test_no_bytes_raise(body: bytes) -> None:
    for read in (read_article, read_listing, discover, read_feed, read_sitemap):
        read(body, URL, FETCHED_AT)


@settings(deadline=None)
@given(st.lists(WORDS, max_size=40).map("".join))
def test_no_markup_raises_and_no_day_is_out_of_bounds(html: str) -> None:
    read = read_article(html.encode("utf-8", "replace"), URL, FETCHED_AT)
    assert isinstance(read, (Article, NotAnArticle))
    if isinstance(read, Article):
        Article.from_dict(read.to_dict())
        for day in (read.posted_on, read.updated_on):
            assert day is None or date(1990, 1, 1) <= date.fromisoformat(day) <= (FETCHED_AT + timedelta(days=1)).date()


@given(st.text(max_size=80))
def test_no_address_raises(text: str) -> None:
    for url in (text, f"https://x.vn/{text}", f"http://{text}/a?b={text}"):
        assert canonical_url(canonical_url(url)) == canonical_url(url)


def test_the_same_bytes_give_the_same_article() -> None:
    body = f"<h1>Khai trương thư viện</h1><p>Đăng ngày 03/3/2026</p><p>{'Thư viện mở cửa cả ngày. ' * 9}</p>".encode()
    assert read_article(body, URL, FETCHED_AT) == read_article(body, URL, FETCHED_AT)


# An empty line between two marked elements: what is written before it has nothing to run together with.
def test_empty_lines_of_preformatted_text_are_no_words() -> None:
    html = "<h1>Thông báo</h1><pre><b class=a>12</b><i class=b>\n\n34</i>\n</pre>"
    read_article(html.encode(), URL, FETCHED_AT)


def test_a_naive_time_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        read_article(b"<p>x</p>", URL, FETCHED_AT.replace(tzinfo=None))


HUGE = {
    "deep": b"<div>" * 200_000 + b"text",
    "links": b"<h1>Tieu de bai viet</h1>" + b'<a href="/tin/bai-12345.html">Bai viet so mot hai ba</a> ' * 300_000,
    "one text": b"<h1>Tieu de bai viet</h1><p>" + "Chủ tịch tỉnh yêu cầu các sở ngành. ".encode() * 110_000 + b"</p>",
    "digits": b"<h1>Tieu de bai viet</h1><p>" + b"1234567890" * 500_000,
    "slashes": b"<h1>Tieu de bai viet</h1><p>" + b"1/2/3/4/" * 500_000,
    "dated lines": b"<h1>Tieu de bai viet</h1>" + b"<p>so 12/QD-UBND ngay 12/12/2020</p>" * 40_000,
    "cells of dates in one row": b"<h1>Tieu de bai viet</h1><table><tr>" + b"<td>12/03/2026</td>" * 60_000,
    "related rows": b"<h3>Tin kh\xc3\xa1c</h3>"
    + b'<li><a href="/tin/12.html">Bai viet so mot hai ba bon</a></li>' * 60_000,
    "a story deep down": b"<div>" * 2000
    + b"<h1>Tieu de bai viet</h1>"
    + "<p>Chủ tịch tỉnh yêu cầu các sở ngành khẩn trương thực hiện nhiệm vụ được giao.</p>".encode() * 20_000,
    "zones around a story": b"<div class=sidebar>" * 2000
    + b"<h1>Tieu de bai viet</h1>"
    + "<p>Chủ tịch tỉnh yêu cầu các sở ngành khẩn trương thực hiện nhiệm vụ được giao.</p>".encode() * 9_000,
    "attributes": b"<div " + b" ".join(b'a%d="x"' % number for number in range(100_000)) + b">x</div>",
    "title": b"<title>" + b" - ".join([b"abc"] * 100_000) + b"</title><p>x</p>",
    "postbacks": b"<form method=post><input type=hidden name=__VIEWSTATE value=x>"
    + b'<h1>Tieu de bai viet</h1><a href="/tin/bai-12345.html">Bai viet so mot hai ba</a>'
    + b"".join(
        b"<div><a href=\"javascript:__doPostBack('p','')\">%s</a></div>" % word
        for word in (b"Sau", b"9", b"8")
        for _ in range(10_000)
    ),
    "numbers in addresses": b'<h1>Tieu de bai viet</h1><a href="/tin/bai-12345.html">Bai viet so mot hai ba</a>'
    + b"".join(b'<a href="/%s%d">%d</a> ' % (b"1-" * 2000, number, number) for number in range(1, 1000)),
    "json": b'<script type="application/ld+json">' + b"[" * 100_000 + b"</script><p>x</p>",
}


# What they cost is told by tests/bench/reading.py.
@pytest.mark.parametrize("name", HUGE)
def test_huge_pages_come_to_an_answer(name: str) -> None:
    assert isinstance(read_article(HUGE[name], URL, FETCHED_AT), Article | NotAnArticle)
    assert isinstance(read_listing(HUGE[name], URL, FETCHED_AT), Listing)


# (bytes, Content-Type, charset read, a word that must come out)
CHARSETS = [
    ("<p>Ủy ban".encode(), "text/html", "utf-8", "Ủy ban"),
    ("<p>Ủy ban".encode("utf-16"), "text/html", "utf-16-le", "Ủy ban"),
    (b"\xef\xbb\xbf" + "<p>Ủy ban".encode(), "", "utf-8", "Ủy ban"),
    # declared western, in truth UTF-8: the bytes decide
    ("<meta charset=iso-8859-1><p>Ủy ban".encode(), "text/html; charset=iso-8859-1", "utf-8", "Ủy ban"),
    # windows-1258 writes tones as marks of their own; NFC joins them
    ("<meta charset=windows-1258><p>Đà Nẵng".encode("cp1258", "replace"), "text/html", "windows-1258", "Đà N"),
    # cut in the middle of a letter
    ("<p>Thành phố Đà Nẵng, quận Hải Châu, phường Hòa Cường Ủ".encode()[:-1], "", "utf-8", "Hải Châu"),
]


@pytest.mark.parametrize(("body", "content_type", "charset", "word"), CHARSETS)
def test_charset(body: bytes, content_type: str, charset: str, word: str) -> None:
    page = Page(body, URL, {"content-type": content_type})
    assert page.charset == charset
    assert word in page.outline.blocks[0].text


def test_relative_times_use_the_fetch_time_alone() -> None:
    body = (
        f"<h1>Khai trương thư viện tỉnh</h1><span>2 giờ trước</span><p>{'Thư viện mở cửa cả ngày. ' * 9}</p>".encode()
    )
    for fetched in (FETCHED_AT, FETCHED_AT.astimezone(UTC)):
        read = read_article(body, URL, fetched)
        assert isinstance(read, Article)
        assert read.posted_on == "2026-03-10"
