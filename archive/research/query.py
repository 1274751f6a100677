"""What a person types into a search, understood: words, "phrases", -words to leave out; any input has an answer."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, product

from archive.errors import ArchiveError
from archive.vietnam.text import nfc
from archive.vietnam.words import WORD, folded, spellings, strip_shapeless, words_of, written

MOST_WORDS = 64
SNIPPET = 240  # characters


class BadQuery(ArchiveError):
    """A search that asks for nothing, or for too much."""


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand together, in lower case; `without`: the articles that have them are left out."""

    words: tuple[str, ...]
    without: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """All terms must be there; a word typed with its marks is meant with them.

    `starred`: a word was typed as if it were a beginning; words are found whole, and the asterisk says nothing.
    """

    terms: tuple[Term, ...]
    starred: bool = False

    @property
    def accented(self) -> bool:
        """Whether some word to find bears marks."""
        return any(written(word) for term in self.terms if not term.without for word in term.words)

    @property
    def one_word(self) -> bool:
        """Whether a single word is to be found."""
        return [len(term.words) for term in self.terms if not term.without] == [1]

    def expression(self, *, exact: bool, titled: bool | None = None) -> bytes:
        """As FTS5 takes it, in the bytes of the index; `exact`: accented words only as they are written.

        `titled`: only where the title has all of it, or only where it has not.
        """
        found = b" AND ".join(_expression(term, exact) for term in self.terms if not term.without)
        if titled is not None:
            found = b"(%b) %b {title marked_title} : (%b)" % (found, b"AND" if titled else b"NOT", found)
        left_out = b"".join(b" NOT (%b)" % _expression(term, exact) for term in self.terms if term.without)
        return b"(%b)%b" % (found, left_out)


_TERM = re.compile(r'(?P<minus>-)?"(?P<phrase>[^"]*)"?|(?P<without>-)?(?P<chunk>[^\s"]+)')


def parse(text: str) -> Query:
    """The query that a person typed. Raises BadQuery where there is no word to find, or more than 64 of them.

    What is typed in one piece stands together: 57-NQ/TW is the phrase "57 nq tw".
    """
    typed = strip_shapeless(nfc(text).translate(_QUOTES))
    if len(WORD.findall(typed)) > MOST_WORDS:
        raise BadQuery(f"a search of {len(WORD.findall(typed))} words; allowed: at most {MOST_WORDS}")
    terms = []
    for match in _TERM.finditer(typed):
        if words := tuple(words_of(match["phrase"] or match["chunk"] or "")):
            terms.append(Term(words, bool(match["minus"] or match["without"])))
    if all(term.without for term in terms):
        said = "only words to leave out" if terms else "no word to search for"
        raise BadQuery(f'{said}; allowed: words, "a phrase", a document\'s number, -word to leave out')
    return Query(tuple(terms), _STAR.search(typed) is not None)


_STAR = re.compile(r"\w\*")
_QUOTES = str.maketrans(dict.fromkeys("“”„«»＂", '"'))


def _expression(term: Term, exact: bool) -> bytes:
    """The words in their order; those with marks as they are written, in that place where all have marks."""
    marks = [word for word in dict.fromkeys(term.words) if exact and written(word)]
    if marks and len(marks) == len(set(term.words)):
        ways = list(islice(product(*map(spellings, term.words)), _MOST_WAYS + 1))
        if len(ways) <= _MOST_WAYS:
            return _marked(b" ".join(way) for way in ways)
    return b" AND ".join([_bare(term.words), *(_marked(spellings(word)) for word in marks)])


_MOST_WAYS = 8  # to write a phrase: of every other hoà and hòa there are twice as many


def name_expression(words: tuple[str, ...]) -> bytes:
    """What holds at least wherever these words stand together: those with marks as written, wherever that is."""
    return b" AND ".join([_bare(words), *(_marked(spellings(word)) for word in words if written(word))])


def _bare(words: tuple[str, ...]) -> bytes:
    return b'{title text} : "%b"' % folded(" ".join(words)).encode("ascii")


def _marked(forms: Iterable[bytes]) -> bytes:
    """The expression that holds where one of these stands as it is written: words with marks are in no other column."""
    return b"(%b)" % b" OR ".join(b'"%b"' % form for form in forms)


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of an article's text; `spans` are the code points in `text` where words of the query stand."""

    text: str
    spans: tuple[tuple[int, int], ...]


def snippet(text: str, query: Query, *, exact: bool) -> Snippet:
    """The piece of `text` where the query's words first stand, a phrase before a single word; else its beginning."""
    text = " ".join(strip_shapeless(text).split())
    words = [_forms(word) for word in WORD.findall(text)]
    hits = [hit for term in query.terms if not term.without for hit in _standing(words, term, exact)]
    first = min(hits, key=lambda hit: (-hit[0], hit[1]))[1] if hits else 0
    places = _places(text, first)
    begin, end = _window(text, places[first][0] if hits else 0)
    found = [(places[at][0], places[at + size - 1][1]) for size, at in hits if at + size <= len(places)]
    spans = sorted({(a, b) for a, b in found if begin <= a and b <= end})
    before, after = "… " if begin else "", " …" if end < len(text) else ""
    moved = len(before) - begin
    return Snippet(before + text[begin:end] + after, tuple((a + moved, b + moved) for a, b in _joined(spans)))


def spans(text: str, query: Query, *, exact: bool) -> tuple[tuple[int, int], ...]:
    """Where words of the query stand in a short text, in code points."""
    places = [match.span() for match in WORD.finditer(text)]
    words = [_forms(text[begin:end]) for begin, end in places]
    hits = [hit for term in query.terms if not term.without for hit in _standing(words, term, exact)]
    return tuple(_joined(sorted((places[at][0], places[at + size - 1][1]) for size, at in hits)))


def _standing(words: list[tuple[str, bytes | None]], term: Term, exact: bool) -> list[tuple[int, int]]:
    """Where the words of a term stand in this order: their number, and the place of the first among all words."""
    wanted = [_forms(word) if exact else (_forms(word)[0], None) for word in term.words]
    first, size = wanted[0][0], len(wanted)
    return [
        (size, at)
        for at, (bare, _) in enumerate(words[: len(words) - size + 1])
        if bare == first
        and all(
            bare == asked and (form is None or marked == form)
            for (bare, marked), (asked, form) in zip(words[at : at + size], wanted, strict=True)
        )
    ]


@lru_cache(20_000)  # a language has few syllables
def _forms(word: str) -> tuple[str, bytes | None]:
    """A word without its marks, and as it is written where it has some."""
    return folded(word.lower()), written(word.lower())


def _places(text: str, first: int) -> list[tuple[int, int]]:
    """From where to where the words stand, up to one that lies beyond the snippet around the one with this number."""
    found: list[tuple[int, int]] = []
    for match in WORD.finditer(text):
        found.append(match.span())
        if len(found) > first and found[-1][0] > found[first][0] + SNIPPET:
            break
    return found


def _window(text: str, first: int) -> tuple[int, int]:
    """About SNIPPET characters around `first`, cut between words."""
    begin = max(0, first - SNIPPET // 4)
    if begin:
        begin = text.find(" ", begin) + 1 if text.find(" ", begin, first) >= 0 else first
    end = min(len(text), begin + SNIPPET)
    if end < len(text):
        end = max(text.rfind(" ", begin, end), first + 1) if text.rfind(" ", begin, end) > first else end
    return begin, end


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans without overlaps."""
    kept: list[tuple[int, int]] = []
    for begin, end in spans:
        if kept and begin < kept[-1][1]:
            kept[-1] = (kept[-1][0], max(end, kept[-1][1]))
        else:
            kept.append((begin, end))
    return kept
