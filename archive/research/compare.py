"""What differs between two readings of an article: word by word in its texts, entry by entry in its lists."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from archive.schema import CONTENT_FIELDS, Article
from archive.views import Revision

TEXTS = ("title", "lead", "body", "byline_text", "source_text", "updated_text")
MOST = 4000  # words compared one by one; a longer passage that changed is shown as taken out and put in


class Piece(NamedTuple):
    """A run of text: in both readings, only in the older (`out`), or only in the newer (`in`)."""

    side: Literal["same", "out", "in"]
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """A field that differs; the pieces make up both its values."""

    field: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two readings of an article; `causes` of the revisions after the older: `page` an edit, `rules` our reading."""

    article: str
    older: int
    newer: int
    older_at: str
    newer_at: str
    causes: tuple[str, ...]
    changes: tuple[Change, ...]

    @property
    def edited(self) -> bool:
        """Whether the page was changed between them, and not only read by other rules."""
        return "page" in self.causes


def compare(readings: Sequence[Revision], older: Revision, newer: Revision) -> Comparison:
    """What differs between two of an article's readings."""
    if older.number > newer.number:
        older, newer = newer, older
    between = [each for each in readings if older.number < each.number <= newer.number]
    return Comparison(
        newer.article.id, older.number, newer.number, older.recorded_at, newer.recorded_at,
        tuple(each.article.cause or "new" for each in between), tuple(_changes(older.article, newer.article)),
    )  # fmt: skip


def _changes(old: Article, new: Article) -> Iterator[Change]:
    before, after = old.to_dict(), new.to_dict()
    for name in dict.fromkeys((*TEXTS, *CONTENT_FIELDS)):
        if before[name] == after[name]:
            continue
        if name in TEXTS:
            yield Change(name, tuple(word_diff(before[name] or "", after[name] or "")))
        elif pieces := tuple(_entries(before[name], after[name])):
            yield Change(name, pieces)


def word_diff(old: str, new: str) -> list[Piece]:
    """The pieces that make up both texts: paragraphs that stayed are kept whole, the others compared by words."""
    pieces: list[Piece] = []
    before, after = _paragraphs(old), _paragraphs(new)
    for operation, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if operation == "equal":
            _add(pieces, "same", before[a:b])
        else:
            for piece in _words("".join(before[a:b]), "".join(after[c:d])):
                _add(pieces, piece.side, [piece.text])
    return pieces


def _words(old: str, new: str) -> Iterator[Piece]:
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    if len(before) > MOST or len(after) > MOST:
        yield from (Piece("out", old), Piece("in", new))
        return
    for operation, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if operation == "equal":
            yield Piece("same", "".join(before[a:b]))
        else:
            yield from (Piece("out", "".join(before[a:b])), Piece("in", "".join(after[c:d])))


_WORDS = re.compile(r"\d+(?:[.,:/]\d+)*\s?|\w+\s?|\s+|[^\w\s]\s?")


def _paragraphs(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def _add(pieces: list[Piece], side: Literal["same", "out", "in"], parts: Sequence[str]) -> None:
    text = "".join(parts)
    if not text:
        return
    if pieces and pieces[-1].side == side:
        pieces[-1] = Piece(side, pieces[-1].text + text)
    else:
        pieces.append(Piece(side, text))


def _entries(old: Any, new: Any) -> Iterator[Piece]:
    """The entries of a list, or the one value, that only one side has; one that only moved in the text is the same."""
    before, after = (
        [_still(each) for each in (value if isinstance(value, list) else [] if value is None else [value])]
        for value in (old, new)
    )
    out = [each for each in before if each not in after]
    put_in = [each for each in after if each not in before]
    yield from (Piece("out", _shown(each, put_in)) for each in out)
    yield from (Piece("in", _shown(each, out)) for each in put_in)
    if before != after and not out and not put_in:
        yield Piece("same", "in another order" if len(before) == len(after) else "more often, or less")


def _still(value: Any) -> Any:
    """An entry without where it stands."""
    if not isinstance(value, dict):
        return value
    kept = {name: each for name, each in value.items() if name not in ("start", "end")}
    if kept.get("ties"):
        kept["ties"] = [{name: each for name, each in tie.items() if name != "to"} for tie in kept["ties"]]
    return kept


def _shown(value: Any, others: list[Any]) -> str:
    """An entry by its words; where the other side has the same words, with what else differs."""
    if not isinstance(value, dict):
        return str(value)
    name = _name(value)
    twin = next((each for each in others if isinstance(each, dict) and _name(each) == name), None)
    told = "; ".join(f"{key}: {_plain(each)}" for key, each in value.items() if _differs(key, each, twin, name))
    return f"{name} ({told})" if name and told else name or told


def _name(value: dict[str, Any]) -> str | None:
    return next((str(value[name]) for name in ("text", "name", "url") if value.get(name)), None)


def _differs(key: str, value: Any, twin: dict[str, Any] | None, name: str | None) -> bool:
    """Whether a part of an entry is to be told: where its twin has another, or of what has no words whatever it has."""
    if twin is not None:
        return bool(twin.get(key) != value)
    return name is None and value not in (None, [], ())


def _plain(value: Any) -> str:
    if value is None:
        return "—"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (dict, list)) else str(value)
