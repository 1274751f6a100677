"""A ledger by itself: its pages by SQLite's own check, its rows by what they may say and by each other.

SQLite keeps no sum of its pages: of a changed letter or figure in a row no check tells that both the old and the new
can be true (an etag, the day an address was last seen). What a row repeats of a record or an item is compared there.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator

from archive.storage.damage import Damage

_TIME = re.compile(r"\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d(?::[0-5]\d(?:\.\d+)?)?Z")
_STATES = "due", "done", "failed", "refused"
_KINDS = (
    "home", "section", "list", "feed", "sitemap", "article", "attachment", "image", "requisite", "robots", "page",
)  # fmt: skip
_EVENTS = "missing", "found", "gone", "back"
_CAUSES = "new", "page", "rules"

# What is wrong, and the rows that have it: their number, the text that is wrong, the address or article.
_QUESTIONS = (
    ("has an unknown state", "addresses", f"SELECT id, state, url FROM addresses WHERE state NOT IN {_STATES}"),
    ("has an unknown kind", "addresses", f"SELECT id, kind, url FROM addresses WHERE kind NOT IN {_KINDS}"),
    ("holds an article of which there is no reading", "addresses",
     "SELECT id, article, url FROM addresses AS a WHERE article IS NOT NULL"
     " AND NOT EXISTS (SELECT 1 FROM revisions AS r WHERE r.article = a.article)"),
    *(("has what is no time", "addresses", f"SELECT id, {each}, url FROM addresses WHERE no_time({each})")
      for each in ("first_seen", "last_seen", "checked_at", "changed_at", "due_at")),
    ("refers to another payload than its own", "snapshots",
     "SELECT s.id, s.payload_digest, s.url FROM snapshots AS s JOIN snapshots AS o ON o.id = s.refers_to"
     " WHERE o.kind <> 'response' OR o.payload_digest <> s.payload_digest"),
    ("has what is no time", "revisions",
     "SELECT serial, recorded_at, article FROM revisions WHERE no_time(recorded_at)"),
    *((f"has another {column} than its item", "revisions",
       f"SELECT serial, {column}, article FROM revisions WHERE json_valid(item)"
       f" AND {column} IS NOT json_extract(item, '$.{field}')")
      for column, field in (("article", "id"), ("revision", "revision"), ("cause", "cause"))),
    ("has an unknown cause", "revisions", f"SELECT serial, cause, article FROM revisions WHERE cause NOT IN {_CAUSES}"),
    ("is of an unknown kind", "events", f"SELECT serial, event, article FROM events WHERE event NOT IN {_EVENTS}"),
    ("has what is no time", "events", "SELECT serial, at, article FROM events WHERE no_time(at)"),
)  # fmt: skip


def wrong_rows(ledger: sqlite3.Connection) -> Iterator[Damage]:
    """Every damage that a ledger shows by itself; raises sqlite3.DatabaseError where it cannot be read."""
    for (problem,) in ledger.execute("PRAGMA integrity_check(20)"):
        if problem != "ok":
            yield Damage("ledger.sqlite", problem)
    for table, row, parent, _ in ledger.execute("PRAGMA foreign_key_check"):
        yield Damage("ledger.sqlite", f"row {row} of {table} names a row of {parent} that is not there")
    for table in ("addresses", "snapshots", "revisions", "events"):
        try:
            for _ in ledger.execute(f"SELECT * FROM {table}"):  # every text of it, for what is no UTF-8
                pass
        except sqlite3.OperationalError as error:
            yield Damage("ledger.sqlite", f"{table}: {error}")
    ledger.create_function("no_time", 1, _no_time, deterministic=True)
    for what, table, question in _QUESTIONS:
        for row, text, url in ledger.execute(question):
            yield Damage("ledger.sqlite", f"row {row} of {table} {what}: {text}", url=url)


def _no_time(text: str | None) -> bool:
    return text is not None and not _TIME.fullmatch(text)
