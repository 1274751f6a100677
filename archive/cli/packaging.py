"""The verbs that hand over with proof: package, evidence."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from archive.cli.filtering import erased_of, filtered, left_out
from archive.cli.jobs import Job, about_of, ask, lacking, written_to
from archive.cli.output import Output
from archive.cli.session import ArchiveDir, BadInput, Json, complain, opened, verb
from archive.cli.showing import Id, Which
from archive.exits import overall
from archive.filters import Filters
from archive.research import cite


@verb
@filtered()
def package(
    ctx: typer.Context,
    to: Annotated[Path, typer.Argument(metavar="FOLDER", help="A new folder, or an empty one.")],
    filters: Filters,
    words: Annotated[list[str] | None, typer.Argument(metavar="WORDS…", help="Only articles with these words.")] = None,
    full_text: Annotated[
        bool, typer.Option("--full-text", help="With lead and body, and a statement of rights.")
    ] = False,
    wacz: Annotated[bool, typer.Option("--wacz", help="With the pages themselves; needs --full-text.")] = False,
    archive: ArchiveDir = None,
    as_json: Json = False,
) -> int:
    """Make a dataset folder for a colleague: tables, graph, schema, card, coverage and gaps, checksums."""
    if wacz and not full_text:
        raise BadInput("--wacz: a WACZ holds whole pages; allowed: with --full-text")
    with opened(ctx, archive, as_json) as found:
        asked, question = ask(found, words, filters)
        job = Job(found, asked, full_text=full_text, erased=erased_of(found, words, filters))
        with written_to(str(to)):
            count = job.run(str(to), "dataset", question, wacz=wacz)
        counts = {"withheld": job.withheld, "erased": job.erased}
        if found.as_json:
            Output().json({"path": str(to), "articles": count, **counts})
        else:
            complain(f"{to}: {', '.join(filter(None, (f'{count} articles', left_out(**counts))))}")
        return overall((found.status, job.lacks))


@verb
def evidence(
    ctx: typer.Context,
    id: Id,
    to: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="A .wacz; by default named after the article.")
    ] = None,
    revision: Which = None,
    archive: ArchiveDir = None,
    as_json: Json = False,
) -> int:
    """Write the proof of an article as a WACZ: record, item, digests, and steps for a stranger to check it."""
    from archive.research.evidence import write_evidence

    with opened(ctx, archive, as_json) as found:
        view = found.archive.article(id, revision)
        path = to or Path(re.sub(r"[^A-Za-z0-9.-]+", "-", view.id) + ".wacz")
        if path.suffix != ".wacz":
            raise BadInput(f"{path}: allowed: a name that ends in .wacz")
        if path.exists():
            raise BadInput(f"{path}: already there; allowed: a new file")
        if not path.parent.is_dir():
            raise BadInput(f"{path}: no folder {path.parent}; allowed: a path in one that is there")
        about = about_of(found)
        pwid = cite.pwid(cite.Source(view.article, view.portal.name, about))
        with written_to(str(path)):
            made = write_evidence(path, found.archive.folder(view.portal.slug), view, pwid, about.contact)
        for each in made.away:
            complain(f"left out: {each}")
        if found.as_json:
            Output().json({"path": str(path), "id": view.id, "records": list(made.places), "left_out": made.away})
        else:
            complain(f"{path}: {len(made.places)} records; evidence/STEPS.md in it says how to check them")
        return overall((found.status, lacking(made)))


VERBS = {"package": package, "evidence": evidence}
