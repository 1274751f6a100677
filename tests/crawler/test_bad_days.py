"""An hour of trouble at a portal costs no article: what answered badly, or was left out, is found by a later run."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from archive.exits import Exit
from archive.storage import verify
from archive.storage.tables import connect

STORY = """<html><head><title>Tin số {0} - Cổng thử</title></head><body>
<div class="detail"><h1>Tỉnh triển khai kế hoạch phòng chống thiên tai số {0}</h1>
<div class="date">Ngày đăng: {0:02}/10/2026 14:30</div>
<div class="content"><p>UBND tỉnh vừa ban hành Kế hoạch số {0}/KH-UBND về phòng chống thiên tai trên địa bàn tỉnh,
yêu cầu các sở, ngành, địa phương thực hiện phương châm bốn tại chỗ trong mùa mưa bão.</p>
<p>Các địa phương rà soát khu vực có nguy cơ sạt lở đất, ngập lụt để sơ tán người dân khi có tình huống xảy ra.</p>
</div></div></body></html>"""
LIST = "<h1>Tin tức</h1><ul>" + "".join(
    f'<li><a href="/tin-{each}.html">Tỉnh triển khai kế hoạch phòng chống thiên tai số {each}</a>'
    f" <span>{each:02}/10/2026</span></li>"
    for each in range(4, 0, -1)
) + "</ul>"  # fmt: skip
ERROR_PAGE = (
    "<html><head><title>Lỗi hệ thống</title></head><body><h1>Đã có lỗi xảy ra</h1><p>Error 500.</p></body></html>"
)

# what the portal answers for its articles, its list or robots.txt on the bad day, and how a crawl then ends
BAD: dict[str, tuple[str, int, str, Exit]] = {
    "not found": ("/tin", 404, "<p>Không tìm thấy</p>", Exit.DONE),
    "an error page with 200": ("/tin", 200, ERROR_PAGE, Exit.DONE),
    "unchanged, which nobody asked": ("/tin", 304, "", Exit.FAILURES),
    "busy": ("/tin", 503, "", Exit.FAILURES),
    "its list is gone": ("/list", 404, "<p>Không tìm thấy</p>", Exit.FAILURES),
    "its list is empty": ("/list", 200, "<h1>Tin tức</h1>", Exit.FAILURES),
    "its list has moved away": ("/list", 301, "http://moved.invalid/", Exit.FAILURES),
    "robots.txt shuts all": ("/robots.txt", 200, "User-agent: *\nDisallow: /", Exit.NOTHING),
}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        bad = BAD.get(self.server.trouble)
        etag = '"1"'
        if bad and self.path.startswith(bad[0]):
            status, text, etag = bad[1], bad[2], ""
        elif self.headers.get("If-None-Match") == etag:
            status, text = 304, ""
        elif self.path == "/robots.txt":
            status, text = 200, "User-agent: *\nDisallow:"
        elif self.path == "/list":
            status, text = 200, LIST
        else:
            status, text = 200, STORY.format(int(self.path.removeprefix("/tin-").removesuffix(".html")))
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/plain" if self.path == "/robots.txt" else "text/html; charset=utf-8")
        if status == 301:
            self.send_header("Location", text)
        if etag:
            self.send_header("ETag", etag)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def server(workplace) -> Iterator[ThreadingHTTPServer]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.trouble = None
        threading.Thread(target=server.serve_forever, daemon=True).start()
        port = server.server_address[1]
        workplace.form(
            f"""name = "Cổng thử"\nprovince = "kon-tum"\nhosts = ["127.0.0.1:{port}"]\nloopback = true
[[sections]]\ntitle = "Tin tức"\nurl = "http://127.0.0.1:{port}/list"\n[network]\ndelay = 0.0\n"""
        )
        yield server
        server.shutdown()


def a_day_passes(work) -> None:
    """All that the ledger has noted was a day earlier."""
    with connect(work.portal.ledger, write=True) as base:
        for column in ("first_seen", "checked_at", "changed_at", "due_at"):
            base.execute(f"UPDATE addresses SET {column} = strftime('%Y-%m-%dT%H:%M:%SZ', {column}, '-1 day')")


@pytest.mark.parametrize("trouble", BAD)
def test_articles_come_out_on_a_better_day(workplace, server, trouble):
    server.trouble = trouble
    ended = workplace.crawl("-a", "portal=demo")
    assert workplace.items() == []
    assert ended.status == BAD[trouble][3], ended
    assert ("failed: " in ended.out or "asks to be left alone" in ended.out) == (ended.status == Exit.FAILURES)
    server.trouble = None
    a_day_passes(workplace)
    assert workplace.crawl("-a", "portal=demo").status == 0
    assert len(workplace.items()) == 4


def test_known_articles_survive_a_day_that_shuts_them_out(workplace, server):
    assert workplace.crawl("-a", "portal=demo").status == 0
    server.trouble = "robots.txt shuts all"
    assert workplace.crawl("-a", "portal=demo", "-a", "mode=full").status == 4
    server.trouble = None
    assert workplace.crawl("-a", "portal=demo", "-a", "mode=full").status == 0
    assert workplace.report()["counts"]["article.unchanged"] == 4


def test_missed_once_is_neither_gone_nor_back(workplace, server):
    assert workplace.crawl("-a", "portal=demo").status == 0
    server.trouble = "not found"
    assert workplace.crawl("-a", "portal=demo", "-a", "mode=full").status == 0
    server.trouble = None
    assert workplace.crawl("-a", "portal=demo", "-a", "mode=full").status == 0
    with connect(workplace.portal.ledger, write=False) as base:
        events = base.execute("SELECT event, count(*) FROM events GROUP BY event").fetchall()
    assert dict(events) == {"missing": 4, "found": 4}
    assert "article.back" not in workplace.report()["counts"]
    assert list(verify.verify_portal(workplace.portal)) == []


@pytest.mark.parametrize("bound", ["since=2026-10-03", "until=2026-10-02"])
def test_what_a_bound_left_out_is_found_without_it(workplace, server, bound):
    assert workplace.crawl("-a", "portal=demo", "-a", bound).status == 0
    assert len(workplace.items()) == 2
    assert workplace.crawl("-a", "portal=demo").status == 0
    assert len(workplace.items()) == 4


def test_a_limit_ends_although_an_article_was_put_off(workplace, server):
    server.trouble = "busy"
    ended = workplace.crawl("-a", "portal=demo", "-a", "limit=2", timeout=30)
    assert ended.status == 0, ended  # what was put off is due in a moment, but the limit is reached: the run is over
    assert workplace.report()["counts"]["left"] == 4
