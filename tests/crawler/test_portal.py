"""Forms: what they may say, what a mistake is told to be, which portals a crawl gets; guards over all shipped ones."""

from __future__ import annotations

import contextlib
import hashlib
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.vietnam.provinces import PROVINCES, province
from crawler.form import FORM, Wrong
from crawler.portal import (
    SHIPPED,
    BadPortalFile,
    BadSelection,
    Expect,
    Layout,
    Network,
    Portal,
    PortalError,
    Section,
    load_portal,
    load_portals,
    portal_for_province,
    portal_from_toml,
    select_portals,
)

FORMS = load_portals()

WHOLE = """\
name = "Cổng thông tin điện tử tỉnh Kon Tum"
province = "kon-tum"
publisher = "government"
checked_on = 2026-11-20
hosts = ["www.kontum.gov.vn", "kontum.gov.vn"]
active = false

[[sections]]
title = "Tin trong tỉnh"
url = "https://www.kontum.gov.vn/tin"

[[layouts]]
until = 2019-12-31
title = "h2"

[[layouts]]
title = "h1.title"
posted = ".date"

[[layouts]]
until = 2021-06-30
title = "h1"

[expect]
articles_per_run = 1
filled = { posted = 0.95, authors = 0.40 }

[network]
delay = 2
tls = "legacy"
"""
MINIMAL = 'name = "X"\nprovince = "kon-tum"\nhosts = ["a.gov.vn"]\n'
LOCAL = 'name = "X"\nprovince = "kon-tum"\nhosts = ["127.0.0.1:8741"]\nloopback = true\n'


def test_a_whole_form() -> None:
    assert portal_from_toml(WHOLE, "kon-tum") == Portal(
        slug="kon-tum",
        name="Cổng thông tin điện tử tỉnh Kon Tum",
        province="kon-tum",
        publisher="government",
        checked_on=date(2026, 11, 20),
        hosts=("www.kontum.gov.vn", "kontum.gov.vn"),
        active=False,
        sections=(Section("Tin trong tỉnh", "https://www.kontum.gov.vn/tin"),),
        layouts=(  # newest first, however they stand in the form
            Layout(title="h1.title", posted=".date"),
            Layout(until=date(2021, 6, 30), title="h1"),
            Layout(until=date(2019, 12, 31), title="h2"),
        ),
        expect=Expect(articles_per_run=1, filled={"posted": 0.95, "authors": 0.40}),
        network=Network(delay=2.0, tls="legacy"),
        digest="sha256:" + hashlib.sha256(WHOLE.encode()).hexdigest(),
        text=WHOLE,
    )


def test_the_shortest_form() -> None:
    portal = portal_from_toml(MINIMAL, "x")
    assert (portal.active, portal.loopback, portal.family, portal.publisher) == (True, False, None, None)
    assert (portal.home, hash(portal)) == ("https://a.gov.vn/", hash(portal_from_toml(MINIMAL, "x")))


LAYOUTS = [
    (date(2018, 5, 1), "h2"),
    (date(2019, 12, 31), "h2"),
    (date(2020, 1, 1), "h1"),
    (date(2021, 6, 30), "h1"),
    (date(2021, 7, 1), "h1.title"),
    (date(2026, 11, 23), "h1.title"),
]


@pytest.mark.parametrize(("day", "title"), LAYOUTS)
def test_the_day_of_the_capture_picks_the_layout(day: date, title: str) -> None:
    layout = portal_from_toml(WHOLE, "kon-tum").layout_on(day)
    assert layout
    assert layout.title == title


def test_no_layout_where_the_last_has_ended() -> None:
    portal = portal_from_toml(MINIMAL + '[[layouts]]\nuntil = 2021-12-31\ntitle = "h1"', "x")
    assert portal.layout_on(date(2022, 1, 1)) is None


OWNED = [
    ("https://www.kontum.gov.vn/pages/detail/1/A.html", True),
    ("http://kontum.gov.vn", True),
    ("HTTPS://WWW.KONTUM.GOV.VN:443/a", True),
    ("https://www.kontum.gov.vn:444/a", False),
    ("https://huyendakglei.kontum.gov.vn/", False),
    ("https://kontum.gov.vn.example.com/", False),
    ("https://kontum.gov.vn@example.com/", False),
    ("ftp://kontum.gov.vn/", False),
    ("javascript:void(0)", False),
    ("https://[::1", False),
    ("https://kontum.gov.vn:99999999/", False),
    ("", False),
]


@pytest.mark.parametrize(("url", "owned"), OWNED)
def test_what_is_on_the_portal(url: str, owned: bool) -> None:
    assert portal_from_toml(WHOLE, "kon-tum").owns(url) is owned


def test_a_port_belongs_to_a_loopback_host() -> None:
    portal = portal_from_toml(LOCAL, "x")
    assert [portal.owns(f"http://127.0.0.1{port}/a") for port in (":8741", "", ":8742")] == [True, False, False]
    assert portal.home == "http://127.0.0.1:8741/"


MISTAKES = [
    # form, key that is named, words that must stand in the message
    (MINIMAL + "hots = 1", "hots", "nearest: hosts"),
    (MINIMAL + "[network]\ndely = 1", "network.dely", "nearest: delay"),
    (MINIMAL + "[[layouts]]\ntitel = 'h1'", "layouts[1].titel", "nearest: title"),
    (MINIMAL + "[[sections]]\ntitle = 'T'\nurl = 'https://a.gov.vn/'\nurll = 1", "sections[1].urll", "nearest: url"),
    (MINIMAL + "[expect]\nfilled = { postd = 1 }", "expect.filled.postd", "nearest: posted"),
    (MINIMAL + "qqq = 1", "qqq", "(allowed: name, province,"),
    ('province = "kon-tum"\nhosts = ["a.gov.vn"]', "name", "missing"),
    ('name = "X"\nhosts = ["a.gov.vn"]', "province", "missing"),
    ('name = "X"\nprovince = "kon-tum"', "hosts", "missing"),
    (MINIMAL + "[[sections]]\ntitle = 'T'", "sections[1].url", "missing"),
    # values of another type
    (MINIMAL + "active = 'yes'", "active", "neither true nor false"),
    (MINIMAL + "active = 1", "active", "neither true nor false"),
    (MINIMAL + "checked_on = '2026-11-20'", "checked_on", "without quotes"),
    (MINIMAL + "checked_on = 2026-11-20T08:00:00", "checked_on", "without quotes"),
    (MINIMAL + "family = 3", "family", "3"),
    (MINIMAL + "sections = 1", "sections", "two brackets"),
    (MINIMAL + "[sections]\ntitle = 'T'", "sections", "two brackets"),
    (MINIMAL + "network = 1", "network", "no table"),
    (MINIMAL + "[network]\ndelay = true", "network.delay", "no number"),
    (MINIMAL + "[network]\ndelay = inf", "network.delay", "no number"),
    (MINIMAL + "[network]\ndelay = -1", "network.delay", "no number"),
    (MINIMAL + "[expect]\narticles_per_run = 1.5", "expect.articles_per_run", "whole number"),
    (MINIMAL + "[expect]\nfilled = { posted = 95 }", "expect.filled.posted", "between 0 and 1"),
    ('name = ""\nprovince = "kon-tum"\nhosts = ["a.gov.vn"]', "name", "no line of text"),
    # values out of their list
    (MINIMAL + "publisher = 'goverment'", "publisher", "nearest: government"),
    (MINIMAL + "family = 'nukevit'", "family", "nearest: nukeviet"),
    (MINIMAL + "[network]\ntls = 'legazy'", "network.tls", "nearest: legacy"),
    ('name = "X"\nprovince = "kon-tun"\nhosts = ["a.gov.vn"]', "province", "nearest: kon-tum"),
    ('name = "X"\nprovince = "Kon Tum"\nhosts = ["a.gov.vn"]', "province", "written 'kon-tum'"),
    # what one key says about another
    (MINIMAL + "[network]\ndelay = 0.5", "network.delay", "only with loopback"),
    (MINIMAL + "loopback = true", "hosts", "no loopback address"),
    (LOCAL.replace("true", "false"), "hosts", "loopback = true is for"),
    (LOCAL.replace("127.0.0.1:8741", "127.0.0.1"), "hosts", "with a port"),
    (LOCAL.replace("127.0.0.1:8741", "localhost"), "hosts", "with a port"),
    (LOCAL.replace("127.0.0.1:8741", "127.0.0.1.gov.vn:80"), "hosts", "no loopback address"),
    (MINIMAL + "[[sections]]\ntitle = 'T'\nurl = 'https://b.gov.vn/'", "sections[1].url", "none of the portal's hosts"),
    (
        MINIMAL + "[[sections]]\ntitle = 'T'\nurl = 'https://a.gov.vn/t'\n" * 2,
        "sections",
        "'https://a.gov.vn/t' stands there twice",
    ),
    (MINIMAL + "[[layouts]]\ntitle = 'h1'\n[[layouts]]\nbody = 'p'", "layouts", "have no `until`"),
    (MINIMAL + "[[layouts]]\nuntil = 2020-01-01", "layouts[1]", "names no selector"),
    (MINIMAL + "[[layouts]]\ntitle = 'h1['", "layouts[1].title", "no CSS selector"),
    (MINIMAL + "[[layouts]]\ntitle = '//h1'", "layouts[1].title", "no CSS selector"),
    (MINIMAL + "[[layouts]]\ntitle = 'x|h1'", "layouts[1].title", "no CSS selector"),
    (MINIMAL + "[[sections]]\ntitle = 'T'\nurl = '/tin'", "sections[1].url", "begins with https://"),
    (MINIMAL + "[[sections]]\ntitle = 'T'\nurl = 'https://u:p@a.gov.vn/'", "sections[1].url", "begins with https://"),
    ("name = X", "", "not TOML"),
    (MINIMAL + "name = 'Y'", "", "not TOML"),
]


@pytest.mark.parametrize(("text", "key", "words"), MISTAKES)
def test_a_mistake_names_file_and_key(tmp_path: Path, text: str, key: str, words: str) -> None:
    path = tmp_path / "x.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadPortalFile) as caught:
        load_portal(path)
    message = str(caught.value)
    assert caught.value.key == key
    assert message.startswith(f"{path}: {key}: " if key else f"{path}: ")
    assert words in message
    assert "\n" not in message


BAD_HOSTS = [
    "https://a.gov.vn", "a.gov.vn/", "A.gov.vn", "a.gov.vn:0", "a.gov.vn:70000", "a", "a..vn", "-a.vn", "a b.vn", "",
    "user@a.vn", "*.gov.vn", "999.1.1.1", "127.1", "0x7f.0.0.1", "2130706433", "10.0.0.1", "192.168.1.1:80",
    "169.254.169.254", "0.0.0.0", "[::1]", "[::ffff:127.0.0.1]", "[fe80::1]", "localhost", "cổng.vn",
]  # fmt: skip


@pytest.mark.parametrize("host", BAD_HOSTS)
def test_hosts_of_others_are_public_names(host: str) -> None:
    with pytest.raises(BadPortalFile, match="hosts"):
        portal_from_toml(f'name = "X"\nprovince = "kon-tum"\nhosts = ["{host}"]', "x")


@pytest.mark.parametrize("host", ["127.0.0.1:1", "localhost:8741", "127.8.0.3:65535", "[::1]:80"])
def test_loopback_hosts(host: str) -> None:
    assert portal_from_toml(LOCAL.replace("127.0.0.1:8741", host), "x").hosts == (host,)


@pytest.mark.parametrize("slug", ["Kon-Tum", "kon_tum", "kon tum", "", "..", "-x", "kon/tum", "côn-đảo"])
def test_a_slug_is_plain(slug: str) -> None:
    with pytest.raises(BadPortalFile, match="a form's name"):
        portal_from_toml(MINIMAL, slug)


def test_a_windows_editor_is_forgiven(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(b"\xef\xbb\xbf" + MINIMAL.replace("\n", "\r\n").encode())
    portal = load_portal(path)
    assert portal.name == "X"
    assert portal.digest == "sha256:" + hashlib.sha256(path.read_bytes()).hexdigest()
    assert portal.text.encode() == path.read_bytes()


def test_a_form_that_is_not_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(MINIMAL.encode("utf-16"))
    with pytest.raises(BadPortalFile, match="not UTF-8"):
        load_portal(path)
    with pytest.raises(BadPortalFile, match="No such file"):
        load_portal(tmp_path / "y.toml")


@given(st.text(max_size=80))
def test_no_text_raises_anything_else(text: str) -> None:
    for whole in (text, MINIMAL + text):
        with contextlib.suppress(BadPortalFile):
            portal_from_toml(whole, "x")


VALUES = st.recursive(
    st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.dates() | st.datetimes(),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["title", "url", "x"]), inner, max_size=2)
    ),
    max_leaves=4,
)


@given(st.sampled_from(["publisher", "family", "sections", "layouts", "expect", "network", "checked_on"]), VALUES)
def test_no_value_raises_anything_else(key: str, value: object) -> None:
    with contextlib.suppress(Wrong):
        FORM[key](value)


# The user's own folder


def test_a_form_of_the_user_replaces_a_shipped_one_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "kon-tum.toml").write_text(LOCAL, encoding="utf-8")
    (tmp_path / "mine.toml").write_text(LOCAL.replace("8741", "8742"), encoding="utf-8")
    portals = load_portals(tmp_path)
    assert portals.keys() - FORMS.keys() == {"mine"}
    assert {slug: portal.replaces for slug, portal in portals.items() if portal.replaces} == {
        "kon-tum": SHIPPED / "kon-tum.toml"
    }
    assert portals["kon-tum"].loopback


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(PortalError, match="no such folder"):
        load_portals(tmp_path / "nowhere")


# Which portals a crawl gets


def form(slug: str, place: str, *, active: bool) -> Portal:
    return Portal(slug=slug, name=slug, province=place, hosts=(f"{slug}.vn",), active=active)


SOME = {
    each.slug: each
    for each in (
        form("demo", "kon-tum", active=False),
        form("kon-tum", "kon-tum", active=False),
        form("bao-kon-tum", "kon-tum", active=True),
        form("quang-ngai", "quang-ngai", active=False),
        form("so-quang-ngai", "quang-ngai", active=False),
        form("bao-quang-ngai", "quang-ngai.2025", active=True),
        form("lao-cai", "lao-cai", active=True),
    )
}
SELECTIONS = [
    # neither: the active ones
    (None, None, ["bao-kon-tum", "bao-quang-ngai", "lao-cai"]),
    ("demo", None, ["demo"]),
    (" lao-cai, demo ,lao-cai", None, ["lao-cai", "demo"]),
    # no form: its host in the registry
    ("ha-noi", None, ["ha-noi"]),
    ("ha-giang", None, ["ha-giang"]),
    (None, "ha-noi", ["ha-noi"]),
    # the province's own portal is named by it; others only where active; those of a merged province went along
    (None, "quang-ngai", ["quang-ngai", "bao-quang-ngai", "bao-kon-tum"]),
    (None, "Tỉnh Quảng Ngãi,lào cai", ["quang-ngai", "bao-quang-ngai", "bao-kon-tum", "lao-cai"]),
    ("demo", "lao-cai", ["demo", "lao-cai"]),
]


@pytest.mark.parametrize(("portals", "provinces", "slugs"), SELECTIONS)
def test_selections(portals: str | None, provinces: str | None, slugs: list[str]) -> None:
    assert [each.slug for each in select_portals(SOME, portals, provinces)] == slugs


BAD_SELECTIONS = [
    ("dmo", None, "no portal is called 'dmo'; nearest: demo"),
    ("zzzz", None, "no portal is called 'zzzz'; see `scrapy portal list`"),
    ("", None, "portal= names nothing: give one or more, separated by commas"),
    (None, " , ", "province= names nothing: give one or more, separated by commas"),
    (None, "quang-ngoi", "no province is called 'quang-ngoi'; nearest: quang-ngai"),
    (
        None,
        "Kon Tum",
        "Kon Tum became part of Quảng Ngãi on 2025-07-01: "
        "province=quang-ngai, or portal=kon-tum for its old portal alone",
    ),
]


@pytest.mark.parametrize(("portals", "provinces", "message"), BAD_SELECTIONS)
def test_bad_selections(portals: str | None, provinces: str | None, message: str) -> None:
    with pytest.raises(BadSelection) as caught:
        select_portals(SOME, portals, provinces)
    assert str(caught.value) == message


def test_nothing_active_is_said() -> None:
    with pytest.raises(BadSelection, match="no form is active"):
        select_portals({})


def test_a_province_from_the_registry_alone() -> None:
    assert portal_for_province("Hà Nội") == Portal(
        slug="ha-noi",
        name="Cổng thông tin điện tử thành phố Hà Nội",
        province="ha-noi",
        hosts=("hanoi.gov.vn",),
        publisher="government",
        active=False,
    )


@pytest.mark.parametrize("slug", PROVINCES)
def test_every_province_has_a_portal(slug: str) -> None:
    portal = portal_for_province(PROVINCES[slug])
    assert portal
    assert province(portal.province).place == portal.slug


# Guards over all shipped forms

SHIPPED_FORMS = pytest.mark.parametrize("portal", FORMS.values(), ids=FORMS)


def test_hosts_belong_to_one_portal_each() -> None:
    count = Counter(host for portal in FORMS.values() for host in portal.hosts)
    assert [host for host, times in count.items() if times > 1] == []


@SHIPPED_FORMS
def test_a_shipped_form(portal: Portal) -> None:
    assert portal.path == SHIPPED / f"{portal.slug}.toml"
    assert portal.province in {record.place for record in PROVINCES.values()}
    assert portal.publisher
    assert len(portal.text.splitlines()) <= 40  # more than that is a family


@pytest.mark.parametrize("slug", [slug for slug in FORMS if slug in {record.place for record in PROVINCES.values()}])
def test_the_form_of_a_province_agrees_with_the_registry(slug: str) -> None:
    assert FORMS[slug].province == slug
    assert set(province(slug).hosts) <= set(FORMS[slug].hosts)


def test_what_is_crawled_unasked_is_attested_since_the_merger() -> None:
    # portals.md: dongnai.gov.vn in copies of 2025-26, quangngai.gov.vn in public code of 2026
    assert [portal.slug for portal in select_portals(FORMS)] == ["dong-nai", "quang-ngai"]
