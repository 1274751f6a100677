"""The answer to a POST: kept like any other, and never taken for the page that a GET finds at its address."""

from __future__ import annotations

import gzip
import hashlib
import io
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from archive.schema import Exchange
from archive.storage import index, verify
from archive.storage.entries import POSTED
from archive.storage.imports import prepare
from archive.storage.members import iter_members
from archive.storage.paths import ArchivePaths, PortalPaths
from archive.storage.snapshots import read_exchange
from archive.storage.store import Form, PortalArchive
from archive.withheld import bare

AT = datetime(2026, 11, 20, 8, tzinfo=UTC)
URL = "http://h/list.aspx"
_TEXT = 'name = "Cổng thử"\nhosts = ["h"]\n'
FORM = Form("p", "sha256:" + hashlib.sha256(_TEXT.encode()).hexdigest(), _TEXT)


@pytest.fixture
def paths(tmp_path: Path) -> PortalPaths:
    return ArchivePaths(tmp_path / "data").portal("p")


def opened(paths: PortalPaths) -> PortalArchive:
    return PortalArchive(paths, FORM, "r1", {"software": "test"})


def exchange(body: bytes, form: bytes = b"", second: int = 0) -> Exchange:
    method = b"POST" if form else b"GET"
    sent = method + b" /list.aspx HTTP/1.1\r\nHost: h\r\n\r\n" + form
    head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\nContent-Type: text/html\r\n\r\n".encode()
    block = io.BytesIO(head + body)
    when = AT + timedelta(seconds=second)
    return Exchange(URL, when, sent, block, len(head) + len(body), len(head), 200, "127.0.0.1", ("http/1.1",))


def test_it_is_kept_whole_and_is_in_no_index(paths: PortalPaths) -> None:
    archive = opened(paths)
    first = archive.record(exchange(b"page 1" * 900), URL)
    second = archive.record(exchange(b"page 2" * 900, b"__VIEWSTATE=%2Fx&p=2", 1), f"{URL}{POSTED}=2")
    archive.close()
    assert list(verify.verify_portal(paths)) == []
    kept = read_exchange(paths, second.ref)
    assert (kept.request or b"").endswith(b"\r\n\r\n__VIEWSTATE=%2Fx&p=2")
    assert kept.decode().body == b"page 2" * 900
    lines = paths.index.read_text().splitlines()
    assert [f'"offset": "{first.offset}"' in line for line in lines] == [True]
    index.rebuild(paths)
    assert paths.index.read_text().splitlines() == lines


def test_no_revisit_stands_for_it_nor_it_for_a_page(paths: PortalPaths) -> None:
    archive = opened(paths)
    kinds = [
        archive.record(exchange(b"x" * 5000, form, second), key).kind
        for second, (form, key) in enumerate([(b"p=2", f"{URL}{POSTED}=2"), (b"", URL), (b"p=2", f"{URL}{POSTED}=2")])
    ]
    archive.commit(())
    kinds.append(archive.record(exchange(b"x" * 5000, second=4), URL).kind)
    archive.close()
    assert kinds == ["response", "response", "response", "revisit"]
    assert list(verify.verify_portal(paths)) == []


def test_what_a_dead_run_left_is_told_apart_by_its_request(paths: PortalPaths) -> None:
    archive = opened(paths)
    archive.record(exchange(b"page 1"), URL)
    archive.record(exchange(b"page 2", b"p=2", 1), f"{URL}{POSTED}=2")
    (path,) = paths.open_warcs()
    held = path.read_bytes()
    archive.close()
    (closed,) = paths.closed_warcs()
    closed.unlink()
    paths.ledger.unlink()
    paths.index.unlink()
    path.write_bytes(held)  # as after a kill: nothing committed, the file still open
    again = opened(paths)
    rows = list(again.ledger.of_warcs([closed.name]))
    again.close()
    assert [row.key for row in rows] == [URL, f"{URL}{POSTED}"]
    assert len(paths.index.read_text().splitlines()) == 1
    assert list(verify.verify_portal(paths)) == []


def record(kind: str, number: int, block: bytes, *more: str) -> bytes:
    head = ["WARC/1.0", f"WARC-Type: {kind}", f"WARC-Record-ID: <urn:uuid:{number}>", "WARC-Date: 2020-01-01T00:00:00Z",
            f"WARC-Target-URI: {URL}", f"Content-Type: application/http;msgtype={kind}", *more,
            f"Content-Length: {len(block)}", "", ""]  # fmt: skip
    return gzip.compress("\r\n".join(head).encode() + block + b"\r\n\r\n", mtime=0)


GET = b"GET /list.aspx HTTP/1.1\r\nHost: h\r\n\r\n"
POST = b"POST /list.aspx HTTP/1.1\r\nHost: h\r\n\r\np=2"
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx"
BY_ID = "WARC-Concurrent-To: <urn:uuid:{}>".format
# records of other tools, and which of the answers answer a POST
OTHERS = [
    # Wget: the request before its answer, which names it
    ([("request", POST), ("response", ANSWER, 0), ("request", GET), ("response", ANSWER, 2)], [True, False]),
    # warcio, Browsertrix: behind it, and names it
    ([("response", ANSWER), ("request", POST, 0), ("response", ANSWER), ("request", GET, 2)], [True, False]),
    # neither names the other
    ([("request", POST), ("response", ANSWER)], [True]),
    # another answer's request
    ([("response", ANSWER, 7), ("request", POST, 8)], [False]),
    ([("response", ANSWER)], [False]),
]


@pytest.mark.parametrize(("records", "posted"), OTHERS)
def test_in_files_of_other_tools(records: list[Any], posted: list[bool], tmp_path: Path, paths: PortalPaths) -> None:
    given = tmp_path / "given.warc.gz"
    given.write_bytes(
        b"".join(record(kind, number, block, *map(BY_ID, of)) for number, (kind, block, *of) in enumerate(records))
    )
    found = [each.posted for each in iter_members(given) if each.record and each.record.type == "response"]
    assert found == posted
    paths.make()
    ready = prepare(given, paths, "r")
    assert [row.key.endswith(POSTED) for row in ready.rows] == posted
    assert len(ready.lines) == posted.count(False)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (f"{URL}{POSTED}=2", URL, False),
        (f"{URL}{POSTED}=2", f"{URL}{POSTED}=3", False),
        (f"{URL}{POSTED}=2", "https://H/list.aspx#post=2", True),
        (f"{URL}#top", URL, True),
        (f"{URL}#post-12", URL, True),  # where WordPress leads to a comment
    ],
)
def test_what_is_withheld_by_its_address_is_that_page_alone(one: str, other: str, same: bool) -> None:
    assert (bare(one) == bare(other)) is same
