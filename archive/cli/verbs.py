"""The program `archive`: its verbs, put together, and how what goes wrong before one begins is told."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence

import typer

from archive.cli import (
    capturing,
    checking,
    comparing,
    copying,
    counting,
    erasing,
    exporting,
    listing,
    packaging,
    searching,
    serving,
    showing,
    starting,
    watching,
    withholding,
)
from archive.cli.paging import paged
from archive.cli.session import ArchiveDir, Json, Session, complain
from archive.exits import Exit
from archive.terminal import hush, speak_utf8
from archive.vietnam.text import hint

app = typer.Typer(
    name="archive",
    help="Read and check an archive of Vietnam's provincial portals.",
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain help: readable in a pipe and in 40 columns
)


@app.callback(invoke_without_command=True)
def begin(ctx: typer.Context, archive: ArchiveDir = None, as_json: Json = False) -> None:
    """Read and check an archive of Vietnam's provincial portals."""
    ctx.obj = Session(archive, as_json)
    if ctx.invoked_subcommand is None:
        typer.echo(ctx.get_help())


for module in (
    listing,
    searching,
    serving,
    showing,
    comparing,
    exporting,
    packaging,
    capturing,
    counting,
    checking,
    copying,
    watching,
    withholding,
    erasing,
    starting,
):
    for name, verb in module.VERBS.items():
        # what stands before the first stop: the list of verbs would cut the whole sentence
        app.command(name, short_help=re.split(r"[:;]|\.(?!\w)", verb.__doc__ or "")[0])(verb)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one verb; the exit status. Raises KeyboardInterrupt where a person interrupts what is no verb's."""
    speak_utf8()
    try:
        with paged(sys.argv[1:] if arguments is None else arguments):
            status = app(arguments, prog_name="archive", standalone_mode=False)
            sys.stdout.flush()
    except typer.TyperException as error:
        complain(_one_line(error))
        return Exit.BAD_INPUT
    except BrokenPipeError:
        hush()
        return Exit.DONE
    if status == _TYPERS_INTERRUPTED:
        raise KeyboardInterrupt
    return status if isinstance(status, int) else Exit.DONE


_TYPERS_INTERRUPTED = 130  # what Typer makes of Ctrl-C outside a verb


def _one_line(error: typer.TyperException) -> str:
    said = " ".join(error.format_message().split()).rstrip(".")
    option = getattr(error, "option_name", None)
    if said.startswith("No such command"):
        verbs = [command.name or "" for command in app.registered_commands]
        return _unknown("verb", said.split("'")[1], verbs) + f"; allowed: {', '.join(verbs)}"
    if option and said.startswith("No such option"):
        return _unknown("option", option, getattr(error, "possibilities", None) or ()) + "; allowed: see --help"
    return said


def _unknown(what: str, word: str, known: Sequence[str]) -> str:
    return f"no {what} {word!r}{hint(word, known)}"
