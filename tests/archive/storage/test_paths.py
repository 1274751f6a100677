"""Every path is made in one place, and none leads out of the archive."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from archive.storage.paths import ArchivePaths, clean_host, warc_name

WHEN = datetime(2026, 11, 23, 15, 4, 5, tzinfo=timezone(timedelta(hours=7)))


def test_names_say_portal_time_serial_and_host():
    assert (
        warc_name("kon-tum", WHEN, 7, "Crawler 1.example") == "kon-tum-20261123080405-00007-crawler-1.example.warc.gz"
    )
    assert warc_name("kon-tum", WHEN.astimezone(UTC), 7, "b") == "kon-tum-20261123080405-00007-b.warc.gz"


@pytest.mark.parametrize(
    ("host", "cleaned"),
    [("vm", "vm"), ("../../etc", "etc"), ("máy chủ", "m-y-ch"), ("", "host"), ("x" * 90, "x" * 40), ("-.-", "host")],
)
def test_hosts_become_parts_of_a_file_name(host, cleaned):
    assert clean_host(host) == cleaned


@pytest.mark.parametrize("slug", ["", "..", "a/b", "Kon-Tum", ".hidden", "a" * 81, "kon tum", "kon-tum\n"])
def test_a_slug_is_a_plain_folder_name(tmp_path, slug):
    with pytest.raises(ValueError, match="not a portal's slug"):
        ArchivePaths(tmp_path).portal(slug)


def test_a_portal_is_one_folder(tmp_path):
    paths = ArchivePaths(tmp_path).portal("quang-ngai.2025")
    root = tmp_path / "portals" / "quang-ngai.2025"
    assert [
        paths.root, paths.form, paths.ledger, paths.warc_dir, paths.articles, paths.index, paths.runs, paths.lock,
        paths.run("r1"),
    ] == [
        root, root / "portal.toml", root / "ledger.sqlite", root / "warc", root / "articles.jsonl",
        root / "index.cdxj", root / "runs", root / "lock", root / "runs" / "r1.json",
    ]  # fmt: skip
    assert paths.slug == "quang-ngai.2025"


def test_a_warc_is_found_under_either_name(folder):
    final = folder.warc_dir / "a.warc.gz"
    unfinished = folder.warc_dir / "a.warc.gz.open"
    assert folder.warc("a.warc.gz") == final
    unfinished.touch()
    assert folder.warc("a.warc.gz") == unfinished
    final.touch()
    assert folder.warc("a.warc.gz") == final
    assert (folder.closed_warcs(), folder.open_warcs()) == ([final], [unfinished])


def test_a_link_that_leads_nowhere_is_offline(tmp_path):
    paths = ArchivePaths(tmp_path).portal("kon-tum")
    paths.root.mkdir(parents=True)
    paths.warc_dir.symlink_to(tmp_path / "not-mounted")
    with pytest.raises(FileNotFoundError, match="offline: a link to what is not there now"):
        paths.make()


@pytest.mark.parametrize("name", ["", "../ledger.sqlite", "/etc/passwd", "a/b.warc.gz"])
def test_a_reference_cannot_leave_the_folder(folder, name):
    with pytest.raises(ValueError, match="not the name of a WARC"):
        folder.warc(name)


def test_portals_are_the_folders_that_are_there(folder):
    archive = ArchivePaths(folder.root.parent.parent)
    (archive.portals_dir / "NOT a portal").mkdir()
    Path(archive.portals_dir / "file").touch()
    assert list(archive.portals()) == [folder]
    assert list(ArchivePaths(folder.root / "nowhere").portals()) == []
