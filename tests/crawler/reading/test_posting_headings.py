"""A day that heads the stories of a blog: over the headline in a heading of its own, with the clock behind the text."""

from __future__ import annotations

from datetime import datetime

import pytest

from archive.schema import VIETNAM, Article
from crawler.reading.article import read_article

AT = datetime(2026, 11, 20, 9, 0, tzinfo=VIETNAM)
URL = "https://xa-y.example.gov.vn/2026/le-hoi.html"
T = "Xã Y mở hội đua thuyền mừng mùa nước nổi"
TEXT = "".join(
    f"<p>Đội {village} chèo nhanh nhất ở vòng loại, bà con hai bờ sông reo hò suốt buổi và mời nhau bữa cơm trưa.</p>"
    for village in ("thôn Đông", "thôn Tây", "thôn Nam")
)
D = "2026-03-05"


def posted(over: str, behind: str = "", clock: str = "") -> str | None:
    """The posting time, to the minute; the day where it has no clock."""
    html = (
        f"<html lang=vi><title>{T}</title><body><div>{clock}</div><div class=blog>{over}<div class=hentry>"
        f"<h3 class=entry-title>{T}</h3><div class=entry-content>{TEXT}</div>{behind}</div></div></body></html>"
    )
    read = read_article(html.encode(), URL, AT)
    assert isinstance(read, Article), read
    return read.posted_at[:16] if read.posted_at else read.posted_on


# (over the headline, behind the text, the posting time)
HEADINGS = [
    ("<h2 class=date-header><span>Thứ Năm, 5 tháng 3, 2026</span></h2>", "", D),
    ("<div class=date-outer><h2 class=date-header>Thursday, March 5, 2026</h2></div>", "", D),
    ("<h2 class=date-header>05.03.2026</h2>", "", D),
    ("<h4>Thứ Năm, ngày 5/3/2026</h4>", "", D),
    # what else a heading holds is no day of the story's
    ("<h2>Lịch tuần từ 5/3/2026</h2>", "", None),
    ("<h2>Tin ngày 5/3/2026 của các thôn</h2>", "", None),
    # today is the clock's day, unless the heading is the blog's
    ("<h2>Thứ Sáu, 20/11/2026</h2>", "", None),
    ("<h2 class=time>Thứ Sáu, 20/11/2026 08:59</h2>", "", None),
    ("<h2 class=date-header>Thứ Sáu, 20 tháng 11, 2026</h2>", "", "2026-11-20"),
    # its clock, in the line of who posted it
    ("<h2 class=date-header>Thứ Năm, 5 tháng 3, 2026</h2>", "<p>Người đăng: xã Y vào lúc 16:02</p>", f"{D}T16:02"),
    ("<h2 class=date-header>5/3/2026</h2>", "<p>Posted by Xã Y at 4:02 PM</p>", f"{D}T16:02"),
    ("<h3>05/03/2026</h3>", "<div>Được đăng bởi Xã Y <a href='#'>lúc 16h02</a></div>", f"{D}T16:02"),
    ("<h3>05/03/2026</h3>", "<p>Đài phát lại lúc 16:02</p>", D),
    ("", "<p>Người đăng: xã Y vào lúc 16:02</p>", None),
]


@pytest.mark.parametrize(("over", "behind", "wanted"), HEADINGS)
def test_day_in_a_heading_over_the_headline(over: str, behind: str, wanted: str | None) -> None:
    assert posted(over, behind) == wanted


def test_the_pages_clock_over_it_stays_a_clock() -> None:
    clock = "<h2>Thứ Sáu, 20/11/2026</h2>"
    assert posted("<h2 class=date-header>Thứ Năm, 5 tháng 3, 2026</h2>", clock=clock) == D
