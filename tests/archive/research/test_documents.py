"""What the archive knows of one official document, asked for in the spellings people type."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from archive.cli import main
from archive.reader import Archive, BadFilter
from archive.research.documents import CitedIn, Edge, Holding
from archive.schema import Article, Attachment, Citation, Document, Tie

PLAN = Citation(
    "numbered", "Kế hoạch số 12/KH-UBND", 0, 22, type="kh", number="12", symbol="KH-UBND", norm="12/KH-UBND", year=2019,
    issuer="ubnd", level="province", date="2019-01-02", date_basis="stated", relation="announces",
    cid="vn/kon-tum/ubnd/kh/2019/12", ties=(Tie("implements", 1, "thực hiện"),),
)  # fmt: skip
RESOLUTION = Citation(
    "numbered", "NQ 57-NQ/TW", 0, 11, type="nq", number="57", symbol="NQ/TW", norm="57-NQ/TW", relation="based_on"
)
FILE = Attachment("https://www.kon-tum.example/tep/12.pdf", "Kế hoạch số 12/KH-UBND")


@pytest.fixture
def cited(crawl: Callable[[str], Any], sample_article: Callable[..., Article], tmp_path: Path) -> Path:
    """Kon Tum prints the plan and its file and cites it again; Quảng Ngãi cites a resolution without its year."""
    run = crawl("kon-tum")
    in_title = dataclasses.replace(PLAN, field="attachments.0.title", ties=(), relation=None)
    plan = Document(type="kh", number="12/KH-UBND", cid="vn/kon-tum/ubnd/kh/2019/12")
    run.page(
        sample_article(
            "kon-tum",
            3,
            kind="document",
            document=plan,
            attachments=(FILE,),
            cited_documents=(PLAN, RESOLUTION, in_title),
        )
    )
    again = dataclasses.replace(PLAN, text="KH 12/KH-UBND", relation="mentions", ties=())
    run.page(sample_article("kon-tum", 8, cited_documents=(again,)))
    run.close()
    other = crawl("quang-ngai")
    other.page(sample_article("quang-ngai", 9, cited_documents=(RESOLUTION,)))
    other.close()
    return tmp_path / "data"


@pytest.mark.parametrize(
    "asked",
    [
        "12/KH-UBND",
        "12 kh ubnd",
        "Kế hoạch số 12/KH-UBND",
        "ke hoach 12",
        "kế hoạch 12/2019",
        "VN/kon-tum/ubnd/kh/2019/12",
    ],
)
def test_a_document_in_any_spelling(cited: Path, asked: str) -> None:
    with Archive(cited) as archive:
        (found,) = archive.document(asked)
        citing = [(view.id, len(mentions)) for view, mentions in archive.citing(asked)]
        assert citing == [("kon-tum/c083172e72b424ec", 1), ("kon-tum/caa8af9a3ec0daf9", 2)]
        assert [view.id for view in archive.articles(document=asked)] == [id for id, _ in citing]
        assert [hit.id for hit in archive.search(None, document=asked).hits()] == [id for id, _ in citing]
    first, second = "kon-tum/caa8af9a3ec0daf9", "kon-tum/c083172e72b424ec"
    assert (found.cid, found.norm, found.articles) == ("vn/kon-tum/ubnd/kh/2019/12", "12/KH-UBND", 2)
    assert found.spellings == {"Kế hoạch số 12/KH-UBND": 2, "KH 12/KH-UBND": 1}
    assert found.dates == {"2019-01-02 (stated)": 3}
    assert found.relations == {"announces": 1, "mentions": 1}
    assert found.timeline == {"2019-10": 2}
    assert found.provinces == {"kon-tum": 2}
    assert found.first == CitedIn(
        first, "2019-10-03", "kon-tum", "kon-tum", "Hội nghị lần thứ 3", "announces", None, PLAN.text, "body",
        found.mentions[0].issuer, "2019-01-02 (stated)", PLAN.title,
    )  # fmt: skip
    assert found.mentions[-1].article == second
    assert found.held == [
        Holding("page", first, "https://www.kon-tum.example/tin/3"), Holding("attachment", first, FILE.url)
    ]  # fmt: skip
    assert found.edges == [
        Edge("vn/kon-tum/ubnd/kh/2019/12", "implements", "57-NQ/TW", first, "2019-10-03", "thực hiện")
    ]


@pytest.mark.parametrize(("date", "why"), [(None, "level or issuer is not known"), ("2025-06-05", "one of several")])
def test_why_a_document_has_no_cid(
    crawl: Callable[[str], Any], sample_article: Callable[..., Article], tmp_path: Path,
    capsys: pytest.CaptureFixture[str], date: str | None, why: str,
) -> None:  # fmt: skip
    run = crawl("kon-tum")
    plan = Citation("numbered", "88/KH-UBND", 0, 10, type="kh", norm="88/KH-UBND", level="province", date=date,
                    date_basis="stated" if date else None)  # fmt: skip
    run.page(sample_article("kon-tum", 1, cited_documents=(plan,)))
    run.close()
    assert main(["documents", "88/KH-UBND", "--archive", str(tmp_path / "data")]) == 0
    assert why in capsys.readouterr().out


def test_a_number_whose_year_is_not_known_is_another_paper_on_each_portal(cited: Path) -> None:
    with Archive(cited) as archive:
        found = archive.document("57 nq tw")
        assert [(each.cid, dict(each.portals)) for each in found] == [(None, {"kon-tum": 1}), (None, {"quang-ngai": 1})]
        assert [len(each.edges) for each in found] == [1, 0]
        assert archive.document("58-NQ/TW") == []
        assert found[0].to_dict()["portals"] == {"kon-tum": 1}
        assert archive.document("\0 'x\" OR") == []


def test_no_name_is_no_documents(cited: Path) -> None:
    """It would be that of every mention without number and title."""
    with Archive(cited) as archive:
        for ask in (archive.document, archive.citing):
            for name in ("", " \n"):
                with pytest.raises(BadFilter, match="document is empty"):
                    list(ask(name))


def test_facets_say_what_a_document_is_called(cited: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--archive", str(cited), "search", "--facets"]) == 0
    rows = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    documents = {row[1]: row[2:] for row in rows if row[0] == "document"}
    assert documents["vn/kon-tum/ubnd/kh/2019/12"] == ["2", "12/KH-UBND"]
    assert documents["quang-ngai:57-NQ/TW"] == ["1", "57-NQ/TW"]
    assert ["province", "kon-tum", "2", "Kon Tum"] in rows
