"""Who made an article by its page's data alone: the writer on pages abroad, the site's contractor here."""

from __future__ import annotations

from datetime import datetime

import pytest

from archive.schema import Article
from crawler.reading.article import read_article

FETCHED_AT = datetime.fromisoformat("2021-05-20T10:00:00+07:00")


DATA = (
    ('[{"@type":"Person","givenName":"Anna Giulia","familyName":"Finke"}]', ["Anna Giulia Finke"]),
    # a newspaper that calls itself a person
    ('{"@type":"Person","name":"The Daily Bugle"}', ["The Daily Bugle"]),
    ('[{"@type":"Person","name":"The Daily Bugle"},{"@type":"Person","name":"Ann Lee"}]', ["Ann Lee"]),
)


@pytest.mark.parametrize(("author", "names"), DATA)
def test_authors_in_the_data_of_a_foreign_page(author: str, names: list[str]) -> None:
    text = "<p>The council voted on Tuesday to rebuild the old bridge over the river, which has stood since 1921.</p>"
    data = f'{{"@type":"NewsArticle","headline":"The old bridge","author":{author}}}'
    html = (
        "<html lang='en'><head><title>The old bridge is rebuilt</title>"
        "<meta property='og:site_name' content='The Daily Bugle'>"
        f"<script type='application/ld+json'>{data}</script></head>"
        f"<body><h1>The old bridge is rebuilt</h1><div>{text * 3}</div></body></html>"
    )
    found = read_article(html.encode(), "https://bugle.example/2021/05/18/the-old-bridge", FETCHED_AT)
    assert isinstance(found, Article)
    assert [each.name for each in found.authors] == names


@pytest.mark.parametrize(("of", "names"), [("WebPage", []), ("WebSite", []), ("NewsArticle", ["Công ty Số Q"])])
def test_author_in_the_data_of_the_whole_site_is_its_contractor(of: str, names: list[str]) -> None:
    text = "<p>Sáng nay, đoàn công tác của xã đã kiểm tra tuyến kè dọc sông Trà, dài hơn hai cây số, cùng bà con.</p>"
    data = (
        f'{{"@type":"{of}","name":"Xã Q","datePublished":"2020-01-02",'
        '"author":{"@type":"Person","name":"Công ty Số Q"}}'
    )
    html = (
        "<html lang='vi'><head><title>Kiểm tra kè sông Trà ở xã Q</title>"
        f"<script type='application/ld+json'>{data}</script></head>"
        f"<body><h1>Kiểm tra kè sông Trà ở xã Q</h1><p>Ngày đăng: 18/05/2021</p><div>{text * 3}</div></body></html>"
    )
    found = read_article(html.encode(), "https://xaq.gov.vn/tin/4512.html", FETCHED_AT)
    assert isinstance(found, Article)
    assert [author.name for author in found.authors] == names
