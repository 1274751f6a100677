"""The verbs that carry something out of the archive: cite, export."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from archive.cli.filtering import erased_of, filtered, left_out
from archive.cli.jobs import Job, about_of, ask, written_to
from archive.cli.output import Output
from archive.cli.session import ArchiveDir, BadInput, Json, complain, opened, verb
from archive.cli.showing import Id, Which
from archive.exits import overall
from archive.filters import Filters
from archive.research import cite as citing
from archive.research.export import FORMATS
from archive.vietnam.text import hint

STYLES = ("bibtex", "csl", "pwid")


@verb
def cite(
    ctx: typer.Context,
    id: Id,
    revision: Which = None,
    style: Annotated[str, typer.Option("--format", metavar="KIND", help="bibtex, csl (CSL-JSON) or pwid.")] = "bibtex",
    archive: ArchiveDir = None,
    as_json: Json = False,
) -> int:
    """Cite an article, or one reading of it, so that others find the very record."""
    _allowed("--format", style, STYLES)
    with opened(ctx, archive, as_json) as found:
        view = found.archive.article(id, revision)
        number = None
        if revision is not None:
            number = next(each.number for each in view.revisions if each.article.revision == view.article.revision)
        source = citing.Source(view.article, view.portal.name, about_of(found), number)
        output = Output()
        if found.as_json:
            output.json({"bibtex": citing.bibtex(source), "csl": citing.csl(source), "pwid": citing.pwid(source)})
        elif style == "csl":
            output.json([citing.csl(source)])
        elif style == "pwid":
            print(citing.pwid(source) or "")
        else:
            output.text(citing.bibtex(source))
        return found.status


@verb
@filtered()
def export(
    ctx: typer.Context,
    to: Annotated[
        str,
        typer.Argument(
            metavar="PATH",
            help="A file .jsonl, .csv, .graphml, .bib, .csl, .wacz; a folder .parquet; - for standard output.",
        ),
    ],
    filters: Filters,
    words: Annotated[list[str] | None, typer.Argument(metavar="WORDS…", help="Only articles with these words.")] = None,
    kind: Annotated[
        str | None, typer.Option("--format", metavar="KIND", help=f"{', '.join(FORMATS)}; by default as PATH ends.")
    ] = None,
    full_text: Annotated[
        bool, typer.Option("--full-text", help="With lead and body, and a statement of rights.")
    ] = False,
    excel: Annotated[bool, typer.Option("--excel", help="CSV with a byte-order mark, as Excel wants it.")] = False,
    archive: ArchiveDir = None,
    as_json: Json = False,
) -> int:
    """Write what is found as a table, a graph or a dataset folder: metadata, citations, a snippet of each article."""
    chosen = _kind(to, kind)
    if chosen == "wacz" and not full_text:
        raise BadInput(f"{to}: a WACZ holds whole pages; allowed: with --full-text, or another format")
    with opened(ctx, archive, as_json) as found:
        asked, question = ask(found, words, filters)
        job = Job(found, asked, full_text=full_text, erased=erased_of(found, words, filters))
        with written_to(to):
            written = job.run(to, chosen, question, excel=excel)
        counts = {"withheld": job.withheld, "erased": job.erased}
        if found.as_json and to != "-":
            Output().json({"path": to, "format": chosen, "articles": written, **counts})
        elif to != "-":
            complain(f"{to}: {', '.join(filter(None, (f'{written} articles', left_out(**counts))))}")
        if full_text and chosen != "dataset":
            complain("with full text: what the articles say belongs to those who published them")
        return overall((found.status, job.lacks))


def _kind(to: str, kind: str | None) -> str:
    if kind is not None:
        _allowed("--format", kind, FORMATS)
        if to == "-" and kind not in ("jsonl", "csv"):
            raise BadInput(f"--format {kind}: not for standard output; allowed: jsonl, csv, or a path")
        return kind
    if to == "-":
        return "jsonl"
    ending = Path(to).suffix.lstrip(".")
    if ending in FORMATS or ending == "bib":
        return "bibtex" if ending == "bib" else ending
    if ending and not Path(to).is_dir():
        raise BadInput(
            f"{to}: format not known by .{ending}; allowed: .jsonl, .csv, .graphml, .bib, .csl, .parquet, .wacz,"
            " a folder, --format"
        )
    return "dataset"


def _allowed(option: str, value: str, choices: tuple[str, ...]) -> None:
    if value not in choices:
        raise BadInput(f"{option} {value!r}{hint(value, choices)}; allowed: {', '.join(choices)}")


VERBS = {"cite": cite, "export": export}
