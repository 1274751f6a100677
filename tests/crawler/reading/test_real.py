"""Saved pages of real portals, where the folder with them is at hand; they are not part of the project."""

from __future__ import annotations

import json
import os
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from archive.schema import Article, NotAnArticle
from crawler.reading.article import read_article
from crawler.reading.listing import discover, read_listing

REAL = Path(os.environ.get("PROVINCE_ARCHIVE_REAL") or Path(__file__).parents[4] / "shared" / "real")
pytestmark = pytest.mark.skipif(not (REAL / "INDEX.json").is_file(), reason="the saved pages are not on this machine")


def saved(name: str) -> tuple[bytes, str, datetime]:
    index: list[dict[str, Any]] = json.loads((REAL / "INDEX.json").read_text(encoding="utf-8"))
    entry = next(each for each in index if each["file"].endswith(name))
    url = entry["url"] or "https://www.danang.gov.vn/web/guest/chi-tiet?id=28000&_c=3"
    return (
        (REAL / entry["file"]).read_bytes(),
        url,
        datetime.fromisoformat(entry["fetched_at"] or "2017-08-29T08:00:00+07:00"),
    )


# (file, beginning of the title, posting time, beginning of the last line of the text)
ARTICLES = [
    (
        "article-2625972.html",
        "Hanoi Department of Information and Communications (HDIC) creates",
        "2018-06-20T16:12:00+07:00",
    ),
    ("article-3159471.html", "Rules for citizen reception and Decisions", "2019-03-18T15:06:00+07:00"),
    (
        "article-nga-ba-hue.fragment.html",
        "Phó Thủ tướng Vương Đình Huệ yêu cầu bố trí vốn",
        "2017-08-28T15:40:00+07:00",
    ),
]


@pytest.mark.parametrize(("name", "title", "posted_at"), ARTICLES)
def test_article_with_title_and_minute(name: str, title: str, posted_at: str) -> None:
    read = read_article(*saved(name))
    assert isinstance(read, Article)
    assert read.title is not None
    assert read.title.startswith(title)
    assert read.posted_at == posted_at
    assert read.extraction.family == "liferay"
    assert len(read.body) > 500
    assert "Admin" not in str(read.authors)


def test_two_provinces_are_two_people() -> None:
    read = read_article(*saved("article-nga-ba-hue.fragment.html"))
    assert isinstance(read, Article)
    assert [author.name for author in read.authors] == ["HÀ NAM", "LÊ HOA"]
    assert "HÀ NAM" not in read.body


@pytest.mark.parametrize(
    "name",
    [
        "detail-address-that-answers-a-list.html",
        "chi-dao-dieu-hanh.html",
        "chuyen-doi-ipv6.html",
        "eng-culture.html",
        "index.html",
        "phong-chong-dich-benh-covid-19.html",
        "phong-thanh-tra.html",
        "danang_2017/home.html",
    ],
)
def test_no_article(name: str) -> None:
    assert isinstance(read_article(*saved(name)), NotAnArticle)


def test_article_address_that_answers_a_list() -> None:
    read = read_article(*saved("detail-address-that-answers-a-list.html"))
    assert isinstance(read, NotAnArticle)
    assert read.reason == "list"


LISTS = [
    ("detail-address-that-answers-a-list.html", 20),
    ("eng-culture.html", 6),
    ("phong-chong-dich-benh-covid-19.html", 6),
    ("index.html", 42),
]


@pytest.mark.parametrize(("name", "count"), LISTS)
def test_list_gives_its_articles(name: str, count: int) -> None:
    links = read_listing(*saved(name)).links
    assert len(links) == count
    assert all(link.title for link in links)
    if name != "index.html":
        assert all(link.posted for link in links)


def test_nothing_follows_the_language_loops() -> None:
    for name in ("article-3159471.html", "detail-address-that-answers-a-list.html", "index.html"):
        for link in (*read_listing(*saved(name)).links, *discover(*saved(name)).links):
            assert not link.url.rstrip("/").endswith(("/vi", "/en", "/vi.html", "/en.html"))


def test_discovery_of_a_home_page() -> None:
    found = [link.title for link in discover(*saved("danang_2017/home.html")).links]
    assert found[0] == "Tin tức - Sự kiện"
    assert "Hỏi đáp" not in found
    assert "Kết quả giải quyết KNTC" not in found
