"""Saved pages of real portals, served on loopback and crawled as a portal; skipped where the pages are not there."""

from __future__ import annotations

import http.server
import json
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

REAL = Path(os.environ.get("PROVINCE_ARCHIVE_REAL", Path(__file__).parents[3] / "shared" / "real"))
pytestmark = pytest.mark.skipif(not (REAL / "INDEX.json").is_file(), reason="the folder of real pages is not here")

FORM = """name = "Sở Thông tin và Truyền thông Hà Nội (bản lưu 2022)"
province = "ha-noi"
publisher = "department"
hosts = ["127.0.0.1:{port}"]
loopback = true
[network]
delay = 0.0
"""


def pages() -> dict[str, bytes]:
    """The saved pages of the Hà Nội department by path and query."""
    index = json.loads((REAL / "INDEX.json").read_text(encoding="utf-8"))
    found = {}
    for entry in index:
        if entry["url"] and "sotttt.hanoi" in entry["url"]:
            parts = urlsplit(entry["url"])
            found[parts.path + (f"?{parts.query}" if parts.query else "")] = (REAL / entry["file"]).read_bytes()
    return found


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        body = self.server.pages.get(self.path)
        self.server.asked.append(self.path)
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", "text/html; charset=UTF-8")
        self.send_header("Content-Length", str(len(body or b"")))
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *args: object) -> None:
        """Quiet."""


@pytest.fixture
def server() -> Iterator[http.server.ThreadingHTTPServer]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        server.pages, server.asked = pages(), []
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def test_the_real_pages_as_a_portal(workplace, server):
    port = server.server_address[1]
    articles = {path: "article" for path in server.pages if "/view_content/" in path}
    front = "".join(f'<li><h3><a href="{path}">Hot news {path[-60:-40]}</a></h3></li>' for path in articles)
    server.pages["/hot-news"] = f"<html><body><h1>Hot news</h1><ul>{front}</ul></body></html>".encode()
    sections = ["/hot-news", "/chi-dao-dieu-hanh", "/chuyen-doi-ipv6", "/web/sotttt-eng/culture"]
    tables = "".join(f'[[sections]]\ntitle = "{path}"\nurl = "http://127.0.0.1:{port}{path}"\n' for path in sections)
    workplace.form(FORM.format(port=port).replace("[network]", f"{tables}[network]"))
    ended = workplace.crawl("-a", "portal=demo")
    assert ended.status == 0, ended
    items = {urlsplit(item["url"]).path.partition("/view_content/")[2][:7]: item for item in workplace.items()}
    facts = {number: (items[number]["title"], items[number]["posted_at"]) for number in ("2625972", "3159471")}
    assert facts == {
        "2625972": (
            "Hanoi Department of Information and Communications (HDIC) creates a video clip for to guide citizen and "
            "organizationto do online filing for Public Online Services level 3, level 4.",
            "2018-06-20T16:12:00+07:00",
        ),
        "3159471": (
            "Rules for citizen reception and Decisions assigning citizens to welcome and receive and process claims by "
            "citizens in Hanoi Department of Information and Communications",
            "2019-03-18T15:06:00+07:00",
        ),
    }
    # the article address that answers a list
    assert not any("3159618" in item["url"] for item in items.values())
    # nothing loops on /vi and /en
    assert not [path for path in server.asked if "/vi/vi" in path or "/en/en" in path or "/vi/en" in path]
    assert len(server.asked) == len(set(server.asked))
    assert len(server.asked) < 150
