"""The clock of a posting day that stands apart from it: in another element, behind a label, in an attribute."""

from __future__ import annotations

from datetime import datetime

import pytest

from archive.schema import VIETNAM, Article
from crawler.reading.article import read_article

AT = datetime(2026, 11, 20, 9, 0, tzinfo=VIETNAM)
URL = "https://so-z.example.gov.vn/tin/gat-lua.html"
T = "Nông dân huyện Z ra đồng gặt lúa vụ mùa"
TEXT = "".join(
    f"<p>Ở {field} lúa chín sớm hơn năm ngoái, thương lái vào tận ruộng cân lúa và trả tiền ngay cho từng hộ một.</p>"
    for field in ("cánh đồng trên", "cánh đồng giữa", "cánh đồng dưới")
)
D, M = "2026-06-07", "2026-06-07T16:40"
EPOCH = int(datetime(2026, 6, 7, 16, 40, tzinfo=VIETNAM).timestamp())


def posted(line: str, behind: str = "") -> str | None:
    """The posting time of a page with that line under its headline, to the minute; the day where it has no clock."""
    html = f"<html lang=vi><title>{T}</title><body><main><h1>{T}</h1>{line}{TEXT}{behind}</main></body></html>"
    read = read_article(html.encode(), URL, AT)
    assert isinstance(read, Article), read
    return read.posted_at[:16] if read.posted_at else read.posted_on


LINES = [
    ("<p>Giờ đăng: 16:40 | Ngày đăng: 07/06/2026</p>", M),
    ("<p>Giờ đăng 16h40, xuất bản ngày 7/6/2026</p>", M),
    ("<p>Ngày duyệt: 07/06/2026 16:40</p>", M),
    ("<p>Ngày duyệt: 07/06/2026</p>", None),
    # a calendar's leaf and its hour
    ("<div><div class=leaf><p>07</p><p>Tháng 6</p><p>2026</p></div><p>16:40</p></div>", M),
    ("<div><div class=leaf><p>Tháng 6</p><p>07</p><p>2026</p></div><p>4:40 CH</p></div>", M),
    # the lengths of recordings
    ("<p><b>07/06/2026</b> <i class=video-length>16:40</i></p>", D),
    ("<p>07/06/2026 <i>00:00 / 16:40</i></p>", D),
    ("<p><b>07/06/2026 16:40</b> <i class=duration>03:25</i></p>", M),
    ("<div>07/06/2026<div class=podcast><audio src=a.mp3></audio><b>16:40</b></div></div>", D),
    ("<p>07/06/2026</p><p><video src=a.mp4></video> 16:40</p>", D),
    ("<p>07/06/2026 <b><i class='fas fa-volume-up'></i> 16:40</b></p>", D),
    ("<p>07/06/2026 <i class='icon-headphones'></i> 16:40</p>", D),
    ("<p>07/06/2026 <i class='fa fa-clock'></i> 16:40 <i class='fa fa-play'></i> 03:25</p>", M),
    ("<div><p>07/06/2026</p><p><i class='fa fa-clock-o'></i> 16:40 <i class='fa fa-volume-up'></i></p></div>", M),
    # the hours of a live report
    ("<p>07/06/2026</p><p><i>16:40</i></p><p>Máy gặt xuống đồng.</p><p><i>17h05</i></p><p>Xong thửa đầu.</p>", D),
    ("<p>07/06/2026</p><h4>16h40</h4><p>Máy gặt xuống đồng.</p>", D),
    ("<p>07/06/2026</p><p>16:40</p><p>Bà con xuống đồng từ sớm.</p>", M),
    # another day's
    ("<ul><li>Ngày đăng: 07/06/2026</li><li>Khai mạc: 09/06/2026</li><li>Giờ</li><li>16:40</li></ul>", D),
    ("<ul><li>Ngày đăng: 07/06/2026</li><li>Giờ</li><li>16:40</li></ul>", M),
    # attributes of elements that nothing marks
    ("<p title='16:40 07/06/2026'>07/06/2026</p>", M),
    ("<p><span aria-label='Chủ Nhật, 07/06/2026 lúc 16:40'>7 tháng 6, 2026</span> • 12 lượt xem</p>", M),
    (f"<p><span class=time data-timestamp={EPOCH}>07/06/2026</span></p>", M),
    (f"<p><span data-time={EPOCH}000>07/06/2026</span></p>", M),
    # another day's, the update's
    ("<p title='16:40 08/06/2026'>07/06/2026</p>", D),
    ("<p title='Cập nhật: 16:40 07/06/2026'>07/06/2026</p>", D),
    ("<p><span itemprop=dateModified content='2026-06-07T16:40'>07/06/2026</span></p>", D),
    ("<p title='Xem tất cả tin'>07/06/2026</p>", D),
]

# Lines under the headline that date something else, and those that only look so.
OTHER_DATES = [
    ("<p>Ngày điều tra 07/06/2026</p>", None),
    ("<p>Mở thầu lúc 16:40 ngày 07/06/2026</p>", None),
    ("<p>Bạn đọc bình luận lúc 16:40 07/06/2026</p>", None),
    ("<p>Địa điểm: Nhà văn hóa, 16h40 ngày 07/06/2026</p>", None),
    ("<p>phu-luc-2.docx - 07/06/2026 16:40</p>", None),
    ("<p>Tải lên 07/06/2026 16:40, 85 KB</p>", None),
    ("<p>Chiều 07/06/2026, bà con gặt xong.</p>", None),
    # what is held then
    ("<p>16 giờ 40, Chủ nhật ngày 07/6/2026, tại sân nhà ông Lê Hoa</p>", None),
    ("<p>16:40 07/06/2026 - Nhà văn hóa thôn Z</p>", None),
    ("<p>Chiều Chủ nhật, 7/6/2026</p>", None),
    ("<p>Đêm 07/06/2026</p>", None),
    ("<p>Tường thuật trực tiếp 16:40 07/06/2026</p>", None),
    ("<p>16:40 07/06/2026, Tài liệu</p>", M),
    ("<p>16:40 chiều 07/06/2026</p>", M),
    ("<p class=date>Chiều 07/06/2026 16:40</p>", M),
    ("<p>16:40 07/06/2026, Trung tâm Văn hóa</p>", M),
    ("<p>Thời gian: 16h40 ngày 07/06/2026</p>", None),
    ("<p>Thời gian: 16h40 ngày 07/06/2026 - Lượt đọc: 31</p>", M),
    ("<ul><li>Thời gian: 07/06/2026 16:40</li><li>31 lượt xem</li></ul>", M),
    ("<p>Ngày hỏi: 07/06/2026 16:40</p>", None),
    ("<p>Trạm đo lúc 16:40 07/06/2026</p>", None),
    ("<p>Lúc 16:40 07/06/2026, nước sông ở trạm Z lên mức báo động một</p>", None),
    ("<p>07/06/2026 16:40, theo Đài truyền thanh xã</p>", M),
    # today's clock without the day is no header's
    ("<p>Hôm nay, 06:40</p>", "2026-11-20T06:40"),
    ("<p>06h40 hôm nay | 12 lượt xem</p>", "2026-11-20T06:40"),
    ("<p>Hôm nay: Thứ Sáu, 20/11/2026 06:40</p>", None),
    ("<p>Hôm nay, 6 giờ 40, bà con ra đồng.</p>", None),
    ("<p>Hôm nay: 640 lượt</p>", None),
    ("<p>07/06/2026 16:40</p><p>In lúc 20/11/2026 08:58</p>", M),
    # "sát" is no Saturday, which would make 4 July of it
    ("<p>Ban Giám sát 07/04/2026</p>", "2026-04-07"),
    ("<p>Sat 07/04/2026</p>", "2026-07-04"),
]


@pytest.mark.parametrize(("line", "wanted"), LINES + OTHER_DATES)
def test_clock_apart_from_its_day(line: str, wanted: str | None) -> None:
    assert posted(line) == wanted


def test_evening_under_the_headline_and_day_behind_the_text() -> None:
    assert posted("<p>20:00 13/06/2026, Hội trường xã</p>", "<p class=date>07/06/2026 16:40</p>") == M


def test_title_of_a_relative_time() -> None:
    assert posted("<p><span title='06:40 20/11/2026'>2 giờ trước</span> • 1,2 nghìn lượt xem</p>") == "2026-11-20T06:40"
    # an age too coarse to be a day by itself, its element marked by nothing
    assert posted("<p><b>Lê Hoa</b>, <u data-original-title='16:40 ngày 07/06/2026'>5 tháng trước</u></p>") == M
    assert posted("<p aria-label='07/06/2026'>Khoảng 2 năm trước nơi này là bãi đá.</p>") is None


def test_card_of_the_article_beside_its_headline() -> None:
    card = "<div class=row><aside class=info-card><p>{}</p><p>Lượt xem: 9</p></aside><main><h1>{}</h1>{}</main></div>"
    times = []
    for line in ("Ngày đăng: 07/06/2026 16:40", "07/06/2026 16:40"):
        read = read_article(f"<title>{T}</title>{card.format(line, T, TEXT)}".encode(), URL, AT)
        assert isinstance(read, Article)
        times.append(read.posted_at and read.posted_at[:16])
    assert times == [M, None]


def test_where_a_gazette_put_a_document_up() -> None:
    assert posted("", "<p>Đăng Công báo lúc 16:40 ngày 07/06/2026</p>") == M
    assert posted("", "<p>Đăng Công báo số 12 ngày 07/06/2026</p>") is None


@pytest.mark.parametrize(
    ("title", "headline", "wanted"),
    [
        # the headline's own
        ("Mực nước các hồ lúc 16:40 ngày 07/06/2026", "Mực nước các hồ lúc 16:40 ngày 07/06/2026", None),
        ("Mực nước các hồ của tỉnh 16:40 07/06/2026", "Mực nước các hồ của tỉnh 16:40 07/06/2026", None),
        ("Mực nước", "Mực nước các hồ của tỉnh lúc 16:40 ngày 07/06/2026", None),
        # the page's
        ("Mực nước các hồ của tỉnh", "Mực nước các hồ của tỉnh 07/06/2026 16:40", M),
        ("Mực nước các hồ của tỉnh", "Mực nước các hồ của tỉnh <i class=date>07/06/2026 16:40</i>", M),
    ],
)
def test_time_at_the_end_of_a_headline(title: str, headline: str, wanted: str | None) -> None:
    page = f"<html lang=vi><title>{title}</title><body><main><h1>{headline}</h1>{TEXT}</main></body></html>"
    read = read_article(page.encode(), URL, AT)
    assert isinstance(read, Article), read
    assert (read.posted_at and read.posted_at[:16]) == wanted
