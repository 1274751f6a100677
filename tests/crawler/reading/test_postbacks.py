"""Pagers without addresses: which control of an ASP.NET page turns the page, and what a browser would send."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from urllib.parse import parse_qsl

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.layout import Layout
from crawler.portal import Portal
from crawler.reading.links import Listing
from crawler.reading.listing import read_listing

AT = datetime.fromisoformat("2026-03-10T09:15:00+07:00")
HERE = "https://x.gov.vn/tin-tuc/list.aspx?cat=3"
ROWS = "".join(
    f"<li><a href='/tin-tuc/ban-tin-so-{i}-88{i}.html'>Bản tin số {i} của ngành</a> <span>(0{i}/03/2026)</span></li>"
    for i in (1, 2, 3)
)
STATE = '<input type="hidden" name="__VIEWSTATE" id="__VIEWSTATE" value="/wEPDw+8=">'


def page(pager: str, *, head: str = "<form method='post' action='./list.aspx?cat=3' id='form1'>", state: str = STATE,
         url: str = HERE, portal: Portal | None = None, number: int = 1, rows: str = ROWS) -> Listing:  # fmt: skip
    text = f"<html><body>{head}<div>{state}</div><ul class='news'>{rows}</ul>{pager}</form></body></html>"
    return read_listing(text.encode(), url, AT, portal=portal, number=number)


def go(target: str, argument: str = "") -> str:
    return f"javascript:__doPostBack('{target}','{argument}')"


def link(words: str, target: str, argument: str = "", more: str = "") -> str:
    return f'<a {more} href="{go(target, argument)}">{words}</a>'


GRID = "ctl00$main$gv"
OPTIONS = (
    "javascript:WebForm_DoPostBackWithOptions(new WebForm_PostBackOptions(&quot;ctl00$lnkNext&quot;, &quot;&quot;,"
    " true, &quot;&quot;, &quot;{}&quot;, false, true))"
)
# (what stands under the list, what is pressed for the next page)
PAGERS = [
    # GridView: numbers of one control; the page itself is no link
    (f"<table><tr><td><span>1</span></td><td>{link('2', GRID, 'Page$2')}</td><td>{link('3', GRID, 'Page$3')}</td>"
     "</tr></table>", f"__doPostBack('{GRID}','Page$2')"),
    (f"<table><tr><td>{link('1', GRID, 'Page$1')}</td><td><span>2</span></td><td>{link('3', GRID, 'Page$3')}</td></tr>"
     "</table>", f"__doPostBack('{GRID}','Page$3')"),
    # its tenth page goes on behind the dots
    (f"<table><tr><td>{link('...', GRID, 'Page$8')}</td><td>{link('9', GRID, 'Page$9')}</td><td><span>10</span></td>"
     f"<td>{link('...', GRID, 'Page$11')}</td><td>{link('&gt;&gt;', GRID, 'Page$Last')}</td></tr></table>",
     f"__doPostBack('{GRID}','Page$11')"),
    # the last page, with the dots that lead back
    (f"<table><tr><td>{link('...', GRID, 'Page$10')}</td><td>{link('11', GRID, 'Page$11')}</td><td><span>12</span></td>"
     "</tr></table>", None),
    # GridView's only other page, beside the rows' own numbers; its picture buttons
    (f"<p>12</p><p>7</p>{link('2', GRID, 'Page$2')}", f"__doPostBack('{GRID}','Page$2')"),
    (f"<input type='image' src='/n.png' alt='Next' onclick=\"{go(GRID, 'Page$Next')};return false;\">",
     f"__doPostBack('{GRID}','Page$Next')"),
    # the ends as brackets, the page itself bold in a span, blanks around all
    (f"<table><tr><td>{link(' < ', 'p', '1', 'title=Back')}</td><td>{link(' 1 ', 'p', '1')}</td><td><span><strong> 2 "
     f"</strong></span></td><td>{link(' 3 ', 'p', '3')}</td></tr></table>", "__doPostBack('p','3')"),
    # what is told beside the pages
    (f"<div>Trang <b>2</b>/<b>10</b> {link('1', 'p', '1')} <b>2</b> {link('3', 'p', '3')} trong <b>120</b> tin</div>",
     "__doPostBack('p','3')"),
    # by word, in GridView's own argument whatever the word
    (link("&raquo;", GRID, "Page$Next") + link("cuối", GRID, "Page$Last"), f"__doPostBack('{GRID}','Page$Next')"),
    (link("&laquo;", GRID, "Page$Prev") + link("đầu", GRID, "Page$First"), None),
    # a Repeater's pager: one control for each number; the argument says nothing
    (f"<ul class='phantrang'><li class='active'>{link('1', 'ctl00$r$ctl00$l')}</li>"
     f"<li>{link('2', 'ctl00$r$ctl01$l')}</li></ul>", "__doPostBack('ctl00$r$ctl01$l','')"),
    (f"<p>{link('1', 'p', '1')}{link('2', 'p', '2', 'class=page_active')}{link('3', 'p', '3')}</p>",
     "__doPostBack('p','3')"),
    # counted from nought
    (f"<div class='pager'><b>1</b>{link('2', 'ctl00$p', '1')}{link('3', 'ctl00$p', '2')}</div>",
     "__doPostBack('ctl00$p','1')"),
    # the page itself is a link that does nothing (Telerik)
    ("<div class='rgWrap rgNumPart'><a class='rgCurrentPage' onclick='return false;' "
     f"href=\"{go('ctl00$g$ctl05')}\"><span>1</span></a><a href=\"{go('ctl00$g$ctl07')}\"><span>2</span></a></div>",
     "__doPostBack('ctl00$g$ctl07','')"),
    # nothing is marked, and the first is no number of the pager's: this is page 1
    (f"<div class='pager'>{link('[2]', 'ctl00$p', '2')} {link('[3]', 'ctl00$p', '3')}</div>",
     "__doPostBack('ctl00$p','2')"),
    # DNN: disabled ends, and how many rows a page is to have
    ("<div class='PagingTable'><span class='NormalDisabled'>[1]</span>"
     f"{link('2', 'dnn$ctr412$pg', 'Page_2')}<select name='n'><option>10<option>20</select></div>",
     "__doPostBack('dnn$ctr412$pg','Page_2')"),
    # words that only a pager has
    (link("Trang sau", "ctl00$lnkNext"), "__doPostBack('ctl00$lnkNext','')"),
    (link("Trang tiếp &raquo;", "ctl00$a"), "__doPostBack('ctl00$a','')"),
    (f'<a href="{OPTIONS.format("")}">Trang sau</a>', "__doPostBack('ctl00$lnkNext','')"),
    # words that others have too, where a pager stands
    (f"<div class='pager'>{link('&gt;', 'ctl00$a')}</div>", "__doPostBack('ctl00$a','')"),
    (f"<p>{link('Trước', 'ctl00$a')} {link('Sau', 'ctl00$b')}</p>", "__doPostBack('ctl00$b','')"),
    (link('<img src="/n.gif" alt="Next">', "ctl00$lbNext"), "__doPostBack('ctl00$lbNext','')"),
    # a script of its own, an escaped one, one with escapes in its string
    ("<a href='#' onclick=\"__doPostBack('ctl00$pager','2');return\">Trang sau</a>", "__doPostBack('ctl00$pager','2')"),
    ('<a href="javascript:__doPostBack(%27ctl00$pager%27,%272%27)">Trang sau</a>', "__doPostBack('ctl00$pager','2')"),
    (link("Trang sau", r"ctl00\u0024pager", "2"), "__doPostBack('ctl00$pager','2')"),
    ("<input type='button' value='Trang sau' onclick=\"__doPostBack('p','2')\">", "__doPostBack('p','2')"),
    # SharePoint's data view
    (link('<img alt="Next">', "ctl00$m$g_1", "dvt_firstrow={11};dvt_startposition={}", "title='Next page'"),
     "__doPostBack('ctl00$m$g_1','dvt_firstrow={11};dvt_startposition={}')"),
    # Telerik's buttons
    ("<input type='submit' name='ctl00$g$ctl28' value=' ' title='Next Page' class='rgPageNext'>", "ctl00$g$ctl28"),
    ("<input type='submit' name='g$ctl28' value=' ' onclick='return false;' class='rgPageNext'>", None),
    ("<input type='submit' name='g$ctl28' value=' ' disabled class='rgPageNext'>", None),
    ("<input type='submit' name='g$ctl28' value=' ' title='Next Page' class='rgPageNextDisabled'>", None),
    ("<div class='paging'><input type='submit' name='p$1' value='1' class='active'>"
     "<input type='submit' name='p$2' value='2'></div>", "p$2"),
    ("<div class='paging'><button name='next' value='1'>Sau</button></div>", "next"),
    # what else sends the form
    (link("Tiêu đề", GRID, "Sort$Title") + link("Ngày đăng", GRID, "Sort$Date"), None),
    (link("Xóa", GRID, "Delete$2") + link("2", GRID, "Select$2"), None),
    (f"<table id='lich'><tr><td>{link('1', 'cal', '9453')}</td><td>{link('2', 'cal', '9454')}</td></tr></table>", None),
    (f"<table><tr><td>{link('&lt;', 'c', 'V9437')}</td><td>Tháng 3</td><td>{link('&gt;', 'c', 'V9496')}</td></tr>"
     "</table>", None),
    (link("&gt;", "ctl00$Calendar1", "x"), None),
    (link("&gt;", "ctl00$next", "", "title='Tháng sau'"), None),
    (link("Tháng sau", "ctl00$next"), None),
    # bare numbers under names that are no pager's: votes, deletions, months
    (f"{link('1', 'ctl00$sao', '1')} {link('2', 'ctl00$sao', '2')} {link('3', 'ctl00$sao', '3')}", None),
    (f"{link('1', 'ctl00$xoa', '1')} {link('2', 'ctl00$xoa', '2')}", None),
    (f"{link('1', 'ctl00$thang', '1')} {link('2', 'ctl00$thang', '2')} {link('3', 'ctl00$thang', '3')}", None),
    (f"<p>Khảo sát {link('Tiếp theo', 'ctl00$KhaoSat$lbtTiep', '')}</p>", None),
    (f"<div class='rating'>{link('1', 'r', '1')}{link('2', 'r', '2')}{link('3', 'r', '3')}</div>", None),
    (link("Đăng nhập", "ctl00$lnkLogin"), None),
    (link("Xem tiếp", "ctl00$rpt$ctl01$lnkMore"), None),  # leads to the story
    (link("Sau", "ctl00$slide$r"), None),
    ("<input type='submit' name='s' value='Tìm kiếm'><input type='submit' name='v' value='Bình chọn'>", None),
    ("<input type='submit' name='poll$b' value='Tiếp theo'>", None),
    ("<input type='submit' name='btnTiep' value='Tiếp'>", None),  # a form in several steps
    (f"<div class='pager'>{link('Trang sau', 'p', '', 'disabled')}</div>", None),
    ('<a class="aspNetDisabled">Trang sau</a>', None),
    ("<div class='pager'><input type='submit' name='n' value='Sau' onclick=\"return confirm('?')\"></div>", None),
    (f'<a href="{OPTIONS.format("/tim-kiem.aspx")}">Trang sau</a>', None),  # another page's form
    ("<a href=\"javascript:loadPage(2)\">Trang sau</a>", None),
    (f"<div class='pager'><b>2</b>{link('1', 'p', '1')}</div>", None),
]  # fmt: skip


@pytest.mark.parametrize(("pager", "pressed"), PAGERS)
def test_what_turns_the_page(pager: str, pressed: str | None) -> None:
    found = page(pager)
    assert (found.postback.pressed if found.postback else None, found.next) == (pressed, None)


def test_of_two_lists_on_a_page_the_longer_is_turned() -> None:
    documents = "".join(f"<li><a href='/van-ban/so-{i}-77{i}.html'>Văn bản số {i} của tỉnh</a></li>" for i in (1, 2))
    side = f"<ul>{documents}</ul><p><b>1</b>{link('2', 'docs', 'Page$2')}</p>"
    news = f"<ul>{ROWS}</ul>{link('Trang sau', 'news')}"
    told = [page(f"{first}{second}", rows="").postback for first, second in ((side, news), (news, side))]
    assert [each and each.pressed for each in told] == ["__doPostBack('news','')"] * 2


@pytest.mark.parametrize(("number", "pressed"), [(1, "2"), (2, "3"), (3, None)])
def test_a_pager_that_marks_nothing_is_read_by_the_number_that_was_asked_for(number: int, pressed: str | None) -> None:
    pager = "".join(link(str(each), "p", str(each)) for each in (1, 2, 3))
    found = page(f"<div class='pager'>{pager}</div>", number=number).postback
    assert (found and found.pressed) == (pressed and f"__doPostBack('p','{pressed}')")


NEXT = link("Trang sau", "p", "2")


@pytest.mark.parametrize(
    "told",
    [
        page(NEXT, state=""),
        page(NEXT, head="<form method='get'>"),
        page(NEXT, head="<form>"),
        page(NEXT, head="<form method='post' action='https://elsewhere.vn/list.aspx'>"),
        page(NEXT, head="<form method='post' action='/admin/list.aspx'>"),
    ],
)
def test_only_a_form_with_its_state_sent_to_the_portal(told: Listing) -> None:
    assert (len(told.links), told.postback) == (3, None)


def test_a_script_outside_the_form_sends_it_too() -> None:
    found = page(f"</form>{NEXT}", head="<form method='POST'>").postback
    assert found is not None
    assert found.url == HERE


def test_an_address_comes_before_a_postback() -> None:
    found = page('<a href="?cat=3&page=2">2</a>' + NEXT)
    assert (found.next, found.postback) == (f"{HERE}&page=2", None)


def test_a_form_names_the_control() -> None:
    portal = replace(Portal("x", "X", "kon-tum", ("x.gov.vn",)), layouts=(Layout(next=".more"),))
    found = page(link("Tin cũ hơn", "ctl00$q", "7", "class='more'") + link("2", "p", "2"), portal=portal)
    assert found.postback is not None
    assert found.postback.pressed == "__doPostBack('ctl00$q','7')"


FIELDS = f"""<input type="hidden" name="__EVENTTARGET" value="old"><input type="hidden" name="__EVENTARGUMENT" value="">
{STATE}<input name="q" value="Tìm kiếm ~*"><input name="off" value="x" disabled><input value="nameless">
<fieldset disabled><input name="off2" value="x"></fieldset><input type="checkbox" name="a" checked>
<input type="checkbox" name="b" value="1"><input type="radio" name="r" value="1"><input type="radio" name="r" value="2"
checked><select name="s"><option disabled value="">-</option><option value="5">năm<option>sáu</select>
<select name="t"><option value="1">1<option value="2" selected>2</select><select name="m" multiple><option>1</select>
<textarea name="w">
một
hai</textarea><input type="submit" name="find" value="Tìm"><input type="reset" name="z" value="z"><input type="file"
name="f"><input type="image" name="i" src="/i.gif"><button name="bu">x</button>"""


def test_the_form_as_a_browser_sends_it() -> None:
    found = page(NEXT, state=FIELDS).postback
    assert found is not None
    assert found.url == "https://x.gov.vn/tin-tuc/list.aspx?cat=3"
    assert found.body == (
        b"__EVENTTARGET=p&__EVENTARGUMENT=2&__VIEWSTATE=%2FwEPDw%2B8%3D&q=T%C3%ACm+ki%E1%BA%BFm+%7E*&a=on&r=2&s=5&t=2"
        b"&w=m%E1%BB%99t%0D%0Ahai&f="
    )


def test_a_button_is_sent_where_it_stands_and_no_other() -> None:
    button = "<input type='submit' name='x' value='Tìm'><input type='image' name='n' alt='Next' class='rgPageNext'>"
    found = page(button + "<input name='after' value='1'>", state=STATE).postback
    assert found is not None
    assert parse_qsl(found.body.decode()) == [("__VIEWSTATE", "/wEPDw+8="), ("n.x", "0"), ("n.y", "0"), ("after", "1")]


def test_what_the_form_lacks_comes_first() -> None:
    found = page(NEXT).postback
    assert found is not None
    assert found.body == b"__EVENTTARGET=p&__EVENTARGUMENT=2&__VIEWSTATE=%2FwEPDw%2B8%3D"


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(
    ["<a href=\"javascript:__doPostBack('p','2')\">", "</a>", "2", "1", "...", "<form method=post>", "</form>", "<tr>",
     "<input type=submit name=x value='Sau'>", STATE, "<div class=pager>", "</div>", "Trang sau", "<select name=s>",
     "__doPostBack('", "\\u00", "<option selected>"]), max_size=40))  # fmt: skip
def test_no_markup_makes_it_fail(parts: list[str]) -> None:
    found = page("".join(parts)).postback
    assert found is None or found.url.startswith("https://x.gov.vn/")
