"""Lines inside an article's box that are no text of it, and tables that are."""

from __future__ import annotations

from datetime import datetime

import pytest

from archive.schema import Article
from crawler.reading.article import read_article

FETCHED_AT = datetime.fromisoformat("2022-10-20T10:00:00+07:00")
URL = "https://www.songq.gov.vn/tin-tuc/khanh-thanh-cau-ban-thuong-4513.html"
TITLE = "Khánh thành cầu dân sinh bản Thượng"
TEXT = (
    "Sáng 12/10, UBND xã tổ chức lễ khánh thành cầu dân sinh bản Thượng sau gần một năm thi công.",
    "Cầu dài 42 mét, rộng 3 mét, nhân dân trong bản đóng góp hơn 600 ngày công và hiến đất vườn.",
)


def body(between: str = "", behind: str = "") -> str:
    html = (
        f"<html lang=vi><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1><p>Ngày đăng: 18/10/2022 08:30</p>"
        f"<div><p>{TEXT[0]}</p>{between}<p>{TEXT[1]}</p>{behind}</div></body></html>"
    )
    found = read_article(html.encode(), URL, FETCHED_AT)
    assert isinstance(found, Article)
    return found.body


TOOLS = (
    "<div>Thích 12Chia sẻ</div>",
    "<p>#caudansinh #nongthonmoi</p>",
    "<p><a href=/t/1>#caudansinh</a><a href=/t/2>#nôngthônmới</a></p>",
    "<div>Trình duyệt không hỗ trợ âm thanh.</div>",
    "<div>Trình duyệt của bạn không hỗ trợ thẻ video HTML5.</div>",
    "<div>Your browser does not support the audio element.</div>",
    "<div><i>Vui lòng ghi rõ nguồn songq.gov.vn khi đăng lại bài viết này.</i></div>",
    "<p>® Ghi rõ nguồn 'songq.gov.vn' khi phát hành lại thông tin</p>",
    "<div><i class=material-icons>thumb_up</i> 12</div>",
)


@pytest.mark.parametrize("tool", TOOLS)
def test_tools_are_no_text(tool: str) -> None:
    assert body(behind=tool) == "\n".join(TEXT)


def test_text_in_the_middle_like_all_of_its_page_is_no_caption() -> None:
    read = body(behind="<p>Bà con trong bản phấn khởi vì từ nay không phải lội suối mỗi mùa mưa lũ nữa.</p>")
    html = read.replace("\n", "</p><p>")
    story = f"<table><tr><td align=center><h2>{TITLE}</h2><img src=/a.jpg><br><p>{html}</p></td></tr></table>"
    found = read_article(f"<html lang=vi><body>{story}</body></html>".encode(), URL, FETCHED_AT)
    assert isinstance(found, Article)
    assert found.body == read


def test_a_table_in_a_figure_is_text() -> None:
    table = "<table><tr><td>Bản</td><td>Số hộ</td></tr><tr><td>Bản Thượng</td><td>120</td></tr></table>"
    caption = "<figcaption>Số hộ dùng cầu</figcaption>"
    read = body(f'<figure class="wp-block-table">{table}{caption}</figure>')
    assert read == f"{TEXT[0]}\nBản | Số hộ\nBản Thượng | 120\n{TEXT[1]}"
