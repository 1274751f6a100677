"""What is damaged in a portal's folder and good in a copy of it: found, and taken from there.

Only damaged bytes are replaced, after what takes their place has been read through; the bad ones are kept beside the
file. A whole record is never overwritten; where the folder of the WARCs is away, or what a link in one's place leads
to, nothing is put there. What is derived (articles.jsonl, the index) is made anew from the folder.
"""

from __future__ import annotations

import itertools
import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from archive.schema import Article, stamp
from archive.storage import index
from archive.storage.away import is_elsewhere
from archive.storage.bag import Bag
from archive.storage.disk import refusals, sha256, sync_folder
from archive.storage.entries import Snapshot
from archive.storage.forms import joined, save_forms, wrong_forms
from archive.storage.imports import row_of
from archive.storage.ledger import Ledger
from archive.storage.lines import Lines
from archive.storage.members import iter_members
from archive.storage.paths import ORIGINAL, TORN, PortalPaths
from archive.storage.rows import wrong_rows
from archive.storage.snapshots import can_be_named
from archive.storage.tables import LedgerError, connect
from archive.storage.verify import Counts, verify_portal

_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Finding:
    """A damaged stretch of a file, and whether the copy has it whole."""

    file: str  # within the portal's folder
    what: str
    offset: int | None = None  # bytes; None: the whole file
    length: int = 0
    good: Path | None = None  # the copy's file that has it; None: none has
    replacement: int = 0  # bytes that take its place
    elsewhere: bool = False  # True: offline, and nothing is put in its place

    def __str__(self) -> str:
        place = f"{self.file} at {self.offset}" if self.offset is not None else self.file
        return f"{place}: {self.what}; " + (f"good in {self.good}" if self.good else "no good copy there")


def compare(paths: PortalPaths, copy: PortalPaths, bag: Bag) -> Iterator[Finding]:
    """Every damage of a portal's ledger, forms and closed WARCs, with the copy that can mend it."""
    yield from _forms(paths, copy)
    ids = _record_ids(paths)
    if ids is None:
        good = copy.ledger if _record_ids(copy) is not None else None
        what = "cannot be read, or is damaged" if paths.ledger.exists() else "the file is missing"
        yield Finding(paths.ledger.name, what, good=good)
        ids = _record_ids(copy)
    stated = bag.sums()
    for name in sorted(_warcs(paths, copy)):
        here, there = paths.warc_dir / name, copy.warc_dir / name
        if not here.exists():
            if paths.warc(name).exists():  # still open here, closed there: this folder is older
                continue
            whole = there.exists() and _is_whole(there, stated.get(bag.name_of(there)))
            elsewhere = paths.ledger.exists() and is_elsewhere(paths, name)
            what = "offline" if elsewhere else "the file is missing"
            yield Finding(f"warc/{name}", what, good=there if whole else None, elsewhere=elsewhere)
        else:
            yield from _stretches(here, there, ids, stated.get(bag.name_of(there)))


def _forms(paths: PortalPaths, copy: PortalPaths) -> Iterator[Finding]:
    """What the copy's portal.toml has whole and this one has not."""
    kept = joined(paths.form, copy.form)
    if kept is None:
        if paths.form.exists() or copy.form.exists():
            yield Finding(paths.form.name, "cannot be read")
    else:
        for problem in wrong_forms(paths.form, kept.forms):
            good = copy.form if problem not in wrong_forms(copy.form, kept.forms) else None
            yield Finding(paths.form.name, problem, good=good)


def _warcs(paths: PortalPaths, copy: PortalPaths) -> set[str]:
    """The closed WARCs that should be there: those that are, those the ledger knows, those the copy has."""
    known: set[str] = set()
    try:
        ledger = connect(paths.ledger, write=False)
        known = {name for (name,) in ledger.execute("SELECT DISTINCT warc FROM snapshots")}
        ledger.close()
    except (LedgerError, sqlite3.DatabaseError):
        pass
    return known | {path.name for each in (paths, copy) for path in each.closed_warcs()}


def _record_ids(paths: PortalPaths) -> frozenset[str] | None:
    """The records that a ledger knows; None where it is damaged."""
    try:
        ledger = connect(paths.ledger, write=False)
    except (LedgerError, OSError):
        return None
    try:
        if any(wrong_rows(ledger)):
            return None
        return frozenset(each for (each,) in ledger.execute("SELECT record_id FROM snapshots"))
    except sqlite3.DatabaseError:
        return None
    finally:
        ledger.close()


def _is_whole(path: Path, stated: str | None) -> bool:
    return sha256(path) == stated if stated else not any(member.problem for member in iter_members(path))


def _stretches(here: Path, there: Path, ids: frozenset[str] | None, stated: str | None) -> list[Finding]:
    """The damaged members of a file, each run of them as one, with what the copy has in their place."""
    file, size = f"warc/{here.name}", here.stat().st_size
    beyond = there.stat().st_size if there.exists() else 0
    found = []
    for offset, end, what in _damaged(here, ids):
        wanted = max(beyond, end) if end == size else end  # a file that was cut goes on in its copy
        good = there if beyond and _covers(there, offset, wanted) else None
        found.append(Finding(file, what, offset, end - offset, good, wanted - offset))
    if beyond > size and not any(each.offset is not None and each.offset + each.length == size for each in found):
        good = there if _covers(there, size, beyond) else None
        found.append(Finding(file, "its end is missing", size, 0, good, beyond - size))
    if any(each.good is None for each in found) and beyond and _is_whole(there, stated) and _has_all_of(here, there):
        return [Finding(file, found[0].what, length=size, good=there)]  # bytes were lost or came in between
    return found


def _damaged(path: Path, ids: frozenset[str] | None) -> Iterator[tuple[int, int, str]]:
    """Start, end and problem of every run of damaged members."""
    run: tuple[int, int, str] | None = None
    for member in iter_members(path, known=ids):
        if member.problem:
            run = (run[0], member.end, run[2]) if run else (member.offset, member.end, member.problem)
        elif run:
            yield run
            run = None
    if run:
        yield run


def _covers(path: Path, start: int, end: int) -> bool:
    """Whether whole members fill a stretch of the copy exactly."""
    at = start
    for member in iter_members(path, start):
        if at >= end or member.problem:
            break
        at = member.end
    return at == end


def _has_all_of(here: Path, there: Path) -> bool:
    kept = {member.record.record_id for member in iter_members(there) if member.record}
    return all(m.record.record_id in kept for m in iter_members(here) if m.record and not m.problem)


def repair(paths: PortalPaths, copy: PortalPaths, bag: Bag) -> Iterator[str]:
    """Take from the copy what is damaged here, a line for each step. The folder's lock must be held.

    What is derived is made anew where it does not say what the ledger and the WARCs say. Raises ArchiveDiskError.
    """
    lost = not paths.ledger.exists() and not any(paths.warc_dir.glob("*"))
    by_file: dict[str, list[Finding]] = {}
    for finding in compare(paths, copy, bag):
        if finding.elsewhere:
            yield f"{finding}; left as it is"
        elif finding.good is None:
            yield str(finding)
        else:
            by_file.setdefault(finding.file, []).append(finding)
    for file, found in by_file.items():
        with refusals(paths.root / file):
            if file == paths.ledger.name:
                yield from _ledger(paths, found[0])
            elif file == paths.form.name:
                yield from _take_forms(paths, copy)
            else:
                yield from _warc(paths.root / file, found)
    yield from _beside(paths, copy, lost)
    yield from _derived(paths)


def _beside(paths: PortalPaths, copy: PortalPaths, lost: bool) -> Iterator[str]:
    """Take the reports of runs that are missing; of a folder that was lost, also what lay beside its WARCs.

    Only then: where the folder stands, somebody may have erased that.
    """
    wanted = [path for path in copy.warc_dir.glob("*") if lost and path.name.endswith((TORN, ORIGINAL))]
    for path in sorted((*copy.runs.glob("*.json"), *wanted)):
        here = paths.root / path.relative_to(copy.root)
        if here.exists():
            continue
        with refusals(here):
            part = here.with_name(here.name + ".part")
            shutil.copyfile(path, part)
            part.replace(here)
        yield f"{here.relative_to(paths.root)}: taken from {path}"


def _take_forms(paths: PortalPaths, copy: PortalPaths) -> Iterator[str]:
    """Put each form where it is whole into portal.toml; what stood there is kept beside it."""
    kept = joined(paths.form, copy.form)
    assert kept is not None  # the copy's was found good
    if paths.form.exists():
        shutil.copyfile(paths.form, paths.form.with_name(f"{paths.form.name}.{_damaged_now()}"))
    save_forms(paths.form, kept)
    yield f"{paths.form.name}: taken from {copy.form}"


def _warc(path: Path, found: list[Finding]) -> Iterator[str]:
    part = path.with_name(path.name + ".part")
    try:
        _patch(path, found, part)
    except OSError:
        part.unlink(missing_ok=True)
        raise
    for each in found:
        if each.length:
            _keep_aside(path, each)
    part.replace(path)
    sync_folder(path.parent)
    for each in found:
        yield f"{each.file}{f' at {each.offset}' if each.offset is not None else ''}: taken from {each.good}"


def _patch(path: Path, found: list[Finding], part: Path) -> None:
    """Write the file with the copy's bytes in the place of the damaged ones."""
    with part.open("wb") as out:
        at = 0
        for each in found:
            assert each.good is not None
            if each.offset is None:
                _pour(each.good, 0, None, out)
                at = path.stat().st_size if path.exists() else 0
                continue
            _pour(path, at, each.offset, out)
            _pour(each.good, each.offset, each.offset + each.replacement, out)
            at = each.offset + each.length
        if path.exists():
            _pour(path, at, None, out)
        out.flush()
        os.fsync(out.fileno())


def _pour(source: Path, start: int, end: int | None, out: BinaryIO) -> None:
    with source.open("rb") as file:
        file.seek(start)
        left = (source.stat().st_size if end is None else end) - start
        while left > 0 and (piece := file.read(min(left, _PIECE))):
            out.write(piece)
            left -= len(piece)


def _keep_aside(path: Path, finding: Finding) -> None:
    """The bytes that were found damaged: somebody may make more of them one day."""
    start = finding.offset or 0
    aside = path.with_name(f"{path.name}.{start}{TORN}")
    number = 1
    while aside.exists():
        aside = path.with_name(f"{path.name}.{start}-{number}{TORN}")
        number += 1
    with aside.open("wb") as out:
        _pour(path, start, start + finding.length, out)
        out.flush()
        os.fsync(out.fileno())


def _ledger(paths: PortalPaths, finding: Finding) -> Iterator[str]:
    """Put the copy's ledger in the damaged one's place, and enter what the folder has beyond it."""
    assert finding.good is not None
    stamped = _damaged_now()
    for path in (paths.ledger, *(paths.ledger.with_name(paths.ledger.name + end) for end in ("-wal", "-shm"))):
        if path.exists():
            path.rename(path.with_name(f"{path.name}.{stamped}"))
    part = paths.ledger.with_name(paths.ledger.name + ".part")
    shutil.copyfile(finding.good, part)
    part.replace(paths.ledger)
    sync_folder(paths.root)
    yield f"{paths.ledger.name}: taken from {finding.good}"
    ledger = Ledger(paths.ledger)
    try:
        records = list(_beyond(paths, _record_ids(paths) or frozenset()))
        ledger.commit(records, ())
        articles = list(_later_lines(paths, ledger))
        ledger.append(articles, stamp(datetime.now(UTC)))
    finally:
        ledger.close()
    if records or articles:
        yield f"{paths.ledger.name}: {len(records)} captures and {len(articles)} revisions entered that it did not have"


def _damaged_now() -> str:
    """What is put behind the name of a file that gives way."""
    return f"damaged-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"


def _beyond(paths: PortalPaths, known: frozenset[str]) -> Iterator[Snapshot]:
    """The captures in closed WARCs that a ledger does not know."""
    for path in paths.closed_warcs():
        for member in iter_members(path):
            record = member.record
            if record is None or member.problem or record.record_id in known or not can_be_named(record):
                continue
            if record.type in ("response", "revisit", "resource"):
                yield row_of(member, record, path.name, "repair")


def _later_lines(paths: PortalPaths, ledger: Ledger) -> Iterator[tuple[str, Article]]:
    """The revisions that stand in articles.jsonl behind those the ledger has, by the address's key."""
    if not paths.articles.exists():
        return
    held = sum(1 for _ in ledger.lines())
    with paths.articles.open(encoding="utf-8") as lines:
        for line in itertools.islice(lines, held, None):
            try:
                article = Article.from_dict(json.loads(line))
            except (ValueError, KeyError, TypeError):
                return
            yield article.canonical_url, article


def _derived(paths: PortalPaths) -> Iterator[str]:
    """Make articles.jsonl and the index anew where they are wrong and what they come from is right."""
    counts = Counts()
    damages = list(verify_portal(paths, counts, held=True))
    if any(each.file == paths.articles.name for each in damages) and not any(
        each.file == paths.ledger.name for each in damages
    ):
        aside = paths.articles.with_name(f"{paths.articles.name}.{_damaged_now()}")
        with refusals(paths.articles):
            if paths.articles.exists():
                paths.articles.rename(aside)
            ledger = Ledger(paths.ledger)
            try:
                Lines(paths.articles, ledger).close()
            finally:
                ledger.close()
        yield f"{paths.articles.name}: made anew from the ledger"
    if not counts.offline and not any(each.file.startswith("warc/") for each in damages):
        with refusals(paths.index):
            before = sha256(paths.index) if paths.index.exists() else None
            index.rebuild(paths)
        if sha256(paths.index) != before:
            yield f"{paths.index.name}: made anew from the WARCs"
