"""articles.jsonl: one line per revision in the ledger's order, appended after the commit, never a second truth."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from archive.storage.ledger import Ledger


class Lines:
    """The file, open for appending, and level with the ledger.

    At start it is cut to whole lines and topped up. Lines that were cut or joined further ahead show in the last one,
    which is then not the ledger's of that number: the file is written anew.
    """

    def __init__(self, path: Path, ledger: Ledger) -> None:
        self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o644)
        self._behind = False
        try:
            whole = lines = 0
            last = b""
            with path.open("rb") as file:
                for line in file:
                    if line.endswith(b"\n"):
                        whole, lines, last = whole + len(line), lines + 1, line
            if lines and last != (ledger.line(lines) or "").encode() + b"\n":
                whole = lines = 0
            os.ftruncate(self._descriptor, whole)
            for line_of_ledger in ledger.lines(after=lines):
                self.append([line_of_ledger])
        except BaseException:
            self.close()
            raise

    def append(self, lines: Iterable[tuple[int, str]]) -> None:
        """Append whole lines or, raising OSError, none; then no more of this run's, the next start tops the file up."""
        rest = "".join(item + "\n" for _, item in lines).encode()
        if not rest or self._behind:
            return
        whole = os.fstat(self._descriptor).st_size
        try:
            while rest:
                rest = rest[os.write(self._descriptor, rest) :]
        except OSError:
            self._behind = True
            os.ftruncate(self._descriptor, whole)
            raise

    def close(self) -> None:
        """Close the file."""
        os.close(self._descriptor)
