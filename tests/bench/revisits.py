"""What revisits save: the disk that a recrawl of an unchanged portal takes, beside what whole records would take.

`python tests/bench/revisits.py` serves the demo portal on a free port, crawls it twice with `mode=full`, and compares
each exchange of the second crawl with the first capture of the same address. Bytes are those on disk, compressed, with
request and metadata records. The demo's pages are small, 1 to 6 KB as sent; the last lines are of a page as
live portals send them, 95 KB as gzip. One run takes about 10 s; the figures do not depend on the machine.
"""

from __future__ import annotations

import gzip
import io
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from archive.schema import Exchange
from archive.storage.members import iter_members
from archive.storage.paths import ArchivePaths, PortalPaths
from archive.storage.warc import Original, WarcWriter

ROOT = Path(__file__).parents[2]
KINDS = ("not modified", "identical payload", "whole")


@dataclass(slots=True)
class Taken:
    """One exchange on disk: its answer's kind, and the bytes of all its records."""

    url: str
    kind: str
    bytes: int


@contextmanager
def demo() -> Iterator[int]:
    """The port of a demo portal."""
    command = [sys.executable, "-u", "-m", "crawler.demo", "--port", "0"]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        address = re.search(r":(\d+)/", server.stdout.readline())
        assert address, "the demo portal did not start"
        yield int(address[1])
    finally:
        server.terminate()
        server.wait(10)


def crawl(root: Path) -> None:
    """One full run."""
    settings = ("-s", f"ARCHIVE_DIR={root / 'data'}", "-s", f"PORTALS_DIR={root / 'forms'}")
    command = [sys.executable, "-m", "scrapy", "crawl", "province_news", *settings, "-a", "portal=demo"]
    subprocess.run([*command, "-a", "mode=full"], cwd=ROOT, capture_output=True, timeout=120, check=True)


def taken(paths: PortalPaths, passed: set[str]) -> list[Taken]:
    """The exchanges in the WARCs that are new since the last look."""
    found: list[Taken] = []
    for path in paths.closed_warcs():
        if path.name in passed:
            continue
        passed.add(path.name)
        for member in iter_members(path):
            record = member.record
            assert record is not None
            if record.type in ("response", "revisit"):
                profile = record.get("WARC-Profile") or "whole"
                kind = next((each for each in KINDS if each.replace(" ", "-") in profile), "whole")
                found.append(Taken(record.get("WARC-Target-URI") or "", kind, member.length))
            elif record.type != "warcinfo" and found and record.get("WARC-Target-URI") == found[-1].url:
                found[-1].bytes += member.length
    return found


def large(root: Path) -> list[tuple[str, int, int]]:
    """A page of 95 KB, written whole and as each kind of revisit: kind, bytes of the revisit, bytes whole."""
    from capture import page  # beside this file

    head = (
        b"HTTP/1.1 200 OK\r\nServer: nginx\r\nContent-Type: text/html; charset=utf-8\r\nContent-Encoding: gzip\r\n\r\n"
    )
    url, asked = "https://www.portal.example/tin/1", b"GET /tin/1 HTTP/1.1\r\nHost: www.portal.example\r\n\r\n"

    def exchange(head: bytes, body: bytes) -> Exchange:
        answer = io.BytesIO(head + body)
        return Exchange(
            url, datetime.now(UTC), asked, answer, size=len(head + body), head_length=len(head), status=int(head[9:12])
        )

    paths = PortalPaths(root / "large")
    out = WarcWriter(paths, {})
    body = gzip.compress(page())
    first = out.write(exchange(head, body)).snapshot
    original = Original(first.record_id, url, first.date, first.payload_digest)
    out.write(exchange(head, body), find_original=lambda url, digest: original)
    out.write(exchange(head.replace(b"200 OK", b"304 Not Modified"), b""), not_modified=original)
    out.close()
    whole, *revisits = taken(paths, set())
    return [(each.kind, each.bytes, whole.bytes) for each in revisits]


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, demo() as port:
        root, passed = Path(folder), set[str]()
        (root / "forms").mkdir()
        form = (ROOT / "crawler/portals/demo.toml").read_text(encoding="utf-8").replace("8741", str(port))
        (root / "forms/demo.toml").write_text(form, encoding="utf-8")
        paths = ArchivePaths(root / "data").portal("demo")
        crawl(root)
        first = {each.url: each.bytes for each in taken(paths, passed)}
        crawl(root)
        second = [each for each in taken(paths, passed) if each.url in first]
    took, before = sum(each.bytes for each in second), sum(first.values())
    print(
        f"{before} bytes by the first crawl, {took} by the second: {1 - took / before:.1%} saved, files not asked again"
    )
    print(f"{'answers of the recrawl':24}{'number':>8}{'bytes':>10}{'whole':>10}{'saved':>8}")
    for kind in (*KINDS, "all"):
        those = [each for each in second if kind in (each.kind, "all")]
        held, whole = sum(each.bytes for each in those), sum(first[each.url] for each in those)
        if those:
            print(f"{kind:24}{len(those):8}{held:10}{whole:10}{1 - held / whole:8.1%}")
    with tempfile.TemporaryDirectory() as folder:
        for kind, held, whole in large(Path(folder)):
            print(f"{'95 KB, ' + kind:24}{1:8}{held:10}{whole:10}{1 - held / whole:8.1%}")


if __name__ == "__main__":
    main()
