"""`python -m crawler.demo`: serves the demo portal for looking, or prints what is true of it."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from typing import Any, cast

from crawler.demo.content import DAY, LAST_EDITION, PORT


def main() -> int:
    """Exit status 0 after Ctrl-C, 2 for a wrong argument or a busy port."""
    parser = argparse.ArgumentParser(prog="python -m crawler.demo", description=__doc__)
    parser.add_argument("--edition", type=int, choices=range(1, LAST_EDITION + 1), default=1)
    parser.add_argument("--day", type=date.fromisoformat, default=DAY, help=f"the day its header shows (default {DAY})")
    parser.add_argument("--port", type=int, default=PORT)
    parser.add_argument("--truth", action="store_true", help="print the expected items as JSON and end")
    given = parser.parse_args()
    if given.truth:
        from crawler.demo.truth import moves, not_articles, truth

        facts = {
            "articles": truth(given.edition, given.port),
            "moves": moves(given.edition, given.port),
            "not_articles": not_articles(given.port),
        }
        json.dump(facts, sys.stdout, ensure_ascii=False, indent=1)
        return 0
    return _serve(given.edition, given.day, given.port)


def _serve(edition: int, day: date, port: int) -> int:
    from twisted.internet import reactor

    from crawler.demo.server import BusyPort, serve

    try:
        listening = serve(edition, day, port)
    except BusyPort as problem:
        print(problem, file=sys.stderr)
        return 2
    address = f"http://127.0.0.1:{cast(Any, listening).getHost().port}/"
    print(f"edition {edition} of {day} at {address} (Ctrl-C ends it)", flush=True)
    cast(Any, reactor).run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
