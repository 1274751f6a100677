"""The threats of the hostile portal: what each answers, and whether an article may come of it.

The numbers are the rows of the table of threats that the project was planned by (1 endless calendar … 69 remote
control); most rows have several manners here. `item` is True where the page holds a true article that must come out,
False where none may, None where either is right and only the crawl must survive.
"""

from __future__ import annotations

import asyncio
import gzip
import random
import unicodedata
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

import brotli
from fault_server import Asked, Talk, page, redirect
from fault_stories import article, title

MEGA = 1 << 20


@dataclass(frozen=True, slots=True)
class Threat:
    """One address of the hostile portal."""

    name: str
    row: int
    answer: Callable[[Asked, int], bytes | Talk]  # the second: the number its article would have
    item: bool | None = False


def fixed(data: bytes) -> Callable[[Asked, int], bytes]:
    return lambda _asked, _number: data


def html(text: str) -> Callable[[Asked, int], bytes]:
    return fixed(page(f"<html><head><title>Cổng thử</title></head><body>{text}</body></html>"))


def talk(speak: Callable[[asyncio.StreamWriter, bytes], object]) -> Callable[[Asked, int], Talk]:
    """A manner of sending an article that is not all at once."""

    def answer(_asked: Asked, number: int) -> Talk:
        async def spoken(writer: asyncio.StreamWriter) -> None:
            await speak(writer, page(article(number)))  # type: ignore[misc]

        return spoken

    return answer


def told(*headers: str, status: str = "200 OK", **more: str) -> Callable[[Asked, int], bytes]:
    """An article with further headers, another status, or further text in it."""
    return lambda _asked, number: page(article(number, **more), status, headers=headers)  # type: ignore[arg-type]


def coded(coding: str, pack: Callable[[], bytes]) -> Callable[[Asked, int], bytes]:
    return lambda _asked, _number: page(pack(), headers=[f"Content-Encoding: {coding}"])


def around(change: Callable[[bytes], bytes]) -> Callable[[Asked, int], bytes]:
    """An article whose whole answer is changed."""
    return lambda _asked, number: change(page(article(number)))


# --- bodies ------------------------------------------------------------------------------------------------------

_BOMB = 300 * MEGA


def _packed(feed: Callable[[bytes], bytes], end: Callable[[], bytes], size: int = _BOMB) -> bytes:
    zeros = b"<p>0</p>" * (MEGA // 8)
    return b"".join(feed(zeros) for _ in range(size // MEGA)) + end()


@cache
def gzip_bomb() -> bytes:
    packer = zlib.compressobj(6, wbits=31)
    return _packed(packer.compress, packer.flush)


@cache
def deflate_bomb() -> bytes:
    packer = zlib.compressobj(6)
    return _packed(packer.compress, packer.flush)


@cache
def brotli_bomb() -> bytes:
    packer = brotli.Compressor(quality=1)
    return _packed(packer.process, packer.finish)


@cache
def double_bomb() -> bytes:
    return gzip.compress(gzip_bomb())


def _many_members() -> bytes:
    return gzip.compress(b"<p>x</p>" * 8192) * 2000


async def _send(writer: asyncio.StreamWriter, data: bytes) -> None:
    """Write, and end the manner where the other side has gone."""
    if writer.is_closing():
        raise ConnectionResetError
    writer.write(data)
    await writer.drain()


async def _slow_head(writer: asyncio.StreamWriter, whole: bytes) -> None:
    for each in whole[:200]:
        await _send(writer, bytes([each]))
        await asyncio.sleep(0.5)


async def _slow_body(writer: asyncio.StreamWriter, whole: bytes) -> None:
    writer.write(whole[:300])
    for each in whole[300:]:
        await _send(writer, bytes([each]))
        await asyncio.sleep(0.5)


async def _silence(writer: asyncio.StreamWriter, _whole: bytes) -> None:
    await asyncio.sleep(90)


async def _endless(writer: asyncio.StreamWriter, _whole: bytes) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n")
    chunk = b"10000\r\n" + b"<p>endless</p>\r\n" * 4096 + b"\r\n"
    for _ in range(8192):  # 512 MB, were it taken
        await _send(writer, chunk)


async def _endless_head(writer: asyncio.StreamWriter, _whole: bytes) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n")
    for number in range(40_000):
        await _send(writer, b"X-Header-%d: %s\r\n" % (number, b"x" * 60))


async def _interim(writer: asyncio.StreamWriter, whole: bytes) -> None:
    for _ in range(20_000):
        await _send(writer, b"HTTP/1.1 100 Continue\r\n\r\n")
    writer.write(whole)


async def _chunks_of_one(writer: asyncio.StreamWriter, whole: bytes) -> None:
    head, _, body = whole.partition(b"\r\n\r\n")
    lines = [line for line in head.split(b"\r\n") if not line.startswith(b"Content-Length")]
    writer.write(b"\r\n".join([*lines, b"Transfer-Encoding: chunked"]) + b"\r\n\r\n")
    writer.write(b"".join(b"1\r\n%c\r\n" % each for each in body) + b"0\r\n\r\n")
    await writer.drain()


def _deep(_asked: Asked, number: int) -> bytes:
    return page(article(number, extra="<div>" * 200_000 + "x" + "</div>" * 200_000))


def _wide(_asked: Asked, number: int) -> bytes:
    links = "".join(f'<a href="/x/{each}">x{each}</a>' for each in range(300_000))
    return page(article(number, extra=f"<div>{links}</div>"))


def _one_node(_asked: Asked, number: int) -> bytes:
    return page(article(number, extra="<p>" + "Ngày 1/1/2025 số 1/QĐ-UBND " * 320_000 + "</p>"))


def _filled(piece: str, most_tags: int) -> Callable[[Asked, int], bytes]:
    """A page just below every cap: 10 MiB, and so many tags."""

    def answer(_asked: Asked, number: int) -> bytes:
        rest = (10 * MEGA - 20_000 - len(piece.encode()) * most_tags) // len("chữ số 1 ".encode())
        return page(article(number, extra=f"<div>{piece * most_tags}{'chữ số 1 ' * max(0, rest)}</div>"))

    return answer


def _attributes(_asked: Asked, number: int) -> bytes:
    return page(article(number, extra="<p " + " ".join(f"a{each}={each}" for each in range(600_000)) + ">x</p>"))


def _entities(_asked: Asked, number: int) -> bytes:
    return page(article(number, extra="<p>" + "&amp;&nbsp;&#8203;&#x1F1FB;" * 350_000 + "</p>"))


def _regexes(_asked: Asked, number: int) -> bytes:
    hard = "1" * 30_000 + "/" * 30_000 + "a" * 30_000 + " số " * 10_000 + "ngày " * 10_000 + "QĐ-" * 10_000
    return page(article(number, extra=f"<p>{hard}</p>"))


def _forged(_asked: Asked, number: int) -> bytes:
    record = b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:0>\r\nContent-Length: 3\r\n\r\nabc\r\n\r\n"
    inner = gzip.compress(record) + b"\x1f\x8b\x08" + record
    return page(article(number).encode() + b"<!--" + inner.replace(b"-->", b"--") + b"-->")


def titled(strange: str) -> Callable[[Asked, int], bytes]:
    """An article whose headline begins with something strange."""
    return lambda _asked, number: page(article(number).replace(title(number), strange + title(number)))


def encoded(charset: str, label: str | None) -> Callable[[Asked, int], bytes]:
    """An article in another encoding than its label says; the page's own meta says UTF-8."""
    media = f"text/html; charset={label}" if label else "text/html"
    return lambda _asked, number: page(article(number).encode(charset, "replace"), media=media)


def hops(_asked: Asked, _number: int) -> bytes:
    step = int(_asked.path.partition("buoc=")[2] or 0)
    return redirect(f"{_asked.path.partition('?')[0]}?buoc={step + 1}")


def flapping(asked: Asked, number: int) -> bytes:
    return page("<p>busy</p>", "503 Busy") if asked.times < 2 else page(article(number))


def again_after(value: str, status: str = "429 Too Many Requests") -> Callable[[Asked, int], bytes]:
    def answer(asked: Asked, number: int) -> bytes:
        return (
            page("<p>wait</p>", status, headers=[f"Retry-After: {value}"]) if not asked.times else page(article(number))
        )

    return answer


def empty_once(asked: Asked, number: int) -> bytes:
    return page("") if not asked.times else page(article(number))


def length(before: bytes) -> Callable[[Asked, int], bytes]:
    """An article whose Content-Length has something before its number."""
    return around(lambda whole: whole.replace(b"Content-Length: ", b"Content-Length: " + before, 1))


def each_other(asked: Asked, _number: int) -> bytes:
    return redirect("/de-doa/hai-trang-cho-nhau" + ("" if asked.path.endswith("/b") else "/b"))


def cookie_loop(asked: Asked, _number: int) -> bytes:
    return page("", "302 Found", headers=[f"Location: {asked.path}", "Set-Cookie: a=1; Domain=vn"])


def impossible_day(_asked: Asked, number: int) -> bytes:
    return page(article(number).replace("14:30", "99:99").replace("Ngày đăng:", "Ngày đăng: 31/02/2025"))


def false_canonical(_asked: Asked, number: int) -> bytes:
    return page(article(number).replace("<title>", '<link rel="canonical" href="/tin/0.html"><title>'))


OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n"
STRAY = b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n<h1>x</h1>"
ODD_HEADERS = ("X-Tên: á", "X Blank: 1", ": 2", "X-Fold: a\r\n\tb", "X-Nul: a\x00b", "X-CR: a\rWARC/1.1")
COOKIES = [f"Set-Cookie: c{number}={'x' * 300}; Domain=gov.vn" for number in range(200)]
NOT_FOUND = "<h1>Không tìm thấy trang</h1><p>Trang bạn yêu cầu không tồn tại hoặc đã bị xóa.</p>"
ERROR = "<h1>Lỗi hệ thống</h1><p>Đã có lỗi xảy ra trong quá trình xử lý. Vui lòng thử lại sau.</p>"
WALL = '<script>document.cookie="D1N=abc"+"; path=/";window.location.reload(true);</script>'
LOGIN = '<h1>Đăng nhập</h1><form><input name="u"><input type="password" name="p"><button>Đăng nhập</button></form>'
CHALLENGE = '<h1>Just a moment...</h1><div id="cf-challenge">Checking your browser before accessing</div>'
BIDI = "‮‭⁦"
CONTROL = "\x1b]0;owned\x07\x1b[31m\x85"

THREATS = [
    # redirects
    Threat("vong-lap", 4, lambda asked, _: redirect(asked.path)),
    Threat("ba-muoi-buoc", 4, hops),
    Threat("hai-trang-cho-nhau", 4, each_other),
    Threat("cookie-lap", 4, cookie_loop),
    *(Threat(f"chuyen-{scheme}", 29, fixed(redirect(target))) for scheme, target in (
        ("file", "file:///etc/passwd"), ("data", "data:text/html,<h1>x</h1>"), ("ftp", "ftp://127.0.0.2/a"),
        ("js", "javascript:alert(1)"), ("gopher", "gopher://127.0.0.2:70/"), ("rong", ""), ("hong", "http://[::1"),
    )),
    # pages that are no articles
    Threat("mem-404", 5, html(NOT_FOUND)),
    Threat("loi-200", 6, html(ERROR)),
    Threat("loi-java", 6, html("<h1>HTTP Status 500</h1><pre>java.lang.NullPointerException\n at x.y(Z.java:1)</pre>")),
    Threat("rong", 7, fixed(page(""))),
    Threat("rong-mot-lan", 7, empty_once, item=None),
    Threat("dang-nhap", 8, html(LOGIN)),
    Threat("tuong-403", 9, fixed(page(CHALLENGE, "403 Forbidden"))),
    Threat("thach-do", 9, html(CHALLENGE)),
    Threat("captcha", 9, html('<h1>Xác minh bạn không phải là robot</h1><script src="/recaptcha/api.js"></script>')),
    Threat("tuong-cookie", 9, html(WALL)),
    Threat("bao-tri", 6, html("<h1>Thông báo</h1><p>Hệ thống đang bảo trì, xin quay lại sau.</p>")),
    # large, packed, slow
    Threat("qua-lon", 10, fixed(OK + b"Content-Length: 99999999999\r\n\r\n<p>x")),
    Threat("vo-tan", 10, talk(_endless)),
    Threat("dau-cham", 11, talk(_slow_head)),
    Threat("than-cham", 11, talk(_slow_body)),
    Threat("im-lang", 11, talk(_silence)),
    Threat("bom-gzip", 12, coded("gzip", gzip_bomb)),
    Threat("bom-deflate", 12, coded("deflate", deflate_bomb)),
    Threat("bom-br", 12, coded("br", brotli_bomb)),
    Threat("bom-kep", 12, coded("gzip, gzip", double_bomb)),
    Threat("bom-nhieu-khuc", 12, coded("gzip", _many_members)),
    Threat("ma-hoa-la", 12, coded("zstd, x-unknown", lambda: b"\x28\xb5\x2f\xfd" * 500)),
    Threat("gzip-rac", 12, coded("gzip", lambda: b"\x1f\x8b\x08" + b"\xff" * 4000)),
    # letters
    Threat("cp1258", 14, encoded("cp1258", "windows-1258"), item=None),
    Threat("nhan-latin1", 14, encoded("utf-8", "iso-8859-1"), item=None),
    Threat("khong-nhan", 14, encoded("utf-8", None), item=True),
    Threat("utf-16", 14, encoded("utf-16", "utf-16"), item=None),
    Threat("nhan-la", 14, encoded("utf-8", "x-no-such-charset"), item=True),
    Threat("bom", 14, encoded("utf-8-sig", "utf-8"), item=True),
    Threat("utf8-hong", 15, around(lambda whole: whole.replace("Cổng".encode(), b"\xff\xfe\xc3(__")), item=None),
    Threat("nul-c0", 15, titled("\x00\x01\x02"), item=True),
    Threat("to-hop", 16, lambda _, number: page(unicodedata.normalize("NFD", article(number))), item=True),
    # odd HTTP
    Threat("http-1.0", 17, around(lambda whole: whole.replace(b"HTTP/1.1", b"HTTP/1.0", 1)), item=True),
    Threat("http-0.9", 17, around(lambda whole: whole.partition(b"\r\n\r\n")[2])),
    Threat("dai-qua", 18, length(b"9")),
    Threat("so-khong", 18, length(b"0"), item=True),
    Threat("am", 18, length(b"-")),
    Threat("hai-do-dai", 18, told("Content-Length: 7")),
    Threat("khuc-mot-byte", 19, talk(_chunks_of_one), item=True),
    Threat("khuc-hong", 19, fixed(CHUNKED + b"\r\nzz\r\nabc\r\n0\r\n\r\n")),
    Threat("khuc-cut", 19, fixed(CHUNKED + b"Connection: close\r\n\r\nff\r\nabc")),
    Threat("khuc-khong-lo", 19, fixed(CHUNKED + b"\r\nffffffffffffffff\r\nabc")),
    Threat("dau-hong", 20, told(*ODD_HEADERS), item=True),
    Threat("van-dau", 21, talk(_endless_head)),
    Threat("van-100", 22, talk(_interim)),
    Threat("103", 22, around(lambda whole: b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + whole), item=True),
    Threat("khong-ly-do", 22, around(lambda whole: whole.replace(b"200 OK", b"200", 1)), item=True),
    Threat("ly-do-escape", 22, told(status="200 \x1b[31mOK\x1b[0m"), item=True),
    Threat("206", 22, told(status="206 Partial Content")),
    Threat("304", 22, told(status="304 Not Modified")),
    Threat("999", 22, told(status="999 Denied")),
    Threat("600", 22, told(status="600 What")),
    Threat("000", 22, told(status="000 Nothing")),
    Threat("rac", 22, fixed(b"\x16\x03\x01\x02\x00\x01\x00 this is not HTTP\r\n\r\n")),
    Threat("stray", 22, around(lambda whole: whole + STRAY), item=True),
    # heavy pages
    Threat("long-nhau", 34, _deep, item=None),
    Threat("rong-lon", 34, _wide, item=None),
    Threat("mot-nut", 34, _one_node, item=None),
    Threat("day-doan", 34, _filled("<p>Ngày 1/1/2025 số 1/QĐ-UBND</p>", 95_000), item=None),
    Threat("day-o", 34, _filled("<tr><td>1<td>2", 65_000), item=None),
    Threat("day-lien-ket", 34, _filled('<a href="/tin/1.html">Quyết định số 12/QĐ-UBND</a> ', 98_000), item=None),
    Threat("thuoc-tinh", 34, _attributes, item=None),
    Threat("thuc-the", 34, _entities, item=None),
    Threat("mau-kho", 35, _regexes, item=None),
    # words that hurt whoever shows them
    Threat("script", 36, titled("&lt;script&gt;alert(1)&lt;/script&gt; "), item=True),
    Threat("script-that", 36, titled("<script>alert(1)</script><img src=x onerror=alert(1)>"), item=True),
    Threat("csv-bang", 40, titled("=HYPERLINK(&quot;http://x&quot;) "), item=True),
    Threat("csv-cong", 40, titled("+1+cmd|' /C calc'!A0 "), item=True),
    Threat("bidi", 41, titled(BIDI), item=True),
    Threat("escape", 41, titled(CONTROL), item=True),
    Threat("xuong-dong", 42, titled("một\r\nhai\u2028ba\u2029bốn\x0bnăm "), item=True),
    Threat("cookie-lut", 45, told(*COOKIES), item=True),
    # asked to wait
    Threat("429-giay", 46, again_after("1"), item=True),
    Threat("429-ngay", 46, again_after("Thu, 01 Jan 1970 00:00:00 GMT"), item=True),
    Threat("503-vo-ly", 46, again_after("-5, banana", "503 Busy"), item=True),
    Threat("503-chap-chon", 47, flapping, item=True),
    Threat("500", 47, fixed(page("<p>x</p>", "500 Oops"))),
    # dates, identity, forgery
    Threat("ngay-vo-ly", 50, impossible_day, item=None),
    Threat("canonical-gia", 52, false_canonical, item=True),
    Threat("warc-trong-than", 53, _forged, item=True),
    Threat("../../../../etc/passwd", 43, told(), item=None),
    Threat("%2e%2e%2f%2e%2e%2fetc%2fpasswd", 43, told(), item=None),
    Threat("a" * 1200, 23, told(), item=None),
]  # fmt: skip


def private_spellings(port: int) -> Iterator[str]:
    """Addresses of 127.0.0.2 and its like, in every spelling that a resolver or a parser may take for one."""
    yield from (
        f"http://127.0.0.2:{port}/a", f"//127.0.0.2:{port}/a", f"http://2130706434:{port}/a",
        f"http://0x7f000002:{port}/a", f"http://0x7f.0.0.2:{port}/a", f"http://0177.0.0.2:{port}/a",
        f"http://127.2:{port}/a", f"http://127.0.2:{port}/a", f"http://[::ffff:127.0.0.2]:{port}/a",
        f"http://[::ffff:7f00:2]:{port}/a", f"http://[0:0:0:0:0:ffff:7f00:0002]:{port}/a",
        f"http://[64:ff9b::7f00:2]:{port}/a", f"http://127.0.0.2.:{port}/a", f"http://127。0。0。2:{port}/a",
        f"http://①②⑦.⓪.⓪.②:{port}/a", f"http://x:y@127.0.0.2:{port}/a", f"http://127.0.0.1:{port}@127.0.0.2:{port}/a",
        f"http:\\\\127.0.0.2:{port}\\a", f"HTTP://127.0.0.2:{port}/a", f"ht\ttp://127.0.0.2:{port}/a",
        f"http://017700000002:{port}/a", f"http://127.0.0.002:{port}/a",
        f"https://127.0.0.2:{port}/a", f"http://0.0.0.0:{port + 1}/a", f"http://localhost:{port}/a", f"http://[::1]:{port}/a",
        f"http://[::]:{port}/a", f"http://0:{port}/a",
        f"http://127.0.0.1:{port + 1}/a", f"http://127.0.0.2:{port}#@127.0.0.1:{port}/a", f"http://127.0.0.2:{port}\\@127.0.0.1:{port}/a",
    )  # fmt: skip


def digest(name: str) -> int:
    """The number of the article that a threat would hold."""
    return 10_000 + random.Random(name).randrange(80_000)
