"""Names that no table of ours knows, at the places of bylines, and what stands there and names nobody."""

from __future__ import annotations

from datetime import datetime

import pytest

from archive.schema import Article
from crawler.reading.article import read_article

FETCHED_AT = datetime.fromisoformat("2022-11-04T10:00:00+07:00")
URL = "https://www.songq.gov.vn/tin-tuc/mo-lai-ben-pha-sau-bao-7712.html"
TITLE = "Bến phà Gò Mây mở lại sau hai tuần sửa chữa"
TEXT = (
    "Từ sáng nay, bến phà Gò Mây đã đón khách trở lại sau khi hoàn thành việc gia cố mố và thay cầu dẫn.",
    "Mỗi ngày có khoảng một nghìn hai trăm lượt người và xe máy qua lại, phần lớn là công nhân, học sinh.",
    "Chủ phà cam kết trang bị đủ áo phao, không chở quá số người và nghỉ chạy khi nước lên mức báo động hai.",
)
STORY = "".join(f"<p>{each}</p>" for each in TEXT)
POSTED = "03/11/2022 08:30"
# With a word that is given to nobody, of the country, of the sea, with titles and units.
PEN_NAMES = (
    ("Hồng Gốm", ["Hồng Gốm"]),
    ("Thầy Ba Ghe", ["Thầy Ba Ghe"]),
    ("Út Rạch Giồng", ["Út Rạch Giồng"]),
    ("Hồng Gốm - Út Khoai", ["Hồng Gốm", "Út Khoai"]),
    ("Hồng Gốm, Lê Phương", ["Hồng Gốm", "Lê Phương"]),
    ("Lê Phương - Hồng Gốm", ["Lê Phương", "Hồng Gốm"]),
    ("Hồng Gốm (Trạm Y tế xã)", ["Hồng Gốm"]),
    ("ThS. Hồng Gốm", ["Hồng Gốm"]),
)
PLACES = (
    f"<h1>{TITLE}</h1><p>{POSTED}</p><div>{STORY}<p><b>{{}}</b></p></div>",
    f"<h1>{TITLE}</h1><p>{POSTED}</p><div>{STORY}</div><div>{{}}</div><p>Lượt xem: 12</p>",
    f"<h1>{TITLE}</h1><p>{POSTED}</p><div>{STORY}<p><i>{{}}</i></p></div>",
    f"<h1>{TITLE}</h1><div><span>{{}}</span> | <span>{POSTED}</span></div><div>{STORY}</div>",
    f"<h1>{TITLE}</h1><ul><li>{POSTED}</li><li>{{}}</li></ul><div>{STORY}</div>",
    f"<h1>{TITLE}</h1><p>{POSTED}</p><div><p><i>{{}}</i></p>{STORY}</div>",
    f"<h1>{TITLE}</h1><p>{POSTED}</p><div>{STORY}<h5>{{}}</h5></div>",
)


def read(story: str) -> Article:
    html = (
        f"<html><head><title>{TITLE}</title></head><body><nav><a href=/>Trang chủ</a><a href=/t>Tin tức</a></nav>"
        f"<main>{story}</main><footer>Bản quyền thuộc UBND huyện</footer></body></html>"
    )
    found = read_article(html.encode(), URL, FETCHED_AT)
    assert isinstance(found, Article)
    return found


def names(found: Article) -> list[str]:
    return [author.name for author in found.authors]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(("line", "expected"), PEN_NAMES)
def test_a_name_of_unknown_words(place: str, line: str, expected: list[str]) -> None:
    found = read(place.format(line))
    assert (names(found), found.body) == (expected, "\n".join(TEXT))


@pytest.mark.parametrize("word", ["rteright", "ql-align-right", "text-right", "txtright", "align-right", "text-end"])
@pytest.mark.parametrize("name", ["Sông Gấm", "CỎ MAY", "Phòng Kinh tế"])
def test_classes_that_set_a_line_to_the_right(word: str, name: str) -> None:
    found = read(f"<h1>{TITLE}</h1><p>{POSTED}</p><div>{STORY}<p class={word}>{name}</p></div>")
    assert (names(found), found.body) == ([name], "\n".join(TEXT))


@pytest.mark.parametrize("heading", ["<h3 align=right>{}</h3>", "<h2 style='text-align: right'>{}</h2>", "<h6>{}</h6>"])
def test_a_heading_that_is_a_byline(heading: str) -> None:
    found = read(f"<h1>{TITLE}</h1><p>{POSTED}</p><div>{STORY}{heading.format('Lê Phương - Trạm Y tế xã')}</div>")
    assert (names(found), found.body) == (["Lê Phương"], "\n".join(TEXT))


def test_an_aside_between_headline_and_text() -> None:
    told = "<dl><dt>Chi tiết</dt><dd class=createdby>{}</dd><dd>03/11/2022 08:30</dd><dd>Lượt xem: 64</dd></dl>"
    aside = f"<aside class=article-aside>{told.format('Út Ghe')}</aside>"
    assert names(read(f"<h1>{TITLE}</h1>{aside}<div>{STORY}</div>")) == ["Út Ghe"]
    assert names(read(f"<h1>{TITLE}</h1><p>{POSTED}</p><div>{STORY}</div>{aside}")) == []


VOUCHED = (
    "HỒNG GỐM (thực hiện)", "Hồng Gốm (tổng hợp)", "HỒNG GỐM (CTV)", "Bút ký của Hồng Gốm", "Ghi chép: Hồng Gốm",
    "Viết bởi Hồng Gốm", "Người viết Hồng Gốm", "Được viết bởi Hồng Gốm",
)  # fmt: skip


@pytest.mark.parametrize("line", VOUCHED)
def test_words_beside_an_unknown_name_vouch_for_it(line: str) -> None:
    for setting in ("<p>{}</p>", "<p align=right><b>{}</b></p>"):
        found = read(f"<h1>{TITLE}</h1><p>{POSTED}</p><div>{STORY}{setting.format(line)}</div>")
        assert [name.title() for name in names(found)] == ["Hồng Gốm"]


@pytest.mark.parametrize(
    "line", ["Các đơn vị (thực hiện)", "Ông Ba Ghe (ghi)", "Thơ của Người Lính", "Số liệu (tổng hợp)"]
)
def test_the_same_words_beside_others_name_nobody(line: str) -> None:
    assert names(read(f"<h1>{TITLE}</h1><p>{POSTED}</p><div>{STORY}<p>{line}</p></div>")) == []


# Sections, places, closing words, people told of.
NOBODY = (
    "Du Lịch", "Nông Thôn Mới", "Chuyển Đổi Số", "Thể Thao", "Gương Sáng", "Bạch Đằng", "Bến Gò Mây", "Em Hồng Gốm",
    "Tặng Hồng Gốm", "Trân Trọng", "Cảm Ơn Bạn Đọc", "Ông Ba Ghe", "Bà Hồng Gốm", "Chợ Ba Ghe",
)  # fmt: skip


@pytest.mark.parametrize("line", NOBODY)
def test_other_words_at_the_places_of_bylines(line: str) -> None:
    for place in PLACES:
        assert names(read(place.format(line))) == []


@pytest.mark.parametrize("place", ["Gò Dưa", "Sơn Hà", "Ngọc Hồi"])
@pytest.mark.parametrize("day", ["ngày 3/11/2022", "ngày 03 tháng 11 năm 2022"])
def test_where_a_paper_was_made_out_is_nobody(place: str, day: str) -> None:
    for setting in ("<p>{}, {}</p>", "<p align=right><i>{}, {}</i></p>"):
        line = setting.format(place, day)
        assert names(read(f"<h1>{TITLE}</h1>{line}<div>{STORY}</div>")) == []


def test_what_a_link_to_a_section_is_called_is_nobody() -> None:
    for name in ("Hồng Gốm", "Ngọc Hồi"):
        line = f"<div><a href=/chuyen-muc/7>{name}</a> <span>{POSTED}</span></div>"
        assert names(read(f"<h1>{TITLE}</h1>{line}<div>{STORY}</div>")) == []


@pytest.mark.parametrize("word", ["tg", "bai-tg", "au", "auth", "by", "vn-by", "byl"])
@pytest.mark.parametrize("name", ["SÔNG NGANG", "HỒNG GỐM", "Trạm Khuyến nông Gò Mây"])
def test_short_class_words_of_a_writer(word: str, name: str) -> None:
    line = f"<div class={word}>{name}</div>"
    for story in (
        f"<h1>{TITLE}</h1><p>{POSTED}</p>{line}<div>{STORY}</div>",
        f"<h1>{TITLE}</h1><p>{POSTED}</p><div>{STORY}</div>{line}",
    ):
        found = read(story)
        assert (names(found), found.body) == ([name], "\n".join(TEXT))


def test_a_tool_beside_the_time_in_such_an_element_is_nobody() -> None:
    line = f"<ul class=tg><li>{POSTED}</li><li><a href=#>In</a></li><li><a href=#>Gửi email</a></li></ul>"
    assert names(read(f"<h1>{TITLE}</h1>{line}<div>{STORY}</div>")) == []
