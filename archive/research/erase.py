"""Takes withheld content out of a portal's folder for good: out of WARC, ledger, articles.jsonl and index.

Only what withheld.toml names by id or address is erased, so the reason and whose word it is are known. A tombstone with
the old digests stays, under the old record id. What is done twice, after an interrupt, comes to the same.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from archive.research.files import whole_file
from archive.research.tombstones import CannotErase, Erasing, Why, exchange_at
from archive.schema import Article, Extraction
from archive.storage.away import not_there
from archive.storage.paths import PortalPaths, is_import
from archive.storage.tables import connect
from archive.withheld import Rule, bare

__all__ = ["CannotErase", "Erased", "Found", "erase", "what"]


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule reaches in a portal's folder."""

    keys: tuple[str, ...]  # of addresses
    articles: tuple[str, ...]
    snapshots: tuple[tuple[int, str, int, str], ...]  # id, WARC, offset, record id
    same_bytes: tuple[str, ...]  # other addresses that have or had the same payload; what lies with them stays
    files: tuple[str, ...]  # addresses of the files and images that its articles name, which stay too

    def __bool__(self) -> bool:
        return bool(self.keys or self.articles)


@dataclass(frozen=True, slots=True)
class Erased:
    """What was erased: exchanges and their bytes, readings of articles; `same_bytes` and `files` as in Found."""

    exchanges: int
    bytes: int
    readings: int
    same_bytes: tuple[str, ...]
    files: tuple[str, ...]


def what(paths: PortalPaths, rule: Rule) -> Found:
    """The addresses, articles and exchanges that a rule of id or address names. Raises LedgerError, CannotErase."""
    if rule.what not in ("id", "address"):
        raise CannotErase(f"{rule.what} {rule.value!r}: erased is what --id or --address names, one at a time")
    base = connect(paths.ledger, write=False)
    try:
        return _found(base, rule)
    finally:
        base.close()


def _found(base: sqlite3.Connection, rule: Rule) -> Found:
    base.create_function("bare", 1, bare, deterministic=True)
    asked = rule.value if rule.what == "id" else bare(rule.value)
    where = "article = :asked" if rule.what == "id" else ":asked IN (bare(key), bare(url))"
    rows = base.execute(f"SELECT key, article FROM addresses WHERE {where}", {"asked": asked}).fetchall()
    keys = tuple(key for key, _ in rows)
    articles = {article for _, article in rows if article}
    if rule.what == "id":
        articles.update(id for (id,) in base.execute("SELECT article FROM revisions WHERE article = ?", (asked,)))
    snapshots = base.execute(
        "SELECT id, warc, offset, record_id FROM snapshots WHERE key IN (SELECT value FROM json_each(:keys))"
        " OR id IN (SELECT snapshot FROM revisions WHERE article IN (SELECT value FROM json_each(:articles)))",
        {"keys": json.dumps(keys), "articles": json.dumps(sorted(articles))},
    ).fetchall()
    same = base.execute(_SAME_BYTES, (json.dumps([each[0] for each in snapshots]),)).fetchall()
    files = base.execute(_FILES, (json.dumps(sorted(articles)),)).fetchall()
    return Found(
        keys, tuple(sorted(articles)), tuple(snapshots), tuple(url for (url,) in same), tuple(url for (url,) in files)
    )


def erase(paths: PortalPaths, rule: Rule, day: str) -> Erased:
    """Erase what the rule names; the caller holds the portal's lock. Raises CannotErase, LedgerError, OSError.

    Nothing is changed where something of it cannot be erased.
    """
    found = what(paths, rule)
    graves = [(snapshot, _grave(paths, snapshot)) for snapshot in found.snapshots]
    why = Why(day, rule.reason, rule.by)
    base = connect(paths.ledger, write=True)
    try:
        base.execute("PRAGMA secure_delete = ON")
        for _, exchange in graves:
            exchange.bury(why)
        base.execute("BEGIN IMMEDIATE")
        for (serial, *_), exchange in graves:
            base.execute(_BURIED, (exchange.length, f"erased {day} by {rule.by}: {rule.reason}", serial))
        base.execute("UPDATE snapshots SET refers_to = NULL WHERE refers_to IN"
                     " (SELECT id FROM snapshots WHERE error LIKE 'erased %')")  # fmt: skip
        readings = _blank(base, found)
        base.execute("COMMIT")
        base.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        with whole_file(paths.articles) as file:
            file.writelines(f"{line}\n" for (line,) in base.execute("SELECT item FROM revisions ORDER BY serial"))
    finally:
        base.close()
    if paths.index.exists():
        with paths.index.open(encoding="utf-8") as old, whole_file(paths.index) as file:
            file.writelines(_kept(old, found.snapshots))
    done = [exchange for _, exchange in graves if not exchange.buried]
    return Erased(len(done), sum(each.length for each in done), readings, found.same_bytes, found.files)


_SAME_BYTES = """
SELECT DISTINCT o.url FROM snapshots AS o JOIN snapshots AS s ON s.payload_digest = o.payload_digest AND s.key <> o.key
WHERE s.id IN (SELECT value FROM json_each(?)) ORDER BY o.url
"""
_FILES = """
WITH items AS (SELECT item FROM revisions WHERE article IN (SELECT value FROM json_each(?))),
    named AS (SELECT json_extract(f.value, '$.url') AS url FROM items, json_each(item, '$.attachments') AS f
        UNION SELECT json_extract(f.value, '$.url') FROM items, json_each(item, '$.images') AS f
        UNION SELECT json_extract(f.value, '$.url') FROM items, json_each(item, '$.document.files') AS f)
SELECT DISTINCT a.url FROM addresses AS a JOIN named ON named.url IN (a.key, a.url)
WHERE a.snapshot IS NOT NULL ORDER BY a.url
"""
_BURIED = """
UPDATE snapshots SET kind = 'metadata', length = ?,
    error = CASE WHEN error LIKE 'erased %' THEN error ELSE ? END, status = NULL,
    media_type = NULL, payload_digest = NULL,
    payload_length = NULL, truncated = NULL, refers_to = NULL WHERE id = ?
"""


def _grave(paths: PortalPaths, snapshot: tuple[int, str, int, str]) -> Erasing:
    _, warc, offset, record_id = snapshot
    path = paths.warc(warc)
    if is_import(warc):
        raise CannotErase(f"{path}: taken in from elsewhere; erase it where it was made, and take it in again")
    if not path.exists():
        raise CannotErase(f"{not_there(paths, warc)}; bring it back first")
    return exchange_at(path, offset, record_id)


def _blank(base: sqlite3.Connection, found: Found) -> int:
    """Take what the pages said out of every reading of the articles, and never ask for their addresses again."""
    rows = base.execute(
        "SELECT r.serial, r.item, s.length FROM revisions AS r LEFT JOIN snapshots AS s ON s.id = r.snapshot"
        " WHERE r.article IN (SELECT value FROM json_each(?))",
        (json.dumps(found.articles),),
    ).fetchall()
    for serial, line, length in rows:
        item = json.dumps(blank(json.loads(line), length), ensure_ascii=False)
        base.execute("UPDATE revisions SET item = ? WHERE serial = ?", (item, serial))
    base.execute(
        "UPDATE addresses SET state = 'refused', reason = 'erased', due_at = NULL, snapshot = NULL, article = NULL,"
        " etag = NULL, last_modified = NULL WHERE key IN (SELECT value FROM json_each(?))",
        (json.dumps(found.keys),),
    )
    return len(rows)


def blank(item: dict[str, Any], length: int | None) -> dict[str, Any]:
    """An item that keeps its name, its address, its digest and its place, and says nothing more."""
    kept = {name: item[name] for name in ("id", "kind", "portal", "url", "canonical_url", "fetched_at", "revision",
                                          "cause", "publisher", "province")}  # fmt: skip
    made = Article(title=None, extraction=Extraction(**item["extraction"]), flags=("erased",), **kept).to_dict()
    if place := item["snapshot"]:
        made["snapshot"] = {**place, "length": length or place["length"], "payload_digest": None}
    return made


def _kept(lines: Iterable[str], erased: Iterable[tuple[int, str, int, str]]) -> Iterator[str]:
    """The lines of an index without those of erased records."""
    places = {(warc, str(offset)) for _, warc, offset, _ in erased}
    for line in lines:
        said = json.loads(line.split(" ", 2)[2])
        if (said["filename"], said["offset"]) not in places:
            yield line
