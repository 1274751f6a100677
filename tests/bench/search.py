"""What a search costs among 100,000 generated articles, and what building the catalog costs.

The text is drawn from some 900 syllables with the uneven frequencies of a language; the commonest stands in most of
the articles. Times are the processor's, the best of seven: the machine may be shared, and nothing waits for a disk.
"""

from __future__ import annotations

import json
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from archive.filters import Wanted
from archive.research.catalog import open_catalog, top_up
from archive.research.query import parse
from archive.research.search import Hit, Search
from archive.schema import Article, Author, Citation, Extraction
from archive.storage.paths import ArchivePaths
from archive.storage.tables import connect
from archive.vietnam.text import fold

GOALS = {"building, per article": 0.15, "newest first": 20.0, "ranked common word": 60.0}  # milliseconds
_ONSETS = "b c ch d đ g gh h k kh l m n ng nh ph qu r s t th tr v x".split()  # noqa: SIM905
_RHYMES = (  # noqa: SIM905
    "a á à ả ạ ai ái an án ang ăng ắng âu ấu ay ê ế ên ến i ính ịnh o ong ông ống ơi ơn u ươi ương ường ước uân uyết"
).split()


def articles(count: int, portals: int = 63, words: int = 400) -> Iterator[Article]:
    """Generated articles, newest last."""
    draw = random.Random(7)
    syllables = [onset + rhyme for onset in _ONSETS for rhyme in _RHYMES]
    draw.shuffle(syllables)
    pool = draw.choices(syllables, [1 / (rank + 8) for rank in range(len(syllables))], k=2_000_000)
    extraction = Extraction("1", "bench", "bench", None)
    for number in range(count):
        begin = draw.randrange(len(pool) - words)
        text = " ".join(pool[begin : begin + words])
        slug, year = f"p{number % portals:02d}", 2015 + number * 10 // count
        url = f"https://{slug}.example/{number}"
        at = (
            f"{year}-{draw.randrange(1, 13):02d}-{draw.randrange(1, 29):02d}T{draw.randrange(24):02d}:{number % 60:02d}"
        )
        cited = Citation("numbered", "Quyết định số 1/QĐ-UBND", 0, 23, "qd", norm=f"{number % 999}/QĐ-UBND", year=year)
        yield Article(
            id=f"{slug}/{number * 2654435761 % 2**64:016x}", kind="text", portal=slug, url=url, canonical_url=url,
            title=text[:60], fetched_at=f"{at}:00Z", extraction=extraction, revision=f"sha256:{number:064x}",
            cause="new", publisher="government", province="kon-tum", section="Tin", lead=text[60:180], body=text[180:],
            text_key=f"{number - number % 20 if number % 20 < 2 else number:x}", posted_on=at[:10],
            posted_at=f"{at}:00+07:00", authors=(Author(f"Tác Giả {number % 700}"),), cited_documents=(cited,),
        )  # fmt: skip


def fill(root: Path, count: int) -> None:
    """Ledgers that hold the articles."""
    ledgers: dict[str, sqlite3.Connection] = {}
    for article in articles(count):
        if article.portal not in ledgers:
            paths = ArchivePaths(root).portal(article.portal)
            paths.make()
            ledgers[article.portal] = connect(paths.ledger, write=True)
            ledgers[article.portal].execute("BEGIN")
        ledgers[article.portal].execute(
            "INSERT INTO revisions (article, revision, cause, recorded_at, item) VALUES (?, ?, 'new', ?, ?)",
            (article.id, article.revision, article.fetched_at, json.dumps(article.to_dict(), ensure_ascii=False)),
        )
    for base in ledgers.values():
        base.execute("COMMIT")
        base.close()


def search(base: sqlite3.Connection, typed: str, ranked: bool) -> list[Hit]:
    """The first twenty hits."""
    return list(Search(base, parse(typed), Wanted(), ranked=ranked).hits(20))


def best(work: Callable[[], object]) -> float:
    """Milliseconds of the processor, of the quickest of seven runs."""
    times = []
    for _ in range(7):
        began = time.process_time()
        work()
        times.append((time.process_time() - began) * 1000)
    return min(times)


def main(count: int = 100_000) -> None:
    """Measure and print, with the goals beside what was measured."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        fill(root, count)
        paths = ArchivePaths(root)
        began, cpu = time.perf_counter(), time.process_time()
        taken = top_up(paths).articles
        assert taken == count
        report("building, per article", (time.process_time() - cpu) * 1000 / count, "building, per article")
        print(f"  {(time.perf_counter() - began) * 1000 / count:.3f} ms by the clock on the wall")
        print(f"  catalog {paths.catalog.stat().st_size / 1e6:.0f} MB, {count} articles")
        base = open_catalog(paths.catalog)
        words = sorted(set(" ".join(row[0] for row in base.execute("SELECT title FROM articles LIMIT 300")).split()))
        sizes = {word: Search(base, parse(word), Wanted()).totals().articles for word in words if not word.isascii()}
        common = min(sizes, key=lambda word: abs(sizes[word] - count * 0.3))
        commonest = max(sizes, key=lambda word: sizes[word])
        first = base.execute("SELECT title FROM articles LIMIT 1").fetchone()[0].split()
        typed = {
            f"common word ({sizes[common]} articles)": common,
            f"commonest word ({sizes[commonest]} articles)": commonest,
            "two words": f"{common} {commonest}",
            "phrase of three": f'"{" ".join(first[:3])}"',
        }
        for name, text in typed.items():
            for kind, said in ((name, text), (f"{name}, bare", fold(text))):
                for order in (False, True):
                    took = best(partial(search, base, said, order))
                    goal = "newest first" if not order else "ranked common word" if name.startswith("common w") else ""
                    report(f"{'ranked' if order else 'newest first'}: {kind}", took, goal)
        one = Wanted(author="tac gia 7")
        took = best(lambda: list(Search(base, parse(common), one).hits(20)))
        report("newest first: common word by an author", took, "newest first")
        report("totals: common word", best(lambda: Search(base, parse(common), Wanted()).totals()))
        report("facets: common word", best(lambda: Search(base, parse(common), Wanted()).facets()))
        report("top up, nothing new", best(lambda: top_up(paths)))
        base.close()


def report(name: str, milliseconds: float, goal: str = "") -> None:
    """One line: what, how long, the goal."""
    said = f"  goal {GOALS[goal]:g}{'' if milliseconds <= GOALS[goal] else ', MISSED'}" if goal else ""
    print(f"{name:<60} {milliseconds:>9.3f} ms{said}", flush=True)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
