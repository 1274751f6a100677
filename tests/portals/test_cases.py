"""Every page recorded with `scrapy portal record` still reads as its case says; `fetched_at` comes from the case."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from archive.schema import Article
from crawler.portal import load_portals
from crawler.reading.article import read_article
from crawler.trial import without_version

HERE = Path(__file__).parent
CASES = sorted(HERE.glob("*/*.json"))
FORMS = load_portals()


@pytest.mark.parametrize("case", CASES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_case(case: Path) -> None:
    told = json.loads(case.read_text(encoding="utf-8"))
    assert told["portal"] == case.parent.name
    read = read_article(
        case.with_suffix(".html").read_bytes(),
        told["url"],
        datetime.fromisoformat(told["fetched_at"]),
        headers=told["headers"],
        portal=FORMS[told["portal"]],
    )
    if isinstance(read, Article):
        assert without_version(read) == told.get("item")
    else:
        assert read.reason == told.get("not_an_article")


def test_no_page_is_without_a_case() -> None:
    pages = {path.with_suffix("") for path in HERE.glob("*/*.html")}
    assert pages == {path.with_suffix("") for path in CASES}
