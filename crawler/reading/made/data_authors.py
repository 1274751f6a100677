"""Authors whom a page's data names, in JSON-LD and meta elements; in Vietnam these often name the typist."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Literal
from urllib.parse import urlsplit

from archive.vietnam.text import fold
from crawler.reading.made.candidates import Candidate
from crawler.reading.page import Page
from crawler.reading.people import Byline, named_authors
from crawler.reading.people.names import is_organisation
from crawler.reading.posted.data import is_vietnamese

_OF_SITE = frozenset(("WebPage", "WebSite"))
_NOT_LETTERS = re.compile(r"[\W_]+")


def from_data(page: Page, kind: Literal["person", "organisation"]) -> Iterator[Candidate]:
    """People, or else organisations, whom JSON-LD names.

    The site itself is nobody among people; a foreign newspaper may give its own name for an office that wrote.
    """
    vietnamese = is_vietnamese(page)
    own_name_counts = kind == "organisation" and not vietnamese
    for each in page.linked_data:
        of_site = vietnamese and str(each.get("@type", "")) in _OF_SITE  # whose author is the contractor
        if not of_site and ("datePublished" in each or "headline" in each):
            named = [
                name
                for name, what in _named(each.get("author"))
                # Les Echos calls itself a person
                if (what == kind and (own_name_counts or not _is_site(name, page)))
                or (own_name_counts and what == "person" and _is_site(name, page))
            ]
            given = list(dict.fromkeys(named))
            authors = named_authors(given, kind)
            if authors:
                text = ", ".join(given)
                yield Candidate("json_ld", text, True, set(), Byline(authors, None, text))


def from_meta(page: Page, foreign: bool) -> Iterator[Candidate]:
    """An author whom the page's meta elements name; `foreign`: the name is taken as it stands."""
    for name in ("author", "article:author", "dc.creator", "parsely-author", "sailthru.author"):
        value = page.meta.get(name, "")
        if 2 <= len(value.split()) <= 5 and "http" not in value and not _is_site(value, page):
            authors = named_authors([value]) if foreign else ()
            if not foreign and is_organisation(value):  # the house that keeps the site
                continue
            yield Candidate(f"meta:{name}", value, False, set(), Byline(authors, None, value) if authors else None)


def _is_site(name: str, page: Page) -> bool:
    """Whether a name is the page's own publication: its site name, its publisher, or the letters of its host."""
    publishers = [each.get("publisher") for each in page.linked_data]
    sites = [page.meta.get("og:site_name", "")]
    sites += [str(each.get("name", "")) for each in publishers if isinstance(each, dict)]
    letters = _NOT_LETTERS.sub("", fold(name))
    host = _NOT_LETTERS.sub("", urlsplit(page.url).hostname or "")
    return letters in {_NOT_LETTERS.sub("", fold(site)) for site in sites} or (len(letters) > 2 and letters in host)


def _named(author: Any) -> list[tuple[str, str]]:
    """Each name that an `author` of JSON-LD gives, and whether it is a person's or an organisation's."""
    if isinstance(author, str):
        return [(author, "person")] if "http" not in author else []
    if isinstance(author, list):
        return [named for each in author[:12] for named in _named(each)]
    if not isinstance(author, dict):
        return []
    kind = "organisation" if "rgani" in str(author.get("@type", "")) else "person"
    name = author.get("name") or " ".join(
        part for part in (author.get("givenName"), author.get("familyName")) if isinstance(part, str)
    )
    given = name if isinstance(name, list) else [name]
    return [(each, kind) for each in given[:12] if isinstance(each, str) and "http" not in each]
