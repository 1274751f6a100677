"""The reader's gate: which requests are looked at, and what a browser may do with any answer that leaves."""

from __future__ import annotations

from starlette.responses import PlainTextResponse, Response
from starlette.types import Message, Scope, Send

from archive.web import front

NOTHING = "default-src 'none'"  # the policy of an answer that shows no page


def refusal(scope: Scope, port: int | None) -> Response | None:
    """Why a request is not even looked at: another site's name led here, or it wants to change something."""
    if not front.ours(host(scope), port):
        return PlainTextResponse(front.REFUSED, front.STATUS)
    if scope["method"] not in ("GET", "HEAD"):
        return PlainTextResponse("Only for reading: GET and HEAD.\n", 405, {"Allow": "GET, HEAD"})
    return None


def host(scope: Scope) -> str:
    """The name a request was spoken to by, in lower case; "" where it has none or more than one."""
    found = [value.decode("latin-1").lower() for name, value in scope["headers"] if name == b"host"]
    return found[0] if len(found) == 1 else ""


def page_policy(frames: str) -> str:
    """The content policy of a page: our own styles, pictures and forms, and frames of the origin of stored bytes."""
    return (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none';"
        f" frame-ancestors 'none'; frame-src {frames}"
    )


def guarded(send: Send, policy: str) -> Send:
    """Every answer says what a browser may do with it: nothing that it does not need."""
    extra = {
        b"content-security-policy": policy.encode(),
        b"x-content-type-options": b"nosniff",
        b"referrer-policy": b"no-referrer",
        b"cross-origin-opener-policy": b"same-origin",
        b"cross-origin-resource-policy": b"same-origin",
        b"cache-control": b"no-store",  # what is withheld tomorrow must not be in a cache
    }

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            given = {name.lower() for name, _ in message["headers"]}
            message["headers"] = [*message["headers"], *((n, v) for n, v in extra.items() if n not in given)]
        await send(message)

    return sending
