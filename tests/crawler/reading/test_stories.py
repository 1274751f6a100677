"""Headline, lead, body, captions, kind and files of pages in many shapes; markup and words of our own."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from archive.schema import Article
from crawler.reading.article import read_article

FETCHED_AT = datetime.fromisoformat("2021-05-20T10:00:00+07:00")
HOST = "https://www.quangq.gov.vn"
URL = f"{HOST}/tin-tuc/kiem-tra-ke-song-tra-4512.html"
TITLE = "Kiểm tra tiến độ thi công kè chống sạt lở sông Trà"
ONE, TWO, THREE = TEXT = (
    "Sáng nay, đoàn công tác của tỉnh đã kiểm tra tiến độ thi công tuyến kè dọc sông Trà, dài hơn hai cây số.",
    "Khối lượng hoàn thành đạt 65%, chậm hơn so với kế hoạch do mưa kéo dài và thiếu vật liệu đá hộc.",
    "Người dân trong vùng mong công trình sớm đưa vào sử dụng để yên tâm sản xuất và ổn định cuộc sống.",
)
STORY = "".join(f"<p>{line}</p>" for line in TEXT)
BODY = "\n".join(TEXT)
REST, REST_BODY = f"<p>{TWO}</p><p>{THREE}</p>", f"{TWO}\n{THREE}"
H1 = f"<h1>{TITLE}</h1>"
DAY = "<p>Ngày đăng: 18/05/2021 08:30</p>"
OTHERS = "".join(
    f'<p><a href="/tin/bai-khac-{i}-55{i}.html">Hội nghị giao ban công tác dân vận lần thứ {i}</a> (0{i}/05/2021)</p>'
    for i in range(1, 5)
)
PAIR = '<a href="/t/a-1.html">Khởi công cầu Trà Khúc 3</a>{0}<a href="/t/b-2.html">Họp bàn giải pháp chống hạn</a>'


def portal(inside: str, title: str = f"{TITLE} - Cổng thông tin điện tử tỉnh Q") -> str:
    return (
        f"<html><head><title>{title}</title></head><body><div><span>Thứ Năm, 20/05/2021</span></div><ul><li><a href=/>"
        f"Trang chủ</a></li><li><a href=/tin>Tin tức</a></li></ul><div>{inside}</div><div><b>Tin mới</b>{OTHERS}</div>"
        f"<div><p>CỔNG THÔNG TIN TỈNH Q</p><p>Giấy phép số 11/GP ngày 02/03/2016</p><p>Địa chỉ: 12 Hùng Vương</p></div>"
        f"</body></html>"
    )


def tables(inside: str, title: str = "Cổng thông tin điện tử") -> str:
    return (
        f"<html><head><title>{title}</title></head><body bgcolor=white><table><tr><td colspan=3><img src=b.gif>"
        f"</td></tr><tr><td><a href=/a>Giới thiệu</a><br><a href=/b>Tin tức</a></td><td valign=top>{inside}</td><td>"
        f"{OTHERS}</td></tr><tr><td colspan=3>Bản quyền thuộc về tỉnh Q<br>Giấy phép số 12/GP ngày 01/02/2009<br>"
        f"Điện thoại: 055 123</td></tr></table></body></html>"
    )


def read(html: str) -> dict[str, Any]:
    found = read_article(html.encode(), URL, FETCHED_AT)
    assert isinstance(found, Article), found
    item = found.to_dict()
    return item | {
        "files": [file["url"] for file in item["attachments"]],
        "captions": [image["caption"] for image in item["images"]],
    }


def say(html: str, **wanted: Any) -> None:
    item = read(html)
    assert {name: item[name] for name in wanted} == wanted


TITLES = {
    "logo is the h1": f"<h1><a href=/>Cổng thông tin tỉnh</a></h1><h2>Kinh tế</h2><div class=post-title>{TITLE}</div>",
    "under its section's h1": f"<h1>Tin trong tỉnh</h1><h3>{TITLE}</h3>",
    "h4 under its section": f"<h3>Tin kinh tế</h3><h4>{TITLE}</h4>",
    "bold, its day behind": f"<p><b>{TITLE}</b> <small>18/05/2021 - 08:30</small></p>",
    "bold line alone": f"<div>Tin tức</div><p><b>{TITLE}</b></p>",
    "two h1 above, one below": f"<h1>Tin hoạt động</h1><h1>{TITLE}</h1>",
    "broken by br": "<h1>Kiểm tra tiến độ thi công kè<br>chống sạt lở sông Trà</h1>",
    "link to itself": f'<h2><a href="{URL}">{TITLE}</a></h2>',
    "kicker above": f"<p>Xây dựng nông thôn mới</p>{H1}",
    "day behind": f"<h1>{TITLE} <small>(18/05/2021)</small></h1>",
    "clock behind": f"<h1>{TITLE} <small>18/05/2021 08:30</small></h1>",
    "twice, for small screens": f'<div class="visible-xs"><h2>{TITLE}</h2></div><div class="hidden-xs">{H1}</div>',
    "icon before": f'<h1><i class="fa fa-newspaper"></i> {TITLE}</h1>',
    "class of a vendor": f'<div class="tit-ct">{TITLE}</div>',
}


@pytest.mark.parametrize("above", TITLES.values(), ids=TITLES)
def test_title(above: str) -> None:
    say(portal(f"{above}{DAY}<div>{STORY}</div>"), title=TITLE, body=BODY)


def test_kicker_in_the_heading_is_taken_off_by_the_data() -> None:
    head = f'{TITLE}</title><meta property="og:title" content="{TITLE}"><title>'
    say(portal(f"<h1><span>Chùm tin </span>{TITLE}</h1>{DAY}{STORY}", head), title=TITLE)
    whole = f"Ngay sau bão, {TITLE}"  # a clause of the headline that the data leaves out
    say(portal(f"<h1>{whole}</h1>{DAY}{STORY}", head), title=whole)


BODIES = {
    "br": tables(f"<b><font size=4>{TITLE}</font></b><br><font size=1>18/05/2021 08:30</font><br><br>"
                 + "<br><br>".join(TEXT)),
    "div": portal(f"{H1}{DAY}" + "<div>&nbsp;</div>".join(f"<div>{line}</div>" for line in TEXT)),
    "word": portal(f"{H1}{DAY}" + "".join(f"<p class=MsoNormal><span lang=VI>{x}<o:p></o:p></span></p>" for x in TEXT)),
    "nested tables": tables(f"<table><tr><td>{TITLE}</td></tr><tr><td>(18/05/2021 08:30)</td></tr><tr><td><table><tr>"
                            f"<td>{STORY}</td></tr></table></td></tr></table>"),
    "unclosed": f"<HTML><TITLE>{TITLE}</TITLE><BODY><H2>{TITLE}</H2><P><I>18/05/2021</I>"
                + "".join(f"<P>{line}" for line in TEXT),
    "indented by nbsp": portal(f"{H1}{DAY}<p>" + "<br />&nbsp;<br />".join(f"&nbsp;&nbsp; {x}" for x in TEXT) + "</p>"),
    "no class at all": f"<html><body><div><a href=/>Trang chủ</a></div><div><div>{TITLE}</div><div>18/05/2021 08:30"
                       f"</div><div>{STORY}</div></div><div><div>Tin mới</div>{OTHERS}</div></body></html>",
    "hidden line": portal(f'{H1}{DAY}<div style="display:none">Nội dung ẩn của trang này.</div>{STORY}'),
    "page tools": portal(f"{H1}{DAY}<div><a>A+</a> <a>A-</a> <a>Chia sẻ</a></div>{STORY}<div><a href=#>Quay lại</a> "
                         f"<a>Gửi email</a></div><div>Thích 0 Chia sẻ 0</div><div>4.204 lượt xem Lưu tin Bản in</div>"
                         f"<div>Chia sẻ bài viết qua: Facebook Zalo Sao chép link</div>"),
    "reading aloud": portal(f"{H1}{DAY}<div>Nghe bài viết <button>Phát</button></div>{STORY}"),
    "tags and section": portal(f"{H1}{DAY}{STORY}<div>Từ khóa: <a href=/1>kè</a>, <a href=/2>sạt lở</a></div>"
                               f"<div>Chuyên mục: <a href=/m>Kinh tế</a></div>"),
    "account, print day": portal(f"{H1}{DAY}{STORY}<p>Người đăng: Quản trị viên</p><p>Ngày in: 20/05/2021</p>"),
    "WordPress's foot": portal(f"{H1}{DAY}{STORY}<footer>This entry was posted in <a href=/t>Tin tức</a>.</footer>"),
    "Blogger's foot": portal(f"{H1}{DAY}{STORY}<p>Được đăng bởi Trang tin xã H vào lúc 08:30</p>"),
    "a story between": portal(f"{H1}{DAY}<p>{ONE}</p><p>&gt;&gt; <a href=/t/a-1.html>Khởi công cầu Trà Khúc 3</a></p>"
                              f"{REST}<p>Xem thêm: <a href=/t/b-2.html>Họp bàn giải pháp chống hạn</a></p>"),
    "related between": portal(f"{H1}{DAY}<p>{ONE}</p><div><b>Tin khác</b><p>{PAIR.format('</p><p>')}</p></div>{REST}"),
    "comments": portal(f"{H1}{DAY}{STORY}<div><h3>Ý kiến bạn đọc</h3><div><b>Văn Tí</b> <span>19/05/2021</span><p>Rất "
                       f"mong công trình sớm hoàn thành để bà con đỡ khổ mỗi mùa mưa lũ về.</p></div></div>"),
}  # fmt: skip
HEADINGS = (
    "Các tin đã đưa", "Tin khác cùng mục", "Bài cùng chuyên mục", "Tin tiêu điểm", "Dòng sự kiện", "Bài viết khác",
    "Tin cũ hơn", "Những tin mới hơn", "Thông tin khác", "TIN CÙNG LĨNH VỰC", "Cùng chuyên mục",
)  # fmt: skip


@pytest.mark.parametrize("html", BODIES.values(), ids=BODIES)
def test_body(html: str) -> None:
    say(html, title=TITLE, body=BODY, authors=[], posted_on="2021-05-18")


@pytest.mark.parametrize("heading", HEADINGS)
def test_other_stories_are_left_out_whatever_their_heading_says(heading: str) -> None:
    say(portal(f"{H1}{DAY}<div>{STORY}</div><p><b>{heading}</b></p><p>{PAIR.format('</p><p>')}</p>"), body=BODY)


# Headings of lists that a script fills, or that are empty, before the text.
EMPTY = (
    "<div><h3>{}</h3><ul></ul></div>", "<div><b>{}:</b><div></div></div>",
    "<aside><div><h4>{}</h4><ul></ul></div></aside>",
    "<div class=related-news><div><p>{}</p></div><ul></ul></div>",
)  # fmt: skip


@pytest.mark.parametrize("box", EMPTY)
@pytest.mark.parametrize(
    "heading", ["Tin liên quan", "Xem thêm", "Các tin khác", "Các chương trình khác", "Ý kiến bạn đọc"]
)
def test_heading_of_an_empty_list_claims_no_text(box: str, heading: str) -> None:
    empty = box.format(heading)
    say(portal(f"{H1}{DAY}{empty}{STORY}"), body=BODY)
    say(portal(f"{H1}{empty}{DAY}<div>{STORY}</div>"), body=BODY, posted_on="2021-05-18")
    say(portal(f"{H1}{DAY}<div class=sapo>{ONE}</div>{empty}<div>{REST}</div>"), lead=ONE, body=REST_BODY)
    say(portal(f"{H1}{DAY}<div>{STORY}{empty}</div>"), body=BODY)


def test_heading_among_the_paragraphs_claims_no_long_one() -> None:
    long = f"{ONE} {TWO}"
    say(portal(f"{H1}{DAY}<h3>Tin liên quan</h3><p>{long}</p>{REST}"), body=f"{long}\n{REST_BODY}")


# What stands in the text's element and is none of it, before and behind the text.
LINKS = f"<ul><li>{PAIR.format('</li><li>')}</li></ul>"
ROUND = {
    "links before the text": (f"{LINKS}{DAY}", ""),
    "links over the bare day": (f"{LINKS}<p>18/05/2021 08:30</p>", ""),
    "one link over the day": ("<ul><li><a href=/t/1.html>Khởi công cầu Trà Khúc 3</a></li></ul><p>18/05/2021</p>", ""),
    "lines of links": (f"{DAY}<p>{PAIR.format('</p><p>')}</p>", ""),
    "a box without its list": (f'{DAY}<span class="t_box"><a href="javascript:;">ĐỌC NHANH</a></span><ul></ul>', ""),
    "a part's name": (f"{DAY}<h3>Nội dung</h3>", ""),
    "a recording's name": (f"{DAY}<h4>Nghe audio</h4>", ""),
    "a card": (DAY, f'<div><a href="/t/a-1.html"><img src="/i/a.jpg"></a><a href="/t/a-1.html">Khởi công cầu Trà '
                    f"Khúc 3</a><p>{ONE}</p></div>"),
    "a notice": (DAY, "<div><b>Chú ý:</b> Việc đăng lại bài viết trên ở website hoặc các phương tiện truyền thông khác "
                      "mà không ghi rõ nguồn http://x.gov.vn là vi phạm bản quyền</div>"),
    "a short notice": (DAY, "<p>Ghi rõ nguồn 'Cổng TTĐT tỉnh' khi phát hành lại thông tin từ website này</p>"),
}  # fmt: skip


@pytest.mark.parametrize(("above", "below"), ROUND.values(), ids=ROUND)
def test_what_stands_round_the_text(above: str, below: str) -> None:
    say(portal(f"<div>{H1}{above}{STORY}{below}</div>"), lead=None, body=BODY, posted_on="2021-05-18")
    say(portal(f"<div>{H1}<p class=sapo>{ONE}</p>{above}{REST}{below}</div>"), lead=ONE, body=REST_BODY)


# Lines that are text although they are short, links, labels, or cells.
KEPT = [
    ("<h2>1. Tiến độ</h2>", "1. Tiến độ"),
    ("<ul><li>Đoạn một</li><li>Đoạn hai dài 700 mét.</li></ul>", "Đoạn một\nĐoạn hai dài 700 mét."),
    ("<table><tr><th>Xã</th><th>Số hộ</th></tr><tr><td>Hành Dũng</td><td>7</td></tr></table>",
     "Xã | Số hộ\nHành Dũng | 7"),
    ("<p><b>PV: Xin ông cho biết tiến độ?</b></p>", "PV: Xin ông cho biết tiến độ?"),
    ("<p>- Địa điểm: phường Trần Phú</p>", "- Địa điểm: phường Trần Phú"),
    ('<p><a href="javascript:;">Câu hỏi: Khi nào kè xong?</a></p>', "Câu hỏi: Khi nào kè xong?"),
    ("<p>Đăng lại ảnh của người khác là vi phạm bản quyền.</p>", "Đăng lại ảnh của người khác là vi phạm bản quyền."),
    ('<p>Chi tiết xem <a href="/f/b.xlsx">báo cáo</a> và các phụ lục.</p>', "Chi tiết xem báo cáo và các phụ lục."),
]  # fmt: skip


@pytest.mark.parametrize(("inside", "text"), KEPT)
def test_text_of_other_shapes(inside: str, text: str) -> None:
    say(portal(f"{H1}{DAY}<div><p>{ONE}</p>{inside}{REST}</div>"), body=f"{ONE}\n{text}\n{REST_BODY}")


def test_short_paragraphs_behind_a_column_that_begins_with_other_news() -> None:
    lines = (
        "Ông Nguyễn Văn D có năm công thanh long, mỗi năm chong đèn ba đợt.",
        "Theo ông, bí quyết là để cây nghỉ lâu.",
        "Trừ chi phí, mỗi công lời khoảng mười lăm triệu đồng một đợt.",
    )
    column = f'<div class="hot"><h4>TIN NỔI BẬT</h4>{PAIR.format("<br>")}</div><div>Thời tiết: 27°C</div>'
    inside = f"<span class=tieude>{TITLE}</span><br><span class=ngay>18-05-2021</span><br>{'<br>'.join(lines)}"
    say(
        f"<title>{TITLE} - Ban T tỉnh Q</title><center><b>BAN T TỈNH Q</b></center><table><tr><td>{column}</td>"
        f"<td>{inside}</td></tr></table>",
        title=TITLE,
        body="\n".join(lines),
        posted_on="2021-05-18",
    )


def test_first_letter_set_large_makes_no_caption() -> None:
    say(portal(f'{H1}{DAY}<div><p class="has-drop-cap">{ONE}</p>{REST}</div>'), body=BODY)


def test_imprint_in_one_line_is_no_text() -> None:
    imprint = "UBND tỉnh Q. Địa chỉ: 12 Hùng Vương. Điện thoại: 055 123. Giấy phép số 12/GP ngày 02/03/2016"
    say(f"<title>{TITLE}</title><b>{TITLE}</b><br>18/05/2021<br>{'<br>'.join(TEXT)}<div>{imprint}</div>", body=BODY)


@pytest.mark.parametrize("line", ["Chịu trách nhiệm nội dung: Chủ tịch UBND xã A", "Xã A, huyện B. Phụ trách: Lò Tú"])
def test_who_answers_for_the_site_is_no_text(line: str) -> None:
    html = f"<title>{TITLE}</title><div>{H1}{DAY}<div>{STORY}</div><p>{line}</p></div>"
    say(html, body=BODY)


def test_address_at_the_end_of_a_notice_is_text() -> None:
    lines = (
        "Mọi chi tiết xin liên hệ Phòng Nội vụ.",
        "Địa chỉ: Số 12 Hùng Vương, phường 1",
        "Điện thoại: 0260 3862 111",
    )
    body = f"{BODY}\n" + "\n".join(lines)
    say(portal(f"{H1}{DAY}<div>{STORY}{''.join(f'<p>{line}</p>' for line in lines)}</div>"), body=body)
    say(portal(f"{H1}{DAY}<div>{STORY}<p>{'<br>'.join(lines)}</p></div>"), body=body)


# Classes that promise something else than a story.
UNLUCKY = ("widget", "sidebar", "tags", "header", "footer", "nav", "social")


@pytest.mark.parametrize("name", UNLUCKY)
def test_short_story_in_an_element_with_an_unlucky_class(name: str) -> None:
    say(portal(f'<div class="{name}">{H1}{DAY}<div><p>{ONE}</p></div></div>'), title=TITLE, body=ONE)
    say(portal(f'<div>{H1}{DAY}<div class="{name}"><p>{ONE}</p></div></div>'), title=TITLE, body=ONE)


def test_classes_that_sound_like_tools_and_hold_the_story() -> None:
    printed = (
        f'<div class="print-page"><div class="print-title">{TITLE}</div><div class="print-content">{STORY}</div></div>'
    )
    say(portal(printed, "In bài viết"), title=TITLE, body=BODY)
    card = f'<div class="card"><div class="card-header"><h4>{TITLE}</h4>{DAY}</div><a href="/f/a.pdf">a.pdf</a></div>'
    say(portal(card, "Bệnh viện Q"), title=TITLE, kind="attachment")
    say(portal(f"{H1}{DAY}<div class='brief font-size-text'><p>{ONE}</p></div><div>{REST}</div>"), lead=ONE)


def test_counter_before_a_page_with_a_file_alone_is_no_imprint() -> None:
    column = "<aside><h3>Thống kê</h3><p>Đang truy cập: 34</p><p>Lượt truy cập: 1.204</p></aside>"
    file = '<p><a href="/f/ket-qua.pdf">Tải về tại đây</a></p>'
    say(portal(f"{column}<div>{H1}{DAY}{file}</div>"), title=TITLE, kind="attachment")


def test_verses_and_tables_alone_are_a_body() -> None:
    verses = ["Ta về thăm lại sông Trà", "Bờ xe nước cũ đã xa lâu rồi", "Câu hò ai hát bên trời chơi vơi"]
    say(portal(f"{H1}{DAY}<p>{'<br>'.join(verses)}</p>"), body="\n".join(verses))
    row = "<tr><td>{}</td><td>{}</td></tr>"
    cells = [("Ngày", "Địa điểm"), ("25/5", "Trụ sở tiếp công dân tỉnh"), ("25/6", "Trụ sở tiếp công dân tỉnh")]
    table = "".join(row.format(*each) for each in cells)
    say(portal(f"{H1}{DAY}<table>{table}</table>"), kind="text", body="\n".join(map(" | ".join, cells)))


LEADS = {
    "sapo": f'<div class="sapo"><b>{ONE}</b></div>',
    "repeated in the text": f'<div class="tomtat">{ONE}</div><div><p>{ONE}</p>',
    "heading": f'<h2 class="desc">{ONE}</h2>',
    "bare heading": f"<h3>{ONE}</h3>",
    "alone": f"<div><strong>{ONE}</strong></div>",
    "a vendor's class": f'<div class="desc-detail">{ONE}</div>',
    "behind a picture": f'<div><img src="/i/a.jpg"></div><div class="mota">{ONE}</div>',
    "under a picture": f'<div class="hometext"><div id="i"><img src="/i/1.jpg"><p>Kè bờ nam</p></div>{ONE}</div>',
    "beside a picture": f'<div class="summary"><img src="/i/1.jpg"><p>{ONE}</p></div>',
    "a newsroom's class": f'<p class="Post_dek__j2">{ONE}</p>',
    "quoted": f"<blockquote>{ONE}</blockquote>",
    "over the tools": f'<div class="sapo">{ONE}</div><div class="share"><a>Facebook</a></div>',
}


@pytest.mark.parametrize("above", LEADS.values(), ids=LEADS)
def test_lead(above: str) -> None:
    say(portal(f"{H1}{DAY}{above}<div>{REST}</div>"), lead=ONE, body=REST_BODY)


@pytest.mark.parametrize(
    "between",
    [
        "<ul><li><a href=/t/1.html>Họp bàn việc sửa cầu treo bắc qua suối Trà ở các xã vùng cao</a></ul>",
        "<div><img src=/i/a.jpg><p>Đoàn xem kè bờ nam, sáng 17/5.</p></div>",
    ],
)
def test_lead_alone_over_links_or_a_picture(between: str) -> None:
    more = [
        f"Đoạn {name} của tuyến kè đã đổ xong bê tông móng, còn chờ đá để xếp mái." for name in ("một", "hai", "ba")
    ]
    text = REST + "".join(f"<p>{line}</p>" for line in more)
    say(portal(f"{H1}{DAY}<div>{ONE}</div>{between}<div>{text}</div>"), lead=ONE, body="\n".join((REST_BODY, *more)))


def test_lead_among_the_paragraphs_by_a_class_of_its_own() -> None:
    lead = f'<p class="sp"><strong>{ONE}</strong></p>'
    say(portal(f"{H1}{DAY}<div>{lead}{REST}</div>"), lead=ONE, body=REST_BODY)
    say(portal(f'{H1}{DAY}<div>{lead}<p class="sp">{TWO}</p></div>'), lead=None, body=f"{ONE}\n{TWO}")
    say(portal(f"<div>{H1}{DAY}<i>{ONE}</i><br>{REST}</div>"), lead=ONE, body=REST_BODY)
    say(portal(f"{H1}{DAY}<div><p class=leading-7>{ONE}</p>{REST}</div>"), lead=None, body=f"{ONE}\n{REST_BODY}")


# The eGovernment theme of NukeViet repeats the headline, unseen, before its lead.
HIDDEN = f'<span class="hidden d-none" itemprop="description">{TITLE}</span>'


@pytest.mark.parametrize(
    "unseen", [HIDDEN, f'<p class="hometext">{TITLE}</p>', '<p class=hometext style="display:none">A</p>']
)
def test_lead_that_a_layout_names_is_seen_and_not_the_headline(unseen: str) -> None:
    text = f'<div class="hometext" itemprop="description">{ONE}</div><div id="news-bodyhtml">{REST}</div>'
    page = portal(f'<div class="news_column">{H1}{DAY}{unseen}{text}</div>')
    say(page, title=TITLE, lead=ONE, lead_basis="nukeviet.1", body=REST_BODY)


@pytest.mark.parametrize(
    "name", ["MoTaAnh", "mo_ta_hinh", "motaanh", "desc-img", "image-desc", "imgdesc", "note-image"]
)
def test_line_that_describes_the_first_picture_is_no_lead(name: str) -> None:
    line = "Đoàn công tác của tỉnh kiểm tra tuyến kè dọc sông Trà sáng nay"
    picture = f'<div><img src="/i/a.jpg"><div class="{name}">{line}</div></div>'
    say(portal(f"{H1}{DAY}{picture}<div>{STORY}</div>"), lead=None, body=BODY, captions=[line])


def test_signs_of_tools_are_no_pictures() -> None:
    signs = '<a href="#"><img src="/fonttang.png"></a><img src="/special/post-clock.png"><img src="/Images/print.svg">'
    say(portal(f"{H1}<div>18/05/2021 08:30 {signs}</div><div>{STORY}<img src=/i/eye-1.jpg></div>"), captions=[None])


def test_name_of_a_file_without_what_hands_it_out() -> None:
    page = portal(f'{H1}{DAY}{STORY}<p><a href="/upload/qd.pdf">Tải về: quyet-dinh.pdf</a></p>')
    assert [file["title"] for file in read(page)["attachments"]] == ["quyet-dinh.pdf"]


def test_file_that_the_page_hands_over_at_its_own_address() -> None:
    page = portal(f'{H1}{DAY}{STORY}<div><a href="?download=1&amp;id=0" title="Tải về">danh-sach.pdf</a></div>')
    assert [file["title"] for file in read(page)["attachments"]] == ["danh-sach.pdf"]


def test_whole_text_in_the_element_called_excerpt_is_no_lead() -> None:
    picture = "<figure><img src=/i/1.jpg><figcaption class=caption>Đoàn kiểm tra kè</figcaption></figure>"
    say(portal(f"{H1}{DAY}{picture}<div class=excerpt>{STORY}</div>"), lead=None, body=BODY)


def test_story_with_its_file_in_a_table_for_the_layout() -> None:
    rows = "".join(f"<tr><td>{each}</td></tr>" for each in TEXT)
    file = '<tr><td><a href="/upload/qd.pdf">Quyết định</a></td></tr>'
    say(portal(f"{H1}{DAY}<table>{rows}{file}</table>"), body=BODY)


def test_first_paragraph_is_no_lead() -> None:
    say(portal(f"{H1}{DAY}<div><p><img src=/i/1.jpg></p>{STORY}</div>"), lead=None, body=BODY)


CAPTIONS = {
    "figure": "<figure><img src=/i/a.jpg><figcaption>Đoàn kiểm tra kè</figcaption></figure>",
    "table": "<table><tr><td><img src=/i/a.jpg></td></tr><tr><td>Đoàn kiểm tra kè</td></tr></table>",
    "centred": "<p align=center><img src=/i/a.jpg></p><p align=center><em>Đoàn kiểm tra kè</em></p>",
    "as its alt": '<div><img src=/i/a.jpg alt="Đoàn kiểm tra kè"></div><div>Đoàn kiểm tra kè</div>',
    "slide": "<div class=slide-item><img src=/i/a.jpg><div class=slide-cap>Đoàn kiểm tra kè</div></div>",
    "alone with it": "<div><img src=/i/a.jpg><p>Đoàn kiểm tra kè</p></div>",
    "class": "<div><img src=/i/a.jpg></div><div class=chu-thich>Đoàn kiểm tra kè</div>",
}


def test_caption_in_the_only_division_with_a_class() -> None:
    picture = "<div class=hinh><img src=/i/a.jpg><br>Đoàn kiểm tra kè bờ nam của sông, sáng 17/5.</div>"
    text = f"<div>{ONE}</div>{picture}<div>{TWO}</div><div>{THREE}</div>"
    say(portal(f"{H1}{DAY}<div>{text}</div>"), body=BODY, captions=["Đoàn kiểm tra kè bờ nam của sông, sáng 17/5."])


@pytest.mark.parametrize("picture", CAPTIONS.values(), ids=CAPTIONS)
def test_caption(picture: str) -> None:
    say(portal(f"{H1}{DAY}<div><p>{ONE}</p>{picture}{REST}</div>"), body=BODY, captions=["Đoàn kiểm tra kè"])


def test_sentence_alone_with_a_picture_among_the_paragraphs() -> None:
    line = "Đoàn kiểm tra kè bờ nam, sáng 17/5."
    say(portal(f"{H1}{DAY}<div><p>{ONE}</p><div><img src=/i/a.jpg><p>{line}</p></div>{REST}</div>"), captions=[line])


PAIRS = {
    "cells": "<table><tr><td><img src=/i/a.jpg></td><td><img src=/i/b.jpg></td></tr><tr><td>Kè bờ nam</td><td>Kè bờ bắc"
             "</td></tr></table>",
    "columns": "<div class=row><div class=col><img src=/i/a.jpg><p>Kè bờ nam</p></div><div class=col><img src=/i/b.jpg>"
               "<p>Kè bờ bắc</p></div></div>",
}  # fmt: skip


@pytest.mark.parametrize("pair", PAIRS.values(), ids=PAIRS)
def test_captions_of_pictures_side_by_side(pair: str) -> None:
    say(portal(f"{H1}{DAY}<div><p>{ONE}</p>{pair}{REST}</div>"), body=BODY, captions=["Kè bờ nam", "Kè bờ bắc"])


# What stands under the headline and the day, and the kind it makes.
KINDS = [
    ('<iframe src="https://www.youtube.com/embed/abc"></iframe>', "video"),
    (f'<video src="/m/a.mp4" controls></video><p>{ONE}</p>', "video"),
    (f"<div>{STORY}{STORY}<iframe src=https://www.youtube.com/embed/abc></iframe></div>", "text"),
    ('<audio controls><source src="/a/18-5.mp3"></audio>', "audio"),
    ("".join(f"<p><img src=/i/{i}.jpg></p><p><i>Nghi thức số {i} của lễ hội</i></p>" for i in range(6)), "photo"),
    ('<p><img src="/i/thu-chuc-tet.jpg"></p>', "photo"),
    ('<p><a href="/upload/tb-15.pdf">Xem nội dung tại đây</a></p>', "attachment"),
    ('<object data="/upload/dt.pdf" type="application/pdf"></object>', "attachment"),
]


@pytest.mark.parametrize(("under", "kind"), KINDS)
def test_kind(under: str, kind: str) -> None:
    say(portal(f"{H1}{DAY}{under}"), title=TITLE, kind=kind)


# What stands behind the text, and the files it offers.
FILES = [
    ('<p>Tệp: <a href="/Uploads/Ke%20hoach.docx">Ke hoach.docx</a> (25 KB)</p>', ["/Uploads/Ke%20hoach.docx"]),
    ('<p><a href="/Handlers/GetFile.ashx?id=442">QD-123.signed.pdf</a></p>', ["/Handlers/GetFile.ashx?id=442"]),
    ('<p><a href="/c/document_library/get_file?uuid=ab">123_QD.pdf</a></p>', ["/c/document_library/get_file?uuid=ab"]),
    ('<p><a href="/documents/10184/0/KH-12.pdf/9f1b?t=162">KH-12</a></p>', ["/documents/10184/0/KH-12.pdf/9f1b?t=162"]),
    ('<p><a href="/Download.ashx?file=/vb/12.pdf">Tải</a></p>', ["/Download.ashx?file=/vb/12.pdf"]),
    ('<p><a href="/download.php?id=55">Tải văn bản</a></p>', ["/download.php?id=55"]),
    (
        '<h5>Tài liệu kèm theo</h5><ol><li><a href="/documents/d/guest/1-to-trinh-pdf" download>1. Tờ trình.pdf</a>'
        '</li><li><a href="/documents/d/guest/2-du-thao" download="2. Du thao.docx">2. Dự thảo Quyết định</a></li>'
        '<li><a href="/documents/d/guest/3" download>3. Bản thuyết minh của Sở</a> (61 KB)</li></ol>',
        ["/documents/d/guest/1-to-trinh-pdf", "/documents/d/guest/2-du-thao", "/documents/d/guest/3"],
    ),
    ("<a href=\"#\" onclick=\"window.open('/upload/a.pdf')\">Tải về</a>", ["/upload/a.pdf"]),
    ("<a href=\"javascript:Tai('/upload/a.docx')\">Xem tệp</a>", ["/upload/a.docx"]),
    ('<a href="javascript:;" data-url="/upload/a.docx">Xem tệp</a>', ["/upload/a.docx"]),
    ('<iframe src="/pdfjs/web/viewer.html?file=%2Fupload%2Fa.pdf"></iframe>', ["/upload/a.pdf"]),
    ('<iframe src="/ViewerJS/#../upload/a.pdf"></iframe>', ["/upload/a.pdf"]),
    ('<embed src="/upload/a.pdf" type="application/pdf">', ["/upload/a.pdf"]),
    ('<a href="/upload/a.pdf">a.pdf</a> <a href="/upload/a.pdf?download=1">Tải về</a>', ["/upload/a.pdf"]),
    ('<a href="/documents/10/2/a.pdf/0b1c2d3e-5520-4a11-9a0c-d2b17e3a0c55?t=1">a.pdf</a>'
     '<iframe src="/js/viewer.html?file=%2Fdocuments%2F10%2F2%2Fa.pdf"></iframe>',
     ["/documents/10/2/a.pdf/0b1c2d3e-5520-4a11-9a0c-d2b17e3a0c55?t=1"]),
    ('<a href="/vi/tin/?preview=/upload/a.docx">Xem</a> <a href="/upload/a.docx">a.docx</a>', ["/upload/a.docx"]),
    ('<a href="/download/a.pdf">a.pdf</a><div data-src="/viewer?file=a.pdf"></div>', ["/download/a.pdf"]),
    ('<div class="tai-lieu-lien-quan"><a href="/upload/a.pdf">Kế hoạch số 12</a></div>', ["/upload/a.pdf"]),
    ('<p><a href="/upload/a.pdf"><img src="/pdf.png" alt="Kế hoạch"></a></p>', ["/upload/a.pdf"]),
    ('<p>Tải <a href="https://drive.google.com/file/d/1AbC/view">tại đây</a>.</p>',
     ["https://drive.google.com/file/d/1AbC/view"]),
    ('<p><a href="https://docs.google.com/document/d/1x/edit">Mẫu phiếu</a></p>',
     ["https://docs.google.com/document/d/1x/edit"]),
    # under the heading of the comments
    ('<h3>Bình luận</h3><p>Chưa có</p><div><b>Tệp đính kèm</b> <a href="/upload/a.pdf">a.pdf</a></div>',
     ["/upload/a.pdf"]),
    ('<div class="comment-box"><h3>Bình luận</h3></div><div>Tệp: <a href="/upload/a.pdf">a.pdf</a></div>',
     ["/upload/a.pdf"]),
    # pages that sound like files, pictures, recordings, programs
    ('<p><a href="/vi/savefile/tin/ke-4512.html">Lưu bài</a> <a href="/vi/print/tin/ke-4512.html">In</a></p>', []),
    ('<p><a href="/vi/news/savefile/ke-4512/">Lưu bài viết này</a></p>', []),
    ('<p>Tải về: <a href="/f/thong-bao-tuyen.pdf">thong-bao-tuyen.pdf</a>, <a href="/f/mau-phieu-dk.docx">'
     'mau-phieu-dk.docx</a></p>', ["/f/thong-bao-tuyen.pdf", "/f/mau-phieu-dk.docx"]),
    # the page itself as a PDF
    ('<p><a href="/tin-tuc/kiem-tra-ke-song-tra-4512.pdf" title="PDF"><img src="/pdf.png" alt="PDF"></a></p>', []),
    ('<p><a href="/tin-tuc/kiem-tra.pdf">Bản in</a> <a href="/tin-tuc/kiem.doc">Tờ</a></p>', ["/tin-tuc/kiem.doc"]),
    ('<p><a href="/i/big.jpg"><img src="/i/small.jpg"></a></p>', []),
    ('<p><a href="/m/a.mp3">Nghe</a></p>', []),
    ('<p><a href="https://play.google.com/store/apps/details?id=x">Tải ứng dụng</a></p>', []),
]  # fmt: skip


@pytest.mark.parametrize(("behind", "files"), FILES)
def test_files(behind: str, files: list[str]) -> None:
    wanted = [file if file.startswith("https:") else HOST + file for file in files]
    say(portal(f"{H1}{DAY}<div>{STORY}</div><div>{behind}</div>"), files=wanted)


ABOUT = "Phê duyệt quy hoạch chi tiết khu dân cư phía tây đường Trường Chinh"
DOCUMENTS = {
    "four columns": f"<table><tr><td>Số ký hiệu</td><td>612/QĐ-UBND</td><td>Ngày ban hành</td><td>11/05/2021</td></tr>"
                    f"<tr><td>Người ký</td><td>Trần Phước H</td><td>Trích yếu</td><td>{ABOUT}</td></tr></table>",
    "paragraphs": f"<h2>{ABOUT}</h2><p><b>Số hiệu</b>: 612/QĐ-UBND</p><p><b>Ngày ban hành</b>: 11/05/2021</p><p>"
                  f"<b>Người ký</b>: Trần Phước H</p><p><b>Trích yếu</b>: {ABOUT}</p>",
    "list": f"<h1>Quyết định số 612/QĐ-UBND</h1><ul><li><span>Số/Ký hiệu:</span> 612/QĐ-UBND</li><li>Ngày ký: "
            f"11-05-2021</li><li>Người ký: Trần Phước H</li><li>Trích yếu nội dung: {ABOUT}</li></ul>",
    "definitions": f"<dl><dt>Tên văn bản</dt><dd>{ABOUT}</dd><dt>Số văn bản</dt><dd>612/QĐ-UBND</dd><dt>Ngày văn bản"
                   f"</dt><dd>11/5/2021</dd><dt>Người ký</dt><dd>Trần Phước H</dd></dl>",
    "rows of divs": f"<div><div>Số, ký hiệu văn bản</div><div>612/QĐ-UBND</div></div><div><div>Ngày ban hành</div><div>"
                    f"Ngày 11 tháng 5 năm 2021</div></div><div><div>Người ký</div><div>Trần Phước H</div></div><div>"
                    f"<div>Trích yếu nội dung</div><div>{ABOUT}</div></div>",
}  # fmt: skip


@pytest.mark.parametrize("fields", DOCUMENTS.values(), ids=DOCUMENTS)
def test_document(fields: str) -> None:
    item = read(portal(f'{fields}<p><a href="/vb/612.pdf">612.pdf</a></p>', "Chi tiết văn bản"))
    document = item["document"]
    assert (item["kind"], item["authors"], item["posted_on"]) == ("document", [], None)
    assert [document[name] for name in ("number_text", "date", "signer", "title")] == [
        "612/QĐ-UBND", "2021-05-11", "Trần Phước H", ABOUT
    ]  # fmt: skip
    assert [file["url"] for file in document["files"]] == [f"{HOST}/vb/612.pdf"]


# Articles whose words or surroundings are those of lists, errors and searches.
ARTICLES = [
    ("Hỗ trợ 404 hộ nghèo xây nhà ở mới", THREE),
    ("Tìm kiếm ngư dân mất tích trên biển Sa Kỳ", ONE),
    ("Khắc phục lỗi hệ thống một cửa điện tử", ONE),
    ("Thông báo bảo trì hệ thống cổng dịch vụ công", "Hệ thống tạm ngừng từ 22 giờ ngày 20/5 để nâng cấp máy chủ."),
    ("Thời tiết ngày 19/5: Nắng nóng diện rộng trên toàn tỉnh", ONE),
    ("Treo cờ rủ quốc tang hai ngày trên toàn tỉnh", "UBND tỉnh yêu cầu các cơ quan treo cờ rủ trong hai ngày."),
    ("Rà soát hồ sơ người có công", "Có 12 hồ sơ không tìm thấy giấy tờ gốc được lập lại theo quy định hiện hành."),
]


@pytest.mark.parametrize(("title", "text"), ARTICLES)
def test_article_that_sounds_like_none(title: str, text: str) -> None:
    say(portal(f"<h1>{title}</h1>{DAY}<p>{text}</p>", title), title=title, body=text)


SURROUNDINGS = [
    f"<form><input name=u><input type=password></form>{H1}{DAY}{STORY}",
    f"{H1}{DAY}{STORY}<form><input><img class=captcha src=/captcha.jpg></form>",
    f"<div><b>Tin nổi bật</b>{OTHERS}</div>{H1}{DAY}{STORY}<div>{OTHERS}</div>",
    f"<div><b>{TITLE}</b><br>(18/05/2021)<br>{'<br>'.join(TEXT)}<br>{OTHERS}</div>",
]


@pytest.mark.parametrize("inside", SURROUNDINGS)
def test_article_among_other_things(inside: str) -> None:
    say(portal(inside), title=TITLE, body=BODY, posted_on="2021-05-18")
