"""WARCs of other tools: whatever their packing or damage, what is whole comes in, the rest is named by offset."""

import base64
import contextlib
import gzip
import hashlib
import io
import random
import re

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from archive.storage import verify
from archive.storage.imports import NotTaken, check_given, place, prepare
from archive.storage.members import iter_members, read_record
from archive.storage.store import Form, PortalArchive

PAGE = b"<html><body><h1>Tin</h1>" + b"<p>Noi dung</p>" * 60 + b"</body></html>"
# a body that looks like records and members to whoever does not count bytes
LURE = (
    b"\r\n\r\nWARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:lure>\r\n"
    b"WARC-Date: 2019-01-01T00:00:00Z\r\nWARC-Target-URI: http://www.kontum.example/lure\r\n"
    b"Content-Type: application/http\r\nContent-Length: 4\r\n\r\nabcd\r\n\r\n"
)
LURES = LURE + gzip.compress(LURE, 0, mtime=0) + LURE


def made(*, version="1.1", packed=False, bodies=(PAGE, LURES, PAGE + b"2"), digests=True, warcinfo=True):
    """A WARC as warcio writes it: warcinfo, then a response and a request for each body."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed, warc_version=version)
    records = [writer.create_warcinfo_record("given.warc.gz", {"software": "another"})] if warcinfo else []
    for number, body in enumerate(bodies):
        url = f"http://www.kontum.example/tin/{number}"
        head = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        date = {"WARC-Date": f"2019-05-0{number + 1}T00:00:00Z"}
        records.append(
            writer.create_warc_record(url, "response", io.BytesIO(body), http_headers=head, warc_headers_dict=date)
        )
        asked = StatusAndHeaders(f"GET /tin/{number} HTTP/1.1", [("Host", "www.kontum.example")], is_http_request=True)
        records.append(writer.create_warc_record(url, "request", http_headers=asked, warc_headers_dict=date))
    for record in records:
        writer.write_record(record)
    data = out.getvalue()
    return data if digests else re.sub(rb"WARC-(?:Block|Payload)-Digest: [^\r]*\r\n", b"", data)


def blocks_of(path):
    return [(m.record.type, m.record.record_id, read_record(path, m.offset).block.read()) for m in iter_members(path)]


_TEXT = 'name = "x"\n'
FORM = Form("kon-tum", "sha256:" + hashlib.sha256(_TEXT.encode()).hexdigest(), _TEXT)


@pytest.fixture
def archive(folder):
    opened = PortalArchive(folder, FORM, "import-1", {})
    yield opened
    opened.close()


@pytest.fixture
def give(tmp_path):
    def given(data, name="given.warc.gz"):
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return given


def taken(archive, path):
    check_given(path, archive.paths)
    ready = prepare(path, archive.paths, archive.run)
    return ready, place(archive, ready)


def rows(archive):
    return [
        (row.url, row.kind, row.status, row.media_type)
        for row in archive.ledger.of_warcs([p.name for p in archive.paths.closed_warcs()])
    ]


ROWS = [(f"http://www.kontum.example/tin/{number}", "response", 200, "text/html") for number in range(3)]
PACKINGS = {
    "members": lambda plain, members: members,
    "plain": lambda plain, members: plain,
    "gzipped whole": lambda plain, members: gzip.compress(plain),
    "two gzips across records": lambda plain, members: gzip.compress(plain[:3000]) + gzip.compress(plain[3000:]),
    "padded": lambda plain, members: members + b"\0" * 512,
}


@pytest.mark.parametrize("version", ["1.0", "1.1"])
@pytest.mark.parametrize("packing", PACKINGS)
def test_every_packing_gives_the_same_records(archive, give, packing, version):
    plain = made(version=version)
    members = b"".join(gzip.compress(each) for each in parted(plain))
    path = give(PACKINGS[packing](plain, members))
    ready, fresh = taken(archive, path)
    assert fresh
    assert ready.records == 7
    assert rows(archive) == ROWS
    [stored] = archive.paths.closed_warcs()
    assert stored.name == f"kon-tum-import-{hashlib.sha256(path.read_bytes()).hexdigest()[:32]}.warc.gz"
    reference = archive.paths.root / "reference.warc.gz"
    reference.write_bytes(members)
    assert blocks_of(stored) == blocks_of(reference)
    original = stored.with_name(stored.name + ".original")
    if packing == "members":
        assert stored.read_bytes() == path.read_bytes()
        assert not original.exists()
    else:
        assert original.read_bytes() == path.read_bytes()
    assert ready.unread == []
    assert list(verify.verify_portal(archive.paths)) == []
    assert [each.name for each in archive.paths.warc_dir.glob("*.part")] == []


def parted(plain):
    """The records of a plain WARC, by their lengths alone."""
    while plain:
        head, _, rest = plain.partition(b"\r\n\r\n")
        length = next(int(line[16:]) for line in head.split(b"\r\n") if line.startswith(b"Content-Length: "))
        yield head + b"\r\n\r\n" + rest[: length + 4]
        plain = rest[length + 4 :]


def test_records_without_digests_or_warcinfo(archive, give):
    data = made(digests=False, warcinfo=False)
    assert b"Digest" not in data
    ready, _ = taken(archive, give(data))
    assert (ready.records, ready.unread, rows(archive)) == (6, [], ROWS)
    assert list(verify.verify_portal(archive.paths)) == []


def test_taking_a_file_in_again_changes_nothing(archive, give):
    path = give(made(packed=True))
    taken(archive, path)
    before = {
        each: each.read_bytes()
        for each in archive.paths.root.rglob("*")
        if each.is_file() and "sqlite" not in each.name
    }
    _, fresh = taken(archive, give(path.read_bytes(), "of another name.gz"))
    assert not fresh
    assert {each: each.read_bytes() for each in before} == before
    assert sorted(before) == sorted(e for e in archive.paths.root.rglob("*") if e.is_file() and "sqlite" not in e.name)
    assert rows(archive) == ROWS


def test_records_that_are_there_already_come_in_once(archive, give):
    taken(archive, give(made(packed=True)))
    plain = b"".join(gzip.decompress(gzip.compress(each)) for each in parted(gzip.decompress(made(packed=True))))
    taken(archive, give(plain))
    assert len(list(archive.paths.closed_warcs())) == 2
    assert list(verify.verify_portal(archive.paths)) == []


@pytest.mark.parametrize("packing", ["members", "plain", "gzipped whole"])
def test_a_cut_file_gives_what_stood_before_the_cut(archive, give, packing):
    plain = made()
    whole = PACKINGS[packing](plain, b"".join(gzip.compress(each) for each in parted(plain)))
    ready, _ = taken(archive, give(whole[:-60]))
    assert rows(archive) == ROWS  # the cut is in the last request
    assert ready.records == 6
    assert len(ready.unread) == 1
    assert "cut" in ready.unread[0].what
    assert list(verify.verify_portal(archive.paths)) == []


@pytest.mark.parametrize("packing", ["members", "plain"])
def test_what_lies_behind_a_broken_record_is_read(archive, give, packing):
    plain = made()
    parts = [gzip.compress(each) if packing == "members" else each for each in parted(plain)]
    at = len(parts[0])  # the first response
    data = bytearray(b"".join(parts))
    data[at + len(parts[1]) // 2] ^= 64
    ready, _ = taken(archive, give(bytes(data)))
    assert [each.offset for each in ready.unread] == [at]
    assert rows(archive) == ROWS[1:]
    assert list(verify.verify_portal(archive.paths)) == []
    assert archive.paths.warc_dir.joinpath(ready.name + ".original").read_bytes() == data


@pytest.mark.parametrize("before", ["nothing", "rubbish", "a zip's head"])
@pytest.mark.parametrize("packing", ["members", "plain"])
def test_a_file_without_its_beginning_is_read_on(archive, give, packing, before):
    """As a rescued disk gives it; and a WACZ is a zip with its WARCs stored."""
    plain = made()
    parts = [gzip.compress(each) if packing == "members" else each for each in parted(plain)]
    cut = len(parts[0]) // 2
    front = {"nothing": b"", "rubbish": random.Random(1).randbytes(999), "a zip's head": b"PK\x03\x04" + b"\0" * 40}
    data = front[before] + b"".join(parts)[cut:]
    ready, _ = taken(archive, give(data))
    assert ready.records == 6
    assert [each.offset for each in ready.unread] == [0]
    assert rows(archive) == ROWS
    assert list(verify.verify_portal(archive.paths)) == []
    assert archive.paths.warc_dir.joinpath(ready.name + ".original").read_bytes() == data


@pytest.mark.parametrize("seed", range(40))
def test_no_damage_adds_a_record_or_crashes(archive, give, seed):
    dice = random.Random(seed)
    plain = made(warcinfo=True)
    packing = dice.choice(list(PACKINGS))
    data = bytearray(PACKINGS[packing](plain, b"".join(gzip.compress(each) for each in parted(plain))))
    for _ in range(dice.randint(1, 4)):
        match dice.randrange(3):
            case 0:
                data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
            case 1:
                del data[dice.randrange(len(data)) :]
            case 2:
                at = dice.randrange(len(data) + 1)
                data[at:at] = dice.randbytes(dice.randint(1, 40))
        if not data:
            return
    path = give(bytes(data))
    with contextlib.suppress(NotTaken):
        taken(archive, path)
    # where no gzip sum stands for each record, nothing tells a flipped bit in a record's head
    assert len(rows(archive)) <= len(ROWS)
    if packing in ("members", "padded"):
        assert set(rows(archive)) <= set(ROWS)
    assert [str(each) for each in verify.verify_portal(archive.paths)] == []
    assert list(archive.paths.warc_dir.glob("*.part")) == []


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"", "empty"),
        (b"<html>" * 50, "no WARC"),
        (gzip.compress(b"<html>" * 50), "no WARC"),
        (b"\x1f\x8b\x08 no gzip at all", "no WARC"),
        (b"PK\x03\x04" + b"\0" * 99, "no WARC"),
        (b"Of WARC, the head is:\nWARC/1.1\r\nas said above", "no WARC"),
    ],
)
def test_what_is_no_warc_is_refused(archive, give, data, line):
    with pytest.raises(NotTaken, match=line):
        check_given(give(data), archive.paths)


def test_a_folder_a_missing_file_and_the_archive_s_own_are_refused(archive, give, tmp_path):
    taken(archive, give(made(packed=True)))
    [own] = archive.paths.closed_warcs()
    for path, line in ((tmp_path, "a folder"), (tmp_path / "no.warc", "no such file"), (own, "lies in the folder")):
        with pytest.raises(NotTaken, match=line):
            check_given(path, archive.paths)


def test_a_warc_of_which_nothing_is_whole_is_damage(archive, give):
    with pytest.raises(NotTaken) as raised:
        taken(archive, give(made()[:90]))
    assert raised.value.damaged
    assert list(archive.paths.warc_dir.iterdir()) == []


def record(kind, url, fields, block, media="application/http;msgtype=response"):
    """One record in bytes, as a tool with its own mind writes it."""
    head = [
        f"WARC-Type: {kind}",
        f"WARC-Target-URI: {url}",
        *fields,
        f"Content-Type: {media}",
        f"Content-Length: {len(block)}",
    ]
    return ("WARC/1.0\r\n" + "\r\n".join(head) + "\r\n\r\n").encode() + block + b"\r\n\r\n"


ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE
SHA1 = "WARC-Payload-Digest: sha1:" + base64.b32encode(hashlib.sha1(PAGE).digest()).decode()
FIRST = record(
    "response", "<http://a.example/1>", ["WARC-Record-ID: <urn:a>", "WARC-Date: 2018-01-01T00:00:00Z", SHA1], ANSWER
)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
REVISITS = {
    # wget names the record and nothing else
    "by id": ["WARC-Refers-To: <urn:a>"],
    # warcprox and Browsertrix name address and date
    "by place": ["WARC-Refers-To-Target-URI: http://a.example/1", "WARC-Refers-To-Date: 2018-01-01T00:00:00Z"],
    # Heritrix 1 named nothing: the digest tells
    "by digest": [],
    "at nothing": ["WARC-Refers-To: <urn:elsewhere>"],
}


@pytest.mark.parametrize("how", REVISITS)
def test_revisits_find_their_originals(archive, give, how):
    fields = ["WARC-Record-ID: <urn:b>", "WARC-Date: 2019-01-01T00:00:00Z", SHA1, *REVISITS[how]]
    taken(archive, give(FIRST + record("revisit", "http://a.example/1", fields, HEAD)))
    archive.ledger.settle_imports()
    rows = {row.record_id: row for row in archive.ledger.of_warcs([p.name for p in archive.paths.closed_warcs()])}
    assert rows["urn:b"].refers_to == "urn:a"
    assert list(verify.verify_portal(archive.paths)) == []


def test_a_revisit_finds_an_original_that_comes_later(archive, give):
    fields = ["WARC-Record-ID: <urn:b>", "WARC-Date: 2019-01-01T00:00:00Z", SHA1, "WARC-Refers-To: <urn:a>"]
    ready, _ = taken(archive, give(record("revisit", "http://a.example/1", fields, HEAD)))
    assert archive.ledger.settle_imports() == set()
    taken(archive, give(FIRST))
    assert archive.ledger.settle_imports() == {ready.name}


def test_a_resource_is_a_page_without_a_head(archive, give):
    fields = ["WARC-Record-ID: <urn:r>", "WARC-Date: 2019"]
    data = record("resource", "http://a.example/r", fields, PAGE, "text/html") + record(
        "resource",
        "metadata://gnu.org/software/wget/warc/MANIFEST.txt",
        ["WARC-Record-ID: <urn:m>", "WARC-Date: 2019"],
        b"x",
    )
    taken(archive, give(data))
    assert rows(archive) == [("http://a.example/r", "resource", None, "text/html")]
