"""Which part of a page an element opens, told by its tag and by the words in its class and id.

A zone is a hint, never a verdict: one that turns out to hold most of the page's prose is ignored.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

Zone = Literal["header", "nav", "crumb", "footer", "aside", "related", "widget", "comments", "tags", "form"]

SKIPPED = frozenset((
    "script", "style", "noscript", "template", "svg", "head", "select", "option", "textarea", "object", "embed",
    "canvas", "map", "datalist", "math", "mat-icon", "ion-icon", "title",
))  # fmt: skip
BLOCKS = frozenset((
    "html", "body", "div", "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "table",
    "thead", "tbody", "tfoot", "tr", "td", "th", "caption", "blockquote", "pre", "section", "article", "main",
    "header", "footer", "nav", "aside", "figure", "figcaption", "form", "fieldset", "legend", "address", "details",
    "summary", "button", "center", "hr", "menu", "dir", "iframe", "video", "audio", "marquee",
))  # fmt: skip

_TAGS: dict[str, Zone] = {"nav": "nav", "footer": "footer", "aside": "aside", "menu": "nav", "marquee": "aside"}

# A word of a class or id begins at a blank, a hyphen or an underscore; camel case is split before it comes here.
_START = r"(?:^|[ _-])"
_RULES: tuple[tuple[Zone, str], ...] = (
    ("crumb", _START + r"(?:bread-?crumb?s?|crumbs?|duong-?dan|dd-chuyenmuc|you-?are-?here)"),
    (
        "related",
        _START
        + r"(?:related|relate|relation|lien-?quan|tin-?khac|(?:tin-?)?lq(?![a-z])|tin-?lien-?quan|cac-?tin-?khac|"
        r"bai-?khac|bai-?viet-?(?:khac|cung|lien)|cung-?chuyen-?muc|tin-?cung|others?-?(?:news|article|post)s?|"
        r"(?:news|article|post)s?-?others?|older-?news|newer-?news|news-?older|news-?newer|most-?(?:view|read)(?:ed)?|"
        r"xem-?nhieu|doc-?nhieu|recommend(?:ed|ation)?|suggest(?:ed|ion)?|read-?more|see-?more|xem-?them|"
        r"tin-?noi-?bat|tin-?moi-?nhat|same-?cat|newsdetailbox|list-?detail|prev-?next|next-?prev|post-?nav)",
    ),
    ("comments", _START + r"(?:comments?|binh-?luan|fb-comments|disqus|y-?kien-?ban-?doc|phan-?hoi)(?:[ _-]|$)"),
    (
        "tags",
        _START + r"(?:tags?|tag-?list|tu-?khoa|keywords?|td-tags|cat-links|(?:post|entry)-(?:terms|categor(?:y|ies)))"
        r"(?:[ _-]|$)",
    ),
    (
        "widget",
        _START + r"(?:shares?|sharing|social|font-?size(?![_-](?:text|content|body|able))|co-?chu|rating|danh-?gia"
        r"|rate|star-?rating|toolbar|tool-?box|"
        r"print(?![_-]?(?:title|content|body|text|main|wrap|area|author|news|article|detail))"
        r"|in-?bai|audio-?(?:player|box|control)|tts|text-to-speech|read-?speaker|contrast|tuong-?phan|"
        r"view-?counts?|luot-?xem|addthis|addtoany|zalo|fb-?like|chuc-?nang|captcha|btn|button)(?:[ _-]|$)",
    ),
    ("nav", _START + r"(?:nav|navi|navbar|navigation|menu|main-?menu|pager|pagination|paging|phan-?trang|sitemap)"),
    (
        "footer",
        _START + r"(?:foot(?!-?note)|footer|site-?footer|copyright|copy-?right|ban-?quyen|site-?info)",
    ),
    (
        "aside",
        _START + r"(?:side-?bar|aside|widget-?area|right-?bar|col-?right|right-?col(?:umn)?|cot-?phai|quang-?cao|"
        r"adv?s?|banner-?ads?|web-?links?|lien-?ket|thong-?ke-?truy-?cap|counter|visitors?|online|poll|vote|survey|"
        r"tham-?do|slider|slideshow|carousel|marquee|ticker|pop-?up|modal|hotlines?)(?:[ _-]|$)",
    ),
    (
        "header",
        _START + r"(?:header|masthead|banner|top-?bar|top-?header|logo|site-?name|clock|egov-date|today|hom-?nay|"
        r"current-?(?:date|time)|date-?now|portlet-topper)",
    ),
)
_PATTERNS = tuple((zone, re.compile(pattern)) for zone, pattern in _RULES)
# `article-header`, `chi-tiet-footer`: a part of the article, not of the site.
_OF_THE_ARTICLE = re.compile(
    r"(?:article|news|detail|post|entry|content|title|chi-?tiet|bai|tin|story|body|page-?title|view|asset|journal|item)[a-z]*"
    r"[ _-]?(?:header|head|footer|foot|top|bottom)"
    # Bootstrap's boxes and headings: <div class="card-header"><h4>, <h1 class="page-header">
    r"|(?:card|panel|box|block|section|accordion)-?(?:header|head|footer)"
    r"|(?:header|footer)[ _-]?(?:info|of-?new|detail|content|title|article|news)"
)
# What a class says of the state or the subject of an element, not of what it is: `no-sidebar`, `comments-open`,
# `tag-du-lich` (WordPress prints the article's tags and categories on the article itself), `sidebar-grid__content`.
_STATES = re.compile(
    r"(?:^|(?<= ))(?:(?:no|has|with|without|is|show|hide|open|close|tag|category|cat)"
    r"-(?!list|cloud|links?\b|box|label|nav|menu)\S+"
    r"|\S+-(?:open|closed|active|enabled|disabled|default)|\S+__(?:content|main|body|article)\S*)(?= |$)"
)
# They hold the article or the whole page, whatever WordPress writes into their class; or a word, or an icon: fa-clock.
_NEVER_A_ZONE = frozenset(("html", "body", "main", "article", "i", "em", "b", "strong", "small", "font"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


@lru_cache(maxsize=8192)
def words_of(class_and_id: str) -> str:
    """Class and id in lower case, camel case split by hyphens: `divDetail_DateCreate` to `div-detail_date-create`."""
    return _CAMEL.sub("-", class_and_id).lower()


@lru_cache(maxsize=8192)
def zone_of(tag: str, words: str) -> Zone | None:
    """The zone an element opens by its tag and class words, None for none."""
    if tag in _NEVER_A_ZONE:
        return None
    if tag in _HEADINGS:
        words = words.replace("page-header", "").replace("date-header", "date")  # Blogger's day over its posts
    if "-" in words:
        words = _STATES.sub("", words)
    if words and not _OF_THE_ARTICLE.search(words):
        for zone, pattern in _PATTERNS:
            if pattern.search(words):
                return zone
    return _TAGS.get(tag)


# What an element may hold of an article, by its class words: a hint that a rule weighs, with others.
_HINTS = {
    "date": re.compile(
        r"date|ngay|time(?!line)|posted|publish|thoi-?gian|ngaydang|post-?info|meta-?info|entry-meta|thongke-ngay"
    ),
    "author": re.compile(
        r"author|tac-?gia|byline|writer|but-?danh|nguoi-?(?:dang|viet)|phong-?vien|signature"
        r"|(?:^|[ _-])(?:tg|au(?:th)?|byl)(?: |$)|(?:^| )(?:[a-z]{1,3}[_-])?by(?: |$)"
        # an icon before the name: Font Awesome, Bootstrap, Glyphicons
        r"|(?:fa|icon|glyphicon|bi|ti|las?)-(?:user|person|pen|pencil|feather|edit)"
        r"(?:-(?:alt|fill|o|circle|square))?(?: |$)"
    ),
    "source": re.compile(_START + r"(?:sources?|src|nguon|nguon-?tin|pn-?nguon-?tin|lblnguon|xuat-?xu)"),
    "lead": re.compile(
        r"sapo|(?:^|[ _-])(?:lead(?!ing-)|brief|(?:news|lbl)-sum)|hometext|(?<!with-)summary|tom-?tat"
        r"|standfirst|(?:^|[ _-])(?:dek|teaser)(?![^ _-])"
        r"|trich-?(?:dan|yeu)|chapeau|sub-?content|abstract"
        r"|intro(?!duc)|mo-?ta|excerpt|(?:news|article|detail|post)[_-]?desc|desc(?:ription)?[_-](?:detail|news|article)"
        r"|dan-?nhap|loi-?dan|(?:^|[ _-])(?:short-?)?desc(?:[ _-]|$)"
    ),
    "title": re.compile(
        _START + r"tit(?:[ _-]|$)|(?<!sub)(?<!sub[_-])title|headline|tieu-?de|(?:post|entry|news|article)-?heading"
        r"|(?:^|[ _-])(?:td-?bai|tua(?:-?de)?(?:[ _-]|$)|ten[_-]?(?:bai|tin)(?:[ _-]|$|viet))"
    ),
    "caption": re.compile(
        r"caption|(?:^| |(?:slide|slider|img|image|photo|pic|anh|hinh|gallery|figure)[_-])cap(?: |$)"
        r"|chu-?thich|chu-?anh|(?:img|image)-?title"
        r"|(?:(?:^|[ _-])(?:img|image|photo|pic|anh|hinh)|picture)[_-]?(?:desc|note)"
        r"|(?:mo[_-]?ta|desc(?:ription)?|note)[_-]?(?:img|image|photo|picture|pic|anh|hinh)(?:[ _-]|$)"
    ),
    "body": re.compile(
        r"body-?(?:text|html|news)|bodytext|(?:article|news|detail|entry|post|main|chi-?tiet|noi-?dung)[_-]?(?:main-?)?"
        r"(?:content|body|text)|noi-?dung|journal-content-article|content-?(?:detail|news|article)|newscont|textbody"
    ),
}


@lru_cache(maxsize=8192)
def hints_of(words: str) -> frozenset[str]:
    """What an element with these class words may hold: date, author, source, lead, title, caption, body."""
    return frozenset(name for name, pattern in _HINTS.items() if pattern.search(words))
