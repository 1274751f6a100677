"""Kinds of bylines that few portals print, and lines that look like one: each kind in pages of several shapes."""

from __future__ import annotations

from datetime import datetime

import pytest

from archive.schema import Article
from crawler.reading.article import read_article

FETCHED_AT = datetime.fromisoformat("2021-05-20T10:00:00+07:00")
URL = "https://www.quangq.gov.vn/tin-tuc/vu-ca-com-duoc-mua-4514.html"
TITLE = "Ngư dân vùng bãi ngang phấn khởi vì được mùa cá cơm"
TEXT = (
    "Từ giữa tháng tư, hàng trăm ghe nhỏ của ngư dân bãi ngang nối nhau vào bờ với khoang đầy ắp cá cơm.",
    "Mỗi ký cá được thương lái mua tại bến với giá mười tám nghìn đồng, cao hơn năm ngoái ba nghìn đồng.",
)


def read(behind: str = "", above: str = "", after: str = "", over: str = "") -> Article:
    story = "".join(f"<p>{each}</p>" for each in TEXT)
    html = (
        f"<html><head><title>{TITLE}</title></head><body>"
        "<nav><ul><li><a href=/>Trang chủ</a><li><a href=/b>Bình Sơn</a></ul></nav>"
        f"<div>{over}<h1>{TITLE}</h1><p>18/05/2021 08:30</p>{above}"
        f"<div>{story}{behind}</div>{after}</div></body></html>"
    )
    found = read_article(html.encode(), URL, FETCHED_AT)
    assert isinstance(found, Article)
    return found


def names(found: Article) -> list[str]:
    return [author.name for author in found.authors]


LAST: tuple[tuple[str, list[str]], ...] = (
    # families of the Cơ Tu, Khơ Mú, Mông, Ê Đê; of a nun
    ("Zơ Râm Nhung", ["Zơ Râm Nhung"]),
    ("Moong Văn Nghệ", ["Moong Văn Nghệ"]),
    ("Cụt Thị Hoài", ["Cụt Thị Hoài"]),
    ("Adrơng Y Nhiêm", ["Adrơng Y Nhiêm"]),
    ("Sư cô Thích Minh Tâm", ["Thích Minh Tâm"]),
    # a family name that no table holds, and the middle name of women
    ("Chướng Thị Lan", ["Chướng Thị Lan"]),
    # Ông is a family too, and words of menus and of places are names
    ("Ông Thị Lài", ["Ông Thị Lài"]),
    ("XUÂN QUYẾT", ["XUÂN QUYẾT"]),
    ("Thế Hội - Ngọc Gấm", ["Thế Hội", "Ngọc Gấm"]),
    ("Hoàng Sa Giang", ["Hoàng Sa Giang"]),
    # no Hải Phòng
    ("Hải Phong", ["Hải Phong"]),
    # titles
    ("DS.CKI Lê Hoa", ["Lê Hoa"]),
    ("BSCK2 Lê Hoa", ["Lê Hoa"]),
    ("CNĐD Lê Hoa", ["Lê Hoa"]),
    ("Luật gia Lê Hoa", ["Lê Hoa"]),
    ("Thượng úy QNCN Lê Hoa", ["Lê Hoa"]),
    ("Thượng sĩ Lê Hoa", ["Lê Hoa"]),
    ("Y sĩ Lê Hoa - Trạm Y tế xã", ["Lê Hoa"]),
    ("NCS. Lê Hoa", ["Lê Hoa"]),
    # units
    ("Lê Hoa – GV Trường THCS Sa Huỳnh", ["Lê Hoa"]),
    ("Lê Hoa - Học viên lớp K12", ["Lê Hoa"]),
    ("Ban Truyền thông", ["Ban Truyền thông"]),
    ("Lê Hoa - PA05", ["Lê Hoa"]),
    ("LÊ HOA - PC06", ["LÊ HOA"]),
    ("Lê Hoa (PV01)", ["Lê Hoa"]),
    ("Lê Hoa - THPT Chu Văn An", ["Lê Hoa"]),
    ("Lê Hoa - TTYT huyện", ["Lê Hoa"]),
    ("Lê Hoa - BTV Tỉnh đoàn", ["Lê Hoa"]),
    ("Lê Hoa - VP. HĐND&amp;UBND", ["Lê Hoa"]),
    ("Lê Hoa - Văn hóa xã", ["Lê Hoa"]),
    ("Lê Hoa, Lớp 9A, Trường THCS Ba Tơ", ["Lê Hoa"]),
    ("Lê Hoa, Trung tâm Cung ứng dịch vụ công", ["Lê Hoa"]),
    ("Lê Hoa<br>PA05", ["Lê Hoa"]),
    ("Lê Hoa<br>Cán bộ Văn hóa xã", ["Lê Hoa"]),
    # how to reach somebody
    ("Lê Hoa - 0912 345 678", ["Lê Hoa"]),
    ("Lê Hoa, SĐT 0912345678", ["Lê Hoa"]),
    ("Lê Hoa - ĐT: 0912.345.678", ["Lê Hoa"]),
    ("Lê Hoa (lehoa@q.vn)", ["Lê Hoa"]),
    # offices
    ("PA05", ["PA05"]),
    ("Ban CHQS huyện", ["Ban CHQS huyện"]),
    ("Xã đoàn Tân Thạnh", ["Xã đoàn Tân Thạnh"]),
    # works and makers
    ("Bài Lê Hoa – Ảnh Trần Nam", ["Lê Hoa", "Trần Nam"]),
    ("Tin Lê Hoa, ảnh Trần Nam", ["Lê Hoa", "Trần Nam"]),
    ("Lời và ảnh: Lê Hoa", ["Lê Hoa"]),
    ("Chùm ảnh: Lê Hoa", ["Lê Hoa"]),
    ("Phóng sự ảnh: Lê Hoa", ["Lê Hoa"]),
    ("Ghi nhanh của T.Tâm", ["T.Tâm"]),
    ("Soạn tin: Lê Hoa", ["Lê Hoa"]),
    ("Dự báo viên: Lê Hoa", ["Lê Hoa"]),
    ("Thông tin viên: Lê Hoa", ["Lê Hoa"]),
    ("Người tổng hợp: Lê Hoa", ["Lê Hoa"]),
    ("(Theo Lê Hoa, Báo Quảng Q)", ["Lê Hoa"]),
    ("PV tổng hợp", []),
)
SETTINGS = (
    "<p style='text-align:right'><b>{}</b></p>",
    "<p><b>{}</b></p>",
    "<p>{}</p>",
    "<p align=right><i>{}</i></p>",
    "<table align=right><tr><td>{}</td></tr></table>",
)


@pytest.mark.parametrize(("line", "expected"), LAST, ids=[line for line, _ in LAST])
def test_last_lines(line: str, expected: list[str]) -> None:
    for setting in SETTINGS[: -1 if "<br>" in line else None]:
        found = read(setting.format(line))
        assert (names(found), found.body) == (expected, "\n".join(TEXT)), setting


SEVERAL = (
    '<div class=c-author><div class=i><img src=a.jpg><div><a href="/author/1">{}</a></div></div>'
    '<div class=i><div><a href="/author/2">{}</a></div></div></div>',
    "<div class=authors><span>{}</span><span>{}</span></div>",
    "<div class=writers><div><img src=1.jpg><h5>{}</h5></div><div><img src=2.jpg><h5>{}</h5></div></div>",
    "<ul class=author><li>{}</li><li>{}</li></ul>",
    "<p align=right><i>{}</i></p><p align=right><i>{}</i></p>",
    "<p><b>{}</b></p><p><b>{}</b></p>",
    '<div><a href="/tac-gia/1">{}</a> <a href="/tac-gia/2">{}</a></div>',
)


@pytest.mark.parametrize("markup", SEVERAL)
def test_two_writers_in_elements_of_their_own(markup: str) -> None:
    for pair in (("Đan Thanh", "Hải Phong"), ("LÊ HOA", "TRẦN NAM"), ("Y Blưn", "H'Len Niê")):
        found = read(after=markup.format(*pair))
        assert (names(found), found.body) == (list(pair), "\n".join(TEXT))


FACES = (
    '<div><img src=a.jpg alt=""><div><a href="/tac-gia/x">{}</a><small>Phóng viên</small></div></div>',
    '<div><img src=a.jpg><div><a href="/tac-gia/x">{}</a><small>Nhà báo</small><small>18 bài viết</small></div></div>',
    '<div><a href="/author/12">{}</a></div>',
)


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("place", ["above", "after", "over"])
def test_a_link_to_a_page_about_the_writer(face: str, place: str) -> None:
    found = read(**{place: face.format("Nguyên Ngô")})
    assert (names(found), found.body) == (["Nguyên Ngô"], "\n".join(TEXT))


AUTHOR_BOXES = (
    "<div class=author-box><img src=a.jpg><div><div class=author-name>{}</div><div class=bio>{}</div></div></div>",
    "<section class=tac-gia><h4>{}</h4><p>{}</p></section>",
)


@pytest.mark.parametrize("box", AUTHOR_BOXES)
@pytest.mark.parametrize("told", ["Phóng viên ban Kinh tế", "Nhà báo chuyên viết về biển, đảo. Quê ở Sa Kỳ. " * 4])
def test_what_a_writer_is_stands_in_his_box_and_names_nobody(box: str, told: str) -> None:
    found = read(after=box.format("Huỳnh Tơ", told.strip()))
    assert (names(found), found.body) == (["Huỳnh Tơ"], "\n".join(TEXT))


ABOVE: tuple[tuple[str, list[str]], ...] = (
    ("<p>Lê Hoa <span>- BTG Huyện ủy Ba Tơ</span></p>", ["Lê Hoa"]),
    ("<div class=tg>Nguyễn Thị Hoa</div>", ["Nguyễn Thị Hoa"]),
    ("<p>Lượt xem: 12</p><p>Nguyễn Thị Hoa</p>", ["Nguyễn Thị Hoa"]),
    ("<p align=right><b>TS. Nguyễn Thị Hoa</b><br><i>Khoa Kinh tế biển</i></p>", ["Nguyễn Thị Hoa"]),
    # a section, who is told of
    ("<p>Bình Sơn</p>", []),
    ("<p>Lượt xem: 12</p><p>Nguyễn Thị Hoa</p><p>Chủ tịch UBND huyện</p>", []),
    ("<p>Ông Nguyễn Văn Hoa</p>", []),
    ("<p>Lượt xem: 12</p><div>Người kiểm duyệt</div><div>Nguyễn Thị Hoa</div>", []),
    ("<p>Lượt xem: 12</p><div>Chủ trì:</div><div>Nguyễn Thị Hoa</div>", []),
    ("<p><b>Nguyễn Văn Hoa</b></p><p>Sinh ngày 12/5/1970. Quê quán: xã Tịnh Khê</p>", []),
)


@pytest.mark.parametrize(("line", "expected"), ABOVE)
def test_a_name_between_headline_and_text(line: str, expected: list[str]) -> None:
    found = read(above=line)
    assert names(found) == expected
    assert not expected or found.body == "\n".join(TEXT)


BESIDE = (
    ("Phòng Văn hóa - Thông tin huyện | 18/05/2021 08:30", ["Phòng Văn hóa - Thông tin huyện"]),
    ("18/05/2021 08:30 | Phòng Thông tin - Báo chí", ["Phòng Thông tin - Báo chí"]),
    ("18/05/2021 08:30 / Lê Hoa / Kinh tế", ["Lê Hoa"]),
    ("👤 Lê Hoa 🕒 18/05/2021 08:30", ["Lê Hoa"]),
    ("18/05/2021 08:30 • Anh Thư | Hoài Bảo • 123 lượt xem", ["Anh Thư", "Hoài Bảo"]),
    # the next field behind two names; a place and its province
    ("18/05/2021 08:30 | Anh Thư - Hoài Bảo &nbsp; <a href=/in>In bài</a>", ["Anh Thư", "Hoài Bảo"]),
    ("18/05/2021 08:30 | Anh Thư - Hoài Bảo / Số lượt xem: 3.120", ["Anh Thư", "Hoài Bảo"]),
    ("18/05/2021 08:30 | Sơn Hà, Kon Tum", []),
    ("Hải An, Hải Phòng | 18/05/2021 08:30", []),
)


@pytest.mark.parametrize(("line", "expected"), BESIDE)
def test_the_line_of_the_posting_time(line: str, expected: list[str]) -> None:
    html = f"<h1>{TITLE}</h1><div>{line}</div><div><p>{TEXT[0]}</p><p>{TEXT[1]}</p></div>"
    found = read_article(html.encode(), URL, FETCHED_AT)
    assert isinstance(found, Article)
    assert names(found) == expected


THREE = ("Nguyễn Văn An", "Lê Thị Bình", "Trần Hữu Châu")
LISTS = (
    "<p>{}</p><p>{}</p><p>{}</p>",
    "<p>Kết quả như sau:</p><p>{}</p><p>{}</p><p>{}</p>",
    "<p>Các em được nhận học bổng gồm có</p>{}<br>{}<br>{}",
    "<p><b>Giải nhất</b></p><p>{}</p><p><b>Giải nhì</b></p><p>{}</p><p>{}</p>",
    "<p align=center><b>{}</b></p><p align=center><b>{}</b></p><p align=center><b>{}</b></p>",
    "<p><b>{}</b> (lớp 9A)</p><p><b>{}</b> (lớp 9B)</p><p><b>{}</b> (lớp 9C)</p>",
    "<p>{} - Trường THCS Ba Tơ</p><p>{} - Trường THCS Ba Vì</p><p>{} - Trường THCS Ba Dinh</p>",
)


@pytest.mark.parametrize("markup", LISTS)
def test_people_line_by_line_at_the_end_have_won_and_not_written(markup: str) -> None:
    for three in (THREE, tuple(map(str.upper, THREE))):
        assert names(read(markup.format(*three))) == []


LISTED = (
    '<div><h3>Tác giả</h3><ul><li><a href="/tac-gia/1">Lê Hoa</a><li><a href="/tac-gia/2">Trần Nam</a></ul></div>',
    '<div><b>Cây bút</b><p><a href="/author/1">Lê Hoa</a></p><p><a href="/author/2">Trần Nam</a></p></div>',
)


@pytest.mark.parametrize("column", LISTED)
@pytest.mark.parametrize("place", ["after", "over"])
def test_a_column_of_writers_names_none_of_the_story(column: str, place: str) -> None:
    assert names(read(**{place: column})) == []


def test_the_speaker_of_a_quotation_at_the_end_is_no_writer() -> None:
    assert names(read("<blockquote>Biển không phụ người siêng.<br>Lê Thị Hoa</blockquote>")) == []
    assert names(read("<blockquote><p>Lê Thị Hoa</p></blockquote>")) == ["Lê Thị Hoa"]


SHOWN = (
    "<p><img src=/i/2.jpg></p><p><i>Nhà giáo Lê Thị Hoa</i></p>",
    "<p align=center><img src=/i/2.jpg></p><p align=center><b>Lê Thị Hoa</b></p>",
    "<figure><img src=/i/2.jpg><figcaption>Lê Thị Hoa</figcaption></figure>",
    "<table align=center><tr><td><img src=/i/2.jpg></td></tr><tr><td align=center><i>Lê Thị Hoa</i></td></tr></table>",
    "<div class=image-box><img src=/i/2.jpg><p>NSƯT Lê Thị Hoa</p></div>",
)


@pytest.mark.parametrize("picture", SHOWN)
def test_who_is_shown_under_the_text_is_no_writer(picture: str) -> None:
    assert names(read(picture)) == []


@pytest.mark.parametrize("line", ["<p align=right><b>{}</b></p>", "<p>{}</p>", "<p><b>Tin, ảnh: {}</b></p>"])
def test_a_writer_under_the_last_picture(line: str) -> None:
    assert names(read("<p align=center><img src=/i/2.jpg></p>" + line.format("Lê Thị Hoa"))) == ["Lê Thị Hoa"]


@pytest.mark.parametrize("office", ["TỔ TRƯỞNG", "TRƯỞNG TRẠM", "Trưởng bộ môn", "TRƯỞNG KHU DÂN CƯ"])
def test_who_signs_is_no_writer(office: str) -> None:
    assert names(read(f"<p align=right><b>{office}</b></p><p align=right><b>Lê Thị Hoa</b></p>")) == []


SIGNS_FOR = (
    "ỦY BAN NHÂN DÂN XÃ", "BAN TỔ CHỨC", "UBND XÃ QUẢNG SƠN", "Ban Quản lý thôn", "TRẠM Y TẾ XÃ", "HỘI NÔNG DÂN XÃ",
    "T/M CHI BỘ", "T.M GIA ĐÌNH", "TM. BAN CHẤP HÀNH", "Thay mặt Ban Chấp hành", "XÁC NHẬN CỦA LÃNH ĐẠO",
    "NGƯỜI VIẾT ĐƠN", "Người thông báo", "Người kêu gọi", "Chủ nhiệm Hợp tác xã",
    "Thừa lệnh Chủ tịch", "Cán bộ tư pháp", "Phó Ban", "Hội trưởng", "KHỐI TRƯỞNG", "Bên A", "CHỦ HỘ", "Kính thư",
    "Trân trọng kính mời!", "(Ký tên, đóng dấu)", "GIA ĐÌNH KÍNH BÁO", "ĐOÀN CHỦ TỊCH", "ĐƠN VỊ THÔNG BÁO",
)  # fmt: skip
SIGNATURES = (
    "<p align=right><b>{}</b></p><p align=right><b>Lê Đức Minh</b></p>",
    "<p align=center><b>{}</b></p><p align=center><b>Lê Đức Minh</b></p>",
    "<p align=right>{}</p><p align=right>Lê Đức Minh</p>",
    "<p align=right><b>{}<br>Lê Đức Minh</b></p>",
    "<table><tr><td></td><td align=center><b>{}</b><br><br><b>Lê Đức Minh</b></td></tr></table>",
)


UNDER_SIGNERS = (
    "<div>Đăng ngày 18 tháng 5 năm 2021</div>",
    "<p>Bài viết hữu ích?</p><p>Có</p><p>Không</p>",
    "<p>Nguồn: Chi cục Thủy sản</p><p>Tin khác</p><p>Ngày</p>",
    "<footer>Posted on <time>18/05/2021</time> in <a href=/s>Biển</a></footer>",
)


@pytest.mark.parametrize("under", UNDER_SIGNERS)
def test_a_signer_over_the_frame_of_the_page_is_no_writer(under: str) -> None:
    for lines in (("CHỦ TỊCH", "(Đã ký)", "Lê Thị Hoa"), ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Lê Thị Hoa")):
        signed = "".join(f"<p align=right><b>{line}</b></p>" for line in lines)
        assert names(read(signed + under)) == []
    # a sentence parts the office from the writer
    told = "<p>Phó Chủ tịch UBND huyện</p><p>Ngư dân đề nghị huyện sớm nạo vét cửa biển để ghe ra vào an toàn.</p>"
    assert names(read(f"{told}<p>Lê Thị Hoa - Trạm Thủy sản</p>{NO_TEXT[0]}")) == ["Lê Thị Hoa"]


@pytest.mark.parametrize("signature", SIGNATURES)
@pytest.mark.parametrize("over", SIGNS_FOR)
def test_who_signs_for_others_is_no_writer(over: str, signature: str) -> None:
    assert names(read(signature.format(over))) == []


@pytest.mark.parametrize(
    "over", ["Báo Nhân Dân", "Tác giả", "Người viết bài", "BÀI VÀ ẢNH", "THỰC HIỆN", "CỘNG TÁC VIÊN"]
)
def test_a_newspaper_or_a_label_over_the_writer(over: str) -> None:
    assert names(read(SIGNATURES[0].format(over))) == ["Lê Đức Minh"]


def test_two_writers_in_capitals() -> None:
    assert names(read(SIGNATURES[0].format("THU HÀ"))) == ["THU HÀ", "Lê Đức Minh"]


def test_a_sentence_about_an_authority_over_the_writer() -> None:
    told = "<p>Thư viện mở cửa cả ngày chủ nhật.</p><p align=right><b>Lê Đức Minh</b></p>"
    assert names(read(told)) == ["Lê Đức Minh"]


SAYINGS = (
    ("<i>“Trăm năm trồng người”</i>", "<i>Nguyễn Trãi</i>"),
    ('<i>"Học, học nữa, học mãi"</i>', "<i>V.I. Lênin</i>"),
    ("<b>«Lá lành đùm lá rách».</b>", "<b>Lê Thị Hoa</b>"),
)


@pytest.mark.parametrize("place", ["center", "right"])
@pytest.mark.parametrize(("saying", "name"), SAYINGS)
def test_whose_saying_closes_the_page_is_no_writer(saying: str, name: str, place: str) -> None:
    assert names(read(f"<p align={place}>{saying}</p><p align=right>{name}</p>")) == []


def test_a_quotation_in_the_text_over_the_writer() -> None:
    assert names(read("<p>“Năm nay lúa được mùa”</p><p align=right><b>Lê Thị Hoa</b></p>")) == ["Lê Thị Hoa"]


PLACES = (
    ("<p>{}</p>", "<p>Ngư dân huyện đảo {} cũng đã ra khơi từ sáng sớm, khi biển vừa lặng gió sau ba ngày.</p>"),
    ("<p align=right><b>{}</b></p>", "<p>Ở {} ghe về muộn hơn, khoảng mười giờ sáng mới có mẻ cá đầu tiên.</p>"),
    ("<p><i>{}</i></p>", "<p>Bến cá xã {} đông người mua bán từ bốn giờ sáng, kéo dài tới tận trưa mới vãn.</p>"),
)


@pytest.mark.parametrize(("line", "told"), PLACES)
@pytest.mark.parametrize("place", ["Lý Sơn", "Tân Thạnh", "Long Khánh"])
def test_a_place_told_of_in_the_text_is_no_writer(line: str, told: str, place: str) -> None:
    assert names(read(told.format(place) + line.format(place))) == []
    # a longer name of a place, or none
    assert names(read(told.format(f"{place} Đông") + line.format(place))) == [place]
    assert names(read(line.format(place))) == [place]


NOTES = (
    "<p>Lê Hoa</p><p>Người kiểm duyệt: Trần Nam</p>",
    "<p>Lê Hoa</p><p>Cập nhật bởi Trần Nam</p>",
    "<p>Lê Hoa</p><p>Giấy phép số 12/GP do ông Trần Nam ký</p>",
    "<p>Lê Hoa</p><p>* Bài viết dự thi “Nông thôn mới quê tôi”</p>",
    "<p>Lê Hoa</p><p><i>(Mời bạn đọc gửi tin, bài về hộp thư của xã)</i></p>",
    "<p>Tin liên quan:</p><ul><li><a href=/a/1.html>Khai mạc hội thi tiếng hát người cao tuổi lần thứ hai</a>"
    "<li><a href=/a/2.html>Bàn giao nhà tình nghĩa cho gia đình chính sách</a></ul><p align=right><b>Lê Hoa</b></p>",
    "<ul><li><span>Tác giả</span><span>Lê Hoa</span></li><li><span>Lượt xem</span><span>45</span></li></ul>",
    "<p>Bài viết của: Lê Hoa</p>",
    "<p>Thực hiện Lê Hoa</p>",
    "<p>Thơ Lê Hoa</p>",
)


@pytest.mark.parametrize("behind", NOTES)
def test_a_byline_among_other_lines_at_the_end(behind: str) -> None:
    assert names(read(behind)) == ["Lê Hoa"]


NO_TEXT = ("<p>Bài mới cập nhật</p>", "<p>Bình quân (0 đánh giá)</p>", "<p><a href=/q>Trở lại trang các xã</a></p>")


@pytest.mark.parametrize("under", NO_TEXT)
def test_a_plain_line_over_what_is_no_text(under: str) -> None:
    for line in ("Chảo Mùi Khé", "Út Khoai", "Lê Hoa - Trạm Khuyến nông"):
        assert names(read(f"<p>{line}</p>{under}")) == [line.split(" - ")[0]]
    listed = "<p>Lê Thị Hoa</p><p>Trần Văn Nam</p>"
    for told in (listed, f"<p>Các đội trưởng</p>{listed}", "<p>Liên hệ:</p><p>Lê Thị Hoa</p>", "<p>Thủ lĩnh Đoàn</p>"):
        assert names(read(told + under)) == []


def test_who_took_all_the_pictures_is_named_under_the_last() -> None:
    told = "<p>Ghe về bến lúc rạng sáng, cá còn tươi nguyên.</p>"
    pictures = "".join(f"<p><img src=/{i}.jpg></p>{told}" for i in (1, 2)) + "<p><img src=/3.jpg></p>"
    assert names(read(f"{pictures}<p align=right>Ảnh: <b>Tẩn Láo Sử</b></p>")) == ["Tẩn Láo Sử"]
    assert names(read(f"{pictures}<p align=center><i>Ảnh: Tẩn Láo Sử</i></p>")) == []
    assert names(read("<p><img src=/3.jpg></p><p align=right><i>Ảnh: Tẩn Láo Sử</i></p>")) == []


def test_the_last_line_names_whom_the_head_names_and_more() -> None:
    head = "<div class=author>Lê Hoa</div>"
    assert names(read("<p align=right><b>Lê Hoa - Trần Nam</b></p>", head)) == ["Lê Hoa", "Trần Nam"]
    assert names(read("<p align=right><b>Vũ Mai - Trần Nam</b></p>", head)) == ["Lê Hoa"]


def test_a_byline_over_the_heading_of_other_stories() -> None:
    other = "<div><div>Đọc tiếp</div><div><a href=/a/1.html>Khai mạc hội thi tiếng hát người cao tuổi</a></div></div>"
    found = read(after=f"<section><p>LÊ HOA</p><p>Thiết kế: Ban Đồ họa</p></section>{other}")
    assert (names(found), found.body) == (["LÊ HOA"], "\n".join(TEXT))


INSIDE = ("{} <b>{}</b>", "{}<br><b>{}</b><br>", "<span>{} <strong>{}</strong></span>", "{} – <em>{}</em>", "{} ({})")


@pytest.mark.parametrize("paragraph", INSIDE)
@pytest.mark.parametrize("name", ["MINH ĐỨC", "An Nhiên", "H'Len Niê"])
def test_a_name_with_which_the_last_paragraph_ends(paragraph: str, name: str) -> None:
    last = "Vụ này hợp tác xã mua thêm ba hầm đông để trữ cá giúp bà con khi giá xuống."
    found = read(f"<p>{paragraph.format(last, name)}</p>")
    assert (names(found), found.body) == ([name], "\n".join((*TEXT, last)))


@pytest.mark.parametrize(
    "line",
    [
        "Tặng Lê Hoa",
        "Kính tặng Lê Hoa",
        "Trân Trọng",
        "• Lê Thị Hoa",
        "Đại tướng Võ Nguyên Giáp",
        "Khách mời: Lê Hoa",
        "Hoàng Sa",
        "Quốc Hội",
        "Ông Lê Hoa",
    ],
)
def test_who_is_honoured_or_listed_is_no_writer(line: str) -> None:
    for setting in SETTINGS:
        assert names(read(setting.format(line))) == []
