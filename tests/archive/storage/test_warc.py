"""Files as other archives write them: golden records, payload digests, revisits."""

import gzip
import hashlib
import uuid
from pathlib import Path

import pytest

from archive.schema import SnapshotRef
from archive.storage.warc import Original, Written

GOLDEN = Path(__file__).with_name("golden.warc")


@pytest.fixture
def numbered(monkeypatch):
    """Record ids that count."""
    count = iter(range(1, 1000))
    monkeypatch.setattr(uuid, "uuid4", lambda: uuid.UUID(int=next(count)))


def test_golden(exchange, numbered, writer, only_file):
    """One file with every kind of record, compared with a file that was checked by hand."""
    out = writer()
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
    assert only_file().name == "kon-tum-20261123080000-00000-vm.warc.gz"
    plain = gzip.decompress(only_file().read_bytes())
    if not GOLDEN.exists():
        GOLDEN.write_bytes(plain)
        pytest.fail("golden.warc written: review and commit it")
    assert plain == GOLDEN.read_bytes()


def test_what_a_ledger_is_told(exchange, numbered, writer, only_file):
    out = writer()
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
    size = only_file().stat().st_size
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
def test_payload_digests(exchange, head, body, request_, payload, writer, only_file, types):
    out = writer()
    written = out.write(exchange(head=head, body=body, request=request_))
    out.close()
    expected = None if payload is None else f"sha256:{hashlib.sha256(payload).hexdigest()}"
    assert written.snapshot.payload_digest == expected
    assert [problem for _, problem in types(only_file())] == [None] * 4


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
def test_only_what_is_whole_and_worth_it_becomes_a_revisit(exchange, values, body, revisit, writer):
    asked = []
    out = writer()

    def find(url, digest):
        asked.append((url, digest))
        return Original("urn:uuid:1", "http://www.kontum.example/tin/1", "2026-01-01T00:00:00Z", digest)

    written = out.write(exchange(body=body, **values), find_original=find)
    out.close()
    assert (written.kind == "revisit", written.payload_length) == (revisit, len(body))
    digest = f"sha256:{hashlib.sha256(body).hexdigest()}"
    assert asked == [(values.get("url", "http://www.kontum.example/tin/1"), digest)]


def test_a_304_without_its_original_is_a_response(exchange, writer):
    out = writer()
    written = out.write(exchange(head=b"HTTP/1.1 304 Not Modified\r\n\r\n", body=b""))
    assert (written.kind, written.refers_to) == ("response", None)
    original = Original("urn:uuid:1", "http://a/", "2026-01-01T00:00:00Z", None)
    full = out.write(exchange(), not_modified=original)  # the server sent the page all the same
    assert (full.kind, full.refers_to) == ("response", None)
    out.close()
