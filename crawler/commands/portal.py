"""`scrapy portal`: list the portals, try the rules on a page, record a test case, check the forms."""

from __future__ import annotations

import sys
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scrapy.commands import ScrapyCommand

from archive.exits import Exit
from archive.terminal import clean, hush
from archive.vietnam.provinces import PROVINCES
from archive.vietnam.text import hint
from crawler.form import POLITE_DELAY
from crawler.portal import BadSelection, Portal, PortalError, load_portals, select_portals
from crawler.roster import COLUMNS, check_forms, list_rows, portal_at

if TYPE_CHECKING:
    from crawler.trial import Saved, Trial

CASES = Path(__file__).parents[2] / "tests" / "portals"
OPTIONS = {"list": (), "try": ("file", "url"), "record": ("file", "url", "into"), "check": ("live",)}  # of each verb
# The first bytes of what is saved beside pages: PDF, zip (docx), gzip, PNG, JPEG, GIF, doc
FILES = (b"%PDF", b"PK\x03\x04", b"\x1f\x8b", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\xd0\xcf\x11\xe0")
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


class BadCall(Exception):
    """The command line asks for something that cannot be done; the message is one line that says what is allowed."""


class Command(ScrapyCommand):
    """Thin: every verb reads its arguments, calls one function and prints what it returns."""

    requires_project = True
    requires_crawler_process = False
    default_settings = {"LOG_ENABLED": False}  # noqa: RUF012 - Scrapy's own way to state them

    def syntax(self) -> str:
        return "list | try ADDRESS-OR-SLUG | record SLUG ADDRESS | check [SLUG ...]"

    def short_desc(self) -> str:
        return "List portals, try the reading rules on a page, record a test case, check the forms"

    def long_desc(self) -> str:
        return (
            "list: all portals and their status. try: what the rules find on a page, by which rule, and a draft form; "
            "a slug stands for the portal's home page, --file with --url for a page saved before. record: the page and "
            "the expected item as a test case. check: every form is valid; with --live the hosts are asked too."
        )

    def add_options(self, parser: ArgumentParser) -> None:
        super().add_options(parser)
        parser.allow_abbrev = False  # a mistyped option must not become another one
        parser.add_argument("--file", metavar="SAVED", help="try, record: a page saved before, instead of a fetch")
        parser.add_argument("--url", metavar="ADDRESS", help="try: the address the saved page came from")
        parser.add_argument("--into", metavar="DIR", help="record: where the test cases are")
        parser.add_argument(
            "--live", action="store_true", help="check: also ask the named portals (none named: the active ones)"
        )

    def run(self, args: list[str], opts: Namespace) -> None:
        from crawler.probe import ProbeFailed, Refused

        verbs: dict[str, Callable[[list[str], Namespace], Exit]] = {
            "list": self._list,
            "try": self._try,
            "record": self._record,
            "check": self._check,
        }
        try:
            verb = args[0] if args else ""
            if verb not in verbs:
                said = f"{verb}: no such verb{hint(verb, verbs)}" if verb else "a verb is missing"
                raise BadCall(f"scrapy portal: {said} (allowed: {', '.join(verbs)})")
            unknown = next((each for each in args if each.startswith("-")), None)
            if unknown:
                raise BadCall(f"{unknown}: no such option (allowed: --file, --url, --into, --live)")
            for name in ("file", "url", "into", "live"):
                if getattr(opts, name) and name not in OPTIONS[verb]:
                    known = ", ".join(f"--{each}" for each in OPTIONS[verb]) or "none"
                    raise BadCall(f"--{name}: no option of {verb} (allowed: {known})")
            self.exitcode = verbs[verb](args[1:], opts)
        except (BadCall, PortalError, Refused) as error:
            self._fail(error, Exit.BAD_INPUT)
        except ProbeFailed as error:
            self._fail(error, Exit.NOTHING)
        except BrokenPipeError:  # `| head` has seen enough
            hush()

    def _list(self, args: list[str], opts: Namespace) -> Exit:
        """Every form and, after them, the provinces that have none."""
        if args:
            raise BadCall(f"list takes no arguments, not {args[0]!r}")
        show(COLUMNS, list_rows(load_portals(self._portals_dir())))
        return Exit.DONE

    def _try(self, args: list[str], opts: Namespace) -> Exit:
        """What is found on a page, by which rule, and a draft form."""
        if opts.file and (args or not opts.url):
            raise BadCall("try --file SAVED needs --url ADDRESS, where the page came from, and nothing else")
        if opts.file and not _is_web_address(opts.url):
            raise BadCall(f"--url {opts.url}: not an address (allowed: http://host/path or https://host/path)")
        if not opts.file and (len(args) != 1 or opts.url):
            raise BadCall("try takes one address or slug, or --file SAVED --url ADDRESS")
        forms = load_portals(self._portals_dir())
        address = opts.url or args[0]
        portal = portal_at(forms, address)
        from crawler import trial

        result = trial.read(self._page(address if _is_address(address) else _home(portal), portal, opts.file), portal)
        self._print_trial(result)
        return Exit.DONE

    def _record(self, args: list[str], opts: Namespace) -> Exit:
        """The page and its expected item, as a test case to be read and committed."""
        addresses = [*args[1:], *([opts.url] if opts.url else [])]
        if not args or len(addresses) != 1 or not _is_address(addresses[0]):
            raise BadCall("record takes a slug and one address: record SLUG ADDRESS [--file SAVED]")
        portal = select_portals(load_portals(self._portals_dir()), portals=args[0])[0]
        if not portal.owns(addresses[0]):
            raise BadCall(f"{addresses[0]} is on none of the hosts of {portal.slug}: {', '.join(portal.hosts)}")
        from crawler import trial

        result = trial.read(self._page(addresses[0], portal, opts.file), portal)
        try:
            page, case = trial.save(result, portal.slug, Path(opts.into or CASES))
        except FileExistsError as error:
            raise BadCall(f"{error.filename} is there already; remove it to record the case again") from None
        except OSError as error:
            raise BadCall(f"{error.filename}: {error.strerror}") from None
        show(("field", "value", "rule"), trial.rows(result))
        print(f"saved {page}\n      {case}\nRead the JSON as if somebody else had written it, then commit both.")
        return Exit.DONE

    def _check(self, args: list[str], opts: Namespace) -> Exit:
        """Every mistake in every form; with --live also what the home pages and sections of some answer."""
        portals, mistakes = check_forms(self._portals_dir())
        for mistake in mistakes:
            print(clean(mistake), file=sys.stderr)
        chosen = [_known(portals, slug) for slug in args] or list(portals.values())
        if mistakes:
            return Exit.BAD_INPUT
        print(f"{len(chosen)} {'forms are' if len(chosen) != 1 else 'form is'} valid")
        return self._probe_all([each for each in chosen if args or each.active]) if opts.live else Exit.DONE

    def _probe_all(self, portals: Iterable[Portal]) -> Exit:
        from crawler.probe import ProbeFailed, fetch

        answered = failed = 0
        for portal in portals:
            delay = portal.network.delay if portal.network.delay is not None else POLITE_DELAY
            for url in dict.fromkeys((portal.home, *(section.url for section in portal.sections))):
                try:
                    answer = fetch(url, self._agent(), portal.hosts if portal.loopback else (), portal.network.tls)
                    good = answer.status < 400
                    what = f"{answer.status} {answer.url} {answer.doubt or ''}".rstrip()
                except ProbeFailed as error:
                    good, what = False, str(error)
                answered, failed = answered + good, failed + (not good)
                print(clean(f"{portal.slug}\t{what}"), flush=True)
                time.sleep(delay)
        return Exit.DONE if not failed else Exit.FAILURES if answered else Exit.NOTHING

    def _page(self, url: str, portal: Portal | None, file: str | None) -> Saved:
        """The page at an address, or the saved one; a saved page counts as fetched when its file was written."""
        from crawler.probe import fetch
        from crawler.trial import Saved

        if file:
            try:
                written = datetime.fromtimestamp(Path(file).stat().st_mtime, UTC).replace(microsecond=0)
                body = Path(file).read_bytes()
            except OSError as error:
                raise BadCall(f"{file}: {error.strerror}") from None
            if problem := _no_page(body):
                raise BadCall(f"{file}: {problem} (allowed: a page of HTML, as the browser or a crawl saved it)")
            return Saved(body, url, written, {})
        tls = portal.network.tls if portal else None
        answer = fetch(url, self._agent(), portal.hosts if portal and portal.loopback else (), tls)
        media_type = answer.headers.get("content-type", "no media type")
        print(
            clean(
                f"{answer.url}: {answer.status}, {len(answer.body)} bytes, {media_type}; {answer.doubt or ''}".rstrip(
                    "; "
                )
            )
        )
        return Saved(answer.body, answer.url, answer.fetched_at.replace(microsecond=0), answer.headers)

    def _print_trial(self, result: Trial) -> None:
        from crawler import trial

        show(("field", "value", "rule"), trial.rows(result))
        print("\n" + clean(trial.draft(result), lines=True), end="")

    def _portals_dir(self) -> Path | None:
        folder = self.settings.get("PORTALS_DIR") if self.settings else None
        return Path(folder) if folder else None

    def _agent(self) -> str:
        return str(self.settings.get("USER_AGENT")) if self.settings else ""

    def _fail(self, error: Exception, status: Exit) -> None:
        print(clean(str(error)), file=sys.stderr)
        self.exitcode = status


def _known(portals: dict[str, Portal], slug: str) -> Portal:
    if slug not in portals:
        if any(record.place == slug and record.hosts for record in PROVINCES.values()):
            raise BadSelection(f"no form is called {slug!r}: that portal is known by its host in the registry alone")
        raise BadSelection(f"no form is called {slug!r}{hint(slug, portals)}")
    return portals[slug]


def _home(portal: Portal | None) -> str:
    assert portal  # a slug that names no portal has been refused
    return portal.home


def _is_address(text: str) -> bool:
    return "/" in text  # no slug has one; what is no http address is refused by name


def _is_web_address(text: str) -> bool:
    """Whether a page can have come from there: http or https, a host's name or number, a port that can be."""
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    named = ":" in host or "." in host.strip(".") or host == "localhost"
    return parts.scheme in ("http", "https") and named and port != 0 and not set(text) & set(" \t\r\n")


def _no_page(body: bytes) -> str | None:
    """Why a file is no page; None where it may be one."""
    if not body.strip():
        return "is empty"
    binary = body.startswith(FILES) or (b"\0" in body[:1024] and not body.startswith(UTF_16))
    return "is no text" if binary else None if b"<" in body else "is no HTML"


def show(columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    """A table on a terminal; one line per row, cells divided by tabs, anywhere else."""
    if not sys.stdout.isatty():
        for row in rows:
            print("\t".join(map(clean, row)).rstrip("\t"))
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*columns, box=None, pad_edge=False)
    for row in rows:
        table.add_row(*(Text(clean(cell)) for cell in row))
    Console().print(table)
