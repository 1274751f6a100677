"""What is not shown, by what withheld.toml says: rows of the catalog, and what stored pages must not show of them."""

from __future__ import annotations

import itertools
import json
import re
import sqlite3
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from archive.disclosure import Secrets
from archive.errors import Erased
from archive.folder import PortalFolder
from archive.research.query import name_expression
from archive.storage.entries import POSTED
from archive.storage.tables import LedgerError
from archive.vietnam.text import key, nfc
from archive.vietnam.words import folded, words_of
from archive.withheld import Rule, Rules, Withheld, bare, has_name

if TYPE_CHECKING:
    from archive.reader import Archive


def hidden_rows(base: sqlite3.Connection, rules: Rules) -> set[int]:
    """The rows of the catalog that are not shown."""
    found: set[int] = set()
    for rule in rules.rules:
        if rule.what == "address":
            found.update(_at(base, rule.value))
        else:
            found.update(row for (row,) in base.execute(*_question(rule)))
    for rule, name in rules.people:
        authors = base.execute("SELECT row, name FROM authors WHERE key = ?", (key(rule.value),))
        found.update(row for row, author in authors if has_name(author, name))
        asked = f" {folded(' '.join(name))} "
        found.update(row for (row,) in base.execute("SELECT row FROM files WHERE instr(words, ?)", (asked,)))
    return found


def _question(rule: Rule) -> tuple[str, tuple[str | bytes, ...]]:
    if rule.what == "person":
        name = name_expression(tuple(words_of(nfc(rule.value))))
        return "SELECT rowid FROM words WHERE words MATCH ?", (name,)
    return f"SELECT row FROM articles WHERE {rule.what} = ?", (rule.value,)


def _at(base: sqlite3.Connection, address: str) -> Iterator[int]:
    """Rows of the articles at an address, in whatever spelling; only those of its host are compared."""
    asked = bare(address)
    host = re.split(r"[/:?]", asked)[0]
    rows = base.execute(
        "SELECT row, url, canonical_url FROM articles"
        " WHERE instr(lower(url), :host) OR instr(lower(canonical_url), :host)",
        {"host": host},
    )
    return (row for row, *addresses in rows if asked in map(bare, addresses))


def secrets(archive: Archive) -> Secrets:
    """What the stored pages of an archive must not show, by what is withheld in it. Raises CatalogError.

    A headline that an article which is shown has too is no secret: a story withheld on one portal stands on others.
    """
    base, rules = archive.catalog(), archive.rules
    by_row: dict[int, Rule] = {}
    for rule in rules.rules:
        for row in hidden_rows(base, Rules([rule])):
            by_row.setdefault(row, rule)
    addresses = {rule.value: rule for rule in rules.rules if rule.what == "address"}
    by_id: dict[str, Rule] = {rule.value: rule for rule in rules.rules if rule.what == "id"}
    asked = json.dumps(list(by_row))
    chosen = "FROM articles WHERE row IN (SELECT value FROM json_each(?))"
    for row, article, *places in base.execute(f"SELECT row, id, url, canonical_url {chosen}", (asked,)):
        by_id[article] = by_row[row]
        addresses |= dict.fromkeys(places, by_row[row])
    headlines: dict[str, Rule] = {}
    files: dict[str, Rule] = {}
    ids = json.dumps(list(by_id))
    for folder in archive.readable():
        try:
            for article, told in folder.rows(_TOLD, (ids,)):
                title, *lists = json.loads(told)
                headlines |= {title: by_id[article]} if title else {}
                files |= {each["url"]: by_id[article] for each in itertools.chain(*filter(None, lists))}
            for article, *places in folder.rows(_PLACES, (ids,)):
                addresses |= dict.fromkeys(places, by_id[article])
            for article in folder.erased():  # of which the catalog has nothing
                for item in folder.items(article):
                    if named := folder.rule_of(item):
                        addresses |= dict.fromkeys((item["url"], item["canonical_url"]), named)
        except LedgerError as error:
            archive.note(folder, error)
    rest = base.execute(
        "SELECT title FROM articles WHERE title IN (SELECT value FROM json_each(?))"
        " AND row NOT IN (SELECT value FROM json_each(?))",
        (json.dumps(list(headlines)), asked),
    )
    for (title,) in rest:
        del headlines[title]
    return Secrets.of(addresses, headlines, rules.people, files)


# Title, attachments, images, and the files of the document that a page publishes, of every reading.
_TOLD = (
    "SELECT article, json_extract(item, '$.title', '$.attachments', '$.images', '$.document.files') FROM revisions"
    " WHERE article IN (SELECT value FROM json_each(?))"
)
_PLACES = "SELECT article, key, url FROM addresses WHERE article IN (SELECT value FROM json_each(?))"


class Unread(NamedTuple):
    """A stored page that could not be looked into: its WARC is not there, or damaged."""

    serial: int  # of the snapshot in the ledger
    warc: str
    addresses: tuple[str, ...]  # its key, and as it was asked for


class Shown(NamedTuple):
    """What was looked for, the last snapshot looked into, the addresses whose pages show it, and what was not read."""

    secrets: Secrets
    last: int
    found: frozenset[str]
    unread: tuple[Unread, ...] = ()


def showing_keys(
    folder: PortalFolder,
    known: Secrets | None = None,
    last: int = 0,
    found: frozenset[str] = frozenset(),
    unread: tuple[Unread, ...] = (),
) -> Shown:
    """The addresses of which a stored page shows what is withheld elsewhere: looks into every page, once.

    The other arguments are its last answer; with the same secrets only newer snapshots are opened, and what could not
    be read. Raises LedgerError.
    """
    secrets = folder.secrets() if folder.secrets else None
    if not secrets:
        return Shown(Secrets.of({}, {}, ()), last, frozenset())
    if secrets != known:
        last, found, unread = 0, frozenset(), ()
    shown, newest, closed = set(found), last, list[Unread]()
    again = json.dumps([each.serial for each in unread])
    for serial, record, original in list(folder.rows(_TEXTS, (last, again))):
        newest = max(newest, serial)
        try:
            row = folder.snapshot(original or record)
            if row and not folder.refuse_page(row):
                closed += [Unread(serial, row.warc, each) for each in folder.rows(_NAMED, (POSTED, record))]
        except Withheld as error:
            if error.shows or original:  # else it is withheld by its own address
                shown.update(*folder.rows(_NAMED, (POSTED, record)))
        except Erased:
            continue  # a file of an erased page, which is held back as such
    return Shown(secrets, newest, frozenset(shown), tuple(closed))


# Key and address; by its address alone the answer to a POST would be another page.
_NAMED = "SELECT key, iif(instr(key, ?), key, url) FROM snapshots WHERE record_id = ?"
# In the order in which they lie on the disk; of a revisit the page it stands for.
_TEXTS = (
    "SELECT s.id, s.record_id, o.record_id FROM snapshots AS s LEFT JOIN snapshots AS o ON o.id = s.refers_to"
    " WHERE (s.id > ? OR s.id IN (SELECT value FROM json_each(?))) AND s.kind IN ('response', 'revisit', 'resource')"
    " AND coalesce(s.media_type, o.media_type, 'text/') NOT GLOB 'image/*'"
    " AND coalesce(s.media_type, o.media_type, 'text/') NOT GLOB 'application/pdf*'"
    " ORDER BY s.warc, s.offset"
)
