"""Addresses of one page meet in one key; addresses of two pages do not."""

from __future__ import annotations

import pytest

from crawler.portal import Portal
from crawler.reading.address import canonical_url
from crawler.reading.families import FAMILIES
from crawler.reading.links import is_trap
from crawler.reading.page import join


def portal(family: str | None, *hosts: str, loopback: bool = False) -> Portal:
    return Portal(
        slug="x", name="X", province="kon-tum", hosts=hosts or ("x.gov.vn",), family=family, loopback=loopback
    )


# (family, address, key)
KEYS = [
    # one key for http and https: portals serve both, and redirect one day
    (None, "http://X.gov.vn:80/a", "https://x.gov.vn/a"),
    (None, "https://x.gov.vn:443/a#top", "https://x.gov.vn/a"),
    (None, "https://x.gov.vn:8080/a", "https://x.gov.vn:8080/a"),
    (None, "https://x.gov.vn", "https://x.gov.vn/"),
    # on this machine nothing answers https
    (None, "http://127.0.0.1:8741/a", "http://127.0.0.1:8741/a"),
    # sessions and tracking (Trà Vinh's WebSphere, ASP.NET, social networks)
    (None, "https://x.gov.vn/wps/portal/tin;jsessionid=00A1B2?id=5", "https://x.gov.vn/wps/portal/tin?id=5"),
    (None, "https://x.gov.vn/(S(abcdefghijklmnopqrstuvwx))/tin.html", "https://x.gov.vn/tin.html"),
    (None, "https://x.gov.vn/a?utm_source=fb&id=5&fbclid=1&_=173", "https://x.gov.vn/a?id=5"),
    (None, "https://x.gov.vn/(X(1)S(abcdefghijklmnopqrstuvwx))/tin.html", "https://x.gov.vn/tin.html"),
    (None, "https://x.gov.vn/a?AspxAutoDetectCookieSupport=1&gidzl=x&fb_comment_id=5&id=5", "https://x.gov.vn/a?id=5"),
    # Joomla's print view, and a list's page that is none
    (None, "https://x.gov.vn/index.php/tin/12-a?tmpl=component&print=1&layout=default&page=", "https://x.gov.vn/index.php/tin/12-a"),
    (None, "https://x.gov.vn/index.php/tin?layout=blog&page=2", "https://x.gov.vn/index.php/tin?layout=blog&page=2"),
    # the order of parameters says nothing
    (None, "https://x.gov.vn/a?b=2&a=1", "https://x.gov.vn/a?a=1&b=2"),
    # WebCenter: dDocName is the page, _afrLoop its state (Quảng Nam)
    (None, "https://x.gov.vn/webcenter/chi-tiet?dDocName=PORTAL5&_afrLoop=99", "https://x.gov.vn/webcenter/chi-tiet?dDocName=PORTAL5"),
    # letters: NFC, percent-encoded once, in upper case
    (None, "https://x.gov.vn/tin-t\u1ee9c", "https://x.gov.vn/tin-t%E1%BB%A9c"),
    (None, "https://x.gov.vn/tin-tu\u031b\u0301c", "https://x.gov.vn/tin-t%E1%BB%A9c"),
    (None, "https://x.gov.vn/tin-t%e1%bb%a9c", "https://x.gov.vn/tin-t%E1%BB%A9c"),
    # ASP.NET and SharePoint do not mind the case of a path, others do
    ("tandan", "https://x.gov.vn/Portal/Pages/2024-7-9/Abc.aspx", "https://x.gov.vn/portal/pages/2024-7-9/abc.aspx"),
    ("kontum", "https://x.gov.vn/pages/detail/5/Abc.html", "https://x.gov.vn/pages/detail/5/Abc.html"),
    # NukeViet's twins
    ("nukeviet", "https://x.gov.vn/vi/news/print/nong-nghiep/a-b-12.html", "https://x.gov.vn/vi/news/nong-nghiep/a-b-12.html"),
    ("nukeviet", "https://x.gov.vn/vi/news/savefile/nong-nghiep/a-b-12.html", "https://x.gov.vn/vi/news/nong-nghiep/a-b-12.html"),
    ("nukeviet", "https://x.gov.vn/en/news/nong-nghiep/a-b-12.html", "https://x.gov.vn/vi/news/nong-nghiep/a-b-12.html"),
    (None, "https://x.gov.vn/en/tin-tuc/lua-5005.html", "https://x.gov.vn/en/tin-tuc/lua-5005.html"),
    # Liferay's state goes, what is shown stays
    (
        "liferay",
        "https://x.gov.vn/tin?p_p_id=101&p_p_lifecycle=0&p_p_state=normal&_101_cur=2&_101_delta=20",
        "https://x.gov.vn/tin?_101_cur=2&p_p_id=101",
    ),
    (
        "liferay",
        "https://x.gov.vn/web/guest/tin/-/asset_publisher/Ab1/content/a-b/pop_up?_101_INSTANCE_Ab1_viewMode=print",
        "https://x.gov.vn/web/guest/tin/-/asset_publisher/Ab1/content/a-b",
    ),
    ("liferay", "https://x.gov.vn/vi/web/guest/tin/-/view_content/5-a?redirect=%2Ftin", "https://x.gov.vn/web/guest/tin/-/view_content/5-a"),
]  # fmt: skip


@pytest.mark.parametrize(("family", "url", "key"), KEYS)
def test_key(family: str | None, url: str, key: str) -> None:
    assert canonical_url(url, portal(family) if family else None) == key


def test_www_follows_the_form() -> None:
    assert canonical_url("http://x.gov.vn/a", portal(None, "www.x.gov.vn", "x.gov.vn")) == "https://www.x.gov.vn/a"
    assert canonical_url("http://www.x.gov.vn/a", portal(None, "x.gov.vn")) == "https://x.gov.vn/a"
    assert canonical_url("http://tin.x.gov.vn/a", portal(None, "x.gov.vn")) == "https://tin.x.gov.vn/a"


def test_a_portal_on_this_machine_keeps_http() -> None:
    form = portal(None, "localhost:8741", loopback=True)
    assert canonical_url("http://localhost:8741/a", form) == "http://localhost:8741/a"


TRAPS = [
    ("https://x.gov.vn/vi/vi/en/tin-tuc", True),
    ("https://x.gov.vn/web/tin/-/view_content/12-abc.html/vi", True),
    ("https://x.gov.vn/a/b/a/b/a", True),
    ("https://x.gov.vn/Post/Edit/1289", True),
    ("https://x.gov.vn/vi/news/nong-nghiep/a-12.html", False),
    ("https://x.gov.vn/en", False),
    ("https://x.gov.vn/", False),
]


@pytest.mark.parametrize(("url", "trap"), TRAPS)
def test_trap(url: str, trap: bool) -> None:
    assert is_trap(url) is trap


# (family, address, whether it is an article's)
SHAPES = [
    ("kontum", "https://x.gov.vn/pages/detail/53116/Ten-Bai.html", True),
    ("nukeviet", "https://x.gov.vn/vi/news/nong-nghiep/a-b-37146.html", True),
    ("nukeviet", "https://x.gov.vn/vi/news/nong-nghiep/page-3/", False),
    ("liferay", "https://x.gov.vn/tin/-/asset_publisher/Ab1/content/ten-bai", True),
    ("liferay", "https://x.gov.vn/tin/-/view_content/12-ten-bai/vi", False),
    ("liferay", "https://x.gov.vn/tin?p_p_id=101&_101_cur=2", False),
    ("tandan", "https://x.gov.vn/portal/Pages/2024-7-9/Ten-baik2x9ab.aspx", True),
    ("tandan", "https://x.gov.vn/portal/Pages/Tin-tuc.aspx", False),
    ("generic", "https://x.gov.vn/tin-tuc/ten-bai-358068", True),
    ("generic", "https://x.gov.vn/Trang/ChiTietTinTuc.aspx?nid=113139", True),
    ("generic", "https://x.gov.vn/chi-tiet-tin/-/view-article/1/22/1741234567890", True),
    ("generic", "https://x.gov.vn/gioi-thieu", None),
    ("generic", "https://x.gov.vn/", False),
    ("generic", "https://x.gov.vn/tin-tuc/trang-2", False),
]


@pytest.mark.parametrize(("family", "url", "shape"), SHAPES)
def test_shape_of_an_address(family: str, url: str, shape: bool | None) -> None:
    assert FAMILIES[family].is_article(url) is shape


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("/Công bố giá.pdf", "https://x.gov.vn/C%C3%B4ng%20b%E1%BB%91%20gi%C3%A1.pdf"),
        (
            "C%C3%B4ng b%20.pdf?ten=một hai&a=[1]|2",
            "https://x.gov.vn/tin/C%C3%B4ng%20b%20.pdf?ten=m%E1%BB%99t%20hai&a=[1]|2",
        ),
        ("//tỉnh.vn/a b", "https://tỉnh.vn/a%20b"),
        ("/a.aspx?ItemID=1&l=/x", "https://x.gov.vn/a.aspx?ItemID=1&l=/x"),
        ("https://x.gov.vn:99999/a b", "https://x.gov.vn:99999/a%20b"),
        ("#cuối trang", None),
    ],
)
def test_an_address_is_written_as_a_browser_asks_for_it(href: str, address: str | None) -> None:
    assert join("https://x.gov.vn/tin/bai.html", href) == address
