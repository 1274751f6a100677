"""Recrawls: pages that never repeat a byte and are not edited, and edits, deletions and returns told by name.

`python tests/faults/recrawl.py` prints what runs over a portal of 1,000 articles told, of which every page carries a
clock, a counter and tokens, and what an unchanged recrawl of the demo cost.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from fault_bench import ROOT, Place, scratch, table
from fault_server import Asked, Served, page, redirect
from fault_stories import article, listing

# What happens to which articles in the second edition; in the third the restored ones are back.
EDITED = range(10, 20)
DELETED = {
    30: "404", 31: "410", 32: "soft", 33: "home", 34: "list", 35: "empty", 36: "soft-2", 37: "section",
    38: "home-2", 39: "other",
}  # fmt: skip
MOVED = 39  # to an address that has to be looked at first
TROUBLED = {40: "error", 41: "500", 42: "wall", 43: "login", 44: "blank", 45: "cut"}  # these are not deleted
RESTORED = (30, 32)
NEW = (5000, 5001)

GONE = {
    "soft": "<h1>Không tìm thấy trang</h1><p>Bài viết bạn yêu cầu không tồn tại.</p>",
    "soft-2": "<h1>Thông báo</h1><p>Nội dung này đã bị xóa hoặc đã hết hạn hiển thị.</p>",
    "empty": "<h1></h1><div class='content'></div>",
    "error": "<h1>Lỗi hệ thống</h1><p>Đã có lỗi xảy ra trong quá trình xử lý.</p>",
    "login": '<h1>Đăng nhập</h1><form><input name="u"><input type="password" name="p"></form>',
    "wall": '<h1>Just a moment...</h1><div id="cf-challenge">Checking your browser before accessing</div>',
}


class Restless:
    """A portal whose pages never repeat a byte outside their articles; `told` is its edition."""

    told = "1"

    def __init__(self, count: int) -> None:
        self.count = count
        self._visits = itertools.count(1)

    def __call__(self, asked: Asked) -> bytes:
        path, edition = asked.path, int(self.told)
        if path == "/robots.txt":
            return page("User-agent: *\nAllow: /", media="text/plain")
        if path.startswith("/list"):
            return self.list(int(path.partition("page=")[2] or 0), edition)
        found = re.fullmatch(r"/tin/(\d+)\.html", path)
        if not found:
            return page(f"<html><body><h1>Trang chủ</h1>{self.frame()}</body></html>")
        return self.story(int(found[1]), edition)

    def frame(self) -> str:
        """What stands around every article, new at every visit."""
        visit, token = next(self._visits), os.urandom(12).hex()
        return (
            f'<div class="clock">Hôm nay: {time.strftime("%H:%M:%S")}, ngày 23/11/2026</div>'
            f'<div class="counter">Lượt truy cập: {1000000 + visit}</div>'
            f'<p class="online">Đang trực tuyến: {visit % 97}</p>'
            f'<input type="hidden" name="__RequestVerificationToken" value="{token}">'
            f'<script nonce="{token}">var t="{token}"</script>'
            f'<form><input type="hidden" name="__VIEWSTATE" value="{os.urandom(200).hex()}"></form>'
            f'<img src="/hit.gif?{token}">'
        )

    def list(self, first: int, edition: int) -> bytes:
        numbers = list(range(self.count))
        if edition > 1:
            back = RESTORED if edition > 3 else ()
            numbers = [*NEW, *(each for each in numbers if each not in DELETED or each in back)]
        following = f"/list?page={first + 50}" if first + 50 < len(numbers) else None
        return page(listing(numbers[first : first + 50], following, around=self.frame()))

    def story(self, number: int, edition: int) -> bytes:
        manner = ""
        if edition > 1:
            manner = DELETED.get(number, TROUBLED.get(number, ""))
            if edition > 3 and number in RESTORED:
                manner = ""
        note = " Tỉnh sẽ tiếp tục theo dõi và đã bổ sung kinh phí." if edition > 1 and number in EDITED else ""
        views = f'<div class="views">Lượt xem: {next(self._visits)}</div>'
        views += f'<div class="print">In lúc {time.strftime("%H:%M:%S")}</div>'
        answers = {
            "404": page("x", "404 Not Found"), "410": page("x", "410 Gone"), "500": page("x", "500 Oops"),
            "home": redirect("/"), "section": redirect("/list"),
            "home-2": redirect("/vi/trang-chu.html"), "other": redirect("/thong-bao.html"), "blank": page(""),
        }  # fmt: skip
        if manner == "list":
            return self.list(0, edition)
        if manner in GONE:
            return page(f"<html><head><title>Cổng thử</title></head><body>{GONE[manner]}{self.frame()}</body></html>")
        if manner == "cut":  # in its coding, under a right length
            packed = gzip.compress(article(number).encode())
            return page(packed[: len(packed) // 2], headers=["Content-Encoding: gzip"])
        return answers[manner] if manner else page(article(number, note=note, extra=views, around=self.frame()))


def events(place: Place, event: str) -> list[int]:
    rows = place.ask(
        "SELECT DISTINCT a.url FROM events e JOIN addresses a ON a.article = e.article WHERE e.event = ?", event
    )
    return sorted(_number(url) for (url,) in rows)


def _number(url: str) -> int:
    return int(re.sub(r"\D", "", url.rpartition("/")[2]))


def recrawl(root: Path, count: int) -> list[tuple[str, Any, Any]]:
    """Run over the editions; rows of what was told and what is true."""
    rows: list[tuple[str, Any, Any]] = []
    full = ("-a", "mode=full")
    with Served(Restless(count)) as server:
        place = Place(root)
        place.root.mkdir(parents=True, exist_ok=True)
        place.form(server.host)
        first = place.crawl(timeout=300)
        rows.append(("articles of the first run", len(place.items()), count))
        rows.append(("its status", first.status, 0))
        again = place.crawl(*full, timeout=300)
        rows.append(("false edits of a full recrawl", len(place.items()) - count, 0))
        rows.append(("its status", again.status, 0))
        rows.append(("gone, missing or back in it", len(place.ask("SELECT 1 FROM events")), 0))
        server.tell("2")
        place.crawl(*full, timeout=300)
        fresh = place.items()[count:]
        changed = sorted(_number(each["url"]) for each in fresh if each["cause"] == "page")
        rows.append(("edited", changed, list(EDITED)))
        rows.append(("new", sorted(_number(each["url"]) for each in fresh if each["cause"] == "new"), sorted(NEW)))
        rows.append(("gone after one run", events(place, "gone"), []))
        server.tell("3")
        place.crawl(*full, timeout=300)
        rows.append(("gone after two runs", events(place, "gone"), sorted(set(DELETED) - {MOVED})))
        held = len(place.items())
        server.tell("4")
        place.crawl(*full, timeout=300)
        rows.append(("gone after three runs", events(place, "gone"), sorted(DELETED)))
        rows.append(("back", events(place, "back"), sorted(RESTORED)))
        rows.append(("lines that a return added", len(place.items()) - held, 0))
        rows.append(("damages", place.damages(), []))
    return rows


@contextmanager
def demo(port: int = 0) -> Iterator[int]:
    """`python -m crawler.demo` on a port of its own."""
    command = [sys.executable, "-u", "-m", "crawler.demo", "--port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        address = re.search(r":(\d+)/", process.stdout.readline())
        assert address
        yield int(address[1])
    finally:
        process.terminate()
        process.wait(10)


def unchanged(root: Path) -> list[tuple[str, Any, Any]]:
    """The demo, crawled twice: what the second full run asked for and kept."""
    with demo() as port:
        place = Place(root)
        (root / "forms").mkdir(parents=True, exist_ok=True)
        shipped = (ROOT / "crawler/portals/demo.toml").read_text(encoding="utf-8")
        (root / "forms/demo.toml").write_text(shipped.replace("8741", str(port)), encoding="utf-8")
        place.crawl(portal="demo")
        lines = len(place.items("demo"))
        newest = place.ask("SELECT max(id) FROM snapshots", slug="demo")[0][0]
        again = place.crawl("-a", "mode=full", portal="demo")
    counts = place.report("demo")["counts"]
    fresh = place.ask("SELECT count(*) FROM snapshots WHERE id > ? AND kind = 'response'", newest, slug="demo")
    share = counts.get("page.not_modified", 0) / counts["asked.article"]
    return [
        ("status", again.status, 0),
        ("share of article checks answered 304", round(share, 3), "≥ 0.95"),
        ("new response records", fresh[0][0], 0),
        ("new lines", len(place.items("demo")) - lines, 0),
    ]


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--articles", type=int, default=1000)
    options.add_argument("--keep")
    told = options.parse_args()
    with scratch(told.keep) as root:
        rows = recrawl(root / "restless", told.articles) + unchanged(root / "demo")
    print(table([("", "told", "true"), *rows]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
