"""Pages of no known make, each written in another markup: the whole item, and what it must survive.

The pages beside this file are synthesised, in words of our own; none is copied from a portal.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from archive.schema import Article
from crawler.portal import load_portals
from crawler.reading.article import read_article
from crawler.reading.dates import printed_weekday
from crawler.trial import without_version

HERE = Path(__file__).parent
PAGES = sorted((HERE / "pages").glob("*.json"))
PORTALS = sorted((HERE.parents[1] / "portals").glob("*/*.json"))
FORMS = load_portals()


def read(case: dict[str, Any], html: str) -> Article | None:
    found = read_article(
        html.encode(), case["url"], datetime.fromisoformat(case["fetched_at"]), portal=FORMS.get(case.get("portal", ""))
    )
    return found if isinstance(found, Article) else None


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_page_reads_as_its_case_says(path: Path) -> None:
    case = json.loads(path.read_text(encoding="utf-8"))
    found = read(case, path.with_suffix(".html").read_text(encoding="utf-8"))
    assert found is not None
    assert without_version(found) == case["item"]


# -- mutations: what a redesign or a busy sidebar does to a page -----------------------------------------------------

OTHERS = "".join(
    f'<li><a href="/tin-khac/bai-so-{i}-4410{i}.html">Bài khác số {i} trong tuần của chuyên mục này</a>'
    f" <span>(0{i}/02/2018 07:3{i})</span></li>"
    for i in range(1, 6)
)


def with_clock(html: str) -> str:
    """A clock of the fetching day at the very top, as text and as a time element."""
    clock = (
        '<div><span>Thứ Hai, 17/06/2019 21:59</span> <time datetime="2019-06-17T21:59:00+07:00">17/06/2019</time></div>'
    )
    return re.sub(r"(<body[^>]*>)", lambda match: match[1] + clock, html, count=1)


def with_list_above(html: str) -> str:
    return re.sub(r"(<body[^>]*>)", lambda match: f"{match[1]}<div><ul>{OTHERS}</ul></div>", html, count=1)


def with_list_below(html: str) -> str:
    return html.replace("</body>", f"<div><b>Các tin khác</b><ul>{OTHERS}</ul></div></body>", 1)


def with_licence(html: str) -> str:
    licence = "<div><p>Giấy phép số 55/GP-TTĐT cấp ngày 11/11/2011</p><p>Điện thoại: 0200 000 000</p></div></body>"
    return html.replace("</body>", licence, 1)


def without_classes(html: str) -> str:
    return re.sub(r"""\s(?:class|id)=("[^"]*"|'[^']*')""", "", html)


MUTATIONS: list[Callable[[str], str]] = [with_clock, with_list_above, with_list_below, with_licence]
KEPT = ("title", "posted_on", "posted_at", "authors", "source", "kind")


def articles() -> list[Path]:
    return [path for path in PAGES + PORTALS if "item" in json.loads(path.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("change", MUTATIONS, ids=lambda change: change.__name__)
@pytest.mark.parametrize("path", articles(), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_what_stands_around_changes_nothing(path: Path, change: Callable[[str], str]) -> None:
    case = json.loads(path.read_text(encoding="utf-8"))
    found = read(case, change(path.with_suffix(".html").read_text(encoding="utf-8")))
    assert found is not None
    item = found.to_dict()
    assert {name: item[name] for name in KEPT} == {name: case["item"][name] for name in KEPT}
    assert item["body"] == case["item"]["body"]


# Labels and classes gone: the day may become unknown, never another.
@pytest.mark.parametrize("path", articles(), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_without_marks_no_other_day_is_given(path: Path) -> None:
    case = json.loads(path.read_text(encoding="utf-8"))
    html = path.with_suffix(".html").read_text(encoding="utf-8")
    bare = re.sub(r"(?:Ngày đăng|Đăng ngày|Đăng lúc|Ngày xuất bản|Publish date):?", "", without_classes(html))
    found = read({**case, "portal": ""}, bare)
    if found is not None and found.posted_on is not None and found.updated_on is None:
        assert found.posted_on == case["item"]["posted_on"]


# Day and month exchanged on the page are exchanged in the answer, where the other reading is a day at all.
@pytest.mark.parametrize("path", articles(), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_day_and_month_exchanged(path: Path) -> None:
    case = json.loads(path.read_text(encoding="utf-8"))
    text = case["item"]["posted_text"] or ""
    match = re.search(r"\b(\d\d)([/.-])(\d\d)[/.-](\d{4})\b", text)
    if match is None:
        pytest.skip("the posting time is not printed as day, month and year in two digits each")
    day, sign, month, year = match.groups()
    html = path.with_suffix(".html").read_text(encoding="utf-8")
    # machine-readable copies go: they would keep the old reading
    swapped = re.sub(r"<script.*?</script>|<meta property=\"article:[^>]*>", "", html, flags=re.DOTALL)
    swapped = re.sub(r'<span class="hidden[^"]*"[^>]*>[^<]*</span>|datetime="[^"]*"', "", swapped)
    swapped = swapped.replace(f"{day}{sign}{month}{sign}{year}", f"{month}{sign}{day}{sign}{year}")
    found = read(case, swapped)
    assert found is not None
    if int(day) <= 12 and printed_weekday(text) == date.fromisoformat(case["item"]["posted_on"]).weekday():
        assert found.posted_on in (case["item"]["posted_on"], None)  # the weekday tells which is the day's
    elif int(day) <= 12:
        assert found.posted_on in (f"{year}-{day}-{month}", None)
    else:  # no such month: the date proves to be written month first, or says nothing
        assert found.posted_on in (case["item"]["posted_on"], None)
