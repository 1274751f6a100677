"""One key for the many addresses of one page: sessions, tracking, ports, case, and a family's print and share twins.

Every key is https, except on this machine (loopback forms, 127.0.0.1), where nothing else would answer: portals serve
one page under both schemes, and the key must not change on the day they redirect.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import SplitResult, parse_qsl, quote, unquote_to_bytes, urlencode, urlsplit, urlunsplit

from crawler.portal import Portal
from crawler.reading.families import FAMILIES
from crawler.reading.families.generic import Generic

_SESSION_IN_PATH = re.compile(
    r";(?:jsessionid|phpsessid|sid)=[^/?#;]*|/\((?:[A-Z]\(\d\))*S\([0-9a-z]{24}\)\)", re.IGNORECASE
)
_TRACKING = re.compile(
    r"utm_\w+|fbclid|fb_(?:comment_id|action_\w+)|gclid|yclid|msclkid|zarsrc|gidzl|aspxautodetectcookiesupport|_ga|_gl|mc_[ce]id|spm|igshid|jsessionid|phpsessid|asp\.net_sessionid|sessionid"
    r"|sid|nocache|_|_t|timestamp|rand(?:om)?|amp|print|inbai|share|replytocom|fontsize|__cf_\w+|_afr\w+|_adf\w+",
    re.IGNORECASE,
)
_LOOPBACK = re.compile(r"127\.\d+\.\d+\.\d+|localhost|\[?::1\]?")
_CASELESS = re.compile(r"\.(?:aspx?|ashx)$|^/portal/(?:pages|lists)/|^/(?:lists|sitepages)/", re.IGNORECASE)
_SAFE = "/~!$&'()*+,;=:@-._"


def canonical_url(url: str, portal: Portal | None = None) -> str:
    """The key of an address, by the family that the portal's form names, or by every family's rules without one.

    Raises nothing: what cannot be taken apart is its own key.
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return url
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return url
    clean = _clean(parts, port, portal)
    for family in _families(portal):
        clean = family.canonical(clean)
    # Of a site whose system is not known, nobody knows that /en/ has a twin: its address would be invented.
    return FAMILIES[portal.family].one_language(clean) if portal is not None and portal.family in FAMILIES else clean


def same_page(url: str, other: str) -> bool:
    """Whether two addresses are one page's."""
    return canonical_url(url) == canonical_url(other)


def of_portal(url: str, here: str, portal: Portal | None) -> bool:
    """Whether an address is on the portal's hosts, or without a portal on the host of the page that names it."""
    if portal is not None:
        return portal.owns(url)
    return (urlsplit(url).hostname or "").removeprefix("www.") == (urlsplit(here).hostname or "").removeprefix("www.")


def without_session(url: str) -> str:
    """The address without a session id in its path: it was another visitor's."""
    return _SESSION_IN_PATH.sub("", url)


def _families(portal: Portal | None) -> list[Generic]:
    if portal is not None and portal.family in FAMILIES:
        return [FAMILIES[portal.family]]
    return list(FAMILIES.values())


def _clean(parts: SplitResult, port: int | None, portal: Portal | None) -> str:
    host = _host(parts.hostname or "", port, portal)
    local = portal.loopback if portal is not None else bool(_LOOPBACK.fullmatch(parts.hostname or ""))
    path = _path(_SESSION_IN_PATH.sub("", parts.path)) or "/"
    if _CASELESS.search(path):
        path = path.lower()
    asked = parse_qsl(parts.query, keep_blank_values=True) if parts.query else []
    if ("tmpl", "component") in asked:  # Joomla's print view
        asked = [pair for pair in asked if pair[0] not in ("tmpl", "layout", "page")]
    query = urlencode(sorted(pair for pair in asked if not _TRACKING.fullmatch(pair[0]))) if asked else ""
    return urlunsplit(("http" if local else "https", host, path, query, ""))


def _host(name: str, port: int | None, portal: Portal | None) -> str:
    """Lower case, default port dropped, and www. as the form's own hosts have it."""
    host = f"[{name}]" if ":" in name else name.rstrip(".")
    if port is not None and port not in (80, 443):
        host = f"{host}:{port}"
    if portal is not None and portal.hosts:
        first = portal.hosts[0]
        if host != first and host.removeprefix("www.") == first.removeprefix("www."):
            return first
    return host


def _path(path: str) -> str:
    """Percent signs only where they are needed, in upper case; letters in NFC; no doubled slashes."""
    text = unquote_to_bytes(path)
    try:
        plain = unicodedata.normalize("NFC", text.decode("utf-8"))
    except UnicodeDecodeError:
        return quote(text, safe=_SAFE)
    return re.sub(r"/{2,}", "/", quote(plain, safe=_SAFE))
