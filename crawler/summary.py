"""What a run says to a person: the plan before it, the summary after it."""

from __future__ import annotations

import sys
from collections import Counter

from rich.console import Console
from rich.table import Table
from rich.text import Text

from archive.exits import Exit
from archive.terminal import clean
from crawler.portal_run import PortalRun
from crawler.report import drift_of, unreachable_from_here, verdict_on
from crawler.run import Run

WORDS = {
    Exit.DONE: "done",
    Exit.FAILURES: "done, with failures",
    Exit.NOTHING: "nothing could be fetched",
    Exit.INTERRUPTED: "interrupted; the next run goes on where this one stood",
    Exit.BUDGET: "its budget was used up; the next run goes on where this one stood",
    Exit.DISK: "stopped: the disk refuses to be written to",
    Exit.LOCKED: "not crawled: another run holds it",
    Exit.DAMAGE: "damage found",
    Exit.DEFECT: "a defect of this program; the traceback is above",
}


def print_plan(run: Run) -> None:
    """The portals of the run, what is due at each, and the time that politeness takes at least."""
    plan = run.plan
    bounds = [f"{name} {value}" for name, value in (("since", plan.since), ("until", plan.until)) if value]
    bounds += [f"at most {plan.limit} articles per portal"] if plan.limit else []
    bounds += [f"at most {plan.minutes} minutes"] if plan.minutes else []
    print(f"Run {run.id}, {plan.mode}{', ' if bounds else ''}{', '.join(bounds)}, into {run.paths.root}/")
    for portal in run.portals:
        due = portal.archive.ledger.counts().get("due", 0)
        seconds = due * portal.delay_for(portal.form.hosts[0])
        more = f", replaces the shipped form by {portal.form.path}" if portal.form.replaces else ""
        print(f"  {portal.form.slug}: {portal.form.hosts[0]}, {due} addresses due, at least {_time(seconds)}{more}")
    for slug, (_, why) in run.shut.items():
        print(f"  {slug}: not crawled: {clean(why)}")


def _time(seconds: float) -> str:
    if seconds < 120:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 7200 else f"{seconds / 3600:.1f} h"


def warn_unnamed(run: Run) -> None:
    """Portals' keepers should learn who asks; one command tells them."""
    if not run.about.named and any(not portal.form.loopback for portal in run.portals):
        command = 'uv run archive init --operator "…" --contact "…"'
        print(f"Warning: the archive names no operator and contact; set them with: {command}", file=sys.stderr)


def print_summary(run: Run) -> None:
    """The run in one table, its failures by reason, where the files are, and what to try next."""
    console = Console(highlight=False)
    for portal in run.portals:
        console.print()
        console.print(Text(f"{portal.form.name} ({portal.form.slug})", style="bold"))
        console.print(_facts(portal))
        _failures(console, run, portal)
        _warnings(console, run, portal)
        verdict = verdict_on(run, portal)
        why = f": {clean(run.stop_detail)}" if run.stop_detail else ""
        status = f" (exit status {verdict.value})" if verdict else ""
        console.print(f"  {WORDS[verdict]}{why}{status}", markup=False, soft_wrap=True)
    for slug, (ended, why) in run.shut.items():
        console.print(f"{slug}: not crawled: {clean(why)} (exit status {ended.value})", markup=False, soft_wrap=True)
    console.print()
    if unreachable_from_here(run):
        console.print("Most portals could not be connected to: unreachable from here? Look at this machine's network.")
    console.print(f"The files are in {run.paths.portals_dir}/", markup=False, soft_wrap=True)
    if any(portal.tally["article.new"] for portal in run.portals):
        elsewhere = f" --archive {run.paths.root}" if str(run.paths.root) != "data" else ""
        console.print(f"Next: uv run archive{elsewhere} list", markup=False, soft_wrap=True)
        console.print(f"      uv run archive{elsewhere} show <id>", markup=False, soft_wrap=True)


def _facts(portal: PortalRun) -> Table:
    tally = portal.tally
    articles = [f"{tally[f'article.{name}']} {name}" for name in ("new", "changed", "unchanged", "gone")]
    articles += [
        f"{tally[f'article.{name}']} {name}" for name in ("missing", "back", "read anew") if tally[f"article.{name}"]
    ]
    others = {name.partition(".")[2]: count for name, count in tally.items() if name.startswith("not_article.")}
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2))
    rows = [
        ("pages", f"{tally['requests']}, {tally['page.not_modified']} of them not modified"),
        ("articles", ", ".join(articles)),
        ("documents cited", str(len(portal.documents))),
        ("attachments, images", f"{tally['page.attachment']}, {tally['page.image'] + tally['page.requisite']}"),
        ("not articles", _counts(others) or "0"),
        ("not found, refused", f"{tally['page.not_found']}, {tally['refused']}"),
        ("failures", str(tally["failed"])),
        ("bytes", f"{_bytes(tally['bytes.received'])} received, {_bytes(tally['bytes.kept'])} kept"),
    ]
    rows += [("left for the next run", str(tally["left"]))] if tally["left"] else []
    for name, value in rows:
        table.add_row(f"  {name}", value)
    return table


def _failures(console: Console, run: Run, portal: PortalRun) -> None:
    reasons = Counter(reason for _, reason in portal.failures)
    for reason, count in reasons.most_common(5):
        url = next(url for url, each in portal.failures if each == reason)
        console.print(f"  failed: {clean(reason)} ({count}), such as {_short(url)}", markup=False, soft_wrap=True)


def _warnings(console: Console, run: Run, portal: PortalRun) -> None:
    """What a person should look at, although the run went on."""
    for trap in portal.traps.found:
        where = f" in {trap.section}" if trap.section else ""
        console.print(f"  not followed: {trap.kind}{where}, such as {_short(trap.url)}", markup=False, soft_wrap=True)
    if portal.barren:
        named = ", ".join(_short(url) for url in portal.barren[:5]) + (" …" if portal.barren[5:] else "")
        line = f"sections that were guessed, and name no article: {len(portal.barren)}: {named}"
        console.print(f"  {line}; a form names the right ones", markup=False, soft_wrap=True)
    for host in run.hosts_of(portal):
        if host.closed:
            console.print(f"  left for the next run: {host.name}: {clean(host.closed)}", markup=False, soft_wrap=True)
    for each in drift_of(run, portal):
        line = f"below what the form expects: {each['of']} {each['found']}, expected {each['expected']}"
        if "why" in each:
            line = f"drift: {each['expected'] - each['found']} of {each['expected']} {clean(each['why'])}"
        console.print(f"  {line}", markup=False, soft_wrap=True)


def _short(url: str) -> str:
    """An address as far as a person reads it; the report has the whole of it."""
    return clean(url if len(url) <= 200 else url[:200] + "…")


def _counts(counts: dict[str, int]) -> str:
    return ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in sorted(counts.items()))


def _bytes(count: int) -> str:
    size = float(count)
    for unit in ("B", "kB", "MB", "GB"):
        if size < 1000 or unit == "GB":
            return f"{size:.0f} {unit}" if unit == "B" else f"{size:.1f} {unit}"
        size /= 1000
    return ""
