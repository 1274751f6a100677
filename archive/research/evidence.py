"""The proof of an article: the exchanges it was read from, the item, the digests, and the steps by which to check them.

A stranger needs unzip, gzip and sha256sum, and neither this program nor this archive.
"""

from __future__ import annotations

import hashlib
import json
import shlex
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from archive.captures import open_capture
from archive.folder import PortalFolder
from archive.research.cards import RIGHTS
from archive.research.wacz import Made, Page, Place, Said, Subset, write_wacz
from archive.views import ArchiveError, ArticleView, Erased, StoredSnapshot
from archive.withheld import Withheld


class NoSnapshot(ArchiveError):
    """An article whose record the ledger does not know."""


# What a page needs to be looked at: what it named itself, and the portal's style sheets, named by whichever page was
# captured first.
_NEEDED = """
SELECT o.record_id FROM addresses AS a JOIN snapshots AS o ON o.id = a.snapshot
WHERE a.kind = 'requisite' AND (a.via IN (SELECT value FROM json_each(?)) OR o.media_type = 'text/css')
"""


def add_article(subset: Subset, folder: PortalFolder, view: ArticleView, *, captures: bool = True) -> None:
    """Choose the exchange an article was read from, and what belongs to it as far as it was captured and is shown.

    `captures` False: of an article's files and images nothing. Raises Withheld, LedgerError.
    """
    article = view.article
    page = view.snapshot
    if page is None:
        return
    folder.refuse_page(page)
    _add(subset, folder, page)
    subset.pages.append(Page(page.url, page.date, article.title, page.record_id))
    if not captures:
        return
    for url in (*(each.url for each in article.attachments), *(each.url for each in article.images)):
        kept, _ = folder.held(url)
        if kept is not None:
            _add_shown(subset, folder, kept)
    named = json.dumps([page.key, page.url, article.url, article.canonical_url])
    for (record,) in list(folder.rows(_NEEDED, (named,))):
        with suppress(Withheld, Erased):
            kept = folder.snapshot(record)
            if kept is not None:
                _add_shown(subset, folder, kept)


def _add_shown(subset: Subset, folder: PortalFolder, snapshot: StoredSnapshot) -> None:
    """Choose what belongs to a page, once, unless it is withheld or shows what is."""
    if subset.has(snapshot):
        return
    with suppress(Withheld, Erased):
        folder.refuse_page(snapshot)
        _add(subset, folder, snapshot)


def _add(subset: Subset, folder: PortalFolder, snapshot: StoredSnapshot) -> None:
    """Choose an exchange; for a revisit also the one whose body it stands for."""
    subset.add(folder.paths, snapshot)
    if snapshot.refers_to and (original := folder.snapshot(snapshot.refers_to)):
        subset.add(folder.paths, original)


def write_evidence(path: Path, folder: PortalFolder, view: ArticleView, pwid: str | None, contact: str | None) -> Made:
    """The evidence of an article, or of one reading of it, as a WACZ; what else belongs to it may be left out.

    Raises NoSnapshot, SnapshotMissing or SnapshotDamaged where its record cannot be read, Withheld, OSError.
    """
    page = view.snapshot
    if page is None:
        raise NoSnapshot(f"{view.id}: its snapshot is not in the ledger, so there is nothing to prove it by")
    subset = Subset()
    add_article(subset, folder, view)
    original = folder.snapshot(page.refers_to) if page.refers_to else None
    open_capture(folder.paths, page.ref, original.ref if original else None)
    title = view.article.title or view.id
    said = Said(f"Evidence: {title}", f"Article {view.id}, reading {view.article.revision}, with the records it names.")
    return write_wacz(path, subset, said, lambda made: _files(path.name, view, page, made, (pwid, contact)))


def _files(
    name: str, view: ArticleView, page: StoredSnapshot, made: Made, told: tuple[str | None, str | None]
) -> Iterator[tuple[str, str]]:
    item = json.dumps(view.item, ensure_ascii=False) + "\n"
    yield "evidence/item.jsonl", item
    yield "evidence/check.py", _CHECK
    records = [page.record_id, *([page.refers_to] if page.refers_to else [])]
    places = [(each, made.places[each]) for each in records if each in made.places]
    steps = _steps(name, view, page, places, hashlib.sha256(item.encode()).hexdigest(), told)
    yield "evidence/STEPS.md", steps + _left_out(made)
    yield "evidence/RIGHTS.md", f"# Rights\n\nThis file holds a whole page as it was published.\n\n{RIGHTS}\n"


# Run by whoever checks, with Python's standard library alone.
_CHECK = '''"""Prints the digests of a WARC record read from standard input: of its block, and of the body in it."""

import hashlib
import http.client
import io
import re
import sys

record = sys.stdin.buffer.read()
head, _, rest = record.partition(b"\\r\\n\\r\\n")
block = rest[: int(re.search(rb"(?mi)^Content-Length: *([0-9]+)", head)[1])]
print(head.decode())
print("computed block digest:   sha256:" + hashlib.sha256(block).hexdigest())
if block.startswith(b"HTTP/") and b"WARC-Type: response" in head:
    answer = http.client.HTTPResponse(type("Stream", (), {"makefile": lambda *_: io.BytesIO(block)})())
    answer.begin()
    print("computed payload digest: sha256:" + hashlib.sha256(answer.read()).hexdigest())
'''


def _steps(
    name: str,
    view: ArticleView,
    page: StoredSnapshot,
    places: list[tuple[str, Place]],
    digest: str,
    told: tuple[str | None, str | None],
) -> str:
    article, (pwid, contact) = view.article, told
    taken = "\n".join(
        f"tail -c +{place.offset + 1} {place.file} | head -c {place.length} | gzip -dc | python3 evidence/check.py"
        for _, place in places
    )
    revisit = (
        f"\nThe first record is a revisit: the answer's body was that of {page.refers_to}, which is the second.\n"
        if page.refers_to
        else ""
    )
    return f"""# How to check this

This file is the evidence for one article as an archive read it:

- article `{article.id}`, reading `{article.revision}`
- address `{article.url}`
- captured `{page.date}` (UTC, by the clock of whoever captured it), record `{page.record_id}`
- payload digest `{page.payload_digest}`
- {f"`{pwid}`" if pwid else "no PWID"}

Needed: unzip, gzip, sha256sum and python3, on any machine. Nothing of the archive's own software.

## 1. Nothing was changed since this file was made

`datapackage.json` has the SHA-256 of every file in here, `datapackage-digest.json` that of `datapackage.json`.
The item, as it stands in the archive's `articles.jsonl`:

```sh
unzip -q {shlex.quote(name)} -d checked && cd checked
echo "{digest}  evidence/item.jsonl" | sha256sum -c
```

## 2. The record is what was received

```sh
{taken}
```

This prints the head of each record, then what was computed from its bytes. `WARC-Block-Digest` must be the computed
block digest, and `WARC-Payload-Digest` the computed payload digest. The payload is the body without its chunk framing.
{revisit}
## 3. The item names this record

In `evidence/item.jsonl`, `snapshot.record_id` and `snapshot.payload_digest` are those of the record; `warc` and
`offset` there are of the archive's own file, from which the record was taken over byte for byte.

## 4. The item says what the page says

The record's block is the server's answer. The verbatim fields of the item (`posted_text`, `byline_text`, `text` of
every cited document) stand in that body; the page can be looked at in ReplayWeb.page, or whatever opens WACZ.

## What this does not prove

Digests prove that nothing changed since the record was made, not who made it, nor that the clock was right. For that,
compare with the archive itself{f" ({contact})" if contact else ""}, with a copy that somebody else keeps, or with
another archive's capture of the same address.
"""


def _left_out(made: Made) -> str:
    """What a stranger who looks at the page will miss."""
    if not made.away:
        return ""
    told = "\n".join(f"- {each}" for each in made.away)
    return f"""
## What is not in here

Of what belongs to the page (its files, images and style sheets) the archive could not read:

{told}
"""
