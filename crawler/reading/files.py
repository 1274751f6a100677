"""The files that an article offers: links by ending or download address, viewers and lazy twins counted once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from urllib.parse import parse_qsl, unquote, urlsplit

from lxml import etree

from archive.schema import Attachment
from crawler.reading.outline.blocks import Anchor, Box, Media, Outline, squeeze
from crawler.reading.outline.rows import is_file_link
from crawler.reading.page import Page, join, text_of
from crawler.reading.text.span import Span, is_inside, is_of_others

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt": "application/vnd.ms-powerpoint",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "rtf": "application/rtf",
    "zip": "application/zip",
    "rar": "application/vnd.rar",
    "7z": "application/x-7z-compressed",
}
_ENDING = re.compile(r"\.([A-Za-z0-9]{2,4})$")
_DOWNLOAD = re.compile(
    r"(?:download|tai-?ve|taive|get[-_]?file|/attachments?/|viewfile|documents/\d+/|downloadfile|file_id=|fileid=)",
    re.IGNORECASE,
)
# "window.open('/upload/a.pdf')", "/upload/a.docx"
_IN_SCRIPT = re.compile(r"(?:^|['\"(])(?P<file>(?:https?:/)?/[^'\"()<>]+\.(?P<ending>[A-Za-z0-9]{2,4}))(?:['\")]|$)")
# Liferay: …/documents/46291/1187703/LCT-tuan-37.pdf/9e2c7a10-13fd-4c6e-8f55-b0b3d2a1c901?inline
_VERSION = re.compile(r"(\.[A-Za-z]{2,4})/[0-9a-f]{8}-[0-9a-f-]{20,30}$")
_FRAMES = frozenset(("iframe", "embed", "object"))
_MOST_LAZY = 5000  # elements with a `data-src` that are looked at
_MOST_FORMATS = 12  # links
_OF_FILES = re.compile(r"file|attach|dinh-?kem|tai-?lieu|tep|download")
_VIEWER = re.compile(
    r"(?:docs\.google\.com/(?:gview|viewer)|view\.officeapps\.live\.com|viewer\.html|pdfjs|/viewer)", re.IGNORECASE
)
# Files in a store of their own: Google's, Microsoft's, Dropbox'.
_STORED = re.compile(
    r"//(?:drive\.google\.com/(?:file/d/|open\?id=|uc\?)|docs\.google\.com/(?:document|spreadsheets|presentation)/d/"
    r"|1drv\.ms/|onedrive\.live\.com/|(?:www\.)?dropbox\.com/s|[\w-]+\.sharepoint\.com/:[a-z]:/)"
)
# What a link says before the name of its file: "Tải về: quyet-dinh.pdf" (NukeViet)
_HANDING = re.compile(r"^(?:tải (?:về|xuống|file|tệp|tập tin)|download|xem)\s*:\s*(?=\S)", re.IGNORECASE)
# Pages that only sound like files, pictures, recordings.
_NO_FILE = re.compile(r"\.(?:html?|jpe?g|png|gif|webp|svg|bmp|mp[34]|css|js)$", re.IGNORECASE)
# What hands a page's file over at the page's own address: …/thong-bao-12.html?download=1&id=0 (NukeViet 4.5)
_ASKS_FOR_FILE = re.compile(r"[?&](?:download|attachment|taive|tai-ve)=[^&]", re.IGNORECASE)


def find_attachments(page: Page, span: Span) -> tuple[Attachment, ...]:
    """The files offered in and directly behind the article, in page order."""
    found: dict[str, Attachment] = {}
    for url, title in _offered(page, span):
        media_type = media_type_of(url) or media_type_of_name(title or "")
        key = _twin_key(url)
        known = found.get(key)
        if known is None:
            found[key] = Attachment(url, title or name_of(url), media_type)
        elif title and (known.title is None or known.title == name_of(known.url)):
            found[key] = Attachment(known.url, title, known.media_type)
        if known is not None and _ends_in_file(url) and not _ends_in_file(known.url):
            found[key] = replace(found[key], url=url)  # the file itself, not the page that shows it
    return tuple(found.values())


def _offered(page: Page, span: Span) -> Iterator[tuple[str, str | None]]:
    outline = page.outline
    known: dict[int, bool] = {}
    names: set[str] = set()
    reach = _reach(span)
    for anchor in outline.anchors:
        if anchor.order not in reach:
            continue
        handed = anchor.node.get("download") is not None  # HTML's own word for it
        if not _near(anchor, outline, span, known, handed=handed):
            continue
        url = page.link(anchor.href) or page.link(_scripted(anchor.node))
        if url is None:
            continue
        real = unwrapped(url)
        if _is_own_print(real, page.url):
            continue
        title = _HANDING.sub("", text_of(anchor.node)) or squeeze(anchor.node.get("title") or "") or None
        handed = handed or bool(_DOWNLOAD.search(url) or media_type_of_name(title or ""))
        named = not _NO_FILE.search(urlsplit(real).path) or _ASKS_FOR_FILE.search(real)
        if media_type_of(real) or _STORED.search(url) or (handed and named):
            names.add(unquote(urlsplit(real).path).rsplit("/", 1)[-1])
            yield real, title
    for node in span.box.node.iter("button"):
        url, box = page.link(_scripted(node)), outline.boxes.get(node)
        if url is not None and box is not None and _near(Anchor(node, url, box.first, box), outline, span, known):
            yield url, text_of(node) or None
    for node in _frames(page, span, known):
        bare = _bare_name(page.link(node.get("src") or node.get("data") or node.get("data-src")) or "")
        if bare is not None and bare in names:
            continue  # a viewer's "?file=bien-ban.pdf" beside the file of that name
        shown = _shown(page, node.get("src") or node.get("data") or node.get("data-src") or "")
        if shown is not None and media_type_of(shown):
            yield shown, None


def _frames(page: Page, span: Span, known: dict[int, bool]) -> Iterator[etree._Element]:
    """The article's frames and objects, and elements that will load something when they are opened."""
    reach = _reach(span)
    for each in page.outline.media:
        if each.tag in _FRAMES and each.order in reach and _near(each, page.outline, span, known):
            yield each.node
    if page.has_attribute("data-src"):
        lazy = page.all("[data-src]")[:_MOST_LAZY]
        yield from (node for node in lazy if node.tag != "img" and node.tag not in _FRAMES)


def _scripted(node: etree._Element) -> str | None:
    """The file that a link or a button hands to a script: onclick="window.open('/up/a.pdf')", data-url="/up/a.docx"."""
    for value in node.attrib.values():
        found = _IN_SCRIPT.search(str(value)[:500])
        if found and found["ending"].lower() in MEDIA_TYPES:
            return found["file"]
    return None


def _shown(page: Page, source: str) -> str | None:
    """The file that a frame shows, behind its viewer: also of ViewerJS, which names it behind a number sign."""
    viewer, _, fragment = source.partition("#")
    url = page.link(viewer)
    if url is not None and fragment and media_type_of(fragment):
        return join(url, fragment)
    return unwrapped(url) if url is not None else None


def _reach(span: Span) -> range:
    """The orders between which the article's files stand."""
    return range(span.head, max(span.end + 12, span.box.last) + 1)


def _near(each: Anchor | Media, outline: Outline, span: Span, known: dict[int, bool], *, handed: bool = False) -> bool:
    order, box = each.order, each.box
    if box.zone not in (None, "widget", "tags") and not (
        (box.zone == "related" and _OF_FILES.search(_words_around(box)))
        or (box.zone == "nav" and order >= span.head and _holds_files_alone(box))
    ):
        return False
    if not handed and is_of_others(outline, order, box, span):
        return False
    return order <= span.end + 3 or is_inside(box, span.box, known)


def _holds_files_alone(box: Box) -> bool:
    """Whether a menu has nothing but files to choose from: the formats of a document."""
    while box.own_zone is None and box.parent is not None:
        box = box.parent
    links = [node.get("href") or "" for node in islice(box.node.iter("a"), _MOST_FORMATS + 1)]
    return 0 < len(links) <= _MOST_FORMATS and all(map(is_file_link, links))


def _words_around(box: Box) -> str:
    """The class words of a box and of those around it up to the one that opens its zone."""
    words = box.words
    while box.own_zone is None and box.parent is not None:
        box = box.parent
        words += " " + box.words
    return words


def media_type_of(url: str) -> str | None:
    """The media type that a file address's ending names, None for a page."""
    parts = urlsplit(url)
    candidates = [parts.path, *(value for _, value in parse_qsl(parts.query))]
    for each in candidates:
        # Liferay appends a UUID and ?t= behind the name: /documents/10/20/ke-hoach.pdf/4f1c…
        for piece in unquote(each).split("/")[::-1][:2]:
            ending = _ENDING.search(piece.strip())
            if ending and ending[1].lower() in MEDIA_TYPES:
                return MEDIA_TYPES[ending[1].lower()]
    return None


def media_type_of_name(name: str) -> str | None:
    """The media type that a file's printed name ends in, its size in brackets behind it left out."""
    ending = _ENDING.search(name.split(" (", 1)[0].strip())
    return MEDIA_TYPES.get(ending[1].lower()) if ending else None


def name_of(url: str) -> str | None:
    """The decoded file name in an address."""
    parts = urlsplit(url)
    for each in [parts.path, *(value for _, value in parse_qsl(parts.query))]:
        for piece in unquote(each).split("/")[::-1][:2]:
            if _ENDING.search(piece.strip()):
                return squeeze(piece.replace("+", " ")) or None
    return None


def unwrapped(url: str) -> str:
    """The file behind a viewer's address (Google, Office, pdf.js), else the address itself."""
    if _VIEWER.search(url):
        for name, value in parse_qsl(urlsplit(url).query):
            if name in ("url", "src", "file") and (value.startswith(("http://", "https://")) or media_type_of(value)):
                return join(url, value) or url
    return url


def _twin_key(url: str) -> str:
    """What the plain, the viewed and the lazily loaded address of one file share; ?download=1 makes no other file."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    path = _VERSION.sub(r"\1", unquote(parts.path))
    if _ends_in_file(url):
        return f"{host}{path}?"
    for _, value in parse_qsl(parts.query):  # ?preview=/uploads/news/a.docx (NukeViet)
        if value.startswith("/") and not value.startswith("//") and _ends_in_file(value):
            return f"{host}{value.partition('?')[0]}?"
    return f"{host}{path}?{parts.query}"


def _bare_name(url: str) -> str | None:
    """The file that a query names without its folder."""
    for _, value in parse_qsl(urlsplit(url).query):
        if "/" not in value and _ends_in_file(value):
            return value
    return None


def _is_own_print(url: str, page: str) -> bool:
    """Whether a file is the page itself as a PDF: Joomla prints /tin-tuc/318-a.html as /tin-tuc/318.pdf."""
    whole, ending = urlsplit(url), ".pdf"
    stem, own = whole.path.removesuffix(ending), urlsplit(page).path
    return len(stem) < len(whole.path) and not stem.endswith("/") and own.startswith((f"{stem}-", f"{stem}."))


def _ends_in_file(url: str) -> bool:
    ending = _ENDING.search(_VERSION.sub(r"\1", unquote(urlsplit(url).path).strip()))
    return ending is not None and ending[1].lower() in MEDIA_TYPES
