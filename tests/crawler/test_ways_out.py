"""A request through every way out ends in exactly one outcome, with its record, whatever the server does."""

from __future__ import annotations

import socket
import socketserver
import threading
from collections import Counter
from collections.abc import Iterator

import pytest

from archive.storage import verify
from archive.storage.tables import connect

STORY = """<html><head><title>Tin số {0} - Cổng thử</title></head>
<body><div class="menu"><a href="/list">Tin tức</a></div>
<div class="detail"><h1>Tỉnh triển khai kế hoạch phòng chống thiên tai số {0}</h1>
<div class="date">Ngày đăng: 12/05/2025 14:30</div>
<div class="content"><p>Ngày 10/5/2025, UBND tỉnh ban hành Kế hoạch số {0}/KH-UBND về phòng chống thiên tai trên
địa bàn tỉnh năm 2025, yêu cầu các sở, ngành, địa phương thực hiện phương châm bốn tại chỗ trong mùa mưa bão.</p>
<p>Các địa phương rà soát khu vực có nguy cơ sạt lở đất, ngập lụt để sơ tán người dân khi có tình huống xảy ra, bảo đảm
an toàn tính mạng và tài sản của nhân dân.</p>{1}</div></div></body></html>"""

WAYS = (
    "ok", "unchanged", "missing", "gone", "to-known", "off-site", "loop", "nowhere", "disallowed", "cut", "silent",
    "reset", "error", "forbidden", "partial", "too-large", "with-files", "bad-gzip",
)  # fmt: skip


def answer(path: str, base: str, head: str) -> bytes | None:
    """What the portal answers; None: nothing, for ever."""
    name = path.strip("/")
    if name == "robots.txt":
        return page("User-agent: *\nDisallow: /disallowed", media="text/plain")
    if name == "list":
        items = "".join(
            f'<li><a href="/{each}">Tỉnh triển khai kế hoạch {each}</a> <span>12/05/2025</span></li>' for each in WAYS
        )
        return page(f"<html><body><h1>Tin tức</h1><ul class='news'>{items}</ul></body></html>")
    redirects = {
        "to-known": "/ok",
        "off-site": "http://elsewhere.invalid/a",
        "loop": f"{base}/loop?again",
        "nowhere": "",
    }
    if name in redirects:
        return f"HTTP/1.1 302 Found\r\nLocation: {redirects[name]}\r\nContent-Length: 0\r\n\r\n".encode()
    if name.startswith("loop"):
        return f"HTTP/1.1 302 Found\r\nLocation: {base}/{name}x\r\nContent-Length: 0\r\n\r\n".encode()
    statuses = {
        "missing": "404 Not Found",
        "gone": "410 Gone",
        "error": "500 Oops",
        "forbidden": "403 No",
        "partial": "206 Partial",
    }
    if name in statuses:
        return page("<p>x</p>", statuses[name])
    if name == "cut":
        return page(STORY.format(1, ""))[:-60]
    if name == "unchanged":
        if "if-none-match" in head.lower():
            return b'HTTP/1.1 304 Not Modified\r\nETag: "one"\r\n\r\n'
        late = "Retry-After: Fri, 01 Jan 9999999999999 00:00:00 GMT\r\n"
        return page(STORY.format(2, ""), extra='ETag: "one"\r\n' + late)
    if name == "too-large":
        return page("x" * 300_000)
    if name == "bad-gzip":
        return page(STORY.format(3, ""), extra="Content-Encoding: gzip\r\n")
    if name == "with-files":
        # an address of a private network, one of the link-local range, and one of this machine on another port
        links = "".join(f'<p><a href="http://{host}/a.pdf">Tải về {host}</a></p>' for host in PRIVATE + NO_ADDRESS)
        return page(STORY.format(4, links))
    if name in ("silent", "reset"):
        return None
    return page(STORY.format(5, ""))


WALL = """<html><head><title>Just a moment...</title></head><body><h1>Checking your browser</h1>
<script src="/cdn-cgi/challenge-platform/x.js"></script></body></html>"""


def walled(path: str, head: str, wall: bool) -> bytes:
    """A list and its article; behind a wall the article answers with a challenge, or says that it has not changed."""
    if path == "/walled-list":
        return page(
            '<h1>Tin tức</h1><ul><li><a href="/walled/chi-tiet-tin-6.html">'
            "Tỉnh triển khai kế hoạch phòng chống thiên tai trên địa bàn</a> <span>12/05/2025</span></li></ul>"
        )
    if wall and "if-none-match" in head:
        return b'HTTP/1.1 304 Not Modified\r\nETag: "wall"\r\n\r\n'
    return page(WALL, extra='ETag: "wall"\r\n') if wall else page(STORY.format(6, ""))


def fenced(head: str) -> bytes:
    """A robots.txt behind a wall whose script sets a literal cookie (D1N)."""
    if "cookie: d1n=7f" in head:
        return page("User-agent: *\nDisallow: /ok", media="text/plain")
    return page('<html><script>document.cookie="D1N=7f"+"; path=/";window.location.reload(true);</script></html>')


PRIVATE = ("10.1.2.3", "169.254.169.254", "127.0.0.2:9", "0x7f000001:9", "[::1]:9")
NO_ADDRESS = ("127.0.0.1:abc", "127.0.0.1:99999", "[::1")


def page(text: str, status: str = "200 OK", media: str = "text/html; charset=utf-8", extra: str = "") -> bytes:
    body = text.encode()
    head = f"HTTP/1.1 {status}\r\nContent-Type: {media}\r\nContent-Length: {len(body)}\r\n{extra}\r\n"
    return head.encode() + body


class Handler(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        self.request.settimeout(20)
        data = b""
        while True:
            while b"\r\n\r\n" not in data:
                more = self.request.recv(65536)
                if not more:
                    return
                data += more
            head, _, data = data.partition(b"\r\n\r\n")
            path = head.split(b" ")[1].decode()
            self.server.asked[path.strip("/")] += 1
            if path == "/robots.txt" and self.server.fenced:
                self.request.sendall(fenced(head.decode("latin-1").lower()))
                continue
            if path == "/robots.txt" and self.server.robots:
                self.request.sendall(self.server.robots)
                return
            if path.startswith("/walled"):
                self.request.sendall(walled(path, head.decode("latin-1").lower(), self.server.walled))
                continue
            reply = answer(path, f"http://127.0.0.1:{self.server.server_address[1]}", head.decode("latin-1"))
            if reply is None:
                if path == "/silent":
                    self.server.over.wait(20)
                else:
                    self.request.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
                return
            self.request.sendall(reply)
            if path == "/cut":
                return


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: Counter[str] = Counter()
        self.over = threading.Event()
        self.walled = False
        self.fenced = False
        self.robots: bytes | None = None  # instead of the usual robots.txt, before hanging up

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is one of the ways."""


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.over.set()
        server.shutdown()


def outcomes(work) -> dict[str, tuple[str, str]]:
    base = connect(work.portal.ledger, write=False)
    rows = base.execute(
        "SELECT url, kind, state, coalesce(reason, '') FROM addresses WHERE kind <> 'robots'"
    ).fetchall()
    base.close()
    return {
        (url.rpartition("/")[2] if kind == "article" else url): (state, reason) for url, kind, state, reason in rows
    }


def test_every_way_out(workplace, server):
    port = server.server_address[1]
    workplace.form(
        f"""name = "Cổng thử"\nprovince = "kon-tum"\nhosts = ["127.0.0.1:{port}"]\nloopback = true
[[sections]]\ntitle = "Tin tức"\nurl = "http://127.0.0.1:{port}/list"\n[network]\ndelay = 0.0\n"""
    )
    settings = ("-s", "CAPTURE_DEADLINE=1", "-s", "MAXSIZE_PAGE=200000")
    ended = workplace.crawl("-a", "portal=demo", *settings)
    assert ended.status == 3, ended
    found = outcomes(workplace)
    assert {name: each for name, each in found.items() if each[0] == "due"} == {}
    expected = {
        "ok": ("done", ""), "unchanged": ("done", ""), "with-files": ("done", ""),
        "missing": ("done", "not found: HTTP 404"), "gone": ("done", "not found: HTTP 410"),
        "to-known": ("done", f"redirect to http://127.0.0.1:{port}/ok"),
        "off-site": ("done", "redirect off site: http://elsewhere.invalid/a"),
        "nowhere": ("failed", "HTTP 302 to nowhere"), "disallowed": ("refused", "robots.txt disallows it"),
        "forbidden": ("failed", "HTTP 403"), "partial": ("failed", "HTTP 206"), "error": ("failed", "HTTP 500"),
    }  # fmt: skip
    assert {name: found[name] for name in expected} == expected
    words = {name: (found[name][0], found[name][1].split(":")[0]) for name in ("cut", "silent", "too-large")}
    assert words == {
        "cut": ("failed", "cut short"),
        "silent": ("failed", "timeout"),
        "too-large": ("failed", "too large"),
    }
    assert found["reset"][0] == "failed"
    assert found["bad-gzip"][0] == "done"
    assert {state for url, (state, _) in found.items() if "a.pdf" in url} == {"refused"}
    assert {url for url in found if "a.pdf" in url} >= {f"http://{host}/a.pdf" for host in PRIVATE}
    # a permanent failure is asked for once, one that may go away three times; what robots.txt disallows, never
    times = {
        name: server.asked[name] for name in ("forbidden", "too-large", "cut", "silent", "error", "disallowed", "ok")
    }
    assert times == {"forbidden": 1, "too-large": 1, "cut": 3, "silent": 3, "error": 3, "disallowed": 0, "ok": 1}
    assert sum(count for name, count in server.asked.items() if name.startswith("loop")) <= 22
    report = workplace.report()
    counts = report["counts"]
    assert counts["failed"] == sum(1 for state, _ in found.values() if state == "failed") == len(report["failures"])
    assert list(verify.verify_portal(workplace.portal)) == []

    again = workplace.crawl("-a", "portal=demo", "-a", "mode=full", *settings)
    assert again.status == 3, again  # a full run asks once more for all that failed
    assert workplace.report()["counts"]["page.not_modified"] == 1
    assert list(verify.verify_portal(workplace.portal)) == []


@pytest.mark.parametrize(
    ("reply", "reason", "times"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\nUser-agent: *\n", "cut short", 3),
        (b"HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n", "robots.txt", 3),
        (b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\n\x1f\x8b\x08\x00", "robots.txt", 3),
        # moved into a private network: out of reach, which is no word on the host itself
        (b"HTTP/1.1 302 No\r\nLocation: http://10.1.2.3/r\r\nContent-Length: 0\r\n\r\n", "private address", 1),
        (b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:99999/robots.txt\r\nContent-Length: 0\r\n\r\n", None, 6),
        (b"HTTP/1.1 302 Found\r\nLocation: /robots.txt\r\nContent-Length: 0\r\n\r\n", None, 6),
    ],
)
def test_a_robots_txt_that_never_comes_ends_too(workplace, server, reply, reason, times):
    """The host is left for the next run after three tries, or read where RFC 9309 says that all is allowed."""
    server.robots = reply
    port = server.server_address[1]
    workplace.form(
        f"""name = "Cổng thử"\nprovince = "kon-tum"\nhosts = ["127.0.0.1:{port}"]\nloopback = true
[[sections]]\ntitle = "Tin tức"\nurl = "http://127.0.0.1:{port}/ok"\n[network]\ndelay = 0.0\n"""
    )
    ended = workplace.crawl("-a", "portal=demo", timeout=30)
    closed = workplace.report()["closed_hosts"]
    if reason is None:
        # the page is asked for; being an article, it names nothing to crawl
        assert (ended.status, closed, server.asked["ok"]) == (3, {}, 1), ended
        assert server.asked["robots.txt"] <= times
    else:
        assert (ended.status, server.asked["robots.txt"], server.asked["ok"]) == (4, times, 0), ended
        assert [why.split(":")[0] for why in closed.values()] == [reason]
        assert outcomes(workplace)[f"http://127.0.0.1:{port}/ok"][0] == "due"


def test_a_wall_before_robots_txt_is_no_leave(workplace, server):
    """The rules stand behind the wall, where a browser would read them."""
    server.fenced = True
    port = server.server_address[1]
    workplace.form(
        f"""name = "Cổng thử"\nprovince = "kon-tum"\nhosts = ["127.0.0.1:{port}"]\nloopback = true
[[sections]]\ntitle = "Tin tức"\nurl = "http://127.0.0.1:{port}/ok"\n[network]\ndelay = 0.0\n"""
    )
    workplace.crawl("-a", "portal=demo", timeout=30)
    assert (server.asked["robots.txt"], server.asked["ok"]) == (2, 0)
    assert outcomes(workplace)[f"http://127.0.0.1:{port}/ok"] == ("refused", "robots.txt disallows it")


def test_a_wall_s_validators_vouch_for_nothing(workplace, server):
    """A challenge with an ETag, a 304 to it, then the true page: the article must come out."""
    port = server.server_address[1]
    workplace.form(
        f"""name = "Cổng thử"\nprovince = "kon-tum"\nhosts = ["127.0.0.1:{port}"]\nloopback = true
[[sections]]\ntitle = "Tin tức"\nurl = "http://127.0.0.1:{port}/walled-list"\n[network]\ndelay = 0.0\n"""
    )
    server.walled = True
    assert workplace.crawl("-a", "portal=demo").status == 3
    assert workplace.items() == []
    server.walled = False
    assert workplace.crawl("-a", "portal=demo", "-a", "mode=full").status == 0
    assert [item["title"] for item in workplace.items()] == ["Tỉnh triển khai kế hoạch phòng chống thiên tai số 6"]
