"""NukeViet's markup: the class names of its default and egov themes, with pages of the laws module's shape."""

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
    weekday,
)

SECTION = SECTIONS["nukeviet"]


def shell(scene: Scene, title: str, main: str, head: str = "") -> str:
    return frame("nukeviet", scene, title, main, head=head)


def article(scene: Scene, story: Story) -> str:
    """Theme `egov` for every third story: there the date is the first of three `span.h5`."""
    if story.kind == "document":
        return law(scene, story)
    egov = story.id % 3 == 0
    clock = story.clock
    shown = f"{weekday(clock)} - {clock:%d/%m/%Y %H:%M}" if clock else ""
    when = (
        f'<div class="newsdetailmetatop"><span class="h5"><em class="fa fa-clock-o"></em> {shown}</span> '
        f'<span class="h5"><em class="fa fa-eye"></em> {views(scene.path)}</span> <span class="h5">0</span></div>'
        if egov
        else f'<span class="h5">{shown}</span>'
    )
    machine = (
        f'<div class="hidden hide d-none"><span itemprop="author" itemscope><span itemprop="name">{NAME}</span></span>'
        f'<span itemprop="datePublished">{clock.isoformat()}</span>'
        f'<span itemprop="dateModified">{clock.isoformat()}</span></div>'
        if clock
        else ""
    )
    lead = (
        f'<div class="hometext m-bottom" itemprop="description">{prose(scene, story, story.lead)}</div>'
        if story.lead
        else ""
    )
    main = f"""<div class="news_column panel panel-default{" newsdetail" if egov else ""}" itemscope itemtype="http://schema.org/NewsArticle">
<div class="panel-body"><h1 class="title margin-bottom-lg" itemprop="headline">{e(story.title)}</h1>
{machine}<div class="row margin-bottom-lg"><div class="col-md-12">{when}</div>
<div class="col-md-12"><ul class="list-inline text-right">{twins(story)}</ul></div></div>
<div class="clearfix">{lead}</div>
<div id="news-bodyhtml" class="bodytext margin-bottom-lg">{content(scene, story)}</div>
{files(scene, story)}{people(story)}</div></div>
<div class="news_column panel"><div class="panel-body">Tổng số điểm của bài viết là: 5 trong 1 đánh giá</div></div>
{related(scene)}"""
    head = (
        f'<meta name="description" content="{e((story.lead or story.title)[:150])}">'
        f'<meta property="og:title" content="{e(story.title)}">'
        f'<link rel="canonical" href="{story.key.replace("/", "&#x2F;")}">\n'
    )
    return shell(scene, f"{story.title} - {SECTION.title} - {NAME}", main, head)


def content(scene: Scene, story: Story) -> str:
    parts = []
    for number, text in enumerate(("", *story.body)):
        if text:
            parts.append(f'<p style="text-align:justify">{prose(scene, story, text)}</p>')
        for each in pictures_after(story, number):
            caption = f"<figcaption>{e(each.caption)}</figcaption>" if each.caption else ""
            parts.append(f'<figure class="article center">{picture(each)}{caption}</figure>')
    return "\n".join(parts)


def people(story: Story) -> str:
    """The visible author and source, each behind its label."""
    rows = []
    if story.byline:
        rows.append(f'<p class="h5 text-right"><strong>Tác giả bài viết: </strong>{e(story.byline)}</p>')
    if story.source:
        rows.append(f'<p class="h5 text-right"><strong>Nguồn tin: </strong>{e(story.source)}</p>')
    return f'<div class="margin-bottom-lg">{"".join(rows)}</div>' if rows else ""


def files(scene: Scene, story: Story) -> str:
    """Each file with its lazy viewer, whose `data-src` names the same file again."""
    rows = "".join(
        f'<li class="list-group-item"><a href="{e(scene.file(f))}" title="{e(f.title)}">{e(f.title)}</a>'
        f'<div class="collapse" id="pdf{n}" data-src="{e(scene.file(f))}"></div></li>'
        for n, f in enumerate(loose_files(story))
    )
    return f'<div class="news-download-file panel"><ul class="list-group">{rows}</ul></div>' if rows else ""


def twins(story: Story) -> str:
    tail = f"kinh-te-dau-tu/{story.slug}-{story.id}"
    return (
        f'<li><a rel="nofollow" title="In ra" href="/vi/news/print/{tail}.html">In ra</a></li>'
        f'<li><a rel="nofollow" title="Lưu bài viết này" href="/vi/news/savefile/{tail}.html">Lưu</a></li>'
    )


def law(scene: Scene, story: Story) -> str:
    """A page of the laws module: `h1.lawh3` and a table of labels and values."""
    rows = "".join(f'<tr class="hoatim"><td style="width:200px">{e(a)}</td><td>{e(b)}</td></tr>' for a, b in story.rows)
    links = "".join(f'<li><a href="{e(scene.file(f))}">{e(f.title)}</a></li>' for f in story.files)
    main = (
        f'<h1 class="lawh3">{e(story.title)}</h1><div class="table-responsive"><table class="table table-striped'
        f' table-bordered table-hover"><tbody>{rows}</tbody></table></div><h3 class="lawh3">File đính kèm</h3>'
        f'<ul class="list-unstyled">{links}</ul>'
    )
    return shell(scene, f"{story.title} - {NAME}", main)


def related(scene: Scene) -> str:
    rows = "".join(
        f'<li><em class="fa fa-angle-right">&nbsp;</em><a href="{e(s.key)}" title="{e(s.title)}">{e(s.title)}</a> '
        f"<em>({day_of(s)})</em></li>"
        for s in scene.related
    )
    heading = '<p class="h3"><strong>Những tin mới hơn</strong></p>'
    return f'<div class="news_column panel">{heading}<ul class="related">{rows}</ul></div>'


def listing(scene: Scene, stories: list[Story], number: int, last: int, extra: list[tuple[str, str]]) -> str:
    rows = "".join(
        f'<div class="panel panel-default clearfix"><div class="panel-body featured"><h2><a href="{e(s.key)}" '
        f'title="{e(s.title)}">{e(s.title)}</a></h2><div class="text-muted"><ul class="list-unstyled list-inline">'
        f'<li><em class="fa fa-clock-o">&nbsp;</em> {f"{s.clock:%d/%m/%Y %H:%M}:00" if s.clock else ""}</li></ul></div>'
        f"{e((s.lead or '').replace('~', ' '))}</div></div>"
        for s in stories
    ) + "".join(f'<div class="panel"><h2><a href="{e(href)}">{e(text)}</a></h2></div>' for href, text in extra)
    return shell(scene, f"{SECTION.title} - {NAME}", f'<div class="news_column">{rows}</div>{pager(number, last)}')


def pager(number: int, last: int) -> str:
    def link(n: int) -> str:
        return SECTION.home if n == 1 else f"{SECTION.home}page-{n}/"

    pages = "".join(
        f'<li class="active"><a href="#">{n}</a></li>' if n == number else f'<li><a href="{link(n)}">{n}</a></li>'
        for n in range(1, last + 1)
    )
    following = (
        f'<li><a rel="next" title="Trang sau" href="{link(number + 1)}">&raquo;</a></li>' if number < last else ""
    )
    return f'<div class="text-center"><ul class="pagination">{pages}{following}</ul></div>'


def twin(scene: Scene, story: Story) -> str:
    """The print page, as print.tpl lays it out."""
    paragraphs = "".join(f"<p>{prose(scene, story, text)}</p>" for text in story.body)
    return (
        f'<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>{e(story.title)}</title></head><body>'
        f'<div id="print"><h1>{e(story.title)}</h1><div id="hometext">{e((story.lead or "").replace("~", " "))}</div>'
        f'<div id="bodytext">{paragraphs}</div><div id="author">{e(story.byline)}</div></div></body></html>\n'
    )
