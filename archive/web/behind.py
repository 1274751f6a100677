"""What stands behind the numbers: the addresses of a portal by what became of them, one run, articles without a day."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from archive.folder import PortalFolder
from archive.reader import Archive
from archive.sums import FILLED
from archive.views import ArchiveError
from archive.web.asked import Asked
from archive.web.house import House
from archive.web.page import Page
from archive.web.places import report, shown

SCREENFUL = 200
_LAST_PAGE = 10_000
# what -> which addresses of articles; what turned out to be no article was wrongly listed, and is not among those seen
STATES = {
    "seen": "(article IS NOT NULL OR state <> 'done')",
    "held": "article IS NOT NULL",
    "failed": "article IS NULL AND state = 'failed'",
    "refused": "article IS NULL AND state = 'refused'",
    "due": "article IS NULL AND state IN ('due', 'fetching')",
    "no_article": "article IS NULL AND state = 'done'",
}


# what an article states, by the names of a run's report; `read`: whatever it states
STATING = {**FILLED, "images": "json_array_length(item, '$.images') > 0", "read": "TRUE"}
_OF_KIND = " AND key IN (SELECT key FROM addresses WHERE kind = ?)"


class UnknownRun(ArchiveError):
    """A run of which there is no report."""


def addresses(house: House, asked: Asked, slug: str) -> Page:
    """The article addresses that a portal's lists named, by what became of them."""
    asked.only("what", "page")
    what = asked.one_of("what", tuple(STATES))
    number = asked.number("page", 1, 1, _LAST_PAGE)
    archive = house.archive()
    view, folder = archive.portal(slug), archive.folder(slug)
    where = f"kind = 'article' AND {STATES[what]}"
    rows, total, hidden = _screenful(house, folder, "addresses", where, (), number)
    data = {"portal": view, "what": what, "page_number": number, "total": total, "withheld": hidden, "addresses": rows}
    return Page("addresses.html", data, {"kinds": tuple(STATES), **_ways(asked, number, total)})


def run(house: House, asked: Asked, slug: str, name: str) -> Page:
    """One run: what it counted, what failed, the articles it found new, edited and gone, and all it asked for."""
    asked.only("page", "kind", "stating")
    number = asked.number("page", 1, 1, _LAST_PAGE)
    kind, stating = asked.text("kind"), asked.one_of("stating", ("", *STATING))
    archive = house.archive()
    view, folder = archive.portal(slug), archive.folder(slug)
    path = next((each for each in folder.paths.runs.glob("*.json") if each.stem == name), None)
    if path is None:
        raise UnknownRun(f"{slug}: no run {name!r}; allowed: one that the portal's page names")
    where = f"run = ? AND kind <> 'request'{_OF_KIND if kind else ''}"
    rows, total, hidden = _screenful(house, folder, "snapshots", where, (name, kind) if kind else (name,), number)
    away = hidden_keys(house, archive, folder)
    told = report(path)
    told["failures"] = [each for each in told["failures"] if not _is_of(each, away)]
    found = list(_articles(folder, name))
    data = {
        "portal": view, "run": told, "articles": found, "page_number": number,
        "total": total, "withheld": hidden, "snapshots": rows, "kind": kind, "stating": stating or None,
        "stated": list(_stated(folder, name, stating)) if stating else [],
    }  # fmt: skip
    ways = {counted: way for counted in told["counts"] if (way := _behind(asked, slug, counted, found))}
    return Page("run.html", data, {"ways": ways, **_ways(asked, number, total)})


def undated(house: House, asked: Asked) -> Page:
    """The articles whose page says no day."""
    asked.only("portal", "page")
    number = asked.number("page", 1, 1, _LAST_PAGE)
    archive = house.archive()
    slug = asked.text("portal")
    chosen = [archive.portal(slug)] if slug else archive.portals()
    base = archive.catalog()
    where = (
        f"FROM articles WHERE posted_on IS NULL AND {shown(archive)}"
        " AND portal IN (SELECT value FROM json_each(:slugs))"
    )
    values = {"slugs": json.dumps([each.slug for each in chosen]), "n": SCREENFUL, "from": (number - 1) * SCREENFUL}
    ((total,),) = base.execute(f"SELECT count(*) {where}", values)
    rows = base.execute(f"SELECT id, title, portal, url {where} ORDER BY portal, id LIMIT :n OFFSET :from", values)
    found = [dict(zip(("id", "title", "portal", "url"), row, strict=True)) for row in rows]
    data = {"portal": slug, "total": total, "page_number": number, "articles": found}
    return Page("undated.html", data, _ways(asked, number, total))


def hidden_keys(house: House, archive: Archive, folder: PortalFolder) -> frozenset[str]:
    """The addresses whose content is withheld, in any reading, with those of the files and images they name."""
    if not archive.rules:
        return frozenset()
    return house.recall(("hidden", folder.slug), lambda: frozenset(withheld_keys(archive, folder)))


def withheld_keys(archive: Archive, folder: PortalFolder) -> Iterator[str]:
    """The same, each as key and as address, perhaps several times. Raises LedgerError."""
    if not archive.rules:
        return
    rows = folder.rows(
        "WITH away AS (SELECT DISTINCT article FROM revisions WHERE NOT shown(item)),"
        " pages AS (SELECT key, url FROM addresses WHERE article IN away)"
        " SELECT key FROM pages UNION SELECT url FROM pages UNION SELECT a.key FROM addresses AS a"
        " JOIN pages AS p ON a.via IN (p.key, p.url) WHERE a.kind IN ('attachment', 'image')"
    )
    yield from (key for (key,) in rows)
    for key, url in folder.rows("SELECT key, url FROM addresses"):
        if archive.rules.of_address(key, url):
            yield from (key, url)


def _is_of(failure: Any, away: frozenset[str]) -> bool:
    return isinstance(failure, dict) and failure.get("url") in away


_COLUMNS = {
    "addresses": ("url", "state", "reason", "status", "checked_at", "article", "key"),
    "snapshots": ("date", "url", "kind", "status", "media_type", "error", "record_id", "key"),
}


def _screenful(
    house: House, folder: PortalFolder, table: str, where: str, values: tuple[str, ...], number: int
) -> tuple[list[dict[str, Any]], int, int]:
    """A page of rows, how many are shown in all, and how many are withheld."""
    away = json.dumps(sorted(hidden_keys(house, house.archive(), folder)))
    names = _COLUMNS[table]
    kept = f"FROM {table} WHERE {where} AND key {{}} IN (SELECT value FROM json_each(?))"
    ((total,),) = folder.rows(f"SELECT count(*) {kept.format('NOT')}", (*values, away))
    ((hidden,),) = folder.rows(f"SELECT count(*) {kept.format('')}", (*values, away))
    rows = folder.rows(
        f"SELECT {', '.join(names)} {kept.format('NOT')} ORDER BY id LIMIT ? OFFSET ?",
        (*values, away, SCREENFUL, (number - 1) * SCREENFUL),
    )
    return [dict(zip(names, row, strict=True)) for row in rows], total, hidden


_ARTICLES = """
SELECT CASE r.cause WHEN 'new' THEN 'new' ELSE 'edited' END, r.article, r.item FROM revisions AS r
JOIN snapshots AS s ON s.id = r.snapshot WHERE s.run = :run AND r.cause IN ('new', 'page')
UNION ALL
SELECT e.event, e.article, (SELECT item FROM revisions WHERE article = e.article ORDER BY serial DESC LIMIT 1)
FROM events AS e WHERE e.run = :run
"""


def _articles(folder: PortalFolder, name: str) -> Iterator[dict[str, Any]]:
    """What a run found of articles; withheld ones left out."""
    for what, article, line in folder.rows(_ARTICLES, {"run": name}):
        item = folder.read_item(line) if line else None
        if item is not None and not folder.rule_of(item):
            yield {"what": what, "id": article, "title": item["title"], "posted_on": item["posted_on"]}


def _stated(folder: PortalFolder, name: str, what: str) -> Iterator[dict[str, Any]]:
    """The articles whose page a run read and that state a field, in their newest reading; withheld ones left out."""
    rows = folder.rows(
        "SELECT item FROM revisions WHERE serial IN (SELECT max(serial) FROM revisions GROUP BY article)"
        " AND article IN (SELECT a.article FROM snapshots AS s JOIN addresses AS a ON a.key = s.key"
        " WHERE s.run = :run AND s.status = 200 AND s.kind = 'response')"
        " AND article NOT IN (SELECT article FROM events WHERE run = :run AND event IN ('missing', 'gone'))"
        f" AND {STATING[what]} AND shown(item) ORDER BY serial",
        {"run": name},
    )
    for (line,) in rows:
        item = folder.read_item(line)
        yield {"id": item["id"], "title": item["title"], "posted_on": item["posted_on"]}


_FOUND = {"article.new": "new", "article.changed": "edited", "article.missing": "missing", "article.gone": "gone",
          "article.back": "back"}  # fmt: skip


def _behind(asked: Asked, slug: str, counted: str, articles: list[dict[str, Any]]) -> str | None:
    """Where what a run counted can be looked at; None for bytes, moments, and what no ledger keeps apart."""
    group, _, one = counted.partition(".")
    if counted in ("requests", "answered"):
        return asked.again(page=None, kind=None, stating=None) + "#asked"
    if group == "asked":
        return asked.again(page=None, kind=one, stating=None) + "#asked"
    if counted == "read" or (group == "filled" and one in STATING):
        return asked.again(page=None, kind=None, stating=one or counted) + "#stating"
    if group == "not_article" or counted == "refused":
        return asked.link(f"/portals/{slug}/addresses", what="refused" if counted == "refused" else "no_article")
    what = _FOUND.get(counted)
    return f"#{what}" if what and any(each["what"] == what for each in articles) else None


def _ways(asked: Asked, number: int, total: int) -> dict[str, str | None]:
    return {
        "previous": asked.again(page=number - 1 if number > 2 else None) if number > 1 else None,
        "next": asked.again(page=number + 1) if number * SCREENFUL < total else None,
    }
