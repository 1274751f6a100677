"""Which page stands at which address of the demo portal: stories, lists, feeds, files, traps and twins."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from urllib.parse import parse_qs
from xml.sax.saxutils import escape

from crawler.demo.content import SECTIONS, File, Story, stories
from crawler.demo.files import file_bytes
from crawler.demo.markup import kontum, liferay, nukeviet, own
from crawler.demo.markup.shell import NAME, Scene, e
from crawler.demo.traps import TRAPS, Trap, traps_of

MARKUP = {"kontum": kontum, "nukeviet": nukeviet, "liferay": liferay, "own": own}
PER_PAGE = 5
COOKIE = "5f3a9c0be1d24776"


@dataclass(frozen=True, slots=True)
class Page:
    """An answer before validators and codings are put on it."""

    status: int = 200
    body: bytes = b""
    media_type: str = "text/html; charset=utf-8"
    modified: date | None = None
    tagged: bool = False
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def is_text(self) -> bool:
        return self.media_type.startswith("text/") or "xml" in self.media_type


def html(text: str, status: int = 200) -> Page:
    return Page(status, text.encode())


def moved(to: str, status: int = 302) -> Page:
    return Page(status, b"", headers=(("location", to),))


def page_at(scene: Scene, query: str, cookie: str) -> Page:
    """The page at `scene.path` with `query`; every address that nothing stands at answers 404."""
    for key in (f"{scene.path}?{query}", scene.path):
        if story := _by_key(scene.edition).get(key):
            return _story(scene, story, cookie)
        if trap := next((trap for trap in TRAPS if trap.key == key), None):
            return _trap(scene, trap)
    if section := _lists().get(re.sub(r"page-\d+/$", "", scene.path)):
        return _list(scene, section, query)
    if file := _files(scene.edition).get(scene.path):
        return Page(body=_file(file), media_type=file.media_type, modified=date(2020, 1, 2), tagged=True)
    return _single(scene, query) or _twin(scene) or not_found(scene)


def not_found(scene: Scene, status: int = 404) -> Page:
    text = "Không tìm thấy trang" if status != 410 else "Bài viết đã được gỡ bỏ"
    return html(kontum.shell(scene, f"{text} - {NAME}", f'<div class="error"><h2>{text}</h2></div>'), status)


# --- stories -------------------------------------------------------------------------------------------------------


@cache
def _by_key(edition: int) -> dict[str, Story]:
    return {story.key: story for story in stories(edition)}


def _shown(edition: int, section: str) -> list[Story]:
    return [story for story in stories(edition) if story.section == section and story.fate is None]


def _story(scene: Scene, story: Story, cookie: str) -> Page:
    match story.fate:
        case "404":
            return not_found(scene)
        case "410":
            return not_found(scene, 410)
        case "soft":
            return _soft_404(scene, story.section)
        case "home":
            return moved("/")
    if "wall" in story.traps and not cookie:
        # D1N, as seen before some state portals: a tiny script sets a literal cookie and loads the page again.
        script = f'document.cookie="D1N={COOKIE}"+"; path=/";window.location.reload(true);'
        return html(f"<html><body><script>{script}</script></body></html>\n")
    scene = replace(scene, related=_neighbours(story))
    text = MARKUP[story.section].article(scene, story)
    if "nfd" in story.traps:
        text = unicodedata.normalize("NFD", text)
    bare = "bare" in story.traps
    return Page(body=text.encode(), modified=None if bare else story.modified, tagged=not bare)


def _neighbours(story: Story) -> tuple[Story, ...]:
    """Three stories of the first edition beside this one: a list of other news that later editions do not touch."""
    fellows = [s for s in stories(1) if s.section == story.section and s.id != story.id]
    place = sum(1 for s in fellows if (s.posted or "") > (story.posted or ""))
    return tuple((fellows[place:] + fellows[:place])[:3])


def _soft_404(scene: Scene, section: str) -> Page:
    main = "<h2>Không tìm thấy trang</h2><p>Nội dung bạn yêu cầu không tồn tại hoặc đã bị xóa.</p>"
    return html(MARKUP[section].shell(scene, f"Không tìm thấy trang - {NAME}", f'<div class="thong-bao">{main}</div>'))


def _trap(scene: Scene, trap: Trap) -> Page:
    shell = MARKUP[trap.section].shell
    match trap.reason:
        case "status_404":
            return not_found(scene)
        case "login":
            return html(shell(scene, f"Đăng nhập - {NAME}", _LOGIN))
        case "soft_404":
            return _soft_404(scene, trap.section)
        case "error":
            text = "<h2>Lỗi hệ thống</h2><p>Đã có lỗi xảy ra trong quá trình xử lý. Xin vui lòng thử lại sau.</p>"
            return html(shell(scene, f"Lỗi - {NAME}", text))
        case "list":
            return _list(scene, trap.section, "")
        case "robots":
            return html(shell(scene, f"Lịch trực - {NAME}", "<h1>Lịch trực cơ quan</h1><p>Chỉ dùng nội bộ.</p>"))
        case "redirect_known":
            return moved(trap.to or "/", 301)
        case _:
            return moved(trap.to or "/")


_LOGIN = """<form action="/dang-nhap" method="post" class="login"><h2>Đăng nhập hệ thống</h2>
<label>Tên đăng nhập <input type="text" name="user"></label><label>Mật khẩu <input type="password" name="pass"></label>
<input type="submit" value="Đăng nhập"></form>"""


# --- lists, feeds, sitemaps ----------------------------------------------------------------------------------------


@cache
def _lists() -> dict[str, str]:
    return {section.home: name for name, section in SECTIONS.items()}


def _list(scene: Scene, section: str, query: str) -> Page:
    """One page of a list. Past the end: Kon Tum's is empty, NukeViet's 404, the two others repeat the last page."""
    shown = _shown(scene.edition, section)
    last = -(-len(shown) // PER_PAGE)
    number = _number(scene.path, query)
    if number > last and section == "nukeviet":
        return not_found(scene)
    if number > last and section != "kontum":
        number = last
    start = (number - 1) * PER_PAGE
    text = MARKUP[section].listing(scene, shown[start : start + PER_PAGE], number, last, traps_of(section, number))
    return Page(body=text.encode(), tagged=True)


def _number(path: str, query: str) -> int:
    found = re.search(r"/page-(\d+)/$", path)
    fields = parse_qs(query)
    said = found[1] if found else next((fields[k][0] for k in ("page", "_101_cur", "trang") if k in fields), "1")
    return max(1, int(said)) if said.isdigit() and len(said) < 6 else 1


def _feed(scene: Scene, section: str) -> Page:
    items = "".join(
        f"<item><title>{escape(s.title)}</title><link>{escape(scene.base + s.key)}</link>"
        f'<guid isPermaLink="false">{section}-{s.id}</guid>'
        + (
            f"<pubDate>{s.clock:%d} {_MONTHS[s.clock.month - 1]} {s.clock:%Y %H:%M:%S} +0700</pubDate>"
            if s.clock
            else ""
        )
        + f"<description>{escape((s.lead or '').replace('~', ' '))}</description></item>"
        for s in _shown(scene.edition, section)[:10]
    )
    home = scene.base + SECTIONS[section].home
    text = (
        f'<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel><title>{SECTIONS[section].title}</title>'
        f"<link>{home}</link><description>{escape(NAME)}</description>{items}</channel></rss>\n"
    )
    return Page(body=text.encode(), media_type="application/rss+xml; charset=utf-8", tagged=True)


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SITEMAP_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def _sitemap_index(scene: Scene) -> Page:
    rows = "".join(f"<sitemap><loc>{scene.base}/sitemap-{name}.xml</loc></sitemap>" for name in SECTIONS)
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex xmlns="{_SITEMAP_SPACE}">{rows}</sitemapindex>\n'
    return Page(body=text.encode(), media_type="application/xml", tagged=True)


def _sitemap(scene: Scene, section: str) -> Page:
    rows = "".join(
        f"<url><loc>{escape(scene.base + s.key)}</loc><lastmod>{s.modified.isoformat()}</lastmod></url>"
        for s in _shown(scene.edition, section)
    )
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{_SITEMAP_SPACE}">{rows}</urlset>\n'
    return Page(body=text.encode(), media_type="application/xml", tagged=True)


# --- single addresses and twins ------------------------------------------------------------------------------------


def _single(scene: Scene, query: str) -> Page | None:
    match scene.path:
        case "/" | "/vi" | "/vi/" | "/en" | "/en/":
            return _home(scene)
        case "/robots.txt":
            text = f"User-agent: *\nDisallow: /noi-bo/\nDisallow: /tim-kiem\nSitemap: {scene.base}/sitemap.xml\n"
            return Page(body=text.encode(), media_type="text/plain; charset=utf-8")
        case "/sitemap.xml":
            return _sitemap_index(scene)
        case "/rss/tin-trong-tinh.rss":
            return _feed(scene, "kontum")
        case "/vi/news/rss/kinh-te-dau-tu/":
            return _feed(scene, "nukeviet")
        case "/vi/news/kinh-te-dau-tu":
            return moved("/vi/news/kinh-te-dau-tu/", 301)
        case "/tim-kiem":
            form = '<form action="/tim-kiem"><input type="search" name="q"></form>'
            return html(kontum.shell(scene, f"Tìm kiếm - {NAME}", f"<h2>Kết quả tìm kiếm</h2>{form}<p>0 kết quả</p>"))
        case "/dang-nhap":
            return html(kontum.shell(scene, f"Đăng nhập - {NAME}", _LOGIN))
        case "/lich-cong-tac":
            return _calendar(scene, query)
    if found := re.fullmatch(r"/sitemap-(\w+)\.xml", scene.path):
        return _sitemap(scene, found[1]) if found[1] in SECTIONS else None
    return None


def _home(scene: Scene) -> Page:
    """The front page; /en and /vi answer the same and link one step deeper each time."""
    blocks = []
    for name, section in SECTIONS.items():
        rows = "".join(f'<li><a href="{e(s.key)}">{e(s.title)}</a></li>' for s in _shown(scene.edition, name)[:3])
        blocks.append(
            f'<div class="block"><h2><a href="{section.home}">{e(section.title)}</a></h2><ul>{rows}</ul></div>'
        )
    tongues = '<div class="lang"><a href="/vi">Tiếng Việt</a> <a href="/en">English</a></div>'
    return html(kontum.shell(scene, NAME, tongues + "".join(blocks)))


def _calendar(scene: Scene, query: str) -> Page:
    """A calendar without an end: every month links the next."""
    said = re.fullmatch(r"thang=(\d{4})-(\d{2})", query)
    months = int(said[1]) * 12 + int(said[2]) - 1 if said else 2026 * 12 + 10
    following = f"{(months + 1) // 12:04d}-{(months + 1) % 12 + 1:02d}"
    text = f"<h2>Lịch công tác tháng {months % 12 + 1}/{months // 12}</h2>"
    return html(
        kontum.shell(scene, f"Lịch - {NAME}", f'{text}<a href="/lich-cong-tac?thang={following}">Tháng sau</a>')
    )


def _twin(scene: Scene) -> Page | None:
    """Print pages, and the Liferay language switch that answers a list below any of its addresses."""
    told = {story.id: story for story in stories(scene.edition) if story.fate is None}
    if found := re.fullmatch(
        r"/pages/print/(\d+)|/vi/news/(?:print|savefile)/kinh-te-dau-tu/.*-(\d+)\.html", scene.path
    ):
        story = told.get(int(found[1] or found[2]))
        if story and story.section in ("kontum", "nukeviet"):
            twin = kontum.twin if story.section == "kontum" else nukeviet.twin
            return html(twin(scene, story))
    if re.fullmatch(rf"{SECTIONS['liferay'].home}(/.*)?/(vi|en)", scene.path):
        return _list(scene, "liferay", "")
    return None


# --- files ---------------------------------------------------------------------------------------------------------


@cache
def _files(edition: int) -> dict[str, File]:
    every = [file for story in stories(edition) for file in story.files]
    every += [File(each.path, each.caption or story.title) for story in stories(edition) for each in story.images]
    every += [File(story.video, story.title) for story in stories(edition) if story.video]
    return {file.path: file for file in every}


def _file(file: File) -> bytes:
    return file_bytes(file.path, file.title or file.path, file.size)
