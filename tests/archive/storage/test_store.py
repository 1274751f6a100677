"""A portal's folder over a run: locked, written, committed, recovered."""

import hashlib
import io
import json
import multiprocessing
import os
import signal
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive.schema import Article, Exchange, Extraction
from archive.storage import verify
from archive.storage.committer import Committer
from archive.storage.entries import Found, Outcome
from archive.storage.paths import ArchivePaths, PortalPaths
from archive.storage.store import ArchiveLocked, Form, PortalArchive, keep_form
from archive.storage.tables import LedgerError

_TEXT = 'name = "Cổng thử"\nhosts = ["h"]\n'
FORM = Form("p", "sha256:" + hashlib.sha256(_TEXT.encode()).hexdigest(), _TEXT)
AT = datetime(2026, 11, 20, 8, tzinfo=UTC)


def opened(paths: PortalPaths) -> PortalArchive:
    return PortalArchive(paths, FORM, "r1", {"software": "test"})


@pytest.fixture
def paths(tmp_path: Path) -> PortalPaths:
    return ArchivePaths(tmp_path / "data").portal("p")


def exchange(url: str, body: bytes, status: int = 200) -> Exchange:
    head = f"HTTP/1.1 {status} OK\r\nContent-Length: {len(body)}\r\nContent-Type: text/html\r\n\r\n".encode()
    request = b"GET / HTTP/1.1\r\nHost: h\r\n\r\n"
    return Exchange(
        url, AT, request, io.BytesIO(head + body), len(head) + len(body), len(head), status, "127.0.0.1", ("http/1.1",)
    )


def take(archive: PortalArchive, key: str, body: bytes) -> Outcome:
    """Record a page and make the outcome of its article."""
    row = archive.record(exchange(f"http://h/{key}", body), key)
    article = Article(
        id=f"p/{key}", kind="text", portal="p", url=row.url, canonical_url=row.url, title="Tiêu đề", revision=key,
        fetched_at="2026-11-20T08:00:00Z", extraction=Extraction("1", "g", "g", FORM.digest), cause="new",
        snapshot=row.ref,
    )  # fmt: skip
    return Outcome(
        key, "done", "2026-11-20T08:00:00Z", "r1", snapshot=row.record_id, article=article.id, revisions=(article,)
    )


def begin(archive: PortalArchive, *keys: str) -> None:
    offers = [Found(key, f"http://h/{key}", "h", "article") for key in keys]
    archive.ledger.begin_run("r1", "2026-11-20T08:00:00Z", offers, full=False)


def test_what_is_committed_is_on_disk_and_in_agreement(paths):
    archive = opened(paths)
    begin(archive, "a", "b")
    committer = Committer()
    futures = [committer.submit(archive, take(archive, key, key.encode() * 3000)) for key in ("a", "b")]
    assert [future.result(timeout=10).key for future in futures] == ["a", "b"]
    committer.close()
    archive.close()
    items = [json.loads(line) for line in paths.articles.read_text().splitlines()]
    assert [item["id"] for item in items] == ["p/a", "p/b"]
    assert not paths.open_warcs()
    assert list(verify.verify_portal(paths)) == []


def test_the_same_payload_is_kept_once(paths):
    archive = opened(paths)
    first = archive.record(exchange("http://h/1", b"x" * 5000), "1")
    twin = archive.record(exchange("http://h/2", b"x" * 5000), "2")  # before the first is committed
    archive.commit([])
    third = archive.record(exchange("http://h/3", b"x" * 5000), "3")
    archive.close()
    assert [(row.kind, row.refers_to) for row in (first, twin, third)] == [
        ("response", None), ("revisit", first.record_id), ("revisit", first.record_id),
    ]  # fmt: skip


def test_a_304_refers_to_the_capture_whose_validators_were_sent(paths):
    archive = opened(paths)
    first = archive.record(exchange("http://h/1", b"x" * 5000), "1")
    second = archive.record(exchange("http://h/1", b"", 304), "1", first)
    archive.close()
    assert (second.kind, second.refers_to, second.payload_digest) == ("revisit", first.record_id, first.payload_digest)


def test_a_second_writer_is_refused_by_name(paths):
    archive = opened(paths)
    with pytest.raises(ArchiveLocked, match=f"process {os.getpid()}"):
        opened(paths)
    archive.close()
    opened(paths).close()


def test_articles_jsonl_is_level_with_the_ledger_at_start(paths):
    archive = opened(paths)
    begin(archive, "a", "b")
    archive.commit([take(archive, "a", b"a"), take(archive, "b", b"b")])
    archive.close()
    whole = paths.articles.read_bytes()
    for damage in (whole[:-5], whole[: whole.index(b"\n") + 1], b"", whole[:10]):
        paths.articles.write_bytes(damage)
        opened(paths).close()
        assert paths.articles.read_bytes() == whole


@pytest.mark.parametrize("left", [b"", None])
def test_no_ledger_is_begun_beside_captures(paths, left):
    archive = opened(paths)
    begin(archive, "a")
    archive.commit([take(archive, "a", b"a")])
    archive.close()
    lines = paths.articles.read_bytes()
    paths.ledger.unlink()
    if left is not None:
        paths.ledger.write_bytes(left)
    with pytest.raises(LedgerError, match="missing or empty"):
        opened(paths)
    assert paths.articles.read_bytes() == lines


@pytest.mark.parametrize("text", [b"%%%", b"\xff", b"forms = 3", b'[forms.x]\ntext = "y"\n'])
def test_a_damaged_list_of_forms_is_named(paths, text):
    paths.make()
    paths.form.write_bytes(text)
    with pytest.raises(LedgerError, match=r"portal.toml: damaged"):
        opened(paths)
    assert paths.form.read_bytes() == text


def test_what_a_dead_import_left_is_removed(paths):
    archive = opened(paths)
    left = paths.warc_dir / "import-abc.part"
    left.write_bytes(b"half a copy")
    with pytest.raises(ArchiveLocked):
        opened(paths)
    assert left.exists()  # it may be the holder's
    archive.close()
    opened(paths).close()
    assert not left.exists()


def test_forms_are_kept_by_digest(tmp_path):
    path = tmp_path / "portal.toml"
    for form in (FORM, Form("p", "sha256:" + "1" * 64, "name = '''x'''\n"), FORM):
        keep_form(path, form)
    import tomllib

    kept = tomllib.loads(path.read_text(encoding="utf-8"))
    assert kept["current"] == FORM.digest
    assert {digest: entry["text"] for digest, entry in kept["forms"].items()} == {
        FORM.digest: FORM.text,
        "sha256:" + "1" * 64: "name = '''x'''\n",
    }


def _write_until_killed(root: Path, ready: "multiprocessing.synchronize.Event") -> None:
    archive = opened(ArchivePaths(root).portal("p"))
    for number in range(10_000):
        archive.record(exchange(f"http://h/{number}", os.urandom(40_000)), str(number))
        if number == 5:
            archive.commit([])
            ready.set()


def test_after_kill_9_every_whole_record_is_entered_and_readable(tmp_path):
    paths = ArchivePaths(tmp_path).portal("p")
    context = multiprocessing.get_context("spawn")
    ready = context.Event()
    child = context.Process(target=_write_until_killed, args=(tmp_path, ready))
    child.start()
    assert ready.wait(20)
    time.sleep(0.05)
    os.kill(child.pid, signal.SIGKILL)
    child.join(10)
    archive = opened(paths)
    assert archive.recovered.records > 0
    archive.close()
    assert not paths.open_warcs()
    assert list(verify.verify_portal(paths)) == []
