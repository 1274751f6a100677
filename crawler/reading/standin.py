"""Stands in for the readers of people and citations while they are being written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from archive.schema import Author, Citation


@dataclass(frozen=True, slots=True)
class Byline:
    """Authors and source of a byline."""

    authors: tuple[Author, ...] = ()
    source: str | None = None


def read_byline(text: str, labelled: bool) -> Byline | None:
    """A plain reading of names."""
    name = re.sub(r"^[^:]{0,30}:\s*", "", text).strip() if labelled else text.strip()
    words = name.split()
    if not 1 < len(words) <= 5 or not all(w[0].isupper() for w in words):
        return None
    return Byline((Author(name),))


def find_citations(text: str, posted_on: date | None = None, province: str | None = None) -> list[Citation]:
    """None yet."""
    return []
