"""What every verb shares: the archive it was told of, how it answers, and how its errors become a line and a status."""

from __future__ import annotations

import errno
import functools
import os
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from archive.errors import SnapshotLost
from archive.exits import Exit
from archive.portals import NOT_DAMAGE
from archive.reader import Archive
from archive.research.catalog import CatalogDamaged, CatalogError
from archive.storage.about import AboutError
from archive.storage.tables import LedgerError
from archive.terminal import clean, hush
from archive.views import ArchiveError, Erased, NoArchive, SnapshotDamaged, SnapshotMissing, UnknownArticle
from archive.withheld import Withheld

ArchiveDir = Annotated[
    Path | None,
    typer.Option(
        "--archive", metavar="DIR", help="The archive's folder, or one portal's. [env: ARCHIVE_DIR; default: data]"
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Answer in JSON, for programs.")]


class BadInput(Exception):
    """A value that a verb cannot use; the message is one line: what, where, what is allowed."""


@dataclass(slots=True)
class Session:
    """The options that may stand before or after the verb."""

    archive: Path | None
    as_json: bool

    @property
    def folder(self) -> Path:
        """The archive's folder: as told, else ARCHIVE_DIR, else data."""
        return self.archive or Path(os.environ.get("ARCHIVE_DIR") or "data")


def session(ctx: typer.Context, archive: Path | None, as_json: bool) -> Session:
    """The options before the verb, with those after it in their place."""
    before: Session = ctx.obj
    return Session(archive or before.archive, as_json or before.as_json)


@dataclass(slots=True)
class Opened:
    """An archive that a verb reads from, and the status its reading has led to."""

    archive: Archive
    as_json: bool

    @property
    def status(self) -> Exit:
        """Done, or what the problems found on the way amount to."""
        problems = self.archive.problems
        return (
            Exit.DONE if not problems else Exit.FAILURES if not any(each.damaged for each in problems) else Exit.DAMAGE
        )


@contextmanager
def opened(ctx: typer.Context, archive: Path | None, as_json: bool) -> Iterator[Opened]:
    """The archive to read from; at the end a line for every portal that could not be read."""
    told = session(ctx, archive, as_json)
    with Archive(told.folder) as found:
        reading = Opened(found, told.as_json)
        try:
            yield reading
        except UnknownArticle as error:
            if not found.problems:
                raise
            said = f"{error}; it may be in what cannot be read"
            raise typer.Exit(complain(said, reading.status)) from None
        finally:
            for problem in found.problems:
                complain(f"portal {problem.portal}: {problem.message}")


def verb(work: Callable[..., int | None]) -> Callable[..., None]:
    """A verb whose errors are one line on stderr and an exit status; what is not foreseen stays a traceback."""

    @functools.wraps(work)
    def run(*args: Any, **values: Any) -> None:
        status = _status(lambda: work(*args, **values))
        if status:
            raise typer.Exit(status)

    return run


def _status(work: Callable[[], int | None]) -> int:
    try:
        return work() or Exit.DONE
    except (SnapshotDamaged, SnapshotLost) as error:
        return complain(str(error), Exit.DAMAGE)
    except CatalogDamaged as error:
        return complain(str(error), Exit.DAMAGE)
    except sqlite3.DatabaseError as error:  # met in the midst of reading the catalog; a ledger's is a LedgerError
        if isinstance(error, sqlite3.OperationalError):
            raise
        return complain(f"the catalog: {error}; `archive reindex` makes it anew", Exit.DAMAGE)
    except (SnapshotMissing, CatalogError, Withheld, Erased) as error:
        return complain(str(error), Exit.FAILURES)
    except NoArchive as error:
        return complain(f"{error}; --archive DIR, or ARCHIVE_DIR, names another")
    except (ArchiveError, AboutError, BadInput) as error:
        return complain(str(error), Exit.BAD_INPUT)
    except NOT_DAMAGE as error:
        return complain(str(error), Exit.FAILURES)
    except LedgerError as error:
        return complain(str(error), Exit.DAMAGE)
    except BrokenPipeError:
        hush()
        return Exit.DONE
    except ModuleNotFoundError as error:
        if not error.name or error.name.startswith("archive"):
            raise
        return complain(f"the Python package {error.name} is not installed; what reads WARCs needs it")
    except KeyboardInterrupt:
        return complain("interrupted", Exit.INTERRUPTED)
    except OSError as error:
        if error.filename is None and error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EIO):
            raise
        disk = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EIO)
        where = f"{error.filename}: " if error.filename else ""
        return complain(f"{where}{error.strerror}", Exit.DISK if disk else Exit.BAD_INPUT)


def complain(message: str, status: Exit = Exit.BAD_INPUT) -> Exit:
    """One line on stderr; the status is handed back."""
    print(f"archive: {clean(message)}", file=sys.stderr)
    return status
