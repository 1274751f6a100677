"""Whether a stored page shows what is withheld: a link to it, its headline, or the name of a person who is not named.

Lists, home pages, feeds and the boxes beside other articles print what was taken back. Looked into are answers that are
text, and office documents that are zips of XML; what stands in PDF files, older documents and pictures is not read.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote, urljoin

from archive import office
from archive.captures import Capture, decoded
from archive.storage.snapshots import CAP
from archive.vietnam.text import nfc
from archive.withheld import Rule, bare, has_name

WORDS = 3  # of a headline, at least, to be looked for by itself: shorter ones stand everywhere
_LINK = re.compile(
    r"(?:href|src|url|content|action|cite|data-[a-z-]+)\s*=\s*(?:\"([^\"]{1,2000})\"|'([^']{1,2000})'|([^\s\"'<>]{1,2000}))"
    r"|(https?:(?:\\?/){2}[^\s\"'<>]{1,2000})",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True)
class Secrets:
    """What stored pages must not show, each with the rule that withholds it.

    `addresses` as `bare` has them, `headlines` as `plain` has them, `people` as the rules have their names. `files`:
    addresses, as they are, of the files and images that withheld articles name: kept back, but no secret themselves.
    """

    addresses: Mapping[str, Rule]
    headlines: Mapping[str, Rule]
    people: Iterable[tuple[Rule, tuple[str, ...]]]
    files: Mapping[str, Rule] = field(default_factory=dict)
    _ends: frozenset[str] = frozenset()
    _files: Mapping[str, Rule] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        addresses: Mapping[str, Rule],
        headlines: Mapping[str, Rule],
        people: Iterable[tuple[Rule, tuple[str, ...]]],
        files: Mapping[str, Rule] | None = None,
    ) -> Secrets:
        """The same; addresses as they are, headlines in any spacing and case."""
        known = {bare(address): rule for address, rule in addresses.items()}
        said = {plain(text): rule for text, rule in headlines.items() if len(text.split()) >= WORDS}
        files = files or {}
        plainly = {bare(address): rule for address, rule in files.items()}
        return cls(known, said, tuple(people), files, frozenset(map(_end, known)), plainly)

    def __bool__(self) -> bool:
        return bool(self.addresses or self.headlines or self.people)

    def of_file(self, *addresses: str) -> Rule | None:
        """Why a file at one of these addresses is not shown: a withheld article names it."""
        if not self._files:
            return None
        return next((self._files[each] for each in map(bare, addresses) if each in self._files), None)

    def shown_by(self, capture: Capture, address: str) -> Rule | None:
        """The rule that the page at an address breaks; None: it shows nothing withheld, or is no text."""
        content = capture.decode()
        if content and (said := office.words(content.body, CAP)):
            return self.shown_in(said, address)
        if content is None or b"\0" in content.body[:4096].replace(b"\xff\xfe", b"")[:64]:
            return None
        return self.shown_in(html.unescape(decoded(content.body, content.charset)), address)

    def shown_in(self, text: str, address: str) -> Rule | None:
        """The same of a page's text, its entities resolved."""
        for link in self._links(text, address) if self._ends else ():
            if rule := self.addresses.get(link) or self.addresses.get(link.partition("?")[0]):
                return rule
        if not (self.headlines or self.people):
            return None
        words = nfc(_TAG.sub(" ", text))
        said = (plain(words), plain(text))  # a headline may stand in an attribute too
        found = next((rule for each, rule in self.headlines.items() if each in said[0] or each in said[1]), None)
        return found or next((rule for rule, name in self.people if has_name(words, name)), None)

    def _links(self, text: str, address: str) -> Iterator[str]:
        """The links of a page that end as something withheld does, as `bare` has them."""
        for found in _LINK.finditer(text):
            link = (found[1] or found[2] or found[3] or found[4]).replace("\\/", "/").strip()
            if _end(link) in self._ends:
                try:
                    yield bare(urljoin(address, link))
                except ValueError:
                    continue


def plain(text: str) -> str:
    """A text for comparing: NFC, case and spacing do not count, marks do."""
    return " ".join(nfc(text).casefold().split())


def _end(address: str) -> str:
    """The last part of an address's path, by which most links of a page are told from it at a glance."""
    path = address.partition("#")[0].partition("?")[0].rstrip("/")
    return nfc(unquote(path.rpartition("/")[2]))
