"""`scrapy reextract`: reads a portal's own WARCs again by today's rules, and keeps what is read otherwise."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.progress import track
from scrapy.commands import ScrapyCommand

from archive.exits import Exit, overall
from archive.schema import stamp
from archive.storage.paths import ArchivePaths, PortalPaths
from archive.storage.store import ArchiveLocked, PortalArchive
from archive.storage.tables import LedgerError
from archive.vietnam.text import nearest
from crawler.portal import Portal, PortalError, load_portals, portal_for_province
from crawler.rereading import reread_all, revisions_of
from crawler.run import form_kept


class Command(ScrapyCommand):
    """Asks nothing of any host."""

    requires_project = True
    requires_crawler_process = False
    default_settings = {"LOG_ENABLED": False}  # noqa: RUF012 - Scrapy's own way to state them

    def syntax(self) -> str:
        return "[SLUG ...]"

    def short_desc(self) -> str:
        return "Read the captures of portals again by today's rules"

    def long_desc(self) -> str:
        return (
            "Reads every article page of the named portals (none named: all that the archive holds) again from its "
            "WARCs. What is read otherwise becomes a revision of cause `rules`; where the rules have not changed, "
            "nothing is added."
        )

    def add_options(self, parser: ArgumentParser) -> None:
        super().add_options(parser)
        parser.allow_abbrev = False  # a mistyped option must not become another one
        parser.add_argument("--processes", type=int, default=os.cpu_count() or 1, help="default: one per core")

    def run(self, args: list[str], opts: Namespace) -> None:
        """One line per portal; exit statuses as everywhere."""
        assert self.settings is not None
        archive = ArchivePaths(Path(self.settings["ARCHIVE_DIR"]))
        held = {paths.slug: paths for paths in archive.portals()}
        unknown = [slug for slug in args if slug not in held]
        if unknown or not held:
            near = nearest(unknown[0], held) if unknown else None
            asked = f"{archive.root} holds no portal{' ' + repr(unknown[0]) if unknown else ''}"
            self._refuse(asked + (f"; did you mean {near}?" if near else ""))
            return
        folder = self.settings["PORTALS_DIR"]
        try:
            forms = load_portals(Path(folder) if folder else None)
        except PortalError as problem:
            self._refuse(str(problem))
            return
        self.exitcode = overall(
            [_reextract(held[slug], forms.get(slug) or portal_for_province(slug), opts) for slug in args or held]
        )

    def _refuse(self, line: str) -> None:
        print(f"scrapy reextract: {line}", file=sys.stderr)
        self.exitcode = Exit.BAD_INPUT


def _reextract(paths: PortalPaths, form: Portal | None, opts: Namespace) -> Exit:
    if form is None:
        print(f"{paths.slug}: no form of that name; put one into PORTALS_DIR", file=sys.stderr)
        return Exit.FAILURES
    now = datetime.now(UTC)
    try:
        archive = PortalArchive(paths, form_kept(form), f"reextract-{now:%Y%m%dT%H%M%SZ}", {})
    except ArchiveLocked as problem:
        print(problem, file=sys.stderr)
        return Exit.LOCKED
    except LedgerError as problem:
        print(problem, file=sys.stderr)
        return Exit.DAMAGE
    counts: Counter[str] = Counter()
    try:
        readings = reread_all(paths, archive.ledger, form, max(1, opts.processes))
        shown = track(
            readings, form.slug, console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()
        )
        archive.append(revisions_of(iter(shown), counts), stamp(now))
    finally:
        archive.close()
    print(
        f"{form.slug}: "
        + (", ".join(f"{count} {verdict}" for verdict, count in sorted(counts.items())) or "nothing to read")
    )
    return Exit.DAMAGE if counts["unreadable"] else Exit.DONE
