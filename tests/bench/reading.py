"""What reading a page costs: `python tests/bench/reading.py [NAME…]`, CPU seconds of `read_article`, parse included.

First a portal's page of 95 KB as portals print them (median and 95th percentile of many readings), then pages made to
hurt, up to 10 MB each: deep nesting, floods of links, elements, attributes and dates, huge text nodes, megabytes of
digits and slashes, JSON-LD of every shape. Targets: 3 ms in the median, 2 s for any page.
"""

from __future__ import annotations

import json
import random
import statistics
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from time import process_time

from archive.schema import Article
from crawler.reading.article import read_article

FETCHED = datetime(2026, 11, 23, 8, tzinfo=UTC)
URL = "https://kontum.gov.vn/tin-tuc/hoi-nghi-123456.html"
ORDINARY, WORST = 0.003, 2.0  # CPU seconds
BIG = 10_000_000
TEXT = (
    "tỉnh Kon Tum ủy ban nhân dân quyết định về việc phê duyệt kế hoạch phát triển kinh tế xã hội năm hội nghị triển "
    "khai nhiệm vụ đồng chí chủ tịch phát biểu chỉ đạo các sở ban ngành địa phương tiếp tục thực hiện nghiêm"
)
WORDS = TEXT.split()
TITLE = "Hội nghị triển khai nhiệm vụ năm 2026"


def ordinary(seed: int = 1, size: int = 95_000) -> bytes:
    """A portal's article: scripts, a menu, a clock, the text with its pictures, other news, a footer."""
    chance = random.Random(seed)

    def words(count: int) -> str:
        return " ".join(chance.choices(WORDS, k=count)).capitalize()

    menu = "".join(f'<li class="menu-item"><a href="/muc-{n}">{words(3)}</a></li>' for n in range(60))
    rows = "".join(
        f'<li class="item"><a href="/tin/{n}-bai.html"><img src="/thumb/{n}.jpg" alt="{words(6)}"/>'
        f'<span class="t">{words(12)}</span></a> <span class="date">({n % 27 + 1:02}/10/2026)</span></li>'
        for n in range(40)
    )
    text = "".join(
        f'<p style="text-align: justify;"><span style="font-size:14pt">{words(90)}. Quyết định số {n}/QĐ-UBND ngày '
        f"{n + 1}/9/2026 của UBND tỉnh về {words(8).lower()}.</span></p>"
        for n in range(14)
    )
    head = (
        f'<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"/><title>Hội nghị {words(8)} - Cổng TTĐT</title>'
        f'<meta property="og:title" content="Hội nghị {words(8)}"/><link rel="stylesheet" href="/a.css"/>'
    )
    body = (
        f'<body><div id="header"><span class="clock">Thứ Hai, 23/11/2026 15:00</span></div><ul class="nav">{menu}</ul>'
        f'<div class="main"><div class="detail"><h1 class="title">Hội nghị {words(9)}</h1>'
        f'<div class="date">Ngày đăng: 12/10/2026 08:21</div><div class="sapo">{words(30)}.</div>'
        f'<div class="content">{text}<p style="text-align:right"><strong>Tin, ảnh: Lê Hoa</strong></p></div></div>'
        f'<div class="other"><h3>Tin khác</h3><ul>{rows}</ul></div></div>'
        f'<div id="footer">Cổng thông tin điện tử tỉnh Kon Tum. Giấy phép số 12/GP-TTĐT ngày 1/2/2020</div></body>'
    )
    room = size - len((head + body).encode()) - 40
    script = "var a=[" + ",".join(str(chance.randrange(10**6)) for _ in range(max(0, room // 7)))
    return f"{head}<script>{script[: max(0, room)]}]</script></head>{body}</html>".encode()


def story(inside: str) -> bytes:
    """An article around something."""
    text = f"<p>{' '.join(WORDS * 4)}.</p>"
    return (
        f"<html lang='vi'><head><title>{TITLE}</title></head><body><div class='detail'>"
        f"<h1>{TITLE}</h1><div class='date'>12/10/2026 08:21</div>{text}{inside}{text}"
        "</div></body></html>"
    ).encode()


def filled(piece: str) -> str:
    """So many of the piece as fit."""
    return piece * (BIG // len(piece.encode()))


def numbered(piece: str) -> str:
    """The piece with a number of its own each time (`%d`)."""
    return "".join(piece % n for n in range(BIG // len((piece % 1_000_000).encode())))


def hostile() -> dict[str, Callable[[], bytes]]:
    """Pages made to hurt, by name."""
    linked = {"@type": "NewsArticle", "headline": "x" * 50, "datePublished": "2026-10-12T08:21:00+07:00"}
    nested: dict[str, object] = {}
    for _ in range(400):
        nested = {"@graph": [nested, linked]}
    return {
        "nested div": lambda: story(filled("<div>")),
        "nested div, closed": lambda: story("<div>" * 200_000 + "a" + "</div>" * 200_000),
        "nested span with text": lambda: story(filled("<span>chữ ")),
        "nested zones": lambda: story(filled('<div class="related"><p>Tin khác</p>')),
        "zones around the story": lambda: (
            ('<div class="sidebar">' * 2000).encode() + story("") + story(filled("<p class='nav'>a</p>"))
        ),
        "a story deep down": lambda: ("<div>" * 2000).encode() + story(filled(f"<p>{TEXT}</p>")),
        "files and pictures deep down": lambda: (
            ("<div>" * 2000).encode() + story(numbered('<p><img src="/%d.jpg"><a href="/a.pdf">Quyết định</a></p>'))
        ),
        "headlines and dates deep down": lambda: (
            ("<div>" * 2000).encode() + story(filled(f"<h2>{TITLE}</h2><p class='date'>Ngày đăng: 12/10/2026</p>"))
        ),
        "linked headlines deep down": lambda: (
            ("<div>" * 2000).encode() + story(numbered('<p><a href="/t/%d">Chủ tịch tỉnh dự hội nghị tổng kết</a></p>'))
        ),
        "zones with the title": lambda: story(
            filled(f'<div class="sidebar"><h2>{TITLE}</h2><p>{TEXT}. {TEXT}</p></div>')
        ),
        "related headings, nested": lambda: story(filled("<div><h3>Tin khác</h3><p>chữ</p><ul><li>a</li></ul>")),
        "headers of articles": lambda: story(filled("<header><p>a</p></header><footer>b</footer>")),
        "posting lines, marked": lambda: story(filled('<p class="date"><a href="/a">12/10/2026</a> 08:21</p>')),
        "marked inline elements": lambda: story("<p>" + filled('<span class="author">Lê Hoa</span>') + "</p>"),
        "links between paragraphs": lambda: (
            f"<h1>{TITLE}</h1><div><p>{TEXT}</p>"
            + "".join(f'<a href="/t/{n}">{TITLE}</a> ' for n in range(30_000))
            + f"<p>{TEXT}. {TEXT}</p></div>"
        ).encode(),
        "kickers over posting lines": lambda: filled(
            "<p>Tin nổi bật</p><p>Lãnh đạo tỉnh dự lễ khánh thành</p><p>Ngày 24/11/2026</p>"
        ).encode(),
        "comments with files": lambda: story(
            numbered('<p>Bình luận</p><p>Lê Hoa</p><p>hay</p><p><a href="/%d.pdf">Tệp</a></p>')
        ),
        "nested tables": lambda: story(filled("<table><tr><td>a")),
        "nested bold": lambda: story(filled("<b><i>chữ ")),
        "300,000 links": lambda: story("".join(f'<a href="/{n}">Tin tức số {n}</a>' for n in range(300_000))),
        "linked headlines": lambda: story(
            numbered('<li><a href="/t/%d">Chủ tịch tỉnh dự hội nghị tổng kết năm</a></li>')
        ),
        "linked headlines, nested": lambda: story(
            numbered('<div><a href="/t/%d">Chủ tịch tỉnh dự hội nghị tổng kết</a>')
        ),
        "file links": lambda: story(numbered('<a href="/f/%d.pdf">Quyết định.pdf</a><br>')),
        "pictures": lambda: story(numbered('<img src="/i/%d.jpg"><p>Ảnh: Lê Hoa</p>')),
        "short blocks": lambda: story(filled("<p>a</p>")),
        "breaks": lambda: story(filled("a<br>")),
        "empty elements": lambda: story(filled("<i></i>")),
        "related headings": lambda: story(filled("<h3>Tin khác</h3><p>chữ</p>")),
        "tables": lambda: story(filled("<table><tr><td>Số</td><td>12</td></tr></table>")),
        "rows of a table": lambda: story("<table>" + filled("<tr><td>Số</td><td>12</td></tr>") + "</table>"),
        "cells of dates": lambda: story("<table><tr>" + filled("<td>12/03/2026</td>")),
        "cells of dates, undated": lambda: f"<h1>{TITLE}</h1><table><tr>{filled('<td>12/03/2026</td>')}".encode(),
        "cells of dates, nested": lambda: (
            f"<h1>{TITLE}</h1>{'<table><tr><td>1/3/2026' * 400}{filled('<td>12/03/2026</td>')}".encode()
        ),
        "related rows without a headline": lambda: (
            "<h3>Tin khác</h3>" + numbered('<li><a href="/t/%d">Chủ tịch tỉnh dự hội nghị tổng kết năm</a></li>')
        ).encode(),
        "labels": lambda: story(filled("<p>Ngày đăng:</p>")),
        "bylines": lambda: story(filled("<p>Tác giả: Lê Hoa</p>")),
        "dates": lambda: story(filled("<p>Ngày đăng: 12/10/2026 08:21</p>")),
        "dates in one text": lambda: story(filled("12/10/2026 08:21 ")),
        "time elements": lambda: story(filled('<time datetime="2026-10-12T08:21:00+07:00">12/10/2026</time>')),
        "classes": lambda: story("<p class='" + filled("ngay date post-info ") + "'>a</p>"),
        "a class for each": lambda: story(numbered('<p class="date-%d">a</p>')),
        "a long class": lambda: story(f'<p class="{filled("news")}">a</p>'),
        "a long class, hyphens": lambda: story(f'<p class="{filled("-")}">a</p>'),
        "a long id": lambda: story(f'<p id="{filled("dateDay")}">a</p>'),
        "a long style": lambda: story(f'<p style="text-align{" " * BIG}x">a</p>'),
        "a long address": lambda: story(f'<p><a href="/{filled("%41a/")}">{TITLE}</a></p>'),
        "a long description": lambda: story(f'<img src="/a.jpg" alt="{filled("Ảnh: ")}"/>'),
        "scripts of links": lambda: story(numbered("""<a href="#" onclick="window.open('/tai/%d.pdf')">a</a>""")),
        "lazy elements": lambda: story(numbered('<div data-src="/a/%d.pdf"></div>')),
        "frames": lambda: story(numbered('<iframe src="/v/%d"></iframe>')),
        "attributes": lambda: story("<p " + numbered('a%d="1" ') + ">a</p>"),
        "styles": lambda: story(numbered('<p style="margin-left:%dpx;text-align:right">a</p>')),
        "text": lambda: story("<p>" + filled(" ".join(WORDS) + " ") + "</p>"),
        "text without blanks": lambda: story(f"<p>{'a' * 5_000_000}</p>"),
        "text outside of all": lambda: b"a" * BIG,
        "blanks": lambda: story("<p>" + " " * BIG + "</p>"),
        "digits": lambda: story(f"<p>{'1' * BIG}</p>"),
        "slashes": lambda: story(f"<p>{'/' * BIG}</p>"),
        "digits and slashes": lambda: story("<p>" + filled("1/") + "</p>"),
        "digits and dots": lambda: story("<p>" + filled("12.") + "</p>"),
        "documents cited": lambda: story("<p>" + filled("Quyết định số 12/QĐ-UBND ngày 1/2/2020; ") + "</p>"),
        "documents cited, paragraphs": lambda: story(filled("<p>Quyết định số 12/QĐ-UBND ngày 1/2/2020</p>")),
        "numbers in a list": lambda: story(f"<p>Quyết định số {', '.join(map(str, range(1_200_000)))}</p>"),
        "files with long titles": lambda: story(
            "".join(f'<p><a href="/f/{n}.pdf">{"Quyết định số 12/QĐ-UBND; " * 1000}</a></p>' for n in range(300))
        ),
        "dots": lambda: story(f"<p>{'.' * BIG}</p>"),
        "quotes": lambda: story("<p>" + '"' * BIG + "</p>"),
        "curly quotes": lambda: story("<p>" + filled("“a” ") + "</p>"),
        "square brackets": lambda: story(f"<p>{'[' * BIG}</p>"),
        "sentences": lambda: story("<p>" + filled("A. ") + "</p>"),
        "colons": lambda: story("<p>" + filled("Tin: ") + "</p>"),
        "hyphens": lambda: story("<p>" + filled("a - ") + "</p>"),
        "brackets": lambda: story("<p>" + "(" * BIG + "</p>"),
        "decomposed letters": lambda: story("<p>" + filled("e\u0302\u0301") + "</p>"),
        "marks on one letter": lambda: story("<p>e" + filled("\u0301") + "</p>"),
        "entities": lambda: story("<p>" + filled("&#7871;") + "</p>"),
        "comments": lambda: story(filled("<!-- a -->")),
        "open tags": lambda: story(filled("<")),
        "a long title": lambda: f"<title>{filled('Tin - ')}</title><h1>Tin</h1><p>{'chữ ' * 200}</p>".encode(),
        "a long heading": lambda: story("<h1>" + filled("Hội nghị ") + "</h1>"),
        "meta": lambda: b"<head>" + numbered('<meta name="a%d" content="b">').encode() + b"</head>" + ordinary(),
        "JSON-LD, long": lambda: story(_script(json.dumps([linked] * (BIG // 120)))),
        "JSON-LD, deep": lambda: story(_script(json.dumps(nested))),
        "JSON-LD, brackets": lambda: story(_script("[" * BIG)),
        "JSON-LD, many": lambda: story(_script(json.dumps(linked)) * (BIG // 200)),
        "JSON-LD, authors": lambda: story(_script(json.dumps(linked | {"author": [{"name": "Lê Hoa"}] * 400_000}))),
        "microdata": lambda: story(filled('<span itemprop="datePublished" content="2026-10-12">a</span>')),
        "broken UTF-8": lambda: story("<p>" + "a" * 1000) + b"\xff\xc3" * (BIG // 2),
        "zero bytes": lambda: story("<p>a") + b"\0" * BIG,
        "base64 picture": lambda: story(f'<img src="data:image/png;base64,{"A" * BIG}"/>'),
        "forms": lambda: story(filled('<input type="password" name="a">')),
        "ordinary, 10 MB": lambda: ordinary(2, BIG),
    }


def _script(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


def cost(page: bytes) -> tuple[float, str]:
    """CPU seconds of one reading, and what was read."""
    began = process_time()
    found = read_article(page, URL, FETCHED)
    spent = process_time() - began
    if isinstance(found, Article):
        return spent, f"{found.kind}, {len(found.body):,} characters, {' '.join(found.flags)}"
    return spent, f"none: {found.reason}"


def measured(names: list[str]) -> Iterator[tuple[str, float]]:
    for name, make in hostile().items():
        if not names or name in names:
            page = make()
            spent, said = cost(page)
            mark = "  OVER" if spent > WORST else ""
            print(f"{name:30}{len(page) / 1e6:8.1f} MB {spent:8.2f} s{mark}  {said}", flush=True)
            yield name, spent


def main() -> None:
    names = sys.argv[1:]
    if not names:
        pages = [ordinary(seed) for seed in range(20)]
        for page in pages:
            cost(page)  # loads what is loaded late, fills the tables of class words
        spent = sorted(cost(page)[0] for _ in range(10) for page in pages)
        median, late = statistics.median(spent), spent[int(0.95 * len(spent))]
        mark = "  OVER" if median > ORDINARY else ""
        print(f"{'ordinary':30}{len(pages[0]) / 1e3:8.1f} KB {median * 1e3:8.2f} ms, 95 % in {late * 1e3:.2f} ms{mark}")
    slow = [name for name, spent in measured(names) if spent > WORST]
    sys.exit(f"over {WORST} s: {', '.join(slow)}" if slow else None)


if __name__ == "__main__":
    main()
