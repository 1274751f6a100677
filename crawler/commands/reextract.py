"""`scrapy reextract`: reads a portal's own WARCs again by today's rules, and keeps what is read otherwise."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from rich.console import Console
from rich.progress import track
from scrapy.commands import ScrapyCommand

from archive.exits import Exit, overall
from archive.schema import stamp
from archive.storage.imports import NotTaken, check_given
from archive.storage.paths import ArchivePaths, PortalPaths
from archive.storage.unpack import unpacked
from archive.vietnam.text import hint
from crawler.importing import import_files
from crawler.offline import disk_status, open_portal
from crawler.portal import Portal, PortalError, load_portals, portal_for_province, select_portals
from crawler.rereading import Reading, reread_all, revisions_of

_BATCH = 500  # revisions that are made durable together


class Command(ScrapyCommand):
    """Asks nothing of any host."""

    requires_project = True
    requires_crawler_process = False
    default_settings = {"LOG_ENABLED": False}  # noqa: RUF012 - Scrapy's own way to state them

    def syntax(self) -> str:
        return "[SLUG ...] | --from FILE [FILE ...] --portal SLUG"

    def short_desc(self) -> str:
        return "Read the captures of portals again by today's rules"

    def long_desc(self) -> str:
        return (
            "Reads every article page of the named portals (none named: all that the archive holds) again from its "
            "WARCs. What is read otherwise becomes a revision of cause `rules`; where the rules have not changed, "
            "nothing is added. With --from it takes in WARC files that another tool made (wget, Browsertrix, Common "
            "Crawl, Save Page Now), or those in a WACZ: each is copied into the portal's folder, indexed, and its "
            "articles are read."
        )

    def add_options(self, parser: ArgumentParser) -> None:
        super().add_options(parser)
        parser.allow_abbrev = False  # a mistyped option must not become another one
        parser.add_argument(
            "--from", dest="files", metavar="FILE", nargs="+", action="extend", default=[], type=Path,
            help="take in WARC files that another tool made, and read their articles",
        )  # fmt: skip
        parser.add_argument("--portal", metavar="SLUG", help="the portal that the files of --from are of")
        parser.add_argument("--processes", type=int, default=os.cpu_count() or 1, help="default: one per core")

    def run(self, args: list[str], opts: Namespace) -> None:
        """One line per portal; exit statuses as everywhere."""
        assert self.settings is not None
        archive = ArchivePaths(Path(self.settings["ARCHIVE_DIR"]))
        if opts.files or opts.portal is not None:
            self._import(archive, args, opts)
            return
        held = {paths.slug: paths for paths in archive.portals()}
        unknown = [slug for slug in args if slug not in held]
        if unknown or not held:
            asked = f" {unknown[0]!r}{hint(unknown[0], held)}" if unknown else ""
            self._refuse(f"{archive.root} holds no portal{asked}")
            return
        try:
            forms = self._forms()
        except PortalError as problem:
            self._refuse(str(problem))
            return
        verdicts: list[Exit] = []
        for slug in args or held:
            verdicts.append(_reextract(held[slug], forms.get(slug) or portal_for_province(slug), opts))
            if verdicts[-1] in (Exit.INTERRUPTED, Exit.DISK, Exit.BAD_INPUT):
                break
        worst = next((each for each in (Exit.DEFECT, Exit.BAD_INPUT) if each in verdicts), None)
        self.exitcode = worst or overall(verdicts)

    def _forms(self) -> dict[str, Portal]:
        assert self.settings is not None
        folder = self.settings["PORTALS_DIR"]
        return load_portals(Path(folder) if folder else None)

    def _import(self, archive: ArchivePaths, args: list[str], opts: Namespace) -> None:
        if args or not opts.files or not opts.portal:
            self._refuse("--from FILE [FILE ...] and --portal SLUG belong together, without other names")
            return
        try:
            [form] = select_portals(self._forms(), portals=opts.portal)
            paths = archive.portal(form.slug)
            with unpacked(list(dict.fromkeys(opts.files)), archive.root) as warcs:
                for warc in warcs:
                    check_given(warc, paths)
                self.exitcode = import_files(warcs, paths, form, max(1, opts.processes))
        except ValueError:
            self._refuse(f"--portal {opts.portal}: names several; allowed: one")
        except (PortalError, NotTaken) as problem:
            self._refuse(str(problem))
        except OSError as problem:
            self.exitcode = disk_status(problem)

    def _refuse(self, line: str) -> None:
        print(f"scrapy reextract: {line}", file=sys.stderr)
        self.exitcode = Exit.BAD_INPUT


def _reextract(paths: PortalPaths, form: Portal | None, opts: Namespace) -> Exit:
    if form is None:
        print(f"{paths.slug}: no form of that name; put one into PORTALS_DIR", file=sys.stderr)
        return Exit.FAILURES
    now = datetime.now(UTC)
    archive = open_portal(paths, form, "reextract")
    if isinstance(archive, Exit):
        return archive
    counts: Counter[str] = Counter()
    try:
        try:
            ledger = archive.ledger
            places = ledger.captures()
            captures = (each for place in places if (each := ledger.capture(*place)))
            readings = reread_all(paths, captures, form, max(1, opts.processes))
            found = revisions_of(_told(readings, form.slug, len(places)), counts)
            while batch := list(islice(found, _BATCH)):
                archive.append(batch, stamp(now))
        finally:
            archive.close()
    except KeyboardInterrupt:
        print("interrupted; the same command reads the rest", file=sys.stderr)
        return Exit.INTERRUPTED
    except OSError as problem:
        print(f"{problem.filename}: {problem.strerror}", file=sys.stderr)
        return Exit.DISK
    print(
        f"{form.slug}: "
        + (", ".join(f"{count} {verdict}" for verdict, count in sorted(counts.items())) or "nothing to read")
    )
    if counts["defect"]:
        return Exit.DEFECT
    return Exit.DAMAGE if counts["unreadable"] else Exit.DONE


def _told(readings: Iterable[Reading], slug: str, total: int) -> Iterator[Reading]:
    """The readings, under a progress bar where somebody looks; each problem is said as it comes."""
    console = Console(stderr=True)
    for reading in track(readings, slug, total, console=console, transient=True, disable=not console.is_terminal):
        if reading.problem:
            print(reading.problem, file=sys.stderr)
        yield reading
