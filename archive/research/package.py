"""A dataset folder for a colleague or a repository: tables, graph, and what is needed to use, cite and check them."""

from __future__ import annotations

import dataclasses
import itertools
import json
import types
import typing
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from archive.research import cards
from archive.research.documents import Edge
from archive.research.export import write_csv, write_graphml, write_jsonl, write_parquet
from archive.research.files import whole_folder
from archive.research.rows import CITATION, Row, citations, columns
from archive.schema import json_schema
from archive.storage.about import About
from archive.storage.disk import sha256

Items = Callable[[], Iterator[tuple[dict[str, Any], dict[str, Any]]]]  # item and row, as often as it is asked

COVERAGE = ("portal", "month", "articles")
GAPS = ("portal", "run", "started", "verdict", "failures", "left")


@dataclass(frozen=True, slots=True)
class Contents:
    """What goes into a dataset.

    `question`: the filters it was made with; `withheld`, `erased`: how many were left out.
    """

    items: Items
    edges: list[Edge]
    about: About
    made_on: str
    question: dict[str, str]
    portals: dict[str, str | None]
    gaps: list[dict[str, Any]]
    withheld: int
    erased: int = 0
    full_text: bool = False
    parquet: bool = False
    wacz: Callable[[Path], object] | None = None  # writes the pages


@dataclass(frozen=True, slots=True)
class Resource:
    """A table of the dataset: its file, its columns with their types, what it is."""

    path: str
    title: str
    media_type: str
    fields: dict[str, tuple[str, str]]


def write_dataset(folder: Path, contents: Contents) -> int:
    """The folder, whole or not at all; how many articles. Raises InTheWay, NoParquet, OSError."""
    with whole_folder(folder) as part:
        names = columns(full_text=contents.full_text)
        months: Counter[tuple[str, str]] = Counter()
        with _text(part / "articles.jsonl") as file:
            count = write_jsonl(file, _counted(contents.items(), months))
        with _text(part / "articles.csv") as file:
            write_csv(file, (row for _, row in contents.items()), names)
        with _text(part / "citations.csv") as file:
            write_csv(file, (each for item, _ in contents.items() for each in citations(item)), CITATION)
        with _text(part / "citations.graphml") as file:
            write_graphml(file, (item for item, _ in contents.items()), contents.edges)
        coverage = [{"portal": p, "month": m, "articles": n} for (p, m), n in sorted(months.items())]
        with _text(part / "coverage.csv") as file:
            write_csv(file, coverage, COVERAGE)
        with _text(part / "gaps.csv") as file:
            write_csv(file, contents.gaps, GAPS)
        if contents.parquet:
            write_parquet(part / "articles.parquet", (row for _, row in contents.items()), full_text=contents.full_text)
        if contents.wacz:
            contents.wacz(part / "pages.wacz")
        _describe(part, contents, count, coverage)
        _checksums(part)
    return count


def _text(path: Path) -> Any:
    return path.open("w", encoding="utf-8", errors="backslashreplace", newline="")


def _counted(
    pairs: Iterator[tuple[dict[str, Any], dict[str, Any]]], months: Counter[tuple[str, str]]
) -> Iterator[dict[str, Any]]:
    for item, row in pairs:
        months[row["portal"], (row["posted_on"] or "")[:7]] += 1
        yield {**row, "citations": list(citations(item))}


def _describe(part: Path, contents: Contents, count: int, coverage: list[dict[str, Any]]) -> None:
    resources = _resources(full_text=contents.full_text)
    whole = cards.Card(
        contents.about, contents.made_on, contents.question, contents.portals, count, contents.withheld,
        contents.erased, coverage, contents.gaps, contents.full_text,
    )  # fmt: skip
    digests = {each.path: sha256(part / each.path) for each in resources}
    sizes = {each.path: (part / each.path).stat().st_size for each in resources}
    described = [(each.path, each.title, each.media_type, each.fields) for each in resources]
    documents = {
        "schema.json": row_schema(full_text=contents.full_text),
        "item-schema.json": json_schema(),
        "datapackage.json": cards.data_package(whole, described, digests, sizes),
        "croissant.json": cards.croissant(whole, described, digests, sizes),
    }
    for name, value in documents.items():
        (part / name).write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    (part / "CITATION.cff").write_text(cards.citation_file(whole), encoding="utf-8")
    (part / "README.md").write_text(cards.dataset_card(whole), encoding="utf-8")
    if contents.full_text:
        (part / "RIGHTS.md").write_text(cards.rights(contents.about, count, contents.made_on), encoding="utf-8")


def _resources(*, full_text: bool) -> list[Resource]:
    articles = {name: kinds for name, kinds in _row_fields().items() if name in columns(full_text=full_text)}
    numbers = {"place", "year", "start", "end"}
    cited = {name: ("integer" if name in numbers else "string", "") for name in CITATION}
    coverage = {"portal": ("string", ""), "month": ("string", "of posting; empty: no day is printed"),
                "articles": ("integer", "")}  # fmt: skip
    gaps = {name: ("integer" if name in ("failures", "left") else "string", "") for name in GAPS}
    return [
        Resource("articles.csv", "One row per article", "text/csv", articles),
        Resource("citations.csv", "One row per mention of an official document", "text/csv", cited),
        Resource("coverage.csv", "Articles per portal and month of posting", "text/csv", coverage),
        Resource("gaps.csv", "Runs that ended with failures, or left addresses unasked", "text/csv", gaps),
    ]


def _row_fields() -> dict[str, tuple[str, str]]:
    """Name -> JSON type and note of the columns; lists are joined by "; " in CSV."""
    hints = typing.get_type_hints(Row, include_extras=True)
    fields = {}
    for each in dataclasses.fields(Row):
        hint, note = hints[each.name], ""
        if typing.get_origin(hint) is typing.Annotated:
            hint, note = typing.get_args(hint)[:2]
        options = typing.get_args(hint) if typing.get_origin(hint) in (typing.Union, types.UnionType) else (hint,)
        fields[each.name] = ("integer" if int in options else "string", note)
    return fields


def row_schema(*, full_text: bool) -> dict[str, Any]:
    """The JSON Schema (2020-12) of a line of articles.jsonl in the dataset."""
    lists = {"authors", "cited_documents", "attachments", "flags"}
    needed = {"id", "revision", "portal", "kind", "url", "canonical_url", "posted_precision", "story", "fetched_at"}
    properties: dict[str, Any] = {}
    for name, (kind, note) in _row_fields().items():
        if name not in columns(full_text=full_text):
            continue
        plain: dict[str, Any] = {"type": "array", "items": {"type": "string"}} if name in lists else {"type": kind}
        if name not in needed | lists | {"printed_by"}:
            plain = {"type": [kind, "null"]}
        properties[name] = {**plain, **({"description": note} if note else {})}
    place = {name: {"type": ["integer", "null"] if name in ("place", "year", "start", "end") else ["string", "null"]}
             for name in CITATION}  # fmt: skip
    citation = {"type": "object", "properties": place, "required": list(CITATION), "additionalProperties": False}
    properties["citations"] = {"type": "array", "items": citation}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Article of the dataset",
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _checksums(folder: Path) -> None:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    lines = (f"{sha256(path)}  {path.relative_to(folder).as_posix()}\n" for path in files)
    text = "".join(itertools.chain(lines))
    (folder / "SHA256SUMS").write_text(text, encoding="utf-8")
