"""Which page stands at which address of the demo portal: stories, lists, feeds, files, traps and twins."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import date
from functools import cache

from crawler.demo.content import SECTIONS, File, Story, stories
from crawler.demo.files import file_bytes
from crawler.demo.lists import MARKUP, feed, homes, list_page, shown_stories, sitemap, sitemap_index
from crawler.demo.markup import kontum, nukeviet
from crawler.demo.markup.shell import NAME, Scene, e
from crawler.demo.page import Page, html, moved, not_found
from crawler.demo.traps import TRAPS, Trap

COOKIE = "5f3a9c0be1d24776"


def page_at(scene: Scene, query: str, cookie: str) -> Page:
    """The page at `scene.path` with `query`; every address that nothing stands at answers 404."""
    for key in (f"{scene.path}?{query}", scene.path):
        if story := _by_key(scene.edition).get(key):
            return _story(scene, story, cookie)
        if trap := next((trap for trap in TRAPS if trap.key == key), None):
            return _trap(scene, trap)
    if section := homes().get(re.sub(r"page-\d+/$", "", scene.path)):
        return list_page(scene, section, query)
    if file := _files(scene.edition).get(scene.path):
        return Page(body=_file(file), media_type=file.media_type, modified=date(2020, 1, 2), tagged=True)
    return _single(scene, query) or _twin(scene) or not_found(scene)


@cache
def _by_key(edition: int) -> dict[str, Story]:
    return {story.key: story for story in stories(edition)}


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
            return list_page(scene, trap.section, "")
        case "robots":
            return html(shell(scene, f"Lịch trực - {NAME}", "<h1>Lịch trực cơ quan</h1><p>Chỉ dùng nội bộ.</p>"))
        case "redirect_known":
            return moved(trap.to or "/", 301)
        case _:
            return moved(trap.to or "/")


_LOGIN = """<form action="/dang-nhap" method="post" class="login"><h2>Đăng nhập hệ thống</h2>
<label>Tên đăng nhập <input type="text" name="user"></label><label>Mật khẩu <input type="password" name="pass"></label>
<input type="submit" value="Đăng nhập"></form>"""


def _single(scene: Scene, query: str) -> Page | None:
    match scene.path:
        case "/":
            return _home(scene)
        case "/robots.txt":
            text = f"User-agent: *\nDisallow: /noi-bo/\nDisallow: /tim-kiem\nSitemap: {scene.base}/sitemap.xml\n"
            return Page(body=text.encode(), media_type="text/plain; charset=utf-8")
        case "/sitemap.xml":
            return sitemap_index(scene)
        case "/rss/tin-trong-tinh.rss":
            return feed(scene, "kontum")
        case "/vi/news/rss/kinh-te-dau-tu/":
            return feed(scene, "nukeviet")
        case "/vi/news/kinh-te-dau-tu":
            return moved("/vi/news/kinh-te-dau-tu/", 301)
        case "/tim-kiem":
            form = '<form action="/tim-kiem"><input type="search" name="q"></form>'
            return html(kontum.shell(scene, f"Tìm kiếm - {NAME}", f"<h2>Kết quả tìm kiếm</h2>{form}<p>0 kết quả</p>"))
        case "/dang-nhap":
            return html(kontum.shell(scene, f"Đăng nhập - {NAME}", _LOGIN))
        case "/lich-cong-tac":
            return _calendar(scene, query)
    if re.fullmatch(r"(/(vi|en))+/?", scene.path):
        return _home(scene)
    if found := re.fullmatch(r"/sitemap-(\w+)\.xml", scene.path):
        return sitemap(scene, found[1]) if found[1] in SECTIONS else None
    return None


def _home(scene: Scene) -> Page:
    """The front page; /en and /vi answer the same and link one step deeper each time."""
    blocks = []
    for name, section in SECTIONS.items():
        newest = shown_stories(scene.edition, name)[:3]
        rows = "".join(f'<li><a href="{e(s.key)}">{e(s.title)}</a></li>' for s in newest)
        blocks.append(
            f'<div class="block"><h2><a href="{section.home}">{e(section.title)}</a></h2><ul>{rows}</ul></div>'
        )
    here = scene.path.rstrip("/")
    tongues = f'<div class="lang"><a href="{here}/vi">Tiếng Việt</a> <a href="{here}/en">English</a></div>'
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
        return list_page(scene, "liferay", "")
    return None


@cache
def _files(edition: int) -> dict[str, File]:
    every = [file for story in stories(edition) for file in story.files]
    every += [File(each.path, each.caption or story.title) for story in stories(edition) for each in story.images]
    every += [File(story.video, story.title) for story in stories(edition) if story.video]
    return {file.path: file for file in every}


def _file(file: File) -> bytes:
    return file_bytes(file.path, file.title or file.path, file.size)
