"""Invented articles and lists for the fault bench: every byte follows from a number."""

from __future__ import annotations

import random

from fault_server import Asked, page

PLACES = ("Kon Tum", "Đắk Hà", "Ngọc Hồi", "Sa Thầy", "Kon Plông", "Tu Mơ Rông", "Đắk Glei", "Ia H'Drai")
DEEDS = (
    "triển khai kế hoạch phòng chống thiên tai", "kiểm tra tiến độ xây dựng nông thôn mới",
    "tổng kết công tác giảm nghèo", "ra quân làm vệ sinh môi trường",
    "khánh thành cầu treo dân sinh", "tập huấn chuyển đổi số cho cán bộ xã",
)  # fmt: skip
SAID = (
    "Theo báo cáo của Ủy ban nhân dân huyện, công việc được giao cho từng xã, từng thôn và từng hộ gia đình.",
    "Các đại biểu đã thảo luận, đóng góp nhiều ý kiến thiết thực và thống nhất về cách làm trong thời gian tới.",
    "Người dân trong vùng phấn khởi, tích cực hưởng ứng và góp hàng trăm ngày công lao động.",
    "Lãnh đạo tỉnh yêu cầu các ngành bám sát cơ sở, kịp thời tháo gỡ khó khăn và báo cáo kết quả hằng tháng.",
)


def title(number: int) -> str:
    return f"{PLACES[number % len(PLACES)]}: {DEEDS[number % len(DEEDS)]} đợt {number}"


def day(number: int) -> str:
    return f"{number % 28 + 1:02}/{number // 28 % 12 + 1:02}/2025"


def article(number: int, *, extra: str = "", note: str = "", around: str = "", paragraphs: int = 6) -> str:
    """A page with one article; `extra` stands in its body, `note` ends its first paragraph, `around` is the frame's."""
    choice = random.Random(number)
    text = "".join(f"<p>{choice.choice(SAID)} Số thứ tự {number}.{each}.</p>\n" for each in range(paragraphs))
    place, deed = PLACES[number % len(PLACES)], DEEDS[number % len(DEEDS)]
    return f"""<!DOCTYPE html><html lang="vi">
<head><meta charset="utf-8"><title>{title(number)} - Cổng thử</title></head>
<body><div class="header"><div class="menu"><a href="/">Trang chủ</a> <a href="/list">Tin tức</a></div>{around}</div>
<div class="detail"><h1>{title(number)}</h1><div class="date">Ngày đăng: {day(number)} 14:30</div>
<div class="content"><p>Ngày {day(number)}, tại {place}, đoàn công tác của tỉnh đã {deed}
với sự tham gia của đông đảo cán bộ và nhân dân các dân tộc trên địa bàn.{note}</p>
{text}{extra}</div></div><div class="footer">Cổng thử của băng ghế lỗi</div></body></html>"""


def listing(numbers: range | list[int], following: str | None, path: str = "/tin/{}.html", around: str = "") -> str:
    """A list page: headlines with their days, and the next page."""
    rows = "".join(
        f'<li><a href="{path.format(each)}">{title(each)}</a> <span class="date">{day(each)}</span></li>\n'
        for each in numbers
    )
    more = f'<div class="pager"><a class="next" rel="next" href="{following}">Trang sau</a></div>' if following else ""
    return (
        f'<html><head><meta charset="utf-8"><title>Tin tức</title></head><body>{around}<h1>Tin tức</h1>'
        f'<ul class="news">{rows}</ul>{more}</body></html>'
    )


class Stories:
    """A portal of `count` articles in one section of 20 per page; every `heavy`-th has a file of 1.5 MB."""

    told = ""

    def __init__(self, count: int, heavy: int = 20, pause: float = 0.0) -> None:
        self.count = count
        self.heavy = heavy
        self.pause = pause  # seconds before an answer

    def __call__(self, asked: Asked) -> bytes:
        path = asked.path
        if path == "/robots.txt":
            return page("User-agent: *\nAllow: /", media="text/plain")
        if path.startswith("/list"):
            first = int(path.partition("page=")[2] or 0)
            following = f"/list?page={first + 20}" if first + 20 < self.count else None
            return page(listing(range(first, min(first + 20, self.count)), following))
        if path.startswith("/tin/"):
            number = int(path[5:].removesuffix(".html"))
            file = f'<p><a href="/tep/{number}.pdf">Tải về văn bản kèm theo</a></p>' if number % self.heavy == 0 else ""
            # mixed sizes: most of 5 kB, some of 100 kB
            return page(article(number, extra=file, paragraphs=400 if number % 17 == 0 else 6 + number % 20))
        if path.startswith("/tep/"):
            number = int(path[5:].removesuffix(".pdf"))
            return page(b"%PDF-1.4\n" + random.Random(number).randbytes(1_500_000), media="application/pdf")
        return page("<p>x</p>", "404 Not Found")
