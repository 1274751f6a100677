"""Usage: every byte of a portal's WARCs but their warcinfo records is for something, once."""

import io
import json
import os
from datetime import UTC, datetime

import pytest

from archive.cli import main
from archive.reader import Archive
from archive.schema import Exchange
from archive.storage.entries import Found, Outcome
from archive.storage.members import iter_members
from archive.storage.paths import ArchivePaths
from archive.storage.store import Form, PortalArchive
from archive.usage import Usage, usage


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
        found = Found(url, url, "x.example", kind)
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
    assert main(["--archive", str(tmp_path), "usage", "--json"]) == 0
    [year] = json.loads(capsys.readouterr().out)["years"]
    assert (year["attachments"], year["per_article"]) == (told.attachments, told.total)


def test_a_year_without_new_articles_has_none_per_article():
    assert Usage("kon-tum", "2026", pages=10).per_article is None
