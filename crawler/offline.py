"""What the commands that ask nothing of any host share: a portal's folder opened to write, and what may refuse it."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

from archive.exits import Exit
from archive.storage.disk import ArchiveDiskError
from archive.storage.paths import PortalPaths
from archive.storage.store import ArchiveLocked, PortalArchive
from archive.storage.tables import LedgerError
from crawler.portal import Portal
from crawler.portal_run import form_kept


def open_portal(paths: PortalPaths, form: Portal, command: str) -> PortalArchive | Exit:
    """The portal's folder under its lock, with a run named after the command and this second; else why not, said."""
    run = f"{command}-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    try:
        return PortalArchive(paths, form_kept(form), run, {})
    except ArchiveLocked as problem:
        print(problem, file=sys.stderr)
        return Exit.LOCKED
    except LedgerError as problem:
        print(problem, file=sys.stderr)
        return Exit.DAMAGE
    except OSError as problem:
        return disk_status(problem)


def disk_status(problem: OSError) -> Exit:
    """Say what refused: a disk that gave way while it was written to, else a file or folder that was named."""
    print(f"{problem.filename}: {problem.strerror}", file=sys.stderr)
    return Exit.DISK if isinstance(problem, ArchiveDiskError) else Exit.BAD_INPUT
