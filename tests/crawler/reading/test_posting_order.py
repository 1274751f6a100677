"""Which number of 9/3/2026 is the month's, weekdays that differ, and readings of the page's own clock."""

from __future__ import annotations

from datetime import datetime

import pytest

from archive.schema import VIETNAM, Article
from crawler.reading.article import read_article

AT = datetime(2026, 11, 20, 9, 0, tzinfo=VIETNAM)
URL = "https://tinh-x.example.gov.vn/tin-tuc/kiem-tra-12345.html"
T = "Chủ tịch UBND tỉnh kiểm tra tiến độ các công trình trọng điểm"
H = f"<h1>{T}</h1>"
P = "".join(
    f"<p>Phần {word} kể việc các đội thi công chia nhau làm ngày làm đêm, đồng chí giao các sở cùng gỡ vướng mắc.</p>"
    for word in ("một", "hai", "ba", "bốn")
)


def listed(*days: str) -> str:
    rows = (f'<li><a href="/tin/{n}.html">Hội nghị tổng kết của ngành</a> {day}</li>' for n, day in enumerate(days))
    return f"<div><h3>Các tin khác</h3><ul>{''.join(rows)}</ul></div>"


def told(line: str, others: str, head: str = "") -> tuple[str | None, str | None, tuple[str, ...]]:
    """The posting time and the day of the update, and the flags, without the imprint's and the header's dates."""
    page = f"<html lang=vi><title>{T}</title>{head}<body><div>{H}<div>{line}</div>{P}</div>{others}</body></html>"
    read = read_article(page.encode(), URL, AT)
    assert isinstance(read, Article)
    return read.posted_at[:16] if read.posted_at else read.posted_on, read.updated_on, read.flags


NONE = ("posted_not_found",)
# (the line under the headline, the days of other stories, the posting time, the day of the update, the flags)
ORDERS = [
    ("9/3/2026 10:30 AM", ("8/29/2026", "8/23/2026"), "2026-09-03T10:30", None, ()),
    ("9/3/2026", ("8/29/2026",), "2026-09-03", None, ()),
    ("10/11/2026 10:30 PM", ("8/29/2026",), "2026-10-11T22:30", None, ()),
    ("09/03/2026 10:30 AM", ("08/29/2026",), "2026-09-03T10:30", None, ()),
    ("Created: 9/3/2026 10:30 AM, Modified: 9/14/2026 8:00 AM", (), "2026-09-03T10:30", "2026-09-14", ()),
    # a day in the first place settles it but for AM and PM, and so does the half of the day in Vietnamese
    ("9/3/2026 10:30", ("29/8/2026", "8/23/2026"), "2026-03-09T10:30", None, ()),
    ("9/3/2026 10:30 AM", ("29/8/2026", "8/23/2026"), None, None, ("posted_order_unclear",)),
    ("9/3/2026 10:30 AM", ("29/8/2026",), "2026-03-09T10:30", None, ()),
    ("9/3/2026 10:30 SA", ("8/29/2026",), "2026-03-09T10:30", None, ()),
    ("Thứ Hai, 9/3/2026 10:30 AM", ("8/29/2026",), "2026-03-09T10:30", None, ()),
    # written by something else than the list was
    ("09/03/2026 10:30", ("8/29/2026",), "2026-03-09T10:30", None, ()),
    ("9/3/2026 10:30", ("08/29/2026",), "2026-03-09T10:30", None, ()),
    # nothing tells
    ("09/03/2026 10:30", ("08/29/2026",), None, None, ("posted_order_unclear",)),
    ("11/10/2026", ("8/29/2026",), None, None, ("posted_order_unclear",)),
    ("9/3/2026 10:30 AM", ("8/9/2026",), "2026-03-09T10:30", None, ()),
    # as ASP.NET writes it: only a date of the same make settles it, or that one of both is to come
    ("9/3/2026 10:30:11 AM", ("8/29/2026",), "2026-09-03T10:30", None, ()),
    ("Ngày đăng: 9/3/2026 10:30:11 AM", ("29/8/2026",), "2026-03-09T10:30", None, ()),
    ("9/3/2026 10:30:11 AM", ("29/08/2026",), None, None, ("posted_order_unclear",)),
    ("9/3/2026 10:30:11 AM", ("8/29/2026", "29/8/2026"), None, None, ("posted_order_unclear",)),
    ("9/12/2026 10:30:11 AM", (), "2026-09-12T10:30", None, ()),
    ("9/3/2026 10:30:11 AM", (), None, None, ("posted_order_unclear",)),
    ("Thứ Hai, 9/3/2026 10:30:11 AM", ("8/29/2026",), "2026-03-09T10:30", None, ()),
    # a weekday that neither order has
    ("Thứ Hai, 03/07/2026", (), "2026-07-03", None, ("posted_weekday_differs",)),
    ("Thứ Sáu, 03/07/2026", (), "2026-07-03", None, ()),
    # the page's own clock: AT is 09:00 on 20 November
    ("Thứ Sáu, 20/11/2026 09:00", (), None, None, NONE),
    ("20/11/2026 09:00:01 AM", (), None, None, NONE),
    ("Thứ Sáu, ngày 20/11/2026 08:59:58", (), None, None, NONE),
    ("Ngày đăng: 20/11/2026 09:00", (), "2026-11-20T09:00", None, ()),
    ('<span class="post-date">20/11/2026 09:00</span>', (), "2026-11-20T09:00", None, ()),
    ("20/11/2026 08:55", (), "2026-11-20T08:55", None, ()),
]


@pytest.mark.parametrize(("line", "days", "wanted", "updated", "flags"), ORDERS)
def test_order_of_day_and_month_weekday_and_the_pages_own_clock(
    line: str, days: tuple[str, ...], wanted: str | None, updated: str | None, flags: tuple[str, ...]
) -> None:
    assert told(line, listed(*days) if days else "") == (wanted, updated, flags)


# (what data says of the day, the line under the headline, the posting time)
SAID = [
    ("2026-09-03", "9/3/2026 10:30 AM", "2026-09-03T10:30"),
    ("2026-09-03T16:45:00+07:00", "9/3/2026 10:30 AM", "2026-09-03T10:30"),
    ("2026-09-03T10:30:00Z", "Ngày đăng: 9/3/2026 10:30:11 AM", "2026-09-03T10:30"),
    ("2026-03-09", "9/3/2026 10:30:11 AM", "2026-03-09T10:30"),
    ("2026-03-09", "9/3/2026 10:30 AM", "2026-03-09T10:30"),
    ("2026-05-05", "9/3/2026 10:30:11 AM", "2026-05-05"),
]


@pytest.mark.parametrize(("day", "line", "wanted"), SAID)
def test_data_settles_the_order_and_leaves_the_clock(day: str, line: str, wanted: str) -> None:
    head = f'<meta property="article:published_time" content="{day}">'
    assert told(line, "", head)[0] == wanted
