"""How well pages nobody here has seen are read, by `read_article` without a form and by other extractors.

    python tests/bench/extraction.py [--peers PYTHON] [--all] [--misses FIELD] PATH…

The paths hold checkouts of public repositories; whatever labelled set lies below one is found and read:

    git clone --depth 1 https://github.com/flairNLP/fundus    news sites of 40 countries: title, time, people, text
    git clone --depth 1 https://github.com/adbar/htmldate     tests/eval_*.json: the posting day of 1,000 pages

The other extractors are run by a Python of their own, so that nothing here depends on them:

    uv venv peers && uv pip install --python peers/bin/python trafilatura==2.3.1 htmldate==1.11.0 newspaper4k==0.9.6
    PYTHONPATH=. python tests/bench/extraction.py --peers peers/bin/python fundus htmldate

Of each fundus publisher the newest page counts; with `--all` a second table holds every page. Shares are of all pages
that carry the label: a refused page, an exception and no answer are all unanswered.

    title     equal but for case and blanks
    day       that of the label's zone; where the label has none, of the zone the page prints
    wrong     a day is given and is another
    minute    the same instant; the same clock where the page, the tool or the label has no zone
    authors   the same set of names
    people    the same, with the publication's own name taken from both: a site is nobody's name here
    body      F1 of the tokens
    ms        CPU of the reading, parse included: median and 95th percentile

A label later than the page's capture (a day and a month exchanged) is no label. `--misses FIELD` prints each page
whose field was missed, with what both sides say.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import subprocess
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from time import process_time
from urllib.parse import urlsplit

from labelled import Case, cases

from archive.schema import Article
from crawler.reading.article import read_article
from crawler.reading.dates.names import ZONES
from crawler.reading.page import Page

OURS = "province archive"
COLUMNS = ("title", "day", "wrong", "minute", "authors", "people", "body")
FIELDS = ("title", "day", "minute", "authors", "people", "body")
_ZONE = re.compile(
    r"(?P<utc>\d *Z\b|\b(?:GMT|UTC)\b(?! *[+-]))|(?::\d\d(?:\.\d+)?|GMT|UTC) *(?P<offset>[+-]\d\d?):?(?P<m>\d\d)?(?!\d)"
    rf"|\b(?P<letters>{'|'.join(ZONES)})\b",
    re.IGNORECASE,
)
_ATTRIBUTE = {"day": "posted", "wrong": "posted", "minute": "posted", "people": "authors"} | {
    field: field for field in ("title", "authors", "body")
}
_NOT_LETTERS = re.compile(r"[\W_]")
# Scripts without blanks between words count by the character.
_WIDE = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_TOKEN = re.compile(rf"[{_WIDE}]|[^\W{_WIDE}]+")


@dataclass(frozen=True, slots=True)
class Answer:
    """What one tool read from one page; a naive `posted` has no zone, a date no clock."""

    posted: datetime | date | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    body: str | None = None
    ms: float = 0.0
    note: str = ""


# -- the answers -----------------------------------------------------------------------------------------------------


def ours(case: Case) -> Answer:
    page = case.page
    began = process_time()
    found = read_article(page, case.url, case.fetched_at)
    ms = (process_time() - began) * 1000
    if not isinstance(found, Article):
        return Answer(ms=ms, note=f"{found.reason}: {found.detail}")
    posted: datetime | date | None = None
    if found.posted_at:
        # the archive keeps times as Vietnam's; a label's day is that of the zone the page prints
        zone = _zone(found.posted_text or "")
        posted = datetime.fromisoformat(found.posted_at)
        posted = posted.astimezone(zone) if zone else posted.replace(tzinfo=None)
    elif found.posted_on:
        posted = date.fromisoformat(found.posted_on)
    authors = tuple(author.name for author in found.authors if author.role != "photographer")
    body = "\n".join(filter(None, (found.lead, found.body)))
    note = f"{found.posted_basis} {found.posted_text!r}; {found.authors_basis}; {found.title_basis}; {found.flags}"
    return Answer(posted, found.title, authors, body, ms, note)


def _zone(text: str) -> timezone | None:
    """The zone that a printed time names, None where it names none."""
    if not (found := _ZONE.search(text)):
        return None
    offset = (ZONES[found["letters"].lower()] if found["letters"] else found["offset"]) or "+0"
    span = timedelta(hours=int(offset[1:]), minutes=int(found["m"] or 0))
    return timezone(-span if offset[0] == "-" else span)


def peers(python: str, pages: Iterable[Case]) -> Iterator[tuple[str, str, Answer]]:
    """(tool, file, answer) of every peer that this Python can import."""
    asked = {str(case.file): case.url for case in pages}
    lines = "".join(json.dumps({"file": file, "url": url}) + "\n" for file, url in asked.items())
    script = Path(__file__).with_name("peers.py")
    done = subprocess.run([python, str(script)], input=lines, stdout=subprocess.PIPE, text=True, check=True)
    for line in done.stdout.splitlines():
        said = json.loads(line)
        authors = tuple(said.get("authors") or ())
        answer = Answer(
            _moment(said.get("posted")),
            said.get("title"),
            authors,
            said.get("body"),
            said["ms"],
            said.get("raised", ""),
        )
        yield said["tool"], said["file"], answer


def _moment(text: str | None) -> datetime | date | None:
    try:
        return None if not text else date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
    except ValueError:
        return None


# -- the score -------------------------------------------------------------------------------------------------------


def score(case: Case, answer: Answer) -> dict[str, float]:
    """1 for right, 0 for missed, for each labelled field; `wrong` is 1 for a day that is given and is another."""
    right: dict[str, float] = {}
    if case.title is not None:
        right["title"] = float(_level(answer.title or "") == _level(case.title))
    if case.posted is not None:
        day = _day_right(case.posted, answer.posted)
        right |= {"day": float(day), "wrong": float(answer.posted is not None and not day)}
        if isinstance(case.posted, datetime):
            right["minute"] = float(_minute_right(case.posted, answer.posted))
    if case.authors is not None:
        wanted, given = {_level(name) for name in case.authors}, {_level(name) for name in answer.authors}
        right["authors"] = float(wanted == given)
        own = {name for name in wanted | given if _is_site(name, case)}
        right["people"] = float(wanted - own == given - own)
    if case.body is not None:
        right["body"] = f1(_TOKEN.findall(_level(case.body)), _TOKEN.findall(_level(answer.body or "")))
    return right


def _is_site(name: str, case: Case) -> bool:
    """Whether a name is the publication's own, as the set, the host or the page gives it: `n-tv`, `ntv.com.tr`."""
    letters = _NOT_LETTERS.sub("", name)
    own = _site_names(case)
    return len(letters) > 2 and any(letters in each or each in letters for each in own)


@cache
def _site_names(case: Case) -> frozenset[str]:
    page = Page(case.page, case.url)
    publishers = [each["publisher"] for each in page.linked_data if isinstance(each.get("publisher"), dict)]
    named = [case.site, page.meta.get("og:site_name", ""), *(str(each.get("name", "")) for each in publishers)]
    host = (urlsplit(case.url).hostname or "").removeprefix("www.")
    found = {_NOT_LETTERS.sub("", _level(each)) for each in (*named, host, host.split(".")[0])}
    return frozenset(each for each in found if len(each) > 2)


def _day_right(label: datetime | date, given: datetime | date | None) -> bool:
    if not isinstance(given, datetime):
        return given == (label.date() if isinstance(label, datetime) else label)
    if not isinstance(label, datetime):
        return given.date() == label
    return _seen_from(label, given).date() == label.date()


def _minute_right(label: datetime, given: datetime | date | None) -> bool:
    if not isinstance(given, datetime):
        return False
    return abs(_seen_from(label, given) - label.replace(tzinfo=None)) < timedelta(minutes=1)


def _seen_from(label: datetime, given: datetime) -> datetime:
    """The clock of the given time in the label's zone, as it stands where one of the two has none."""
    if label.tzinfo is not None and given.tzinfo is not None:
        given = given.astimezone(label.tzinfo)
    return given.replace(tzinfo=None)


def _level(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def f1(wanted: list[str], given: list[str]) -> float:
    """F1 of two bags of tokens."""
    common = (Counter(wanted) & Counter(given)).total()
    return 2 * common / (len(wanted) + len(given)) if common else float(not wanted and not given)


def table(name: str, rows: dict[str, list[tuple[Case, Answer]]]) -> None:
    """Print one set's shares, a row for each tool."""
    pages = len(next(iter(rows.values())))
    print(f"\n{name}: {pages} pages")
    print(f"{'':18}" + "".join(f"{column:>8}" for column in (*COLUMNS, "ms", "ms 95%")))
    for tool, pairs in rows.items():
        shares: dict[str, list[float]] = defaultdict(list)
        for case, answer in pairs:
            for field, value in score(case, answer).items():
                shares[field].append(value)
        line = f"{tool:18}"
        for field in COLUMNS:
            said = shares[field] if any(getattr(answer, _ATTRIBUTE[field]) for _, answer in pairs) else []
            line += f"{statistics.fmean(said):8.3f}" if said else f"{'-':>8}"
        spent = sorted(answer.ms for _, answer in pairs)
        print(f"{line}{statistics.median(spent):8.1f}{spent[int(0.95 * (len(spent) - 1))]:8.1f}")


def misses(field: str, pairs: list[tuple[Case, Answer]]) -> None:
    """Print the pages whose field was missed, with what both sides say."""
    attribute = _ATTRIBUTE[field]
    for case, answer in pairs:
        if score(case, answer).get(field, 1.0) < (0.8 if field == "body" else 1.0):
            wanted, given = str(getattr(case, attribute)), str(getattr(answer, attribute))
            print(f"{case.file.name}\n  wanted {wanted[:200]!r}\n  given  {given[:200]!r}\n  {answer.note[:300]}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    parser.add_argument("--peers", metavar="PYTHON", help="a Python that can import trafilatura, htmldate, newspaper")
    parser.add_argument("--all", action="store_true", help="every fundus page too")
    parser.add_argument("--misses", choices=FIELDS, help="print the pages whose field was missed")
    options = parser.parse_args()
    found = list(cases(options.paths, every=options.all))
    if not found:
        sys.exit("no labelled set below these folders")
    ours(found[0])  # loads what is loaded late
    rows: dict[str, dict[str, list[tuple[Case, Answer]]]] = defaultdict(lambda: defaultdict(list))
    for case in found:
        rows[case.set][OURS].append((case, ours(case)))
    if options.peers:
        answers: dict[str, list[tuple[str, Answer]]] = defaultdict(list)
        for tool, file, answer in peers(options.peers, found):
            answers[file].append((tool, answer))
        for case in found:
            for tool, answer in answers[str(case.file)]:
                rows[case.set][tool].append((case, answer))
    for name, tools in rows.items():
        table(name, tools)
        if options.misses:
            misses(options.misses, tools[OURS])


if __name__ == "__main__":
    main()
