"""Pages that answer 200 at an article's address and are none, each with its reason; words and markup of our own."""

from __future__ import annotations

from datetime import datetime

import pytest

from archive.schema import Article, NotAnArticle
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


_ITEM = "<li><a href='{href}'>{title}</a> <span>({day})</span><p>{text}</p></li>"
_CARD = ("<div class=it><a href='{href}'><img src=/a.jpg></a><h4><a href='{href}'>{title}</a></h4><p class=date>{day} "
         "08:00</p><p>{text}</p>")  # fmt: skip
_ON = "<a href='{href}'>Xem tiếp</a>"


def short_first(row: str, end: str = "") -> str:
    """Seven rows alike, each with its day; the headline of the first is shorter than a headline mostly is."""
    titles = ["Giá lúa tăng nhẹ", *(f"Nông dân xã số {i} chủ động phòng chống hạn hán" for i in range(1, 7))]
    return "".join(
        (row + end + "</div>" * row.startswith("<div")).format(
            href=f"/tin/bai-{i}.html", title=title, day=f"{28 - i}/02/2026", text=PROSE[: 90 + i]
        )
        for i, title in enumerate(titles)
    )


_FRONT = ("<h3><a href=/tin/le-hoi-61.html>Làng cổ mở hội sau ba mươi năm</a></h3><i>(08/03/2026 10:20)</i>"
          f"<p>{PROSE[:400]}</p>") + "".join(  # a section's first story is told at length
    f"<h4><a href=/tin/bai-{i}.html>Đội văn nghệ thôn {i} biểu diễn</a></h4><p>{PROSE[:110]}</p>" for i in (2, 3, 4)
)  # fmt: skip
CASES = [
    # the one long summary of a section's first story, under that story's linked headline, and a second list below
    (
        "list",
        shell(
            "<div class='ds'><div class='mot'><h3><a href='/tin/khoi-cong-cau-77.html'>Khởi công cầu qua sông Đắk Bla "
            f"nối hai xã vùng ven</a></h3><div class='gio'>Thứ hai - 09/03/2026 14:40</div><div>{PROSE}</div></div>"
            f"<h2>Bản tin</h2><div class='hai'>{rows('p', 5, days=False)}</div></div>"
        ),
    ),
    ("list", shell(f"<div><h2>Văn hóa</h2>{_FRONT}</div>", "Văn hóa | Huyện Đăk Hà")),
    ("list", shell(f"<div>{_FRONT.replace('h3', 'h1')}</div>", "Đời sống - Văn hóa | Huyện Đăk Hà")),
    # prices of a day that is chosen in a form
    (
        "other",
        shell(
            "<h1>Bảng giá cả thị trường</h1><form>Ngày <input name=d><button>Xem</button></form><table>"
            + "".join(f"<tr><td>Gạo loại {i}</td><td>kg</td><td>2{i}.000</td></tr>" for i in range(30))
            + "</table>"
        ),
    ),
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
    ("list", shell("<div><h1>Thư viện ảnh</h1>" + "".join(
        f"<h4>Lễ hội đua thuyền lần thứ {i}</h4><div>{i}5 ảnh - 1{i}/02/2026</div>" for i in range(1, 5)) + "</div>")),
    # rows told by the markup they share, though the first headline is a short one
    ("list", shell(f"<h1>Nông nghiệp</h1>{short_first(_ITEM)}", "Nông nghiệp")),
    ("list", shell(f"<h1>Thông tin chỉ đạo điều hành của Ủy ban nhân dân tỉnh</h1>{short_first(_ITEM)}")),
    ("list", shell(f"<h1>Nông nghiệp</h1><div>{short_first(_CARD)}</div>", "Nông nghiệp")),
    ("list", shell(f"<h1>Nông nghiệp</h1><div>{short_first(_CARD, _ON)}</div>")),
    # soft 404
    ("soft_404", shell("<h1>Không tìm thấy trang</h1><p>Chủ nhật, 08/03/2026 10:00</p><p>Trang bạn tìm kiếm không tồn "
                       "tại.</p>")),
    ("soft_404", shell("<div><h1>Không tìm thấy bài viết</h1><div class=date>08/03/2026</div><p>Bài viết bạn yêu cầu "
                       "không tồn tại hoặc đã bị gỡ bỏ.</p></div>")),
    ("soft_404", shell("<h2>Không tìm thấy trang</h2><p>Trang bạn yêu cầu không tồn tại hoặc đã bị xóa.</p>")),
    ("soft_404", shell("<p>Bài viết không tồn tại.</p>")),
    ("soft_404", shell("<h1>404</h1><p>The page you requested was not found.</p>", "404 Not Found")),
    ("soft_404", shell("<div>Nội dung này không còn tồn tại trên hệ thống, mời quay lại trang chủ.</div>")),
    ("soft_404", shell("<div class='alert'>Đường dẫn không đúng</div>")),
    ("soft_404", shell("<h2>Xin lỗi, bài viết mà bạn đang tìm đã không còn tồn tại</h2><p>Có thể bài viết đã chuyển "
                       "sang chuyên mục khác, hoặc đã bị gỡ bỏ trong quá trình sắp xếp lại cổng thông tin điện tử của "
                       "tỉnh.</p><p>Mời quý vị kiểm tra lại địa chỉ, hoặc dùng ô tìm kiếm ở đầu trang để tìm.</p>")),
    # the last page of a list: one row, whose day is not the page's
    ("list", shell("<div><h3><a href='/tin/bao-ton-tieng-noi-771.html'>Bảo tồn tiếng nói, chữ viết các dân tộc</a></h3>"
                   "<div>25/08/2021 | 03:59 PM</div><div>Nhiều trường đưa tiếng Ba Na vào giảng dạy.</div></div>",
                   "Văn hóa - Xã hội - Cổng thông tin điện tử tỉnh X")),
    ("cookie_wall", "<h1>Trình duyệt đã tắt cookie</h1><p>Mời quý vị bật cookie rồi tải lại trang này.</p>"),
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
    ("error", shell("<h2>Hệ thống đang bận</h2><p>Máy chủ tạm thời không xử lý được yêu cầu. Mã lỗi: DB-1045</p>")),
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
    ("challenge", "<html><body><h2>Xin đợi một lát</h2><p>Tường lửa đang kiểm tra kết nối của bạn.</p><script>"
                  "document.cookie='w=1';location.reload()</script></body></html>"),
    ("list", "<table><tr><td><aside><h4>Tin nổi bật</h4><a href=/x/9>Một tin</a></aside></td><td>" + "".join(
        f"<div><a href=/x/{i}/a/{i}>Đón nhận huân chương lao động hạng {i}</a> (0{i}/03/2026)<br>Buổi lễ diễn ra sáng "
        "nay.</div>" for i in range(1, 5)) + "</td></tr></table>"),
    # what an office is there for, told in paragraphs
    ("other", shell("<h2>Vị trí, chức năng và nhiệm vụ của Chi cục Kiểm lâm</h2>" + f"<p>{PROSE}</p>" * 5)),
    # searches
    ("search", shell("<h1>Kết quả tìm kiếm</h1><p>Tìm thấy <b>41</b> kết quả cho từ khóa “lúa”</p>" + "".join(
        f"<div><a href=/n/{i}><h4>Mô hình trồng lúa hữu cơ ở xã số {i}</h4></a><p>{PROSE[:120]}</p><i>0{i}/02/2026</i>"
        "</div>" for i in range(1, 9)))),
    ("search", shell(f"<h1>Kết quả tìm kiếm</h1><p>Tìm thấy 12 kết quả cho từ khóa</p><ul>{rows('li', 6)}"
                     f"</ul>", "Tìm kiếm")),
    ("search", f"<title>Kết quả tìm kiếm</title><div>Thứ Tư, 04/03/2026</div><p>Không tìm thấy kết quả nào cho từ khóa "
               f"lúa nếp.</p><h3>Tin nổi bật</h3><ul>{rows('li', 6)}</ul>"),
    ("search", shell('<h2>Tìm kiếm</h2><form><input name="q"><button>Tìm</button></form>')),
    # templates without content
    ("empty", ""),
    ("empty", "   \n "),
    ("empty", "<html><body></body></html>"),
    ("empty", shell('<div class="detail"><h1>{{ article.title }}</h1><div>{{ article.body }}</div></div>')),
    ("empty", shell('<div class="detail"><h1 class="title">Kế hoạch công tác tuần</h1><div class="content">'
                    '</div></div>')),
    ("empty", shell("<h1>Giới thiệu chung về đơn vị</h1><p>Nội dung đang được cập nhật.</p>")),
    # lists whose rows are no linked headlines, or few
    ("list", shell("<h2>Hỏi đáp - Đất đai</h2>" + "".join(
        f"<div>Câu hỏi: Thủ tục tách thửa đất vườn lần {i} gồm những gì?</div><div>Người gửi: Lê Văn Tám - 0{i}/01/2026"
        f"</div><a href=/qa/{i}>Xem trả lời</a>" for i in range(1, 5)))),
    ("list", shell("<h1>Công khai ngân sách</h1><table>" + "".join(
        f"<tr><td>Báo cáo tình hình thực hiện dự toán quý {i}</td><td>0{i}/02/2026</td><td><a href=/f/{i}.pdf>Tải</a>"
        f"</td></tr>" for i in range(1, 6)) + "</table>")),
    ("list", shell("<h2>Sự kiện</h2>" + "".join(
        f"<div><h3><a href=/sk/{i}>Xã Bình Châu đón bằng công nhận nông thôn mới lần {i}</a></h3><p>{PROSE[:100]}</p>"
        f"<p>0{i}/03/2026</p></div>" for i in (1, 2)))),
    ("list", shell(f"<h2><a href=/tin/bai-dau-9001.html>Thêm ba nhà máy điện gió vận hành thương "
                   f"mại</a></h2><div>02/03/"
                   f"2026 13:35</div><p>{PROSE[:200]}</p><a href=/tin/bai-dau-9001.html>Đọc tiếp</a>{rows('div', 5)}")),
    ("list", shell("<h1>Văn bản quy phạm pháp luật</h1>" + "".join(
        f"<div><a href=/vb/{i}>Số {i}4/2026/QĐ-UBND</a><div>Ngày ban hành: 0{i}/02/2026</div><div>Trích yếu: "
        f"Quy định mức"
        f" thu phí thẩm định hồ sơ đất đai đợt {i}</div><a href=/f{i}.pdf>Tải về</a></div>" for i in range(1, 6)))),
    ("list", shell("<h1>Lấy ý kiến dự thảo</h1>" + "".join(
        f"<h4><a href=/du-thao/{i}>Dự thảo Nghị quyết quy định mức hỗ trợ hợp tác xã đợt {i}</a></h4><p>Ngày hết hạn: "
        f"1{i}/03/2026</p>" for i in range(1, 5)))),
    # soft 404
    ("soft_404", shell("<div><p>Bài viết này đã được gỡ bỏ hoặc di chuyển sang mục khác.</p></div>")),
    ("soft_404", shell("<p>Tin này đã hết hạn hoặc bị gỡ khỏi hệ thống.</p>")),
    ("soft_404", shell("<h1>Oops!</h1><p>Trang bạn truy cập hiện không tồn tại.</p>")),
    ("soft_404", '<html><head><meta http-equiv="refresh" content="5;url=/"><title>Thông '
                 'báo</title></head><body><h2>Thông '
                 'báo lỗi</h2><p>Bài viết bạn yêu cầu hiện không có trên hệ thống.</p></body></html>'),
    ("soft_404", shell('<div class="alert">Nội dung web này không còn tồn tại hoặc bạn không được phép xem.</div>')),
    ("soft_404", shell("<div class=alert><b>Bài viết không tồn tại hoặc đã bị gỡ bỏ!</b><p>Mời bạn quay lại <a "
                       "href=/>trang chủ</a>.</p></div><table>" + "".join(
        f"<tr><td>Giá lúa giống loại {i} tại các hợp tác xã trong tỉnh</td><td>{i}2.000 đ/kg</td></tr>"
        for i in range(1, 12)) + "</table>")),
    # errors
    ("error", "<html><head><title>Bảo trì</title></head><body><h2>Website đang được nâng cấp</h2></body></html>"),
    ("error", "<html><body><center><h1>403 Forbidden</h1></center><hr><center>nginx</center></body></html>"),
    ("error", shell("<b>Warning</b>: mysqli_connect(): Too many connections. Database error in <b>config.php</b>")),
    # servers that print where their program failed: long, and no article
    ("error", "<html><head><title>Index was outside the bounds of the array.</title></head><body><h1>Server Error in "
              "'/' Application.<hr></h1><h2><i>Index was outside the bounds of the array.</i></h2><b>Description:</b> "
              f"{'An exception was raised while the request was processed and nobody caught it. ' * 9}<b>Source "
              "File:</b> e:\\Web\\Detail.ascx.cs <b>Line:</b> 88</body></html>"),
    ("error", "<html><head><title>HTTP Status 500 - Internal Server Error</title></head><body><h1>HTTP Status 500</h1>"
              f"<p>{'The server met an unexpected condition that kept it from filling the request. ' * 9}</p></body>"
              "</html>"),
    ("error", shell("<h2>Chi tiết tin</h2>" + "".join(
        f"<p>at vn.tinh.cms.NewsService.load{i}(NewsService.java:1{i}4) of the module that shows one news item</p>"
        for i in range(1, 9)))),
    ("error", shell("<h2>Chi tiết tin</h2><p>PHP Fatal error: Uncaught TypeError: count() in /var/www/news/view.php:"
                    f"41</p><p>{'The query could not be prepared and its result is not an object here. ' * 8}</p>"
                    "<p>thrown in /var/www/news/view.php on line 41</p>")),
    # login
    ("login", "<title>Đăng nhập</title><b>Văn phòng điện tử</b><form><input name=u><input type=password><input "
              "name=captcha placeholder='Mã xác nhận'></form>"),
    ("login", "<title>Đăng nhập | Phần mềm một cửa</title><h1>Phần mềm một cửa điện tử</h1><form><input name=u><input "
              "type=password name=p><button>Vào</button></form><p>Bản 2.0, cập nhật ngày 11/05/2025</p>"),
    ("login", "<html><head><title>CAS</title></head><body><h1>Hệ thống xác thực tập trung</h1><form><input "
              "name=u><input "
              "type=password><input type=submit value='ĐĂNG NHẬP'></form></body></html>"),
    # what else portals and servers say
    ("soft_404", shell("<h2>Xin lỗi!</h2><p>Trang bạn tìm không có hoặc đã chuyển đi nơi khác.</p>")),
    ("soft_404", shell("<p>Nội dung bạn yêu cầu không được tìm thấy. Vui lòng kiểm tra lại đường dẫn.</p>")),
    ("soft_404", shell("<p>Liên kết bạn truy cập đã hết hạn.</p>")),
    ("soft_404", shell("<div>Bài viết đã bị ẩn.</div>")),
    ("empty", shell("<h2>Tin tức</h2><p>Mục này hiện chưa có bài viết nào.</p>")),
    ("soft_404", shell("<h1>Ôi không!</h1><p>Chúng tôi không thể tìm thấy trang mà bạn cần.</p>")),
    ("soft_404", shell("<p>Thông tin bạn cần xem không có trong hệ thống.</p>")),
    ("error", shell("<p>Dịch vụ tạm thời gián đoạn. Xin quý vị vui lòng quay lại sau.</p>")),
    ("error", shell("<p>Quá thời gian chờ phản hồi từ máy chủ.</p>")),
    ("error", shell("<p>Kết nối cơ sở dữ liệu thất bại.</p>")),
    ("error", shell("<h1>Whitelabel Error Page</h1><p>This application has no explicit mapping for /error, so you are "
                    "seeing this as a fallback.</p>")),
    ("error", shell("<h1>HTTP 429</h1><p>Quá nhiều yêu cầu, vui lòng thử lại sau ít phút.</p>")),
    ("error", "<html><body><h1>504 Gateway Time-out</h1><hr><center>nginx</center></body></html>"),
    ("login", shell("<p>Phiên làm việc đã hết hạn, vui lòng đăng nhập lại.</p>")),
    ("login", shell("<h3>Nội dung dành cho thành viên</h3><p>Vui lòng đăng nhập hoặc đăng ký để tiếp tục đọc.</p>")),
    ("challenge", shell("<h1>Please wait...</h1><p>We are verifying your browser. This process is automatic.</p>")),
    ("challenge", shell("<h1>Sorry, you have been blocked</h1><p>You are unable to access this website.</p>")),
    ("challenge", shell("<h1>Web Page Blocked!</h1><p>The page cannot be displayed. Attack ID: 20000051.</p>")),
    ("challenge", shell("<p>Yêu cầu của bạn bị từ chối bởi tường lửa ứng dụng web.</p>")),
    ("search", shell("<h1>Tìm kiếm</h1><p>Có 0 kết quả phù hợp với từ khóa</p>")),
    ("other", shell(f"<h1>Chính sách bảo mật</h1><p>{PROSE}</p>")),
    ("other", shell(f"<h1>Điều khoản sử dụng</h1><p>{PROSE}</p>")),
    ("list", shell("<h1>Hỏi đáp trực tuyến</h1>" + "".join(
        f"<div><b>Nguyễn Văn {i}</b> <i>0{i}/02/2026</i><p>Xin hỏi thủ tục cấp đổi giấy phép lái xe lần {i} ra sao?</p>"
        f"<a href=/hd/{i}>Xem trả lời</a></div>" for i in range(1, 6)))),
    ("list", shell("<h1>Báo cáo</h1><ul>" + "".join(
        f"<li><a href=/f/bc{i}.pdf>Báo cáo tình hình kinh tế - xã hội tháng {i} năm 2026</a> (0{i}/02/2026)</li>"
        for i in range(1, 8)) + "</ul>")),
    ("list", shell("<h1>Công báo điện tử</h1><table>" + "".join(
        f"<tr><td>{i}7/CT-UBND</td><td>{i:02d}/02/2026</td><td>Về việc đôn đốc thu thuế đợt {i}</td></tr>"
        for i in range(1, 12)) + "</table><div class=hs><h4>Kết quả giải quyết hồ sơ</h4><p>Tháng này đúng hạn 97%</p>"
        "<p>(Tự động cập nhật lúc 09:05 10/03/2026)</p></div>")),
    ("empty", shell(f"<ul>{rows('li', 5)}</ul><div>Trang chủ / Chi tiết tin</div><h1></h1><div></div>",
                    "Chi tiết tin tức | Tỉnh X")),
    # walls and challenges
    ("cookie_wall", '<html><body><script src="/aes.js"></script><script>document.cookie="__test="+toHex(1)+"; path=/";'
                    'location.href="http://x.example/tin?i=1";</script><noscript>please enable Javascript</noscript>'
                    '</body></html>'),
    ("challenge", "<html><head><title>Xác thực truy cập</title></head><body><p>Vui lòng nhập mã bảo vệ để tiếp "
                  "tục truy "
                  "cập website</p><img src=/code.png><input></body></html>"),
    ("challenge", "<html><head><title>Web Application Firewall</title></head><body><h1>Access "
                  "blocked</h1></body></html>"),
    # searches
    ("search", shell("<h4>Tìm kiếm nâng cao</h4><form>Từ khóa <input></form><p>Không tìm thấy kết quả nào phù hợp.</p>",
                     "Tìm kiếm")),
    ("search", shell("<h1>Tra cứu văn bản</h1><form><input name=so><button>Tra cứu</button></form>", "Tra cứu "
                                                                                                     "văn bản")),
    # three sheets of documents, two answers, a directory, a section without news
    ("list", shell("<h1>Văn bản chỉ đạo</h1>" + "".join(
        f"<div><a href=/vb/{i}>{i}8/QĐ-UBND</a><p>Trích yếu: {PROSE}</p><p>Người ký: A Dói</p></div>"
        for i in range(1, 4)))),
    ("list", shell("<h1>Ý kiến công dân</h1>" + "".join(
        f"<div><p>Hỏi: Thủ tục đổi giấy phép lần {i} ra sao?</p><p>Ngày gửi: 0{i}/02/2026</p><a href=/h/{i}>Xem trả "
        "lời</a></div>" for i in (1, 2)))),
    ("other", shell("<h2>Phòng Tài chính</h2>" + "".join(
        f"<div><img src=/{i}.jpg><p>Bà H'Liên {i}</p><p>Phó Trưởng phòng</p><p>ĐT: 0260 355 56{i}</p></div>"
        for i in range(1, 4)))),
    ("empty", shell("<div><p>01/02/2026 đến 03/02/2026</p><img src=/a.jpg></div>", "Giáo dục | Huyện X")),
    # standing pages and services
    ("other", shell("<h2>Số máy của các trạm y tế xã</h2><table>" + "".join(
        f"<tr><td>Trạm số {i}</td><td>Y sĩ Lò Thị Én</td><td>(0215) 38{i} 12{i}</td></tr>" for i in range(1, 7))
        + f"</table><ul>{rows('li', 9)}</ul>")),
    ("empty", shell("<h2>Ban Thường vụ Đảng ủy xã</h2><table>" + "".join(
        f"<tr><td>{i}</td><td>Lò Thị {name}</td><td>19{i}4 - 20{i}1</td></tr>" for i, name in enumerate(
            ("Én", "Mai", "Pâng", "Ngoan"), 3)) + "</table>")),
    ("other", shell("<div><h2>Mực nước các hồ</h2><p>Cập nhật: 06:00 09/03/2026</p><table>" + "".join(
        f"<tr><td>Hồ số {i}</td><td>21{i},40 m</td><td>{i}0 mm</td></tr>" for i in range(1, 9)) + "</table></div>",
        "Mực nước các hồ")),
    ("other", "<title>Thông báo</title><h1>Tên miền này đã hết hạn</h1><p>Xin liên hệ nhà đăng ký để gia hạn.</p>"),
    ("challenge", "<h3>Bạn có phải là người dùng thật?</h3><p>Kéo thanh trượt để xem trang.</p>"),
    ("other", shell("<h1>Liên hệ</h1><p>Sở Y tế</p><p>Địa chỉ: Số 71, đường Lý Tự Trọng</p><p>Điện thoại: 0292</p>")),
    ("other", shell("<h1>Sơ đồ tổ chức</h1><img src=/a.jpg><div><b>Nguyễn Hữu Tường</b><p>Giám đốc Sở</p></div>")),
    ("other", shell("<h1>Lãnh đạo Sở</h1><img src=/a.jpg><p>Ông Trần Văn A</p><p>Phó Giám đốc</p><p>Email: "
                    "a@x.vn</p>")),
    ("other", shell("<h2>Thời tiết - Giá cả</h2><table><tr><td>Đồng Hới</td><td>29°C</td></tr></table>")),
    ("other", shell(f"<h1>Điều kiện tự nhiên</h1><p>{PROSE}</p><p>{PROSE}</p>")),
    ("other", shell(f"<h2>Giới thiệu chung</h2><p>{PROSE}</p><p>{PROSE}</p>")),
    ("other", shell("<h1>Lịch làm việc của lãnh đạo xã</h1><p>Tuần 22</p><table>" + "".join(
        f"<tr><td>Thứ {day} {number}/05</td><td>Sáng</td><td>7h30: Dự hội nghị trực tuyến của huyện về chuyển đổi</td>"
        f"<td>PCT Phí Đình Tự</td><td>Phòng họp số {number}</td></tr>"
        for number, day in enumerate(("hai", "ba", "tư", "năm", "sáu"), 23)) + "</table>")),
    ("other", shell("<h3>Cấp đổi thẻ xe</h3><table><tr><th>Mã thủ tục</th><td>2.001</td></tr><tr><th>Cấp thực hiện"
                    "</th><td>Cấp xã</td></tr><tr><th>Thời hạn</th><td>03 ngày</td></tr><tr><th>Lệ phí</th><td>Không"
                    "</td></tr></table><p>Người dân nộp hồ sơ tại bộ phận một cửa và nhận giấy hẹn trả kết quả.</p>")),
    ("other", shell("<h1>Cấp giấy phép xây dựng</h1><table><tr><td>Trình tự thực hiện</td><td>Nộp hồ sơ tại bộ "
                    "phận một "
                    "cửa, nhận giấy hẹn trả kết quả.</td></tr><tr><td>Thành phần hồ sơ</td><td>Đơn đề "
                    "nghị</td></tr><tr>"
                    "<td>Thời hạn giải quyết</td><td>15 ngày</td></tr><tr><td>Lệ phí</td><td>75.000 đồng</td></tr>"
                    "</table>")),
    ("other", shell("<h1>Phiếu khảo sát sự hài lòng của người bệnh</h1>" + "".join(
        f"<p>{i}. Nhân viên y tế có thái độ lịch sự trong lần khám thứ {i}?</p><input type=radio name=q{i}> Tốt"
        for i in range(1, 5)))),
    ("other", shell("<h2>Gửi câu hỏi</h2><p>Quý vị vui lòng viết tiếng Việt có dấu, ghi rõ họ tên và địa chỉ.</p>"
                    "<form><input placeholder='Họ và tên'><input placeholder='Điện thoại'><textarea name=t></textarea>"
                    "</form>")),
    ("other", shell("<h1>Gửi câu hỏi</h1><p>Đăng ngày: 01/02/2024</p><p>Quý vị vui lòng nhập đầy đủ thông tin. Câu hỏi "
                    "sẽ được chuyển tới đơn vị có thẩm quyền trả lời trong 07 ngày làm việc.</p><form>Họ tên<input "
                    "name=a>Email<input name=b>Nội dung<textarea name=c></textarea></form>")),
    ("other", shell("<h1>Ý kiến của người dân về bộ phận một cửa</h1><p>Ngày đăng: 01/02/2024</p>" + "".join(
        f"<p>{i}. Ông bà đánh giá thế nào về thái độ phục vụ của cán bộ ở khâu thứ {i}?</p><input type=radio name=q{i}>"
        f"Hài lòng<input type=radio name=q{i}> Không" for i in range(1, 5)))),
    *(("other", shell(f"<div><h1>Cấp giấy phép xây dựng nhà ở riêng lẻ</h1><p>{label}: 02/03/2026</p>" + "".join(
        f"<p><b>{part}:</b> {PROSE[:150]}</p>" for part in (
            "Trình tự thực hiện", "Thành phần hồ sơ", "Thời hạn giải quyết", "Lệ phí", "Căn cứ pháp lý")) + "</div>"))
      for label in ("Ngày đăng", "Ngày cập nhật")),
    # how a password is kept; a banner where nothing was filled in
    ("login", shell("<div><h2>Hệ thống điều hành tác nghiệp</h2><form><input name=t> <input "
                    f"type=password></form><p>{PROSE[:280]}</p></div>", "Điều hành tác nghiệp")),
    ("empty", "<html lang=vi><title> - Sở Xây dựng và Giao thông</title><body><div class=t><img src=/x.png></div><div "
              f"class=header><h1>SỞ XÂY DỰNG VÀ GIAO THÔNG TỈNH X</h1></div><ul class=menu>{MENU}</ul><div>Trang chủ /"
              " Tin tức /</div><div>Ngày đăng: Lượt xem: 0</div><div>Facebook Zalo</div><div class=footer>Số 5</div>"),
    # the site's last change and its visitors date nothing
    *((reason, shell(f"<div class=nd><h1>{title}</h1><p>{said}</p></div>", title) + end)
      for end in ("<p>Cập nhật lần cuối: 09/03/2026 22:10</p>", "<p>Hôm nay: 12</p><p>Hôm qua: 351</p>")
      for reason, title, said in (
          ("error", "Hệ thống đang bảo trì", "Mời quý vị quay lại sau 12 giờ."),
          ("soft_404", "Không tìm thấy trang", "Địa chỉ này không còn nữa."),
          ("other", "Lịch làm việc tuần 11", "Thứ hai: Giao ban<br>Thứ ba: Tiếp dân<br>Thứ tư: Đi xã"))),
    # files behind icons, each with its day; whose numbers are brought up to date
    ("list", shell("<h1>Báo cáo giám sát đầu tư công trung hạn 2021 - 2025</h1><table>" + "".join(
        f"<tr><td>Báo cáo giám sát đánh giá đầu tư kỳ {i} của tỉnh</td><td>1{i}/07/2025</td>"
        f"<td><a href=/tep/{i}.docx><img src=/w.png></a></td></tr>" for i in range(4)) + "</table>")),
    ("other", shell("<h1>Đường dây nóng của các trạm y tế</h1><p>Cập nhật ngày: 02/03/2026</p><table>" + "".join(
        f"<tr><td>Trạm Y tế xã số {i}</td><td>0260 3 55{i} 112</td></tr>" for i in range(5)) + "</table>")),
    # what each of a house has to do, and how to reach him
    ("other", shell("<h1>Ban Quản lý dự án đầu tư xây dựng khu vực 2</h1>" + "".join(
        f"<div><p>{name}</p><p>Chức danh: {post}</p><p>{PROSE[:100]}</p><p>Di động: 09{i}8 000 111</p></div>"
        for i, (name, post) in enumerate((("Lê Hoa", "Giám đốc"), ("Vũ Nam", "Phó"), ("Hà Vy", "Kế toán")))))),
    # figures of a day and a place to be picked
    *(("other", shell(f"<div><h2>Mực nước các hồ chứa trên địa bàn toàn tỉnh</h2><p>{picked}</p>"
                      "<p>Cập nhật: 10/03/2026 07:00</p><table>" + "".join(
                          f"<tr><td>Hồ số {i}</td><td>{80 + i},2</td><td>{i}0%</td></tr>" for i in range(6))
                      + "</table><p>Số liệu do chủ hồ báo.</p></div>"))
      for picked in ("<select><option>Huyện A<option>Huyện B</select>", "Ngày <input type=date>")),
    # nothing is there under the site's own name, in many words
    ("soft_404", shell(f"<div><p>Kính chào. Bản tin mà quý vị chọn hiện không còn được lưu giữ. {PROSE[:200]}</p>"
                       "<p>Mời quý vị chọn mục khác ở phía trên.</p></div>", "Sở Giao thông và Xây dựng tỉnh Đăk Pô")),
    ("other", shell("<h2>Lịch công tác tuần 34</h2><table><tr><th>Ngày</th><th>Nội dung</th></tr><tr><td>22/8</td><td>"
                    "Giao ban Thường trực</td></tr><tr><td>23/8</td><td>Tiếp công dân</td></tr></table>")),
    ("other", "<html><head><meta http-equiv=refresh content='0; url=/moi'><title>Chuyển "
              "trang</title></head><body>Trang đã "
              "chuyển sang địa chỉ mới. <a href=/moi>Bấm vào đây</a></body></html>"),
    ("other", "<html><head><title>Apache2 Debian Default Page: It works</title></head><body><div>It "
              "works!</div><p>This "
              "is the default welcome page used to test the correct operation of the server.</p></body></html>"),
    ("other", shell("<h1>Khác biệt giữa bản “Kon Tum”</h1><table class=diff><tr><td class=diff-otitle>Bản lúc 10:02, 3 "
                    "tháng 1 năm 2026</td><td class=diff-ntitle>Bản lúc 11:40, 5 tháng 1 năm 2026</td></tr></table>"
                    f"<p>{PROSE}</p><p>{PROSE}</p>")),
    ("other", "<html><head><title>Index of /uploads</title></head><body><h1>Index of /uploads</h1><pre><a "
              "href=a.pdf>a.pdf"
              "</a> 2026-01-18 08:30 12K</pre></body></html>"),
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


@pytest.mark.parametrize("query", ["action=history", "title=Kon_Tum&diff=88&oldid=87"])
def test_versions_are_told_by_their_address(query: str) -> None:
    read = read_article(shell(f"<h1>Kon Tum</h1><p>{PROSE}</p>").encode(), f"{URL}?{query}", FETCHED_AT)
    assert read == NotAnArticle("other", "compares or lists the versions of a page")


# Posted on a day, under a title that is more than a bare name: a story, however short.
@pytest.mark.parametrize(
    "title",
    [
        "Đăng nhập VNeID mức 2: những điều cần biết",
        "Hướng dẫn sử dụng dịch vụ công trực tuyến",
        "Hỏi đáp về bảo hiểm y tế hộ gia đình",
    ],
)
def test_dated_story_under_the_name_of_a_page(title: str) -> None:
    text = "<p>Bước 1: Mở ứng dụng.</p><p>Bước 2: Chọn dịch vụ cần dùng, điền thông tin rồi xác nhận.</p>"
    html = shell(f"<div><h1>{title}</h1><p>Ngày đăng: 02/03/2026</p>{text}</div>", title)
    read = read_article(html.encode(), URL, FETCHED_AT)
    assert isinstance(read, Article), read
    assert (read.title, read.posted_on) == (title, "2026-03-02")
    bare = html.replace("<p>Ngày đăng: 02/03/2026</p>", "")
    assert isinstance(read_article(bare.encode(), URL, FETCHED_AT), NotAnArticle)


@pytest.mark.parametrize(
    "title",
    [
        "Lưu trữ tài liệu điện tử: nhiệm vụ cấp bách",
        "Chuyên mục: Học tập và làm theo tấm gương của Bác",
        "Bí thư Tỉnh ủy kiểm tra kết nối giao thông liên vùng",
        "Tập huấn cấu hình tường lửa cho cán bộ các sở, ngành",
    ],
)
def test_dated_story_in_the_words_of_other_pages(title: str) -> None:
    html = f"<h1>{title}</h1><p>Ngày đăng: 02/03/2026</p>{f'<p>{PROSE}</p>' * 4}"
    read = read_article(html.encode(), URL, FETCHED_AT)
    assert isinstance(read, Article), read
    assert (read.title, read.posted_on) == (title, "2026-03-02")


@pytest.mark.parametrize("title", ["Lưu trữ lịch sử tỉnh đổi giờ phục vụ bạn đọc", "Thẻ: nên đổi trước ngày 1/7"])
def test_short_dated_story_in_the_words_of_lists(title: str) -> None:
    told = f"<h1>{title}</h1><p>Ngày đăng: 02/03/2026</p><p>Phòng đọc mở cửa trở lại từ thứ Ba tuần sau.</p>"
    html = shell(f"<div>{told}</div>", title)
    read = read_article(html.encode(), URL, FETCHED_AT)
    assert isinstance(read, Article), read
    listed = read_article(html.replace("<p>Ngày đăng: 02/03/2026</p>", "").encode(), URL, FETCHED_AT)
    assert isinstance(listed, NotAnArticle)


@pytest.mark.parametrize(
    ("path", "is_home"), [("/", True), ("/index.php", True), ("/trang-chu", True), ("/?p=7", False)]
)
def test_home_page_of_cards_is_no_article(path: str, is_home: bool) -> None:
    card = f"<h2>Phố cổ đón khách</h2><span class=date>03/04/2020</span><p>{PROSE}</p><p class=author>Lê Hoa</p>"
    read = read_article(shell(card).encode(), f"https://tinh-x.example.gov.vn{path}", FETCHED_AT)
    assert isinstance(read, NotAnArticle) is is_home
    said = shell(card, head='<meta property="og:type" content="article">').encode()
    assert not isinstance(read_article(said, f"https://tinh-x.example.gov.vn{path}", FETCHED_AT), NotAnArticle)


@pytest.mark.parametrize(
    ("said", "is_article"),
    [("Cơ quan nghỉ đến hết thứ Ba.", True), ("Nội dung đang được cập nhật.", False), ("", False)],
)
def test_posted_notice_of_few_words(said: str, is_article: bool) -> None:
    title = "Thông báo lịch nghỉ của Sở Y tế trong dịp lễ"
    html = shell(f"<div><h1>{title}</h1><p>Ngày đăng: 02/03/2026</p><p>{said}</p></div>", title)
    assert isinstance(read_article(html.encode(), URL, FETCHED_AT), Article) is is_article


_LONG = "Hơn 200 hộ dân vùng lũ được bàn giao nhà mới trước mùa mưa"


# What stands in a text's place says the same under any headline, with its day, a full stop and a form or without.
@pytest.mark.parametrize(
    "around",
    [
        "<p>{}</p>",
        "<p>{}.</p>",
        "<div>{}!</div><p><a href=/>Quay lại trang chủ</a></p>",
        "<p>{}.</p><form>Tên đăng nhập<input name=u>Mật khẩu<input type=password></form>",
    ],
)
@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("login", "Bạn cần đăng nhập để xem nội dung bài viết"),
        ("login", "Quý vị vui lòng đăng nhập hoặc đăng ký tài khoản để đọc toàn bộ bài viết này"),
        ("login", "Vui lòng đăng nhập để tiếp tục"),
        ("error", "Bạn chưa được cấp quyền truy cập nội dung của trang này"),
        ("error", "Bạn không có quyền xem bài viết này"),
        ("login", "Đăng nhập để đọc tiếp"),
        ("login", "Bạn đọc vui lòng mua gói thuê bao để tiếp tục xem bài báo"),
        ("login", "Bạn đã đọc hết 5 bài miễn phí của tháng này"),
        ("login", "Chuyên mục dành riêng cho hội viên"),
        ("login", "Nội dung này chỉ dành cho thành viên"),
        ("login", "Bài viết chỉ hiển thị với các thành viên đã đăng nhập hệ thống"),
        ("soft_404", "Bài viết này không tồn tại hoặc đã bị xóa"),
        ("soft_404", "Bài viết không còn hiệu lực"),
        ("soft_404", "Xin lỗi, nội dung bạn tìm đã được gỡ bỏ hoặc chuyển sang chuyên mục khác"),
    ],
)
def test_what_stands_in_a_text_s_place(reason: str, said: str, around: str) -> None:
    told = f"<h1>{_LONG}</h1><div class=date>02/03/2026 08:00</div>{around.format(said)}"
    for html in (told, shell(f"<div class=detail>{told}</div>", _LONG)):
        read = read_article(html.encode(), URL, FETCHED_AT)
        assert isinstance(read, NotAnArticle), read
        # a short line without a stop is no text at all; a form says more than what stands over it
        assert read.reason in (reason, "empty", *["login"] * ("<form" in around)), read


# Behind the story's beginning they keep the rest from the reader.
@pytest.mark.parametrize(
    "around", ["<p>{}</p>", "<h3>Dành cho bạn đọc lâu năm</h3><div>{}.</div><a href=/dn>Đăng nhập</a>"]
)
@pytest.mark.parametrize(
    ("said", "is_wall"),
    [
        ("Mời quý vị đăng ký tài khoản để đọc toàn bộ bài viết", True),
        ("Bạn đã xem hết số tin miễn phí trong ngày", True),
        ("Bài viết này chỉ dành cho hội viên", True),
        ("Quý độc giả hãy trở thành hội viên để đọc hết bài báo", True),
        ("Vui lòng đăng nhập để tiếp tục", False),  # to tell one's opinion
        ("Bạn cần đăng nhập để gửi bình luận", False),
        ("Vui lòng đăng nhập hệ thống để xem nội dung chi tiết", False),  # a notice's last sentence
    ],
)
def test_wall_behind_a_teaser(said: str, is_wall: bool, around: str) -> None:
    teaser = f"<h1>{_LONG}</h1><div class=date>02/03/2026 08:00</div>{_TOLD}{around.format(said)}"
    read = read_article(shell(f"<article>{teaser}</article>", _LONG).encode(), URL, FETCHED_AT)
    assert isinstance(read, NotAnArticle) is is_wall, read
    whole = teaser.replace(_TOLD, _TOLD * 5)  # the story is there, whoever may read the next one
    assert isinstance(read_article(shell(f"<article>{whole}</article>", _LONG).encode(), URL, FETCHED_AT), Article)


@pytest.mark.parametrize(
    ("path", "title", "is_article"),
    [
        ("truyen-hinh", "Truyền hình trực tuyến", False),  # the first of the library's recordings plays
        ("truyen-hinh", "Về miền dân ca ví giặm - Truyền hình", True),
        ("truyen-hinh/ve-mien-dan-ca-9012.html", "Truyền hình trực tuyến", True),
    ],
)
def test_recording_over_those_of_its_library(path: str, title: str, is_article: bool) -> None:
    player = "<div class=xem><iframe src=//www.youtube.com/embed/x1></iframe><h2>Về miền dân ca ví giặm</h2>"
    html = shell(f"{player}<i>02/03/2026</i></div>{rows('li', 5)}", title)
    read = read_article(html.encode(), f"https://tinh-x.example.gov.vn/{path}", FETCHED_AT)
    assert isinstance(read, Article) is is_article, read


# A short notice of the same words speaks of others, or goes on.
@pytest.mark.parametrize(
    "said",
    [
        "Người dân đăng nhập Cổng dịch vụ công để xem kết quả hồ sơ.",
        "Bạn cần đăng nhập VNeID để xem thông tin cư trú của gia đình.",
        "Thí sinh vui lòng đăng nhập hệ thống để tra cứu điểm từ ngày 5/3.",
        "Chương trình này chỉ dành cho hội viên Hội Nông dân của huyện.",
        "Văn bản này không còn hiệu lực kể từ ngày 01 tháng 3.",
        "Cây cầu treo cũ không còn tồn tại sau trận lũ đêm qua.",
        "Bài viết này không tồn tại hoặc đã bị xóa. Đó là câu trả lời mà bà Lan nhận được.",
        "Nội dung này chỉ dành cho thành viên. Ban tổ chức mở cửa đón mọi người từ tháng sau.",
        "Thông tin không đúng sự thật đã được gỡ bỏ khỏi trang cá nhân của ông H.",
        "Trang trại nuôi tôm bị xóa sổ hoàn toàn chỉ sau một đêm.",
        "Bạn đọc không có điều kiện đến thư viện có thể mượn sách qua bưu điện.",
    ],
)
def test_short_notice_in_the_words_of_a_wall(said: str) -> None:
    html = shell(f"<div class=detail><h1>{_LONG}</h1><div class=date>02/03/2026 08:00</div><p>{said}</p></div>", _LONG)
    read = read_article(html.encode(), URL, FETCHED_AT)
    assert isinstance(read, Article), read
    assert read.title == _LONG


# The name of a section is a notice's whole headline; its first sentence may end as a list begins.
@pytest.mark.parametrize("end", [".", " như sau:"])
@pytest.mark.parametrize("more", [0, 1, 3])
@pytest.mark.parametrize("around", ["{}", "<div class=detail>{}</div>"])
def test_notice_called_as_its_section(around: str, more: int, end: str) -> None:
    told = f"<p>Trạm cấp nước xã tạm ngừng cấp nước để súc rửa đường ống các thôn phía đông{end}</p>"
    told += "<p>Bà con chủ động tích trữ nước sinh hoạt và khóa van trước giờ đơn vị súc rửa.</p>" * more
    inner = around.format(f"<h1>THÔNG BÁO</h1><div class=date>02/03/2026 08:00</div>{told}")
    read = read_article(f"<title>Thông báo - Xã Y</title>{inner}".encode(), URL, FETCHED_AT)
    assert isinstance(read, Article), read
    assert (read.title, read.posted_on) == ("THÔNG BÁO", "2026-03-02")


def test_box_of_notices_beside_others_is_no_notice() -> None:
    box = f"<aside><h3>THÔNG BÁO</h3><p>02/03/2026</p><p>{PROSE[:99]}:</p></aside><ul>{rows('li', 6)}</ul>"
    assert isinstance(read_article(shell(box, "Xã Y").encode(), URL, FETCHED_AT), NotAnArticle)


# One sentence of news, posted, directly over the rows of other stories; a section's name makes it a list's preface.
@pytest.mark.parametrize("tag", ["li", "div", "p"])
@pytest.mark.parametrize(("title", "is_article"), [(_LONG, True), ("Tin hoạt động", False)])
def test_one_sentence_over_rows(title: str, tag: str, is_article: bool) -> None:
    said = "<p>Ngành nông nghiệp huyện Y vừa trao nhà cho các hộ bị thiên tai năm ngoái.</p>"
    inner = f"<h1>{title}</h1><div class=date>09/03/2026 08:00</div>{said}<div>{rows(tag, 6)}</div>"
    assert isinstance(read_article(inner.encode(), URL, FETCHED_AT), Article) is is_article
    undated = inner.replace("<div class=date>09/03/2026 08:00</div>", "")
    assert isinstance(read_article(undated.encode(), URL, FETCHED_AT), NotAnArticle)


def test_box_of_a_service_takes_no_short_story_away() -> None:
    story = f"<h1>Lời cảm ơn</h1><p>Ngày đăng: 02/03/2026</p><p>{PROSE}</p>"
    html = shell(f"<div><h2>Thăm dò ý kiến</h2></div><div>{story}</div>", "Lời cảm ơn")
    read = read_article(html.encode(), URL, FETCHED_AT)
    assert isinstance(read, Article), read
    assert read.title == "Lời cảm ơn"


def test_story_of_questions_has_a_day_of_its_own() -> None:
    asked = f"<p>Hỏi: Bao lâu thì cấp lại thẻ? (bà Lan, hỏi ngày {{}}/02/2026)</p><p>Đáp: {PROSE}</p>"
    questions = asked.format(11) + asked.format(12)
    title = "Giải đáp thắc mắc của bạn đọc về bảo hiểm y tế"
    story = shell(f"<div><h1>{title}</h1><p>Ngày đăng: 02/03/2026</p>{questions}</div>", title)
    assert isinstance(read_article(story.encode(), URL, FETCHED_AT), Article)
    several = read_article(story.replace("<p>Ngày đăng: 02/03/2026</p>", "").encode(), URL, FETCHED_AT)
    assert isinstance(several, NotAnArticle)
    assert several.reason == "list"


def test_answers_one_under_the_other_are_a_list() -> None:
    one = (
        f"<h3>Thủ tục nghiệm thu công trình xây dựng</h3><p>{PROSE}</p><p>Ngày trả lời: 0{{}}/03/2026</p><p>{PROSE}</p>"
    )
    several = read_article(shell("".join(map(one.format, (1, 2, 3)))).encode(), URL, FETCHED_AT)
    assert isinstance(several, NotAnArticle)
    assert several.reason == "list"
    assert not isinstance(read_article(shell(one.format(1)).encode(), URL, FETCHED_AT), NotAnArticle)


# Kept standing without a day, it is told as a story is: several paragraphs, most of what the page holds.
@pytest.mark.parametrize("title", ["Lịch sử hình thành", "Thác Pa Sỹ", "GIỚI THIỆU XÃ MƯỜNG KHƯƠNG"])
@pytest.mark.parametrize("path", ["/gioi-thieu", "/ct.aspx?id=77"])
def test_told_story_needs_no_day(title: str, path: str) -> None:
    url = f"https://tinh-x.example.gov.vn{path}"
    paragraphs = f"<p>{PROSE}</p>" * 3
    read = read_article(shell(f"<h1>{title}</h1>{paragraphs}", title).encode(), url, FETCHED_AT)
    assert isinstance(read, Article), read
    assert (read.title, read.posted_on) == (title, None)
    numbers = "".join(f"<tr><td>Ông Lò Văn {name}</td><td>0215.3.888.{name}12</td></tr>" for name in range(20))
    for other in (f"<p>{PROSE}</p><table>{numbers}</table>", f"<p>{PROSE}</p><p>Điện thoại: 0215 388 812</p>"):
        page = shell(f"<h1>Liên hệ</h1>{other}", "Liên hệ")
        assert isinstance(read_article(page.encode(), url, FETCHED_AT), NotAnArticle)


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


_TOLD = "".join(
    f"<p>Công trình thứ {i} do ngân sách tỉnh và nhân dân cùng góp, nối hai xã vùng sâu với trung tâm huyện.</p>"
    for i in range(1, 5)
)
_LINES = "Mưa về trên mái nhà sàn<br>Gió đưa hương lúa ngập tràn bản quê<br>Em đi gùi nắng đi về<br>Suối reo bốn bề"
_FIELDS = "<form><input name=ten><input name=thu><textarea name=nd></textarea></form>"


@pytest.mark.parametrize(
    ("title", "inner"),
    [
        # days of other stories under a story, its own day above its headline
        ("Khánh thành cầu", f"<p>07/03/2026 08:00</p><h1>Khánh thành cầu</h1>{_TOLD[:110]}</p>{short_first(_ITEM)}"),
        # words of a missing page, said of others
        ("Không tìm thấy nạn nhân", "<h1>Không tìm thấy nạn nhân</h1><p>07/03/2026 08:00</p><p>Chiều qua, lực lượng "
                                    "cứu hộ xã Tân Hòa đã tạm ngừng việc tìm kiếm.</p>"),
        # readers are asked under a short story
        ("Khánh thành cầu", f"<h1>Khánh thành cầu</h1><p>07/03/2026 08:00</p>{_TOLD[:110]}</p>{_FIELDS}"),
        # a notice with the parts of a procedure
        ("Tuyển sinh lớp nghề", f"<h1>Tuyển sinh lớp nghề</h1><p>07/03/2026 08:00</p>{_TOLD[:110]}</p><p>Đối tượng "
                                "thực hiện: thanh niên</p><p>Thời hạn: 3 tháng</p><p>Lệ phí: không</p><p>Thành phần hồ "
                                "sơ: đơn, ảnh</p>"),
        # a kicker in the words over a related list
        *(
            ("Khánh thành cầu dân sinh", f"<{tag} class=cm>{kicker}</{tag}><p class=tieude>Khánh thành cầu dân sinh</p>"
                                         f"<p>Đăng ngày 07/03/2026</p>{_TOLD}")
            for kicker, tag in (("Tin nổi bật", "p"), ("Tin mới", "div"), ("TIN MỚI NHẤT", "span"))
        ),
    ],
)  # fmt: skip
def test_story_beside_the_signs_of_other_pages(title: str, inner: str) -> None:
    read = read_article(shell(f"<div>{inner}</div>").encode(), URL, FETCHED_AT)
    assert isinstance(read, Article), read
    assert (read.title, read.posted_on) == (title, "2026-03-07")


@pytest.mark.parametrize("around", ["{}", "<div>{}</div>"])
def test_verses_stand_in_the_body_itself(around: str) -> None:
    verses = around.format(f"<h1>Mưa về bản nhỏ</h1><p>07/03/2026 08:00</p>{_LINES}")
    read = read_article(shell(verses).encode(), URL, FETCHED_AT)
    assert isinstance(read, Article), read
    assert read.body.splitlines() == _LINES.split("<br>")


def test_how_far_other_places_are_is_no_button_of_theirs() -> None:
    near = "".join(
        f"<div><a href=/diem-den/{i}><div>Bãi biển số {i}</div><div>Cách 19 km</div></a></div>" for i in range(4)
    )
    read = read_article(shell(f"<div>Lễ hội cầu ngư của làng</div>{_TOLD}<div>{near}</div>").encode(), URL, FETCHED_AT)
    assert isinstance(read, Article), read


def test_told_page_without_a_day_keeps_its_text_beside_a_long_list() -> None:
    story = f"<img src=/bia.jpg><h4>Vườn nhãn cổ trên đất giồng</h4><div>Du lịch</div><div>{_TOLD}</div>"
    rest = f"<div><h6>Tin mới</h6><ul>{rows('li', 22, days=False)}</ul></div>"
    html = shell(f"<div><div>{story}</div></div>{rest}", "Tỉnh X - Điểm đến hấp dẫn")
    read = read_article(html.encode(), URL, FETCHED_AT)
    assert isinstance(read, Article), read
    assert (read.title, len(read.body.splitlines())) == ("Vườn nhãn cổ trên đất giồng", 4)


def test_text_under_its_headline_keeps_it_over_a_long_list_in_its_element() -> None:
    lines = "".join(
        f'<div><a href="/tin/{i}-xa.html">Xã số {i} triển khai kế hoạch trồng rừng</a></div>' for i in range(30)
    )
    html = shell(f"<div><div>Học sinh trở lại trường sau lũ</div>{_TOLD}<div>.......</div>{lines}</div>")
    read = read_article(html.encode(), URL, FETCHED_AT)
    assert isinstance(read, Article), read
    assert len(read.body.splitlines()) == 4


@pytest.mark.parametrize("row", ["<i>{day}</i><p>{name}</p>", "<p><a href=/t/{i}.html>{name}</a></p><i>{day}</i>"])
def test_text_without_a_day_over_the_days_of_others(row: str) -> None:
    names = [row.format(i=i, day=f"0{i}/03/2026", name=f"Xã số {i} trồng cây đầu xuân") for i in range(1, 9)]
    html = shell(
        f"<div><h2>Hội vật đầu xuân ở làng bãi</h2><b>1.120</b><b>Văn hóa</b>{_TOLD}<div>{''.join(names)}</div></div>"
    )
    read = read_article(html.encode(), URL, FETCHED_AT)
    assert isinstance(read, Article), read
    assert (read.title, read.posted_on) == ("Hội vật đầu xuân ở làng bãi", None)


@pytest.mark.parametrize("title", ["Thông báo tạm ngừng cấp nước", "Thông báo lịch cắt điện"])
def test_notice_of_an_event_s_fields(title: str) -> None:
    fields = (
        "Thời gian: từ 8h00 đến 17h00 ngày 25/03/2026",
        "Khu vực: thôn Hạ, thôn Trung",
        "Lý do: sửa chữa đường ống",
    )
    told = "".join(f"<p>{line}</p>" for line in fields)
    read = read_article(
        shell(f"<div><h1>{title}</h1><p>10/03/2026</p><div>{told}</div></div>").encode(), URL, FETCHED_AT
    )
    assert isinstance(read, Article), read
    assert (read.title, read.posted_on, tuple(read.body.split("\n"))) == (title, "2026-03-10", fields)


def test_notice_without_a_day_that_water_is_cut_off() -> None:
    title = "Tạm ngừng cấp nước trên đường Hùng Vương"
    told = (
        "Trạm cấp nước tạm ngừng cung cấp nước sạch từ 8 giờ đến 17 giờ để đấu nối ống, mong bà con trữ nước đủ dùng."
    )
    read = read_article(shell(f"<div><h1>{title}</h1><p>{told}</p></div>", title).encode(), URL, FETCHED_AT)
    assert isinstance(read, Article), read


def test_album_without_a_day_under_the_name_of_the_library() -> None:
    pictures = "".join(f"<div><img src=/a/{i}.jpg><div>Trai bản thi đẩy gậy, lần {i}.</div></div>" for i in range(6))
    album = f"<h3>LỄ CÚNG RỪNG BẢN TU SAN</h3><div>Lễ cúng rừng là nét văn hóa lâu đời của đồng bào.</div>{pictures}"
    html = shell(
        f"<div><h1>Thư viện ảnh</h1><div>{album}<div>Ảnh: Sùng A Páo</div></div></div>"
        f"<div><h2>Album khác</h2><ul>{rows('li', 9, days=False)}</ul></div>",
        "Lễ cúng rừng bản Tu San - Sở VHTTDL",
    )
    read = read_article(html.encode(), "https://tinh-x.example.gov.vn/thu-vien/le-cung-rung-12.html", FETCHED_AT)
    assert isinstance(read, Article), read
