"""Lists whose pager sends a form, crawled as a user crawls them: every page, once, from what the archive keeps."""

from __future__ import annotations

import base64
import os
import re
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from archive.exits import Exit
from archive.reader import Archive
from archive.research.withhold import showing_keys
from archive.storage import verify
from archive.storage.entries import POSTED, Snapshot
from archive.storage.snapshots import read_exchange
from archive.storage.tables import connect

STORY = """<html><head><title>Tin số {0} - Cổng thử</title></head><body>
<div class="detail"><h1>Tỉnh triển khai kế hoạch phòng chống thiên tai số {0}</h1>
<div class="date">Ngày đăng: 12/10/2026 14:30</div>
<div class="content"><p>UBND tỉnh vừa ban hành Kế hoạch số {0}/KH-UBND về phòng chống thiên tai trên địa bàn tỉnh,
yêu cầu các sở, ngành, địa phương thực hiện phương châm bốn tại chỗ trong mùa mưa bão.</p>
<p>Các địa phương rà soát khu vực có nguy cơ sạt lở đất, ngập lụt để sơ tán người dân khi có tình huống xảy ra.</p>
</div></div></body></html>"""
ROW = """<li><a href="/tin-{0}.html">Tỉnh triển khai kế hoạch phòng chống thiên tai số {0}</a>
<span>12/10/2026</span></li>"""
PAGE = """<html><head><title>Tin tức</title></head><body><form method="post" action="{here}" id="form1">
<input type="hidden" name="__VIEWSTATE" value="{state}"><input type="hidden" name="__EVENTTARGET" value="">
<input name="q" value="Tìm kiếm…"><input type="submit" name="find" value="Tìm">
<h1>Tin tức</h1><ul>{rows}</ul><div class="pager">{pager}</div></form></body></html>"""
ROOT = Path(__file__).parents[2]
ROWS, LAST = 3, 4
# how a list answers beside its pager of numbers: what stands beyond its end, what it wants, where it leads
LISTS = ("numbers", "repeats-last", "repeats-first", "session", "moved")


@dataclass
class List:
    """A list of articles, the newest first; each page that is shown has a state of its own, that leads to the next."""

    articles: list[int] = field(default_factory=list)
    states: dict[str, int] = field(default_factory=dict)  # handed out, with the page that each belongs to
    posts: int = 0


class WebForms(ThreadingHTTPServer):
    """Lists at /<name>/list.aspx, their articles at /tin-<number>.html."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Asked)
        self.lists = {
            name: List(list(range(100 * place + ROWS * LAST, 100 * place, -1))) for place, name in enumerate(LISTS, 1)
        }
        self.bodies: list[bytes] = []
        self.broken = ""  # what every form is answered by: `first` page, `empty`, `error`, or else a status of 500
        self.slow = 0.0
        self.action = "./list.aspx"

    def page(self, name: str, number: int) -> str:
        shown = self.lists[name]
        state = base64.b64encode(os.urandom(300)).decode()
        shown.states[state] = number
        start = ROWS * (number - 1)
        rows = "".join(ROW.format(each) for each in shown.articles[start : start + ROWS])
        if name == "numbers":
            numbers = [
                f"<span>{each}</span>" if each == number else f'<a href="{go("gv", f"Page${each}")}">{each}</a>'
                for each in range(1, LAST + 1)
            ]
            return PAGE.format(here=self.action, state=state, rows=rows, pager="".join(numbers))
        pager = f'<a href="{go("ctl00$lnkNext")}">Trang sau</a>'
        here = f"{self.action}?x=1" if name == "moved" else self.action
        return PAGE.format(here=here, state=state, rows=rows, pager=pager)

    def turn(self, name: str, body: bytes, cookie: str) -> tuple[int, str, dict[str, str]]:
        """The answer to a form."""
        shown, sent = self.lists[name], {each: values[0] for each, values in parse_qs(body.decode()).items()}
        shown.posts += 1
        if self.broken == "first":
            return 200, self.page(name, 1), {}
        if self.broken == "empty":
            return 200, "<h1>Tin tức</h1><p>Chưa có tin.</p>", {}
        if self.broken == "error":
            return 302, "", {"Location": f"/Loi.aspx?aspxerrorpath=/{name}/list.aspx"}
        number = shown.states.get(sent.get("__VIEWSTATE", ""))
        if number is None or self.broken or (name == "session" and cookie != "ASP.NET_SessionId=k5/x"):
            return 500, "<h1>Validation of viewstate MAC failed.</h1>", {}
        assert sent["q"] == "Tìm kiếm…"
        assert "find" not in sent
        if name == "numbers":
            assert sent["__EVENTARGUMENT"] == f"Page${number + 1}"
        number += 1
        if number > LAST:
            number = 1 if name == "repeats-first" else LAST
        if name == "moved":
            return 303, "", {"Location": f"list.aspx?page={number}"}
        return 200, self.page(name, number), {}


def go(target: str, argument: str = "") -> str:
    return f"javascript:__doPostBack(&#39;{target}&#39;,&#39;{argument}&#39;)"


class Asked(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1
    server: WebForms

    def do_GET(self) -> None:
        if found := re.fullmatch(r"/([\w-]+)/list\.aspx(?:\?page=(\d))?", self.path):
            more = {"Set-Cookie": "ASP.NET_SessionId=k5/x; path=/; HttpOnly"} if found[1] == "session" else {}
            self.answer(200, self.server.page(found[1], int(found[2] or 1)), more)
        elif found := re.fullmatch(r"/tin-(\d+)\.html", self.path):
            self.answer(200, STORY.format(found[1]), {})
        else:
            self.answer(200, "User-agent: *\nDisallow: /rieng/", {"Content-Type": "text/plain"})

    def do_POST(self) -> None:
        time.sleep(self.server.slow)
        body = self.rfile.read(int(self.headers["Content-Length"]))
        assert self.headers["Content-Type"] == "application/x-www-form-urlencoded"
        assert not self.headers["If-None-Match"]
        self.server.bodies.append(body)
        self.answer(*self.server.turn(self.path.split("/")[1], body, self.headers["Cookie"] or ""))

    def answer(self, status: int, text: str, more: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": "text/html; charset=utf-8", **more}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(text.encode())))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def forms(workplace) -> Iterator[WebForms]:
    with WebForms() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def form(workplace, server: WebForms, *names: str) -> None:
    host = f"127.0.0.1:{server.server_port}"
    sections = "".join(f'[[sections]]\ntitle = "{n}"\nurl = "http://{host}/{n}/list.aspx"\n' for n in names)
    workplace.form(
        f'name = "Cổng thử"\nprovince = "kon-tum"\nhosts = ["{host}"]\nloopback = true\n{sections}'
        "[network]\ndelay = 0.0\n"
    )


def crawl(workplace, *arguments: str, status: int = Exit.DONE) -> None:
    ended = workplace.crawl("-a", "portal=demo", *arguments)
    assert ended.status == status, ended


def numbers(workplace) -> list[int]:
    return sorted(int(item["url"].partition("tin-")[2].removesuffix(".html")) for item in workplace.items())


def every(server: WebForms, *names: str) -> list[int]:
    return sorted(each for name in names for each in server.lists[name].articles)


def posted(workplace) -> list[Snapshot]:
    names = [name for name in Snapshot.__slots__ if name != "refers_to"]
    with connect(workplace.portal.ledger, write=False) as base:
        rows = base.execute(
            f"SELECT {', '.join(names)}, NULL FROM snapshots WHERE instr(key, ?) ORDER BY date", (POSTED,)
        ).fetchall()
    return [Snapshot(*row) for row in rows]


def states(workplace) -> dict[str, tuple[str, str | None]]:
    with connect(workplace.portal.ledger, write=False) as base:
        rows = base.execute("SELECT key, state, reason FROM addresses WHERE instr(key, ?)", (POSTED,)).fetchall()
    return {key.partition("/list.aspx")[2]: (state, reason) for key, state, reason in rows}


def test_every_page_of_every_list_and_what_is_kept_of_it(workplace, forms):
    form(workplace, forms, *LISTS)
    crawl(workplace)
    assert numbers(workplace) == every(forms, *LISTS)
    # one more than there are pages, where only the page beyond the last shows that it was the last
    posts = {name: each.posts for name, each in forms.lists.items()}
    assert posts == {"numbers": 3, "repeats-last": 4, "repeats-first": 4, "session": 3 + 1, "moved": 4}
    assert list(verify.verify_portal(workplace.portal)) == []

    rows = posted(workplace)
    sent = [read_exchange(workplace.portal, row.ref).request or b"" for row in rows]
    assert sorted(each.partition(b"\r\n\r\n")[2] for each in sent) == sorted(forms.bodies)
    assert all(re.match(rb"POST /[\w-]+/list\.aspx(\?x=1)? HTTP/1\.1\r\n", each) for each in sent)
    assert {row.kind for row in rows} == {"response"}
    assert {row.url.partition("#")[2] for row in rows} == {""}
    # whoever asks the index for a list gets its first page
    index = [line for line in workplace.portal.index.read_text().splitlines() if "/list.aspx" in line]
    assert [row for row in rows if any(f'"offset": "{row.offset}"' in line for line in index)] == []
    assert len(index) == len(LISTS) + 3

    # a page that shows what is withheld is held back, and not the one that a GET finds at its address
    item = next(each["id"] for each in workplace.items() if each["url"].endswith("/tin-105.html"))
    withheld = workplace.root / "data/withheld.toml"
    withheld.write_text(f'[[withheld]]\nid = "{item}"\nreason = "r"\ndate = 2026-11-23\nby = "b"\n', encoding="utf-8")
    with Archive(workplace.root / "data") as archive:
        shown = showing_keys(archive.folder("demo"))[2]
    assert shown == {f"http://127.0.0.1:{forms.server_port}/numbers/list.aspx#post=3"}

    # the second night: nothing is new, so no page is turned; then two articles are
    before = sum(posts.values())
    crawl(workplace)
    assert sum(each.posts for each in forms.lists.values()) == before
    forms.lists["numbers"].articles[:0] = [900, 901]
    crawl(workplace)
    assert forms.lists["numbers"].posts == 3 + 1  # the second page brings nothing new
    assert numbers(workplace) == every(forms, *LISTS)
    assert list(verify.verify_portal(workplace.portal)) == []


def test_a_killed_run_goes_on_where_it_stood(workplace, forms):
    form(workplace, forms, "repeats-last")
    forms.slow = 0.4
    process = subprocess.Popen(workplace.command("-a", "portal=demo"), cwd=ROOT, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 40
    while forms.lists["repeats-last"].posts < 2 and time.monotonic() < until:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait(10)
    assert forms.lists["repeats-last"].posts == 2
    forms.slow = 0.0
    crawl(workplace)
    assert numbers(workplace) == every(forms, "repeats-last")
    assert forms.lists["repeats-last"].posts <= 4 + 1  # at most the page that was on its way is asked for again
    assert list(verify.verify_portal(workplace.portal)) == []


def test_an_old_form_that_is_not_taken_is_told_once_and_a_full_run_takes_new_ones(workplace, forms):
    form(workplace, forms, "numbers")
    crawl(workplace, "-a", "limit=4")
    assert states(workplace) == {"#post=2": ("done", None), "#post=3": ("due", None)}
    forms.lists["numbers"].states.clear()
    before = forms.lists["numbers"].posts
    crawl(workplace, status=Exit.FAILURES)
    assert forms.lists["numbers"].posts == before + 1
    assert states(workplace)["#post=3"] == ("failed", "HTTP 500")
    (failure,) = workplace.report()["failures"]
    assert failure == {"url": f"http://127.0.0.1:{forms.server_port}/numbers/list.aspx#post=3", "reason": "HTTP 500"}
    crawl(workplace, "-a", "mode=full")
    assert numbers(workplace) == every(forms, "numbers")
    assert {state for state, _ in states(workplace).values()} == {"done"}


@pytest.mark.parametrize(
    ("broken", "trap", "failed"),
    [
        ("first", "form that brings the same page", None),
        ("empty", "form that brings no list", None),
        ("error", None, "redirect to an error"),
        ("500", None, "HTTP 500"),
    ],
)
def test_a_pager_that_leads_nowhere_is_asked_once_and_told(workplace, forms, broken, trap, failed):
    form(workplace, forms, "numbers")
    forms.broken = broken
    crawl(workplace, "-a", "mode=full", status=Exit.FAILURES if failed else Exit.DONE)
    assert forms.lists["numbers"].posts == 1
    report = workplace.report()
    assert [each["kind"] for each in report["traps"]] == ([trap] if trap else [])
    assert [each["reason"].partition(": http")[0] for each in report["failures"]] == ([failed] if failed else [])


def test_robots_txt_holds_for_forms(workplace, forms):
    form(workplace, forms, "numbers")
    forms.action = "/rieng/list.aspx"
    crawl(workplace)
    assert forms.bodies == []
    assert states(workplace) == {"#post=2": ("refused", "robots.txt disallows it")}
