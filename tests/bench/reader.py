"""What the reader's pages cost at 100,000 generated articles: asked for the first time, and asked again.

`first`: nothing of the answer is remembered, as after each crawl; the best of several different questions of the kind,
in processor time, the machine being shared. `again`: the same question once more.
Usage: python tests/bench/reader.py [articles] [folder]
"""

from __future__ import annotations

import asyncio
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
from search import fill

from archive.filters import Wanted
from archive.research.catalog import top_up
from archive.research.query import parse
from archive.research.search import Search
from archive.storage.paths import ArchivePaths
from archive.web.app import Reader

GOAL = 50.0  # milliseconds


def questions(words: list[str], ids: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Kinds of pages, each with several addresses of the kind; the words are common ones."""
    yield "newest articles", ["/", "/?page=2", "/?page=3"]
    yield "newest of a portal", [f"/search?portal=p{number:02d}" for number in (3, 4, 5)]
    yield "a year", [f"/search?since={year}-01-01&until={year}-12-31" for year in (2016, 2017, 2018)]
    yield "a common word", [f"/search?q={word}" for word in words[:3]]
    yield "a common word, ranked", [f"/search?q={word}&order=ranked" for word in words[3:6]]
    yield "two words", [f"/search?q={one}+{other}" for one, other in zip(words[6:9], words[9:12], strict=True)]
    yield "a phrase", [f"/search?q=%22{one}+{other}%22" for one, other in zip(words[12:15], words[1:4], strict=True)]
    yield "an author", [f"/search?author=T%C3%A1c+Gi%E1%BA%A3+{number}" for number in (5, 6, 7)]
    yield "a cited document", [f"/search?document={number}/Q%C4%90-UBND" for number in (11, 12, 13)]
    yield "as a feed", [f"/search.atom?q={word}" for word in words[15:18]]
    yield "an article", [f"/a/{each}" for each in ids]
    yield "a document", [f"/d/{number}/Q%C4%90-UBND" for number in (21, 22, 23)]
    yield "documents", ["/documents", "/documents?page=2", "/documents?page=3"]
    yield "portals", ["/portals"]
    yield "a portal", [f"/portals/p{number:02d}" for number in (6, 7, 8)]
    yield "coverage", [f"/coverage?year={year}" for year in (2019, 2020, 2021)]
    yield "new articles", ["/changes?what=new"]
    yield "edited articles", ["/changes?what=edited"]


async def timed(reader: Reader, way: str) -> float:
    """Milliseconds of processor time of one request, the whole way through the application."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(reader), base_url="http://127.0.0.1:8420") as client:
        begin = time.process_time()
        answer = await client.get(way)
        spent = (time.process_time() - begin) * 1000
    assert answer.status_code == 200, (way, answer.status_code, answer.text[-500:])
    return spent


async def first_time(reader: Reader, way: str) -> float:
    """The same where nothing is remembered of any answer."""
    reader.house._known.clear()
    return await timed(reader, way)


async def measure(folder: Path) -> bool:
    """Print every kind of page; whether all are within the goal."""
    reader = Reader(folder, 8420, 8421)
    await timed(reader, "/static/reader.css")
    begin = time.process_time()
    await timed(reader, "/search?q=x")
    print(f"{'opening the archive':<24} {(time.process_time() - begin) * 1000:8.1f} ms, once")
    words = common(reader.house.archive().catalog())
    good = True
    print(f"{'milliseconds':<24} {'first':>8} {'again':>8}")
    for name, ways in questions(words, known(reader.house.archive().catalog())):
        first = min([await first_time(reader, way) for way in ways])
        again = min([await timed(reader, ways[-1]) for _ in range(3)])
        good = good and first <= GOAL
        print(f"{name:<24} {first:8.1f} {again:8.1f}{'' if first <= GOAL else f'   above {GOAL:.0f}'}")
    reader.house.close()
    return good


def common(base: sqlite3.Connection) -> list[str]:
    """Words with marks that stand in about three tenths of the articles, as the bench of search has them."""
    titles = " ".join(title for (title,) in base.execute("SELECT title FROM articles LIMIT 300"))
    count = base.execute("SELECT count(*) FROM articles").fetchone()[0]
    sizes = {
        word: Search(base, parse(word), Wanted()).totals().articles
        for word in sorted(set(titles.split()))[:150]
        if not word.isascii()
    }
    return sorted(sizes, key=lambda word: abs(sizes[word] - count * 0.3))[:20]


def known(base: sqlite3.Connection) -> list[str]:
    """Ids of three articles."""
    return [article for (article,) in base.execute("SELECT id FROM articles ORDER BY row % 9973 LIMIT 3")]


def main() -> int:
    """Make an archive, or use the one in the folder given, and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    if len(sys.argv) > 2 and Path(sys.argv[2]).exists():
        return 0 if asyncio.run(measure(Path(sys.argv[2]))) else 1
    with tempfile.TemporaryDirectory() as made:
        folder = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(made)
        fill(folder, count)
        top_up(ArchivePaths(folder))
        return 0 if asyncio.run(measure(folder)) else 1


if __name__ == "__main__":
    sys.exit(main())
