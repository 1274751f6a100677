"""Who may speak to a port of ours, and the front that keeps pywb to it; a file that pywb's own Python can start.

    python front.py [ARGUMENT OF wayback ...]

A page open in a browser on this machine can have its own name lead to 127.0.0.1 (DNS rebinding), and then reads what
answers there. The name it asked for stands in `Host`.
"""

from __future__ import annotations

import runpy
from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any

NAMES = ("127.0.0.1", "localhost", "[::1]")
STATUS = 421
REFUSED = f"This port answers to the names of this machine only: {', '.join(NAMES)}, each with the port's number.\n"

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def ours(host: str, port: int | None) -> bool:
    """Whether a Host header, "" where there is none or more than one, names this machine and this port."""
    name = host.lower()
    return name in {f"{each}:{port}" for each in NAMES} or (port == 80 and name in NAMES)


def checked(application: Application) -> Application:
    """A WSGI application that is asked only by our names."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if ours(environ.get("HTTP_HOST", ""), int(environ["SERVER_PORT"])):
            return application(environ, start_response)
        start_response(f"{STATUS} Misdirected Request", [("Content-Type", "text/plain; charset=utf-8")])
        return [REFUSED.encode()]

    return answer


def main() -> None:
    """Start pywb with every server of its process checked: it has a second one, of index and records, for itself."""
    import_module("gevent.monkey").patch_all()  # as pywb's command begins
    gevent: Any = import_module("gevent.pywsgi")

    class Checked(gevent.WSGIServer):  # type: ignore[misc]
        def __init__(self, listener: Any, application: Application, **more: Any) -> None:
            super().__init__(listener, checked(application), **more)

    gevent.WSGIServer = Checked
    runpy.run_module("pywb.apps.cli", run_name="__main__")


if __name__ == "__main__":
    main()
