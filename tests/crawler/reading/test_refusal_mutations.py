"""Pages that are no articles, and short articles that look like none, each in many frames.

Words, frames and forms are of our own invention. Of all combinations a fixed stride is read; each table says how many
of its pages may be taken for what they are not.
"""

from __future__ import annotations

from datetime import datetime
from itertools import product

import pytest

from archive.schema import VIETNAM, Article
from crawler.reading.article import read_article

AT = datetime(2025, 12, 12, 9, 0, tzinfo=VIETNAM)
URL = "https://ea-drang.example.gov.vn/tin-tuc/khanh-thanh-tram-bom-thon-ba-20417.html"
SITE = "Trang thông tin điện tử huyện Ea Đrăng"
STORIES = (
    ("Xã Cư Mốt khánh thành trạm bơm thôn Ba", "Trạm bơm tưới cho bốn mươi héc-ta lúa nước của ba thôn đầu xã."),
    ("Nông dân Ea Wy bán vụ sầu riêng đầu tiên", "Giá tại vườn sáu mươi nghìn đồng một ký, cao hơn năm ngoái."),
    ("Huyện đoàn mở lớp dạy bơi cho thiếu nhi hè này", "Lớp học không thu tiền, do mười hai huấn luyện viên dạy."),
    ("Trường tiểu học Lê Lai đón bằng chuẩn quốc gia", "Nhà trường có hai mươi phòng học và một thư viện mới."),
)
PROSE = (
    "Ủy ban nhân dân huyện cho biết việc thi công hoàn thành trước hạn một tháng, không có hộ nào phải di dời.",
    "Bà con góp hai trăm ngày công đào mương dẫn nước, phần còn lại do ngân sách huyện chi trả trong hai năm.",
)
STORY = "".join(f"<p>{each}</p>" for each in PROSE)
MENU = "".join(f'<li><a href="/m{i}">{name}</a></li>' for i, name in enumerate(("Trang chủ", "Giới thiệu", "Tin tức",
               "Văn bản", "Liên hệ")))  # fmt: skip
SIDES = (
    "",
    '<div class=box><h3>Tin mới nhất</h3><ul><li><a href="/s/1">Hội thi tiếng hát người cao tuổi</a> (02/12/2025)</li>'
    '<li><a href="/s/2">Ra quân dọn vệ sinh đường làng</a> (01/12/2025)</li></ul></div>',
    '<div class=box><h3>Ảnh hoạt động</h3><a href="/a/1"><img src=1.jpg></a><a href="/a/2"><img src=2.jpg></a></div>'
    '<div class=box><h4>Thống kê truy cập</h4><table><tr><td>Hôm nay</td><td>211</td></tr></table></div>',
)  # fmt: skip
FOOT = "Bản quyền thuộc Ủy ban nhân dân huyện Ea Đrăng. Giấy phép số 21/GP-TTĐT ngày 05/03/2019."
FRAMES = {
    "named": "<div id=hd></div><ul class=menu>{menu}</ul><div id=main><div id=left>{side}</div><div id=content>{page}"
             "</div></div><div id=footer>{foot}</div>",
    "tables": "<table><tr><td colspan=2><ul class=menu>{menu}</ul></td></tr><tr><td width=9>{side}</td><td>{page}</td>"
              "</tr><tr><td colspan=2>{foot}</td></tr></table>",
    "bare": "<nav>{menu}</nav><div><div><div>{page}</div></div><div>{side}</div></div><div>{foot}</div>",
    "form": "<form id=Form><input type=hidden name=state><div class=top>{menu}</div><div class=DnnModule>{page}</div>"
            "<div class=DnnModule>{side}</div><div>{foot}</div></form>",
    "wordpress": "<div id=page><ul class=menu>{menu}</ul><main id=main>{page}</main><aside id=secondary>{side}</aside>"
                 "<footer>{foot}</footer></div>",
    "last": "<div>{page}</div><div>{side}</div><ul>{menu}</ul><div>{foot}</div>",
}  # fmt: skip
DATA = ("", '<meta property="og:type" content="article">')

# One row of a list: {u} its address, {t} its headline, {s} its summary, {d} its day.
ROWS = (
    "<li><a href={u}>{t}</a> ({d})</li>",
    "<div><a href={u}><img src=a.jpg></a><h3><a href={u}>{t}</a></h3><span>{d}</span><p>{s}</p></div>",
    "<tr><td>1</td><td><a href={u}>{t}</a></td><td>{d}</td></tr>",
    "<dt><a href={u}>{t}</a></dt><dd>{d} {s}</dd>",
    "<p><a href={u}>{t}</a><br><i>{d}</i><br>{s}</p>",
    "<div><h5>{t}</h5><p>{s}</p><small>{d}</small><a href={u} class=btn>Xem chi tiết</a></div>",
    "<table><tr><td><a href={u}><b>{t}</b></a> {d}</td></tr><tr><td>{s}</td></tr></table>",
)
SECTIONS = (
    "<h1>Nông thôn mới</h1>",
    '<div class="cat-title">Văn hóa - Xã hội</div>',
    "<h1>Lưu trữ tháng 11 năm 2025</h1>",
    "<h1>Từ khóa: thủy lợi</h1>",
    "",
)
TOPIC = (
    "<h1>Đại hội Đảng bộ các cấp nhiệm kỳ 2025 - 2030</h1><p>Tin, bài về đại hội đảng bộ các cấp trong huyện nhà.</p>"
)
OTHERS = {
    "documents": "<h2>Văn bản</h2>" + "".join(
        f"<li><p>Số ký hiệu: {i}7/QĐ-UBND</p><p>Ngày ban hành: 0{i}/03/2025</p><p>Trích yếu: Dự toán đợt {i}</p></li>"
        for i in range(1, 5)),
    "files": "<h1>Công khai ngân sách</h1><form><input name=so><button>Tìm kiếm</button></form>" + "".join(
        f"<p>{i}. {i}7/QĐ-UBND ngày 0{i}/03/2025 Về việc giao dự toán đợt {i} <a href=/f{i}.pdf>Tải về</a></p>"
        for i in range(1, 5)),
    "questions": "<div class=t>Ý kiến công dân</div>" + "".join(
        f"<p><b>Hỏi:</b> Đường vào thôn {i} bao giờ được sửa? (Lê Minh, 0{i}/03/2025)</p><p><b>Đáp:</b> {PROSE[0]}</p>"
        for i in range(1, 4)),
    "sections": "".join(
        f"<div><h2><a href=/m{i}>{name}</a></h2><h5>{STORIES[i][0]}</h5><p>{STORIES[i][1]}</p><a href=/x/{i} class=btn>"
        "Xem chi tiết</a></div>" for i, name in enumerate(("Tin hoạt động", "Kinh tế", "Giáo dục"))),
    "leaders": "<h1>Danh sách cán bộ</h1>" + "".join(
        f"<div><img src={i}.jpg><p><b>Y Thắng {i}</b></p><p>Ngày sinh: 0{i}/02/1975</p><p>Quê quán: Ea Wy</p></div>"
        for i in range(1, 5)),
    "appointments": "<h1>Lịch làm việc tuần 12</h1><table>" + "".join(
        f"<tr><td>Thứ {day}</td><td>Sáng</td><td>Dự họp giao ban, chuẩn bị nội dung kỳ họp</td></tr>"
        for day in ("Hai", "Ba", "Tư", "Năm")) + "</table>",
    "pictures": "<h1>Hình ảnh hoạt động</h1>" + "".join(
        f"<figure><img src={i}.jpg><figcaption>{title}</figcaption></figure>" for i, (title, _) in enumerate(STORIES)),
    "gone": "<h2>Rất tiếc!</h2><p>Bài viết quý vị tìm không còn trên hệ thống.</p>",
    "moved": "<h2>Chuyển trang</h2><p>Trang này đã được chuyển sang địa chỉ mới. <a href=/x>Bấm vào đây</a></p>",
    "soon": "<h3>Kinh tế</h3><p>Mời quý vị quay lại sau, chúng tôi đang bổ sung nội dung.</p>",
    "unfilled": "<div><h1>{{ news.Title }}</h1><p>Ngày đăng: {{ news.Date }}</p><div>{{ news.Body }}</div></div>",
    "script": "<div class=loading><img src=load.gif> Đang tải dữ liệu...</div>",
    "poll": "<h2>Thăm dò ý kiến</h2><p>Quý vị đánh giá thế nào về bộ phận một cửa?</p><div>Tốt: 61% (88 phiếu)</div>"
            "<div>Khá: 30% (43 phiếu)</div>",
    "standing": f"<h1>Vị trí địa lý</h1><p>{PROSE[0]}</p><p><img src=/ban-do.jpg></p><p>Diện tích: 412 km2</p>",
    "locked": "<div class=box><p>Nội dung dành cho thành viên, vui lòng <a href=/login>đăng nhập</a> để xem.</p></div>",
}  # fmt: skip
NAME = "Huyện Ea Đrăng khánh thành ba trạm bơm trước vụ đông xuân"
HEADS = (
    "<h1>{name}</h1><div class=date>{day}</div>",
    "<h2 class=title>{name}</h2><span>Ngày đăng: {day} 08:21</span>",
    "<table><tr><td class=tieude><b>{name}</b></td></tr><tr><td>{day}</td></tr></table>",
    "<h3>{name}</h3>",
)
BIRTHS = "".join(f"<tr><td>{i}</td><td>Y Thắng {i}</td><td>0{i}/02/1990</td></tr>" for i in range(1, 9))
TRUE = {
    "a story": (NAME, STORY),
    "a standing story": ("Vị trí địa lý", STORY + STORY),
    "a sentence": (NAME, f"<p>{PROSE[0]}</p>"),
    "a file": ("Quyết định giao kế hoạch tưới nước vụ đông xuân cho các xã", "<p><a href=/f/qd12.pdf>Tải về</a></p>"),
    "a table of birthdays": ("Danh sách thí sinh dự tuyển công chức cấp xã năm 2025", f"<table>{BIRTHS}</table>"),
    "words of failure": (
        "Nhiều hộ dân không tìm thấy tên mình trong danh sách hỗ trợ",
        f"{STORY}<p>Có người mở trang thì gặp thông báo lỗi hệ thống hoặc phải đăng nhập lại.</p>",
    ),
    "an interview": (NAME, f"<p><b>- Thưa ông, khó gì?</b></p>{STORY}<p><b>- Còn vốn?</b></p><p>- {PROSE[1]}</p>"),
    "a price": ("Giá cà phê hôm nay 12/12: tăng ở các huyện", f"<p>{PROSE[1]}</p><table><tr><td>Ea Wy</td><td>98.000"
                                                                  "</td></tr></table>"),
    "links in its text": (
        NAME,
        "".join(f"<p>{each} Xem <a href=/t/{i}>{STORIES[i][0]}</a>.</p>" for i, each in enumerate(PROSE + PROSE)),
    ),
    "comments' form": (NAME, f"{STORY}<h4>Gửi bình luận</h4><form><input name=a><input name=b><textarea name=c>"
                             "</textarea><button>Gửi</button></form>"),
}  # fmt: skip
BEHIND = (
    "",
    "<h3>Các tin khác</h3><ul>" + "".join(f"<li><a href=/k/{i}>{t}</a> (0{i}/12/2025)</li>" for i, (t, _) in
                                          enumerate(STORIES, 1)) + "</ul>",
)  # fmt: skip
# Without a heading over them.
ROWS_BEHIND = "".join(f"<li><a href=/k/{i}>{t} {i}</a></li>" for i, (t, _) in enumerate(STORIES * 4, 1))


def is_article(frame: str, page: str, side: str, title: str, data: str) -> bool:
    body = FRAMES[frame].format(menu=MENU, side=side, page=page, foot=FOOT)
    html = f"<html lang=vi><head><meta charset=utf-8><title>{title}</title>{data}</head><body>{body}</body></html>"
    return isinstance(read_article(html.encode(), URL, AT), Article)


def rows(row: str, count: int) -> str:
    filled = "".join(
        row.format(u=f"/tin/{i}-{i}88.html", t=title, s=said, d=f"0{i}/12/2025")
        for i, (title, said) in enumerate(STORIES[:count], 1)
    )
    tag = {"<li": "ul", "<tr": "table", "<dt": "dl"}.get(row[:3], "div")
    return f"<{tag}>{filled}</{tag}>"


@pytest.mark.parametrize("frame", FRAMES)
def test_lists_are_no_articles(frame: str) -> None:
    pages = list(product(SECTIONS, ROWS, (2, 3, 4), SIDES, (SITE, f"Tin tức - {SITE}"), DATA))[::13]
    taken = [each for each in pages if is_article(frame, each[0] + rows(each[1], each[2]), *each[3:])]
    assert len(taken) <= len(pages) // 50, taken


@pytest.mark.parametrize("frame", FRAMES)
def test_a_story_of_two_paragraphs_without_a_day_outweighs_the_rows_behind_it(frame: str) -> None:
    pages = list(product((STORY, f"<p>{PROSE[0]}</p>"), (SITE, f"{NAME} - {SITE}"), SIDES))
    refused = [
        (text == STORY, title)
        for text, title, side in pages
        if not is_article(frame, f"<div><h3>{NAME}</h3>{text}</div><ul>{ROWS_BEHIND}</ul>", side, title, "")
    ]
    assert {each for each in refused if each[0] or each[1] != SITE} == set()


@pytest.mark.parametrize("frame", FRAMES)
def test_a_topic_over_its_rows_is_no_article(frame: str) -> None:
    pages = list(product(ROWS, SIDES, (SITE, f"Đại hội Đảng bộ các cấp nhiệm kỳ 2025 - 2030 - {SITE}")))[::3]
    assert [each for each in pages if is_article(frame, TOPIC + rows(each[0], 4), *each[1:], "")] == []


@pytest.mark.parametrize("frame", FRAMES)
def test_other_pages_are_no_articles(frame: str) -> None:
    pages = list(product(OTHERS, SIDES, (SITE, f"Chi tiết tin - {SITE}"), DATA))[::7]
    assert [each for each in pages if is_article(frame, OTHERS[each[0]], *each[1:])] == []


@pytest.mark.parametrize("frame", FRAMES)
def test_short_articles_are_not_refused(frame: str) -> None:
    pages = list(product(TRUE, HEADS, BEHIND, SIDES, DATA))[::5]
    refused = []
    for kind, head, behind, side, data in pages:
        name, text = TRUE[kind]
        page = f"<div class=detail>{head.format(name=name, day='10/12/2025')}{text}</div>{behind}"
        if not is_article(frame, page, side, f"{name} - {SITE}", data):
            refused.append((kind, head, bool(behind), side))
    assert len(refused) <= len(pages) // 40, refused
