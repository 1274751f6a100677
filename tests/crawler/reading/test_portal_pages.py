"""Pages beside articles as portals keep them, and articles that look like them; words and markup of our own."""

from __future__ import annotations

from datetime import datetime

import pytest

from archive.schema import Article, NotAnArticle
from crawler.reading.article import read_article

AT = datetime.fromisoformat("2026-03-10T09:15:00+07:00")
HOST = "https://tinh-x.example.gov.vn"
CLAIM = '<meta property="og:type" content="article">'  # which many templates print on every page
TOLD = "Cổng thông tin cam kết bảo vệ thông tin của người dùng theo quy định của pháp luật về an ninh mạng."
NAMES = ("Ra quân trồng rừng ngập mặn", "Tập huấn kỹ năng số cho đoàn viên", "Trao học bổng cho học sinh nghèo")


def shell(inner: str, title: str = "Cổng thông tin điện tử tỉnh X") -> str:
    menu = "".join(f"<li><a href=/muc-{i}>Chuyên mục {i}</a></li>" for i in range(6))
    news = "".join(f"<h3><a href=/tin/{i}>{name}</a></h3><time>0{i}/03/2026</time>" for i, name in enumerate(NAMES, 1))
    return (
        f"<html><head><title>{title}</title>{CLAIM}</head><body><nav><ul>{menu}</ul></nav><main>{inner}</main>"
        f"<section><h2>Tin mới nhất</h2>{news}</section><footer>Giấy phép số 12/GP-TTĐT</footer></body></html>"
    )


def columns(inner: str) -> str:
    """A page of the years of tables: the menu, the text, other news, and the office at its foot, none of them named."""
    news = "".join(f"<tr><td><a href=tin.aspx?id={i}>{name} năm {i}</a></td></tr>" for i, name in enumerate(NAMES * 2))
    return (
        "<body><table><tr><td><table><tr><td>DANH MỤC</td></tr><tr><td><a href=a.aspx>Giới thiệu</a></td></tr></table>"
        f"</td><td>{inner}</td><td><table><tr><td>TIN MỚI NHẬN</td></tr>{news}</table></td></tr><tr><td colspan=3>"
        "Trang tin điện tử Sở Công Thương. ĐT: 0236.3822.222 - Fax: 0236.3833.333</td></tr></table></body>"
    )


def asked(count: int, row: str) -> str:
    return "".join(row.format(i=i) for i in range(1, count + 1))


_FIELDSET = (
    "<fieldset><legend>Câu {i}. Theo ông bà, hạng mục số {i} của dự án có cần được ưu tiên đầu tư hay không?</legend>"
    "<label><input type=radio name=q{i}> Cần</label><label><input type=radio name=q{i}> Không</label></fieldset>"
)
_ROWS = (
    "<p>{i}. Doanh nghiệp đánh giá thế nào về thái độ phục vụ của bộ phận số {i} khi tiếp nhận hồ sơ?</p><p><input "
    "type=radio name=r{i}>Tốt <input type=radio name=r{i}>Kém</p>"
)

NO_ARTICLES = [
    ("other", "/khao-sat/cong-vien-2026", shell(f"<h1>Lấy ý kiến về công viên mới của thành phố</h1><p>Thời gian lấy "
        f"ý kiến: từ 01/03/2026 đến 31/03/2026.</p><form>{asked(14, _FIELDSET)}</form>")),
    ("other", "/y-kien.aspx?id=17", shell(f"<h1>Phiếu lấy ý kiến doanh nghiệp của tỉnh</h1><div>{asked(9, _ROWS)}"
        "<textarea name=khac></textarea></div>")),
    ("other", "/hoi-dap", shell("<h1>Câu hỏi thường gặp</h1>" + "".join(f"<h3>Đăng ký loại {i} thế nào?</h3><p>{TOLD}"
        "</p>" for i in range(5)), "Câu hỏi thường gặp")),
    ("other", "/chinh-sach-bao-mat", shell(f"<h1>Chính sách bảo mật thông tin</h1>{f'<p>{TOLD}</p>' * 6}")),
    ("other", "/thoi-tiet-12", shell("<h1>Thời tiết thành phố Cao Lãnh</h1><p>Cập nhật: 10/03/2026 07:00</p><p>Có mây, "
        "trời nắng, gió đông nam cấp 2, độ ẩm 75%.</p>", "Thời tiết thành phố Cao Lãnh")),
    ("challenge", "/tin-9.html", "<h1>Truy cập của bạn đã bị chặn</h1><p>Mã sự cố: 18937465</p>"),
    ("challenge", "/tin-9.html", "<p>Địa chỉ IP 203.0.113.7 của bạn đã bị từ chối. Mã: 77</p>"),
    ("cookie_wall", "/dong-y?tiep=/tin-9.html", "<h2>Quyền riêng tư</h2><p>Báo dùng cookie và công nghệ tương tự. Bạn "
        "cần chấp nhận cookie trước khi đọc.</p><button>Chấp nhận tất cả</button>"),
    ("cookie_wall", "/tin-9.html", "<h1>Chúng tôi dùng cookie</h1><p>Cookie giúp ghi nhớ lựa chọn của quý vị. Vui lòng "
        "đồng ý để tiếp tục truy cập.</p><button>Đồng ý</button>"),
    ("login", "/quen", shell("<h1>Quên mật khẩu</h1><p>Nhập địa chỉ thư đã đăng ký.</p><form><input></form>")),
    ("login", "/sso", "<h2>Hệ thống xác thực tập trung</h2><p>Mã đơn vị</p><input><input type=password><p>Phiên bản "
        "5.2, cập nhật 12/04/2025</p>"),
    ("search", "/vb.aspx", shell("<b>Cơ sở dữ liệu</b><table><tr><td>Số ký hiệu</td><td><input name=a></td></tr><tr>"
        "<td>Trích yếu</td><td><input name=b></td></tr><tr><td>Từ ngày</td><td><input name=c></td></tr></table><p>Tìm "
        "thấy 0 văn bản phù hợp với điều kiện tìm kiếm.</p>")),
    ("soft_404", "/tin-9.html", shell("<h2>Lỗi 404: Không tìm thấy trang bạn yêu cầu</h2>")),
    ("empty", "/du-an", shell("<h2>Dự án đầu tư</h2><p>Hiện chưa có dữ liệu.</p>")),
    ("other", "/quan-trac-12", shell("<h1>Chất lượng không khí</h1><p>Cập nhật: 08:00 10/03/2026</p><table><tr><td>Trạm"
        "</td><td>AQI</td></tr><tr><td>Trung tâm</td><td>45</td></tr><tr><td>Khu công nghiệp</td><td>88</td></tr>"
        "</table><p>AQI từ 0-50: tốt cho sức khỏe.</p>")),
    ("list", "/gop-y.aspx", shell("<h1>Tiếng nói người dân</h1>" + "".join(f"<div><b>Nguyễn Văn {name}"
        f"</b> (0{i}/03/2026)<br>"
        f"Tôi đề nghị Sở kiểm tra việc bán hàng kém chất lượng ở chợ số {i}, người dân đã phản ánh nhiều lần.</div>"
        for i, name in enumerate(("An", "Bình", "Cường", "Dũng"), 1)))),
    ("list", "/hoi-dap.aspx", shell("<h2>Giải đáp</h2>" + "".join(f"<p>Hỏi: Thủ tục cấp phép loại {i} thế nào?</p><p>"
        "Đáp: Thương nhân nộp 01 bộ hồ sơ tại trung tâm hành chính công, thời hạn 07 ngày.</p>" for i in range(1, 5)))),
    ("list", "/ban-tin", shell("<h2>Bản tin nội bộ</h2>" + "".join(
        f"<div><img src=/b{i}.jpg><a href=/f/{i}.pdf>Bản tin số {i}/2026</a></div>" for i in range(1, 6)))),
    ("list", "/so-do-trang", shell("<h2>Sơ đồ trang</h2><ul><li><a href=/a>Giới thiệu</a></li><li><a href=/b>Tin tức"
        "</a></li></ul>", "Sơ đồ trang")),
    ("empty", "/quy-hoach-p12", shell("<h1>Quy hoạch - Kế hoạch</h1><div>10/03/2026</div><p>Không có bản ghi nào được "
        "tìm thấy.</p>")),
    *(("soft_404", "/tin-9.html", shell(f"<div>{words}</div>")) for words in (
        "Bài viết đã bị khóa", "Trang này không còn nữa", "ID không hợp lệ", "Tin tạm thời không khả dụng",
        "Có thể bài viết đã bị thu hồi.", "Bản tin này đã ngừng hiển thị")),
    ("other", "/thoi-tiet-12", shell("<h1>Dự báo thời tiết các tỉnh</h1><table><tr><td>Hà Nội</td><td>24-30°C</td></tr>"
        "<tr><td>Cà Mau</td><td>25-33°C</td></tr></table>", "Dự báo thời tiết các tỉnh")),
    ("list", "/so-2245", shell("<h1>Báo in số 2245</h1><p>Thứ Ba, 10/03/2026</p>" + "".join(
        f"<a href=/so-2245/trang-{i}><img src=/e/{i}.jpg>Trang {i}</a>" for i in range(1, 9)))),
    # the day is the visit's
    ("soft_404", "/tin-9.html", shell("<div>Thứ Ba, 10/03/2026</div><p>Bài viết bạn yêu cầu không được tìm thấy.</p>"
        "<p>Mời xem các tin khác.</p>", "Sở Công Thương")),
    ("error", "/2026/03/10/le-hoi", shell("<p>Trang web đang bảo trì trong giây lát. Xin quay lại sau một phút.</p>",
        "Bảo trì")),
    ("soft_404", "/tin-9.html", shell("<div><h1>Oops! Không tìm thấy trang đó.</h1><p>Thứ Ba, 10/03/2026</p><p>Hãy thử "
        "tìm kiếm.</p></div>")),
    ("error", "/tin-9.html", shell("<div><h1>Truy cập bị từ chối</h1><p>10/03/2026 08:00</p><p>Mã 77.</p></div>")),
    ("search", "/vb", shell("<div><h1>Tra cứu văn bản</h1><p>Thứ Ba, 10/03/2026</p><form>Số ký hiệu "
        "<input name=a></form></div>", "Tra cứu văn bản")),
    ("login", "/dk", shell("<div><h1>Đăng ký thành viên</h1><p>Thứ Ba, 10/03/2026</p><form><input name=a><input "
        "type=password></form></div>")),
    ("login", "/tin-9.html", shell("<div><h1>Thông báo nội bộ</h1><p>Ngày đăng: 09/03/2026</p><p>Nội dung này dành cho "
        "thành viên. Vui lòng đăng nhập để xem tiếp.</p></div>")),
    ("list", "/t3", shell("<div><h1>Tin trong tháng</h1><p>Thứ Ba, 10/03/2026</p><ul>" + "".join(
        f"<li>0{i}/03/2026 - <a href=/t/{i}>Hội nghị sơ kết công tác năm của xã số {i}</a></li>" for i in range(1, 8))
        + "</ul></div>")),
    # an address that is asked for is none that is missing
    ("other", "/hoi", shell("<h1>Gửi câu hỏi đến cơ quan của tỉnh</h1><p>Câu hỏi không rõ "
        "họ tên, địa chỉ sẽ không được trả lời.</p>"
        "<form><input name=a><input name=b><textarea name=c></textarea></form>")),
]  # fmt: skip


@pytest.mark.parametrize(("reason", "path", "html"), NO_ARTICLES)
def test_page_is_no_article(reason: str, path: str, html: str) -> None:
    read = read_article(html.encode(), f"{HOST}{path}", AT)
    assert isinstance(read, NotAnArticle), read
    assert read.reason == reason, read


_PICTURES = "".join(f"<div><img src=/a/{i}.jpg width=600><p>Bà con gói bánh lần {i}.</p></div>" for i in range(1, 6))
_NEXT = "".join(f"<a href=/video/v{i}><img src=/v/{i}.jpg><span>{name}</span></a>" for i, name in enumerate(NAMES * 2))
_QUIZ = "<form>" + asked(3, "<p>Câu {i}?</p><input type=radio name=q{i}>A <input type=radio name=q{i}>B") + "</form>"
_STORY = f"<p>{TOLD} Sáng nay, hơn 300 người đã dự lễ phát động tại quảng trường trung tâm.</p>" * 4

ARTICLES = [
    ("photo", "/album.php?id=31", shell(f"<h2>Lễ hội Kỳ yên đình Tân Hòa</h2>{_PICTURES}", "Thư viện ảnh")),
    ("photo", "/album.aspx?id=31", columns(f"<h2>Lễ hội Kỳ yên đình Tân Hòa</h2>{_PICTURES}")),
    ("text", "/tin.aspx?id=88", columns("<b>Tạm ngừng cung cấp điện khu vực thị trấn</b><br><i>(04/03/2026)</i><p>Thời "
        "gian: 7h00 - 11h00 ngày 06/3/2026.</p>")),
    ("text", "/tin.aspx?id=89", columns("<h3>Kết quả Hội thi tay nghề giỏi lần thứ V</h3><i>04/03/2026 09:12</i><table>"
        "<tr><td>Nhất</td><td>Trần Bảo</td><td>Công ty May</td></tr><tr><td>Nhì</td><td>Lê Thu</td><td>Công ty Bia"
        "</td></tr><tr><td>Ba</td><td>Võ An</td><td>Điện lực tỉnh</td></tr></table>")),
    ("video", "/video.aspx?id=77", columns("<b>Phóng sự: Đổi thay ở xã vùng biên Ia Mơ</b><br><i>04/03/2026</i><br>"
        "<iframe src=https://www.youtube.com/embed/abc></iframe>")),
    ("attachment", "/tin.aspx?id=90", columns("<h2>Quyết định công nhận xã đạt chuẩn nông thôn mới</h2><p>Tải về: <a "
        "href=/f/771.pdf>771_QD.pdf</a></p>")),
    ("text", "/lich-12", shell("<h1>Lịch tiếp công dân tháng 3 của Giám đốc Sở</h1><p>01/03/2026</p><table><tr><td>05/3"
        "</td><td>Giám đốc</td></tr><tr><td>20/3</td><td>Giám đốc</td></tr></table>")),
    ("text", "/tin-13.html", shell("<h1>Họp báo thường kỳ quý I năm 2026 của tỉnh</h1><p>Cập nhật lúc 15:20 ngày "
        "04/03/2026</p><p>Chiều nay, tỉnh họp báo quý I.</p>")),
    ("text", "/tin-14.html", shell("<div><h1>Đăng nhập VNeID: những điều cần biết</h1><p>Ngày đăng: 04/03/2026</p><p>"
        "Người dân mở ứng dụng rồi chọn đăng nhập.</p><input type=hidden name=id></div>")),
    ("text", "/tin-15.html", shell("<div><h1>Lỗi hệ thống làm chậm hồ sơ ở ba phường</h1><p>Ngày đăng: 04/03/2026</p>"
        "<p>Ba phường phải trả kết quả chậm một ngày.</p></div>")),
    ("text", "/tin-16.html", shell("<div><h1>THÔNG BÁO</h1><p>04/03/2026 08:15</p><p>Ủy ban nhân dân xã tạm dừng "
        "tiếp dân chiều thứ Sáu để sửa chữa trụ sở.</p></div>").replace(CLAIM, "")),
    ("text", "/du-lich/thac-771", shell("<h2>Thác Bảy Tầng - điểm đến hấp dẫn của du khách</h2><p>Thác đẹp nhất vào "
        "tháng 10, khi nước đổ trắng xóa qua bảy bậc đá giữa rừng già.</p><p>Từ trung tâm huyện, du khách đi xe máy "
        "chừng 40 phút là tới chân thác, đường đã trải nhựa.</p>")),
    ("text", "/tin-12.html", shell(f"<h1>Phát động cuộc thi tìm hiểu pháp luật</h1><p>04/03/2026</p>{_STORY}{_QUIZ}")),
    ("video", "/video/dai-hoi-v812", shell(f"<div><video src=/v/812.mp4></video></div><div><b>Tiếp theo</b>"
        f"{_NEXT}</div><div>"
        "<h2>Đại hội Thể dục thể thao thành phố lần thứ IX</h2><p>04/03/2026 | 19:45</p><p>Sáng nay, Đại hội khai "
        "mạc với hơn 2.000 vận động viên tranh tài ở 14 môn.</p><p>Đại hội kéo dài đến hết tháng.</p></div>")),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "path", "html"), ARTICLES)
def test_page_is_an_article(kind: str, path: str, html: str) -> None:
    read = read_article(html.encode(), f"{HOST}{path}", AT)
    assert isinstance(read, Article), read
    assert read.kind == kind


@pytest.mark.parametrize(
    ("line", "is_text"),
    [
        ("<div>Ban Chấp hành Đoàn tỉnh. Địa chỉ: 02 Quang Trung. Điện thoại: 0232.3822.066</div>", False),
        ("<div><p>UBND xã Yên Môn, huyện Tam Sơn. Điện thoại: 0229.3772.015</p></div>", False),
        ("<p>Mọi chi tiết xin gọi ĐT: 0229.3772.015 trước ngày 20/3 để được hướng dẫn.</p>", True),
    ],
)
def test_office_and_its_telephone_behind_the_text(line: str, is_text: bool) -> None:
    html = f"<h1>Phát động cuộc thi tìm hiểu pháp luật</h1><div>04/03/2026</div><div>{_STORY}</div>{line}"
    read = read_article(html.encode(), f"{HOST}/tin-12.html", AT)
    assert isinstance(read, Article), read
    assert ("0229" in read.body or "0232" in read.body) is is_text
