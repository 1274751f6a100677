"""The one wall that is passed: a page whose script does nothing but set a literal cookie and load the page again (D1N).

A browser would come back with that cookie; so do we, once. A cookie that has to be computed is a challenge.
"""

from __future__ import annotations

import re

WALL_SIZE = 8 * 1024  # bytes; the walls seen before state portals are under one

# document.cookie = "NAME=value" + "; path=/" + …: string literals only; the first holds name and value.
_LITERAL = r"""(?:"[^"\\\n]*"|'[^'\\\n]*')"""
_COOKIE = re.compile(
    rf"""document\.cookie\s*=\s*({_LITERAL})(?:\s*\+\s*{_LITERAL})*\s*(?:;|\n|</script)""", re.IGNORECASE
)
_AGAIN = re.compile(r"location\s*\.\s*(?:reload|replace|href)|location\s*=|http-equiv=.?refresh", re.IGNORECASE)
_PAIR = re.compile(
    r"""['"]\s*([!#$%&*+.^_`|~0-9A-Za-z-]+=[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]*)\s*(?:;.*)?['"]"""
)


def literal_cookie(body: bytes) -> str | None:
    """The `name=value` (RFC 6265) that such a page sets; None for any other page."""
    if len(body) > WALL_SIZE:
        return None
    text = body.decode("latin-1")
    script = _COOKIE.search(text)
    pair = _PAIR.fullmatch(script[1]) if script else None
    return pair[1] if pair and _AGAIN.search(text) else None
