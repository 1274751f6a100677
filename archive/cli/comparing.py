"""The verbs about what changed: diff of one article, changes of all."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from typing import Annotated

import typer
from rich.text import Text

from archive.cli.fields import whereabouts
from archive.cli.filtering import UNDATED, filtered, told
from archive.cli.output import Column, Output
from archive.cli.session import ArchiveDir, BadInput, Json, complain, opened, verb
from archive.cli.showing import CAUSES, Id
from archive.filters import Undated
from archive.finding import nothing_before, one_revision
from archive.research.changes import KINDS, PageChange
from archive.research.compare import Change, Comparison, compare
from archive.terminal import clean
from archive.vietnam.provinces import today

_NAMED = "its number from 1, or the beginning of its digest"
Older = Annotated[
    str | None, typer.Argument(metavar="OLDER", help=f"The reading before: {_NAMED}; default: the one before NEWER.")
]
Newer = Annotated[str | None, typer.Argument(metavar="NEWER", help=f"The reading after: {_NAMED}; default: the last.")]
_CONTEXT = 80  # characters of unchanged text shown on either side of a change
_MARKS = {"out": ("[-", "-]", "red strike"), "in": ("{+", "+}", "green"), "same": ("", "", "")}


@verb
def diff(
    ctx: typer.Context,
    id: Id,
    older: Older = None,
    newer: Newer = None,
    archive: ArchiveDir = None,
    as_json: Json = False,
) -> int:
    """Show, word by word, what changed between two readings of an article; the last two by default."""
    with opened(ctx, archive, as_json) as found:
        readings = found.archive.revisions(id)
        last = one_revision(readings, newer)
        before = [each for each in readings if each.number < last.number]
        if older is None and not before:
            raise BadInput(f"{nothing_before(last)}; allowed: an article with two")
        first = one_revision(readings, older) if older is not None else before[-1]
        made = compare(readings, first, last)
        if found.as_json:
            Output().json({**dataclasses.asdict(made), "edited": made.edited, "changes": _changes(made)})
        else:
            _print(Output(), made)
        return found.status


def _changes(made: Comparison) -> list[dict[str, object]]:
    return [{"field": each.field, "pieces": [piece._asdict() for piece in each.pieces]} for each in made.changes]


def _print(output: Output, made: Comparison) -> None:
    output.line(made.article, "cyan")
    output.line(f"revision {made.older} of {made.older_at} and {made.newer} of {made.newer_at}")
    output.line("; ".join(dict.fromkeys(CAUSES[cause] for cause in made.causes)))
    for change in made.changes:
        output.line()
        output.line(change.field, "bold")
        output.styled(marked(change, coloured=output.terminal and not output.console.no_color))
    if not made.changes:
        output.line("no difference in content")


def marked(change: Change, *, coloured: bool) -> Text:
    """The pieces in a row: what is out as [-so-], what is in as {+so+}, long unchanged passages cut."""
    shown = Text()
    for number, piece in enumerate(change.pieces):
        begin, end, style = _MARKS[piece.side]
        text = piece.text
        if piece.side == "same":
            text = _shortened(text, first=number == 0, last=number == len(change.pieces) - 1)
        elif change.field not in ("title", "lead", "body") and number:
            shown.append("\n")
        kept = clean(text, lines=True)
        shown.append(f"{begin}{kept}{end}", style=style if coloured else "")
    return shown


def _shortened(text: str, *, first: bool, last: bool) -> str:
    """Unchanged text around changes: its end before one, its beginning after one."""
    if len(text) <= 2 * _CONTEXT + 3:
        return text
    head = "" if first else text[:_CONTEXT]
    return f"{head} … {'' if last else text[-_CONTEXT:]}"


CHANGES = (
    Column("at", whole=True), Column("what", whole=True), Column("article", whole=True), Column("posted", whole=True),
    Column("title"), Column("detail"),
)  # fmt: skip


@verb
@filtered(*UNDATED)
def changes(
    ctx: typer.Context,
    filters: Undated,
    since: Annotated[
        str | None, typer.Option(metavar="DAY", help="Found on this ISO day or later; default: seven days ago.")
    ] = None,
    until: Annotated[str | None, typer.Option(metavar="DAY", help="Found on this ISO day or earlier.")] = None,
    what: Annotated[str, typer.Option(metavar="KIND[,…]", help=f"Of {', '.join(KINDS)}.")] = "edited,gone,back",
    archive: ArchiveDir = None,
    as_json: Json = False,
) -> int:
    """List the pages that were edited, vanished or came back, as the archive found it; diff shows the words."""
    chosen = [kind.strip() for kind in what.split(",") if kind.strip()]
    for kind in chosen:
        if kind not in KINDS:
            raise BadInput(f"--what {kind!r}; allowed: {', '.join(KINDS)}")
    with opened(ctx, archive, as_json) as found:
        rows = found.archive.changes(since or today() - timedelta(days=7), until, chosen, **filters)
        output = Output()
        if found.as_json:
            for each in rows:
                output.json_line(dataclasses.asdict(each))
        else:
            output.table(
                CHANGES,
                [
                    (each.at, each.what, each.article, each.posted_on or "", each.title or "(no title)", _detail(each))
                    for each in rows
                ],
            )
        if not rows:
            asked = ", ".join(f"{name} {value}" for name, value in told(filters).items())
            said = "nothing changed that the archive found in these days"
            complain(f"{found.archive.path}: {said}{asked and f' ({asked})'}")
        if where := whereabouts(filters):
            complain(where)
        if hidden := found.archive.search(None, **filters).totals().withheld:
            complain(f"{hidden} withheld, with what changed in them")
        return found.status


def _detail(each: PageChange) -> str:
    return each.detail or (f"reading {each.number}" if each.what == "edited" else "")


VERBS = {"diff": diff, "changes": changes}
