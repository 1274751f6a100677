"""Lists, feeds, sitemaps and home pages: what they lead to, in whole."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from crawler.reading.listing import Link, Listing, discover, read_feed, read_listing, read_sitemap

AT = datetime.fromisoformat("2026-03-10T09:15:00+07:00")
HOST = "https://x.gov.vn"


def listed(inner: str, url: str = f"{HOST}/tin-tuc") -> Listing:
    return read_listing(
        f"<html><body><ul class='menu'><li><a href='/'>Trang chủ</a></li></ul>{inner}</body></html>".encode(), url, AT
    )


def items(day: str = "<span>(0{i}/03/2026)</span>") -> str:
    return "".join(
        f"<li><a href='/tin-tuc/ban-tin-so-{i}-88{i}.html'>Bản tin số {i} của ngành</a> "
        f"{day.replace('{i}', str(i))}</li>"
        for i in (1, 2, 3)
    )


LINKS = tuple(
    Link(f"{HOST}/tin-tuc/ban-tin-so-{i}-88{i}.html", f"Bản tin số {i} của ngành", date(2026, 3, i)) for i in (1, 2, 3)
)


@pytest.mark.parametrize(
    "day",
    ["<span>(0{i}/03/2026)</span>", "<p>Ngày đăng: 0{i}/03/2026 10:0{i}</p><p>Tóm tắt tin.</p>", "- 0{i}.03.2026"],
)
def test_rows_give_title_and_day(day: str) -> None:
    assert listed(f"<ul>{items(day)}</ul>") == Listing(LINKS)


def test_a_list_that_writes_the_month_first_leaves_days_that_may_be_months_open() -> None:
    rows = "".join(
        f"<li><a href='/tin/so-{n}-88{n}.html'>Bản tin số {n} của ngành</a> <span>{day}/2026 8:1{n} AM</span></li>"
        for n, day in enumerate(("1/5", "2/13", "2/26"), 1)
    )
    assert [each.posted for each in listed(f"<ul>{rows}</ul>").links] == [None, date(2026, 2, 13), date(2026, 2, 26)]


# (pager, page it stands on, next page)
PAGERS = [
    ('<a href="?page=2">2</a><a href="?page=3">3</a>', "/tin-tuc", "/tin-tuc?page=2"),
    ('<a href="/tin-tuc?page=1">1</a><a href="/tin-tuc?page=3">3</a>', "/tin-tuc?page=2", "/tin-tuc?page=3"),
    ('<a href="/tin-tuc/page-2/">Trang sau</a>', "/tin-tuc", "/tin-tuc/page-2/"),
    ('<a href="/tin-tuc/trang-3">Tiếp</a>', "/tin-tuc/trang-2", "/tin-tuc/trang-3"),
    (
        '<a href="/tin.aspx?PageIndex=2">»</a><a href="/tin.aspx?PageIndex=90">Trang cuối</a>',
        "/tin.aspx",
        "/tin.aspx?PageIndex=2",
    ),
    (
        '<a href="/tin-tuc?_101_cur=1">Trước</a><a href="/tin-tuc?_101_cur=3">Tiếp theo</a>',
        "/tin-tuc?_101_cur=2",
        "/tin-tuc?_101_cur=3",
    ),
    ('<a rel="next" href="/tin-tuc/p/2">Older posts</a>', "/tin-tuc", "/tin-tuc/p/2"),
    ('<a href="/tin-tuc?page=1"><i class="fa fa-angle-right"></i></a>', "/tin-tuc", "/tin-tuc?page=1"),
    ('<a href="/tin-tuc?p=2"><img src="/next.gif" alt="Trang sau"></a>', "/tin-tuc", "/tin-tuc?p=2"),
    ('<a href="/tin-tuc?page=2">Xem thêm tin cũ</a>', "/tin-tuc", "/tin-tuc?page=2"),
    ('<a href="/tin-tuc?den=2026-02-01">Bài đăng cũ hơn</a>', "/tin-tuc", "/tin-tuc?den=2026-02-01"),  # Blogger
    # what the numbers count tells which page is the next one: Drupal's from 0, Joomla's articles, a part of the path
    ('<b>1</b> <a href="?page=1">2</a> <a href="?page=2">3</a>', "/tin-tuc", "/tin-tuc?page=1"),
    ('<a href="/tin-tuc">1</a> <b>2</b> <a href="?page=2">3</a>', "/tin-tuc?page=1", "/tin-tuc?page=2"),
    ('<b>1</b> <a href="?page=1">2</a> <a rel="next" href="?page=1">sau ›</a>', "/tin-tuc", "/tin-tuc?page=1"),
    ('<a href="?start=0">1</a> <b>2</b> <a href="?start=20">3</a>', "/tin-tuc?start=10", "/tin-tuc?start=20"),
    ('<a href="?limitstart=0">1</a> <b>2</b>', "/tin-tuc?limitstart=10", None),
    ('<b>1</b> <a href="?start=12">2</a>', "/tin-tuc", "/tin-tuc?start=12"),
    ('[1] [<a href="/tin-tuc,2.html">2</a>] [<a href="/tin-tuc,3.html">3</a>]', "/tin-tuc.html", "/tin-tuc,2.html"),
    ('<a href="/muc/12/2">2</a> <a href="/muc/12/3">3</a> <a href="/muc/12/9">»</a>', "/muc/12", "/muc/12/2"),
    ('<b>1</b> <a href="/tin.aspx?cid=7&t=2">2</a>', "/tin.aspx?cid=7", "/tin.aspx?cid=7&t=2"),
    (
        '<a href="/c/5/cp/6/Default.aspx">6</a> <b>7</b> <a href="/c/5/cp/8/Default.aspx">8</a>',
        "/c/5/cp/7/Default.aspx",
        "/c/5/cp/8/Default.aspx",
    ),
    # a bare arrow is the last page's where a number counts one more; of two pagers the one of this list's address
    ('<a href="?p=4">4</a> <b>5</b> <a href="?p=6">6</a> <a href="?p=9">»</a>', "/tin-tuc?p=5", "/tin-tuc?p=6"),
    (
        '<a href="/van-ban?p=2">2</a> <a href="/van-ban?p=3">3</a> <a href="/tin-tuc?p=2">2</a>',
        "/tin-tuc",
        "/tin-tuc?p=2",
    ),
    # days of a calendar, stars of a vote, rows of a table count, but no pages
    ('<td><a href="/lich?ngay=1">1</a></td><td><a href="/lich?ngay=2">2</a></td>', "/tin-tuc", None),
    ('<a href="/2026/3/1">1</a> <a href="/2026/3/2">2</a>', "/tin-tuc", None),
    ('<a href="/vb/3411">1</a> <a href="/vb/3412">2</a> <a href="/vb/3413">3</a>', "/tin-tuc", None),
    # the way into a story
    ('<a href="/tin-tuc/bai-2">Xem thêm</a> <a href="/tin-tuc/bai-3">Xem tiếp »</a>', "/tin-tuc", None),
    (
        '<a href="/tin/muc-2">Xã Đăk Mar đón nhận danh hiệu</a> <a href="/tin/muc-2">Tiếp</a> <a href="/tin?t=2">»</a>',
        "/tin",
        "/tin?t=2",
    ),
    # never back, never to itself, never off the site, never without end
    ('<a href="/tin-tuc?page=1">»</a>', "/tin-tuc?page=2", None),
    ('<a href="/tin-tuc?page=2">Tiếp</a>', "/tin-tuc?page=2", None),
    ('<a href="/tin-tuc?page=0">»</a>', "/tin-tuc", None),  # the page itself, where Drupal counts
    ('<a href="https://other.vn/tin-tuc?page=3">Tiếp</a>', "/tin-tuc?page=2", None),
    ('<a href="/tin-tuc?page=6001">Tiếp</a>', "/tin-tuc?page=6000", None),
    ('<a href="/vi/vi/tin-tuc?page=2">Tiếp</a>', "/vi/tin-tuc", None),
    ('<a href="javascript:__doPostBack(1)">Tiếp</a>', "/tin-tuc", None),
]


@pytest.mark.parametrize(("pager", "here", "there"), PAGERS)
def test_next_page(pager: str, here: str, there: str | None) -> None:
    found = listed(f"<ul>{items()}</ul><div class='paging'>{pager}</div>", f"{HOST}{here}")
    assert found.next == (f"{HOST}{there}" if there else None)


def test_each_article_once_and_nothing_else() -> None:
    inner = (
        f"<ul>{items()}</ul><a href='/tin-tuc/ban-tin-so-1-881.html'><img src=a.jpg></a>"
        "<a href='/tin-tuc/ban-tin-so-1-881.html/vi'>Bản tin số 1 của ngành (vi)</a>"
        "<a href='/tep/ke-hoach-881.pdf'>Kế hoạch phát triển của ngành</a><a "
        "href='https://other.vn/a-991.html'>Trang của cơ quan khác</a>"
    )
    twin = f"{HOST}/tin-tuc/ban-tin-so-1-881.html/vi"
    assert listed(inner) == Listing(LINKS, growing=(twin,))


LONE = "<a href='/tin-tuc/xa-moi-dat-chuan-nong-thon'>Xã Đăk Mar đạt chuẩn nông thôn mới nâng cao</a>"


@pytest.mark.parametrize(
    ("inner", "days"),
    [
        (f"<div>{LONE} <span>09/02/2026</span></div>", [date(2026, 2, 9)]),
        (f"<table><tr><td>09/02/2026</td><td>{LONE}</td></tr></table>", [date(2026, 2, 9)]),
        (f"<div>{LONE}</div>", []),  # no row, no day, no number: any link of a page
        (f"<p>Đọc thêm bài {LONE} của huyện Đăk Hà, đăng ngày 09/02/2026 trên trang của huyện nhà.</p>", []),
        ("<div><a href='/lien-he'>Liên hệ</a> <span>09/02/2026</span></div>", []),
    ],
)
def test_a_list_of_one(inner: str, days: list[date]) -> None:
    found = listed(inner)
    assert [link.posted for link in found.links] == days


def test_short_headline_is_told_by_its_day_and_its_neighbours() -> None:
    row = "<li><h3><a href='/{}'>{}</a></h3><i>{}</i></li>"
    stories = ("Xã Đăk Mar đạt chuẩn nông thôn mới nâng cao", "Hội thi tiếng hát người cao tuổi huyện", "Lễ ra quân")
    told = "".join(row.format(f"tin/so-{n}", title, f"0{n}/03/2026") for n, title in enumerate(stories, 1))
    found = listed(
        f"<ul>{told}{row.format('tin/kinh-te', 'Kinh tế', '')}{row.format('lich', 'Lịch họp', '09/03/2026')}</ul>"
    )
    assert [(link.title, link.posted) for link in found.links] == [
        (title, date(2026, 3, n)) for n, title in enumerate(stories, 1)
    ]


def test_what_is_no_list_says_why() -> None:
    assert listed("<p>Chưa có tin.</p>") == Listing(reason="no_links")
    wall = b'<script>document.cookie="D1N=1";location.reload()</script>'
    assert read_listing(wall, HOST, AT) == Listing(reason="cookie_wall")


RSS = """<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]>
<rss version="2.0"><channel><title>Tin</title>
<item><title><![CDATA[Bản tin &amp; sự kiện]]></title><link>https://x.gov.vn/tin/a-1.html</link>
<pubDate>Fri, 06 Mar 2026 17:30:00 GMT</pubDate></item>
<item><title>Hai&x;</title><link>/tin/b-2.html</link><pubDate>06/03/2026 08:00</pubDate></item>
<item><title>Không địa chỉ</title></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Một</title><link rel="edit" href="/sua"/>
<link rel="alternate" href="/tin/c-3.html"/><published>2026-03-05T23:00:00Z</published></entry></feed>"""


def test_feeds() -> None:
    # 17:30 GMT is past midnight in Vietnam
    assert read_feed(RSS.encode(), f"{HOST}/rss", AT).links == (
        Link(f"{HOST}/tin/a-1.html", "Bản tin &amp; sự kiện", date(2026, 3, 7)),
        Link(f"{HOST}/tin/b-2.html", "Hai", date(2026, 3, 6)),
    )
    assert read_feed(ATOM.encode(), f"{HOST}/atom", AT).links == (
        Link(f"{HOST}/tin/c-3.html", "Một", date(2026, 3, 6)),
    )
    assert read_feed(b"<html></html>", HOST, AT).reason == "not_a_feed"


def test_sitemaps() -> None:
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    pages = f"<urlset {space}><url><loc> {HOST}/tin/a-1.html </loc><lastmod>2026-03-01</lastmod></url></urlset>"
    index = f"<sitemapindex {space}><sitemap><loc>{HOST}/sitemap-1.xml</loc></sitemap></sitemapindex>"
    assert read_sitemap(pages.encode(), HOST, AT).links == (Link(f"{HOST}/tin/a-1.html"),)
    assert read_sitemap(index.encode(), HOST, AT).links == (Link(f"{HOST}/sitemap-1.xml", kind="sitemap"),)
    assert read_sitemap(b"", HOST, AT).reason == "not_a_sitemap"


def test_discovery_puts_news_first_and_leaves_citizens_out() -> None:
    names = {
        "gioi-thieu": "Giới thiệu",
        "van-ban": "Văn bản",
        "hoi-dap": "Hỏi - Đáp",
        "tin-tuc": "Tin tức - Sự kiện",
        "gop-y": "Lấy ý kiến",
        "thong-bao": "Thông báo",
        "dieu-hanh": "Chỉ đạo điều hành",
        "phan-anh": "Phản ánh kiến nghị",
        "tiep-dan": "Lịch tiếp công dân",
        "to-cao": "Khiếu nại, tố cáo",
        "dang-nhap": "Đăng nhập",
    }
    menu = "".join(f'<li><a href="/{slug}">{name}</a></li>' for slug, name in names.items())
    head = '<link rel="alternate" type="application/rss+xml" title="RSS" href="/rss/tin">'
    found = discover(
        f"<html><head>{head}</head><body><nav><ul>{menu}</ul></nav></body></html>".encode(), f"{HOST}/", AT
    )
    assert found == Listing(
        (
            Link(f"{HOST}/rss/tin", "RSS", kind="feed"),
            Link(f"{HOST}/tin-tuc", "Tin tức - Sự kiện", kind="list"),
            Link(f"{HOST}/dieu-hanh", "Chỉ đạo điều hành", kind="list"),
            Link(f"{HOST}/thong-bao", "Thông báo", kind="list"),
            Link(f"{HOST}/van-ban", "Văn bản", kind="list"),
            Link(f"{HOST}/sitemap.xml", kind="sitemap"),
        )
    )


# (a home page's menu, the sections it gives)
MENUS = [
    # bare cells, as of 2008, the names of a newspaper; the ticker under them is no part of it
    (
        "<table><tr><td><a href='/'>Trang chủ</a></td><td><a href='/a'>Chính trị</a></td><td><a href='/b'>Kinh tế</a>"
        "</td><td><a href='/c'>Bạn đọc</a></td><td><a href='/d'>Thể thao</a></td></tr></table>"
        "<p><a href='/tin/12345.html'>Giá lúa tăng</a></p>",
        ["Kinh tế", "Thể thao", "Chính trị", "Bạn đọc"],
    ),
    # Joomla writes a section as it writes an article
    (
        "<ul class='menu'><li><a href='/index.php?view=category&id=5'>Tin trong tỉnh</a></li>"
        "<li><a href='/index.php?view=category&id=6'>Khuyến nông</a></li>"
        "<li><a href='/index.php?view=category&id=7'>Văn bản</a></li>"
        "<li><a href='/index.php?view=article&id=8'>Liên hệ</a></li></ul>",
        ["Tin trong tỉnh", "Văn bản", "Khuyến nông"],
    ),
    # buttons that are pictures
    (
        "<div><a href='/t'><img src='/1.gif' alt='Tin tức'></a><a href='/k'><img src='/2.gif' alt='Kinh tế'></a>"
        "<a href='/n'><img src='/3.gif' alt='Nghề rừng'></a><a href='/l'><img src='/4.gif' alt='Liên hệ'></a></div>",
        ["Tin tức", "Kinh tế", "Nghề rừng"],
    ),
    # what citizens ask, by whatever name, where the address does not tell
    (
        "<nav><a href='/?c=1'>Tin tức</a><a href='/?c=2'>Hỏi - Đáp</a><a href='/?c=3'>Hỏi/Đáp</a>"
        "<a href='/?c=4'>Câu hỏi thường gặp</a><a href='/?c=5'>Trả lời cử tri</a><a href='/?c=6'>Đường dây nóng</a>"
        "<a href='/?c=7'>PAKN</a><a href='/?c=8'>Thăm dò dư luận</a><a href='/?c=9'>Giao lưu trực tuyến</a>"
        "<a href='/?c=10'>Người dân hỏi</a><a href='/?c=11'>Tố giác tội phạm</a><a href='/?c=12'>Học hỏi</a></nav>",
        ["Tin tức", "Học hỏi"],
    ),
    # nor where readers log out; what is being exported is news
    (
        "<nav><a href='/?c=1'>Tin tức</a><a href='/?c=2'>Đăng xuất</a><a href='/?c=3'>Quên mật khẩu</a>"
        "<a href='/?c=4'>Hàng đang xuất khẩu</a></nav>",
        ["Tin tức", "Hàng đang xuất khẩu"],
    ),
    # notices, documents and headlines are no sections, wherever they stand
    (
        "<nav><a href='/tin-tuc'>Tin tức</a></nav><div><a href='/tb/7'>Thông báo lịch cắt điện tuần tới</a>"
        "<p>và</p><a href='/vb/228'>Kế hoạch số 228/KH-UBND</a></div>"
        "<header><a href='/x'>Trao quà cho học sinh nghèo vượt khó xã Đăk Mar</a></header>",
        ["Tin tức"],
    ),
]


@pytest.mark.parametrize(("menu", "sections"), MENUS)
def test_sections_of_a_menu(menu: str, sections: list[str]) -> None:
    found = discover(f"<html><body>{menu}<p>Cổng thông tin điện tử tỉnh.</p></body></html>".encode(), f"{HOST}/", AT)
    assert [each.title for each in found.links if each.kind == "list"] == sections
