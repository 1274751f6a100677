"""Which wall is passed, and with which cookie."""

import pytest

from crawler.walls import literal_cookie

D1N = (
    b'<html><body><script>document.cookie="D1N=4fa0b1"+"; expires=Fri, 31 Dec 2099 00:00:00 GMT; path=/";'
    b"window.location.reload(true);</script></body></html>"
)


@pytest.mark.parametrize(
    ("page", "cookie"),
    [
        (D1N, "D1N=4fa0b1"),
        (b"<script>document.cookie = 'a=b; path=/'; location.href = '/x';</script>", "a=b"),
        (b'<script>document.cookie="a=b"\nlocation.reload()</script>', "a=b"),
        # computed: a challenge, not ours to solve
        (b'<script>var v=1+2;document.cookie="a="+v+"; path=/";location.reload();</script>', None),
        (b'<script>document.cookie="a="+toHex(solve());location.reload();</script>', None),
        # a cookie set in passing: the page is the page
        (b"<script>document.cookie='seen=1';</script><p>Tin</p>", None),
        (b"<p>x</p>" * 2000 + D1N, None),
        (b'<script>document.cookie="no pair";location.reload();</script>', None),
        (b'<script>document.cookie="a=b\\r\\nX: y";location.reload();</script>', None),
        (b"", None),
    ],
)
def test_literal_cookies_only(page, cookie):
    assert literal_cookie(page) == cookie
