"""Where the posting time stands on a page: lines of every wording, in every place, beside data that agrees or not.

Each page is an article of our own invention between a clock, a menu, other news and an imprint.
"""

from __future__ import annotations

from datetime import datetime

import pytest

from archive.schema import VIETNAM, Article
from crawler.reading.article import read_article

AT = datetime(2026, 11, 20, 9, 0, tzinfo=VIETNAM)
URL = "https://tinh-x.example.gov.vn/tin-tuc/kiem-tra-12345.html"
D, M = "2026-10-12", "2026-10-12T08:21"
S = "12/10/2026 08:21"  # how most pages print it
T = "Chủ tịch UBND tỉnh kiểm tra tiến độ các công trình trọng điểm"
H = f"<h1>{T}</h1>"
L = "Sáng nay, đồng chí Chủ tịch UBND tỉnh đã đi kiểm tra thực tế tiến độ thi công các công trình trên địa bàn."
P = "".join(
    f"<p>Đoạn {word} nói về việc các nhà thầu đã huy động nhân lực, máy móc, thi công ba ca bốn kíp nhằm bảo đảm tiến "
    "độ đề ra, đồng chí yêu cầu các sở ngành phối hợp chặt chẽ.</p>"
    for word in ("một", "hai", "ba", "bốn")
)
A = '<a href="/a.html">Hội nghị tổng kết công tác năm của ngành</a>'
CLOCK = '<div class="clock">Thứ Sáu, 20/11/2026 09:00</div>'
OTHERS = "<div><h3>Các tin khác</h3><ul>" + "".join(
    f'<li><a href="/tin/{day}.html">Hội nghị tổng kết năm của ngành số {day}</a> <span>({day}/10/2026)</span></li>'
    for day in (11, 12, 13, 14)
) + "</ul></div>"  # fmt: skip
IMPRINT = "<div>Cổng Thông tin điện tử tỉnh. Giấy phép số 12/GP-TTĐT ngày 01/02/2020<br>Điện thoại: 0260 3862 000</div>"


def posted(article: str, *, head: str = "", clock: str = CLOCK, others: str = OTHERS) -> str | None:
    """The posting time of a page with that article, to the minute; the day where it has no clock."""
    html = (
        f'<html lang="vi"><head><meta charset="utf-8"><title>{T}</title>{head}</head><body><div>{clock}</div>'
        f'<ul class="menu"><li><a href="/">Trang chủ</a></li><li><a href="/tin">Tin tức</a></li></ul>'
        f'<div class="wrap">{article}{others}</div>{IMPRINT}</body></html>'
    )
    read = read_article(html.encode(), URL, AT)
    assert isinstance(read, Article), read
    return read.posted_at[:16] if read.posted_at else read.posted_on


# Lines as they stand under a headline.
LINES = [
    ("Tin đăng ngày 12/10/2026 08:21", M),
    ("Xúc tiến đầu tư 12/10/2026 08:21", M),
    ("Posted by admin on October 12, 2026", D),
    ("Đăng lúc: 08:21 hôm nay • 12 lượt xem", "2026-11-20T08:21"),
    ("Tin đăng: Hôm nay, 08h21", "2026-11-20T08:21"),
    ("Hôm nay: 12 lượt truy cập", None),
    ("Được viết: Thứ hai, 12 Tháng 10 2026 08:21", M),  # Joomla
    ("Written on Monday, 12 October 2026 08:21", M),
    ("Th 2, 12/10/2026 - 08:21", M),
    ("Th10 12, 2026", D),
    ("admin 12/10/2026 0 bình luận", D),
    ("Tác giả: Lê Hoa Ngày: 12/10/2026", D),
    ("Ngày hiển thị: 12/10/2026", D),
    ("Đưa lên lúc 08:21 12/10/2026", M),
    ("Update: 12/10/2026", None),
    ("12/10/2026 @ 08:21", M),
    ("Lê Hoa / 12/10/2026 / 254 lượt xem", D),
    ("<b>12</b><i>Tháng 10</i><i>2026</i>", D),
    ("<p>12/10/2026</p><p>-</p><p>08:21</p>", M),
    ("<b>Ngày đăng</b><span>Thứ Hai, 12/10/2026 08:21</span>", M),
    ("<b>Cập nhật</b><span>ngày 12/10/2026</span>", None),
    ("Thứ Hai, 12/10/2026 | 8:5", "2026-10-12T08:05"),
    ("Kinh tế / 12/10/2026 / 8h21", M),
    ("<span>08:21</span><span>12/10/2026</span>", M),
    ("Lượt xem: 254 | Ngày 12 tháng 10 năm 2026 (Thứ Hai)", D),
    ("1765 - 12 Th10, 2026", D),
    # an English weekday tells which number is the month's
    ("Mon, 10/12/2026 - 08:21", M),
    ("Mon, 12/10/2026 - 08:21", M),
    ("Đầu tư - 12/10/2026", D),
    ("Từ 12/10/2026", None),
    ("12/10/2026 | Thời lượng: 05:32", D),
    ("Thời lượng: 05:32 - 12/10/2026", D),
    ("12/10/2026 - 05:32 phút", D),
    ("Đăng bởi admin ngày 12/10/2026 08:21", M),
    ("Gửi lên ngày 12 tháng 10 năm 2026 - lúc 8 giờ 21 phút", M),
    ("Ngày tạo: 11/10/2026 09:02 | Ngày đăng: 12/10/2026 08:21", M),
    ("Ngày công bố: 12/10/2026 - 08h21 | Đã xem: 240", M),
    ('<i class="fa fa-calendar"></i> 12.10.2026 <i class="fa fa-clock-o"></i> 08.21 <i class="fa fa-eye"></i> 1765', M),
    ("Ngày công khai: 12/10/2026", D),
    ("Đưa tin: 12/10/2026", D),
    ("Viết ngày 12/10/2026", D),
    ("Tải lên: 12/10/2026 08:21", M),
    ("XB: 12/10/2026", D),
    ("Ngày phê duyệt: 12/10/2026", None),
    ("Bởi Lê Hoa, 12/10/2026", D),
    ("Tin trong tỉnh • 12/10/2026 • 3 phút đọc", D),
    ('<span class="t">10/13/2026 3:18:29 PM</span><span class="v">Lượt xem: 984</span>', "2026-10-13T15:18"),
    ("12-10-2026 Xuân Thọ Lượt xem: 123", D),
    ("Ngày 12 tháng 10 năm 2026 Theo VGP 123 lượt xem", D),
    # neighbours without a blank between them
    ("<span>Lượt xem: 254</span><span>12/10/2026 08:21</span>", M),
    ("<span>Lê Hoa</span><span>Đăng ngày 12/10/2026 08:21</span>", M),
    ("<span>1</span><span>2</span>/10/2026 <span>08</span>:<span>21</span>", M),
    ("08 giờ 21, ngày 12/10/2026 / Tin trong tỉnh", M),
    ("12/10/2026/QĐ-UBND", None),
    ("Ngày đăng: 12/10/2026 - Giờ đăng: 08:21", M),
    ("Đưa tin lúc 08:21 ngày 12/10/2026", M),
    ("Thời điểm đăng: 08:21 12/10/2026", M),
    ("Ngày đăng 12/10/2026 | Danh mục: <a href=/truyen-thong>Truyền thông giáo dục sức khỏe</a>", D),
    ("Ngày phát hành: 12/10/2026", D),
    ("Ngày đưa lên: 12/10/2026 08:21", M),
    ("Ngày nhập: 12/10/2026", D),
    ("Đăng tải vào: 08:21, 12/10/2026", M),
    ("Post date: 12/10/2026 08:21", M),
    ("Được viết ngày 12/10/2026 08:21", M),
    ("Viết bởi Lê Hoa ngày 12/10/2026 08:21", M),
    ("Ngày khởi tạo: 12/10/2026", D),
    ("Thứ hai ngày 12 tháng 10 năm 2026 lúc 8 giờ 21 phút", M),
    ("12 Th10 2026", D),
    ("12/Th10/2026", D),
    ("12 thg 10, 2026", D),
    ("T2, 12/10/26 08:21", M),
    ("2026/10/12 08:21", M),
    ("12.10.26", D),
    ("08:21 AM - 12/10/2026", M),
    ("12/10/2026 8:21:33 SA", M),
    ("12/10/2026 lúc 08 giờ 21", M),
    ("12/10/2026, 8 giờ 21'", M),
    ("Ngày đăng tin: Thứ Hai, 12/10/2026 - 08:21:33", M),
    ("(Đăng lúc: 12/10/2026 08:21:33)", M),
    ("[12/10/2026 - 08:21]", M),
    ("12/10/2026 (08:21)", M),
    ("12/10/2026, lúc 08:21 sáng", M),
    ("12/10/2026 lúc 8h21 sáng", M),
    ("12/10/2026 2:21 chiều", "2026-10-12T14:21"),
    ("12/10/2026 02:21 PM", "2026-10-12T14:21"),
    ("12/10/2026 14:21 PM", "2026-10-12T14:21"),
    ("12-10-2026 | 08:21 | Lê Hoa | 254 lượt xem", M),
    ("Lê Hoa | 12-10-2026 | 08:21", M),
    ("Bởi Ban Biên tập | 12/10/2026", D),
    ("Nguồn tin: Báo Kon Tum - Ngày: 12/10/2026", D),
    ("Ngày: 12/10/2026", D),
    ("Ngày 12/10/2026", D),
    ("ngày 12 tháng 10 năm 2026", D),
    ("Cập nhật lần cuối: 15/10/2026 10:00 | Ngày đăng: 12/10/2026 08:21", M),
    ("Ngày đăng: 12/10/2026 | Ngày sửa: 15/10/2026", D),
    ("Thời gian: 12/10/2026 08:21", None),
    ("Ngày tạo: 12/10/2026 08:21 | Người tạo: admin", M),
    ("Đã đăng 12/10/2026 08:21", M),
    ("Đăng 12/10/2026 lúc 08:21", M),
    ("Tạo lúc 08:21 - 12/10/2026", M),
    ("Xuất bản ngày 12 tháng 10 năm 2026 lúc 08:21", M),
    ("08:21:33 12/10/2026", M),
    ("08:21:33 ngày 12-10-2026 GMT+7", M),
    ("Oct 12, 2026 08:21 AM", M),
    ("Oct 12 2026", D),
    ("12 Oct 2026 08:21", M),
    ("Published: 12/10/2026 08:21", M),
    ("2026-10-12T08:21:00+07:00", M),
    ("2026-10-12T01:21:00Z", M),
    ("20261012", None),
    ("12102026", None),
    ("32/10/2026 08:21", None),
    ("12/13/2026 08:21", None),
    ("12/10/2036 08:21", None),
    ("12/10/2026 25:21", None),
    ("Hôm qua, 08:21", "2026-11-19T08:21"),
    ("3 ngày trước", "2026-11-17"),
    ("Cách đây 3 ngày", "2026-11-17"),
    ("2 giờ trước", "2026-11-20"),
    ("Vừa xong", "2026-11-20"),
    ("mùng 8 tháng Giêng âm lịch", None),
    ("12/10", None),
    ("12/10 08:21", None),
    ("Tháng 10/2026", None),
    ("Năm 2026", None),
    ("Từ 12/10/2026 đến 15/10/2026", None),
    ("12-15/10/2026", None),
    ("Thứ Hai, 12/10/2026 08:21 (GMT +7)", M),
    ("12/10/2026 08:21 GMT+07:00", M),
    ("12/10/2026 08:21 (UTC+7)", M),
    ("12/10/2026 01:21 UTC", M),
    ("12 / 10 / 2026 - 08 : 21", M),
    ("12/ 10/ 2026", D),
    ("Ngày đăng : 12/10/2026 08:21 , Lượt xem : 254", M),
    ("NGÀY ĐĂNG: 12/10/2026 08:21", M),
    ("Ngày đăng - 12/10/2026 08:21", M),
    ("Ngày đăng 12/10/2026, 08:21", M),
    ("ngày đăng:12/10/2026-08:21", M),
    ("Ngay dang: 12/10/2026 08:21", M),
    ("Đăng ngày 12/10/2026 lúc 08:21 bởi Lê Hoa - 254 lượt xem", M),
    ("Thứ hai - 12/10/2026 08:21 - Đã xem: 254", M),
    ("Thứ hai - 12/10/2026 08:21 254 0", M),
    ("Thứ 2, 12.10.2026 | 08:21:33", M),
    ("Ngày ban hành: 12/10/2026", None),
    ("Kon Tum 12/10/2026 08:21", M),
    ("Ngày công bố: 12/10/2026", None),
    ("Lượt xem: 12102 12/10/2026", D),
    ("#12345 12/10/2026 08:21", M),
    ("Mã tin: 12345 | Ngày đăng: 12/10/2026 08:21", M),
    ("Số lượt xem: 254 Ngày đăng: 12/10/2026 08:21 Cỡ chữ: A A", M),
    ("T.Hai 12/10/2026 08:21", M),
    ("Chủ nhật ngày 11/10/2026, 08:21", "2026-10-11T08:21"),
    ("CN, 11/10/2026", "2026-10-11"),
    ("Đăng bởi Admin vào 08:21 12/10/2026", M),
    ("Người viết: Lê Hoa - Ngày viết: 12/10/2026 08:21", M),
    ("Ngày hiệu lực: 12/10/2026", None),
    ("12/10/2026 08:21 | Chính trị - Xã hội | Bình luận (0)", M),
    # pictures among the words, and the private letters of icon fonts
    ("📅 12/10/2026 🕑 8:21 SA 🎧 88", M),
    ("<i>\uf073</i> 12/10/2026 <i>\uf017</i> 08:21", M),
    ("🗓️ 12/10/2026", D),
    ("12/10/2026 ▶ 08:21", D),
    # when a bulletin was read out, its figures measured, a picture taken
    ("Bản tin phát lúc 15h30 ngày 12/10/2026", "2026-10-12T15:30"),
    ("Số liệu lúc 07:00 12/10/2026", None),
    ("Ghi hình ngày 12/10/2026", None),
]


@pytest.mark.parametrize(("line", "wanted"), LINES)
def test_line_under_the_headline(line: str, wanted: str | None) -> None:
    assert posted(f'<div class="ct">{H}<div>{line}</div>{P}</div>') == wanted


# (what is tried, the article's element, the answer)
PLACES = [
    ("at the end, with its readers", f"{H}{P}<div>12/10/2026 - 25 lượt xem</div>", D),
    ("at the end, behind its readers", f"{H}{P}<div>Lượt xem: 25 12/10/2026</div>", D),
    ("at the end, before its readers", f"{H}{P}<div>Thứ hai - 12/10/2026 08:21 - Đã xem: 123</div>", M),
    ("Blogger's foot", f'{H}<div>{P}</div><div>Vào lúc <abbr class="published" title="2026-10-12T08:21:00+07:00">8:21'
                       f"</abbr></div>", M),
    ("yesterday's visitors", f"{H}{P}<div>Hôm nay: 120<br>Hôm qua: 351<br>Tuần này (1.203)</div>", None),
    ("the visitors of a day", f"{H}{P}<div>Ngày 12/10/2026: 120 lượt<br>Tháng 10/2026: 2.871 lượt</div>", None),
    ("a labelled card behind a list", f"{H}{P}<p>{A}</p><div><p><a href=/b>Thông báo lịch nghỉ lễ của các cơ quan"
                                      "</a></p><p>Ngày đăng: 11/10/2026</p></div>", None),
    ("behind the lead and a name", f"{H}<h3>{L}</h3><p><b>Lê Hoa</b><i>{S}</i></p>{P}", M),
    ("a birth behind the lead", f"{H}<h3>{L}</h3><p>Lê Văn Hoa 12/10/2001</p>{P}", None),
    ("Elementor's two items", f"{H}<ul><li>12 Tháng Mười, 2026</li><li>8:21 sáng</li></ul>{P}", M),
    ("marked as an update time", f'{H}<div class="cap-nhat">{S}</div>{P}', M),
    ("SharePoint's blog", f"{H}<div>{P}</div><div>Đăng bởi System Account lúc {S} | Liên kết cố định</div>", M),
    ("Drupal's account", f"{H}<div>{P}</div><div>Đăng bởi <a href=/u>truyenthong</a> ngày 12/10/2026 - 08:21</div>", M),
    ("WordPress's footer", f'<article>{H}<div>{P}</div><footer class="entry-footer"><a href="/u/a">admin</a><span '
                           f'class="posted-on"><a href="/?p"><time>12/10/2026</time></a></span></footer></article>', D),
    ("marked by an icon", f'{H}<p><i class="fa fa-clock-o"></i> {S} <i class="fa fa-eye"></i> 254</p>{P}', M),
    ("behind the lead", f"{H}<p><b>{L}</b></p><p>{S}</p>{P}", M),
    ("behind the lead, marked", f'{H}<p class="sapo">{L}</p><div class="ngay">12/10/2026</div>{P}', D),
    ("behind the lead, in brackets", f'{H}<p class="sapo">{L}</p><div>(08:21 | 12/10/2026)</div>{P}', M),
    ("over the headline", f'<div class="post-time">{S}</div>{H}{P}', M),
    ("over the headline, with its section", f'<div><a href="/tin">Tin trong tỉnh</a> | {S}</div>{H}{P}', M),
    ("at the end, labelled", f'{H}{P}<p style="text-align:right"><em>Ngày đăng: 12/10/2026</em></p>', D),
    ("at the end, alone", f"{H}{P}<div>{S}</div>", M),
    ("at the end, labelled, under a file", f"{H}{P}<a href=/f/ke-hoach.pdf>Kế hoạch</a><p>Đưa lên ngày: {S}</p>", M),
    ("at the end, after the name", f'{H}{P}<p class="author-date">Lê Hoa - {S}</p>', M),
    ("at the end, under the name", f"{H}{P}<p align=right><b>Lê Hoa</b><br>{S}</p>", M),
    ("at the end, in a table", f"{H}{P}<table><tr><td>Tin đăng lúc:</td><td>08:21 - 12/10/2026</td></tr></table>", M),
    ("in cells", f"<table><tr><td>{T}</td></tr><tr><td>{S}</td></tr><tr><td>{P}</td></tr></table>", M),
    ("all in one cell", f"<table><tr><td><b>{T}</b><br><i>{S}</i><br>{L}<br>{L} Hết.</table>", M),
    ("label and a value in words", f"{H}<dl><dt>Ngày đăng<dd>Ngày 12 tháng 10 năm 2026</dl>{P}", D),
    ("behind the source, in words", f"{H}<p>Nguồn: Báo Kon Tum - 12 Tháng Mười, 2026</p>{P}", D),
    ("label and value", f"{H}<dl><dt>Ngày đăng</dt><dd>{S}</dd><dt>Lượt xem</dt><dd>254</dd></dl>{P}", M),
    ("under a column's head", f"{H}<table><tr><th>Ngày đăng<th>Xem</tr><tr><td>{S}<td>254</tr></table>{P}", M),
    ("day and clock apart", f"{H}<div><div>12/10/2026</div><div>08:21</div></div>{P}", M),
    ("day of a calendar", f'<i class="d">12</i><i class="m">Tháng 10</i><i class="y">2026</i>{H}{P}', D),
    ("posted and changed", f"{H}<div>Ngày đăng: {S} - Cập nhật: 15/10/2026 10:00</div>{P}", M),
    ("changed and posted", f"{H}<div>Cập nhật: 15/10/2026 10:00 | Đăng: {S}</div>{P}", M),
    ("only changed", f"{H}<div>Cập nhật lúc: 15/10/2026 10:00</div>{P}", None),
    ("before a link that begins alike", f"{H}<nav class=tools><span>12/10/2026 8:21:00 SA</span><a>Sao</a></nav>{P}",
     M),
    ("in a toolbar", f'{H}<div class="toolbar"><span>{S}</span><a href="#">In bài</a></div>{P}', M),
    ("in a nav", f'{H}<ul class="nav"><li>{S}</li><li>254</li></ul>{P}', M),
    ("in a nav, labelled", f'{H}<div class="nav-info">Nguồn: Báo Kon Tum | Đăng ngày: {S} | Lê Hoa</div>{P}', M),
    ("in cells behind the lead", f"{H}<h2>{L}</h2><table><tr><td>Ban Biên tập<td>{S}</tr></table>{P}", M),
    ("in a bar over the headline, labelled", f'<div class="top-bar">Đăng ngày {S}</div>{H}{P}', M),
    ("in a list behind the lead", f"{H}<h2>{L}</h2><ul><li>{S}</li><li>Lê Hoa</li></ul>{P}", M),
    ("in an aside", f"{H}<aside>{S}</aside>{P}", M),
    ("beside the count of comments", f'{H}<div class="comments-link">{S} | 0 bình luận</div>{P}', M),
    ("in a header", f"<header>{H}<p>{S}</p></header>{P}", M),
    ("over the headline, in the head", f'<div class="top-meta">Thứ 2, 12.10.2026 | 08:21 Tin tỉnh</div>{H}{P}', M),
    ("in a header, over the headline", f"<header><span>Thứ Hai, 12/10/2026, 08:21</span>{H}</header>{P}", M),
    ("in the headline", f"<h1>{T} (12/10/2026)</h1>{P}", D),
    ("in the headline, labelled", f"<h1>{T} <i>(Ngày đăng: {S})</i></h1>{P}", M),
    ("in the headline, labelled in an element", f"<h1>{T} <small>Ngày đăng: 12/10/2026</small></h1>{P}", D),
    ("in the headline, in brackets and words", f"<h1>{T} (lúc 8h21 ngày 12/10/2026)</h1>{P}", M),
    ("in the headline, in an element, the day alone", f"<h1>{T} <span>12/10/2026</span></h1>{P}", D),
    ("under a headline that names a day", f"<h1>Kết quả xổ số miền Trung (11/10/2026)</h1><p>{S}</p>{P}", M),
    ("at the end, under a headline that names a day", f"<h1>Kết quả xổ số miền Trung (11/10/2026)</h1><div>{P}</div>"
     "<p>12/10/2026</p>", D),
    ("a meeting's in the headline", f"<h1>{T} (Họp ngày 12/10/2026)</h1>{P}", None),
    ("in the headline, with a clock", f"<h1>{T} <small>{S}</small></h1>{P}", M),
    ("in the title of a relative time", f'{H}<span class="time" title="{S}">39 ngày trước</span>{P}', M),
    ("in a time element", f'{H}<time datetime="2026-10-12T08:21:00+07:00">39 ngày trước</time>{P}', M),
    ("a relative time", f'{H}<div class="time">39 ngày trước</div>{P}', D),
    ("in one of many fields", f"{H}<div>Tin tỉnh / Ban Biên tập Cổng Thông tin của tỉnh / {S} / 254 lượt</div>{P}", M),
    ("text parted by br", f"{H}<div>{S}<br>{L}<br><br>{L} Thêm một câu nữa cho dài hơn để đọc.</div>", M),
    ("over the article, by its class", f'<div class="post-date">{S}</div><article>{H}{P}</article>', M),
    ("behind a list of contents", f"{H}<ul><li>Kết quả</li><li>Ý kiến</li><li>Giải pháp</li></ul><p>{S}</p>{P}", M),
    ("in a row with tools", f"{H}<table><tr><td>{S}<td>In<td>Gửi email</tr></table>{P}", M),
    ("over a table of days", f"{H}<div>12/10/2026</div><p>{L}</p><table><tr><td>Ngày<td>Xe</tr><tr><td>11/10/2026<td>8"
                             f"<tr><td>13/10/2026<td>9</tr></table>{P}", D),
    ("over an agenda", f"{H}<div>12/10/2026</div><p>{L}</p><p>Thứ Ba, 13/10/2026</p><p>8h00: Họp giao ban</p>{P}", D),
    ("over the number of a gazette", f"{H}<div>12/10/2026</div>{P}<h3>Công báo</h3><p>Số 33 ngày 01/10/2026</p>", D),
    ("on a schedule", f"{H}<div>{S}</div><p>Thứ Ba, 13/10/2026</p><p>{L}</p><p>Thứ Tư, 14/10/2026</p>{P}", M),
    ("day and clock, each labelled", f"{H}<dl><dt>Ngày đăng<dd>12/10/2026<dt>Giờ đăng<dd>08:21</dl>{P}", M),
    ("on a card beside the text", f"{H}{P}<aside><p>Ngày đăng: {S}</p><p>Tác giả: Lê Hoa</p></aside>", M),
    ("at the end, the day alone", f"{H}{P}<p>12/10/2026</p>", D),
    ("at the end, under the weekday", f"{H}<div>{P}</div><div>Thứ Hai, 12/10/2026</div>", D),
    ("in a list of fields, a linked section first", f"{H}<dl><dd>Chuyên mục: <a href=/h>Hoạt động nhà trường</a></dd>"
     f"<dd>Được tạo: 11/10/2026</dd><dd>Đăng: {S}</dd></dl>{P}", M),
    ("in a list of fields, drafted alone", f"{H}<dl><dd>Chuyên mục: <a href=/h>Hoạt động nhà trường</a></dd>"
     f"<dd>Được tạo: 12/10/2026</dd><dd>Lượt xem: 3391</dd></dl>{P}", D),
    ("at the end, beside who posted it", f"{H}{P}<table><tr><td>Đăng bởi: vp<td>Lúc 8h21 ngày 12/10/2026</table>", M),
    ("at the end, in a footer with its writer", f"<article>{H}{P}<h3>Chia sẻ:</h3><ul><li>Zalo</ul><footer><a href=#>"
     "12 Tháng Mười, 2026</a> bởi <b>Lê Hoa</b></footer></article>", D),
    ("over the headline, over the page's tools", f"<section><div>Ngày tạo: {S} Lượt đọc: 42</div><button>A-</button>"
     f"<button>A</button><button>A+</button><button>Đọc bài</button><button>Tương phản</button>{H}{P}</section>", M),
    ("over the headline, on the day of the visit, by its class", f"<div class=tin-ngay>20/11/2026 08:21</div>{H}{P}",
     "2026-11-20T08:21"),
    ("under a file with a day of its own", f"{H}<div>{P}<p>Tệp: <a href=/f/k.pdf>KH.pdf</a> (11/10/2026)</p><p>{S}</p>"
     "</div>", M),
    ("at the end, in brackets and words", f"{H}<div>{P}</div><p>(ngày 12 tháng 10 năm 2026)</p>", D),
    ("under the headline, behind the writer", f"{H}<p><a href=/u>Lê Hoa</a> 📅 12/10/2026</p>{P}", D),
    ("at the end, under a schedule that ends in a label", f"{H}<div>{P}<table><tr><td>11/10/2026<td>Khai mạc<tr><td>"
     f"13/10/2026<td>Bế mạc</table><p>{S}</p></div>", M),
    ("at the end, as the news of a day", f"{H}<div>{P}<p>Tin ngày: 12/10/2026</p></div>", D),
    ("over the headline of a print page", f"<p>{S}</p>{H}{P}", M),
    ("a calendar's leaf, the month first", f"<div><p>THÁNG 10</p><p>12</p><p>2026</p></div>{H}{P}", D),
    ("in a list, behind a writer called Hân", f"{H}<ul><li>Tác giả: Kim Sa Rây, Ngọc Hân<li>{S}<li>208</ul>{P}", M),
    ("at the end, behind two writers", f"{H}<div>{P}<div>Lê Hoa &amp; Văn Kim {S}</div></div>", M),
    ("at the end, an element behind the source", f"{H}<div>{P}<p>Nguồn: Báo Kon Tum <i>12/10/2026</i></p></div>", D),
    ("at the end, with the account that sent it", f"<article>{H}{P}<footer>Gửi bởi webmaster vào Thứ hai, 12/10/2026 "
     "- 08:21</footer></article>", M),
    ("its clock in a later row", f"{H}<table><tr><td>Ngày đăng:<td>12/10/2026<tr><td>Lượt xem:<td>196<tr><td>Giờ đăng:"
     f"<td>8:21</table>{P}", M),
    ("at the end, under the bare label", f"{H}{P}<table><tr><td>LÊ HOA<tr><td>Đăng<tr><td>{S}</table>", M),
    ("in a narrow column, over a link to the comments", f"<div class=tin><div class=tin__left><p>Thứ 2</p><p>12/10/2026"
     f"</p><p>08:21</p><a href=#bl>0 bình luận</a></div><div class=tin__right>{H}{P}</div></div>", M),
    ("at the end, in brackets behind the writer", f"{H}<div>{P}<p>Lê Hoa (Thứ Hai, 12/10/2026)</p></div>", D),
    ("at the end, in rows of a table that holds all", f"<table><tr><td>{H}</tr><tr><td>{P}</tr><tr><td><p>Lê Hoa</p>"
     "<p>12/10/2026</p><p>8 giờ 21</p></tr></table>", M),
    ("over the headline, under a way no class names", f"<section><div><a href=/>Trang chủ</a> » <a href=/tin>Tin tức"
     f"</a></div><div>Ngày đăng: {S}</div>{H}{P}</section>", M),
    ("clock under its label, the day under both", f"{H}<p>Đăng vào lúc: 8 giờ 21 phút<br>12/10/2026</p>{P}", M),
    ("label, weekday and day apart", f"{H}<table><tr><td>Ngày xuất bản:<td><div>Thứ Hai</div><div>12/10/2026</div>"
     f"</tr></table>{P}", D),
    ("the update's clock and day apart", f"{H}<p>Lần sửa cuối: 08:21<br>12/10/2026</p>{P}", None),
    ("at the end, behind what no writer is", f"{H}<div>{P}<div>Mức nước hồ Trà Khúc {S}</div></div>", None),
    ("at the end, in words", f"{H}<div>{P}</div><p><em>Ngày 12 tháng 10 năm 2026</em></p>", D),
    ("at the end, behind the writer", f"{H}<div>{P}</div><p>Lê Hoa - 12/10/2026</p>", D),
    ("at the end, under the writer", f"{H}<div>{P}<p align=right><b>Lê Hoa</b></p></div><div>12/10/2026</div>", D),
    ("at the end, behind tools", f"{H}<div>{P}</div><p><a href=#>In bài</a> <a href=#>Gửi</a></p><p>12/10/2026</p>", D),
    ("at the end, in the element's footer", f"{H}<div>{P}</div><footer>12/10/2026</footer>", D),
    ("at the end, in a row with its readers", f"{H}{P}<table><tr><td>12/10/2026<td>254 lượt xem</tr></table>", D),
    ("behind the lead, under the weekday", f"{H}<p><b>{L}</b></p><p>Thứ Hai, 12/10/2026</p>{P}", D),
    ("behind the lead, behind the writer", f"{H}<p><b>{L}</b></p><p>Lê Hoa - 12/10/2026</p>{P}", D),
    ("over the headline, under the weekday", f"<div>Thứ Hai, {S}</div>{H}{P}", M),
    ("in an element among others", f"{H}<p><b>Tin trong tỉnh</b> <span>12/10/2026</span> <span>254</span></p>{P}", D),
    ("a calendar's leaf of three lines", f"{H}<div class=cal><p>12</p><p>Tháng 10</p><p>2026</p></div>{P}", D),
    ("a link of the day", f'{H}<div><a href="/kinh-te">Kinh tế</a> | <a href="/ngay">{S}</a></div>{P}', M),
    ("in a list of fields behind the lead", f"{H}<p><b>{L}</b></p><ul><li>Lê Hoa<li>12/10/2026<li>254</ul>{P}", D),
    ("at the end, before tools", f"{H}<div>{P}</div><div>12/10/2026 Chia sẻ In bài A- A+</div>", D),
    ("at the end, in a time element", f'{H}<div>{P}</div><time datetime="2026-10-12T08:21+07:00">12/10/2026</time>', M),
    ("over the headline, in a time element", f'<time datetime="2026-10-12T08:21+07:00">39 ngày trước</time>{H}{P}', M),
    ("behind who put it there", f"{H}<p><b>{L}</b></p><p>Người đăng: Lê Hoa | Ngày: 12/10/2026</p>{P}", D),
    ("beside a recording's length", f"{H}<ul><li class=d>12/10/2026</li><li class=ic-len>08:42</li></ul>{P}", D),
    ("over the time of a bulletin", f"<p>{S} | 254 lượt xem</p>{H}<p><i>Tin phát lúc: 7h30 ngày 12/10/2026</i></p>{P}",
     M),
    ("a linked day and writer", f"{H}<div><a href=/d>Thứ Hai, 12/10/2026</a> <a href=/u>Lê Hoa</a></div>{P}", D),
    ("over questions and the days of their answers",
     f"{H}<div>{S}</div>{P}<dl><dt><a href=/q1>Hỏi về thủ tục cấp đổi thẻ căn cước?</a><dd>Đã trả lời ngày 13/09/2026"
     "<dt><a href=/q2>Hỏi về mức đóng bảo hiểm y tế hộ gia đình?</a><dd>Đã trả lời ngày 21/08/2026</dl>", M),
    # what is no posting time
    ("a file's, behind its link", f"{H}<div>{P}<p><a href=/f/kh.docx>KH-88.docx</a> (Cập nhật {S})</p></div>", None),
    ("a file's, under the headline", f"{H}<ul><li><a href=/f/m.doc>Mẫu.doc</a> <i class=date>{S}</i></ul>{P}", None),
    ("a file's, behind the word of its link", f"{H}<div>{P}<p><a href=/f/k.doc>Tải về</a> 12/10/2026</p></div>", None),
    ("a deadline's, under its label", f"{H}<table><tr><td>Hạn nộp hồ sơ</tr><tr><td>12/10/2026</tr></table>{P}", None),
    ("a deadline's, beside its label", f"{H}<dl><dt>Thời hạn góp ý<dd>17:00 12/10/2026</dl>{P}", None),
    ("an examination's, under its label", f"{H}<p>{L}</p><div><b>Ngày thi tuyển:</b><p>12/10/2026</p></div>{P}", None),
    ("a meeting's", f"{H}<p>Cuộc họp ngày 12/10/2026</p>{P}", None),
    ("a day's of a calendar", f"{H}<p>{L}</p><p>Ngày 12/10/2026</p><p>- Sáng: Họp giao ban</p><p>- Chiều: Đi</p>{P}",
     None),
    ("a paragraph's heading", f"{H}<p>{L}</p>{P}<p><b>12/10/2026</b></p>{P}", None),
    ("a source's", f"{H}{P}<p>Nguồn: Báo Nhân Dân, 12/10/2026</p>", None),
    ("a file's", f'{H}{P}<p><a href="/f/ke-hoach.pdf">Kế hoạch số 12</a></p><p>12/10/2026</p>', None),
    ("a letter's, over its signer", f"{H}{P}<p>Ngày 12 tháng 10 năm 2026</p><p>CHỦ TỊCH</p><p>Văn A</p>", None),
    ("an event.s", f"{H}<div>{P}</div><div>12/10/2026</div><div>Hội nghị trực tuyến toàn tỉnh</div>", None),
    ("a card's", f"{H}{P}<div><a href=/a><img src=a.jpg></a><a href=/a><h4>Hội thi tiếng hát thiếu nhi</h4></a><i "
                 f"class=date>{S}</i></div>", None),
    ("a film's under its picture", f"{H}{P}<p><a href=/v><img src=v.jpg></a></p><p><a href=/v>Phóng sự</a><p>{S}</p>",
     None),
    ("a reader's without a heading", f"{H}{P}<div><b>Văn A</b><i class=time>{S}</i><p>Mong thêm chuyến.</p></div>",
     None),
    ("two answers'", f"{H}{P}<h5>Hỏi đáp</h5><p>Đã trả lời ngày 13/09/2026</p><p>Đã trả lời ngày 21/08/2026</p>", None),
    ("of a trial", f"{H}<p>Ngày xét xử: 25/10/2026</p>{P}", None),
    ("of a day of work", f"{H}<p>Ngày làm việc: 25/10/2026</p>{P}", None),
    ("of another story that a script names", f'{H}{P}<script>var rel=[{{"title":"Tin khác của tỉnh","publishDate":'
                                             f'"2026-10-01 08:00"}}]</script>', None),
    ("of the source's issue", f"{H}<p>Nguồn: Báo Kon Tum, ngày 12/10/2026</p>{P}", None),
    ("a measurement's", f"{H}<p>Mực nước lúc 7h ngày 12/10/2026: 3,2 m</p>{P}", None),
    ("of one day's agenda", f"{H}<p><b>Ngày 12/10/2026</b></p><p>Sáng: họp giao ban tại hội trường</p>{P}", None),
    ("a reader's", f"{H}<div>{P}</div><p>Văn A - 13/10/2026 10:00</p><p>Bài viết rất hay và bổ ích cho tôi.</p>", None),
    ("a day the text begins with", f"{H}<p>Ngày 12/10/2026, {L}</p>{P}", None),
    ("place and day of a letter", f"{H}<p>Kon Tum, ngày 12 tháng 10 năm 2026</p>{P}", None),
    ("a document's", f"{H}<p>Số: 123/UBND-VX ngày 12/10/2026</p>{P}", None),
    ("an event's", f"{H}<p>Thời gian: 08:00 ngày 25/10/2026</p><p>Địa điểm: Hội trường</p>{P}", None),
    ("a tender's", f"{H}<p>Thời điểm đóng thầu: 09:00 ngày 30/10/2026</p><p>Hạn nộp: 30/10/2026</p>{P}", None),
    ("a table's of the text", f"{H}{P}<table><tr><th>Date<th>Số</tr><tr><td>05/10/2026<td>200</tr></table>", None),
    ("hidden", f'{H}<div style="display:none">{S}</div>{P}', None),
    ("a link's in the text", f'{H}<p>{L}</p><div>{A}<span class="date">09/10/2026 07:00</span></div>{P}', None),
    ("a schedule's", f"{H}<p>Thứ Hai, 12/10/2026</p><p>8h00: Họp</p><p>Thứ Ba, 13/10/2026</p>{P}", None),
    ("a live report's", f"{H}<div>15:30 12/10/2026</div><p>{L}</p><div>14:30 11/10/2026</div><p>{L}</p>", None),
    ("a photograph's", f'{H}<p class="caption">Ảnh chụp ngày 12/10/2026</p>{P}', None),
    ("an interview's", f"{H}<p>(Phỏng vấn thực hiện ngày 12/10/2026)</p>{P}", None),
    ("a question's and its answer's", f"{H}<p>Ngày gửi: 01/10/2026</p><p>Ngày trả lời: 12/10/2026</p>{P}", None),
    ("a letter's end", f"{H}{P}<p align=right>Kon Tum, ngày 12 tháng 10 năm 2026<br>CHỦ TỊCH</p>", None),
    ("of linked rows", f"{H}<div><a href=/1>Hội nghị tổng kết 11/10/2026</a></div><div><a href=/2>Khai trương thư "
                       f"viện 12/10/2026</a></div>{P}", None),
    ("rows of a schedule", f"{H}<table><tr><th>Ngày<th>Việc</tr><tr><td>15/10/2026<td>Họp</tr></table>{P}", None),
    ("a comment's", f'{H}{P}<div class="binh-luan"><b>A</b> <i class="date">13/10/2026 10:00</i></div>', None),
]  # fmt: skip


# What stands before the first words of the text, the time it states, and whether it is cut off there.
OPENINGS = [
    ("(12/10/2026 08:21) ", M),
    ("(12/10/2026) - ", D),
    ("[12/10/2026 08:21] ", M),
    ("(Thứ Hai, 12/10/2026 - 08:21) - ", M),
    ("(Đăng lúc: 08:21 12/10/2026) ", M),
    ("(Họp ngày 12/10/2026) ", None),
    ("(Cập nhật: 12/10/2026) ", None),
    ("<b>12/10/2026 08:21</b> ", M),
    ("<i>12/10/2026</i> - ", D),
    ("12/10/2026 08:21 - ", M),
    ("Ngày 12/10/2026, ", None),
    ("12/10/2026, ", None),
    ("(12/10) ", None),
    ("(12-14/10/2026) ", None),
]


@pytest.mark.parametrize(("opening", "wanted"), OPENINGS)
def test_time_before_the_first_words(opening: str, wanted: str | None) -> None:
    assert posted(f'<div class="ct">{H}<div><p>{opening}{L}</p>{P}</div></div>') == wanted
    html = f"<title>{T}</title><div>{H}<div><p>{opening}{L}</p>{P}</div></div>"
    read = read_article(html.encode(), URL, AT)
    assert isinstance(read, Article)
    assert read.body.startswith(L) is (wanted is not None)


WAYS = [
    ("<div><svg></svg>{}<svg></svg>3 phút đọc</div>{}", "12 tháng 10, 2026", D),
    ("<div class=breadcrumb><a href=/>Trang chủ</a> / <a href=/t>Tin tức</a> / {}</div><div>{}</div>", S, M),
    ("<ul class=breadcrumb><li><a href=/>Trang chủ</a></li><li>{}</li></ul><div>{}</div>", S, M),
    ("<ul class=breadcrumb><li><a href=/>Trang chủ</a></li><li>{}</li></ul><div>{}</div>", "20/11/2026 08:21", None),
    ("<ul class=breadcrumb><li><a href=/>Trang chủ</a></li><li>{}</li></ul><div>{}</div>", "12/10/2026", D),
    ("<ul class=breadcrumb><li><a href=/>Trang chủ</a></li><li>{}</li></ul><div>{}</div>", "19/11/2026", None),
    ("<ul class=breadcrumb><li>Thứ Hai, {}</li></ul><div>{}</div>", S, None),
    # two ways beside each other: the clock stands in the page's head
    (f"{CLOCK}<ul class=breadcrumb><li><a href=/t>Tin tức</a></li><li>Thứ Hai, {{}}</li></ul><div>{{}}</div>", S, M),
    (f"{CLOCK}<ol class=crumbs><li><a href=/t>Tin</a></li><li>Thứ 2, {{}}</li></ol><div>{{}}</div>", "12/10/2026", D),
    (
        f"{CLOCK}<ol class=crumbs><li><a href=/t>Tin</a></li><li>Thứ 6, {{}}</li></ol><div>{{}}</div>",
        "20/11/2026",
        None,
    ),
    ("<div class=ct><div>Thứ Sáu, {}</div>{}</div>", "20/11/2026 08:55", None),
    ("<div class=ct><div>Thứ Năm, ngày {}</div>{}</div>", "19/11/2026", None),  # a clock kept for some hours
    (f"{CLOCK}<div class=ct><div>Thứ Sáu, {{}}</div>{{}}</div>", "20/11/2026 07:21", "2026-11-20T07:21"),
    (f"{CLOCK}<div class=ct><div>{{}}</div>{{}}</div>", "20/11/2026", "2026-11-20"),
    ("<div class=row><div class=col-2><div>{}</div></div><div class=col-10>{}</div></div>", S, M),
    ("<table><tr><td>{}</td><td>{}</td></tr></table>", "12/10/2026", D),
    ("<table><tr><td>{}</td><td>{}</td></tr></table>", "20/11/2026", None),
    # SharePoint names it `lblCurrentDate` over the article: a clock only while it shows the day of the visit
    ("<div><span id=lblCurrentDate>Thứ Hai, {}</span>{}</div>", S, M),
    ("<div><span id=lblBreadCrum><a href=/t>Tin trong tỉnh mới</a></span><p class=today>{}</p>{}</div>", S, M),
    ("<div><span id=lblCurrentDate>Thứ Sáu, {}</span>{}</div>", "20/11/2026 08:21", None),
    ("<div><span id=lblCurrentDate>Thứ Năm, {}</span>{}</div>", "19/11/2026 08:21", None),
    # under the way to the page, in an element that no class names
    ("<div><p><a href=/tin>Tin hoạt động</a> / <a href=/tin/xa>Xã hội - Y tế</a></p><p>{}</p>{}</div>", S, M),
    # in one row with the breadcrumbs, as at their end
    ("<div><ul class=crumbs><li><a href=/>Trang chủ</a></li></ul><p>{}</p></div><div class=ct>{}</div>", S, M),
    (
        "<div><ul class=crumbs><li><a href=/>Trang chủ</a></li></ul><p>Ngày đăng: {}</p></div><div class=ct>{}</div>",
        S,
        M,
    ),
    (
        "<div><ul class=crumbs><li><a href=/>Trang chủ</a></li></ul><p>{}</p></div><div class=ct>{}</div>",
        "19/11/2026",
        None,
    ),
    (
        "<div><ul class=crumbs><li><a href=/>Trang chủ</a></li></ul><p>Thứ Hai, {}</p></div><div class=ct>{}</div>",
        S,
        None,
    ),
    ("<table><tr><td>Thứ Hai, {}</td><td>{}</td></tr></table>", "12/10/2026", D),
    ("<table><tr><td>Thứ Năm, {}</td><td>{}</td></tr></table>", "19/11/2026", None),
    # who counts its readers tells no time of the day
    (
        "<table><tr><td>Trang nhất > Tin</td><td>{} | 25 lượt xem</td></tr><tr><td>{}</td></tr></table>",
        "20/11/2026 08:21",
        "2026-11-20T08:21",
    ),
    ("<p class=clock>{}</p><ul class=menu><li><a href=/>Trang chủ</a></li></ul><div>{}</div>", S, None),
    # the clock of telephones and that of wide screens
    ("<p>20/11/2026 09:00:01</p><div class=ct><div>Thứ Sáu, ngày {}</div>{}</div>", "20/11/2026", None),
    ("<header>Thứ Sáu, 20/11/2026</header><div class=ct><p>Thứ 6, {}</p>{}</div>", "20/11/2026", None),
    (
        "<header>Thứ Sáu, 20/11/2026</header><div class=ct><p>Thứ 6, {}</p>{}</div>",
        "20/11/2026 08:21",
        "2026-11-20T08:21",
    ),
    ("<header>Thứ Sáu, 20/11/2026</header><div class=ct><p>Thứ 2, {}</p>{}</div>", "12/10/2026", D),
]


@pytest.mark.parametrize(("page", "time", "wanted"), WAYS)
def test_time_over_or_beside_the_article(page: str, time: str, wanted: str | None) -> None:
    assert posted(page.format(time, f"{H}<div>{P}</div>"), clock="") == wanted


@pytest.mark.parametrize(("article", "wanted"), [row[1:] for row in PLACES], ids=[row[0] for row in PLACES])
def test_place_on_the_page(article: str, wanted: str | None) -> None:
    assert posted(f'<div class="ct">{article}</div>') == wanted


# What stands round the article may be another list, or a clock that was saved with the page: it changes no answer.
AROUND = {
    "a saved clock": {"clock": '<div class="date">Thứ Năm, 24/09/2026 10:15</div>'},
    "one other story": {"others": f'<div class="k">{A}<div class="date">11/10/2026 08:00</div></div>'},
    "its day first": {"others": f'<div class="k"><div class="date">11/10/2026 08:00</div>{A}</div>'},
    "a page's last change": {"others": "<div>Lần cập nhật cuối: 19/11/2026</div>"},
}


@pytest.mark.parametrize("around", AROUND.values(), ids=AROUND)
@pytest.mark.parametrize(("article", "wanted"), [row[1:] for row in PLACES], ids=[row[0] for row in PLACES])
def test_what_stands_around_changes_no_time(article: str, wanted: str | None, around: dict[str, str]) -> None:
    assert posted(f'<div class="ct">{article}</div>', **around) == wanted


def linked(posted: str, modified: str | None = None) -> str:
    more = f',"dateModified":"{modified}"' if modified else ""
    return f'<script type="application/ld+json">{{"@type":"NewsArticle","datePublished":"{posted}"{more}}}</script>'


# (what the page hands to its scripts, the answer)
STATES = [
    (f'window.__NUXT__={{post:{{id:7,title:"{T}",publishedAt:"2026-10-12T01:21:00.000Z"}},more:[{{title:"Tin khác",'
     'publishedAt:"2026-10-09T01:00:00Z"}]}', M),
    (f'{{"props":{{"title":"{T}","tags":[{{"publishDate":"2020-01-01"}}],"publishDate":"2026-10-12"}}}}', D),
    (f'self.__next_f.push([1,"{{\\"title\\":\\"{T}\\",\\"publishedAt\\":\\"2026-10-12T01:21:00Z\\"}}"])', M),
    (f'{{&q;title&q;:&q;{T}&q;,&q;publishDate&q;:&q;2026-10-12T08:21:00&q;}}', M),  # Angular's
    (f'var post={{title:"{T}",publishedTime:1791768060000}}', M),
    (f'var post={{"Title":"{T}","PublishDate":"/Date(1791768060000)/"}}', M),
    (f'var post={{"title":"{T}","createdAt":"2026-10-12T01:21:00Z","updatedAt":"2026-10-14T01:21:00Z"}}', M),
    (f'var tin={{"tieuDe":"{T}","ngayDang":"12/10/2026 08:21"}}', M),
    ("dataLayer.push({'pageType':'article','publishDate':'2026-10-12'})", D),
    ("dataLayer.push({'a':{'publishDate':'2026-10-12'},'b':{'publishDate':'2026-10-11'}})", None),
    ("var now = {publishTime: '2026-11-20 09:00:00'}", None),  # the moment of the answer
    ("var publish_date = '10/12/2026 bad'", None),
]  # fmt: skip


@pytest.mark.parametrize(("script", "wanted"), STATES)
def test_time_in_what_scripts_are_given(script: str, wanted: str | None) -> None:
    page = f'<div class="ct">{H}<div>{P}</div></div>'
    assert posted(page, head=f"<script>{script}</script>") == wanted
    # when anything on the site was last changed stands for no story
    assert posted(f"{page}<p>Cập nhật lần cuối: 19/11/2026 22:10</p>", head=f"<script>{script}</script>") == wanted
    shown = posted(f'<div class="ct">{H}<div>Ngày đăng: 13/10/2026</div>{P}</div>', head=f"<script>{script}</script>")
    assert shown == "2026-10-13"


# (elements that carry a time in their attributes, the answer)
CARRIERS = [
    (f'<article data-published-at="2026-10-12T08:21:00+07:00">{H}{P}</article>', M),
    (f'<div class="detail" data-publish-date="2026-10-12">{H}{P}</div>', D),
    (f'<div class="ct">{H}<input type="hidden" id="publishDate" value="2026-10-12 08:21">{P}</div>', M),
    (f"""<div data-page='{{"post":{{"title":"{T}","published_at":"2026-10-12 08:21:00"}}}}'>{H}{P}</div>""", M),
    (f'<div class="ct" data-lazy-time="2000">{H}{P}</div>', None),
    (f'<div class="ct">{H}<span data-publish-date="2026-10-12 08:21"></span>{P}</div>', M),
    # an advertisement's
    (
        f'<div class="ct">{H}{P}</div><div data-publish-date="2026-10-12"><a href=//x.vn><img src=q></a></div>',
        None,
    ),
]


@pytest.mark.parametrize(("article", "wanted"), CARRIERS)
def test_time_in_attributes(article: str, wanted: str | None) -> None:
    assert posted(article) == wanted


def test_a_day_that_the_title_has_too_is_the_headlines_own() -> None:
    named = "Kết quả xổ số kiến thiết miền Trung (12/10/2026)"
    page = f"<html lang=vi><title>{named}</title><body><div><h1>{named}</h1>{P}</div></body></html>"
    read = read_article(page.encode(), URL, AT)
    assert isinstance(read, Article)
    assert read.posted_on is None


# (what the head says, the line under the headline, the answer)
DATA = [
    (linked("2026-10-12T07:00:00+07:00"), "12/10/2026", D),  # midnight in UTC
    (linked("2026-10-12T08:21:00+07:00"), "", M),
    # a slash date has the clock of the day that is shown, in the order that names it
    ('<meta name="pubdate" content="10/12/2026 8:21:00">', "12/10/2026", M),
    ('<meta name="pubdate" content="12/10/2026 08:21">', "12/10/2026", M),
    ('<meta name="pubdate" content="10/14/2026 8:21:00 AM">', "12/10/2026", D),
    # a value that says no more than "date" is the same on all pages
    ('<meta name="dc.date" content="2020-01-01">', "", None),
    ('<meta name="dc.date" content="2019-03-14">', "12/10/2026", D),
    ('<meta name="creation_date" content="2019-03-14">', "12/10/2026 08:21", M),
    (linked("2026-10-12T01:21:00Z"), "", M),
    # local time with a false Z: the clock that is shown stays, also where the Z is of the next or the last day
    (linked("2026-10-12T08:21:00Z"), "12/10/2026 08:21", M),
    (linked("2026-10-12T20:21:00Z"), "12/10/2026 20:21", "2026-10-12T20:21"),
    (linked("2026-10-11T23:10:00Z"), "12/10/2026 06:10", "2026-10-12T06:10"),
    # two clocks of the data that are hours apart: the later is local time with a false Z
    (linked("2026-10-12T08:21:00Z") + '<meta property="article:published_time" content="2026-10-12T01:21:00Z">', "", M),
    # a midnight in a zone of its own is a day
    (linked("2026-10-12T00:00:00+08:00"), "", D),
    # data left from an import: readers see the line
    (linked("2019-01-01T00:00:00+07:00"), '<span class="date">12/10/2026 08:21</span>', M),
    # a line without a label that shows the update
    (linked("2026-10-12T08:21:00+07:00", "2026-10-15T10:00:00+07:00"), "15/10/2026 10:00", M),
    # data that repeats the update to the minute is no posting time; of the update's day it may be
    (linked("2026-10-12T08:21:00+07:00"), "Cập nhật: 08:21 12/10/2026", None),
    (linked("2026-10-12T01:21:17Z"), "Cập nhật lần cuối lúc 8:21 ngày 12/10/2026", None),
    (linked("2026-10-12T08:21:00+07:00"), "Cập nhật: 12/10/2026", M),
    (linked("2026-10-12T08:21:00+07:00"), "Cập nhật: 09:40 12/10/2026", M),
    # nothing decides between a bare day and the data
    (linked("2026-10-10T08:21:00+07:00"), "12/10/2026", None),
    # month first, which AM and the data prove together
    (linked("2026-10-12T08:21:00+07:00"), "10/12/2026 8:21 AM", M),
    ('<meta name="pubdate" content="10/12/2026 8:21:00 AM">', "12/10/2026 08:21", M),
    ('<meta name="pubdate" content="10/12/2026 8:21:00 AM">', "", None),
    # the moment of the answer, and the server's day
    ('<meta property="article:published_time" content="2026-11-20T09:00:00+07:00">', "", None),
    ('<meta name="date" content="2026-11-20">', "", None),
    ('<script type="application/ld+json">{"@type":"WebSite","datePublished":"2020-01-01"}</script>', "", None),
]


@pytest.mark.parametrize(("head", "line", "wanted"), DATA)
def test_data_beside_what_is_shown(head: str, line: str, wanted: str | None) -> None:
    assert posted(f'<div class="ct">{H}<div>{line}</div>{P}</div>', head=head) == wanted


# Foreign pages show their own clock: the zone of the data tells which.
FOREIGN = [
    ("de", linked("2024-05-03T15:47:42Z"), "3. Mai 2024, 17:47", "2024-05-03T22:47"),
    ("vi", linked("2024-05-03T15:47:42Z"), "3 tháng 5, 2024, 17:47", "2024-05-03T17:47"),
    ("es", linked("2020-02-18T02:18:11Z"), '<i class="date">17 de febrero 2020</i>', "2020-02-17"),
    ("en", linked("2020-06-01T21:53:12+00:00"), '<i class="date">06/01/2020</i>', "2020-06-02T04:53"),
]


@pytest.mark.parametrize(("tongue", "head", "line", "wanted"), FOREIGN)
def test_clocks_of_other_countries(tongue: str, head: str, line: str, wanted: str) -> None:
    text = "<p>The builders have brought more people and machines to the works and go on by night, the mayor said.</p>"
    html = f'<html lang="{tongue}">{head}<h1>Works go on by night</h1><div>{line}</div>{text * 4}</html>'
    read = read_article(html.encode(), "https://news.example.org/works-12345.html", AT)
    assert isinstance(read, Article)
    assert (read.posted_at[:16] if read.posted_at else read.posted_on) == wanted


@pytest.mark.parametrize("line", [S, f'<div class="PostDate">{S}</div>', f"<p><i>{S}</i></p>"])
@pytest.mark.parametrize("side", ["table", "list"])
def test_the_links_of_a_column_before_the_article_claim_no_time_over_its_headline(line: str, side: str) -> None:
    names = ("Tin tức - Sự kiện", "Chỉ đạo điều hành", "Công khai ngân sách", "Văn bản pháp luật mới")
    links = [f'<a href="list.asp?c={number}">{name}</a>' for number, name in enumerate(names)]
    column = {
        "table": "<table><tr><td>" + "</td></tr><tr><td>".join(links) + "</td></tr></table>",
        "list": "<h3>Danh mục</h3>" + "<br>".join(links),
    }[side]
    assert posted(f"<div>{column}</div><div><div>{line}{H}{L}{P}</div></div>") == M
