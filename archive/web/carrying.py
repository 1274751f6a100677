"""What is carried out of the reader: articles as a table, a graph or references, one article as a reference."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TextIO

from anyio import to_thread
from starlette.background import BackgroundTask
from starlette.responses import FileResponse, Response

from archive.filters import FILTERS
from archive.finding import one_revision
from archive.reader import Archive
from archive.research import cite as citing
from archive.research.documents import edges
from archive.research.evidence import write_evidence
from archive.research.export import write_csv, write_graphml, write_jsonl
from archive.research.rows import citations, columns, row
from archive.research.search import Search
from archive.terminal import to_json
from archive.views import ArticleView
from archive.web.articles import cited_as, find
from archive.web.asked import Asked
from archive.web.house import House
from archive.web.searching import searched

# format -> ending, media type
FORMATS = {
    "csv": ("csv", "text/csv; charset=utf-8"),
    "excel": ("csv", "text/csv; charset=utf-8"),
    "jsonl": ("jsonl", "application/jsonl; charset=utf-8"),
    "graphml": ("graphml", "application/graphml+xml"),
    "bibtex": ("bib", "application/x-bibtex; charset=utf-8"),
    "csl": ("json", "application/vnd.citationstyles.csl+json"),
}
CITED = ("bibtex", "csl")
Pairs = Iterator[tuple[dict[str, Any], dict[str, Any]]]


async def export(house: House, asked: Asked) -> Response:
    """All articles that fit, as a file; metadata, citations and a snippet, as `archive export` writes them."""
    asked.only("q", *FILTERS, "format")
    kind = asked.one_of("format", tuple(FORMATS))
    with tempfile.NamedTemporaryFile(prefix="archive-export-", delete=False) as file:
        path = Path(file.name)
    try:
        # in a thread, with an archive of its own: whoever reads on meanwhile does not wait for a long table
        await to_thread.run_sync(_write, path, kind, house.path, asked)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    ending, media_type = FORMATS[kind]
    return FileResponse(
        path, media_type=media_type, filename=f"archive.{ending}", background=BackgroundTask(path.unlink)
    )


def _write(path: Path, kind: str, folder: Path, asked: Asked) -> None:
    with (
        Archive(folder) as archive,
        path.open("w", encoding="utf-8-sig" if kind == "excel" else "utf-8", errors="replace", newline="") as file,
    ):
        found = searched(archive, asked)
        _WRITERS[kind](file, archive, found)


def _pairs(archive: Archive, found: Search) -> Pairs:
    for each in found.all():
        item = archive.item(each.portal, each.serial)
        if item is not None:
            yield item, row(item, each, full_text=False)


def _csv(file: TextIO, archive: Archive, found: Search) -> None:
    write_csv(file, (cells for _, cells in _pairs(archive, found)), columns(full_text=False))


def _jsonl(file: TextIO, archive: Archive, found: Search) -> None:
    write_jsonl(file, ({**cells, "citations": list(citations(item))} for item, cells in _pairs(archive, found)))


def _graphml(file: TextIO, archive: Archive, found: Search) -> None:
    ids: set[str] = set()

    def items() -> Iterator[dict[str, Any]]:
        for item, _ in _pairs(archive, found):
            ids.add(item["id"])
            yield item

    write_graphml(file, items(), (edge for _, edge in edges(archive.catalog()) if edge.article in ids))


def _sources(archive: Archive, found: Search) -> Iterator[citing.Source]:
    for item, _ in _pairs(archive, found):
        yield cited_as(archive, ArticleView(item, archive.folder(item["portal"])), None)


def _bibtex(file: TextIO, archive: Archive, found: Search) -> None:
    for source in _sources(archive, found):
        file.write(citing.bibtex(source) + "\n\n")


def _csl(file: TextIO, archive: Archive, found: Search) -> None:
    before = "["
    for source in _sources(archive, found):
        file.write(f"{before}\n{to_json(citing.csl(source))}")
        before = ","
    file.write("[]\n" if before == "[" else "\n]\n")


_WRITERS: dict[str, Callable[[TextIO, Archive, Search], None]] = {
    "csv": _csv, "excel": _csv, "jsonl": _jsonl, "graphml": _graphml, "bibtex": _bibtex, "csl": _csl,
}  # fmt: skip


async def evidence(house: House, asked: Asked, portal: str, digits: str) -> Response:
    """The proof of an article, or of one reading of it, as a WACZ with the steps by which a stranger checks it."""
    asked.only("revision")
    find(house.archive(), portal, digits)  # tells at once what is not there, or withheld
    place = Path(tempfile.mkdtemp(prefix="archive-evidence-"))
    path = place / f"{portal}-{digits}.wacz"
    try:
        await to_thread.run_sync(_prove, path, house.path, f"{portal}/{digits}", asked.text("revision"))
    except BaseException:
        shutil.rmtree(place, ignore_errors=True)
        raise
    done = BackgroundTask(shutil.rmtree, place, ignore_errors=True)
    return FileResponse(path, media_type="application/wacz+zip", filename=path.name, background=done)


def _prove(path: Path, folder: Path, article: str, revision: str | None) -> None:
    with Archive(folder) as archive:
        view = archive.article(article, revision)
        source = cited_as(archive, view, None)
        write_evidence(path, archive.folder(view.portal.slug), view, citing.pwid(source), source.about.contact)


def cite(house: House, asked: Asked, portal: str, digits: str) -> Response:
    """One article, or one reading of it, as a reference."""
    asked.only("format", "revision")
    kind = asked.one_of("format", CITED)
    archive = house.archive()
    folder, readings = find(archive, portal, digits)
    reading = one_revision(readings, asked.text("revision"))
    view = ArticleView(reading.article.to_dict(), folder)
    source = cited_as(archive, view, reading.number if asked.text("revision") else None)
    text = citing.bibtex(source) if kind == "bibtex" else to_json([citing.csl(source)], indent=1)
    ending, media_type = FORMATS[kind]
    name = f"{portal}-{digits}.{ending}"
    return Response(
        f"{text}\n".encode("utf-8", "replace"),
        media_type=media_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
