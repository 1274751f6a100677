"""The demo portal on a socket of this machine, in whatever reactor runs."""

from __future__ import annotations

import errno
from datetime import date
from http import HTTPStatus
from typing import Any, cast

from twisted.internet.error import CannotListenError
from twisted.internet.interfaces import IListeningPort
from twisted.web.resource import Resource
from twisted.web.server import NOT_DONE_YET, Request, Site

from crawler.demo.answer import answer
from crawler.demo.content import DAY, PORT


class BusyPort(OSError):
    """The port is taken; the message says which, and what to do."""


def serve(edition: int = 1, day: date = DAY, port: int = PORT) -> IListeningPort:
    """Listens on 127.0.0.1 at once, before any crawl starts; 0 takes a free port. Raises BusyPort.

    `getHost().port` of the answer says which port it is, `stopListening()` ends it.
    """
    # Imported late: whoever imports it first chooses the reactor, and Scrapy must be able to.
    from twisted.internet import reactor

    site = quiet(Portal(edition, day))
    try:
        return cast(IListeningPort, cast(Any, reactor).listenTCP(port, site, interface="127.0.0.1"))
    except CannotListenError as problem:
        if getattr(problem.socketError, "errno", None) not in (errno.EADDRINUSE, errno.EACCES):
            raise
        raise BusyPort(
            f"port {port} of 127.0.0.1 is not free for the demo portal: end the program that holds it "
            f"(ss -ltnp 'sport = :{port}' names it) and start again"
        ) from problem


def quiet(portal: Portal) -> Any:
    """A site that writes no log: the crawl's own report is the record."""
    site = cast(Any, Site)(portal, timeout=20)
    site.noisy = False
    site.log = lambda request: None
    return site


class Portal(Resource):
    """Hands every GET and HEAD to `answer`."""

    isLeaf = True

    def __init__(self, edition: int, day: date) -> None:
        cast(Any, super()).__init__()
        self.edition = edition
        self.day = day

    def render_GET(self, asked: Request) -> Any:
        request = cast(Any, asked)
        path, _, query = request.uri.decode("latin-1").partition("?")
        names = {
            name.decode("latin-1").lower(): values[-1].decode("latin-1")
            for name, values in request.requestHeaders.getAllRawHeaders()
        }
        status, headers, body = answer(path, query, names, self.edition, self.day)
        request.setResponseCode(status, HTTPStatus(status).phrase.encode("ascii"))
        for name, value in headers:
            request.setHeader(name.encode("ascii"), value.encode("latin-1"))
        # Written in pieces: where no Content-Length was set, each becomes a chunk.
        for start in range(0, len(body), 4096) if request.method != b"HEAD" else ():
            request.write(body[start : start + 4096])
        request.finish()
        return NOT_DONE_YET
