"""What an answer's head says: its headers, where it leads, and when it came."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urldefrag, urljoin, urlsplit

from scrapy.http import Response


def location(response: Response) -> str | None:
    """The address a redirect names, absolute, without fragment and user; None where it names none over http(s)."""
    try:  # IIS sends Vietnamese addresses as they are typed, in UTF-8
        stated = (response.headers.get("Location") or b"").decode("utf-8").strip()
    except UnicodeDecodeError:
        stated = (header(response, "Location") or "").strip()
    if not stated or not 300 <= response.status < 400:
        return None
    try:
        target: str = urldefrag(urljoin(response.url, stated))[0]
        parts = urlsplit(target)
        if parts.scheme not in ("http", "https") or parts.port == 0:
            return None
        return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl() if parts.username else target
    except ValueError:  # brackets that hold no IPv6 address, or a port that is none
        return None


def headers(response: Response) -> dict[str, str]:
    """The headers, lower case, the last of doubled ones."""
    pairs = [(name, values[-1]) for name, values in response.headers.items() if values]
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in pairs}


def header(response: Response, name: str) -> str | None:
    """One header's value."""
    value = response.headers.get(name)
    return value.decode("latin-1") if value is not None else None


def fetched_at(response: Response) -> datetime:
    """The WARC-Date of the capture."""
    return datetime.fromisoformat(response.meta["snapshot"].date)
