"""Documents that a page prints whole, with no headline over them: what they are called."""

from __future__ import annotations

import pytest

from crawler.reading.page import Page
from crawler.reading.title.headline import find_headline

HEAD = (
    "<p>QUỐC HỘI</p><p>Số: 100/2015/QH13</p><p>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</p><p>Độc lập - Tự do - Hạnh phúc</p>"
)
PLACE = "<p>Hà Nội, ngày 27 tháng 11 năm 2015</p>"
GROUNDS = "<p>Căn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam;</p>"
TEXT = "".join(
    f"<p>Điều {number}. Cơ quan, tổ chức, cá nhân thi hành những quy định dưới đây.</p>" for number in range(1, 9)
)
TITLES = [
    ("<p>BỘ LUẬT</p><p>HÌNH SỰ</p><p>__</p>", "BỘ LUẬT HÌNH SỰ"),
    ("<p>QUYẾT ĐỊNH</p><p>Về việc phê duyệt quy hoạch</p><p>CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH</p>",
     "QUYẾT ĐỊNH Về việc phê duyệt quy hoạch"),
    ("<p>NGHỊ QUYẾT</p><p>VỀ DỰ TOÁN NGÂN SÁCH</p><p>NĂM 2016</p><p>HỘI ĐỒNG NHÂN DÂN TỈNH</p>",
     "NGHỊ QUYẾT VỀ DỰ TOÁN NGÂN SÁCH NĂM 2016"),
]  # fmt: skip


def headline(html: str) -> tuple[str, str] | None:
    page = Page(f"<title>Trung ương</title><body>{html}</body>".encode(), "https://x.gov.vn/vb?ItemID=96122")
    found = find_headline(page)
    return (found.text, found.basis) if found is not None else None


@pytest.mark.parametrize(("lines", "title"), TITLES)
def test_document_printed_whole(lines: str, title: str) -> None:
    assert headline(f"<div>{HEAD}{PLACE}{lines}{GROUNDS}{TEXT}</div>") == (title, "document")


def test_headline_over_a_document_stands() -> None:
    html = f"<h1>Công bố Bộ luật Hình sự năm 2015</h1><div>{HEAD}{PLACE}{TITLES[0][0]}{GROUNDS}{TEXT}</div>"
    assert headline(html) == ("Công bố Bộ luật Hình sự năm 2015", "heading")


def test_country_in_a_sentence_heads_no_document() -> None:
    found = headline(f"<div>{GROUNDS}<p>LUẬT</p><p>ĐẤT ĐAI</p>{TEXT}</div>")
    assert found is None or found[1] != "document"
