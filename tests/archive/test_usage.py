"""Usage: every byte of a portal's WARCs but their warcinfo records is for something, once."""

import io
import json
import os
import shutil
from datetime import UTC, datetime

import pytest

from archive.cli import main
from archive.reader import Archive
from archive.schema import Exchange
from archive.storage.entries import Found, Outcome
from archive.storage.members import iter_members
from archive.storage.paths import ArchivePaths
from archive.storage.store import Form, PortalArchive
from archive.usage import Usage, article_usage, usage


def exchange(url, body):
    data = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
    return Exchange(
        url=url, started_at=datetime(2026, 11, 23, 8, tzinfo=UTC), request=b"GET / HTTP/1.1\r\n\r\n",
        response=io.BytesIO(data), size=len(data), head_length=len(data) - len(body), status=200,
    )  # fmt: skip


@pytest.fixture
def exchanges():
    """Kind, address and exchange: an article twice, and one of each other kind."""
    kinds = ("section", "article", "article", "image", "attachment")
    return [(kind, f"http://x.example/{kind}", exchange(f"http://x.example/{kind}", os.urandom(900))) for kind in kinds]


def test_every_byte_has_one_purpose(tmp_path, exchanges, capsys):
    paths = ArchivePaths(tmp_path).portal("kon-tum")
    archive = PortalArchive(paths, Form("kon-tum", "sha256:0", 'name = "x"\n'), "run-1", {"software": "test"})
    sizes: dict[str, list[int]] = {}
    for kind, url, body in exchanges:
        row = archive.record(body, url)
        sizes.setdefault(kind, []).append(row.length)
        via = "http://x.example/article" if kind in ("image", "attachment") else None
        found = Found(url, url, "x.example", kind, via=via)
        article = "kon-tum/1" if kind == "article" else None
        archive.commit(
            [Outcome(url, "done", row.date, "run-1", snapshot=row.record_id, article=article, found=(found,))]
        )
    archive.close()
    [file] = paths.closed_warcs()
    [told] = usage(Archive(tmp_path).folder("kon-tum"))
    warcinfo = next(iter_members(file)).length
    assert told.total == file.stat().st_size - warcinfo
    assert (told.year, told.articles) == ("2026", 1)
    assert told.rechecks > 0
    assert told.pages > sum(sizes["section"]) + sizes["article"][0]
    assert told.images > sum(sizes["image"])
    assert told.attachments > sum(sizes["attachment"])
    assert told.per_article == told.total
    [article] = article_usage(Archive(tmp_path).folder("kon-tum"))
    assert (article.rechecks, article.images, article.attachments) == (told.rechecks, told.images, told.attachments)
    assert sizes["article"][0] < article.pages < told.pages  # the section's page is nobody's
    assert main(["--archive", str(tmp_path), "usage", "--json"]) == 0
    [year] = json.loads(capsys.readouterr().out)["years"]
    assert (year["attachments"], year["per_article"]) == (told.attachments, told.total)


def test_a_year_without_new_articles_has_none_per_article():
    assert Usage("kon-tum", "2026", pages=10).per_article is None


def test_articles_are_told_biggest_first_and_withheld_ones_not(archive_folder, tmp_path, capsys):
    shutil.copytree(archive_folder, tmp_path / "data")
    told = {each.id: each for each in article_usage(Archive(tmp_path / "data").folder("kon-tum"))}
    assert len(told) == 3
    assert sum(each.rechecks > 0 for each in told.values()) == 1
    verb = ["--archive", str(tmp_path / "data"), "usage", "--articles"]
    assert main([*verb, "--json"]) == 0
    totals = [each["total"] for each in json.loads(capsys.readouterr().out)["articles"]]
    assert totals == sorted(totals, reverse=True)
    assert len(totals) == 5
    assert main([*verb, "--limit", "1"]) == 0
    biggest = capsys.readouterr().out.splitlines()[1].split("\t")[0]
    rule = f'[[withheld]]\nid = "{biggest}"\nreason = "x"\ndate = 2026-11-23\nby = "y"\n'
    (tmp_path / "data/withheld.toml").write_text(rule, encoding="utf-8")
    assert main(verb) == 0
    assert biggest not in capsys.readouterr().out
    assert main([*verb[:-1], "--limit", "1"]) == 2
    assert capsys.readouterr().err == "archive: --limit is for --articles; years are all told\n"
