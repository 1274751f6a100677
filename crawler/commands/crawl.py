"""`scrapy crawl`, with arguments checked before anything starts and the run's verdict as exit status."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from scrapy.commands import crawl

from archive.exits import Exit
from archive.research.catalog import top_up
from archive.terminal import hush, speak_utf8
from archive.vietnam.text import hint
from archive.views import ArchiveError
from crawler.limits import check_settings
from crawler.plan import BadArgument, Plan, read_plan
from crawler.portal import SHIPPED, Portal
from crawler.report import verdict, write_reports
from crawler.run import FULL, BadArchive, Run
from crawler.summary import print_plan, print_summary, warn_unnamed

SPIDER = "province_news"


class Command(crawl.Command):
    """Scrapy's own command for any other spider; `province_news` gets a plan, a run and a verdict."""

    plan: Plan | None = None

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Check every argument: a wrong one is one line and status 2, and nothing is started or made."""
        super().process_options(args, opts)
        if args != [SPIDER]:
            return
        speak_utf8()
        assert self.settings is not None
        folder = self.settings["PORTALS_DIR"]
        try:
            check_settings(self.settings)
            self.plan = read_plan(opts.spargs, Path(folder) if folder else None)
        except BadArgument as problem:
            print(f"scrapy crawl: {problem}", file=sys.stderr)
            raise SystemExit(Exit.BAD_INPUT) from None

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Crawl, and end with the status that the run's verdict is."""
        assert self.crawler_process is not None
        spiders = self.crawler_process.spider_loader.list()
        if len(args) == 1 and args[0] not in spiders:
            said = f"no spider {args[0]!r}{hint(args[0], spiders)}; allowed: {', '.join(spiders)}"
            print(f"scrapy crawl: {said}", file=sys.stderr)
            self.exitcode = Exit.BAD_INPUT
        elif self.plan is None:
            super().run(args, opts)
        else:
            self.exitcode = self.crawl(self.plan)

    def crawl(self, plan: Plan) -> Exit:
        """One run over the plan's portals."""
        assert self.crawler_process is not None
        assert self.settings is not None
        self.settings.set("LOOPBACK_HOSTS", [host for each in plan.portals if each.loopback for host in each.hosts])
        try:
            demo = _serve_demo(plan.portals, self.settings.getint("DEMO_EDITION"))
            run = Run(plan, self.settings)
        except (BadArchive, OSError) as problem:
            print(f"scrapy crawl: {problem}", file=sys.stderr)
            return Exit.DISK if isinstance(problem, OSError) and problem.errno in FULL else Exit.BAD_INPUT
        try:
            _show(partial(print_plan, run))
            warn_unnamed(run)
            if run.portals:
                self.crawler_process.crawl(self.crawler_process.create_crawler(SPIDER), run=run)
                self.crawler_process.start()
        finally:
            run.close()
            if demo:
                demo.stopListening()
        write_reports(run)
        _top_up(run)
        _show(partial(print_summary, run))
        return verdict(run)


def _show(show: Callable[[], None]) -> None:
    """Show something to whoever reads; a crawl goes on where nobody does any more."""
    try:
        show()
        sys.stdout.flush()
    except (BrokenPipeError, SystemExit):  # the latter is how rich says the former
        hush()


def _top_up(run: Run) -> None:
    """Let the next search find what the run brought; where that fails the search does it itself."""
    try:
        top_up(run.paths)
    except (ArchiveError, OSError) as problem:
        print(f"scrapy crawl: the catalog was not topped up: {problem}", file=sys.stderr)


def _serve_demo(portals: tuple[Portal, ...], edition: int) -> Any:
    """The demo portal in a box, bound before the crawl starts, where the shipped demo is to be crawled."""
    if not any(each.slug == "demo" and each.path and each.path.parent == SHIPPED for each in portals):
        return None
    from crawler.demo.server import serve  # binds the reactor that Scrapy has installed by now

    return serve(edition)
