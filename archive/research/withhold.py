"""Which rows of the catalog are not shown, by what withheld.toml says."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator

from archive.research.query import as_written
from archive.vietnam.text import key, nfc
from archive.vietnam.words import folded, words_of, written
from archive.withheld import Rule, Rules, bare, has_name


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
    return found


def _question(rule: Rule) -> tuple[str, tuple[str, ...]]:
    if rule.what == "person":
        words = words_of(nfc(rule.value))
        forms = [as_written(word) for word in words if written(word)]
        expression = " AND ".join([f'{{title text}} : "{folded(nfc(rule.value))}"', *forms])
        return "SELECT rowid FROM words WHERE words MATCH ?", (expression,)
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
