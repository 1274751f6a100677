"""Pages of an official document: which labels name a value of it, and which a field of a form beside it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from archive.schema import Article
from crawler.reading.article import read_article
from crawler.reading.document_page import find_document
from crawler.reading.page import Page

FETCHED_AT = datetime.fromisoformat("2022-05-20T10:00:00+07:00")
TOLD = {
    "Số ký hiệu": "45/QĐ-UBND",
    "Ngày ban hành": "05/01/2022",
    "Ngày có hiệu lực": "10/01/2022",
    "Người ký": "Nguyễn Văn Hải",
    "Cơ quan ban hành": "UBND tỉnh",
    "Loại văn bản": "Quyết định",
}
TABLE = "".join(f"<tr><td>{label}</td><td>{value}</td></tr>" for label, value in TOLD.items())
WHOLE = {
    "number_text": "45/QĐ-UBND", "date": "2022-01-05", "date_text": "05/01/2022", "effective_date": "2022-01-10",
    "effective_text": "10/01/2022", "signer": "Nguyễn Văn Hải", "issuer_text": "UBND tỉnh", "type_text": "Quyết định",
}  # fmt: skip
# Over the table that tells, what asks.
FORMS = {
    "rows of labels": "<div><div><label>Số ký hiệu</label><input></div><div><label>Ngày ban hành</label></div><div>"
    "<label>Từ</label><input><label>Đến</label><input></div><div><label>Cơ quan ban hành</label><select>"
    "<option>Tất cả</select>"
    "</div><button>Tìm kiếm</button></div>",
    "a table of fields": "<table><tr><td>Ngày ban hành</td><td><input></td><td>Người ký</td><td><input></td></tr><tr>"
    "<td>Loại văn bản</td><td><select></select></td></tr></table><span>Xem với cỡ chữ</span>",
    "one field": "<div><b>Số ký hiệu</b> <input name=so></div><p>Nhập số cần tìm</p>",
    "fields of a script": "<p>Ngày ban hành</p><p>Từ ngày</p><p>Cơ quan ban hành</p><p>-- Chọn cơ quan --</p>",
}


def told(html: str) -> dict[str, Any] | None:
    found = find_document(Page(f"<html><body>{html}</body></html>".encode(), "https://x.gov.vn/vb/1"), FETCHED_AT)
    return {name: getattr(found[0], name) for name in WHOLE} if found is not None else None


@pytest.mark.parametrize("form", ["", *FORMS.values()], ids=["none", *FORMS])
def test_what_a_form_asks_is_no_value(form: str) -> None:
    assert told(f"{form}<table>{TABLE}</table>") == WHOLE


# vbpl.vn, and the portals that show its parts
MENUS = {
    "a list of types": "<div><div class=top>Loại văn bản</div><ul><li>Hiến pháp</li><li>Bộ luật</li></ul></div>",
    "the next box's title": "<div><p>Loại văn bản</p></div><div><p>Năm ban hành</p></div><ul><li>1945</ul>",
    "one line of tabs": "<div><b>Người ký</b></div><div><b>Toàn văn</b></div>",
}


@pytest.mark.parametrize("menu", MENUS.values(), ids=MENUS)
def test_what_a_menu_heads_is_no_value(menu: str) -> None:
    assert told(f"{menu}<table>{TABLE}</table>") == WHOLE
    assert told(f"<table>{TABLE}</table>{menu}") == WHOLE


def test_value_of_a_table_is_no_headline() -> None:
    rows = f"{TABLE}<tr><td>Nguồn thu thập</td><td>Công báo số 12 đến 13, năm 2022</td></tr>"
    html = f"<html><title>Trung ương</title><body><table>{rows}</table></body></html>"
    found = read_article(html.encode(), "https://x.gov.vn/van-ban/chi-tiet-45123.html", FETCHED_AT)
    assert isinstance(found, Article), found
    assert (found.title, found.title_basis) == ("Quyết định 45/QĐ-UBND", "document")


def test_a_head_over_columns_has_no_value_in_its_last_cell() -> None:
    related = "<table><tr><th>Ngày</th><th>Trích yếu</th></tr><tr><td>92/KH-UBND</td><td>Kế hoạch</td></tr></table>"
    found = find_document(Page(f"<table>{TABLE}</table>{related}".encode(), "https://x.gov.vn/vb/1"), FETCHED_AT)
    assert found is not None
    assert found[0].title is None


def test_several_fields_of_one_row() -> None:
    row = (
        "<tr><td>Cơ quan ban hành/ Chức danh / Người ký</td><td>Quốc hội</td><td>Chủ tịch Quốc hội</td><td>{}</td></tr>"
    )
    rest = "".join(f"<tr><td>{label}</td><td>{TOLD[label]}</td></tr>" for label in [*TOLD][:3])
    wanted = {"issuer_text": "Quốc hội", "signer": "Nguyễn Sinh Hùng", "type_text": None}
    assert told(f"<table>{rest}{row.format('Nguyễn Sinh Hùng')}</table>") == WHOLE | wanted


def test_form_over_a_list_is_no_document() -> None:
    rows = "".join(f"<tr><td>{i}6/2017/TT</td><td>Bộ Y tế</td><td>1{i}/10/2017</td></tr>" for i in range(1, 4))
    head = "<tr><th>Số hiệu</th><th>Cơ quan ban hành</th><th>Ngày</th></tr>"
    assert told(f"{FORMS['rows of labels']}<table>{head}{rows}</table>") is None


def test_fields_of_comments_beside_a_document_ask_nothing_of_it() -> None:
    comments = "<form><input name=ten><input name=email><textarea></textarea><button>Gửi</button></form>"
    assert told(f"<div><input name=q></div><div><table>{TABLE}</table>{comments}</div>") == WHOLE


def test_day_of_issue_has_figures_and_that_of_effect_may_be_told_in_words() -> None:
    said = TABLE.replace("10/01/2022", "Kể từ ngày ký").replace("05/01/2022", "Không rõ")
    unknown = {"date": None, "date_text": None, "effective_date": None, "effective_text": "Kể từ ngày ký"}
    assert told(f"<table>{said}</table>") == WHOLE | unknown


OWN = "vn/kon-tum/ubnd/qd/2022/45"
HEADLINES = [
    ("Quyết định 45/QĐ-UBND về giá đất", OWN),
    ("Quyết định số 45 về giá đất", OWN),
    ("Quyết định số 45/QĐ-UBND ngày 05/01/2022", OWN),
    # what it says besides is not the page's document
    ("Quyết định 46/QĐ-UBND về giá đất", None),
    ("Kế hoạch 45/KH-UBND về giá đất", None),
    ("Quyết định 45/2021/QĐ-UBND về giá đất", None),
    ("Quyết định số 45/QĐ-UBND ngày 06/01/2022", None),
    ("Quyết định 45/QĐ-SYT về giá thuốc", None),
]


def _document_page(headline: str, body: str = "") -> Article:
    table = TABLE.replace("<td>UBND tỉnh</td>", "<td>UBND tỉnh Kon Tum</td>")
    page = f"<html><body><h1>{headline}</h1><table>{table}</table><div>{body}</div></body></html>"
    found = read_article(page.encode(), "https://x.gov.vn/van-ban/chi-tiet-45123.html", FETCHED_AT)
    assert isinstance(found, Article)
    assert found.document is not None
    assert (found.title, found.document.cid) == (headline, OWN)
    return found


@pytest.mark.parametrize(("headline", "cid"), HEADLINES)
def test_the_headline_names_the_document_of_its_page(headline: str, cid: str | None) -> None:
    first = _document_page(headline).cited_documents[0]
    assert (first.field, first.cid) == ("title", cid)


def test_a_number_that_two_documents_of_a_page_bear_is_left_open() -> None:
    other = "Căn cứ Quyết định số 45/QĐ-UBND ngày 07/3/2021 của UBND tỉnh Gia Lai về giá đất năm 2021 ở các huyện."
    headline, named = _document_page("Quyết định 45/QĐ-UBND về giá đất", f"<p>{other}</p>" * 3).cited_documents[:2]
    assert named.cid == "vn/gia-lai/ubnd/qd/2021/45"
    assert (headline.cid, set(headline.candidates)) == (None, {OWN, named.cid})


# (how a system prints the fields of one, what they say)
SHAPES = {
    "four cells a row": (
        "<h1>Chỉ thị về phòng cháy rừng mùa khô</h1><table><tr><th>Số ký hiệu văn bản</th><td>05/CT-UBND</td>"
        "<th>Ngày ban hành</th><td>03-01-2022</td></tr><tr><th>Loại văn bản</th><td>Chỉ thị</td><th>Ngày hiệu lực</th>"
        "<td></td></tr><tr><th>Cơ quan ban hành văn bản</th><td>UBND tỉnh Gia Lai</td><th>Người ký văn bản</th>"
        "<td>Phạm Anh Tuấn</td></tr></table>",
        ("05/CT-UBND", "2022-01-03", None, "UBND tỉnh Gia Lai", "Phạm Anh Tuấn", "Chỉ thị về phòng cháy rừng mùa khô"),
    ),
    "items of a list, a number apart from its letters": (
        "<h2>Quyết định số 12/2022/QĐ-UBND</h2><ul><li><b>Số văn bản:</b> 12</li><li><b>Ký hiệu:</b> 12/2022/QĐ-UBND"
        "</li><li><b>Ngày ban hành:</b> 05/04/2022</li><li><b>Hiệu lực từ ngày:</b> 20/04/2022</li>"
        "<li><b>Người ký:</b> Lê Văn Bình (Phó Chủ tịch)</li></ul><p>Tin khác trong tuần của tỉnh nhà.</p>",
        ("12/2022/QĐ-UBND", "2022-04-05", "2022-04-20", None, "Lê Văn Bình", None),
    ),
    "lines of one cell": (
        "<table><tr><td>Số: 312/TB-VP<br>Ngày: 22/11/2019<br>Loại: Thông báo<br>Trích yếu: Thông báo kết luận phiên "
        "họp tháng 11<br>Người ký: Đỗ Minh Tâm - Chánh Văn phòng</td></tr></table><p>Ngày: 01/05/2022</p>",
        ("312/TB-VP", "2019-11-22", None, None, "Đỗ Minh Tâm", "Thông báo kết luận phiên họp tháng 11"),
    ),
    "colons before the values": (
        "<h4>Báo cáo kinh tế tháng 02</h4><div><label>Số hiệu văn bản</label><span>: 41/BC-UBND</span></div><div>"
        "<p>Ngày ban hành</p><p>: 27/02/2022</p></div><div><p>Cơ quan/Đơn vị ban hành</p><p>: Văn phòng UBND tỉnh</p>"
        "</div><div><p>Người ký duyệt</p><p>: Phó Chánh Văn phòng Phan Thị Mai</p></div>",
        ("41/BC-UBND", "2022-02-27", None, "Văn phòng UBND tỉnh", "Phan Thị Mai", "Báo cáo kinh tế tháng 02"),
    ),
}


@pytest.mark.parametrize(("html", "wanted"), SHAPES.values(), ids=SHAPES)
def test_fields_of_a_document_as_systems_print_them(html: str, wanted: tuple[str | None, ...]) -> None:
    found = read_article(f"<html><body>{html}</body></html>".encode(), "https://x.gov.vn/vb/1", FETCHED_AT)
    assert isinstance(found, Article), found
    assert found.document is not None
    names = ("number_text", "date", "effective_date", "issuer_text", "signer", "title")
    assert (found.kind, *(getattr(found.document, name) for name in names)) == ("document", *wanted)
