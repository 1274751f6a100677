"""What other extractors read from pages, as JSON lines: run by `extraction.py` in an environment of its own.

Standard input holds one `{"file", "url"}` a line; each answer is one line, and each tool that can be imported gives one
for each page: `{"file", "tool", "title", "posted", "authors", "body", "ms"}`. Nothing of this project is imported.
"""

from __future__ import annotations

import gzip
import importlib
import json
import logging
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import Any

Answer = dict[str, Any]
Read = Callable[[str, str], Answer]


def content(file: str) -> str:
    """The page's text: a gzip file or a plain one, UTF-8 or what its own meta says is left to the tools."""
    raw = Path(file).read_bytes()
    raw = gzip.decompress(raw) if file.endswith(".gz") else raw
    return raw.decode("utf-8", "replace")


def trafilatura() -> Read:
    tool = importlib.import_module("trafilatura")

    def read(page: str, url: str) -> Answer:
        found = tool.bare_extraction(page, url=url, with_metadata=True, include_comments=False)
        if found is None:
            return {}
        authors = [name.strip() for name in (found.author or "").split(";") if name.strip()]
        return {"title": found.title, "posted": found.date, "authors": authors, "body": found.text}

    return read


def htmldate() -> Read:
    tool = importlib.import_module("htmldate")

    def read(page: str, url: str) -> Answer:
        # its own evaluation asks so: the original date, the extensive search
        found = tool.find_date(page, url=url, original_date=True, extensive_search=True, outputformat="%Y-%m-%dT%H:%M")
        # a midnight is what it answers where it knows the day alone
        return {"posted": found.removesuffix("T00:00") if found else None}

    return read


def newspaper4k() -> Read:
    tool = importlib.import_module("newspaper")

    def read(page: str, url: str) -> Answer:
        found = tool.Article(url, fetch_images=False)
        found.download(input_html=page)
        found.parse()
        posted = found.publish_date
        stamp = posted.isoformat() if hasattr(posted, "isoformat") else posted
        return {"title": found.title, "posted": stamp or None, "authors": found.authors, "body": found.text}

    return read


def main() -> None:
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    tools: dict[str, Read] = {}
    for make in (trafilatura, htmldate, newspaper4k):
        try:
            tools[make.__name__] = make()
        except ImportError as error:
            print(f"{make.__name__} is left out: {error}", file=sys.stderr)
    for line in sys.stdin:
        case = json.loads(line)
        page = content(case["file"])
        for name, read in tools.items():
            began = process_time()
            try:
                answer = read(page, case["url"])
            except Exception as error:  # what a tool raises is its answer; the score counts it as none
                answer = {"raised": repr(error)[:200]}
            answer |= {"file": case["file"], "tool": name, "ms": (process_time() - began) * 1000}
            print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
