"""The headline of one story in templates unlike each other, however it is printed and whatever stands round it."""

from __future__ import annotations

import random
from datetime import datetime
from itertools import product

from archive.schema import Article
from crawler.reading.article import read_article

FETCHED_AT = datetime.fromisoformat("2023-09-19T09:00:00+07:00")
URL = "https://tinh-y.example.gov.vn/tin/ra-quan-trong-rung-4411.html"
HEADLINE = "Ra quân trồng rừng phòng hộ ven biển"
SITE = "Cổng thông tin điện tử tỉnh Y"
TEXT = "".join(
    f"<p>{line}</p>"
    for line in (
        "Sáng nay, hơn ba trăm đoàn viên cùng bà con hai thôn ven biển đã ra quân trồng rừng trên bãi cát mới.",
        "Cây phi lao được ươm từ đầu năm, mỗi hố cách nhau hai mét để rễ có chỗ bám khi gió mùa về.",
        "Chủ tịch xã cho biết sẽ giao từng đoạn rừng cho các hộ trông coi, kinh phí lấy từ quỹ của hợp tác xã.",
    )
)
NEWS = ("Hội nghị giao ban công tác dân vận quý hai", "Khai giảng lớp học nghề cho phụ nữ xã bãi ngang",
        "Kiểm tra an toàn hồ chứa trước mùa mưa bão", "Trao nhà tình nghĩa cho gia đình chính sách")  # fmt: skip
MENU = ("Trang chủ", "Giới thiệu", "Tin tức", "Văn bản", "Liên hệ", "Hỏi đáp")
LINKS = "".join(f"<li><a href=/m{i}>{name}</a></li>" for i, name in enumerate(MENU))
ROWS = "".join(f"<li><a href=/tin/khac-{i}.html>{line}</a></li>" for i, line in enumerate(NEWS))
CARDS = "".join(
    f"<div class=item><h4 class=title><a href=/tin/khac-{i}.html>{line}</a></h4><p>12/06/2023</p></div>"
    for i, line in enumerate(NEWS)
)

TEMPLATES = (
    "<div id=header>{site}</div><ul class=menu>{links}</ul><div class=main><div class=detail>{over}{head}{day}"
    "{text}</div><div class=related><h3>Tin liên quan</h3><ul>{rows}</ul></div></div>"
    "<div id=footer>Giấy phép số 12/GP-STTTT</div>",
    "<table width=980><tr><td colspan=2>{site}</td></tr><tr><td width=200><ul>{links}</ul><b>Tin mới</b><ul>{rows}"
    "</ul></td><td valign=top>{over}{head}{day}{text}</td></tr><tr><td colspan=2>Bản quyền thuộc tỉnh Y</td>"
    "</tr></table>",
    "<form id=aspnetForm><div class=ms-logo>{site}</div><div class=ms-nav><ul>{links}</ul></div>"
    "<div class=ms-rte>{over}"
    "{head}{day}<div class=ExternalClass>{text}</div></div><div class=ms-side><h2>Đọc nhiều</h2>{cards}</div></form>",
    "<header>{site}<nav><ul>{links}</ul></nav></header><aside><h3>Xem nhiều</h3>{cards}</aside><main><article>{over}"
    "{head}{day}<div class=content>{text}</div></article></main><footer>Điện thoại: 0255 123</footer>",
    "<div class=w1><div class=w2>{site}<ul>{links}</ul></div><div class=w3><div class=w4>{over}<div>{head}{day}</div>"
    "<div>{text}</div></div><div class=w5><b>Các tin khác</b><ul>{rows}</ul></div></div></div>",
    "<center>{site}</center><div class=nav><ul>{links}</ul></div><dl><dd>{over}{head}</dd><dd>{day}</dd><dd>{text}</dd>"
    "</dl><p>Tin đã đưa:</p><ul>{rows}</ul>",
)
PRINTS = (
    "<h1>{}</h1>", "<h2 class=title>{}</h2>", "<h3>{}</h3>", "<div class=tieu-de>{}</div>", "<div>{}</div>", ""
    "<p><b>{}</b></p>",
    "<span class=TieuDe>{}</span><br>", "<font size=4><b>{}</b></font><br>", "<p align=center><strong>{}</strong></p>",
    "<h1><a href=" + URL + ">{}</a></h1>", "<h4 class='fs-3 fw-bold'>{}</h4>", "<div role=heading>{}</div>",
)  # fmt: skip
OVER = (
    "", "<div class=chuyen-muc>Nông nghiệp</div>", "<h2>Tin trong tỉnh</h2>", ""
    "<div>Trang chủ » Tin tức » Nông nghiệp</div>",
    "<marquee>Chào mừng ngày lễ lớn của tỉnh nhà</marquee>", "<h3>Chi tiết tin</h3>", f"<ul>{ROWS}</ul>",
    "<p>Thứ Ba, 19/09/2023</p>",
)  # fmt: skip
SITES = (
    "<img src=logo.png>",
    f"<h1>{SITE}</h1>",
    f"<div class=slogan><h2>{SITE.upper()}</h2></div>",
    "<h1>UBND TỈNH Y</h1>",
)
TITLES = (f"{HEADLINE} - {SITE}", SITE, f"Tin tức | {SITE}", f"{SITE} - {HEADLINE}", "Chi tiết tin")
OGS = ("", f'<meta property="og:title" content="{HEADLINE}">', f'<meta property="og:title" content="{SITE}">',
       '<meta property="og:title" content="Tin tức">')  # fmt: skip
DAYS = (
    "<div>Ngày đăng: 14/06/2023 16:05</div>",
    "<p><i>14/06/2023</i></p>",
    "<span class=date>16:05 14/06/2023</span><br>",
)
SAMPLED = 600


def test_the_headline_is_found_in_any_dress() -> None:
    dresses = list(product(TEMPLATES, PRINTS, OVER, SITES, TITLES, OGS, DAYS))
    missed = []
    for template, how, over, site, title, og, day in random.Random(7).sample(dresses, SAMPLED):
        body = template.format(
            site=site, links=LINKS, over=over, head=how.format(HEADLINE), day=day, text=TEXT, rows=ROWS, cards=CARDS
        )
        page = f"<html><head><title>{title}</title>{og}</head><body>{body}</body></html>"
        read = read_article(page.encode(), URL, FETCHED_AT)
        if not isinstance(read, Article) or read.title != HEADLINE:
            missed.append((read.title if isinstance(read, Article) else read.detail, how, over, site, title, og))
    assert missed == []
