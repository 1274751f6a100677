"""The headline that nothing marks as one: told by where it stands, with the posting line, the text, and `<title>`."""

from __future__ import annotations

from datetime import datetime

import pytest

from archive.schema import Article
from crawler.reading.article import read_article
from crawler.reading.title.words import is_site_title

FETCHED_AT = datetime.fromisoformat("2019-09-20T09:00:00+07:00")
URL = "http://huyenm.example.gov.vn/xem.asp?so=2214"
TITLE = "Vui Trung thu sớm cùng trẻ em làng Đông"
TEXT = (
    "Tối qua, sân nhà văn hóa làng Đông rộn tiếng trống lân từ lúc mặt trời chưa khuất hẳn sau rặng tre.",
    "Hơn hai trăm suất quà bánh được các cô giáo và đoàn viên gói suốt ba buổi tối để kịp trao tận tay các cháu.",
    "Bác trưởng làng bảo năm nào cũng làm, nhưng năm nay đông hơn vì có thêm các cháu ở khu trọ công nhân.",
)
STORY = "".join(f"<p>{line}</p>" for line in TEXT)
DAY = "19/09/2019 07:45"
# <title> with the site's name, a part of the headline, or nothing
TITLES = ("Phòng Giáo dục huyện M", "Trang tin huyện M", "Vui Trung thu sớm cùng trẻ em - Tin ảnh - Huyện M", "")
SHAPES = (
    "<div><p class=a1>{title}</p><p class=a2>{day}</p><div>{story}</div></div>",
    "<table><tr><td><font size=4><b>{title}</b></font><br>({day})</td></tr><tr><td>{story}</td></tr></table>",
    "<div><div>Đời sống văn hóa mới</div><div><b>{title}</b></div><div>{day}</div>{story}</div>",
    "<div><span class=t>{title}</span><br><i>{day}</i><div><p><img src=a.jpg></p><p>Trẻ em làng Đông múa lân</p>"
    "{story}</div></div>",
    "<td-page><td-head><x-name>{title}</x-name><x-sub>{day}</x-sub></td-head><td-text>{story}</td-text></td-page>",
)
BESIDE = '<div><div class="q">Thống kê</div>Đang xem: 3<br>Hôm nay: 25<br>Tháng này: 1.240</div>'


def read(body: str, title: str) -> Article:
    found = read_article(
        f"<html><head><title>{title}</title></head><body>{body}</body></html>".encode(), URL, FETCHED_AT
    )
    assert isinstance(found, Article), found
    return found


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("beside", ["{0}", BESIDE + "{0}", "{0}" + BESIDE])
def test_line_over_the_text(shape: str, title: str, beside: str) -> None:
    page = read(beside.format(shape.format(title=TITLE, day=DAY, story=STORY)), title)
    assert (page.title, page.posted_at) == (TITLE, "2019-09-19T07:45:00+07:00")
    assert page.body.endswith("\n".join(TEXT))


@pytest.mark.parametrize("parted", ["<p><b>{0}<br>{1}</b></p>", "<div><b>{0}</b><br><strong>{1}</strong></div>"])
def test_bold_lines_that_a_break_parts(parted: str) -> None:
    page = read(f"<div>{parted.format(TITLE[:17], TITLE[18:])}<div>{DAY}</div>{STORY}</div>", "Huyện M")
    assert page.title == TITLE


def test_a_day_of_the_moon_is_no_posting_line() -> None:
    feasts = "<li>Lễ Kỳ yên: từ ngày 15 đến 17 tháng Tư âm lịch</li><li>Lễ Lạp miếu: ngày 12 tháng Chạp âm lịch</li>"
    page = read(f"<div><p>Giới thiệu › Di tích</p><p>Đình làng Đông</p><div>{STORY}{feasts}</div></div>", "Huyện M")
    assert (page.title, page.posted_on) == ("Đình làng Đông", None)


def test_line_over_the_posting_line_of_a_page_without_text() -> None:
    page = read(f'<div><div>{TITLE}</div><div>{DAY}</div><a href="/f/giay-moi.pdf">Giấy mời</a></div>', "Huyện M")
    assert (page.title, page.kind, page.body) == (TITLE, "attachment", "")


@pytest.mark.parametrize(
    ("over", "under"),
    [
        ("", "<i>September 19, 2019</i>"),
        ("", "<i>Tháng Chín 19, 2019</i>"),
        (f"<div>{DAY}</div>", ""),  # the headline is bold
    ],
)
def test_posting_line_beside_the_headline_of_a_page_without_text(over: str, under: str) -> None:
    page = read(f'<div>{over}<div><b>{TITLE}</b></div>{under}<a href="/f/giay-moi.pdf">Giấy mời</a></div>', "Huyện M")
    assert (page.title, page.posted_on, page.kind) == (TITLE, "2019-09-19", "attachment")


def test_a_line_in_brackets_is_no_headline() -> None:
    note = "<p>(Bài phát biểu tại đêm hội 18/09/2019)</p><div>Lê Sáu <i>19/09/2019 10:20</i><p>Vui quá.</p></div>"
    page = read(f"<div><p><b>{TITLE}</b></p>{STORY}{note}</div>", "Huyện M")
    assert (page.title, page.posted_on) == (TITLE, None)


def test_what_title_says_of_a_headline_that_is_drawn() -> None:
    page = read(f"<div><img src=h.gif><p>Ảnh: Đội múa lân của làng</p><div>{STORY}</div></div>", f"{TITLE} | Huyện M")
    assert page.title == TITLE


def test_what_heads_many_menus_heads_no_story() -> None:
    names = ("Đất đai", "Lao động việc làm", "Khoa học công nghệ", "Nông thôn mới")
    menus = "".join(f'<div class=m><div class=k><h4>{name}</h4></div><a href="/m">Xem tiếp</a></div>' for name in names)
    page = read(f"{menus}<div><div>{TITLE}</div><div>{DAY}</div><div>{STORY}</div></div>", "Huyện M")
    assert page.title == TITLE


def test_a_lead_over_a_picture_and_its_caption() -> None:
    picture = "<div><img src=a.jpg></div><div>Các cháu làng Đông múa lân bên đống lửa lớn giữa sân. Ảnh: Tư Mạnh</div>"
    lead = "Trung thu năm nay ở làng Đông đến sớm hơn mọi năm ba ngày, vì nhiều cháu sắp theo bố mẹ về quê."
    page = read(
        f"<div><h2>{TITLE}</h2><div>{DAY}</div><div><p>{lead}</p></div>{picture}<div>{STORY}</div></div>", TITLE
    )
    assert (page.lead, page.body) == (lead, "\n".join(TEXT))


def test_linked_headlines_in_one_line_are_a_list() -> None:
    links = (
        '<a href="/x?so=1">Khai mạc hội thao công nhân</a> 18/09 <a href="/x?so=2">Nước sạch đã về làng Tây</a> 17/09'
    )
    page = read(f"<div><h2>{TITLE}</h2><div>{DAY}</div><div>{STORY}</div><div>{links}</div></div>", TITLE)
    assert page.body == "\n".join(TEXT)


BETWEEN = (
    "<div>Trang chủ » Đời sống » Trung thu</div><div>{0}</div>",
    "<div>{0}</div><div>Đời sống</div>",
    "<div>{0}</div><div>Tác giả: Hồ Thị Lựu</div>",
    "<div>ÔNG LÒ VĂN TÚ, TRƯỞNG LÀNG ĐÔNG:</div><div>{0}</div>",
    "<div>{0}</div><div>Phòng Giáo dục và Đào tạo huyện</div>",
    "<div>{0}</div><table><tr><td>Người viết:</td><td>Nguyễn Thị Hồng Nhung</td></tr></table>",
)


@pytest.mark.parametrize("around", BETWEEN)
@pytest.mark.parametrize("day", [DAY, "19 tháng 9, 2019 - 07:45", "19 Tháng chín, 2019"])
def test_what_stands_beside_a_headline(around: str, day: str) -> None:
    page = read(f"<div>{around.format(TITLE)}<div>{day}</div><div>{STORY}</div></div>", "Huyện M")
    assert page.title == TITLE


def test_a_headline_that_names_a_day() -> None:
    title = "Lịch phát thanh của làng ngày 15/8/2019"
    assert read(f"<div><div>{title}</div><div>{DAY}</div><div>{STORY}</div></div>", "Huyện M").title == title


@pytest.mark.parametrize(
    "above",
    [
        "<h2>HOẠT ĐỘNG CỦA LÃNH ĐẠO</h2><h4>{0}</h4>",
        "<h2>Chuyện làng xóm</h2><p><b>{0}</b></p>",
        "<div><h3>Góc bạn đọc</h3><p>Gửi bài về trước ngày 20</p></div><div>{0}</div>",
        "<div><b>Nhiệt liệt chào mừng đại hội hội cựu giáo chức huyện nhiệm kỳ mới</b></div><div>{0}</div>",
    ],
)
def test_a_sections_name_over_the_headline(above: str) -> None:
    page = read(f"<div>{above.format(TITLE)}<div>{DAY}</div><div>{STORY}</div></div>", "Huyện M")
    assert page.title == TITLE


@pytest.mark.parametrize("term", ["Chi tiết", "Thông tin chung", "Details"])
@pytest.mark.parametrize("headline", ["Khai mạc hội thao", "Hội nghị sơ kết quý một"])
def test_a_short_headline_in_the_box_of_joomla(headline: str, term: str) -> None:
    """Under the name of a section in `<title>`."""
    info = f"<dl class=article-info><dt>{term}</dt><dd>Chuyên mục: <a href=/tin>Tin tức</a></dd><dd>{DAY}</dd></dl>"
    page = read(f"<div><div class=page-header><h2>{headline}</h2></div>{info}{STORY}</div>", "Tin tức")
    assert page.title == headline
    if term != "Thông tin chung":  # may head a part of a story as well, and stays in its text
        assert page.body == "\n".join(TEXT)


def test_a_question_is_a_headline_under_the_name_of_its_section() -> None:
    asked = "Nghỉ việc sau hơn sáu năm đóng bảo hiểm được trợ cấp thất nghiệp bao lâu?"
    page = read(f"<h3>Giải đáp chính sách</h3><h2>{asked}</h2><div>{DAY}</div><div>{STORY}</div>", "BHXH huyện M")
    assert page.title == asked


# A campaign, marked as much as the headline; a section in a box that is called a title.
@pytest.mark.parametrize(
    "above",
    [
        "<h4>TIẾN TỚI ĐẠI HỘI HỘI CỰU GIÁO CHỨC HUYỆN M</h4><h5>{0}</h5>",
        "<table><tr><td class=titlebox>VĂN HÓA - XÃ HỘI</td></tr></table><p>{0}</p><table><tr><td>Người đăng:</td>"
        "<td>vanphong</td><td>Ngày đăng:</td><td>19/09/2019</td></tr></table>",
    ],
)
def test_capitals_over_the_headline(above: str) -> None:
    assert read(f"<div>{above.format(TITLE)}{STORY}</div>", "Huyện M").title == TITLE


# The site's section or host in <title>, and as the nearest mark
@pytest.mark.parametrize(
    ("title", "above"),
    [
        ("Ảnh và đời", "<div>Ảnh và đời</div><span class=tieude>{0}</span>"),
        (
            "huyenm.example.gov.vn",
            "<div><b>{0}</b></div>",
        ),
        ("Tin", f"<table><tr><td><a href={URL}>{{0}}</a></td></tr></table>"),
        ("Tin", "<b>{0}</b><div>Thông báo chung / Đăng lúc 07h45 - 19.09.2019 / Số lượt xem: 3.120</div>"),
        ("Tin", "<div class=news-title-area><i>20/09/2019 8:15 SA</i><div class=news-title>{0}</div></div>"),
        ("", "<h4><a href=/tin>Quay lại</a> {0}</h4>"),
        ("", "<h4>Vui Trung thu sớm<br>cùng trẻ em làng Đông</h4>"),
    ],
)
def test_what_stands_for_the_headline_or_in_it(title: str, above: str) -> None:
    page = read(f"<div>{above.format(TITLE)}<div>{DAY}</div><div>{STORY}</div></div>", title)
    assert page.title == TITLE


MENU = "<nav><a href=/>Trang chủ</a><p><a href=/k>Kinh tế xã</a></p></nav>"


# What a title says of the system or the place, and the name of a section that stands over the headline.
@pytest.mark.parametrize(
    "title",
    ["Details - My ASP.NET Application", "Phong GD huyen M", "HUYỆN MƯỜNG ÁNG", "Huyện M > Kinh tế xã", "Kinh tế xã"],
)
@pytest.mark.parametrize("above", ["<h1>Kinh tế xã</h1>", "<p>Kinh tế xã</p>", ""])
def test_a_title_of_the_site_and_a_section_of_its_menu(title: str, above: str) -> None:
    page = read(f"{MENU}<div>{above}<div><div>{TITLE}</div><div>{DAY}</div><div>{STORY}</div></div></div>", title)
    assert page.title == TITLE


def test_a_column_of_dated_news_before_the_story_heads_nothing() -> None:
    news = "".join(
        f"<div><a href=/{i}>Chợ phiên xuân đông khách lần thứ {i}</a><br>0{i}/09/2019</div>" for i in range(1, 5)
    )
    column = f"<div><div>Thông tin cần biết</div>{news}</div>"
    page = read(f"{column}<div><div>{TITLE}</div><div>{DAY}</div><div>{STORY}</div></div>", "Huyện M")
    assert (page.title, page.body) == (TITLE, "\n".join(TEXT))


def test_a_short_story_behind_a_column_that_tells_more() -> None:
    column = f"<div><div>Về huyện nhà</div><p>{TEXT[1]}</p></div>"
    story = f"<div>{TITLE}</div><div>{DAY}</div><p>Tối nay, làng Đông mở hội trăng rằm ở sân đình.</p>"
    page = read(f"{column}<section>{story}</section>", "Huyện M")
    assert (page.title, page.posted_on) == (TITLE, "2019-09-19")


def test_an_undated_story_beside_many_dated_ones() -> None:
    news = "".join(
        f"<div><a href=/{i}>Chợ phiên xuân đông khách lần {i}</a><br>{i}/09/2019</div>" for i in range(1, 10)
    )
    column = f"<div><div>Thông tin cần biết</div>{news}</div>"
    page = read(f"{column}<div><h3>{TITLE}</h3><div>{STORY}</div></div>", "Huyện M")
    assert (page.title, page.posted_on, page.body) == (TITLE, None, "\n".join(TEXT))
    few = f"<html><head><title>Huyện M</title></head><body>{column}<div>Đang cập nhật nội dung trang này.</div>"
    assert not isinstance(read_article(few.encode(), URL, FETCHED_AT), Article)


def test_a_box_of_issues_with_days_heads_no_page() -> None:
    notice = f"<h1>Thông báo</h1><div><b>{TITLE}</b><br>({DAY})<pre>{TEXT[0]}</pre></div>"
    issues = "<div><h3>Công báo</h3><a href=/3>Số 3 ngày 30/8/2019</a><br><a href=/2>Số 2 ngày 2/8/2019</a></div>"
    page = read(notice + issues, "Trang chủ")
    assert (page.title, page.body) == (TITLE, TEXT[0])


def test_a_headline_with_a_smaller_one_under_it() -> None:
    page = read(
        f"<div><h2>{TITLE}</h2><h3>Hơn hai trăm suất quà</h3><div>{DAY}</div><div>{STORY}</div></div>", "Huyện M"
    )
    assert page.title == TITLE


ABOUT = "Về việc tổ chức đêm hội trăng rằm cho thiếu nhi các làng trong huyện"
FIELDS = (
    ("Số ký hiệu", "12/KH-UBND"), ("Loại văn bản", "Kế hoạch"), ("Ngày ban hành", "02/09/2019"),
    ("Cơ quan ban hành", "UBND huyện M"), ("Người ký", "Hồ Văn Lựu"), ("Tệp", "<a href=/f/kh12.pdf>kh12.pdf</a>"),
)  # fmt: skip


@pytest.mark.parametrize(
    "field", ["<p><b>{0}:</b> {1}</p>", "<dt>{0}</dt><dd>{1}</dd>", "<tr><td>{0}</td><td>{1}</td></tr>"]
)
@pytest.mark.parametrize("title", ["Huyện M", "Hệ thống văn bản", "Kế hoạch 12/KH-UBND - Huyện M"])
@pytest.mark.parametrize(
    ("above", "named"),
    [
        ("<h1>Kế hoạch 12/KH-UBND</h1>", True),
        ("<h2>Chi tiết văn bản</h2>", True),
        ("", True),
        ("<div>{0}</div>", False),
        ("<h3>Kế hoạch số 12/KH-UBND</h3><div>{0}</div>", False),
    ],
)
def test_what_a_document_is_about(field: str, title: str, above: str, named: bool) -> None:
    fields = (*FIELDS, ("Trích yếu", ABOUT)) if named else FIELDS
    sheet = "".join(field.format(*each) for each in fields)
    page = read(f"<div>{above.format(ABOUT)}<table>{sheet}</table></div>".replace("<table><p>", "<p>"), title)
    assert (page.title, page.kind) == (ABOUT, "document")


@pytest.mark.parametrize(
    ("title", "site"),
    [
        ("UBND xã Cần Đước", True),
        ("UBND TỈNH KON TUM", True),
        ("Ủy ban nhân dân tỉnh Quảng Ngãi", True),
        ("Uỷ Ban Nhân Dân Thị xã La Gi", True),
        ("UBND TP. Đồng Hới", True),
        ("UBND huyện Ia H’Drai, tỉnh Kon Tum", True),
        ("UBND phường 12, quận 3", True),
        ("Cổng thông tin điện tử tỉnh Kon Tum", True),
        ("Văn bản mới", True),
        ("Văn bản chỉ đạo của UBND tỉnh", True),
        ("UBND xã Cần Đước tiếp công dân định kỳ tháng 9 năm 2025", False),
        ("UBND TỈNH HỌP PHIÊN THƯỜNG KỲ THÁNG 9", False),
        ("UBND tỉnh Kon Tum tuyển dụng 20 công chức", False),
        ("UBND TP Đồng Hới dâng hương", False),
        ("Ủy ban nhân dân tỉnh đồng ý chủ trương đầu tư", False),
        ("Văn bản mới về tiền lương có hiệu lực từ tháng 7", False),
    ],
)
def test_a_site_s_name_and_what_its_office_did(title: str, site: bool) -> None:
    assert is_site_title(title) is site


@pytest.mark.parametrize("mark", ["div", "p", 'div class="tb-title"', "h4"])
@pytest.mark.parametrize(
    "href", ["/Lists/ThongBao/xem.aspx?ItemID=418", "xem.aspx?ItemID=418#top", "https://x.gov.vn{}"]
)
def test_a_headline_that_links_to_its_own_page(mark: str, href: str) -> None:
    path = "/Lists/ThongBao/xem.aspx?ItemID=418"
    text = "".join(f"<div>Sở Y tế thông báo chỉ tiêu tuyển dụng đợt {word}, hồ sơ nộp tại Sở.</div>" for word in "ABCD")
    html = (
        f'<title>Thông báo</title><h2 class="zone-title">THÔNG BÁO</h2><div><{mark}><a href="{href.format(path)}">'
        f"Tuyển dụng viên chức ngành Y tế năm 2015</a></{mark.split()[0]}><div>30/06/2015 14:05</div><div>{text}</div>"
    )
    read = read_article(html.encode(), f"http://x.gov.vn{path}", FETCHED_AT)
    assert isinstance(read, Article), read
    assert (read.title, read.posted_at) == ("Tuyển dụng viên chức ngành Y tế năm 2015", "2015-06-30T14:05:00+07:00")


def test_a_headline_that_links_to_the_number_of_its_page() -> None:
    """Joomla: the address of the page goes on with the story's name."""
    text = "".join(f"<p>Sở tuyển mười người cho {word}, hồ sơ nộp tại Sở trước ngày hết hạn.</p>" for word in TEXT)
    html = (
        "<title>Tuyển viên chức ngành Y tế</title><h2><a href=/thong-bao/77>Tuyển dụng thêm viên chức ngành Y tế trong "
        f"năm nay</a></h2><dl><dt>Chi tiết</dt><dd>Chuyên mục: <a>Tin</a></dd></dl>{text}"
    )
    read = read_article(html.encode(), "http://x.gov.vn/thong-bao/77-tuyen-vien-chuc", FETCHED_AT)
    assert isinstance(read, Article), read
    assert read.title == "Tuyển dụng thêm viên chức ngành Y tế trong năm nay"


@pytest.mark.parametrize(
    "day",
    ["7 giờ 45, thứ Năm ngày 19/09/2019", "7 giờ 45 phút, 19/09/2019", "Hồ Thị Lựu, thứ năm 19.09.2019, 07 giờ 45"],
)
def test_a_time_in_words_under_the_headline_is_none(day: str) -> None:
    found = read(f"<div><h4>{TITLE}</h4><dl><dt>Đăng tải</dt><dd>{day}</dd></dl>{STORY}</div>", "Huyện M")
    assert (found.title, found.posted_at) == (TITLE, "2019-09-19T07:45:00+07:00")


@pytest.mark.parametrize(
    ("headline", "day", "posted"),
    [
        ("Năm ngày Tết: tai nạn giao thông giảm", "(22h10, 07/02/2011)", "2011-02-07T22:10:00+07:00"),
        ("Kiên cố hoá kênh mương: nhiều xã về đích trước hạn", "(18/03/2008)", "2008-03-18"),
    ],
)
def test_a_day_behind_the_headline_in_its_line(headline: str, day: str, posted: str) -> None:
    text = "".join(f"<p>Các xã của huyện {each} đã bê tông hoá kênh, dài gấp rưỡi năm ngoái.</p>" for each in "ABCDE")
    side = "<td><p><b>Truy nã</b></p><p>Đối tượng Lò Văn Xôm, QĐ ngày 20/01/2011</p></td>"
    found = read(
        f"<table><tr>{side}<td><p><b>{headline}</b> <i>{day}</i></p>{text}</td></tr></table>", "Công an tỉnh X"
    )
    assert (found.title, found.posted_at or found.posted_on) == (headline, posted)


def test_a_day_behind_a_short_headline_of_which_a_title_knows() -> None:
    page = read(
        f"<h3>Người tốt việc tốt</h3><h4 class=page-header>Cô Mơ ở bản Pa <small>07:45 19/09/2019</small></h4>{STORY}",
        "Cô Mơ ở bản Pa",
    )
    assert (page.title, page.posted_at) == ("Cô Mơ ở bản Pa", "2019-09-19T07:45:00+07:00")


# Small offices print their own name as the page's one heading, over the menu, and in `<title>` alone.
@pytest.mark.parametrize("office", ["HỘI ĐỒNG NHÂN DÂN HUYỆN M", "Phòng Giáo dục và Đào tạo huyện M"])
def test_an_office_over_its_menu_is_no_headline(office: str) -> None:
    menu = "".join(f"<li><a href=/{name}>Mục {name}</a></li>" for name in "abcdef")
    page = f"<h1>{office}</h1><ul class=menu>{menu}</ul><div><div>{TITLE}</div><div>Đăng lúc: {DAY}</div>{STORY}</div>"
    assert read(page, office).title == TITLE


def test_what_stands_for_no_headline() -> None:
    lead = (
        "<h2 class=sapo>Qua ba trận lũ lớn, người làng vẫn bám đất, dựng lại nhà và giữ nghề cũ của cha ông mình</h2>"
    )
    page = f"<h1 class=title>Ký ức mùa lũ</h1><p>{DAY}</p>{lead}{STORY}"
    assert read(page, "Báo huyện M").title == "Ký ức mùa lũ"
    office = f"<div class=header><h1>Sở Y tế tỉnh Kon Tum</h1></div><h2>{TITLE}</h2><p>{DAY}</p>{STORY}"
    assert read(office, "Sở Y tế tỉnh Kon Tum").title == TITLE
    bulletin = "Bản tin dịch bệnh ngày 18/09/2019 08:00"
    assert read(f"<h1>{bulletin}</h1><p>{DAY}</p>{STORY}", "Sở Y tế").title == bulletin


def test_what_an_office_did_is_no_name_of_a_site_though_in_capitals() -> None:
    title = "CÔNG AN HUYỆN CƯ JÚT TRIỆT XÓA TỤ ĐIỂM ĐÁNH BẠC TRONG RẪY CÀ PHÊ"
    page = read(
        f"<table><tr><td>{title}</td></tr><tr><td>({DAY})</td></tr><tr><td>{STORY}</td></tr></table>", ":: Công an ::"
    )
    assert page.title == title


@pytest.mark.parametrize("name", ["hide-accessible", "element-invisible", "visuallyhidden"])
def test_heading_for_those_who_hear_the_page(name: str) -> None:
    said = "Thông báo - Huyện Krông Búk Thượng"
    page = read(f"<h1 class={name}>{said}</h1><div><h4>{TITLE}</h4><div>{DAY}</div>{STORY}</div>", said)
    assert page.title == TITLE
