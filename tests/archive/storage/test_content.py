"""What a browser would read of a response, however odd the server."""

import gzip
import io
import tracemalloc
import zlib

import brotli
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.storage import codings
from archive.storage.codings import OVER_CAP
from archive.storage.content import Decoded, Head, content_type, decode_body, parse_head, payload, split_head

CAP = 1 << 20
TEXT = "Hội nghị Ban Chấp hành Đảng bộ tỉnh. ".encode() * 40
GZIP = gzip.compress(TEXT, mtime=0)
CHUNKED = [("Transfer-Encoding", "chunked")]


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def in_chunks(data: bytes, *sizes: int) -> bytes:
    """The data framed in chunks of these sizes, the last as large as needed."""
    out = b""
    for size in (*sizes, len(data)):
        part, data = data[:size], data[size:]
        out += b"%x\r\n%s\r\n" % (len(part), part) if part else b""
    return out + b"0\r\n\r\n"


HEADS = [
    (
        b"HTTP/1.1 200 Tot Lam\r\nsErver: x\r\nSet-Cookie: a=1\r\nX-Y:\tz \r\nset-cookie: b=2\r\n\r\n",
        Head("HTTP/1.1", 200, "Tot Lam", (("sErver", "x"), ("Set-Cookie", "a=1"), ("X-Y", "z"), ("set-cookie", "b=2"))),
    ),
    # folded: RFC 9112 5.2 joins by a space
    (b"HTTP/1.0 404\r\nA: b\r\n  c\r\n\td\r\n\r\n", Head("HTTP/1.0", 404, "", (("A", "b c d"),))),
    # a line that is no header, an empty name, a blank before the colon
    (
        b"HTTP/1.1 200 OK\nno colon here\n: nameless\nA : b\n\n",
        Head("HTTP/1.1", 200, "OK", (("A", "b"),), ("no colon here", ": nameless")),
    ),
    # bytes that are no ASCII survive as latin-1
    (b"HTTP/1.1 500 L\xe1\xbb\x97i\r\n\r\n", Head("HTTP/1.1", 500, "L\xe1\xbb\x97i", ())),
    (b"http/1.1 200  OK \r\nA: b:c\r\n\r\n", Head("http/1.1", 200, "OK", (("A", "b:c"),))),
    # no status line: the headers are read all the same
    (b"Content-Type: text/html\r\n\r\n", Head("", None, "", (("Content-Type", "text/html"),))),
    (b"", Head("", None, "", ())),
    (b"HTTP/1.1 2000 OK\r\nA: b\r\n\r\n", Head("", None, "", (("A", "b"),), ("HTTP/1.1 2000 OK",))),
]


@pytest.mark.parametrize(("raw", "head"), HEADS)
def test_heads(raw, head):
    assert parse_head(raw) == head


def test_header_names_are_found_in_any_case():
    head = parse_head(HEADS[0][0])
    assert (head.get("SERVER"), head.all("Set-Cookie"), head.get("none")) == ("x", ["a=1", "b=2"], None)


SPLIT = [
    (b"HTTP/1.1 200 OK\r\nA: b\r\n\r\nbody", b"HTTP/1.1 200 OK\r\nA: b\r\n\r\n", b"body"),
    (b"HTTP/1.1 200 OK\nA: b\n\nbody\r\n\r\n", b"HTTP/1.1 200 OK\nA: b\n\n", b"body\r\n\r\n"),
    (b"HTTP/1.1 200 OK\r\nA: b\r\n\nbody", b"HTTP/1.1 200 OK\r\nA: b\r\n\n", b"body"),
    # early hints that another tool left in the block
    (b"HTTP/1.1 103 Early\r\nL: x\r\n\r\nHTTP/1.1 200 OK\r\n\r\nbody", b"HTTP/1.1 200 OK\r\n\r\n", b"body"),
    # 101 is final
    (
        b"HTTP/1.1 101 Switching\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
        b"HTTP/1.1 101 Switching\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n\r\n",
    ),
    # cut in the head: no body
    (b"HTTP/1.1 200 OK\r\nA: b\r\n", b"HTTP/1.1 200 OK\r\nA: b\r\n", b""),
    (b"", b"", b""),
]


@pytest.mark.parametrize(("message", "head", "body"), SPLIT)
@pytest.mark.parametrize("size", [1, 3, 1000])
def test_a_message_is_split_at_its_final_head(message, head, body, size):
    found, rest = split_head(message[start : start + size] for start in range(0, len(message), size))
    assert (found, b"".join(rest)) == (head, body)


BODIES = [
    # as it is
    ([], TEXT, TEXT, None),
    ([("Content-Encoding", "identity")], TEXT, TEXT, None),
    # chunks with extensions, upper-case and padded sizes, a trailer, bare line feeds
    (CHUNKED, b'4;a="b"\r\nabcd\r\n0A \r\n0123456789\r\n0\r\nExpires: x\r\n\r\n', b"abcd0123456789", None),
    (CHUNKED, b"4\nabcd\n0\n\n", b"abcd", None),
    (CHUNKED, b"0\r\n\r\n", b"", None),
    # nothing after the last chunk's size: browsers take it
    (CHUNKED, b"4\r\nabcd\r\n0", b"abcd", "chunked: cut"),
    (CHUNKED, b"4\r\nabcd\r\n0\r\n", b"abcd", None),
    (CHUNKED, b"4\r\nabcd\r\n", b"abcd", "chunked: cut"),
    (CHUNKED, b"4\r\nab", b"ab", "chunked: cut"),
    (CHUNKED, b"4\r\nabcdX\r\n0\r\n\r\n", b"abcd", "chunked: broken"),
    (CHUNKED, b"4\r\nabcd\r\nzz\r\nab", b"abcd", "chunked: broken"),
    (CHUNKED, b"4\r\nabcd\r\n" + b"1" * 20000, b"abcd", "chunked: broken"),
    # said to be chunked and stored without chunks, as StormCrawler does
    (CHUNKED, TEXT, TEXT, "chunked: not framed"),
    (CHUNKED, b"", b"", None),
    ([("transfer-encoding", "gzip, chunked")], in_chunks(GZIP, 7), TEXT, None),
    ([("Transfer-Encoding", "gzip"), ("Transfer-Encoding", "chunked")], in_chunks(GZIP, 7), TEXT, None),
    # gzip: one member, many, padded, with rubbish behind, cut, with a flipped check, not coded at all
    ([("Content-Encoding", "gzip")], GZIP, TEXT, None),
    ([("content-encoding", "X-GZIP")], GZIP, TEXT, None),
    ([("Content-Encoding", "gzip")], GZIP + GZIP, TEXT + TEXT, None),
    ([("Content-Encoding", "gzip")], GZIP + b"\0" * 9, TEXT, None),
    ([("Content-Encoding", "gzip")], GZIP + b"rubbish", TEXT, "gzip: bytes after the end"),
    ([("Content-Encoding", "gzip")], GZIP[:-8], TEXT, "gzip: cut"),
    ([("Content-Encoding", "gzip")], GZIP[:-8] + b"\0" * 8, TEXT, "gzip: incorrect data check"),
    ([("Content-Encoding", "gzip")], TEXT, TEXT, "gzip: not coded"),
    ([("Content-Encoding", "gzip")], b"", b"", None),
    ([("Content-Encoding", "gzip")], b"\x1f", b"\x1f", "gzip: not coded"),
    ([("Content-Encoding", "gzip, gzip")], gzip.compress(GZIP), TEXT, None),
    ([("Content-Encoding", "gzip"), *CHUNKED], in_chunks(GZIP, 1, 2, 3), TEXT, None),
    # deflate, in the format that the standard means and in the other
    ([("Content-Encoding", "deflate")], zlib.compress(TEXT), TEXT, None),
    ([("Content-Encoding", "deflate")], raw_deflate(TEXT), TEXT, None),
    ([("Content-Encoding", "deflate")], zlib.compress(TEXT)[:-4], TEXT, "deflate: cut"),
    ([("Content-Encoding", "deflate")], b"", b"", None),
    ([("Content-Encoding", "br")], brotli.compress(TEXT), TEXT, None),
    ([("Content-Encoding", "br")], b"not brotli at all", b"", "br: broken"),
    ([("Content-Encoding", "br")], b"", b"", None),
    ([("Content-Encoding", "gzip"), ("Content-Encoding", "br")], brotli.compress(GZIP), TEXT, None),
    ([("Content-Encoding", "utf-8")], TEXT, TEXT, "unknown coding 'utf-8'"),
    ([("Content-Encoding", "gzip,gzip,gzip,gzip,gzip")], TEXT, TEXT, "5 content codings"),
]


@pytest.mark.parametrize(("headers", "raw", "body", "problem"), BODIES)
def test_bodies(headers, raw, body, problem):
    assert decode_body(headers, raw, CAP) == Decoded(body, None, None, problem)
    assert decode_body(headers, io.BytesIO(raw), CAP) == Decoded(body, None, None, problem)
    pieces = iter([raw[place : place + 1] for place in range(len(raw))])
    assert decode_body(headers, pieces, CAP) == Decoded(body, None, None, problem)


@pytest.mark.parametrize("frames", [1, 3])
def test_zstd_where_python_has_it(frames):
    zstd = pytest.importorskip("backports.zstd", reason="no module for zstd")
    packed = zstd.compress(TEXT) * frames
    assert decode_body([("Content-Encoding", "zstd")], packed, CAP).body == TEXT * frames
    assert decode_body([("Content-Encoding", "zstd")], packed[:-3], CAP).problem == "zstd: cut"
    assert decode_body([("Content-Encoding", "zstd")], b"rubbish", CAP).problem == "zstd: broken"


@pytest.mark.parametrize("coding", ["zstd", "br"])
def test_a_coding_without_its_module_is_left_alone(monkeypatch, coding):
    monkeypatch.setattr(codings, "_module", lambda *names: None)
    headers = [("Content-Encoding", coding)]
    assert decode_body(headers, b"coded", CAP) == Decoded(b"coded", None, None, f"{coding}: no module for it")
    assert decode_body(headers, b"", CAP).problem is None


def test_a_broken_gzip_body_gives_what_stood_before():
    lines = b"".join(b"%d Kon Tum\n" % number for number in range(40_000))
    packed = bytearray(gzip.compress(lines))
    packed[len(packed) // 2] ^= 0xFF
    decoded = decode_body([("Content-Encoding", "gzip")], bytes(packed), CAP)
    assert decoded.problem
    assert decoded.problem.startswith("gzip: ")
    assert lines.startswith(decoded.body[:100_000])
    assert len(decoded.body) > 100_000


BOMB = b"\0" * (64 << 20)
BOMBS = {
    "gzip": gzip.compress(BOMB, 9),
    "deflate": zlib.compress(BOMB, 9),
    "br": brotli.compress(BOMB, quality=5),
    "gzip, gzip": gzip.compress(gzip.compress(BOMB, 9), 9),
}


@pytest.mark.parametrize("coding", BOMBS)
def test_nothing_is_inflated_past_the_cap(coding):
    raw = BOMBS[coding]
    tracemalloc.start()
    decoded = decode_body([("Content-Encoding", coding)], raw, CAP)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (len(decoded.body), decoded.problem, decoded.over_cap) == (CAP, OVER_CAP, True)
    assert peak < 5 * CAP


def test_the_cap_is_the_largest_body_that_is_whole():
    packed = gzip.compress(b"x" * 5000)
    assert decode_body([("Content-Encoding", "gzip")], packed, 5000).problem is None
    assert decode_body([("Content-Encoding", "gzip")], packed, 4999) == Decoded(b"x" * 4999, None, None, OVER_CAP)
    assert decode_body([], b"x" * 5000, 4999) == Decoded(b"x" * 4999, None, None, OVER_CAP)


TYPES = [
    (None, (None, None)),
    ("text/html", ("text/html", None)),
    ("Text/HTML; Charset=UTF-8", ("text/html", "utf-8")),
    ("text/html;charset='windows-1258'; x=y", ("text/html", "windows-1258")),
    ('text/html; a=b; charset="utf-8"', ("text/html", "utf-8")),
    ("utf-8", (None, None)),
    ("; charset=utf-8", (None, "utf-8")),
    ("text/html, text/plain", ("text/html", None)),
]


@pytest.mark.parametrize(("value", "expected"), TYPES)
def test_content_types(value, expected):
    assert content_type(value) == expected


def test_head_bytes_tell_type_and_codings():
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Encoding: gzip\r\n\r\n"
    assert decode_body(head, GZIP, CAP) == Decoded(TEXT, "text/html", "utf-8")
    assert decode_body(parse_head(head), GZIP, CAP) == Decoded(TEXT, "text/html", "utf-8")


def test_the_payload_keeps_its_content_coding():
    headers = [("Content-Encoding", "gzip"), *CHUNKED]
    assert b"".join(payload(headers, in_chunks(GZIP, 5))) == GZIP


@given(st.binary(max_size=3000), st.lists(st.integers(1, 700), max_size=8), st.integers(1, 400))
def test_chunks_of_any_size_in_pieces_of_any_size(data, sizes, step):
    framed = in_chunks(data, *sizes)
    problems: list[str] = []
    pieces = (framed[start : start + step] for start in range(0, len(framed), step))
    assert (b"".join(payload(CHUNKED, pieces, problems)), problems) == (data, [])


@given(st.binary(min_size=1, max_size=2000), st.lists(st.integers(1, 300), max_size=5), st.integers(0, 2000))
def test_a_cut_chunked_body_gives_its_beginning(data, sizes, cut):
    framed = in_chunks(data, *sizes)
    body = decode_body(CHUNKED, framed[:cut], CAP).body
    assert data.startswith(body) or framed.startswith(body)


@given(st.lists(st.binary(max_size=2000), min_size=1, max_size=4), st.integers(1, 300))
def test_gzip_members_in_pieces_of_any_size(members, step):
    packed = b"".join(gzip.compress(each) for each in members)
    pieces = (packed[start : start + step] for start in range(0, len(packed), step))
    assert decode_body([("Content-Encoding", "gzip")], pieces, CAP) == Decoded(b"".join(members), None, None)


@settings(max_examples=300)
@given(
    st.binary(max_size=400) | st.sampled_from([GZIP, zlib.compress(TEXT), brotli.compress(TEXT), in_chunks(TEXT, 9)]),
    st.lists(st.sampled_from(["gzip", "deflate", "br", "zstd", "x"]), max_size=3),
    st.booleans(),
    st.lists(st.tuples(st.integers(0, 5000), st.integers(1, 255)), max_size=3),
)
def test_no_bytes_raise(raw, names, chunked, flips):
    damaged = bytearray(raw)
    for place, change in flips:
        if damaged:
            damaged[place % len(damaged)] ^= change
    headers = [("Content-Encoding", ",".join(names)), *(CHUNKED if chunked else [])]
    assert len(decode_body(headers, bytes(damaged), 3000).body) <= 3000


@given(st.binary(max_size=300))
def test_any_bytes_are_a_head(raw):
    head = parse_head(raw)
    assert all(name.strip() for name, _ in head.headers)
