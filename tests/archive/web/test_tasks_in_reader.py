"""The twelve tasks of docs/research.md in the reader: the addresses that stand there, and what they must show."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from archive.schema import Citation, Tie

ROOT = Path(__file__).resolve().parents[3]
TEXT = (ROOT / "docs" / "research.md").read_text(encoding="utf-8")
TASKS = {
    number: re.findall(r"`(/[^`]*)`", said)
    for number, said in re.findall(r"^## (\d+)\. .*?^In the reader: (.*?)\n\n", TEXT, re.MULTILINE | re.DOTALL)
}


def cited(number: str, relation: str, cid: str, at: int = 0, **values: object) -> Citation:
    """A mention of a document."""
    return Citation(
        "numbered", f"số {number}", at, at + len(number) + 3, norm=number, relation=relation, cid=cid, **values
    )  # type: ignore[arg-type]


def posted(day: str, key: str, **values: object) -> dict[str, Any]:
    """What an article says that was posted on a day, with a text of its own by `key`."""
    return {"posted_on": day, "posted_at": f"{day}T08:00:00+07:00", "text_key": key * 64, **values}


@pytest.fixture
def place(
    crawl: Callable[[str], Any], sample_article: Callable[..., Any], tmp_path: Path
) -> tuple[Path, dict[str, str]]:
    """An archive of two provinces and the ids of its articles."""
    resolution = cited("57-NQ/TW", "implements", "vn/tw/nq/2024/57")
    price = cited("61/2024/QĐ-UBND", "announces", "vn/kon-tum/ubnd/qd/2024/61", ties=(Tie("repeals", 1, "bãi bỏ"),))
    old = cited("23/2014/QĐ-UBND", "repeals", "vn/kon-tum/ubnd/qd/2014/23", 40)
    first = posted("2025-02-20", "a", cited_documents=(resolution,), title="Quán triệt Nghị quyết 57")
    edited = {**first, "title": "Quán triệt Nghị quyết số 57", "cause": "page", "revision": "7" * 64}
    coffee = posted("2025-06-01", "b", cited_documents=(price, old), title="Giá cà phê", body="Giá cà phê ổn định.")
    again = posted("2025-08-02", "a", cited_documents=(resolution,), title="In lại", province="quang-ngai.2025")
    run = crawl("kon-tum")
    ids = {"quán triệt": run.page(sample_article("kon-tum", 1, **first)).id}
    run.page(sample_article("kon-tum", 1, **edited), "<h1>đã sửa</h1>" * 50)
    ids["cà phê"] = run.page(sample_article("kon-tum", 2, **coffee)).id
    lost = run.page(sample_article("kon-tum", 3, **posted("2025-05-05", "c", title="Bài đã mất")))
    run.event(lost, "gone", "404")
    ids["mất"] = lost.id
    run.close()
    run = crawl("quang-ngai")
    run.page(sample_article("quang-ngai", 1, **again))
    run.close()
    return tmp_path / "data", ids


# task -> the article it is about, and for each of its addresses what must be shown
SHOWN: dict[str, tuple[str, list[str]]] = {
    "1": ("quán triệt", [r"Kon Tum</th><td class=\"n\"><a href=\"/search\?document=[^\"]*province=kon-tum[^\"]*\">1</a>"
                         r"</td><td><ul class=\"inline\"><li>implements",
                         r"57-NQ/TW</a>[^\n]*/search\?document=[^\"]*province=kon-tum[^\"]*\">1</a>"]),
    "2": ("quán triệt", ["Quán triệt Nghị quyết số 57", "<ins>số </ins>"]),
    "3": ("quán triệt", ["Giá cà phê"]),
    "4": ("quán triệt", ["First article to cite it: <a [^>]*>Quán triệt Nghị quyết số 57"]),
    "5": ("quán triệt", ["In lại</a>"]),
    "6": ("quán triệt", ["urn:pwid:", "@online", '"type": "webpage"', "STEPS.md"]),
    "7": ("quán triệt", ["Giá cà phê"]),
    "8": ("quán triệt", ["has been part of Quảng Ngãi since", "Giá cà phê", "In lại"]),
    "9": ("mất", ["Bài đã mất", "The page has been gone since"]),
    "10": ("cà phê", ["540 days after the posting day", "tỉnh kon-tum", "tỉnh kon-tum"]),
    "11": ("cà phê", ["repeals <a [^>]*>23/2014/QĐ-UBND</a>", "<data key=\"edge.relation\">repeals"]),
    "12": ("cà phê", ["<mark>cà</mark> <mark>phê</mark>|<mark>cà phê</mark>", "the stored page"]),
}  # fmt: skip


def test_there_are_twelve() -> None:
    assert list(TASKS) == list(SHOWN)


@pytest.mark.parametrize("task", SHOWN)
def test_task(task: str, place: tuple[Path, dict[str, str]], opened: Any) -> None:
    folder, ids = place
    article, shown = SHOWN[task]
    pages, _ = opened(folder)
    ways = [way.replace("$ID", ids[article]) for way in TASKS[task]]
    assert len(ways) == len(shown)
    for way, said in zip(ways, shown, strict=True):
        answer = pages.get(way)
        assert answer.status_code == 200, (way, answer.text)
        text = answer.text
        if way.endswith("/evidence"):
            text = " ".join(zipfile.ZipFile(io.BytesIO(answer.content)).namelist())
        assert re.search(said, text), (way, said)
