"""What the demo's four markups share: escaping, dates as printed, links, and the scene a page is rendered in."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from html import escape
from pathlib import Path
from string import Template

from crawler.demo.content import PORT, SECTIONS, File, Picture, Story

NAME = "Cổng thông tin điện tử tỉnh Kon Tum (trình diễn)"
WEEKDAYS = ("Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật")
PICTURE = '<img src="{src}" alt="{alt}" width="480">'


@dataclass(frozen=True, slots=True)
class Scene:
    """What a page needs to know besides its story: the day of rendering, the edition, the port asked, its address."""

    day: date
    edition: int
    port: int = PORT
    path: str = "/"
    related: tuple[Story, ...] = ()

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def file(self, file: File) -> str:
        """The address of a file as the pages link it: absolute only where it lies on the second host."""
        return file.href if file.host == "127.0.0.1" else f"http://{file.host}:{self.port}{file.href}"


def frame(name: str, scene: Scene, title: str, main: str, **more: str) -> str:
    """A whole page: `main` in the HTML file `name` beside this module, under today's date and the portal's menu."""
    facts = {
        "today": weekday(scene.day),
        "day": f"{scene.day:%d/%m/%Y}",
        "name": NAME,
        "menu": menu(),
        "footer": footer(),
    }
    return _template(name).substitute(facts | more, title=e(title), main=main)


@cache
def _template(name: str) -> Template:
    return Template((Path(__file__).parent / f"{name}.html").read_text(encoding="utf-8"))


def e(text: str | None) -> str:
    return escape(text or "")


def prose(scene: Scene, story: Story, text: str | None) -> str:
    """A paragraph's HTML: no-break spaces for `~`, links to the story's files for `[[1|words]]`."""

    def link(found: re.Match[str]) -> str:
        return f'<a href="{e(scene.file(story.files[int(found[1]) - 1]))}">{found[2]}</a>'

    return re.sub(r"\[\[(\d)\|(.*?)\]\]", link, e(text).replace("~", "&nbsp;"))


def linked(story: Story) -> frozenset[int]:
    """The numbers of the files that the body itself links."""
    return frozenset(int(n) for n in re.findall(r"\[\[(\d)\|", " ".join(story.body)))


def loose_files(story: Story) -> list[File]:
    """The files that stand in a list of their own."""
    inside = linked(story)
    return [file for number, file in enumerate(story.files, 1) if number not in inside]


def picture(each: Picture) -> str:
    return PICTURE.format(src=e(each.path), alt=e(each.caption))


def pictures_after(story: Story, number: int) -> list[Picture]:
    return [each for each in story.images if each.after == number]


def day_of(story: Story) -> str:
    day = story.posted_day
    return f"{day:%d/%m/%Y}" if day else ""


def weekday(day: date | datetime) -> str:
    return WEEKDAYS[day.weekday()]


def views(path: str) -> int:
    """A view counter; it follows from the address, so that a page's bytes do."""
    return zlib.crc32(path.encode()) % 4000 + 17


def menu() -> str:
    items = "".join(f'<li><a href="{each.home}">{e(each.title)}</a></li>' for each in SECTIONS.values())
    return (
        f'<ul class="menu"><li><a href="/">Trang chủ</a></li>{items}'
        '<li><a href="/tim-kiem?q=">Tìm kiếm</a></li><li><a href="/lich-cong-tac?thang=2026-11">Lịch công tác</a></li>'
        '<li><a href="/dang-nhap">Đăng nhập</a></li><li><a href="http://cong-bao.invalid/">Công báo</a></li></ul>'
    )


def footer() -> str:
    return (
        '<div class="footer">Bản quyền thuộc Cổng thông tin điện tử tỉnh Kon Tum (trình diễn). '
        "Giấy phép số 07/GP-TTĐT do cơ quan quản lý cấp ngày 12/01/2018. Điện thoại: (0260) 3000 123. "
        '<a href="mailto:toasoan@demo.invalid">Liên hệ</a></div>'
    )
