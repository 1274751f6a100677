"""Words of a page that may name those who made the article, before anybody has chosen among them."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.reading.outline.blocks import Block
from crawler.reading.people import Byline, read_byline


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words that may name somebody: verbatim, whether a label vouches for them, and the blocks that hold nothing else.

    `byline` is given where the words need not be read: data names one person in each field. `ends` is the paragraph at
    whose end the words stand, when they have no line of their own.
    """

    basis: str
    text: str
    labelled: bool
    orders: set[int]
    byline: Byline | None = None
    ends: Block | None = None

    def read(self) -> Byline | None:
        """The people and the source in the words."""
        return self.byline or read_byline(self.text, self.labelled)
