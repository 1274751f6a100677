"""Headlines among the names of sites, sections and writers: short ones, plain ones, and those of poems and stories."""

from __future__ import annotations

from datetime import datetime

import pytest

from archive.schema import Article
from archive.vietnam.text import fold
from crawler.reading.article import read_article
from crawler.reading.title.sections import names_section
from crawler.reading.title.words import is_site_title

FETCHED_AT = datetime.fromisoformat("2021-05-20T09:00:00+07:00")
URL = "https://tapchi.example.vn/bai/doc.php?so=4417"
DAY = "Ngày đăng: 18/05/2021 14:20"
STORY = "".join(
    f"<p>{line}</p>"
    for line in (
        "Con đò cuối cùng của làng neo dưới gốc đa từ mùa nước năm ngoái, mạn thuyền đã bạc màu vì nắng.",
        "Bà Hiên vẫn ra đó mỗi chiều, ngồi đan lại tấm lưới rách, nói chuyện với bất cứ ai đi ngang qua.",
        "Đêm ấy mưa lớn, người ta thấy ngọn đèn bão của bà chao qua chao lại trên bến cho đến tận gần sáng.",
    )
)
VERSES = ("Mùa này hoa gạo lại rơi", "Thắp lên bến vắng một trời nhớ nhung", "Sông quê nước đã lưng chừng",
          "Mẹ còn đứng ngóng dưới vầng trăng non", "Bao năm đá vẫn chưa mòn", "Bàn chân đi nát đường son lối rêu",
          "Con về nghe gió liêu xiêu", "Thương sao khói bếp chao nghiêng")  # fmt: skip
MENU = (
    "<div class=menu><a href=/1>Trang chủ</a><a href=/2>Truyện ngắn</a><a href=/3>Thơ</a><a href=/4>Lý luận</a></div>"
)


def read(body: str, title: str = "", meta: str = "") -> Article:
    found = read_article(f"<html><head><title>{title}</title>{meta}</head><body>{body}</body></html>".encode(), URL,
                         FETCHED_AT)  # fmt: skip
    assert isinstance(found, Article), found
    return found


@pytest.mark.parametrize(
    "name",
    [
        "Xã Ea Tiêu",
        "XÃ EA TIÊU",
        "Huyện Cư M'gar",
        "THỊ TRẤN VÔI",
        "Tỉnh Quảng Nam",
        "Video",
        "HUYỆN MÈO VẠC - TỈNH HÀ GIANG",
        "Phường 4, Quận 8",
    ],
)
def test_the_name_of_a_place_is_the_sites(name: str) -> None:
    assert is_site_title(name)


@pytest.mark.parametrize(
    "headline",
    ["Xã hội học tập", "Xã Ea Tiêu ra quân đầu năm", "HUYỆN ĐOÀN RA QUÂN", "TỈNH ỦY HỌP", "Phương Nam mùa nước nổi",
     "Quan họ trên sông", "Phường Vĩnh Hải khai trương bộ phận một cửa", "Video về Bác Hồ"],
)  # fmt: skip
def test_what_only_begins_like_one_is_not(headline: str) -> None:
    assert not is_site_title(headline)


@pytest.mark.parametrize(
    "name",
    ["An ninh - Quốc phòng", "Kinh tế, thị trường", "Tin hoạt động của ngành", "Tin các xã", "Hoạt động của lãnh đạo",
     "PHÓNG SỰ - GHI CHÉP", "Nghiên cứu - Trao đổi", "Xây dựng Đảng", "Tin văn hóa & thể thao", "Phổ biến pháp luật"],
)  # fmt: skip
def test_topics_alone_name_a_section(name: str) -> None:
    assert names_section(fold(name))


@pytest.mark.parametrize(
    "headline",
    ["Tin bão khẩn cấp", "Tin vui từ ruộng lúa", "Kinh tế biển cất cánh", "Hoạt động kỷ niệm 27/7", "Giáo dục đổi mới",
     "Thơ của người lính đảo", "Văn hóa đọc ở Tân Phước", "Thông báo nghỉ Tết"],
)  # fmt: skip
def test_a_word_more_makes_it_a_headline(headline: str) -> None:
    assert not names_section(fold(headline))


@pytest.mark.parametrize("section", ["Tin hoạt động ngành", "Xây dựng Đảng", "AN NINH - QUỐC PHÒNG", "Tin các huyện"])
@pytest.mark.parametrize("title", ["", "{0}", "{0} | Huyện M"])
@pytest.mark.parametrize(
    "head",
    ["<h2 class=portlet-title>{0}</h2><div class=ten-bai>{1}</div>", "<h3>{0}</h3><p>{1}</p>",
     "<h2>{0}</h2><b>{1}</b>"],
)  # fmt: skip
def test_a_section_over_a_headline(head: str, section: str, title: str) -> None:
    body = f"<div>{head.format(section, 'Mở đường lên bản Hua Mức')}<div>{DAY}</div>{STORY}</div>"
    assert read(body, title.format(section)).title == "Mở đường lên bản Hua Mức"


def test_a_cell_like_those_of_the_dated_rows_under_the_text() -> None:
    news = ("Ra quân làm thủy lợi nội đồng", "Bàn giao nhà cho hộ nghèo", "Hội thi chim chào mào", "Xuống giống vụ mùa")
    rows = "".join(f"<tr><td>{line}</td></tr><tr><td>{n + 2}/05/2021</td></tr>" for n, line in enumerate(news))
    cells = ("Văn hóa vùng cao", "Mùa hoa mận về bản", f"({DAY})", STORY)
    story = "".join(f"<tr><td>{cell}</td></tr>" for cell in cells)
    assert read(f"<table>{story}</table><table>{rows}</table>", "Huyện M").title == "Mùa hoa mận về bản"


@pytest.mark.parametrize(
    "section", ["<h1>Truyện ngắn</h1>", "<h1><a href=/2>Truyện ngắn</a></h1>", "<h2>Truyện ngắn</h2>"]
)
@pytest.mark.parametrize("printed", ["<span style='font-weight:bold'>{}</span><br>", "<p><b>{}</b></p>", "<h3>{}</h3>"])
@pytest.mark.parametrize("credit", ["", "<p align=right><i>Truyện ngắn của Lục Thị Mai</i></p>"])
def test_a_section_that_title_and_menu_name(section: str, printed: str, credit: str) -> None:
    head = f"{section}{printed.format('ĐÒ CHIỀU')}<div>{DAY}</div>{credit}"
    assert read(f"{MENU}<div>{head}{STORY}</div>", "Truyện ngắn :: Tạp chí Sông Y").title == "ĐÒ CHIỀU"


@pytest.mark.parametrize("headline", ["Người lái đò", "Ngày hội làng tôi", "Người về bến cũ"])
def test_a_site_that_all_titles_name(headline: str) -> None:
    meta = (
        '<meta property="og:site_name" content="Hội VHNT tỉnh Y"><meta property="og:title" content="Hội VHNT tỉnh Y">'
    )
    head = f"<p>Gương sáng</p><div>{headline}</div><div><span>Lục Mai</span> <span>18/05/2021</span></div>"
    assert read(f"<div>{head}<div>{STORY}</div></div>", "Hội VHNT tỉnh Y", meta).title == headline


def test_a_plain_line_that_goes_on_behind_a_break() -> None:
    head = "<td align=center><font size=5>Thư của Chủ tịch tỉnh<br>gửi các thầy giáo, cô giáo</font></td>"
    rows = f"<tr>{head}</tr><tr><td>{DAY}</td></tr><tr><td>{STORY}</td></tr>"
    assert read(f"<table>{rows}</table>", "Tỉnh Y").title == "Thư của Chủ tịch tỉnh gửi các thầy giáo, cô giáo"


@pytest.mark.parametrize("head", ["<h2>Hoa gạo</h2><h4>Lục Thị Mai</h4>", "<h3>Bến xưa</h3><p>Lục Thị Mai</p>"])
@pytest.mark.parametrize("printed", ["<p>{}</p>", "<div>{}</div>"])
@pytest.mark.parametrize("more", ["", "<h4>Thơ khác</h4><p><a href=/9>Mưa</a> - Hà Vy</p><p><a href=/8>Nắng</a></p>"])
def test_a_poem_posted_under_its_last_verse(head: str, printed: str, more: str) -> None:
    verses = printed.format("<br>".join(VERSES))
    page = read(f"{MENU}<div>{head}{verses}<div>{DAY}</div>{more}</div>", "Văn nghệ Sông Y")
    assert (page.title, page.posted_on) == (head[4 : head.index("</")], "2021-05-18")
    assert page.body.endswith("\n".join(VERSES))


@pytest.mark.parametrize("printed", ["<p class=k>{}</p>", "<div><b>{}</b></div>", "<h5>{}</h5>"])
def test_a_name_that_the_text_tells_of(printed: str) -> None:
    story = f"<p>Nghệ nhân Lục Văn Thính năm nay đã ngoài tám mươi tuổi, ở bản Nà Lốc bên dòng suối Hai.</p>{STORY}"
    head = f"<p class=k>Nhân vật</p>{printed.format('Lục Văn Thính')}<div>{DAY}</div>"
    menu = MENU.replace("Lý luận", "Nhân vật")
    assert read(f"{menu}<div>{head}<div>{story}</div></div>", "Nhân vật").title == "Lục Văn Thính"


@pytest.mark.parametrize("read_by", ["(1.204 lượt xem)", "[Lượt đọc: 77]", "(33 views)"])
def test_how_often_it_was_read_is_no_part_of_a_headline(read_by: str) -> None:
    page = read(f"<div><h2>Chợ nổi ngày giáp Tết <small>{read_by}</small></h2><i>{DAY}</i>{STORY}</div>", "Huyện M")
    assert page.title == "Chợ nổi ngày giáp Tết"


@pytest.mark.parametrize(
    "slide", ["<div class=o><img src={1}.jpg><h2>{0}</h2></div>", "<p><img src={1}.png></p><h3>{0}</h3>"]
)
@pytest.mark.parametrize("printed", ["<h5>{}</h5>", "<p><strong>{}</strong></p>", "<h4>{}</h4>"])
def test_words_on_slides(slide: str, printed: str) -> None:
    slides = "".join(
        map(slide.format, ("Thành phố bên sông vươn mình hội nhập", "Chung sức vì một đô thị đáng sống"), "ab")
    )
    page = read(
        f"<div>{slides}</div><div>{printed.format('Phố đêm bên sông mở cửa')}<i>{DAY}</i>{STORY}</div>", "Thành phố M"
    )
    assert page.title == "Phố đêm bên sông mở cửa"


def test_a_section_of_the_menu_longer_than_the_headline() -> None:
    menu = "<div class=nav-top><a href=/1>Trang chủ</a><a href=/2>Chuyện đẹp ở quanh ta</a><a href=/3>Du lịch</a></div>"
    head = f"<h1>Chuyện đẹp ở quanh ta</h1><span>Trả lại ví cho người mất</span><br><span>{DAY}</span>"
    page = read(f"{menu}<div>{head}{STORY}</div>", "Chuyện đẹp ở quanh ta - Thị xã Y")
    assert page.title == "Trả lại ví cho người mất"


@pytest.mark.parametrize("printed", ["<h3>{}</h3>", "<div>{}</div>", "<p><b>{}</b></p>", "<h1>{}</h1>"])
@pytest.mark.parametrize(
    "line",
    ["Lục Mai – Hà Văn Sáng", "LỤC VĂN SÁNG 08:15 17/05/2021", "Hà Vy – Y Bling | 06:22, 17/05/2021", "Bởi Hà Văn Sáng",
     "Hà Văn Sáng - BTG Huyện ủy Y", "Theo Hà Văn Sáng - Báo Sông Y", "Thực hiện: Lục Mai, Hà Văn Sáng", "KS. Hà Vy",
     "Gửi lúc 16 giờ 20 - Ngày 17/05/2021", "Last Updated: 17 May 2021 08:00", "Đăng: 17 Th5 2021, 06:05",
     "Lục Mai - Hà Sáng•20 giờ 21, 17/05/2021•5 phút đọc", "Hà Vy · 17/05/2021, 16:20 · 3 phút đọc"],
)  # fmt: skip
def test_who_made_it_and_when_is_no_headline(printed: str, line: str) -> None:
    page = read(
        f"<div>{printed.format('Chợ nổi ngày giáp Tết')}<p>{line}</p><div>{STORY}</div><i>{DAY}</i></div>", "Huyện M"
    )
    assert page.title == "Chợ nổi ngày giáp Tết"


def test_a_caption_is_no_headline() -> None:
    picture = "<table><tr><td><img src=/a/cho.jpg></td></tr><tr><td>Ghe hàng bông trên chợ nổi</td></tr></table>"
    assert (
        read(f"<div><div>Chợ ngày giáp Tết</div>{picture}<div>{STORY}</div><i>{DAY}</i></div>").title
        == "Chợ ngày giáp Tết"
    )


def test_a_headline_behind_an_icon() -> None:
    head = f"<td><img src=/i/mui-ten.gif> Chợ ngày giáp Tết</td></tr><tr><td>({DAY})</td></tr>"
    assert (
        read(f"<table><tr><td>Văn hóa xã hội</td></tr><tr>{head}<tr><td>{STORY}</td></tr></table>").title
        == "Chợ ngày giáp Tết"
    )


@pytest.mark.parametrize("printed", ["<div>{}</div>", "<p><b>{}</b></p>", "<td>{}</td>", "<h4>{}</h4>"])
@pytest.mark.parametrize(
    "headline",
    ["CÔNG BỐ KẾT QUẢ CHẤM ĐIỂM XÃ VĂN HÓA", "CÔNG KHAI DỰ TOÁN THU CHI QUÝ II", "UBND XÃ RA QUÂN DỌN KÊNH",
     "Y MOAN VÔ ĐỊCH", "Chùm ảnh: Chợ phiên cuối năm", "CÔNG TY CÀ PHÊ VÀO VỤ MỚI"],
)  # fmt: skip
def test_plain_lines_in_capitals_and_of_pictures(printed: str, headline: str) -> None:
    body = f"<table><tr>{printed.format(headline)}</tr></table><div>{DAY}</div>{STORY}"
    assert read(f"<div>{body}</div>", "Huyện M").title == headline


@pytest.mark.parametrize("printed", ["<div>{}</div>", "<h4>{}</h4>", "<p><b>{}</b></p>"])
@pytest.mark.parametrize(
    "line",
    ["Thế giới 17-05-2021 06:40", "Tin nông nghiệp 17/05/2021 | 20:17", "Phòng Thông tin - Báo chí | 17/05/2021 10:30",
     "Văn hóa - Xã hội T2 - 17/05/2021 07:45", "Hà Vy•Thứ Hai, 17/05/2021 08:00"],
)  # fmt: skip
def test_a_section_or_an_office_with_its_time(printed: str, line: str) -> None:
    headline = printed.format("Chợ nổi ngày giáp Tết")
    for head in (f"<div class=c>{line}</div>{headline}", f"{headline}<div class=c>{line}</div>"):
        page = read(f"<div>{head}<div>{STORY}</div></div>", "Huyện M")
        assert (page.title, page.posted_on) == ("Chợ nổi ngày giáp Tết", "2021-05-17")


@pytest.mark.parametrize("printed", ["<h4>{}</h4>", "<p class=tua>{}</p>", "<div>{}</div>"])
def test_a_caption_longer_than_the_headline_over_it(printed: str) -> None:
    picture = "<div><img src=/a/cho.jpg></div><p>Ghe hàng bông trên chợ nổi ngã bảy những ngày cuối năm</p>"
    page = read(f"<div>{printed.format('Chợ ngày giáp Tết')}{picture}<div>{STORY}</div><i>{DAY}</i></div>", "Huyện M")
    assert page.title == "Chợ ngày giáp Tết"


def test_hotlines_over_the_headline() -> None:
    lines = "<p>Cấp cứu: 3862.115</p><p>Cấp nước: 3862.331</p><center><img src=/b.png></center>"
    page = read(f"<div>{lines}<center>Trao bò giống cho hộ nghèo</center><i>{DAY}</i>{STORY}</div>", "Huyện M")
    assert page.title == "Trao bò giống cho hộ nghèo"


@pytest.mark.parametrize("lead", ["<h2>{}</h2>", "<h2 class=mo-dau>{}</h2>", "<h3 class=sapo>{}</h3>"])
@pytest.mark.parametrize("printed", ["<div>{}</div>", "<p>{}</p>"])
def test_a_lead_set_as_a_heading(printed: str, lead: str) -> None:
    told = (
        "Khi con nước đầu nguồn đổ về đỏ ngầu bến sông, cả chợ nổi lại chộn rộn tiếng máy ghe, tiếng gọi nhau mua bán."
    )
    page = read(f"<div>{printed.format('Chợ nổi mùa nước đỏ')}{lead.format(told)}{STORY}<i>{DAY}</i></div>", "Huyện M")
    assert (page.title, page.posted_on) == ("Chợ nổi mùa nước đỏ", "2021-05-18")


@pytest.mark.parametrize("printed", ["<div>{}</div>", "<p><b>{}</b></p>", "<h4>{}</h4>"])
@pytest.mark.parametrize(
    "line", ["3 giờ trước · Lục Thị Mai", "Đời sống · Hôm qua, 16:20 · 3 phút đọc", "Lục Mai 2 ngày trước"]
)
def test_a_time_told_from_now(printed: str, line: str) -> None:
    page = read(f"<div>{printed.format('Chợ nổi mùa nước đỏ')}<div>{line}</div><div>{STORY}</div></div>", "Huyện M")
    assert page.title == "Chợ nổi mùa nước đỏ"


@pytest.mark.parametrize(
    ("over", "day"),
    [("<div><b>PHƯỜNG TRẦN HƯNG ĐẠO</b></div>", "<div>{}</div>"), ("<div>Chuyện bến sông quê</div>", "<p>{}</p>"),
     ("<div>Chuyện bến sông quê</div>", "")],
)  # fmt: skip
def test_of_equals_the_line_nearer_to_the_text(over: str, day: str) -> None:
    head = f"{over}<div>Chợ nổi mùa nước đỏ</div>{day.format(DAY)}"
    page = read(f"<div>{head}<div>{STORY}</div><p>{DAY}</p></div>", "Thông tin")
    assert page.title == "Chợ nổi mùa nước đỏ"


@pytest.mark.parametrize("part", ["1. Vị trí địa lý và dân cư", "II. Con người ở bến sông", "a) Đất và nước bến sông"])
def test_the_first_part_of_a_text_is_no_headline(part: str) -> None:
    page = read(
        f"<div><div>Chợ nổi mùa nước đỏ năm nay</div><div><p>{part}</p>{STORY}</div><p>{DAY}</p></div>", "Huyện M"
    )
    assert page.title == "Chợ nổi mùa nước đỏ năm nay"
