"""What is not shown, why, since when and by whose word: withheld.toml, which every door to the archive asks.

    [[withheld]]
    id     = "kon-tum/1e6cca0f4635cd86"     # or address, portal, or person = "Nguyễn Văn A"
    reason = "court order 12/2026"
    date   = 2026-11-23
    by     = "Trần Thị B, archivist"

The bytes stay where they are. A file that cannot be read shuts the archive: nothing is shown by mistake.
"""

from __future__ import annotations

import json
import posixpath
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal, get_args
from urllib.parse import unquote, urlsplit

from archive.errors import ArchiveError
from archive.items import files_of, texts
from archive.storage.disk import put_whole
from archive.storage.entries import POSTED
from archive.vietnam.text import hint, nfc
from archive.vietnam.words import folded, words_of, written

What = Literal["id", "address", "portal", "person"]
_SAID = ("reason", "date", "by")
_POSTED = re.compile(rf"{POSTED.removeprefix('#')}(?:=\d+)?")


class WithheldError(ArchiveError):
    """A withheld.toml that cannot be used, or an entry that says too little."""


class Withheld(ArchiveError):
    """An article, snapshot or portal that is not shown; `rule` says why; `shows`: for what else the page would show."""

    def __init__(self, asked: str, rule: Rule, *, shows: bool = False) -> None:
        why = "shows a link, headline or name that is " if shows else ""
        super().__init__(f"{asked}: {why}withheld since {rule.date} by {rule.by}: {rule.reason}")
        self.rule, self.shows = rule, shows


@dataclass(frozen=True, slots=True)
class Rule:
    """One entry of withheld.toml."""

    what: What
    value: str
    reason: str
    date: str
    by: str


class Rules:
    """The entries of withheld.toml, asked of items, addresses and portals; truth: whether there are any."""

    def __init__(self, rules: Iterable[Rule] = ()) -> None:
        self.rules = tuple(rules)
        self._addresses = {bare(rule.value): rule for rule in reversed(self.rules) if rule.what == "address"}
        self.people = [(rule, tuple(words_of(nfc(rule.value)))) for rule in self.rules if rule.what == "person"]

    def __bool__(self) -> bool:
        return bool(self.rules)

    def of_portal(self, slug: str) -> Rule | None:
        """Why a whole portal is not shown; None: it is."""
        return self._named("portal", slug)

    def of_id(self, article: str) -> Rule | None:
        """Why an article is not shown, as far as its id tells."""
        return self._named("id", article) or self.of_portal(article.partition("/")[0])

    def of_address(self, *addresses: str | None) -> Rule | None:
        """Why what lies at one of these addresses is not shown."""
        if not self._addresses:
            return None
        asked = (bare(each) for each in addresses if each)
        return next((self._addresses[each] for each in asked if each in self._addresses), None)

    def of_file(self, *addresses: str) -> Rule | None:
        """Why a file or an image is not shown: the address of it names a person."""
        return next((rule for rule, name in self.people for each in addresses if in_address(each, name)), None)

    def of_item(self, item: dict[str, Any]) -> Rule | None:
        """Why an item is not shown: its id, portal or address, or a person it names anywhere."""
        if not self.rules:
            return None
        return (
            self.of_id(str(item["id"]))
            or self.of_address(item["url"], item["canonical_url"])
            or next((rule for rule, name in self.people if _names(item, name)), None)
        )

    def shown(self, line: str) -> bool:
        """Whether the item in a line of articles.jsonl is shown; for questions in SQL."""
        return not self.rules or self.of_item(json.loads(line)) is None

    def _named(self, what: What, value: str) -> Rule | None:
        return next((rule for rule in self.rules if rule.what == what and rule.value == value), None)


NONE = Rules()


def _names(item: dict[str, Any], name: tuple[str, ...]) -> bool:
    """Whether an item names a person, in whatever part of it, the addresses of its files included."""
    parts = (item["title"] or "", *texts(item), *(author["name"] for author in item["authors"]))
    return any(has_name(part, name) for part in parts) or any(in_address(each, name) for each in files_of(item))


def in_address(address: str, name: tuple[str, ...]) -> bool:
    """Whether a name stands in an address, quyet-dinh-ve-nguyen-van-a.pdf, where marks are seldom written."""
    return f" {folded(' '.join(name))} " in words_in(address)


def words_in(address: str) -> str:
    """The words of an address without marks, each between blanks."""
    return f" {folded(nfc(unquote(address)))} "


def has_name(text: str, name: tuple[str, ...]) -> bool:
    """Whether a name stands in a text; marks count where the rule gives them: Ân is not An."""
    if f" {folded(' '.join(name))} " not in f" {folded(text)} ":
        return False
    words = words_of(text)
    forms = [(folded(word), written(word)) for word in name]
    return any(
        all(
            folded(word) == plain and (form is None or written(word) == form)
            for word, (plain, form) in zip(words[at : at + len(name)], forms, strict=True)
        )
        for at in range(len(words) - len(name) + 1)
    )


def bare(address: str) -> str:
    """An address without what does not tell pages apart: scheme, case of the host, escapes, last slash, and fragment.

    But for the fragment that tells an answer to a POST from the page of that address (archive.storage.entries).
    """
    try:
        parts = urlsplit(address.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return address.strip()
    place = host if port in (None, 80, 443) else f"{host}:{port}"
    path = posixpath.normpath("/" + unquote(parts.path).lstrip("/")).rstrip("/")
    posted = f"#{parts.fragment}" if _POSTED.fullmatch(parts.fragment) else ""
    return nfc(f"{place}{path}?{unquote(parts.query)}".removesuffix("?") + posted)


def load(path: Path) -> Rules:
    """The rules of a withheld.toml; none where there is no such file. Raises WithheldError."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return NONE
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WithheldError(f"{path}: cannot be read, so nothing is shown: {error}") from None
    listed = table.pop("withheld", [])
    if table or not isinstance(listed, list):
        raise WithheldError(f"{path}: key {next(iter(table), 'withheld')!r}; allowed: [[withheld]] entries")
    return Rules(_rule(path, number, each) for number, each in enumerate(listed, 1))


def _rule(path: Path, number: int, table: object) -> Rule:
    where = f"{path}: entry {number}"
    if not isinstance(table, dict):
        raise WithheldError(f"{where}: no table; allowed: [[withheld]] entries")
    kinds = get_args(What)
    for name in table:
        if name not in (*kinds, *_SAID):
            allowed = (*kinds, *_SAID)
            raise WithheldError(f"{where}: key {name!r}{hint(name, allowed)}; allowed: {', '.join(allowed)}")
    given = [name for name in kinds if name in table]
    if len(given) != 1:
        raise WithheldError(f"{where}: {' and '.join(given) or 'nothing'} named; allowed: one of {', '.join(kinds)}")
    said = {name: _text(table.get(name)) for name in (*_SAID, given[0])}
    for name, value in said.items():
        if not value:
            raise WithheldError(f"{where}: {name} is not said; allowed: a text, for date an ISO day")
    return made(given[0], str(said[given[0]]), str(said["reason"]), str(said["date"]), str(said["by"]), where)


def made(what: What, value: str, reason: str, day: str, by: str, where: str = "withheld") -> Rule:
    """A rule, checked; raises WithheldError."""
    try:
        date.fromisoformat(day)
    except ValueError:
        raise WithheldError(f"{where}: date {day!r} is no day; allowed: an ISO day such as 2026-11-23") from None
    if what == "person" and len(words_of(nfc(value))) < 2:
        raise WithheldError(f"{where}: person {value!r} is one word, and would withhold too much; allowed: a full name")
    if what == "address" and "://" not in value:
        raise WithheldError(f"{where}: address {value!r}; allowed: one with its scheme, https://…")
    return Rule(what, value.strip(), reason.strip(), day, by.strip())


def save(path: Path, rules: Iterable[Rule]) -> None:
    """Write a withheld.toml, whole or not at all; raises OSError."""
    parts = ["# What is not shown, why, since when and by whose word. The bytes stay in the archive.\n"]
    for rule in rules:
        lines = [f"{rule.what} = {_quoted(rule.value)}", f"reason = {_quoted(rule.reason)}", f"date = {rule.date}"]
        parts.append("\n".join(["[[withheld]]", *lines, f"by = {_quoted(rule.by)}", ""]))
    put_whole(path, "\n".join(parts))


def _quoted(text: str) -> str:
    """A TOML string: JSON's escapes are TOML's, but DEL, which JSON leaves bare, must be escaped too."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _text(value: object) -> str | None:
    if isinstance(value, (date, datetime)):
        return value.isoformat()[:10]
    return value if isinstance(value, str) else None
