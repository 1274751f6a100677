"""One article under many heads, its time printed in many ways, beside dates of other things.

Every page is of our own invention. Of all combinations a fixed stride is read; a wrong day fails at once, a missing one
only where there are more than a few.
"""

from __future__ import annotations

from datetime import datetime
from itertools import product

import pytest

from archive.schema import VIETNAM, Article
from crawler.reading.article import read_article

AT = datetime(2023, 9, 19, 9, 0, tzinfo=VIETNAM)
URL = "https://dak-po.example.gov.vn/tin/khai-truong-tuyen-xe-20231.html"
NAME = "Huyện Đắk Pơ khai trương tuyến xe buýt nối ba xã vùng cao"
TEXT = (
    "Sáng nay, tuyến xe buýt đầu tiên nối trung tâm huyện với ba xã vùng cao lăn bánh, mỗi ngày tám chuyến.",
    "Ông A Dói, Giám đốc hợp tác xã vận tải, cho biết sáu xe mới được mua từ vốn vay ưu đãi, có chỗ chở nông sản.",
    "Ủy ban nhân dân huyện giao phòng chuyên môn theo dõi, sau ba tháng sẽ đánh giá để kéo dài tuyến xe này.",
)
STORY = "".join(f"<p>{each}</p>" for each in TEXT)
DAY, CLOCK = "2023-06-14", "2023-06-14T16:05"

HEADS = {
    "under": "<div class=ct><h1>{name}</h1><div>{time}</div><div>{text}</div></div>",
    "marked": '<div class=ct><h2 class="tieu-de">{name}</h2><p class="ngay-dang">{time}</p>{text}</div>',
    "over": '<div class=ct><div class="post-date">{time}</div><h1>{name}</h1>{text}</div>',
    "crumbs": "<div><ul class=breadcrumb><li><a href=/>Trang chủ</a></li></ul><b class=post-date>{time}</b></div>"
              "<div class=ct><h1>{name}</h1>{text}</div>",
    "cells": "<table><tr><td class=tit>{name}</td></tr><tr><td>{time}</td></tr><tr><td>{text}</td></tr></table>",
    "lead": "<div class=ct><h1>{name}</h1><p><b>Tuyến xe mới giúp bà con đi chợ.</b></p><p>{time}</p>{text}</div>",
    "end": "<div class=ct><h1>{name}</h1>{text}<p class=ngay>{time}</p></div>",
    "card": "<div class=card><div class=card-header><h4>{name}</h4><small>{time}</small></div><div>{text}</div></div>",
    "fields": "<div class=ct><h1>{name}</h1><ul><li>{time}</li><li>Lê Hoa</li><li>32 lượt xem</li></ul>{text}</div>",
}  # fmt: skip
WAYS = [
    ("14/06/2023", DAY),
    ("16:05 14/06/2023", CLOCK),
    ("Ngày đăng: 14/06/2023", DAY),
    ("14-06-2023 | 16:05", CLOCK),
    ("14/06/2023 4:05:00 CH", CLOCK),
    ("Ngày 14 tháng 6 năm 2023", DAY),
    ("Đăng lúc: 16h05, 14/06/2023", CLOCK),
    ("📅 14/06/2023 🕓 16:05", CLOCK),
    ("Cập nhật: 20/06/2023 10:00 | Đăng: 14/06/2023 16:05", CLOCK),
]
# What else bears a date: before the page, in the text, behind the article.
BEFORE = [
    "",
    "<div>Thứ Ba, 19/09/2023</div>",
    "<div>Thứ Hai, 18/09/2023 10:12</div>",
    "<div><a href=/z>Thông báo tuyển dụng công chức cấp xã năm 2023</a> (02/09/2023)</div>",
]
INSIDE = [
    "",
    "<p>Căn cứ Quyết định số 318/QĐ-UBND ngày 12/03/2023 của Ủy ban nhân dân tỉnh về hỗ trợ giá vé xe buýt;</p>",
    "<p>- Thời gian: 08h00, thứ Hai, ngày 19/06/2023</p><p>- Địa điểm: Nhà văn hóa huyện</p>",
    "<table><tr><td>Ngày<td>Xe</tr><tr><td>11/06/2023<td>8</tr><tr><td>12/06/2023<td>9</tr></table>",
    "<p><b>Thứ Hai, 12/06/2023</b></p><p>8h00: Họp giao ban</p><p><b>Thứ Ba, 13/06/2023</b></p><p>8h00: Tiếp dân</p>",
    "<p align=center><em>Xe buýt tại bến (ảnh chụp ngày 12/06/2023)</em></p>",
    "<p>Mực nước lúc 7h ngày 12/06/2023: 3,2 m</p>",
]
AFTER = [
    "",
    "<div><a href=/a><img src=a.jpg></a><a href=/a><h4>Hội thi tiếng hát thiếu nhi</h4></a><i class=date>11/9/2023</i>",
    "<p><a href=/v><img src=v.jpg></a></p><p><a href=/v>Phóng sự</a></p><p>12/09/2023</p>",
    "<div><b>Lê Sáu</b> <i class=time>15/06/2023 10:20</i><p>Mong sớm có thêm chuyến buổi tối cho bà con.</p></div>",
    '<table><tr><td><a href="/f/lich.pdf">Lịch chạy xe</a></td><td>12/06/2023</td></tr></table>',
    "<div><h3>Công báo</h3><p>Số 33 ngày 12/09/2023</p></div>",
    "<div><h3>Tỷ giá</h3><p>Ngày 12/09/2023</p><p>USD 24.100</p></div>",
    "<div>(Tự động cập nhật lúc 09:05 12/09/2023)</div>",
    "<div><h4>Tin khác</h4><p><a href=/1>Hội nghị tổng kết công tác năm của ngành</a> (11/09/2023)</p></div>",
    "<div>© 2012-2023. Giấy phép số 45/GP-TTĐT ngày 12/08/2019. Cập nhật lần cuối: 01/09/2023</div>",
]  # fmt: skip
STRIDE = 29  # of no list's length


def posted(head: str, time: str, before: str, inside: str, after: str) -> str | None:
    text = f"<p>{TEXT[0]}</p>{inside}<p>{TEXT[1]}</p><p>{TEXT[2]}</p>"
    article = HEADS[head].format(name=NAME, time=time, text=text)
    menu = "<ul class=menu><li><a href=/>Trang chủ</a></li><li><a href=/tin>Tin tức</a></li></ul>"
    html = (
        f"<html lang=vi><head><title>{NAME} - Huyện Đắk Pơ</title></head><body>{before}{menu}"
        f"<div>{article}{after}</div><div>UBND huyện Đắk Pơ</div></body></html>"
    )
    read = read_article(html.encode(), URL, AT)
    if not isinstance(read, Article):
        return None
    return read.posted_at[:16] if read.posted_at else read.posted_on


@pytest.mark.parametrize("head", HEADS)
def test_other_dates_change_no_posting_time(head: str) -> None:
    pages = list(product(WAYS, BEFORE, INSIDE, AFTER))[::STRIDE]
    answers = [(wanted, posted(head, time, *around), time, *around) for (time, wanted), *around in pages]
    assert [each for each in answers if each[1] not in (each[0], None)] == []
    assert sum(each[1] is None for each in answers) <= len(answers) // 50


@pytest.mark.parametrize("head", HEADS)
def test_other_dates_are_no_posting_time(head: str) -> None:
    pages = list(product(BEFORE, INSIDE, AFTER))[::7]
    answers = [(posted(head, "", *around), *around) for around in pages]
    assert [each for each in answers if each[0] is not None] == []
