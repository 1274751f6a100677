"""Why a transfer failed, in one of a few words, and whether asking again may help."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)

from crawler.addresses import AddressRefused
from crawler.wire import describe

TRIES = 3  # of an address in one run
BUSY = (403, 429, 503)  # how hosts ask to be left alone for a while
MONTH = timedelta(days=30)  # that an address rests which says no for reasons of its own
RETRY_AFTER_CAP = 3600.0  # seconds a host can make us wait


@dataclass(frozen=True, slots=True)
class Trouble:
    """A failed transfer: `refused` was our own decision, `transient` is worth asking again in this run.

    `later` is how long an address rests once it has failed, None for good (but for `mode=full`). `reached` is False
    where the host could not be connected to, None where that is not known.
    """

    reason: str
    transient: bool = True
    refused: bool = False
    later: timedelta | None = timedelta(days=1)
    reached: bool | None = None


def trouble_of(error: BaseException) -> Trouble:
    """What an exception of the download handler means."""
    detail = str(error).split("\n")[0][:200]
    if isinstance(error, AddressRefused):
        return Trouble(f"private address: {detail}", transient=False, refused=True, later=None)
    if isinstance(error, UnicodeError):  # a host name that no resolver can be asked for
        return Trouble(f"no address: {detail}", transient=False, refused=True, later=None)
    if isinstance(error, DownloadCancelledError):
        return Trouble(f"too large: {detail}".removesuffix(": "), transient=False, later=None)
    words = {
        DownloadTimeoutError: "timeout",
        ResponseDataLossError: "cut short",
        DownloadConnectionRefusedError: "connection refused",
        CannotResolveHostError: "no such host",
    }
    word = next((word for kind, word in words.items() if isinstance(error, kind)), None)
    reached = {"timeout": False, "no such host": False, "connection refused": True}.get(word or "")
    reason = f"{word}: {detail}".removesuffix(": ") if word else f"transfer failed: {describe(error)}"
    return Trouble(reason, reached=reached)


def trouble_with(status: int) -> Trouble | None:
    """What an HTTP status means; None where the answer is to be read."""
    if status == 429 or status >= 500:
        return Trouble(f"HTTP {status}")
    if status == 200 or 300 <= status < 400 or status in (404, 410):
        return None
    # 403 is how firewalls say "not now" too; another refusal may be of a page that is opened again
    return Trouble(f"HTTP {status}", transient=False, later=timedelta(days=1) if status == 403 else MONTH)


def retry_after(header: bytes | None, now: datetime) -> float:
    """Seconds that Retry-After asks for (RFC 9110 10.2.3: seconds or a date), capped; 0 where it says nothing."""
    text = (header or b"").decode("latin-1").strip()
    if text.isdecimal():
        return min(float(text[:9]), RETRY_AFTER_CAP)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):  # no date, or one beyond the calendar
        return 0.0
    seconds = (moment.replace(tzinfo=moment.tzinfo or UTC) - now).total_seconds()
    return min(max(0.0, seconds), RETRY_AFTER_CAP)
