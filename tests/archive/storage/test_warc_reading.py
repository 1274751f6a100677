"""What was written comes back byte for byte: to us and to others, from files packed otherwise, from cut ones."""

import gzip
import io
import random
import subprocess
import sys
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator as FastIterator
from warcio.archiveiterator import ArchiveIterator

from archive.schema import SnapshotRef
from archive.storage import warc
from archive.storage.members import iter_members
from archive.storage.record import GZIP_HEAD
from archive.storage.warc import DamagedRecord, NoAnswer, Original


def fill(exchange, writer):
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
    out = writer()
    made = []
    for number, body in enumerate(bodies):
        each = exchange(url=f"http://h.example/{number}", body=body)
        made.append((each, out.write(each)))
    out.close()
    return made


def test_every_byte_comes_back(folder, exchange, writer, only_file, types):
    for each, written in fill(exchange, writer):
        kept = warc.read_exchange(folder, written.snapshot)
        each.response.seek(0)
        assert kept.raw_head + kept.payload.read() == each.response.read()
        assert kept.request == each.request
        assert kept.decode().media_type == "text/html"
    path = only_file()
    assert types(path)[1:4] == [("response", None), ("request", None), ("metadata", None)]
    assert len(types(path)) == 1 + 3 * 8


def test_other_readers_count_and_read_the_same(exchange, writer, only_file):
    made = fill(exchange, writer)
    path = only_file()
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


def test_outside_checkers_accept_the_file(exchange, writer, only_file):
    out = writer()
    out.write(exchange())
    out.write(exchange(url="http://b.example/", body=b"y" * 100_000))
    out.close()
    path = str(only_file())
    tools = Path(sys.executable).parent
    for command in (
        ["gzip", "-t"],
        [tools / "fastwarc", "check", "-q"],
        [tools / "fastwarc", "check", "-p", "-q"],
        [tools / "warcio", "check"],
    ):
        done = subprocess.run([*command, path], capture_output=True, timeout=60, check=False)
        assert done.returncode == 0, done


def test_a_reference_opens_the_record_it_names_or_nothing(folder, exchange, writer, only_file):
    out = writer()
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
    only_file().unlink()
    with pytest.raises(FileNotFoundError):
        warc.read_exchange(folder, first)


def test_a_revisit_is_read_through_its_original(folder, exchange, writer):
    out = writer()
    first = out.write(exchange()).snapshot
    original = Original(first.record_id, "http://www.kontum.example/tin/1", first.date, first.payload_digest)
    again = out.write(exchange(), find_original=lambda url, digest: original).snapshot
    out.close()
    assert again.payload_digest == first.payload_digest
    assert warc.read_exchange(folder, again, original=first).decode().body == b"<h1>Tin</h1>" * 200
    with pytest.raises(NoAnswer):
        warc.read_exchange(folder, again)


def plain_records(path):
    return [(head.type, head.record_id, block.read()) for head, block in warc.iter_foreign(path)]


def test_files_packed_otherwise(exchange, tmp_path, writer, only_file):
    out = writer()
    out.write(exchange())
    out.write(exchange(body=random.Random(8).randbytes(2 << 20)))
    out.close()
    expected = [
        (each.headers.type, each.headers.record_id, each.block.read()) for each in warc.iter_records(only_file())
    ]
    plain = gzip.decompress(only_file().read_bytes())
    for data in (plain, gzip.compress(plain), only_file().read_bytes()):
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
def test_a_cut_file_gives_what_stood_before_the_cut(exchange, tmp_path, packed, writer, only_file):
    out = writer()
    out.write(exchange())
    out.close()
    plain = gzip.decompress(only_file().read_bytes())
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
