"""A WARC walked member by member: nothing inside a body counts, nothing behind damage is lost."""

import gzip
import hashlib
import io
import random
import zlib
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.storage.members import DamagedRecord, iter_members, iter_records, read_record
from archive.storage.packing import write_member
from archive.storage.record import GZIP_HEAD, parse_record_head, same_digest
from archive.storage.warc import WarcWriter

BEGUN = datetime(2026, 11, 23, 8, tzinfo=UTC)


def member(kind: str, block: bytes, *fields: str, level: int = 9) -> bytes:
    """A record as another tool writes it."""
    head = "\r\n".join(["WARC/1.0", f"WARC-Type: {kind}", *fields, f"Content-Length: {len(block)}", "", ""])
    return gzip.compress(head.encode() + block + b"\r\n\r\n", level, mtime=5)


@pytest.fixture
def file(folder, exchange):
    """A closed file of nine exchanges, one of whose bodies holds gzip members with records of another file."""
    chance = random.Random(3)
    inside = chance.randbytes(5000) + member("response", b"x") * 3 + chance.randbytes(5000)
    out = WarcWriter(folder, {"software": "tests"}, host="vm", now=lambda: BEGUN)
    for number in range(9):
        out.write(
            exchange(url=f"http://h.example/{number}", body=inside if number == 7 else b"<p>%d</p>" % number * 300)
        )
    out.close()
    (path,) = folder.closed_warcs()
    return path


def sound(path):
    return [each.record.record_id for each in iter_members(path) if not each.problem]


def test_each_byte_is_in_exactly_one_member(file):
    members = list(iter_members(file))
    assert [each.offset for each in members] == [0, *(each.end for each in members[:-1])]
    assert members[-1].end == file.stat().st_size
    assert [each.record.type for each in members] == ["warcinfo", *(["response", "request", "metadata"] * 9)]
    assert all(each.own and not each.problem for each in members)


def test_records_come_with_their_blocks(file):
    blocks = [(each.headers.type, each.block.read()[:15]) for each in iter_records(file)]
    assert blocks[1:3] == [("response", b"HTTP/1.1 200 OK"), ("request", b"GET /tin/1 HTTP")]
    assert len(blocks) == 28


DAMAGES = {
    "a flipped bit": lambda data, at: data[: at + 90] + bytes([data[at + 90] ^ 4]) + data[at + 91 :],
    "zeroes": lambda data, at: data[:at] + bytes(200) + data[at + 200 :],
    "zeroes inside": lambda data, at: data[: at + 50] + bytes(60) + data[at + 110 :],
    "a dropped stretch": lambda data, at: data[: at + 50] + data[at + 90 :],
    "stray bytes": lambda data, at: data[:at] + b"stray \x1f\x8b\x08 bytes" + data[at:],
    "its gzip head": lambda data, at: data[:at] + b"\0" + data[at + 1 :],
    "a member of another file": lambda data, at: data[:at] + member("response", b"x") + data[at:],
}


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("place", [0, 1, 9, 21, 22, 25])
def test_damage_costs_at_most_one_record(file, damage, place):
    whole = sound(file)
    members = list(iter_members(file))
    data = DAMAGES[damage](file.read_bytes(), members[place].offset)
    file.write_bytes(data)
    left = list(iter_members(file, known={members[place + 1].record.record_id}))
    ids = [each.record.record_id for each in left if not each.problem]
    assert set(ids) <= {*whole, ""}  # none from within the body of number 7, which holds whole members
    assert len([each for each in ids if each]) >= len(whole) - 1
    assert sum(each.length for each in left) == len(data)
    assert "a member" in damage or any(each.problem for each in left)


def test_a_body_cannot_pass_for_records_of_the_file(tmp_path):
    """Bodies stored as they are hold whole records in whole members; the one around them is damaged."""
    names = ("WARC-Record-ID: <urn:uuid:{}>", "WARC-Warcinfo-ID: <urn:uuid:{}>")
    info = member("warcinfo", b"", names[0].format("info"))
    forged = member("response", b"x", names[0].format("forged"), names[1].format("other")) + member("response", b"x")
    around = member("response", forged * 3, names[0].format(1), names[1].format("info"), level=0)
    after = member("response", b"y", names[0].format(2), names[1].format("info"))
    assert forged in around
    for broken_info in (False, True):
        path = tmp_path / "a.warc.gz"
        data = bytearray(info + around + after)
        data[len(info) + 40] ^= 1
        data[30] ^= broken_info
        path.write_bytes(data)
        # without a warcinfo, only the ledger's ids vouch
        found = list(iter_members(path, known={"urn:uuid:1", "urn:uuid:2"}))
        places = [0, len(info), len(info + around)]
        assert [each.offset for each in found] == ([0, places[2]] if broken_info else places)
        assert [bool(each.problem) for each in found] == ([True, False] if broken_info else [False, True, False])


def test_every_flipped_bit_is_found(file):
    data = file.read_bytes()
    chance = random.Random(6)
    for _ in range(150):
        flipped = bytearray(data)
        flipped[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        file.write_bytes(flipped)
        left = list(iter_members(file))
        assert [each for each in left if each.problem or not each.own]
        assert len([each for each in left if not each.problem]) >= 27


@pytest.mark.parametrize("seed", range(12))
def test_a_cut_file_gives_all_whole_records_before_the_cut(file, seed):
    members = list(iter_members(file))
    data = file.read_bytes()
    cut = random.Random(seed).randrange(1, len(data))
    file.write_bytes(data[:cut])
    left = list(iter_members(file))
    whole = [each for each in members if each.end <= cut]
    assert [each for each in left if not each.problem] == whole
    assert [each.problem for each in left if each.problem] in (
        ["cut: the file ends inside a record"],
        ["stray bytes"],
        [],
    )
    assert len(left) == len(whole) + (cut > (whole[-1].end if whole else 0))


def test_files_of_other_tools(folder):
    """wget's angle brackets, sha1 in base32, and a payload digest over the chunks as warcio computes it."""
    body = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
    http = "Content-Type: application/http; msgtype=response"
    path = folder.warc_dir / "other.warc.gz"
    path.write_bytes(
        member("warcinfo", b"software: Wget\r\n")
        + member("response", body, "WARC-Target-URI: <http://a.example/>", http,
                 "WARC-Payload-Digest: sha1:TVUOM6UDQ4TNEXCCOU5QQOZFE37YSQOG", "WARC-Record-ID: <urn:uuid:1>")
        + member("response", body, http, "WARC-Payload-Digest: sha1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5")
        + member("resource", b"log", "WARC-Block-Digest: sha1:THISISWRONGTHISISWRONGTHISISWRON")
        + gzip.compress(b"no record")
    )  # fmt: skip
    members = list(iter_members(path))
    assert members[1].record.url == "http://a.example/"
    assert members[1].record.record_id == "urn:uuid:1"
    assert members[1].payload_length == 3
    assert [each.problem for each in members] == [
        None, "payload digest does not match", None, "block digest does not match", "no WARC record",
    ]  # fmt: skip
    with pytest.raises(DamagedRecord, match="no WARC record"):
        read_record(path, members[4].offset)


RECORDS = [
    (b"WARC/1.1\r\nA: b\r\nContent-Length: 2\r\n\r\nxx\r\n\r\n", None),
    (b"WARC/1.1\r\nContent-Length: 2\r\n\r\nx\r\n\r\n", "bytes after the block are not those of a record's end"),
    (b"WARC/1.1\r\nContent-Length: 20\r\n\r\nx\r\n\r\n", "block has 5 bytes, not 20"),
    (b"WARC/1.1\r\nContent-Length: 1\r\n\r\nx\r\n\r\nmore", "bytes after the block are not those of a record's end"),
    (b"WARC/1.1\r\nContent-Length: -1\r\n\r\nx\r\n\r\n", "no WARC record"),
    (b"WARC/1.1\r\nContent-Length: 1\r\n", "no WARC record"),
    (b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx\r\n\r\n", "no WARC record"),
    (b"", "no WARC record"),
]


@pytest.mark.parametrize(("plain", "problem"), RECORDS)
def test_lengths(tmp_path, plain, problem):
    path = tmp_path / "a.warc.gz"
    path.write_bytes(gzip.compress(plain) + member("resource", b"log"))
    assert [each.problem for each in iter_members(path)] == [problem, None]


@settings(deadline=None)
@given(st.binary(max_size=2000))
def test_any_bytes_are_no_warc(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("any") / "a.warc.gz"
    path.write_bytes(data)
    assert sum(each.length for each in iter_members(path)) == len(data)
    assert all(each.problem for each in iter_members(path))


def test_the_extra_field_holds_the_crc_of_the_packed_bytes():
    out = io.BytesIO()
    length = write_member(out, b"WARC/1.1\r\n\r\n", [b"x" * 100, b"y"])
    data = out.getvalue()
    assert (length, data[:16], gzip.decompress(data)) == (
        len(data),
        GZIP_HEAD,
        b"WARC/1.1\r\n\r\n" + b"x" * 100 + b"y\r\n\r\n",
    )
    assert int.from_bytes(data[16:20], "little") == zlib.crc32(data[20:-8])


def test_heads_of_records():
    head = parse_record_head(b"WARC/1.0\nwarc-type: Response\nX: a\n b\nWARC-Target-URI: <http://a/>\nno colon")
    assert head is not None
    assert (head.type, head.get("x"), head.url, head.length) == ("response", "a b", "http://a/", None)
    assert parse_record_head(b"HTTP/1.1 200 OK") is None


@pytest.mark.parametrize("text", ["sha1:x", "sha1:", "", "sha1:!!!!", "md5:00"])
def test_a_digest_that_is_none_matches_nothing(text):
    assert not same_digest(text, hashlib.sha1(b""))
