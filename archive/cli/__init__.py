"""The verbs of the archive: `archive list`, `archive show <id>` and so on, for people and, with --json, for programs.

Exit status: 0 done, 1 a defect of the program (traceback), 2 bad input, 3 done with failures, 5 interrupted, 7 disk,
9 damage found. Every error is one line on stderr: what, where, what is allowed.
"""

from __future__ import annotations

import os
import signal

TYPE_CHECKING = False  # nothing is imported here that is not needed before Ctrl-C can be answered
if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import FrameType
    from typing import NoReturn

_INTERRUPTED = 5  # archive.exits.Exit
_SAID = b"archive: interrupted\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb; the exit status. Without `arguments` this is the program, and Ctrl-C is answered at any moment.

    While the verbs are loaded nothing is done that could be half done; once one has ended, all is done.
    """
    heeded = arguments is None and signal.getsignal(signal.SIGINT) is signal.default_int_handler  # nohup ignores it
    if heeded:
        signal.signal(signal.SIGINT, _leave)
    from archive.cli.verbs import run

    try:
        if heeded:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        return run(arguments)
    except KeyboardInterrupt:
        os.write(2, _SAID)
        return _INTERRUPTED
    finally:
        if heeded:
            signal.signal(signal.SIGINT, signal.SIG_IGN)


def _leave(number: int, frame: FrameType | None) -> NoReturn:
    try:
        os.write(2, _SAID)
    finally:
        os._exit(_INTERRUPTED)
