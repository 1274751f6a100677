"""Long answers on a terminal, a screen at a time: through $PAGER, else less; what fits is just shown."""

from __future__ import annotations

import io
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

# The verbs that answer a question; those that work for long show what they do as they do it.
PAGED = frozenset((
    "list", "search", "show", "history", "diff", "changes", "documents", "cites", "reprints", "snapshot", "stats",
    "usage", "health", "schema",
))  # fmt: skip


class _Terminal(io.TextIOWrapper):
    """What goes to the pager, which shows it on the terminal."""

    def isatty(self) -> bool:
        return True


@contextmanager
def paged(arguments: Sequence[str]) -> Iterator[None]:
    """Standard output through a pager, where a person looks on and the verb answers a question."""
    command = _pager() if sys.stdout.isatty() and not PAGED.isdisjoint(arguments) else None
    if command is None:
        yield
        return
    environment = {"LESS": "FRX", **os.environ}  # quits where all fits, lets colours through, leaves the text standing
    pager = subprocess.Popen(command, stdin=subprocess.PIPE, env=environment)
    assert pager.stdin is not None
    screen = sys.stdout
    sys.stdout = _Terminal(pager.stdin, encoding="utf-8", errors="backslashreplace", write_through=True)
    try:
        yield
    finally:
        with suppress(BrokenPipeError):  # whoever reads has seen enough
            sys.stdout.close()
        sys.stdout = screen
        while True:
            try:
                pager.wait()
                break
            except KeyboardInterrupt:  # is the pager's to answer
                continue


def _pager() -> list[str] | None:
    """The command, if any; PAGER=cat or an empty one means none."""
    words = shlex.split(os.environ.get("PAGER", "less"))
    return words if words and words != ["cat"] and shutil.which(words[0]) else None
