"""The verbs that carry something out of the archive: cite, export."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from archive.cli import listing
from archive.cli.output import Output
from archive.cli.searching import typed
from archive.cli.session import ArchiveDir, BadInput, Json, Opened, complain, opened, verb
from archive.cli.showing import Id, Which
from archive.research import cite as citing
from archive.research.documents import Edge, edges
from archive.research.export import FORMATS, write_csv, write_graphml, write_jsonl, write_one
from archive.research.files import whole_file
from archive.research.health import gaps
from archive.research.package import Contents, write_dataset
from archive.research.rows import citations, columns, row
from archive.research.search import Search
from archive.storage import about
from archive.storage.paths import ArchivePaths
from archive.vietnam.provinces import today
from archive.vietnam.text import nearest

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
        source = citing.Source(view.article, view.portal.name, _about(found), number)
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
def export(
    ctx: typer.Context,
    to: Annotated[
        str, typer.Argument(metavar="PATH", help="A file .jsonl, .csv, .graphml; a folder; - for standard output.")
    ],
    words: Annotated[list[str] | None, typer.Argument(metavar="WORDS…", help="Only articles with these words.")] = None,
    kind: Annotated[
        str | None, typer.Option("--format", metavar="KIND", help=f"{', '.join(FORMATS)}; by default as PATH ends.")
    ] = None,
    full_text: Annotated[bool, typer.Option("--full-text", help="With lead and body; mind the rights.")] = False,
    excel: Annotated[bool, typer.Option("--excel", help="CSV with a byte-order mark, as Excel wants it.")] = False,
    portal: listing.Portal = None,
    province: listing.Province = None,
    with_predecessors: listing.WithPredecessors = False,
    publisher: listing.Publisher = None,
    section: listing.Section = None,
    since: listing.Since = None,
    until: listing.Until = None,
    author: listing.Author = None,
    document: listing.CitedDocument = None,
    archive: ArchiveDir = None,
    as_json: Json = False,
) -> int:
    """Write what is found as a table, a graph or a dataset folder: metadata, citations, a snippet of each article."""
    chosen = _kind(to, kind)
    with opened(ctx, archive, as_json) as found:
        query = typed(words or [])
        asked = found.archive.search(
            query, listing.slugs(portal), province, publisher, section, since, until, author, document,
            with_predecessors=with_predecessors,
        )  # fmt: skip
        told = {"words": query, "portal": portal, "province": province, "publisher": publisher, "section": section,
                "since": since, "until": until, "author": author, "document": document}  # fmt: skip
        question = {name: value for name, value in told.items() if value}
        if with_predecessors:
            question["with_predecessors"] = "yes"
        job = _Job(found, asked, full_text=full_text)
        written = job.run(to, chosen, question, excel=excel)
        withheld = asked.totals().withheld
        if found.as_json and to != "-":
            Output().json({"path": to, "format": chosen, "articles": written, "withheld": withheld})
        elif to != "-":
            complain(f"{to}: {written} articles" + (f", {withheld} withheld" if withheld else ""))
        if full_text and chosen != "dataset":
            complain("with full text: what the articles say belongs to those who published them")
        return found.status


class _Job:
    """One export: the same articles, gone through as often as the format needs."""

    def __init__(self, found: Opened, asked: Search, *, full_text: bool) -> None:
        self._found, self._asked, self._full_text = found, asked, full_text

    def run(self, to: str, kind: str, question: dict[str, str], *, excel: bool) -> int:
        """Write it; how many articles."""
        names = columns(full_text=self._full_text)
        if to == "-":
            if kind == "csv":
                return write_csv(sys.stdout, (row for _, row in self._pairs()), names)
            return write_jsonl(sys.stdout, self._lines())
        path = Path(to)
        if kind == "dataset":
            return write_dataset(path, self._contents(question))
        path.parent.mkdir(parents=True, exist_ok=True)
        if kind == "graphml":
            ids: list[str] = []
            with whole_file(path) as file:
                write_graphml(file, (ids.append(item["id"]) or item for item, _ in self._pairs()), self._ties(ids))  # type: ignore[func-returns-value]
            return len(ids)
        rows = self._lines() if kind == "jsonl" else (row for _, row in self._pairs())
        return write_one(path, kind, rows, full_text=self._full_text, excel=excel)

    def _lines(self) -> Iterator[dict[str, Any]]:
        """For JSON: rows with their citations."""
        return ({**row, "citations": list(citations(item))} for item, row in self._pairs())

    def _contents(self, question: dict[str, str]) -> Contents:
        archive = self._found.archive
        return Contents(
            items=self._pairs,
            edges=list(self._ties([item["id"] for item, _ in self._pairs()])),
            about=_about(self._found),
            made_on=today().isoformat(),
            question=question,
            portals={view.slug: view.name for view in archive.portals()},
            gaps=[gap for view in archive.portals() for gap in gaps(archive.folder(view.slug).paths)],
            withheld=self._asked.totals().withheld,
            full_text=self._full_text,
            parquet=_has_duckdb(),
        )

    def _ties(self, ids: list[str]) -> Iterator[Edge]:
        """The ties that the chosen articles state; read when the articles have been."""
        chosen = None
        for _, edge in edges(self._found.archive.catalog()):
            chosen = chosen or set(ids)
            if edge.article in chosen:
                yield edge

    def _pairs(self) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
        archive = self._found.archive
        with _progress(self._asked.totals().articles, hidden=self._found.as_json) as step:
            for each in self._asked.all():
                item = archive.item(each.portal, each.serial)
                if item is not None:
                    yield item, row(item, each, full_text=self._full_text)
                step()


@contextmanager
def _progress(total: int, *, hidden: bool) -> Iterator[Callable[[], None]]:
    """A bar on standard error, where that is a terminal."""
    console = Console(file=sys.stderr)
    if hidden or not console.is_terminal:
        yield lambda: None
        return
    shown = (TextColumn("articles"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*shown, console=console, transient=True, redirect_stdout=False) as bar:
        task = bar.add_task("articles", total=total)
        yield lambda: bar.advance(task)


def _has_duckdb() -> bool:
    try:
        import duckdb  # noqa: F401
    except ModuleNotFoundError:
        return False
    return True


def _kind(to: str, kind: str | None) -> str:
    if kind is not None:
        _allowed("--format", kind, FORMATS)
        if to == "-" and kind not in ("jsonl", "csv"):
            raise BadInput(f"--format {kind}: not for standard output; allowed: jsonl, csv, or a path")
        return kind
    if to == "-":
        return "jsonl"
    ending = Path(to).suffix.lstrip(".")
    if ending in FORMATS:
        return ending
    if ending and not Path(to).is_dir():
        raise BadInput(
            f"{to}: format not known by .{ending}; allowed: .jsonl, .csv, .graphml, .parquet, a folder, --format"
        )
    return "dataset"


def _allowed(option: str, value: str, choices: tuple[str, ...]) -> None:
    if value not in choices:
        meant = nearest(value, choices)
        near = f"; nearest: {meant}" if meant else ""
        raise BadInput(f"{option} {value!r}{near}; allowed: {', '.join(choices)}")


def _about(found: Opened) -> about.About:
    return about.load(ArchivePaths(found.archive.path).form)


VERBS = {"cite": cite, "export": export}
