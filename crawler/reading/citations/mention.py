"""A document's number on its way through the stages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from archive.vietnam.documents import DocumentNumber
from crawler.reading.citations.days import Day
from crawler.reading.citations.phrases import Phrase


@dataclass(slots=True)
class Mention:
    """A document's number met in the text, and what the stages after this one add to it."""

    start: int
    end: int
    printed: str
    number: DocumentNumber
    type: str | None
    type_text: str | None
    flags: list[str] = field(default_factory=list)
    tail: int = 0  # where its date and issuer end
    opens: int = 0  # where its words begin, or the head of its list: "các Công điện: số 41/CĐ-TTg"
    sentence: int = 0  # where the sentence of `opens` begins
    group: int = 0  # mentions of one list share it
    issuer: Phrase | None = None
    elsewhere: str | None = None  # a province that the sentence is about: "Tại Gia Lai, UBND tỉnh …"
    day: Day | None = None
    year: int | None = None  # printed apart: "Chỉ thị số 07 năm 2023"
    date: str | None = None
    date_basis: str = "none"
    relation: str | None = None
    relation_at: tuple[int, int] | None = None
    actor: int | None = None  # index of the mention that a passive names: "được thay thế bởi Nghị định số …"


def iter_lists(mentions: list[Mention]) -> Iterator[list[Mention]]:
    """The mentions grouped by list, in order."""
    members: list[Mention] = []
    for mention in mentions:
        if members and mention.group != members[0].group:
            yield members
            members = []
        members.append(mention)
    if members:
        yield members
