"""The reader over an archive a crawl made: whole, a portal alone, damaged, read-only, and while it is written to."""

from __future__ import annotations

import dataclasses
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from archive.folder import PortalFolder
from archive.reader import (
    Archive,
    ArchiveError,
    BadFilter,
    NoArchive,
    PortalView,
    Problem,
    SnapshotDamaged,
    SnapshotMissing,
    UnknownArticle,
    UnknownPortal,
)
from archive.schema import Article, Citation
from archive.storage.paths import ArchivePaths, PortalPaths

TEN, NINE, EIGHT = "kon-tum/1e6cca0f4635cd86", "kon-tum/8179c6d9c6357097", "kon-tum/c083172e72b424ec"
DAY_ONLY, BARE = "quang-ngai/71163cf31371ca6d", "quang-ngai/7da4d93f4f011597"
ALL = [TEN, NINE, DAY_ONLY, EIGHT, BARE]


@pytest.fixture
def copy(archive_folder: Path, tmp_path: Path) -> Path:
    """A copy of the archive, to be changed."""
    return shutil.copytree(archive_folder, tmp_path / "copy")


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
        ({"province": "Con Tum"}, BadFilter, "did you mean kon-tum"),
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


def test_revisions_are_chosen_by_number_or_digest(archive_folder: Path) -> None:
    with Archive(archive_folder) as archive:
        assert archive.article(EIGHT, 1).article.title == "Hội nghị lần thứ 8"
        assert archive.article(EIGHT, "2").article.title == "Hội nghị lần thứ tám"
        assert archive.article(EIGHT, "8888").article.title == "Hội nghị lần thứ tám"
        assert archive.article(EIGHT, f"sha256:{'8' * 64}").article.title == "Hội nghị lần thứ tám"
        with pytest.raises(UnknownArticle, match="no revision '3'; allowed: 1 to 2"):
            archive.article(EIGHT, 3)


def test_snapshots_and_what_is_in_them(archive_folder: Path) -> None:
    with Archive(archive_folder) as archive:
        first, second = archive.snapshots(EIGHT)
        assert [each.url for each in (first, second)] == ["https://www.kon-tum.example/tin/8"] * 2
        assert archive.snapshots(first.url) == [first, second]
        opened = archive.open_snapshot(archive.article(EIGHT))
        assert opened.head.startswith(b"HTTP/1.1 200 OK\r\nContent-Type: text/html")
        assert opened.body == "<h1>Hội nghị lần thứ tám</h1>".encode() * 90
        assert ("WARC-Record-ID", f"<{second.record_id}>") in opened.headers
        assert archive.open_snapshot(second.ref) == opened


def test_a_revisit_has_its_own_head_and_its_originals_body(archive_folder: Path) -> None:
    with Archive(archive_folder) as archive:
        (revisit,) = archive.snapshots(NINE)
        original = next(each for each in archive.snapshots(TEN) if each.record_id == revisit.refers_to)
        opened = archive.open_snapshot(revisit)
        assert revisit.kind == "revisit"
        assert ("WARC-Type", "revisit") in opened.headers
        assert opened.body == archive.open_snapshot(original).body == "<h1>Hội nghị</h1>".encode() * 100


def test_warcs_moved_away_are_offline_and_changed_ones_damaged(copy: Path) -> None:
    with Archive(copy) as archive:
        row = archive.article(TEN).snapshot
        assert row is not None
        path = ArchivePaths(copy).portal("kon-tum").warc(row.warc)
        data = bytearray(path.read_bytes())
        data[row.offset + row.length // 2] ^= 1
        path.write_bytes(data)
        with pytest.raises(SnapshotDamaged, match=str(row.offset)):
            archive.open_snapshot(row)
        path.unlink()
        with pytest.raises(SnapshotMissing, match="offline"):
            archive.open_snapshot(row)


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


def test_a_portals_folder_alone_is_named_and_read(archive_folder: Path, tmp_path: Path) -> None:
    moved = shutil.copytree(archive_folder / "portals/kon-tum", tmp_path / "from a colleague")
    with Archive(moved) as archive:
        assert archive.portals() == [
            PortalView(
                slug="kon-tum",
                name="Cổng thông tin điện tử tỉnh Kon Tum",
                province="kon-tum",
                publisher="government",
                hosts=("www.kon-tum.example",),
                path=moved,
            )
        ]
        assert [view.article.id for view in archive.articles()] == [TEN, NINE, EIGHT]
        assert archive.open_snapshot(archive.article("1e6c")).body == "<h1>Hội nghị</h1>".encode() * 100


def test_without_its_form_a_portal_goes_by_its_folder(copy: Path) -> None:
    (copy / "portals/kon-tum/portal.toml").unlink()
    assert Archive(copy).portal("kon-tum").name is None
    (copy / "portals/kon-tum/portal.toml").write_text("current = 5")
    archive = Archive(copy)
    assert archive.portal("kon-tum").name is None
    assert [each.portal for each in archive.problems] == ["kon-tum"]
    assert len(list(archive.articles())) == 5


def _overwrite(path: Path) -> None:
    path.write_bytes(b"no database at all" * 100)


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _cut(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)


def _newer(path: Path) -> None:
    with sqlite3.connect(path) as base:
        base.execute("PRAGMA user_version = 2")
    base.close()


def _newer_item(path: Path) -> None:
    with sqlite3.connect(path) as base:
        base.execute("UPDATE revisions SET item = json_set(item, '$.schema', '2')")
    base.close()


def _no_json(path: Path) -> None:
    with sqlite3.connect(path) as base:
        base.execute("UPDATE revisions SET item = '{' WHERE serial = 1")
    base.close()


@pytest.mark.parametrize(
    ("harm", "newer"),
    [
        (_overwrite, False),
        (_empty, False),
        (_cut, False),
        (Path.unlink, False),
        (_no_json, False),
        (_newer, True),
        (_newer_item, True),
    ],
)
def test_a_harmed_portal_is_named_and_the_others_are_served(
    copy: Path, harm: Callable[[Path], None], newer: bool
) -> None:
    harm(copy / "portals/kon-tum/ledger.sqlite")
    with Archive(copy) as archive:
        assert [view.article.id for view in archive.articles()] == [DAY_ONLY, BARE]
        (problem,) = archive.problems
        assert (problem.portal, problem.damaged) == ("kon-tum", not newer)
        assert "kon-tum/ledger.sqlite" in problem.message
        assert "\n" not in problem.message
        assert archive.article("7116").article.id == DAY_ONLY


@pytest.mark.parametrize("name", ["kon-tum.bak", "an-old-copy"])
def test_a_forgotten_copy_of_a_portal_is_left_out_and_told(copy: Path, name: str) -> None:
    shutil.copytree(copy / "portals/kon-tum", copy / "portals" / name)
    with Archive(copy) as archive:
        assert [view.id for view in archive.articles()] == ALL
        assert archive.portal("kon-tum").path == copy / "portals/kon-tum"
        assert archive.problems == (Problem(name, f"{copy}/portals/{name}: a second folder of the portal kon-tum"),)


def test_a_portal_never_crawled_is_no_portal(copy: Path) -> None:
    ArchivePaths(copy).portal("ha-noi").make()
    archive = Archive(copy)
    assert [each.slug for each in archive.portals()] == ["kon-tum", "quang-ngai"]
    assert archive.problems == ()


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda path: None, "no such folder"),
        (lambda path: path.write_text("x"), "a file; allowed: an archive's folder"),
        (lambda path: path.mkdir(), "holds no archive; allowed: a folder with portals/"),
    ],
)
def test_no_archive(tmp_path: Path, make: Callable[[Path], object], said: str) -> None:
    make(tmp_path / "data")
    with pytest.raises(NoArchive, match="data: ") as raised:
        Archive(tmp_path / "data")
    assert said in str(raised.value)


def test_an_archive_without_articles(tmp_path: Path) -> None:
    (tmp_path / "portals").mkdir()
    archive = Archive(tmp_path)
    assert (list(archive.articles()), archive.stats(), archive.documents()) == ([], [], [])
    with pytest.raises(UnknownArticle):
        archive.article("1e6c")


def test_what_is_committed_is_seen_while_a_crawl_writes(
    crawl: Callable[[str], Any], tmp_path: Path, sample_article: Callable[..., Article]
) -> None:
    run = crawl("kon-tum")
    with Archive(tmp_path / "data") as archive:
        assert list(archive.articles()) == []
        for number in range(1, 4):
            run.page(sample_article("kon-tum", number))
            seen = [view.article.title for view in archive.articles(newest_first=False)]
            assert seen == [f"Hội nghị lần thứ {each}" for each in range(1, number + 1)]
            assert archive.open_snapshot(archive.article(run.newest)).body == "<h1>Hội nghị</h1>".encode() * 100


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become the user who may not write")
@pytest.mark.parametrize("beside", [(), ("-wal",), ("-wal", "-shm")])
def test_a_disk_that_cannot_be_written_to(
    crawl: Callable[[str], Any], tmp_path: Path, sample_article: Callable[..., Article], beside: tuple[str, ...]
) -> None:
    """With a write-ahead log that a crash left, what it holds is read too; nothing is written beside the ledger."""
    run = crawl("kon-tum")
    run.page(sample_article("kon-tum", 1))
    if not beside:
        run.close()
    names = ["ledger.sqlite", "portal.toml", *(f"ledger.sqlite{ending}" for ending in beside)]
    kept = tmp_path / "kept" / "kon-tum"
    kept.mkdir(parents=True)
    for name in names:
        shutil.copy(tmp_path / "data/portals/kon-tum" / name, kept)
    for path in (*tmp_path.parents[:2], tmp_path, kept.parent, kept):
        path.chmod(0o755)
    assert _as_nobody(lambda: [view.article.title for view in Archive(kept).articles()]) == "['Hội nghị lần thứ 1']"
    assert sorted(path.name for path in kept.iterdir()) == sorted(names)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become the user who may not read")
def test_a_folder_that_may_not_be_read_is_named_and_no_damage(copy: Path) -> None:
    for path in (copy, *copy.parents[:3], *copy.rglob("*")):
        path.chmod(0o755)
    (copy / "portals/kon-tum").chmod(0o700)
    (copy / "portals/quang-ngai/ledger.sqlite").chmod(0o600)

    def look() -> object:
        with Archive(copy) as archive:
            return list(archive.articles()), list(archive.readable()), [each.damaged for each in archive.problems]

    assert _as_nobody(look) == "([], [], [False, False])"


def _as_nobody(work: Callable[[], object]) -> str:
    """What `work` gives in a process of a user who owns nothing."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.setuid(65534)
            said = str(work())
        except BaseException as error:
            said = repr(error)
        os.write(writing, said.encode())
        os._exit(0)
    os.waitpid(child, 0)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as pipe:
        return pipe.read()


def test_the_standard_library_is_enough_to_read(archive_folder: Path) -> None:
    code = (
        "import sys\n"
        "from archive.reader import Archive\n"
        f"titles = [view.article.title for view in Archive({str(archive_folder)!r}).articles(province='kon-tum')]\n"
        "assert len(titles) == 3\n"
        "extern = {name.partition('.')[0] for name in sys.modules} - sys.stdlib_module_names\n"
        "print(sorted(name for name in extern if not name.startswith('_')))\n"
    )
    root = Path(__file__).resolve().parents[2]
    run = subprocess.run(
        [sys.executable, "-S", "-c", code], cwd=root, capture_output=True, text=True, timeout=60, check=False
    )
    assert (run.stdout, run.stderr) == ("['archive']\n", "")


def test_a_problem_is_told_once(copy: Path) -> None:
    _overwrite(copy / "portals/kon-tum/ledger.sqlite")
    archive = Archive(copy)
    list(archive.articles())
    archive.stats()
    path = copy / "portals/kon-tum/ledger.sqlite"
    assert archive.problems == (Problem("kon-tum", f"{path}: file is not a database"),)


def test_a_folder_opens_its_ledger_only_when_asked(tmp_path: Path) -> None:
    assert PortalFolder(PortalPaths(tmp_path / "nothing")).view.name is None
