"""What was found as a table of pandas or Arrow, where those are installed; columns and types are those of exports."""

from __future__ import annotations

import importlib
from abc import ABC, abstractmethod
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from archive.errors import ArchiveError
from archive.research.export import parquet_types


class NotInstalled(ArchiveError):
    """A package that makes tables is not installed."""


class Frames(ABC):
    """Answers that can be had as rows, one per article."""

    __slots__ = ()

    @abstractmethod
    def rows(self, *, full_text: bool = False) -> Iterator[dict[str, Any]]:
        """Plain values per article: metadata, citations, a snippet, where the record lies; lead and body if asked."""

    def to_arrow(self, *, full_text: bool = False) -> Any:
        """A pyarrow.Table, typed. Raises NotInstalled."""
        arrow = _installed("pyarrow")
        kinds = {
            "VARCHAR": arrow.string(), "INTEGER": arrow.int32(), "BIGINT": arrow.int64(), "DATE": arrow.date32(),
            "TIMESTAMPTZ": arrow.timestamp("us", "UTC"), "VARCHAR[]": arrow.list_(arrow.string()),
        }  # fmt: skip
        types = parquet_types(full_text=full_text)
        schema = arrow.schema([(name, kinds[kind]) for name, kind in types.items()])
        return arrow.Table.from_pylist([_typed(each, types) for each in self.rows(full_text=full_text)], schema)

    def to_pandas(self, *, full_text: bool = False) -> Any:
        """A pandas.DataFrame: days as datetime64, moments in UTC, lists as lists. Raises NotInstalled."""
        pandas = _installed("pandas")
        types = parquet_types(full_text=full_text)
        frame = pandas.DataFrame(list(self.rows(full_text=full_text)), columns=list(types))
        for name, kind in types.items():
            if kind in ("DATE", "TIMESTAMPTZ"):
                frame[name] = pandas.to_datetime(frame[name], format="ISO8601", utc=kind == "TIMESTAMPTZ")
            elif kind in ("INTEGER", "BIGINT"):
                frame[name] = frame[name].astype("Int64")
        return frame


def _typed(row: dict[str, Any], types: dict[str, str]) -> dict[str, Any]:
    return {name: _value(value, types[name]) for name, value in row.items()}


def _value(value: Any, kind: str) -> Any:
    if value is None:
        return None
    if kind == "DATE":
        return date.fromisoformat(value)
    return datetime.fromisoformat(value) if kind == "TIMESTAMPTZ" else value


def _installed(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError:
        raise NotInstalled(f"the Python package {name} is not installed; allowed: pip install {name}") from None
