"""Repeated and short mentions of one article brought to the same document; doubtful ones left with their candidates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from archive.schema import Citation
from archive.vietnam.documents import plain


def resolve(citations: Sequence[Citation], own: Citation | None = None) -> tuple[Citation, ...]:
    """The citations, those without an identity given the one that another mention of the same document has.

    `own`: the document that the page publishes, as a mention of it would be read.
    """
    known: dict[str, dict[tuple[str | int | None, ...], Citation]] = {}
    for each in (*citations, own) if own else citations:
        if each.cid:  # a paper named a thousand times alike is compared once
            said = (each.cid, each.norm, each.type, each.year, each.date, each.issuer, each.level)
            known.setdefault(plain(each.number or ""), {}).setdefault(said, each)
    if not known:
        return tuple(citations)
    return tuple(_resolved(each, tuple(known.get(plain(each.number or ""), {}).values())) for each in citations)


def _resolved(citation: Citation, known: Sequence[Citation]) -> Citation:
    if citation.cid or citation.number is None or "issuer_conflict" in citation.flags:
        return citation
    full = [each for each in known if _may_be(citation, each)]
    ids = sorted({each.cid for each in full if each.cid})
    if len(ids) == 1:
        flags = _without_doubt((*citation.flags, "resolved"))
        issuer, level = citation.issuer or full[0].issuer, citation.level or full[0].level
        return replace(citation, cid=ids[0], candidates=(), flags=flags, issuer=issuer, level=level)
    return replace(citation, candidates=tuple(ids)) if len(ids) > 1 and not citation.candidates else citation


def _without_doubt(flags: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(flag for flag in flags if not flag.startswith("ambiguous_"))


def _may_be(short: Citation, full: Citation) -> bool:
    """Whether a mention can be of the document that a fuller one names: nothing it says may differ."""
    if short.norm and short.norm != full.norm:
        return False
    if short.type not in (None, "vb", full.type):
        return False
    same = all(
        mine is None or yours is None or mine == yours
        for mine, yours in (
            (short.year, full.year), (short.date, full.date), (short.issuer, full.issuer), (short.level, full.level),
        )
    )  # fmt: skip
    return same and (not short.candidates or full.cid in short.candidates)
