"""`-a requisites=`: none, the images of the article, or all that its page needs; each once."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest

from archive.storage import verify
from archive.storage.tables import connect

TEXT = "<p>Ngày 10/5/2025, UBND tỉnh ban hành Kế hoạch về phòng chống thiên tai trên địa bàn tỉnh năm 2025.</p>" * 4
STORY = """<html><head><title>Tin số {0} - Cổng thử</title><link rel="stylesheet" href="/main.css">
<script src="/main.js"></script><link rel="icon" href="/i.ico"></head>
<body><div class="menu"><img src="/logo.png"></div>
<div class="detail"><h1>Tỉnh triển khai kế hoạch phòng chống thiên tai số {0}</h1>
<div class="date">Ngày đăng: 12/05/2025 14:30</div>
<div class="content">{1}<p><img src="/photo-{0}.jpg"></p>{1}</div></div>
</body></html>"""
CSS = "@import 'more.css'; .menu { background: url(/back.png) }"
LIST = "".join(
    f'<li><a href="/tin/{n}.html">Tỉnh triển khai kế hoạch phòng chống thiên tai số {n}</a> 12/05/2025</li>'
    for n in (1, 2, 3)
)


class Handler(BaseHTTPRequestHandler):
    asked: ClassVar[Counter[str]] = Counter()

    def do_GET(self) -> None:
        Handler.asked[self.path] += 1
        media, body = "image/png", b"\x89PNG" + self.path.encode() * 300
        if self.path == "/robots.txt":
            media, body = "text/plain", b""
        elif self.path == "/list":
            media, body = (
                "text/html; charset=utf-8",
                f"<html><body><h1>Tin tức</h1><ul>{LIST}</ul></body></html>".encode(),
            )
        elif self.path.startswith("/tin/"):
            media, body = "text/html; charset=utf-8", STORY.format(self.path[5], TEXT).encode()
        elif self.path == "/main.css":
            media, body = "text/css", CSS.encode()
        elif self.path == "/more.css":
            media, body = "text/css", b".x { background: url(/too-deep.png) }"
        self.send_response(200)
        self.send_header("Content-Type", media)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@pytest.fixture
def port() -> Iterator[int]:
    Handler.asked.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


PHOTOS = {"/photo-1.jpg", "/photo-2.jpg", "/photo-3.jpg"}
ALL = PHOTOS | {"/main.css", "/more.css", "/main.js", "/i.ico", "/logo.png", "/back.png"}


@pytest.mark.parametrize(("asked", "expected"), [("none", set()), (None, PHOTOS), ("images", PHOTOS), ("all", ALL)])
def test_what_is_fetched_beside_the_pages(workplace, port, asked, expected):
    workplace.form(
        f'name = "Thử"\nprovince = "kon-tum"\nhosts = ["127.0.0.1:{port}"]\nloopback = true\n'
        f'[[sections]]\ntitle = "Tin"\nurl = "http://127.0.0.1:{port}/list"\n[network]\ndelay = 0.0\n'
    )
    arguments = ("-a", "portal=demo", *(("-a", f"requisites={asked}") if asked else ()))
    done = workplace.crawl(*arguments)
    assert done.status == 0, done.err
    assert len(workplace.items()) == 3
    pages = {"/robots.txt", "/list", "/tin/1.html", "/tin/2.html", "/tin/3.html"}
    assert set(Handler.asked) - pages == expected
    assert set(Handler.asked.values()) == {1}
    assert workplace.crawl(*arguments, "-a", "mode=full").status == 0
    assert {Handler.asked[path] for path in expected} <= {1}  # once, whatever the mode
    base = connect(workplace.portal.ledger, write=False)
    assert base.execute("SELECT count(*) FROM addresses WHERE state <> 'done'").fetchone() == (0,)
    base.close()
    assert list(verify.verify_portal(workplace.portal)) == []
