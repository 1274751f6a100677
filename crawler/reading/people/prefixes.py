"""The source that opens a text: TTĐT of "(TTĐT) - …", TTXVN of "Hà Nội (TTXVN) - …"."""

from __future__ import annotations

import re

from archive.vietnam.text import fold, nfc
from crawler.reading.people import names as names

_LEAD_PREFIX = re.compile(
    r"\s*(?:[(\[](?P<inside>[^()\[\]]{2,40})[)\]]\s*[-–—:.]?\s*(?=\S)|(?P<open>(?:Báo )?[^\W\d_][\w.+]{1,29}"
    r"|Báo(?: [A-ZÀ-ỸĐ][^\W\d_]+){2,4})\s*[-–—]\s+(?=\S))"
)
# Hà Nội, ngày 12/10 (TTXVN) -
_DATELINE = re.compile(
    r"(?P<place>[^()\d]{2,30}?)(?:,?\s+(?:ngày\s+)?\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{4})?)?\s*"
    r"\((?P<inside>[^()\d]{2,30})\)\s*[-–—:,]"
)
# Letters that open a lead and are no source: the authority acting in it, a place, a disease.
_NO_SOURCE = frozenset(
    (
        "bao mang",
        "bao chi",
        "bao dien tu",
        "bao",
        "ubnd",
        "hdnd",
        "tphcm",
        "tp",
        "hcm",
        "hn",
        "covid",
        "ocop",
        "cntt",
        "qh",
        "gd",
        "asean",
        "who",
    )
)


def read_source_prefix(lead: str) -> str | None:
    """The source that opens a lead: TTĐT of "(TTĐT) - …", TTXVN of "Hà Nội (TTXVN) - …"."""
    line = nfc(lead)[:120]
    for pattern in (_LEAD_PREFIX, _DATELINE) if "(" in line else (_LEAD_PREFIX,):
        if found := pattern.match(line):
            name = (found["inside"] or found.groupdict().get("open") or "").strip()
            name = name[5:] if name.startswith("Theo ") else name
            return name if _opens_a_lead(name) else None
    return None


def _opens_a_lead(name: str) -> bool:
    if fold(name).replace(".", "") in _NO_SOURCE:
        return False
    return (
        names.is_letters(name)
        or names.is_medium(name)
        or bool(re.fullmatch(r"(?:[A-ZĐ][a-z]+){2,3}|[A-ZĐ][a-z]+[Pp]ortal", name))
    )
