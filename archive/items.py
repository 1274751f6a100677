"""What an item, a line of articles.jsonl, says in words."""

from __future__ import annotations

from collections.abc import Iterator
from operator import itemgetter
from typing import Any


def texts(item: dict[str, Any]) -> Iterator[str]:
    """What an article says beside its title, where words are looked for."""
    yield from filter(None, _TEXTS(item))
    document = item["document"]
    if document:
        yield from filter(None, map(document.get, ("number_text", "issuer_text", "signer", "title")))
    for each in (*item["attachments"], *(document.get("files", ()) if document else ())):
        if each["title"]:
            yield each["title"]
    for each in item["images"]:
        if each["caption"]:
            yield each["caption"]


def files_of(item: dict[str, Any]) -> Iterator[str]:
    """The addresses of the files an article names."""
    for each in (*item["attachments"], *((item["document"] or {}).get("files") or ())):
        yield each["url"]


def is_erased(item: dict[str, Any]) -> bool:
    """Whether what an item said was erased: it keeps its name, its address and its place."""
    return "erased" in item["flags"]


_TEXTS = itemgetter("lead", "body", "byline_text", "source_text")
