"""The twelve tasks of docs/research.md, done as they stand there, on an archive of three portals."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from archive.cli import main
from archive.reader import Archive
from archive.schema import Citation, Tie

ROOT = Path(__file__).resolve().parents[3]
TEXT = (ROOT / "docs" / "research.md").read_text(encoding="utf-8")
TASKS = re.findall(r"^## (\d+)\. (.*?)\n(.*?)(?=^## |\Z)", TEXT, re.MULTILINE | re.DOTALL)


def cited(number: str, relation: str | None, at: int = 0, **values: object) -> Citation:
    """A mention of a document."""
    given: dict[str, Any] = {"type": "nq", "norm": number, "number": number.split("-")[0].split("/")[0], **values}
    return Citation("numbered", f"số {number}", at, at + len(number) + 3, relation=relation, **given)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def ids() -> dict[str, str]:
    """The article that each task is about, by the task's number."""
    return {}


@pytest.fixture
def place(
    crawl: Callable[[str], Any], sample_article: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    ids: dict[str, str],
) -> Path:  # fmt: skip
    """An archive in `data`, where one stands."""
    resolution = cited("57-NQ/TW", "implements", cid="vn/tw/nq/2024/57", year=2024, date="2024-12-22")
    price = cited("61/2024/QĐ-UBND", "announces", type="qd", cid="vn/kon-tum/ubnd/qd/2024/61", year=2024,
                  ties=(Tie("repeals", 1, "bãi bỏ toàn bộ"),))  # fmt: skip
    old = cited("23/2014/QĐ-UBND", "repeals", 40, type="qd", cid="vn/kon-tum/ubnd/qd/2014/23", year=2014)
    plan: dict[str, list[dict[str, Any]]] = {
        "kon-tum": [
            {"posted_on": "2025-02-20", "cited_documents": (resolution,), "title": "Quán triệt Nghị quyết 57"},
            {"posted_on": "2025-06-01", "cited_documents": (price, old), "body": "Giá cà phê ổn định. " * 20},
        ],
        "quang-ngai": [
            {"posted_on": "2025-03-02", "cited_documents": (resolution,), "province": "quang-ngai"},
            {"posted_on": "2025-08-02", "province": "quang-ngai.2025", "cited_documents": ()},
        ],
        "da-nang": [
            {"posted_on": "2025-04-02", "cited_documents": (resolution,), "authors": ()},
            {"posted_on": "2025-05-01", "cited_documents": (), "text_key": "b" * 64},
        ],
    }
    for slug, articles in plan.items():
        run = crawl(slug)
        for number, values in enumerate(articles, 1):
            at = f"{values['posted_on']}T08:00:00+07:00"
            given = {"text_key": f"{slug}{number}".encode().hex().ljust(64, "0"), "posted_at": at, **values}
            if (slug, number) in {("kon-tum", 1), ("quang-ngai", 2)}:
                given["text_key"] = "a" * 64
            article = sample_article(slug, number, **given)
            run.page(article, f"<h1>{slug} {number}</h1>" * 100)
            ids[f"{slug}/{number}"] = article.id
        if slug == "kon-tum":
            edited = sample_article(slug, 1, **{**articles[0], "title": "Quán triệt Nghị quyết số 57-NQ/TW"},
                                    posted_at="2025-02-20T08:00:00+07:00", text_key="a" * 64, cause="page",
                                    revision="7" * 64)  # fmt: skip
            run.page(edited, "<h1>edited</h1>" * 100)
        if slug == "da-nang":
            run.event(article, "gone", "404 three times")
        run.close()
    (tmp_path / "pyproject.toml").touch()
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ARCHIVE_DIR", raising=False)
    return tmp_path


# task -> the article it is about, what the command line must say, what Python must print
SHOWN: dict[str, tuple[str, list[str], list[str]]] = {
    "1": ("kon-tum/1", ["kon-tum\timplements\tsố 57-NQ/TW", "quang-ngai\timplements", "province\tkon-tum\t1"],
          ["kon-tum 2025-02-20 {{'implements'}}", "quang-ngai 2025-03-02 {{'implements'}}"]),
    "2": ("kon-tum/1", ["edited\t{kon-tum/1}", "page edited", "{{+số +}}57{{+-NQ/TW+}}"],
          ["{kon-tum/1} ['title'] True"]),
    "3": ("kon-tum/1", ["{kon-tum/1}\t", "{quang-ngai/2}\t"],
          ["2025-02-20 Quán triệt Nghị quyết số 57-NQ/TW Thái Ninh"]),
    "4": ("kon-tum/1", ["first cited   2025-02-20 {kon-tum/1}", "vn/tw/nq/2024/57"],
          ["vn/tw/nq/2024/57 2025-02-20 {kon-tum/1} {{'2025-02': 1, '2025-03': 1, '2025-04': 1}}"]),
    "5": ("kon-tum/1", ["{kon-tum/1}\t2025-02-20", "{quang-ngai/2}\t2025-08-02", "printed 2 times by 2 portals"],
          ["2025-02-20T08:00:00+07:00 kon-tum", "2025-08-02T08:00:00+07:00 quang-ngai"]),
    "6": ("kon-tum/1", ["@online{{kon-tum-", '"type": "webpage"', "proof.wacz: "],
          ["@online{{kon-tum-", "urn:pwid:province-archive:2026-11-23T08:00:0"]),
    "7": ("kon-tum/1", ["colleague: 3 articles", "table.csv: 2 articles"], ["2 urn:uuid:"]),
    "8": ("kon-tum/1", ["{kon-tum/2}\t", "{quang-ngai/2}\t", "{quang-ngai/1}\t"],
          ["quang-ngai.2025 2025-08-02", "kon-tum 2025-06-01", "quang-ngai 2025-03-02"]),
    "9": ("da-nang/2", ["gone\t{da-nang/2}", "gone", "404 three times"], ["Hội nghị lần thứ 2 Chủ tịch UBND tỉnh"]),
    "10": ("kon-tum/2", ["540 days after the posting day", "portal\tarticles\tgone"],
           ["{kon-tum/2} 2026-11-23T08:00:02.000000Z 540 2026-11-23T08:00:01.000000Z"]),
    "11": ("kon-tum/2", ["repeals\tvn/kon-tum/ubnd/qd/2014/23", "graph.graphml: 6 articles"],
           ["[('vn/kon-tum/ubnd/qd/2024/61', 'repeals', 'vn/kon-tum/ubnd/qd/2014/23')]"]),
    "12": ("kon-tum/2", ["portal\tkon-tum\t1", "Giá cà phê ổn định", "<h1>kon-tum 2</h1>", "kon-tum: sound"],
           ["True", "b'HTTP/1.1 200 OK' b'<h1>kon-tum 2</h1>"]),
}  # fmt: skip


def test_there_are_twelve() -> None:
    assert [number for number, _, _ in TASKS] == [*SHOWN] == [str(number) for number in range(1, 13)]


@pytest.mark.parametrize("number", SHOWN)
def test_on_the_command_line(
    place: Path, ids: dict[str, str], number: str, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    about, said, _ = SHOWN[number]
    told = ""
    for line in "".join(re.findall(r"```sh\n(.*?)```", TASKS[int(number) - 1][2], re.DOTALL)).splitlines():
        words = shlex.split(line.replace("$ID", ids[about]))
        assert words[:3] == ["uv", "run", "archive"]
        assert main(words[3:]) == 0, line
        out, err = capfdbinary.readouterr()
        told += out.decode() + err.decode()
    for each in said:
        assert each.format(**ids) in told, told


@pytest.mark.parametrize("number", SHOWN)
def test_in_python(place: Path, ids: dict[str, str], number: str, capsys: pytest.CaptureFixture[str]) -> None:
    about, _, said = SHOWN[number]
    blocks = re.findall(r"```python\n(.*?)```", TEXT.split("\n## 1. ")[0] + TASKS[int(number) - 1][2], re.DOTALL)
    names: dict[str, Any] = {"ID": ids[about]}
    for block in blocks:
        exec(block, names)
    assert isinstance(names["archive"], Archive)
    names["archive"].close()
    told = capsys.readouterr().out
    for each in said:
        assert each.format(**ids) in told, told


def test_every_verb_named_there_is_one() -> None:
    from archive.cli.verbs import app

    verbs = {command.name for command in app.registered_commands}
    assert set(re.findall(r"(?:`|uv run )archive ([a-z]+)", TEXT)) <= verbs
    assert shutil.which("sh")
