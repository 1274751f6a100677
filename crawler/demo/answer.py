"""The whole demo portal as one pure function: an address in, a status, headers and a body out."""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time
from email.utils import format_datetime, parsedate_to_datetime
from functools import lru_cache
from urllib.parse import unquote

from crawler.demo.content import DAY, PORT
from crawler.demo.files import gzipped
from crawler.demo.markup.shell import Scene
from crawler.demo.page import Page
from crawler.demo.site import page_at

Headers = list[tuple[str, str]]

# A validator speaks of what a page says, not of the clock in its header: it is made from the page of this day.
NO_DAY = date(2000, 1, 3)


def answer(
    path: str, query: str = "", headers: Mapping[str, str] | None = None, edition: int = 1, day: date = DAY
) -> tuple[int, Headers, bytes]:
    """What the portal answers to GET; header names in lower case, both ways of writing.

    The port in absolute links is that of the Host header. A page without Content-Length is one the portal streams.
    """
    asked = headers or {}
    scene = Scene(day, edition, _port(asked.get("host", "")), unquote(re.sub(r";jsessionid=[^/?]*", "", path)))
    cookie = "cookie" if "D1N=" in asked.get("cookie", "") else ""
    page = _page(scene, query, cookie)
    out: Headers = [("date", _http_date(datetime.combine(day, time(1), UTC))), ("server", "demo")]
    out += [("content-type", page.media_type)] if page.body else []
    out += [(name, value) for name, value in page.headers]
    if page.is_text:
        out.append(("vary", "Accept-Encoding"))
    tag = _tag(scene, query, cookie, page)
    stamp = datetime.combine(page.modified, time(2, 30), UTC) if page.modified else None
    if tag:
        out.append(("etag", tag))
    if stamp:
        out.append(("last-modified", _http_date(stamp)))
    if page.status == 200 and _fresh(asked, tag, stamp):
        return 304, [(name, value) for name, value in out if name != "content-type"], b""
    body = page.body
    if page.is_text and len(body) > 400 and _takes_gzip(asked.get("accept-encoding", "")):
        body = gzipped(body)
        out.append(("content-encoding", "gzip"))
    if not (page.is_text and page.status == 200 and zlib.crc32(path.encode()) % 3 == 0):
        out.append(("content-length", str(len(body))))
    return page.status, out, body


@lru_cache(maxsize=512)
def _page(scene: Scene, query: str, cookie: str) -> Page:
    return page_at(scene, query, cookie)


def _tag(scene: Scene, query: str, cookie: str, page: Page) -> str | None:
    if not page.tagged:
        return None
    if not page.is_text:
        return f'"{hashlib.sha256(page.body).hexdigest()[:20]}"'
    still = _page(replace(scene, day=NO_DAY), query, cookie)
    return f'W/"{hashlib.sha256(still.body).hexdigest()[:20]}"'


def _fresh(asked: Mapping[str, str], tag: str | None, stamp: datetime | None) -> bool:
    """Whether the client's copy still holds (RFC 9110, 13.2.2): If-None-Match decides where it is sent."""
    if "if-none-match" in asked:
        given = {each.strip().removeprefix("W/") for each in asked["if-none-match"].split(",")}
        return tag is not None and ("*" in given or tag.removeprefix("W/") in given)
    if "if-modified-since" in asked and stamp:
        try:
            return stamp <= parsedate_to_datetime(asked["if-modified-since"])
        except (ValueError, TypeError):
            return False
    return False


def _takes_gzip(accepted: str) -> bool:
    for each in accepted.lower().split(","):
        name, _, weight = each.partition(";")
        if name.strip() in ("gzip", "*"):
            return not re.fullmatch(r"\s*q\s*=\s*0(\.0*)?\s*", weight)
    return False


def _port(host: str) -> int:
    found = re.fullmatch(r"[^:]*:(\d{1,5})", host)
    return int(found[1]) if found else PORT


def _http_date(moment: datetime) -> str:
    return format_datetime(moment, usegmt=True)
