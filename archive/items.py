"""What an item, a line of articles.jsonl, says in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def texts(item: dict[str, Any]) -> Iterator[str]:
    """What an article says beside its title, where words are looked for."""
    document = item["document"] or {}
    named = (item[name] for name in ("lead", "body", "byline_text", "source_text"))
    stated = (document.get(name) for name in ("number_text", "issuer_text", "signer", "title"))
    titles = (each["title"] for each in (*item["attachments"], *document.get("files", ())))
    captions = (each["caption"] for each in item["images"])
    yield from filter(None, (*named, *stated, *titles, *captions))
