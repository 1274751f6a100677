"""Files as other archives write and read them: golden records, revisits, roll-over, a disk that refuses."""

import errno
import gzip
import hashlib
import io
import os
import random
import subprocess
import sys
import threading
import tracemalloc
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator as FastIterator
from warcio.archiveiterator import ArchiveIterator

from archive.schema import Exchange, SnapshotRef
from archive.storage import exchanges, warc
from archive.storage.members import iter_members
from archive.storage.record import GZIP_HEAD
from archive.storage.warc import ArchiveDiskError, DamagedRecord, NoAnswer, Original, WarcWriter, Written

BEGUN = datetime(2026, 11, 23, 8, 0, 0, 123456, tzinfo=UTC)
INFO = {"software": "province-archive/0.1", "operator": "Phòng Tin học\r\nForged: yes", "description": ""}
GOLDEN = Path(__file__).with_name("golden.warc")


@pytest.fixture
def numbered(monkeypatch):
    """Record ids that count."""
    count = iter(range(1, 1000))
    monkeypatch.setattr(uuid, "uuid4", lambda: uuid.UUID(int=next(count)))


def writer(folder, **values):
    return WarcWriter(folder, INFO, host="vm", now=lambda: BEGUN, **values)


def only_file(folder):
    (path,) = folder.closed_warcs()
    return path


def types(path):
    return [(each.record.type if each.record else None, each.problem) for each in iter_members(path)]


def test_golden(folder, exchange, numbered):
    """One file with every kind of record, compared with a file that was checked by hand."""
    out = writer(folder)
    page = exchange(
        url="https://www.kontum.example/tin/hội nghị?a=1&b=%20#top",
        head=b"HTTP/1.1 200 Tot Lam\r\nsERVER: x\r\nSet-Cookie: a\r\nset-cookie: b\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n",
        body=b"4;x=y\r\n<h1>\r\n3\r\nTin\r\n0\r\nT: 1\r\n\r\n",
        ip="2001:db8::1", protocols=("http/1.1", "tls/1.3"), cipher="TLS_AES_256_GCM_SHA384", certificate="valid",
        via="https://www.kontum.example/", hops="L", duration_ms=12, interim=30, surplus=1, notes={"attempt": "2"},
    )  # fmt: skip
    posted = exchange(
        head=b"HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n", body=b"",
        request=b"POST /tim HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nq=1",
    )  # fmt: skip
    cut = exchange(
        head=b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n", body=b"half", truncated="disconnect",
        error="ResponseFailed: lost\r\nWARC-Type: forged",
    )  # fmt: skip
    body = b"x" * 1024
    silent = exchange(head=b"", body=b"", error="TimeoutError: 10 s", duration_ms=10_000)
    unsent = exchange(head=b"", body=b"", request=b"", error="DNSLookupError: no such host")
    first = out.write(exchange(url="http://a.example/", body=body))
    original = Original(
        first.snapshot.record_id, "http://a.example/", first.snapshot.date, first.snapshot.payload_digest
    )
    for each in (page, posted, cut, silent, unsent):
        out.write(each)
    out.write(exchange(url="http://b.example/", body=body), find_original=lambda url, digest: original)
    out.write(exchange(head=b"HTTP/1.1 304 Not Modified\r\nETag: x\r\n\r\n", body=b""), not_modified=original)
    out.close()
    assert only_file(folder).name == "kon-tum-20261123080000-00000-vm.warc.gz"
    plain = gzip.decompress(only_file(folder).read_bytes())
    if not GOLDEN.exists():
        GOLDEN.write_bytes(plain)
        pytest.fail("golden.warc written: review and commit it")
    assert plain == GOLDEN.read_bytes()


def test_what_a_ledger_is_told(folder, exchange, numbered):
    out = writer(folder)
    coded = gzip.compress(b"<h1>Tin</h1>" * 300, mtime=0)
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/HTML; charset=utf-8\r\nContent-Encoding: gzip\r\n\r\n"
    written = out.write(exchange(head=head, body=coded))
    digest = f"sha256:{hashlib.sha256(coded).hexdigest()}"
    assert written == Written(
        SnapshotRef(
            "kon-tum-20261123080000-00000-vm.warc.gz", written.snapshot.offset, written.snapshot.length,
            "urn:uuid:00000000-0000-0000-0000-000000000002", "2026-11-23T08:00:01.123456Z", digest,
        ),
        "response", written.head, "text/html", len(coded), None, written.size,
    )  # fmt: skip
    assert (written.head.status, written.head.get("content-encoding")) == (200, "gzip")
    silent = out.write(exchange(head=b"", body=b"", error="Timeout"))
    assert (silent.kind, silent.head, silent.media_type, silent.payload_length) == ("request", None, None, None)
    unsent = out.write(exchange(head=b"", body=b"", request=b"", error="DNS"))
    assert (unsent.kind, unsent.snapshot.payload_digest) == ("metadata", None)
    out.close()
    size = only_file(folder).stat().st_size
    assert size == written.snapshot.offset + written.size + silent.size + unsent.size


PAYLOADS = [
    # head, body, request, payload
    (b"HTTP/1.1 200 OK\r\n\r\n", b"abc", b"GET / HTTP/1.1\r\n\r\n", b"abc"),
    (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"3\r\nabc\r\n0\r\nT: x\r\n\r\n", b"GET", b"abc"),
    (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"9\r\nabc", b"GET", b"abc"),
    (b"HTTP/1.1 302 Found\r\n\r\n", b"", b"GET", b""),
    (b"HTTP/1.1 304 Not Modified\r\n\r\n", b"", b"GET", None),
    (b"HTTP/1.1 204 No Content\r\n\r\n", b"", b"GET", None),
    (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n", b"", b"HEAD / HTTP/1.1\r\n\r\n", None),
    # cut in the head
    (b"HTTP/1.1 200 OK\r\nServ", b"", b"GET", None),
]


@pytest.mark.parametrize(("head", "body", "request_", "payload"), PAYLOADS)
def test_payload_digests(folder, exchange, head, body, request_, payload):
    out = writer(folder)
    written = out.write(exchange(head=head, body=body, request=request_))
    out.close()
    expected = None if payload is None else f"sha256:{hashlib.sha256(payload).hexdigest()}"
    assert written.snapshot.payload_digest == expected
    assert [problem for _, problem in types(only_file(folder))] == [None] * 4


REVISITS = [
    # a body of 1 KiB is worth it, one byte less only where the address is the same
    ({"url": "http://www.kontum.example/tin/2"}, b"x" * 1024, True),
    ({"url": "http://www.kontum.example/tin/2"}, b"x" * 1023, False),
    ({}, b"x", True),
    ({}, b"", False),
    ({"truncated": "length"}, b"x" * 5000, False),
    ({"error": "lost"}, b"x" * 5000, False),
    ({"head": b"HTTP/1.1 404 Not Found\r\n\r\n"}, b"x" * 5000, False),
]


@pytest.mark.parametrize(("values", "body", "revisit"), REVISITS)
def test_only_what_is_whole_and_worth_it_becomes_a_revisit(folder, exchange, values, body, revisit):
    asked = []
    out = writer(folder)

    def find(url, digest):
        asked.append((url, digest))
        return Original("urn:uuid:1", "http://www.kontum.example/tin/1", "2026-01-01T00:00:00Z", digest)

    written = out.write(exchange(body=body, **values), find_original=find)
    out.close()
    assert (written.kind == "revisit", written.payload_length) == (revisit, len(body))
    digest = f"sha256:{hashlib.sha256(body).hexdigest()}"
    assert asked == [(values.get("url", "http://www.kontum.example/tin/1"), digest)]


def test_a_304_without_its_original_is_a_response(folder, exchange):
    out = writer(folder)
    written = out.write(exchange(head=b"HTTP/1.1 304 Not Modified\r\n\r\n", body=b""))
    assert (written.kind, written.refers_to) == ("response", None)
    original = Original("urn:uuid:1", "http://a/", "2026-01-01T00:00:00Z", None)
    full = out.write(exchange(), not_modified=original)  # the server sent the page all the same
    assert (full.kind, full.refers_to) == ("response", None)
    out.close()


def fill(folder, exchange):
    """A file of odd bodies, and the exchanges in it."""
    chance = random.Random(1)
    nested = io.BytesIO()
    with gzip.GzipFile(fileobj=nested, mode="wb", mtime=0) as member:
        member.write(b"WARC/1.1\r\nWARC-Type: response\r\nContent-Length: 2\r\n\r\nxx\r\n\r\n")
    bodies = [
        b"", b"plain " * 500, chance.randbytes(200_000), chance.randbytes(3 << 20), nested.getvalue() * 3,
        b"WARC/1.1\r\nWARC-Type: response\r\nContent-Length: 0\r\n\r\n\r\n\r\n" * 40,
        GZIP_HEAD + chance.randbytes(5000), b"\r\n\r\n" * 100,
    ]  # fmt: skip
    out = writer(folder)
    made = []
    for number, body in enumerate(bodies):
        each = exchange(url=f"http://h.example/{number}", body=body)
        made.append((each, out.write(each)))
    out.close()
    return made


def test_every_byte_comes_back(folder, exchange):
    for each, written in fill(folder, exchange):
        kept = warc.read_exchange(folder, written.snapshot)
        each.response.seek(0)
        assert kept.raw_head + kept.payload.read() == each.response.read()
        assert kept.request == each.request
        assert kept.decode().media_type == "text/html"
    path = only_file(folder)
    assert types(path)[1:4] == [("response", None), ("request", None), ("metadata", None)]
    assert len(types(path)) == 1 + 3 * 8


def test_other_readers_count_and_read_the_same(folder, exchange):
    made = fill(folder, exchange)
    path = only_file(folder)
    bodies = []
    for each, _ in made:
        each.response.seek(each.head_length)
        bodies.append(each.response.read())
    with path.open("rb") as file:
        theirs = [
            (each.rec_headers.get_header("WARC-Target-URI"), each.raw_stream.read()[-len(body) :] if body else b"")
            for each, body in zip(
                (each for each in ArchiveIterator(file, no_record_parse=True) if each.rec_type == "response"),
                bodies,
                strict=True,
            )
        ]
    assert theirs == [(each.url, body) for (each, _), body in zip(made, bodies, strict=True)]
    with path.open("rb") as file:
        fast = [(each.record_id, each.verify_block_digest()) for each in FastIterator(file, parse_http=False)]
    assert fast == [(f"<{each.record.record_id}>", True) for each in iter_members(path)]


def test_outside_checkers_accept_the_file(folder, exchange):
    out = writer(folder)
    out.write(exchange())
    out.write(exchange(url="http://b.example/", body=b"y" * 100_000))
    out.close()
    path = str(only_file(folder))
    tools = Path(sys.executable).parent
    for command in (
        ["gzip", "-t"],
        [tools / "fastwarc", "check", "-q"],
        [tools / "fastwarc", "check", "-p", "-q"],
        [tools / "warcio", "check"],
    ):
        done = subprocess.run([*command, path], capture_output=True, timeout=60, check=False)
        assert done.returncode == 0, done


def test_a_reference_opens_the_record_it_names_or_nothing(folder, exchange):
    out = writer(folder)
    first, second = out.write(exchange()).snapshot, out.write(exchange(head=b"", body=b"")).snapshot
    assert warc.read_exchange(folder, first).head.status == 200  # while the file is open
    out.close()
    wrong = {"offset": first.offset + 1, "length": first.length + 1, "record_id": second.record_id}
    for name, value in wrong.items():
        values = {each: getattr(first, each) for each in SnapshotRef.__slots__}
        with pytest.raises(DamagedRecord):
            warc.read_exchange(folder, SnapshotRef(**{**values, name: value}))
    with pytest.raises(NoAnswer):
        warc.read_exchange(folder, second)
    only_file(folder).unlink()
    with pytest.raises(FileNotFoundError):
        warc.read_exchange(folder, first)


def test_a_revisit_is_read_through_its_original(folder, exchange):
    out = writer(folder)
    first = out.write(exchange()).snapshot
    original = Original(first.record_id, "http://www.kontum.example/tin/1", first.date, first.payload_digest)
    again = out.write(exchange(), find_original=lambda url, digest: original).snapshot
    out.close()
    assert again.payload_digest == first.payload_digest
    assert warc.read_exchange(folder, again, original=first).decode().body == b"<h1>Tin</h1>" * 200
    with pytest.raises(NoAnswer):
        warc.read_exchange(folder, again)


def test_files_roll_over_by_size_and_get_their_names_one_sync_after_their_rows(folder, exchange):
    out = writer(folder, max_bytes=3000)
    for number in range(7):
        out.write(exchange(url=f"http://h/{number}"))
    rolled = len(folder.open_warcs())
    assert rolled >= 3
    closed = []
    for _ in range(3):
        out.sync()
        closed.append(len(folder.closed_warcs()))
    assert closed == [0, 0, rolled - 1]
    out.close()
    assert [types(path)[0] for path in folder.closed_warcs()] == [("warcinfo", None)] * rolled
    assert [path.name[23:28] for path in folder.closed_warcs()] == [f"{number:05d}" for number in range(rolled)]


def test_files_roll_over_by_age(folder, exchange):
    clock = [BEGUN]
    out = WarcWriter(folder, INFO, max_age=timedelta(hours=1), now=lambda: clock[0])
    out.write(exchange())
    clock[0] += timedelta(minutes=59)
    out.write(exchange())
    assert len(folder.open_warcs()) == 1
    clock[0] += timedelta(minutes=1)
    out.write(exchange())
    assert len(folder.open_warcs()) == 2
    out.close()


def test_no_file_is_ever_overwritten(folder, exchange):
    taken = folder.warc_dir / "kon-tum-20261123080000-00000-vm.warc.gz"
    taken.write_bytes(b"precious")
    other = folder.warc_dir / "kon-tum-20261123080000-00001-vm.warc.gz.open"
    other.write_bytes(b"another run's")
    out = writer(folder)
    out.write(exchange())
    out.close()
    assert (taken.read_bytes(), other.read_bytes()) == (b"precious", b"another run's")
    assert (folder.warc_dir / "kon-tum-20261123080000-00002-vm.warc.gz").exists()


def test_nothing_written_leaves_nothing(folder):
    out = writer(folder)
    assert out.sync() is None
    out.close()
    out.close()
    assert list(folder.warc_dir.iterdir()) == []


def test_sync_says_how_far_the_file_is_durable(folder, exchange):
    out = writer(folder)
    out.write(exchange())
    durable = out.sync()
    assert durable == warc.Durable("kon-tum-20261123080000-00000-vm.warc.gz", folder.open_warcs()[0].stat().st_size)
    out.close()


@pytest.mark.parametrize("body", [b"<h1>Tin</h1>" * 200, random.Random(2).randbytes(2 << 20)], ids=["small", "spooled"])
def test_an_exchange_is_one_write(folder, exchange, monkeypatch, body):
    out = writer(folder)
    out.write(exchange())
    sizes = []
    write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: sizes.append(len(data)) or write(descriptor, data))
    written = out.write(exchange(body=body))
    assert sizes == [written.size]
    out.close()


def test_short_writes_are_carried_on(folder, exchange, monkeypatch):
    write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: write(descriptor, data[:700]))
    out = writer(folder)
    written = out.write(exchange())
    out.close()
    assert [problem for _, problem in types(only_file(folder))] == [None] * 4
    assert warc.read_exchange(folder, written.snapshot).decode().body == b"<h1>Tin</h1>" * 200


def full_disk(monkeypatch, room):
    """A disk that takes `room` more bytes."""
    write = os.write
    left = [room]

    def some(descriptor, data):
        if not left[0]:
            raise OSError(errno.ENOSPC, "No space left on device")
        done = write(descriptor, data[: left[0]])
        left[0] -= done
        return done

    monkeypatch.setattr(os, "write", some)


@pytest.mark.parametrize("room", [0, 1, 300, 900])
def test_a_full_disk_costs_one_exchange_and_no_more(folder, exchange, monkeypatch, room):
    out = writer(folder)
    first = out.write(exchange())
    with monkeypatch.context() as patched:
        full_disk(patched, room)
        with pytest.raises(ArchiveDiskError, match="No space left"):
            out.write(exchange())
    third = out.write(exchange(url="http://h/3"))
    assert third.snapshot.offset == first.snapshot.offset + first.size
    out.close()
    assert [problem for _, problem in types(only_file(folder))] == [None] * 7
    assert len(folder.index.read_text().splitlines()) == 2


def test_a_disk_full_from_the_start_leaves_no_file(folder, exchange, monkeypatch):
    full_disk(monkeypatch, 10)
    out = writer(folder)
    with pytest.raises(ArchiveDiskError):
        out.write(exchange())
    out.close()
    assert list(folder.warc_dir.iterdir()) == []


def test_after_a_failed_fsync_nothing_is_acknowledged_again(folder, exchange, monkeypatch):
    out = writer(folder)
    out.write(exchange())

    def broken(descriptor):
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", broken)
        with pytest.raises(ArchiveDiskError):
            out.sync()
    for act in (out.sync, out.close, lambda: out.write(exchange())):
        with pytest.raises(ArchiveDiskError):
            act()
    assert len(folder.open_warcs()) == 1


def test_syncing_in_another_thread_while_writing(folder, exchange):
    out = writer(folder, max_bytes=20_000)
    done = threading.Event()
    errors = []

    def keep_syncing():
        while not done.is_set():
            try:
                out.sync()
            except Exception as error:
                errors.append(error)

    thread = threading.Thread(target=keep_syncing)
    thread.start()
    refs = [out.write(exchange(url=f"http://h/{number}")).snapshot for number in range(200)]
    done.set()
    thread.join(10)
    out.close()
    assert errors == []
    assert [warc.read_exchange(folder, ref).head.status for ref in refs] == [200] * 200
    assert len(folder.index.read_text().splitlines()) == 200


def test_a_spooled_body_stays_out_of_memory(folder, exchange, tmp_path):
    big = tmp_path / "body"
    with big.open("wb") as file:
        file.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n")
        for _ in range(48):
            file.write(os.urandom(1 << 20))
    out = writer(folder)
    with big.open("rb") as file:
        each = Exchange("http://h/pdf", BEGUN, b"GET", file, size=big.stat().st_size, status=200)
        tracemalloc.start()
        written = out.write(each)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    out.close()
    assert written.payload_length == 48 << 20
    assert peak < exchanges.SPOOL * 4


def plain_records(path):
    return [(head.type, head.record_id, block.read()) for head, block in warc.iter_foreign(path)]


def test_files_packed_otherwise(folder, exchange, tmp_path):
    out = writer(folder)
    out.write(exchange())
    out.write(exchange(body=random.Random(8).randbytes(2 << 20)))
    out.close()
    expected = [
        (each.headers.type, each.headers.record_id, each.block.read()) for each in warc.iter_records(only_file(folder))
    ]
    plain = gzip.decompress(only_file(folder).read_bytes())
    for data in (plain, gzip.compress(plain), only_file(folder).read_bytes()):
        path = tmp_path / "foreign.warc"
        path.write_bytes(data)
        assert plain_records(path) == expected


@pytest.mark.parametrize(
    "data", [b"<html>no WARC</html>" * 20, gzip.compress(b"no WARC" * 50), gzip.compress(b"x" * 90)[:-9]]
)
def test_what_is_no_warc_is_said_to_be_none(tmp_path, data):
    path = tmp_path / "foreign.warc"
    path.write_bytes(data)
    with pytest.raises(DamagedRecord, match=r"foreign\.warc"):
        plain_records(path)


@pytest.mark.parametrize("packed", [False, True])
def test_a_cut_file_gives_what_stood_before_the_cut(folder, exchange, tmp_path, packed):
    out = writer(folder)
    out.write(exchange())
    out.close()
    plain = gzip.decompress(only_file(folder).read_bytes())
    path = tmp_path / "foreign.warc"
    path.write_bytes(gzip.compress(plain)[:-40] if packed else plain[:-30])
    kinds = []
    with pytest.raises(DamagedRecord):
        kinds += (head.type for head, _ in warc.iter_foreign(path))
    assert kinds == ["warcinfo", "response", "request"]


def test_an_empty_file_holds_nothing(tmp_path):
    path = tmp_path / "empty.warc"
    path.touch()
    assert plain_records(path) == []
    assert list(warc.iter_records(path)) == []
