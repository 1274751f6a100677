"""How to cite an article, or one reading of it: BibTeX, CSL-JSON, and a PWID that names the archived page.

Vietnamese names are given whole: which part is the family name is not the page's to say, nor ours.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from archive.schema import Article
from archive.storage.about import About


@dataclass(frozen=True, slots=True)
class Source:
    """An article with what a citation says beside it: the portal's name, the archive, which reading it is."""

    article: Article
    portal: str | None
    about: About
    number: int | None = None  # of the reading, where one was asked for


def pwid(source: Source) -> str | None:
    """The Persistent Web Identifier, `urn:pwid:<archive>:<UTC time>:page:<address>`; None without a snapshot."""
    snapshot = source.article.snapshot
    if snapshot is None:
        return None
    moment = f"{snapshot.date[:19]}Z"
    return f"urn:pwid:{_archive_id(source.about)}:{moment}:page:{source.article.url}"


def _archive_id(about: About) -> str:
    """The domain of the archive's contact, which is what the world can know it by."""
    contact = about.contact or ""
    host = urlsplit(contact).hostname if "://" in contact else contact.rpartition("@")[2]
    return host or "province-archive"


def csl(source: Source) -> dict[str, Any]:
    """The item of a CSL-JSON list; what the page does not say is left out."""
    article, snapshot = source.article, source.article.snapshot
    item: dict[str, Any] = {
        "id": _key(source),
        "type": "webpage",
        "title": article.title,
        "author": [{"literal": author.name} for author in article.authors if author.role == "writer"],
        "container-title": source.portal or article.portal,
        "issued": _parts(article.posted_on),
        "accessed": _parts(snapshot.date[:10] if snapshot else article.fetched_at[:10]),
        "URL": article.url,
        "language": article.language,
        "archive": source.about.name or source.about.operator,
        "archive_location": pwid(source),
        "note": _evidence(source),
    }
    return {name: value for name, value in item.items() if value}


def bibtex(source: Source) -> str:
    """A BibLaTeX entry of the type @online, in UTF-8."""
    article = source.article
    snapshot = article.snapshot
    authors = [f"{{{_tex(author.name)}}}" for author in article.authors if author.role == "writer"]
    fields = {
        "author": " and ".join(authors),
        "title": f"{{{_tex(article.title)}}}" if article.title else "",
        "date": article.posted_on or "",
        "organization": f"{{{_tex(source.portal or article.portal)}}}",
        "url": _url(article.url),
        "urldate": snapshot.date[:10] if snapshot else article.fetched_at[:10],
        "langid": "vietnamese" if article.language == "vi" else "",
        "note": _tex(_evidence(source)),
    }
    lines = [f"  {name:<12} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@online{{{_key(source)},", *lines, "}"])


def _key(source: Source) -> str:
    number = f"-r{source.number}" if source.number else ""
    return re.sub(r"[^A-Za-z0-9-]+", "-", source.article.id) + number


def _evidence(source: Source) -> str:
    """By which record the archive can prove what is cited."""
    article, snapshot = source.article, source.article.snapshot
    parts = [f"article {article.id}", f"reading {source.number}" if source.number else ""]
    parts.append(f"sha256 of the reading {article.revision.removeprefix('sha256:')}" if article.revision else "")
    if snapshot:
        parts += [
            f"archived {snapshot.date}",
            f"WARC record {snapshot.record_id}",
            f"payload {snapshot.payload_digest}" if snapshot.payload_digest else "",
        ]
        parts.append(pwid(source) or "")
    return "; ".join(filter(None, parts))


def _parts(day: str | None) -> dict[str, list[list[int]]] | None:
    return {"date-parts": [[int(part) for part in day.split("-")]]} if day else None


_TEX = {
    "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    **{char: f"\\{char}" for char in "{}&%$#_"},
}  # fmt: skip


def _tex(text: str) -> str:
    return "".join(_TEX.get(char, char) for char in " ".join(text.split()))


def _url(address: str) -> str:
    """Verbatim but for what would end the field."""
    return re.sub(r"[{}\\\s]", lambda found: f"%{ord(found[0]):02X}", address)
