"""Pages that print an official document whole: what makes them one, and what is told of it."""

from __future__ import annotations

from datetime import datetime

import pytest

from archive.schema import Article, Document
from crawler.reading.article import read_article

FETCHED_AT = datetime.fromisoformat("2022-05-20T10:00:00+07:00")
URL = "https://www.tinhq.gov.vn/chi-dao/ung-pho-mua-lu-4512.html"
TEXT = "".join(
    f"<p>{number}. Ủy ban nhân dân các xã rà soát các hộ ven suối, đưa dân đến nơi an toàn trước khi mưa lớn.</p>"
    for number in range(1, 5)
)
HEAD = (
    "<table><tr><td>ỦY BAN NHÂN DÂN TỈNH Q<br>Số: 09/CĐ-UBND</td><td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>"
    "Độc lập - Tự do - Hạnh phúc<br>Quảng Hà, ngày 12 tháng 5 năm 2022</td></tr></table>"
)
PARTY = (
    "<table><tr><td>ĐẢNG BỘ TỈNH Q<br>TỈNH ỦY Q<br>*<br>---<br>Số 45-CV/TU</td><td>ĐẢNG CỘNG SẢN VIỆT NAM<br>---<br>"
    "*<br>---<br>Quảng Hà, ngày 12 tháng 5 năm 2022</td></tr></table>"
)
SIGNED = "<p>KT. CHỦ TỊCH</p><p>PHÓ CHỦ TỊCH</p><p>(Đã ký)</p><p>Lò Văn Bình</p>"
NUMBERED = "Công điện số 09/CĐ-UBND về việc ứng phó với mưa lũ trên địa bàn tỉnh"
DATED = "Chỉ thị số 07/CT-UBND ngày 11/5/2022 của UBND tỉnh về ứng phó với mưa lũ trên địa bàn"
PLAIN = "Tập trung ứng phó với mưa lũ trên địa bàn tỉnh"

WHOLE = [
    (NUMBERED, f"{TEXT}{SIGNED}", Document(
        type="cd", type_text="Công điện", number="09/CĐ-UBND", number_text="09/CĐ-UBND", issuer="ubnd",
        signer="Lò Văn Bình", title=NUMBERED)),
    (DATED, f"{TEXT}{SIGNED}", Document(
        type="ct", type_text="Chỉ thị", number="07/CT-UBND", number_text="07/CT-UBND", date="2022-05-11",
        date_text="11/5/2022", issuer="ubnd", issuer_text="UBND tỉnh", signer="Lò Văn Bình", title=DATED)),
    (PLAIN, f"{HEAD}{TEXT}{SIGNED}", Document(
        type="cd", number="09/CĐ-UBND", number_text="09/CĐ-UBND", date="2022-05-12",
        date_text="12 tháng 5 năm 2022", issuer="ubnd", signer="Lò Văn Bình", title=PLAIN)),
    # rules between the letterhead's lines; the Party writes no colon
    (PLAIN, f"{PARTY}{TEXT}{SIGNED}", Document(
        type="cv", number="45-CV/TU", number_text="45-CV/TU", date="2022-05-12",
        date_text="12 tháng 5 năm 2022", issuer="tu", signer="Lò Văn Bình", title=PLAIN)),
]  # fmt: skip
STORIES = [
    (NUMBERED, TEXT),  # tells of it, or of a part
    (NUMBERED, f"{TEXT}<p>Lò Văn Bình</p>"),
    (PLAIN, f"{TEXT}{SIGNED}"),  # a letter, an appeal
    ("Triển khai Công điện số 09/CĐ-UBND về việc ứng phó với mưa lũ", f"{TEXT}{SIGNED}"),
    (PLAIN, f"<p>Số: 500/QĐ-TTg ngày 3/5/2022 của Thủ tướng;</p>{TEXT}{SIGNED}"),  # what it is based on
    (PLAIN, f"<p>Số: 12/4-Trần Phú</p>{TEXT}{SIGNED}"),  # a house
    (PLAIN, f"{HEAD}{TEXT}<p>Theo Chủ tịch UBND tỉnh, các xã phải báo cáo trước 17 giờ.</p>"),
]


def read(title: str, text: str) -> Article:
    page = (
        f"<html><head><title>{title}</title></head><body><ul><li><a href=/>Trang chủ</a></li></ul><div><h1>{title}</h1>"
        f"<p>Ngày đăng: 18/05/2022 08:30</p><div>{text}</div></div></body></html>"
    )
    found = read_article(page.encode(), URL, FETCHED_AT)
    assert isinstance(found, Article), found
    return found


@pytest.mark.parametrize(("title", "text", "document"), WHOLE)
def test_document_printed_whole(title: str, text: str, document: Document) -> None:
    found = read(title, text)
    assert (found.kind, found.title, found.posted_on, found.authors) == ("document", title, "2022-05-18", ())
    assert found.document == document
    assert "1. Ủy ban nhân dân các xã rà soát" in found.body


@pytest.mark.parametrize(("title", "text"), STORIES)
def test_story_of_a_document(title: str, text: str) -> None:
    found = read(title, text)
    assert (found.kind, found.document) == ("text", None)
