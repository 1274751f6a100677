"""Liferay's markup in two generations: 6.2's asset publisher and the later theme whose classes begin with chi-tiet."""

from __future__ import annotations

import hashlib
from urllib.parse import quote

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

SECTION = SECTIONS["liferay"]


def shell(scene: Scene, title: str, main: str) -> str:
    return frame("liferay", scene, title, main, path=e(scene.path), section=SECTION.title)


def article(scene: Scene, story: Story) -> str:
    main = newer(scene, story) if story.form == "dash" else older(scene, story)
    return shell(scene, f"{story.title} - {SECTION.title} - {NAME}", main)


def older(scene: Scene, story: Story) -> str:
    """As the mirrored 6.2 site of Hà Nội prints it: the view count follows the date in the same line."""
    clock = story.clock
    when = f"{clock:%d/%m/%Y} | {clock.hour % 12 or 12}:{clock:%M %p}" if clock else day_of(story)
    changed = (
        f"&nbsp;|&nbsp;Cập nhật ngày {story.updated[8:10]}/{story.updated[5:7]}/{story.updated[:4]}"
        if story.updated
        else ""
    )
    lead = prose(scene, story, story.lead)
    sapo = f'<div class="sapo-wrapper clearfix"><p class="sapo"><strong>{lead}</strong></p></div>' if lead else ""
    byline = f'<p align="right" class="view-content-author"><strong><em>{e(story.byline)}</em></strong></p>'
    return f"""<div class="asset-full-content-title">{e(story.title)}</div>
<div class="assetPublishDate block_timer">Ngày đăng {when}{changed}&nbsp;|&nbsp;View count: {views(scene.path)}</div>
<div class="asset-full-content show-asset-title"><div class="asset-content" id="_101_{story.id}">
{sapo}<div class="journal-content-article">
{content(scene, story)}
{byline if story.byline else ""}</div></div></div>
{files(scene, story)}<div class="related_asset"><div class="related_asset_title">Các tin khác</div>
<ul class="related_asset_list">{related(scene)}</ul></div>"""


def newer(scene: Scene, story: Story) -> str:
    """As the Đà Nẵng theme prints it: dashes in the date, the byline right-aligned and bold inside the body."""
    clock = story.clock
    when = f"{clock:%d-%m-%Y %H:%M}" if clock else ""
    lead = f'<div class="chi-tiet-sub-content">{prose(scene, story, story.lead)}</div>' if story.lead else ""
    byline = f'<p style="text-align:right"><strong>{e(story.byline)}</strong></p>' if story.byline else ""
    return f"""<div class="chi-tiet"><div class="chi-tiet-title">{e(story.title)}</div>
<div class="chi-tiet-publish-date">Đăng ngày {when}</div>{lead}
<div class="chi-tiet-main-content">{content(scene, story)}
{byline}</div>{files(scene, story)}
<div class="related-news"><h4>Tin liên quan</h4><ul>{related(scene)}</ul></div></div>"""


def content(scene: Scene, story: Story) -> str:
    parts = []
    for number, text in enumerate(("", *story.body)):
        if text:
            parts.append(f"<p>{prose(scene, story, text)}</p>")
        for each in pictures_after(story, number):
            caption = f'<tr><td class="caption">{e(each.caption)}</td></tr>' if each.caption else ""
            parts.append(f'<table class="image"><tbody><tr><td>{picture(each)}</td></tr>{caption}</tbody></table>')
    if story.video:
        parts.append(
            f'<div class="video"><video controls><source src="{e(story.video)}" type="video/mp4"></video></div>'
        )
    return "\n".join(parts)


def files(scene: Scene, story: Story) -> str:
    rows = "".join(f'<li><a href="{e(scene.file(f))}">{e(f.title)}</a></li>' for f in loose_files(story))
    return f'<div class="taglib-attachments attachment"><span>File đính kèm</span><ul>{rows}</ul></div>' if rows else ""


def related(scene: Scene) -> str:
    return "".join(f'<li><a href="{e(s.key)}">{e(s.title)}</a> [{day_of(s)}]</li>' for s in scene.related)


def listing(scene: Scene, stories: list[Story], number: int, last: int, extra: list[tuple[str, str]]) -> str:
    """One page of the list; some links carry a session id, as servers do before they know of cookies."""
    rows = "".join(
        f'<div class="asset-content normal-news"><h3 class="asset-title"><a href="{e(dressed(s, number))}">'
        f"{e(s.title)}</a></h3>"
        f'<div class="assetPublishDate block_timer">{f"{s.clock:%d/%m/%Y | %I:%M %p}" if s.clock else day_of(s)}</div>'
        f'<div class="asset-summary">{e((s.lead or "")[:140].replace("~", " "))}</div></div>'
        for s in stories
    ) + "".join(
        f'<div class="asset-content normal-news"><h3 class="asset-title"><a href="{e(href)}">{e(text)}</a></h3></div>'
        for href, text in extra
    )
    return shell(scene, f"{SECTION.title} - {NAME}", rows + pager(number, last))


def dressed(story: Story, number: int) -> str:
    """A story's address as lists link it: plain, with the way back, or with a session id, by its number."""
    match story.id % 3:
        case 0:
            return story.key
        case 1:
            return f"{story.key}?redirect={quote(SECTION.home, safe='')}%3Fp_p_id%3D101%26_101_cur%3D{number}"
        case _:
            return f"{story.key};jsessionid={hashlib.md5(f'{story.id}/{number}'.encode()).hexdigest().upper()}"


def pager(number: int, last: int) -> str:
    def link(n: int) -> str:
        return e(
            f"{SECTION.home}?p_p_id=101_INSTANCE_q7TdKb2XmLzP&p_p_lifecycle=0&p_p_state=normal&p_p_mode=view"
            f"&_101_delta=5&_101_resetCur=false&_101_cur={n}"
        )

    pages = "".join(f'<li><a href="{link(n)}">{n}</a></li>' for n in range(1, last + 1))
    following = f'<li class="next"><a href="{link(number + 1)}">Tiếp theo</a></li>' if number < last else ""
    return f'<div class="lfr-pagination"><ul class="pager lfr-pagination-buttons">{pages}{following}</ul></div>'
