"""The filters as options, the same for every verb that chooses articles, and what is said where they fit nothing."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any

import typer

from archive.cli.fields import whereabouts
from archive.cli.session import Opened, complain
from archive.filters import FILTERS, KNOWN, Filters, OfPortals

Portal = Annotated[str | None, typer.Option(metavar="SLUG[,…]", help="Of these portals.")]
OPTIONS: dict[str, Any] = {
    "portal": Portal,
    "province": Annotated[str | None, typer.Option(metavar="NAME", help="Of a province: name or slug.")],
    "with_predecessors": Annotated[
        bool,
        typer.Option("--with-predecessors", help="With the provinces it was formed from: Quảng Ngãi with Kon Tum."),
    ],
    "publisher": Annotated[
        str | None,
        typer.Option(
            metavar="KIND", help="Of such portals: government, party, newspaper, department, district, commune, other."
        ),
    ],
    "section": Annotated[str | None, typer.Option(metavar="TITLE", help="Of a section; marks and case do not count.")],
    "since": Annotated[str | None, typer.Option(metavar="DAY", help="Posted on this ISO day or later.")],
    "until": Annotated[str | None, typer.Option(metavar="DAY", help="Posted on this ISO day or earlier.")],
    "author": Annotated[str | None, typer.Option(metavar="NAME", help="By an author; marks and case do not count.")],
    "document": Annotated[str | None, typer.Option(metavar="NUMBER", help="Citing a document: number or cid.")],
}
UNDATED = tuple(name for name in FILTERS if name not in ("since", "until"))
OF_PORTALS = ("portal", "province", "with_predecessors")


def filtered(*names: str) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """Give a verb these filters as options, all by default; its parameter `filters` is what was given of them."""
    chosen = names or FILTERS

    def expand(work: Callable[..., int]) -> Callable[..., int]:
        @functools.wraps(work)
        def run(**values: Any) -> int:
            given = {name: values.pop(name) for name in chosen}
            return work(**values, filters={name: value for name, value in given.items() if value not in (None, False)})

        signature = inspect.signature(work, eval_str=True)
        others = [each for each in signature.parameters.values() if each.name != "filters"]
        place = list(signature.parameters).index("filters")
        # what Typer makes the options of
        run.__signature__ = signature.replace(  # type: ignore[attr-defined]
            parameters=[*others[:place], *map(_option, chosen), *others[place:]]
        )
        return run

    return expand


def _option(name: str) -> inspect.Parameter:
    default = False if name == "with_predecessors" else None
    return inspect.Parameter(name, inspect.Parameter.POSITIONAL_OR_KEYWORD, default=default, annotation=OPTIONS[name])


def told(filters: OfPortals) -> dict[str, str]:
    """The filters as they were typed, to be named in an answer."""
    return {name: "yes" if value is True else str(value) for name, value in filters.items()}


def none_found(found: Opened, said: str, filters: Mapping[str, str]) -> None:
    """Say on stderr why nothing is shown, so that a pipe stays clean, and what the filters may have meant."""
    archive = found.archive
    if next(archive.articles(limit=1), None) is None:
        complain(f"{archive.path}: no articles in this archive")
        return
    near = [archive.nearest(name, value) for name, value in filters.items() if name in KNOWN]
    meant = [f"; nearest: {each}" for each in near if each and each not in filters.values()]
    went = [f"; {where}" for where in [whereabouts(filters)] if where]
    asked = ", ".join(f"{name} {value}" for name, value in filters.items() if repr(value) not in said)
    complain(f"{archive.path}: {said}{asked and f' ({asked})'}{''.join(meant + went)}")


def remark(filters: OfPortals, withheld: int, erased: int = 0) -> None:
    """Say on stderr where the province asked for went, and how many articles that fit are withheld or erased."""
    if where := whereabouts(filters):
        complain(where)
    if withheld or erased:
        complain(left_out(withheld, erased))


def left_out(withheld: int, erased: int) -> str:
    """How many articles are withheld and erased: "2 withheld, 1 erased"; nothing where none is."""
    counts = {"withheld": withheld, "erased": erased}
    return ", ".join(f"{count} {name}" for name, count in counts.items() if count)


def erased_of(found: Opened, words: Sequence[str] | None, filters: Filters) -> int:
    """How many articles that fit were erased; which words they had nobody knows."""
    return 0 if words else len(found.archive.erased(**filters))


def slugs(portal: str | None) -> list[str] | None:
    """The slugs of a list with commas; None: of every portal."""
    return [slug.strip() for slug in portal.split(",") if slug.strip()] if portal is not None else None
