"""Articles as the reader finds them: by filters, by name, by revision, with their history and attachments."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from archive.reader import Archive, ArchiveError, BadFilter, UnknownArticle, UnknownPortal
from archive.schema import Article

TEN, NINE, EIGHT = "kon-tum/1e6cca0f4635cd86", "kon-tum/8179c6d9c6357097", "kon-tum/c083172e72b424ec"
DAY_ONLY, BARE = "quang-ngai/71163cf31371ca6d", "quang-ngai/7da4d93f4f011597"
ALL = [TEN, NINE, DAY_ONLY, EIGHT, BARE]

# Newest first; a day without a clock stands before that day's clock times, no day at all stands last.
FILTERS: list[tuple[dict[str, Any], list[str]]] = [
    ({}, ALL),
    ({"newest_first": False}, [EIGHT, DAY_ONLY, NINE, TEN, BARE]),
    ({"limit": 2}, [TEN, NINE]),
    ({"limit": 0}, []),
    ({"portal": "quang-ngai"}, [DAY_ONLY, BARE]),
    ({"portal": ["kon-tum", "quang-ngai"], "limit": 1}, [TEN]),
    ({"province": "Tỉnh Kon Tum"}, [TEN, NINE, EIGHT]),
    ({"province": "kon-tum"}, [TEN, NINE, EIGHT]),
    ({"province": "quang ngai"}, [DAY_ONLY, BARE]),
    ({"province": "quang-ngai.2025"}, []),
    ({"province": "ha-noi"}, []),
    ({"publisher": "government"}, ALL),
    ({"publisher": "party"}, []),
    ({"section": "thoi su"}, [DAY_ONLY]),
    ({"section": "Thời"}, []),
    ({"since": "2019-10-09"}, [TEN, NINE, DAY_ONLY]),
    ({"until": date(2019, 10, 9)}, [NINE, DAY_ONLY, EIGHT]),
    ({"since": "2019-10-09", "until": "2019-10-09"}, [NINE, DAY_ONLY]),
    ({"author": "thai ninh"}, [TEN, DAY_ONLY, EIGHT, BARE]),
    ({"author": "Thái"}, []),
    ({"document": "2623/ubnd-ncxdpl"}, [TEN, NINE, EIGHT]),
    ({"document": "vn/kon-tum/UBND/CV/2019/2623"}, [TEN, NINE, EIGHT]),
    ({"document": "2623"}, []),
    ({"document": "111-KH/TU", "since": "2019-10-10"}, [TEN]),
]


@pytest.mark.parametrize(("filters", "ids"), FILTERS)
def test_articles(archive_folder: Path, filters: dict[str, Any], ids: list[str]) -> None:
    with Archive(archive_folder) as archive:
        assert [view.article.id for view in archive.articles(**filters)] == ids
        assert archive.problems == ()


@pytest.mark.parametrize(
    ("filters", "error", "said"),
    [
        ({"portal": "kontum"}, UnknownPortal, "no portal 'kontum'; nearest: kon-tum; held: kon-tum, quang-ngai"),
        ({"province": "Con Tum"}, BadFilter, "nearest: kon-tum"),
        ({"publisher": "goverment"}, BadFilter, "nearest: government; allowed: government, party"),
        ({"document": " "}, BadFilter, "document is empty; allowed: a document's number, cid or title"),
        ({"since": "10/10/2019"}, BadFilter, "since '10/10/2019' is no day; allowed: an ISO day such as 2019-10-10"),
        ({"since": "2019-10-10", "until": "2019-10-09"}, BadFilter, "since 2019-10-10 is after until 2019-10-09"),
    ],
)
def test_a_filter_that_means_nothing_says_so_at_once(
    archive_folder: Path, filters: dict[str, Any], error: type[ArchiveError], said: str
) -> None:
    with pytest.raises(error) as raised:
        Archive(archive_folder).articles(**filters)
    assert said in str(raised.value)


@pytest.mark.parametrize(
    "asked",
    [
        TEN,
        f" {TEN} ",
        "kon-tum/1e6c",
        "1E6CCA",
        "1e6cca0f4635cd86",
        "https://www.kon-tum.example/tin/10",
        "https://www.kon-tum.example/tin/10#binh-luan",
    ],
)
def test_ways_to_name_an_article(archive_folder: Path, asked: str) -> None:
    assert Archive(archive_folder).article(asked).article.id == TEN


@pytest.mark.parametrize(
    ("asked", "said", "near"),
    [
        ("7", "may be any of quang-ngai/71163cf31371ca6d, quang-ngai/7da4d93f4f011597", (DAY_ONLY, BARE)),
        ("1e6cca0f4635cd87", f"nearest: {TEN}", (TEN,)),
        ("kon-tum/1e6cca0f4635cd87", f"nearest: {TEN}", (TEN,)),
        ("kontum/1e6cca0f4635cd86", f"nearest: {TEN}", (TEN,)),
        ("https://www.kon-tum.example/tin/99", "no article", ()),
        ("", "no article ''", ()),
        ("../../etc/passwd", "no article", ()),
        ("%", "no article", ()),
        ("x" * 10_000, "no article", ()),
        ("\x00", "no article", ()),
    ],
)
def test_an_unknown_article_names_the_nearest(
    archive_folder: Path, asked: str, said: str, near: tuple[str, ...]
) -> None:
    with pytest.raises(UnknownArticle) as raised:
        Archive(archive_folder).article(asked)
    assert said in str(raised.value)
    assert raised.value.nearest == near


def test_a_view_is_the_item_with_its_history(archive_folder: Path) -> None:
    view = Archive(archive_folder).article(EIGHT)
    assert (view.article.title, view.article.cause) == ("Hội nghị lần thứ tám", "page")
    assert view.article == Article.from_dict(view.item)
    assert repr(view) == f"ArticleView({EIGHT!r}, 2019-10-08, 'Hội nghị lần thứ tám')"
    assert dataclasses.asdict(view.seen) == {
        "first_seen": "2026-11-23T08:00:03Z",
        "last_seen": "2026-11-23T08:00:04Z",
        "checked_at": "2026-11-23T08:00:04Z",
        "gone": None,
    }
    assert [(each.number, each.article.title) for each in view.revisions] == [
        (1, "Hội nghị lần thứ 8"),
        (2, "Hội nghị lần thứ tám"),
    ]
    assert view.portal.name == "Cổng thông tin điện tử tỉnh Kon Tum"


def test_revisions_are_chosen_by_number_or_digest(archive_folder: Path) -> None:
    with Archive(archive_folder) as archive:
        assert archive.article(EIGHT, 1).article.title == "Hội nghị lần thứ 8"
        assert archive.article(EIGHT, "2").article.title == "Hội nghị lần thứ tám"
        assert archive.article(EIGHT, "8888").article.title == "Hội nghị lần thứ tám"
        assert archive.article(EIGHT, f"sha256:{'8' * 64}").article.title == "Hội nghị lần thứ tám"
        with pytest.raises(UnknownArticle, match="no revision '3'; allowed: 1 to 2"):
            archive.article(EIGHT, 3)


def test_gone_and_its_events(archive_folder: Path) -> None:
    with Archive(archive_folder) as archive:
        assert archive.article(NINE).gone == "2026-11-23T08:00:05Z"
        assert [(each.event, each.detail) for each in archive.events(NINE)] == [
            ("missing", "404"),
            ("gone", "404 three times"),
        ]
        assert archive.article(TEN).gone is None


def test_attachments_are_joined_to_their_snapshots(archive_folder: Path) -> None:
    with Archive(archive_folder) as archive:
        kept, lost = archive.article(TEN).attachments
        assert kept.attachment.title == "Kế hoạch 111"
        assert kept.state == "done"
        assert kept.snapshot is not None
        assert archive.open_snapshot(kept.snapshot).body == b"%PDF-1.7 " + b"x" * 2000
        assert (lost.attachment.url, lost.snapshot, lost.state) == (
            "https://www.kon-tum.example/tep/mat.doc",
            None,
            None,
        )
