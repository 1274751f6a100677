"""The official documents a Vietnamese text cites: found, bound to day and issuer, related, normalised, identified.

The modules are the stages, in reading order: views (folding), find, bind (with days and phrases), relate, identify,
resolve. The rules are those of the numbering decrees; what news makes of them is in `lexicon` and in the two tables of
archive.vietnam.documents.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from archive.schema import Citation, Tie
from crawler.reading.citations.bind import bind_before, date_of, place, settle_body
from crawler.reading.citations.find import DIGITS, find_mentions
from crawler.reading.citations.identify import Identity, identify
from crawler.reading.citations.mention import Mention
from crawler.reading.citations.relate import relate, relate_lists, relate_passives, ties_of
from crawler.reading.citations.resolve import resolve
from crawler.reading.citations.share import pass_along
from crawler.reading.citations.titles import title_after
from crawler.reading.citations.views import View

__all__ = ["find_citations", "find_in_fields"]


def find_citations(text: str, posted_on: date | None = None, province: str | None = None) -> list[Citation]:
    """The documents that `text` cites, in its order, none overlapping another.

    The text may come in any normal form; `start` and `end` count code points of its NFC form. `posted_on` is the day in
    Vietnam that gives dates without a year theirs; `province` a slug whose portal a bare "UBND tỉnh" speaks for.
    """
    return list(resolve(_read(text, posted_on, province, "body", 0)))


def find_in_fields(
    fields: Mapping[str, str], posted_on: date | None = None, province: str | None = None, own: Citation | None = None
) -> tuple[Citation, ...]:
    """The documents that the fields of one article cite: title, lead, body, attachments.<index>.title, in that order.

    Short and repeated mentions are resolved across the fields, also to the document that the page publishes, `own`;
    `Tie.to` counts through the whole tuple.
    """
    found: list[Citation] = []
    for name, text in fields.items():
        found += _read(text, posted_on, province, name, len(found))
    return resolve(found, own)


def _read(text: str, posted_on: date | None, province: str | None, field: str, first: int) -> list[Citation]:
    """The citations of one field; ties count from `first`, the citations of the fields before it."""
    if DIGITS.search(text) is None:
        return []
    view = View.of(text)
    mentions = find_mentions(view)
    if not mentions:
        return []
    for at, mention in enumerate(mentions):
        previous = mentions[at - 1] if at else None
        floor = previous.tail if previous else 0
        bind_before(view, mention, floor)
        relate(view, mention, floor)
    pass_along(view, mentions)
    relate_lists(view, mentions)
    relate_passives(view, mentions)
    ties = ties_of(view, mentions, first)
    for mention in mentions:
        settle_body(mention)
        place(view, mention)
        date_of(mention, posted_on)
    return [
        _citation(view, mention, identify(mention, posted_on, province), field, tuple(ties.get(at, ())))
        for at, mention in enumerate(mentions)
    ]


def _citation(view: View, mention: Mention, identity: Identity, field: str, ties: tuple[Tie, ...]) -> Citation:
    number, symbol, phrase = mention.number, mention.number.symbol, mention.issuer
    flags = [*mention.flags, *identity.flags]
    if phrase and identity.level is None:
        flags.append("ambiguous_level")
    return Citation(
        kind="numbered" if symbol else "short",
        text=view.text[mention.start : mention.end],
        start=mention.start,
        end=mention.end,
        type=mention.type,
        type_text=mention.type_text,
        number=mention.printed,
        symbol=symbol,
        norm=number.norm,
        year=identity.year,
        issuer_text=view.text[phrase.start : phrase.end] if phrase else None,
        issuer=identity.issuer,
        level=identity.level,
        date=mention.date,
        date_basis=mention.date_basis,  # type: ignore[arg-type]
        title=title_after(view, mention),
        relation=mention.relation,  # type: ignore[arg-type]
        relation_text=view.text[slice(*mention.relation_at)] if mention.relation_at else None,
        cid=identity.cid,
        candidates=identity.candidates,
        flags=tuple(dict.fromkeys(flags)) if flags else (),
        field=field,
        ties=ties,
    )
