"""The local reader: which address is which page, and how errors are told."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from archive.reader import Archive
from archive.research.evidence import NoSnapshot
from archive.research.query import BadQuery
from archive.storage.entries import POSTED
from archive.storage.tables import LedgerError
from archive.views import ArchiveError, BadFilter, Erased, SnapshotMissing, UnknownArticle, UnknownPortal
from archive.web import (
    articles,
    behind,
    carrying,
    changes,
    coverage,
    documents,
    gate,
    places,
    replay,
    runs,
    searching,
    snapshots,
    stored,
)
from archive.web.asked import Asked, BadParameter, language_of, read
from archive.web.house import House
from archive.web.names import portal_names
from archive.web.page import HERE, Page, atom, html, json
from archive.web.strings import STRINGS
from archive.withheld import Withheld

REPLAY_PORT = 8422  # where `archive replay` has pywb, unless told otherwise
_STATIC = {"reader.css": "text/css; charset=utf-8", "icon.svg": "image/svg+xml"}
_TYPES = {"html": "text/html; charset=utf-8", "json": "application/json", "atom": "application/atom+xml"}
_STATUS: tuple[tuple[type[Exception] | tuple[type[Exception], ...], int], ...] = (
    (Withheld, 451),
    (Erased, 410),
    ((BadParameter, BadFilter, BadQuery), 400),
    ((UnknownArticle, UnknownPortal, SnapshotMissing, NoSnapshot), 404),
    ((documents.UnknownDocument, runs.UnknownRun, snapshots.UnknownSnapshot, stored.NoBody), 404),
    ((ArchiveError, LedgerError), 503),
)
_HINTED = tuple(name.removeprefix("hint.") for name in STRINGS if name.startswith("hint."))
_TOLD = ("what", "reason", "date", "by")  # of a rule: not whom it names, for the page asked for names them too
log = logging.getLogger(__name__)


class NotHere(ArchiveError):
    """An address that is no page."""


class Reader:
    """The whole of it: two applications on two ports of this machine, and nothing else gets in.

    Pages and stored bytes are of different origins, told apart by the port that was spoken to. Raises NoArchive.
    """

    def __init__(self, path: Path, port: int, snapshot_port: int, replay_port: int = REPLAY_PORT) -> None:
        self.house = House(path)
        self._port, self._snapshot_port, self._replay_port = port, snapshot_port, replay_port
        self._pages: ASGIApp = Starlette(routes=self._routes(), exception_handlers={404: _missing, 405: _missing})
        stored_bytes = Starlette(
            routes=[Route("/{portal}/{record:path}", self._serve)], exception_handlers={404: _nothing_stored}
        )
        stored_bytes.router.redirect_slashes = False  # /search would lead to the record "" of a portal of that name
        self._stored: ASGIApp = stored_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._pages(scope, receive, send)
            return
        port = scope["server"][1] if scope.get("server") else None
        refusal = gate.refusal(scope, port)
        if refusal:
            await refusal(scope, receive, gate.guarded(send, gate.NOTHING))
        elif port == self._snapshot_port:
            await self._stored(scope, receive, gate.guarded(send, stored._DARK))
        else:
            frames = self._other(gate.host(scope), self._snapshot_port)
            await self._pages(_formed(scope), receive, gate.guarded(send, gate.page_policy(frames)))

    def _other(self, host: str, port: int) -> str:
        """The origin of the other port, by the name this one is spoken to."""
        return f"http://{host.rpartition(':')[0] or host}:{port}"

    def _routes(self) -> list[Route]:
        house = self.house
        return [
            Route("/static/{name}", _static),
            Route("/", self._page(lambda asked, request: searching.search(house, asked))),
            Route("/search", self._page(lambda asked, request: searching.search(house, asked))),
            Route("/a/{portal}/{digits}", self._page(lambda asked, r: articles.article(house, asked, **r.path_params))),
            Route("/a/{portal}/{digits}/cite", self._file(self._cite)),
            Route("/a/{portal}/{digits}/evidence", self._file(self._evidence)),
            Route("/export", self._file(lambda asked, request: carrying.export(house, asked))),
            Route(
                "/a/{portal}/{digits}/difference",
                self._page(lambda asked, r: articles.difference(house, asked, **r.path_params)),
            ),
            Route(
                "/a/{portal}/{digits}/{revision}",
                self._page(lambda asked, r: articles.article(house, asked, **r.path_params)),
            ),
            Route("/documents", self._page(lambda asked, request: documents.documents(house, asked))),
            Route("/d", self._page(lambda asked, request: documents.asked_for(house, asked))),
            Route("/d/{name:path}", self._page(lambda asked, r: documents.document(house, asked, **r.path_params))),
            Route("/portals", self._page(lambda asked, request: places.places(house, asked))),
            Route("/portals/{slug}", self._page(lambda asked, r: places.portal(house, asked, **r.path_params))),
            Route(
                "/portals/{slug}/addresses",
                self._page(lambda asked, r: behind.addresses(house, asked, **r.path_params)),
            ),
            Route("/portals/{slug}/runs/{name}", self._page(lambda asked, r: runs.run(house, asked, **r.path_params))),
            Route("/undated", self._page(lambda asked, request: behind.undated(house, asked))),
            Route("/coverage", self._page(lambda asked, request: coverage.coverage(house, asked))),
            Route("/changes", self._page(lambda asked, request: changes.changes(house, asked))),
            Route("/s/{portal}/{record:path}", self._page(self._snapshot)),
        ]

    def _snapshot(self, asked: Asked, request: Request) -> Page:
        origin = self._other(request.headers["host"], self._snapshot_port)
        page = snapshots.snapshot(self.house, asked, **request.path_params, stored=origin)
        taken = page.data["snapshot"]
        if POSTED not in taken.key and replay.runs(self._replay_port):  # pywb has no answer to a POST
            page.aside["replay"] = f"http://127.0.0.1:{self._replay_port}{replay.capture_path(taken.date, taken.url)}"
        return page

    async def _evidence(self, asked: Asked, request: Request) -> Response:
        return await carrying.evidence(self.house, asked, **request.path_params)

    async def _cite(self, asked: Asked, request: Request) -> Response:
        return carrying.cite(self.house, asked, **request.path_params)

    def _page(self, make: Callable[[Asked, Request], Page]) -> Callable[[Request], Awaitable[Response]]:
        async def endpoint(request: Request) -> Response:
            asked = _bare(request)
            try:
                asked = read(request)
                self.house.look()
                page = make(asked, request)
                if asked.form == "atom" and page.feed is None:
                    raise NotHere(f"{asked.path}: has no feed; search and changes have")
                if asked.form == "html":
                    page.aside.setdefault("portal_names", portal_names(self.house))
                return _answer(page, asked, self.house.archive())
            except Exception as error:
                return _failed(error, asked)

        return endpoint

    def _file(self, make: Callable[[Asked, Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
        async def endpoint(request: Request) -> Response:
            asked = _bare(request)
            try:
                asked = read(request)
                self.house.look()
                return await make(asked, request)
            except Exception as error:
                return _failed(error, asked)

        return endpoint

    async def _serve(self, request: Request) -> Response:
        try:
            self.house.look()
            return stored.serve(self.house, request, self._other(request.headers["host"], self._port))
        except Exception as error:
            return PlainTextResponse(f"{_message(error)}\n", _status(error))


def _answer(page: Page, asked: Asked, archive: Archive | None = None) -> Response:
    if asked.form == "json":
        text = json(page)
    elif asked.form == "atom" and page.feed is not None:
        text = atom(page, asked)
    else:
        notes = {"problems": archive.problems if archive else (), "catalog_note": archive and archive.catalog_note}
        page.aside.update({name: value for name, value in notes.items() if name not in page.data})
        text = html(page, asked)
    form = "json" if asked.form == "json" else "atom" if asked.form == "atom" and page.feed is not None else "html"
    return Response(
        text.encode("utf-8", "replace"),
        page.status,
        {"Content-Type": _TYPES[form], "Vary": "Accept, Accept-Language"},
    )


def _failed(error: Exception, asked: Asked) -> Response:
    """An error as a page, or as JSON: what is wrong and what is allowed; never where in the program."""
    rule = {name: getattr(error.rule, name) for name in _TOLD} if isinstance(error, Withheld) else None
    if isinstance(error, Withheld) and error.shows:
        rule = {**(rule or {}), "what": "shows"}
    stone = {name: getattr(error, name) for name in ("day", "by", "reason")} if isinstance(error, Erased) else None
    data = {"status": _status(error), "error": _message(error), "withheld": rule, "erased": stone}
    near = error.nearest if isinstance(error, UnknownArticle) else ()
    return _answer(
        Page(
            "error.html",
            data,
            {"nearest": near, "sort": type(error).__name__, "hinted": _HINTED},
            status=_status(error),
        ),
        asked,
    )


def _status(error: Exception) -> int:
    if isinstance(error, NotHere):
        return 404
    return next((status for kinds, status in _STATUS if isinstance(error, kinds)), 500)


def _message(error: Exception) -> str:
    if _status(error) == 500:
        log.error("a request failed", exc_info=error)
        return "a defect of this program; its console says more"
    return str(error)


def _bare(request: Request) -> Asked:
    """What is known of a request whatever is wrong with its parameters."""
    return Asked(request.url.path, {}, language_of(request), False, request.scope.get("form") or "html", "")


async def _missing(request: Request, error: Exception) -> Response:
    status = getattr(error, "status_code", 404)
    asked = _bare(request)
    data = {"status": status, "error": f"{request.url.path[:200]}: no such page", "withheld": None, "erased": None}
    return _answer(Page("error.html", data, {"nearest": (), "sort": "", "hinted": _HINTED}, status=status), asked)


async def _nothing_stored(request: Request, error: Exception) -> Response:
    return PlainTextResponse(f"{request.url.path[:200]}: no stored page; allowed: /<portal>/<record id>\n", 404)


async def _static(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in _STATIC:
        return await _missing(request, NotHere(name))
    return Response((HERE / "static" / name).read_bytes(), headers={"Content-Type": _STATIC[name]})


def _formed(scope: Scope) -> Scope:
    """The request with the ending of its path, .json or .atom, taken for the form of the answer."""
    for form in ("json", "atom"):
        if scope["path"].endswith(f".{form}"):
            path = scope["path"].removesuffix(f".{form}")
            return {**scope, "path": path, "raw_path": path.encode(), "form": form}
    return scope
