"""Walks the reader and checks every number it prints: a link to just as many items, or a list just as long beneath it.

    python tests/archive/web/traced.py data

While the walk goes on, whatever the templates print as a number is put between brackets of its own: none is missed
because it looks like part of a text, and no year in a title is taken for one. Not counts are the statuses of HTTP,
revisions, lags in days, bytes and places in files: their class is `measure`; nor is what is withheld, which is counted
in order to say that it cannot be listed.
"""

from __future__ import annotations

import asyncio
import re
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urljoin, urlsplit

import lxml.html

from archive.web import language, page
from archive.web.app import Reader

PORT = 8420
SEARCHES = ("/", "/search")
_MARK = re.compile("⟦([0-9]+)⟧")
_LIST = "self::ol[contains(@class, 'results')] or self::ul[contains(@class, 'plain')] or self::tbody"
_NO_COUNT = (
    "boolean(ancestor-or-self::*[contains(@class, 'measure') or contains(@class, 'pager') or self::thead"
    " or self::meter or self::pre])"
)
_NOT_SHOWN = ("withheld_count", "erased_count", "left_out")  # what stands behind these numbers nobody may list
_ABOVE = "boolean(ancestor-or-self::*[self::h1 or self::h2 or self::h3 or contains(@class, 'counts')])"


@contextmanager
def marked() -> Iterator[None]:
    """Every number that a template prints stands in brackets, but for those of withheld and erased articles."""
    number, say, environment = language.number, language.say, page._environment()
    finalize = environment.finalize
    language.number = lambda language, value: f"⟦{value}⟧"
    language.say = lambda tongue, name, /, n=None, **values: (
        say(tongue, name, n, **values) if name not in _NOT_SHOWN else name
    )
    environment.finalize = lambda value: f"⟦{value}⟧" if type(value) is int else finalize(value)  # type: ignore[misc]
    try:
        yield
    finally:
        language.number, language.say, environment.finalize = number, say, finalize


class Walk:
    """Every page of an archive's reader, each asked for once; `wrong`: the numbers that do not hold, and why.

    Searches and documents that were narrowed twice are counted as lists, and their own numbers not read.
    """

    def __init__(self, folder: Path) -> None:
        self._reader = Reader(folder, PORT, PORT + 1)
        self._pages: dict[str, Any] = {}
        self.wrong: list[str] = []
        self.held: Counter[str] = Counter()

    def everywhere(self) -> None:
        """Follow every link from the home page, and from where the forms of filters lead."""
        ways, seen = ["/", *self._by_forms()], set[str]()
        while ways:
            way = ways.pop()
            if way in seen or not _is_read(way):
                continue
            seen.add(way)
            document = self._page(way)
            for text in document.xpath("//main//text() | //footer//text()"):
                for found in _MARK.finditer(text):
                    here = text.getparent().getparent() if text.is_tail else text.getparent()
                    self._check(way, here, int(found[1]), " ".join(text.split())[:60])
            ways += [_bare(way, each) for each in document.xpath("//main//@href | //nav//@href")]
        self.held["pages"] = len(seen)
        self._reader.house.close()

    def _by_forms(self) -> Iterator[str]:
        for each in self._reader.house.archive().portals():
            for asked in (
                f"portal={each.slug}",
                f"province={each.province}",
                "section=tin trong tinh",
                "since=2019-10-09",
            ):
                yield f"/documents?{quote(asked, safe='=')}"
                if asked.startswith("p"):
                    yield f"/coverage?{asked}"
                    yield f"/changes?what=new&{asked}"

    def _page(self, way: str) -> Any:
        if way not in self._pages:
            status, body = ask(self._reader, way)
            # a page that is shown may stand for its bytes on one that is withheld
            assert status == 200 or (status == 451 and way.startswith("/s/")), (way, status)
            self._pages[way] = lxml.html.document_fromstring(body.decode())
        return self._pages[way]

    def _check(self, way: str, here: Any, number: int, text: str) -> None:
        links = here.xpath("ancestor-or-self::a[@href]")
        if not number or here.xpath(_NO_COUNT):
            self.held["no counts"] += 1
            return
        if links:
            to = urljoin(way, links[-1].get("href"))
            self.held["links"] += 1
            there = self._items(to, as_it_is=bool(here.xpath("ancestor::*[contains(@class, 'counts')]")))
        elif here.xpath(_ABOVE):
            to = "what stands below"
            self.held["headings"] += 1
            there = self._length(way, here)
        else:
            to, there = "nothing", 0
        if there != number:
            self.wrong.append(f"{way}: {text!r} leads to {there}: {to}")

    def _items(self, to: str, *, as_it_is: bool) -> int:
        """How many items the list at an address has, on all its pages.

        A search lists each story once: what counts articles leads to where it says how many, and lists them all.
        """
        way, _, place = to.partition("#")
        document = self._page(way)
        if place:
            return self._length(way, document.xpath("//*[@id = $place]", place=place)[0])
        if urlsplit(way).path in SEARCHES and not as_it_is:
            every = document.xpath("//p[contains(@class, 'counts')]/a[1]/@href")
            return self._length(_bare(way, every[0]), None) if every else 0
        return self._length(way, None)

    def _length(self, way: str, after: Any) -> int:
        """The items of the first list, after an element where one is given, on this page and those that follow."""
        name, count = after.get("id") if after is not None else None, 0
        while True:
            document = self._page(way)
            start = document.xpath("//*[@id = $name]", name=name)[0] if name else after
            start = document.xpath("//main")[0] if start is None else start
            found = start.xpath(f"(following::*[{_LIST}] | descendant::*[{_LIST}])[1]")
            count += len(found[0].xpath("./li | ./tr")) if found else 0
            following = document.xpath("//main//a[@rel = 'next']/@href")
            if not following:
                return count
            way, after = _bare(way, following[0]), None


def _bare(way: str, link: str) -> str:
    return urljoin(way, link).partition("#")[0]


def _is_read(way: str) -> bool:
    parts = urlsplit(way)
    given = {name for name, _ in parse_qsl(parts.query)}
    elsewhere = parts.scheme or parts.path.startswith(("/static", "/export")) or "lang" in given
    if elsewhere or parts.path.endswith((".json", ".atom", "/cite", "/evidence")):
        return False
    days = {"since", "until"}
    asks = parts.path in SEARCHES or parts.path.startswith("/d")
    return not asks or len(given - days - {"page"}) + bool(given & days) <= 1


def ask(reader: Reader, way: str, port: int = PORT) -> tuple[int, bytes]:
    """Status and body, without a client between: a walk asks for thousands."""
    return asyncio.run(_answer(reader, way, port))


async def _answer(reader: Reader, way: str, port: int) -> tuple[int, bytes]:
    path, _, query = way.partition("?")
    sent: list[Any] = []
    scope = {
        "type": "http", "method": "GET", "path": unquote(path), "raw_path": path.encode(), "root_path": "",
        "query_string": query.encode(), "headers": [(b"host", f"127.0.0.1:{port}".encode()), (b"accept", b"text/html")],
        "server": ("127.0.0.1", port), "client": ("127.0.0.1", 1), "scheme": "http", "http_version": "1.1",
    }  # fmt: skip

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    await reader(scope, receive, send)
    return sent[0]["status"], b"".join(each.get("body", b"") for each in sent[1:])


def walked(folder: Path) -> Walk:
    """The walk through an archive's reader."""
    walk = Walk(folder)
    with marked():
        walk.everywhere()
    return walk


if __name__ == "__main__":
    done = walked(Path(sys.argv[1]))
    print("\n".join(done.wrong), dict(done.held), f"{len(done.wrong)} wrong", sep="\n")
    sys.exit(bool(done.wrong))
