"""The index pywb reads: its keys, its lines, its order."""

import json
import random
from datetime import UTC, datetime

import pytest

from archive.storage import index
from archive.storage.index import surt
from archive.storage.warc import Original, WarcWriter

HEX = "0123456789abcdef" * 2

# Each compared with the surt package (0.3.1), which pywb and cdxj-indexer use.
KEYS = [
    ("http://www.kontum.gov.vn/", "vn,gov,kontum)/"),
    ("https://www.kontum.gov.vn:443/vi/Tin/", "vn,gov,kontum)/vi/tin"),
    ("http://kontum.gov.vn:8080/a?b=2&a=1", "vn,gov,kontum:8080)/a?a=1&b=2"),
    ("http://kontum.gov.vn/a?b=2&a=1&a=&c", "vn,gov,kontum)/a?a=&a=1&b=2&c"),
    ("http://kontum.gov.vn/a?", "vn,gov,kontum)/a"),
    ("http://a.vn/Tin-T%E1%BB%A9c/x%20y?ID=%5B1%5D", "vn,a)/tin-t%e1%bb%a9c/x%20y?id=[1]"),
    ("http://127.0.0.1:8123/x/y/", "1,0,0,127:8123)/x/y"),
    ("http://a.b.vn/x//y/../z/./w", "vn,b,a)/x/z/w"),
    ("http://a.b.vn/../x", "vn,b,a)/../x"),
    ("http://user:pw@a.b.vn/x#top", "vn,b,a)/x"),
    ("http://www2.a.b.vn/x", "vn,b,a)/x"),
    ("http://m.www.a.vn/x", "vn,a,www,m)/x"),
    ("http://A.B.vn./x/", "vn,b,a)/x"),
    ("http://a.b.vn?x=1", "vn,b,a)/?x=1"),
    ("http://a.b.vn/x%252fy", "vn,b,a)/x/y"),
    ("http://a.b.vn/x?a=1&&b=2", "vn,b,a)/x?&a=1&b=2"),
    ("http://[::1]:8000/a", "::1:8000)/a"),
    ("http://Đà.vn/x", "vn,xn--0ca1h)/x"),
    ("https://a.b.vn:80/x", "vn,b,a:80)/x"),
    ("http://a.b.vn/%", "vn,b,a)/%25"),
    (f"http://a.b.vn/x?PHPSESSID={HEX}&x=1", "vn,b,a)/x?x=1"),
    (f"http://a.b.vn/x?b=2&sid={HEX}", "vn,b,a)/x?&b=2"),
    (f"http://a.b.vn/x;jsessionid={HEX}", f"vn,b,a)/x;jsessionid={HEX}"),
    ("http://a.b.vn/(S(4hqa0555fwsecu455xqckv45))/m.aspx?x=1", "vn,b,a)/m.aspx?x=1"),
    ("urn:x:Y", "urn:x:Y"),
    ("http://[a/", "http://[a/"),
]


@pytest.mark.parametrize(("url", "key"), KEYS)
def test_keys(url, key):
    assert surt(url) == key


def test_lines_of_a_file(folder, exchange):
    out = WarcWriter(folder, {}, host="vm", now=lambda: datetime(2026, 11, 23, 8, tzinfo=UTC))
    first = out.write(exchange(url="http://www.b.example/2?q=é"))
    original = Original(
        first.snapshot.record_id, "http://b.example/", first.snapshot.date, first.snapshot.payload_digest
    )
    again = out.write(exchange(url="http://b.example/1"), find_original=lambda url, digest: original)
    bare = out.write(exchange(url="http://b.example/1", head=b"HTTP/1.1 404 Not Found\r\n\r\n", body=b"no"))
    out.write(exchange(url="http://b.example/0", head=b"", body=b""))  # no answer, nothing to replay
    unchanged = exchange(url="http://b.example/1", head=b"HTTP/1.1 304 Not Modified\r\n\r\n", body=b"")
    out.write(unchanged, not_modified=original)
    out.close()
    name, first_url = first.snapshot.warc, "http://www.b.example/2?q=%C3%A9"
    digest = first.snapshot.payload_digest

    def line(key, seconds, written, **fields):
        place = {"length": str(written.snapshot.length), "offset": str(written.snapshot.offset), "filename": name}
        return f"example,b)/{key} 202611230800{seconds:02d} " + json.dumps({**fields, **place}) + "\n"

    assert folder.index.read_text() == (
        line("1", 2, again, url="http://b.example/1", mime="warc/revisit", status="200", digest=digest)
        + line("1", 3, bare, url="http://b.example/1", status="404", digest=bare.snapshot.payload_digest)
        + line("2?q=%c3%a9", 1, first, url=first_url, mime="text/html", status="200", digest=digest)
    )  # fmt: skip


def test_an_index_kept_is_the_index_rebuilt(folder, exchange):
    out = WarcWriter(folder, {}, max_bytes=5000)
    numbers = list(range(60))
    random.Random(7).shuffle(numbers)
    for number in numbers:
        out.write(exchange(url=f"http://h{number % 5}.example/{number}", body=b"x" * number))
        if number % 7 == 0:
            out.sync()
    out.close()
    kept = folder.index.read_bytes()
    assert len(kept.splitlines()) == 60
    assert kept.splitlines() == sorted(kept.splitlines())
    for lost in (b"", b"rubbish", kept):
        folder.index.write_bytes(lost)
        index.rebuild(folder)
        assert folder.index.read_bytes() == kept


def test_merging_twice_changes_nothing(folder):
    for lines in (["b", "a"], ["c", "a"], [], ["b"]):
        index.merge(folder.index, lines)
    assert folder.index.read_bytes() == b"a\nb\nc\n"
    assert [path.name for path in folder.root.iterdir() if path.is_file()] == ["index.cdxj"]
