"""The second origin: stored pages, images and files, served so that nothing in them runs, loads or leads anywhere."""

from __future__ import annotations

import html
import re
from collections.abc import Collection
from urllib.parse import quote, unquote, urlsplit

from starlette.requests import Request
from starlette.responses import Response

from archive.captures import decoded
from archive.folder import PortalFolder
from archive.storage.content import parse_head
from archive.storage.tables import LedgerError
from archive.views import ArchiveError, StoredSnapshot
from archive.web.house import House
from archive.web.inert import STYLE, inert
from archive.web.snapshots import Body, body_of, find, stored_at

LONGEST_PAGE = 8 << 20  # bytes of a page that is shown; a longer one is a file
_DARK = "default-src 'none'; sandbox"


class NoBody(ArchiveError):
    """A snapshot that has nothing to show."""


def serve(house: House, request: Request, reader: str) -> Response:
    """A stored body, inert; `reader` is the origin that may frame it. Raises what the reader's pages raise."""
    own = f"{request.url.scheme}://{request.headers['host']}"
    portal, record = request.path_params["portal"], request.path_params["record"]
    archive = house.archive()
    folder, row = find(archive, portal, record)
    capture = archive.capture(row)
    body = body_of(capture)
    if body is None:
        raise NoBody(f"{record}: no body is kept; it is a {capture.record.type} record")
    if "download" in request.query_params or body.shown_as == "file" or len(body.content) > LONGEST_PAGE:
        return _file(row, body, parse_head(capture.head).get("Content-Disposition"))
    if STYLE in request.query_params and body.media_type == "text/css":
        return _answer(body.content, f"text/css; charset={body.charset or 'utf-8'}", _DARK)
    if body.shown_as == "image":
        return _answer(body.content, body.media_type, f"{_DARK}; frame-ancestors {reader}")
    return _page(folder, row, body, own, reader)


def _page(folder: PortalFolder, row: StoredSnapshot, body: Body, own: str, reader: str) -> Response:
    text = decoded(body.content, body.charset)
    if body.shown_as == "page":
        shown = inert(text, row.url, lambda urls: _served(folder, urls))
    else:
        shown = f"<!doctype html>\n<pre>{html.escape(text)}</pre>"
    policy = (
        f"default-src 'none'; img-src {own} data:; style-src {own} 'unsafe-inline'; sandbox; base-uri 'none';"
        f" form-action 'none'; frame-ancestors {reader}"
    )
    return _answer(shown.encode("utf-8", "replace"), "text/html; charset=utf-8", policy)


def _served(folder: PortalFolder, urls: Collection[str]) -> dict[str, str]:
    """Where the stored ones of these addresses are served; none where the ledger cannot tell."""
    try:
        kept = stored_at(folder, urls)
    except LedgerError:
        return {}
    return {url: f"/{quote(folder.slug)}/{quote(kept[url], safe=':')}" for url in urls if url in kept}


def _file(row: StoredSnapshot, body: Body, disposition: str | None) -> Response:
    name = file_name(row.url, disposition)
    plain = re.sub(r"[^A-Za-z0-9._-]", "_", name)
    answer = _answer(body.content, body.media_type if body.shown_as == "file" else "application/octet-stream", _DARK)
    answer.headers["Content-Disposition"] = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
    return answer


def file_name(url: str, disposition: str | None) -> str:
    """A name for a stored file: as its server gave it, else the end of its address; letters, digits, dots, dashes."""
    given = _GIVEN.search(disposition or "")
    name = given[1] if given else unquote(urlsplit(url).path).rpartition("/")[2]
    return re.sub(r"[^\w.-]+", "_", name).strip("._-")[-100:].lstrip("._-") or "file"


_GIVEN = re.compile(r"filename\s*=\s*\"?([^\";]{1,200})", re.IGNORECASE)


def _answer(content: bytes, media_type: str, policy: str) -> Response:
    return Response(
        content,
        media_type=media_type,
        headers={
            "Content-Security-Policy": policy,
            "Cross-Origin-Resource-Policy": "cross-origin",  # the sandboxed page is of no origin, and shows images
            "X-DNS-Prefetch-Control": "off",
        },
    )
