"""Which rows of the catalog are not shown, by what withheld.toml says."""

from __future__ import annotations

import sqlite3

from archive.research.query import as_written
from archive.vietnam.text import key, nfc
from archive.vietnam.words import folded, words_of, written
from archive.withheld import Rule, Rules, bare, has_name


def hidden_rows(base: sqlite3.Connection, rules: Rules) -> set[int]:
    """The rows of the catalog that are not shown."""
    found: set[int] = set()
    for rule in rules.rules:
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
    if rule.what == "address":
        return (
            "SELECT row FROM articles WHERE rtrim(url, '/') = ? OR rtrim(canonical_url, '/') = ?",
            (bare(rule.value),) * 2,
        )
    return f"SELECT row FROM articles WHERE {rule.what} = ?", (rule.value,)
