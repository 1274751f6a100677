"""Answers as tables: the same rows as exports, and a clear word where the packages are not installed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from archive.reader import Archive
from archive.research import frames
from archive.research.frames import NotInstalled
from archive.research.rows import columns

TEN, NINE, EIGHT = "kon-tum/1e6cca0f4635cd86", "kon-tum/8179c6d9c6357097", "kon-tum/c083172e72b424ec"


def test_rows_are_those_of_exports(archive_folder: Path) -> None:
    with Archive(archive_folder) as archive:
        found = archive.articles(portal="kon-tum", limit=2)
        rows = list(found.rows())
        assert tuple(rows[0]) == columns(full_text=False)
        assert [row["id"] for row in rows] == [TEN, NINE] == [view.id for view in found]
        oldest = archive.articles(portal="kon-tum", limit=2, newest_first=False)
        assert [row["id"] for row in oldest.rows()] == [EIGHT, NINE] == [view.id for view in oldest]
        assert next(archive.search("tám").rows(full_text=True))["body"].startswith("Chủ tịch UBND")


def test_without_the_package_it_is_named(archive_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> Any:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(frames.importlib, "import_module", missing)
    with Archive(archive_folder) as archive:
        for make in (archive.articles().to_pandas, archive.search(None).to_arrow):
            with pytest.raises(NotInstalled, match="is not installed; allowed: pip install p"):
                make()


def test_a_frame_of_pandas(archive_folder: Path) -> None:
    pytest.importorskip("pandas", reason="pandas is not installed")
    with Archive(archive_folder) as archive:
        frame = archive.articles().to_pandas()
    assert len(frame) == 5
    assert str(frame["posted_at"].dtype).endswith("UTC]")
    assert str(frame["year"].dtype) == "Int64"


def test_a_table_of_arrow(archive_folder: Path) -> None:
    arrow = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    with Archive(archive_folder) as archive:
        table = archive.search(None).to_arrow()
    assert table.num_rows == 5
    assert table.schema.field("posted_on").type == arrow.date32()
    assert table.schema.field("cited_documents").type == arrow.list_(arrow.string())


def test_reprints_are_told_oldest_first(
    crawl: Callable[[str], Any], sample_article: Callable[..., Any], tmp_path: Path
) -> None:
    for slug, day in (("kon-tum", 9), ("quang-ngai", 8), ("da-nang", 10)):
        run = crawl(slug)
        run.page(sample_article(slug, day, text_key="a" * 16))
        run.page(sample_article(slug, 20, text_key=None, body="Ngắn."))
        run.close()
    with Archive(tmp_path / "data") as archive:
        hits = archive.reprints(archive.articles(portal="kon-tum", until="2019-10-09").__next__().id)
        assert [(hit.portal, hit.posted_on, hit.printed_by) for hit in hits] == [
            ("quang-ngai", "2019-10-08", 3), ("kon-tum", "2019-10-09", 3), ("da-nang", "2019-10-10", 3),
        ]  # fmt: skip
        assert archive.reprints(next(archive.articles(since="2019-10-20")).id) == []
