"""The reader in a real browser: a person's way through it, on a phone too, and a hostile page that is looked at."""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from archive.web.app import Reader

CHROMIUM = Path("/usr/bin/chromium")
sync_api = pytest.importorskip("playwright.sync_api", reason="the group `full` with Playwright is not installed")
pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason=f"there is no {CHROMIUM}")
OFFLINE = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Debian's Chromium, which knows no host but this machine."""
    with sync_api.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=str(CHROMIUM), args=list(OFFLINE))
        yield started
        started.close()


@pytest.fixture
def served() -> Iterator[Callable[..., str]]:
    """Serves an archive's folder on two free ports, or sockets given, in a thread; gives the address of its pages."""
    running: list[tuple[uvicorn.Server, threading.Thread]] = []

    def begin(folder: Path, sockets: list[socket.socket] | None = None) -> str:
        sockets = sockets or [socket.create_server(("127.0.0.1", 0)) for _ in range(2)]
        ports = [each.getsockname()[1] for each in sockets]
        config = uvicorn.Config(Reader(folder, *ports), log_level="warning", lifespan="off", ws="none")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, args=(sockets,), daemon=True)
        thread.start()
        running.append((server, thread))
        for _ in range(200):
            if server.started:
                break
            time.sleep(0.05)
        return f"http://127.0.0.1:{ports[0]}"

    yield begin
    for server, thread in running:
        server.should_exit = True
        thread.join(timeout=10)


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A tab of its own, in Vietnamese; `page.answered` are the addresses that answered it."""
    context = browser.new_context(locale="vi-VN", viewport={"width": 1280, "height": 900})
    context.set_default_timeout(8000)
    tab = context.new_page()
    tab.answered = []
    context.on("response", lambda response: tab.answered.append(response.url))
    yield tab
    context.close()


def test_a_persons_way(page: Any, served: Callable[..., str], archive_folder: Path) -> None:
    page.goto(served(archive_folder))
    page.fill("#q", "cong van")
    page.keyboard.press("Enter")
    assert page.locator("mark").first.inner_text() in ("Công", "Công văn")
    page.get_by_role("complementary", name="Thu hẹp").get_by_role("link", name=re.compile(r"^Kon Tum \d+$")).click()
    assert "province=kon-tum" in page.url
    assert "Kon Tum từ ngày 01/07/2025 là một phần của Quảng Ngãi." in page.inner_text("main")
    page.get_by_role("link", name="Hội nghị lần thứ tám").click()
    assert page.locator("h1").inner_text() == "Hội nghị lần thứ tám"
    assert "kontum.posted" in page.locator(".fields").inner_text()
    article = page.url
    page.get_by_role("table").get_by_role("link", name="2623/UBND-NCXDPL").click()
    assert page.locator("h1").inner_text() == "2623/UBND-NCXDPL"
    assert page.locator("meter").count() == 1
    page.goto(article)
    page.get_by_role("link", name="xem chỗ sửa").click()
    assert (page.locator("div.difference del").inner_text(), page.locator("div.difference ins").inner_text()) == (
        "8",
        "tám",
    )
    page.goto(article)
    page.get_by_role("link", name="trang đã lưu").click()
    assert page.frame_locator("iframe.stored").locator("h1").first.inner_text() == "Hội nghị lần thứ tám"
    assert "khớp" in page.locator(".tag.good").inner_text()


WAYS = (
    "/",
    "/search?q=cong+van&province=kon-tum",
    "/documents",
    "/portals",
    "/portals/kon-tum",
    "/coverage",
    "/changes",
)


def test_narrow_pages_do_not_run_out_of_the_screen(page: Any, served: Callable[..., str], archive_folder: Path) -> None:
    address = served(archive_folder)
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(address)
    ways = [*WAYS, page.locator(".results a").first.get_attribute("href")]
    for way in ways:
        page.goto(address + way)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, way


def test_facet_and_stored_page_open_by_enter(page: Any, served: Callable[..., str], archive_folder: Path) -> None:
    page.goto(served(archive_folder))
    page.locator(".facets a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("province="))
    page.locator(".results h3 a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/a/**")
    page.get_by_role("link", name="trang đã lưu").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/s/**")
    assert page.locator("iframe.stored").count() == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_texts_stand_out_from_what_is_behind_them(
    page: Any, served: Callable[..., str], archive_folder: Path, scheme: str
) -> None:
    address = served(archive_folder)
    page.emulate_media(color_scheme=scheme)
    for way in WAYS:
        page.goto(address + way)
        faint = page.evaluate(FAINT)
        assert faint == [], (way, faint)


# WCAG 2.2, 1.4.3: 4.5 to 1. Backgrounds that are half transparent are laid over those behind them.
FAINT = """() => {
  const parts = text => text.match(/[\\d.]+/g).map(Number);
  const over = (top, under) => { const a = top[3] ?? 1; return [0, 1, 2].map(i => top[i] * a + under[i] * (1 - a)); };
  const linear = v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => 0.2126 * linear(r / 255) + 0.7152 * linear(g / 255) + 0.0722 * linear(b / 255);
  const behind = element => element
    ? over(parts(getComputedStyle(element).backgroundColor), behind(element.parentElement)) : [255, 255, 255];
  const faint = [];
  for (const element of document.querySelectorAll("body *")) {
    const own = [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
    if (!own || !element.checkVisibility()) continue;
    const ground = behind(element), ink = over(parts(getComputedStyle(element).color), ground);
    const [low, high] = [light(ink), light(ground)].sort((a, b) => a - b);
    if ((high + 0.05) / (low + 0.05) < 4.5) faint.push(element.outerHTML.slice(0, 90));
  }
  return faint;
}"""


def test_by_keyboard_and_for_screen_readers(page: Any, served: Callable[..., str], archive_folder: Path) -> None:
    address = served(archive_folder)
    for way in WAYS:
        page.goto(address + way)
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        assert page.locator("html").get_attribute("lang") == "vi"
        assert page.locator("h1").count() == 1
        assert page.locator("main").count() == 1
        for field in page.locator("input:not([type=hidden]), select").all():
            assert field.evaluate("each => each.labels.length") > 0, way


HOSTILE = """<html><head><title>Tin</title><base href="OTHER/"><meta http-equiv="refresh" content="0;url=READER/">
<link rel="stylesheet" href="OTHER/x.css"><link rel="preconnect" href="OTHER"><link rel="prefetch" href="READER/">
<style>@import "OTHER/y.css"; body { background: url(OTHER/z.png) } @font-face { font-family: f; src: url(READER/f) }
p { font-family: f; cursor: url(OTHER/c), auto }</style>
<script>top.location = "OTHER/"; fetch("READER/search.json"); document.title = "ran"</script></head>
<body onload="document.title = 'ran'"><p onmouseover="document.title = 'ran'">Bài</p>
<img src="OTHER/a.png" onerror="document.title = 'ran'"><svg onload="document.title = 'ran'"></svg>
<iframe src="READER/"></iframe><object data="READER/"></object><embed src="READER/"><img src="READER/static/icon.svg">
<video autoplay src="OTHER/v"></video><form action="READER/search"><button>Gửi</button></form>
<a href="OTHER/next" target="_top">Tiếp</a><a href="javascript:document.title='ran'">Chạy</a></body></html>"""


def test_a_hostile_page_runs_nothing_and_reaches_nobody(
    page: Any, served: Callable[..., str], crawl: Any, sample_article: Any, tmp_path: Path
) -> None:
    other, *own = (socket.create_server(("127.0.0.1", 0)) for _ in range(3))
    outside, reader, stored = (f"http://127.0.0.1:{each.getsockname()[1]}" for each in (other, *own))
    begun = crawl("kon-tum")
    text = HOSTILE.replace("OTHER", outside).replace("READER", reader)
    kept = begun.page(sample_article("kon-tum", 5), text * 3)
    begun.close()
    served(tmp_path / "data", own)
    page.goto(f"{reader}/s/kon-tum/{kept.snapshot.record_id}")
    frame = page.frames[1]
    assert (frame.url.startswith(f"{stored}/kon-tum/"), frame.evaluate("self.origin")) == (True, "null")
    for _ in range(2):
        frame.locator("p").first.hover()
        for link in frame.locator("a").all():
            link.click()
        page.wait_for_timeout(200)
        if frame != page.main_frame:
            page.goto(frame.url)  # not framed but alone, as somebody would open it
            frame = page.main_frame
    assert page.title() == "Tin"
    allowed = re.compile(rf"({reader}/(s|static)/(?!icon)|{reader}/static/icon.svg$|{stored}/(kon-tum/|favicon.ico))")
    assert [each for each in page.answered if not allowed.match(each)] == []
    other.settimeout(0.2)
    with pytest.raises(TimeoutError):
        other.accept()
    other.close()


def test_a_page_is_shown_in_its_stored_style(
    page: Any, served: Callable[..., str], crawl: Any, sample_article: Any, tmp_path: Path
) -> None:
    run = crawl("kon-tum")
    url = "https://www.kon-tum.example/kieu.css"
    run._commit(url, "requisite", run.answer(url, "text/css", b"p { color: rgb(1, 2, 3) }"))
    kept = run.page(sample_article("kon-tum", 5), "<link rel=stylesheet href=/kieu.css><p>Tin</p>" * 20)
    run.close()
    page.goto(f"{served(tmp_path / 'data')}/s/kon-tum/{kept.snapshot.record_id}")
    shown = page.frame_locator("iframe.stored").locator("p").first
    assert shown.evaluate("each => getComputedStyle(each).color") == "rgb(1, 2, 3)"
