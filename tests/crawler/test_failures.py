"""Failures in words, and what a host asks us to wait."""

from datetime import UTC, datetime

import pytest
from scrapy.exceptions import DownloadCancelledError, DownloadTimeoutError, ResponseDataLossError
from scrapy.http import Response

from crawler.addresses import AddressRefused
from crawler.failures import RETRY_AFTER_CAP, retry_after, trouble_of, trouble_with
from crawler.heads import location

NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (None, 0.0),
        (b"7", 7.0),
        (b"Fri, 20 Nov 2026 08:01:00 GMT", 60.0),
        (b"Fri, 20 Nov 2026 07:00:00 GMT", 0.0),
        (b"99999999999999999999", RETRY_AFTER_CAP),
        (b"Fri, 20 Nov 2099 08:00:00 GMT", RETRY_AFTER_CAP),
        (b"-5", 0.0),
        (b"soon", 0.0),
        (b"Fri, 01 Jan 99999999999999999999 00:00:00 GMT", 0.0),
        (b"\xff\xfe", 0.0),
    ],
)
def test_retry_after(header, seconds):
    assert retry_after(header, NOW) == seconds


@pytest.mark.parametrize(
    ("error", "word", "transient", "refused"),
    [
        (DownloadTimeoutError("30 s"), "timeout", True, False),
        (ResponseDataLossError(), "cut short", True, False),
        (DownloadCancelledError("too big"), "too large", False, False),
        (AddressRefused("intern", "private address"), "private address", False, True),
        (UnicodeError("label empty or too long"), "no address", False, True),
        (OSError("odd"), "transfer failed", True, False),
    ],
)
def test_troubles(error, word, transient, refused):
    trouble = trouble_of(error)
    assert (trouble.reason.split(":")[0], trouble.transient, trouble.refused) == (word, transient, refused)


@pytest.mark.parametrize(
    ("status", "outcome"),
    [(200, None), (301, None), (304, None), (404, None), (410, None), (429, True), (500, True), (503, True),
     (206, False), (403, False), (401, False), (451, False)],
)  # fmt: skip
def test_statuses(status, outcome):
    trouble = trouble_with(status)
    assert (trouble.transient if trouble else None) is outcome


@pytest.mark.parametrize(
    ("stated", "target"),
    [
        ("/bai/đợt-1.html?x=á".encode(), "http://h/bai/đợt-1.html?x=á"),  # as IIS sends it
        ("/bai/caf\xe9.html".encode("latin-1"), "http://h/bai/café.html"),
        (b"http://user:pw@h/a", "http://h/a"),
        (b"ftp://h/a", None),
        (b"", None),
    ],
)
def test_where_a_redirect_leads(stated, target):
    assert location(Response("http://h/", status=302, headers={"Location": stated})) == target
