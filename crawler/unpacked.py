"""An answer's body as it can be read: unpacked by the decoder that re-reading uses, whole, and within bounds.

A page that came cut, or that unpacks beyond its cap, is not read in part: half an article would look like an edit.
"""

from __future__ import annotations

import re

from scrapy.http import Response

from archive.storage import content
from crawler.failures import Trouble

MOST_TAGS = 200_000  # signs that open a tag; the largest pages known have 20,000, and a million cost 500 MB to parse

# What a decoder may remark on a body that is whole all the same.
_HARMLESS = re.compile(r"unknown coding .*|\w+: (?:not coded|bytes after the end)")


def unpacked(response: Response, cap: int) -> content.Decoded:
    """The body without its content coding; at most `cap` bytes."""
    pairs = [
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in response.headers.items()
        for value in values
        if name.lower() != b"transfer-encoding"  # Twisted has removed the chunks
    ]
    return content.decode_body(pairs, response.body, cap)


def broken(decoded: content.Decoded) -> str | None:
    """What is wrong with a body that came packed and could not be unpacked; a longer one than its cap is not broken."""
    if decoded.problem and not decoded.over_cap and not all(map(_HARMLESS.fullmatch, decoded.problem.split("; "))):
        return f"cannot be unpacked: {decoded.problem}"
    return None


def page_of(response: Response, cap: int) -> bytes | Trouble:
    """The body of a page or list that is to be read, or why it cannot be."""
    decoded = unpacked(response, cap)
    if decoded.over_cap:
        return Trouble(f"too large: more than {cap} bytes unpacked", transient=False, later=None)
    if problem := broken(decoded):
        return Trouble(problem)
    if not decoded.body:
        return Trouble("empty answer")
    if decoded.body.count(b"<") > MOST_TAGS:
        return Trouble(f"too large: more than {MOST_TAGS} tags", transient=False, later=None)
    return decoded.body
