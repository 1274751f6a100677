"""What a page needs: every way in which pages name stylesheets, scripts, images and icons."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.reading.requisites import MOST_OF_PAGE, page_requisites, stylesheet_requisites

URL = "http://www.kontum.example/tin/1"
HERE = "http://www.kontum.example"

MARKUP = [
    ('<link rel="stylesheet" href="/a.css">', [f"{HERE}/a.css"]),
    ('<link rel="shortcut icon" href="i.ico">', [f"{HERE}/tin/i.ico"]),
    ('<link rel="alternate" href="/rss"><link rel="canonical" href="/x">', []),
    ('<script src="//cdn.example/j.js"></script><script>var a = "url(no)";</script>', ["http://cdn.example/j.js"]),
    ('<img src="/a.png"><img src="/a.png#x">', [f"{HERE}/a.png"]),
    # lazily loaded: the address stands beside a placeholder in the page itself
    ('<img src="data:image/gif;base64,AA" data-src="/real.jpg">', [f"{HERE}/real.jpg"]),
    ('<img srcset="/s.jpg 1x, /l.jpg 2x">', [f"{HERE}/s.jpg", f"{HERE}/l.jpg"]),
    (
        "<style>/* url(no) */ @import '/b.css'; p { background: url( \"/c.png\" ) }</style>",
        [f"{HERE}/b.css", f"{HERE}/c.png"],
    ),
    ('<div style="background-image:url(/d.png)"></div>', [f"{HERE}/d.png"]),
    ('<td background="/old.gif">', [f"{HERE}/old.gif"]),
    ('<a href="/tin/2">not needed</a><iframe src="/frame"></iframe>', []),
    ('<base href="http://static.example/"><img src="e.png">', ["http://static.example/e.png"]),
]


@pytest.mark.parametrize(("markup", "expected"), MARKUP)
def test_what_a_page_names(markup, expected):
    body = f"<html><body>{markup}</body></html>".encode()
    assert list(page_requisites(body, URL)) == expected


def test_a_stylesheet_names_addresses_beside_it():
    css = b"@import url(more.css); @font-face { src: url('../f.woff2') format('woff2'), url(data:x) } a { b: url(#c) }"
    assert list(stylesheet_requisites(css, f"{HERE}/css/a.css")) == [f"{HERE}/css/more.css", f"{HERE}/f.woff2"]


def test_a_page_may_not_name_without_end():
    body = "".join(f'<img src="/{number}.png">' for number in range(1000)).encode()
    assert len(page_requisites(body, URL)) == MOST_OF_PAGE


@given(st.binary(max_size=300) | st.text(alphabet="<>lnkimgsrc=\"'url()/@port;:# ,", max_size=200).map(str.encode))
def test_nothing_makes_it_raise(body):
    assert all(each.startswith("http") for each in page_requisites(body, URL) + stylesheet_requisites(body, URL))
