"""The verb that says whose archive it is: init."""

from __future__ import annotations

import dataclasses
from typing import Annotated

import typer

from archive.cli.output import Output
from archive.cli.session import ArchiveDir, BadInput, Json, session, verb
from archive.storage import about
from archive.storage.paths import ArchivePaths


def _told(key: str) -> str:
    return f"{about.KEYS[key][0].upper()}{about.KEYS[key][1:]}."


@verb
def init(
    ctx: typer.Context,
    operator: Annotated[str | None, typer.Option(metavar="NAME", help=_told("operator"))] = None,
    contact: Annotated[str | None, typer.Option(metavar="ADDRESS", help=_told("contact"))] = None,
    name: Annotated[str | None, typer.Option(metavar="NAME", help=f"Name {about.KEYS['name']}.")] = None,
    rights: Annotated[str | None, typer.Option(metavar="TEXT", help=_told("rights"))] = None,
    vantage: Annotated[str | None, typer.Option(metavar="PLACE", help=_told("vantage"))] = None,
    archive: ArchiveDir = None,
    as_json: Json = False,
) -> int:
    """Make an archive, or change what its archive.toml says; what is not given stays as it is."""
    told = session(ctx, archive, as_json)
    folder = told.folder
    if folder.exists() and not folder.is_dir():
        raise BadInput(f"{folder}: a file; allowed: a folder, or a path where one can be made")
    path = ArchivePaths(folder).form
    known = about.load(path, write=True)
    made = about.changed(known, operator=operator, contact=contact, name=name, rights=rights, vantage=vantage)
    missing = [f"--{key}" for key in ("operator", "contact") if getattr(made, key) is None]
    if missing:
        raise BadInput(f"{path}: {' and '.join(missing)} not given; allowed: {about.KEYS[missing[0][2:]]}")
    if made != known or not path.exists():
        about.save(path, made)
    output = Output()
    if told.as_json:
        output.json(dataclasses.asdict(made))
    else:
        output.line(str(path), "bold")
        output.fields([(key, str(getattr(made, key) or ""), "") for key in about.KEYS if getattr(made, key)])
    return 0


VERBS = {"init": init}
