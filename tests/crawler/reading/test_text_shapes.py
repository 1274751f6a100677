"""The text of an article in the markup that editors, Word and old systems leave: every line of it, and nothing else."""

from __future__ import annotations

from datetime import datetime

import pytest

from archive.schema import Article
from crawler.reading.article import read_article

FETCHED_AT = datetime.fromisoformat("2021-05-20T10:00:00+07:00")
URL = "https://xa-q.example.gov.vn/tin/mo-duong-4512.html"
TITLE = "Xã Q mở đường ra đồng trước vụ gặt"
A, B, C = (
    "Mấy hôm nay, bà con tranh thủ lúc nông nhàn để rải đá con đường ra cánh đồng lớn nhất xã.",
    "Mỗi hộ góp ba ngày công, xe kéo thì của hợp tác xã, còn đá do huyện cấp từ năm ngoái.",
    "Con đường dài hơn một cây số, đến giữa tháng sẽ xong, máy gặt khi ấy vào được tận ruộng.",
)
FIRST, SECOND, LAST = (f"<p>{line}</p>" for line in (A, B, C))
MARKS = "<tr><td>Tên</td><td>Điểm</td></tr><tr><td>Lò Mai</td><td>9,5 điểm</td></tr><tr><td>Hà Tú</td><td>8</td></tr>"
MARKS_TEXT = ("Tên | Điểm", "Lò Mai | 9,5 điểm", "Hà Tú | 8")

SHAPES: dict[str, tuple[str, tuple[str, ...]]] = {
    "marks": (f"{FIRST}<table>{MARKS}</table>{LAST}", (A, *MARKS_TEXT, C)),
    "others": (
        f"{FIRST}<table>{MARKS}<tr><td>Các địa phương khác</td><td>7</td></tr></table>{LAST}",
        (A, *MARKS_TEXT, "Các địa phương khác | 7", C),
    ),
    "table in a figure": (f"{FIRST}<figure><table>{MARKS}</table></figure>{LAST}", (A, *MARKS_TEXT, C)),
    "definitions": (f"{FIRST}<dl><dt>Bắt đầu</dt><dd>8 giờ</dd></dl>{LAST}", (A, "Bắt đầu", "8 giờ", C)),
    "short items": (f"{FIRST}<ul><li>Thôn Hạ</li><li>Thôn Trung</li></ul>{LAST}", (A, "Thôn Hạ", "Thôn Trung", C)),
    "breaks": (f"{A}<br><br>{B}<br/>{C}", (A, B, C)),
    "spans set as blocks": ("".join(f"<span style='display: block'>{line}</span>" for line in (A, B, C)), (A, B, C)),
    "components": ("".join(f"<x-line>{line}</x-line>" for line in (A, B, C)), (A, B, C)),
    "preformatted": (f"<pre>{A}\n\n{B}\n{C}\n</pre>", (A, B, C)),
    "cells": ("".join(f"<table><tr><td>{line}</td></tr></table>" for line in (A, B, C)), (A, B, C)),
    "a box each": ("".join(f"<div class=u><p>{line}</p></div>" for line in (A, B, C)), (A, B, C)),
    "boxes of two sizes": (f"<div>{FIRST}{SECOND}</div><div>{LAST}</div>", (A, B, C)),
    "a linked name over paragraphs": (
        "<div><a href=/gop-cong>Phong trào góp công mở đường ở xã</a><p>Sáng nay xã Q ra quân mở đường.</p><p>Ba thôn "
        "cùng làm, ai cũng vui.</p></div>",
        ("Sáng nay xã Q ra quân mở đường.", "Ba thôn cùng làm, ai cũng vui."),
    ),
    "names linked in a table": (
        f"{FIRST}<table><tr><td>TT</td><td>Đoạn</td><td>Đầu mối</td></tr>"
        + "".join(
            f"<tr><td>{i}</td><td><a href=/d/{i}>Đoạn từ cầu số {i} ra ruộng</a></td><td>thôn Hạ</td></tr>"
            for i in (1, 2, 3)
        )
        + f"</table>{LAST}",
        (A, "TT | Đoạn | Đầu mối", *(f"{i} | Đoạn từ cầu số {i} ra ruộng | thôn Hạ" for i in (1, 2, 3)), C),
    ),
    "steps that end in a link": (
        f"{FIRST}<ul><li>Rải đá trước. <a href=/b/1>Xem chi tiết</a></li><li>Lu đường sau. <a href=/b/2>Xem chi "
        f"tiết</a></li></ul>{LAST}",
        (A, "Rải đá trước.", "Lu đường sau.", C),
    ),
    "folds without a class": (
        f"<details><summary>Góp công</summary>{FIRST}</details><details><summary>Góp đất</summary>{LAST}</details>",
        ("Góp công", A, "Góp đất", C),
    ),
    "the text once more for small screens": (
        f"<div class=hidden-xs>{FIRST}<p>Góp công</p>{LAST}</div>"
        f"<div class=visible-xs>{FIRST}<p>Góp công</p>{LAST}</div>",
        (A, "Góp công", C),
    ),
    "where to ask, over the text": (
        f"<div><p>Địa chỉ: nhà họp thôn Hạ</p><p>Điện thoại: 0912 000 111</p></div>{FIRST}{SECOND}{LAST}",
        ("Địa chỉ: nhà họp thôn Hạ", "Điện thoại: 0912 000 111", A, B, C),
    ),
    "parts around a list": (
        f"<div class=part>{FIRST}{SECOND}{LAST}<p>{B} {C}</p></div><div class=more><b>Tin liên quan:</b><ul><li>"
        f"<a href=/t/1.html>Hội nghị bàn việc nước sạch</a></li></ul></div><div class=part><p>{C} {A}</p></div>",
        (A, B, C, f"{B} {C}", f"{C} {A}"),
    ),
    "a second part with a table": (
        f"<div>{FIRST}{SECOND}{LAST}</div><div><h3>Ngày công</h3><table><tr><td>Thôn</td><td>Hộ</td><td>Công</td></tr>"
        "<tr><td>Hạ</td><td>40</td><td>120</td></tr><tr><td>Trung</td><td>38</td><td>96</td></tr></table></div>",
        (A, B, C, "Ngày công", "Thôn | Hộ | Công", "Hạ | 40 | 120", "Trung | 38 | 96"),
    ),
    "a second part of short lines": (
        f"<div>{FIRST}{SECOND}{LAST}</div><div><p>Các thôn góp công như sau:</p><p>Thôn Hạ</p><p>Thôn Trung</p></div>",
        (A, B, C, "Các thôn góp công như sau:", "Thôn Hạ", "Thôn Trung"),
    ),
    "a link between the text and its last line": (
        f"<div>{A}<br>{B}<br>{A} {B}<br>{B} {A}</div><div class=more><a href=/t/1.html>Trao xe đạp cho học trò nghèo"
        f"</a></div>{LAST}",
        (A, B, f"{A} {B}", f"{B} {A}", C),
    ),
    "a text set in the middle, a box each": (
        f"<center><p>Xã Q</p><img src=/1.jpg><div>{FIRST}</div><div>{SECOND}</div><div>{LAST}</div></center>",
        ("Xã Q", A, B, C),
    ),
    "a picture over a table with its heads in the middle": (
        f"{FIRST}<p><img src=/1.jpg></p><table><tr><th align=center>Thôn</th><th>Hộ</th><th>Công</th></tr><tr>"
        f"<td>Hạ</td><td>40</td><td>120</td></tr><tr><td>Trung</td><td>38</td><td>96</td></tr></table>{LAST}",
        (A, "Thôn | Hộ | Công", "Hạ | 40 | 120", "Trung | 38 | 96", C),
    ),
    "a table over the longer part": (
        f"{FIRST}<table><tr><td>Thôn</td><td>Hộ</td><td>Công</td></tr><tr><td>Hạ</td><td>40</td><td>120</td></tr>"
        f"<tr><td>Trung</td><td>38</td><td>96</td></tr></table><div>{B}<br>{C}<br>{B} {C} {A}</div>",
        (A, "Thôn | Hộ | Công", "Hạ | 40 | 120", "Trung | 38 | 96", B, C, f"{B} {C} {A}"),
    ),
    "a line over all that is told": (
        f"<p>Công việc của các thôn:</p><ul><li>{A}</li><li>{B}</li></ul>",
        ("Công việc của các thôn:", A, B),
    ),
    "a heading over the first part": (
        f"<h2>Góp công</h2><div>{FIRST}{SECOND}<h2>Góp đất</h2>{LAST}</div>",
        ("Góp công", A, B, "Góp đất", C),
    ),
    "thanks behind the text": (f"<div>{FIRST}{SECOND}{LAST}</div><p>Xin cảm ơn ông!</p>", (A, B, C, "Xin cảm ơn ông!")),
    "a heading that boxes have too": (
        f"{FIRST}<h2>Ý kiến người dân</h2>{SECOND}{LAST}",
        (A, "Ý kiến người dân", B, C),
    ),
    "pictures over a table": (
        f"{FIRST}<p><img src=/1.jpg><img src=/2.jpg></p><table>{MARKS}</table>{LAST}",
        (A, *MARKS_TEXT, C),
    ),
    "fonts": ("".join(f"<font face=Arial><p>{line}</p></font>" for line in (A, B, C)), (A, B, C)),
    "bold headings": (f"{FIRST}<p><b>Góp công</b></p>{SECOND}<h3>Góp đất</h3>{LAST}", (A, "Góp công", B, "Góp đất", C)),
    "folds": (
        "".join(
            f"<div class=card><div class=card-header><button class='btn'{how}>{head}</button></div>"
            f"<div class=collapse>{text}</div></div>"
            for head, text, how in (("Góp công", FIRST, " data-toggle=collapse"), ("Góp đất", SECOND, ""))
        ),
        ("Góp công", A, "Góp đất", B),
    ),
    "folds of a list": (
        "".join(
            f"<div class=accordion-item><h3 class=accordion-header><button class='accordion-button collapsed'"
            f" data-bs-toggle=collapse>{head}</button></h3><div class=collapse>{text}</div></div>"
            for head, text in (("Góp công", FIRST), ("Góp đất", SECOND), ("Mở đường", LAST))
        ),
        ("Góp công", A, "Góp đất", B, "Mở đường", C),
    ),
    "heads of a table of other pages": (
        f"{FIRST}{LAST}<h4>Cùng mục</h4><table><tr><th>Tên</th><th>Cỡ</th></tr>"
        + "".join(
            f"<tr><td><a href=/s/{i}>Sổ thu chi của thôn quý {i}</a></td><td>{i} trang</td></tr>" for i in (1, 2, 3)
        )
        + "</table>",
        (A, C),
    ),
    "tools with dashes": (
        f"{FIRST}{LAST}<div><a href=/in/1>Bản để in</a> - <a href=/gui/1>Gửi cho bạn bè</a></div>",
        (A, C),
    ),
    "details of Joomla": (
        "<dl><dt>Chi tiết</dt><dd>Chuyên mục: Tin xã</dd><dd>Ngày tạo: 18/05/2021</dd><dd>Viết bởi Super User</dd>"
        f"<dd>Lượt xem: 12</dd></dl>{FIRST}{LAST}<ul><li><a href=/t/1>&lt; Trước</a></li><li><a href=/t/2>Tiếp theo"
        " &gt;</a></li></ul>",
        (A, C),
    ),
    "a poll": (
        f"{FIRST}{LAST}<div><p>Bà con thấy đường mới thế nào?</p><label><input type=radio> Tốt</label>"
        "<label><input type=radio> Còn hẹp</label></div>",
        (A, C),
    ),
    "a poll's list": (
        f"{FIRST}{LAST}<form><p>Nên làm đoạn nào trước?</p><ul><li><input type=radio>Đoạn qua chợ</li>"
        "<li><input type=radio>Đoạn qua trường</li></ul><button>Gửi</button><button>Kết quả</button></form>",
        (A, C),
    ),
    "marks to give right under the text": (
        f"<div>{FIRST}<p>Máy gặt sắp về xã.</p><input type=radio>Hay<input type=radio>Chưa hay</div>",
        (A, "Máy gặt sắp về xã.", "Hay Chưa hay"),
    ),
    "buttons": (f"{FIRST}{LAST}<p>Bài này có ích không?</p><button>Có ích</button><button>Chưa</button>", (A, C)),
    "a footnote": (
        f"{FIRST}{LAST}<p align=right>Hà Tú</p><p class=footnote>[1] Theo sổ công hợp tác xã, tính đến tháng 4.</p>",
        (A, C, "[1] Theo sổ công hợp tác xã, tính đến tháng 4."),
    ),
    "offices at the end": (
        f"{FIRST}<table><tr><th>Thôn</th><th>Địa chỉ</th><th>Điện thoại</th></tr><tr><td>Hạ</td><td>Trụ sở thôn</td>"
        "<td>0912 000 111</td></tr><tr><td>Trung</td><td>Nhà họp</td><td>0912 000 222</td></tr></table>",
        (A, "Thôn | Địa chỉ | Điện thoại", "Hạ | Trụ sở thôn | 0912 000 111", "Trung | Nhà họp | 0912 000 222"),
    ),
    "a table of files": (
        f"{FIRST}{LAST}<table><tr><th>TT</th><th>Văn bản</th><th>Cỡ</th></tr><tr><td>1</td><td><a href=/f/1.pdf>Sổ công"
        "</a></td><td>1,5 MB</td></tr><tr><td>2</td><td><a href=/f/2.xlsx>Sổ đất</a></td><td>20 KB</td></tr></table>",
        (A, C),
    ),
    "a table of other stories": (
        f"{FIRST}{LAST}<table><tr><th>TT</th><th>Bài</th><th>Ngày</th></tr>"
        + "".join(
            f"<tr><td>{i}</td><td><a href=/t/{i}.html>Trao xe đạp cho học trò đợt {i}</a></td><td>0{i}/5/2021</td></tr>"
            for i in (1, 2)
        )
        + "</table>",
        (A, C),
    ),
    "terms of reprinting": (
        f"{FIRST}{LAST}<p>Hà Tú</p><p>Vui lòng trích dẫn nguồn khi sử dụng lại bài trên trang này.</p>",
        (A, C),
    ),
    "teasers that end in a link": (
        f"{FIRST}{LAST}"
        + "".join(
            f"<div class=k><b>Trao xe đạp cho học trò đợt {i}</b><p>Xe do người xã Q ở xa quê góp tiền mua gửi về.</p>"
            f"<a href=/t/{i}.html>Xem chi tiết</a></div>"
            for i in (1, 2)
        ),
        (A, C),
    ),
    "a file's downloads": (
        f"{FIRST}{LAST}<div><span>Tải về các tệp:</span><ul><li><a href=/item/download/3>Sổ công</a> (12 lượt tải)</li>"
        "</ul></div>",
        (A, C),
    ),
    "two cards at the end": (
        f"{FIRST}{LAST}<div class=d>Tuần này ở xã</div><table>"
        + "".join(
            f"<tr><td><img src=/k{i}.jpg></td><td><a href=/t/{i}.html>Trao xe đạp cho học trò nghèo đợt {i}</a><br>Xe "
            "do người xã Q ở xa gửi về.</td></tr>"
            for i in (1, 2)
        )
        + "</table>",
        (A, C),
    ),
    "a box in the middle": (
        f"{FIRST}<div style='float: left'><h4>Nên biết</h4><div><a href=/t/1.html><img src=/k.jpg></a><a href=/t/1.html"
        f">Khởi công cầu qua sông lớn</a><p>Cầu nối hai thôn của xã.</p></div></div>{SECOND}{LAST}",
        (A, B, C),
    ),
    "another story's card": (
        f"{FIRST}<div class=k><img src=/k.jpg><a href=/t/1.html>Khởi công cầu qua sông lớn</a><span>Cầu nối hai thôn "
        f"của xã dài 120 m, sang năm thì xong.</span></div>{LAST}",
        (A, C),
    ),
    "dialogue": (
        f"{FIRST}<p>- Bao giờ xong?</p><p>- Giữa tháng.</p>{LAST}",
        (A, "- Bao giờ xong?", "- Giữa tháng.", C),
    ),
    "letter": (
        f"<p>Kính gửi: Các hộ</p>{FIRST}{LAST}<p>Trân trọng./.</p>",
        ("Kính gửi: Các hộ", A, C, "Trân trọng./."),
    ),
    "a picture's box": (f"{FIRST}<div class=im><img src=/a.jpg><span>Máy gặt chờ đường.</span></div>{LAST}", (A, C)),
    "a picture's box at the end": (f"{FIRST}{LAST}<div class=im><img src=/a.jpg><br>Máy gặt chờ</div>", (A, C)),
    "a line under the first picture": (f"<img src=/a.jpg><p class=ca>Máy gặt chờ đường.</p>{FIRST}{LAST}", (A, C)),
    "a paragraph with a picture": (f"<p><img src=/a.jpg>Rồi đá cũng về.</p>{FIRST}{LAST}", ("Rồi đá cũng về.", A, C)),
    "another story between": (
        f"{FIRST}<div class=r><ul><li><a href=/t/1.html>Khởi công cầu qua sông lớn</a></li></ul></div>{LAST}",
        (A, C),
    ),
    "another story and a button": (
        f"{FIRST}<div><a href=/t/1.html>Khởi công cầu qua sông lớn</a><span>ĐỌC NGAY</span></div>{LAST}",
        (A, C),
    ),
    "links that are told": (
        f"{FIRST}<p><a href=/t/1.html>Khởi công cầu qua sông lớn</a></p>{SECOND}{LAST}",
        (A, "Khởi công cầu qua sông lớn", B, C),
    ),
    "an advertisement": (f"{FIRST}<div><a href=#>Quảng cáo</a></div>{LAST}<p>[Trở về] [In trang này]</p>", (A, C)),
    "pointer": (f"{FIRST}<p>&gt;&gt; <a href=/t/1.html>Khởi công cầu qua sông</a></p>{SECOND}{LAST}", (A, B, C)),
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("around", ["{0}", "<div class=c>{0}</div>", "<td-text>{0}</td-text>"])
def test_text_in_its_markup(shape: str, around: str) -> None:
    inside, lines = SHAPES[shape]
    html = f"<title>{TITLE} - Xã Q</title><div><h1>{TITLE}</h1><div>18/05/2021 08:30</div>{around.format(inside)}</div>"
    found = read_article(html.encode(), URL, FETCHED_AT)
    assert isinstance(found, Article), found
    assert (found.lead, tuple(found.body.split("\n"))) == (None, lines)


LINKS = [f"<a href=/t/{i}.html>Hội nghị bàn việc nước sạch lần thứ {i}</a>" for i in range(1, 5)]
LISTS = {
    "items": f"<ul>{''.join(f'<li>{link}</li>' for link in LINKS)}</ul>",
    "breaks": "<br>".join(LINKS),
    "days": "".join(f"<div>{link} <i>0{day}/05/2021</i></div>" for day, link in enumerate(LINKS, 1)),
    "two": "".join(f"<div>{link}</div>" for link in LINKS[:2]),
    "headings in turn": "".join(f"<h4>{link}</h4><p>Bàn cách đưa nước về thôn vùng cao, {B}</p>" for link in LINKS),
    "one": f"<p>{LINKS[0]}</p>",
    "teasers": "".join(f"<div class=k>{link}<p>Bàn cách đưa nước về thôn vùng cao.</p></div>" for link in LINKS),
}


@pytest.mark.parametrize("rows", LISTS.values(), ids=LISTS)
@pytest.mark.parametrize(
    "heading", ["<h3>Bạn nên đọc</h3>", "<p><b>Mới cập nhật</b></p>", "<div>Cùng tác giả:</div>", ""]
)
@pytest.mark.parametrize("around", ["{0}{1}", "<div>{0}</div><div>{1}</div>"])
def test_other_stories_among_the_storys_own_lines(rows: str, heading: str, around: str) -> None:
    text = around.format(FIRST + SECOND + LAST, heading + rows)
    html = f"<title>{TITLE} - Xã Q</title><div><h1>{TITLE}</h1><div>18/05/2021 08:30</div>{text}</div>"
    found = read_article(html.encode(), URL, FETCHED_AT)
    assert isinstance(found, Article), found
    assert tuple(found.body.split("\n")) == (A, B, C)


@pytest.mark.parametrize("name", ["<h3>Đi nữa cho biết</h3>", "<h2 class=n>Ở các thôn</h2>"])
@pytest.mark.parametrize(
    "teaser",
    [
        "<div class=k>{0}<p>Bàn cách đưa nước về thôn vùng cao.</p><small>02/05/2021</small></div>",
        "<div><img src=/k.jpg><div>{0}</div><div>Cán bộ và bà con bàn cách đưa nước về thôn vùng cao.</div></div>",
    ],
)
@pytest.mark.parametrize("many", [2, 4])
def test_column_of_other_stories_with_a_name_of_its_own(name: str, teaser: str, many: int) -> None:
    column = "".join(map(teaser.format, LINKS[:many]))
    page = f"<div><div><h1>{TITLE}</h1><div>18/05/2021 08:30</div>{FIRST}</div><div>{name}{column}</div></div>"
    found = read_article(f"<title>{TITLE}</title>{page}".encode(), URL, FETCHED_AT)
    assert isinstance(found, Article), found
    assert found.body == A


def test_linked_first_sentence_is_no_headline_of_another_story() -> None:
    text = f"<div><p><a href=/chu-de/nuoc>{A}</a></p>{SECOND}{LAST}</div>"
    found = read_article(f"<title>{TITLE}</title><h1>{TITLE}</h1><i>18/05/2021</i>{text}".encode(), URL, FETCHED_AT)
    assert isinstance(found, Article), found
    assert tuple(found.body.split("\n")) == (B, C)


@pytest.mark.parametrize("label", ["Hỏi: ", "Câu hỏi: "])
def test_question_is_no_lead(label: str) -> None:
    text = f"<div><p>{label}{A}</p></div><div><p>Trả lời:</p>{SECOND}{LAST}</div>"
    found = read_article(f"<title>{TITLE}</title><h1>{TITLE}</h1><i>18/05/2021</i>{text}".encode(), URL, FETCHED_AT)
    assert isinstance(found, Article), found
    assert (found.lead, tuple(found.body.split("\n"))) == (None, (label + A, "Trả lời:", B, C))


def test_table_of_what_a_work_is_stays_whole() -> None:
    rows = (("Công trình", "Đường ra đồng Hạ"), ("Kinh phí", "1,2 tỷ đồng"), ("Cách làm", B))
    table = "".join(f"<tr><th>{name}</th><td>{value}</td></tr>" for name, value in rows)
    html = f"<title>{TITLE}</title><h1>{TITLE}</h1><i>18/05/2021</i><table>{table}</table>"
    found = read_article(html.encode(), URL, FETCHED_AT)
    assert isinstance(found, Article), found
    assert tuple(found.body.split("\n")) == tuple(map(" | ".join, rows))


def test_programme_of_a_recording_is_no_lead() -> None:
    told = "".join(f"<p>{line}</p>" for line in ("Trong chương trình có những nội dung sau:", f"- {A}", f"- {B}"))
    html = f"<title>{TITLE}</title><h1>{TITLE}</h1><i>18/05/2021</i><div class=desc>{told}</div>{LAST}"
    found = read_article(html.encode(), URL, FETCHED_AT)
    assert isinstance(found, Article), found
    assert (found.lead, len(found.body.split("\n"))) == (None, 4)


SHORT = {
    "one line": ("<p>Kèm theo Kế hoạch số 14/KH-UBND.</p>", ("Kèm theo Kế hoạch số 14/KH-UBND.",)),
    "verses": ("<p>Đường ra đồng Hạ<br>Đá xanh lát rồi<br>Xe bò kẽo kẹt qua đó<br>Thóc về tới nơi</p>",
               ("Đường ra đồng Hạ", "Đá xanh lát rồi", "Xe bò kẽo kẹt qua đó", "Thóc về tới nơi")),
    "marks": (f"<table>{MARKS}</table>", MARKS_TEXT),
    "a sentence": (f"<div>{A}</div>", (A,)),
}  # fmt: skip


@pytest.mark.parametrize("inside", SHORT)
@pytest.mark.parametrize(
    "teaser",
    [
        "<div>{0}<p>{1}</p></div>",
        "<li><span>{0}</span><br>{1}</li>",
        "<section><h5>{0}</h5><small>02/05/2021</small><div>{1}</div></section>",
    ],
)
@pytest.mark.parametrize("many", [1, 2])
def test_short_text_beside_longer_teasers(inside: str, teaser: str, many: int) -> None:
    text, lines = SHORT[inside]
    told = f"{B} Cán bộ huyện và bà con ba thôn đã bàn việc ấy cả một buổi sáng ở nhà họp."
    side = "".join(teaser.format(link, told) for link in LINKS[:many])
    page = f"<div><h1>{TITLE}</h1><div>18/05/2021 08:30</div>{text}</div><div><h4>Đáng đọc</h4>{side}</div>"
    found = read_article(f"<title>{TITLE}</title><div>{page}</div>".encode(), URL, FETCHED_AT)
    assert isinstance(found, Article), found
    assert (found.lead, tuple(found.body.split("\n"))) == (None, lines)


def test_text_in_two_elements_the_first_of_short_lines() -> None:
    first = ("Ban Tổ chức trân trọng kính mời bà con đến dự:", "Lễ thông đường ra đồng", "Xã Q, huyện P")
    text = f"<center>{''.join(f'<p>{line}</p>' for line in first)}</center><div>{FIRST}{SECOND}{LAST}</div>"
    found = read_article(f"<title>{TITLE}</title><h1>{TITLE}</h1><i>18/05/2021</i>{text}".encode(), URL, FETCHED_AT)
    assert isinstance(found, Article), found
    assert (found.lead, tuple(found.body.split("\n"))) == (None, (*first, A, B, C))


@pytest.mark.parametrize("how", ["data-file='/f/so.xlsx'", "onclick=\"tai('/f/so.xlsx', 1)\""])
def test_button_that_hands_out_a_file(how: str) -> None:
    text = f"{FIRST}{LAST}<div><button type=button {how}>Sổ công</button></div>"
    found = read_article(f"<title>{TITLE}</title><h1>{TITLE}</h1><i>18/05/2021</i>{text}".encode(), URL, FETCHED_AT)
    assert isinstance(found, Article), found
    assert [file.url for file in found.attachments] == ["https://xa-q.example.gov.vn/f/so.xlsx"]


@pytest.mark.parametrize(
    "side",
    [
        "".join(f"{link}<p>{B} Cả ba thôn đều cử người đến họp từ sáng sớm.</p>" for link in LINKS),
        f"<h4>Lời ngỏ</h4><p>{B} {C}</p><p>{C} {B}</p>",
    ],
    ids=["headlines in turn", "a welcome"],
)
@pytest.mark.parametrize(
    "columns",
    [
        "<table><tr><td>{0}</td><td>{1}</td></tr></table>",
        "<div class=row><div class='col-xs-12 col-md-8'>{0}</div><div class='col-xs-12 col-md-4'>{1}</div></div>",
        "<div class=row-fluid><div class=span3>{1}</div><div class=span9>{0}</div></div>",
        "<div class='flex flex-wrap'><div class='w-full lg:w-2/3'>{0}</div><div class='lg:w-1/3'>{1}</div></div>",
    ],
)
def test_short_text_in_the_column_of_its_headline(columns: str, side: str) -> None:
    page = columns.format(f"<h2>{TITLE}</h2><i>18/05/2021</i>{FIRST}", side)
    found = read_article(f"<title>{TITLE}</title>{page}".encode(), URL, FETCHED_AT)
    assert isinstance(found, Article), found
    assert found.body == A


def test_heads_of_a_table_are_data() -> None:
    table = MARKS.replace("</tr>", "</tr></thead><tbody>", 1)
    html = f"<title>{TITLE}</title><h1>{TITLE}</h1><i>18/05/2021</i>{FIRST}<table><thead>{table}</table>"
    found = read_article(html.encode(), URL, FETCHED_AT)
    assert isinstance(found, Article), found
    assert tuple(found.body.split("\n")) == (A, *MARKS_TEXT)


def test_comments_of_readers_among_the_storys_own_lines() -> None:
    said = f"Mong xã làm luôn đoạn qua chợ, mưa xuống lầy lội lắm, xe của cháu đi học sa bánh mấy lần rồi. {C}"
    readers = ("Võ Tài - thôn Hạ - 19/05/2021 07:20", "Lò Mai - thôn Trung - 19/05/2021 20:02", "Hà Tú - 20/05/2021")
    comments = "".join(f"<div><p>{name}</p><p>{said}</p></div>" for name in readers)
    text = f"{FIRST}{SECOND}{LAST}<p>Ý kiến của bạn đọc</p>{comments}"
    found = read_article(f"<title>{TITLE}</title><h1>{TITLE}</h1><i>18/05/2021</i>{text}".encode(), URL, FETCHED_AT)
    assert isinstance(found, Article), found
    assert tuple(found.body.split("\n")) == (A, B, C)


def test_files_in_a_menu_of_formats() -> None:
    formats = "".join(f"<li><a href=/f/so.{ending}>{ending.upper()}</a></li>" for ending in ("pdf", "docx"))
    text = f"{FIRST}{LAST}<div class=dropdown><ul class=dropdown-menu>{formats}</ul></div>"
    found = read_article(f"<title>{TITLE}</title><h1>{TITLE}</h1><i>18/05/2021</i>{text}".encode(), URL, FETCHED_AT)
    assert isinstance(found, Article), found
    assert [file.url[-8:] for file in found.attachments] == ["f/so.pdf", "/so.docx"]


def test_text_under_the_columns_of_its_headline() -> None:
    rows = (
        f"<div class=col-md-8><h1>{TITLE}</h1><i>18/05/2021</i><p class=sapo>{A}</p></div><div class=col-md-4>In</div>"
    )
    page = f"<div class=row>{rows}<div class=col-md-12>{SECOND}{LAST}<p>{B} {C}</p></div></div>"
    found = read_article(f"<title>{TITLE}</title>{page}".encode(), URL, FETCHED_AT)
    assert isinstance(found, Article), found
    assert (found.lead, tuple(found.body.split("\n"))) == (A, (B, C, f"{B} {C}"))


@pytest.mark.parametrize("column", ["<td>{0}</td><td>{1}</td>", "<td><b>{0}</b></td><td>{1}</td>"])
def test_a_second_column_without_a_heading_of_its_own(column: str) -> None:
    rest = f"<p>{B} {C}</p><p>{C} {A}</p><p>{B} {A}</p>"
    row = column.format(f"<h1>{TITLE}</h1><i>18/05/2021</i>{FIRST}{SECOND}", rest)
    found = read_article(f"<title>{TITLE}</title><table><tr>{row}</tr></table>".encode(), URL, FETCHED_AT)
    assert isinstance(found, Article), found
    assert found.body.endswith(f"{B} {C}\n{C} {A}\n{B} {A}")


def test_parts_of_a_story_that_end_in_a_link() -> None:
    parts = "".join(
        f"<section><p>{line}</p><p><a href=/phan/{i}>Bản đồ các đoạn đã làm, phần {i}</a></p></section>"
        for i, line in enumerate((A, B, C))
    )
    page = f"<title>{TITLE}</title><h1>{TITLE}</h1><i>18/05/2021</i><div>{parts}</div>"
    found = read_article(page.encode(), URL, FETCHED_AT)
    assert isinstance(found, Article), found
    assert [line for line in found.body.split("\n") if line in (A, B, C)] == [A, B, C]
