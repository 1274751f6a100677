"""The verb that goes down to the bytes: snapshot."""

from __future__ import annotations

import dataclasses
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from archive.cli.output import Output
from archive.cli.session import ArchiveDir, BadInput, Json, Opened, complain, opened, verb
from archive.exits import Exit
from archive.views import ArticleView, StoredSnapshot, UnknownArticle

if TYPE_CHECKING:
    from archive.captures import Capture

# A body is held in memory whole; what is larger than this is cut, and said to be.
CAP = 1 << 30
_TEXT = (
    "text/",
    "application/json",
    "application/xml",
    "application/xhtml",
    "application/rss",
    "application/javascript",
)


@verb
def snapshot(
    ctx: typer.Context,
    id: Annotated[
        str, typer.Argument(metavar="ID", help="An article's id, an address, or a record's id (urn:uuid:…).")
    ],
    revision: Annotated[str | None, typer.Option(metavar="N", help="Of this revision: its number or digest.")] = None,
    body: Annotated[
        bool, typer.Option("--body", help="Write the decoded body to standard output, nothing else.")
    ] = False,
    archive: ArchiveDir = None,
    as_json: Json = False,
) -> int:
    """Show the answer an article was read from: its head, and where its bytes are."""
    with opened(ctx, archive, as_json) as found:
        kept_as = _find(found, id, revision)
        capture = found.archive.capture(kept_as)
        if body:
            return _write(capture, found.status)
        if found.as_json:
            Output().json(_whole(found, kept_as, capture))
        else:
            _print(Output(), found, kept_as, capture)
        return found.status


def _find(found: Opened, asked: str, revision: str | None) -> StoredSnapshot:
    """The snapshot of an article, of a record, or the newest of an address that answered with a body."""
    if asked.startswith("urn:uuid:"):
        record = next(filter(None, (folder.snapshot(asked) for folder in found.archive.folders())), None)
        if record is None:
            raise BadInput(f"{found.archive.path}: no record {asked}; allowed: one that `archive history` names")
        return record
    try:
        view: ArticleView = found.archive.article(asked, revision)
    except UnknownArticle:
        captures = found.archive.snapshots(asked) if "://" in asked and revision is None else []
        if not captures:
            raise
        return next(
            (each for each in reversed(captures) if each.kind == "response" and each.status == 200), captures[-1]
        )
    if view.snapshot is None:
        raise BadInput(f"{view.article.id}: its snapshot is not in the ledger")
    return view.snapshot


def _write(capture: Capture, status: Exit) -> Exit:
    content = capture.decode(CAP)
    if content is None:
        raise BadInput(f"{capture.record.record_id}: no body is kept; it is a {capture.record.type} record")
    if not sys.stdout.isatty():
        sys.stdout.buffer.write(content.body)
    elif (content.media_type or "").startswith(_TEXT):
        Output().text(content.body.decode(_charset(content.charset), "replace"))
    else:
        raise BadInput(f"{content.media_type}: not for a terminal; allowed: a file or a pipe, as in --body > page")
    if content.problem:
        cut = f"the body is cut at {CAP} bytes"
        return complain(cut if content.over_cap else f"the body is not whole: {content.problem}", Exit.FAILURES)
    return status


def _charset(name: str | None) -> str:
    try:
        return b"".decode(name or "utf-8") or name or "utf-8"
    except LookupError:
        return "utf-8"


def _whole(found: Opened, row: StoredSnapshot, capture: Capture) -> dict[str, object]:
    from archive.storage.content import parse_head

    content = capture.decode(CAP)
    return {
        **dataclasses.asdict(row),
        "path": str(_path(found, row)),
        "record": [list(field) for field in capture.record.fields],
        "status_line": capture.head.split(b"\n", 1)[0].decode("latin-1").rstrip("\r"),
        "headers": [list(header) for header in parse_head(capture.head).headers],
        "request": capture.request.decode("latin-1") if capture.request is not None else None,
        "body_bytes": len(content.body) if content else None,
        "media_type": content.media_type if content else None,
        "charset": content.charset if content else None,
        "problem": content.problem if content else None,
    }


def _path(found: Opened, row: StoredSnapshot) -> object:
    return found.archive.folders(row.portal)[0].paths.warc(row.warc)


def _print(output: Output, found: Opened, row: StoredSnapshot, capture: Capture) -> None:
    content = capture.decode(CAP)
    rows = [
        ("address", row.url, ""),
        ("date", row.date, ""),
        ("kind", row.kind, f"refers to {row.refers_to}" if row.refers_to else ""),
        ("file", str(_path(found, row)), ""),
        ("offset", f"{row.offset}, {row.length} bytes", ""),
        ("record", row.record_id, ""),
        ("digest", row.payload_digest or "", ""),
        ("body", f"{len(content.body)} bytes decoded" if content else "", content.media_type or "" if content else ""),
        ("truncated", row.truncated or "", ""),
        ("error", row.error or "", ""),
        ("problem", content.problem or "" if content else "", ""),
    ]
    output.fields([each for each in rows if each[1]])
    for name, message in (("Request", capture.request), ("Answer", capture.head)):
        if message:
            output.line()
            output.line(name, "bold")
            output.text(_message_text(message))


def _message_text(message: bytes) -> str:
    """A head as text; portals put UTF-8 into headers, which has no rule for it."""
    head = message.replace(b"\r\n", b"\n").rstrip(b"\n")
    try:
        return head.decode()
    except UnicodeDecodeError:
        return head.decode("latin-1")


VERBS = {"snapshot": snapshot}
