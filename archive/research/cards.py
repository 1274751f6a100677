"""What a dataset says of itself: data package, Croissant, citation file, card for people, statement of rights."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from archive.storage.about import About

Described = list[tuple[str, str, str, dict[str, tuple[str, str]]]]  # path, title, media type, columns

NAME = "province-archive-articles"
TITLE = "Articles of Vietnam's provincial portals, with the official documents they cite"
RIGHTS = (
    "What the articles say belongs to those who published them. Under Vietnamese law mere news and official documents"
    " are not protected by copyright, while photographs and feature articles may be; names of people are personal data."
    " This is not legal advice."
)


@dataclass(frozen=True, slots=True)
class Card:
    """What the descriptions are made from."""

    about: About
    made_on: str
    question: dict[str, str]
    portals: dict[str, str | None]
    articles: int
    withheld: int
    erased: int
    coverage: list[dict[str, Any]]
    gaps: list[dict[str, Any]]
    full_text: bool

    @property
    def name(self) -> str:
        return self.about.name or TITLE

    @property
    def operator(self) -> str:
        return self.about.operator or "unnamed archive"

    @property
    def description(self) -> str:
        """One paragraph on what is in it."""
        chosen = "; ".join(f"{name} = {value}" for name, value in self.question.items()) or "all articles"
        held = "with the full text" if self.full_text else "metadata, citations and a snippet of each"
        withheld = f" {self.withheld} more are withheld." if self.withheld else ""
        erased = f" {self.erased} were erased." if self.erased else ""
        told = f"{self.articles} articles ({chosen}), {held}; each names the WARC record it was read from."
        return f"{told}{withheld}{erased}"


def data_package(
    card: Card, described: Described, digests: Mapping[str, str], sizes: Mapping[str, int]
) -> dict[str, Any]:
    """datapackage.json of Frictionless Data."""
    resources = []
    for path, title, media_type, fields in described:
        resources.append(
            {
                "name": path.rpartition(".")[0],
                "path": path,
                "title": title,
                "mediatype": media_type,
                "format": "csv",
                "encoding": "utf-8",
                "bytes": sizes[path],
                "hash": f"sha256:{digests[path]}",
                "profile": "tabular-data-resource",
                "schema": {
                    "fields": [
                        {"name": name, "type": kind, **({"description": note} if note else {})}
                        for name, (kind, note) in fields.items()
                    ],
                    "missingValues": [""],
                },
            }
        )
    return {
        "profile": "data-package",
        "name": NAME,
        "title": card.name,
        "description": card.description,
        "created": f"{card.made_on}T00:00:00Z",
        "contributors": [{"title": card.operator, "role": "publisher"}],
        "resources": resources,
    }


_CONTEXT = {
    "@language": "en", "@vocab": "https://schema.org/", "sc": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/", "rai": "http://mlcommons.org/croissant/RAI/",
    "dct": "http://purl.org/dc/terms/", "citeAs": "cr:citeAs", "column": "cr:column", "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"}, "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "equivalentProperty": "cr:equivalentProperty", "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract", "field": "cr:field", "fileObject": "cr:fileObject", "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet", "format": "cr:format", "includes": "cr:includes", "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath", "key": "cr:key", "md5": "cr:md5", "parentField": "cr:parentField", "path": "cr:path",
    "recordSet": "cr:recordSet", "references": "cr:references", "regex": "cr:regex", "repeated": "cr:repeated",
    "replace": "cr:replace", "samplingRate": "cr:samplingRate", "separator": "cr:separator", "source": "cr:source",
    "subField": "cr:subField", "transform": "cr:transform",
}  # fmt: skip


def croissant(card: Card, described: Described, digests: Mapping[str, str], sizes: Mapping[str, int]) -> dict[str, Any]:
    """croissant.json: Croissant 1.1 in JSON-LD."""
    files, records = [], []
    for path, title, media_type, fields in described:
        name = path.rpartition(".")[0]
        files.append(
            {
                "@type": "cr:FileObject", "@id": path, "name": path, "description": title, "contentUrl": path,
                "contentSize": f"{sizes[path]} B", "encodingFormat": media_type, "sha256": digests[path],
            }
        )  # fmt: skip
        columns = [
            {
                "@type": "cr:Field", "@id": f"{name}/{column}", "name": column, "description": note or column,
                "dataType": "sc:Integer" if kind == "integer" else "sc:Text",
                "source": {"fileObject": {"@id": path}, "extract": {"column": column}},
            }
            for column, (kind, note) in fields.items()
        ]  # fmt: skip
        records.append({"@type": "cr:RecordSet", "@id": name, "name": name, "description": title, "field": columns})
    return {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.1",
        "name": NAME,
        "description": card.description,
        "url": _url(card.about),
        "license": card.about.rights or RIGHTS,
        "creator": {"@type": "Organization", "name": card.operator},
        "datePublished": card.made_on,
        "version": f"{card.made_on.replace('-', '.')}",
        "inLanguage": "vi",
        "citeAs": f"{card.operator} ({card.made_on[:4]}). {card.name}. {card.made_on}.",
        "distribution": files,
        "recordSet": records,
    }


def _url(about: About) -> str:
    contact = about.contact or ""
    return contact if contact.startswith("http") else "urn:province-archive"


def citation_file(card: Card) -> str:
    """CITATION.cff 1.2."""
    lines = {
        "cff-version": "1.2.0",
        "type": "dataset",
        "message": "If you use this dataset, please cite it, and each article by its own citation (archive cite).",
        "title": card.name,
        "abstract": card.description,
        "date-released": card.made_on,
        "version": card.made_on,
    }
    written = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in lines.items()]
    author = f"authors:\n  - name: {json.dumps(card.operator, ensure_ascii=False)}"
    return "\n".join([*written[:3], author, *written[3:]]) + "\n"


_FILES = """\
| file | |
|---|---|
| `articles.jsonl`, `articles.csv` | one article per line: what the page says, what it cites, where its record lies |
| `citations.csv` | one mention of an official document per line, with the words it was read from |
| `citations.graphml` | articles and documents as a graph |
| `articles.parquet/` | the same table by province and year, where DuckDB is installed |
| `pages.wacz` | the pages themselves, where they were asked for; ReplayWeb.page and pywb open it |
| `coverage.csv`, `gaps.csv` | articles per portal and month; runs that failed or left something |
| `schema.json`, `item-schema.json` | JSON Schema of a line here, and of the archive's own items |
| `datapackage.json`, `croissant.json`, `CITATION.cff`, `SHA256SUMS` | for programs; `sha256sum -c SHA256SUMS` |"""


def dataset_card(card: Card) -> str:
    """README.md, with the front matter that dataset hubs read."""
    asked = "\n".join(f"- {name}: `{_line(value)}`" for name, value in card.question.items()) or "- all articles"
    return f"""---
language: [vi]
pretty_name: {json.dumps(card.name, ensure_ascii=False)}
tags: [news, government, vietnam, web-archive, citations]
---

# {_line(card.name)}

{_line(card.description)} Made on {card.made_on} by {_line(card.operator)}.

## What is in it

{_FILES}

In CSV, lists are joined by "; ", and an apostrophe stands before what a spreadsheet would take for a formula.

## What was asked for

{asked}

## Coverage and gaps

{_coverage(card)}

## Rights

{_line(card.about.rights or RIGHTS)}
"""


def _coverage(card: Card) -> str:
    """What it holds of each portal and time, and that this is not all there was."""
    months = sorted(each["month"] for each in card.coverage if each["month"])
    span = f"posted from {months[0]} to {months[-1]}" if months else "without posting days"
    undated = sum(each["articles"] for each in card.coverage if not each["month"])
    per_portal: Counter[str] = Counter()
    for each in card.coverage:
        per_portal[each["portal"]] += each["articles"]
    portals = "\n".join(
        f"| {slug} | {_line(card.portals.get(slug) or '')} | {n} |" for slug, n in sorted(per_portal.items())
    )
    return f"""\
{card.articles} articles, {span}; {undated} print no day. A month without articles may be a month that nobody crawled:
an archive holds what stood on the portal when it came. Runs with failures: {len(card.gaps)} (`gaps.csv`).

| portal | name | articles |
|---|---|---|
{portals}

{card.withheld} articles are withheld, {card.erased} were erased."""


def rights(about: About, articles: int, made_on: str) -> str:
    """RIGHTS.md, which goes with full text."""
    return f"""# Rights

This holds the full text of {articles} articles, which was asked for explicitly on {made_on}.

{RIGHTS}

{_line(about.rights or "The archive states no rights of its own.")}

Before passing it on, see that what you pass on may be passed on, and honour requests to withhold: ask the archive
({_line(about.contact or "no contact is stated")}).
"""


def _line(text: str) -> str:
    """On one line, and harmless in a Markdown table."""
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")
