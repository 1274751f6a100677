"""One export: the articles found, written as a file or a folder, with a bar where a person looks on."""

from __future__ import annotations

import errno
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from archive.cli.filtering import told
from archive.cli.searching import typed
from archive.cli.session import BadInput, Opened, complain
from archive.exits import Exit
from archive.filters import Filters
from archive.research import cite
from archive.research.cards import TITLE, rights
from archive.research.documents import Edge, edges
from archive.research.export import write_csv, write_graphml, write_jsonl, write_one
from archive.research.files import is_special, whole_file
from archive.research.health import gaps
from archive.research.package import Contents, write_dataset
from archive.research.rows import citations, columns, row
from archive.research.search import Search
from archive.storage import about
from archive.storage.disk import put_whole
from archive.storage.paths import ArchivePaths
from archive.terminal import to_json
from archive.vietnam.provinces import today
from archive.views import ArticleView
from archive.withheld import Withheld

if TYPE_CHECKING:
    from archive.research.wacz import Made


def ask(found: Opened, words: list[str] | None, filters: Filters) -> tuple[Search, dict[str, str]]:
    """The articles that the words and filters of a verb mean, and the question as it was put."""
    query = typed(words or [])
    return found.archive.search(query, **filters), {**({"words": query} if query else {}), **told(filters)}


class Job:
    """One export: the same articles, gone through as often as the format needs."""

    def __init__(self, found: Opened, asked: Search, *, full_text: bool, erased: int = 0) -> None:
        self._found, self._asked, self._full_text = found, asked, full_text
        self.withheld, self.erased = asked.totals().withheld, erased
        self.lacks = Exit.DONE  # else some records that belong to it are offline or damaged

    def run(self, to: str, kind: str, question: dict[str, str], *, excel: bool = False, wacz: bool = False) -> int:
        """Write it; how many articles. `wacz`: with a dataset also the pages."""
        if to == "-":
            return self._stream(kind)
        path = Path(to)
        if kind == "dataset":
            return write_dataset(path, self._contents(question, wacz=wacz))
        if not path.parent.is_dir():
            raise BadInput(f"{path}: no folder {path.parent}; allowed: a path in one that is there")
        if kind == "wacz":
            return self._wacz(path, question)
        if kind == "graphml":
            with whole_file(path) as file:
                return write_graphml(file, (item for item, _ in self._pairs()), self._ties())[0]
        if kind in ("bibtex", "csl"):
            return self._references(path, kind)
        rows = self._lines() if kind == "jsonl" else (row for _, row in self._pairs())
        count = write_one(path, kind, rows, full_text=self._full_text, excel=excel)
        if self._full_text and not is_special(path):
            put_whole(path.with_name(f"{path.name}.RIGHTS.md"), self._rights(count))
        return count

    def _stream(self, kind: str) -> int:
        if kind == "csv":
            return write_csv(sys.stdout, (row for _, row in self._pairs()), columns(full_text=self._full_text))
        return write_jsonl(sys.stdout, self._lines())

    def _lines(self) -> Iterator[dict[str, Any]]:
        """For JSON: rows with their citations."""
        return ({**row, "citations": list(citations(item))} for item, row in self._pairs())

    def _contents(self, question: dict[str, str], *, wacz: bool) -> Contents:
        archive = self._found.archive
        return Contents(
            items=self._pairs,
            edges=list(self._ties()),
            about=about_of(self._found),
            made_on=today().isoformat(),
            question=question,
            portals={view.slug: view.name for view in archive.portals()},
            gaps=[gap for view in archive.portals() for gap in gaps(archive.folder(view.slug).paths)],
            withheld=self.withheld,
            erased=self.erased,
            full_text=self._full_text,
            parquet=_has_duckdb(),
            wacz=(lambda path: self._wacz(path, question)) if wacz else None,
        )

    def _references(self, path: Path, kind: str) -> int:
        """All articles as a bibliography."""
        count = 0
        with whole_file(path) as file:
            for item, _ in self._pairs():
                folder = self._found.archive.folder(item["portal"])
                source = cite.Source(folder.article(item), folder.view.name, about_of(self._found))
                if kind == "bibtex":
                    file.write(cite.bibtex(source) + "\n\n")
                else:
                    file.write(f"{',' if count else '['}\n{to_json(cite.csl(source))}")
                count += 1
            if kind == "csl":
                file.write("\n]\n" if count else "[]\n")
        return count

    def _wacz(self, path: Path, question: dict[str, str]) -> int:
        """The pages of the articles, with their images, files and style sheets; what is offline is told."""
        from archive.research.evidence import add_article
        from archive.research.wacz import Said, Subset, write_wacz

        archive, subset = self._found.archive, Subset()
        for item, _ in self._pairs():
            folder = archive.folder(item["portal"])
            try:
                add_article(subset, folder, ArticleView(item, folder))
            except Withheld as error:  # the page, for what else it shows
                complain(f"left out: the page of {item['id']}: {error}")
                continue
        chosen = "; ".join(f"{name} = {value}" for name, value in question.items()) or "all articles"
        said = Said(about_of(self._found).name or TITLE, f"The pages of articles ({chosen}).")
        made = write_wacz(path, subset, said, lambda made: [("rights/RIGHTS.md", self._rights(len(made.pages)))])
        for each in made.away:
            complain(f"left out: {each}")
        self.lacks = lacking(made)
        return len(made.pages)

    def _rights(self, count: int) -> str:
        return rights(about_of(self._found), count, today().isoformat())

    def _ties(self) -> Iterator[Edge]:
        """The ties that the chosen articles state."""
        chosen = {each.row for each in self._asked.all()}
        return (edge for row, edge in edges(self._found.archive.catalog()) if row in chosen)

    def _pairs(self) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
        archive = self._found.archive
        with _progress(self._asked.totals().articles, hidden=self._found.as_json) as step:
            for each in self._asked.all():
                item = archive.item(each.portal, each.serial)
                if item is not None:
                    yield item, row(item, each, full_text=self._full_text)
                step()


def lacking(made: Made) -> Exit:
    """What it amounts to that records could not be put into a WACZ."""
    return Exit.DAMAGE if made.damaged else Exit.FAILURES if made.away else Exit.DONE


@contextmanager
def written_to(path: str) -> Iterator[None]:
    """Name the file in what the disk says of a write, which itself names none."""
    try:
        yield
    except OSError as error:
        if error.filename is None and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EIO):
            error.filename = path
        raise


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


def about_of(found: Opened) -> about.About:
    """What archive.toml says, also for the folder of one portal in an archive."""
    return about.load(ArchivePaths(found.archive.path).form)
