"""Who put a page there is its author where the page names nobody else, and where a whole name says who it was."""

from __future__ import annotations

from datetime import datetime

import pytest

from archive.schema import Article
from crawler.reading.article import read_article

FETCHED_AT = datetime.fromisoformat("2021-05-20T10:00:00+07:00")
URL = "https://www.quangq.gov.vn/tin-tuc/nao-vet-kenh-noi-dong-4513.html"
TITLE = "Nạo vét kênh nội đồng trước vụ hè thu"
TEXT = (
    "Gần ba trăm đoàn viên đã nạo vét hơn hai cây số kênh nội đồng, giúp nước về tới các chân ruộng cuối nguồn.",
    "Xã sẽ tiếp tục huy động máy múc để khơi thông đoạn kênh còn lại trước khi bà con xuống giống đồng loạt.",
)


def read(line: str, behind: str = "", above: str = "") -> Article:
    story = "".join(f"<p>{each}</p>" for each in TEXT)
    html = (
        f"<html><head><title>{TITLE}</title></head><body><div><h1>{TITLE}</h1><div>{line}</div>{above}"
        f"<div>{story}{behind}</div></div></body></html>"
    )
    found = read_article(html.encode(), URL, FETCHED_AT)
    assert isinstance(found, Article)
    return found


def names(found: Article) -> list[str]:
    return [author.name for author in found.authors]


LINES = (
    "Đăng bởi {} vào lúc 08:30, ngày 18/05/2021",
    "Gửi bởi {} vào 18/05/2021 - 08:30",
    "Được gửi bởi <span class=username><a href=/u/7>{}</a></span> vào T3, 18/05/2021 - 08:30",
    "Đăng bởi <a href=#>{}</a> vào lúc 08:30 ngày 18/05/2021. Chuyên mục <a href=#>Tin xã</a>",
    "Người đăng: {} | 18/05/2021 08:30 | Lượt xem: 12",
    "18/05/2021 08:30 - Người gửi: {}",
    "Posted by {} on 18/05/2021",
    "<span>18/05/2021 08:30</span><span>Đăng bởi: {}</span><span>12 lượt xem</span>",
    "<span>Người đăng tin:</span> <b>{}</b> <span>18/05/2021 08:30</span>",
    "Đăng ngày 18/05/2021 08:30 bởi {}",
    # Drupal 8
    "<footer class=node__meta><div class=node__submitted>Được đăng bởi {} vào T3, 18/05/2021 - 08:30</div></footer>",
)
WHOLE = ("Lê Hoa", "Nguyễn Văn Đạt", "Trần Ái Ân", "Nguyễn Lê Hoài An", "Giàng Seo Páo", "H'Len Niê", "ĐINH THỊ MỸ")
NOBODY = (
    "admin", "quantri", "bientap02", "System Account", "Super User", "Quản trị viên", "hoanguyen", "lehoa@q.gov.vn",
    "Hoa", "Ban Biên tập", "Phòng Văn hóa", "Văn phòng UBND xã", "VNPT Quảng Q", "Cổng TTĐT",
)  # fmt: skip


@pytest.mark.parametrize("name", WHOLE)
@pytest.mark.parametrize("line", LINES)
def test_a_whole_name_is_the_authors(line: str, name: str) -> None:
    found = read(line.format(name))
    assert (names(found), found.authors_basis, found.posted_on) == ([name], "posted_by", "2021-05-18")
    assert found.body == "\n".join(TEXT)


@pytest.mark.parametrize("name", NOBODY)
@pytest.mark.parametrize("line", LINES)
def test_an_account_an_office_and_a_single_word_are_nobody(line: str, name: str) -> None:
    assert names(read(line.format(name))) == []


OTHERS: tuple[tuple[str, list[str]], ...] = (
    ("<p align=right><b>Minh Đức</b></p>", ["Minh Đức"]),
    ("<p>Tin, ảnh: Minh Đức</p>", ["Minh Đức"]),
    ("<p>Ảnh: Minh Đức</p>", ["Minh Đức"]),
    ("<p align=right>Ban Biên tập</p>", ["Ban Biên tập"]),
    # taken from elsewhere: who put it here did not write it
    ("<p>Nguồn: Báo Quảng Q</p>", []),
)


@pytest.mark.parametrize(("behind", "expected"), OTHERS)
@pytest.mark.parametrize("line", LINES)
def test_another_byline_stays_alone(line: str, behind: str, expected: list[str]) -> None:
    assert names(read(line.format("Lê Hoa"), behind)) == expected


# The line of the time as small print with a caption's class, as a row of links, behind buttons.
DRESSED = (
    '<div class="caption grey--text"><span>18/05/2021, 08:30</span></div><div class="caption">Lê Thị Hoa</div>',
    "Đăng vào <a href=/2021/05/>18 Tháng Năm, 2021</a> 08:30 bởi <a href=/author/hoa/>Lê Thị Hoa</a>",
    "<table><tr><td><img src=/images/M_images/printButton.png></td></tr><tr><td><i>Viết bởi Lê Thị Hoa</i></td></tr>"
    "<tr><td>Thứ ba, 18 Tháng 5 2021 08:30</td></tr></table>",
    "Tác giả: Lê Thị Hoa | Đăng ngày 18-05-2021 08:30",
    'Đăng vào <a href=/2021/05/><time class=entry-date datetime="2021-05-18T08:30:00+07:00">18 Tháng 5, 2021 lúc 8:30 '
    "sáng</time></a> bởi <a rel=author href=/author/hoa>Lê Thị Hoa</a>",
    "Người gửi: Lê Thị Hoa @ 08:30 18/05/2021",
    "<div>Lê Thị Hoa</div><div>Phóng viên</div><div>18-05-2021 08:30</div>",
    "<div>Viết bởi ThS. Lê Thị Hoa</div><div>18-05-2021 08:30</div>",
    "<i class=material-icons>event</i> 18/05/2021 08:30 <i class=material-icons>person</i> Người viết: Lê Thị Hoa "
    "<i class=material-icons>comment</i> 0 bình luận",
    "<div class=author-name><span>By</span><a href=/author/hoa/>Lê Thị Hoa</a></div><i>18/05/2021 08:30</i>",
)


def test_labels_in_one_line_with_the_time() -> None:
    assert names(read("18.05.2021 • Bài: Lê Thị Hoa • Ảnh: Trần Nam")) == ["Lê Thị Hoa", "Trần Nam"]


@pytest.mark.parametrize("line", DRESSED)
def test_a_line_of_the_time_dressed_as_another(line: str) -> None:
    found = read(line)
    assert (names(found), found.posted_at) == (["Lê Thị Hoa"], "2021-05-18T08:30:00+07:00")


def test_an_account_s_name_set_against_its_label() -> None:
    assert names(read("<div class=author-name><span>By</span><a href=/author/qt/>quantri</a></div>")) == []


def test_who_runs_the_site_wrote_nothing() -> None:
    """A line behind the text that has no mark of a footer."""
    for line in ("Sở Nội vụ tỉnh Quảng Q quản lý, vận hành", "UBND xã Q quản lý và vận hành"):
        assert names(read("18/05/2021", f"</div><div>{line}")) == []


def test_a_cell_beside_the_label() -> None:
    table = "<table><tr><td>Ngày đăng:</td><td>18/05/2021</td></tr><tr><td>Người đăng:</td><td>Lê Hoa</td></tr></table>"
    assert names(read(table)) == ["Lê Hoa"]


@pytest.mark.parametrize(
    ("line", "behind"),
    [
        # a citizen asks, an office answers
        ("<p>Người gửi: Lê Hoa - 18/05/2021</p><p>Câu hỏi: Thủ tục tách thửa gồm những gì?</p>", ""),
        # two readers
        ("18/05/2021", "<p>Gửi bởi: Lê Hoa</p><p>Bài hay</p><p>Gửi bởi: Trần Nam</p><p>Cảm ơn</p>"),
        # told in the text
        ("18/05/2021", "<p>Trong số thư gửi về có bức của người gửi Lê Hoa, trú tại thôn Đông.</p>"),
        ("18/05/2021 | Người đăng ký: Lê Hoa", ""),
        ("18/05/2021 | Người duyệt: Lê Hoa", ""),
        ("18/05/2021 | Cập nhật bởi: Lê Hoa", ""),
    ],
)
def test_who_sends_or_approves_something_else_is_no_author(line: str, behind: str) -> None:
    assert names(read(line, behind)) == []


QUESTION = "Nhà tôi ở thôn Đông muốn tách thửa cho con thì cần những giấy tờ gì và nộp ở đâu"
ASKED = (
    # headline, what stands over it, the text
    ("Hỏi đáp: Thủ tục tách thửa", "", f"{QUESTION}."),
    ("Kiến nghị về đường liên thôn xuống cấp", "", f"{QUESTION}."),
    ("Thủ tục tách thửa", "<div class=breadcrumb><a href=/>Trang chủ</a> / <a href=/h>Hỏi - đáp</a></div>", QUESTION),
    ("Thủ tục tách thửa", "<div class=breadcrumb><a href=/>Trang chủ</a> / <a href=/h>Câu hỏi</a></div>", QUESTION),
    ("Thủ tục tách thửa", "", f"{QUESTION}?"),
    ("Thủ tục tách thửa", "", f"{QUESTION}? Tôi xin cảm ơn."),
    ("Thủ tục tách thửa", "", f"{QUESTION}?</p><p>Tôi xin trân trọng cảm ơn!"),
)


def read_sent(line: str, title: str, over: str, text: str) -> object:
    html = (
        f"<html><head><title>{title}</title></head><body>{over}<div><h1>{title}</h1><p>{line}</p>"
        f"<div><p>{TEXT[0]}</p><p>{text}</p></div></div></body></html>"
    )
    found = read_article(html.encode(), URL, FETCHED_AT)
    return names(found) if isinstance(found, Article) else found


@pytest.mark.parametrize("line", ["Người gửi: Lê Hoa - 18/05/2021", "Gửi bởi Lê Hoa vào 18/05/2021 - 08:30"])
@pytest.mark.parametrize(("title", "over", "text"), ASKED)
def test_who_asks_is_no_author(line: str, title: str, over: str, text: str) -> None:
    assert read_sent(line, title, over, text) == []


@pytest.mark.parametrize("title", [TITLE, "Hội thi tìm hiểu pháp luật", "Xã giải quyết xong kiến nghị của cử tri"])
def test_who_sends_the_news_of_a_school_is_its_author(title: str) -> None:
    """The menu of the site may lead to questions all the same."""
    menu = "<nav><ul><li><a href=/h>Hỏi đáp</a></li><li><a href=/g>Góp ý</a></li></ul></nav>"
    assert read_sent("Người gửi: Lê Hoa @ 21:16 18/05/2021", title, menu, TEXT[1]) == ["Lê Hoa"]
