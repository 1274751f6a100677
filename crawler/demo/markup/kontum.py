"""Kon Tum's markup, synthesised: no saved page of that portal is public, so it is varied over the stories."""

from __future__ import annotations

from crawler.demo.content import SECTIONS, Story
from crawler.demo.markup.shell import (
    NAME,
    Scene,
    day_of,
    e,
    frame,
    loose_files,
    picture,
    pictures_after,
    prose,
    views,
)

SECTION = SECTIONS["kontum"]
SPACER = "<p>&nbsp;</p>"
# Two spellings of the header's weekday were seen on kontum.gov.vn.
TODAY = ("Thứ {n}", "Thứ {word}")
WORDS = ("hai", "ba", "tư", "năm", "sáu", "bảy")
BYLINES = (
    '<p style="text-align: right;"><strong>{}</strong></p>',
    '<p align="right"><em>{}</em></p>',
    "<p>{}</p>",
)


def shell(scene: Scene, title: str, main: str) -> str:
    number = scene.day.weekday()
    today = "Chủ nhật" if number == 6 else TODAY[len(title) % 2].format(n=number + 2, word=WORDS[number])
    return frame("kontum", scene, title, main, today=today)


def article(scene: Scene, story: Story) -> str:
    """Two layouts by the story's number: `h1.title` with the list of other news outside, and `h2` with it inside."""
    old = story.id % 2 == 0
    box, heading, when, text = (
        ("detail", "h1", "date", "content") if old else ("chitiet", "h2", "thongke-ngay", "noidung")
    )
    body = content(scene, story)
    other = related(scene)
    inner = f'<div class="{text}">{body}</div>{other}' if old else f'<div class="{text}">{body}{other}</div>'
    main = f"""<div class="breadcrumb"><a href="/">Trang chủ</a> » <a href="{SECTION.home}">{SECTION.title}</a></div>
<div class="{box}">
<{heading} class="title">{e(story.title)}</{heading}>
<div class="{when}">{posted(story)}</div>
<div class="fontsize"><a href="javascript:void(0)">Mặc định</a> <span>Cỡ chữ</span></div>
{inner}
{files(scene, story)}
<div class="tools"><a href="/pages/print/{story.id}">Bản in</a> <span>Lượt xem: {views(scene.path)}</span></div>
</div>"""
    return shell(scene, f"{story.title} - {NAME}", main)


def posted(story: Story) -> str:
    clock = story.clock
    return f"Ngày đăng: {day_of(story)}" + (f"&nbsp; {clock:%H:%M}" if clock else "") if story.posted else ""


def content(scene: Scene, story: Story) -> str:
    """The editor's paragraphs, spacers of one no-break space between, the byline last."""
    # A class name inside the body is no proof of a family: editors paste from other portals.
    style = ' class="MsoNormal tandan-p-article-news-content"' if "pasted" in story.traps else ""
    parts = []
    for number, text in enumerate(("", *story.body)):
        if text:
            parts += [f"<p{style}>{prose(scene, story, text)}</p>", SPACER]
        for each in pictures_after(story, number):
            parts.append(f'<p style="text-align: center;">{picture(each)}</p>')
            if each.caption:
                parts.append(f'<p style="text-align: center;"><em>{e(each.caption)}</em></p>')
    if story.video:
        parts.append(f'<video controls><source src="{e(story.video)}" type="video/mp4"></video>')
    if story.byline:
        parts.append(BYLINES[story.id % 3].format(e(story.byline)))
    return "\n".join(parts)


def files(scene: Scene, story: Story) -> str:
    rows = "".join(f'<li><a href="{e(scene.file(f))}">{e(f.title)}</a></li>' for f in loose_files(story))
    return f'<div class="file-dinh-kem"><b>Tệp đính kèm:</b><ul>{rows}</ul></div>' if rows else ""


def related(scene: Scene) -> str:
    rows = "".join(
        f'<li><a href="{e(s.key)}">{e(s.title)}</a> <span class="date">({day_of(s)})</span></li>' for s in scene.related
    )
    return f'<div class="tinkhac"><h3>Các tin khác</h3><ul>{rows}</ul></div>'


def listing(scene: Scene, stories: list[Story], number: int, last: int, extra: list[tuple[str, str]]) -> str:
    """One page of the list; `extra` are linked addresses that are no articles."""
    home = SECTION.home
    rows = "".join(
        f'<div class="item"><h3><a href="{e(s.key)}" title="{e(s.title)}">{e(s.title)}</a></h3>'
        f'<span class="date">({day_of(s)})</span><p>{e((s.body or ("",))[0][:120].replace("~", " "))}…</p></div>'
        for s in stories
    ) + "".join(f'<div class="item"><h3><a href="{e(href)}">{e(text)}</a></h3></div>' for href, text in extra)
    pages = "".join(f'<a href="{home}?page={n}">{n}</a> ' for n in range(1, last + 1))
    following = f'<a class="next" href="{home}?page={number + 1}">Trang sau</a>' if number < last else ""
    main = f'<div class="list-news"><h2>{SECTION.title}</h2>{rows}</div><div class="pager">{pages}{following}</div>'
    return shell(scene, f"{SECTION.title} - {NAME}", main)


def twin(scene: Scene, story: Story) -> str:
    """The print page: no posting date, only the day of printing."""
    paragraphs = "".join(f"<p>{prose(scene, story, text)}</p>" for text in story.body)
    return (
        f'<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>{e(story.title)}</title>'
        f'<meta name="robots" content="noindex"></head><body onload="window.print()"><h3>{e(story.title)}</h3>'
        f"{paragraphs}"
        f"<p>Kon Tum, ngày {scene.day:%d} tháng {scene.day:%m} năm {scene.day:%Y}</p></body></html>\n"
    )
