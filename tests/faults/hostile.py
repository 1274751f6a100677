"""A hostile portal, crawled: what was reached, what became an article, what it cost, and whether the rest is complete.

`python tests/faults/hostile.py` prints a table; the threats are in `threats.py`. Between any two threats stands an
ordinary article that must come out. Nine more portals of the same run answer robots.txt in every manner, one of them is
known by its home page alone.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import re
import socket
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from fault_bench import ROOT, Ended, Place, scratch, table, unreadable
from fault_server import Asked, Served, Talk, page, redirect
from fault_stories import article, listing, title
from threats import THREATS, Threat, digest, private_spellings

from archive.storage.members import iter_members

SLOW = ("dau-cham", "than-cham", "im-lang")  # each takes the deadline, three times
RAW = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")

# Manner of answering robots.txt, and whether the pages behind it may be taken (RFC 9309 2.3.1).
ROBOTS = {
    "thuong": True, "r404": True, "r403": True, "r500": False, "r503": False, "rdut": False, "rhtml": True,
    "rnam": True, "rrieng": False, "rcam": False, "rlon": True, "rtre": True,
}  # fmt: skip


class Hostile:
    """The hostile portal; beside it, on other ports, one portal per manner of robots.txt and one with a home page."""

    told = ""

    def __init__(self, threats: list[Threat]) -> None:
        self.threats = {each.name: each for each in threats}
        self.names: dict[str, str] = {}  # by host
        self.port = 0

    def __call__(self, asked: Asked) -> bytes | Talk:
        name = self.names.get(asked.host, "main")
        if asked.path == "/robots.txt":
            return self.robots(name, asked)
        if asked.path.startswith("/robots"):
            step = int(asked.path.partition("-")[2])
            return redirect(f"/robots-{step + 1}") if step < 5 else page("User-agent: *\nAllow: /", media="text/plain")
        if name == "home":
            return self.home(asked)
        if name != "main":
            return self.plain(asked)
        return self.main(asked)

    def robots(self, name: str, asked: Asked) -> bytes | Talk:
        async def drop(_writer: asyncio.StreamWriter) -> None:
            return

        answers: dict[str, bytes | Talk] = {
            "r404": page("x", "404 Not Found"), "r403": page("x", "403 Forbidden"), "r500": page("x", "500 Oops"),
            "r503": page("x", "503 Busy"), "rdut": drop, "rhtml": page("<html><body><h1>Trang chủ</h1></body></html>"),
            "rnam": redirect("/robots-1"), "rrieng": redirect(f"http://127.0.0.2:{self.port}/robots.txt"),
            "rcam": page("User-agent: *\nDisallow: /", media="text/plain"),
            "rlon": page("User-agent: *\nAllow: /\n" + "# x\n" * 300_000 + "Disallow: /\n", media="text/plain"),
            "rtre": page("\ufeffUser-agent: *\nCrawl-delay: 1\nDisallow: /cam/", media="text/plain"),
        }  # fmt: skip
        return answers.get(name, page("User-agent: *\nDisallow: /cam/\nAllow: /", media="text/plain"))

    @staticmethod
    def plain(asked: Asked) -> bytes:
        if asked.path == "/list":
            return page(listing(range(1, 4), None))
        found = re.fullmatch(r"/tin/(\d+)\.html", asked.path)
        return page(article(int(found[1]))) if found else page("x", "404 Not Found")

    def home(self, asked: Asked) -> bytes:
        """A portal known by its home page: menu, feed and sitemap lead away as well as in."""
        away = list(private_spellings(self.port))
        host = asked.host
        if asked.path == "/":
            menu = "".join(f'<li><a href="{each}">Tin tức sự kiện {place}</a></li>' for place, each in enumerate(away))
            return page(
                f'<html><head><title>Cổng</title><base href="http://127.0.0.2:{self.port}/"><link rel="alternate"'
                f' type="application/rss+xml" href="http://{host}/rss"></head><body><ul class="menu nav">'
                f'<li><a href="http://{host}/list">Tin tức</a></li>{menu}</ul></body></html>'
            )
        if asked.path == "/rss":
            entries = "".join(f"<item><title>x</title><link>{_xml(each)}</link></item>" for each in away)
            return page(
                _DOCTYPE + f"<rss><channel><title>&lol9;&xxe;</title>{entries}</channel></rss>", media="text/xml"
            )
        if asked.path.startswith("/sitemap"):
            step = int(re.sub(r"\D", "", asked.path) or 0)
            entries = "".join(f"<sitemap><loc>{_xml(each)}</loc></sitemap>" for each in away)
            own = f"<sitemap><loc>http://{host}/sitemap{step + 1}.xml</loc></sitemap>"  # one after another, for ever
            return page(f"{_DOCTYPE}<sitemapindex>{own}{entries}&lol9;&xxe;</sitemapindex>", media="text/xml")
        return self.plain(asked)

    def main(self, asked: Asked) -> bytes | Talk:
        path = asked.path
        if path.startswith("/list"):
            return page(self.listing(int(path.partition("=")[2] or 0)))
        if path.startswith("/tin/"):
            return page(article(int(path[5:].removesuffix(".html"))))
        if path.startswith("/de-doa/"):
            name = path[8:].partition("?")[0]
            threat = self.threats.get(name) or self.threats.get(name.partition("/")[0]) or self.threats["canonical-gia"]
            return threat.answer(asked, digest(threat.name))
        if path.startswith(("/rieng/", "/tep/")):
            away = list(private_spellings(self.port))
            place = int(re.sub(r"\D", "", path.partition("?")[0]) or 0)
            return redirect(away[place]) if place < len(away) else page("x", "404 Not Found")
        if path.startswith("/lien-ket"):
            return page(article(1, extra=self.private_links()))
        return self.trap(path)

    def listing(self, first: int) -> str:
        """Ordinary articles with a threat after each; addresses of this machine's other corners at the end."""
        names = list(self.threats)
        rows = ""
        for place in range(first, min(first + 20, len(names))):
            number = digest(names[place])
            rows += f'<li><a href="/tin/{place + 1}.html">{title(place + 1)}</a> <span>12/05/2025</span></li>'
            rows += f'<li><a href="/de-doa/{names[place]}">{title(number)}</a> <span>12/05/2025</span></li>'
        if first == 0:
            for place, each in enumerate(private_spellings(self.port)):
                rows += f'<li><a href="/rieng/{place}">{title(place + 500)}</a></li>'
                rows += f'<li><a href="{each}">{title(place + 600)}</a></li>'
            rows += f'<li><a href="/lien-ket.html">{title(1)}</a></li><li><a href="/cam/1.html">{title(2)} cấm</a></li>'
        more = (
            f'<a rel="next" class="next" href="/list?tu={first + 20}">Trang sau</a>' if first + 20 < len(names) else ""
        )
        return f'<html><body><h1>Tin tức</h1><ul class="news">{rows}</ul><div class="pager">{more}</div></body></html>'

    def private_links(self) -> str:
        away = list(private_spellings(self.port))
        files = "".join(f'<p><a href="{each}.pdf">Tải về {place}</a></p>' for place, each in enumerate(away))
        files += "".join(f'<p><a href="/tep/{place}.pdf">Tệp {place}</a></p>' for place in range(len(away)))
        images = "".join(f'<img src="{each}.jpg">' for each in away)
        return f'{files}{images}<iframe src="{away[0]}"></iframe><meta http-equiv="refresh" content="0;url={away[0]}">'

    @staticmethod
    def trap(path: str) -> bytes:
        """Sections without an end."""
        step = int(re.sub(r"\D", "", path) or 0)
        if path.startswith("/lich"):  # a calendar: always a next month, with events that are no articles
            rows = "".join(
                f'<li><a href="/su-kien/{step * 10 + each}.html">Lịch công tác của lãnh đạo tỉnh {step}.{each}</a></li>'
                for each in range(3)
            )
            return page(endless(rows, f"/lich?thang={step + 1}"))
        if path.startswith("/su-kien"):
            return page("<html><body><h1>Lịch công tác</h1><p>Không có dữ liệu.</p></body></html>")
        if path.startswith("/phien"):  # the same five articles under new addresses at every visit
            token = f"{random.getrandbits(96):024x}"
            if path.startswith("/phien/"):
                return page(article(int(path[7:].partition(".")[0])))
            rows = "".join(
                f'<li><a href="/phien/{each}.html;jsessionid={token}?sid={token}">{title(each)}</a></li>'
                for each in range(900, 905)
            )
            return page(endless(rows, f"/phien?phpsessid={token}"))
        if path.startswith("/lap/"):  # every page names itself once more
            if path.endswith(".html"):
                return page("<html><body><h1>Tin tức</h1><p>Không có dữ liệu.</p></body></html>")
            rows = "".join(f'<li><a href="{path}tin-tuc/{each}.html">{title(each)}</a></li>' for each in range(3))
            return page(endless(rows, f"{path}tin-tuc/"))
        return page("x", "404 Not Found")


def endless(rows: str, following: str) -> str:
    """A list page that always has one after it."""
    return f'<html><body><ul class="news">{rows}</ul><a rel="next" href="{following}">Sau</a></body></html>'


_DOCTYPE = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY lol "lol"><!ENTITY xxe SYSTEM "file:///etc/passwd">'
    + "".join(f'<!ENTITY lol{n} "{f"&lol{n - 1 or str()};" * 10}">' for n in range(1, 10))
    + "]>"
)


def _xml(text: str) -> str:
    return text.replace("&", "&amp;")


class Watch:
    """Listens where nobody may come, and counts who does."""

    def __init__(self, port: int) -> None:
        self.came: list[str] = []
        self._sockets = []
        for host, at in (("127.0.0.2", port), ("127.0.0.1", port + 1), ("::1", port), ("127.0.0.2", 80)):
            family = socket.AF_INET6 if ":" in host else socket.AF_INET
            try:
                self._sockets.append(socket.create_server((host, at), family=family))
            except OSError:
                continue
        for each in self._sockets:
            threading.Thread(target=self._listen, args=(each,), daemon=True).start()

    def _listen(self, server: socket.socket) -> None:
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            self.came.append(str(server.getsockname()))
            connection.close()

    def close(self) -> None:
        for each in self._sockets:
            each.close()


@dataclass(slots=True)
class Seen:
    """What the crawl of the hostile portal came to."""

    threats: int
    ended: Ended
    reached: list[str]  # connections to where nobody may come
    false: list[str]  # items that are no articles
    missing: list[str]  # articles that did not come out
    longest: float  # seconds between two requests to the hostile host
    robots: dict[str, tuple[bool, bool]]  # manner: pages taken, pages that might be
    requests: dict[str, int]  # to the traps
    damages: list[str] = field(default_factory=list)
    raw: list[str] = field(default_factory=list)  # control characters in what was printed
    strange: list[str] = field(default_factory=list)  # files nobody should have made
    due: list[str] = field(default_factory=list)
    report: dict[str, Any] = field(default_factory=dict)


TRAPS = '\n'.join(
    f'[[sections]]\ntitle = "{name}"\nurl = "http://HOST/{path}"' for name, path in
    (("Lịch", "lich"), ("Phiên", "phien"), ("Lặp", "lap/"))
)  # fmt: skip


def crawl(root: Path, threats: list[Threat], *settings: str, timeout: float, mode: str = "incremental") -> Seen:
    """Crawl the hostile portal and its neighbours once."""
    site = Hostile(threats)
    manners = [*ROBOTS, "home"]
    served = Served(site, ["127.0.0.1"] * (1 + len(manners)))
    site.port = int(served.host.rpartition(":")[2])
    site.names = dict(zip(served.hosts[1:], manners, strict=True))
    place = Place(root)
    place.root.mkdir(parents=True, exist_ok=True)
    place.form(served.host, slug="main", more=TRAPS.replace("HOST", served.host))
    for host, name in site.names.items():
        place.form(host, "/list" if name != "home" else None, slug=name)
    for each in threats:
        if each.name.startswith("bom-"):
            each.answer(Asked("", "", 0, ""), 0)  # packed before anybody asks
    watch = Watch(site.port)
    with served:
        ended = place.crawl(
            "-a", f"mode={mode}", *settings, portal=",".join(["main", *manners]), timeout=timeout
        )  # fmt: skip
        log = served.log()
    watch.close()
    seen = Seen(
        threats=len(threats) + 2 * len(list(private_spellings(1))) + len(manners) + 3,
        ended=ended, reached=watch.came, false=[], missing=[], longest=0.0, robots={}, requests={},
    )  # fmt: skip
    _items(seen, place, site)
    times = [at for at, host, _ in log if host == served.host]
    seen.longest = max((later - sooner for sooner, later in pairwise(times)), default=0)
    for host, name in site.names.items():
        taken = any(path.startswith("/tin/") for _, each, path in log if each == host)
        seen.robots[name] = (taken, ROBOTS.get(name, True))
    for trap in ("/lich", "/su-kien", "/phien", "/lap", "/cam", "/sitemap", "/rieng", "/tep"):
        seen.requests[trap] = sum(1 for _, _, path in log if path.startswith(trap))
    _archive(seen, place, ["main", *manners])
    return seen


def _items(seen: Seen, place: Place, site: Hostile) -> None:
    came: dict[str, str] = {}
    for item in place.items("main"):
        came[re.split(r"[;?]sid|;", item["url"])[0]] = item["title"]
    expected = {f"/tin/{place + 1}.html" for place in range(len(site.threats))} | {"/lien-ket.html"}
    expected |= {f"/de-doa/{each.name}" for each in site.threats.values() if each.item}
    expected |= {f"/phien/{each}.html" for each in range(900, 905)}
    either = {f"/de-doa/{each.name}" for each in site.threats.values() if each.item is None}
    paths = {re.sub(r"^http://[^/]*", "", url) for url in came}
    seen.missing = sorted(expected - paths)
    seen.false = sorted(path for path in paths - expected - either if not path.startswith(("/etc", "/../")))


def _archive(seen: Seen, place: Place, slugs: list[str]) -> None:
    for slug in slugs:
        seen.damages += [f"{slug}: {each}" for each in place.damages(slug)]
        for path in place.paths(slug).closed_warcs():
            seen.damages += unreadable(path, sum(1 for _ in iter_members(path)))
    where = place.data
    for path in where.rglob("*"):
        if not re.fullmatch(r"[a-z0-9._-]+|[0-9]{8}T[0-9]{6}Z-[0-9a-f]+\.json", path.name):
            seen.strange.append(str(path.relative_to(where)))
    seen.due = [url for (url,) in place.ask("SELECT url FROM addresses WHERE state = 'due'", slug="main")]
    seen.report = place.report("main")
    listed = subprocess.run(
        [sys.executable, "-m", "archive", "--archive", str(where), "list"], cwd=ROOT, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    for name, text in (("out", seen.ended.out), ("err", seen.ended.err), ("list", listed.stdout + listed.stderr)):
        seen.raw += [f"{name}: {line!r}"[:200] for line in text.splitlines() if RAW.search(line)]


def rows(seen: Seen) -> list[tuple[object, ...]]:
    return [
        ("threats", seen.threats), ("status", seen.ended.status), ("seconds", f"{seen.ended.seconds:.0f}"),
        ("peak memory, MB", f"{seen.ended.memory:.0f}"), ("longest pause of the host, s", f"{seen.longest:.1f}"),
        ("private addresses reached", seen.reached or 0), ("false articles", seen.false or 0),
        ("articles missing", seen.missing or 0), ("left due", seen.due[:5] or 0),
        ("robots.txt: taken against the rules", [name for name, (did, may) in seen.robots.items() if did != may] or 0),
        ("requests", seen.requests), ("damages", seen.damages[:5] or 0), ("raw control characters", seen.raw[:5] or 0),
        ("strange files", seen.strange or 0), ("traps in the report", seen.report.get("traps")),
        ("counts", seen.report.get("counts")),
    ]  # fmt: skip


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--deadline", type=float, help="seconds of one exchange; the crawl's own where none is given")
    options.add_argument("--only", help="the threats of that name alone")
    options.add_argument("--mode", default="incremental")
    options.add_argument("--keep")
    told = options.parse_args()
    threats = [each for each in THREATS if not told.only or told.only in each.name or each.name == "canonical-gia"]
    settings = ["-s", f"CAPTURE_DEADLINE={told.deadline}"] if told.deadline else []
    with scratch(told.keep) as root:
        seen = crawl(root, threats, *settings, timeout=3600, mode=told.mode)
    print(table(rows(seen)))
    print(seen.ended.err[-3000:] if "Traceback" in seen.ended.err else "")
    return 0


if __name__ == "__main__":
    sys.exit(main())
