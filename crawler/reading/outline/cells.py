"""The rows and cells of tables that hold data, unlike those that lay a page out."""

from __future__ import annotations

from crawler.reading.outline.blocks import Block, Box


def row_of(block: Block) -> tuple[Box | None, Box | None]:
    """The table row and cell of a block where the row is data: two filled cells or more, all of them short."""
    box: Box | None = block.box
    cell: Box | None = None
    for _ in range(5):
        if box is None:
            break
        if box.tag in ("td", "th") and cell is None:
            cell = box
        if box.tag == "tr":
            return (box, cell) if cell is not None and _is_data(box, cell) else (None, None)
        box = box.parent
    return None, None


def _is_data(row: Box, cell: Box) -> bool:
    filled, inside = row.last - row.first, cell.last - cell.first
    return 2 <= filled <= 24 and inside < filled and inside <= 3 and row.prose <= 600


def is_of_data(block: Block, *, cells: int = 2) -> bool:
    """Whether the line is a cell of a table of several rows, of so many cells: "9,5 điểm" is a mark, and no rating."""
    row, _ = row_of(block)
    around = row.parent if row is not None else None
    if around is not None and around.tag in ("thead", "tbody"):
        around = around.parent
    if row is None or around is None or row.last - row.first < cells:
        return False
    return around.last - around.first >= 3 * (row.last - row.first)
