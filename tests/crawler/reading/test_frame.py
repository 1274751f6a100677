"""What stands round a story and bears no telling class: the menu, the masthead over it, titled boxes of short lines."""

from __future__ import annotations

from datetime import datetime

import pytest

from archive.schema import Article
from crawler.reading.article import read_article
from crawler.reading.page import Page

FETCHED_AT = datetime.fromisoformat("2022-03-12T09:00:00+07:00")
URL = "https://xa-a.example.gov.vn/bai/lam-duong-noi-dong-3381.html"
TITLE = "Làm đường nội đồng trước vụ gặt"
TEXT = (
    "Mấy hôm nay, bà con thôn Hạ tranh thủ lúc nông nhàn để rải đá con đường ra cánh đồng lớn nhất xã.",
    "Mỗi hộ góp ba ngày công, xe kéo thì của hợp tác xã, còn đá do huyện cấp từ cuối năm ngoái.",
    "Con đường dài hơn một cây số, đến giữa tháng sẽ xong, máy gặt khi ấy vào được tận chân ruộng.",
)
STORY = "".join(f"<p>{line}</p>" for line in TEXT)
NAMES = ("Trang chủ", "Giới thiệu", "Tin tức", "Văn bản", "Du lịch", "Liên hệ")
LINKS = [f'<a href="/m/{place}">{name}</a>' for place, name in enumerate(NAMES)]
MENUS = (
    f"<div>{' '.join(LINKS)}</div>",
    f"<div>{' | '.join(LINKS)}</div>",
    f"<table><tr>{''.join(f'<td>{link}</td>' for link in LINKS)}</tr></table>",
    f"<p>{'<br>'.join(LINKS)}</p>",
)
NEWS = [f'<a href="/bai/tin-{i}.html">Hội nghị bàn việc nước sạch lần thứ {i}</a>' for i in range(1, 5)]
BOXES = (
    ("Thống kê truy cập", ("Đang xem: 12", "Hôm nay: 340", "Tất cả: 90.112")),
    (
        "Lịch công tác tuần",
        ("Thứ Hai: Họp giao ban ở trụ sở Ủy ban nhân dân xã, hội trường tầng hai", "Thứ Ba: Đi cơ sở"),
    ),
    ("Thời tiết", ("Nhiệt độ: 24°C", "Độ ẩm: 80%")),
    ("Thông báo", tuple(NEWS)),
)
BOX_SHAPES = (
    ('<div class="q7"><h4>{0}</h4>{1}</div>', "<p>{0}</p>"),
    ('<section class="q7"><b>{0}</b><ul>{1}</ul></section>', "<li>{0}</li>"),
    ('<div class="q7"><p class="q7-t">{0}</p>{1}</div>', "{0}<br>"),
    ("<table><tr><td>{0}</td></tr><tr><td>{1}</td></tr></table>", "<div>{0}</div>"),
)


def boxes(box: str, line: str) -> str:
    return "".join(box.format(name, "".join(line.format(each) for each in lines)) for name, lines in BOXES)


def read(body: str, title: str = "Trang tin xã A") -> Article:
    found = read_article(
        f"<html><head><title>{title}</title></head><body>{body}</body></html>".encode(), URL, FETCHED_AT
    )
    assert isinstance(found, Article), found
    return found


@pytest.mark.parametrize("menu", MENUS)
@pytest.mark.parametrize("title", ["Xã A", "Trang tin xã A", "Đảng ủy xã A"])
def test_the_name_over_the_menu_is_no_headline(menu: str, title: str) -> None:
    mast = f"<div><h1>{title.upper()}</h1><h2>Huyện B, tỉnh C</h2><div>Thứ Bảy, 12/03/2022</div></div>"
    page = read(f"{mast}{menu}<div><h4>{TITLE}</h4><div>10/03/2022 08:15</div>{STORY}</div>", title)
    assert (page.title, page.posted_on, page.body) == (TITLE, "2022-03-10", "\n".join(TEXT))


@pytest.mark.parametrize("menu", MENUS)
def test_a_menu_is_no_text(menu: str) -> None:
    page = read(f"{menu}<h3>{TITLE}</h3><p>10/03/2022 08:15</p>{STORY}{menu}")
    assert (page.title, page.lead, page.body) == (TITLE, None, "\n".join(TEXT))


@pytest.mark.parametrize(("box", "line"), BOX_SHAPES)
@pytest.mark.parametrize("before", [True, False])
def test_titled_boxes_are_no_part_of_the_story(box: str, line: str, before: bool) -> None:
    story = f"<div><div><h4>{TITLE}</h4><span>10/03/2022 08:15</span><div>{STORY}</div></div></div>"
    parts = [boxes(box, line), story] if before else [story, boxes(box, line)]
    page = read("".join(parts))
    assert (page.title, page.posted_on, page.body) == (TITLE, "2022-03-10", "\n".join(TEXT))


def test_a_box_with_the_pages_headline_is_none() -> None:
    html = f"<div><b>Thông báo</b><div>{TITLE}</div><div>Ngày đăng: 10/03/2022</div>{STORY}</div>"
    page = read(html, f"{TITLE} | Xã A")
    assert (page.title, page.body) == (TITLE, "\n".join(TEXT))


def test_labels_of_a_table_head_no_box() -> None:
    html = "<table><tr><th>Danh mục</th><td>Thư ngỏ</td></tr><tr><th>Thông báo</th><td>Số 3</td></tr></table>"
    assert {block.zone for block in Page(html.encode(), URL).outline.blocks} == {None}


@pytest.mark.parametrize("line", ["<p>{0}</p>", "{0}<br>", "<li>{0}</li>"])
def test_many_entries_outweigh_no_story(line: str) -> None:
    entries = (f"Số {i}/KH: Triển khai tháng hành động vì trẻ em ở {i} thôn trên địa bàn xã" for i in range(30, 42))
    column = "".join(map(line.format, entries))
    page = read(f"<div><h4>{TITLE}</h4><div>10/03/2022</div><div>{STORY}</div></div><div><b>Góc xóm</b>{column}</div>")
    assert (page.title, page.body) == (TITLE, "\n".join(TEXT))


@pytest.mark.parametrize(
    "line",
    [
        "Cổng thông tin xã A. Chịu trách nhiệm chính: Bà Lò Thị Mai. Đề nghị ghi rõ nguồn khi dùng lại tin",
        "UBND xã A - Giấy phép số 7/GP-STTTT. Điện thoại: 0203 111 222",
        "© 2020 xã A. Tổng biên tập: Lò Văn Tú",
        "Giấy phép số 12/GP-TTĐT ngày 05/03/2019. Chịu trách nhiệm: Ông Lò Văn Tú, Chánh Văn phòng",
        "Trụ sở: thôn Hạ, xã A. Điện thoại: 0203 111 222. Ghi rõ nguồn khi phát hành lại thông tin từ trang này.",
    ],
)
def test_an_imprint_in_one_line_before_other_columns(line: str) -> None:
    column = "<div><b>Góc xóm</b><p>Chợ phiên họp thứ Năm</p><p>Lịch tiêm cho trâu bò</p></div>" * 3
    page = read(
        f"<div><h1>{TITLE}</h1><p>10/03/2022 08:15</p>{STORY}<div>{line}</div></div>{column}", f"{TITLE} - Xã A"
    )
    assert page.body == "\n".join(TEXT)


@pytest.mark.parametrize(
    "line", ["Giấy phép số 12/GP-TTĐT ngày 05/03/2019 của Sở", "Trụ sở: thôn Hạ. Email: a@x.vn. ©"]
)
def test_an_imprint_is_no_text_of_a_page_without_any(line: str) -> None:
    page = read(
        f"<h1>{TITLE}</h1><p>10/03/2022 08:15</p><a href=/a.pdf>Tải về</a><div class=b><p>{line}</p></div>", "T"
    )
    assert (page.kind, page.body) == ("attachment", "")


def test_a_notices_own_address_is_no_imprint() -> None:
    last = "Mọi ý kiến gửi về Văn phòng xã, địa chỉ: thôn Hạ; điện thoại: 0203 111 222; email: xaa@example.gov.vn"
    page = read(f"<div><h1>{TITLE}</h1><p>10/03/2022 08:15</p>{STORY}<p>{last}</p></div>", f"{TITLE} - Xã A")
    assert page.body == "\n".join((*TEXT, last))


@pytest.mark.parametrize("heading", ["Phản hồi (2)", "Ý kiến bạn đọc về bài viết", "Gửi nhận xét"])
def test_what_readers_write_is_no_text(heading: str) -> None:
    says = "<div>Lò Mai [11/03/2022 07:00]<br>Đường đẹp quá</div><div>Hà Tú [12/03/2022 08:00]<br>Bao giờ xong?</div>"
    page = read(f"<div><h1>{TITLE}</h1><p>10/03/2022 08:15</p>{STORY}<div><p>{heading}</p>{says}</div></div>")
    assert page.body == "\n".join(TEXT)


def test_a_page_set_in_the_middle_has_text_under_its_picture() -> None:
    page = read(f"<center><h2>{TITLE}</h2><p>10/03/2022</p><img src=/a/duong.jpg width=400><br>{STORY}</center>")
    assert page.body == "\n".join(TEXT)


def test_a_number_is_no_headline() -> None:
    about = f"<div><h3>{TITLE}</h3><div>Số: 12/2022/TB-UBND</div><b>12/2022/TB-UBND</b><p>10/03/2022</p>{STORY}</div>"
    assert read(about, "Thông báo 12/2022/TB-UBND - Xã A").title == TITLE


@pytest.mark.parametrize(
    ("title", "player", "kind"),
    [
        ("Chương trình phát thanh ngày 9/3", "<audio controls src=/a/9.mp3></audio>", "audio"),
        ("[Video] Đường mới ra đồng", "<video src=/v/9.mp4></video>", "video"),
        (TITLE, "<audio controls src=/a/9.mp3></audio>", "text"),  # the text, read aloud by a machine
        (TITLE, "<video src=/v/9.mp4></video>", "text"),
    ],
)
def test_the_spoken_text_of_a_recording(title: str, player: str, kind: str) -> None:
    spoken = f"<details open><summary>Lời bình</summary>{STORY}</details>"
    page = read(f"<div><h1>{title}</h1><p>10/03/2022 08:15</p>{player}{spoken}</div>")
    assert (page.title, page.kind, page.body) == (title, kind, "\n".join(TEXT))


TOOLS = (
    "Cỡ chữ: A- A A+", "5 phút đọc", "Thời gian đọc: 3 phút", "Tốc độ 1x", "Mã tin: 3321", "In ấn", "Nghe bài",
    "Chưa có bình luận nào", "Vui lòng đăng nhập để bình luận", "Bài viết có hữu ích không?", "Báo lỗi bài viết",
    "Tương phản: Đen Trắng", "Đường dẫn: https://x.example.gov.vn/bai-5120",
    "Tin sau", "Hiển thị thêm", "Thích 12", "#nongthonmoi #lamduong",
)  # fmt: skip


@pytest.mark.parametrize("tool", TOOLS)
@pytest.mark.parametrize("shape", ["<div>{0}</div>", "<p><a href=#>{0}</a></p>"])
def test_tools_of_the_page_are_no_text(tool: str, shape: str) -> None:
    line = shape.format(tool)
    page = read(f"<h1>{TITLE}</h1><p>10/03/2022 08:15</p><div>{line}<div>{line}{STORY}{line}</div>{line}</div>")
    assert (page.lead, page.body) == (None, "\n".join(TEXT))


@pytest.mark.parametrize("line", ["Hà Tú", "Trả lời", "Đóng", "Xem trên bản đồ", "Tin bài của bạn"])
def test_behind_the_text_only_sentences_are_more_of_it(line: str) -> None:
    last = "Cuối năm nay, xã sẽ làm tiếp con đường sang thôn Trung, dài bảy trăm mét."
    page = read(
        f"<h1>{TITLE}</h1><p>10/03/2022 08:15</p><div><div>{STORY}</div><div>{last}</div><div>{line}</div></div>"
    )
    assert page.body == "\n".join((*TEXT, last))


# Bootstrap's boxes: what looks like the site's header by its class holds the story's name.
@pytest.mark.parametrize(
    "head",
    [
        '<div class="card-header"><h4>{}</h4><small>Ngày đăng: 02/03/2022</small></div>',
        '<div class="panel-header"><h3>{}</h3><p>Ngày đăng: 02/03/2022</p></div>',
        '<h1 class="page-header">{}</h1><p>Ngày đăng: 02/03/2022</p>',
    ],
)
def test_the_head_of_a_box_is_no_head_of_the_page(head: str) -> None:
    name = "Thư mời chào giá vật tư y tế năm 2022"
    text = "<p>Bệnh viện có nhu cầu tiếp nhận báo giá để tham khảo, xây dựng giá gói thầu mua vật tư tiêu hao.</p>"
    html = (
        f"<title>Bệnh viện Đa khoa</title><div class=logo>Bệnh viện</div><div class=card>{head.format(name)}{text * 4}"
    )
    read = read_article(html.encode(), URL, FETCHED_AT)
    assert isinstance(read, Article)
    assert (read.title, read.posted_on) == (name, "2022-03-02")


# A layout of tables: the heading of the left column's list says nothing of the cell beside it.
def test_the_list_of_a_column_claims_nothing_of_the_next_cell() -> None:
    rows = "".join(f"<li><a href=/vb/{i}>Quyết định số {i}7 về phòng, chống thiên tai</a></li>" for i in range(1, 5))
    html = (
        f"<title>Lịch tiêm phòng</title><table><tr><td><b>Văn bản mới</b><ul>{rows}</ul></td><td><div>Lịch tiêm phòng "
        "dại cho chó, mèo</div><p>Ngày đăng: 02/03/2022</p><p>Trạm thú y tiêm phòng dại tại nhà văn hóa các thôn.</p>"
        f"<p><a href=/f/lich.pdf>Lịch tiêm</a></p><b>Các tin khác</b><ul>{rows}</ul></td></tr></table>"
    )
    read = read_article(html.encode(), URL, FETCHED_AT)
    assert isinstance(read, Article)
    assert (read.posted_on, read.body) == ("2022-03-02", "Trạm thú y tiêm phòng dại tại nhà văn hóa các thôn.")


# Newspapers show their sections under a story: a linked name over a headline with its teaser, and one headline more.
@pytest.mark.parametrize("shape", ["<div class=c><h4>{}</h4>{}</div>", "<td><h3>{}</h3>{}</td>"])
def test_columns_of_sections_under_the_story_are_no_text(shape: str) -> None:
    teaser = "<p>Chương trình có sự tham gia của các ngành chức năng và chính quyền cơ sở trong toàn tỉnh.</p>"
    columns = "".join(
        shape.format(
            f"<a href=/{i}>{name}</a>",
            f"<a href=/{i}/a{i}><b>{name}: tỉnh triển khai nhiệm vụ quý {i}</b></a>{teaser}<ul><li><a href=/{i}/b{i}>"
            f"Nhân dân xã {i}0 mong sớm có cây cầu mới</a></li></ul>",
        )
        for i, name in enumerate(("Kinh tế", "Xã hội", "Pháp luật"), start=1)
    )
    text = "<p>Ngày 1/3, UBND tỉnh ban hành kế hoạch phòng, chống thiên tai trên địa bàn tỉnh trong năm 2022.</p>"
    story = (
        f"<h1>Kế hoạch phòng, chống thiên tai năm 2022</h1><p>02/03/2022</p>{text * 4}<p align=right><b>Lê Hoa</b></p>"
    )
    html = f"<title>Tin</title>{story}"
    read = read_article(f"{html}<table><tr>{columns}</tr></table>".encode(), URL, FETCHED_AT)
    assert isinstance(read, Article)
    assert "Chương trình" not in read.body
    assert [author.name for author in read.authors] == ["Lê Hoa"]


# A column of new documents in one element with a short notice that no heading tells: its line, day and hour do.
def test_the_list_of_a_column_claims_no_notice_with_its_hour() -> None:
    rows = "".join(
        f"<p><a href=/vb/{i}>{i}7/UBND-VX</a></p><p>Phòng, chống rét cho gia súc {i}</p>" for i in range(1, 5)
    )
    notice = "<p>Lịch thi nâng ngạch công chức năm 2022</p><p>15:02 - 02/03/2022</p><p>Xem tệp kèm theo.</p>"
    html = (
        f"<title>Sở Nội vụ</title><div><div><p>VĂN BẢN MỚI</p>{rows}</div><div>{notice}<p><a href=/f/lich.pdf>Lịch thi"
        "</a></p></div></div><div>Sở Nội vụ tỉnh X - Đường Hùng Vương</div>"
    )
    read = read_article(html.encode(), URL, FETCHED_AT)
    assert isinstance(read, Article)
    assert (read.title, read.posted_on, read.authors) == ("Lịch thi nâng ngạch công chức năm 2022", "2022-03-02", ())


@pytest.mark.parametrize("tools", ["", "<button>🔊 Nghe</button><button>🖨 In</button>"])
def test_a_long_name_over_what_is_told_heads_no_box(tools: str) -> None:
    title = "Lịch trực của lãnh đạo xã trong mùa mưa bão"
    html = f"<body><div>UBND xã A</div><div><h2>{title}</h2>{tools}<div>{STORY}</div></div></body>"
    found = read_article(html.encode(), URL, FETCHED_AT)
    assert isinstance(found, Article), found
    assert (found.title, found.body) == (title, "\n".join(TEXT))


def test_the_link_that_mails_the_page_opens_no_imprint() -> None:
    tools = "<ul><li><a href='?print=1'>In</a></li><li><a href=/mailto>Email</a></li></ul>"
    foot = "<p>Trang tin xã A. Chịu trách nhiệm nội dung: Chủ tịch xã. Ghi rõ nguồn khi đăng lại tin.</p>"
    html = f"<body><div><h2>{TITLE}</h2><p>Ngày đăng: 10/03/2022</p>{tools}{STORY}</div>{foot}</body>"
    found = read_article(html.encode(), URL, FETCHED_AT)
    assert isinstance(found, Article), found
    assert found.body == "\n".join(TEXT)
