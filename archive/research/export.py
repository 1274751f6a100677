"""What was found as JSON Lines, CSV, Parquet or GraphML; lead and body only where full text is asked for."""

from __future__ import annotations

import csv
import errno
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TextIO
from xml.sax.saxutils import escape, quoteattr

from archive.errors import ArchiveError
from archive.research.documents import Edge
from archive.research.files import whole_file, whole_folder
from archive.research.rows import columns
from archive.terminal import to_json

FORMATS = ("jsonl", "csv", "parquet", "graphml", "bibtex", "csl", "wacz", "dataset")


class NoParquet(ArchiveError):
    """DuckDB, which writes Parquet, is not installed."""


def write_jsonl(file: TextIO, rows: Iterable[dict[str, Any]]) -> int:
    """One JSON object per line; how many."""
    count = 0
    for each in rows:
        file.write(to_json(each) + "\n")
        count += 1
    return count


def write_csv(file: TextIO, rows: Iterable[dict[str, Any]], names: Sequence[str]) -> int:
    """RFC 4180 with a header; lists are joined by "; "; how many rows.

    A cell that a spreadsheet would take for a formula (it begins with = + - @ or their wide forms, a tab or a line
    end) gets an apostrophe in front, which spreadsheets hide.
    """
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(names)
    count = 0
    for each in rows:
        writer.writerow([cell(each[name]) for name in names])
        count += 1
    return count


def cell(value: Any) -> str | int | float:
    """A value as a cell that is safe to open."""
    if value is None:
        return ""
    if isinstance(value, (int, float)):
        return value
    text = "; ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
    text = _CONTROLS.sub("", text)
    return f"'{text}" if text.startswith(_FORMULA) else text


# What archive.terminal holds for harmful but tab and line feed: a CSV file is looked at with `less` and `cat` too.
_CONTROLS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\U000e0000-\U000e007f]"
)
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")

_TYPES = {
    "year": "INTEGER", "printed_by": "INTEGER", "warc_offset": "BIGINT", "warc_length": "BIGINT", "posted_on": "DATE",
    "posted_at": "TIMESTAMPTZ", "fetched_at": "TIMESTAMPTZ", "captured_at": "TIMESTAMPTZ", "gone_since": "TIMESTAMPTZ",
    "authors": "VARCHAR[]", "cited_documents": "VARCHAR[]", "attachments": "VARCHAR[]", "flags": "VARCHAR[]",
}  # fmt: skip


def parquet_types(*, full_text: bool) -> dict[str, str]:
    """The columns of the Parquet files and their types as DuckDB names them."""
    return {name: _TYPES.get(name, "VARCHAR") for name in columns(full_text=full_text)}


def write_parquet(folder: Path, rows: Iterable[dict[str, Any]], *, full_text: bool) -> int:
    """A folder of Parquet files by province and year (zstd); how many rows. Raises NoParquet without DuckDB."""
    try:
        import duckdb
    except ModuleNotFoundError:
        raise NoParquet(
            "Parquet needs the Python package duckdb; allowed: pip install 'province-archive[parquet]'"
        ) from None
    with whole_folder(folder) as part:
        lines = part.with_name(part.name + ".jsonl")
        try:
            with lines.open("w", encoding="utf-8") as file:
                count = sum(file.write(json.dumps(each) + "\n") > 0 for each in rows)
            _copy(duckdb, lines, part, parquet_types(full_text=full_text))
        finally:
            lines.unlink(missing_ok=True)
    return count


def _copy(duckdb: Any, lines: Path, folder: Path, types: dict[str, str]) -> None:
    spelled = ", ".join(f"{name}: '{kind}'" for name, kind in types.items())
    source = f"read_json('{_sql(lines)}', format = 'newline_delimited', columns = {{{spelled}}})"
    options = (
        "FORMAT parquet, COMPRESSION zstd, PARTITION_BY (province, year), WRITE_PARTITION_COLUMNS, OVERWRITE_OR_IGNORE"
    )
    try:
        with duckdb.connect(":memory:") as base:
            base.execute("SET TimeZone = 'UTC'; SET autoinstall_known_extensions = false; SET threads = 2")
            base.execute(f"COPY (SELECT * FROM {source} ORDER BY posted_on, id) TO '{_sql(folder)}' ({options})")
    except duckdb.IOException as error:
        if "space" in str(error).lower():
            raise OSError(errno.ENOSPC, "No space left on device", str(folder)) from None
        raise


def _sql(path: Path) -> str:
    return str(path).replace("'", "''")


def write_graphml(file: TextIO, items: Iterable[dict[str, Any]], edges: Iterable[Edge]) -> tuple[int, int]:
    """Articles and documents as nodes, citations and ties between documents as edges; how many articles and edges.

    A document without a cid is a node of the one portal that cites it so: its number alone is no identity.
    """
    file.write('<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n')
    for place, names in (("node", _NODE), ("edge", _EDGE)):
        for name in names:
            file.write(f'<key id="{place}.{name}" for="{place}" attr.name="{name}" attr.type="string"/>\n')
    file.write('<graph id="citations" edgedefault="directed">\n')
    known: dict[str, None] = {}
    articles = arcs = 0
    portals: dict[str, str] = {}
    for item in items:
        articles += 1
        portals[item["id"]] = item["portal"]
        _node(file, item["id"], kind="article", title=item["title"], day=item["posted_on"], portal=item["portal"],
              province=item["province"], url=item["url"])  # fmt: skip
        for cited in item["cited_documents"]:
            node = _document(cited["cid"] or cited["norm"] or cited["title"] or cited["text"], item["portal"])
            if node not in known:
                known[node] = None
                _node(file, node, kind="document", title=cited["title"], day=cited["date"], number=cited["norm"],
                      type=cited["type"], cid=cited["cid"])  # fmt: skip
            arcs += 1
            _arc(file, item["id"], node, relation=cited["relation"] or "cites", words=cited["text"])
    for edge in edges:
        ends = [_document(name, portals.get(edge.article, "")) for name in (edge.document, edge.other)]
        if all(end in known for end in ends):
            arcs += 1
            _arc(file, *ends, relation=edge.relation, words=edge.text, article=edge.article)
    file.write("</graph>\n</graphml>\n")
    return articles, arcs


_NODE = ("kind", "title", "day", "portal", "province", "url", "number", "type", "cid")
_EDGE = ("relation", "words", "article")


def _document(name: str, portal: str) -> str:
    return name if name.startswith("vn/") else f"{portal}:{name}"


def _node(file: TextIO, id: str, **data: str | None) -> None:
    file.write(f"<node id={_attribute(id)}>{_data('node', data)}</node>\n")


def _arc(file: TextIO, source: str, target: str, **data: str | None) -> None:
    file.write(f"<edge source={_attribute(source)} target={_attribute(target)}>{_data('edge', data)}</edge>\n")


def _data(place: str, data: dict[str, str | None]) -> str:
    return "".join(
        f'<data key="{place}.{name}">{escape(_xml(value))}</data>' for name, value in data.items() if value is not None
    )


def _attribute(text: str) -> str:
    return quoteattr(_xml(text))


def _xml(text: str) -> str:
    """Without what XML 1.0 cannot hold."""
    return _NO_XML.sub("", text)


_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def write_one(
    path: Path, kind: str, rows: Iterator[dict[str, Any]], *, full_text: bool = False, excel: bool = False
) -> int:
    """One file (jsonl, csv) or folder (parquet) of rows, whole or not at all; how many rows."""
    if kind == "parquet":
        return write_parquet(path, rows, full_text=full_text)
    if kind == "csv":
        with whole_file(path, encoding="utf-8-sig" if excel else "utf-8", newline="") as file:
            return write_csv(file, rows, columns(full_text=full_text))
    with whole_file(path) as file:
        return write_jsonl(file, rows)
