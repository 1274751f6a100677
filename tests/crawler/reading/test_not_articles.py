"""Pages that answer 200 at an article's address and are none, each with its reason; words and markup of our own."""

from __future__ import annotations

from datetime import datetime

import pytest

from archive.schema import NotAnArticle
from crawler.reading.article import read_article

FETCHED_AT = datetime.fromisoformat("2026-03-10T09:15:00+07:00")
URL = "https://tinh-x.example.gov.vn/tin-tuc/hoi-nghi-so-ket-7781.html"

MENU = "".join(f'<li><a href="/muc-{i}">Chuyên mục {i}</a></li>' for i in range(6))
FOOT = '<div id="footer">Giấy phép số 12/GP-STTTT ngày 01/02/2019. Điện thoại: 0123</div>'
PROSE = "Đơn vị có trách nhiệm tham mưu giúp lãnh đạo quản lý nhà nước về lĩnh vực được giao theo quy định. " * 4


def shell(inner: str, title: str = "Cổng thông tin điện tử tỉnh X", head: str = "") -> str:
    return (
        f'<!DOCTYPE html><html lang="vi"><head><title>{title}</title>{head}</head><body><div id="header">'
        f"<h1>Cổng thông tin điện tử tỉnh X</h1><span>Thứ ba, 10/03/2026</span></div>"
        f'<ul class="menu">{MENU}</ul>{inner}{FOOT}</body></html>'
    )


def rows(tag: str, count: int, *, days: bool = True, teaser: bool = False) -> str:
    out = []
    for i in range(1, count + 1):
        day = f" <span>({i:02d}/03/2026)</span>" if days else ""
        text = "<p>Hội nghị đã nghe báo cáo kết quả và bàn giải pháp thời gian tới...</p>" if teaser else ""
        out.append(
            f'<{tag}><a href="/tin-tuc/ban-tin-so-{i}-88{i}.html">Bản tin số {i} về hoạt động của ngành'
            f"</a>{day}{text}</{tag}>"
        )
    return "".join(out)


CASES = [
    # lists, in the forms that portals answer with when an article is gone
    ("list", shell(f"<h2>Tin tức</h2><ul>{rows('li', 10)}</ul>")),
    ("list", shell(f'<div class="list">{rows("div", 8, teaser=True)}</div>', "Tin tức - Tỉnh X")),
    ("list", shell(f"<table>{''.join(f'<tr><td>{i}</td><td>' + rows('b', 1) + '</td></tr>' for i in range(9))}"
                   f"</table>")),
    ("list", shell(f"<h3>Thông báo</h3>{rows('p', 6, days=False)}")),
    ("list", shell('<h1>Văn bản</h1><div>' + "<br>".join(f'<a href="/van-ban/{i}">Văn bản chỉ đạo điều hành số '
                                                         f'{i} năm 2026</a>' for i in range(9)) + "</div>")),
    ("list", shell('<h1>Chỉ đạo điều hành</h1><div class="row"><h3><a '
                   'href="/tin-tuc/mot-tin-duy-nhat-991.html">Một tin duy nhất của chuyên mục này</a></h3><div '
                   'class="date">03/03/2026</div><p>Hội nghị đã nghe báo cáo kết quả...</p></div>')),
    ("list", shell(f'<div class="box">{rows("article", 5, teaser=True)}</div>', "Chuyên mục")),
    # soft 404
    ("soft_404", shell("<h2>Không tìm thấy trang</h2><p>Trang bạn yêu cầu không tồn tại hoặc đã bị xóa.</p>")),
    ("soft_404", shell("<p>Bài viết không tồn tại.</p>")),
    ("soft_404", shell("<h1>404</h1><p>The page you requested was not found.</p>", "404 Not Found")),
    ("soft_404", shell("<div>Nội dung này không còn tồn tại trên hệ thống, mời quay lại trang chủ.</div>")),
    ("soft_404", shell("<div class='alert'>Đường dẫn không đúng</div>")),
    ("soft_404", shell("<h2>Chi tiết tin</h2><p>Không có dữ liệu</p>")),
    ("soft_404", shell("<h2>Tin tức</h2><p>Bài viết chưa được duyệt hoặc đã bị gỡ.</p>")),
    # errors with 200
    ("error", shell("<h2>Lỗi hệ thống</h2><p>Hệ thống đang bận, vui lòng thử lại sau.</p>")),
    ("error", shell("<p>Đã xảy ra lỗi trong quá trình xử lý yêu cầu.</p>")),
    ("error", "<html><head><title>Runtime Error</title></head><body><h1>Server Error in '/' Application.</h1>"
              "<h2><i>Runtime Error</i></h2></body></html>"),
    ("error", "<html><body><h1>503 Service Unavailable</h1>No server is available to handle this request."
              "</body></html>"),
    ("error", shell("<p>Cổng thông tin đang bảo trì, mong quý vị thông cảm.</p>", "Bảo trì hệ thống")),
    ("error", "<html><body><pre>java.lang.NullPointerException\n at org.example.Portlet.render(Portlet.java:12)"
              "</pre></body></html>"),
    ("error", shell("<h2>Access Denied</h2><p>You don't have permission to access this page.</p>")),
    # login
    ("login", shell('<form><h2>Đăng nhập</h2><label>Tên đăng nhập</label><input name="u"><label>Mật khẩu'
                    '</label><input type="password"></form>')),
    ("login", '<html><head><title>Sign in</title></head><body><form action="/login"><input name="user"><input '
              'type="password" name="pw"><button>Sign in</button></form></body></html>'),
    ("login", shell('<div class="portlet-login"><p>Bạn cần đăng nhập để xem nội dung này.</p><input '
                    'type="password"></div>')),
    # walls and challenges
    ("cookie_wall", '<html><body><script>document.cookie="D1N=0a1b2c3d"+"; '
                    'path=/";window.location.reload(true);</script></body></html>'),
    ("cookie_wall", '<html><head><script>function '
                    'setCookie(n,v){document.cookie=n+"="+v}setCookie("a","b");location.href="/x";</script>'
                    '</head><body></body></html>'),
    ("challenge", '<html><head><title>Just a moment...</title></head><body><div '
                  'id="cf-challenge-running">Checking your browser</div></body></html>'),
    ("challenge", "<html><head><title>Request Rejected</title></head><body>The requested URL was rejected. "
                  "Please consult with your administrator.<br>Your support ID is: 123</body></html>"),
    ("challenge", "<html><body><h3>Xác minh bạn không phải là người máy</h3><form><img src=/captcha.png><input "
                  "name=code></form></body></html>"),
    # searches
    ("search", shell(f"<h1>Kết quả tìm kiếm</h1><p>Tìm thấy 12 kết quả cho từ khóa</p><ul>{rows('li', 6)}"
                     f"</ul>", "Tìm kiếm")),
    ("search", shell('<h2>Tìm kiếm</h2><form><input name="q"><button>Tìm</button></form>')),
    # templates without content
    ("empty", ""),
    ("empty", "   \n "),
    ("empty", "<html><body></body></html>"),
    ("empty", shell('<div class="detail"><h1>{{ article.title }}</h1><div>{{ article.body }}</div></div>')),
    ("empty", shell('<div class="detail"><h1 class="title">Kế hoạch công tác tuần</h1><div class="content">'
                    '</div></div>')),
    ("empty", shell("<h1>Giới thiệu chung về đơn vị</h1><p>Nội dung đang được cập nhật.</p>")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("reason", "html"), CASES, ids=[f"{reason}-{place}" for place, (reason, _) in enumerate(CASES)]
)
def test_page_is_no_article(reason: str, html: str) -> None:
    read = read_article(html.encode(), URL, FETCHED_AT)
    assert isinstance(read, NotAnArticle), read
    assert read.reason == reason, read


def test_search_is_told_by_its_address() -> None:
    url = "https://tinh-x.example.gov.vn/tim-kiem?q=quy+hoach"
    read = read_article(shell(f"<ul>{rows('li', 7)}</ul>").encode(), url, FETCHED_AT)
    assert read == NotAnArticle("search", "its address asks for words")


# A department's page: text of its own, but no day, no name, no file, and an address without a number.
def test_static_page_is_no_article() -> None:
    html = shell(f"<h2>Phòng Thanh tra</h2><p>{PROSE}</p><p>{PROSE}</p>")
    read = read_article(html.encode(), "https://tinh-x.example.gov.vn/phong-thanh-tra", FETCHED_AT)
    assert isinstance(read, NotAnArticle)
    assert read.reason == "other"


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"%PDF-1.7 ...", "text/html"),
        (b"<?xml version='1.0'?><rss/>", "text/xml"),
        (b'{"a": 1}', "application/json"),
        (b"\x89PNG\r\n", ""),
        (b"PK\x03\x04zip", "application/octet-stream"),
    ],
)
def test_what_is_no_html_is_no_article(body: bytes, content_type: str) -> None:
    read = read_article(body, URL, FETCHED_AT, headers={"Content-Type": content_type})
    assert isinstance(read, NotAnArticle)
    assert read.reason == "not_html"
