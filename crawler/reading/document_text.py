"""Pages that print an official document whole: its number in the headline or in the letterhead, its signature below.

Under decree 30/2020/NĐ-CP (phụ lục I) a document bears "Số: …" under its issuer's name, place and day under the
country's, and at its end the signer's authority, office, and name.
"""

from __future__ import annotations

import re
from datetime import datetime
from itertools import islice

from archive.schema import Document
from crawler.reading.citations import find_citations
from crawler.reading.dates import find_dates
from crawler.reading.made.signers import OFFICE
from crawler.reading.outline.blocks import Block
from crawler.reading.people.names import is_person

_NAMED = re.compile(r"[^\W\d]+(?: [^\W\d]+){0,3} \d[\d/]*[/-]\w")  # "Công điện số 09/CĐ-UBND", "Chỉ thị 07/CT-UBND"
# The Party writes "Số 45-CV/TU"; a number with its day behind is cited: "Số: 500/QĐ-TTg ngày 3/5/2025 của Thủ tướng".
_NUMBERED = re.compile(
    r"Số *(?::|(?=\S+$)) *(?P<number>\d+[a-zA-Z]?(?:/\d{4})?[/-][A-ZĐÐ]{2}(?:[\w/.-]*\w)?)(?!\w|[/.-]\w|\W*[Nn]gày)"
)
_MADE_OUT = re.compile(r"[^\d,;:]{2,30}, *ngày *(?=\d{1,2} *tháng *\d{1,2} *năm *\d{4}\W*$)")
_LETTERHEAD = 10  # blocks that say something: no rules of hyphens between them
_SIGNATURE = 14  # blocks
_SIGNED = 5  # blocks from the signer's authority to his name
_NEAR = 8  # characters between a document's number and its day


def find_document_text(title: str, blocks: list[Block], fetched_at: datetime) -> Document | None:
    """The document whose number a headline or letterhead says and which `blocks`, the page's text, end by signing."""
    said = (block for block in blocks if any(map(str.isalpha, block.text)))
    head = list(islice(said, _LETTERHEAD))
    number = next(filter(None, (_NUMBERED.match(block.text) for block in head)), None)
    if number is None and _NAMED.match(title) is None:
        return None
    signer = _signer(blocks[-_SIGNATURE:])
    if signer is None:
        return None
    if number is not None:
        made = next(filter(None, (_MADE_OUT.search(block.text) for block in head)), None)
        day, words = _day_behind(made.string, made.end(), fetched_at) if made else (None, None)
        return Document(number_text=number["number"], date=day, date_text=words, signer=signer)
    return _of_headline(title, signer, fetched_at)


def _of_headline(title: str, signer: str, fetched_at: datetime) -> Document | None:
    cited = next(iter(find_citations(title)), None)
    if cited is None or cited.start or cited.type_text is None or cited.symbol is None:
        return None
    day, words = _day_behind(title, cited.end, fetched_at)
    return Document(
        type_text=cited.type_text,
        number_text=cited.text.removeprefix(cited.type_text).removeprefix(" số").strip(),
        date=day,
        date_text=words,
        issuer_text=cited.issuer_text,
        signer=signer,
    )


def _day_behind(text: str, end: int, fetched_at: datetime) -> tuple[str, str] | tuple[None, None]:
    """The ISO day that a text tells directly behind a place in it, and its words."""
    for found in find_dates(text, fetched_at):
        if 0 <= found.start - end < _NEAR:
            return found.posted.day.isoformat(), found.text
    return None, None


def _signer(blocks: list[Block]) -> str | None:
    """The name under an office or an authority in capitals: "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "(Đã ký)", the name."""
    office = -_SIGNED
    for place, block in enumerate(blocks):
        if block.text.isupper() and OFFICE.search(block.folded):
            office = place
        elif place - office < _SIGNED and is_person(block.text, strict=True):
            return block.text
    return None
