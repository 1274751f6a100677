"""The public sets of saved pages with labels, read from the folders of their repositories: fundus' and htmldate's."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

# When the sets were gathered: no page in them is younger.
GATHERED = {
    "eval_mediacloud_2020.json": datetime(2021, 7, 7, tzinfo=UTC),
    "eval_default.json": datetime(2023, 11, 10, tzinfo=UTC),
}


@dataclass(frozen=True, slots=True)
class Case:
    """A saved page with what people say it holds; what is None is not labelled."""

    set: str
    file: Path
    url: str
    fetched_at: datetime
    posted: datetime | date | None = None
    title: str | None = None
    authors: tuple[str, ...] | None = None
    body: str | None = None
    site: str = ""

    @property
    def page(self) -> bytes:
        raw = self.file.read_bytes()
        return gzip.decompress(raw) if self.file.suffix == ".gz" else raw


def cases(paths: Iterable[Path], *, every: bool) -> Iterator[Case]:
    """Every labelled page below the paths."""
    for path in paths:
        for meta in sorted(path.rglob("test_data/*/meta.info")):
            yield from fundus(meta.parent, every=every)
        for name in GATHERED:
            for labels in path.rglob(name):
                yield from htmldate(labels)


def fundus(country: Path, *, every: bool) -> Iterator[Case]:
    """The pages of one country: `Name_YYYY_MM_DD.html.gz`, one for each version of a publisher's labels, in order."""
    meta = json.loads((country / "meta.info").read_text(encoding="utf-8"))
    for labels in sorted(country.glob("*.json")):
        named = re.compile(re.escape(labels.stem) + r"_\d{4}_\d\d_\d\d\.html\.gz")
        files = sorted(file for file in country.glob("*.html.gz") if named.fullmatch(file.name))
        versions = list(json.loads(labels.read_text(encoding="utf-8")).values())
        pairs = list(zip(files, versions, strict=True))
        for file, label in pairs:
            about = meta[file.name]
            crawled = datetime.fromisoformat(about["crawl_date"])
            common = {"file": file, "url": about["url"], "fetched_at": crawled.replace(tzinfo=crawled.tzinfo or UTC)}
            # text without a clock is stored as a midnight
            posted = datetime.fromisoformat(label["publishing_date"]) if label.get("publishing_date") else None
            if posted and posted.replace(tzinfo=posted.tzinfo or UTC) > common["fetched_at"] + timedelta(days=1):
                posted = None
            common["posted"] = posted.date() if posted and posted.time() == datetime.min.time() else posted
            common["site"] = file.name.split("_")[0]
            common |= {"title": label.get("title"), "body": _text(label.get("body"))}
            common["authors"] = tuple(label["authors"]) if label.get("authors") is not None else None
            if file == files[-1]:
                yield Case("fundus, newest page of each publisher", **common)
            if every:
                yield Case("fundus, every page", **common)


def _text(body: dict[str, Any] | None) -> str | None:
    if body is None:
        return None
    lines = list(body["summary"])
    for section in body["sections"]:
        lines += section["headline"] + section["paragraphs"]
    return "\n".join(lines)


def htmldate(labels: Path) -> Iterator[Case]:
    """The pages of one of htmldate's label files; those whose day nobody could tell are left out."""
    for url, each in json.loads(labels.read_text(encoding="utf-8")).items():
        places = [labels.parent / folder / each["file"] for folder in ("test_set", "cache", "eval")]
        file = next((place for place in places if place.is_file()), None)
        if file is not None and isinstance(each["date"], str):
            day = date.fromisoformat(each["date"])
            yield Case(f"htmldate, {labels.name}", file, url, GATHERED[labels.name], day)
