"""What the reader counts over articles: documents and who cites them, and each portal's numbers."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any

from archive.reader import Archive
from archive.schema import Article, Citation

TEN, NINE, EIGHT = "kon-tum/1e6cca0f4635cd86", "kon-tum/8179c6d9c6357097", "kon-tum/c083172e72b424ec"


def test_documents_and_who_cites_them(archive_folder: Path) -> None:
    with Archive(archive_folder) as archive:
        second, first = archive.documents()
        assert (first.name, first.cid, first.date) == ("2623/UBND-NCXDPL", "vn/kon-tum/UBND/CV/2019/2623", "2019-10-09")
        assert (second.name, second.cid, second.articles, second.mentions) == ("111-KH/TU", None, 3, 3)
        assert (second.first_posted, second.last_posted, second.portals) == ("2019-10-08", "2019-10-10", ["kon-tum"])
        assert [
            (view.article.id, [each.norm for each in mentions]) for view, mentions in archive.citing("111-kh/tu")
        ] == [
            (TEN, ["111-KH/TU"]),
            (NINE, ["111-KH/TU"]),
            (EIGHT, ["111-KH/TU"]),
        ]


def test_a_document_of_open_identity_is_not_merged_over_portals(
    crawl: Callable[[str], Any], tmp_path: Path, sample_article: Callable[..., Article]
) -> None:
    plan = Citation(kind="numbered", text="Kế hoạch số 9/KH-UBND", start=0, end=21, type="KH", norm="9/KH-UBND")
    law = dataclasses.replace(plan, type="L", norm="45/2013/QH13", cid="vn/QH/L/2013/45")
    for slug in ("kon-tum", "quang-ngai"):
        crawl(slug).page(sample_article(slug, 1, cited_documents=(plan, law, law)))
    found = [(each.name, each.articles, each.mentions, each.portals) for each in Archive(tmp_path / "data").documents()]
    assert found == [
        ("45/2013/QH13", 2, 4, ["kon-tum", "quang-ngai"]),
        ("9/KH-UBND", 1, 1, ["kon-tum"]),
        ("9/KH-UBND", 1, 1, ["quang-ngai"]),
    ]


def test_stats(archive_folder: Path) -> None:
    kon_tum, quang_ngai = Archive(archive_folder).stats()
    warcs = sum(path.stat().st_size for path in (archive_folder / "portals/kon-tum/warc").iterdir())
    assert dataclasses.asdict(kon_tum) == {
        "portal": "kon-tum",
        "name": "Cổng thông tin điện tử tỉnh Kon Tum",
        "articles": 3,
        "gone": 1,
        "revisions": 4,
        "snapshots": 5,
        "bytes": warcs,
        "first_posted": "2019-10-08",
        "last_posted": "2019-10-10",
        "citations": 6,
        "documents": 2,
        "withheld": 0,
        "erased": 0,
        "filled": {
            "title": 1.0, "lead": 1.0, "section": 1.0, "source": 0.0, "body": 1.0, "posted": 1.0, "posted time": 1.0,
            "authors": 2 / 3, "cited_documents": 1.0, "attachments": 1 / 3,
        },
    }  # fmt: skip
    assert (quang_ngai.articles, quang_ngai.filled["posted"], quang_ngai.filled["posted time"]) == (2, 0.5, 0.0)
