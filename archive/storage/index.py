"""`index.cdxj`: where each captured address lies, sorted by bytes, as pywb and cdxj-indexer write and read it.

Lines are made while a WARC is written and merged in when it is closed, so no record is read for it; the same lines come
out of the WARCs again by `rebuild`.
"""

from __future__ import annotations

import heapq
import json
import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from urllib.parse import quote, unquote_to_bytes, urlsplit

from archive.storage.content import Head
from archive.storage.disk import put_lines, sync_folder
from archive.storage.members import Member, iter_members
from archive.storage.paths import PortalPaths
from archive.storage.record import RecordHead

_INDEXED = {"response", "revisit", "resource"}
_DEFAULT_PORTS = {"http": "80", "https": "443"}
_WWW = re.compile(r"www\d*\.")
# Session ids that the surt package cuts out of a key (once each), so that a replayer finds what we filed.
_SESSION_PATH = re.compile(r"(.*/)(?:\((?:[a-z]\([0-9a-z]{24}\))+\)|\([0-9a-z]{24}\))/([^?]+\.aspx.*)")
_SESSION_QUERY = tuple(
    re.compile(rf"(.*){session}(?:&(.*))?")
    for session in (
        "jsessionid=[0-9a-z]{32}",
        "phpsessid=[0-9a-z]{32}",
        "sid=[0-9a-z]{32}",
        "aspsessionid[a-z]{8}=[a-z]{24}",
        "cfid=[^&]+&cftoken=[^&]+",
    )
)
_BLANK = re.compile(r"[;\s]")
_UNESCAPED = "!\"$&'()*+,-./:;<=>?@[\\]^_`{|}~"


def line(
    record: RecordHead, http: Head | None, offset: int, length: int, filename: str, *, posted: bool = False
) -> str | None:
    """The index line of a record, without its line feed; None for a record that is not replayed.

    A 304 is left out, as by the Internet Archive's CDX-Writer: pywb would answer with it, empty, instead of with the
    capture it confirms. So is the answer to a POST (`posted`): it would stand for the page that a GET finds there.
    """
    kind, url = record.type, record.url
    if kind not in _INDEXED or not url or posted or (http and http.status == 304):
        return None
    if kind == "revisit":
        mime: str | None = "warc/revisit"
    else:
        mime = http.get("content-type") if http else record.get("Content-Type")
    fields = {
        "url": url,
        "mime": _BLANK.split(mime.strip(), maxsplit=1)[0] if mime else None,
        "status": str(http.status) if http and http.status else None,
        "digest": record.get("WARC-Payload-Digest"),
        "length": str(length),
        "offset": str(offset),
        "filename": filename,
    }
    stamp = re.sub(r"\D", "", record.date)[:14].ljust(14, "0")
    return f"{surt(url)} {stamp} {json.dumps({name: value for name, value in fields.items() if value})}"


def line_of(member: Member, filename: str) -> str | None:
    """The same of a record in a file."""
    if member.record is None:
        return None
    return line(member.record, member.http, member.offset, member.length, filename, posted=member.posted)


def surt(url: str) -> str:
    """The key that sorts addresses by domain, as IA's and pywb's indexes have it: `vn,gov,kontum)/tin?a=1&b=2`.

    All in lower case, without scheme, `www.`, default port, fragment, session ids and the path's last slash; the
    query's parts sorted.
    """
    try:
        parts = urlsplit(url)
    except ValueError:  # a host in brackets that is no address
        return url
    if parts.scheme not in _DEFAULT_PORTS or not parts.hostname:
        return url
    host = _ascii(parts.hostname.strip("."))
    if www := _WWW.match(host):
        host = host[www.end() :]
    key = host if ":" in host else ",".join(reversed(host.split(".")))
    _, _, port = parts.netloc.rpartition("@")[2].rpartition("]")[2].partition(":")
    if port and port != _DEFAULT_PORTS[parts.scheme]:
        key += f":{port}"
    query = _query(parts.query)
    return f"{key}){_path(parts.path)}" + (f"?{query}" if query else "")


def _ascii(host: str) -> str:
    try:
        return host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError:
        return host


def _path(path: str) -> str:
    kept: list[str] = []
    for step in _escaped(path).lower().split("/"):
        if step == ".." and kept:
            kept.pop()
        elif step not in ("", "."):
            kept.append(step)
    path = "/" + "/".join(kept)
    session = _SESSION_PATH.fullmatch(path)
    return session[1] + session[2] if session else path


def _query(query: str) -> str:
    query = _escaped(query).lower()
    for session in _SESSION_QUERY:
        if found := session.fullmatch(query):
            query = found[1] + (found[2] or "")
    return "&".join(sorted(query.split("&")))


def _escaped(text: str) -> str:
    """Escapes undone as often as there are any, then made again where a byte needs one."""
    raw = text.encode("utf-8")
    while (plain := unquote_to_bytes(raw)) != raw:
        raw = plain
    return quote(raw, safe=_UNESCAPED)


def merge(index: Path, lines: Iterable[str]) -> None:
    """Put lines into the index, each once; a power cut leaves the old index or the new one."""
    fresh = sorted(line.encode() + b"\n" for line in lines)
    if fresh:
        put_lines(index, _once(heapq.merge(_stored(index), fresh)))


def rebuild(paths: PortalPaths) -> None:
    """Make the index anew from the closed WARCs, one after the other; the old one stays until the new one is whole."""
    fresh = paths.index.with_name(paths.index.name + ".new")
    put_lines(fresh, ())
    for path in paths.closed_warcs():
        merge(fresh, lines_of(path))
    fresh.replace(paths.index)
    sync_folder(paths.root)


def lines_of(path: Path) -> Iterator[str]:
    """The index lines of a closed WARC, in its order."""
    for member in iter_members(path):
        if member.record is not None and not member.problem:
            found = line_of(member, path.name)
            if found:
                yield found


def _stored(index: Path) -> Iterator[bytes]:
    if index.exists():
        with index.open("rb") as file:
            yield from file


def _once(lines: Iterable[bytes]) -> Iterator[bytes]:
    return (line for line, _ in groupby(lines))
