"""The demo's lists, feeds and sitemaps: every address from which its articles are found."""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import parse_qs
from xml.sax.saxutils import escape

from crawler.demo.content import SECTIONS, Story, stories
from crawler.demo.markup import kontum, liferay, nukeviet, own
from crawler.demo.markup.shell import NAME, Scene
from crawler.demo.page import Page, not_found
from crawler.demo.traps import traps_of

MARKUP = {"kontum": kontum, "nukeviet": nukeviet, "liferay": liferay, "own": own}
PER_PAGE = 5


@cache
def homes() -> dict[str, str]:
    return {section.home: name for name, section in SECTIONS.items()}


def list_page(scene: Scene, section: str, query: str) -> Page:
    """One page of a list. Past the end: Kon Tum's is empty, NukeViet's 404, the two others repeat the last page."""
    shown = shown_stories(scene.edition, section)
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


def feed(scene: Scene, section: str) -> Page:
    items = "".join(
        f"<item><title>{escape(s.title)}</title><link>{escape(scene.base + s.key)}</link>"
        f'<guid isPermaLink="false">{section}-{s.id}</guid>'
        + (
            f"<pubDate>{s.clock:%d} {_MONTHS[s.clock.month - 1]} {s.clock:%Y %H:%M:%S} +0700</pubDate>"
            if s.clock
            else ""
        )
        + f"<description>{escape((s.lead or '').replace('~', ' '))}</description></item>"
        for s in shown_stories(scene.edition, section)[:10]
    )
    home = scene.base + SECTIONS[section].home
    text = (
        f'<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel><title>{SECTIONS[section].title}</title>'
        f"<link>{home}</link><description>{escape(NAME)}</description>{items}</channel></rss>\n"
    )
    return Page(body=text.encode(), media_type="application/rss+xml; charset=utf-8", tagged=True)


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SITEMAP_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def sitemap_index(scene: Scene) -> Page:
    rows = "".join(f"<sitemap><loc>{scene.base}/sitemap-{name}.xml</loc></sitemap>" for name in SECTIONS)
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex xmlns="{_SITEMAP_SPACE}">{rows}</sitemapindex>\n'
    return Page(body=text.encode(), media_type="application/xml", tagged=True)


def sitemap(scene: Scene, section: str) -> Page:
    rows = "".join(
        f"<url><loc>{escape(scene.base + s.key)}</loc><lastmod>{s.modified.isoformat()}</lastmod></url>"
        for s in shown_stories(scene.edition, section)
    )
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{_SITEMAP_SPACE}">{rows}</urlset>\n'
    return Page(body=text.encode(), media_type="application/xml", tagged=True)


def shown_stories(edition: int, section: str) -> list[Story]:
    return [story for story in stories(edition) if story.section == section and story.fate is None]
