"""What a wire makes of the bytes that passed: heads told apart, and failures put into one line."""

from __future__ import annotations

import tracemalloc
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from OpenSSL import SSL
from scrapy import Request
from scrapy.exceptions import DownloadCancelledError, DownloadFailedError, ResponseDataLossError
from twisted.internet.error import ConnectionLost
from twisted.python.failure import Failure
from twisted.web.client import ResponseFailed

from crawler.wire import Heads, Wire, describe, read_heads

OK = b"HTTP/1.1 200 OK\r\nA: b\r\n\r\n"
EARLY = b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"

HEADS = [
    (OK + b"body\r\n\r\nmore", Heads(0, len(OK), 200, "1.1")),
    (b"HTTP/1.0 404\n\nbody", Heads(0, 14, 404, "1.0")),
    (EARLY + OK, Heads(len(EARLY), len(OK), 200, "1.1")),
    (EARLY + EARLY, Heads(2 * len(EARLY), 0, None, None)),
    # cut in the middle of a head: what came of it is the head
    (OK[:20], Heads(0, 20, 200, "1.1")),
    (EARLY[:30], Heads(30, 0, None, None)),
    (b"<html>", Heads(0, 0, None, None)),
    (b"HTTP/1.1 2000 OK\r\n\r\n", Heads(0, 0, None, None)),
    (b"", Heads(0, 0, None, None)),
]


@pytest.mark.parametrize(("block", "heads"), HEADS)
def test_heads(block: bytes, heads: Heads) -> None:
    assert read_heads(block) == heads


@given(st.binary(max_size=80) | st.text("HTP/1. 02\r\n:a", max_size=80).map(str.encode))
def test_heads_of_anything(block: bytes) -> None:
    heads = read_heads(block)
    assert 0 <= heads.interim <= heads.interim + heads.length <= len(block)


def caused(error: BaseException, *reasons: BaseException) -> BaseException:
    error.__cause__ = ResponseFailed([Failure(reason) for reason in reasons])  # type: ignore[no-untyped-call]
    return error


ERRORS = [
    (DownloadCancelledError("too much"), "DownloadCancelledError: too much"),
    (ResponseDataLossError(), "ResponseDataLossError"),
    (ValueError("a\r\nb\x1b[2J\u202e"), "ValueError: a  b [2J "),
    (
        caused(DownloadFailedError("[<twisted…>]"), ConnectionLost(), ValueError("bad")),
        "DownloadFailedError: ConnectionLost: Connection to the other side was lost in a non-clean fashion.; "
        "ValueError: bad",
    ),
    (
        caused(DownloadFailedError(), SSL.Error([("SSL routines", "", "unsupported protocol")])),
        "DownloadFailedError: TLS: unsupported protocol",
    ),
    (caused(DownloadFailedError(), SSL.Error([])), "DownloadFailedError: TLS: closed during the handshake"),
]


@pytest.mark.parametrize(("error", "line"), ERRORS)
def test_failures_in_one_printable_line(error: BaseException, line: str) -> None:
    assert describe(error) == line


def test_bytes_after_the_record_are_dropped() -> None:
    """A connection that is being closed may still deliver."""
    wire = Wire(Request("http://portal.example/a#part"), None)
    wire.receive(OK)
    exchange = wire.exchange(None, [])
    assert (exchange.url, exchange.size, exchange.request) == ("http://portal.example/a", len(OK), b"")
    wire.close()
    wire.receive(b"late")
    assert wire.total == len(OK)


FLAGS: list[tuple[dict[str, Any], BaseException | None, list[str], str | None]] = [
    ({}, None, [], None),
    ({}, None, ["partial"], None),
    ({}, None, ["dataloss"], "disconnect"),
    ({}, None, ["download_stopped"], "unspecified"),
    ({}, DownloadCancelledError("too much"), [], "length"),
    ({}, DownloadFailedError(), [], "disconnect"),
    ({}, KeyboardInterrupt(), [], "unspecified"),
    ({"cut": "time"}, DownloadFailedError(), [], "time"),
    ({"unclean": True}, None, ["partial"], "disconnect"),
]


@pytest.mark.parametrize(("state", "failure", "flags", "truncated"), FLAGS)
def test_truncated(state: dict[str, Any], failure: BaseException | None, flags: list[str], truncated: str) -> None:
    wire = Wire(Request("http://portal.example/"), None)
    wire.receive(OK)
    for name, value in state.items():
        setattr(wire, name, value)
    assert wire.exchange(failure, flags).truncated == truncated
    wire.close()


def test_nothing_came_nothing_is_truncated() -> None:
    wire = Wire(Request("http://portal.example/"), None)
    exchange = wire.exchange(DownloadFailedError(), [])
    assert (exchange.truncated, exchange.response, exchange.protocols) == (None, None, ())
    wire.close()


@pytest.mark.parametrize("early", [b"", EARLY])
def test_memory_stays_flat(early: bytes) -> None:
    wire = Wire(Request("http://portal.example/"), None)
    part = bytes(1 << 16)
    tracemalloc.start()
    wire.receive(early + OK)
    for _ in range(512):
        wire.receive(part)
    exchange = wire.exchange(None, [])
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert exchange.size == len(OK) + 512 * len(part)
    assert peak < 4 << 20
    assert exchange.response
    assert exchange.response.read(len(OK)) == OK
    wire.close()
