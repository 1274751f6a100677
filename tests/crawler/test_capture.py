"""The capture's exchanges are the bytes on the socket, in both directions, for every odd way to answer."""

from __future__ import annotations

import base64
import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
sys.path.append(str(HERE))  # the two helpers beside this file, which a process of its own needs too

from wire_server import BY_NAME, KINDS, Kind, Served, WireServer  # noqa: E402

from archive.storage.members import iter_records  # noqa: E402

Asked = tuple[str, str, str, dict[str, Any]]  # method, URL, body, meta


@dataclass(slots=True)
class Crawl:
    """What a crawl said, by the number of the request."""

    exchanges: dict[int, list[dict[str, Any]]]
    outcomes: dict[int, dict[str, Any]]


def start(asked: list[Asked], env: dict[str, str] | None = None, **settings: Any) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, str(HERE / "wire_crawl.py")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(HERE.parent.parent), **(env or {})},
    )
    assert process.stdin
    process.stdin.write(json.dumps({"settings": settings, "asked": asked}))
    process.stdin.close()
    process.stdin = None
    return process


def finish(process: subprocess.Popen[str], asked: list[Asked]) -> Crawl:
    out, err = process.communicate(timeout=60)
    crawl = Crawl({number: [] for number in range(len(asked))}, {})
    for line in out.splitlines():
        said = json.loads(line)
        if said.pop("what") == "exchange":
            crawl.exchanges[said.pop("key")].append(said)
        else:
            assert crawl.outcomes.setdefault(said["key"], said) is said, f"two outcomes: {said}"
    assert set(crawl.outcomes) == set(range(len(asked))), err[-3000:]
    return crawl


def run(asked: list[Asked], env: dict[str, str] | None = None, **settings: Any) -> Crawl:
    return finish(start(asked, env, **settings), asked)


# --- every kind of answer, alone and among others -------------------------------------------------------------------


@dataclass(slots=True)
class Flight:
    """A crawl over all kinds, and the server's side of it."""

    crawl: Crawl
    kinds: list[Kind]
    urls: list[str]
    served: dict[str, list[Served]]
    connections: int


def fly(width: int, times: int) -> Flight:
    kinds = KINDS * times
    if width > 1:
        random.Random(7).shuffle(kinds)
    with WireServer() as server:
        urls = [server.url(kind.name, f"{number:07d}") for number, kind in enumerate(kinds)]
        asked = [(kind.method, url, kind.body.decode(), kind.meta) for kind, url in zip(kinds, urls, strict=True)]
        crawl = run(
            asked,
            LOOPBACK_HOSTS=[f"127.0.0.1:{server.port}"],
            CONCURRENT_REQUESTS=width,
            CONCURRENT_REQUESTS_PER_DOMAIN=width,
        )
        return Flight(crawl, kinds, urls, server.served, server.connections)


@pytest.fixture(scope="module")
def flights() -> dict[str, Flight]:
    return {"alone": fly(1, 1), "eight in flight": fly(8, 3)}


@pytest.mark.parametrize("flight", ["alone", "eight in flight"])
@pytest.mark.parametrize("name", list(BY_NAME))
def test_block_is_what_was_on_the_socket(flights: dict[str, Flight], flight: str, name: str) -> None:
    flown = flights[flight]
    numbers = [number for number, kind in enumerate(flown.kinds) if kind.name == name]
    assert numbers
    for number in numbers:
        check(BY_NAME[name], flown, number)


def check(kind: Kind, flown: Flight, number: int) -> None:
    url = flown.urls[number]
    served = flown.served["/" + url.split("/", 3)[3]]
    exchanges, outcome = flown.crawl.exchanges[number], flown.crawl.outcomes[number]
    assert outcome["outcome"] == kind.outcome, outcome
    assert outcome["snapshot"] == exchanges[-1]["number"]
    assert outcome.get("own", outcome["snapshot"]) == outcome["snapshot"]
    for lost in exchanges[: -len(served)]:  # on a kept connection that the server was just closing
        assert (lost["size"], lost["status"], bool(lost["error"])) == (0, None, True)
    for exchange, seen in zip(exchanges[-len(served) :], served, strict=True):
        assert base64.b64decode(exchange["request"]) == seen.request
        block = base64.b64decode(exchange["block"])
        expected = seen.sent[kind.interim : len(seen.sent) - kind.surplus]
        assert block == (expected[: len(block)] if kind.prefix else expected)
        assert block or not kind.prefix
        facts = {key: exchange[key] for key in EXPECTED}
        assert facts == EXPECTED | {
            "url": url,
            "status": kind.status,
            "truncated": kind.truncated if block else None,
            "interim": kind.interim,
            "surplus": kind.surplus,
            "size": len(block),
            "protocols": ["http/1.0" if block.startswith(b"HTTP/1.0") else "http/1.1"],
        }
        assert (exchange["error"] is None) == isinstance(kind.outcome, int)
        assert exchange["error"] is None or exchange["error"].startswith(str(kind.outcome))
        head, blank, _ = block.replace(b"\r\n", b"\n").partition(b"\n\n")
        if blank and kind.status:
            assert block[: exchange["head_length"]].replace(b"\r\n", b"\n") == head + blank


EXPECTED: dict[str, Any] = {
    "url": "",
    "status": None,
    "ip": "127.0.0.1",
    "protocols": [],
    "cipher": None,
    "certificate": None,
    "truncated": None,
    "interim": 0,
    "surplus": 0,
    "size": 0,
    "notes": {},
}


def test_every_request_is_recorded_before_it_is_answered(flights: dict[str, Flight]) -> None:
    for flown in flights.values():
        numbers = [each["number"] for exchanges in flown.crawl.exchanges.values() for each in exchanges]
        assert sorted(numbers) == list(range(1, len(numbers) + 1))


def test_connections_are_kept(flights: dict[str, Flight]) -> None:
    """As long as each answer ends where it says, one connection serves them all."""
    alone = flights["alone"]
    kept = [kind.then == "keep" and not kind.surplus for kind in KINDS]
    first = kept.index(False)
    assert {alone.served["/" + url.split("/", 3)[3]][0].connection for url in alone.urls[: first + 1]} == {1}
    assert alone.connections < len(KINDS)


# --- refusals, a recorder that fails, nobody there -------------------------------------------------------------------


@pytest.fixture(scope="module")
def other() -> Iterator[tuple[Crawl, WireServer, WireServer]]:
    with WireServer() as server, WireServer() as stranger, socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        shut = nobody.getsockname()[1]
        asked: list[Asked] = [
            ("GET", server.url("plain", "0000001"), "", {"refuse_record": True}),
            ("GET", server.url("chunked_cut", "0000002"), "", {"refuse_record": True}),
            ("GET", stranger.url("plain", "0000003"), "", {}),
            ("GET", stranger.url("plain", "0000004", "localhost"), "", {}),
            ("GET", stranger.url("plain", "0000005", "2130706433"), "", {}),
            ("GET", stranger.url("plain", "0000006", "[::ffff:127.0.0.1]"), "", {}),
            ("GET", server.url("plain", "0000007"), "", {"proxy": f"http://127.0.0.1:{stranger.port}"}),
            ("GET", f"http://127.0.0.1:{shut}/", "", {}),
            ("GET", server.url("plain", "0000009"), "", {}),
        ]
        hosts = [f"127.0.0.1:{port}" for port in (server.port, shut)]
        yield run(asked, LOOPBACK_HOSTS=hosts), server, stranger


def test_no_response_without_its_record(other: tuple[Crawl, WireServer, WireServer]) -> None:
    crawl, server, _ = other
    assert [crawl.outcomes[number]["outcome"] for number in (0, 1)] == ["OSError", "OSError"]
    assert crawl.outcomes[0]["snapshot"] is None
    assert set(server.served) >= {"/plain/0000001", "/chunked_cut/0000002"}


@pytest.mark.parametrize("number", range(2, 7))
def test_private_addresses_are_not_connected_to(other: tuple[Crawl, WireServer, WireServer], number: int) -> None:
    crawl, _, stranger = other
    assert crawl.outcomes[number]["outcome"] == "AddressRefused", crawl.outcomes[number]
    (exchange,) = crawl.exchanges[number]
    assert (exchange["request"], exchange["size"], exchange["ip"], exchange["protocols"]) == ("", 0, None, [])
    assert exchange["error"].startswith("AddressRefused: ")
    assert stranger.connections == 0


def test_nobody_there(other: tuple[Crawl, WireServer, WireServer]) -> None:
    crawl = other[0]
    (exchange,) = crawl.exchanges[7]
    assert crawl.outcomes[7]["outcome"] == "DownloadConnectionRefusedError"
    assert (exchange["request"], exchange["size"], exchange["ip"], exchange["truncated"]) == ("", 0, None, None)


# --- the end of a crawl ----------------------------------------------------------------------------------------------


def test_sigterm_ends_transfers_after_the_grace() -> None:
    with WireServer() as server:
        asked: list[Asked] = [
            ("GET", server.url(name, f"{number:07d}"), "", {})
            for number, name in enumerate(["silence", "silence_in_head", "silence_in_body"])
        ]
        process = start(asked, LOOPBACK_HOSTS=[f"127.0.0.1:{server.port}"], CAPTURE_STOP_GRACE=0.3)
        until = time.monotonic() + 20
        while len(server.served) < len(asked) and time.monotonic() < until:
            time.sleep(0.05)
        time.sleep(0.2)
        process.send_signal(signal.SIGTERM)
        crawl = finish(process, asked)
    assert {outcome["outcome"] for outcome in crawl.outcomes.values()} == {"TransferStopped"}
    assert [(each["status"], each["truncated"]) for (each,) in crawl.exchanges.values()] == [
        (None, None),
        (200, "unspecified"),
        (200, "unspecified"),
    ]


def test_a_spider_that_stops_by_itself_says_so() -> None:
    with WireServer() as server:
        asked: list[Asked] = [
            ("GET", server.url("silence", "0000001"), "", {}),
            ("GET", server.url("plain", "0000002"), "", {"then_stop": True}),
        ]
        crawl = run(asked, LOOPBACK_HOSTS=[f"127.0.0.1:{server.port}"], CAPTURE_STOP_GRACE=0.1)
    assert [crawl.outcomes[number]["outcome"] for number in (0, 1)] == ["TransferStopped", 200]


# --- in a project that knows nothing of ours --------------------------------------------------------------------------

SPIDER = """
import json
import scrapy

class Small(scrapy.Spider):
    name = "small"
    custom_settings = {"HTTPERROR_ALLOW_ALL": True, "REDIRECT_ENABLED": False, "RETRY_ENABLED": False}

    async def start(self):
        for url, meta in json.load(open("asked.json")):
            yield scrapy.Request(url, meta=meta, errback=lambda failure: None)

    def parse(self, response):
        yield {"url": response.url, "offset": response.meta["snapshot"].offset}
"""
ADDED = {"ADDONS": '{"crawler.capture.CaptureAddon": 500}', "CAPTURE_DIR": "kept", "LOG_LEVEL": "CRITICAL"}


def test_stands_alone_as_an_add_on(tmp_path: Path) -> None:
    """The add-on, a folder, the place in the response's meta; and the record blocks are the bytes on the socket."""
    kinds = [kind for kind in KINDS if kind.method == "GET"]
    with WireServer() as server:
        urls = [server.url(kind.name, f"{number:07d}") for number, kind in enumerate(kinds)]
        asked = [(url, {"download_deadline": 5.0, **kind.meta}) for url, kind in zip(urls, kinds, strict=True)]
        (tmp_path / "asked.json").write_text(json.dumps(asked))
        (tmp_path / "small.py").write_text(SPIDER)
        options = [part for name, value in ADDED.items() for part in ("-s", f"{name}={value}")]
        subprocess.run(
            [sys.executable, "-m", "scrapy", "runspider", "small.py", "-o", "items.jsonl", *options],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(HERE.parent.parent)},
            check=True,
            timeout=60,
        )
        served = {url: server.served["/" + url.split("/", 3)[3]][-1] for url in urls}
    (file,) = (tmp_path / "kept" / "warc").iterdir()
    assert file.name.startswith("kept-")
    blocks: dict[str, dict[str | None, tuple[str | None, bytes]]] = {}
    for record in iter_records(file):
        held = blocks.setdefault(record.headers.type, {})
        held[record.headers.get("WARC-Target-URI")] = (record.headers.get("WARC-Truncated"), record.block.read())
    assert set(blocks) == {"warcinfo", "response", "request", "metadata"}
    for url, kind in zip(urls, kinds, strict=True):
        seen = served[url]
        assert blocks["request"][url] == (None, seen.request), kind.name
        whole = seen.sent[kind.interim : len(seen.sent) - kind.surplus]
        truncated, block = blocks["response"].get(url, (None, b""))
        assert block == (whole[: len(block)] if kind.prefix else whole), kind.name
        assert truncated == (kind.truncated if block else None), kind.name
    items = [json.loads(line) for line in (tmp_path / "items.jsonl").read_text().splitlines()]
    offsets = {record.headers.get("WARC-Target-URI"): record.member.offset for record in iter_records(file)
               if record.headers.type == "response"}  # fmt: skip
    assert {item["url"]: item["offset"] for item in items}.items() <= offsets.items()
    answered = {url for url, kind in zip(urls, kinds, strict=True) if kind.outcome in (200, 404)}
    assert {item["url"] for item in items} >= answered - {url for url in answered if "bad_gzip" in url}
