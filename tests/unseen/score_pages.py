"""How the unseen pages are read, without a form: a table per field, and with -v each miss.

    PYTHONPATH=. python tests/unseen/score_pages.py [blind|third|…|twelfth] [--half odd|even] [-v]

Each names the folder of a newer set; tests/unseen/README.md says which halves have never been opened.

Shares are of the articles whose field is not `open`; an article that is refused misses all its fields.

    day        right of the printed ones; `wrong` is of all articles: another day, or a day where none is printed
    minute     the same clock of those that print one; `clock made up` is given where none is printed
    update     the update time of pages that print one and no posting time
    authors    the same set of names
    title, source, lead, kind, files (the set of addresses): equal; None where the page says nothing
    body       F1 of the tokens; `paragraphs`: the same lines in the same order; with the lead where that is open
    refused    articles taken for none; `false article`: a page that is none and was read as one
    reason     the right reason, of the pages that are no articles and were refused
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from archive.schema import Article, NotAnArticle
from crawler.reading.article import read_article

HERE = Path(__file__).parent
_NUMBER = re.compile(r"\d+")
_TOKEN = re.compile(r"\w+")
# How each row is printed: its name, and whether less is better.
ROWS = (
    "day", "day wrong", "minute", "clock made up", "update", "title", "authors", "source", "lead", "body",
    "paragraphs", "files", "kind", "refused", "false article", "reason",
)  # fmt: skip
HALVES = {"all": (0, 1), "odd": (1,), "even": (0,)}


@dataclass(frozen=True, slots=True)
class Score:
    """One field of one page: how far it is right (0 or 1, for the body between), and what both sides say."""

    field: str
    value: float
    wanted: Any
    given: Any
    page: str = ""


def pages(half: str = "all", folder: str = "") -> list[Path]:
    """The cases of one half of a set, by the parity of their numbers."""
    found = sorted((HERE / folder).glob("*[0-9].json"))
    return [path for path in found if int(_NUMBER.findall(path.stem)[-1]) % 2 in HALVES[half]]


def scores(half: str = "all", folder: str = "") -> list[Score]:
    """Every score of every page of that half."""
    return [
        Score(each.field, each.value, each.wanted, each.given, path.stem)
        for path in pages(half, folder)
        for each in _of_page(path)
    ]


def shares(found: Iterable[Score]) -> dict[str, float]:
    """The mean of each field."""
    values: dict[str, list[float]] = defaultdict(list)
    for each in found:
        values[each.field].append(each.value)
    return {field: statistics.fmean(each) for field, each in values.items()}


def _of_page(path: Path) -> Iterator[Score]:
    case = json.loads(path.read_text(encoding="utf-8"))
    wanted = case["expected"]
    html = path.with_suffix(".html").read_bytes()
    read = read_article(html, case["url"], datetime.fromisoformat(case["fetched_at"]))
    if wanted.get("not_article"):
        yield Score("false article", float(isinstance(read, Article)), wanted["reason"], _said(read))
        if isinstance(read, NotAnArticle) and "reason" not in wanted.get("open", ()):
            yield Score("reason", float(read.reason == wanted["reason"]), wanted["reason"], _said(read))
        return
    yield Score("refused", float(isinstance(read, NotAnArticle)), wanted["title"], _said(read))
    given = read.to_dict() if isinstance(read, Article) else {}
    closed = {name: value for name, value in wanted.items() if name not in wanted.get("open", ())}
    yield from _times(closed, given)
    for field in ("title", "source", "lead", "kind"):
        if field in closed:
            right = bool(given) and _level(given.get(field)) == _level(closed[field])
            yield Score(field, float(right), closed[field], given.get(field))
    if "authors" in closed:
        names = [author["name"] for author in given.get("authors", ())]
        right = bool(given) and {*map(_level, names)} == {*map(_level, closed["authors"])}
        yield Score("authors", float(right), closed["authors"], (names, given.get("authors_basis")))
    if "attachments" in closed:
        files = [file["url"] for file in given.get("attachments", ())]
        yield Score("files", float(bool(given) and {*files} == {*closed["attachments"]}), closed["attachments"], files)
    if "body" in closed:
        yield from _text(wanted, given)


def _times(closed: dict[str, Any], given: dict[str, Any]) -> Iterator[Score]:
    said = tuple(given.get(name) for name in ("posted_on", "posted_at", "posted_basis", "posted_text", "flags"))
    if "posted_on" in closed:
        day = closed["posted_on"]
        if day:
            yield Score("day", float(given.get("posted_on") == day), day, said)
        yield Score("day wrong", float(given.get("posted_on") not in (None, day)), day, said)
    if "posted_at" in closed:
        clock = closed["posted_at"]
        if clock:
            yield Score("minute", float((given.get("posted_at") or "")[:16] == clock[:16]), clock, said)
        else:
            yield Score("clock made up", float(given.get("posted_at") is not None), clock, said)
    if "updated_on" in closed:
        changed, wanted = given.get("updated_at"), closed.get("updated_at")
        right = given.get("updated_on") == closed["updated_on"] and (changed or "")[:16] == (wanted or "")[:16]
        yield Score("update", float(right), wanted or closed["updated_on"], changed or given.get("updated_on"))


def _text(wanted: dict[str, Any], given: dict[str, Any]) -> Iterator[Score]:
    told, read = wanted["body"], given.get("body") or ""
    if "lead" in wanted.get("open", ()):
        told, read = (f"{side.get('lead') or ''}\n{side.get('body') or ''}" for side in (wanted, given))
    lines, found = _lines(told), _lines(read)
    yield Score("body", _f1(_TOKEN.findall(_level(told)), _TOKEN.findall(_level(read))), lines, found)
    yield Score("paragraphs", float(bool(given) and lines == found), lines, found)


def _said(read: Article | NotAnArticle) -> str:
    return f"{read.reason}: {read.detail}" if isinstance(read, NotAnArticle) else f"{read.kind}: {read.title}"


def _lines(text: str) -> list[str]:
    return [_level(line) for line in text.split("\n") if line.strip()]


def _level(text: str | None) -> str:
    return " ".join(unicodedata.normalize("NFC", text or "").split())


def _f1(wanted: list[str], given: list[str]) -> float:
    common = (Counter(wanted) & Counter(given)).total()
    return 2 * common / (len(wanted) + len(given)) if common else float(not wanted and not given)


def table(halves: Iterable[str], folder: str) -> None:
    """Print the share and the number of pages of each field, a column for each half."""
    found = {half: scores(half, folder) for half in halves}
    print(f"{'':16}" + "".join(f"{f'{half} ({len(pages(half, folder))})':>18}" for half in found))
    for field in ROWS:
        line = f"{field:16}"
        for each in found.values():
            values = [score.value for score in each if score.field == field]
            line += f"{statistics.fmean(values):10.3f} /{len(values):4} " if values else f"{'-':>17} "
        print(line.rstrip())


def misses(half: str, folder: str) -> None:
    """Print what is not right, page by page."""
    good = {"day wrong": 0.0, "clock made up": 0.0, "refused": 0.0, "false article": 0.0}
    for each in scores(half, folder):
        if each.value == good.get(each.field, 1.0) or each.field == "body":
            continue
        print(f"{each.page} {each.field}")
        if each.field == "paragraphs":
            print("".join(f"    - {line[:150]}\n" for line in each.wanted if line not in each.given), end="")
            print("".join(f"    + {line[:150]}\n" for line in each.given if line not in each.wanted), end="")
        else:
            print(f"    wanted {each.wanted!r}\n    given  {each.given!r}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False
    )
    parser.add_argument("folder", nargs="?", default="", help="the folder of a set, beside this script")
    parser.add_argument("--half", choices=tuple(HALVES), help="only this half: pages of odd or of even number")
    parser.add_argument("-v", "--verbose", action="store_true", help="print the misses")
    options = parser.parse_args()
    table([options.half] if options.half else list(HALVES), options.folder)
    if options.verbose:
        misses(options.half or "all", options.folder)


if __name__ == "__main__":
    main()
