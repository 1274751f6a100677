"""warcio, FastWARC and cdxj-indexer read the same records, addresses and bodies out of our WARCs as we do."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastwarc.warc import ArchiveIterator as FastIterator
from fastwarc.warc import WarcRecordType
from warcio.archiveiterator import ArchiveIterator

from archive.storage.content import blocks, decode_body, payload, split_head
from archive.storage.members import iter_records

Seen = tuple[str, str, str, str | None]  # type, address, record, digest of the body


def ours(path: Path, decoded: bool) -> Iterator[Seen]:
    for record in iter_records(path):
        head, body = record.headers, None
        if head.type == "response":
            raw_head, rest = split_head(blocks(record.block))
            data = decode_body(raw_head, rest, 32 << 20).body if decoded else b"".join(payload(raw_head, rest))
            body = hashlib.sha256(data).hexdigest()
        yield head.type, head.get("WARC-Target-URI") or "", head.record_id, body


def by_warcio(path: Path) -> Iterator[Seen]:
    with path.open("rb") as file:
        for record in ArchiveIterator(file):
            stated = record.rec_headers
            body = None
            if record.rec_type == "response":
                body = hashlib.sha256(record.content_stream().read()).hexdigest()
            target = stated.get_header("WARC-Target-URI") or ""
            yield record.rec_type, target, stated.get_header("WARC-Record-ID").strip("<>"), body


def by_fastwarc(path: Path) -> Iterator[Seen]:
    with path.open("rb") as file:
        # the content coding stays: with "all", 2.0.1 ends without a word at the first page both chunked and gzip
        for record in FastIterator(file, auto_decode="transfer"):
            body = None
            if record.record_type == WarcRecordType.response:
                body = hashlib.sha256(record.reader.read()).hexdigest()
            stated = record.headers
            yield stated["WARC-Type"], stated.get("WARC-Target-URI") or "", (record.record_id or "").strip("<>"), body


@pytest.mark.parametrize(("reader", "decoded"), [(by_warcio, True), (by_fastwarc, False)])
def test_readers_agree(demo: Any, reader: Callable[[Path], Iterator[Seen]], decoded: bool) -> None:
    counted: Counter[str] = Counter()
    for path in demo.warcs:
        expected = list(ours(path, decoded))
        assert list(reader(path)) == expected
        counted.update(kind for kind, *_ in expected)
    assert counted["warcinfo"] == len(demo.warcs)
    assert counted["request"] == counted["metadata"] == counted["response"] + counted["revisit"] > 100
    assert counted["revisit"] > 10


def test_the_index_is_what_cdxj_indexer_makes(demo: Any, tool: Callable[[str], list[str]], environment: Any) -> None:
    command = [*tool("cdxj-indexer"), "-s", *map(str, demo.warcs)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=True)
    theirs = [line for line in lines(done.stdout) if line[2].get("status") != "304"]  # those we leave out, for pywb
    assert lines(demo.paths.index.read_text(encoding="utf-8")) == theirs


def lines(index: str) -> list[tuple[str, str, dict[str, str]]]:
    """Key, time and fields of each line; their order among captures of one second is by chance."""
    parts = [line.split(" ", 2) for line in index.splitlines()]
    return sorted(((key, stamp, json.loads(fields)) for key, stamp, fields in parts), key=str)
