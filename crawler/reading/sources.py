"""What an article was taken from, as its page names it: behind a label, in a marked element, beside the time."""

from __future__ import annotations

import re
from datetime import datetime

from archive.vietnam.text import fold
from crawler.reading.beside_time import NEXT_FIELD, parts_beside_time, runs
from crawler.reading.blocks import Block
from crawler.reading.bylines import in_cells
from crawler.reading.makers import people_and_medium, without_day
from crawler.reading.people import read_byline
from crawler.reading.people_names import is_medium, is_organisation

_SOURCE = re.compile(
    r"(?:^|[|•;(\[]\s*|\s[-–]\s|\s)"
    r"(?:(?:trich |dan |theo )?nguon(?: tin(?: bai)?| bai(?: viet)?| (?:trich )?dan| trich)?|source)\s*:"
    r"\s*(?:theo\s+)?(?P<name>[^|•;\])]{2,120})"
)
_SOURCE_LABEL = re.compile(r"(?:nguon(?: tin| bai)?|source): ")
_TAKEN = re.compile(r"[(\[ ]*(?:theo|tong hop (?:tu|theo)) ")
# Not after "Nguồn:": a photograph's, a budget's.
_PHOTO_SOURCE = re.compile(r"(?:anh|hinh|photo|video|clip)\W*$")


def find_source(blocks: list[Block], everything: list[Block]) -> tuple[str | None, str | None, set[int]]:
    """The source the page names, verbatim too, and the blocks that hold nothing else."""
    for block in blocks:
        if (name := in_cells(block, everything, _SOURCE_LABEL)) is not None:
            return name.strip(" .-–,"), f"{block.text} {name}", {block.order, block.order + 1}
        for piece in runs(block) if _SOURCE.search(block.folded) else ():
            if (labelled := _labelled_source(piece)) is not None:
                name, text, people = labelled
                return name, text, {block.order} if len(block.text) <= len(text) + 6 and not people else set()
    for block in blocks:
        if block.has("source") and _is_bare_source(block):
            return block.text, block.text, {block.order}
        # "Theo Văn phòng UBND tỉnh", a line of its own behind the text
        if _TAKEN.match(block.folded) and len(block.text) <= 80 and block.text[-1] not in ".,;:":
            named = read_byline(block.text, block.has("source"))
            if named is not None and named.source:
                return named.source, block.text, set() if named.authors else {block.order}
    return None, None, set()


def _labelled_source(piece: str) -> tuple[str, str, bool] | None:
    """The source behind "Nguồn:" in a line or a part of one, the words that say so, and whether they name people."""
    folded = fold(piece)
    match = _SOURCE.search(folded)
    if match is None or _PHOTO_SOURCE.search(folded[: match.start()]):
        return None
    name = piece[match.start("name") : match.end("name")]
    if name.count("(") > name.count(")") and piece[match.end("name") :][:1] == ")":
        name += ")"  # "Cổng TTĐT Chính phủ (chinhphu.vn)"
    stop = NEXT_FIELD.search(match["name"])
    if stop and stop.start() > 1:
        name = name[: stop.start()]
    text = piece[match.start() : match.start("name") + len(name)].strip(" -–|•;([")
    people, name = people_and_medium(name)  # "Nguồn: Lê Hoa - Báo Kon Tum"
    return without_day(name).strip(" .-–,"), text, bool(people)


def source_beside_time(lines: list[Block], fetched_at: datetime) -> tuple[str | None, str | None]:
    """A source in the line of the posting time: "18/05/2021 08:30 | Theo VGP"."""
    for block in lines:
        for part in parts_beside_time(block, fetched_at):
            named = read_byline(part) if fold(part).startswith("theo ") else None
            if named is not None and named.source:
                return named.source, part
    return None, None


def _is_bare_source(block: Block) -> bool:
    """Whether an element marked as the source's holds a name and nothing else."""
    text = block.text
    return 2 <= len(text) <= 80 and (is_organisation(text) or is_medium(text)) and text[-1] not in ".,;:"
