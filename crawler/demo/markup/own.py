"""Markup of no known family: a table layout, the byline above a body of line breaks, eight ways to print a date."""

from __future__ import annotations

import json
from datetime import UTC

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
    weekday,
)

SECTION = SECTIONS["own"]
WRONG_CANONICAL = '<link rel="canonical" href="/">'  # every page claims to be the home page
TRAIL = (
    f'<div class="duong-dan">Bạn đang ở: <a href="/">Trang chủ</a> / <a href="{SECTION.home}">{SECTION.title}</a></div>'
)


def shell(scene: Scene, title: str, main: str, head: str = "") -> str:
    return frame("own", scene, title, main, head=head)


def article(scene: Scene, story: Story) -> str:
    """Even numbers in tables, odd ones in a definition list's company; a document page is the list alone."""
    head = WRONG_CANONICAL + (structured(story) if story.form == "jsonld" else "")
    if story.kind == "document":
        facts = "".join(f"<dt>{e(label)}</dt><dd>{e(value)}</dd>" for label, value in story.rows)
        main = (
            f'<div class="van-ban"><h2 class="ten-bai">{e(story.title)}</h2><dl>{facts}</dl>{files(scene, story)}</div>'
        )
        return shell(scene, f"{story.title} | {NAME}", TRAIL + main)
    people = " | ".join(part for part in (e(story.byline), posted(story), e(origin(story))) if part)
    text = content(scene, story)
    if story.id % 2:
        main = (
            f'<div class="bai"><h2 class="ten-bai">{e(story.title)}</h2><div class="thong-tin">{people}</div>'
            f'<div class="tom-tat">{prose(scene, story, story.lead or "")}</div><div class="noi-dung">{text}</div>'
            f"{files(scene, story)}</div>{related(scene)}"
        )
    else:
        lead = f'<tr><td class="tom-tat"><b>{prose(scene, story, story.lead)}</b></td></tr>' if story.lead else ""
        main = (
            f'<table class="bai"><tr><td class="ten-bai"><h2>{e(story.title)}</h2></td></tr>'
            f'<tr><td class="thong-tin">{people}</td></tr>{lead}<tr><td class="noi-dung">{text}</td></tr>'
            f"<tr><td>{files(scene, story)}</td></tr></table>{related(scene)}"
        )
    return shell(scene, f"{story.title} | {NAME}", TRAIL + main, head)


def origin(story: Story) -> str:
    return f"Nguồn: {story.source}" if story.source else ""


def posted(story: Story) -> str:
    """The posting time in the story's own form; "" where the page prints none."""
    clock, day = story.clock, story.posted_day
    if not day:
        return ""
    if not clock:
        return f"({day:%d/%m/%Y})"
    match story.form:
        case "words":
            return f"Đăng lúc {clock.hour} giờ {clock:%M} phút, ngày {clock:%d} tháng {clock.month} năm {clock.year}"
        case "halves":
            return f"{clock:%d/%m/%Y} {clock.hour % 12 or 12}:{clock:%M} {'CH' if clock.hour >= 12 else 'SA'}"
        case "time_first":
            return f"{clock:%H:%M, %d/%m/%Y}"
        case "dotted":
            return f"{weekday(clock)}, {clock:%d.%m.%Y | %H:%M:%S}"
        case "element":
            return f'<time datetime="{clock.isoformat()}">{clock.day}/{clock.month}</time>'
        case "jsonld":
            return ""
        case _:
            return f"Ngày đăng: {clock:%d-%m-%Y %H:%M} [GMT+7]"


def structured(story: Story) -> str:
    """The posting time as an instant in UTC, as one Đắk Nông page has it: late evenings belong to the next day."""
    clock = story.clock
    instant = f"{clock.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.000Z" if clock else None
    facts = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.title,
        "datePublished": instant,
    }
    return f'<script type="application/ld+json">{json.dumps(facts, ensure_ascii=False)}</script>'


def content(scene: Scene, story: Story) -> str:
    parts = []
    for number, text in enumerate(("", *story.body)):
        if text:
            parts.append(prose(scene, story, text))
        for each in pictures_after(story, number):
            caption = f'<span class="chu-thich">{e(each.caption)}</span>' if each.caption else ""
            parts.append(f"<center>{picture(each)}<br>{caption}</center>")
    return "<br><br>\n".join(parts)


def files(scene: Scene, story: Story) -> str:
    rows = "<br>".join(f'<a class="tep" href="{e(scene.file(f))}">{e(f.title)}</a>' for f in loose_files(story))
    return f'<div class="tai-ve">Tải về: {rows}</div>' if rows else ""


def related(scene: Scene) -> str:
    rows = "".join(f'<li><a href="{e(s.key)}">{e(s.title)}</a> <i>({day_of(s)})</i></li>' for s in scene.related)
    return f'<div class="cung-chuyen-muc"><b>Tin cùng chuyên mục</b><ul>{rows}</ul>Lượt đọc: {views(scene.path)}</div>'


def listing(scene: Scene, stories: list[Story], number: int, last: int, extra: list[tuple[str, str]]) -> str:
    """One page of the list; there is always a next page, as in the postback pagers that repeat the last one."""
    rows = "".join(
        f'<tr class="dong"><td>»</td><td><a href="{e(s.key)}">{e(s.title)}</a> <i>({day_of(s)})</i></td></tr>'
        for s in stories
    ) + "".join(f'<tr class="dong"><td>»</td><td><a href="{e(href)}">{e(text)}</a></td></tr>' for href, text in extra)
    pages = " ".join(f'<a href="{SECTION.home}?trang={n}">{n}</a>' for n in range(1, last + 1))
    following = f'<a href="{SECTION.home}?trang={number + 1}">Tiếp »</a>'
    main = f'<table class="danh-sach">{rows}</table><div class="trang">Trang: {pages} {following}</div>'
    return shell(scene, f"{SECTION.title} | {NAME}", main)
