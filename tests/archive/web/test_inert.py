"""A stored page is shown with its words, tables and stored images, and nothing that could run, load or lead away."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.web.inert import inert

ADDRESS = "https://www.kontum.example/tin/1"
KEPT = {
    "https://www.kontum.example/anh/1.jpg": "/kon-tum/urn:uuid:1",
    "https://www.kontum.example/kieu.css": "/kon-tum/urn:uuid:2",
}


def shown(page: str) -> str:
    return inert(page, ADDRESS, lambda urls: {url: KEPT[url] for url in urls if url in KEPT}).removeprefix(
        "<!doctype html>\n"
    )


PAGES = [
    ("<p class=a onclick='x()'>Tin</p>", '<p class="a">Tin</p>'),
    ("<script>alert(1)</script>Tin", "Tin"),
    ("<SCRIPT/src=//e.example>x</sCript >Tin", "Tin"),
    ("<script>a</script", ""),  # never ended: the rest is the script's to a browser too
    ("<img src=/anh/1.jpg onerror=x>", '<img src="/kon-tum/urn:uuid:1">'),
    ('<img src="data:image/png;base64,x" data-src="/anh/1.jpg">', '<img src="/kon-tum/urn:uuid:1">'),
    ("<img src=//e.example/1.gif srcset=//e.example/2.gif>", "<img>"),
    ("<a href='javascript:x()'>Tin</a>", '<a title="javascript:x()">Tin</a>'),
    ("<a href=#muc>Tin</a>", '<a href="#muc">Tin</a>'),
    ("<a href=/tin/2 target=_top ping=//e.example>Tin</a>", '<a title="https://www.kontum.example/tin/2">Tin</a>'),
    ("<base href=//e.example/><form action=x><input></form><p>Tin", "<p>Tin"),
    ("<meta http-equiv=refresh content='0;url=//e.example'>Tin", "Tin"),
    ("<link rel=preconnect href=//e.example><iframe srcdoc='<script>x</script>'></iframe>Tin", "Tin"),
    ("<link rel=stylesheet href=/kieu.css onload=x>", '<link rel="stylesheet" href="/kon-tum/urn:uuid:2?style">'),
    ("<link rel='alternate stylesheet' href=/kieu.css><link rel=preload href=/kieu.css>", ""),
    ("<link rel=stylesheet href=//e.example/kieu.css>Tin", "Tin"),
    ("<svg><script>x</script></svg><math><a xlink:href=x>Tin</a></math>", "<a>Tin</a>"),
    ("<!-- <script>x</script> -->Tin<!--> Bài", "Tin Bài"),
    ("<textarea></textarea><script>x</script>", "<textarea></textarea>"),
    ("<title>&lt;script&gt;</title>", "<title>&lt;script&gt;</title>"),
    ("<style></style><script>x</script>", "<style></style>"),
    ("<script]>x</script]>", "<span>x</span>"),  # not a script, and not made one
    ("1 < 2", "1 &lt; 2"),
]  # fmt: skip


@pytest.mark.parametrize(("page", "expected"), PAGES)
def test_pages(page: str, expected: str) -> None:
    assert shown(page) == expected


WORDS = [
    "<", ">", "</", "/>", "script", "SCRIPT", "svg", "style", "textarea", "title", "a", "img", "noscript",
    "<!--", "-->", "--!>", "<![CDATA[", "]]>", "onload", "src", "href", "javascript:x",
    "=", '"', "'", "`", "&lt;", "\0", " ", "\n",
]  # fmt: skip
MARKUP = st.lists(st.sampled_from(WORDS), max_size=30).map("".join)


class Tags(HTMLParser):
    """The tags of a page, as another parser than ours sees them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@given(MARKUP)
def test_whatever_the_markup_nothing_of_it_can_run(page: str) -> None:
    for tag, said in Tags(shown(page)).found:
        assert tag not in ("script", "svg", "math", "iframe", "object", "embed", "base", "meta", "link", "form")
        assert not any(name.startswith("on") for name in said)
        assert said.get("src", "/kon-tum/").startswith("/kon-tum/")
        assert said.get("href", "#").startswith("#")


def test_long_pages_take_time_in_proportion() -> None:
    for piece in ("<", "<!--", "<a ", "<script>", "</script", "<a a=", "&#", "<textarea>"):
        assert len(shown(piece * 20_000)) < 400_000
