"""How answers look: tables that fit a terminal, tab-separated lines in a pipe, nothing cut off, no markup obeyed."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from archive.terminal import clean, to_json

_NARROWEST = 16  # cells a column of prose needs before a table is better given up


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading; `whole`: its words may not be broken over lines, as an id's; `right`: numbers."""

    name: str
    whole: bool = False
    right: bool = False
    style: str = ""


class _Console(Console):
    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


class Output:
    """Standard output, as a person's terminal or as a pipe."""

    def __init__(self) -> None:
        self.console = _Console(file=sys.stdout, markup=False, highlight=False, emoji=False)
        if self.console.no_color:  # Rich alone would still send bold and dim
            self.console = _Console(file=sys.stdout, markup=False, highlight=False, emoji=False, color_system=None)

    @cached_property
    def terminal(self) -> bool:
        """Whether a person looks on: only then is there anything to fit, to colour, or to leave out."""
        return self.console.is_terminal

    @property
    def width(self) -> int:
        return self.console.width

    def json(self, value: Any) -> None:
        """One JSON document."""
        print(to_json(value, indent=2))

    def json_line(self, value: Any) -> None:
        """One line of JSON Lines."""
        print(to_json(value))

    def line(self, text: str = "", style: str = "") -> None:
        """One line of prose; wrapped on a terminal only."""
        self.console.print(Text(clean(text), style=style), soft_wrap=not self.terminal)

    def styled(self, text: Text) -> None:
        """A line that was made harmless piece by piece."""
        self.console.print(text, soft_wrap=not self.terminal)

    def text(self, text: str) -> None:
        """Text with its line feeds."""
        self.console.print(Text(clean(text, lines=True)), soft_wrap=not self.terminal)

    def table(self, columns: Sequence[Column], rows: Iterable[Sequence[str]], *, headed: bool = False) -> None:
        """Rows: aligned where they fit, else one below the other; tab-separated in a pipe (`headed`: with names)."""
        if not self.terminal:
            if headed:
                print("\t".join(column.name for column in columns))
            for row in rows:
                print("\t".join(map(clean, row)))
            return
        cells = [[clean(each) for each in row] for row in rows]
        if _needed(columns, cells) <= self.width:
            self._aligned(columns, cells)
        else:
            self._stacked(columns, cells)

    def _aligned(self, columns: Sequence[Column], rows: list[list[str]]) -> None:
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
        for column in columns:
            table.add_column(
                Text(column.name),
                no_wrap=column.whole,
                overflow="fold",
                justify="right" if column.right else "left",
                style=column.style,
            )
        for row in rows:
            table.add_row(*map(Text, row))
        self.console.print(table)

    def _stacked(self, columns: Sequence[Column], rows: list[list[str]]) -> None:
        label = max(len(column.name) for column in columns[1:])
        for row in rows:
            self.console.print(Text(row[0], style="bold"), overflow="fold")
            self.fields(
                [(column.name, each, "") for column, each in zip(columns[1:], row[1:], strict=True) if each], label
            )

    def fields(self, rows: Iterable[tuple[str, str, str]], label: int = 12) -> None:
        """Name, value and evidence of fields: evidence beside the value, or under it where there is little room."""
        if not self.terminal:
            for name, value, evidence in rows:
                print(f"{name:<{label}}  {clean(value)}" + (f"  [{clean(evidence)}]" if evidence else ""))
            return
        wide = self.width >= 100
        grid = Table.grid(padding=(0, 2, 0, 0))
        grid.add_column(style="dim", min_width=min(label, self.width // 3))
        grid.add_column(ratio=3, overflow="fold")
        if wide:
            grid.add_column(ratio=2, style="dim", overflow="fold")
        for name, value, evidence in rows:
            cells = [Text(name), Text(clean(value))]
            if wide:
                cells.append(Text(clean(evidence)))
            elif evidence:
                cells[1].append(f"\n{clean(evidence)}", style="dim")
            grid.add_row(*cells)
        grid.expand = True
        self.console.print(grid)


def _needed(columns: Sequence[Column], rows: list[list[str]]) -> int:
    """Cells that a table needs: whole columns entirely, prose at least its longest word."""
    widths = []
    for place, column in enumerate(columns):
        longest = max([cell_len(column.name), *(cell_len(row[place]) for row in rows)])
        widths.append(longest if column.whole else min(longest, _NARROWEST))
    return sum(widths) + 2 * len(widths)


def size(count: int) -> str:
    """Bytes for people: powers of 1000, as disks are sold."""
    if count < 1000:
        return f"{count} B"
    amount = float(count)
    for unit in ("kB", "MB", "GB", "TB"):
        amount /= 1000
        if amount < 999.95:
            return f"{amount:.1f} {unit}"
    return f"{amount:,.1f} TB"
